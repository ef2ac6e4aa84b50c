use serde_json::{Value, json};

use super::super::Damaged;
use super::super::stored::tests::desk;
use super::*;
use crate::entry::{Entry, testing};
use crate::seal::{AttachmentFileName, Damage};

const A: &str = "aaaaaaaaaa";

/// A revision of one entry by its number, with the attachments of these letters.
fn state(number: u8, replaces: &[u8], attached: &str) -> Entry {
    let attachment = |letter: char| -> Value {
        json!({ "id": attachment_id(letter), "name": "lake.jpg", "type": "image/jpeg",
                "bytes": 1, "sha256": "0".repeat(64) })
    };
    testing::entry(json!({
        "id": A, "revision": format!("aaaaa{number}"), "at": "2026-11-01T21:14:03+01:00",
        "replaces": replaces.iter().map(|number| format!("aaaaa{number}")).collect::<Vec<_>>(),
        "attachments": attached.chars().map(attachment).collect::<Vec<_>>(),
    }))
}

fn attachment_id(letter: char) -> String {
    letter.to_string().repeat(10)
}

/// The file of a revision, if it's named by a digit, or of an attachment.
fn file(name: char) -> JournalFile {
    let (day, entry): (_, EntryId) = ("2026-11-01".parse().unwrap(), A.parse().unwrap());
    if name.is_ascii_digit() {
        let revision = format!("aaaaa{name}").parse().unwrap();
        return JournalFile::Entry(EntryFileName { day, id: entry, revision });
    }
    let id = attachment_id(name).parse().unwrap();
    JournalFile::Attachment(AttachmentFileName { day, entry, id })
}

fn files<T: FromIterator<JournalFile>>(names: &str) -> T {
    names.chars().map(file).collect()
}

fn contents(revisions: &[Entry], damaged: usize) -> OpenedRevisions {
    let mut contents = OpenedRevisions::default();
    contents.revisions = revisions.to_vec();
    contents.damaged = vec![Damaged { path: A.into(), why: Damage::Broken }; damaged];
    contents
}

/// Of these revisions and files, of which some device removed some, the ones that are
/// current and the ones that are replaced.
#[track_caller]
fn sorts(contents: &OpenedRevisions, [names, removed]: [&str; 2], [heads, replaced]: [&str; 2]) {
    let (all, removed): (Vec<JournalFile>, HashSet<_>) = (files(names), files(removed));
    let all: Vec<&JournalFile> = all.iter().collect();
    let mut succession = Succession::default();
    succession.add_revisions(&A.parse().unwrap(), contents, &all, &|_| Elsewhere::Nothing);
    succession.add_attachments(contents, &all, &|file| removed.contains(file));
    assert_eq!((succession.heads, succession.replaced), (files(heads), files(replaced)));
}

#[test]
fn what_a_head_names_is_current_and_what_only_older_revisions_name_is_replaced() {
    let contents = contents(&[state(1, &[], "xy"), state(2, &[1], "yz")], 0);
    // `b` belongs to nothing that was opened: its entry may be about to be written.
    sorts(&contents, ["12xyzb", ""], ["2yz", "1x"]);
    sorts(&contents, ["12xyzb", "byz"], ["2yz", "1xb"]);
}

#[test]
fn while_a_file_that_a_head_names_is_not_here_another_may_hold_its_bytes() {
    let contents = contents(&[state(1, &[], "xy"), state(2, &[1], "yz")], 0);
    sorts(&contents, ["12xyb", "bz"], ["2y", "1"]);
}

#[test]
fn while_a_revision_does_not_open_it_may_name_any_attachment() {
    let revisions = [state(1, &[], "x"), state(2, &[1], "")];
    sorts(&contents(&revisions, 1), ["123xb", "xb"], ["", "1"]);
    sorts(&contents(&[], 1), ["3xb", "xb"], ["", ""]);
    // Or while the only one is still arriving.
    sorts(&contents(&[], 0), ["3xb", "xb"], ["", ""]);
}

#[test]
fn an_edit_beside_a_deletion_undeletes_its_entry_and_nothing_else_does() {
    let deletion = Entry { deleted: true, ..state(3, &[1, 2], "") };
    let undeleted = |revisions: &[Entry]| {
        let mut succession = Succession::default();
        succession.add_revisions(&A.parse().unwrap(), &contents(revisions, 0), &[], &|_| panic!());
        succession.undeleted.len()
    };
    assert_eq!(undeleted(&[state(1, &[], ""), state(2, &[1], ""), deletion.clone()]), 0);
    assert_eq!(undeleted(std::slice::from_ref(&deletion)), 0);
    assert_eq!(undeleted(&[state(4, &[1], ""), state(5, &[1], "")]), 0);
    assert_eq!(undeleted(&[state(4, &[1], ""), deletion]), 1);
}

#[test]
fn an_edit_beside_a_move_says_where_its_entry_is_now_or_that_it_was_deleted_there() {
    let now: EntryId = "bbbbbbbbbb".parse().unwrap();
    let mark = Entry { deleted: true, now: Some(now.clone()), ..state(3, &[1], "") };
    let revisions = [state(4, &[1], ""), mark];
    let undeleted = |of_moved: Elsewhere| {
        let mut succession = Succession::default();
        let contents = contents(&revisions, 0);
        succession.add_revisions(&A.parse().unwrap(), &contents, &[], &|_| of_moved.clone());
        succession.undeleted.into_values().collect::<Vec<_>>()
    };
    assert_eq!(undeleted(Elsewhere::Moved(now.clone())), [Some(now)]);
    assert_eq!(undeleted(Elsewhere::Deleted), [None]);
    assert_eq!(undeleted(Elsewhere::Nothing), [], "it hasn't arrived");
}

#[test]
fn attachments_that_no_file_could_name_are_replaced_if_a_device_removed_them() {
    let desk = desk();
    let replaced = |names: &str, removed: &str| {
        let (among, removed): (Vec<JournalFile>, HashSet<_>) = (files(names), files(removed));
        let succession = desk.journal.succession(
            &desk.identity,
            &among,
            &|file| removed.contains(file),
            &|_| false,
        );
        succession.unwrap().replaced
    };
    assert_eq!(replaced("xy", "x"), files("x"));
    assert_eq!(replaced("1xy", "x"), files(""), "a revision elsewhere may name it");
    // One that was written since may name it, too.
    desk.keep(&state(1, &[], ""));
    assert_eq!(replaced("x", "x"), files(""));
    assert_eq!(replaced("xy", "x"), files(""));
    assert_eq!(replaced("1xy", "x"), files("x"));
}
