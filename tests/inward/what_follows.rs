//! What comes behind a kept entry in one time at the prompt: a page, another practice, and
//! what a program reads of all of it.

use std::fs::rename;
use std::process::Command;

use crate::care::copy_journal;
use crate::harness::{BINARY, Home, Key, Terminal};

/// At a terminal, with standard output in a file.
fn with_output_in_a_file(home: &Home, arguments: &str) -> Terminal {
    let mut command = Command::new("sh");
    command.args(["-c", &format!("{BINARY} {arguments} >out")]);
    command.env_clear().envs(home.env()).current_dir(home.path());
    Terminal::start(command, 24, 80)
}

fn output(home: &Home) -> String {
    std::fs::read_to_string(home.path().join("out")).unwrap()
}

fn document(home: &Home) -> serde_json::Value {
    serde_json::from_str(&output(home)).unwrap()
}

const HEAVIER: &str = "The last three pages each left you heavier.";

/// A third heavier page, behind which a pause is chosen.
fn pause_after_a_page(home: &Home, arguments: &str) -> Terminal {
    for day in ["3 days ago", "2 days ago"] {
        home.keep(&format!("write 'a page' --afterwards heavier --at '{day}'"));
    }
    let terminal = with_output_in_a_file(home, arguments);
    terminal.asked(HEAVIER).choose(0).asked("Keep it").press(Key::Enter);
    terminal.asked("How unsettled are you right now?");
    terminal
}

#[test]
fn with_json_what_was_chosen_to_follow_is_in_the_same_document() {
    let arguments = "write page --afterwards heavier --title T --tags t --ask";
    let home = Home::ready();
    let terminal = pause_after_a_page(&home, &format!("{arguments} --json"));
    terminal.choose(4).asked("Sit for a while?").press(Key::Enter);
    terminal.asked("Did anything come up?").answer("tea").kept();
    let json = document(&home);
    assert_eq!(json["kept"]["practice"], "write");
    assert_eq!(json["next"]["kept"]["practice"], "pause");

    // Left, there is what was kept.
    let home = Home::ready();
    pause_after_a_page(&home, &format!("{arguments} --json")).press(Key::Ctrl('c')).ends(130);
    let json = document(&home);
    assert_eq!((&json["kept"]["practice"], &json["next"]), (&"write".into(), &().into()));
    let home = Home::ready();
    pause_after_a_page(&home, arguments).press(Key::Ctrl('c')).ends(130);
    assert_eq!(home.entry(output(&home).trim())["practice"], "write");
}

/// Asks one question, and offers the evening.
const DUSK: &str = r#"
title = "At dusk"
about = "One question"
cadence = "as-needed"
primary = "dusk"

[[question]]
id = "dusk"
ask = "What is it like?"
kind = "text"

[[recall]]
practice = "dusk"
within = 0
say = ["It was {dusk}."]

[offer]
say = "Go on?"
when = { dusk = { answered = true } }
ways = [{ label = "The evening", practice = "reflect" }, { label = "That's all" }]
"#;

#[test]
fn what_follows_sees_what_was_opened_for_this_session_alone() {
    let home = Home::locked("echo a quiet river");
    home.write("inward/config/prompts/dusk.toml", DUSK);
    home.keep("intent 'Stay in the talk' --at 07:10");
    let terminal = home.terminal("dusk");
    terminal.asked("Open them just for this practice").choose(1);
    terminal.wait_for("assphrase").type_keys("a quiet river\n");
    terminal.asked("What is it like?").answer("blue");
    terminal.asked("Go on?").choose(0);
    terminal.asked("One moment of connection");
    assert!(terminal.shown().contains("Stay in the talk"), "{}", terminal.shown());
    terminal.press(Key::Ctrl('c')).ends(130);
}

/// The last session of the guide, up to what is said behind it.
fn last_session(home: &Home, arguments: &str) -> Terminal {
    let terminal = with_output_in_a_file(home, &format!("guide 4 --ask {arguments}"));
    while !terminal.asked("").shown().contains("This was for clarity, and for trust") {
        terminal.press(Key::Enter);
    }
    terminal.press(Key::Enter).asked("Your page is ready");
    terminal
}

