//! A session at a terminal, and how the terminal is left.

use rexpect::process::Signal;
use serde_json::json;

use crate::harness::{Home, Key, Terminal, files, name};

pub const OUTCOME: &str = "How did this morning's intention go?";
const CONNECTION: &str = "One moment of connection today, however small, or none.";
pub const CLOSENESS: &str = "How close did you feel to your partner?";
pub const SAW: &str = "What did you see in yourself today?";
pub const DISAGREEMENT: &str = "Was there a disagreement?";
pub const STAYS: &str = "What can stay here tonight?";

/// The id that the last line says was kept.
pub fn kept_id(home: &Home) -> String {
    let file = files(&home.journal()).pop().expect("an entry was kept");
    name(&file)[11..21].to_owned()
}

/// Runs `evening` up to the question of closeness.
pub fn half_way(home: &Home) -> Terminal {
    let terminal = home.terminal("evening");
    terminal.asked(OUTCOME).choose(0);
    terminal.asked(CONNECTION).answer("The heron on the weir");
    terminal.asked(CLOSENESS);
    terminal
}

#[test]
fn a_whole_session_is_kept_and_leaves_no_answer_on_the_screen() {
    let home = Home::evening();
    let terminal = home.terminal("evening");
    terminal.wait_for("An evening look");
    assert!(terminal.screen().alternate_screen());
    terminal.asked(OUTCOME).choose(3);
    terminal.asked(CONNECTION).answer("The heron on the weir");
    terminal.asked(CLOSENESS).choose(4);
    terminal.asked(SAW).press(Key::Space).press(Key::Down).press(Key::Space).press(Key::Enter);
    terminal.asked(DISAGREEMENT).choose(1);
    terminal.asked("Tell it as someone would who wishes you both well.");
    terminal.type_keys("They tried").press(Key::Enter).write("and tried again");
    terminal.asked(STAYS).press(Key::Enter);
    terminal.kept().is_sane();

    let id = kept_id(&home);
    let last = format!("Kept: today at 21:14, {id}.");
    assert!(terminal.shown().starts_with(&last), "{}", terminal.shown());
    assert!(terminal.shown().ends_with("That is enough for today."), "{}", terminal.shown());
    for words in ["heron", "tried", "noticed", "close", "evening look"] {
        assert!(terminal.raw().contains(words), "{words} was on the other screen");
        assert!(!terminal.scrolled_back().contains(words), "{words} can be scrolled back to");
    }
    let answers = home.entry(&id)["answers"].clone();
    let said: serde_json::Map<_, _> = answers
        .as_array()
        .unwrap()
        .iter()
        .map(|a| (a["question"].as_str().unwrap().to_owned(), a["value"].clone()))
        .collect();
    let wanted = json!({
        "outcome": "noticed", "connection": "The heron on the weir", "closeness": 3,
        "saw": ["withdrew", "unsaid"], "disagreement": true,
        "well-wisher": "They tried\nand tried again",
    });
    assert_eq!(serde_json::Value::Object(said), wanted);
}

#[test]
fn every_question_can_be_skipped_by_enter_or_the_menu_and_then_nothing_is_kept() {
    for key in [Key::Enter, Key::Esc] {
        let home = Home::evening();
        let terminal = home.terminal("evening");
        for question in [OUTCOME, CONNECTION, CLOSENESS, SAW, DISAGREEMENT, STAYS] {
            terminal.asked(question).press(key);
            if matches!(key, Key::Esc) {
                // At the first question the menu has no way back.
                let down = if question == OUTCOME { 1 } else { 2 };
                terminal.asked("Skip this question").choose(down);
            }
        }
        terminal.ends(0).is_sane();
        let said = "Nothing written, so nothing kept. That's fine.";
        assert_eq!(terminal.shown(), said, "{key:?}");
        assert!(files(&home.journal()).is_empty() && files(&home.inward("state")).is_empty());
    }
}

