//! Replaces names by others in everything an entry says: its answers, the questions'
//! wording, tags, titles, and other fields.

mod errors;
mod name;
mod tag;
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
use tag::TagPatterns;

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
    /// The patterns that find them, in texts and in tags; `None` if there are none.
    patterns: Option<(Regex, TagPatterns)>,
    /// Ids and labels that are the same in every journal, and so identify nobody.
    common: HashSet<String>,
    /// Words of the program's own texts in small letters: one in which a name happens to be
    /// spelt, as Sam is in "same", identifies nobody.
    ordinary: HashSet<String>,
}

/// A line in which a part of a name remains.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct NameRemains {
    /// The word that the part is, or is in.
    pub word: String,
    /// The line.
    pub line: String,
}

impl Redaction {
    /// Parses `NAME=ALIAS` arguments.
    ///
    /// # Errors
    /// `RedactError` for an argument without a name or an alias, or a name with two.
    pub fn read<'a>(arguments: impl IntoIterator<Item = &'a str>) -> Result<Redaction> {
        let mut names: Vec<RedactedName> = Vec::new();
        for argument in arguments {
            let name = RedactedName::read(argument)?;
            match names.iter().find(|other| other.words == name.words) {
                None => names.push(name),
                Some(same) if same.alias == name.alias => {}
                Some(_) => {
                    return Err(RedactError::TwoAliases { name: name.words.join(" ") }.into());
                }
            }
        }
        // Of names with the same beginning, the longest must match.
        names.sort_by_key(|name| std::cmp::Reverse(name.words.concat().len()));
        let patterns = if names.is_empty() {
            None
        } else {
            let in_text = name::pattern(&names, RedactedName::pattern)?;
            Some((in_text, TagPatterns::of(&names)?))
        };
        Ok(Redaction { names, patterns, common: HashSet::new(), ordinary: HashSet::new() })
    }

    /// Doesn't replace these where they are ids or labels of practices, questions and
    /// options. In the writer's own text they're words like any other.
    pub fn with_common_words(self, common: HashSet<String>) -> Redaction {
        Redaction { common, ..self }
    }

    /// Takes no longer word of these texts for one that has a name in it.
    pub fn with_ordinary_texts<'t>(self, texts: impl Iterator<Item = &'t str>) -> Redaction {
        let ordinary = texts.flat_map(words_of).map(fold).collect();
        Redaction { ordinary, ..self }
    }

    /// Replaces names in what the practices of the program have in common with nobody else's.
    pub fn redact_unless_common(&self, text: &mut String) {
        self.visit_unless_common(text, &mut |text, _| *text = self.text(text).0);
    }

    /// Is there no name to replace?
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// Each name and its alias, in an order that doesn't depend on how they were given.
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = self.names.iter().map(RedactedName::words_and_alias).collect();
        names.sort();
        names
    }

    /// The names alone.
    pub fn originals(&self) -> impl Iterator<Item = String> {
        self.names.iter().map(|name| name.words.join(" "))
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
            let (redacted, times) = self.replace(text, is_tag);
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
        let is_id = |text: &String| ids.contains(text);
        let mut visit_one = |text: &mut String, is_ours: bool| {
            if is_ours || is_id(text) {
                self.visit_unless_common(text, visit);
            } else {
                visit(text, false);
            }
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
                (_, value) => walk(value, false, &mut |text, _| visit_one(text, false)),
            }
        }
    }

    fn visit_unless_common(&self, id: &mut String, visit: &mut dyn FnMut(&mut String, bool)) {
        if !self.common.contains(id) {
            visit(id, false);
        }
    }

    /// Replaces names in a text: whole words, with or without a possessive s; in @words and
    /// #words in any case. Returns how many.
    pub fn text(&self, text: &str) -> (String, usize) {
        self.replace(text, false)
    }

    /// The same, of a text that may be a tag.
    fn replace(&self, text: &str, is_tag: bool) -> (String, usize) {
        // Accents may be part of their letters, or separate.
        let text: String = text.nfc().collect();
        let Some((in_text, in_tags)) = &self.patterns else { return (text, 0) };
        let mut tagged = in_tags.find(&text, is_tag).into_iter().peekable();
        let mut result = String::with_capacity(text.len());
        let mut count = 0;
        let mut end = 0;
        loop {
            let groups = in_text.captures_at(&text, end);
            let name_at = |(i, name)| Some((name, groups.as_ref()?.get(i + 1)?));
            let written = self.names.iter().enumerate().find_map(name_at);
            while tagged.next_if(|(_, place)| place.start < end).is_some() {}
            // Written with its own capitals, a name is in a tag as anywhere.
            let first = written.map_or(text.len(), |(_, place)| place.start());
            let (place, alias) = match (tagged.next_if(|(_, place)| place.start < first), written) {
                (Some((i, place)), _) => (place, self.names[i].tag_alias()),
                (None, Some((name, place))) => (place.range(), name.alias_for(place.as_str())),
                (None, None) => break,
            };
            result += &text[end..place.start];
            result += &alias;
            // The character after this name may also precede the next.
            end = place.end;
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
        let mut seen = HashSet::new();
        let remains = texts.iter().flat_map(|text| self.remains_in(text));
        remains.filter(|remaining| seen.insert(remaining.clone())).collect()
    }

    /// The same, of a practice's text; not of one that is the same in every journal.
    pub fn remains_unless_common(&self, text: &str) -> Vec<NameRemains> {
        if self.common.contains(text) { Vec::new() } else { self.remains_in(text) }
    }

    /// The same, of one text.
    pub fn remains_in(&self, text: &str) -> Vec<NameRemains> {
        let in_line = |line: &str| -> Vec<NameRemains> {
            let parts = self.names.iter().flat_map(|name| &name.words);
            let words = parts.flat_map(|part| self.words_with(part, line));
            words.map(|word| NameRemains { word, line: line.trim().to_owned() }).collect()
        };
        text.lines().flat_map(in_line).collect()
    }

    /// The alias of the name that this word is, though not as it would be replaced.
    pub fn alias_of_other_spelling(&self, word: &str) -> Option<&str> {
        let is_it = |name: &&RedactedName| {
            let [only] = name.words.as_slice() else { return false };
            fold(only) == fold(word)
        };
        self.names.iter().find(is_it).map(|name| name.alias.as_str())
    }

    /// The words of a line that are a part of a name, or have it in them.
    fn words_with(&self, part: &str, line: &str) -> Vec<String> {
        let folded_part = fold(part);
        if words_of(&folded_part).count() != 1 {
            // A hyphen or the like is in it.
            return fold(line)
                .contains(&folded_part)
                .then(|| part.to_owned())
                .into_iter()
                .collect();
        }
        let has_part = |word: &&str| {
            let word = fold(word);
            // Two letters occur in many words.
            let is_longer = folded_part.chars().count() > 2 && word.contains(&folded_part);
            word == folded_part || (is_longer && !self.ordinary.contains(&word))
        };
        words_of(line).filter(has_part).map(str::to_owned).collect()
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

/// Letters and digits in a row, with the accents on them.
fn words_of(text: &str) -> impl Iterator<Item = &str> {
    let between = |c: char| !c.is_alphanumeric() && !is_combining_mark(c);
    text.split(between).filter(|word| !word.is_empty())
}
