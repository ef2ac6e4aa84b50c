//! Each question by itself: who is asked, and what can be answered.

use std::collections::HashSet;

use toml::Spanned;

use super::super::file::{AskFile, ScaleFile};
use super::super::lists::{self, LISTS};
use super::super::word::{KnownWords, parse_word};
use super::super::{KindName, QuestionKind};
use super::{LintedFile, LintedQuestion, Mistakes};

pub fn any(linted: &LintedFile, mistakes: &mut Mistakes) {
    if linted.practice.questions.is_empty() {
        let fix = "Add a [[question]] with id, ask and kind.";
        mistakes.add(0..0, "It asks nothing.".into(), fix);
    }
}

pub fn parts(linted: &LintedFile, mistakes: &mut Mistakes) {
    if linted.file.parts && linted.file.section.is_empty() {
        let fix = "Add a [[section]] for each part, and give its id in its questions.";
        mistakes.add(mistakes.place("parts"), "There are no parts.".into(), fix);
    }
}

/// Where each person has a wording of their own, it is a text.
pub fn people(linted: &LintedFile, mistakes: &mut Mistakes) {
    for question in linted.questions() {
        let AskFile::Of(people) = &question.file.ask else { continue };
        let at = question.file.id.span();
        for (who, _) in people.iter().filter(|(_, ask)| !ask.is_str()) {
            let what = format!("The wording for “{who}” isn't a text.");
            mistakes.add(at.clone(), what, "Write ask = { me = \"…\", partner = \"…\" }.");
        }
        if people.is_empty() {
            mistakes.add(at, "`ask` has no wording.".into(), "Give `ask` a text.");
        }
    }
}

/// It asks something.
pub fn wording(linted: &LintedFile, mistakes: &mut Mistakes) {
    let empty = |ask: &AskFile| match ask {
        AskFile::Once(text) => text.trim().is_empty(),
        AskFile::First(lines) => lines.is_empty(),
        AskFile::Of(_) => false,
    };
    for question in linted.questions().filter(|question| empty(&question.file.ask)) {
        let what = "The question has no words.".to_owned();
        mistakes.add(question.file.id.span(), what, "Give `ask` a text.");
    }
}

/// A field stands on a kind that heeds it.
pub fn suitable_fields(linted: &LintedFile, mistakes: &mut Mistakes) {
    for question in linted.questions() {
        let file = question.file;
        let fields = [
            ("min", file.min.is_some(), "number"),
            ("max", file.max.is_some(), "number"),
            ("minutes", file.minutes.is_some(), "stillness"),
            ("suggestions", !file.suggestions.is_empty(), "text"),
            ("starts", !file.starts.is_empty(), "long"),
        ];
        let kind = file.kind.get_ref();
        for (name, _, of) in fields.into_iter().filter(|(_, is_there, of)| *is_there && kind != of)
        {
            let what = format!("`{name}` means nothing on the kind “{kind}”.");
            let fix = format!("Remove it, or write kind = \"{of}\".");
            mistakes.add(file.kind.span(), what, fix);
        }
    }
}

pub fn kind(linted: &LintedFile, mistakes: &mut Mistakes) {
    for kind in linted.questions().map(|question| &question.file.kind) {
        let Err(KnownWords(known @ [others @ .., last])) = parse_word::<KindName>(kind.get_ref())
        else {
            continue;
        };
        let fix = format!("Use {} or {last}.", others.join(", "));
        mistakes.add_unknown("kind", kind, known.iter().copied(), &fix);
    }
}

/// It stands under a question above it, and the end of a wording is one of a single wording.
pub fn steps(linted: &LintedFile, mistakes: &mut Mistakes) {
    for question in linted.questions() {
        let file = question.file;
        let unknown =
            |id: &&Spanned<String>| !question.earlier.iter().any(|q| q.id == *id.get_ref());
        for id in file.under.iter().chain(&file.beside).filter(unknown) {
            let what = format!("No earlier question is called “{}”.", id.get_ref());
            mistakes.add(id.span(), what, "Use a question above this one.");
        }
        if file.line.is_some() && !matches!(file.ask, AskFile::Once(_)) {
            let fix = "Give `ask` one text, or remove `line`.";
            mistakes.add(file.id.span(), "`line` can't end several wordings.".into(), fix);
        }
    }
}

/// The settings that a question can set.
const SET: &[&str] = &["chapter"];

/// A choice may set a setting that there is.
pub fn sets(linted: &LintedFile, mistakes: &mut Mistakes) {
    for question in linted.questions() {
        let Some(setting) = &question.file.sets else { continue };
        let is_choice = question.file.kind_name() == Some(KindName::Choice);
        if !is_choice || !SET.contains(&setting.get_ref().as_str()) {
            let what = format!("A question can't set “{}”.", setting.get_ref());
            mistakes.add(setting.span(), what, "Use sets = \"chapter\", on a choice.");
        }
    }
}

