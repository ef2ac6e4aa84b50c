//! What this device remembers without a key: when each practice that comes due was last
//! kept, and in which journals something was. Never synced, and a setting turns it off.

mod journal_places;

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::Path;

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

use crate::disk::{Confirm, Disk, DiskError, Folder};
use crate::error::Result;

pub(crate) use journal_places::JournalPlaces;

type Moment = DateTime<FixedOffset>;

/// The state by practice: times alone. It only serves reminders, so it's written without
/// waiting for the disk, and an unreadable one counts as empty: then practices are due sooner,
/// and two offers are made once more.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    /// When the first session was kept here.
    begun: Option<Moment>,
    /// When the latest was, of any practice.
    latest: Option<Moment>,
    kept: BTreeMap<String, Moment>,
    /// When each was kept before that: what to go by while the clock is set back.
    before: BTreeMap<String, Moment>,
    /// Has `unlock` been mentioned?
    offered_unlock: bool,
    /// Has opening earlier entries been offered?
    offered_recall: bool,
}

impl State {
    /// The name of its file.
    pub const FILE: &str = "kept.json";

    /// Is the file, if there is one, valid?
    pub fn is_valid(disk: &dyn Disk, folder: &Path) -> bool {
        let Ok(Some(folder)) = Folder::find(disk, folder) else { return true };
        match folder.read_user_file(State::FILE) {
            Ok(text) => serde_json::from_slice::<State>(&text).is_ok(),
            Err(e) => e.kind() == ErrorKind::NotFound,
        }
    }

    /// Reads the state; empty if the file is missing or broken.
    pub fn read(disk: &dyn Disk, folder: &Path) -> State {
        let folder = Folder::find(disk, folder).ok().flatten();
        let text = folder.and_then(|folder| folder.read_user_file(State::FILE).ok());
        text.and_then(|text| serde_json::from_slice(&text).ok()).unwrap_or_default()
    }

    /// Writes the state.
    ///
    /// # Errors
    /// A [`crate::disk::DiskError`].
    pub fn write(&self, disk: &dyn Disk, folder: &Path) -> Result<()> {
        let write_error =
            |e: serde_json::Error| DiskError::io("write", &folder.join(State::FILE))(e.into());
        let text = serde_json::to_vec(self).map_err(write_error)?;
        Folder::make(disk, folder)?.put(State::FILE, &text, Confirm::No)
    }

    /// When the practice was last kept here, up to now; or, where that is all that is
    /// remembered, at a time to come.
    pub fn last_kept(&self, practice: &str, now: Moment) -> Option<Moment> {
        let last = self.kept.get(practice);
        last.filter(|at| **at <= now).or(self.before.get(practice)).or(last).copied()
    }

    /// When anything was first kept here; now at the latest, where that lies ahead.
    pub fn first_day(&self, now: Moment) -> Option<Moment> {
        self.begun.map(|begun| begun.min(now))
    }

    /// When anything was last kept here.
    pub fn latest(&self) -> Option<DateTime<FixedOffset>> {
        self.latest
    }

    /// Remembers a session. The latest counts, whatever the order, and beside it the latest up
    /// to now: a time in the future, from a wrong clock or on purpose, doesn't hide what is
    /// kept before it.
    pub fn note_kept(&mut self, practice: &str, at: DateTime<FixedOffset>, now: Moment) {
        self.note_first_day(at);
        let earlier = [self.kept.remove(practice), self.before.remove(practice)];
        let mut times: Vec<Moment> = earlier.into_iter().flatten().chain([at]).collect();
        times.sort();
        times.dedup();
        self.kept.extend(times.pop().map(|last| (practice.to_owned(), last)));
        let before = times.iter().rfind(|at| **at <= now).or(times.last());
        self.before.extend(before.map(|before| (practice.to_owned(), *before)));
    }

    /// Remembers this time for the practice, or none.
    pub fn set_kept(&mut self, practice: &str, at: Option<Moment>) {
        self.before.remove(practice);
        match at {
            Some(at) => drop(self.kept.insert(practice.to_owned(), at)),
            None => drop(self.kept.remove(practice)),
        }
    }

    /// Remembers that something was kept; only the first and the latest time count.
    pub fn note_first_day(&mut self, at: DateTime<FixedOffset>) {
        self.begun = Some(self.begun.map_or(at, |begun| begun.min(at)));
        self.latest = Some(self.latest.map_or(at, |latest| latest.max(at)));
    }

    /// Deletes the file.
    pub fn forget(disk: &dyn Disk, folder: &Path) {
        let folder = Folder::find(disk, folder).ok().flatten();
        folder.iter().for_each(|folder| folder.discard(State::FILE.as_ref()));
    }

    /// Notes that `unlock` was mentioned. True the first time: then it should be.
    pub fn note_unlock_mentioned(&mut self) -> bool {
        !std::mem::replace(&mut self.offered_unlock, true)
    }

    /// Notes that opening earlier entries was offered. True the first time: then it should be.
    pub fn note_recall_offered(&mut self) -> bool {
        self.offered_unlock = true;
        !std::mem::replace(&mut self.offered_recall, true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disk::RealDisk;

    fn at(text: &str) -> DateTime<FixedOffset> {
        DateTime::parse_from_rfc3339(text).unwrap()
    }

    #[test]
    fn the_latest_session_is_remembered_whatever_the_order() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("state");
        let (earlier, later) = (at("2026-11-22T07:00:00+01:00"), at("2026-11-23T07:00:00+01:00"));
        let mut state = State::default();
        state.note_kept("intent", later, later);
        state.note_kept("intent", earlier, later);
        state.write(&RealDisk::default(), &folder).unwrap();
        let state = State::read(&RealDisk::default(), &folder);
        assert_eq!(state.last_kept("intent", later), Some(later));
        // Of a clock that was set back since.
        assert_eq!(state.last_kept("intent", earlier), Some(earlier));
    }

    #[test]
    fn a_broken_memory_is_an_empty_one() {
        let home = tempfile::tempdir().unwrap();
        std::fs::write(home.path().join("kept.json"), "{nonsense").unwrap();
        assert_eq!(State::read(&RealDisk::default(), home.path()).latest(), None);
    }
}
