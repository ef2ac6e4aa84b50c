//! The user's own editor, and the other verbs that ask at a terminal.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use rexpect::process::Signal;

use crate::harness::{Home, Key, Terminal, file_of, files, name, walk};

/// An editor that is a few lines of shell.
fn editor(home: &Home, script: &str) -> PathBuf {
    let file = home.write("editor", format!("#!/bin/sh\n{script}\n"));
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o700)).unwrap();
    file
}

/// `write` at a terminal with this editor, and a runtime folder that lies in
/// memory where there is such a place.
fn write(home: &Home, script: &str) -> (Terminal, tempfile::TempDir) {
    let editor = editor(home, script);
    let runtime =
        tempfile::tempdir_in(if Path::new("/dev/shm").is_dir() { "/dev/shm" } else { "/tmp" });
    let runtime = runtime.unwrap();
    let env = [("EDITOR", editor.as_path()), ("XDG_RUNTIME_DIR", runtime.path())];
    (home.terminal_of(24, 80, "write", &env), runtime)
}

fn skip_the_rest(terminal: &Terminal) {
    for question in ["A title", "Tags", "How are you now"] {
        terminal.asked(question).press(Key::Enter);
    }
}

fn only_value(home: &Home) -> String {
    let entries = home.run("list --json").ok().json();
    entries["entries"][0]["answers"][0]["value"].as_str().unwrap().to_owned()
}

#[cfg(target_os = "linux")]
#[test]
fn tab_opens_the_editor_on_a_file_in_memory_that_is_gone_afterwards() {
    let home = Home::ready();
    let log = home.path().join("log");
    let script = format!(
        "for file; do :; done\nls -ld \"$file\" . > {0}\npwd >> {0}\ncat \"$file\" >> {0}\n\
         printf 'and from the editor\\n' >> \"$file\"",
        log.display()
    );
    let (terminal, runtime) = write(&home, &script);
    terminal.asked("Write what's there.").type_keys("begun here, ").press(Key::Ctrl('o'));
    skip_the_rest(&terminal);
    terminal.kept().is_sane();
    assert_eq!(only_value(&home), "begun here, and from the editor");
    let log = std::fs::read_to_string(log).unwrap();
    let lines: Vec<&str> = log.lines().collect();
    assert!(lines.iter().any(|l| l.starts_with("-rw-------") && l.ends_with("entry.md")), "{log}");
    assert!(lines.iter().any(|l| l.starts_with("drwx------") && l.ends_with(" .")), "{log}");
    let folder = runtime.path().display().to_string();
    assert!(lines.iter().any(|l| l.starts_with(&folder)), "it lies in memory: {log}");
    assert!(log.ends_with("begun here, "), "{log}");
    assert!(walk(runtime.path()).is_empty(), "{:?}", walk(runtime.path()));
    assert!(!terminal.scrolled_back().contains("begun here"));
}

#[test]
fn an_editor_that_fails_loses_nothing() {
    let home = Home::ready();
    let (terminal, runtime) = write(&home, "for f; do :; done; echo ruined > \"$f\"; exit 7");
    terminal.asked("Write what's there.").type_keys("typed before").press(Key::Ctrl('o'));
    terminal.asked("failed after it had saved a changed text.").choose(1);
    terminal.wait_for("failed (exit status: 7). Your text is as it was before.");
    terminal.asked("typed before").write(" and after");
    skip_the_rest(&terminal);
    terminal.kept();
    assert_eq!(only_value(&home), "typed before and after");
    assert!(walk(runtime.path()).is_empty());
}

#[test]
fn what_an_editor_saved_before_it_was_killed_is_offered_and_the_terminal_is_as_it_was() {
    let home = Home::ready();
    let script =
        "for f; do :; done; echo ' and twenty minutes' >> \"$f\"; stty raw -echo; kill -9 $$";
    let (terminal, runtime) = write(&home, script);
    terminal.asked("Write what's there.").type_keys("first").press(Key::Ctrl('o'));
    terminal.asked("Take the text that it saved").press(Key::Enter);
    skip_the_rest(&terminal);
    terminal.kept().is_sane();
    assert_eq!(only_value(&home), "first and twenty minutes");
    assert!(walk(runtime.path()).is_empty());
}

