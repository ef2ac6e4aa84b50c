//! What is there, and says, names or asks nothing.

use super::super::answering;
use super::super::file::EditionFile;
use super::{LintedFile, Mistakes};

pub fn title(linted: &LintedFile, mistakes: &mut Mistakes) {
    if linted.file.title.trim().is_empty() {
        mistakes.add(mistakes.place("title"), "The title is empty.".into(), "Give it a word.");
    }
}

pub fn origin(linted: &LintedFile, mistakes: &mut Mistakes) {
    let file = linted.file;
    let version = file.version.as_ref().map(EditionFile::text);
    let fields = [
        ("source", &file.source),
        ("licence", &file.licence),
        ("version", &version),
        ("lang", &file.lang),
    ];
    for (field, words) in fields {
        if words.as_ref().is_some_and(|words| words.trim().is_empty()) {
            let fix = "Give it a word, or remove this.";
            mistakes.add(mistakes.place(field), format!("The {field} is empty."), fix);
        }
    }
}

/// Each of the practice's tags is one word, as those that people give.
pub fn tags(linted: &LintedFile, mistakes: &mut Mistakes) {
    for tag in &linted.file.tags {
        if answering::tag(tag).as_ref() != Some(tag) {
            let what = format!("“{}” can't be a tag.", tag.escape_debug());
            let fix = "Use letters or digits, with -, _ or / between, and no spaces.";
            mistakes.add(mistakes.place("tags"), what, fix);
        }
    }
}

pub fn hint_words(linted: &LintedFile, mistakes: &mut Mistakes) {
    for hint in &linted.file.hint {
        if hint.words.is_empty() || hint.words.iter().any(|words| words.trim().is_empty()) {
            let fix = "Give the words that call for it: words = [\"always\"].";
            mistakes.add(
                mistakes.place("hint"),
                "The hint has no `words`, so it never appears.".into(),
                fix,
            );
        }
    }
}

pub fn evidence(linted: &LintedFile, mistakes: &mut Mistakes) {
    if linted.file.evidence.as_ref().is_some_and(|evidence| evidence.sources.is_empty()) {
        let fix = "Give it from = [{ practice = \"…\", when = { … }, say = \"…\" }].";
        mistakes.add(mistakes.place("evidence"), "The evidence has no `from`.".into(), fix);
    }
}

/// The two halves of a plan are two questions, and the whole of it a third.
pub fn rehearsal(linted: &LintedFile, mistakes: &mut Mistakes) {
    let Some(plan) = &linted.file.rehearse else { return };
    let (condition, deed) = (plan.condition.get_ref(), plan.deed.get_ref());
    let whole = plan.whole.as_ref().map(|whole| whole.get_ref());
    if condition == deed || [condition, deed].into_iter().any(|part| whole == Some(part)) {
        let fix = "Give a question each for `if`, `then` and `whole`.";
        let what = "One question can't be two parts of a plan.".to_owned();
        mistakes.add(plan.condition.span(), what, fix);
    }
}

/// A name of another practice may be of one that comes later, but it is a name.
pub fn practice_names(linted: &LintedFile, mistakes: &mut Mistakes) {
    let file = linted.file;
    for name in file.follows_up.iter().filter(|name| name.get_ref().trim().is_empty()) {
        let what = "The practice's name is empty.".to_owned();
        mistakes.add(name.span(), what, "Give a practice, or remove this.");
    }
    let recalled = file.recall.iter().map(|recall| ("recall", &recall.practice));
    let sources = file.evidence.iter().flat_map(|evidence| &evidence.sources);
    let sources = sources.map(|source| ("evidence", &source.practice));
    let excerpts = file.excerpt.iter().map(|excerpt| ("excerpt", &excerpt.practice));
    let by = file.pattern.iter().filter_map(|pattern| pattern.by.as_ref()?.practice.as_ref());
    let all = recalled.chain(sources).chain(excerpts).chain(by.map(|name| ("pattern", name)));
    for (table, _) in all.filter(|(_, name)| name.trim().is_empty()) {
        let what = "The practice's name is empty.".to_owned();
        mistakes.add(mistakes.place(table), what, "Give a practice, or remove this.");
    }
}
