//! What can be wrong with a practice file whose TOML has the right shapes. Each lint
//! looks for one thing, and names it by its line with the way to fix it; a new one is
//! a function and a line of [`LINTS`].

mod blanks;
mod conditions;
mod forms;
mod ids;
mod own_page;
mod patterns;
mod placeholders;
mod questions;
mod references;
mod report;
mod scores;
#[cfg(test)]
mod tests;

use std::ops::Range;

use toml::Spanned;

use crate::config::line_of;
use crate::error::{did_you_mean, nearest};

use super::convert_question::wordings;
use super::field_mistakes::{LeftOutField, STAND_IN};
use super::file::{PracticeFile, QuestionFile};
use super::{Mistake, Practice, Question, convert};

/// One thing to look for, and the fields without which it finds what isn't there.
struct Lint {
    check: fn(&LintedFile, &mut Mistakes),
    /// Those missed in the table that the mistake is in.
    in_its_table: &'static [&'static str],
    /// Those missed anywhere.
    in_the_file: &'static [&'static str],
}

const fn lint(check: fn(&LintedFile, &mut Mistakes)) -> Lint {
    Lint { check, in_its_table: &[], in_the_file: &[] }
}

impl Lint {
    const fn in_its_table(self, in_its_table: &'static [&'static str]) -> Lint {
        Lint { in_its_table, ..self }
    }

    const fn in_the_file(self, in_the_file: &'static [&'static str]) -> Lint {
        Lint { in_the_file, ..self }
    }

    /// Is something found on this line only because of a field that was left out?
    fn misses(&self, left_out: &[LeftOutField], line: usize) -> bool {
        left_out.iter().any(|field| {
            field.is_one_of(self.in_the_file)
                || (field.is_one_of(self.in_its_table) && field.is_beside(line))
        })
    }
}

const LINTS: &[Lint] = &[
    lint(blanks::title),
    lint(blanks::origin),
    lint(blanks::tags),
    lint(blanks::hint_words).in_its_table(&["words"]),
    lint(blanks::evidence),
    lint(blanks::rehearsal),
    lint(blanks::practice_names),
    lint(ids::file_name),
    lint(ids::section_ids),
    lint(ids::question_ids),
    lint(ids::score_ids),
    lint(questions::any).in_the_file(&["question"]),
    lint(questions::parts).in_the_file(&["section"]),
    lint(questions::people),
    lint(questions::wording),
    lint(questions::suitable_fields),
    lint(questions::kind),
    lint(questions::scale_range).in_its_table(&["scale"]),
    lint(questions::scale_labels),
    lint(questions::number_range),
    lint(questions::options).in_its_table(&["kind", "options"]),
    lint(questions::lists).in_its_table(&["from", "kind"]),
    lint(questions::steps).in_its_table(&["ask"]).in_the_file(&["id", "question"]),
    lint(questions::sets).in_its_table(&["kind"]),
    lint(questions::harm).in_the_file(&["kind", "options"]),
    lint(references::cadence),
    lint(references::days),
    lint(references::recalled),
    lint(references::offered),
    lint(references::pages),
    lint(references::sections).in_the_file(&["id", "section"]),
    lint(references::question_names).in_the_file(&["id", "question"]),
    lint(references::sentence),
    lint(placeholders::known).in_the_file(&["id", "question", "sentence"]),
    lint(own_page::whole).in_the_file(&["parts"]),
    lint(own_page::contents).in_the_file(&["kind"]),
    lint(own_page::part_ids),
    lint(conditions::look_back).in_the_file(&["id", "question"]),
    lint(conditions::compare_with_earlier).in_the_file(&["id", "question"]),
    lint(conditions::name_options).in_the_file(&["kind", "options"]),
    lint(conditions::possible_numbers).in_the_file(&["kind", "max", "min", "scale"]),
    lint(conditions::runs),
    lint(forms::suitable),
    lint(forms::options).in_the_file(&["kind", "options"]),
    lint(forms::never_asked),
    lint(forms::places).in_the_file(&["id", "question"]),
    lint(scores::rule),
    lint(scores::items).in_its_table(&["of"]).in_the_file(&["scale", "section"]),
    lint(scores::items_once),
    lint(scores::prorated_sums),
    lint(scores::reversed_items),
    lint(scores::other_scores).in_the_file(&["id"]),
    lint(scores::circles),
    lint(scores::numbers).in_the_file(&["kind", "scale"]),
    lint(scores::share_answered),
    lint(scores::whole_norms),
    lint(scores::possible_norms),
    lint(report::question).in_the_file(&["question"]),
    lint(report::scores).in_the_file(&["id"]),
    lint(report::sections).in_the_file(&["id", "section"]),
    lint(patterns::display),
    lint(patterns::how_many).in_its_table(&["of", "shows"]),
    lint(patterns::suitable)
        .in_its_table(&["shows"])
        .in_the_file(&["id", "kind", "options", "question", "scale"]),
];

