//! Replaces names by others in everything an entry says: its answers, the questions'
//! wording, tags, titles, and other fields.

mod errors;
mod name;
#[cfg(test)]
mod tests;

use std::collections::HashSet;

use regex::Regex;
use serde_json::Value as Json;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::entry::{Entry, EntryError};
use crate::error::Result;

use name::RedactedName;

pub use errors::RedactError;

/// Fields of ids and times, which contain no names.
const BOOKKEEPING: &[&str] = &[
    "format", "id", "revision", "replaces", "copy_of", "at", "written", "about", "was", "deleted",
    "now",
];

/// Names and their aliases.
#[derive(Default)]
pub struct Redaction {
    names: Vec<RedactedName>,
    /// The pattern that finds them; `None` if there are none.
    pattern: Option<Regex>,
    /// Ids and labels that are the same in every journal, and so identify nobody.
    common: HashSet<String>,
}

/// A line in which a part of a name remains.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameRemains {
    /// The part of a name that remains.
    pub part: String,
    /// The line.
    pub line: String,
}

impl Redaction {
    /// Parses `NAME=ALIAS` arguments.
    ///
    /// # Errors
    /// `RedactError` for an argument without a name or an alias.
    pub fn read<'a>(arguments: impl IntoIterator<Item = &'a str>) -> Result<Redaction> {
        let names: Result<Vec<RedactedName>> =
            arguments.into_iter().map(RedactedName::read).collect();
        let mut names = names?;
        // Of names with the same beginning, the longest must match.
        names.sort_by_key(|name| std::cmp::Reverse(name.words.concat().len()));
        let pattern = if names.is_empty() { None } else { Some(name::pattern(&names)?) };
        Ok(Redaction { names, pattern, common: HashSet::new() })
    }

    /// Doesn't replace these where they are ids or labels of practices, questions and
    /// options. In the writer's own text they're words like any other.
    pub fn with_common_words(self, common: HashSet<String>) -> Redaction {
        Redaction { common, ..self }
    }

    /// Is there no name to replace?
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The entry with names replaced, and how many were.
    ///
    /// # Errors
    /// None that an entry can cause.
    pub fn entry(&self, entry: &Entry) -> Result<(Entry, usize)> {
        let not_json = |e: serde_json::Error| EntryError::NotJson { why: e.to_string() };
        let mut json = serde_json::to_value(entry).map_err(not_json)?;
        let mut count = 0;
        self.visit_texts(&mut json, &mut |text, is_tag| {
            let (redacted, times) = self.text(text);
            count += times;
            // A tag is one word.
            *text = if is_tag && times > 0 { redacted.replace(' ', "-") } else { redacted };
        });
        Ok((serde_json::from_value(json).map_err(not_json)?, count))
    }

    /// Visits every text of an entry in which a name may occur, and whether it's a tag.
    /// Skips names of fields, and texts that are the same in every journal.
    fn visit_texts(&self, entry: &mut Json, visit: &mut dyn FnMut(&mut String, bool)) {
        for (key, value) in entry.as_object_mut().into_iter().flatten() {
            match (key.as_str(), value) {
                (key, _) if BOOKKEEPING.contains(&key) => {}
                ("practice", Json::String(name)) => self.visit_unless_common(name, visit),
                ("tags", value) => walk(value, false, &mut |text, _| visit(text, true)),
                ("answers", Json::Array(answers)) => {
                    answers.iter_mut().for_each(|answer| self.visit_answer(answer, visit));
                }
                (_, value) => walk(value, false, visit),
            }
        }
    }

    fn visit_answer(&self, answer: &mut Json, visit: &mut dyn FnMut(&mut String, bool)) {
        let Json::Object(fields) = answer else { return };
        let labels = fields.get("labels").and_then(Json::as_object);
        // Whatever has a label is an id, and so is the question's.
        let mut ids: Vec<String> = labels.into_iter().flat_map(|l| l.keys().cloned()).collect();
        ids.extend(fields.get("question").and_then(Json::as_str).map(str::to_owned));
        let mut visit_one = |text: &mut String, is_ours: bool| match is_ours || ids.contains(text) {
            true => self.visit_unless_common(text, visit),
            false => visit(text, false),
        };
        for (key, value) in fields {
            match (key.as_str(), value) {
                ("scale", _) => {}
                // The question's id, and its wording.
                ("question" | "asked", Json::String(text)) => visit_one(text, true),
                ("value", Json::Array(items)) => {
                    let texts = items.iter_mut().filter_map(|item| match item {
                        Json::String(text) => Some(text),
                        _ => None,
                    });
                    texts.for_each(|text| visit_one(text, false));
                }
                ("labels", Json::Object(labels)) => {
                    for (mut id, mut wording) in std::mem::take(labels) {
                        visit_one(&mut id, false);
                        if let Json::String(wording) = &mut wording {
                            visit_one(wording, true);
                        }
                        labels.insert(id, wording);
                    }
                }
                (_, Json::String(text)) => visit_one(text, false),
                _ => {}
            }
        }
    }

    fn visit_unless_common(&self, id: &mut String, visit: &mut dyn FnMut(&mut String, bool)) {
        if !self.common.contains(id) {
            visit(id, false);
        }
    }

    /// Replaces names in a text: whole words, with or without a possessive s. Returns how
    /// many.
    pub fn text(&self, text: &str) -> (String, usize) {
        // Accents may be part of their letters, or separate.
        let text: String = text.nfc().collect();
        let Some(pattern) = &self.pattern else { return (text, 0) };
        let (mut result, mut count, mut end) = (String::with_capacity(text.len()), 0, 0);
        while let Some(groups) = pattern.captures_at(&text, end) {
            let name_at = |(i, name)| Some((name, groups.get(i + 1)?));
            let Some((name, place)) = self.names.iter().enumerate().find_map(name_at) else {
                break;
            };
            result += &text[end..place.start()];
            result += &name.alias_for(place.as_str());
            // The character after this name may also precede the next.
            end = place.end();
            count += 1;
        }
        (result + &text[end..], count)
    }

    /// The lines in which a part of a name remains: in another case, in a longer word,
    /// without accents, or one of its words alone.
    pub fn remains(&self, entry: &Entry) -> Vec<NameRemains> {
        let mut texts = Vec::new();
        let mut json = serde_json::to_value(entry).unwrap_or_default();
        self.visit_texts(&mut json, &mut |text, _| texts.push(text.clone()));
        let lines = texts.iter().flat_map(|text| text.lines());
        let mut remains: Vec<NameRemains> = Vec::new();
        for line in lines {
            let folded = fold(line);
            let parts = self.names.iter().flat_map(|name| &name.words);
            for part in parts.filter(|part| line_contains(&fold(part), &folded)) {
                let found = NameRemains { part: part.clone(), line: line.trim().to_owned() };
                if !remains.contains(&found) {
                    remains.push(found);
                }
            }
        }
        remains
    }
}

/// Visits the texts of other fields. With `own_keys`, the fields' names are the writer's
/// own too, as in front matter.
fn walk(value: &mut Json, own_keys: bool, visit: &mut dyn FnMut(&mut String, bool)) {
    match value {
        Json::String(text) => visit(text, false),
        Json::Array(items) => items.iter_mut().for_each(|item| walk(item, own_keys, visit)),
        Json::Object(fields) => {
            for (mut key, mut value) in std::mem::take(fields) {
                walk(&mut value, own_keys || key == "front_matter", visit);
                if own_keys {
                    visit(&mut key, false);
                }
                fields.insert(key, value);
            }
        }
        _ => {}
    }
}

/// Folds to lower case without accents.
fn fold(text: &str) -> String {
    text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

/// Does a line contain a part of a name? Two letters occur in many words, so they match
/// as a whole word only.
fn line_contains(part: &str, line: &str) -> bool {
    if part.chars().count() > 2 {
        return line.contains(part);
    }
    line.split(|c: char| !c.is_alphanumeric()).any(|word| word == part)
}
