//! A JSON file with a list of entries, each parsed on its own: a broken one is reported
//! with its line and affects no other.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

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
        _ => ImportIssue::NotJson { why: place(&e, 1, 0) },
    })?;
    let entries = file.entries.ok_or(ImportIssue::NoEntries { of })?;
    let mut lines = LineOffsets { text, byte: 0, line: 1, start: 0 };
    let parse = |(index, raw): (usize, &RawValue)| {
        let raw = raw.get();
        let byte = raw.as_ptr().addr() - text.as_ptr().addr();
        let line = lines.at(byte);
        let column = byte - lines.start;
        let entry = serde_json::from_str(raw);
        let why = |e| ImportIssue::NotAnEntry { why: place(&e, line, column) };
        (SourceSpot { line: Some(line), entry: Some(index + 1) }, entry.map_err(why))
    };
    Ok(entries.into_iter().enumerate().map(parse).collect())
}

/// The place of an error, without the parser's message, which may quote the text. `line`
/// and `column` are where the entry starts.
fn place(error: &serde_json::Error, line: usize, column: usize) -> String {
    let start = if error.line() == 1 { column } else { 0 };
    format!("line {} column {}", line + error.line() - 1, start + error.column())
}

/// Finds the line of each byte in an ascending sequence.
struct LineOffsets<'a> {
    text: &'a str,
    byte: usize,
    line: usize,
    /// The byte at which that line starts.
    start: usize,
}

impl LineOffsets<'_> {
    fn at(&mut self, byte: usize) -> usize {
        let between = &self.text[self.byte..byte];
        self.line += line_of(between, between.len()) - 1;
        self.start = between.rfind('\n').map_or(self.start, |at| self.byte + at + 1);
        self.byte = byte;
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_are_those_of_the_file_however_the_entries_lie_in_it() {
        let text = "{\"entries\": [1, \"a\",\n  \"b\", 2, \"c\"]}";
        let read = json_entries::<u8>(text, "entries").unwrap();
        let wrong = read.iter().filter_map(|(_, read)| match read {
            Err(ImportIssue::NotAnEntry { why }) => Some(why.as_str()),
            _ => None,
        });
        let wrong: Vec<&str> = wrong.collect();
        assert_eq!(wrong, ["line 1 column 19", "line 2 column 5", "line 2 column 13"]);
    }
}
