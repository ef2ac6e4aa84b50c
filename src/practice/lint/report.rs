//! The report of a questionnaire: what it names is there.

use toml::Spanned;

use super::super::file::ReportFile;
use super::super::{QuestionKind, Report};
use super::references::known_question;
use super::{LintedFile, Mistakes};

/// The report as the file has it, and what it became.
fn report<'l>(linted: &'l LintedFile) -> Option<(&'l ReportFile, &'l Report)> {
    linted.file.report.as_ref().zip(linted.practice.report.as_ref())
}

/// What it asks is a question of the practice, in words of the writer's own.
pub fn question(linted: &LintedFile, mistakes: &mut Mistakes) {
    let Some((file, report)) = report(linted) else { return };
    let Some(id) = &file.question else {
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
    let Some((file, _)) = report(linted) else { return };
    let of_forms = [&file.apart, &file.care].into_iter().flat_map(|change| &change.order);
    for id in file.order.iter().chain(of_forms.flatten()) {
        if !linted.practice.scores.iter().any(|score| score.id == *id.get_ref()) {
            let what = format!("There's no score “{}”.", id.get_ref());
            mistakes.add(id.span(), what, "Give the ids of scores of this practice.");
        }
    }
}

pub fn sections(linted: &LintedFile, mistakes: &mut Mistakes) {
    let Some((file, _)) = report(linted) else { return };
    let good = file.lasting.iter().flat_map(|rule| &rule.good).map(|good| &good.section);
    let known = |id: &Spanned<String>| {
        linted.practice.sections.iter().any(|section| section.id == *id.get_ref())
    };
    for id in file.beside.iter().chain(good).filter(|id| !known(id)) {
        let what = format!("There's no section “{}”.", id.get_ref());
        mistakes.add(id.span(), what, "Add it as a [[section]], or remove this.");
    }
}
