//! jrnl: its plain text, in one file or in a folder of days, and its JSON
//! export. A line that begins with a date in brackets begins an entry. jrnl
//! rewrites its whole file each time, so all dates in it are written alike, and
//! a line whose brackets hold something else is text.

mod header;
mod settings;
#[cfg(test)]
mod tests;
mod text;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime};
use serde::Deserialize;
use serde_json::{Map, Value as Json, json};

use crate::import::ImportIssue;

use super::json_entries::json_entries;
use super::page::{NotePage, trim_blank_lines};
use super::{ImportContext, ImportInput, ImportRead, ImportSource};

pub use settings::JrnlSettings;

pub const SOURCE: ImportSource = ImportSource {
    name: "jrnl",
    about: "a jrnl text file, a folder of them, or what `jrnl --export json` printed",
    extensions: &["txt", "json", "jrnl", "journal"],
    sets_aside: |_| None,
    read,
};

/// How each version of jrnl begins what it encrypted.
const ENCRYPTED: &[&str] = &["gAAAA", "JRNLv"];

fn read(input: &ImportInput, context: &ImportContext) -> ImportRead {
    let text = match input.text() {
        Ok(text) => text,
        // Version 1 encrypted to bare bytes; text in an older encoding has no such ones.
        Err(ImportIssue::NotUtf8 { .. })
            if input.bytes.iter().any(|b| matches!(b, 0..8 | 14..27)) =>
        {
            return ImportRead::nothing(input, ImportIssue::EncryptedJrnl);
        }
        Err(why) => return ImportRead::nothing(input, why),
    };
    if ENCRYPTED.iter().any(|begins| text.starts_with(begins)) {
        return ImportRead::nothing(input, ImportIssue::EncryptedJrnl);
    }
    let folder_day = day_of_path(&input.path);
    if context.jrnl.is_folder && folder_day.is_none() {
        return ImportRead::nothing(input, ImportIssue::NotInJrnlFolder);
    }
    if text.trim_start().starts_with('{') {
        json(input, text, context)
    } else {
        text::read(input, text, folder_day, context)
    }
}

/// `2026/11/23.txt` in a folder of days.
pub fn day_of_path(path: &str) -> Option<NaiveDate> {
    let mut parts = path.strip_suffix(".txt")?.rsplit('/');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let written = (year.len(), month.len(), day.len()) == (4, 2, 2);
    NaiveDate::parse_from_str(&format!("{year}-{month}-{day}"), "%Y-%m-%d").ok().filter(|_| written)
}

/// jrnl takes a first line that ends with a star for starred, and any stars
/// around it away.
fn star(title: &str) -> (&str, bool) {
    match title.ends_with('*') {
        true => (title.trim_matches([' ', '*']), true),
        false => (title, false),
    }
}

/// The export knows no seconds, and may part title and text elsewhere than the
/// file does: the same entry is to be known by either.
fn known_by(at: DateTime<FixedOffset>, page: &NotePage) -> String {
    let words = format!("{} {}", page.title, page.text);
    let words: Vec<&str> = words.split_whitespace().collect();
    format!("{} {}", at.format("%Y-%m-%d %H:%M"), words.join(" "))
}

fn star_field(yes: bool) -> Map<String, Json> {
    Map::from_iter([("starred".to_owned(), json!(yes))])
}

#[derive(Deserialize)]
struct JrnlExport {
    #[serde(default)]
    title: String,
    #[serde(default)]
    body: String,
    date: String,
    #[serde(default)]
    time: String,
    #[serde(default)]
    tags: Vec<String>,
    #[serde(default)]
    starred: bool,
}

fn json(input: &ImportInput, text: &str, desk: &ImportContext) -> ImportRead {
    let mut read = ImportRead::default();
    let entries = match json_entries::<JrnlExport>(text, "a jrnl export") {
        Ok(entries) => entries,
        Err(why) => return ImportRead::nothing(input, why),
    };
    for (spot, entry) in entries {
        let entry = match entry {
            Ok(entry) => entry,
            Err(why) => {
                read.problem(input, spot, why);
                continue;
            }
        };
        let given = format!("{} {}", entry.date, entry.time);
        let wall = NaiveDateTime::parse_from_str(&given, "%Y-%m-%d %H:%M").ok();
        let Some(at) = wall.and_then(|wall| desk.local(wall)) else {
            read.problem(input, spot, ImportIssue::BadDate { given });
            continue;
        };
        let (title, text) =
            (entry.title.trim().to_owned(), trim_blank_lines(&entry.body).to_owned());
        let (tags, fields) = (entry.tags, star_field(entry.starred));
        let page = NotePage { title, text, tags, fields, files: Vec::new() };
        let known_by = known_by(at, &page);
        read.to_entry(input, spot, at, page, known_by, desk);
    }
    read
}
