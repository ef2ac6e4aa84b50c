//! Conditions on answers: can what is tested ever hold?

use std::ops::Range;

use super::super::convert::tests;
use super::super::file::{AskFile, ConditionsFile, LineFile, TestFile, TestTable};
use super::super::{ANY, Question, QuestionKind, Repeat, Run, Test};
use super::{LintedFile, Mistakes};

/// A condition where it stands in the file. One of an excerpt is on another
/// practice's answers, and that practice's own matter.
struct LintedCondition<'a> {
    at: Range<usize>,
    question: &'a str,
    file: &'a TestFile,
    tests: Vec<Test>,
    /// The questions that it may look back on.
    earlier: &'a [&'a Question],
}

impl<'a> LintedCondition<'a> {
    fn of(&self, id: &str) -> Option<&'a Question> {
        self.earlier.iter().find(|q| q.id == id).copied()
    }
}

fn conditions<'l>(linted: &'l LintedFile, mistakes: &Mistakes) -> Vec<LintedCondition<'l>> {
    let file = linted.file;
    let mut all: Vec<LintedCondition> = Vec::new();
    for question in linted.questions() {
        for (id, test) in &question.file.when {
            add(&mut all, id.span(), id.get_ref(), test, question.earlier);
        }
    }
    for (id, test) in file.follow_up.iter().flat_map(|f| &f.when) {
        add(&mut all, id.span(), id.get_ref(), test, linted.asked());
    }
    let mut nested: Vec<(&str, &ConditionsFile, &[&Question])> = Vec::new();
    let own = linted.asked();
    nested.extend(lines(file.closing.as_slice()).map(|when| ("closing", when, own)));
    let sections = file.section.iter().flat_map(|section| lines(section.closing.as_slice()));
    nested.extend(sections.map(|when| ("section", when, own)));
    let page = file.page.iter().flat_map(|page| &page.part);
    nested.extend(page.clone().map(|part| ("page", &part.when, own)));
    nested.extend(page.map(|part| ("page", &part.over, linted.asked_later())));
    let more = file.more.iter().flat_map(|more| lines(more.say.as_slice()));
    nested.extend(more.map(|when| ("more", when, own)));
    nested.extend(file.hint.iter().map(|note| ("hint", &note.when, own)));
    nested.extend(file.offer.iter().map(|offer| ("offer", &offer.when, own)));
    let later = file.follow_up.iter().flat_map(|f| lines(f.closing.as_slice()));
    nested.extend(later.map(|when| ("follow-up", when, linted.asked_later())));
    // What is asked later may turn care on as well.
    for (table, of) in [
        ("afraid", &file.afraid),
        ("pointer-someone", &file.pointer_someone),
        ("pointer", &file.pointer),
    ] {
        nested.extend(of.iter().map(|when| (table, when, linted.all.as_slice())));
    }
    for (table, when, earlier) in nested {
        let at = mistakes.place(table);
        when.iter().for_each(|(id, test)| add(&mut all, at.clone(), id, test, earlier));
    }
    for question in linted.questions() {
        let at = question.file.id.span();
        if let AskFile::First(asks) = &question.file.ask {
            let of_asks = lines(asks).flatten();
            of_asks.for_each(|(id, test)| add(&mut all, at.clone(), id, test, question.earlier));
        }
        let of_help = lines(question.file.help.as_slice()).flatten();
        of_help.for_each(|(id, test)| add(&mut all, at.clone(), id, test, question.earlier));
        let of_reply = lines(question.file.reply.as_slice()).flatten();
        of_reply
            .for_each(|(id, test)| add(&mut all, at.clone(), id, test, question.own_and_earlier));
    }
    all
}

/// A condition, or each of those that stand under `any`.
fn add<'l>(
    all: &mut Vec<LintedCondition<'l>>,
    at: Range<usize>,
    question: &'l str,
    test: &'l TestFile,
    earlier: &'l [&'l Question],
) {
    match test {
        TestFile::Any(groups) if question == ANY => {
            for (id, test) in groups.iter().flatten() {
                add(all, at.clone(), id, test, earlier);
            }
        }
        TestFile::Any(_) | TestFile::Is(_) | TestFile::OneOf(_) | TestFile::Other(_) => {
            all.push(LintedCondition { at, question, file: test, tests: tests(test), earlier });
        }
    }
}

/// The conditions of lines.
fn lines(lines: &[LineFile]) -> impl Iterator<Item = &ConditionsFile> {
    lines.iter().filter_map(|line| match line {
        LineFile::Full(table) => Some(&table.when),
        LineFile::Say(_) => None,
    })
}

pub fn look_back(linted: &LintedFile, mistakes: &mut Mistakes) {
    for condition in conditions(linted, mistakes) {
        if condition.of(condition.question).is_none() {
            let what = format!("No earlier question is called “{}”.", condition.question);
            let fix = "Conditions look back: use a question above this one.";
            mistakes.add(condition.at, what, fix);
        }
    }
}

pub fn compare_with_earlier(linted: &LintedFile, mistakes: &mut Mistakes) {
    for condition in conditions(linted, mistakes) {
        for test in &condition.tests {
            let Test::Against { other, .. } = test else { continue };
            if condition.of(other).is_none() {
                let what = format!("No earlier question is called “{other}”.");
                mistakes.add(condition.at.clone(), what, "Use a question above this one.");
            }
        }
    }
}

/// A run is of certain answers, and longer than one.
pub fn runs(linted: &LintedFile, mistakes: &mut Mistakes) {
    for condition in conditions(linted, mistakes) {
        let TestFile::Other(TestTable { running: Some(times), .. }) = condition.file else {
            continue;
        };
        if *times < 2 {
            let fix = "Write { is = \"…\", running = 3 }, with 2 or more.";
            mistakes.add(condition.at, "`running` has nothing to count.".into(), fix);
        }
    }
}

/// Where nothing but the options can be answered, a condition on words names one.
pub fn name_options(linted: &LintedFile, mistakes: &mut Mistakes) {
    for condition in conditions(linted, mistakes) {
        let kind = condition.of(condition.question).map(|question| &question.kind);
        let Some(
            QuestionKind::Choice { options, other: false }
            | QuestionKind::Choices { options, other: false },
        ) = kind
        else {
            continue;
        };
        let ids: Vec<&str> = options.iter().map(|option| option.id.as_str()).collect();
        for test in &condition.tests {
            let words = match test {
                Test::OneOf(words) | Test::NoneOf(words) | Test::Running(Run { words, .. }) => {
                    words
                }
                Test::Repeating(Repeat { without, .. }) => without,
                Test::Any(_) | Test::Answered(_) | Test::Between { .. } | Test::Against { .. } => {
                    continue;
                }
            };
            for word in words.iter().filter(|word| !ids.contains(&word.as_str())) {
                let what = format!("“{word}” isn't one of the options.");
                mistakes.add(condition.at.clone(), what, format!("Use one of {}.", ids.join(", ")));
            }
        }
    }
}
