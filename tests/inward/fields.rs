//! Whatever is open on the screen (text, marks, a list, a scale, a pause, the timer): it is
//! drawn anew at once, suspends, and takes no key for another.

use std::path::Path;

use rexpect::process::Signal;

use crate::harness::{Home, Key, Terminal};

/// Fields of each kind: the command, the keys that lead to it, and words that it shows.
const FIELDS: [(&str, &[&str], &str); 6] = [
    ("write", &[], "Enter skips"),
    ("needs", &[], "[ ] connection"),
    ("needs", &["\r", "\r", "no calls\r"], "How I'm spoken to"),
    ("pause", &[], "0  calm"),
    ("assess", &[], "Enter shows it"),
    ("pause", &["\r", "\u{1b}[B\u{1b}[B\r", "\r"], "Any key ends it"),
];

fn open(home: &Home, (command, keys, words): (&str, &[&str], &str)) -> Terminal {
    let terminal = home.terminal(command);
    for key in keys {
        terminal.asked("").type_keys(key);
    }
    terminal.asked(words);
    terminal
}

#[test]
fn whatever_is_open_is_drawn_anew_when_the_program_is_continued() {
    for field in FIELDS {
        let home = Home::ready();
        let mut terminal = open(&home, field);
        let drawn = |terminal: &Terminal| terminal.raw().matches(field.2).count();
        let before = drawn(&terminal);
        terminal.signal(Signal::SIGSTOP);
        terminal.leave_to_a_shell();
        terminal.signal(Signal::SIGCONT);
        terminal.wait_until(&format!("{} anew", field.2), |_| drawn(&terminal) > before);
        terminal.press(Key::Ctrl('c')).ends(130).is_sane();
    }
}

#[test]
fn a_passphrase_and_a_plain_line_are_asked_for_once_more_when_the_program_is_continued() {
    let fresh = Home::new();
    let ready = Home::ready();
    let dumb = [("TERM", Path::new("dumb"))];
    let plain = ready.terminal_of(24, 80, "write", &dumb);
    plain.asked("Write what's there").type_keys("half a sen").wait_for("half a sen");
    let passphrase = fresh.terminal("init");
    let shown = [(plain, "half a sen"), (passphrase, "Choose a passphrase:")];
    for (mut terminal, words) in shown {
        terminal.asked(words);
        let asked = |terminal: &Terminal| terminal.raw().matches(words).count();
        let before = asked(&terminal);
        // A window of another size has nothing to be asked again.
        terminal.resize(20, 70);
        terminal.signal(Signal::SIGSTOP);
        terminal.leave_to_a_shell();
        terminal.signal(Signal::SIGCONT);
        terminal.wait_until(&format!("{words} anew"), |_| asked(&terminal) == before + 1);
        terminal.press(Key::Ctrl('c')).ends(130).is_sane();
    }
}

#[test]
fn whatever_is_open_can_be_suspended_and_comes_back() {
    for field in FIELDS {
        let home = Home::ready();
        let mut terminal = open(&home, field);
        terminal.press(Key::Ctrl('z'));
        terminal.wait_until("the shell's screen", |screen| !screen.alternate_screen());
        terminal.is_sane();
        terminal.signal(Signal::SIGCONT);
        terminal.wait_for(field.2);
        terminal.press(Key::Ctrl('c')).ends(130).is_sane();
    }
}

#[test]
fn a_window_that_changes_its_size_shows_the_field_once_and_no_row_too_wide() {
    for (command, keys, words) in FIELDS {
        let home = Home::ready();
        let terminal = open(&home, (command, keys, words));
        for (rows, columns) in [(12, 40), (6, 10), (24, 80)] {
            terminal.resize(rows, columns);
            let first = words.split(' ').next().unwrap();
            terminal.wait_until("the field", |screen| {
                // On the smallest it may be cut, and its mark or its text is all that is left.
                (rows == 6 || screen.contents().contains(first)) && terminal.waits_for_a_key()
            });
            let contents = terminal.screen().contents();
            assert!(contents.matches('❯').count() <= 1, "{command} {rows}: {contents}");
        }
        terminal.wait_for(words);
        terminal.press(Key::Ctrl('c')).ends(130).is_sane();
    }
}

const KIND: &str = "What is it about?";

