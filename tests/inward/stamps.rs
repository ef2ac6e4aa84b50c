//! Stamps and packs, on disks whose clocks are coarse or set back, and on which
//! others work meanwhile: nothing is hidden, and nothing old is shown.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use chrono::DateTime;
use inward::config::Clock;
use inward::entry::{Entry, RevisionId, Value};
use inward::journal::Journal;
use inward::query::{Query, TextMatcher};
use inward::seal::{EntryFileName, Identity, Recipients};
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use crate::harness::simulated::{Change, Files, SimulatedDisk};
use crate::harness::{NOW, crafted};

const MONTH: &str = "/journal/2026/11";
const HOUR: i64 = 3_600_000_000_000;

/// Sealed once: a revision of each of some entries, and another that replaces it.
struct Sealed {
    identity: Identity,
    first: Vec<(String, Vec<u8>)>,
    second: Vec<(String, Vec<u8>)>,
}

fn sealed() -> &'static Sealed {
    static SEALED: OnceLock<Sealed> = OnceLock::new();
    SEALED.get_or_init(|| {
        let identity = Identity::generate();
        let recipients = Recipients::parse(&identity.recipients().join("\n"), "test").unwrap();
        let file = |entry: &Entry| {
            let name =
                Journal::place(&EntryFileName::of(entry)).rsplit_once('/').unwrap().1.to_owned();
            (name, recipients.seal(entry).unwrap().bytes().to_vec())
        };
        let entry = |n: usize, revision: &str| {
            let mut entry = crafted(&format!("words {n} {revision}"));
            entry.id = format!("aaaaaaaa{n:02}").parse().unwrap();
            entry.revision = format!("{revision}{n:02}").parse().unwrap();
            entry.at -= chrono::Duration::hours(n as i64 * 20);
            entry
        };
        let first: Vec<Entry> = (0..16).map(|n| entry(n, "aaaa")).collect();
        let second = first.iter().enumerate().map(|(n, first)| {
            let replaces: Vec<RevisionId> = vec![first.revision.clone()];
            Entry { replaces, ..entry(n, "bbbb") }
        });
        let second: Vec<_> = second.map(|entry| file(&entry)).collect();
        Sealed { identity, first: first.iter().map(file).collect(), second }
    })
}

/// What others do to the folder, its files, its packs or the clock.
#[derive(Clone, Debug)]
enum Deed {
    Comes(Index),
    IsEdited(Index),
    Goes(Index),
    ComesBack(Index),
    IsDamagedInPlace(Index),
    TimeIsRestored,
    PackIsFlipped(Index),
    ClockIsSet(i64),
    Waits(i64),
}

fn deed() -> impl Strategy<Value = Deed> {
    let at = any::<Index>;
    prop_oneof![
        4 => at().prop_map(Deed::Comes),
        4 => at().prop_map(Deed::IsEdited),
        2 => at().prop_map(Deed::Goes),
        2 => at().prop_map(Deed::ComesBack),
        1 => at().prop_map(Deed::IsDamagedInPlace),
        2 => Just(Deed::TimeIsRestored),
        1 => at().prop_map(Deed::PackIsFlipped),
        1 => (-100 * HOUR..100 * HOUR).prop_map(Deed::ClockIsSet),
        3 => (0..4_000_000_000i64).prop_map(Deed::Waits),
    ]
}

impl Deed {
    fn does(&self, files: &mut Files) {
        let (month, Sealed { first, second, .. }) = (Path::new(MONTH), sealed());
        let one_of = |files: &mut Files, at: &Index| -> Option<OsString> {
            let names = files.listed(month);
            (!names.is_empty()).then(|| at.get(&names).clone())
        };
        match self {
            Deed::Comes(at) | Deed::ComesBack(at) => {
                let (name, bytes) = at.get(first);
                files.put(month, name, &bytes[..]);
            }
            Deed::IsEdited(at) => {
                let at = at.index(first.len());
                files.put(month, &second[at].0, &second[at].1[..]);
                files.remove(month, first[at].0.as_ref());
            }
            Deed::Goes(at) => {
                let name = one_of(files, at);
                name.iter().for_each(|name| files.remove(month, name));
            }
            Deed::IsDamagedInPlace(at) => {
                let name = one_of(files, at);
                let flip = |bytes: &mut Vec<u8>| *bytes.last_mut().unwrap() ^= 1;
                name.iter().for_each(|name| files.overwrite(month, name, flip));
            }
            Deed::TimeIsRestored => {
                let modified = files.modified(month) - 1_000_000;
                files.restore_time(month, modified);
            }
            Deed::PackIsFlipped(at) => {
                let caches = Path::new("/cache");
                for folder in files.listed(caches) {
                    let folder = caches.join(folder);
                    let flip = |bytes: &mut Vec<u8>| {
                        let place = at.index(bytes.len());
                        bytes[place] ^= 1;
                    };
                    files.overwrite(&folder, "2026-11.pack".as_ref(), flip);
                }
            }
            // By an odd amount, so that no two moments are the same.
            Deed::ClockIsSet(by) => files.now += by | 1,
            Deed::Waits(nanos) => files.now += nanos,
        }
    }
}

#[derive(Clone, Debug)]
enum Step {
    Does(Deed),
    /// A reading, and what happens after so many of its calls.
    IsRead(u8, Vec<(usize, Deed)>),
}

