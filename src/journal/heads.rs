//! Which revisions of an entry stand.

use std::collections::BTreeSet;

use crate::entry::{Entry, RevisionId};

/// All revisions that these say they replace, or are.
pub fn replaced_revisions(revisions: &[Entry]) -> Vec<RevisionId> {
    if let [only] = revisions
        && only.replaces.is_empty()
        && only.copy_of.is_none()
    {
        return vec![only.revision.clone()];
    }
    let replaced = revisions.iter().flat_map(|e| e.replaces.iter().chain(&e.copy_of));
    let all: BTreeSet<&RevisionId> =
        revisions.iter().map(|e| &e.revision).chain(replaced).collect();
    all.into_iter().cloned().collect()
}

/// Those that no other replaces, the oldest first. A revision that was only
/// sealed anew stands and falls with what it is a copy of, and of two copies
/// made apart one stands for both.
pub fn heads(revisions: &[Entry]) -> Vec<&Entry> {
    let is_replaced = |e: &Entry| {
        let by = |other: &Entry| {
            let itself = other.revision == e.revision;
            let names_it = other.replaces.contains(&e.revision);
            // The copies of one revision all name it, and none outdoes another.
            let outdoes = e.copy_of.as_ref().is_some_and(|original| {
                other.replaces.contains(original) && other.copy_of.as_ref() != Some(original)
            });
            !itself && (names_it || outdoes)
        };
        revisions.iter().any(by)
    };
    let mut heads: Vec<&Entry> = revisions.iter().filter(|e| !is_replaced(e)).collect();
    if heads.is_empty() {
        // Revisions that replace each other were not made by us. All are shown.
        heads = revisions.iter().collect();
    }
    // In whichever order they were read.
    heads.sort_by(|a, b| (a.written, &a.revision, a.at).cmp(&(b.written, &b.revision, b.at)));
    one_of_each_copy(heads)
}

/// The newest of the copies of one revision, so that every device keeps the
/// same one; but none that only says it is a copy, and says something else.
fn one_of_each_copy(heads: Vec<&Entry>) -> Vec<&Entry> {
    let mut kept: Vec<&Entry> = Vec::new();
    for head in heads.into_iter().rev() {
        if !kept.iter().any(|other| other.is_copy_of(head)) {
            kept.push(head);
        }
    }
    kept.reverse();
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entry::testing;

    fn first() -> Entry {
        Entry { revision: "aaaaaa".parse().unwrap(), ..testing::page("quiet words") }
    }

    fn edited(of: &[&Entry]) -> Entry {
        let revisions: Vec<Entry> = of.iter().map(|e| (*e).clone()).collect();
        first().revise(replaced_revisions(&revisions), first().written).unwrap()
    }

    fn copied(of: &Entry) -> Entry {
        of.clone().into_copy(replaced_revisions(std::slice::from_ref(of))).unwrap()
    }

    #[track_caller]
    fn stand(revisions: &[&Entry], heads_are: &[&Entry]) {
        let all: Vec<Entry> = revisions.iter().map(|e| (*e).clone()).collect();
        let mut expected: Vec<&RevisionId> = heads_are.iter().map(|e| &e.revision).collect();
        let mut found: Vec<&RevisionId> = heads(&all).into_iter().map(|e| &e.revision).collect();
        expected.sort();
        found.sort();
        assert_eq!(found, expected);
    }

    #[test]
    fn an_edit_stands_in_place_of_what_it_replaces() {
        let a = first();
        let b = edited(&[&a]);
        stand(&[&a, &b], &[&b]);
        stand(&[&b], &[&b]);
    }

    #[test]
    fn edits_made_apart_both_stand_until_one_replaces_both() {
        let a = first();
        let (b, c) = (edited(&[&a]), edited(&[&a]));
        stand(&[&a, &b, &c], &[&b, &c]);
        let d = edited(&[&a, &b, &c]);
        stand(&[&a, &b, &c, &d], &[&d]);
    }

    #[test]
    fn a_copy_under_other_keys_stands_for_its_original() {
        let a = first();
        let copy = copied(&a);
        stand(&[&a, &copy], &[&copy]);
        let again = copied(&copy);
        stand(&[&a, &copy, &again], &[&again]);
        stand(&[&a, &again], &[&again]);
    }

    #[test]
    fn copies_made_apart_are_one() {
        let a = first();
        let (one, two) = (copied(&a), copied(&a));
        let newest = if one.revision > two.revision { &one } else { &two };
        stand(&[&a, &one, &two], &[newest]);
        stand(&[&two, &one], &[newest]);
        let again = copied(&one);
        stand(
            &[&a, &one, &two, &again],
            &[if again.revision > two.revision { &again } else { &two }],
        );
    }

    #[test]
    fn a_copy_that_says_something_else_hides_no_other() {
        let a = first();
        let (one, mut forged) = (copied(&a), copied(&a));
        forged.answers.clear();
        stand(&[&a, &one, &forged], &[&one, &forged]);
    }

    #[test]
    fn an_edit_made_beside_a_copy_replaces_the_copy_too() {
        let a = first();
        let (copy, edit) = (copied(&a), edited(&[&a]));
        stand(&[&a, &copy, &edit], &[&edit]);
        stand(&[&copy, &edit], &[&edit]);
        let copy_of_edit = copied(&edit);
        stand(&[&a, &copy, &edit, &copy_of_edit], &[&copy_of_edit]);
        stand(&[&copy, &copy_of_edit], &[&copy_of_edit]);
    }

    #[test]
    fn revisions_that_replace_each_other_are_all_shown() {
        let a = first();
        let b = edited(&[&a]);
        let a = Entry { replaces: vec![b.revision.clone()], ..a };
        stand(&[&a, &b], &[&a, &b]);
    }
}