/// A practice file, and what became of it.
struct LintedFile<'a> {
    name: &'a str,
    /// The names of the verbs.
    reserved: &'a [&'a str],
    file: &'a PracticeFile,
    practice: &'a Practice,
    /// What it asks, and behind that what it asks back.
    all: Vec<&'a Question>,
}

/// A question of the file, in its place.
struct LintedQuestion<'f, 'q> {
    file: &'f QuestionFile,
    /// The questions above it.
    earlier: &'q [&'q Question],
    /// And itself.
    own_and_earlier: &'q [&'q Question],
    /// What it became: one, or one for each person.
    own: &'q [&'q Question],
    is_follow_up: bool,
}

impl LintedFile<'_> {
    fn questions(&self) -> impl Iterator<Item = LintedQuestion<'_, '_>> {
        let asked = self.file.question.iter().map(|question| (question, false));
        let follow_up = self.file.follow_up.iter().flat_map(|f| &f.question);
        let asked_back = follow_up.map(|question| (question, true));
        let mut start = 0;
        asked.chain(asked_back).map(move |(file, is_follow_up)| {
            let (earlier, rest) = self.all.split_at(start);
            let own = &rest[..wordings(file).len()];
            start += own.len();
            let own_and_earlier = &self.all[..start];
            LintedQuestion { file, earlier, own_and_earlier, own, is_follow_up }
        })
    }

    /// What it asks some days later.
    fn asked_later(&self) -> &[&Question] {
        &self.all[self.practice.questions.len()..]
    }

    /// What the practice itself asks.
    fn asked(&self) -> &[&Question] {
        &self.all[..self.practice.questions.len()]
    }
}

/// The mistakes so far.
struct Mistakes<'a> {
    text: &'a str,
    all: Vec<Mistake>,
}

impl Mistakes<'_> {
    fn add(&mut self, at: Range<usize>, what: String, fix: impl Into<String>) {
        let line = line_of(self.text, at.start);
        self.all.push(Mistake { line, what, fix: fix.into() });
    }

    /// Adds that there's nothing of this kind and name, with the nearest that there is.
    fn add_unknown<'k>(
        &mut self,
        kind: &str,
        name: &Spanned<String>,
        known: impl IntoIterator<Item = &'k str>,
        fix: &str,
    ) {
        let what = format!("There's no {kind} “{}”.", name.get_ref());
        self.add(name.span(), what, did_you_mean(nearest(name.get_ref(), known), fix));
    }

    /// Adds that a word isn't one of a question's options.
    fn add_no_option<'k>(
        &mut self,
        at: Range<usize>,
        word: &str,
        options: impl IntoIterator<Item = &'k str>,
        fix: &str,
    ) {
        let what = format!("“{word}” isn't one of the options.");
        self.add(at, what, did_you_mean(nearest(word, options), fix));
    }

    /// Where a table begins whose keys have no place of their own.
    fn place(&self, table: &str) -> Range<usize> {
        let start = self.text.find(table).unwrap_or(0);
        start..start
    }
}

/// The practice that a file is.
///
/// # Errors
/// Every mistake in it that doesn't only follow from what was left out, in the order of its
/// lines.
pub(super) fn lint_file(
    name: &str,
    text: &str,
    file: &PracticeFile,
    left_out: &[LeftOutField],
    reserved: &[&str],
) -> Result<Practice, Vec<Mistake>> {
    let practice = convert::practice(name, file);
    let all = practice.all_questions().collect();
    let linted = LintedFile { name, reserved, file, practice: &practice, all };
    let mut all = Vec::new();
    for lint in LINTS {
        let mut mistakes = Mistakes { text, all: Vec::new() };
        (lint.check)(&linted, &mut mistakes);
        let is_own =
            |found: &Mistake| !lint.misses(left_out, found.line) && !found.what.contains(STAND_IN);
        all.extend(mistakes.all.into_iter().filter(is_own));
    }
    all.sort_by_key(|mistake| mistake.line);
    if all.is_empty() { Ok(practice) } else { Err(all) }
}
