//! What must hold, whatever happened.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use inward::entry::{Entry, RevisionId};
use inward::journal::{Elsewhere, SearchResult, StoredEntry};
use inward::query::Query;
use memchr::memmem::Finder;

use super::people::{MARK, text};
use super::view::Shown;
use super::world::{DEVICES, HOME, World};

fn shown(entries: &[StoredEntry]) -> Shown {
    let heads = |kept: &StoredEntry| kept.heads().map(|head| text(head).to_owned()).collect();
    entries.iter().map(|kept| (kept.entry.id.clone(), heads(kept))).collect()
}

/// Of the world, and of what each device finds.
type Invariant = fn(&World, &[SearchResult]) -> Result<(), String>;

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
            self.read(device, true);
        }
        self.check_each()?;
        let found: Vec<SearchResult> = (0..DEVICES).map(|device| self.found(device)).collect();
        for (name, holds) in AT_THE_END {
            holds(self, &found).map_err(|broken| format!("{name}: {broken}"))?;
        }
        Ok(())
    }

    /// What reading found wrong meanwhile.
    pub fn check_each(&mut self) -> Result<(), String> {
        self.broken.take().map_or(Ok(()), Err)
    }

    /// Reads with packs, and from the files alone: both show what the rule says.
    pub fn read(&mut self, on: usize, from_files: bool) {
        self.check_draft(on);
        let device = &self.devices[on];
        let clock = device.clock(self.day);
        let entries = device.shown(&device.cached_journal(self.day), &clock);
        let cached = shown(&entries);
        let plain = from_files.then(|| shown(&device.shown(&device.journal(), &clock)));
        let has_packs =
            device.disk.change(|files| !files.below(&Path::new(HOME).join("cache")).is_empty());
        let broken = {
            let view = device.opened();
            let rule = view.shown();
            let agrees = cached == *rule && plain.as_ref().is_none_or(|plain| plain == rule);
            let shown = || format!("packs show {cached:?}, files {plain:?}, the rule {rule:?}");
            (!agrees).then(shown)
        };
        if let Some(shown) = broken {
            self.broken = Some(format!("device {on}: {shown}"));
        }
        if entries.iter().any(|kept| !kept.other_heads.is_empty()) {
            self.note("edited on two devices");
        }
        if entries.iter().any(|kept| kept.elsewhere == Elsewhere::Deleted) {
            self.note("edited beside a deletion");
        }
        let is_there_too =
            |kept: &StoredEntry| kept.entry.was.iter().any(|was| cached.contains_key(was));
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

    fn all_opens(&self, found: &[SearchResult]) -> Result<(), String> {
        for (device, SearchResult { damaged, .. }) in found.iter().enumerate() {
            if !damaged.is_empty() {
                return Err(format!("device {device}: {damaged:?}"));
            }
        }
        Ok(())
    }

    fn heads_agree(&self, found: &[SearchResult]) -> Result<(), String> {
        let first = shown(&found[0].entries);
        match found.iter().position(|other| shown(&other.entries) != first) {
            Some(device) => Err(format!("device {device} differs from the first")),
            None => Ok(()),
        }
    }

    fn kept_is_there(&self, _: &[SearchResult]) -> Result<(), String> {
        let view = self.devices[0].opened();
        let all: Vec<&Entry> = view.all_revisions().collect();
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

    fn deleted_stays_deleted(&self, found: &[SearchResult]) -> Result<(), String> {
        let entries = &found[0].entries;
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
    fn nothing_is_double(&self, found: &[SearchResult]) -> Result<(), String> {
        let mut by_text: BTreeMap<&str, Vec<&Entry>> = BTreeMap::new();
        for kept in &found[0].entries {
            by_text.entry(text(&kept.entry)).or_default().push(&kept.entry);
        }
        let is_moved =
            |entries: &[&Entry]| entries.iter().any(|entry| entry.was.iter().next().is_some());
        let double = by_text.iter().find(|(_, all)| all.len() > 1 && !is_moved(all));
        double.map_or(Ok(()), |(text, _)| Err(format!("{text} is there twice")))
    }

    fn files_are_there(&self, found: &[SearchResult]) -> Result<(), String> {
        for (n, (device, found)) in self.devices.iter().zip(found).enumerate() {
            let entries = &found.entries;
            let missing = device.lacks(&device.journal(), entries);
            let mut promised = entries.iter().flat_map(StoredEntry::heads).flat_map(|head| {
                head.attachments.iter().filter(|file| !self.given_up.contains(&file.sha256))
            });
            if let Some(file) = promised.find(|file| missing.contains(&file.id)) {
                return Err(format!("{} is missing on device {n}", file.id));
            }
        }
        Ok(())
    }

    fn no_plaintext(&self, _: &[SearchResult]) -> Result<(), String> {
        let mark = Finder::new(MARK);
        for (n, device) in self.devices.iter().enumerate() {
            for (place, bytes) in device.disk.change(|files| files.below(Path::new("/"))) {
                if mark.find(&bytes).is_some() {
                    return Err(format!("{} on device {n}", place.display()));
                }
            }
        }
        Ok(())
    }
}