fn at_the_list(home: &Home, env: &[(&str, &Path)]) -> Terminal {
    let terminal = home.terminal_of(24, 80, "needs --ask --met none --unmet none", env);
    terminal.asked("one boundary").answer("no calls at night").asked(KIND);
    terminal
}

#[test]
fn a_key_with_ctrl_does_nothing_in_a_list_and_what_is_typed_can_be_cleared() {
    let home = Home::ready();
    let terminal = at_the_list(&home, &[]);
    for letter in "abefgklnpqrtvxy".chars() {
        terminal.press(Key::Ctrl(letter));
    }
    // Nor do letters with Alt, Tab, Left or a space.
    terminal.type_keys("\u{1b}f").type_keys("\t\u{1b}[D ");
    terminal.asked("❯ skip My time").type_keys("my owm").press(Key::Ctrl('w')).type_keys("ow way");
    terminal.asked("› my ow way").asked("Enter takes your words").press(Key::Ctrl('u'));
    terminal.asked("❯ skip My time").type_keys("\u{1b}[F").asked("❯ something else");
    terminal.type_keys("\u{1b}[H").asked("❯ skip").type_keys("\u{1b}[6~");
    terminal.asked("❯ something else").type_keys("\u{1b}[5~").asked("❯ skip");
    // A paste is one line of words.
    terminal.type_keys("\u{1b}[200~\nby letter\nalone\u{1b}[201~").asked("› by letter");
    terminal.press(Key::Esc).asked("drop these words").press(Key::Esc);
    terminal.asked("› by letter").press(Key::Enter).asked("Was it respected?");
    // In a short list no letter finds anything, and the mark stays through the menu.
    terminal.type_keys("no").asked("❯ skip Yes").press(Key::Down).press(Key::Esc);
    terminal.asked("Back to the question before").press(Key::Esc).asked("❯ Yes").press(Key::Enter);
    terminal.asked("When you need space").press_until_the_end(Key::Enter).ends(0);
    let answers = home.run("list --json").ok().json()["entries"][0]["answers"].clone();
    assert_eq!((&answers[3]["value"], &answers[4]["value"]), (&"by letter".into(), &"yes".into()));
}

#[test]
fn with_vi_keys_a_list_has_the_same_keys() {
    let home = Home::ready();
    home.config("keys = \"vi\"\n");
    let terminal = home.terminal_of(24, 80, "needs --ask --met none --unmet none", &[]);
    terminal.asked("one boundary").answer("no calls at night").asked(KIND);
    terminal.type_keys("j").asked("› j").press(Key::Esc).asked("drop these words");
    terminal.press(Key::Ctrl('c')).ends(130).is_sane();
}

#[test]
fn the_finder_of_needs_takes_ctrl_u_and_space_marks_a_line_that_was_gone_to() {
    let home = Home::ready();
    let terminal = home.terminal("needs");
    terminal.asked("needs were met").type_keys("to be").asked("Ctrl-U clears");
    terminal.press(Key::Ctrl('u')).asked("[ ] connection").type_keys("to be");
    // Behind a letter a space is one of the words; on a line that was gone to it marks.
    terminal.type_keys(" h").asked("❯ [ ] to be heard").press(Key::Down).press(Key::Up);
    terminal.press(Key::Space).asked("❯ [x] to be heard").asked("Space marks");
    terminal.press(Key::Enter).asked("needs weren't met").press(Key::Ctrl('c')).ends(130);
}

#[test]
fn a_timer_ends_at_any_key_and_stops_the_session_at_ctrl_c() {
    let home = Home::ready();
    let terminal = open(&home, FIELDS[5]);
    assert!(terminal.screen().hide_cursor(), "nothing is typed there");
    terminal.type_keys("x").asked("And now?");
    assert!(terminal.shown().contains("That was a pause, too."), "{}", terminal.shown());
    assert!(!terminal.screen().hide_cursor());
    terminal.press(Key::Ctrl('c')).ends(130).is_sane();
    // Esc where the minutes are asked for begins none.
    let home = Home::ready();
    let terminal = home.terminal("pause");
    terminal.asked("unsettled").press(Key::Enter).asked("Just sit").choose(2);
    terminal
        .asked("3 minutes")
        .press(Key::Esc)
        .asked("Back to the question before")
        .press(Key::Esc);
    terminal.asked("Just sit").press(Key::Ctrl('c')).ends(130).is_sane();
}