fn step() -> impl Strategy<Value = Step> {
    let meanwhile = prop::collection::vec((0..60usize, deed()), 0..3);
    prop_oneof![
        3 => deed().prop_map(Step::Does),
        2 => (0..3u8, meanwhile).prop_map(|(which, deeds)| Step::IsRead(which, deeds)),
    ]
}

fn query(which: u8) -> Query {
    let all = Query::everything();
    match which {
        0 => all,
        1 => Query { last: Some(3), ..all },
        _ => Query { containing: vec![TextMatcher::text("bbbb").unwrap()], ..all },
    }
}

/// What a reading shows: ids, words, and what is damaged.
type Shown = (Vec<(String, String)>, Vec<String>);

fn read(journal: &Journal, disk: &SimulatedDisk, which: u8) -> Shown {
    let now = DateTime::from_timestamp_nanos(disk.change(|files| files.now)).fixed_offset();
    let found = journal.find(&query(which), &sealed().identity, &Clock::at(now)).unwrap();
    let entries = found.entries.iter().map(|kept| {
        let Value::Text(words) = &kept.entry.answers[0].value else { panic!("no words") };
        (kept.entry.id.to_string(), words.clone())
    });
    let mut damaged: Vec<String> =
        found.damaged.iter().map(|damaged| damaged.path.display().to_string()).collect();
    damaged.sort();
    (entries.collect(), damaged)
}

/// Are the same entries shown, and the same damage? A search may use what a pack knows of
/// a file: damage done in place since, in a file whose words do not match, is left to a
/// reading that would show it.
fn shows_the_same((entries, damaged): &Shown, plain: &Shown, which: u8) -> bool {
    let matches = |path: &str| {
        let name = path.rsplit('/').next().unwrap_or_default();
        which != 2 || !sealed().first.iter().any(|(first, _)| first == name)
    };
    entries == &plain.0
        && damaged.iter().all(|path| plain.1.contains(path))
        && plain.1.iter().all(|path| damaged.contains(path) || !matches(path))
}

fn no_pack_hides_or_changes_an_entry(
    steps: &[Step],
    tick: i64,
    has_reliable_stamps: bool,
) -> Result<(), TestCaseError> {
    let begun = DateTime::parse_from_rfc3339(NOW).unwrap().timestamp_nanos_opt().unwrap();
    let disk = SimulatedDisk::new(begun + 7, tick);
    disk.change(|files| {
        files.has_reliable_stamps = has_reliable_stamps;
        sealed().first.iter().take(12).for_each(|(name, bytes)| {
            files.put(Path::new(MONTH), name, &bytes[..]);
        });
    });
    let plain = Journal::at(Arc::new(disk.clone()), Path::new("/journal"));
    let packed = plain.clone().with_packs_in(Path::new("/cache"));
    for step in steps {
        match step {
            Step::Does(deed) => disk.change(|files| deed.does(files)),
            Step::IsRead(which, deeds) => reads_the_same(&disk, &plain, &packed, *which, deeds)?,
        }
    }
    // A while later, and again with what was packed then.
    for wait in [0, 5_000_000_000, 0] {
        disk.change(|files| files.now += wait);
        for which in 0..3 {
            prop_assert_eq!(read(&packed, &disk, which), read(&plain, &disk, which));
        }
    }
    Ok(())
}

fn reads_the_same(
    disk: &SimulatedDisk,
    plain: &Journal,
    packed: &Journal,
    which: u8,
    deeds: &[(usize, Deed)],
) -> Result<(), TestCaseError> {
    let before = read(plain, disk, 0);
    for (after, deed) in deeds.iter().cloned() {
        let change: Change = Box::new(move |files| deed.does(files));
        disk.plan(after, change);
    }
    let shown = read(packed, disk, which);
    disk.settle();
    let after = read(plain, disk, which);
    match deeds {
        [] => prop_assert!(shows_the_same(&shown, &after, which), "{shown:?}, not {after:?}"),
        // What was there before and is there afterwards was there all the time, in one
        // version or the other.
        [_] if which == 0 => {
            let ids = |shown: &Shown| -> BTreeSet<String> {
                shown.0.iter().map(|(id, _)| id.clone()).collect()
            };
            let (before, after, shown) = (ids(&before), ids(&after), ids(&shown));
            let throughout: BTreeSet<_> = before.intersection(&after).collect();
            prop_assert!(throughout.iter().all(|id| shown.contains(*id)));
        }
        _ => {}
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]
    #[test]
    fn no_clock_and_no_hand_of_others_makes_a_pack_hide_or_change_an_entry(
        steps in prop::collection::vec(step(), 1..24),
        tick in prop_oneof![Just(1i64), Just(4_000_000), Just(1_000_000_000), Just(2_000_000_000)],
        has_reliable_stamps in prop::bool::weighted(0.8),
    ) {
        no_pack_hides_or_changes_an_entry(&steps, tick, has_reliable_stamps)?;
    }
}

#[test]
fn damage_in_place_is_told_by_the_first_reading_that_would_show_the_file() {
    let any_file = any::<Index>().new_tree(&mut TestRunner::deterministic()).unwrap().current();
    for which in 0..3 {
        let steps = [
            Step::Does(Deed::Waits(5_000_000_000)),
            Step::IsRead(0, Vec::new()),
            Step::Does(Deed::IsDamagedInPlace(any_file)),
            Step::IsRead(which, Vec::new()),
        ];
        no_pack_hides_or_changes_an_entry(&steps, 1, true).unwrap();
    }
}
