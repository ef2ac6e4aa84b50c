//! A JSON file with a list of entries, each parsed on its own: a broken one is reported
//! with its line and affects no other.

use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeOwned, DeserializeSeed, MapAccess};
use serde_json::value::RawValue;
use serde_json::{Map, Value as Json};

use crate::config::line_of;
use crate::import::ImportIssue;

use super::{ImportInput, ImportRead, SourceSpot};

/// Each with its place.
type JsonEntries<T> = Vec<(SourceSpot, Result<T, ImportIssue>)>;

#[derive(Deserialize)]
struct EntriesFile<'a> {
    #[serde(borrow)]
    entries: Option<Vec<&'a RawValue>>,
}

/// Reads a file of such entries. `take` gets each that could be parsed; the others are
/// reported, as the file is if there is no list in it, which `of` has.
pub fn each_entry<T: DeserializeOwned>(
    input: &ImportInput,
    of: &'static str,
    take: impl Fn(SourceSpot, T, &mut ImportRead),
) -> ImportRead {
    let entries = match input.text().and_then(|text| json_entries(text, of)) {
        Ok(entries) => entries,
        Err(why) => return ImportRead::nothing(input, why),
    };
    let mut read = ImportRead::default();
    for (spot, entry) in entries {
        match entry {
            Ok(entry) => take(spot, entry, &mut read),
            Err(why) => read.problem(input, spot, why),
        }
    }
    read
}

fn json_entries<T: DeserializeOwned>(
    text: &str,
    of: &'static str,
) -> Result<JsonEntries<T>, ImportIssue> {
    let file: EntriesFile = serde_json::from_str(text).map_err(|e| match e.classify() {
        // JSON of another shape: a list, say.
        serde_json::error::Category::Data => ImportIssue::NoEntries { of },
        _ => ImportIssue::NotJson { why: format!("line {} column {}", e.line(), e.column()) },
    })?;
    let entries = file.entries.ok_or(ImportIssue::NoEntries { of })?;
    let mut lines = LineOffsets { text, byte: 0, line: 1 };
    let parse = |(index, raw): (usize, &RawValue)| {
        let raw = raw.get();
        let line = lines.at(raw.as_ptr().addr() - text.as_ptr().addr());
        let entry: Result<T, serde_json::Error> = serde_json::from_str(raw);
        let why = |_| ImportIssue::NotAnEntry { why: entry_fault::<T>(raw) };
        (SourceSpot { line: Some(line), entry: Some(index + 1) }, entry.map_err(why))
    };
    Ok(entries.into_iter().enumerate().map(parse).collect())
}

/// Which field keeps an entry from being read, without the parser's message, which may quote
/// the text.
pub fn entry_fault<T: DeserializeOwned>(json: &str) -> String {
    let Ok(fields) = serde_json::from_str::<Map<String, Json>>(json) else {
        return "it isn't a list of fields in braces".to_owned();
    };
    let mut reader = FieldReader { fields: fields.into_iter(), current: None };
    let result = T::deserialize(MapAccessDeserializer::new(&mut reader));
    // What a field's own value lacks, the entry may have.
    if let Some((name, _)) = reader.current {
        return format!("inward can't read its `{name}`");
    }
    match result.err().as_ref().and_then(missing_field) {
        Some(name) => format!("it has no `{name}`"),
        None => "inward can't read its fields".to_owned(),
    }
}

/// Fields one by one, so that it's known in which of them reading stopped.
struct FieldReader {
    fields: serde_json::map::IntoIter,
    current: Option<(String, Json)>,
}

impl<'de> MapAccess<'de> for FieldReader {
    type Error = serde_json::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Self::Error> {
        self.current = self.fields.next();
        let name = self.current.as_ref().map(|(name, _)| Json::String(name.clone()));
        name.map(|name| seed.deserialize(name)).transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(
        &mut self,
        seed: V,
    ) -> Result<V::Value, Self::Error> {
        let value = self.current.as_ref().map_or(Json::Null, |(_, value)| value.clone());
        let value = seed.deserialize(value)?;
        self.current = None;
        Ok(value)
    }
}

/// Treats `null` like a missing field.
pub fn or_null<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: serde::Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}

fn missing_field(error: &serde_json::Error) -> Option<String> {
    let message = error.to_string();
    Some(message.strip_prefix("missing field `")?.split_once('`')?.0.to_owned())
}

/// Finds the line of each byte in an ascending sequence.
struct LineOffsets<'a> {
    text: &'a str,
    byte: usize,
    line: usize,
}

impl LineOffsets<'_> {
    fn at(&mut self, byte: usize) -> usize {
        let between = &self.text[self.byte..byte];
        self.line += line_of(between, between.len()) - 1;
        self.byte = byte;
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_those_of_the_file_however_the_entries_lie_in_it() {
        let text = "{\"entries\": [1, \"a\",\n  \"b\", 2, \"c\"]}";
        let read = json_entries::<u8>(text, "entries").unwrap();
        let wrong = read.iter().filter(|(_, read)| read.is_err());
        let wrong: Vec<_> = wrong.map(|(spot, _)| (spot.line, spot.entry)).collect();
        let at = |line, entry| (Some(line), Some(entry));
        assert_eq!(wrong, [at(1, 2), at(2, 3), at(2, 5)]);
    }

    #[test]
    fn the_field_that_keeps_an_entry_out_is_named_and_not_quoted() {
        #[derive(Debug, Deserialize)]
        struct Page {
            #[serde(rename = "at")]
            _at: chrono::DateTime<chrono::FixedOffset>,
            #[serde(rename = "words", default)]
            _words: String,
            #[serde(rename = "parts", default)]
            _parts: Vec<Part>,
        }
        #[derive(Debug, Deserialize)]
        struct Part {
            #[serde(rename = "at")]
            _at: u8,
            #[serde(rename = "name")]
            _name: String,
        }
        for (json, expected) in [
            (r#"{"words": "secret", "at": "secret"}"#, "inward can't read its `at`"),
            (r#"{"at": "2026-11-23T21:14:03Z", "words": 3}"#, "inward can't read its `words`"),
            (r#"{"words": "secret"}"#, "it has no `at`"),
            (r#"{"parts": [{"at": 1}]}"#, "inward can't read its `parts`"),
            (r#"{"parts": [{"name": "a"}]}"#, "inward can't read its `parts`"),
            (r#"{"parts": [], "more": {"at": 1}}"#, "it has no `at`"),
            (r#"["secret"]"#, "it isn't a list of fields in braces"),
            (r#"{"words": "", "words": ""}"#, "it has no `at`"),
        ] {
            assert!(serde_json::from_str::<Page>(json).is_err());
            assert_eq!(entry_fault::<Page>(json), expected, "{json}");
        }
        let twice = r#"{"at": "2026-11-23T21:14:03Z", "words": "", "words": ""}"#;
        assert_eq!(entry_fault::<Page>(twice), "inward can't read its fields");
    }
}
