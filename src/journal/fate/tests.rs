use super::super::stored::tests::{TestJournal, desk, entry};
use super::*;

const A: &str = "aaaaaaaaaa";
const B: &str = "bbbbbbbbbb";
const C: &str = "cccccccccc";

fn fate(desk: &TestJournal, id: &str, read: &str) -> EntryFate {
    let fates = desk.journal.fates(&desk.identity).unwrap();
    let read: Option<RevisionId> = (!read.is_empty()).then(|| read.parse().unwrap());
    fates.of(&id.parse().unwrap(), read.as_ref())
}

fn moved(ids: &[&str]) -> EntryFate {
    EntryFate::Moved(ids.iter().map(|id| id.parse().unwrap()).collect())
}

/// Keeps a deletion of this entry's first revision. `now` is the id under which the entry
/// is kept in another month.
fn delete(desk: &TestJournal, id: &str, revision: &str, now: Option<&str>) {
    let replaces: Vec<RevisionId> = vec![format!("{}1", &id[..5]).parse().unwrap()];
    let deletion = entry(id, revision, &[], 1, "").deletion(replaces, Default::default());
    let now = now.map(|id| id.parse().unwrap());
    let revision = revision.parse().unwrap();
    desk.keep(&Entry { now, revision, ..deletion.unwrap() });
}

#[test]
fn an_entry_is_the_same_while_what_was_read_of_it_is_shown_and_edited_after_that() {
    let desk = desk();
    desk.keep(&entry(A, "aaaaa1", &[], 1, "one"));
    for read in ["aaaaa1", ""] {
        assert_eq!(fate(&desk, A, read), EntryFate::Same, "{read:?}");
    }
    assert_eq!(fate(&desk, A, "zzzzzz"), EntryFate::Edited, "its file is gone");
    assert_eq!(fate(&desk, B, "bbbbb1"), EntryFate::Unknown);
    desk.keep(&entry(A, "aaaaa2", &["aaaaa1"], 1, "two"));
    // Of two edits made apart, both are shown.
    desk.keep(&entry(A, "aaaaa3", &["aaaaa1"], 1, "three"));
    assert_eq!(fate(&desk, A, "aaaaa1"), EntryFate::Edited);
    for read in ["aaaaa2", "aaaaa3", ""] {
        assert_eq!(fate(&desk, A, read), EntryFate::Same, "{read:?}");
    }
}

#[test]
fn an_entry_that_was_only_encrypted_again_is_the_same() {
    let desk = desk();
    let first = entry(A, "aaaaa1", &[], 1, "one");
    let copy = first.clone().into_copy("aaaaa2".parse().unwrap(), vec![first.revision.clone()]);
    desk.keep(&copy);
    for read in ["aaaaa1", ""] {
        assert_eq!(fate(&desk, A, read), EntryFate::Same, "{read:?}");
    }
}

#[test]
fn an_entry_is_deleted_unless_it_was_edited_beside_the_deletion() {
    let desk = desk();
    delete(&desk, A, "aaaaa2", None);
    for read in ["aaaaa1", ""] {
        assert_eq!(fate(&desk, A, read), EntryFate::Deleted, "{read:?}");
    }
    desk.keep(&entry(A, "aaaaa3", &["aaaaa1"], 1, "three"));
    assert_eq!(fate(&desk, A, "aaaaa1"), EntryFate::Edited);
    assert_eq!(fate(&desk, A, "aaaaa3"), EntryFate::Same);
}

#[test]
fn an_entry_that_was_moved_is_followed_to_where_it_is_now() {
    let desk = desk();
    delete(&desk, A, "aaaaa2", Some(B));
    assert_eq!(fate(&desk, A, "aaaaa1"), moved(&[B]), "its file may be on the way");
    desk.keep(&entry(B, "bbbbb1", &[], 2, "one"));
    assert_eq!(fate(&desk, A, "aaaaa1"), moved(&[B]));
    delete(&desk, A, "aaaaa3", Some(C));
    assert_eq!(fate(&desk, A, "aaaaa1"), moved(&[B, C]), "two devices did so");
    delete(&desk, B, "bbbbb2", Some(C));
    assert_eq!(fate(&desk, A, "aaaaa1"), moved(&[C, C]));
    delete(&desk, C, "ccccc2", None);
    assert_eq!(fate(&desk, A, "aaaaa1"), EntryFate::Deleted);
}

#[test]
fn moves_in_a_ring_are_not_followed_for_ever() {
    let desk = desk();
    delete(&desk, A, "aaaaa2", Some(B));
    delete(&desk, B, "bbbbb2", Some(A));
    assert!(matches!(fate(&desk, A, "aaaaa1"), EntryFate::Moved(ids) if ids.len() == 1));
}

#[test]
fn of_an_entry_with_a_file_that_does_not_open_nothing_is_known() {
    let desk = desk();
    let first = desk.keep(&entry(A, "aaaaa1", &[], 1, "one"));
    let second = desk.keep(&entry(A, "aaaaa2", &["aaaaa1"], 1, "two"));
    let bytes = std::fs::read(&second).unwrap();
    std::fs::write(&second, &bytes[..bytes.len() - 1]).unwrap();
    assert_eq!(fate(&desk, A, "aaaaa1"), EntryFate::Unknown);
    std::fs::remove_file(first).unwrap();
    assert_eq!(fate(&desk, A, "aaaaa1"), EntryFate::Unknown);
    assert_eq!(fate(&desk, A, "aaaaa2"), EntryFate::Same, "nothing here can replace it");
    let arriving = second.with_extension("age.part");
    std::fs::rename(second, arriving).unwrap();
    assert_eq!(fate(&desk, A, "aaaaa1"), EntryFate::Unknown);
}

#[test]
fn the_fates_are_whole_unless_a_file_is_where_it_does_not_belong() {
    let desk = desk();
    let path = desk.keep(&entry(A, "aaaaa1", &[], 1, "one"));
    let is_whole = || desk.journal.fates(&desk.identity).unwrap().is_whole;
    assert!(is_whole());
    let elsewhere = desk.journal.root().join("2026/12");
    std::fs::create_dir(&elsewhere).unwrap();
    std::fs::rename(&path, elsewhere.join(path.file_name().unwrap())).unwrap();
    assert!(!is_whole());
}

#[test]
fn no_folder_is_listed_before_a_question_and_none_after_the_answer() {
    let desk = desk();
    let old = entry(A, "aaaaa1", &[], 1, "one");
    for months in 0..4 {
        let at = old.at - chrono::Duration::days(31 * months);
        let id = format!("bbbbbbbbb{months}");
        desk.keep(&Entry { at, ..entry(&id, "bbbbb1", &[], 1, "one") });
    }
    let fates = desk.journal.fates_in_turn(&desk.identity);
    let unlisted = || fates.listing().folders.as_ref().map(VecDeque::len);
    assert_eq!(unlisted(), None);
    for (id, left) in [("bbbbbbbbb1", 2), ("bbbbbbbbb0", 2), ("bbbbbbbbb2", 1), (A, 0)] {
        let shown = fates.elsewhere(&id.parse().unwrap());
        assert_eq!(shown == Elsewhere::Nothing, id == A, "{id}");
        assert_eq!(unlisted(), Some(left), "{id}");
    }
}