#[test]
fn an_editor_that_is_not_there_is_named() {
    let home = Home::ready();
    let env = [("VISUAL", Path::new("/nowhere/ed -n"))];
    let terminal = home.terminal_of(24, 80, "write", &env);
    terminal.asked("Write what's there.").type_keys("typed").press(Key::Ctrl('o'));
    terminal.wait_for("The editor `/nowhere/ed -n` failed (no such file or directory).");
    terminal.asked("typed").press(Key::Ctrl('d'));
    skip_the_rest(&terminal);
    terminal.kept();
    assert_eq!(only_value(&home), "typed");
}

#[test]
fn a_text_of_many_lines_comes_back_from_the_editor_whole() {
    let home = Home::ready();
    let script = "for f; do :; done; printf '\\357\\273\\277' > \"$f\"; i=0; while [ $i -lt 300 ]; do echo \"line $i\"; i=$((i+1)); done >> \"$f\"";
    let (terminal, _runtime) = write(&home, script);
    terminal.asked("Write what's there.").press(Key::Ctrl('o'));
    skip_the_rest(&terminal);
    terminal.kept();
    let lines: Vec<String> = (0..300).map(|i| format!("line {i}")).collect();
    assert_eq!(only_value(&home), lines.join("\n"));
}

#[test]
fn ended_while_the_editor_is_open_it_leaves_no_plain_text() {
    let home = Home::ready();
    let (mut terminal, runtime) = write(&home, "echo editing; exec sleep 3");
    terminal.asked("Write what's there.").type_keys("the heron").press(Key::Ctrl('o'));
    terminal.wait_for("editing");
    terminal.signal(Signal::SIGTERM);
    assert_eq!(terminal.end(), -(Signal::SIGTERM as i32));
    assert!(walk(runtime.path()).is_empty(), "{:?}", walk(runtime.path()));
    // Nor is it lost: it is in the draft, sealed.
    let terminal = home.terminal("resume");
    terminal.asked("Continue it").press(Key::Enter);
    terminal.asked("the heron").press(Key::Ctrl('d'));
    skip_the_rest(&terminal);
    terminal.kept();
    assert_eq!(only_value(&home), "the heron");
}

#[test]
fn ctrl_c_after_the_editor_leaves_no_plain_text() {
    let home = Home::ready();
    let (terminal, runtime) = write(&home, "for f; do :; done; echo the heron > \"$f\"");
    terminal.asked("Write what's there.").press(Key::Ctrl('o'));
    terminal.asked("A title").press(Key::Ctrl('c')).ends(130).is_sane();
    assert!(walk(runtime.path()).is_empty(), "{:?}", walk(runtime.path()));
}

#[test]
fn a_part_of_a_practice_can_be_passed_over_whole() {
    let home = Home::ready();
    let question = |section, id, ask| {
        format!(
            "[[question]]\nsection = \"{section}\"\nid = \"{id}\"\nask = \"{ask}\"\nkind = \"text\"\n"
        )
    };
    let walk = [
        "title = \"A walk\"\nprimary = \"out\"\n".to_owned(),
        "[[section]]\nid = \"there\"\ntitle = \"The way there\"\n".to_owned(),
        "[[section]]\nid = \"back\"\ntitle = \"The way back\"\n".to_owned(),
        question("there", "out", "What did you see going out?"),
        question("there", "far", "What was far?"),
        question("back", "home", "What did you see coming home?"),
    ];
    home.write("inward/config/prompts/walk.toml", walk.join("\n"));
    let terminal = home.terminal("walk");
    terminal.asked("The way there").type_keys("s");
    terminal.asked("The way back").press(Key::Enter);
    terminal.asked("coming home?").answer("the weir");
    terminal.kept().is_sane();
    assert!(!terminal.raw().contains("going out?"));
    let entries = home.run("list --json").ok().json();
    let answers = entries["entries"][0]["answers"].as_array().unwrap().clone();
    assert_eq!((answers.len(), &answers[0]["value"]), (1, &"the weir".into()));
}

