//! Other names in place of real ones, over everything that an entry says: its
//! answers, the questions' wording, tags, titles, whatever it carries besides.

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

/// What tells entries and times apart, in which no name stands.
const BOOKKEEPING: &[&str] = &[
    "format", "id", "revision", "replaces", "copy_of", "at", "written", "about", "was", "deleted",
    "now",
];

/// Names, and what takes their place.
#[derive(Default)]
pub struct Redaction {
    names: Vec<RedactedName>,
    /// Finds them; none where there are none.
    pattern: Option<Regex>,
    /// Ids and wordings that are the same in every journal, and so name nobody.
    common: HashSet<String>,
}

/// A line in which part of a name is left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameRemains {
    /// The part of a name that is left.
    pub part: String,
    /// The line that it is in.
    pub line: String,
}

impl Redaction {
    /// From `NAME=ALIAS`, each.
    ///
    /// # Errors
    /// `RedactError`, for an argument without a name or an alias.
    pub fn read<'a>(arguments: impl IntoIterator<Item = &'a str>) -> Result<Redaction> {
        let names: Result<Vec<RedactedName>> =
            arguments.into_iter().map(RedactedName::read).collect();
        let mut names = names?;
        // Of names that begin alike, the longest is meant.
        names.sort_by_key(|name| std::cmp::Reverse(name.words.concat().len()));
        let pattern = if names.is_empty() { None } else { Some(name::pattern(&names)?) };
        Ok(Redaction { names, pattern, common: HashSet::new() })
    }

    /// These stay where they are the ids and the wordings of practices, questions
    /// and options. In what somebody wrote they are words like any other.
    pub fn with_common_words(self, common: HashSet<String>) -> Redaction {
        Redaction { common, ..self }
    }

    /// Is there no name to replace?
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The entry under other names, and how often one was put in.
    ///
    /// # Errors
    /// None that an entry can cause.
    pub fn entry(&self, entry: &Entry) -> Result<(Entry, usize)> {
        let broken = |e: serde_json::Error| EntryError::NotJson { why: e.to_string() };
        let mut json = serde_json::to_value(entry).map_err(broken)?;
        let mut count = 0;
        self.each_text(&mut json, &mut |text, is_tag| {
            let (other, times) = self.text(text);
            count += times;
            // A tag is one word.
            *text = if is_tag && times > 0 { other.replace(' ', "-") } else { other };
        });
        Ok((serde_json::from_value(json).map_err(broken)?, count))
    }

    /// Shows every text of an entry in which a name may stand, and whether it is
    /// a tag: no field's own name, and nothing that is the same in every journal.
    fn each_text(&self, entry: &mut Json, visit: &mut dyn FnMut(&mut String, bool)) {
        for (key, value) in entry.as_object_mut().into_iter().flatten() {
            match (key.as_str(), value) {
                (key, _) if BOOKKEEPING.contains(&key) => {}
                ("practice", Json::String(name)) => self.unless_common(name, visit),
                ("tags", value) => walk(value, false, &mut |text, _| visit(text, true)),
                ("answers", Json::Array(answers)) => {
                    answers.iter_mut().for_each(|answer| self.each_of_answer(answer, visit));
                }
                (_, value) => walk(value, false, visit),
            }
        }
    }

    fn each_of_answer(&self, answer: &mut Json, visit: &mut dyn FnMut(&mut String, bool)) {
        let Json::Object(fields) = answer else { return };
        let labels = fields.get("labels").and_then(Json::as_object);
        // What has a wording of its own is an id, and so is the question's.
        let mut ids: Vec<String> = labels.into_iter().flat_map(|l| l.keys().cloned()).collect();
        ids.extend(fields.get("question").and_then(Json::as_str).map(str::to_owned));
        let mut visit_one = |text: &mut String, is_ours: bool| match is_ours || ids.contains(text) {
            true => self.unless_common(text, visit),
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

    fn unless_common(&self, id: &mut String, visit: &mut dyn FnMut(&mut String, bool)) {
        if !self.common.contains(id) {
            visit(id, false);
        }
    }

    /// One text, in which the names are whole words, with or without the s of
    /// a possessive.
    pub fn text(&self, text: &str) -> (String, usize) {
        // An accent may be written as part of its letter, or behind it.
        let text: String = text.nfc().collect();
        let Some(pattern) = &self.pattern else { return (text, 0) };
        let (mut out, mut count, mut end) = (String::with_capacity(text.len()), 0, 0);
        while let Some(groups) = pattern.captures_at(&text, end) {
            let of_name = |(i, name)| Some((name, groups.get(i + 1)?));
            let Some((name, place)) = self.names.iter().enumerate().find_map(of_name) else {
                break;
            };
            out += &text[end..place.start()];
            out += &name.alias_for(place.as_str());
            // What ended this name may begin the next.
            end = place.end();
            count += 1;
        }
        (out + &text[end..], count)
    }

    /// The lines in which part of a name is left: in another case, in a longer
    /// word, without its accents, or one word of it alone.
    pub fn remains(&self, entry: &Entry) -> Vec<NameRemains> {
        let mut texts = Vec::new();
        let mut json = serde_json::to_value(entry).unwrap_or_default();
        self.each_text(&mut json, &mut |text, _| texts.push(text.clone()));
        let lines = texts.iter().flat_map(|text| text.lines());
        let mut remains: Vec<NameRemains> = Vec::new();
        for line in lines {
            let folded = fold(line);
            let parts = self.names.iter().flat_map(|name| &name.words);
            for part in parts.filter(|part| part_stands_in(&fold(part), &folded)) {
                let one = NameRemains { part: part.clone(), line: line.trim().to_owned() };
                if !remains.contains(&one) {
                    remains.push(one);
                }
            }
        }
        remains
    }
}

/// The texts of fields that no practice asks for. `worded`: their names are the
/// writer's words too, as those of front matter are.
fn walk(value: &mut Json, worded: bool, visit: &mut dyn FnMut(&mut String, bool)) {
    match value {
        Json::String(text) => visit(text, false),
        Json::Array(items) => items.iter_mut().for_each(|item| walk(item, worded, visit)),
        Json::Object(fields) => {
            for (mut key, mut value) in std::mem::take(fields) {
                walk(&mut value, worded || key == "front_matter", visit);
                if worded {
                    visit(&mut key, false);
                }
                fields.insert(key, value);
            }
        }
        _ => {}
    }
}

/// In lower case and without accents.
fn fold(text: &str) -> String {
    text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

/// Two letters stand in every other word, and are sought as a word alone.
fn part_stands_in(part: &str, line: &str) -> bool {
    if part.chars().count() > 2 {
        return line.contains(part);
    }
    line.split(|c: char| !c.is_alphanumeric()).any(|word| word == part)
}
