//! The first minute at a terminal, and passphrases typed there.

use crate::harness::{Home, Key, Terminal, files, snapshot};

const PASSPHRASE: &str = "correct horse";

/// Answers a prompt for a passphrase.
fn passphrase<'a>(terminal: &'a Terminal, prompt: &str, words: &str) -> &'a Terminal {
    terminal.wait_for(prompt).answer(words)
}

fn locked() -> Home {
    let home = Home::locked(&format!("echo '{PASSPHRASE}'"));
    home.keep("write 'the heron'");
    home
}

/// With a key that takes its time.
fn locked_for_a_moment() -> Home {
    let home = Home::locked_by_init(&format!("echo '{PASSPHRASE}'"));
    home.keep("write 'the heron'");
    home
}

#[test]
fn the_first_practice_sets_the_journal_up_and_goes_straight_on_to_its_question() {
    let home = Home::new();
    let terminal = home.terminal("write");
    terminal.wait_for("You may already know a pattern or two");
    terminal.wait_for("There's no way back in");
    passphrase(&terminal, "Choose a passphrase:", PASSPHRASE);
    passphrase(&terminal, "Repeat the passphrase:", PASSPHRASE);
    terminal.wait_for("Enter moves on, Esc has more, Ctrl-C stops at once");
    assert!(home.journal().is_dir());
    terminal.asked("Write what's there.").write("a first line");
    terminal.asked("A title, if you like.").press(Key::Enter);
    terminal.asked("Tags, if you like.").press(Key::Enter);
    terminal.asked("How are you now").press(Key::Enter);
    terminal.kept().is_sane();
    assert!(terminal.shown().contains("Kept: today at 21:14"), "{}", terminal.shown());
    assert!(!terminal.raw().contains(PASSPHRASE), "the passphrase was shown");
    assert!(home.inward("config/identity.age").is_file());
    let list = home.run("list").env("INWARD_PASSPHRASE_COMMAND", format!("echo '{PASSPHRASE}'"));
    assert!(list.ok().stdout.contains("a first line"));
    // What the id is for is said once.
    let told = "the first letters of the id are enough.";
    assert!(terminal.shown().contains(told), "{}", terminal.shown());
    let second = home.terminal("write again");
    second.ends(0);
    assert!(second.shown().contains("Kept: today at 21:14"), "{}", second.shown());
    assert!(!second.shown().contains(told), "{}", second.shown());
}

#[test]
fn two_passphrases_that_differ_are_asked_again_from_the_start() {
    let home = Home::new();
    let terminal = home.terminal("init");
    passphrase(&terminal, "Choose a passphrase:", PASSPHRASE);
    passphrase(&terminal, "Repeat the passphrase:", "correct house");
    terminal.wait_for("They didn't match. Try again. › Choose a passphrase:");
    terminal.answer(PASSPHRASE);
    terminal.wait_until("the second prompt again", |screen| {
        screen.contents().matches("Repeat the passphrase:").count() == 2
    });
    terminal.answer(PASSPHRASE).ends(0).is_sane();
    let home_list =
        home.run("list").env("INWARD_PASSPHRASE_COMMAND", format!("echo '{PASSPHRASE}'"));
    home_list.exits(1).says("There are no entries yet.\n`inward intent` writes the first.\n");
}

#[test]
fn an_empty_passphrase_is_refused_and_asked_again() {
    let home = Home::new();
    let terminal = home.terminal("init");
    passphrase(&terminal, "Choose a passphrase:", "");
    terminal.wait_for("An empty passphrase protects nothing.");
    terminal.wait_until("the prompt again", |screen| {
        screen.contents().matches("Choose a passphrase:").count() == 2
    });
    terminal.press(Key::Esc).ends(130).is_sane();
    assert!(files(home.path()).is_empty());
}

#[test]
fn leaving_at_the_first_passphrase_makes_no_key() {
    for key in [Key::Esc, Key::Ctrl('c'), Key::Ctrl('d')] {
        let home = Home::new();
        let terminal = home.terminal("reflect");
        terminal.wait_for("Choose a passphrase:").press(key).ends(130).is_sane();
        assert!(files(home.path()).is_empty(), "{key:?}");
    }
}

#[test]
fn words_on_a_terminal_with_no_journal_set_one_up_and_are_kept() {
    let home = Home::new();
    let terminal = home.terminal("write 'said at once'");
    passphrase(&terminal, "Choose a passphrase:", PASSPHRASE);
    passphrase(&terminal, "Repeat the passphrase:", PASSPHRASE);
    terminal.ends(0).is_sane();
    assert_eq!(files(&home.journal()).len(), 1);
}

#[test]
fn the_right_passphrase_opens_and_is_never_shown() {
    let home = locked();
    let terminal = home.terminal("list");
    passphrase(&terminal, "Passphrase:", PASSPHRASE);
    terminal.ends(0).is_sane();
    assert!(terminal.shown().contains("write the heron"), "{}", terminal.shown());
    assert!(!terminal.raw().contains(PASSPHRASE));
}

#[test]
fn after_one_wrong_passphrase_the_right_one_still_opens() {
    let home = locked();
    let terminal = home.terminal("list");
    passphrase(&terminal, "Passphrase:", "wrong");
    terminal.wait_until("a second prompt", |s| s.contents().matches("Passphrase:").count() == 2);
    assert!(terminal.shown().contains("That passphrase doesn't open the journal."));
    terminal.answer(PASSPHRASE).ends(0);
    assert!(terminal.shown().contains("the heron"), "{}", terminal.shown());
}

