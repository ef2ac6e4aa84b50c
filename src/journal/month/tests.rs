use std::sync::Mutex;

use super::*;
use crate::disk::{
    self, Dir, Disk, FileInfo, HeldFile, Hold, HoldAttempt, Links, NewFile, ReadError,
};

/// What a folder has: names, and the time of its stamp in seconds.
type FolderContents = (&'static [&'static str], i64);

/// A folder in which something may happen after each listing of it.
#[derive(Clone)]
struct ChangingFolder {
    /// What it has after so many listings.
    at: fn(usize) -> FolderContents,
    listings: Arc<Mutex<usize>>,
}

impl Disk for ChangingFolder {
    fn open(&self, _: &Path) -> io::Result<Box<dyn Dir>> {
        Ok(Box::new(self.clone()))
    }
}

impl Dir for ChangingFolder {
    fn list(&self) -> io::Result<Vec<DirItem>> {
        let mut listings = self.listings.lock().unwrap();
        let names = (self.at)(*listings).0;
        *listings += 1;
        let item = |name: &&str| DirItem { name: name.into(), kind: FileKind::File };
        Ok(names.iter().map(item).collect())
    }

    fn about(&self) -> io::Result<FileInfo> {
        let modified = (self.at)(*self.listings.lock().unwrap()).1 * 1_000_000_000;
        let stamp = FileStamp { inode: 1, size: 0, modified, changed: modified };
        Ok(FileInfo { kind: FileKind::Folder, device: 1, mode: 0o700, stamp })
    }

    fn open(&self, _: &OsStr) -> io::Result<Box<dyn Dir>> {
        unreachable!("only listed")
    }
    fn make(&self, _: &OsStr) -> io::Result<()> {
        unreachable!("only listed")
    }
    fn about_item(&self, _: &OsStr) -> io::Result<FileInfo> {
        unreachable!("only listed")
    }
    fn read(
        &self,
        _: &OsStr,
        _: u64,
        _: Links,
    ) -> std::result::Result<(Vec<u8>, FileInfo), ReadError> {
        unreachable!("only listed")
    }
    fn open_file(
        &self,
        _: &OsStr,
        _: Links,
    ) -> std::result::Result<(Box<dyn io::Read + Send>, FileInfo), ReadError> {
        unreachable!("only listed")
    }
    fn create(&self) -> io::Result<Box<dyn NewFile + '_>> {
        unreachable!("only listed")
    }
    fn remove(&self, _: &OsStr) -> io::Result<()> {
        unreachable!("only listed")
    }
    fn remove_folder(&self, _: &OsStr) -> io::Result<()> {
        unreachable!("only listed")
    }
    fn sync(&self) -> io::Result<()> {
        unreachable!("only listed")
    }
    fn check_writable(&self) -> io::Result<()> {
        unreachable!("only listed")
    }
    fn lock(&self) -> io::Result<HoldAttempt> {
        unreachable!("only listed")
    }
    fn hold(&self, _: &OsStr, _: Hold) -> Option<HeldFile> {
        unreachable!("only listed")
    }
    fn has_reliable_stamps(&self) -> bool {
        unreachable!("only listed")
    }
}

/// The time now, in seconds; stamps two seconds older are relied on.
const NOW: i64 = 100;

/// The names that a listing gives, the seconds of its stamp, and after how many listings;
/// and whether a later change would show.
#[track_caller]
fn lists(
    at: fn(usize) -> FolderContents,
    expected: FolderContents,
    listings: usize,
    settled: bool,
) {
    let disk = ChangingFolder { at, listings: Arc::default() };
    let folder = Folder::open(&disk, Path::new("11")).unwrap();
    let listing = list(&folder, NOW * 1_000_000_000).unwrap();
    let (names, modified) = (listing.names, listing.stamp.modified / 1_000_000_000);
    assert_eq!(
        (&*names, modified),
        (&*expected.0.iter().map(OsString::from).collect::<Vec<_>>(), expected.1)
    );
    assert_eq!((*disk.listings.lock().unwrap(), listing.settled), (listings, settled));
}

