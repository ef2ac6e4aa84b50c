//! Who can read: devices and people are added and removed, keys are rotated,
//! and every entry is sealed anew, whatever interrupts that.

use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use inward::seal::{EntryFileName, IdentityFile, PluginCallbacks, Sealed};
use rustix::fs::{FlockOperation, flock};
use serde_json::Value as Json;

use crate::harness::{BINARY, Home, Key, Run, crafted, files, name, snapshot};

const SSH_KEY: &str = include_str!("harness/ssh-key-for-tests");
const SSH_RECIPIENT: &str =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKzU6ux22xNLRXpbf6rVfSz9OVRF2KWMFAXyyW//WSHv";
pub const POCKET: &str = "age1pocket1wphkx6m9wsjr4vv4";
pub const POCKET_IDENTITY: &str = "AGE-PLUGIN-POCKET-1WPHKX6M9WS4AR8CK";

/// As a change of keys leaves it that was stopped at its very beginning.
fn interrupted(home: &Home, of: &str) {
    let list = std::fs::read_to_string(home.inward("config/recipients.txt")).unwrap();
    let names: Vec<String> = files(&home.journal()).iter().map(|f| name(f).to_owned()).collect();
    let note = serde_json::json!({ "of": of, "journal": "journal", "before": list,
                                   "recipients": list, "files": names });
    home.write("inward/config/resealing.json", note.to_string());
}

/// The own key of a home.
pub fn key_of(home: &Home) -> String {
    let shown = home.run("key --json").ok().json();
    shown["key"]["recipients"][0]["recipient"].as_str().unwrap().to_owned()
}

