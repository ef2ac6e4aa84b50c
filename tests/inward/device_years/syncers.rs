//! What carries files from device to device: late, in part, under other names, and not
//! knowing what they are.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use inward::journal::Journal;

use super::world::{DEVICES, World};

/// What a syncer calls a file while it comes.
const PASSING: &str = ".syncthing.";
/// And a second one of the same name.
const CONFLICT: &str = ".sync-conflict-20261123-211403-ABCDEFG.age";

fn passing(place: &Path) -> PathBuf {
    let name = place.file_name().unwrap().to_str().unwrap();
    place.with_file_name(format!("{PASSING}{name}.tmp"))
}

/// Whose file is still on its way?
pub fn is_passing(place: &Path) -> bool {
    place.file_name().unwrap().to_str().unwrap().starts_with(PASSING)
}

/// The name that the file had where it was made.
pub fn own(place: &Path) -> PathBuf {
    let name = place.file_name().unwrap().to_str().unwrap();
    match name.strip_suffix(CONFLICT) {
        Some(bare) => place.with_file_name(format!("{bare}.age")),
        None => place.to_owned(),
    }
}

impl World {
    pub fn syncer(&mut self) {
        let (from, to) = (self.device(), self.device());
        match self.dice.u8(..12) {
            0 => self.bring_back(to),
            _ if from == to => {
                let is_reached = self.chance(0.7);
                let has_key = !self.devices[to].is_locked;
                self.sync(to, is_reached, has_key);
            }
            1..5 => self.carry(from, to, 0.6),
            _ => self.carry(from, to, 1.0),
        }
    }

    /// Has a device a file, whatever it is called there?
    fn has(&self, device: usize, place: &Path) -> bool {
        let there = self.devices[device].files();
        [place, &own(place), &own(place).with_extension(&CONFLICT[1..])]
            .into_iter()
            .any(|it| there.contains_key(it))
    }

    /// Some of what one has and the other has not.
    fn carry(&mut self, from: usize, to: usize, share: f64) {
        let theirs = self.devices[from].files();
        self.remove_what_went(from, to);
        for (place, bytes) in theirs.iter().filter(|(place, _)| !is_passing(place)) {
            if self.has(to, place) || !self.chance(share) {
                continue;
            }
            let device = &self.devices[to];
            device.remove(&passing(place));
            match self.dice.u8(..20) {
                0 => {
                    device.put(&passing(place), &bytes[..bytes.len() / 2]);
                    self.note("came in halves");
                }
                1 if own(place) == *place => {
                    device.put(&place.with_extension(&CONFLICT[1..]), bytes);
                    self.note("came under another name");
                }
                _ => device.put(place, bytes),
            }
        }
        let now = self.devices[to].files().into_keys().collect();
        self.devices[from].met.insert(to, now);
    }

    /// What both had, and one has no more, goes from the other.
    fn remove_what_went(&mut self, from: usize, to: usize) {
        let Some(met) = self.devices[from].met.get(&to).cloned() else { return };
        let there: BTreeSet<PathBuf> = self.devices[from].files().into_keys().collect();
        let here = self.devices[to].files();
        let had = self.devices[to].met.get(&from).cloned().unwrap_or_default();
        for place in met.difference(&there).filter(|place| had.contains(*place)) {
            if here.contains_key(place) {
                self.devices[to].remove(place);
                self.note("a syncer took away what went elsewhere");
            }
        }
    }

    /// A file that was there once, as a device has it that was away for long.
    fn bring_back(&mut self, to: usize) {
        let all: Vec<PathBuf> =
            self.pool.keys().filter(|place| !is_passing(place)).cloned().collect();
        if all.is_empty() {
            return;
        }
        for _ in 0..self.dice.usize(1..4) {
            let place = &all[self.dice.usize(..all.len())];
            self.devices[to].put(place, &self.pool[place]);
            let label = own(place).to_str().and_then(Journal::label_at);
            let gone = self.promises.iter().filter(|promise| {
                label.as_ref().is_some_and(|label| promise.replaces.contains(&label.revision))
            });
            match gone.map(|promise| promise.deletes).max() {
                Some(true) => self.note("came back though it was deleted"),
                Some(false) => self.note("came back though it was replaced"),
                None => {}
            }
        }
    }

    /// Nobody does anything any more, and all files reach every device.
    pub fn grow_quiet(&mut self) {
        self.finish_keys();
        for device in &self.devices {
            device
                .files()
                .keys()
                .filter(|place| is_passing(place))
                .for_each(|it| device.remove(it));
        }
        for from in 0..DEVICES {
            for to in 0..DEVICES {
                for (place, bytes) in self.devices[from].files() {
                    if !self.has(to, &place) {
                        self.devices[to].put(&place, &bytes);
                    }
                }
            }
        }
        // The first has no part in what the last sends, before it syncs once more.
        for device in (0..DEVICES).chain(0..DEVICES) {
            self.sync(device, true, true);
        }
    }
}
