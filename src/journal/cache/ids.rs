//! How the ids of each month begin, noted down: enough to know which months'
//! names do not matter to somebody who looks for a few entries. With the names of
//! a hundred years that is sooner read than all of them.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::ffi::OsStr;
use std::path::Path;

use chrono::NaiveDate;

use super::noted::{NoteKind, Notes};
use crate::error::Result;
use crate::journal::names::{Month, Name, Names, Stamp};

/// As many symbols of an id as tell nearly all apart; where they do not, a month
/// is listed that need not be.
const SYMBOLS: usize = 6;
/// `2026-11-23`.
const DAY: usize = 10;
/// How often months are looked at that change meanwhile.
const TRIES: usize = 3;

pub const IDS: NoteKind = NoteKind { file: "ids.age", purpose: "inward ids 1", of: note };

/// The latest day in a month's names, and how their ids begin.
fn note(month: &Month) -> String {
    let latest = month.iter().map(|name| name.parts.day).max();
    let ids = month.iter().map(|name| &name.parts.id[..SYMBOLS]);
    latest.map_or(String::new(), |day| day.to_string() + &ids.collect::<String>())
}

/// Names among which the latest so many entries are, with every other name that
/// those entries have. `None` where that is not known sooner than all names are.
pub fn near(root: &Path, notes: &Notes, count: usize) -> Result<Option<Names>> {
    let Some(briefs) = Briefs::of(notes) else { return Ok(None) };
    // Some of the latest may be gone since.
    let Some(boundary) = briefs.boundary(2 * count) else { return Ok(None) };
    let mut wanted: HashSet<&Path> = HashSet::new();
    let mut known = Vec::new();
    for _ in 0..TRIES {
        let needless = |path: &Path, stamp: Option<Stamp>| {
            path.as_os_str() < boundary && !wanted.contains(path) && briefs.is_known(path, stamp)
        };
        let names = Names::list_but(root, known, &needless)?;
        let late = names.months.iter().filter(|month| month.path.as_os_str() >= boundary);
        let enough = late.map(|month| month.iter().count()).sum::<usize>() >= count;
        let few = names.listed * 8 <= briefs.0.len() + 32;
        let Some((found, since)) = names.latest(count).filter(|_| enough && few) else {
            return Ok(None);
        };
        let before = wanted.len();
        wanted.extend(briefs.concerned(&names, &found, since));
        if wanted.len() == before {
            return Ok(Some(names));
        }
        known = names.months;
    }
    Ok(None)
}

/// What is known of months without their names.
struct Briefs<'n>(HashMap<&'n Path, Brief<'n>>);

struct Brief<'n> {
    stamp: Stamp,
    /// The latest day; none where there is no entry.
    latest: Option<NaiveDate>,
    ids: &'n [u8],
}

impl<'n> Briefs<'n> {
    /// Nothing where one cannot have been so.
    fn of(notes: &'n Notes) -> Option<Briefs<'n>> {
        let brief = |(path, stamp, noted): (&'n Path, Stamp, &'n str)| {
            let (day, ids) = noted.split_at_checked(DAY).unwrap_or_default();
            let latest = if noted.is_empty() { None } else { Some(day.parse().ok()?) };
            let whole = ids.len().is_multiple_of(SYMBOLS) && ids.is_empty() == noted.is_empty();
            whole.then_some((path, Brief { stamp, latest, ids: ids.as_bytes() }))
        };
        Some(Briefs(notes.months().map(brief).collect::<Option<_>>()?))
    }

    /// Is a month as it was noted, as far as somebody has looked?
    fn is_known(&self, path: &Path, stamp: Option<Stamp>) -> bool {
        let known = self.0.get(path);
        known.is_some_and(|brief| stamp.is_none_or(|stamp| brief.stamp == stamp))
    }

    /// The earliest of the latest months that have so many names together.
    fn boundary(&self, count: usize) -> Option<&'n OsStr> {
        let months = self.0.iter().map(|(path, brief)| (path.as_os_str(), brief.ids.len()));
        let mut months: Vec<(&OsStr, usize)> = months.collect();
        months.sort_unstable_by_key(|(path, _)| Reverse(*path));
        let mut left = count * SYMBOLS;
        months.into_iter().find_map(|(path, length)| {
            left = left.saturating_sub(length);
            (left == 0).then_some(path)
        })
    }

