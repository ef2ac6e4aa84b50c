//! Sessions that end where nobody can save anything, and entries that can't be kept: what was
//! typed is there, or it is said that it's lost.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use rexpect::process::Signal;

use crate::harness::{BINARY, Home, Key, Terminal, files, one_line};

const PAGE: &str = "Write what's there.";
const PASSPHRASE: &str = "a quiet river";

/// Waits until there is a draft that isn't this one.
fn wait_for_draft(home: &Home, before: &[u8]) -> Vec<u8> {
    let until = Instant::now() + Duration::from_secs(60);
    while Instant::now() < until {
        let drafts = files(&home.inward("state/drafts"));
        let draft = drafts.first().and_then(|draft| std::fs::read(draft).ok());
        if let Some(draft) = draft.filter(|draft| draft != before) {
            return draft;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    panic!("no draft was saved");
}

/// Kills it at once, and continues the draft. `write` has these words then.
fn killed(home: &Home, mut terminal: Terminal, words: &str) {
    terminal.signal(Signal::SIGKILL);
    terminal.end();
    let terminal = home.terminal("resume");
    terminal.asked("Continue it").press(Key::Enter);
    terminal.asked(words).press(Key::Ctrl('d'));
    finish(&terminal);
    assert_eq!(home.listed(""), [words]);
}

fn finish(terminal: &Terminal) {
    for question in ["A title", "Tags", "How are you now"] {
        terminal.asked(question).press(Key::Enter);
    }
    terminal.kept();
}

#[test]
fn a_crash_in_the_middle_of_a_page_leaves_what_was_typed_in_the_draft() {
    let home = Home::ready();
    let terminal = home.terminal("write");
    terminal.asked(PAGE).type_keys("half a sen").wait_for("half a sen");
    let first = wait_for_draft(&home, &[]);
    assert!(!String::from_utf8_lossy(&first).contains("half a sen"));
    terminal.type_keys("tence").wait_for("half a sentence");
    wait_for_draft(&home, &first);
    killed(&home, terminal, "half a sentence");
}

#[test]
fn words_that_were_taken_back_are_in_no_draft() {
    let home = Home::ready();
    let mut terminal = home.terminal("write");
    terminal.asked(PAGE).type_keys("rash").wait_for("rash");
    wait_for_draft(&home, &[]);
    terminal.press(Key::Ctrl('u'));
    let until = Instant::now() + Duration::from_secs(60);
    while !files(&home.inward("state/drafts")).is_empty() && Instant::now() < until {
        std::thread::sleep(Duration::from_millis(50));
    }
    terminal.signal(Signal::SIGKILL);
    terminal.end();
    home.run("resume").exits(1);
}

#[test]
fn a_crash_behind_an_open_editor_leaves_what_it_saved_in_the_draft() {
    let home = Home::ready();
    let script = "#!/bin/sh\nfor f; do :; done\necho from the editor > \"$f\"\nexec sleep 60\n";
    let editor = home.write("editor", script);
    std::fs::set_permissions(&editor, std::fs::Permissions::from_mode(0o700)).unwrap();
    // Nothing removes its file, which is to be in nobody else's way.
    let runtime =
        tempfile::tempdir_in(if Path::new("/dev/shm").is_dir() { "/dev/shm" } else { "/tmp" });
    let runtime = runtime.unwrap();
    let env = [("EDITOR", editor.as_path()), ("XDG_RUNTIME_DIR", runtime.path())];
    let terminal = home.terminal_of(24, 80, "write", &env);
    terminal.asked(PAGE).press(Key::Ctrl('o'));
    wait_for_draft(&home, &[]);
    killed(&home, terminal, "from the editor");
}

/// `write` where no file can have a byte.
fn write_on_a_full_disk(home: &Home) -> Terminal {
    let mut command = Command::new("sh");
    command.args(["-c", "ulimit -f 0; exec \"$0\" write", BINARY]);
    command.env_clear().envs(home.env()).current_dir(home.path());
    Terminal::start(command, 24, 80)
}

/// The same, up to its end.
fn on_a_full_disk(home: &Home) -> Terminal {
    let terminal = write_on_a_full_disk(home);
    terminal.asked(PAGE).write("six lines");
    terminal.wait_for("You can continue");
    for question in ["A title", "Tags", "How are you now"] {
        terminal.asked(question).press(Key::Enter);
    }
    terminal
}

#[test]
fn on_a_full_disk_no_key_alone_gives_up_answers_that_are_nowhere_else() {
    let home = Home::ready();
    let terminal = on_a_full_disk(&home);
    let lost = "Stop, and lose these answers";
    let shown = terminal.shown();
    assert!(shown.contains("write in") && !shown.contains("drafts/"), "the folder: {shown}");
    // Enter tries it again; Esc changes nothing; Enter alone doesn't confirm it.
    terminal.asked(lost).press(Key::Enter);
    terminal.asked(lost);
    assert!(!terminal.shown().contains("Esc"), "no key that does nothing: {}", terminal.shown());
    terminal.press(Key::Esc);
    terminal.asked(lost).choose(1).asked("Lose these answers for good?").press(Key::Enter);
    terminal.asked(lost).choose(1).asked("Lose these answers for good?").choose(1);
    terminal.ends(5).is_sane();
    let said = one_line(&terminal.shown());
    assert!(said.ends_with("No draft could be saved, so these answers are lost."), "{said}");
}

#[test]
fn on_a_full_disk_the_menu_on_esc_promises_no_draft_and_asks_before_it_loses_answers() {
    let home = Home::ready();
    let terminal = write_on_a_full_disk(&home);
    let lost = "Stop, and lose these answers";
    // What is typed counts, as does what was answered.
    terminal.asked(PAGE).type_keys("six lines").press(Key::Esc).asked(lost).press(Key::Enter);
    terminal.asked("six lines").press(Key::Ctrl('d')).asked("A title").press(Key::Esc);
    terminal.asked(lost).choose(3).asked("Lose these answers for good?").press(Key::Enter);
    terminal.asked("A title").press(Key::Esc);
    terminal.asked(lost).choose(3).asked("Lose these answers for good?").choose(1);
    terminal.ends(130).is_sane();
    assert!(terminal.shown().contains("Nothing was written."), "{}", terminal.shown());
}

#[test]
fn an_entry_that_cannot_be_kept_is_in_a_draft_and_that_is_said() {
    let home = Home::ready();
    let list = home.inward("config/recipients.txt");
    let terminal = home.terminal("write");
    terminal.asked(PAGE).write("words");
    terminal.asked("A title");
    let recipients = std::fs::read(&list).unwrap();
    std::fs::remove_file(&list).unwrap();
    for question in ["A title", "Tags", "How are you now"] {
        terminal.asked(question).press(Key::Enter);
    }
    assert_ne!(terminal.end(), 0);
    let said = one_line(&terminal.shown());
    assert!(said.contains("Your answers are in a draft; `inward resume` continues it."), "{said}");
    std::fs::write(&list, recipients).unwrap();
    let terminal = home.terminal("resume");
    terminal.asked("Continue it").press(Key::Enter);
    // Nothing that was skipped is asked once more.
    terminal.kept();
    assert_eq!(home.listed(""), ["words"]);
}

#[test]
fn a_draft_that_was_kept_already_stays_one_entry_whatever_opened_it() {
    for has_passphrase in [false, true] {
        let home = if has_passphrase {
            Home::locked(&format!("echo {PASSPHRASE}"))
        } else {
            Home::ready()
        };
        let terminal = home.terminal("write");
        terminal.asked(PAGE).write("words").asked("A title");
        let draft = files(&home.inward("state/drafts")).remove(0);
        let bytes = std::fs::read(&draft).unwrap();
        finish(&terminal);
        // As if the computer had failed before it was removed.
        std::fs::create_dir_all(draft.parent().unwrap()).unwrap();
        std::fs::write(&draft, bytes).unwrap();
        let terminal = home.terminal("resume");
        if has_passphrase {
            terminal.wait_for("Passphrase").type_keys(PASSPHRASE).press(Key::Enter);
        }
        terminal.asked("Continue it").press(Key::Enter);
        finish(&terminal);
        assert!(!one_line(&terminal.shown()).contains("two entries"), "{}", terminal.shown());
        assert_eq!(files(&home.journal()).len(), 1, "with a passphrase: {has_passphrase}");
    }
}

#[test]
fn stopped_from_outside_it_has_its_keys_again_when_it_is_continued() {
    let home = Home::ready();
    let mut terminal = home.terminal("write");
    terminal.asked(PAGE).type_keys("half a sen").wait_for("half a sen");
    terminal.signal(Signal::SIGSTOP);
    terminal.leave_to_a_shell();
    terminal.signal(Signal::SIGCONT);
    terminal.asked("half a sen").type_keys("tence").wait_for("half a sentence");
    terminal.press(Key::Ctrl('d'));
    finish(&terminal);
    assert_eq!(home.listed(""), ["half a sentence"]);
}
