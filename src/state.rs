//! What this device remembers without unlocking: when each practice was last
//! kept. Times only, never synced, and a setting turns it off.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::{DateTime, FixedOffset};

use crate::disk;
use crate::error::Result;

const FILE: &str = "kept.json";

/// By practice. It only serves reminders, so one that cannot be read is empty.
#[derive(Default)]
pub struct LastKept(BTreeMap<String, DateTime<FixedOffset>>);

impl LastKept {
    pub fn read(folder: &Path) -> LastKept {
        let text = std::fs::read(folder.join(FILE)).unwrap_or_default();
        LastKept(serde_json::from_slice(&text).unwrap_or_default())
    }

    pub fn of(&self, practice: &str) -> Option<DateTime<FixedOffset>> {
        self.0.get(practice).copied()
    }

    pub fn latest(&self) -> Option<DateTime<FixedOffset>> {
        self.0.values().max().copied()
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, DateTime<FixedOffset>)> {
        self.0.iter().map(|(practice, at)| (practice.as_str(), *at))
    }

    /// Remembers a sitting. An entry about an earlier day does not make a
    /// later one forgotten.
    pub fn note(folder: &Path, practice: &str, at: DateTime<FixedOffset>) -> Result<()> {
        let mut kept = LastKept::read(folder);
        if kept.of(practice).is_some_and(|last| last >= at) {
            return Ok(());
        }
        kept.0.insert(practice.to_owned(), at);
        disk::Folder::make(folder)?;
        let text = serde_json::to_vec(&kept.0).unwrap_or_default();
        disk::write(&folder.join(FILE), &text, true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<FixedOffset> {
        DateTime::parse_from_rfc3339(text).unwrap()
    }

    #[test]
    fn the_latest_sitting_is_remembered_whatever_the_order() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("state");
        let (earlier, later) = (at("2026-11-22T07:00:00+01:00"), at("2026-11-23T07:00:00+01:00"));
        LastKept::note(&folder, "intent", later).unwrap();
        LastKept::note(&folder, "intent", earlier).unwrap();
        assert_eq!(LastKept::read(&folder).of("intent"), Some(later));
    }

    #[test]
    fn a_broken_memory_is_an_empty_one() {
        let home = tempfile::tempdir().unwrap();
        std::fs::write(home.path().join("kept.json"), "{nonsense").unwrap();
        assert_eq!(LastKept::read(home.path()).latest(), None);
    }
}
