//! The forms of a question: what they change is there to be changed.

use std::collections::HashSet;

use super::super::file::{CareFile, OptionFile, QuestionChangeFile, QuestionFile, TextOr};
use super::super::{AnswerOption, CareMark, KindName, is_word};
use super::references::known_question;
use super::{LintedFile, Mistakes};

/// What each form changes of a question, by the key of the form.
fn changes(file: &QuestionFile) -> Vec<(&'static str, &QuestionChangeFile)> {
    let care = match &file.care {
        CareFile::Change(change) => Some(("care", &**change)),
        CareFile::Mark(_) => None,
    };
    let others =
        [("locked", &file.locked), ("apart", &file.apart), ("apart-care", &file.apart_care)];
    others.into_iter().chain(care).collect()
}

/// Options belong to a choice, suggestions to a text, starts to a long one, marks to several
/// choices.
pub fn suitable(linted: &LintedFile, mistakes: &mut Mistakes) {
    for question in linted.questions() {
        let file = question.file;
        let kind = file.kind_name();
        let changed = changes(file);
        let has_options = changed.iter().any(|(_, change)| change.options.is_some());
        let has_suggestions = changed.iter().any(|(_, change)| change.suggestions.is_some());
        let fields: [(&str, bool, &[KindName]); 4] = [
            ("options", has_options, &[KindName::Choice, KindName::Choices]),
            ("suggestions", has_suggestions, &[KindName::Text]),
            ("starts", !file.starts.is_empty(), &[KindName::Long]),
            ("each", !file.each.is_empty(), &[KindName::Choices, KindName::List]),
        ];
        for (key, is_there, kinds) in fields {
            if is_there && !kind.is_some_and(|kind| kinds.contains(&kind)) {
                let what = format!("A question of kind {} has no {key}.", file.kind.get_ref());
                mistakes.add(file.id.span(), what, format!("Take `{key}` out."));
            }
        }
    }
}

/// Each list of options has some, each once; a word alone is one that the question has.
pub fn options(linted: &LintedFile, mistakes: &mut Mistakes) {
    for question in linted.questions() {
        let file = question.file;
        let Some(own) = question.own.first().and_then(|q| q.own_options.as_deref()) else {
            continue;
        };
        for (form, change) in changes(file) {
            let Some(options) = &change.options else { continue };
            check_options(file, form, options, own, mistakes);
        }
    }
}

fn check_options(
    file: &QuestionFile,
    form: &str,
    options: &[OptionFile],
    own: &[AnswerOption],
    mistakes: &mut Mistakes,
) {
    let at = file.id.span();
    if options.is_empty() {
        let what = format!("With `{form}` there's nothing to choose from.");
        mistakes.add(at.clone(), what, "Give it options, or `asked = false`.");
    }
    let mut seen = HashSet::new();
    for option in options {
        let id = match option {
            TextOr::Text(label) => label,
            TextOr::Table(table) => &table.id,
        };
        let is_id = matches!(option, TextOr::Text(label) if is_word(label));
        if is_id && !own.iter().any(|known| known.id == *id) {
            let known = own.iter().map(|known| known.id.as_str());
            let fix = "Give one of the question's options, or give a label.";
            mistakes.add_no_option(at.clone(), id, known, fix);
        }
        if !seen.insert(id) {
            let what = format!("The option “{id}” is given twice.");
            mistakes.add(at.clone(), what, "Give each option its own id.");
        }
    }
}

/// A question that no form asks.
pub fn never_asked(linted: &LintedFile, mistakes: &mut Mistakes) {
    for question in linted.questions() {
        let file = question.file;
        let by_form = changes(file).iter().any(|(_, change)| change.asked == Some(true))
            || matches!(file.care, CareFile::Mark(CareMark::Only));
        if !file.asked && !by_form {
            let fix = "Remove `asked = false`, or let a form ask it: care.asked = true.";
            mistakes.add(file.id.span(), "It's never asked.".into(), fix);
        }
    }
}

/// The question behind which another form asks it.
pub fn places(linted: &LintedFile, mistakes: &mut Mistakes) {
    for question in linted.questions() {
        let at = question.file.id.span();
        for id in changes(question.file).into_iter().filter_map(|(_, c)| c.behind.clone()) {
            known_question(&toml::Spanned::new(at.clone(), id), &linted.all, mistakes);
        }
    }
}
