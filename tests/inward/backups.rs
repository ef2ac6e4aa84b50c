//! Copies of the key and of the journal: whoever keeps one can check it.

use std::path::Path;

use crate::harness::{Home, files, one_line, snapshot, walk};

/// A journal of three entries, and a copy of its folder.
fn copied() -> (Home, [String; 3], std::path::PathBuf) {
    let home = Home::ready();
    let words = ["the first", "the second", "the third"];
    let ids = words.map(|words| home.keep(&format!("write '{words}'")));
    let backup = home.path().join("stick/journal");
    copy_folder(&home.journal(), &backup);
    (home, ids, backup)
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for path in walk(from) {
        let copy = to.join(path.strip_prefix(from).unwrap());
        std::fs::create_dir_all(if path.is_dir() { &copy } else { copy.parent().unwrap() })
            .unwrap();
        if path.is_file() {
            std::fs::copy(&path, &copy).unwrap();
        }
    }
}

#[track_caller]
fn compare(home: &Home, backup: &Path, exit: i32) -> serde_json::Value {
    let arguments = format!("doctor --json --backup {}", backup.display());
    home.run(&arguments).exits(exit).json()["backup"].clone()
}

fn states(report: &serde_json::Value) -> Vec<(String, String)> {
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let all = report["different"].as_array().unwrap().iter();
    all.map(|one| (text(&one["id"]), text(&one["is"]))).collect()
}

#[test]
fn a_backup_that_is_whole_is_said_to_be() {
    let (home, _, backup) = copied();
    let before = snapshot(home.path());
    for folder in [backup.clone(), backup.parent().unwrap().to_owned()] {
        let outcome = home.run(&format!("doctor --backup {}", folder.display())).ok();
        outcome
            .prints("Entries here: 3. In the backup: 3. Every entry opens, and the two match.\n");
    }
    assert!(snapshot(home.path()) == before, "nothing is changed by looking");
}

#[test]
fn a_backup_is_found_two_folders_deeper_and_none_is_guessed_where_there_are_two() {
    let (home, _, backup) = copied();
    let stick = home.path().join("usb");
    copy_folder(&backup, &stick.join("inward/journal"));
    std::fs::create_dir_all(stick.join("Photos/2026/11")).unwrap();
    let outcome = home.run(&format!("doctor --backup {}", stick.display())).ok();
    outcome.prints("Entries here: 3. In the backup: 3. Every entry opens, and the two match.\n");
    assert!(one_line(&outcome.stderr).contains("usb/inward/journal"), "{}", outcome.stderr);
    copy_folder(&backup, &stick.join("older/journal"));
    let refused = home.run(&format!("doctor --backup {}", stick.display())).exits(2).stderr;
    assert!(refused.contains("has more than one journal in it."), "{refused}");
    assert!(one_line(&refused).contains("usb/older/journal"), "{refused}");
}

#[test]
fn a_backup_from_before_a_change_of_keys_is_to_be_made_again() {
    let (home, _, backup) = copied();
    home.run("key rotate").ok();
    let outcome = home.run(&format!("doctor --backup {}", backup.display())).ok();
    let advice = "Copy the journal's folder again, and destroy the old copy.";
    assert!(one_line(&outcome.stdout).contains(advice), "{}", outcome.stdout);
    assert!(!outcome.stderr.contains("reseal"), "{}", outcome.stderr);
    assert_eq!(compare(&home, &backup, 0)["outdated"], 3);
}

