//! jrnl: its plain text, in one file or in a folder of days, and its JSON export. A line
//! that begins with a date in brackets begins an entry. jrnl rewrites its whole file each
//! time, so all dates in it have the same shape; a line with anything else in brackets is
//! text.

mod header;
mod settings;
#[cfg(test)]
mod tests;
mod text;

use chrono::NaiveDate;
use serde::Deserialize;
use serde_json::{Map, Value as Json, json};

use crate::import::ImportIssue;

use self::header::wall_in;
use super::json_entries::{each_entry, or_null};
use super::page::{NotePage, STARRED, trim_blank_lines};
use super::{ImportContext, ImportInput, ImportRead, ImportSource, LinkedFiles};

pub use settings::JrnlSettings;

pub const SOURCE: ImportSource = ImportSource {
    name: "jrnl",
    title: "jrnl",
    about: "a jrnl text file, a folder of them, or what `jrnl --export json` printed",
    extensions: &["txt", "json", "jrnl", "journal"],
    sets_aside: |_| None,
    templates: |_| Vec::new(),
    read,
};

/// How encrypted files begin, by version of jrnl.
const ENCRYPTED: &[&str] = &["gAAAA", "JRNLv"];

fn read(input: &ImportInput, context: &ImportContext) -> ImportRead {
    let text = match input.text() {
        Ok(text) => text,
        // Version 1 encrypted to raw bytes, which nothing tells from those of a program. Text
        // in older encodings has no such bytes.
        Err(ImportIssue::NotUtf8 { .. })
            if input.bytes.iter().any(|b| matches!(b, 0..8 | 14..27)) =>
        {
            return ImportRead::nothing(input, ImportIssue::NotText);
        }
        Err(why) => return ImportRead::nothing(input, why),
    };
    if ENCRYPTED.iter().any(|prefix| text.starts_with(prefix)) {
        return ImportRead::nothing(input, ImportIssue::EncryptedJrnl);
    }
    let folder_day = day_of_path(&input.path);
    if context.jrnl.is_folder && folder_day.is_none() {
        return ImportRead::nothing(input, ImportIssue::NotInJrnlFolder);
    }
    if text.trim_start().starts_with('{') {
        json(input, context)
    } else {
        text::read(input, text, folder_day, context)
    }
}

/// The day of a path such as `2026/11/23.txt` in a folder of days.
pub fn day_of_path(path: &str) -> Option<NaiveDate> {
    let mut parts = path.strip_suffix(".txt")?.rsplit('/');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let has_right_lengths = (year.len(), month.len(), day.len()) == (4, 2, 2);
    NaiveDate::parse_from_str(&format!("{year}-{month}-{day}"), "%Y-%m-%d")
        .ok()
        .filter(|_| has_right_lengths)
}

/// Splits off the star. To jrnl, a title that ends with a star is starred, and any stars
/// around it are removed.
fn star(title: &str) -> (&str, bool) {
    if title.ends_with('*') { (title.trim_matches([' ', '*']), true) } else { (title, false) }
}

fn star_field(yes: bool) -> Map<String, Json> {
    Map::from_iter([(STARRED.to_owned(), json!(yes))])
}

#[derive(Deserialize)]
struct JrnlExport {
    #[serde(default, deserialize_with = "or_null")]
    title: String,
    #[serde(default, deserialize_with = "or_null")]
    body: String,
    date: String,
    #[serde(default, deserialize_with = "or_null")]
    time: String,
    #[serde(default, deserialize_with = "or_null")]
    tags: Vec<String>,
    #[serde(default, deserialize_with = "or_null")]
    starred: bool,
}

fn json(input: &ImportInput, context: &ImportContext) -> ImportRead {
    each_entry(input, "a jrnl export", |spot, entry: JrnlExport, read| {
        let given = format!("{} {}", entry.date, entry.time).trim().to_owned();
        let wall = wall_in(&given, "%Y-%m-%d %H:%M").or_else(|| wall_in(&given, "%Y-%m-%d"));
        let Some(moment) = wall.and_then(|wall| context.local(wall)) else {
            return read.problem(input, spot, ImportIssue::BadDate { given });
        };
        let page = NotePage {
            title: entry.title.trim().to_owned(),
            text: trim_blank_lines(&entry.body).to_owned(),
            tags: entry.tags,
            fields: star_field(entry.starred),
            files: LinkedFiles::default(),
        };
        read.take_page(input, spot, moment, page, "", context);
    })
}
