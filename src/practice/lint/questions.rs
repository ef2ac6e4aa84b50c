//! Each question by itself: who is asked, and what can be answered.

use std::collections::HashSet;

use toml::Spanned;

use super::super::file::{AskFile, ScaleFile};
use super::super::lists::{self, LISTS};
use super::super::{KINDS, QuestionKind};
use super::{LintedFile, LintedQuestion, Mistakes};

pub fn any(linted: &LintedFile, mistakes: &mut Mistakes) {
    if linted.practice.questions.is_empty() {
        let mend = "Add a [[question]] with id, ask and kind.";
        mistakes.add(0..0, "It asks nothing.".into(), mend);
    }
}

pub fn parts(linted: &LintedFile, mistakes: &mut Mistakes) {
    if linted.file.parts && linted.file.section.is_empty() {
        let mend = "Add a [[section]] for each part, and name it in its questions.";
        mistakes.add(mistakes.place("parts"), "There are no parts.".into(), mend);
    }
}

/// Where each person has a wording of their own, it is a text.
pub fn people(linted: &LintedFile, mistakes: &mut Mistakes) {
    for question in linted.questions() {
        let AskFile::Of(people) = &question.file.ask else { continue };
        let at = question.file.id.span();
        for (who, _) in people.iter().filter(|(_, ask)| !ask.is_str()) {
            let what = format!("What is asked of “{who}” is no text.");
            mistakes.add(at.clone(), what, "Write ask = { me = \"…\", partner = \"…\" }.");
        }
        if people.is_empty() {
            mistakes.add(at, "It is asked of nobody.".into(), "Give `ask` a text.");
        }
    }
}

pub fn kind(linted: &LintedFile, mistakes: &mut Mistakes) {
    for question in linted.questions() {
        let kind = &question.file.kind;
        if !KINDS.contains(&kind.get_ref().as_str()) {
            let what = format!("There is no kind “{}”.", kind.get_ref());
            let (last, others) = (KINDS[KINDS.len() - 1], KINDS[..KINDS.len() - 1].join(", "));
            mistakes.add(kind.span(), what, format!("Use {others} or {last}."));
        }
    }
}

/// It stands under a question above it, and the end of a wording is one of a single wording.
pub fn steps(linted: &LintedFile, mistakes: &mut Mistakes) {
    for question in linted.questions() {
        let file = question.file;
        let unknown =
            |id: &&Spanned<String>| !question.earlier.iter().any(|q| q.id == *id.get_ref());
        for id in file.under.iter().filter(unknown) {
            let what = format!("No earlier question is called “{}”.", id.get_ref());
            mistakes.add(id.span(), what, "Name a question that stands above.");
        }
        if file.line.is_some() && !matches!(file.ask, AskFile::Once(_)) {
            let mend = "Give `ask` one text, or take `line` out.";
            mistakes.add(file.id.span(), "`line` has several wordings to end.".into(), mend);
        }
    }
}

/// The settings that a question can set.
const SET: &[&str] = &["chapter"];

/// A choice may set a setting that there is.
pub fn sets(linted: &LintedFile, mistakes: &mut Mistakes) {
    for question in linted.questions() {
        let Some(setting) = &question.file.sets else { continue };
        if question.file.kind.get_ref() != "choice" || !SET.contains(&setting.get_ref().as_str()) {
            let what = format!("It cannot set “{}”.", setting.get_ref());
            mistakes.add(setting.span(), what, "Use sets = \"chapter\", on a choice.");
        }
    }
}

/// The scales, each with its range where it has one.
fn scales<'l>(
    linted: &'l LintedFile,
) -> impl Iterator<Item = (LintedQuestion<'l, 'l>, Option<&'l ScaleFile>)> {
    let scales = linted.questions().filter(|question| question.file.kind.get_ref() == "scale");
    scales.map(|question| {
        let range = question.file.scale.as_ref().or(linted.file.scale.as_ref());
        (question, range)
    })
}

pub fn scale_range(linted: &LintedFile, mistakes: &mut Mistakes) {
    for (question, range) in scales(linted) {
        let at = question.file.kind.span();
        match range {
            None => {
                let mend = "Add scale = { min = 0, max = 4 } here, or once for the whole practice.";
                mistakes.add(at, "This scale has no range.".into(), mend);
            }
            Some(range) if range.scale().steps().is_none() => {
                let what = format!("The scale runs from {} to {}.", range.min, range.max);
                mistakes.add(at, what, "Let max be larger than min, by 100 at most.");
            }
            Some(_) => {}
        }
    }
}

pub fn scale_labels(linted: &LintedFile, mistakes: &mut Mistakes) {
    for (question, range) in scales(linted) {
        let Some(range) = range.filter(|range| !range.labels.is_empty()) else { continue };
        let Some(steps) = range.scale().steps() else { continue };
        if range.labels.len() as i64 != steps + 1 {
            let what = format!("The scale has {} labels.", range.labels.len());
            let mend = format!("Give {} of them, one a step; \"\" leaves a step bare.", steps + 1);
            mistakes.add(question.file.kind.span(), what, mend);
        }
    }
}

/// A list is one that there is, without groups that it has; so many may be chosen.
pub fn lists(linted: &LintedFile, mistakes: &mut Mistakes) {
    for question in linted.questions() {
        let file = question.file;
        let kind = file.kind.get_ref().as_str();
        let at = file.kind.span();
        let list = file.from.as_ref().and_then(|from| lists::named(from.get_ref()));
        if (kind == "list") != list.is_some() {
            let what = "A list needs a list to choose from.".to_owned();
            let names = LISTS.join("\" or from = \"");
            let mend = format!("Write kind = \"list\" and from = \"{names}\".");
            mistakes.add(file.from.as_ref().map_or(at.clone(), |from| from.span()), what, mend);
        }
        let groups: Vec<&str> = list.iter().copied().flatten().map(|g| g.id.as_str()).collect();
        for id in file.without.iter().filter(|id| !groups.contains(&id.get_ref().as_str())) {
            let what = format!("The list has no group “{}”.", id.get_ref());
            mistakes.add(id.span(), what, format!("It has {}.", groups.join(", ")));
        }
        if file.most.is_some_and(|most| most == 0 || !["list", "choices"].contains(&kind)) {
            let mend = "Give 1 or more, on a list or on choices.";
            mistakes.add(at, "`most` counts nothing.".into(), mend);
        }
    }
}

pub fn options(linted: &LintedFile, mistakes: &mut Mistakes) {
    for question in linted.questions() {
        let Some(QuestionKind::Choice { options, .. } | QuestionKind::Choices { options, .. }) =
            question.own.first().map(|own| &own.kind)
        else {
            continue;
        };
        let at = question.file.kind.span();
        let mut seen = HashSet::new();
        if options.is_empty() && question.file.kind.get_ref() != "list" {
            let mend = "Add options = [\"…\", \"…\"].";
            mistakes.add(at, "There is nothing to choose from.".into(), mend);
        } else if let Some(twice) = options.iter().find(|option| !seen.insert(&option.id)) {
            let what = format!("The option “{}” is there twice.", twice.id);
            mistakes.add(at, what, "Give each option its own id.");
        }
    }
}
