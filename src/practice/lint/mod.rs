//! What can be wrong with a practice file whose TOML has the right shapes. Each lint
//! looks for one thing, and names it by its line with the way to fix it; a new one is
//! a function and a line of [`LINTS`].

mod blanks;
mod conditions;
mod forms;
mod ids;
mod own_page;
mod patterns;
mod questions;
mod references;
mod report;
mod scores;
#[cfg(test)]
mod tests;

use std::ops::Range;

use crate::config::line_of;

use super::convert;
use super::convert_question::wordings;
use super::file::{PracticeFile, QuestionFile};
use super::{Mistake, Practice, Question};

type Lint = fn(&LintedFile, &mut Mistakes);

const LINTS: &[Lint] = &[
    blanks::title,
    blanks::tags,
    blanks::hint_words,
    blanks::evidence,
    blanks::rehearsal,
    blanks::practice_names,
    ids::file_name,
    ids::section_ids,
    ids::question_ids,
    ids::score_ids,
    questions::any,
    questions::parts,
    questions::people,
    questions::wording,
    questions::suitable_fields,
    questions::kind,
    questions::scale_range,
    questions::scale_labels,
    questions::number_range,
    questions::options,
    questions::lists,
    questions::steps,
    questions::sets,
    questions::harm,
    references::cadence,
    references::days,
    references::recalled,
    references::offered,
    references::pages,
    references::sections,
    references::question_names,
    references::sentence,
    references::placeholders,
    own_page::whole,
    own_page::contents,
    own_page::part_ids,
    conditions::look_back,
    conditions::compare_with_earlier,
    conditions::name_options,
    conditions::runs,
    forms::suitable,
    forms::options,
    forms::never_asked,
    forms::places,
    scores::rule,
    scores::items,
    scores::items_once,
    scores::prorated_sums,
    scores::reversed_items,
    scores::other_scores,
    scores::circles,
    scores::numbers,
    scores::share_answered,
    scores::whole_norms,
    scores::possible_norms,
    report::question,
    report::scores,
    report::sections,
    patterns::display,
    patterns::how_many,
    patterns::suitable,
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

    /// Where a table begins whose keys have no place of their own.
    fn place(&self, table: &str) -> Range<usize> {
        let start = self.text.find(table).unwrap_or(0);
        start..start
    }
}

/// The practice that a file is.
///
/// # Errors
/// Every mistake in it, in the order of its lines.
pub(super) fn lint(
    name: &str,
    text: &str,
    file: &PracticeFile,
    reserved: &[&str],
) -> Result<Practice, Vec<Mistake>> {
    let practice = convert::practice(name, file);
    let all = practice.all_questions().collect();
    let linted = LintedFile { name, reserved, file, practice: &practice, all };
    let mut mistakes = Mistakes { text, all: Vec::new() };
    LINTS.iter().for_each(|lint| lint(&linted, &mut mistakes));
    mistakes.all.sort_by_key(|m| m.line);
    if mistakes.all.is_empty() { Ok(practice) } else { Err(mistakes.all) }
}