#[test]
fn delete_shows_the_entry_and_asks_and_enter_alone_is_no() {
    let home = Home::ready();
    let id = home.keep("write 'the heron'");
    let terminal = home.terminal(&format!("delete {id}"));
    terminal.wait_for("the heron").asked("Delete this entry?").press(Key::Enter);
    terminal.ends(0).is_sane();
    assert_eq!(terminal.shown(), "Nothing was deleted.");
    assert_eq!(home.listed(""), ["the heron"]);

    let terminal = home.terminal(&format!("delete {id}"));
    terminal.asked("Delete this entry?").press(Key::Ctrl('c')).ends(130).is_sane();
    assert_eq!(home.listed(""), ["the heron"]);

    let terminal = home.terminal(&format!("delete {id}"));
    terminal.asked("Delete this entry?").asked("y or n").type_keys("y").asked("❯ Yes");
    terminal.press(Key::Enter).ends(0).is_sane();
    assert_eq!(terminal.shown(), format!("Deleted: today at 21:14, {id}."));
    home.run("list").exits(1);
}

#[test]
fn edit_offers_every_question_and_begins_with_what_was_said() {
    let home = Home::ready();
    let id = home.keep("gratitude 'a call' --self patience");
    let terminal = home.terminal(&format!("edit {id}"));
    terminal.asked("What should change?").choose(1);
    terminal.wait_for("› a call").asked("Small is fine.").answer(" on a Monday");
    terminal.wait_for("a call on a Monday").asked("What should change?").press(Key::Enter);
    terminal.ends(0).is_sane();
    assert_eq!(terminal.shown(), format!("Changed: today at 21:14, {id}."));
    let entry = home.entry(&id);
    assert_eq!(entry["answers"][0]["value"], "a call on a Monday");
    assert_eq!(entry["answers"][1]["value"], "patience");
    assert!(name(&file_of(&home, &id)).ends_with(".age") && files(&home.journal()).len() == 1);
}

#[test]
fn leaving_edit_by_ctrl_c_changes_nothing() {
    let home = Home::ready();
    let id = home.keep("write words");
    let before = file_of(&home, &id);
    let terminal = home.terminal(&format!("edit {id}"));
    terminal.asked("What should change?").press(Key::Ctrl('c')).ends(130).is_sane();
    assert_eq!(file_of(&home, &id), before);
}

#[test]
fn a_long_list_goes_through_the_users_pager_and_a_short_one_does_not() {
    let home = Home::ready();
    let paged = home.path().join("paged");
    let pager = editor(&home, &format!("cat > {}", paged.display()));
    let env = [("PAGER", pager.as_path())];
    home.keep("write first");
    home.terminal_of(24, 80, "list", &env).ends(0);
    assert!(!paged.exists());
    (0..30).for_each(|n| drop(home.keep(&format!("write number{n}"))));
    home.terminal_of(24, 80, "list", &env).ends(0);
    let text = std::fs::read_to_string(&paged).unwrap();
    assert_eq!(text.lines().count(), 32, "{text}");
}

#[test]
fn a_pager_leaves_the_ids_in_sight() {
    let home = Home::ready();
    (0..30).for_each(|n| drop(home.keep(&format!("write number{n}"))));
    let options = home.path().join("options");
    let pager = editor(&home, &format!("cat > /dev/null; echo $LESS > {}", options.display()));
    home.terminal_of(24, 80, "list", &[("PAGER", pager.as_path())]).ends(0);
    let options = std::fs::read_to_string(&options).unwrap();
    assert!(options.contains('X'), "{options:?}: less would take the list off the screen");
    assert!(options.contains(r"q\: back$"), "{options:?}: less would say only a colon");
}

#[test]
fn a_terminal_without_colour_gets_none() {
    let home = Home::ready();
    home.keep("write words");
    for env in [("NO_COLOR", Path::new("1")), ("TERM", Path::new("dumb"))] {
        let terminal = home.terminal_of(24, 80, "list", &[env]);
        terminal.ends(0);
        assert!(!terminal.raw().contains('\u{1b}'), "{:?}", terminal.raw());
    }
    let terminal = home.terminal("list");
    terminal.ends(0);
    assert!(terminal.raw().contains("\u{1b}["), "{:?}", terminal.raw());
}

