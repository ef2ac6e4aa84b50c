//! The passphrase and the copies of the key: changed whole or not at all, and
//! proved to open before anything that was there goes.

use std::path::PathBuf;

use crate::harness::{Home, Run, files, mode, name, one_line, snapshot};

const OLD: &str = "echo 'correct horse'";
const NEW: &str = "echo 'battery staple'";
const OPENS: &str = "INWARD_PASSPHRASE_COMMAND";
const CHOOSES: &str = "INWARD_NEW_PASSPHRASE_COMMAND";

fn locked() -> Home {
    let home = Home::locked(OLD);
    home.keep("write words");
    home
}

fn changes(home: &Home) -> Run {
    home.run("key passphrase").env(OPENS, OLD).env(CHOOSES, NEW)
}

fn config(home: &Home) -> Vec<String> {
    files(&home.inward("config")).iter().map(|f| name(f).to_owned()).collect()
}

fn opens(home: &Home, with: &str) -> bool {
    match home.run("list").env(OPENS, with).outcome().code {
        0 => true,
        3 => false,
        code => panic!("{code}"),
    }
}

#[test]
fn a_passphrase_is_changed_and_the_old_one_opens_no_longer() {
    let home = locked();
    changes(&home).ok().prints("").says(
        "The new passphrase opens the journal from now on. Copies of the key elsewhere\n\
         still open with the old one, so make a new backup and destroy those.\n",
    );
    assert!(opens(&home, NEW) && !opens(&home, OLD));
    assert_eq!(config(&home), ["identity.age", "recipients.txt"]);
    assert_eq!(mode(&home.inward("config/identity.age")), 0o600);
    let header = std::fs::read(home.inward("config/identity.age")).unwrap();
    assert!(String::from_utf8_lossy(&header).lines().nth(1).unwrap().ends_with(" 18"));
}

#[test]
fn a_passphrase_is_removed_and_set_again() {
    let home = locked();
    home.run("key passphrase --remove").env(OPENS, OLD).ok();
    assert_eq!(config(&home), ["identity.txt", "recipients.txt"]);
    assert_eq!(mode(&home.inward("config/identity.txt")), 0o600);
    home.run("list").ok();
    home.run("key passphrase --remove").exits(2);
    let added = home.run("key passphrase").env(CHOOSES, NEW).ok().stderr;
    assert!(one_line(&added).contains("Copies of the key elsewhere have none and open for"));
    assert_eq!(config(&home), ["identity.age", "recipients.txt"]);
    assert!(opens(&home, NEW));
}

#[test]
fn a_key_that_lies_open_beside_is_named_and_goes_only_where_it_is_the_same() {
    let home = locked();
    home.run("key passphrase --remove").env(OPENS, OLD).ok();
    let open = std::fs::read(home.inward("config/identity.txt")).unwrap();
    home.run("key passphrase").env(CHOOSES, OLD).ok();
    // As a change that was interrupted leaves it.
    let beside = home.write("inward/config/identity.txt", &open);
    let shown = home.run("key").ok().stdout;
    assert!(shown.contains("is there, too,"), "{shown}");
    changes(&home).ok();
    assert!(!beside.exists());
    // Another key of the user's is not ours to remove.
    let foreign = std::fs::read(Home::ready().inward("config/identity.txt")).unwrap();
    home.write("inward/config/identity.txt", &foreign);
    home.run("key passphrase").env(OPENS, NEW).env(CHOOSES, OLD).ok();
    assert_eq!(std::fs::read(&beside).unwrap(), foreign);
}

#[test]
fn what_a_killed_change_left_of_a_key_goes_with_the_next_change() {
    let home = locked();
    let left = home.write("inward/config/.replacing-x7f2qd", "AGE-SECRET-KEY-1");
    changes(&home).ok();
    assert!(!left.exists());
}