/// The built-in practices, by name.
fn practices() -> Vec<String> {
    let all = Home::new().run("practices --json").ok().json();
    let all = all["practices"].as_array().unwrap().clone();
    all.iter().map(|p| p["name"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn through_every_practice_enter_alone_leads_to_its_end_and_keeps_nothing() {
    let names = practices();
    assert!(names.len() >= 5, "{names:?}");
    for practice in names {
        let home = Home::ready();
        let terminal = home.terminal(&practice);
        terminal.press_until_the_end(Key::Enter).ends(0).is_sane();
        assert!(files(&home.journal()).is_empty(), "{practice} kept something");
    }
}

#[test]
fn every_practice_can_be_left_by_ctrl_c_at_once() {
    for practice in practices() {
        let home = Home::ready();
        let terminal = home.terminal(&practice);
        terminal.asked("").press(Key::Ctrl('c')).ends(130).is_sane();
        assert!(files(&home.journal()).is_empty(), "{practice} kept something");
    }
}

#[test]
fn ctrl_c_stops_keeps_no_entry_and_leaves_the_terminal_sane() {
    let home = Home::evening();
    let terminal = half_way(&home);
    terminal.press(Key::Ctrl('c')).ends(130).is_sane();
    assert!(terminal.shown().starts_with("Stopped."), "{}", terminal.shown());
    assert!(!terminal.scrolled_back().contains("heron"));
    assert!(files(&home.journal()).is_empty());
}

#[test]
fn a_signal_in_a_prompt_leaves_the_terminal_sane() {
    for signal in [Signal::SIGTERM, Signal::SIGHUP] {
        let home = Home::evening();
        let mut terminal = half_way(&home);
        terminal.signal(signal);
        terminal.ends(-(signal as i32)).is_sane();
        assert!(files(&home.journal()).is_empty());
        assert!(!terminal.scrolled_back().contains("heron"));
    }
}

#[test]
fn a_signal_at_a_passphrase_leaves_the_terminal_sane() {
    let home = Home::new();
    let mut terminal = home.terminal("init");
    terminal.wait_for("Choose a passphrase:").type_keys("half a pass");
    terminal.signal(Signal::SIGTERM);
    terminal.ends(-(Signal::SIGTERM as i32)).is_sane();
}

#[test]
fn a_narrow_terminal_is_wide_enough() {
    for (rows, columns) in [(20, 40), (12, 24)] {
        let home = Home::evening();
        let terminal = home.terminal_of(rows, columns, "evening", &[]);
        // On so few rows the beginning of a question may have moved up.
        terminal.asked("if there was none.").choose(3);
        terminal.asked("is an answer.").answer("The heron on the weir, twice");
        terminal.asked("your partner?").choose(4);
        terminal.asked("today?").press(Key::Space).press(Key::Enter);
        terminal.asked("a disagreement?").choose(2);
        terminal.asked("into sleep.").answer("it");
        terminal.kept().is_sane();
        let entry = home.entry(&kept_id(&home));
        assert_eq!(entry["answers"].as_array().unwrap().len(), 6, "{rows}×{columns}");
        assert_eq!(entry["answers"][2]["value"], 3);
        assert_eq!(entry["answers"][1]["value"], "The heron on the weir, twice");
    }
}

#[test]
fn the_line_that_would_be_chosen_is_shown_on_the_smallest_terminal() {
    let home = Home::evening();
    let terminal = home.terminal_of(12, 24, "evening --ask words --outcome did --closeness 2", &[]);
    terminal.asked("today?");
    assert!(terminal.shown().contains("❯"), "{}", terminal.screen().contents());
    terminal.press(Key::Ctrl('c')).ends(130);
}

#[test]
fn a_flag_and_ask_leave_out_what_is_answered_already() {
    let home = Home::evening();
    let terminal = home.terminal("evening --ask --closeness 3 --outcome did --disagreement no");
    terminal.asked(CONNECTION).answer("A look");
    terminal.asked(SAW).press(Key::Enter);
    terminal.asked(STAYS).press(Key::Enter);
    terminal.kept();
    assert_eq!(home.entry(&kept_id(&home))["answers"].as_array().unwrap().len(), 4);
}

#[test]
fn words_on_a_terminal_are_kept_without_a_question() {
    let home = Home::evening();
    let terminal = home.terminal("write 'said at once'");
    terminal.ends(0);
    let kept = format!("Kept: today at 21:14, {}. ", kept_id(&home));
    assert!(terminal.shown().starts_with(&kept), "{}", terminal.shown());
}

#[test]
fn an_answer_that_cannot_be_is_asked_again_with_what_is_allowed() {
    let home = Home::evening();
    let terminal = home.terminal("write --ask words");
    terminal.asked("A title").press(Key::Enter);
    terminal.asked("Tags, if you like.").answer("no!");
    // What was typed stands there, to be fixed.
    let refusal = "Give words of letters, digits, - or _";
    terminal.wait_for(refusal);
    // It's said once, and not any more once it's an answer.
    terminal.press(Key::Enter).asked(refusal);
    assert_eq!(terminal.shown().matches(refusal).count(), 1, "{}", terminal.shown());
    terminal.asked("with commas between.").type_keys("\u{7f}\u{7f}\u{7f}").answer("sea");
    terminal.asked("How are you now");
    assert!(!terminal.shown().contains(refusal), "{}", terminal.shown());
    terminal.press(Key::Enter);
    terminal.kept();
    assert_eq!(home.entry(&kept_id(&home))["tags"], json!(["sea"]));
}

#[test]
fn nothing_that_was_typed_ahead_is_lost_between_questions() {
    let home = Home::evening();
    let terminal = home.terminal("write");
    terminal.asked("Write what's there.").type_keys("words\u{4}").type_keys("a title\r");
    terminal.asked("Tags").press(Key::Enter);
    terminal.asked("How are you now").press(Key::Enter);
    terminal.kept();
    let answers = home.entry(&kept_id(&home))["answers"].clone();
    assert_eq!((&answers[0]["value"], &answers[1]["value"]), (&json!("words"), &json!("a title")));
}
