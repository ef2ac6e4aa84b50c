//! Names that can be typed, mean nothing else, and stand once.

use std::collections::HashSet;
use std::ops::Range;

use super::super::reserved::{is_word, reserved_by};
use super::{LintedFile, Mistakes};

pub fn file_name(linted: &LintedFile, mistakes: &mut Mistakes) {
    let name = linted.name;
    if linted.reserved.contains(&name) {
        let fix = "Give the file another name; `inward --help` lists the commands.";
        mistakes.add(0..0, format!("inward has a command “{name}” already."), fix);
    } else if !is_word(name) {
        let fix = "Rename the file: use letters from a to z, digits and hyphens.";
        mistakes.add(0..0, format!("“{name}” can't be a command."), fix);
    }
}

pub fn section_ids(linted: &LintedFile, mistakes: &mut Mistakes) {
    let sections = linted.file.section.iter();
    check(sections.map(|section| (section.id.span(), section.id.get_ref())), mistakes);
}

/// The ids of what is asked back are flags beside those of the practice's own questions.
pub fn question_ids(linted: &LintedFile, mistakes: &mut Mistakes) {
    let of_each = linted.questions().flat_map(|question| {
        question.own.iter().map(move |own| (question.file.id.span(), &own.id))
    });
    check(of_each, mistakes);
}

pub fn score_ids(linted: &LintedFile, mistakes: &mut Mistakes) {
    check(linted.file.score.iter().map(|score| (score.id.span(), score.id.get_ref())), mistakes);
}

fn check<'a>(ids: impl Iterator<Item = (Range<usize>, &'a String)>, mistakes: &mut Mistakes) {
    let mut seen = HashSet::new();
    for (at, id) in ids {
        if !is_word(id) {
            let fix = "Use letters from a to z, digits and hyphens, starting with a letter.";
            mistakes.add(at, format!("“{id}” can't be an id."), fix);
        } else if let Some(what) = reserved_by(id) {
            mistakes.add(at, format!("“{id}” is {what}."), "Choose another id.");
        } else if !seen.insert(id) {
            mistakes.add(at, format!("The id “{id}” is used twice."), "Give each its own id.");
        }
    }
}
