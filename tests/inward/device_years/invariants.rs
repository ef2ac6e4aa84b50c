//! What must hold, whatever happened.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use inward::entry::{Entry, RevisionId};
use inward::journal::{Journal, SearchResult, StoredEntry};
use inward::query::Query;
use inward::seal::Sealed;

use super::people::{MARK, text};
use super::syncers::own;
use super::world::{DEVICES, HOME, World};

/// What a device shows: of each entry, what its heads say.
type Shown = BTreeMap<String, BTreeSet<String>>;

fn shown(entries: &[StoredEntry]) -> Shown {
    let heads = |kept: &StoredEntry| kept.heads().map(|head| text(head).to_owned()).collect();
    entries.iter().map(|kept| (kept.entry.id.to_string(), heads(kept))).collect()
}

type Invariant = fn(&World) -> Result<(), String>;

/// After everything has reached every device.
const AT_THE_END: &[(&str, Invariant)] = &[
    ("every file opens on every device", World::all_opens),
    ("all devices show the same", World::heads_agree),
    ("what was kept is there, or something in its place", World::kept_is_there),
    ("what was deleted or replaced is not shown", World::deleted_stays_deleted),
    ("nothing is shown twice", World::nothing_is_double),
    ("every file that nobody took away is there", World::files_are_there),
    ("no text lies on a disk", World::no_plaintext),
];

impl World {
    pub fn check_all(&mut self) -> Result<(), String> {
        for device in 0..DEVICES {
            self.read(device);
        }
        self.check_each()?;
        for (name, holds) in AT_THE_END {
            holds(self).map_err(|broken| format!("{name}: {broken}"))?;
        }
        Ok(())
    }

    /// What reading found wrong meanwhile.
    pub fn check_each(&mut self) -> Result<(), String> {
        self.broken.take().map_or(Ok(()), Err)
    }

    /// Reads with packs and without: both show the same.
    pub fn read(&mut self, on: usize) {
        self.check_draft(on);
        let device = &self.devices[on];
        let clock = device.clock(self.day);
        let cached = shown(&device.shown(&device.cached_journal(self.day), &clock));
        let entries = device.shown(&device.journal(), &clock);
        let plain = shown(&entries);
        let has_packs =
            device.disk.change(|files| !files.below(&Path::new(HOME).join("cache")).is_empty());
        let expected = self.modelled(on);
        if cached != expected || plain != expected {
            let shown = format!("packs show {cached:?}, files {plain:?}, the rule {expected:?}");
            self.broken = Some(format!("device {on}: {shown}"));
        }
        if entries.iter().any(|kept| !kept.other_heads.is_empty()) {
            self.note("edited on two devices");
        }
        if entries.iter().any(|kept| kept.deleted_elsewhere) {
            self.note("edited beside a deletion");
        }
        let is_there_too =
            |kept: &StoredEntry| kept.entry.was.iter().any(|was| plain.contains_key(was.as_str()));
        if entries.iter().any(is_there_too) {
            self.note("moved beside an edit");
        }
        if has_packs {
            self.note("read from packs");
        }
    }

    fn found(&self, device: usize) -> SearchResult {
        let device = &self.devices[device];
        let (identity, clock) = (device.identity(), device.clock(self.day));
        device.journal().find(&Query::everything(), &identity, &clock).unwrap()
    }

    /// All files of a device that open.
    pub fn revisions(&self, device: usize) -> Vec<Entry> {
        let identity = self.devices[device].identity();
        let open = |(place, bytes): (PathBuf, Arc<[u8]>)| {
            let label = Journal::label_at(own(&place).to_str()?)?;
            let sealed = Sealed::from_bytes(label, bytes.to_vec()).ok()?;
            identity.open(&sealed).ok()
        };
        self.devices[device].files().into_iter().filter_map(open).collect()
    }

    fn all_opens(&self) -> Result<(), String> {
        for device in 0..DEVICES {
            let damaged = self.found(device).damaged;
            if !damaged.is_empty() {
                return Err(format!("device {device}: {damaged:?}"));
            }
        }
        Ok(())
    }

