//! What two entries have to have alike to be the same.

use serde_json::{Value as Json, json};

use crate::entry::{Answer, Entry, Value};
use crate::render::{ITEM, clean};

use super::super::IMPORTED;

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

/// What an entry says, as Markdown has it even where the practice is gone or other now: without
/// the ids and wordings of its questions, with several choices as a list, and with the title,
/// which is in the heading, first.
pub fn said_content(entry: &Entry) -> String {
    let said = |answer: &Answer| {
        let Value::Chosen(ids) = &answer.value else { return answer.text() };
        let item = |id| format!("{ITEM}{}", answer.labels.get(id).unwrap_or(id));
        ids.iter().map(item).collect::<Vec<_>>().join("\n")
    };
    let (title, rest): (Vec<&Answer>, Vec<&Answer>) =
        entry.answers.iter().partition(|answer| answer.question == "title");
    let texts: Vec<String> = title.into_iter().chain(rest).map(said).collect();
    cleaned(json!([entry.practice, entry.at, entry.tags, texts])).to_string()
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
