//! Who can read: devices and people are added and removed, keys are rotated,
//! and every entry is sealed again, whatever interrupts that.

use std::collections::BTreeMap;
use std::path::Path;

use inward::seal::{EntryFileName, IdentityFile, PluginCallbacks, Sealed};
use serde_json::Value as Json;

use crate::harness::{Home, Key, Run, files, name, snapshot};
use crate::keys_other_kinds::{POCKET, POCKET_IDENTITY, with_pocket};

/// The own key of a home.
pub fn key_of(home: &Home) -> String {
    let shown = home.run("key --json").ok().json();
    shown["key"]["recipients"][0]["recipient"].as_str().unwrap().to_owned()
}

/// What every entry says, by id, without what sealing it again changes.
pub fn entries_by_id(home: &Home) -> BTreeMap<String, Json> {
    let entries = home.run("list --json").ok().json();
    let plain = entries["entries"].as_array().unwrap().iter().map(|entry| {
        let mut entry = entry.clone();
        for changed in ["revision", "replaces", "copy_of"] {
            entry.as_object_mut().unwrap().remove(changed);
        }
        (entry["id"].as_str().unwrap().to_owned(), entry)
    });
    plain.collect()
}

/// How many files of a journal an identity file opens, and of how many: each by
/// itself, whatever the list of recipients says.
pub fn opens(home: &Home, identity: &Path) -> (usize, usize) {
    opens_in(&home.journal(), identity)
}

/// The same of any folder of sealed files.
fn opens_in(folder: &Path, identity: &Path) -> (usize, usize) {
    let text = std::fs::read(identity).unwrap();
    let Ok(IdentityFile::Open(identity)) = IdentityFile::parse(&text, PluginCallbacks::SILENT)
    else {
        panic!("no open identity file");
    };
    let files = files(folder);
    let opened = files.iter().filter(|file| {
        let name = name(file);
        let label = EntryFileName {
            day: name[..10].parse().unwrap(),
            id: name[11..21].parse().unwrap(),
            revision: name[22..28].parse().unwrap(),
        };
        let sealed = Sealed::from_bytes(label, std::fs::read(file).unwrap()).unwrap();
        identity.open(&sealed).is_ok()
    });
    (opened.count(), files.len())
}

pub fn opens_all(home: &Home, identity: &Path) -> bool {
    let (opened, all) = opens(home, identity);
    opened == all
}

pub fn opens_none(home: &Home, identity: &Path) -> bool {
    opens(home, identity).0 == 0
}

/// On the journal of another device, as a file syncer would bring it.
trait On {
    fn on(self, other: &Home) -> Self;
}

impl On for Run {
    fn on(self, other: &Home) -> Run {
        self.env("INWARD_JOURNAL", other.journal())
    }
}

#[test]
fn a_second_device_is_added_and_both_read_what_either_writes() {
    let (desk, phone) = (Home::ready(), Home::ready());
    desk.keep("write 'from before the phone'");
    let (desks, phones) = (key_of(&desk), key_of(&phone));
    let added = desk.run(&format!("key add {phones} --name phone")).ok();
    added.prints("").says(&format!(
        "Encrypted 1 entry again.\n\
         Anyone with that key can now read every entry.\n\
         Your other devices don't encrypt to it until you run this there:\n  inward key add {phones}\n"
    ));
    phone.run(&format!("key add {desks} --name desk")).ok();
    phone.run("write 'from the phone'").on(&desk).ok();
    for list in [desk.run("list").ok(), phone.run("list").on(&desk).ok()] {
        assert!(list.stdout.contains("from before the phone"), "{}", list.stdout);
        assert!(list.stdout.contains("from the phone"), "{}", list.stdout);
    }
}

#[test]
fn a_key_is_shown_with_whose_it_is_and_no_secret_is() {
    let (home, other) = (Home::ready(), Home::ready());
    home.run(&format!("key add {} --name 'the phone'", key_of(&other))).ok();
    let shown = home.run("key show").ok().stdout;
    assert!(shown.contains("identity.txt\n  without a passphrase"), "{shown}");
    assert!(shown.contains("  this device (X25519)\n  age1"), "{shown}");
    assert!(shown.contains("  the phone (X25519)\n  age1"), "{shown}");
    let json = home.run("key --json").ok();
    assert!(!shown.contains("SECRET") && !json.stdout.contains("SECRET"));
    let key = &json.json()["key"];
    assert_eq!(key["identity"]["passphrase"], false);
    assert_eq!(key["recipients"][1]["name"], "the phone");
    assert_eq!(key["left_to_reseal"], Json::Null);
}

#[test]
fn a_key_that_is_removed_opens_no_file_that_is_there() {
    let (home, other) = (Home::ready(), Home::ready());
    home.keep("write words");
    let key = key_of(&other);
    home.run(&format!("key add {key} --name phone")).ok();
    let theirs = other.inward("config/identity.txt");
    assert!(opens_all(&home, &theirs));
    home.run("key remove phone").ok().says(&format!(
        "Encrypted 1 entry again.\nCopies elsewhere stay readable with that key.\n\
         Your other devices still encrypt to it until you run this there:\n  inward key remove {key}\n"
    ));
    assert!(opens_none(&home, &theirs));
    home.run(&format!("key remove {key}")).exits(2);
    let list = std::fs::read_to_string(home.inward("config/recipients.txt")).unwrap();
    assert!(!list.contains("phone"), "{list}");
}

#[test]
fn a_session_that_was_open_while_a_key_was_removed_is_not_sealed_to_it() {
    let (home, other) = (Home::evening(), Home::ready());
    home.run(&format!("key add {} --name phone", key_of(&other))).ok();
    let session = home.terminal("evening");
    session.asked("this morning's intention").choose(1);
    home.run("key remove phone").ok();
    for question in ["One moment", "How close", "What did you see", "a disagreement?", "stay here"]
    {
        session.asked(question).press(Key::Enter);
    }
    session.ends(0);
    home.run("list").ok();
    assert!(!opens_all(&home, &other.inward("config/identity.txt")));
}

