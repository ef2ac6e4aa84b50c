//! Other names in place of real ones, over everything that an entry says: its
//! answers, the questions' wording, tags, titles, whatever it carries besides.

mod errors;

use std::collections::HashSet;

use serde_json::Value as Json;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::entry::{Entry, EntryError};
use crate::error::Result;

pub use errors::RedactError;

/// What tells entries and times apart, in which no name stands.
const BOOKKEEPING: &[&str] =
    &["format", "id", "revision", "replaces", "at", "written", "about", "deleted"];

/// Names, and what takes their place.
#[derive(Default)]
pub struct Redaction {
    names: Vec<RedactedName>,
    /// Ids and wordings that are the same in every journal, and so name nobody.
    common: HashSet<String>,
}

struct RedactedName {
    /// Each as characters; any white space may stand between them.
    words: Vec<String>,
    alias: String,
    /// Without a capital in it, it is meant in any case.
    any_case: bool,
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
    /// A [`RedactError`]: a pair without `=`, or a name without a letter.
    pub fn read<'a>(given: impl IntoIterator<Item = &'a str>) -> Result<Redaction> {
        let names: Result<Vec<RedactedName>> = given.into_iter().map(RedactedName::read).collect();
        let mut names = names?;
        // Of names that begin alike, the longest is meant.
        names.sort_by_key(|name| std::cmp::Reverse(name.words.concat().len()));
        Ok(Redaction { names, common: HashSet::new() })
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
            let (other, found) = self.text(text);
            count += found;
            // A tag is one word.
            *text = if is_tag && found > 0 { other.replace(' ', "-") } else { other };
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
        let mut told = |text: &mut String, is_ours: bool| match is_ours || ids.contains(text) {
            true => self.unless_common(text, visit),
            false => visit(text, false),
        };
        for (key, value) in fields {
            match (key.as_str(), value) {
                ("scale", _) => {}
                // The question's id, and its wording.
                ("question" | "asked", Json::String(text)) => told(text, true),
                ("value", Json::Array(items)) => {
                    let texts = items.iter_mut().filter_map(|item| match item {
                        Json::String(text) => Some(text),
                        _ => None,
                    });
                    texts.for_each(|text| told(text, false));
                }
                ("labels", Json::Object(labels)) => {
                    for (mut id, mut wording) in std::mem::take(labels) {
                        told(&mut id, false);
                        if let Json::String(wording) = &mut wording {
                            told(wording, true);
                        }
                        labels.insert(id, wording);
                    }
                }
                (_, Json::String(text)) => told(text, false),
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
        let (mut out, mut count) = (String::with_capacity(text.len()), 0);
        let (mut rest, mut before) = (text.as_str(), None);
        while let Some(c) = rest.chars().next() {
            let begins = !before.is_some_and(char::is_alphanumeric);
            let names = self.names.iter().filter(|_| begins);
            let found = names.filter_map(|name| Some((name, name.length_in(rest)?))).next();
            let length = match found {
                Some((name, length)) => {
                    out.push_str(&name.alias_for(&rest[..length]));
                    count += 1;
                    length
                }
                None => {
                    out.push(c);
                    c.len_utf8()
                }
            };
            before = rest[..length].chars().next_back();
            rest = &rest[length..];
        }
        (out, count)
    }

    /// The lines in which part of a name is left: in another case, in a longer
    /// word, without its accents, or one word of it alone.
    pub fn remains(&self, entry: &Entry) -> Vec<NameRemains> {
        let mut texts = Vec::new();
        let mut json = serde_json::to_value(entry).unwrap_or_default();
        self.each_text(&mut json, &mut |text, _| texts.push(text.clone()));
        let lines = texts.iter().flat_map(|text| text.lines());
        let mut found: Vec<NameRemains> = Vec::new();
        for line in lines {
            let folded = fold(line);
            let parts = self.names.iter().flat_map(|name| &name.words);
            for part in parts.filter(|part| part_stands_in(&fold(part), &folded)) {
                let remains = NameRemains { part: part.clone(), line: line.trim().to_owned() };
                if !found.contains(&remains) {
                    found.push(remains);
                }
            }
        }
        found
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

impl RedactedName {
    fn read(given: &str) -> Result<RedactedName> {
        let bad = || RedactError::BadName { given: given.to_owned() };
        let (name, alias) = given.split_once('=').ok_or_else(bad)?;
        let words: Vec<String> = name.split_whitespace().map(|w| w.nfc().collect()).collect();
        let alias = alias.trim().to_owned();
        if words.is_empty() || alias.is_empty() {
            return Err(bad().into());
        }
        let any_case = !name.chars().any(char::is_uppercase);
        Ok(RedactedName { words, alias, any_case })
    }

    /// How much of the text, from its beginning, is this name as whole words.
    fn length_in(&self, text: &str) -> Option<usize> {
        let as_written = || self.length_as(text, |a, b| a == b);
        let shouted = || self.length_as(text, |a, b| b == upper(a));
        let in_any_case = || self.length_as(text, |a, b| lower(a) == lower(b));
        if self.any_case { in_any_case() } else { as_written().or_else(shouted) }
    }

    fn length_as(&self, text: &str, same: fn(char, char) -> bool) -> Option<usize> {
        let mut rest = text;
        for (i, word) in self.words.iter().enumerate() {
            if i > 0 {
                let next = rest.trim_start();
                rest = Some(next).filter(|next| next.len() < rest.len())?;
            }
            for wanted in word.chars() {
                let c = rest.chars().next().filter(|c| same(wanted, *c))?;
                rest = &rest[c.len_utf8()..];
            }
        }
        let after = rest.strip_prefix(['s', 'S']).unwrap_or(rest);
        let ends = |rest: &str| !rest.chars().next().is_some_and(char::is_alphanumeric);
        (ends(rest) || ends(after)).then_some(text.len() - rest.len())
    }

    fn alias_for(&self, found: &str) -> String {
        let letters = || found.chars().filter(|c| c.is_alphabetic());
        let shouted = letters().count() > 1 && letters().all(char::is_uppercase);
        let written_so =
            self.words.concat().chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
        if shouted && !written_so { self.alias.to_uppercase() } else { self.alias.clone() }
    }
}

/// Letters whose other case is several stay as they are.
fn upper(c: char) -> char {
    Some(c.to_uppercase()).filter(|u| u.len() == 1).and_then(|mut u| u.next()).unwrap_or(c)
}

fn lower(c: char) -> char {
    Some(c.to_lowercase()).filter(|l| l.len() == 1).and_then(|mut l| l.next()).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entry::testing;

    fn told(names: &[&str], text: &str) -> String {
        Redaction::read(names.iter().copied()).unwrap().text(text).0
    }

    #[test]
    fn a_name_is_replaced_as_a_whole_word_and_with_its_possessive() {
        let text = "Sam came. Sam's bag, Sams Jacke, SAM! (Sam) _Sam_ Samuel sample, by Sam";
        let other = "P came. P's bag, Ps Jacke, P! (P) _P_ Samuel sample, by P";
        assert_eq!(told(&["Sam=P"], text), other);
    }

    #[test]
    fn a_capital_asks_for_its_case_and_none_for_any() {
        assert_eq!(told(&["Will=Max"], "Will will. WILL"), "Max will. MAX");
        assert_eq!(told(&["will=max"], "Will will"), "max max");
    }

    #[test]
    fn names_of_several_words_and_names_within_names() {
        let names = ["Sam=P", "Sam Miller=Dr. Q", "Ana=Bea", "Bea=Ana"];
        let text = "Sam\nMiller and Sam, Ana and Bea";
        assert_eq!(told(&names, text), "Dr. Q and P, Bea and Ana");
    }

    #[test]
    fn an_accent_may_be_written_either_way() {
        assert_eq!(told(&["José=J"], "Jose\u{301} and José"), "J and J");
    }

    #[test]
    fn everything_that_an_entry_says_is_told_under_other_names() {
        let entry = testing::entry(serde_json::json!({
            "id": "samsamsamsam", "revision": "samsam", "practice": "sam-walk",
            "tags": ["Sam", "with-sam"], "imported": {"location": {"place": "Sam's"}},
            "answers": [{"question": "closeness", "asked": "How close to Sam?", "value": ["sam"],
                         "labels": {"sam": "Sam"}}]
        }));
        let redaction = Redaction::read(["sam=the other"]).unwrap();
        let (told, count) = redaction.entry(&entry).unwrap();
        assert_eq!(count, 8);
        assert_eq!(told.id, entry.id);
        assert_eq!(told.tags, ["the-other", "with-the-other"]);
        assert_eq!(redaction.remains(&told), []);
        let text = serde_json::to_string(&told).unwrap().replace("samsam", "");
        assert!(!text.to_lowercase().contains("sam"), "{text}");
    }

    #[test]
    fn no_field_and_no_word_of_every_journal_is_taken_for_a_name() {
        let entry = testing::entry(serde_json::json!({
            "practice": "reflect",
            "imported": {"max": "max", "front_matter": {"Max": 1}},
            "answers": [
                {"question": "saw", "asked": "What of Max?", "value": ["left", "max"],
                 "labels": {"left": "Max left", "max": "Max"}},
                {"question": "closeness", "asked": "How?", "value": 3, "scale": {"min": 0, "max": 4}},
                {"question": "page", "asked": "?", "value": "left"}
            ]
        }));
        let names = ["max=kim", "left=gone", "reflect=x", "saw=y"];
        let common = ["reflect", "saw", "closeness", "page", "left"].map(str::to_owned);
        let redaction = Redaction::read(names).unwrap().with_common_words(common.into());
        let (told, _) = redaction.entry(&entry).unwrap();
        let told = serde_json::to_value(&told).unwrap();
        assert_eq!(told["practice"], "reflect");
        assert_eq!(told["imported"], serde_json::json!({"max": "kim", "front_matter": {"kim": 1}}));
        let answers = &told["answers"];
        assert_eq!(answers[0]["question"], "saw");
        assert_eq!(answers[0]["value"], serde_json::json!(["left", "kim"]));
        assert_eq!(answers[0]["labels"], serde_json::json!({"left": "kim gone", "kim": "kim"}));
        assert_eq!(answers[1]["scale"], serde_json::json!({"min": 0, "max": 4}));
        assert_eq!(answers[2]["value"], "gone", "what somebody wrote is no id");
        let entry = serde_json::from_value(told).unwrap();
        assert_eq!(redaction.remains(&entry), []);
    }

    #[test]
    fn what_is_left_of_a_name_is_found_by_its_line() {
        let entry = testing::entry(serde_json::json!({
            "answers": [{"question": "page", "asked": "?", "value":
                "Sammy came.\nNobody else.\nsam, in small letters.\nOnly the millers.\nal dente, also"}]
        }));
        let redaction = Redaction::read(["Sam Miller=P", "Al=B"]).unwrap();
        let (told, count) = redaction.entry(&entry).unwrap();
        let lines: Vec<String> = redaction.remains(&told).into_iter().map(|r| r.line).collect();
        assert_eq!(count, 0);
        assert_eq!(
            lines,
            ["Sammy came.", "sam, in small letters.", "Only the millers.", "al dente, also"]
        );
    }

    #[test]
    fn a_name_without_another_is_refused() {
        for bad in ["Sam", "=P", "Sam=", " = "] {
            assert!(Redaction::read([bad]).is_err(), "{bad}");
        }
    }
}