/// The answers to yes or no, by the words that stand for them.
const YES_NO: [&str; 2] = ["yes", "no"];

/// What tells of harm is an answer that can be chosen.
pub fn harm(linted: &LintedFile, mistakes: &mut Mistakes) {
    for question in linted.questions() {
        let options = question.own.first().map_or(&[][..], |own| own.kind.options());
        let is_option = |id: &str| options.iter().any(|option| option.id == id);
        let is_yes_no = question.file.kind_name() == Some(KindName::YesNo);
        let can_be_chosen =
            |id: &&String| is_option(id) || (is_yes_no && YES_NO.contains(&id.as_str()));
        for id in question.file.harm.options().iter().filter(|id| !can_be_chosen(id)) {
            let known = options.iter().map(|option| option.id.as_str());
            let fix = "Name options of this question in `harm`, or write harm = true.";
            mistakes.add_no_option(question.file.id.span(), id, known, fix);
        }
    }
}

/// The scales, each with its range where it has one.
fn scales<'l>(
    linted: &'l LintedFile,
) -> impl Iterator<Item = (LintedQuestion<'l, 'l>, Option<&'l ScaleFile>)> {
    let is_scale = |question: &LintedQuestion| question.file.kind_name() == Some(KindName::Scale);
    linted.questions().filter(is_scale).map(|question| {
        let range = question.file.scale.as_ref().or(linted.file.scale.as_ref());
        (question, range)
    })
}

pub fn scale_range(linted: &LintedFile, mistakes: &mut Mistakes) {
    for (question, range) in scales(linted) {
        let at = question.file.kind.span();
        match range {
            None => {
                let fix = "Add scale = { min = 0, max = 4 } here, or once at the top of the file.";
                mistakes.add(at, "This scale has no range.".into(), fix);
            }
            Some(range) if range.scale().steps().is_none() => {
                let what = format!("The scale runs from {} to {}.", range.min, range.max);
                mistakes.add(at, what, "Make max larger than min, by at most 100.");
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
            let fix = format!(
                "Give {} of them, one for each point; \"\" leaves a point without words.",
                steps + 1
            );
            mistakes.add(question.file.kind.span(), what, fix);
        }
    }
}

/// A number has something between its ends.
pub fn number_range(linted: &LintedFile, mistakes: &mut Mistakes) {
    for question in linted.questions() {
        let file = question.file;
        let mut ends = [file.min, file.max].into_iter().flatten();
        if let Some(end) = ends.find(|end| !end.is_finite()) {
            let what = format!("A number can't end at {end}.");
            mistakes.add(file.kind.span(), what, "Give a number, or leave that end open.");
        } else if let (Some(min), Some(max)) = (file.min, file.max)
            && min > max
        {
            let what = format!("No number is between {min} and {max}.");
            mistakes.add(file.kind.span(), what, "Make max at least min.");
        }
    }
}

/// `from` and `without` name a list and its groups, and `most` counts choices.
pub fn lists(linted: &LintedFile, mistakes: &mut Mistakes) {
    for question in linted.questions() {
        let file = question.file;
        let kind = file.kind_name();
        let at = file.kind.span();
        let list = file.from.as_ref().and_then(|from| lists::named(from.get_ref()));
        if (kind == Some(KindName::List)) != list.is_some() {
            let what = "This list has nothing to choose from.".to_owned();
            let names = LISTS.join("\" or from = \"");
            let fix = format!("Write kind = \"list\" and from = \"{names}\".");
            mistakes.add(file.from.as_ref().map_or(at.clone(), |from| from.span()), what, fix);
        }
        let groups: Vec<&str> = list.iter().copied().flatten().map(|g| g.id.as_str()).collect();
        for id in file.without.iter().filter(|id| !groups.contains(&id.get_ref().as_str())) {
            let what = format!("The list has no group “{}”.", id.get_ref());
            mistakes.add(id.span(), what, format!("It has {}.", groups.join(", ")));
        }
        let takes_several = matches!(kind, Some(KindName::List | KindName::Choices));
        if file.most.is_some_and(|most| most == 0 || !takes_several) {
            let fix = "Give 1 or more, on a list or on choices.";
            mistakes.add(at, "`most` must be 1 or more, on a list or on choices.".into(), fix);
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
        let kind = question.file.kind_name();
        let mut seen = HashSet::new();
        if options.is_empty() && kind != Some(KindName::List) {
            let fix = "Add options = [\"…\", \"…\"].";
            mistakes.add(at, "There's nothing to choose from.".into(), fix);
        } else if kind == Some(KindName::Choice) && options.iter().any(|o| o.is_alone) {
            let fix = "Remove `alone`, or write kind = \"choices\".";
            mistakes.add(at, "One choice always excludes the others.".into(), fix);
        } else if let Some(twice) = options.iter().find(|option| !seen.insert(&option.id)) {
            let what = format!("The option “{}” is given twice.", twice.id);
            mistakes.add(at, what, "Give each option its own id.");
        }
    }
}
