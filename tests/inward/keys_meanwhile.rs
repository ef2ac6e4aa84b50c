//! Keys that change while something long is being written, and devices that do not
//! know of it.

use std::io::Write;
use std::process::{Child, Command, Stdio};

use crate::harness::{BINARY, Home, Key, files, one_line};
use crate::keys_recipients::{key_of, opens};

/// How many files of a journal the key of another home opens.
fn opened_by(home: &Home, other: &Home) -> usize {
    opens(home, &other.inward("config/identity.txt")).0
}

/// A run whose standard input is still being written.
fn begun(home: &Home, arguments: &[&str]) -> Child {
    let mut command = Command::new(BINARY);
    command.args(arguments).env_clear().envs(home.env()).current_dir(home.path());
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
    command.spawn().unwrap()
}

#[test]
fn a_key_that_is_removed_in_the_middle_of_an_import_opens_nothing_of_it() {
    let (home, phone) = (Home::ready(), Home::ready());
    home.run(&format!("key add {} --name phone", key_of(&phone))).ok();
    home.keep("write before");
    let entry =
        |n: usize| format!("[2026-10-{:02} 07:{:02}] Day {n}\nwords\n\n", 1 + n / 20, n % 60);
    let mut import = begun(&home, &["import", "--from", "jrnl", "-"]);
    let mut input = import.stdin.take().unwrap();
    // More than a pipe holds, so half of it has been read when this is done.
    let filler = "word ".repeat(400);
    for n in 0..150 {
        input.write_all(format!("{}{filler}\n\n", entry(n)).as_bytes()).unwrap();
    }
    home.run("key remove phone").ok();
    assert_eq!(opened_by(&home, &phone), 0);
    for n in 150..300 {
        input.write_all(entry(n).as_bytes()).unwrap();
    }
    drop(input);
    let ended = import.wait_with_output().unwrap();
    assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
    assert_eq!(files(&home.journal()).len(), 301);
    assert_eq!(opened_by(&home, &phone), 0, "sealed to a key that was removed");
}

#[test]
fn a_list_that_is_edited_while_the_passphrase_is_asked_for_stays_as_it_was_edited() {
    const OPENS: &str = "INWARD_PASSPHRASE_COMMAND";
    let (home, phone, friend) = (Home::new(), Home::ready(), Home::ready());
    home.run("init").env(OPENS, "echo words").ok();
    home.run(&format!("key add {} --name phone", key_of(&phone))).env(OPENS, "echo words").ok();
    let list = home.inward("config/recipients.txt");
    let edits = format!("echo {} >> '{}'; echo words", key_of(&friend), list.display());
    let script = home.write("opens", edits);
    let command = format!("sh '{}'", script.display());
    let before = std::fs::read_to_string(&list).unwrap();
    let refused = home.run("key remove phone").env(OPENS, &command).exits(5);
    assert!(
        refused.stderr.contains("Something changed recipients.txt while this ran"),
        "{refused:?}"
    );
    let edited = std::fs::read_to_string(&list).unwrap();
    assert_eq!(edited, format!("{before}{}\n", key_of(&friend)));
    home.run("key remove phone").env(OPENS, "echo words").ok();
    assert!(std::fs::read_to_string(&list).unwrap().contains(&key_of(&friend)));
}

/// Three devices on the journal of the first, each sealing to all of them.
fn three() -> [Home; 3] {
    let homes = [Home::ready(), Home::ready(), Home::ready()];
    for home in &homes {
        for (other, name) in homes.iter().zip(["desk", "phone", "laptop"]) {
            home.run(&format!("key add {} --name {name}", key_of(other))).ok();
        }
    }
    homes[0].keep("write 'known to all'");
    homes
}

/// What a home says of the journal of another while it reads that.
fn lines_about(home: &Home, other: &Home, arguments: &str) -> String {
    let read = home.run(arguments).env("INWARD_JOURNAL", other.journal()).outcome();
    one_line(&format!("{}{}", read.stdout, read.stderr))
}

