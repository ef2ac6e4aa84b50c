//! What a journal holds after two devices have met: names alone, and nothing is
//! opened. Files never change and no name is used twice, so a merge is one of
//! sets, and there can be no conflict in it.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::seal::EntryFileName;

/// What git calls a file's bytes.
pub type Oid = String;

/// What one commit holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree {
    /// The files of entries, under our own names for them.
    pub entries: BTreeMap<EntryFileName, Oid>,
    /// Everything else, by its path: mode and bytes.
    pub others: BTreeMap<Vec<u8>, (String, Oid)>,
}

/// Which files stand after the merge of the folder here, whose last commit is
/// `ours`, with `theirs`; and which bytes each has. `None`: they lie in the
/// folder alone so far.
///
/// Everything that anyone has stands, but what is known to be replaced because
/// its successor was opened. A file that is missing says nothing: it may have
/// been lost, or an old copy of the folder may have been put back.
pub fn entries(
    here: &BTreeSet<EntryFileName>,
    base: &Tree,
    ours: &Tree,
    theirs: &Tree,
    replaced: &HashSet<EntryFileName>,
) -> BTreeMap<EntryFileName, Option<Oid>> {
    let (base, ours, theirs) = (&base.entries, &ours.entries, &theirs.entries);
    let all: BTreeSet<&EntryFileName> =
        here.iter().chain(ours.keys()).chain(theirs.keys()).collect();
    let bytes = |label: &EntryFileName| {
        // What was published first stands. Where it cannot be told, both
        // devices choose the same.
        let apart = [ours.get(label), theirs.get(label)].into_iter().flatten().min();
        base.get(label).or(apart).cloned()
    };
    let stay = all.into_iter().filter(|label| !replaced.contains(label));
    stay.map(|label| (label.clone(), bytes(label))).collect()
}

/// Everything else: what they changed since, and otherwise ours.
pub fn others(base: &Tree, ours: &Tree, theirs: &Tree) -> BTreeMap<Vec<u8>, (String, Oid)> {
    let mut merged = ours.others.clone();
    for path in changed(base, ours, theirs) {
        if ours.others.get(&path) != base.others.get(&path) {
            continue;
        }
        match theirs.others.get(&path) {
            Some(there) => merged.insert(path, there.clone()),
            None => merged.remove(&path),
        };
    }
    merged
}

/// The paths outside the journal that they changed, and we did not likewise.
pub fn changed(base: &Tree, ours: &Tree, theirs: &Tree) -> Vec<Vec<u8>> {
    let (base, ours, theirs) = (&base.others, &ours.others, &theirs.others);
    let paths: BTreeSet<&Vec<u8>> = base.keys().chain(theirs.keys()).collect();
    let differs = |path: &&Vec<u8>| {
        theirs.get(*path) != base.get(*path) && theirs.get(*path) != ours.get(*path)
    };
    paths.into_iter().filter(differs).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(name: &str) -> EntryFileName {
        let (id, revision) = name.split_at(1);
        EntryFileName {
            day: "2026-11-23".parse().unwrap(),
            id: id.repeat(10).parse().unwrap(),
            revision: format!("{revision:0>6}").parse().unwrap(),
        }
    }

    fn tree(names: &str) -> Tree {
        let names = names.split_whitespace();
        let entries = names.map(|name| (label(name), format!("bytes of {name}"))).collect();
        Tree { entries, ..Tree::default() }
    }

    /// Names are an entry's letter and a revision's number.
    #[track_caller]
    fn merges([here, base, ours, theirs, replaced]: [&str; 5], into: &str) {
        let labels = |names: &str| names.split_whitespace().map(label).collect::<Vec<_>>();
        let here = labels(here).into_iter().collect();
        let replaced = labels(replaced).into_iter().collect();
        let merged = entries(&here, &tree(base), &tree(ours), &tree(theirs), &replaced);
        let merged: Vec<EntryFileName> = merged.into_keys().collect();
        let into: BTreeSet<EntryFileName> = labels(into).into_iter().collect();
        assert_eq!(merged, into.into_iter().collect::<Vec<_>>());
    }

    #[test]
    fn what_either_wrote_stands() {
        merges(["a1 b1", "a1", "a1", "a1 c1", ""], "a1 b1 c1");
        merges(["a1", "", "", "c1", ""], "a1 c1");
        merges(["a2", "a1", "a1", "a3", "a1"], "a2 a3");
    }

    #[test]
    fn what_is_known_to_be_replaced_goes_on_both_sides() {
        merges(["a2", "a1", "a1", "a1", "a1"], "a2");
        merges(["a1 a2", "a1", "a1", "a2", "a1"], "a2");
    }

    #[test]
    fn a_file_that_is_merely_missing_comes_back() {
        merges(["", "a1 b1", "a1 b1", "a1 b1", ""], "a1 b1");
        merges(["a1 b1", "a1 b1", "a1 b1", "", ""], "a1 b1");
        merges(["", "", "a1", "a1", ""], "a1");
    }

    #[test]
    fn an_old_copy_of_the_folder_that_is_put_back_undoes_no_edit() {
        merges(["a1", "a2", "a2", "a2", "a1"], "a2");
        merges(["a1", "a2", "a2", "a2", ""], "a1 a2");
    }

    #[test]
    fn of_two_edits_made_apart_neither_goes_with_its_file() {
        merges(["a3", "a2 a3", "a2 a3", "a2 a3", ""], "a2 a3");
    }

    #[test]
    fn bytes_that_disagree_are_settled_alike_on_both_sides() {
        let of = |bytes: &str| Tree {
            entries: BTreeMap::from([(label("a1"), bytes.to_owned())]),
            ..Tree::default()
        };
        let here = BTreeSet::from([label("a1")]);
        let none = Tree::default();
        let merged = |base: &Tree, ours: &str, theirs: &str| {
            entries(&here, base, &of(ours), &of(theirs), &HashSet::new())
        };
        assert_eq!(merged(&none, "x", "y"), merged(&none, "y", "x"));
        let first = merged(&of("z"), "z", "a");
        assert_eq!(first[&label("a1")].as_deref(), Some("z"));
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