#[test]
fn words_typed_while_a_passphrase_is_tried_are_neither_shown_nor_taken() {
    let home = locked_for_a_moment();
    let terminal = home.terminal("list");
    terminal.wait_for("Passphrase:").answer("wrong");
    terminal.wait_for("One moment…").answer("my secret words");
    terminal.wait_until("a second prompt", |s| s.contents().matches("Passphrase:").count() == 2);
    // What was typed ahead is no second passphrase: the prompt still waits.
    terminal.answer(PASSPHRASE).wait_for("One moment…").answer("more secret words");
    terminal.ends(0).is_sane();
    assert!(terminal.shown().contains("the heron"), "{}", terminal.shown());
    assert_eq!(terminal.raw().matches("doesn't open the journal").count(), 1);
    assert!(!terminal.raw().contains("secret words"), "{}", terminal.raw());
    assert!(!terminal.shown().contains("One moment"), "{}", terminal.shown());
}

#[test]
fn a_signal_while_a_passphrase_is_tried_leaves_the_terminal_sane() {
    let home = locked_for_a_moment();
    let terminal = home.terminal("list");
    terminal.wait_for("Passphrase:").answer(PASSPHRASE);
    terminal.wait_for("One moment…").press(Key::Ctrl('c'));
    terminal.ends(130).is_sane();
    // The shell's prompt goes below what was asked, on an empty line.
    assert_eq!(terminal.screen().cursor_position(), (1, 0), "{}", terminal.shown());
    assert!(!terminal.shown().contains("One moment"), "{}", terminal.shown());
}

#[test]
fn words_typed_while_a_new_passphrase_is_set_are_neither_shown_nor_taken() {
    let home = Home::new();
    let terminal = home.terminal("write");
    passphrase(&terminal, "Choose a passphrase:", PASSPHRASE);
    passphrase(&terminal, "Repeat the passphrase:", PASSPHRASE);
    terminal.wait_for("One moment…").answer("secret words");
    terminal.asked("Write what's there.").press(Key::Ctrl('c')).ends(130).is_sane();
    assert!(!terminal.raw().contains("secret words"), "{}", terminal.raw());
    assert!(!terminal.shown().contains("One moment"), "{}", terminal.shown());
}

#[test]
fn a_short_passphrase_can_be_chosen_again() {
    let home = Home::new();
    let terminal = home.terminal("init");
    terminal.wait_for("Choose a passphrase:").answer("short");
    terminal.wait_for("press Enter to choose another. › Repeat the passphrase:").press(Key::Enter);
    terminal.wait_until("the first prompt again", |screen| {
        screen.contents().matches("Choose a passphrase:").count() == 2
    });
    terminal.press(Key::Esc).ends(130).is_sane();
    assert!(files(home.path()).is_empty());
}

#[test]
fn an_empty_line_is_no_wrong_passphrase() {
    let home = locked();
    let terminal = home.terminal("list");
    for attempt in 1..=4 {
        terminal.wait_until("another prompt", |screen| {
            screen.contents().matches("Passphrase:").count() == attempt
        });
        terminal.press(Key::Enter);
    }
    terminal.wait_until("a fifth prompt", |s| s.contents().matches("Passphrase:").count() == 5);
    assert!(!terminal.shown().contains("***"), "{}", terminal.shown());
    terminal.answer(PASSPHRASE).ends(0).is_sane();
    assert!(terminal.shown().contains("the heron"), "{}", terminal.shown());
}

#[test]
fn three_wrong_passphrases_end_it_and_change_nothing() {
    let home = locked();
    let before = snapshot(home.path());
    let terminal = home.terminal("show");
    for attempt in 1..=3 {
        terminal.wait_until("another prompt", |screen| {
            screen.contents().matches("Passphrase:").count() == attempt
        });
        terminal.answer(&format!("wrong {attempt}"));
    }
    terminal.ends(3).is_sane();
    assert!(terminal.shown().contains("Try again; nothing was changed."), "{}", terminal.shown());
    assert!(!terminal.shown().contains("heron"));
    assert!(snapshot(home.path()) == before);
}

#[test]
fn writing_at_a_terminal_asks_for_no_passphrase() {
    let home = locked();
    let terminal = home.terminal("write");
    terminal.asked("Write what's there.").write("words");
    for question in ["A title", "Tags", "How are you now"] {
        terminal.asked(question).press(Key::Enter);
    }
    terminal.kept();
    assert!(!terminal.raw().contains("assphrase"));
}

#[test]
fn earlier_entries_are_offered_once_and_open_for_one_session() {
    let home = locked();
    home.keep("intent 'Stay in the talk' --at 07:10");
    let terminal = home.terminal("reflect");
    terminal.asked("Earlier entries are locked.").asked("Not now").choose(1);
    passphrase(&terminal, "Passphrase:", PASSPHRASE);
    terminal.asked("Stay in the talk").press(Key::Ctrl('c')).ends(130).is_sane();
    assert!(!terminal.raw().contains(PASSPHRASE));
    let terminal = home.terminal("reflect");
    terminal.asked("One moment of connection");
    assert!(!terminal.raw().contains("Not now") && !terminal.raw().contains("Stay in the talk"));
    terminal.press(Key::Ctrl('c')).ends(130);
}

#[test]
fn changing_the_passphrase_says_which_one_is_asked_for() {
    let home = locked();
    let terminal = home.terminal("key passphrase");
    passphrase(&terminal, "Current passphrase:", PASSPHRASE);
    passphrase(&terminal, "New passphrase:", "another few words");
    passphrase(&terminal, "Repeat the new passphrase:", "another few words");
    terminal.ends(0).is_sane();
}
