//! The page that a practice of parts composes: has each of its headings something below it?

use std::collections::HashSet;

use super::super::QuestionKind;
use super::{LintedFile, Mistakes};

/// It has parts to be composed of.
pub fn whole(linted: &LintedFile, mistakes: &mut Mistakes) {
    let Some(page) = &linted.file.page else { return };
    if !linted.file.parts {
        let fix = "Write parts = true at the top of the file, or remove `page`.";
        mistakes.add(mistakes.place("page"), "Only a practice of parts has a page.".into(), fix);
    }
    if page.part.is_empty() {
        let fix = "Give it part = [{ id = \"…\", section = \"…\", heading = \"…\", say = \"…\" }].";
        mistakes.add(mistakes.place("page"), "The page has no parts.".into(), fix);
    }
}

/// Each part says something, or sorts choices.
pub fn contents(linted: &LintedFile, mistakes: &mut Mistakes) {
    for part in linted.file.page.iter().flat_map(|page| &page.part) {
        let at = part.section.span();
        if part.marks.is_none() && part.say.is_empty() {
            let what = format!("Nothing is below the heading “{}”.", part.heading);
            mistakes.add(at, what, "Give the part `say` lines, or `marks`.");
        }
        let Some(marks) = &part.marks else { continue };
        let question = linted.asked().iter().find(|q| q.id == *marks.get_ref());
        if question.is_some_and(|q| !matches!(q.kind, QuestionKind::Choices { .. })) {
            let what = format!("“{}” has no choices to sort.", marks.get_ref());
            mistakes.add(marks.span(), what, "Give a question of kind choices or list.");
        }
    }
}

/// Parts may share an id where a condition decides between them.
pub fn part_ids(linted: &LintedFile, mistakes: &mut Mistakes) {
    let mut seen = HashSet::new();
    let parts = linted.file.page.iter().flat_map(|page| &page.part);
    for part in parts.filter(|part| part.when.is_empty() && part.asked_as.is_none()) {
        if !seen.insert(&part.id) {
            let what = format!("The part “{}” is there twice.", part.id);
            let fix = "Give each part its own id, or let `when` or `asked` decide between them.";
            mistakes.add(part.section.span(), what, fix);
        }
    }
}
