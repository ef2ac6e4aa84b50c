//! What a journal holds after two devices are merged, by names alone; nothing is opened.
//! No name is ever used again, so merging is a set union of names. Where the sides have
//! different bytes under one name, such as an entry that each of them imported,
//! `entries` chooses the same bytes on every device.

use std::collections::{BTreeMap, BTreeSet};

use crate::journal::JournalFile;

/// git's id of a file's bytes.
pub type Oid = String;

/// The files of one commit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree {
    /// The files of entries and attachments, by our own names.
    pub entries: BTreeMap<JournalFile, Oid>,
    /// All other files by path: mode and object id.
    pub others: BTreeMap<Vec<u8>, (String, Oid)>,
}

/// Every file in the folder here, in its last commit (`ours`) or in `theirs`, and which
/// bytes win; `None` if only the folder has them so far. A missing file means
/// nothing: it may have been lost, or an old copy of the folder may have been restored.
pub fn entries(
    here: &BTreeSet<JournalFile>,
    base: &Tree,
    ours: &Tree,
    theirs: &Tree,
) -> BTreeMap<JournalFile, Option<Oid>> {
    let (base, ours, theirs) = (&base.entries, &ours.entries, &theirs.entries);
    let files: BTreeSet<&JournalFile> =
        here.iter().chain(ours.keys()).chain(theirs.keys()).collect();
    let bytes = |file: &JournalFile| {
        // What was published first counts. If that's unknown, both
        // devices choose the same bytes.
        let smaller = [ours.get(file), theirs.get(file)].into_iter().flatten().min();
        base.get(file).or(smaller).cloned()
    };
    files.into_iter().map(|file| (file.clone(), bytes(file))).collect()
}

/// All other files: what they changed since, and otherwise ours.
pub fn others(base: &Tree, ours: &Tree, theirs: &Tree) -> BTreeMap<Vec<u8>, (String, Oid)> {
    let mut merged = ours.others.clone();
    for path in changed(base, ours, theirs) {
        if ours.others.get(&path) != base.others.get(&path) {
            continue;
        }
        match theirs.others.get(&path) {
            Some(theirs) => merged.insert(path, theirs.clone()),
            None => merged.remove(&path),
        };
    }
    merged
}

/// May a commit of ours have this path and mode? Others can make trees that git reads and
/// refuses to write.
pub fn is_storable(path: &[u8], mode: &str) -> bool {
    let is_reserved = |part: &[u8]| {
        // As file systems see it that ignore case, what follows a colon, and dots and
        // spaces at the end.
        let end = part.iter().position(|byte| *byte == b':').unwrap_or(part.len());
        let name = part[..end].to_ascii_lowercase();
        let ascii: Vec<u8> = name.into_iter().filter(u8::is_ascii).collect();
        let name = ascii.trim_ascii_end();
        let bare = name.strip_suffix(b".").unwrap_or(name).trim_ascii_end();
        let is_gits = [&b".git"[..], b"git~1"].iter().any(|it| *it == name || *it == bare);
        is_gits || [&b""[..], b".", b".."].contains(&part)
    };
    ["100644", "100755", "120000", "160000"].contains(&mode)
        && !path.contains(&b'\\')
        && !path.split(|byte| *byte == b'/').any(is_reserved)
}

/// The paths outside the journal that they changed and we didn't change likewise.
pub fn changed(base: &Tree, ours: &Tree, theirs: &Tree) -> Vec<Vec<u8>> {
    let (base, ours, theirs) = (&base.others, &ours.others, &theirs.others);
    let paths: BTreeSet<&Vec<u8>> = base.keys().chain(theirs.keys()).collect();
    let differs = |path: &&Vec<u8>| {
        theirs.get(*path) != base.get(*path) && theirs.get(*path) != ours.get(*path)
    };
    paths.into_iter().filter(differs).cloned().collect()
}

/// Those of the other files that are where entries must go: at the path of an entry or of
/// its folder, or below an entry's path.
pub fn in_the_way(
    others: &BTreeMap<Vec<u8>, (String, Oid)>,
    entries: &BTreeSet<Vec<u8>>,
) -> Vec<Vec<u8>> {
    let is_in_the_way = |path: &&Vec<u8>| {
        let below = [path.as_slice(), b"/"].concat();
        let mut folders = path.iter().enumerate().filter(|(_, byte)| **byte == b'/');
        entries.contains(*path)
            || entries.range(below.clone()..).next().is_some_and(|it| it.starts_with(&below))
            || folders.any(|(end, _)| entries.contains(&path[..end]))
    };
    others.keys().filter(is_in_the_way).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seal::EntryFileName;

    #[test]
    fn bytes_that_disagree_are_settled_alike_on_both_sides() {
        let file = JournalFile::Entry(EntryFileName {
            day: "2026-11-23".parse().unwrap(),
            id: "aaaaaaaaaa".parse().unwrap(),
            revision: "000001".parse().unwrap(),
        });
        let of = |bytes: &str| Tree {
            entries: BTreeMap::from([(file.clone(), bytes.to_owned())]),
            ..Tree::default()
        };
        let here = BTreeSet::from([file.clone()]);
        let none = Tree::default();
        let merged =
            |base: &Tree, ours: &str, theirs: &str| entries(&here, base, &of(ours), &of(theirs));
        assert_eq!(merged(&none, "x", "y"), merged(&none, "y", "x"));
        let first = merged(&of("z"), "z", "a");
        assert_eq!(first[&file].as_deref(), Some("z"));
    }

    #[test]
    fn what_is_under_an_entrys_name_or_its_folders_is_in_the_way() {
        let entries = BTreeSet::from(["j/2026/11/a.age", "j/2026/11/b.age"].map(Vec::from));
        let paths = ["j", "j/2026/11", "j/2026/11/b.age/x", "j/2026/11/a.age", "j/2026/11/a", "k"];
        let others = paths.map(|path| (Vec::from(path), ("100644".to_owned(), "1".to_owned())));
        let found = in_the_way(&others.into(), &entries);
        assert_eq!(
            found,
            ["j", "j/2026/11", "j/2026/11/a.age", "j/2026/11/b.age/x"].map(Vec::from)
        );
    }

    #[test]
    fn what_git_refuses_to_store_is_left_where_it_is() {
        for path in ["a/.git/x", ".GIT", "a//b", "../x", "git~1", ".git ./x", "a\\.git\\x"] {
            assert!(!is_storable(path.as_bytes(), "100644"), "{path}");
        }
        for path in [".gitignore", ".github/x", "a\nb", "\u{e9}", "..."] {
            assert!(is_storable(path.as_bytes(), "120000"), "{path}");
        }
        assert!(!is_storable(b"a", "100664"));
    }

    #[test]
    fn of_other_files_theirs_are_taken_where_ours_did_not_change() {
        let of = |pairs: &[(&str, &str)]| {
            let others = pairs.iter().map(|(path, bytes)| {
                (path.as_bytes().to_vec(), ("100644".to_owned(), bytes.to_string()))
            });
            Tree { others: others.collect(), ..Tree::default() }
        };
        let (base, ours) = (of(&[("a", "1"), ("b", "1")]), of(&[("a", "1"), ("b", "2")]));
        let theirs = of(&[("b", "3"), ("c", "1")]);
        assert_eq!(others(&base, &ours, &theirs), of(&[("b", "2"), ("c", "1")]).others);
        assert_eq!(changed(&base, &ours, &theirs), [b"a", b"b", b"c"].map(|p| p.to_vec()));
        assert!(changed(&base, &ours, &ours).is_empty());
    }
}
