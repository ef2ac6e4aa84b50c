//! Care in a routine: what was said in one practice holds in those after it, whether that was
//! a draft, a card or a question, and whatever is unlocked on the way.

use crate::harness::{Home, Key, Terminal};

const THANKS: &str = "Thank you for saying so.";

/// A practice of the writer's own, two questions of which the first turns care on.
const TALK: &str = r#"
title = "A talk"
about = "How a talk went"
cadence = "as-needed"
afraid = [{ scared = "yes" }]

[[question]]
id = "scared"
ask = "Was it frightening?"
kind = "yes-no"

[[question]]
id = "line"
ask = "What was said?"
kind = "text"
"#;

fn with_routine(home: &Home, steps: &str) {
    home.write("inward/config/prompts/talk.toml", TALK);
    home.config(&format!("[routines]\ntwo = [{steps}]\n"));
}

/// Says in the first practice that it was frightening, and continues.
fn frightened(home: &Home) -> Terminal {
    let terminal = home.terminal("routine two");
    terminal.asked("Was it frightening?").answer("y");
    terminal.asked(THANKS).choose(1).asked("What was said?").press(Key::Enter);
    terminal
}

#[test]
fn stopping_in_a_draft_that_a_routine_continues_ends_the_routine() {
    let home = Home::ready();
    with_routine(&home, "\"talk\", \"reflect\"");
    let terminal = home.terminal("talk");
    terminal.asked("Was it frightening?").press(Key::Enter);
    terminal.asked("What was said?").type_keys("little").press(Key::Ctrl('c')).ends(130);
    let terminal = home.terminal("routine two");
    terminal.asked("Continue it").press(Key::Enter);
    terminal.asked("What was said?").press(Key::Esc).asked("Back to").choose(1);
    terminal.asked("Was it frightening?").answer("y");
    terminal.asked(THANKS).choose(2);
    terminal.press_until_the_end(Key::Enter).ends(0);
    assert!(!terminal.raw().contains("Start it"), "it went on");
}

#[test]
fn a_card_behind_what_was_said_is_of_the_quiet_ones_though_the_journal_be_locked() {
    let mut home = Home::locked("echo a quiet river");
    with_routine(&home, "\"talk\", \"card\"");
    // On this day the ordinary card isn't a quiet one.
    home.at("2026-11-28T21:00:00+00:00");
    let card = home.run("card --json").ok().json()["card"].clone();
    assert_eq!(card["set"], "alone");
    let terminal = frightened(&home);
    while !terminal.shown().contains("Write a line, or leave it.") {
        terminal.press(Key::Enter).asked("");
    }
    let ordinary: String = card["text"].as_str().unwrap().chars().take(30).collect();
    assert!(!terminal.shown().contains(&ordinary), "{}", terminal.shown());
}