    fn heads_agree(&self) -> Result<(), String> {
        let first = shown(&self.found(0).entries);
        match (1..DEVICES).find(|device| shown(&self.found(*device).entries) != first) {
            Some(device) => Err(format!("device {device} differs from the first")),
            None => Ok(()),
        }
    }

    /// By the rule alone: heads are those that no other replaces; a copy under other keys
    /// stands and falls with its original.
    fn modelled(&self, device: usize) -> Shown {
        let all = self.revisions(device);
        let is_replaced = |entry: &Entry| {
            let names = |other: &Entry| other.replaces.contains(&entry.revision);
            let outdoes = |other: &Entry| {
                entry.copy_of.as_ref().is_some_and(|original| {
                    other.replaces.contains(original) && other.copy_of.as_ref() != Some(original)
                })
            };
            all.iter().filter(|other| other.id == entry.id).any(|it| names(it) || outdoes(it))
        };
        let mut shown = Shown::new();
        for head in all.iter().filter(|entry| !entry.deleted && !is_replaced(entry)) {
            shown.entry(head.id.to_string()).or_default().insert(text(head).to_owned());
        }
        shown
    }

    fn kept_is_there(&self) -> Result<(), String> {
        let all = self.revisions(0);
        let there: BTreeSet<&RevisionId> = all
            .iter()
            .flat_map(|e| e.replaces.iter().chain(&e.copy_of).chain([&e.revision]))
            .collect();
        let lost = self.promises.iter().find(|promise| !there.contains(&promise.revision));
        if let Some(lost) = lost {
            return Err(format!("{} is gone", lost.revision));
        }
        // What a mark of a move points to is there, or was.
        let ids: BTreeSet<_> = all.iter().map(|entry| &entry.id).collect();
        let astray =
            all.iter().find(|mark| mark.now.as_ref().is_some_and(|now| !ids.contains(now)));
        astray.map_or(Ok(()), |mark| Err(format!("{} was moved to nowhere", mark.id)))
    }

    fn deleted_stays_deleted(&self) -> Result<(), String> {
        let entries = self.found(0).entries;
        let heads: BTreeSet<&RevisionId> =
            entries.iter().flat_map(StoredEntry::heads).map(|head| &head.revision).collect();
        for promise in &self.promises {
            if let Some(back) = promise.replaces.iter().find(|revision| heads.contains(revision)) {
                return Err(format!("{back} is back"));
            }
        }
        Ok(())
    }

    /// An entry once; a text twice only where a move was stopped between its halves, or
    /// met an edit.
    fn nothing_is_double(&self) -> Result<(), String> {
        let mut by_text: BTreeMap<String, Vec<Entry>> = BTreeMap::new();
        for kept in self.found(0).entries {
            by_text.entry(text(&kept.entry).to_owned()).or_default().push(kept.entry);
        }
        let is_moved =
            |entries: &[Entry]| entries.iter().any(|entry| entry.was.iter().next().is_some());
        let double = by_text.iter().find(|(_, all)| all.len() > 1 && !is_moved(all));
        double.map_or(Ok(()), |(text, _)| Err(format!("{text} is there twice")))
    }

    fn files_are_there(&self) -> Result<(), String> {
        for (n, device) in self.devices.iter().enumerate() {
            let entries = self.found(n).entries;
            let missing = device.lacks(&device.journal(), &entries);
            let mut promised = entries.iter().flat_map(StoredEntry::heads).flat_map(|head| {
                head.attachments.iter().filter(|file| !self.given_up.contains(&file.sha256))
            });
            if let Some(file) = promised.find(|file| missing.contains(&file.id)) {
                return Err(format!("{} is missing on device {n}", file.id));
            }
        }
        Ok(())
    }

    fn no_plaintext(&self) -> Result<(), String> {
        for (n, device) in self.devices.iter().enumerate() {
            for (place, bytes) in device.disk.change(|files| files.below(Path::new("/"))) {
                if bytes.windows(MARK.len()).any(|part| part == MARK.as_bytes()) {
                    return Err(format!("{} on device {n}", place.display()));
                }
            }
        }
        Ok(())
    }
}
