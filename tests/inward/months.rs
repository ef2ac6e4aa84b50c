//! A month stands alone: whatever three devices did apart, whichever of their
//! files arrived, came back or went, each shows what a simple model says, month by
//! month, in either order.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use chrono::{Datelike, Duration};
use inward::config::Clock;
use inward::disk::real;
use inward::entry::{Entry, Value};
use inward::journal::{Journal, ReadOrder, Reader, SearchResult, StoredEntry};
use inward::query::Query;
use inward::seal::{EntryFileName, Identity, Recipients};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::harness::{crafted, files};

const LATER: &str = "2100-01-01T12:00:00+00:00";
const DEVICES: usize = 3;

#[derive(Clone, Debug)]
enum Deed {
    Keeps(i64),
    /// Another text, another day of the month.
    Edits(Index, i64),
    /// To so many days from where it was, which may be another month.
    Moves(Index, i64),
    Deletes(Index),
    /// Some of another device's files arrive.
    Gets(usize, Vec<bool>),
    /// Files that anybody ever had come back.
    GetsBack(Vec<Index>),
    /// Files go, and nothing says that they were deleted.
    Loses(Vec<Index>),
}

fn deed() -> impl Strategy<Value = (usize, Deed)> {
    let some = || prop::collection::vec(any::<Index>(), 1..4);
    let deed = prop_oneof![
        4 => (0..150i64).prop_map(Deed::Keeps),
        4 => (any::<Index>(), -9..9i64).prop_map(|(at, days)| Deed::Edits(at, days)),
        3 => (any::<Index>(), -70..70i64).prop_map(|(at, days)| Deed::Moves(at, days)),
        2 => any::<Index>().prop_map(Deed::Deletes),
        4 => (0..DEVICES, prop::collection::vec(any::<bool>(), 1..8))
            .prop_map(|(from, which)| Deed::Gets(from, which)),
        1 => some().prop_map(Deed::GetsBack),
        1 => some().prop_map(Deed::Loses),
    ];
    (0..DEVICES, deed)
}

/// Every file that there ever was, by its place: what it says, and its bytes.
type Pool = BTreeMap<String, (Entry, Vec<u8>)>;

struct Device {
    journal: Journal,
    caches: PathBuf,
}

struct World {
    _folder: tempfile::TempDir,
    identity: Identity,
    recipients: Recipients,
    devices: Vec<Device>,
    pool: Pool,
    /// Moments pass, so that no two revisions are written in the same.
    written: Duration,
}

impl World {
    fn new() -> World {
        let folder = tempfile::tempdir().unwrap();
        let identity = Identity::generate();
        let recipients = Recipients::parse(&identity.recipients().join("\n"), "test").unwrap();
        let device = |n: usize| Device {
            journal: Journal::at(real(), &folder.path().join(format!("{n}/journal"))),
            caches: folder.path().join(format!("{n}/cache")),
        };
        let devices = (0..DEVICES).map(device).collect();
        let (pool, written) = (Pool::new(), Duration::zero());
        World { _folder: folder, identity, recipients, devices, pool, written }
    }

    fn now(&mut self) -> chrono::DateTime<chrono::FixedOffset> {
        self.written += Duration::seconds(1);
        crafted("").written + self.written
    }

    fn seal(&mut self, entry: &Entry) -> inward::seal::Sealed {
        let sealed = self.recipients.seal(entry).unwrap();
        let place = Journal::place(&EntryFileName::of(entry));
        self.pool.insert(place, (entry.clone(), sealed.bytes().to_vec()));
        sealed
    }

    fn find(&self, journal: &Journal) -> SearchResult {
        let clock = Clock::at(LATER.parse().unwrap());
        journal.find(&Query::everything(), &self.identity, &clock).unwrap()
    }

    fn place(&self, device: usize, place: &str) -> PathBuf {
        self.devices[device].journal.root().join(place)
    }

