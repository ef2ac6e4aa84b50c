//! What carries files from device to device: late, in part, under other names, and not
//! knowing what they are.

use std::borrow::Cow;
use std::sync::Arc;

use inward::journal::Journal;

use super::view::View;
use super::world::{DEVICES, World};

/// What a syncer calls a file while it comes.
const PASSING: &str = ".syncthing.";
/// And a second one of the same name.
const CONFLICT: &str = ".sync-conflict-20261123-211403-ABCDEFG.age";

/// A file's folder and its name there.
pub fn parts(place: &str) -> (&str, &str) {
    place.rsplit_once('/').unwrap_or(("", place))
}

fn passing(place: &str) -> String {
    let (folder, name) = parts(place);
    format!("{folder}/{PASSING}{name}.tmp")
}

/// Whose file is still on its way?
pub fn is_passing(place: &str) -> bool {
    parts(place).1.starts_with(PASSING)
}

/// The name that the file had where it was made.
pub fn own(place: &str) -> Cow<'_, str> {
    match place.strip_suffix(CONFLICT) {
        Some(bare) => format!("{bare}.age").into(),
        None => place.into(),
    }
}

/// The name of a second one.
fn conflicting(own: &str) -> String {
    format!("{}{CONFLICT}", own.strip_suffix(".age").unwrap_or(own))
}

/// Is a file there, whatever it is called?
fn has(there: &View, place: &str) -> bool {
    let own = own(place);
    let files = &there.files;
    files.contains_key(place) || files.contains_key(&*own) || files.contains_key(&conflicting(&own))
}

impl World {
    /// A device meets another, or syncs by git.
    pub fn syncer(&mut self, to: usize) {
        let from = self.device();
        if from == to && self.chance(0.6) {
            let is_reached = self.chance(0.7);
            let has_key = !self.devices[to].is_locked;
            self.sync(to, is_reached, has_key);
        } else if from != to && self.is_here(from) {
            let share = if self.chance(0.4) { 0.6 } else { 1.0 };
            self.carry(from, to, share);
        }
    }

    /// Has a device a file, whatever it is called there?
    fn has(&self, device: usize, place: &str) -> bool {
        has(&self.devices[device].view(), place)
    }

    /// What one has and the other has not.
    fn lacking(&self, from: usize, to: usize) -> Vec<(String, Arc<[u8]>)> {
        if from == to {
            return Vec::new();
        }
        let (theirs, there) = (self.devices[from].view(), self.devices[to].view());
        let whole = theirs.files.iter().filter(|(place, _)| !is_passing(place));
        let lacking = whole.filter(|(place, _)| !has(&there, place));
        lacking.map(|(place, bytes)| (place.clone(), bytes.clone())).collect()
    }

    /// Some of what one has and the other has not.
    fn carry(&mut self, from: usize, to: usize, share: f64) {
        self.remove_what_went(from, to);
        for (place, bytes) in &self.lacking(from, to) {
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
                1 if own(place) == **place => {
                    device.put(&conflicting(place), bytes.clone());
                    self.note("came under another name");
                }
                _ => device.put(place, bytes.clone()),
            }
        }
        let now = self.devices[to].view().files.keys().cloned().collect();
        self.devices[from].met.insert(to, now);
    }

    /// What both had, and one has no more, goes from the other.
    fn remove_what_went(&mut self, from: usize, to: usize) {
        let (sender, receiver) = (&self.devices[from], &self.devices[to]);
        let went: Vec<String> = {
            let (there, here) = (sender.view(), receiver.view());
            let met = sender.met.get(&to).into_iter().flatten();
            let gone = met.filter(|place| !there.files.contains_key(*place));
            let both_had = |place: &String| {
                receiver.met.get(&from).is_some_and(|had| had.contains(place))
                    && here.files.contains_key(place)
            };
            gone.filter(|place| both_had(place)).cloned().collect()
        };
        for place in went {
            self.devices[to].remove(&place);
            self.note("a syncer took away what went elsewhere");
        }
    }

    /// A file that was there once, as a device has it that was away for long.
    pub fn bring_back(&mut self, to: usize) {
        let all: Vec<String> =
            self.pool.keys().filter(|place| !is_passing(place)).cloned().collect();
        if all.is_empty() {
            return;
        }
        for _ in 0..self.dice.usize(1..4) {
            let place = &all[self.dice.usize(..all.len())];
            self.devices[to].put(place, self.pool[place].clone());
            let label = Journal::entry_at(&own(place));
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
        self.bring_all();
        if self.new_keys.is_some() {
            self.finish_keys();
            self.bring_all();
        }
        // The first has no part in what the last sends, before it syncs once more.
        for device in (0..DEVICES).chain(0..DEVICES) {
            self.sync(device, true, true);
        }
    }

    /// Each file reaches each device.
    fn bring_all(&mut self) {
        for device in &self.devices {
            let places: Vec<String> = device.view().files.keys().cloned().collect();
            places.iter().filter(|place| is_passing(place)).for_each(|it| device.remove(it));
        }
        for from in 0..DEVICES {
            for to in 0..DEVICES {
                for (place, bytes) in self.lacking(from, to) {
                    if !self.has(to, &place) {
                        self.devices[to].put(&place, bytes);
                    }
                }
            }
        }
    }
}