#[test]
fn a_folder_that_has_not_changed_for_two_seconds_is_listed_once_and_a_newer_one_twice() {
    lists(|_| (&["b", "a"], 98), (&["a", "b"], 98), 1, true);
    lists(|_| (&["b", "a"], 99), (&["a", "b"], 99), 2, false);
}

#[test]
fn a_folder_that_changes_meanwhile_is_listed_until_nothing_does() {
    // An edit adds a file, then removes another.
    let edit = |listings| match listings {
        0 => (&["old"][..], 90),
        1 => (&["new", "old"][..], 91),
        _ => (&["new"][..], 92),
    };
    lists(edit, (&["new"], 92), 3, true);
    // The same within one tick of the clock behind stamps.
    let within_a_tick = |listings| match listings {
        0 => (&["old"][..], 100),
        1 => (&["new", "old"][..], 100),
        _ => (&["new"][..], 100),
    };
    lists(within_a_tick, (&["new"], 100), 4, false);
    let only_its_stamp = |listings: usize| (&["a"][..], 99 + listings.min(2) as i64);
    lists(only_its_stamp, (&["a"], 101), 3, false);
}

#[test]
fn of_a_folder_that_keeps_changing_every_name_is_taken_that_was_there_lately() {
    let back_and_forth =
        |listings: usize| ([&["b", "c"][..], &["c", "a"]][listings % 2], listings as i64);
    lists(back_and_forth, (&["a", "b", "c"], 10), MOST_LISTINGS + 1, false);
}

#[test]
fn months_are_walked_in_either_order_and_what_is_no_folder_of_a_month_is_named() {
    let home = tempfile::tempdir().unwrap();
    let place = |path: &str| home.path().join(path);
    // Names that are no date's are somebody else's.
    for folder in ["2025/12", "2026/02", "2026/11", "2026/13", "2026/1", "202/01", "2026/no"] {
        std::fs::create_dir_all(place(folder)).unwrap();
    }
    std::fs::write(place("2026/03"), "a file").unwrap();
    std::os::unix::fs::symlink("2025", place("2024")).unwrap();
    let journal = Journal::at(disk::real(), home.path());
    let walk = |order| {
        let query = Query::everything();
        let mut months = journal.months(&query, order).unwrap();
        let names: Vec<String> = months.by_ref().map(|it| it.month.to_string()).collect();
        months.refused.sort_by(|a, b| a.path.cmp(&b.path));
        (names, months.refused)
    };
    let (oldest_first, refused) = walk(ReadOrder::OldestFirst);
    assert_eq!(oldest_first, ["2025-12", "2026-02", "2026-11"]);
    let damage = |(path, why)| Damaged { path: place(path), why };
    let expected = [
        ("2024", Damage::NotAFolder),
        ("2026/03", Damage::NotAFolder),
        ("2026/13", Damage::NotAMonth),
    ];
    assert_eq!(refused, expected.map(damage));
    let newest_first = oldest_first.into_iter().rev().collect::<Vec<_>>();
    assert_eq!(walk(ReadOrder::NewestFirst).0, newest_first);
}

#[test]
fn a_folder_that_cannot_be_read_is_damage_and_one_that_is_gone_is_not() {
    let damage = |kind: ErrorKind| folder_damage(Path::new("11"), &kind.into());
    let damaged = |why| Some(Damaged { path: "11".into(), why });
    assert_eq!(damage(ErrorKind::NotFound), None);
    assert_eq!(damage(ErrorKind::NotADirectory), damaged(Damage::NotAFile));
    let why = plain(&ErrorKind::PermissionDenied.into());
    assert_eq!(damage(ErrorKind::PermissionDenied), damaged(Damage::Unreadable { why }));
}
