//! Files kept with entries, where two work on one journal, or something stops in between.

use crate::attachments::{attached, is_sound, picture, resume, saved, stop_halfway};
use crate::harness::{Fault, Home, Key, file_of, files, name};
use crate::sync::{begin, remote, second, sync};

#[test]
fn what_an_edit_beside_it_still_names_is_not_removed() {
    let home = Home::ready();
    let a = picture(&home, "a.jpg", 3000);
    let id = home.keep("write words --attach a.jpg");
    let terminal = home.terminal(&format!("delete {id}"));
    terminal.asked("Delete this entry?");
    home.run(&format!("edit {id} --tag meanwhile")).ok();
    terminal.choose(1).ends(0);
    assert_eq!(home.entry(&id)["tags"][0], "meanwhile");
    assert_eq!(saved(&home, &id), [("a.jpg".into(), a)]);
}

#[test]
fn what_another_edit_took_off_meanwhile_stays_off_and_is_said() {
    let home = Home::ready();
    picture(&home, "a.jpg", 3000);
    let id = home.keep("write words --attach a.jpg");
    let terminal = home.terminal(&format!("edit {id}"));
    terminal.asked("What should change?");
    home.run(&format!("edit {id} --detach a.jpg")).ok();
    terminal.choose(3).asked("How are you now").choose(1);
    terminal.asked("What should change?").press(Key::Enter);
    terminal.wait_for("so it stays detached").ends(0);
    // Both edits stand, and neither names what is gone.
    let entry = home.entry(&id).to_string();
    assert!(entry.contains("Lighter") && !entry.contains("a.jpg"), "{entry}");
}

#[test]
fn a_backup_without_an_attachment_or_with_a_damaged_one_is_not_whole() {
    let home = Home::ready();
    picture(&home, "a.jpg", 3000);
    home.keep("write words --attach a.jpg");
    let twin = home.twin();
    let check = format!("doctor --backup {}", twin.journal().display());
    assert!(home.run(&check).ok().stdout.contains("the two match."));
    let copy = attached(&twin.journal()).remove(0);
    let bytes = std::fs::read(&copy).unwrap();
    std::fs::write(&copy, &bytes[..1000]).unwrap();
    let report = home.run(&check).exits(4).stdout;
    assert!(report.contains(name(&copy)) && !report.contains("both are"), "{report}");
    std::fs::remove_file(&copy).unwrap();
    let report = home.run(&check).exits(4).stdout;
    assert!(
        report.contains(name(&copy)) && report.contains("the file of the attachment"),
        "{report}"
    );
}

#[test]
fn a_draft_that_was_kept_already_is_kept_once_with_the_file_that_is_gone_since() {
    let home = Home::evening();
    let a = picture(&home, "a.jpg", 5000);
    stop_halfway(&home);
    // As if the first keeping had been killed before the draft went.
    let drafts = files(&home.inward("state/drafts"));
    let draft = std::fs::read(&drafts[0]).unwrap();
    resume(&home);
    std::fs::write(&drafts[0], draft).unwrap();
    std::fs::remove_file(home.path().join("a.jpg")).unwrap();
    resume(&home);
    let list = home.run("list --json").ok().json();
    let id = list["entries"][0]["id"].as_str().unwrap().to_owned();
    assert_eq!(saved(&home, &id), [("a.jpg".into(), a)]);
    assert_eq!(files(&home.journal()).len(), 2, "{:?}", files(&home.journal()));
}

#[test]
#[ignore = "needs git; run in CI"]
fn an_attachment_of_no_entry_that_one_device_removed_does_not_come_back() {
    let (first, remote) = (Home::ready(), remote());
    picture(&first, "a.jpg", 3000);
    let id = first.keep("write words --attach a.jpg");
    let kept = attached(&first.journal());
    let of_entry = kept[0].with_file_name(format!("2026-11-23-{id}-bbbbbbbbbb.age"));
    let of_none = kept[0].with_file_name("2026-11-23-aaaaaaaaaa-bbbbbbbbbb.age");
    for stray in [&of_entry, &of_none] {
        std::fs::copy(&kept[0], stray).unwrap();
    }
    begin(&first, &remote);
    sync(&first);
    let second = second(&first, &remote);
    sync(&second);
    assert_eq!(attached(&second.journal()).len(), 3);
    for stray in [&of_entry, &of_none] {
        std::fs::remove_file(stray).unwrap();
    }
    for home in [&first, &second, &first, &second] {
        sync(home);
    }
    assert_eq!(attached(&first.journal()), kept);
    assert_eq!(attached(&second.journal()).len(), 1);
    is_sound(&second);
}

#[test]
fn an_attachment_that_is_there_and_not_confirmed_goes_again() {
    let begun = Home::ready();
    picture(&begun, "a.jpg", 3000);
    let mut stopped = 0;
    for when in 1..8 {
        let home = begun.twin();
        let fault = Fault::Fails("EIO");
        let went = home.faulted("write words --attach a.jpg", &[], "fsync", when, fault);
        stopped += usize::from(went.met);
        let named = files(&home.journal()).len() - attached(&home.journal()).len();
        assert_eq!(attached(&home.journal()).len(), named, "{went:?}");
    }
    assert!(stopped >= 3, "{stopped}");
}

#[test]
fn what_an_entry_that_does_not_open_has_attached_is_left_alone_whatever_the_entry_is_called() {
    let home = Home::ready();
    picture(&home, "a.jpg", 3000);
    let id = home.keep("write words --attach a.jpg");
    let entry = file_of(&home, &id);
    let stem = name(&entry).strip_suffix(".age").unwrap().to_owned();
    std::fs::write(
        entry.with_file_name(format!("{stem} (conflicted copy).age")),
        "age-encryption.org/v1\n",
    )
    .unwrap();
    std::fs::remove_file(&entry).unwrap();
    let report = home.run("doctor").exits(4).stdout;
    assert!(!report.contains("no entry here has this attachment"), "{report}");
}
