//! Which revisions of an entry are its heads: those that nothing replaces.

use std::collections::BTreeSet;

use crate::entry::{Entry, RevisionId};

/// These revisions themselves, and all that they say they replace.
pub fn replaced_revisions(revisions: &[Entry]) -> Vec<RevisionId> {
    if let [only] = revisions
        && only.replaces.is_empty()
        && only.copy_of.is_none()
    {
        return vec![only.revision.clone()];
    }
    let replaced = revisions.iter().flat_map(|e| e.replaces.iter().chain(&e.copy_of));
    let ids: BTreeSet<&RevisionId> =
        revisions.iter().map(|e| &e.revision).chain(replaced).collect();
    ids.into_iter().cloned().collect()
}

/// The revisions that no other replaces, oldest first. A copy that was only sealed again
/// is replaced when its original is, and of several such copies one is a head.
pub fn heads(revisions: &[Entry]) -> Vec<&Entry> {
    if let [only] = revisions {
        return vec![only];
    }
    let is_replaced = |e: &Entry| {
        let replaces = |other: &Entry| {
            let itself = other.revision == e.revision;
            let replaces_this = other.replaces.contains(&e.revision);
            // The copies of one revision all name it, and none replaces another.
            let replaces_original = e.copy_of.as_ref().is_some_and(|original| {
                other.replaces.contains(original) && other.copy_of.as_ref() != Some(original)
            });
            !itself && (replaces_this || replaces_original)
        };
        revisions.iter().any(replaces)
    };
    let mut heads: Vec<&Entry> = revisions.iter().filter(|e| !is_replaced(e)).collect();
    if heads.is_empty() {
        // Revisions that replace each other were not made by us. All are shown.
        heads = revisions.iter().collect();
    }
    // The order must not depend on the order of reading.
    heads.sort_by(|a, b| (a.written, &a.revision, a.at).cmp(&(b.written, &b.revision, b.at)));
    one_of_each_copy(heads)
}

/// Of the copies of one revision, the newest alone, so that every device picks the same
/// one. One that says it is a copy and differs is no copy, and stays.
fn one_of_each_copy(heads: Vec<&Entry>) -> Vec<&Entry> {
    let mut distinct: Vec<&Entry> = Vec::new();
    for head in heads.into_iter().rev() {
        if !distinct.iter().any(|other| other.is_copy_of(head)) {
            distinct.push(head);
        }
    }
    distinct.reverse();
    distinct
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entry::testing;

    fn first() -> Entry {
        Entry { revision: "aaaaaa".parse().unwrap(), ..testing::page("quiet words") }
    }

    fn edit_of(of: &[&Entry]) -> Entry {
        let revisions: Vec<Entry> = of.iter().map(|e| (*e).clone()).collect();
        first().revise(replaced_revisions(&revisions), first().written).unwrap()
    }

    fn copy_of(of: &Entry) -> Entry {
        let revision = RevisionId::random().unwrap();
        of.clone().into_copy(revision, replaced_revisions(std::slice::from_ref(of)))
    }

    #[track_caller]
    fn assert_heads(revisions: &[&Entry], expected: &[&Entry]) {
        let revisions: Vec<Entry> = revisions.iter().map(|e| (*e).clone()).collect();
        let mut expected: Vec<&RevisionId> = expected.iter().map(|e| &e.revision).collect();
        let mut actual: Vec<&RevisionId> =
            heads(&revisions).into_iter().map(|e| &e.revision).collect();
        expected.sort();
        actual.sort();
        assert_eq!(actual, expected);
    }

    #[test]
    fn an_edit_stands_in_place_of_what_it_replaces() {
        let a = first();
        let b = edit_of(&[&a]);
        assert_heads(&[&a, &b], &[&b]);
        assert_heads(&[&b], &[&b]);
    }

    #[test]
    fn edits_made_apart_both_stand_until_one_replaces_both() {
        let a = first();
        let (b, c) = (edit_of(&[&a]), edit_of(&[&a]));
        assert_heads(&[&a, &b, &c], &[&b, &c]);
        let d = edit_of(&[&a, &b, &c]);
        assert_heads(&[&a, &b, &c, &d], &[&d]);
    }

    #[test]
    fn a_copy_under_other_keys_counts_as_its_original() {
        let a = first();
        let copy = copy_of(&a);
        assert_heads(&[&a, &copy], &[&copy]);
        let again = copy_of(&copy);
        assert_heads(&[&a, &copy, &again], &[&again]);
        assert_heads(&[&a, &again], &[&again]);
    }

    #[test]
    fn copies_made_apart_are_one() {
        let a = first();
        let (first_copy, second_copy) = (copy_of(&a), copy_of(&a));
        let newest =
            if first_copy.revision > second_copy.revision { &first_copy } else { &second_copy };
        assert_heads(&[&a, &first_copy, &second_copy], &[newest]);
        assert_heads(&[&second_copy, &first_copy], &[newest]);
        let again = copy_of(&first_copy);
        assert_heads(
            &[&a, &first_copy, &second_copy, &again],
            &[if again.revision > second_copy.revision { &again } else { &second_copy }],
        );
    }

    #[test]
    fn a_copy_that_says_something_else_hides_no_other() {
        let a = first();
        let (copy, mut forged) = (copy_of(&a), copy_of(&a));
        forged.answers.clear();
        assert_heads(&[&a, &copy, &forged], &[&copy, &forged]);
    }

    #[test]
    fn an_edit_made_beside_a_copy_replaces_the_copy_too() {
        let a = first();
        let (copy, edit) = (copy_of(&a), edit_of(&[&a]));
        assert_heads(&[&a, &copy, &edit], &[&edit]);
        assert_heads(&[&copy, &edit], &[&edit]);
        let copy_of_edit = copy_of(&edit);
        assert_heads(&[&a, &copy, &edit, &copy_of_edit], &[&copy_of_edit]);
        assert_heads(&[&copy, &copy_of_edit], &[&copy_of_edit]);
    }

    #[test]
    fn revisions_that_replace_each_other_are_all_shown() {
        let a = first();
        let b = edit_of(&[&a]);
        let a = Entry { replaces: vec![b.revision.clone()], ..a };
        assert_heads(&[&a, &b], &[&a, &b]);
    }
}
