//! Conditions on answers: can what is tested ever hold?

use std::ops::Range;

use super::super::convert::tests;
use super::super::file::{ClosingFile, TestFile, When};
use super::super::{Question, QuestionKind, Test};
use super::{LintedFile, Mistakes};

/// A condition where it stands in the file. One of an excerpt is on another
/// practice's answers, and that practice's own matter.
struct LintedCondition<'a> {
    at: Range<usize>,
    question: &'a str,
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
    let condition = |at: Range<usize>, question: &'l str, test: &TestFile, earlier| {
        LintedCondition { at, question, tests: tests(test), earlier }
    };
    let file = linted.file;
    let of_questions = linted.questions().flat_map(|question| {
        let earlier = question.earlier;
        question
            .file
            .when
            .iter()
            .map(move |(id, test)| condition(id.span(), id.get_ref(), test, earlier))
    });
    let mut all: Vec<_> = of_questions.collect();
    let of_follow_up = file.follow_up.iter().flat_map(|f| &f.when);
    all.extend(
        of_follow_up.map(|(id, test)| condition(id.span(), id.get_ref(), test, linted.asked())),
    );
    let of_closings = file.closing.as_slice().iter().filter_map(|closing| match closing {
        ClosingFile::Full(table) => Some(("closing", &table.when)),
        ClosingFile::Say(_) => None,
    });
    let nested = of_closings.map(|(table, when)| (table, when, linted.asked()));
    // What is asked back can tell it, too.
    let of_fear = file.afraid.iter().map(|when| ("afraid", when, &linted.all[..]));
    let maybe = file.maybe_afraid.iter().map(|when| ("maybe-afraid", when, &linted.all[..]));
    let nested = nested.chain(of_fear).chain(maybe);
    all.extend(nested.flat_map(|(table, when, earlier): (&str, &'l When, _)| {
        let at = mistakes.place(table);
        when.iter().map(move |(id, test)| condition(at.clone(), id, test, earlier))
    }));
    all
}

pub fn look_back(linted: &LintedFile, mistakes: &mut Mistakes) {
    for condition in conditions(linted, mistakes) {
        if condition.of(condition.question).is_none() {
            let what = format!("No earlier question is called “{}”.", condition.question);
            let mend = "A condition looks back: name a question that stands above.";
            mistakes.add(condition.at, what, mend);
        }
    }
}

pub fn compare_with_earlier(linted: &LintedFile, mistakes: &mut Mistakes) {
    for condition in conditions(linted, mistakes) {
        for test in &condition.tests {
            let Test::Against { other, .. } = test else { continue };
            if condition.of(other).is_none() {
                let what = format!("No earlier question is called “{other}”.");
                mistakes.add(condition.at.clone(), what, "Name a question that stands above.");
            }
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
            let (Test::OneOf(words) | Test::NoneOf(words)) = test else { continue };
            for word in words.iter().filter(|word| !ids.contains(&word.as_str())) {
                let what = format!("“{word}” is none of the options.");
                mistakes.add(condition.at.clone(), what, format!("Use one of {}.", ids.join(", ")));
            }
        }
    }
}