/// What every entry says, by id, without what sealing it anew changes.
fn said(home: &Home) -> BTreeMap<String, Json> {
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
    let text = std::fs::read(identity).unwrap();
    let Ok(IdentityFile::Open(identity)) = IdentityFile::parse(&text, PluginCallbacks::SILENT)
    else {
        panic!("no open identity file");
    };
    let files = files(&home.journal());
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

fn opens_all(home: &Home, identity: &Path) -> bool {
    let (opened, all) = opens(home, identity);
    opened == all
}

fn opens_none(home: &Home, identity: &Path) -> bool {
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
        "1 entry is encrypted again.\n\
         Whoever has that key can now read every entry.\n\
         Your other devices encrypt without it until you run this there:\n  inward key add {phones}\n"
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
fn a_key_that_is_removed_opens_no_file_that_lies_there() {
    let (home, other) = (Home::ready(), Home::ready());
    home.keep("write words");
    let key = key_of(&other);
    home.run(&format!("key add {key} --name phone")).ok();
    let theirs = other.inward("config/identity.txt");
    assert!(opens_all(&home, &theirs));
    home.run("key remove phone").ok().says(&format!(
        "1 entry is encrypted again.\nCopies elsewhere stay readable with that key.\n\
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
fn a_rotated_key_opens_everything_and_the_old_one_nothing_that_lies_there() {
    let home = Home::ready();
    let id = home.keep("reflect 'He waited' --closeness 3 -t repair");
    home.run(&format!("edit {id} --tag sea")).ok();
    let gone = home.keep("write 'to be deleted'");
    home.run(&format!("delete {gone} --yes")).ok();
    let before = said(&home);
    let old = home.path().join("old.txt");
    std::fs::copy(home.inward("config/identity.txt"), &old).unwrap();
    let named: Vec<PathBuf> = files(&home.journal());
    let own = key_of(&home);
    home.run("key rotate").ok().says(
        "1 entry is encrypted again.\n\
         Make a new backup with `inward key backup`: your old one has only the old key.\n\
         Copies of entries elsewhere stay readable with that. A device that shares this\n\
         key needs the new backup: run `inward init --identity FILE` there.\n",
    );
    assert_ne!(key_of(&home), own);
    assert_eq!(said(&home), before, "every entry says what it said");
    let now = files(&home.journal());
    assert_eq!(now.len(), named.len());
    assert!(now.iter().all(|file| !named.contains(file)), "no file was changed in place");
    assert!(opens_none(&home, &old), "and the old key opens none of them");
    // What an old copy brings back stays replaced, and the deleted stays gone.
    assert_eq!(home.run("list --json").ok().json()["entries"].as_array().unwrap().len(), 1);
}

#[test]
fn an_entry_that_another_device_sealed_to_the_old_key_is_still_read() {
    let home = Home::ready();
    home.keep("write first");
    let late = home.recipients().seal(&crafted("from a device that did not know")).unwrap();
    home.run("key rotate").ok();
    home.put_sealed(&late);
    assert!(home.listed("").contains(&"from a device that did not know".to_owned()));
}

#[test]
fn edits_and_deletions_made_beside_a_rotation_stand() {
    let home = Home::ready();
    let (edited, deleted) = (home.keep("write one"), home.keep("write two"));
    let apart = Home::ready();
    // Another device has the same key and the journal as it was before.
    std::fs::remove_dir_all(apart.inward("")).unwrap();
    let copied = Command::new("cp").arg("-r").arg(home.inward("")).arg(apart.inward("")).status();
    assert!(copied.unwrap().success());
    home.run("key rotate").ok();
    apart.run(&format!("edit {edited} --answers -")).stdin(r#"{"page": "one, edited"}"#).ok();
    apart.run(&format!("delete {deleted} --yes")).ok();
    for file in files(&apart.journal()) {
        let there = home.journal().join(file.strip_prefix(apart.journal()).unwrap());
        std::fs::copy(file, there).unwrap();
    }
    assert_eq!(home.listed(""), ["one, edited"]);
    // And no second version is pointed out.
    assert_eq!(home.run("list --json").ok().json()["entries"].as_array().unwrap().len(), 1);
}

#[test]
fn two_devices_that_rotate_apart_have_one_entry_and_not_two_versions() {
    let (desk, phone) = (Home::ready(), Home::ready());
    desk.run(&format!("key add {}", key_of(&phone))).ok();
    phone.run(&format!("key add {}", key_of(&desk))).ok();
    desk.keep("write words");
    let copy = |from: &Home, to: &Home| {
        for file in files(&from.journal()) {
            let there = to.journal().join(file.strip_prefix(from.journal()).unwrap());
            std::fs::create_dir_all(there.parent().unwrap()).unwrap();
            std::fs::copy(file, there).unwrap();
        }
    };
    copy(&desk, &phone);
    desk.run("key reseal").ok();
    phone.run("key reseal").ok();
    copy(&desk, &phone);
    copy(&phone, &desk);
    for home in [&desk, &phone] {
        assert_eq!(home.listed(""), ["words"]);
    }
}

#[test]
fn nothing_is_begun_where_a_file_cannot_be_opened() {
    let (home, other) = (Home::ready(), Home::ready());
    home.keep("write whole");
    let id = home.keep("write broken");
    let file = crate::harness::file_of(&home, &id);
    let whole = std::fs::read(&file).unwrap();
    let (key, third) = (key_of(&other), Home::ready());
    home.put(&crafted("for the other"));
    std::fs::write(&file, &whole).unwrap();
    home.run(&format!("key add {key} --name phone")).ok();
    let file = crate::harness::file_of(&home, &id);
    let mut bytes = std::fs::read(&file).unwrap();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    std::fs::write(&file, bytes).unwrap();
    let before = snapshot(home.path());
    for change in ["key rotate", "key reseal", "key remove phone"] {
        let refused = home.run(change).exits(4);
        assert!(refused.stderr.contains(name(&file)), "{}", refused.stderr);
        assert!(refused.stderr.contains("nothing was changed"), "{}", refused.stderr);
        assert!(snapshot(home.path()) == before, "{change}");
    }
    // What can be opened is sealed to another device all the same: nothing of
    // the broken file is at risk by that.
    let added = home.run(&format!("key add {}", key_of(&third))).exits(4);
    assert!(added.stderr.contains(name(&file)), "{}", added.stderr);
    // And on request, everything goes on without it.
    home.run("key rotate --leave").exits(4);
    assert!(!home.inward("config/resealing.json").exists());
    assert!(file.exists());
}

/// Kills a rotation at ever later moments; whenever that is, every entry opens.
#[test]
fn a_rotation_that_is_killed_again_and_again_loses_nothing_and_is_finished() {
    let home = Home::ready();
    for i in 0..40 {
        home.put(&crafted(&format!("entry {i}")));
    }
    let before = said(&home);
    let old_key = key_of(&home);
    let old = home.path().join("old.txt");
    std::fs::copy(home.inward("config/identity.txt"), &old).unwrap();
    let (mut kills, mut delay) = (0, Duration::from_millis(1));
    loop {
        let mut command = Command::new(BINARY);
        command.args(["key", "rotate"]).env_clear().envs(home.env()).current_dir(home.path());
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        std::thread::sleep(delay);
        let killed = child.try_wait().unwrap().is_none();
        child.kill().unwrap();
        let ended = child.wait().unwrap();
        assert_eq!(said(&home), before, "after {kills} kills");
        // Killed after its last step, it is done all the same.
        let done = key_of(&home) != old_key && !home.inward("config/resealing.json").exists();
        if done || (!killed && ended.success()) {
            break;
        }
        kills += 1;
        delay += Duration::from_millis(3);
        assert!(kills < 200, "it never ends");
    }
    println!("{kills} kills");
    assert!(kills > 3, "too quick to have been interrupted");
    assert_ne!(key_of(&home), old_key);
    assert!(opens_none(&home, &old), "nothing is left that the old key opens");
    assert!(!home.inward("config/resealing.json").exists());
    let keys = std::fs::read_to_string(home.inward("config/identity.txt")).unwrap();
    assert_eq!(keys.matches("AGE-SECRET-KEY-1").count(), 2, "one new key, however often begun");
}

#[test]
fn a_change_that_was_interrupted_is_visible_and_harmless_and_goes_on() {
    let home = Home::ready();
    home.keep("write one");
    home.keep("write two");
    interrupted(&home, "reseal");
    let shown = home.run("key show").ok().stdout;
    assert!(shown.contains("half done: entries still encrypted as before: 2."), "{shown}");
    let today = home.run("").ok().stdout;
    assert!(today.contains("  keys  key reseal a change of keys isn't finished\n"), "{today}");
    assert_eq!(home.listed("").len(), 2);
    home.run("key reseal").ok().says("2 entries are encrypted again.\n");
    assert_eq!(home.run("key --json").ok().json()["key"]["left_to_reseal"], Json::Null);
    assert!(!home.run("").ok().stdout.contains("key reseal"));
}

#[test]
fn a_list_that_was_edited_by_hand_in_between_stands() {
    let (home, other) = (Home::ready(), Home::ready());
    home.keep("write words");
    let file = home.inward("config/recipients.txt");
    interrupted(&home, "add");
    let list = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, format!("{list}{}\n", key_of(&other))).unwrap();
    home.run("key reseal").ok();
    assert!(opens_all(&home, &other.inward("config/identity.txt")));
    assert!(std::fs::read_to_string(&file).unwrap().contains(&key_of(&other)));
}

#[test]
fn one_change_is_made_at_a_time() {
    let home = Home::ready();
    let folder = std::fs::File::open(home.inward("config")).unwrap();
    flock(&folder, FlockOperation::LockExclusive).unwrap();
    home.run("key rotate").exits(5).says(
        "Another inward is changing this journal's keys.\nWait until it is done and try again.\n",
    );
    // Writing goes on meanwhile.
    home.keep("write words");
    drop(folder);
    home.run("key rotate").ok();
}

#[test]
fn an_ssh_key_seals_and_opens() {
    let home = Home::ready();
    home.keep("write words");
    home.run_args(["key", "add", &format!("{SSH_RECIPIENT} ada@desk")]).ok();
    let shown = home.run("key").ok().stdout;
    assert!(shown.contains("ada@desk (SSH, Ed25519)"), "{shown}");
    let identity = home.write(".ssh/id_ed25519", SSH_KEY);
    assert!(opens_all(&home, &identity));
    // And a journal of its own, with that key alone.
    let other = Home::new();
    other.config(&format!("identity = \"{}\"\n", identity.display()));
    other.run("init").ok();
    other.keep("write 'with ssh'");
    assert_eq!(other.listed(""), ["with ssh"]);
    let refused = other.run("key rotate").exits(2);
    assert!(refused.stderr.contains("not a key that inward made"), "{}", refused.stderr);
}

/// A home whose PATH has the plugin of these tests.
pub fn with_pocket(home: &Home) -> String {
    let plugin = include_str!("harness/age-plugin-pocket");
    let file = home.write("plugins/age-plugin-pocket", plugin);
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o755)).unwrap();
    let path = std::env::var("PATH").unwrap();
    format!("{}:{path}", home.path().join("plugins").display())
}

#[test]
fn a_plugin_seals_and_opens_and_what_it_says_of_failing_is_told() {
    let home = Home::ready();
    let path = with_pocket(&home);
    let run = |arguments: &str| home.run(arguments).env("PATH", &path);
    run("write words").ok();
    run(&format!("key add {POCKET} --name pocket")).ok();
    run("write 'and more'").ok();
    assert!(run("key").ok().stdout.contains("pocket (plugin pocket)"));
    let identity = home.write("pocket.txt", format!("{POCKET_IDENTITY}\n"));
    let list = run("list").env("INWARD_IDENTITY", &identity).ok().stdout;
    assert!(list.contains("words") && list.contains("and more"), "{list}");
    let failed = run("list").env("INWARD_IDENTITY", &identity).env("POCKET_FAILS", "1").exits(5);
    assert!(failed.stderr.contains("the pocket is empty"), "{}", failed.stderr);
    // Sealing cannot go without it, and says so before anything is asked.
    let missing = home.run("write more").exits(5);
    assert!(missing.stderr.contains("age-plugin-pocket"), "{}", missing.stderr);
    // Reading with the own key can.
    home.run("list").ok();
}

#[test]
fn a_post_quantum_recipient_stands_alone() {
    let home = Home::ready();
    let path = with_pocket(&home);
    home.keep("write words");
    home.write("pq.txt", include_str!("harness/tagpq-recipient.txt"));
    let before = snapshot(home.path());
    let mixed = home.run("key add pq.txt").exits(2);
    assert!(mixed.stderr.contains("age refuses to mix"), "{}", mixed.stderr);
    let labelled = home.run(&format!("key add {POCKET}")).env("PATH", &path);
    let mixed = labelled.env("POCKET_LABEL", "postquantum").exits(2);
    assert!(mixed.stderr.contains("age refuses to mix"), "{}", mixed.stderr);
    assert!(snapshot(home.path()) == before);
    // Alone it is sealed to, where the identity that opens it is elsewhere.
    let other = Home::new();
    let key = include_str!("harness/tagpq-recipient.txt").lines().last().unwrap();
    other.write("inward/config/recipients.txt", format!("{key}\n"));
    other.keep("write words");
}

#[test]
fn a_plugins_name_that_leads_elsewhere_runs_nothing() {
    let home = Home::ready();
    // Where the name would lead, if it were taken as it is.
    std::fs::create_dir_all(home.path().join("plugins/age-plugin-..")).unwrap();
    let evil = home.write("evil", "#!/bin/sh\ntouch ran\n");
    std::fs::set_permissions(&evil, std::fs::Permissions::from_mode(0o755)).unwrap();
    let path =
        format!("{}:{}", home.path().join("plugins").display(), std::env::var("PATH").unwrap());
    home.run("key add age1../../evil10qf7pfl0").env("PATH", &path).exits(2);
    let identity = home.write("identity.txt", "AGE-PLUGIN-../../EVIL-10QH24FUL\n");
    home.run("list").env("INWARD_IDENTITY", identity).env("PATH", &path).exits(3);
    assert!(!home.path().join("ran").exists());
}

#[test]
fn what_age_cannot_seal_to_is_refused_with_its_reason() {
    let home = Home::ready();
    let before = snapshot(home.path());
    let secret = std::fs::read_to_string(home.inward("config/identity.txt")).unwrap();
    let secret = secret.lines().last().unwrap();
    for (key, why) in [
        ("age1nonsense", "is not an age recipient"),
        ("ada@example.org", "is not an age recipient"),
        (secret, "is a secret key"),
        (
            "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBA==",
            "age doesn't support",
        ),
    ] {
        let refused = home.run_args(["key", "add", key]).exits(2);
        assert!(refused.stderr.contains(why), "{key}: {}", refused.stderr);
        assert!(!refused.stderr.contains(secret), "a secret is not repeated");
    }
    assert!(snapshot(home.path()) == before);
}

#[test]
fn a_list_of_recipients_in_a_file_is_added_whole() {
    let (home, one, two) = (Home::ready(), Home::ready(), Home::ready());
    let list = format!("# friends\n{}\n\n{}\n", key_of(&one), key_of(&two));
    home.write("friends.txt", list);
    home.run("key add friends.txt").ok();
    assert_eq!(
        home.run("key --json").ok().json()["key"]["recipients"].as_array().unwrap().len(),
        3
    );
    home.run("key add friends.txt").ok().says("Entries are already encrypted to that key.\n");
}

#[test]
fn a_reader_sees_every_entry_while_all_are_sealed_anew() {
    let home = Home::ready();
    for i in 0..60 {
        home.put(&crafted(&format!("entry {i}")));
    }
    let before = said(&home);
    let rotating = std::thread::scope(|scope| {
        let rotation = scope.spawn(|| {
            for _ in 0..3 {
                home.run("key reseal").ok();
            }
        });
        let mut reads = 0;
        while !rotation.is_finished() {
            assert_eq!(said(&home), before);
            reads += 1;
        }
        reads
    });
    println!("{rotating} reads meanwhile");
    assert!(rotating > 3);
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
    assert!(added.stderr.contains("it is encrypted to another key"), "{}", added.stderr);
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
fn a_change_belongs_to_its_journal_and_takes_the_place_of_an_earlier_one() {
    let (home, other) = (Home::ready(), Home::ready());
    home.keep("write words");
    interrupted(&home, "reseal");
    let elsewhere = home.path().join("elsewhere");
    std::fs::create_dir(&elsewhere).unwrap();
    let refused = home.run("key reseal").env("INWARD_JOURNAL", &elsewhere).exits(2);
    assert!(refused.stderr.contains("for another journal"), "{}", refused.stderr);
    std::fs::remove_dir(&elsewhere).unwrap();
    std::fs::rename(home.journal(), &elsewhere).unwrap();
    let away = home.run("key reseal").exits(5);
    assert!(away.stderr.contains("The journal's folder is not there"), "{}", away.stderr);
    std::fs::rename(&elsewhere, home.journal()).unwrap();
    home.run(&format!("key add {}", key_of(&other))).ok();
    assert!(opens_all(&home, &other.inward("config/identity.txt")));
    assert!(!home.inward("config/resealing.json").exists());
    home.write("inward/config/resealing.json", "{");
    let broken = home.run("key reseal").exits(5);
    assert!(broken.stderr.contains("The note about a change of keys can't be read"));
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

#[test]
fn a_list_that_is_a_link_stops_a_rotation_before_anything_is_written() {
    let home = Home::ready();
    home.keep("write words");
    let (list, there) = (home.inward("config/recipients.txt"), home.path().join("recipients"));
    std::fs::rename(&list, &there).unwrap();
    std::os::unix::fs::symlink(&there, &list).unwrap();
    let before = snapshot(home.path());
    home.run("key rotate").exits(2);
    assert!(snapshot(home.path()) == before);
}

#[test]
fn a_file_that_a_syncer_is_still_bringing_is_left_to_it() {
    let (home, other) = (Home::ready(), Home::ready());
    home.keep("write words");
    let id = other.keep("write 'on its way'");
    let whole = crate::harness::file_of(&other, &id);
    let month = files(&home.journal())[0].parent().unwrap().to_owned();
    let half = month.join(format!(".syncthing.{}.tmp", name(&whole)));
    std::fs::write(&half, &std::fs::read(&whole).unwrap()[..500]).unwrap();
    for change in ["key rotate", "key reseal"] {
        home.run(change).ok();
        assert!(half.exists(), "{change}");
    }
    assert_eq!(home.listed(""), ["words"]);
}
