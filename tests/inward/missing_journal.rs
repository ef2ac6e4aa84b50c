//! A journal that is named and not there, or empty where it was not: a typo, or a disk
//! that is not mounted. Nothing takes it for a new journal.

use crate::harness::{Home, Key, files, one_line, snapshot};

/// A line for each verb that could read or write there.
const LINES: &[&str] = &[
    "",
    "write words",
    "list",
    "show",
    "search words",
    "patterns",
    "export",
    "import --from jrnl old.txt",
    "edit --tag t",
    "delete k3v9q2m8ab --yes",
    "resume",
    "due",
    "routine --list",
    "sync",
    "unlock",
    "lock",
    "prompt",
    "key show",
    "key reseal",
    "doctor",
];

#[test]
fn a_journal_that_is_named_and_not_there_is_refused_by_whatever_needs_it_and_never_made() {
    let home = Home::ready();
    home.write("old.txt", "[2026-10-01 07:00] Day\nwords\n");
    let before = snapshot(home.path());
    for line in LINES {
        let by_flag = home.run(&format!("--journal typo {line}")).exits(5);
        by_flag.says(
            "There's no journal at typo.\n\
             Check the path, and whether its disk is mounted. To start a new journal there, run `inward init` with the same path.\n",
        );
        home.run(line).env("INWARD_JOURNAL", home.path().join("usb/journal")).exits(5);
    }
    for line in ["config path", "help privacy", "practices", "man", "tour --help", "--help"] {
        home.run(&format!("--journal typo {line}")).ok();
    }
    // Nor by the first practice on a terminal, before a key is made.
    let terminal = Home::new();
    terminal.terminal("--journal typo intent").wait_for("There's no journal at typo.").ends(5);
    assert_eq!(files(terminal.path()).len(), 0);
    assert!(snapshot(home.path()) == before);
}

#[test]
fn entries_in_a_folder_too_deep_or_too_high_are_told_of_and_read_once_they_are_moved() {
    for too_far in ["journal/journal", "journal/stick/journal", "."] {
        let home = Home::ready();
        home.keep("write words");
        let (year, home_folder) = (home.journal().join("2026"), home.journal());
        let place = match too_far {
            "." => home_folder.parent().unwrap().to_owned(),
            deeper => home_folder.parent().unwrap().join(deeper),
        };
        std::fs::create_dir_all(&place).unwrap();
        std::fs::rename(&year, place.join("2026")).unwrap();
        let hint = "Move the folders named after years (2026 and so on) from there to";
        for line in ["list", "show", "search words", "write more", "doctor"] {
            let told = one_line(&home.run(line).exits(5).stderr);
            assert!(told.starts_with("Your entries are in the wrong folder: "), "{line}: {told}");
            assert!(told.contains(hint), "{line}: {told}");
        }
        let today = home.run("").ok().stdout;
        assert!(today.contains("doctor     your entries are in the wrong folder"), "{today}");
        std::fs::rename(place.join("2026"), &year).unwrap();
        assert_eq!(home.listed(""), ["words"]);
        assert!(!home.run("").ok().stdout.contains("wrong folder"));
    }
}

#[test]
fn a_folder_too_high_or_too_deep_that_is_named_gets_the_journal_named_and_never_the_advice_to_move_it()
 {
    let home = Home::ready();
    home.keep("write words");
    let before = snapshot(&home.inward("journal"));
    let journal = std::fs::canonicalize(home.journal()).unwrap();
    let named = ["", "inward", "inward/journal/2026", "inward/journal/2026/11"];
    for line in LINES.iter().copied().chain(["init"]) {
        for name in named.map(|name| home.path().join(name)) {
            let told = home.run(line).env("INWARD_JOURNAL", &name).exits(5).stderr;
            let fact = format!("There's no journal at {}, but there's one at ", name.display());
            assert!(told.starts_with(&fact), "{line}: {told}");
            let hint = format!("Did you mean `--journal {}`?\n", journal.display());
            assert!(told.ends_with(&hint), "{line}: {told}");
        }
        let beside = home.run(&format!("--journal inward/journal/2025/12 {line}")).exits(5);
        assert!(beside.stderr.contains("Did you mean"), "{line}: {}", beside.stderr);
    }
    assert!(snapshot(&home.inward("journal")) == before);
    // Nor does a home one folder too deep.
    for line in ["write more", "list", "init --no-passphrase", "delete x --yes"] {
        let told = home.run(line).env("INWARD_HOME", home.journal()).outcome().stderr;
        assert!(
            told.contains("Did you mean `--journal") && !told.contains("Move"),
            "{line}: {told}"
        );
    }
    // Nor an empty journal in which there's another that was kept in from here.
    let two = Home::ready();
    two.run("--journal inward/journal/work init").ok();
    two.keep("--journal inward/journal/work write words");
    let told = two.run("write more").exits(5).stderr;
    assert!(told.contains("Did you mean `--journal") && !told.contains("Move"), "{told}");
    assert!(!two.run("").ok().stdout.contains("wrong folder"));
}

