//! A change of keys: every entry is sealed again, whatever interrupts that and whoever
//! reads or writes meanwhile.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

use rustix::fs::{FlockOperation, flock};
use serde_json::Value as Json;

use crate::harness::{BINARY, Home, crafted, files, name, snapshot};
use crate::keys_recipients::{entries_by_id, key_of, opens_all, opens_none};

/// As a change of keys leaves it that was stopped at its very beginning.
fn interrupted(home: &Home, of: &str) {
    let list = std::fs::read_to_string(home.inward("config/recipients.txt")).unwrap();
    let names: Vec<String> = files(&home.journal()).iter().map(|f| name(f).to_owned()).collect();
    let note = serde_json::json!({ "of": of, "journal": "journal", "before": list,
                                   "recipients": list, "files": names });
    home.write("inward/config/resealing.json", note.to_string());
}

#[test]
fn a_rotated_key_opens_everything_and_the_old_one_nothing_that_is_there() {
    let home = Home::ready();
    let id = home.keep("reflect 'He waited' --closeness 3 -t repair");
    home.run(&format!("edit {id} --tag sea")).ok();
    let gone = home.keep("write 'to be deleted'");
    home.run(&format!("delete {gone} --yes")).ok();
    let before = entries_by_id(&home);
    let old = home.path().join("old.txt");
    std::fs::copy(home.inward("config/identity.txt"), &old).unwrap();
    let named: Vec<PathBuf> = files(&home.journal());
    let own = key_of(&home);
    home.run("key rotate").ok().says(
        "Encrypted 1 entry again.\n\
         Make a new backup with `inward key backup FILE`, and copy the journal's folder\n\
         again: your old backup has only the old key, which still opens copies of entries\n\
         elsewhere. If another device shares this key, run `inward init --identity FILE`\n\
         there, with the new backup.\n",
    );
    assert_ne!(key_of(&home), own);
    assert_eq!(entries_by_id(&home), before, "every entry says what it said");
    let now = files(&home.journal());
    assert_eq!(now.len(), named.len());
    assert!(now.iter().all(|file| !named.contains(file)), "no file was changed in place");
    assert!(opens_none(&home, &old), "and the old key opens none of them");
    // What an old copy brings back stays replaced, and the deleted stays gone.
    assert_eq!(home.run("list --json").ok().json()["entries"].as_array().unwrap().len(), 1);
}

#[test]
fn a_key_that_was_replaced_does_not_become_a_reader_again() {
    let home = Home::ready();
    home.keep("write first");
    let old = key_of(&home);
    home.run("key rotate").ok();
    let before = snapshot(home.path());
    let told = home.run(&format!("key add {old}")).exits(2).stderr;
    assert!(told.contains("it's a key you have replaced"), "{told}");
    assert!(snapshot(home.path()) == before);
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
fn nothing_is_changed_where_a_file_cannot_be_opened() {
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
    // And on request, everything continues without it.
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
    let before = entries_by_id(&home);
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
        assert_eq!(entries_by_id(&home), before, "after {kills} kills");
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
fn a_change_that_was_interrupted_is_visible_and_harmless_and_continues() {
    let home = Home::ready();
    home.keep("write one");
    home.keep("write two");
    interrupted(&home, "reseal");
    let shown = home.run("key show").ok().stdout;
    assert!(shown.contains("half done. Entries still encrypted as before: 2."), "{shown}");
    let today = home.run("").ok().stdout;
    assert!(today.contains("  keys  key reseal  a change of keys isn't finished\n"), "{today}");
    assert_eq!(home.listed("").len(), 2);
    home.run("key reseal").ok().says("Encrypted 2 entries again.\n");
    assert_eq!(home.run("key --json").ok().json()["key"]["left_to_reseal"], Json::Null);
    assert!(!home.run("").ok().stdout.contains("key reseal"));
}

#[test]
fn entries_of_a_change_that_was_interrupted_are_not_put_down_to_another_device() {
    let (home, phone) = (Home::ready(), Home::ready());
    let list = home.inward("config/recipients.txt");
    let alone = std::fs::read(&list).unwrap();
    home.run(&format!("key add {}", key_of(&phone))).ok();
    home.keep("write one");
    interrupted(&home, "remove");
    // The list was replaced before it was stopped.
    std::fs::write(&list, alone).unwrap();
    home.run("list")
        .ok()
        .says("A change of keys isn't finished. `inward key reseal` continues it.\n");
    let found = home.run("doctor").outcome().stdout;
    assert!(found.contains("a change of keys isn't finished"), "{found}");
    assert!(!found.contains("more recipients"), "{found}");
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
        "Another inward is changing this journal's keys.\nWait until it's done, and try again.\n",
    );
    // Writing continues meanwhile.
    home.keep("write words");
    // Not by closing it: a process that another test is just starting may have it, too.
    flock(&folder, FlockOperation::Unlock).unwrap();
    home.run("key rotate").ok();
}

#[test]
fn a_reader_sees_every_entry_while_all_are_sealed_again() {
    let home = Home::ready();
    for i in 0..60 {
        home.put(&crafted(&format!("entry {i}")));
    }
    let before = entries_by_id(&home);
    let rotating = std::thread::scope(|scope| {
        let rotation = scope.spawn(|| {
            for _ in 0..3 {
                home.run("key reseal").ok();
            }
        });
        let mut reads = 0;
        while !rotation.is_finished() {
            assert_eq!(entries_by_id(&home), before);
            reads += 1;
        }
        reads
    });
    println!("{rotating} reads meanwhile");
    assert!(rotating > 3);
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
    assert!(away.stderr.contains("The journal's folder isn't there"), "{}", away.stderr);
    std::fs::rename(&elsewhere, home.journal()).unwrap();
    home.run(&format!("key add {}", key_of(&other))).ok();
    assert!(opens_all(&home, &other.inward("config/identity.txt")));
    assert!(!home.inward("config/resealing.json").exists());
    home.write("inward/config/resealing.json", "{");
    let broken = home.run("key reseal").exits(5);
    assert!(broken.stderr.contains("inward can't read its note on a change of keys"));
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
