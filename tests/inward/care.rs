//! What happens when an answer says that the writer is afraid: in the same session, in
//! those after it, and until it is lifted.

use crate::harness::{Home, Key, Terminal, files, one_line};

const THANKS: &str =
    "Thank you for saying so. Being frightened is not your fault. You can stop here.";
const FROM_NOW_ON: &str = "From now on this journal leaves out suggestions to share";
const LAST_WORD: &str = "You can read about safety again at any time: Esc, then “Safety”";
const LEFT_OUT: &str = "At the moment this journal leaves out suggestions to share";
const LIFT: &str = "Should it keep leaving out suggestions to share?";
const WELL_WISHER: &str = "wishes you both well";
const DISAGREEMENT: &str = "Was there a";
const SET_DOWN: &str = "What would you like to set down";

/// An evening whose next question is about a disagreement, or a hard moment.
fn evening(home: &Home) -> Terminal {
    let terminal = home.terminal("reflect --ask 'We laughed' --closeness 2 --ease 2 --saw none");
    let breather = |shown: &str| shown.contains("Enough for now");
    let offer = |shown: &str| shown.contains("Not now");
    terminal.wait_until("the question or the breather", |screen| {
        let shown = one_line(&screen.contents());
        breather(&shown) || offer(&shown) || shown.contains(DISAGREEMENT)
    });
    if offer(&terminal.shown()) {
        terminal.asked("Not now").press(Key::Enter);
        terminal.wait_until("the question or the breather", |screen| {
            let shown = one_line(&screen.contents());
            breather(&shown) || shown.contains(DISAGREEMENT)
        });
    }
    if breather(&terminal.shown()) {
        terminal.asked("Enough for now").choose(1);
    }
    terminal.asked(DISAGREEMENT);
    terminal
}

/// The same, answered with "yes, and it wasn't safe".
fn unsafe_evening(home: &Home) -> Terminal {
    let terminal = evening(home);
    terminal.choose(3).asked(THANKS);
    terminal
}

/// Is the well-wisher asked after a disagreement?
fn asks_for_the_well_wisher(home: &Home) -> bool {
    let terminal = evening(home);
    terminal.choose(2).wait_until("the next question", |screen| {
        let shown = one_line(&screen.contents());
        shown.contains(SET_DOWN) || shown.contains(WELL_WISHER)
    });
    let asked = terminal.shown().contains(WELL_WISHER);
    terminal.asked("").press(Key::Ctrl('c')).ends(130);
    std::fs::remove_dir_all(home.inward("state/drafts")).unwrap();
    asked
}

/// The newest entry.
fn newest(home: &Home) -> serde_json::Value {
    home.run("list --json --last 1").ok().json()["entries"][0].clone()
}

/// Opens the menu on Esc and chooses the line that says this.
fn from_menu(terminal: &Terminal, line: &str) {
    terminal.press(Key::Esc).asked("Suggestions to share");
    let lines = ["Continue", "Back", "Skip", "Stop", "Safety", "Suggestions to share"];
    let shown = terminal.shown();
    let offered = lines.iter().filter(|offered| shown.contains(*offered));
    terminal.choose(offered.take_while(|offered| **offered != line).count());
}

#[test]
fn right_after_the_answer_the_page_is_cleared_and_the_care_form_holds_at_once() {
    let home = Home::ready();
    let terminal = unsafe_evening(&home);
    let shown = terminal.shown();
    assert!(!shown.contains("disagreement") && shown.contains(FROM_NOW_ON), "{shown}");
    assert!(shown.contains("Ctrl-C leaves at once and clears the screen."), "{shown}");
    terminal.choose(0).asked("If you're afraid of someone");
    while !terminal.shown().starts_with(THANKS) {
        terminal.press(Key::Enter).asked("");
    }
    assert!(!terminal.shown().contains("Read about safety now"), "{}", terminal.shown());
    terminal.choose(0).asked("What would you like to set down");
    assert!(!terminal.raw().contains(WELL_WISHER));
    terminal.press(Key::Enter).asked("Keep it").press(Key::Enter);
    terminal.asked("Whatever you did to stay safe is all right.").press(Key::Enter);
    terminal.asked(LAST_WORD).press(Key::Enter);
    terminal.ends(0).is_sane();
    let page = terminal.scrolled_back();
    assert!(page.contains("Kept: ") && !page.contains("safe"), "{page}");
}