#[test]
fn a_folder_of_something_else_is_no_journal_until_init_makes_one_in_it() {
    let home = Home::ready();
    home.write("settings/gtk/theme", "dark");
    for line in ["write words", "list", "doctor", "sync", "import --from jrnl old.txt"] {
        let told = home.run(&format!("--journal settings {line}")).exits(5).stderr;
        assert!(told.starts_with("There's no journal at settings.\n"), "{line}: {told}");
    }
    assert_eq!(files(&home.path().join("settings")).len(), 1);
    home.run("--journal settings init").ok();
    home.keep("--journal settings write words");
    // But none where the key is: a journal's folder may be synced.
    let new = Home::new();
    new.run("init --no-passphrase").ok();
    for place in ["inward", "inward/config"] {
        let told = new.run(&format!("--journal {place} init")).exits(2).stderr;
        assert!(told.contains("is reserved for inward's keys"), "{place}: {told}");
    }
    // A folder that is empty but for what is hidden is one without further ado.
    home.write("new/.git/config", "");
    home.keep("--journal new write words");
}

#[test]
fn init_makes_a_journal_where_it_is_named_beside_the_key_that_is_here() {
    let home = Home::ready();
    let key = std::fs::read(home.inward("config/identity.txt")).unwrap();
    let made = home.run("--journal second init").ok().stderr;
    assert!(made.contains("New journal in second"), "{made}");
    home.run("--journal second init").exits(2);
    home.run("--journal second write there").ok();
    assert!(home.run("--journal second list").ok().stdout.contains("there"));
    assert_eq!(std::fs::read(home.inward("config/identity.txt")).unwrap(), key);
    // And a home that has no key gets one with its journal.
    let new = Home::new();
    new.run("--journal first init --no-passphrase").ok();
    new.run("--journal first write words").ok();
}

#[test]
fn init_makes_the_folder_of_the_journal_so_that_it_can_be_named_before_anything_is_kept() {
    let home = Home::new();
    home.run("init --no-passphrase").ok();
    let mode = std::os::unix::fs::PermissionsExt::mode(
        &std::fs::metadata(home.journal()).unwrap().permissions(),
    );
    assert_eq!(mode & 0o777, 0o700);
    let path = home.journal().display().to_string();
    home.run(&format!("--journal {path} list")).exits(1);
    home.run("due").env("INWARD_JOURNAL", &path).ok();
    home.run("init").exits(2);
    // Beside the key, it's made again where it's gone.
    std::fs::remove_dir(home.journal()).unwrap();
    home.run(&format!("--journal {path} list")).exits(5);
    let made = home.run("init").ok().stderr;
    assert!(made.contains("New journal in "), "{made}");
    assert!(home.journal().is_dir());
    home.run(&format!("--journal {path} write words")).ok();
    // One that has gone since something was kept in it is refused as before.
    std::fs::remove_dir_all(home.journal()).unwrap();
    home.run("write more").exits(5);
    home.run("list").env("INWARD_JOURNAL", &path).exits(5);
    assert!(!home.journal().exists());
}

#[test]
fn an_empty_folder_in_which_something_was_kept_from_here_is_not_written_in() {
    let home = Home::ready();
    home.run("--journal usb init").ok();
    home.keep("--journal usb write words");
    // As where its disk is not mounted.
    std::fs::rename(home.path().join("usb"), home.path().join("away")).unwrap();
    std::fs::create_dir(home.path().join("usb")).unwrap();
    home.write("old.txt", "[2026-10-01 07:00] Day\nwords\n");
    for line in ["write more", "reflect more", "import --from jrnl old.txt", "doctor"] {
        for journal in ["usb", "usb/", "./usb"] {
            let refused = home.run(&format!("--journal {journal} {line}")).exits(5).stderr;
            assert!(refused.contains("is empty, but you have kept entries there"), "{refused}");
        }
    }
    let terminal = home.terminal("--journal usb write");
    terminal.wait_for("Is its disk mounted?").ends(5);
    assert!(files(&home.path().join("usb")).is_empty());
    // Neither where what was kept was imported.
    home.run("--journal disk init").ok();
    home.run("--journal disk import --from jrnl old.txt").ok();
    std::fs::remove_dir_all(home.path().join("disk/2026")).unwrap();
    home.run("--journal disk write more").exits(5);
    // Another journal is not concerned, nor is this one when it is back.
    home.keep("write here");
    home.run("--journal away write 'under another name'").ok();
    std::fs::remove_dir(home.path().join("usb")).unwrap();
    std::fs::rename(home.path().join("away"), home.path().join("usb")).unwrap();
    home.keep("--journal usb write back");
    // Or where it is to start over.
    std::fs::remove_dir_all(home.path().join("usb")).unwrap();
    home.run("--journal usb init").ok();
    home.keep("--journal usb write again");
}

