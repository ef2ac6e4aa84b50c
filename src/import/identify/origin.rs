//! The field of an imported entry that says where it came from.

use serde_json::{Map, Value as Json, json};

use crate::entry::Entry;

use super::super::IMPORTED;

const FROM: &str = "from";
const ORIGIN: &str = "origin";

/// Notes in the entry where it came from. This is without the salt, so that other devices
/// recognise it too.
pub fn set_origin(entry: &mut Entry, source: &str, origin: &str) {
    let imported = entry.unknown.entry(IMPORTED).or_insert_with(|| Json::Object(Map::new()));
    if let Json::Object(fields) = imported {
        fields.insert(FROM.into(), json!(source));
        fields.insert(ORIGIN.into(), json!(origin));
    }
}

/// The origin by which every device recognises an imported entry.
pub fn origin(entry: &Entry) -> Option<&str> {
    entry.unknown.get(IMPORTED)?.get(ORIGIN)?.as_str()
}

/// Removes the origin from a copy for someone else.
pub fn remove_origin(entry: &mut Entry) {
    if let Some(Json::Object(fields)) = entry.unknown.get_mut(IMPORTED) {
        fields.remove(ORIGIN);
    }
}