#[test]
fn with_json_the_page_that_was_composed_is_named() {
    let home = Home::ready();
    let terminal = last_session(&home, "--next-step tea --choice rest --json");
    terminal.choose(1).ends(0);
    let json = document(&home);
    let page = home.entry(json["page"]["id"].as_str().unwrap());
    assert_eq!(page["about"], json["kept"]["id"]);
}

#[test]
fn a_page_that_cannot_be_kept_is_said_and_care_has_its_last_word() {
    let home = Home::ready();
    let year = home.journal().join("2026");
    let terminal = home.terminal("guide --ask --story unsafe --next-step tea");
    while !terminal.asked("").shown().contains("Your page is ready") {
        terminal.press(Key::Enter);
    }
    rename(&year, home.path().join("away")).unwrap();
    std::fs::write(&year, "in the way").unwrap();
    terminal.choose(1).asked("You can read about safety again at any time");
    terminal.press(Key::Enter).ends(5);
    let told = terminal.scrolled_back();
    assert!(told.contains("Kept: ") && !told.contains("Your page is kept"), "{told}");
    assert!(told.contains("Your page wasn't kept, but the session was."), "{told}");
    assert!(told.contains("isn't a folder"), "{told}");
}

#[test]
fn an_answer_to_what_became_of_it_counts_in_the_session_after_it() {
    let mut home = Home::ready();
    home.keep("guide 4 --choice rest --next-step 'a walk'");
    home.at("2026-12-20T21:00:00+00:00");
    let terminal = home.terminal("guide");
    terminal.asked("What became of it?").choose(1);
    terminal.asked("What's the next small step").answer("a swim").asked("");
    while !terminal.asked("").shown().contains("Your page") {
        terminal.press(Key::Enter);
    }
    terminal.choose(4).asked("The next step");
    assert!(terminal.shown().contains("a swim"), "{}", terminal.shown());
    assert!(!terminal.shown().contains("a walk"), "{}", terminal.shown());
    terminal.press_until_the_end(Key::Enter).ends(0);
}

#[test]
fn answers_about_an_earlier_entry_and_a_new_one_are_refused_together() {
    let mut home = Home::ready();
    home.keep("feel lonely --share say");
    let mixed = |home: &Home, line: &str, flag: &str| {
        let said = format!(
            "`{flag}` is about an earlier entry, and other answers here are about a new one.\nAnswer each in a command of its own. If your words are about the earlier one, too, add --follow-up. Nothing was kept.\n"
        );
        home.run(line).exits(2).prints("").says(&said);
    };
    for now in ["2026-11-23T22:00:00+00:00", "2026-11-28T21:00:00+00:00"] {
        home.at(now);
        mixed(&home, "feel hurt --received heard", "--received");
        mixed(&home, "feel --under sad --received heard", "--received");
        mixed(&home, "feel --under sad --follow-up", "--follow-up");
    }
    home.at("2026-11-23T22:00:00+00:00");
    let nothing =
        "`feel` has nothing to follow up now.\nIt follows up an entry some days after you keep it";
    home.run("feel --follow-up --received heard")
        .exits(1)
        .says(&format!("{nothing}. Nothing was kept.\n"));
    home.run("feel --received heard")
        .exits(1)
        .says(&format!("{nothing}, and `--received` is an answer to that. Nothing was kept.\n"));
    home.at("2026-11-28T21:00:00+00:00");
    home.keep("feel partly --follow-up --still-open trust");
}

#[test]
fn an_entry_that_was_edited_on_two_devices_counts_once() {
    let mut home = Home::ready();
    let page = home.keep("write 'a page' --afterwards heavier --at '2 days ago'");
    let mut other = home.with_its_key();
    copy_journal(&home, &other);
    home.run(&format!("edit {page} --title Rain")).ok();
    other.at("2026-11-23T23:00:00+00:00");
    other.run(&format!("edit {page} --title Snow")).ok();
    copy_journal(&other, &home);
    home.at("2026-11-24T21:00:00+00:00");
    let terminal = home.terminal("write words --title T --tags t --afterwards heavier --ask");
    terminal.asked("").press_until_the_end(Key::Enter).ends(0);
    assert!(!terminal.raw().contains(HEAVIER), "the second page, and no third");
}
