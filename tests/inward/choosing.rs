//! Lists whose lines have keys: what is typed there answers whole or not at all.

use std::path::Path;

use crate::harness::{Home, Key};

const THANKS: &str = "Thank you for saying so.";
const FRIGHTENED: &str = "were you ever frightened of a partner or an ex?";

#[test]
fn a_yes_with_words_behind_it_is_a_yes_and_no_letter_of_them_is_a_no() {
    let home = Home::ready();
    let terminal = home.terminal("assess");
    terminal.asked("The first question is private").press(Key::Enter).asked(FRIGHTENED);
    for typed in ["once, last spring", "not sure", "yes last spring"] {
        terminal.type_keys(typed).asked("Type y or n. Ctrl-U clears it.");
        // Enter stays there, however often.
        terminal.press(Key::Enter).asked("Type y or n.").press(Key::Enter).asked("Type y or n.");
        terminal.type_keys(&"\u{7f}".repeat(typed.len()));
        terminal.asked("❯ skip");
    }
    terminal.type_keys("yes, last spring").asked("❯ Yes").press(Key::Enter);
    terminal.asked(THANKS).choose(2);
    terminal.press_until_the_end(Key::Enter).ends(0);
    let answers = home.run("show --json").ok().json()["entries"][0]["answers"].clone();
    assert_eq!(answers[0]["value"], true, "{answers}");
}

#[test]
fn plain_lines_take_it_the_same_way() {
    let home = Home::ready();
    let terminal = home.terminal_of(24, 80, "assess", &[("TERM", Path::new("dumb"))]);
    terminal.asked("The first question is private").press(Key::Enter).asked(FRIGHTENED);
    for typed in ["once, last spring", "not sure", "no idea"] {
        terminal.answer(typed).wait_for("That isn't one of them. Type y or n.");
    }
    // Nor does one letter that begins several words choose one of them.
    terminal.asked("Enter to skip").press(Key::Esc);
    terminal.asked("safety or sharing?").answer("help");
    terminal.wait_for("Type one of these words: continue, skip, stop,").answer("continue");
    terminal.asked("Enter to skip").answer("yes, last spring").wait_for("Chose: Yes.");
    terminal.asked(THANKS).press(Key::Ctrl('c'));
    terminal.end();
    let home = Home::ready();
    let terminal = home.terminal_of(24, 80, "assess", &[("TERM", Path::new("dumb"))]);
    // A word for the key that skips it doesn't show it.
    // Another word doesn't open what can't be taken off the screen.
    let enter = "Press Enter to see it, or type s and press Enter to skip it.";
    for word in ["no", "n", "x"] {
        terminal.asked(enter).answer(word);
        assert!(!terminal.asked(enter).shown().contains(FRIGHTENED), "{word}");
    }
    terminal.asked("The first question is private").answer("skip");
    terminal.asked("Press Enter to start").press(Key::Ctrl('c'));
    assert!(!terminal.raw().contains(FRIGHTENED));
}

#[test]
fn a_scale_takes_its_number_or_its_word_and_not_a_letter_of_another() {
    let home = Home::ready();
    let terminal = home.terminal("reflect --ask closeness");
    terminal.asked("4  very close").type_keys("often, at night");
    terminal.asked("Type a number from 0 to 4. Ctrl-U clears it.").press(Key::Enter);
    terminal.asked("Type a number").press(Key::Ctrl('c')).ends(130);
}
