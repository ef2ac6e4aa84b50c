//! The devices, their disks and clocks, and what was promised to whom.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, Duration, FixedOffset};
use fastrand::Rng;
use inward::config::Clock;
use inward::disk::DiskRef;
use inward::entry::{ContentHash, Entry, RevisionId};
use inward::journal::{Journal, JournalFile};
use inward::keys::Keys;
use inward::seal::PluginCallbacks;
use inward::sync::Oid;

use super::bugs::Bug;
use super::git::Store;
use super::opening::Keyring;
use super::syncers::parts;
use super::view::{View, name_at};
use crate::harness::NOW;
use crate::harness::simulated::{Blindness, SimulatedDisk};

pub const DEVICES: usize = 3;

/// Where everything is on each of the disks.
pub const HOME: &str = "/simulated";

pub struct Device {
    pub disk: SimulatedDisk,
    pub view: RefCell<View>,
    pub keyring: Keyring,
    /// How far its clock is from the true time.
    pub skew: Duration,
    /// Which files each other device had when they last met.
    pub met: BTreeMap<usize, BTreeSet<String>>,
    /// The last commit that it has of git's branch.
    pub branch: Option<Oid>,
    /// And the last that it had of the remote's.
    pub fetched: Option<Oid>,
    /// The day before which it meets no other.
    pub away_until: i64,
    /// Does it sync without the key?
    pub is_locked: bool,
    /// Files that someone here replaced or deleted, and nobody has brought back since.
    pub removed: BTreeSet<JournalFile>,
    /// What its draft may say: one thing, unless saving was stopped.
    pub draft: Vec<Option<String>>,
}

/// What someone was told is done.
pub struct Promise {
    pub revision: RevisionId,
    /// Everything that is not to be seen again.
    pub replaces: BTreeSet<RevisionId>,
    pub deletes: bool,
}

pub struct World {
    pub dice: Rng,
    pub bug: Option<Bug>,
    pub devices: Vec<Device>,
    pub day: i64,
    pub promises: Vec<Promise>,
    /// Every file that there ever was, by its place in the journal.
    pub pool: BTreeMap<String, Arc<[u8]>>,
    pub rare: BTreeMap<&'static str, usize>,
    pub texts: usize,
    pub git: Store,
    /// On which device keys were changed that have not reached the others yet, and what
    /// ends such a change if it was stopped.
    pub new_keys: Option<(usize, &'static str)>,
    /// Attached files that someone removed, by their bytes.
    pub given_up: BTreeSet<ContentHash>,
    /// The first invariant that reading found broken.
    pub broken: Option<String>,
}

impl World {
    pub fn new(seed: u64, bug: Option<Bug>) -> World {
        let dice = Rng::with_seed(seed);
        let begun = true_time(0).timestamp_nanos_opt().unwrap();
        let ticks = [1, 4_000_000, 1_000_000_000, 2_000_000_000];
        let mut world = World {
            dice,
            bug,
            devices: Vec::new(),
            day: 0,
            promises: Vec::new(),
            pool: BTreeMap::new(),
            rare: BTreeMap::new(),
            texts: 0,
            git: Store::default(),
            new_keys: None,
            given_up: BTreeSet::new(),
            broken: None,
        };
        let keyring = Keyring::default();
        for _ in 0..DEVICES {
            let tick = ticks[world.dice.usize(..ticks.len())];
            let disk = SimulatedDisk::new(begun, tick);
            let dice = world.dice.fork();
            disk.change(|files| {
                files.dice = dice;
                files.blindness = match bug {
                    Some(Bug::OtherNamesAreIgnored) => Some(Blindness::OtherNames),
                    Some(Bug::StampsAreIgnored) => Some(Blindness::FolderStamps),
                    _ => None,
                };
            });
            let skew = Duration::seconds(world.dice.i64(-300..300));
            let is_locked = world.chance(0.4);
            world.devices.push(Device {
                disk,
                view: RefCell::default(),
                keyring: keyring.clone(),
                skew,
                met: BTreeMap::new(),
                branch: None,
                fetched: None,
                away_until: 0,
                is_locked,
                removed: BTreeSet::new(),
                draft: vec![None],
            });
        }
        world.devices[0].keys().create(None, &[]).unwrap();
        world.devices[0].put_salt(0);
        world.carry_keys(0);
        if bug == Some(Bug::ImportedIdsDiffer) {
            (0..DEVICES).for_each(|n| world.devices[n].put_salt(n as u8));
        }
        world
    }