    /// The months, of those that were not listed, in which one of these entries may
    /// have another name, or a later entry lies.
    fn concerned(
        &self,
        listed: &Names,
        found: &[Name],
        since: NaiveDate,
    ) -> impl Iterator<Item = &'n Path> {
        let listed: HashSet<&Path> = listed.months.iter().map(|month| &*month.path).collect();
        let ids: HashSet<&[u8]> =
            found.iter().map(|name| &name.parts.id.as_bytes()[..SYMBOLS]).collect();
        // Two symbols tell of nearly all that they are none of a few.
        let pair = |id: &[u8]| usize::from(u16::from_be_bytes([id[0], id[1]]));
        let mut begins = vec![false; 1 << 16];
        ids.iter().for_each(|id| begins[pair(id)] = true);
        let may_be = move |id: &[u8]| begins[pair(id)] && ids.contains(id);
        let concerned = move |(path, brief): (&&'n Path, &Brief)| {
            let late = brief.latest.is_some_and(|latest| latest >= since);
            let may =
                !listed.contains(path) && (late || brief.ids.chunks_exact(SYMBOLS).any(&may_be));
            may.then_some(*path)
        };
        self.0.iter().filter_map(concerned).collect::<Vec<_>>().into_iter()
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;
    use std::time::Duration;

    use proptest::prelude::*;

    use super::super::Cache;
    use super::super::noted::{Noted, tells_of_changes};
    use super::*;
    use crate::seal::Identity;
    use crate::wiped::Wiped;

    /// A journal's folders with names in them, and no entry behind any.
    struct Shelf {
        folder: tempfile::TempDir,
        identity: Identity,
    }

    impl Shelf {
        /// Four entries a month over six years, and their names noted.
        fn noted() -> Option<Shelf> {
            let shelf =
                Shelf { folder: tempfile::tempdir().unwrap(), identity: Identity::generate() };
            for n in 0..6 * 12 * 4 {
                let (year, month, day) = (2021 + n / 48, 1 + n / 4 % 12, 1 + n % 4 * 7);
                shelf.put(&format!("{year}/{month:02}"), &format!("{year}-{month:02}-{day:02}"), n);
            }
            // Folders that changed a moment ago are not noted.
            std::thread::sleep(Duration::from_millis(3100));
            shelf.cache().names(&shelf.root(), &shelf.identity).unwrap();
            tells_of_changes(shelf.folder.path()).then_some(shelf)
        }

        fn root(&self) -> PathBuf {
            self.folder.path().join("journal")
        }

        fn cache(&self) -> Cache {
            Cache { folder: self.folder.path().join("cache") }
        }

        fn put(&self, month: &str, day: &str, n: u32) {
            let folder = self.root().join(month);
            std::fs::create_dir_all(&folder).unwrap();
            // The ids are told apart by their last symbols, as seldom as that is.
            let id = format!("{:06}aaaa", n % 200 * 37) + if n < 200 { "" } else { "b" };
            std::fs::write(folder.join(format!("{day}-{id}.{n:06}.age")), "").unwrap();
        }

        fn near(&self, count: usize) -> Option<Names> {
            self.cache().near(&self.root(), &self.identity, count).unwrap()
        }

        /// The latest, with few names known and with all; how many months were read.
        #[track_caller]
        fn shows_the_same(&self) -> Vec<Option<usize>> {
            let paths = |names: &[Name]| names.iter().map(Name::path).collect::<Vec<_>>();
            let all = Names::list(&self.root(), Vec::new()).unwrap();
            let each = [1, 9, 16].into_iter().map(|count| {
                let near = self.near(count)?;
                let (found, since) = near.latest(count).unwrap();
                let (expected, from) = all.latest(count).unwrap();
                assert_eq!((paths(&found), since), (paths(&expected), from), "of {count}");
                Some(near.months.len())
            });
            each.collect()
        }
    }

