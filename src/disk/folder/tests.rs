use super::*;
use crate::disk::RealDisk;
use std::os::unix::fs::{PermissionsExt, symlink};

fn mode(path: &Path) -> u32 {
    path.metadata().unwrap().permissions().mode() & 0o777
}

#[test]
fn folders_and_files_are_their_owners_alone() {
    let home = tempfile::tempdir().unwrap();
    let folder = Folder::make(&RealDisk::default(), &home.path().join("a/b")).unwrap();
    let inner = folder.enter("2026").unwrap();
    inner.publish("x.age", b"bytes").unwrap();
    inner.put("y", b"bytes", Confirm::No).unwrap();
    assert_eq!(mode(&home.path().join("a")), 0o700);
    assert_eq!(mode(&home.path().join("a/b/2026")), 0o700);
    assert_eq!(mode(&home.path().join("a/b/2026/x.age")), 0o600);
    assert_eq!(mode(&home.path().join("a/b/2026/y")), 0o600);
}

#[test]
fn many_who_make_a_folder_at_once_all_get_it() {
    for _ in 0..50 {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("a/b/c");
        let make = || Folder::make(&RealDisk::default(), &path).map(drop).unwrap();
        std::thread::scope(|scope| (0..8).for_each(|_| drop(scope.spawn(make))));
    }
}

#[test]
fn a_link_inside_is_not_followed_and_one_to_the_whole_is() {
    let home = tempfile::tempdir().unwrap();
    let elsewhere = home.path().join("elsewhere");
    std::fs::create_dir(&elsewhere).unwrap();
    symlink(&elsewhere, home.path().join("journal")).unwrap();
    let journal = Folder::make(&RealDisk::default(), &home.path().join("journal")).unwrap();
    symlink(home.path(), elsewhere.join("2026")).unwrap();
    let entered = journal.enter("2026").map(drop);
    assert!(
        matches!(&entered, Err(e) if matches!(e.of(), Some(DiskError::NotAFolder { symlink: true, .. }))),
        "{entered:?}"
    );
}

#[test]
fn what_is_no_folder_is_named_though_one_below_it_was_meant() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("notes.txt");
    std::fs::write(&file, "words").unwrap();
    let opened = Folder::open(&RealDisk::default(), &file.join("journal/2026")).map(drop);
    assert!(
        matches!(&opened, Err(e) if matches!(e.of(), Some(DiskError::NotAFolder { path, .. }) if *path == file)),
        "{opened:?}"
    );
}

#[test]
fn a_link_to_nowhere_is_named_and_not_replaced() {
    let home = tempfile::tempdir().unwrap();
    let link = home.path().join("journal");
    symlink("/nowhere/at/all", &link).unwrap();
    let made = Folder::make(&RealDisk::default(), &link).map(drop);
    assert!(
        matches!(&made, Err(e) if matches!(e.of(), Some(DiskError::NotAFolder { symlink: true, .. }))),
        "{made:?}"
    );
    assert!(link.is_symlink());
}

#[test]
fn a_link_is_neither_replaced_nor_written_through() {
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join("target"), "theirs").unwrap();
    symlink("target", home.path().join("x")).unwrap();
    let folder = Folder::open(&RealDisk::default(), home.path()).unwrap();
    assert!(
        matches!(folder.put("x", b"ours", Confirm::Yes), Err(e) if matches!(e.of(), Some(DiskError::NotAPlainFile { .. })))
    );
    let replaced = folder.replace("x", b"ours", |_| true);
    assert!(matches!(replaced, Err(e) if matches!(e.of(), Some(DiskError::NotAPlainFile { .. }))));
    assert_eq!(std::fs::read(home.path().join("target")).unwrap(), b"theirs");
}

#[test]
fn what_does_not_read_back_well_replaces_nothing() {
    let home = tempfile::tempdir().unwrap();
    let folder = Folder::open(&RealDisk::default(), home.path()).unwrap();
    folder.publish("x", b"old").unwrap();
    assert!(!folder.replace("x", b"new", |there| there == b"something else").unwrap());
    assert_eq!(std::fs::read(home.path().join("x")).unwrap(), b"old");
    assert!(folder.replace("x", b"new", |there| there == b"new").unwrap());
    assert_eq!(std::fs::read(home.path().join("x")).unwrap(), b"new");
    assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 1);
}

#[test]
fn a_new_file_leaves_one_of_its_name_as_it_is_and_says_that_the_name_is_taken() {
    let home = tempfile::tempdir().unwrap();
    let folder = Folder::open(&RealDisk::default(), home.path()).unwrap();
    folder.publish("x", b"first").unwrap();
    assert!(folder.publish("x", b"second").is_err_and(|error| error.is_taken()));
    assert_eq!(std::fs::read(home.path().join("x")).unwrap(), b"first");
}

/// Makes files that were last changed so many seconds before the folder was.
fn make_aged(home: &Path, files: &[(&str, u64)]) {
    let now = std::time::SystemTime::now();
    for (name, seconds) in files {
        let file = std::fs::File::create(home.join(name)).unwrap();
        file.set_modified(now - std::time::Duration::from_secs(*seconds)).unwrap();
    }
    std::fs::File::open(home).unwrap().set_modified(now).unwrap();
}

#[test]
fn unfinished_files_are_swept_a_day_after_they_were_abandoned_and_nothing_else_is() {
    const DAY: u64 = 24 * 60 * 60;
    let home = tempfile::tempdir().unwrap();
    // The link was made just now; what it leads to is old.
    symlink("old", home.path().join(".inward-link")).unwrap();
    std::fs::create_dir(home.path().join(".inward-folder")).unwrap();
    make_aged(
        home.path(),
        &[
            ("old", 9 * DAY),
            ("inward-x", 9 * DAY),
            (".inward-fresh", 0),
            (".inward-today", DAY),
            (".inward-abandoned", DAY + 1),
            (".replacing-fresh", 0),
            (".replacing-abandoned", 9 * DAY),
        ],
    );
    let folder = Folder::open(&RealDisk::default(), home.path()).unwrap();
    let unfinished = || -> Vec<String> {
        let name = |path: &PathBuf| path.strip_prefix(home.path()).unwrap().display().to_string();
        folder.unfinished().iter().map(name).collect()
    };
    assert_eq!(unfinished().len(), 7);
    folder.sweep();
    let stay =
        [".inward-folder", ".inward-fresh", ".inward-link", ".inward-today", ".replacing-fresh"];
    assert_eq!(unfinished(), stay);
    assert!(home.path().join("old").exists() && home.path().join("inward-x").exists());
}

#[test]
fn a_file_that_is_not_there_counts_as_removed_and_one_that_stays_does_not() {
    let home = tempfile::tempdir().unwrap();
    let folder = Folder::open(&RealDisk::default(), home.path()).unwrap();
    folder.remove("absent").unwrap();
    std::fs::create_dir(home.path().join("full")).unwrap();
    let error = folder.remove("full").unwrap_err();
    assert!(error.to_string().contains("remove"), "{error}");
    assert!(home.path().join("full").exists());
}