#[test]
fn a_wrong_passphrase_changes_no_key() {
    let home = locked();
    let before = snapshot(home.path());
    let copy = home.path().join("copy.txt");
    for arguments in
        ["key passphrase", "key passphrase --remove", "key rotate", "key backup copy.txt"]
    {
        home.run(arguments).env(OPENS, "echo wrong").env(CHOOSES, NEW).exits(3);
    }
    for bad in ["echo", "exit 1", "printf '\\377\\n'"] {
        home.run("key passphrase").env(OPENS, OLD).env(CHOOSES, bad).exits(3);
    }
    assert!(!copy.exists() && snapshot(home.path()) == before);
    Home::new().run("key passphrase").env(CHOOSES, NEW).exits(3);
    home.run("key passphrase").env(OPENS, OLD).exits(2).says(
        "inward can't let you choose a passphrase: there's no terminal.\n\
         Set INWARD_NEW_PASSPHRASE_COMMAND to a command that prints it.\n",
    );
}

#[test]
fn two_places_for_the_passphrase_are_one_too_many_and_both_are_named() {
    let home = locked();
    home.config(&format!("passphrase-command = \"{OLD}\"\n"));
    home.run("list").ok();
    home.run("list").env(OPENS, OLD).exits(2).prints("").says(
        "Two settings say where to get the passphrase: INWARD_PASSPHRASE_COMMAND and passphrase-command in config.toml.\n\
         Keep one of them, and unset the other.\n",
    );
    // Writing asks neither.
    home.run("write more").env(OPENS, OLD).ok();
}

#[test]
fn a_backup_opens_and_is_put_back_where_the_key_was_lost() {
    let home = locked();
    let made = home.run("key backup copy.txt").env(OPENS, OLD).ok();
    assert!(made.stderr.starts_with("Key copied, and the copy checked.\n"), "{}", made.stderr);
    let copy = home.path().join("copy.txt");
    assert_eq!(mode(&copy), 0o600);
    let text = std::fs::read_to_string(&copy).unwrap();
    assert!(text.starts_with("-----BEGIN AGE ENCRYPTED FILE-----\n"), "{text}");
    let list = std::fs::read(home.inward("config/recipients.txt")).unwrap();
    std::fs::remove_dir_all(home.inward("config")).unwrap();
    // Each says the same, and what to do.
    for arguments in ["", "list", "write more", "init --no-passphrase"] {
        let lost = home.run(arguments).exits(3);
        assert!(lost.stderr.contains("inward init --identity FILE"), "{}", lost.stderr);
    }
    let wrong = home.run("init --identity copy.txt").env(OPENS, "echo wrong").exits(3);
    assert!(
        wrong.stderr.starts_with("That passphrase doesn't open copy.txt.\n"),
        "{}",
        wrong.stderr
    );
    assert!(!home.inward("config").exists());
    home.run("init --identity copy.txt").env(OPENS, OLD).ok().says(
        "The key is restored, and opens the journal.\n\
         A device with this same key still reads everything. Entries are now encrypted\n\
         only to this key. Anyone who reads this journal with a different key must be\n\
         added again: `inward key add`.\n",
    );
    assert_eq!(std::fs::read(home.inward("config/recipients.txt")).unwrap(), list);
    assert!(opens(&home, OLD));
    // Where only the key's file is gone, there is still but one key.
    std::fs::rename(home.inward("config/identity.age"), home.path().join("aside")).unwrap();
    home.run("init --identity copy.txt")
        .env(OPENS, OLD)
        .ok()
        .says("The key is restored, and opens the journal.\n");
    home.keep("write more");
}

