//! How care is lifted: by the question in its time, and from the menu.

use crate::care::{
    DISAGREEMENT, LEFT_OUT, LIFT, SET_DOWN, THANKS, asks_for_the_well_wisher, evening, from_menu,
};
use crate::harness::{Home, Key, one_line};

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
    terminal.asked("").press(Key::Ctrl('c')).ends(130);
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
fn a_session_that_kept_nothing_but_a_lift_is_no_evening_and_says_no_untruth() {
    let mut home = Home::ready();
    home.keep("reflect words --disagreement not-safe");
    home.at("2026-11-23T22:00:00+00:00");
    let terminal = home.terminal("reflect");
    terminal.asked("");
    from_menu(&terminal, "Suggestions to share");
    terminal.asked(LIFT).choose(2).asked("They're back from now on.").press(Key::Enter);
    terminal.asked("").press(Key::Ctrl('c')).ends(130);
    let said = one_line(&terminal.scrolled_back());
    assert!(said.contains("Stopped.") && !said.contains("Nothing was written"), "{said}");
    assert!(said.starts_with("Kept: today at 22:00, "), "`list` has it: {said}");
    let month = home.run("look --json").ok().json();
    assert_eq!(month["month"]["evenings"]["of"], 1, "{month}");
}

#[test]
fn a_lift_before_the_private_page_of_the_month_holds_for_that_page() {
    let mut home = Home::ready();
    for day in 16..22 {
        home.keep(&format!("reflect tea --closeness 3 --at '2026-11-{day} 20:00'"));
    }
    home.keep("reflect words --closeness 3 --disagreement not-safe");
    home.at("2026-11-23T22:00:00+00:00");
    let terminal = home.terminal("look");
    terminal.asked("The next page is private.").press(Key::Esc).asked("Skip this page");
    assert!(terminal.shown().contains("Stop here") && !terminal.shown().contains("draft"));
    terminal.press(Key::Esc).asked("The next page is private.");
    from_menu(&terminal, "Suggestions to share");
    terminal.asked(LIFT).choose(2).asked("They're back from now on.").press(Key::Enter);
    terminal.asked("The next page is private.").press(Key::Enter);
    terminal.asked("It felt “close” on every evening you marked.");
    terminal.press(Key::Ctrl('c')).ends(130);
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
    terminal.asked("").press(Key::Ctrl('c')).ends(130);
    home.at("2026-11-24T21:00:00+00:00");
    let terminal = home.terminal("resume");
    terminal.asked("Continue it").press(Key::Enter).asked(SET_DOWN);
    from_menu(&terminal, "Back");
    terminal.asked(DISAGREEMENT).choose(2).asked(THANKS).choose(2).ends(0);
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
        terminal.asked("").press(Key::Ctrl('c')).ends(130);
        assert!(!asks_for_the_well_wisher(&home));
    }
}

#[test]
fn where_nothing_is_left_out_the_menu_says_so() {
    let home = Home::ready();
    let terminal = evening(&home);
    from_menu(&terminal, "Suggestions to share");
    terminal.asked("Nothing is left out at the moment.");
    assert!(!terminal.shown().contains("suggest"), "{}", terminal.shown());
    terminal.press(Key::Enter);
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
fn assess_asks_it_whenever_care_is_on_except_right_after_a_yes() {
    let mut home = Home::ready();
    home.keep("reflect words --disagreement not-safe");
    home.at("2026-11-24T20:00:00+00:00");
    let terminal = home.terminal("assess --ask words --frightened yes");
    terminal.asked(THANKS).choose(1);
    terminal.press_until_the_end(Key::Enter).ends(0);
    let raw = terminal.raw();
    assert!(!raw.contains(LIFT), "what was just said counts");
    let last_word = "You can read about safety again";
    assert!(!one_line(&raw).contains(last_word), "it came on another day");
    home.at("2026-11-24T20:30:00+00:00");
    let terminal = home.terminal("assess --ask words --frightened no");
    for _ in 0..60 {
        if terminal.asked("").shown().contains(LIFT) {
            break;
        }
        terminal.press(Key::Enter);
    }
    terminal.asked(LIFT).choose(2).asked("They're back from now on.");
    terminal.press_until_the_end(Key::Enter).ends(0);
    home.at("2026-11-24T21:00:00+00:00");
    assert!(asks_for_the_well_wisher(&home));

    // From then on it asks of the time since; and Ctrl-C there says nothing.
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
    assert_eq!(terminal.scrolled_back(), "");
}