    /// Each device gets the keys of one.
    pub fn carry_keys(&mut self, from: usize) {
        let config = Path::new(HOME).join("config");
        let files = self.devices[from].disk.change(|files| files.below(&config));
        for device in &self.devices {
            device.disk.change(|disk| {
                files.iter().for_each(|(name, bytes)| {
                    disk.put(&config, name.to_str().unwrap(), bytes.clone());
                });
            });
        }
        self.new_keys = None;
    }

    pub fn note(&mut self, rare: &'static str) {
        *self.rare.entry(rare).or_default() += 1;
    }

    pub fn chance(&mut self, of: f64) -> bool {
        self.dice.f64() < of
    }

    /// Is a device where others are?
    pub fn is_here(&self, device: usize) -> bool {
        self.devices[device].away_until <= self.day
    }

    pub fn device(&mut self) -> usize {
        self.dice.usize(..DEVICES)
    }

    /// A day in which a few things happen, on any device.
    pub fn pass_a_day(&mut self) {
        self.day += 1;
        for device in &self.devices {
            let now = device.now(self.day).timestamp_nanos_opt().unwrap();
            device.disk.change(|files| files.now = now);
        }
        if self.chance(0.02) {
            let device = self.device();
            self.devices[device].skew = Duration::seconds(self.dice.i64(-200_000..2_000));
            self.note("a clock was set back");
        }
        for _ in 0..self.dice.usize(1..4) {
            self.person();
        }
        for device in 0..DEVICES {
            if self.chance(0.01) {
                self.devices[device].away_until = self.day + self.dice.i64(2..60);
            }
            if self.is_here(device) && self.chance(0.9) {
                self.syncer(device);
            }
        }
        if self.chance(0.03) {
            let device = self.device();
            self.bring_back(device);
        }
        if self.new_keys.is_some() && self.chance(0.05) {
            self.finish_keys();
        }
        for device in 0..DEVICES {
            self.note_what_came(device);
        }
    }
}

impl World {
    /// Each file that there ever was may come back; what somebody else brought back is no
    /// longer removed.
    pub fn note_what_came(&mut self, on: usize) {
        let came = self.devices[on].what_came();
        let Device { view, removed, .. } = &mut self.devices[on];
        let view = view.borrow();
        for place in came {
            if let Some(file) = name_at(&place) {
                removed.remove(&file);
            }
            if let Some(bytes) = view.files.get(&place) {
                self.pool.insert(place, bytes.clone());
            }
        }
    }
}

fn true_time(day: i64) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339(NOW).unwrap() + Duration::days(day)
}

impl Device {
    pub fn now(&self, day: i64) -> DateTime<FixedOffset> {
        true_time(day) + self.skew
    }

    pub fn clock(&self, day: i64) -> Clock {
        Clock::at(self.now(day))
    }

    pub fn disk(&self) -> DiskRef {
        Arc::new(self.disk.clone())
    }

    pub fn keys(&self) -> Keys {
        Keys::new(self.disk(), &Path::new(HOME).join("config"), None, PluginCallbacks::SILENT)
    }

    pub fn journal(&self) -> Journal {
        Journal::at(self.disk(), &journal()).in_home(Path::new(HOME))
    }

    /// The same with packs and with what is remembered of it.
    pub fn cached_journal(&self, day: i64) -> Journal {
        let (state, cache) = (Path::new(HOME).join("state"), Path::new(HOME).join("cache"));
        self.journal().remembering(&state, self.now(day)).with_packs_in(&cache)
    }

    pub fn put(&self, place: &str, bytes: impl Into<Arc<[u8]>>) {
        let (folder, name) = parts(place);
        self.disk.change(|files| files.put(&journal().join(folder), name, bytes));
    }

    pub fn remove(&self, place: &str) {
        let (folder, name) = parts(place);
        self.disk.change(|files| files.remove(&journal().join(folder), name.as_ref()));
    }
}

pub fn journal() -> PathBuf {
    Path::new(HOME).join("journal")
}

impl Promise {
    pub fn of(entry: &Entry) -> Promise {
        Promise {
            // A copy under other keys may give way to another copy of the same.
            revision: entry.original().clone(),
            replaces: entry.replaces.iter().cloned().collect(),
            deletes: entry.deleted,
        }
    }
}
