//! Care and answers that an edit changes, here or on another device.

use crate::care::{THANKS, asks_for_the_well_wisher, copy_journal};
use crate::harness::Home;

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
fn an_edit_at_the_prompt_that_says_so_is_followed_by_the_same_screen() {
    let mut home = Home::ready();
    let id = home.keep("reflect words --disagreement yes");
    let terminal = home.terminal(&format!("edit {id}"));
    terminal.asked("What should change?").choose(5);
    terminal.asked("Was there a disagreement").choose(1).asked(THANKS);
    terminal.choose(2).ends(0).is_sane();
    let page = terminal.scrolled_back();
    assert!(page.contains("Changed: ") && !page.contains("safe"), "{page}");
    home.at("2026-11-24T21:00:00+00:00");
    assert!(!asks_for_the_well_wisher(&home));
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