#[test]
fn stopping_there_keeps_what_was_answered_and_the_answer_counts() {
    let mut home = Home::ready();
    let terminal = unsafe_evening(&home);
    terminal.choose(2).asked("Whatever you did").press(Key::Enter);
    terminal.asked(LAST_WORD).press(Key::Enter).ends(0);
    assert!(terminal.scrolled_back().starts_with("Kept: "), "{}", terminal.scrolled_back());
    assert!(newest(&home).to_string().contains("not-safe"));
    assert!(files(&home.inward("state/drafts")).is_empty(), "it is no draft");
    home.at("2026-11-24T21:00:00+00:00");
    assert!(!asks_for_the_well_wisher(&home));
    // The second time it only thanks.
    let terminal = unsafe_evening(&home);
    assert!(!terminal.shown().contains(FROM_NOW_ON), "{}", terminal.shown());
}

#[test]
fn stopping_at_what_became_of_an_entry_asks_nothing_after_it() {
    let home = Home::ready();
    home.keep("feel sad --when 'you leave' --share say --at '5 days ago'");
    let terminal = home.terminal("feel");
    terminal.asked("How was it received?").choose(6).asked(THANKS).choose(2);
    // One of three lines, and nothing about trying again.
    terminal.asked("").press(Key::Enter);
    terminal.asked(LAST_WORD).press(Key::Enter).ends(0);
    assert!(!terminal.raw().contains("I feel …"));
    assert!(newest(&home).to_string().contains("not-safe"));
}

#[test]
fn ctrl_c_there_prints_nothing_at_all_and_the_draft_holds_care() {
    let home = Home::ready();
    let terminal = unsafe_evening(&home);
    terminal.press(Key::Ctrl('c')).ends(130).is_sane();
    assert_eq!(terminal.scrolled_back().trim(), "", "not even that there is a draft");
    assert_eq!(files(&home.inward("state/drafts")).len(), 1);
    let terminal = home.terminal("resume");
    terminal.asked("Continue it").press(Key::Enter);
    terminal.asked("What would you like to set down");
    assert!(!terminal.raw().contains(THANKS), "once a session");
    assert!(!terminal.raw().contains(WELL_WISHER));
    terminal.press(Key::Enter).asked("Keep it").press(Key::Enter);
    terminal.asked("Whatever you did").press(Key::Enter);
    terminal.asked(LAST_WORD).press(Key::Enter).ends(0);
}

#[test]
fn an_answer_that_only_a_draft_has_counts_until_the_draft_is_gone() {
    let mut home = Home::ready();
    home.keep("gratitude 'a quiet hour' --share will-say --at '20 days ago'");
    home.keep("gratitude --became said --landed well --at '10 days ago'");
    let holds_back =
        |home: &Home| home.run("patterns gratitude landed").outcome().stdout.contains("Held back");
    assert!(!holds_back(&home));
    unsafe_evening(&home).press(Key::Ctrl('c')).ends(130);
    home.at("2026-11-24T21:00:00+00:00");
    assert!(holds_back(&home));
    // Which also takes all drafts away.
    assert!(!asks_for_the_well_wisher(&home));
    assert!(!holds_back(&home));
    assert!(asks_for_the_well_wisher(&home));
}

