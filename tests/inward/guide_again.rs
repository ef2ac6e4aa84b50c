//! The guide's answers once more: changed by hand, on the way back, and in a draft that is
//! continued.

use crate::harness::{Home, Key, one_line};

const LOST: &str = "you lose your own wording";

#[test]
fn whoever_worded_the_sentence_by_hand_is_told_where_that_would_be_lost() {
    let home = Home::ready();
    let terminal = home.terminal("guide 1 --ask --trigger plans --story worse --their-move ask-on");
    terminal.asked("… I …").choose(1);
    terminal.asked("… and it ends …").choose(1);
    terminal.asked("Change a piece");
    assert!(!terminal.shown().contains(LOST));
    // Left as it was built, it is no wording of one's own.
    terminal.choose(2).asked("in separate rooms.").press(Key::Esc);
    terminal.asked("Back to the previous page").choose(1).asked("Change a piece");
    assert!(!terminal.shown().contains(LOST));
    terminal.choose(2).asked("in separate rooms.").type_keys(" Always.").press(Key::Enter);
    terminal.asked(&format!("Change a piece ({LOST})")).choose(0);
    terminal.asked("Early on, I learned …").press(Key::Esc);
    terminal.asked("Back to the question before").choose(1);
    terminal.asked("If you change this, you lose your own wording.").asked("… and it ends …");
    terminal.press(Key::Enter).asked("Reword it by hand").press(Key::Enter);
    terminal.asked("Early on, I learned …").press(Key::Enter);
    terminal.asked("I'm protecting …").press(Key::Enter);
    terminal.asked(&format!("Change: … I … ({LOST})"));
    terminal.press(Key::Ctrl('c')).ends(130);
}

#[test]
fn whoever_stops_where_a_piece_that_was_changed_tells_of_fear_is_asked_no_more() {
    let home = Home::ready();
    let terminal = home.terminal("guide 1 --ask --trigger plans --story worse --their-move ask-on");
    terminal.asked("… I …").choose(1);
    terminal.asked("… and it ends …").choose(1);
    terminal.asked("Change a piece").choose(1);
    terminal.asked("Which piece?").choose(2);
    // From the answer that is there down to "it isn't safe to do anything else".
    terminal.asked("… and tell myself, or know, …").choose(10);
    terminal.asked("Thank you for saying so.").choose(2).ends(0);
    assert!(one_line(&terminal.shown()).contains("Kept:"), "{}", terminal.shown());
}

#[test]
fn words_of_ones_own_stand_in_the_list_on_the_way_back() {
    let home = Home::ready();
    let terminal = home.terminal("guide 1");
    terminal.asked("Enter continues").press(Key::Enter);
    terminal.asked("When …").type_keys("my mother calls").press(Key::Enter);
    terminal.asked("… I …").press(Key::Esc).asked("Back to the question before").choose(1);
    terminal.asked("❯ something else: my mother calls");
    terminal.press(Key::Ctrl('c')).ends(130);
}

#[test]
fn a_part_that_is_continued_opens_with_its_own_title_and_quotes() {
    let home = Home::ready();
    home.keep("guide 2 --needs rest --needs-unmet rest --boundary-do leave --at '3 days ago'");
    let terminal = home.terminal("guide 3");
    terminal.asked("Two paths").press(Key::Enter);
    terminal.asked("Love:").answer("Her laugh.");
    terminal.asked("Fear:").press(Key::Ctrl('c')).ends(130);
    let terminal = home.terminal("resume");
    terminal.asked("Continue it").press(Key::Enter).asked("Fear:");
    let shown = one_line(&terminal.shown());
    assert!(shown.contains("Two paths"), "{shown}");
    assert!(shown.contains("your boundary: I leave the room."), "{shown}");
    assert!(!shown.contains("You may know plenty"), "{shown}");
    terminal.press(Key::Ctrl('c')).ends(130);
}

#[test]
fn a_step_that_is_none_is_not_called_a_step() {
    let home = Home::ready();
    let terminal = home.terminal("grow --ask --for-myself rest --handled no --guidance not-now");
    terminal.asked("What's one next step").answer("nothing");
    terminal.asked("Keep it").press(Key::Enter).press_until_the_end(Key::Enter);
    assert!(!terminal.raw().contains("A small step is enough."));
}

#[test]
fn in_care_both_paths_are_said_to_be_looked_at_only_where_both_were() {
    for (staying, is_said) in [("", false), ("Doors.", true)] {
        let home = Home::ready();
        home.keep("reflect words --disagreement not-safe");
        let flags = "--hold-love none --hold-fear none --hold-habit all --hope rest --seen rest";
        let terminal = home.terminal(&format!("guide 3 --ask {flags} --respected no"));
        terminal.asked("support my growth").press(Key::Enter);
        terminal.asked("for you to be safe?").type_keys(staying).press(Key::Ctrl('d'));
        terminal.asked("Leaving:").type_keys("Rest.").press(Key::Ctrl('d'));
        terminal.asked("Keep it").press(Key::Enter).asked("Nothing needs deciding today.");
        assert_eq!(terminal.shown().contains("You've looked at both."), is_said);
        terminal.press_until_the_end(Key::Enter);
    }
}