#[test]
fn a_backup_names_what_is_missing_older_newer_and_only_there() {
    let (home, [first, second, third], backup) = copied();
    let fourth = home.keep("write 'after the copy'");
    home.run(&format!("edit {first} --tag calm")).ok();
    home.run(&format!("delete {second} --yes")).ok();
    let own = |id: &String, is: &str| (id.clone(), is.to_owned());
    let report = compare(&home, &backup, 4);
    assert_eq!(
        states(&report),
        [own(&fourth, "missing"), own(&first, "older"), own(&second, "deleted-here")]
    );
    assert_eq!((&report["entries_here"], &report["entries_there"]), (&3.into(), &3.into()));
    // What was edited on the copy, and what is only there.
    let other = home.with_its_key();
    std::fs::remove_dir_all(other.journal()).ok();
    copy_folder(&backup, &other.journal());
    other.run(&format!("edit {third} --tag elsewhere")).ok();
    let only = other.keep("write 'on the other one'");
    let report = compare(&home, &other.journal(), 4);
    let newer = [own(&third, "newer"), own(&second, "deleted-here"), own(&only, "only-there")];
    assert_eq!(states(&report)[2..], newer);
    // A copy that only has more lacks nothing.
    let (home, [_, second, _], backup) = copied();
    home.run(&format!("delete {second} --yes")).ok();
    assert_eq!(states(&compare(&home, &backup, 0)), [own(&second, "deleted-here")]);
}

#[test]
fn a_backup_with_damage_names_the_files() {
    let (home, _, backup) = copied();
    let torn = files(&backup).into_iter().next().unwrap();
    let bytes = std::fs::read(&torn).unwrap();
    std::fs::write(&torn, &bytes[..bytes.len() / 2]).unwrap();
    let report = compare(&home, &backup, 4);
    assert_eq!(report["damaged"][0]["path"], torn.display().to_string());
    assert_eq!(states(&report)[0].1, "missing");
}

#[test]
fn a_folder_without_a_journal_and_the_journal_itself_are_refused() {
    let (home, _, _) = copied();
    home.write("empty/note.txt", "nothing");
    home.run("doctor --backup empty").exits(2).says(
        "empty doesn't contain a journal.\nGive the copy of the journal's folder: the one with the years in it (2026 and so on), or a folder that contains it.\n",
    );
    let own = home.journal();
    home.run(&format!("doctor --backup {}", own.display())).exits(2);
    home.run(&format!("doctor --backup {}/.", own.parent().unwrap().display())).exits(2);
    home.run("doctor --fix --backup empty").exits(2);
}

#[test]
fn a_resealed_journal_is_the_same_as_its_copy() {
    let (home, _, backup) = copied();
    home.run("key rotate").ok();
    assert!(states(&compare(&home, &backup, 0)).is_empty());
}

#[test]
fn a_key_in_json_is_not_left_on_a_terminal_unless_that_is_asked_for() {
    let home = Home::ready();
    let terminal = home.terminal("key backup --json");
    terminal.wait_for("so nothing was copied.").ends(2);
    assert!(!terminal.raw().contains("AGE-SECRET-KEY"));
    home.terminal("key backup - --json").wait_for("AGE-SECRET-KEY").ends(0);
}

#[test]
fn a_copy_of_the_key_is_checked_with_the_newest_entry() {
    let home = Home::ready();
    home.run("key backup copy.txt").ok();
    home.run("key backup --check copy.txt").ok().says(
        "This copy has no passphrase: anyone who finds it can use it.\n\
         There's no entry yet to try it on.\n",
    );
    let other = Home::ready();
    std::fs::copy(other.inward("config/identity.txt"), home.path().join("foreign.txt")).unwrap();
    let told = home.run("key backup --check foreign.txt").exits(3).stderr;
    assert!(told.contains("foreign.txt doesn't match this journal's recipients."), "{told}");
    home.keep("write 'a page'");
    home.run("key backup --check copy.txt").ok().says(
        "This copy has no passphrase: anyone who finds it can use it.\n\
         It opens the newest entry, today at 21:14.\n",
    );
    home.run("key rotate").ok();
    let old = home.run("key backup --check copy.txt").exits(3);
    assert!(old.stderr.contains("doesn't open the newest entries"), "{}", old.stderr);
    home.run("key backup --check nothing.txt").exits(2);
    home.write("note.txt", "not a key");
    home.run("key backup --check note.txt").exits(3);
    home.run("key backup --check copy.txt other.txt").exits(2);
}