#[test]
fn a_locked_session_hears_the_answer_and_explains_it_each_time() {
    let home = Home::new();
    home.run("init").env("INWARD_PASSPHRASE_COMMAND", "echo a quiet river").ok();
    for _ in 0..2 {
        let terminal = unsafe_evening(&home);
        assert!(terminal.shown().contains(FROM_NOW_ON), "{}", terminal.shown());
        terminal.choose(1).asked("What would you like to set down");
        assert!(!terminal.raw().contains(WELL_WISHER));
        from_menu(&terminal, "Suggestions to share");
        terminal.asked(LEFT_OUT);
        assert!(!terminal.shown().contains(LIFT), "never in the session in which it came on");
        terminal.press(Key::Enter).asked("").press(Key::Enter);
        terminal.asked("Keep it").press(Key::Enter);
        terminal.asked("Whatever you did").press(Key::Enter);
        terminal.asked(LAST_WORD).press(Key::Enter).ends(0);
    }
    let terminal = evening(&home);
    from_menu(&terminal, "Suggestions to share");
    terminal.asked("The journal is locked, so what you chose before can't be read.");
}

#[test]
fn an_answer_taken_back_takes_care_back() {
    let home = Home::ready();
    let terminal = unsafe_evening(&home);
    terminal.choose(1).asked("What would you like to set down");
    from_menu(&terminal, "Back");
    // What was answered is marked.
    terminal.asked(DISAGREEMENT).press(Key::Up).press(Key::Enter).asked(WELL_WISHER);
    terminal.press(Key::Ctrl('c')).ends(130);
}

#[test]
fn suggestions_to_share_come_back_from_the_menu_of_any_practice() {
    let mut home = Home::ready();
    home.keep("reflect words --disagreement not-safe");
    home.at("2026-11-23T22:00:00+00:00");
    let terminal = home.terminal("write");
    terminal.asked("");
    from_menu(&terminal, "Suggestions to share");
    terminal.asked(LIFT);
    assert!(terminal.shown().starts_with(LEFT_OUT), "{}", terminal.shown());
    assert!(!terminal.shown().contains("afraid"), "it doesn't say why");
    terminal.choose(2).asked("They're back from now on.").press(Key::Enter);
    // Stopped, it holds all the same.
    terminal.press(Key::Ctrl('c')).ends(130);
    home.at("2026-11-23T23:00:00+00:00");
    assert!(asks_for_the_well_wisher(&home));
    // A later answer turns it on again, and goes with its entry.
    home.at("2026-11-24T21:00:00+00:00");
    let again = home.keep("notice words --underneath unsafe");
    assert!(!asks_for_the_well_wisher(&home));
    home.run(&format!("delete {again} --yes")).ok();
    assert!(asks_for_the_well_wisher(&home));
}

#[test]
fn a_lift_in_a_session_about_another_day_holds_from_now_on() {
    let mut home = Home::ready();
    home.keep("reflect words --disagreement not-safe");
    home.at("2026-11-23T22:00:00+00:00");
    let answers = "--unsettled 2 --stillness 1 --unsettled-now 2";
    let terminal = home.terminal(&format!("pause --ask {answers} --at yesterday"));
    terminal.asked("");
    from_menu(&terminal, "Suggestions to share");
    terminal.asked(LIFT).choose(2).asked("They're back from now on.").press(Key::Enter);
    terminal.press_until_the_end(Key::Enter).ends(0);
    home.at("2026-11-23T23:00:00+00:00");
    assert!(asks_for_the_well_wisher(&home));
}

#[test]
fn an_answer_in_a_draft_that_is_continued_after_a_lift_counts_as_given_after_it() {
    let mut home = Home::ready();
    home.keep("reflect words --disagreement not-safe");
    home.at("2026-11-23T22:00:00+00:00");
    evening(&home).choose(1).asked(SET_DOWN).press(Key::Ctrl('c')).ends(130);
    home.at("2026-11-23T23:00:00+00:00");
    let terminal = home.terminal("write");
    terminal.asked("");
    from_menu(&terminal, "Suggestions to share");
    terminal.asked(LIFT).choose(2).asked("They're back from now on.").press(Key::Enter);
    terminal.press(Key::Ctrl('c')).ends(130);
    home.at("2026-11-24T21:00:00+00:00");
    let terminal = home.terminal("resume");
    terminal.asked("Continue it").press(Key::Enter).asked(SET_DOWN);
    from_menu(&terminal, "Back");
    terminal.asked(DISAGREEMENT).choose(2).asked(THANKS).choose(2);
    terminal.press_until_the_end(Key::Enter).ends(0);
    home.at("2026-11-25T21:00:00+00:00");
    assert!(!asks_for_the_well_wisher(&home));
}

