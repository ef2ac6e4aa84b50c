//! Entries for unit tests, each of which names only the fields that it is about.

use serde_json::{Value, json};

use super::Entry;

/// An entry with these fields. The others are those of a page written on Monday 23
/// November 2026 at 21:14; `written` defaults to `at`.
pub fn entry(fields: Value) -> Entry {
    let mut json = json!({
        "format": 1, "id": "k3v9q2m8ab", "revision": "x7f2qd", "practice": "write",
        "at": "2026-11-23T21:14:03+01:00",
    });
    for (name, value) in fields.as_object().into_iter().flatten() {
        json[name] = value.clone();
    }
    if json["written"].is_null() {
        json["written"] = json["at"].clone();
    }
    Entry::from_json(json.to_string().as_bytes()).unwrap()
}

/// A page of the practice `write` with these words.
pub fn page(words: &str) -> Entry {
    entry(json!({ "answers": [{ "question": "page", "asked": "?", "value": words }] }))
}
