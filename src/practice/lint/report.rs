//! The report of a questionnaire: what it names is there.

use super::super::QuestionKind;
use super::references::{known_question, known_section};
use super::{LintedFile, Mistakes};

/// What it asks is a question of the practice, in words of the writer's own.
pub fn question(linted: &LintedFile, mistakes: &mut Mistakes) {
    let Some(report) = &linted.file.report else { return };
    let Some(id) = &report.question else {
        if !report.ask.is_empty() {
            let fix = "Add a question of kind long, and give its id here: question = \"…\".";
            let what = "No question keeps the answer to the report's own question.";
            mistakes.add(mistakes.place("[report]"), what.to_owned(), fix);
        }
        return;
    };
    known_question(id, linted.asked(), mistakes);
    let mut asked = linted.asked().iter().filter(|question| question.id == *id.get_ref());
    if asked
        .any(|question| !matches!(question.kind, QuestionKind::Long | QuestionKind::Text { .. }))
    {
        let what = format!("“{}” can't be answered in words.", id.get_ref());
        mistakes.add(id.span(), what, "Make it a question of kind long or text.");
    }
}

pub fn scores(linted: &LintedFile, mistakes: &mut Mistakes) {
    let Some(report) = &linted.file.report else { return };
    let of_forms = [&report.apart, &report.care].into_iter().flat_map(|change| &change.order);
    for id in report.order.iter().chain(of_forms.flatten()) {
        if !linted.practice.scores.iter().any(|score| score.id == *id.get_ref()) {
            let known = linted.practice.scores.iter().map(|score| score.id.as_str());
            mistakes.add_unknown("score", id, known, "Give the ids of scores of this practice.");
        }
    }
}

pub fn sections(linted: &LintedFile, mistakes: &mut Mistakes) {
    let Some(report) = &linted.file.report else { return };
    let good = report.lasting.iter().flat_map(|rule| &rule.good).map(|good| &good.section);
    for id in report.beside.iter().chain(good) {
        known_section(id, &linted.practice.sections, mistakes);
    }
}