#[test]
fn an_editor_that_returns_at_once_is_noticed_and_the_text_stays() {
    let home = Home::ready();
    let (terminal, _runtime) = write(&home, "exit 0");
    terminal.asked("Write what's there.").type_keys("typed before").press(Key::Ctrl('o'));
    terminal.wait_for("recovery or backup files");
    terminal.wait_for("closed at once");
    terminal.asked("typed before").write(" and after");
    skip_the_rest(&terminal);
    terminal.kept();
    assert_eq!(only_value(&home), "typed before and after");
}

#[test]
fn an_edit_changes_time_and_tags_too_and_one_that_is_stopped_is_a_draft() {
    let home = Home::ready();
    let id = home.keep("write words");
    let terminal = home.terminal(&format!("edit {id}"));
    // The last lines: the time, and the tags.
    terminal.asked("What should change?").press(Key::Up).press(Key::Enter);
    terminal.asked("Which tags?").answer("sea, harbour");
    terminal.asked("Tags: sea, harbour").press(Key::Up).press(Key::Up).press(Key::Enter);
    terminal.asked("When was it?").press(Key::Ctrl('u')).answer("yesterdayish");
    terminal.asked("yesterdayish").press(Key::Ctrl('u')).answer("yesterday 20:00");
    terminal.asked("Time: yesterday at 20:00").press(Key::Ctrl('c')).ends(130).is_sane();
    assert!(home.entry(&id).get("tags").is_none_or(|tags| tags.as_array().unwrap().is_empty()));

    let terminal = home.terminal("resume");
    terminal.asked("a change of write, yesterday at 20:00: words").press(Key::Enter);
    terminal.asked("What should change?").press(Key::Enter).ends(0).is_sane();
    assert_eq!(
        terminal.shown(),
        format!("Moved: yesterday at 20:00 (was today at 21:14), write, {id}.")
    );
    let entry = home.entry(&id);
    assert_eq!(entry["tags"], serde_json::json!(["sea", "harbour"]));
    assert!(entry["at"].as_str().unwrap().starts_with("2026-11-22T20:00"), "{entry}");
    assert!(entry.get("draft").is_none() && files(&home.inward("state/drafts")).is_empty());
    let changed = home.run(&format!("edit {id} --tag weir --json")).ok().json();
    assert_eq!(changed["changed"]["id"], id.as_str());
}

#[test]
fn an_edit_that_has_removed_the_last_answer_is_kept_only_once_there_is_another() {
    let home = Home::ready();
    let id = home.keep("write words");
    let terminal = home.terminal(&format!("edit {id}"));
    terminal.asked("What should change?").choose(1);
    terminal.asked("Write what's there.").press(Key::Ctrl('u')).press(Key::Enter);
    terminal.asked("Delete this answer?").choose(1);
    terminal.asked("What should change?").wait_for("An entry needs an answer.").choose(0);
    terminal.asked("Leave it as it was?").choose(0);
    terminal.asked("What should change?").wait_for("An entry needs an answer.").choose(1);
    terminal.asked("Write what's there.").type_keys("weir").press(Key::Ctrl('d'));
    terminal.asked("What should change?").choose(0).ends(0).is_sane();
    assert_eq!(home.listed(""), ["weir"]);
}

#[test]
fn bytes_from_the_editor_that_are_no_utf_8_are_never_replaced_unasked() {
    let home = Home::ready();
    // The first time it saves as Latin-1; then whoever is at it has seen what is wrong.
    let script = "for file; do :; done\ncase $(cat \"$file\") in\n\
                  caf*) printf 'caf\\303\\251\\n' > \"$file\";;\n\
                  *) printf 'caf\\351\\n' > \"$file\";;\nesac";
    for takes_them in [false, true] {
        let (terminal, _runtime) = write(&home, script);
        terminal.asked("Write what's there.").press(Key::Ctrl('o'));
        terminal.asked("Open the editor again").wait_for("isn't valid UTF-8 at byte 4");
        terminal.choose(usize::from(takes_them));
        skip_the_rest(&terminal);
        terminal.kept();
        let listed = home.listed("");
        let words = if takes_them { "caf\u{fffd}" } else { "caf\u{e9}" };
        assert!(listed.contains(&words.to_owned()), "{listed:?}");
    }
}