#[test]
fn the_journal_of_a_home_that_was_moved_is_still_known() {
    let home = Home::ready();
    home.keep("write words");
    std::fs::rename(home.inward(""), home.path().join("moved")).unwrap();
    let moved = |line: &str| home.run(line).env("INWARD_HOME", home.path().join("moved"));
    moved("write more").ok();
    std::fs::remove_dir_all(home.path().join("moved/journal")).unwrap();
    moved("write more").exits(5);
    moved("list").exits(1);
    moved("init").ok();
    moved("write more").ok();
}

#[test]
fn where_nothing_may_be_remembered_nothing_is() {
    let home = Home::ready();
    home.config("remember-when-kept = false\n");
    home.keep("write words");
    std::fs::remove_dir_all(home.journal()).unwrap();
    home.keep("write words");
    assert!(!home.inward("state/kept.json").exists());
}

#[test]
fn a_device_that_has_only_read_writes_in_no_emptied_journal() {
    let home = Home::ready();
    home.keep("write 'the words'");
    let reader = home.with_its_key();
    for file in files(&home.journal()) {
        let to = reader.journal().join(file.strip_prefix(home.journal()).unwrap());
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::copy(&file, to).unwrap();
    }
    reader.run("list").ok();
    std::fs::remove_dir_all(reader.journal()).unwrap();
    std::fs::create_dir(reader.journal()).unwrap();
    reader.run("write words").exits(5);
    reader.run("key rotate").exits(5);
    reader.run("doctor --accept").ok();
    reader.run("write words").ok();
}

#[test]
fn what_stands_in_the_place_of_a_month_or_a_year_is_named_by_each_reading() {
    for place in ["2026/11", "2026"] {
        let home = Home::ready();
        home.keep("write 'the words'");
        home.run("list").ok();
        let place = home.journal().join(place);
        std::fs::remove_dir_all(&place).unwrap();
        std::fs::write(&place, "").unwrap();
        for line in ["list", "list --last 1", "search words", "export", "doctor"] {
            let outcome = home.run(line).outcome();
            let told = format!("{}{}", outcome.stdout, outcome.stderr);
            assert!(told.contains("this should be a folder of entries"), "{line}: {told}");
            assert_eq!(outcome.code, 4, "{line}");
        }
        let list = std::fs::read(home.inward("config/recipients.txt")).unwrap();
        home.run("key rotate").exits(4);
        assert_eq!(std::fs::read(home.inward("config/recipients.txt")).unwrap(), list);
    }
}

#[test]
fn a_journal_that_goes_while_a_session_asks_is_not_made_anew_and_the_answers_stay_in_the_draft() {
    let home = Home::ready();
    home.keep("write earlier");
    let named = home.path().join("usb");
    home.run("--journal usb init").ok();
    home.keep("--journal usb write earlier");
    for (journal, line, told) in [
        (home.journal(), "write", "isn't there, but you have kept entries there."),
        (named, "--journal usb write", "There's no journal at usb."),
    ] {
        let terminal = home.terminal(line);
        terminal.asked("Write what's there.").write("words of today");
        let away = home.path().join("not/mounted/now");
        std::fs::create_dir_all(away.parent().unwrap()).unwrap();
        std::fs::rename(&journal, &away).unwrap();
        for question in ["A title", "Tags", "How are you now"] {
            terminal.asked(question).press(Key::Enter);
        }
        terminal.asked("Try again").wait_for(told);
        assert!(!journal.exists(), "{line}");
        // Once it is mounted again, the entry is kept in it.
        std::fs::rename(&away, &journal).unwrap();
        terminal.press(Key::Enter).kept();
        let query = line.trim_end_matches("write");
        let listed = home.run(&format!("{query} list --json")).ok().stdout;
        assert!(listed.contains("words of today") && listed.contains("earlier"), "{listed}");
    }
    // Whoever stops finds the answers in the draft.
    let terminal = home.terminal("write");
    terminal.asked("Write what's there.").write("words of tonight");
    std::fs::remove_dir_all(home.journal()).unwrap();
    for question in ["A title", "Tags", "How are you now"] {
        terminal.asked(question).press(Key::Enter);
    }
    terminal.asked("Try again").wait_for("Stop for now").choose(1).ends(5);
    assert!(!home.journal().exists());
    assert_eq!(files(&home.inward("state/drafts")).len(), 1);
}

#[test]
fn a_folder_that_is_gone_is_not_called_empty_and_its_missing_entries_are_not_called_none() {
    let home = Home::ready();
    home.keep("write words");
    home.run("list").ok();
    std::fs::remove_dir_all(home.journal()).unwrap();
    let refused = home.run("write more").exits(5).stderr;
    assert!(refused.contains("isn't there, but you have kept entries there."), "{refused}");
    let told = home.run("doctor").outcome();
    assert!(told.stdout.contains("Missing:"), "{told:?}");
    assert!(!told.stderr.contains("There are no entries yet."), "{told:?}");
}