#[test]
fn skipping_the_lift_question_and_a_yes_change_nothing() {
    let mut home = Home::ready();
    home.keep("reflect words --disagreement not-safe");
    for (hour, line) in [(22, 0), (23, 1)] {
        home.at(&format!("2026-11-23T{hour}:30:00+00:00"));
        let terminal = home.terminal("write");
        terminal.asked("");
        from_menu(&terminal, "Suggestions to share");
        terminal.asked(LIFT).choose(line).asked("It stays as it is.").press(Key::Enter);
        terminal.press(Key::Ctrl('c')).ends(130);
        assert!(!asks_for_the_well_wisher(&home));
    }
}

#[test]
fn where_nothing_is_left_out_the_menu_says_so() {
    let home = Home::ready();
    let terminal = evening(&home);
    from_menu(&terminal, "Suggestions to share");
    terminal.asked("Nothing is left out at the moment.").press(Key::Enter);
    terminal.asked("");
    from_menu(&terminal, "Safety");
    terminal.asked("If you're afraid of someone");
}

/// Skips through a page of `pause`; is the lift question asked at its end?
fn is_lift_offered(home: &Home) -> bool {
    let terminal = home.terminal("pause --ask --unsettled 2 --stillness 1 --unsettled-now 2");
    terminal.asked("").press(Key::Enter).asked("Keep it").press(Key::Enter);
    terminal.wait_until("the end or the question", |screen| {
        let shown = one_line(&screen.contents());
        !screen.alternate_screen() || shown.contains("as before") || shown.contains(LIFT)
    });
    let offered = terminal.shown().contains(LIFT);
    if offered {
        terminal.asked(LIFT).choose(0).asked("It stays as it is.").press(Key::Enter);
    }
    terminal.press_until_the_end(Key::Enter).ends(0);
    offered
}

#[test]
fn the_lift_question_is_offered_at_the_first_entry_of_a_calendar_month_after_two_weeks() {
    let mut home = Home::ready();
    home.at("2026-11-25T21:00:00+00:00");
    home.keep("reflect words --disagreement not-safe");
    home.at("2026-12-01T21:00:00+00:00");
    assert!(!is_lift_offered(&home), "six days are too soon");
    home.at("2027-01-04T21:00:00+00:00");
    assert!(is_lift_offered(&home));
    home.at("2027-01-05T21:00:00+00:00");
    assert!(!is_lift_offered(&home), "once a month");
}

#[test]
fn assess_asks_it_whenever_care_is_on_and_a_true_answer_undoes_no_decision() {
    let mut home = Home::ready();
    home.keep("reflect words --disagreement not-safe");
    home.at("2026-11-24T20:00:00+00:00");
    let terminal = home.terminal("assess --ask words --frightened yes");
    terminal.asked(THANKS).choose(1);
    for _ in 0..60 {
        if terminal.asked("").shown().contains(LIFT) {
            break;
        }
        terminal.press(Key::Enter);
    }
    terminal.asked(LIFT).choose(2).asked("They're back from now on.");
    terminal.press_until_the_end(Key::Enter).ends(0);
    let raw = terminal.raw();
    assert!(!raw.contains("You can read about safety again"), "it came on another day");
    home.at("2026-11-24T21:00:00+00:00");
    assert!(asks_for_the_well_wisher(&home));

    // From then on it asks of the time since; and Ctrl-C at that question says nothing.
    home.at("2026-12-20T21:00:00+00:00");
    let terminal = home.terminal("assess --ask words");
    for _ in 0..60 {
        if terminal.asked("").shown().contains("Since 24 November, were you ever frightened") {
            break;
        }
        terminal.press(Key::Enter);
    }
    terminal.asked("Since 24 November, were you ever frightened of a partner or an ex?");
    terminal.press(Key::Ctrl('c')).ends(130).is_sane();
    assert_eq!(terminal.scrolled_back().trim(), "");
}

