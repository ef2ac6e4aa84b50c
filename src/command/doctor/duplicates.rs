//! Finds entries that are there twice.

use std::collections::HashMap;

use serde_json::json;

use crate::checks::{Diagnosis, Finding};
use crate::entry::{Entry, EntryId};
use crate::import::IMPORTED;
use crate::journal::StoredEntry;

/// Entries that were moved to another month, and are also still in the old one, or were moved
/// to a third one, too.
pub fn double_entries(entries: &[StoredEntry]) -> Vec<Diagnosis> {
    let mut first: HashMap<&EntryId, &Entry> = HashMap::new();
    first.extend(entries.iter().map(|stored| (&stored.entry.id, &stored.entry)));
    let mut diagnoses = Vec::new();
    for stored in entries {
        let entry = &stored.entry;
        for was in entry.was.iter() {
            let other = first.entry(was).or_insert(entry);
            if other.id != entry.id {
                let (id, was) = (entry.id.to_string(), other.id.to_string());
                let path = stored.files.first().cloned().unwrap_or_default();
                diagnoses.push(Diagnosis { path, what: Finding::KeptTwice { id, was } });
                break;
            }
        }
    }
    diagnoses
}

/// Entries with the same answers at the same moment.
pub fn alike_entries(entries: &[StoredEntry]) -> Vec<Diagnosis> {
    let mut first: HashMap<String, &Entry> = HashMap::new();
    let mut diagnoses = Vec::new();
    for stored in entries {
        let entry = &stored.entry;
        let files: Vec<_> = entry.attachments.iter().map(|it| (&it.name, it.sha256)).collect();
        let contents =
            json!([entry.practice, entry.at, entry.tags, entry.answers, files]).to_string();
        match first.get(&contents) {
            Some(other) => {
                let path = stored.files.first().cloned().unwrap_or_default();
                let (id, other) = (entry.id.to_string(), other.id.to_string());
                let is_imported = entry.unknown.contains_key(IMPORTED);
                let what = Finding::SameAs { id, other, is_imported };
                diagnoses.push(Diagnosis { path, what });
            }
            None => drop(first.insert(contents, entry)),
        }
    }
    diagnoses
}
