//! Connections that take more than one step: a practice reached over two offers, and an entry
//! that was moved before anyone asked back about it.

use crate::harness::{Home, Key};

/// A practice of the writer's own that offers another one at its end.
fn offers(home: &Home, name: &str, next: &str) {
    let text = format!(
        r#"
title = "{name}"
about = "One more"
cadence = "as-needed"
offer = {{ say = "And now?", when = {{ line = {{ answered = true }} }}, ways = [{{ label = "Go on", practice = "{next}" }}, {{ label = "That's all" }}] }}

[[question]]
id = "line"
ask = "What is there?"
kind = "text"
"#
    );
    home.write(&format!("inward/config/prompts/{name}.toml"), text);
}

#[test]
fn a_practice_reached_over_two_offers_has_its_past() {
    let home = Home::ready();
    offers(&home, "aa", "bb");
    offers(&home, "bb", "intent");
    home.run("practices check").ok();
    home.keep("intent 'Stay in the talk' --at yesterday");
    let terminal = home.terminal("aa");
    for _ in 0..2 {
        terminal.asked("What is there?").answer("rain").asked("And now?").press(Key::Enter);
    }
    terminal.asked("carry into").press(Key::Down);
    terminal.wait_for("Stay in the talk");
}

#[test]
fn an_entry_that_was_moved_to_an_earlier_day_still_waits_to_be_asked_back_about() {
    let home = Home::ready();
    let id = home.keep("feel sad --when 'you leave' --share say --at '4 days ago'");
    home.run("due feel").ok();
    home.run(&format!("edit {id} --at '6 days ago'")).ok();
    home.run("due feel").ok();
    home.keep("feel --received heard");
    home.run("due feel").exits(1);
}

#[test]
fn what_became_of_a_step_is_kept_and_nothing_else_is_said_of_what_is_skipped() {
    let home = Home::ready();
    home.keep("grow reading --next-step 'call Ines' --at '20 days ago'");
    let terminal = home.terminal("grow");
    terminal.asked("What became of it?").choose(1);
    terminal.press_until_the_end(Key::Enter).ends(0);
    let said = terminal.scrolled_back();
    assert!(said.contains("Kept: ") && !said.contains("Nothing written"), "{said}");
}