#[test]
fn care_holds_through_an_edit_and_goes_with_the_entry() {
    let mut home = Home::ready();
    let id = home.keep("reflect words --disagreement not-safe");
    home.run(&format!("edit {id} --connection others")).ok();
    home.at("2026-11-24T21:00:00+00:00");
    assert!(!asks_for_the_well_wisher(&home));
    home.run(&format!("edit {id} --disagreement yes")).ok();
    assert!(asks_for_the_well_wisher(&home), "it was corrected");
}

#[test]
fn of_two_edits_made_apart_either_may_say_so() {
    let mut home = Home::ready();
    let id = home.keep("reflect words --disagreement yes");
    let mut other = home.with_its_key();
    copy_journal(&home, &other);
    home.run(&format!("edit {id} --disagreement not-safe")).ok();
    other.at("2026-11-23T23:00:00+00:00");
    other.run(&format!("edit {id} --connection others")).ok();
    copy_journal(&other, &home);
    home.at("2026-11-24T21:00:00+00:00");
    assert!(home.entry(&id).to_string().contains("others"), "the newest of them is shown");
    assert!(!asks_for_the_well_wisher(&home));
}

/// As a syncer would bring them.
fn copy_journal(from: &Home, to: &Home) {
    for file in files(&from.journal()) {
        let place = file.strip_prefix(from.path()).unwrap().display().to_string();
        to.write(&place, std::fs::read(&file).unwrap());
    }
}

#[test]
fn only_what_was_written_since_is_offered_again() {
    let mut home = Home::ready();
    home.keep("intent 'Stay in the talk' --at yesterday");
    home.keep("notice words --next-if 'we talk' --next-then 'stay' --at yesterday");
    let offered = |home: &Home| {
        let terminal = home.terminal("intent");
        terminal.asked("").press(Key::Down);
        let met = terminal.asked("").raw();
        terminal.press(Key::Ctrl('c')).ends(130);
        ["Stay in the talk", "If we talk", "An hour outside"].map(|words| met.contains(words))
    };
    assert_eq!(offered(&home), [true, true, false]);
    home.at("2026-11-23T22:00:00+00:00");
    home.keep("reflect words --disagreement not-safe");
    home.at("2026-11-24T08:00:00+00:00");
    assert_eq!(offered(&home), [false, false, false]);
    home.keep("intent 'An hour outside'");
    home.at("2026-11-25T08:00:00+00:00");
    assert_eq!(offered(&home), [false, false, true]);
}

#[test]
fn an_answer_that_may_mean_fear_offers_the_page_and_turns_nothing_on() {
    let mut home = Home::ready();
    for (arguments, pointer) in [
        ("gratitude --ask tea --gave warmth --self patience --share not-safe", "If it isn't safe,"),
        ("needs --ask sleep --met rest --boundary doors --respected not-safe", "If it isn't safe,"),
        ("assess --ask words --fear 1", "If there's someone you're afraid of,"),
    ] {
        let terminal = home.terminal(arguments);
        let words = format!("{pointer} there's a page about that right here.");
        for _ in 0..40 {
            terminal.asked("");
            if terminal.shown().contains(&words) || !terminal.screen().alternate_screen() {
                break;
            }
            terminal.press(Key::Enter);
        }
        terminal.asked(&words).choose(0).asked("If you're afraid of someone");
        terminal.press(Key::Ctrl('c')).ends(0);
        assert!(!terminal.scrolled_back().contains("safe"), "{}", terminal.scrolled_back());
        assert!(!terminal.raw().contains(THANKS), "{arguments}");
    }
    home.at("2026-11-24T21:00:00+00:00");
    assert!(asks_for_the_well_wisher(&home));
}