    #[test]
    fn of_a_long_journal_few_months_are_read_for_its_newest_entries() {
        let Some(shelf) = Shelf::noted() else { return };
        let read = shelf.shows_the_same();
        assert!(read.iter().all(|read| read.is_some_and(|months| months < 20)), "{read:?}");
        // A new entry, and one in a month of its own.
        shelf.put("2026/12", "2026-12-24", 300);
        shelf.put("2027/01", "2027-01-03", 301);
        assert!(shelf.shows_the_same().iter().all(Option::is_some));
        // An old revision of the newest comes back into an old month, and another
        // entry of that month goes.
        shelf.put("2022/05", "2022-05-09", 301);
        let old = Names::list(&shelf.root(), Vec::new()).unwrap();
        let gone = old.iter().find(|name| name.parts.day.to_string() == "2023-02-15").unwrap();
        std::fs::remove_file(gone.path()).unwrap();
        assert!(shelf.shows_the_same().iter().all(Option::is_some));
        // The newest months go.
        for month in ["2027/01", "2026/12"] {
            std::fs::remove_dir_all(shelf.root().join(month)).unwrap();
        }
        shelf.shows_the_same();
        // A later day lies in an old month: nothing is known without all names.
        shelf.put("2021/03", "2029-01-01", 302);
        assert!(shelf.near(1).is_none());
    }

    #[test]
    fn an_entry_with_a_name_in_a_month_that_did_not_change_is_found_there() {
        let Some(shelf) = Shelf::noted() else { return };
        // The 60th entry, moved to a later day, and its old file still there.
        let before = Names::list(&shelf.root(), Vec::new()).unwrap();
        let old = before.iter().find(|name| name.parts.revision == "000060").unwrap();
        let id = old.parts.id;
        let new = shelf.root().join(format!("2026/12/2026-12-30-{id}.bbbbbb.age"));
        std::fs::write(new, "").unwrap();
        let near = shelf.near(1).unwrap();
        let (found, _) = near.latest(1).unwrap();
        let revisions: Vec<&str> = found.iter().map(|name| name.parts.revision).collect();
        assert!(revisions.contains(&"000060") && revisions.contains(&"bbbbbb"), "{revisions:?}");
        assert!(shelf.shows_the_same().iter().all(Option::is_some));
    }

    #[test]
    fn what_is_no_note_of_ours_goes_and_is_made_anew() {
        let Some(shelf) = Shelf::noted() else { return };
        let file = shelf.cache().folder.join(IDS.file);
        let whole = std::fs::read(&file).unwrap();
        let own = shelf.identity.own().unwrap();
        let names = std::fs::read(shelf.cache().folder.join("names.age")).unwrap();
        let forged = own.seal_bytes(b"inward ids 1 00\nend\n").unwrap();
        for bytes in [&whole[..whole.len() - 1], b"", &names, &forged] {
            std::fs::write(&file, bytes).unwrap();
            assert!(shelf.near(1).is_none());
            assert!(!file.exists(), "it is not trusted again");
            shelf.cache().names(&shelf.root(), &shelf.identity).unwrap();
            assert!(shelf.near(1).is_some(), "and was made anew");
        }
    }

    #[test]
    fn a_key_that_opens_nothing_reads_no_note() {
        let Some(shelf) = Shelf::noted() else { return };
        let other = Identity::generate();
        assert!(shelf.cache().near(&shelf.root(), &other, 1).unwrap().is_none());
        assert!(Noted::at(&shelf.cache().folder, &IDS, &other).is_some());
    }

    const NOTED: &str = "inward ids 1\n2026/11 7 4096 -1 1800000000000000000 22\n2026-11-24k3v9q2k3v9q32026/10 8 4096 5 6 0\nend\n";

    proptest! {
        #[test]
        fn whatever_was_noted_is_read_or_refused(
            at in any::<prop::sample::Index>(),
            cut in 0..40usize,
            put in prop_oneof![".{0,20}", "[0-9a-z /.-]{0,24}", Just("18446744073709551615".to_owned())],
        ) {
            let mut text: Vec<char> = NOTED.chars().collect();
            let at = at.index(text.len() + 1);
            text.splice(at..(at + cut).min(text.len()), put.chars());
            let text = Wiped::from(text.into_iter().collect::<String>());
            let notes = Notes::parse("inward ids 1\n", text, Path::new("/journal"));
            if let Some(briefs) = notes.as_ref().and_then(Briefs::of) {
                briefs.boundary(3);
                for brief in briefs.0.values() {
                    prop_assert_eq!(brief.ids.len() % SYMBOLS, 0);
                }
            }
        }
    }
}