#[test]
fn what_another_device_seals_to_a_key_that_was_removed_here_is_named_until_it_is_sealed_again() {
    let [desk, phone, laptop] = three();
    let removed = desk.run("key remove laptop").ok().stderr;
    let command = format!("inward key remove {}", key_of(&laptop));
    assert!(removed.contains(&command), "what to run on the other: {removed}");
    assert_eq!(opened_by(&desk, &laptop), 0);
    assert!(!lines_about(&desk, &desk, "list").contains("sealed to"));

    phone.run("write 'from the phone'").env("INWARD_JOURNAL", desk.journal()).ok();
    assert_eq!(opened_by(&desk, &laptop), 1);
    let named = "1 file is encrypted to more recipients than are on your list.";
    for arguments in ["list", "search phone", "show", "export", "patterns", "doctor"] {
        let said = lines_about(&desk, &desk, arguments);
        assert_eq!(said.matches(named).count(), 1, "{arguments}: {said}");
        assert!(said.contains("`inward key remove` on the device"), "{arguments}: {said}");
    }
    assert!(!lines_about(&desk, &desk, "list --quiet").contains("sealed to"));
    // The phone sees that the others have one key fewer.
    let phones = lines_about(&phone, &desk, "list");
    assert!(phones.contains("1 file is encrypted to fewer recipients"), "{phones}");

    phone.run(&command[7..]).env("INWARD_JOURNAL", desk.journal()).ok();
    desk.run("key reseal").ok();
    assert_eq!(opened_by(&desk, &laptop), 0);
    for home in [&desk, &phone] {
        assert!(!lines_about(home, &desk, "list").contains("sealed to"));
        assert!(lines_about(home, &desk, "doctor").ends_with("No problems found."));
    }
}

#[test]
fn what_another_device_seals_to_the_key_before_a_rotation_is_named() {
    let [desk, phone, _] = three();
    desk.run("key rotate").ok();
    assert!(!lines_about(&desk, &desk, "list").contains("sealed to"));
    phone.run("write 'from the phone'").env("INWARD_JOURNAL", desk.journal()).ok();
    let named = "1 file is encrypted to a key you have replaced.";
    assert!(lines_about(&desk, &desk, "list").contains(named));
    assert!(lines_about(&desk, &desk, "doctor").contains(named));
    desk.run("key reseal").ok();
    assert!(!lines_about(&desk, &desk, "list").contains("sealed to"));
}

#[test]
#[ignore = "needs git; run in CI"]
fn what_comes_by_sync_from_a_device_that_does_not_know_of_an_added_key_is_named() {
    let (desk, remote, new) = (Home::ready(), crate::sync::remote(), Home::ready());
    crate::sync::begin(&desk, &remote);
    let laptop = crate::sync::second(&desk, &remote);
    let added = desk.run(&format!("key add {}", key_of(&new))).ok().stderr;
    assert!(added.contains(&format!("inward key add {}", key_of(&new))), "{added}");
    for n in 0..20 {
        laptop.keep(&format!("write {n}"));
    }
    crate::sync::sync(&laptop);
    let synced = one_line(&crate::sync::sync(&desk));
    assert!(synced.contains("20 files are encrypted to fewer recipients"), "{synced}");
    desk.run("key reseal").ok();
    crate::sync::sync(&desk);
    // The other learns from what comes that there is a key which it does not know.
    let json = laptop.run("sync --json").ok().json();
    assert_eq!(json["synced"]["sealed_to_others"], 20);
}

#[test]
#[ignore = "needs git; run in CI"]
fn what_comes_by_sync_from_a_device_with_a_key_of_its_own_is_named() {
    let (desk, remote, stranger) = (Home::ready(), crate::sync::remote(), Home::ready());
    crate::sync::begin(&desk, &remote);
    stranger.keep("write 'from another key'");
    stranger.keep("write 'and again'");
    crate::sync::begin(&stranger, &remote);
    let synced = one_line(&crate::sync::sync(&desk));
    let named = "2 files are encrypted to another key only, so you can't read them here. If you ran `inward key rotate` on another device";
    assert!(synced.contains(named), "{synced}");
    stranger.keep("write 'once more'");
    crate::sync::sync(&stranger);
    assert_eq!(desk.run("sync --json").ok().json()["synced"]["sealed_to_others"], 1);
}

#[test]
fn a_draft_is_nobody_elses_whoever_it_is_sealed_to() {
    let (home, other) = (Home::evening(), Home::ready());
    let session = home.terminal("evening");
    session.asked("this morning's intention").choose(1);
    session.asked("One moment").press(Key::Ctrl('c'));
    session.ends(130);
    home.run(&format!("key add {}", key_of(&other))).ok();
    assert!(lines_about(&home, &home, "doctor").contains("one unfinished entry"));
    assert!(!lines_about(&home, &home, "doctor").contains("sealed to"));
}

#[test]
fn files_of_before_a_rotation_that_come_back_accuse_no_other_device() {
    let home = Home::ready();
    let id = home.keep("write one");
    home.keep("write two");
    home.run(&format!("edit {id} --tag new")).ok();
    let old: Vec<_> = files(&home.journal())
        .into_iter()
        .map(|it| (it.clone(), std::fs::read(it).unwrap()))
        .collect();
    home.run("key rotate").ok();
    old.iter().for_each(|(file, bytes)| std::fs::write(file, bytes).unwrap());
    for arguments in ["list", "list", "search one", "doctor"] {
        let said = one_line(&home.run(arguments).outcome().stderr);
        assert!(!said.contains("a key you have replaced"), "{arguments}: {said}");
    }
    assert_eq!(home.listed("").len(), 2);
}