#[test]
fn on_a_new_machine_it_is_said_where_the_copied_journal_goes() {
    let old = locked();
    old.keep("write words");
    old.run("key backup copy.txt").env(OPENS, OLD).ok();
    let new = Home::new();
    let copy = old.path().join("copy.txt");
    let init = new.run(&format!("init --identity {}", copy.display())).env(OPENS, OLD).ok();
    let place = new.journal().display().to_string();
    let told = one_line(&init.stderr).replace(' ', "");
    let wanted = format!(
        "The key is restored. If you have a copy of the journal's folder, restore it too. For a copy in /media/usb/journal, run: mkdir -p {place} cp -r /media/usb/journal/. {place}/"
    );
    assert!(told.starts_with(&wanted.replace(' ', "")), "{told}");
    let doctor = new.run("doctor").env(OPENS, OLD).ok();
    doctor.prints("Opened 0 entries. No problems found.\n");
    assert!(
        one_line(&doctor.stderr)
            .contains("There are no entries yet. If you have a copy of the journal's folder"),
        "{}",
        doctor.stderr
    );
    // Once it is there, nothing more is said.
    for file in files(&old.journal()) {
        let bytes = std::fs::read(&file).unwrap();
        let name = file.strip_prefix(old.journal()).unwrap();
        std::fs::create_dir_all(new.journal().join(name.parent().unwrap())).unwrap();
        std::fs::write(new.journal().join(name), bytes).unwrap();
    }
    let doctor = new.run("doctor").env(OPENS, OLD).outcome();
    assert!(!doctor.stderr.contains("If you have a copy"), "{}", doctor.stderr);
    let listed = new.run("list").env(OPENS, OLD).ok().stdout;
    assert_eq!(listed.lines().count(), 3, "a day, and its two entries\n{listed}");
}

#[test]
fn a_backup_goes_to_standard_output_where_no_file_is_named() {
    let home = Home::ready();
    let made = home.run("key backup").ok();
    let own = std::fs::read_to_string(home.inward("config/identity.txt")).unwrap();
    made.prints(&own);
    assert!(made.stderr.contains("It has no passphrase"), "{}", made.stderr);
}

#[test]
fn a_backup_replaces_no_file_and_no_other_key() {
    let home = locked();
    home.write("copy.txt", "mine");
    home.run("key backup copy.txt").env(OPENS, OLD).exits(2);
    home.run("key backup --page page.pdf").env(OPENS, OLD).exits(2);
    assert_eq!(std::fs::read_to_string(home.path().join("copy.txt")).unwrap(), "mine");
    // Another journal's key is not put beside this one's.
    let other = Home::ready();
    let foreign: PathBuf = other.inward("config/identity.txt");
    let before = snapshot(home.path());
    let init = format!("init --identity {}", foreign.display());
    home.run(&init).env(OPENS, OLD).exits(3);
    assert!(snapshot(home.path()) == before);
    for (file, code) in [("nowhere.txt", 2), ("copy.txt", 3)] {
        let refused = home.run(&format!("init --identity {file}")).exits(code);
        assert!(refused.stderr.contains(file), "{}", refused.stderr);
    }
    std::fs::remove_file(home.inward("config/identity.age")).unwrap();
    home.run(&init).exits(3).says(&format!(
        "{} opens none of this journal's entries.\n\
         It may belong to another journal, or you may have changed the key since you made this \
         copy. If this device has entries of its own, sync first, with `inward sync init REMOTE`, \
         then run this again. Nothing was changed.\n",
        foreign.display()
    ));
}

#[test]
fn a_newer_backup_brings_a_rotated_key_to_another_device() {
    let desk = locked();
    desk.run("key backup first.txt").env(OPENS, OLD).ok();
    let phone = Home::new();
    let restore = |file: &str| {
        let run = phone.run(&format!("init --identity {}", desk.path().join(file).display()));
        run.env(OPENS, OLD).env("INWARD_JOURNAL", desk.journal())
    };
    restore("first.txt").ok();
    desk.run("key passphrase").env(OPENS, OLD).env(CHOOSES, NEW).ok();
    desk.run("key rotate").env(OPENS, NEW).ok();
    desk.keep("write 'after the rotation'");
    desk.run("key backup second.txt").env(OPENS, NEW).ok();
    // Asked for the backup's passphrase first, and then for that of the key here.
    let answers = phone.path().join("answers");
    phone.write("answers", "battery staple\ncorrect horse\n");
    let next = format!("sed -n 1p {0}; sed -i 1d {0}", answers.display());
    restore("second.txt").env(OPENS, &next).ok().says(
        "Now the passphrase of the key already on this device.\n\
         You now have both keys, and each opens the entries encrypted to it. To open\n\
         the journal here, type the backup's passphrase from now on. `inward key reseal`\n\
         encrypts all of them to the restored one, so that other devices read them too.\n",
    );
    assert!(!opens(&phone, OLD), "what the passphrase was changed for");
    let list = phone.run("list").env(OPENS, NEW).env("INWARD_JOURNAL", desk.journal()).ok();
    assert!(list.stdout.contains("after the rotation"), "{}", list.stdout);
    let older = restore("first.txt").exits(3);
    assert!(older.stderr.contains("opens none of this journal's entries"), "{}", older.stderr);
    // And the phone seals to the new key now.
    let recipients =
        |home: &Home| std::fs::read_to_string(home.inward("config/recipients.txt")).unwrap();
    assert_eq!(recipients(&phone), recipients(&desk));
}

