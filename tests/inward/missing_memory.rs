//! What this device remembers to name what is missing: where it is, what it holds, and
//! where it can't be read or kept.

use std::path::PathBuf;

use crate::harness::{Home, Key, file_of, files};
use crate::missing::{missing, read_before, take};

fn memories(home: &Home) -> Vec<PathBuf> {
    files(&home.inward("state/seen"))
}

#[test]
fn a_memory_that_someone_changed_is_named_once_and_starts_over() {
    let (home, id) = read_before();
    for file in memories(&home) {
        let mut bytes = std::fs::read(&file).unwrap();
        *bytes.last_mut().unwrap() ^= 1;
        std::fs::write(file, bytes).unwrap();
    }
    let lines = home.run("list").ok().stderr;
    assert_eq!(lines.matches("is damaged or can't be read").count(), 2, "{lines}");
    home.run("list").ok().says("");
    // One of another month does not pass for it.
    let [october, november] = &memories(&home)[..] else { panic!() };
    std::fs::copy(october, november).unwrap();
    assert!(home.run("list").ok().stderr.contains("2026-11 is damaged or can't be read"));
    take(&file_of(&home, &id));
    missing(&home.run("list").ok().stderr);
}

#[test]
fn a_memory_that_cannot_be_read_is_named_and_not_written_over() {
    let (home, id) = read_before();
    let november = memories(&home).pop().unwrap();
    let whole = std::fs::read(&november).unwrap();
    let file = std::fs::OpenOptions::new().write(true).open(&november).unwrap();
    file.set_len(65 << 20).unwrap();
    take(&file_of(&home, &id));
    for _ in 0..2 {
        let line = home.run("list").ok().stderr;
        assert!(line.contains("2026-11 is damaged or can't be read"), "{line}");
    }
    std::fs::write(&november, whole).unwrap();
    missing(&home.run("list").ok().stderr);
}

#[test]
fn where_nothing_can_be_remembered_reading_works_all_the_same() {
    let home = Home::ready();
    let id = home.keep("write first");
    std::fs::write(home.inward("state/seen"), "in the way").unwrap();
    home.run("list").ok().says("");
    home.run(&format!("edit {id} --tag new")).ok();
    home.run(&format!("show {id}")).ok().says("");
}

#[test]
fn nothing_is_remembered_where_the_settings_say_so() {
    let (home, id) = read_before();
    assert_eq!(memories(&home).len(), 2);
    home.config(
        "remember-when-kept = false
",
    );
    home.keep("write more");
    assert_eq!(memories(&home).len(), 0);
    take(&file_of(&home, &id));
    home.run("list").ok().says("");
    assert_eq!(memories(&home).len(), 0);
}

#[test]
fn what_is_remembered_holds_no_plain_text_and_goes_by_the_journals_place() {
    let (home, id) = read_before();
    for file in memories(&home) {
        let bytes = std::fs::read(&file).unwrap();
        assert!(!bytes.windows(id.len()).any(|part| part == id.as_bytes()));
    }
    // A link to the journal is the journal.
    let link = home.path().join("link");
    std::os::unix::fs::symlink(home.journal(), &link).unwrap();
    take(&file_of(&home, &id));
    let line = home.run(&format!("--journal {} list", link.display())).ok().stderr;
    missing(&line);
    assert_eq!(memories(&home).len(), 2);
    // And a home that moved as a whole is the same home.
    let moved = Home::new();
    std::fs::rename(home.inward(""), moved.inward("")).unwrap();
    missing(&moved.run("list").ok().stderr);
}

#[test]
fn where_a_month_is_left_without_its_files_they_are_missed_and_can_be_brought_back() {
    let home = Home::ready();
    let id = home.keep("write words");
    let export = home.run("export --format json").ok().stdout;
    home.write("export.json", &export);
    files(&home.journal()).iter().for_each(|file| std::fs::remove_file(file).unwrap());
    assert!(home.journal().join("2026/11").is_dir());
    let missed = home.run("list").exits(1).stderr;
    assert!(missed.contains(&id), "{missed}");
    home.run("import --from inward export.json").ok();
    assert!(home.run("list").ok().stdout.contains("words"));
}

#[test]
fn a_first_session_that_was_stopped_leaves_no_entries() {
    let home = Home::ready();
    let terminal = home.terminal("intent");
    terminal.asked("carry into").press(Key::Ctrl('c')).ends(130);
    assert!(home.journal().join("2026/11").is_dir());
    for line in ["list", "list --tags", "show", "search words"] {
        let told = home.run(line).exits(1).stderr;
        assert!(told.starts_with("There are no entries here.\n"), "{line}: {told}");
    }
    home.keep("write words");
}

#[test]
fn entries_that_this_device_kept_and_never_read_are_not_called_none_yet_where_they_are_gone() {
    let home = Home::ready();
    // What was read once is named itself.
    home.keep("write words");
    for empty in ["the folders of months", "the journal's"] {
        if empty == "the journal's" {
            std::fs::remove_dir_all(home.journal().join("2026")).unwrap();
        } else {
            files(&home.journal()).iter().for_each(|file| std::fs::remove_file(file).unwrap());
        }
        for line in ["list", "list --tags", "search words", "export", "show", "patterns"] {
            let told = home.run(line).exits(1).stderr;
            let remembered = "There are no entries here, but this device remembers some.";
            assert!(told.starts_with(remembered), "{empty}: {line}: {told}");
        }
        let page = home.run("").ok().stdout;
        let gone = "files doctor     the entries that this device remembers aren't here\n";
        assert!(page.contains(gone) && !page.contains("  next  "), "{empty}: {page}");
        for line in ["doctor", "doctor --json", "doctor --quiet", "look", "look --ask"] {
            let told = home.run(line).exits(5).stderr;
            assert!(told.contains(" is empty, but you have kept entries there."), "{line}: {told}");
        }
    }
}

#[test]
fn an_accepted_loss_of_everything_is_on_no_later_screen() {
    for was_read in [false, true] {
        let home = Home::ready();
        home.keep("write words");
        if was_read {
            home.run("list").ok();
        }
        files(&home.journal()).iter().for_each(|file| std::fs::remove_file(file).unwrap());
        assert!(home.run("").ok().stdout.contains("files doctor"));
        let accepted = home.run("doctor --accept").outcome();
        assert!(accepted.stderr.contains("won't be reported again"), "{accepted:?}");
        assert!(accepted.stdout.ends_with("Opened 0 entries.\n"), "{accepted:?}");
        assert_eq!(accepted.stderr.lines().count(), 1, "{accepted:?}");
        let page = home.run("").ok().stdout;
        assert!(!page.contains("files doctor") && !page.contains("  next "), "{was_read}: {page}");
        assert!(!home.run("list").exits(1).stderr.contains("remembers"), "{was_read}");
        home.keep("write again");
    }
}
