//! The front matter of a file, as Obsidian shows it in its properties: the day, tags,
//! links, and each answer that is a number or a choice. It is YAML whatever an entry says.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use crate::entry::{Answer, Entry, Value};

use super::super::links::{EarlierEntry, followed_up};
use super::super::{Export, ExportGrouping, clean_line, day_words};

/// Keys that are ours, or Obsidian's own: an answer to a question of that name has its
/// practice before it.
const TAKEN: [&str; 15] = [
    "id", "ids", "date", "time", "practice", "practices", "tags", "about", "aliases", "cssclasses",
    "publish", "permalink", "description", "image", "cover",
];

/// The whole block, and the empty line behind it.
pub fn front_matter(export: &Export) -> String {
    let entries = export.newest();
    let mut text = "---\n".to_owned();
    let mut put = |key: &str, value: Option<String>| {
        if let Some(value) = value {
            text += &format!("{}: {value}\n", yaml_key(key));
        }
    };
    let (clock, by) = (export.layout.clock, export.layout.by);
    let first = entries.first();
    let day = first.map(|entry| clock.day_of(entry.at));
    let of_day = day.filter(|_| matches!(by, ExportGrouping::Day | ExportGrouping::Entry));
    let practices: BTreeSet<&str> = entries.iter().map(|entry| &*entry.practice).collect();
    let tags: BTreeSet<&str> = entries.iter().flat_map(|e| &e.tags).map(|tag| &**tag).collect();
    if let (ExportGrouping::Entry, Some(entry)) = (by, first) {
        put("id", Some(yaml_text(&entry.id.to_string())));
        put("about", about(export, entry));
    }
    put("date", of_day.map(|day| day.to_string()));
    put("aliases", aliases(export, day));
    put("practices", yaml_list(practices));
    put("tags", yaml_list(tags));
    if of_day.is_some() {
        for (key, values) in properties(&entries) {
            let several = || format!("[{}]", values.join(", "));
            put(&key, Some(if values.len() == 1 { values[0].clone() } else { several() }));
        }
    }
    text + "---\n\n"
}

/// The note of the entry that this one follows up, or else its id.
fn about(export: &Export, entry: &Entry) -> Option<String> {
    let layout = &export.layout;
    match layout.links.earlier(followed_up(entry))? {
        EarlierEntry::Known(earlier) => {
            let (id, at) = (&earlier.id, earlier.at);
            let page = layout.by.page_of(id, at, &earlier.practice, layout.clock).name;
            Some(yaml_text(&format!("[[{page}]]")))
        }
        EarlierEntry::Elsewhere => followed_up(entry).map(|id| yaml_text(&id.to_string())),
    }
}

/// Words by which the file is found, where its name is a date.
fn aliases(export: &Export, day: Option<chrono::NaiveDate>) -> Option<String> {
    let day = day?;
    let alias = match export.layout.by {
        ExportGrouping::Day => day_words(day),
        ExportGrouping::Month => day.format("%B %Y").to_string(),
        ExportGrouping::Practice => return None,
        ExportGrouping::Entry => {
            let entry = export.newest().into_iter().next()?;
            let title = entry.answers.iter().find_map(super::title);
            title.map_or_else(
                || super::heading(&export.layout, entry.at, &entry.practice),
                clean_line,
            )
        }
    };
    Some(format!("[{}]", yaml_text(&alias)))
}

/// Each number and choice of the entries, by its question. What several entries of a day
/// answered has all their answers.
fn properties(entries: &[&Entry]) -> BTreeMap<String, Vec<String>> {
    let mut properties: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for entry in entries {
        for answer in &entry.answers {
            let question = short(&clean_line(&answer.question));
            let key = if TAKEN.contains(&question.to_lowercase().as_str()) {
                format!("{}-{question}", short(&clean_line(&entry.practice)))
            } else {
                question
            };
            if let Some(value) = property(answer) {
                properties.entry(key).or_default().push(value);
            }
        }
    }
    properties
}

/// YAML takes no key of more than 1,024 characters, and one from elsewhere may have any.
fn short(key: &str) -> String {
    key.chars().take(LONGEST_KEY).collect()
}

const LONGEST_KEY: usize = 128;

fn property(answer: &Answer) -> Option<String> {
    match &answer.value {
        Value::Number(number) => Some(number.to_string()),
        Value::YesNo(yes) => Some(yes.to_string()),
        Value::Text(id) if answer.labels.contains_key(id) => Some(yaml_text(id)),
        Value::Chosen(ids) => yaml_list(ids.iter().map(String::as_str).collect()),
        Value::Text(_) | Value::CantSay => None,
    }
}

fn yaml_list(items: BTreeSet<&str>) -> Option<String> {
    let quoted: Vec<String> = items.into_iter().map(yaml_text).collect();
    (!quoted.is_empty()).then(|| format!("[{}]", quoted.join(", ")))
}

/// A plain word, or a quoted one where another might mean more than itself.
fn yaml_key(key: &str) -> String {
    const MEANINGS: [&str; 10] =
        ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan"];
    let plain = key.starts_with(|c: char| c.is_ascii_lowercase())
        && key.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    if plain && !MEANINGS.contains(&key) { key.to_owned() } else { yaml_text(key) }
}

/// A quoted YAML string is a JSON string on one line. What YAML takes for the end of a
/// line, or allows in no file, is escaped besides.
fn yaml_text(words: &str) -> String {
    let quoted = Json::from(clean_line(words)).to_string();
    let odd = |c: char| matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}');
    if !quoted.contains(odd) {
        return quoted;
    }
    let escaped = |c: char| if odd(c) { format!("\\u{:04x}", u32::from(c)) } else { c.to_string() };
    quoted.chars().map(escaped).collect()
}
