//! A JSON file with a list of entries, each parsed on its own: a broken one is reported
//! with its line and affects no other.

use serde::Deserialize;
use serde::de::DeserializeOwned;
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
        let entry = serde_json::from_str(raw);
        let why = |e| ImportIssue::NotAnEntry { why: entry_fault::<T>(raw, &e) };
        (SourceSpot { line: Some(line), entry: Some(index + 1) }, entry.map_err(why))
    };
    Ok(entries.into_iter().enumerate().map(parse).collect())
}

/// Which field keeps an entry from being read, without the parser's message, which may quote
/// the text.
pub fn entry_fault<T: DeserializeOwned>(json: &str, error: &serde_json::Error) -> String {
    let Ok(fields) = serde_json::from_str::<Map<String, Json>>(json) else {
        return "it isn't a list of fields in braces".to_owned();
    };
    // Alone, a valid field fails at most because others are missing.
    let is_bad = |(name, value): &(String, Json)| {
        let alone = Json::Object(Map::from_iter([(name.clone(), value.clone())]));
        T::deserialize(alone).is_err_and(|error| missing_field(&error).is_none())
    };
    if let Some((name, _)) = fields.into_iter().find(is_bad) {
        return format!("inward can't read its `{name}`");
    }
    match missing_field(error) {
        Some(name) => format!("it has no `{name}`"),
        None => "inward can't read its fields".to_owned(),
    }
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
        }
        for (json, expected) in [
            (r#"{"words": "secret", "at": "secret"}"#, "inward can't read its `at`"),
            (r#"{"at": "2026-11-23T21:14:03Z", "words": 3}"#, "inward can't read its `words`"),
            (r#"{"words": "secret"}"#, "it has no `at`"),
            (r#"["secret"]"#, "it isn't a list of fields in braces"),
            (r#"{"words": "", "words": ""}"#, "inward can't read its fields"),
        ] {
            let error = serde_json::from_str::<Page>(json).unwrap_err();
            assert_eq!(entry_fault::<Page>(json, &error), expected, "{json}");
        }
    }
}