    fn put(&self, device: usize, place: &str) {
        let path = self.place(device, place);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, &self.pool[place].1).unwrap();
    }

    /// Which of all files are on a device.
    fn present(&self, device: usize) -> Vec<String> {
        let there = |place: &&String| self.place(device, place).exists();
        self.pool.keys().filter(there).cloned().collect()
    }

    fn does(&mut self, device: usize, deed: &Deed) {
        // As the program does it, with its packs.
        let (journal, caches) = (&self.devices[device].journal, &self.devices[device].caches);
        let journal = journal.clone().with_packs_in(caches);
        let one = |world: &World, at: &Index| -> Option<StoredEntry> {
            let mut all = world.find(&journal).entries;
            (!all.is_empty()).then(|| all.swap_remove(at.index(all.len())))
        };
        match deed {
            Deed::Keeps(days) => {
                let written = self.now();
                let entry = crafted("first");
                let entry = Entry { at: entry.at - Duration::days(*days), written, ..entry };
                let sealed = self.seal(&entry);
                journal.append(&sealed).unwrap();
            }
            Deed::Edits(at, days) | Deed::Moves(at, days) => {
                let Some(old) = one(self, at) else { return };
                let written = self.now();
                let mut edited = old.entry.clone();
                edited.at += Duration::days(*days);
                edited.answers[0].value = Value::Text(format!("edited on {device}"));
                let months = [&edited, &old.entry].map(|e| (e.day().year(), e.day().month()));
                if months[0] == months[1] {
                    let revised = edited.revise(old.revisions.clone(), written).unwrap();
                    journal.supersede(&old, &self.seal(&revised), &self.identity).unwrap();
                } else {
                    let (moved, mark) =
                        edited.move_to(&old.entry, old.revisions.clone(), written).unwrap();
                    journal.append(&self.seal(&moved)).unwrap();
                    journal.supersede(&old, &self.seal(&mark), &self.identity).unwrap();
                }
            }
            Deed::Deletes(at) => {
                let Some(old) = one(self, at) else { return };
                let written = self.now();
                let mark = old.entry.clone().deletion(old.revisions.clone(), written).unwrap();
                journal.supersede(&old, &self.seal(&mark), &self.identity).unwrap();
            }
            Deed::Gets(from, which) => {
                let theirs = self.present(*from);
                let which = which.iter().cycle();
                for (place, _) in theirs.iter().zip(which).filter(|(_, comes)| **comes) {
                    self.put(device, place);
                }
            }
            Deed::GetsBack(which) => {
                let all: Vec<String> = self.pool.keys().cloned().collect();
                let some = which.iter().filter(|_| !all.is_empty()).map(|at| at.get(&all));
                some.for_each(|place| self.put(device, place));
            }
            Deed::Loses(which) => {
                let all = self.present(device);
                for place in which.iter().filter(|_| !all.is_empty()).map(|at| at.get(&all)) {
                    let _ = std::fs::remove_file(self.place(device, place));
                }
            }
        }
    }

    /// What the files that are on a device say, by the rule alone: of each entry of
    /// each month, the latest revision that none there replaces, unless it is
    /// deleted.
    fn model(&self, device: usize) -> Vec<Entry> {
        let mut entries: BTreeMap<(String, String), Vec<&Entry>> = BTreeMap::new();
        let places = self.present(device);
        for place in &places {
            let entry = &self.pool[place].0;
            let month = place[..7].to_owned();
            entries.entry((month, entry.id.to_string())).or_default().push(entry);
        }
        let shown = entries.into_values().filter_map(|revisions| {
            let replaced: BTreeSet<_> = revisions.iter().flat_map(|e| &e.replaces).collect();
            let heads = revisions.iter().filter(|e| !replaced.contains(&e.revision) && !e.deleted);
            heads.max_by_key(|e| (e.written, e.revision.clone())).map(|e| (*e).clone())
        });
        let mut shown: Vec<Entry> = shown.collect();
        shown.sort_by_key(|e| (e.at.naive_local(), e.written, e.id.clone()));
        shown
    }
}

/// What a journal shows, the oldest first, month by month.
fn shown(journal: &Journal, identity: &Identity, order: ReadOrder) -> (Vec<Entry>, Vec<String>) {
    let (query, clock) = (Query::everything(), Clock::at(LATER.parse().unwrap()));
    let reader = Reader { identity, query: &query, clock: &clock, progress: &|_, _| true };
    let (mut all, mut months) = (Vec::new(), Vec::new());
    let damaged = journal.read(&reader, order, &|kept| kept.entry, &mut |of_a_month| {
        months.extend(of_a_month.first().map(|e| e.at.format("%Y-%m").to_string()));
        all.extend(of_a_month);
        Ok(true)
    });
    assert_eq!(damaged.unwrap(), [], "nothing is damaged");
    (all, months)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]
    #[test]
    fn whatever_devices_do_and_whichever_files_arrive_each_shows_what_the_model_says(
        deeds in prop::collection::vec(deed(), 1..40),
    ) {
        let mut world = World::new();
        // So many in one month that it has a pack.
        (0..10).for_each(|day| world.does(0, &Deed::Keeps(day)));
        for (device, deed) in &deeds {
            world.does(*device, deed);
        }
        for device in 0..DEVICES {
            let Device { journal, caches } = &world.devices[device];
            let expected = world.model(device);
            let of_november = expected.iter().filter(|e| e.at.to_rfc3339().starts_with("2026-11"));
            let is_packed = of_november.count() >= 8;
            for journal in [journal.clone(), journal.clone().with_packs_in(caches)] {
                for _ in 0..2 {
                    let (oldest, months) = shown(&journal, &world.identity, ReadOrder::OldestFirst);
                    prop_assert_eq!(&oldest, &expected);
                    prop_assert!(months.is_sorted(), "{:?}", months);
                    let (mut newest, _) = shown(&journal, &world.identity, ReadOrder::NewestFirst);
                    newest.reverse();
                    prop_assert_eq!(&newest, &expected);
                }
            }
            prop_assert!(!is_packed || !files(caches).is_empty(), "there is a pack");
        }
    }
}