#[test]
fn an_older_backup_changes_nothing_where_its_key_is_already() {
    let (desk, phone) = (Home::ready(), Home::new());
    desk.keep("write 'from before'");
    desk.run("key backup first.txt").ok();
    phone.run(&format!("init --identity {}", desk.path().join("first.txt").display())).ok();
    desk.run("key rotate").ok();
    // Something that the old key opens.
    phone.run("write 'from the phone'").env("INWARD_JOURNAL", desk.journal()).ok();
    let before = snapshot(&desk.inward("config"));
    desk.run("init --identity first.txt").ok().says(
        "This device has that key already. Its passphrase stays; `inward key passphrase`\n\
         changes it.\n",
    );
    assert!(snapshot(&desk.inward("config")) == before);
}

#[test]
fn two_devices_that_rotated_one_key_apart_are_joined_by_a_copy() {
    let (desk, phone) = (Home::ready(), Home::new());
    desk.keep("write 'from before'");
    desk.run("key backup first.txt").ok();
    let copy = |name: &str| desk.path().join(name).display().to_string();
    let on_desks = |run: Run| run.env("INWARD_JOURNAL", desk.journal());
    phone.run(&format!("init --identity {}", copy("first.txt"))).ok();
    desk.run("key rotate").ok();
    phone.run("key rotate").ok();
    on_desks(phone.run("write 'from the phone'")).ok();
    assert_eq!(desk.run("list").outcome().code, 4);
    phone.run(&format!("key backup {}", copy("second.txt"))).ok();
    let joined = desk.run("init --identity second.txt").ok();
    assert!(joined.stderr.contains("You now have both keys"), "{}", joined.stderr);
    let mut listed = desk.listed("");
    listed.sort();
    assert_eq!(listed, ["from before", "from the phone"]);
    desk.keep("write 'for both'");
    let identity = phone.inward("config/identity.txt");
    let list = desk.run("list").env("INWARD_IDENTITY", identity).exits(4);
    assert!(list.stdout.contains("for both"), "{}", list.stdout);
}

#[test]
fn a_copy_without_a_passphrase_does_not_take_the_passphrase_away() {
    let home = locked();
    home.run("key passphrase --remove").env(OPENS, OLD).ok();
    home.run("key backup open.txt").ok();
    home.run("key passphrase").env(CHOOSES, NEW).ok();
    home.run("init --identity open.txt").env(OPENS, NEW).ok();
    assert_eq!(config(&home), ["identity.age", "recipients.txt"]);
    assert!(opens(&home, NEW));
}

#[test]
fn an_ssh_key_is_not_copied_into_the_journal() {
    let home = Home::new();
    home.write("id_ed25519", include_str!("harness/ssh-key-for-tests"));
    let refused = home.run("init --identity id_ed25519").exits(2);
    assert!(
        refused.stderr.contains("is an SSH key. inward uses it where it is"),
        "{}",
        refused.stderr
    );
    assert!(files(&home.inward("")).is_empty());
}

#[test]
fn a_link_in_the_place_of_the_key_is_neither_followed_nor_replaced() {
    let home = locked();
    let (there, here) = (home.path().join("elsewhere.age"), home.inward("config/identity.age"));
    std::fs::rename(&here, &there).unwrap();
    std::os::unix::fs::symlink(&there, &here).unwrap();
    let before = std::fs::read(&there).unwrap();
    changes(&home).exits(2);
    assert!(here.is_symlink() && std::fs::read(&there).unwrap() == before);
    assert!(opens(&home, OLD));
}
