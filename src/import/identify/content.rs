//! What two entries have to have alike to be the same.

use serde_json::{Value as Json, json};

use crate::entry::Entry;
use crate::render::clean;

use super::IMPORTED;

/// An entry's words, whatever part of them is the title, and its front matter.
pub fn content(entry: &Entry) -> (Vec<String>, Option<&Json>) {
    let texts = entry.answers.iter().rev().map(|answer| answer.text()).collect::<Vec<_>>();
    let words = texts.iter().flat_map(|text| text.split_whitespace()).map(str::to_owned);
    let front = entry.unknown.get(IMPORTED).and_then(|fields| fields.get("front_matter"));
    (words.collect(), front)
}

/// The content of an entry of an export, by which it's the same in JSON and in Markdown, which
/// shows control characters as pictures and ends each line alike.
pub fn exported_content(entry: &Entry) -> String {
    cleaned(json!([entry.practice, entry.at, entry.tags, entry.answers])).to_string()
}

fn cleaned(value: Json) -> Json {
    match value {
        Json::String(text) => clean(&text).into(),
        Json::Array(items) => items.into_iter().map(cleaned).collect(),
        Json::Object(fields) => {
            fields.into_iter().map(|(name, value)| (name, cleaned(value))).collect()
        }
        Json::Null | Json::Bool(_) | Json::Number(_) => value,
    }
}