#[test]
fn a_change_of_keys_encrypts_drafts_and_notes_of_follow_ups_again() {
    for change in ["key remove phone", "key rotate"] {
        let (home, phone) = (Home::evening(), Home::ready());
        home.run(&format!("key add {} --name phone", key_of(&phone))).ok();
        let before = home.path().join("before.txt");
        std::fs::copy(home.inward("config/identity.txt"), &before).unwrap();
        home.keep("feel 'a heavy evening'");
        let drafts = || home.inward("state/drafts");
        for is_first in [true, false] {
            let session = home.terminal("evening");
            if !is_first {
                session.asked("Start a new one").choose(1);
            }
            session.asked("this morning's intention").choose(1);
            session.asked("One moment").answer("The heron on the weir");
            session.asked("How close").press(Key::Ctrl('c')).ends(130);
        }
        home.run(change).ok();
        let gone =
            if change == "key rotate" { before } else { phone.inward("config/identity.txt") };
        for folder in [drafts(), home.inward("state/follow-ups")] {
            let (opened, all) = opens_in(&folder, &gone);
            assert!(opened == 0 && all > 0, "{change}: {opened} of {all} in {}", folder.display());
            assert!(opens_in(&folder, &home.inward("config/identity.txt")) == (all, all));
        }
        home.terminal("resume").asked("The heron on the weir");
    }
}

#[test]
fn a_draft_that_is_open_during_a_change_of_keys_is_named_and_encrypted_again_at_its_next_answer() {
    let (home, phone) = (Home::evening(), Home::ready());
    home.run(&format!("key add {} --name phone", key_of(&phone))).ok();
    let session = home.terminal("evening");
    session.asked("this morning's intention").choose(1);
    session.asked("One moment").answer("The heron on the weir").asked("How close");
    let removed = home.run("key remove phone").ok();
    assert!(removed.stderr.contains("A draft is open in another window."), "{}", removed.stderr);
    session.choose(1).asked("What did you see").press(Key::Ctrl('c')).ends(130);
    let identity = phone.inward("config/identity.txt");
    assert_eq!(opens_in(&home.inward("state/drafts"), &identity), (0, 1));
}

#[test]
fn the_own_key_is_not_removed() {
    let (home, other) = (Home::ready(), Home::ready());
    home.run(&format!("key add {}", key_of(&other))).ok();
    let before = snapshot(home.path());
    let own = key_of(&home);
    let refused = home.run(&format!("key remove {own}")).exits(2);
    assert!(refused.stderr.contains("this journal's own key"), "{}", refused.stderr);
    assert!(snapshot(home.path()) == before);
}

#[test]
fn a_list_of_recipients_in_a_file_is_added_whole() {
    let (home, one, two) = (Home::ready(), Home::ready(), Home::ready());
    let list = format!("# friends\n{}\n\n{}\n", key_of(&one), key_of(&two));
    home.write("friends.txt", list);
    let added = home.run("key add friends.txt").ok().stderr;
    assert!(added.contains("\nAnyone with one of those keys can now read"), "{added}");
    assert!(added.contains("\nYour other devices don't encrypt to them until"), "{added}");
    assert_eq!(
        home.run("key --json").ok().json()["key"]["recipients"].as_array().unwrap().len(),
        3
    );
    home.run("key add friends.txt").ok().says("Entries are already encrypted to those keys.\n");
}

#[test]
fn devices_that_kept_entries_before_they_knew_each_other_are_joined() {
    let (desk, phone) = (Home::ready(), Home::ready());
    desk.keep("write 'from the desk'");
    phone.keep("write 'from the phone'");
    carry(&desk, &phone);
    carry(&phone, &desk);
    let (desks, phones) = (key_of(&desk), key_of(&phone));
    let added = desk.run(&format!("key add {phones} --name phone")).exits(4);
    assert!(added.stderr.contains("it's encrypted to another key"), "{}", added.stderr);
    carry(&desk, &phone);
    // The old copies that the syncer left, or brought back, are in nobody's way.
    phone.run(&format!("key add {desks} --name desk")).ok();
    carry(&phone, &desk);
    carry(&desk, &phone);
    for home in [&desk, &phone] {
        let mut listed = home.listed("");
        listed.sort();
        assert_eq!(listed, ["from the desk", "from the phone"]);
    }
}

/// What a syncer does that never deletes.
fn carry(from: &Home, to: &Home) {
    for file in files(&from.journal()) {
        let there = to.journal().join(file.strip_prefix(from.journal()).unwrap());
        std::fs::create_dir_all(there.parent().unwrap()).unwrap();
        std::fs::copy(file, there).unwrap();
    }
}

#[test]
fn a_key_that_could_not_open_what_it_seals_is_not_taken_out() {
    let home = Home::ready();
    let path = with_pocket(&home);
    let identity = home.write("pocket.txt", format!("{POCKET_IDENTITY}\n"));
    home.run(&format!("key add {POCKET}")).env("PATH", &path).ok();
    let own = key_of(&home);
    // With the plugin's identity alone, its own recipient is not to go.
    let remove = format!("key remove {POCKET}");
    let refused = home.run(&remove).env("PATH", &path).env("INWARD_IDENTITY", &identity).exits(2);
    assert!(refused.stderr.contains("this journal's own key"), "{}", refused.stderr);
    home.run(&format!("key remove {own}")).env("PATH", &path).exits(2);
    home.run(&remove).env("PATH", &path).ok();
}
