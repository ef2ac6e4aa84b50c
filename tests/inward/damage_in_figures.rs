//! What adds earlier entries up, or compares or quotes them, names those that it could not
//! read: a figure without them would pass for a whole one.

use std::path::PathBuf;

use crate::harness::{Home, Key, file_of, one_line};

/// As it is asked where not every entry could be read.
const SEE: &str = "Looking back on the past four weeks, what do you see?";
const DOCTOR: &str = "`inward doctor` shows what you can do about it.\n";

/// The file of the entry, with a byte flipped.
fn harm(home: &Home, id: &str) -> PathBuf {
    let file = file_of(home, id);
    let mut bytes = std::fs::read(&file).unwrap();
    let at = bytes.len() / 2;
    bytes[at] ^= 1;
    std::fs::write(&file, bytes).unwrap();
    file
}

/// Two evenings, the first of which can't be read any more; and what every reading says of it.
fn two_evenings() -> (Home, String, String) {
    let home = Home::ready();
    let id = home.keep("reflect Rain --closeness 3 --at '2026-11-20 20:00'");
    home.keep("reflect Tea --closeness 3 --at '2026-11-21 20:00'");
    harm(&home, &id);
    let said = home.run("list").exits(4).stderr;
    assert!(said.starts_with("Left out:"), "{said}");
    (home, id, said)
}

#[test]
fn the_month_behind_one_names_an_entry_that_it_could_not_read_in_every_form() {
    let (home, _, said) = two_evenings();
    let look = home.run("look").exits(4);
    assert_eq!(look.stderr, said);
    assert!(look.stdout.contains("You wrote on 1 evening"), "{}", look.stdout);
    let json = home.run("look --json").exits(4);
    assert_eq!(json.stderr, said);
    assert_eq!(json.json()["month"]["evenings"]["of"], 1);
    let terminal = home.terminal("look");
    terminal.asked(SEE);
    let shown = one_line(&terminal.shown());
    assert!(shown.contains("Some entries can't be read, so they're missing here."), "{shown}");
    terminal.type_keys("Tea").press(Key::Ctrl('d'));
    terminal.asked("What's one thing to carry on?").press(Key::Enter);
    terminal.ends(4);
    let stays = one_line(&terminal.scrolled_back());
    assert!(stays.contains("Kept:") && stays.contains("Left out:"), "{stays}");
    // Nothing answered, and it was read all the same.
    let terminal = home.terminal("look");
    terminal.asked(SEE).press(Key::Ctrl('d'));
    terminal.asked("What's one thing to carry on?").press(Key::Enter);
    terminal.ends(4);
    let stays = one_line(&terminal.scrolled_back());
    assert!(stays.contains("nothing kept") && stays.contains("Left out:"), "{stays}");
}

#[test]
fn what_shows_no_earlier_entries_together_is_not_ended_by_a_damaged_one() {
    let (home, ..) = two_evenings();
    home.run("write words").ok();
    home.run("look 'Only tea'").ok();
    home.run("card").ok().says("");
    let terminal = home.terminal("gratitude");
    terminal.asked("").press(Key::Ctrl('c'));
    terminal.end();
    assert!(!terminal.scrolled_back().contains("Left out"), "{}", terminal.scrolled_back());
}

#[test]
fn a_look_back_at_earlier_sessions_names_the_one_that_it_could_not_read() {
    let home = Home::ready();
    let answers = "--withdrew-me 2 --unsaid-me 1 --withdrew-partner 3";
    let before = home.keep(&format!("assess {answers} --at '2026-10-20 20:00'"));
    let id = home.keep(&format!("assess {answers} --at '2026-11-21 20:00'"));
    home.run(&format!("show {id}")).ok().says("");
    harm(&home, &before);
    let show = home.run(&format!("show {id}")).exits(4);
    assert_eq!(show.stderr, home.run("list").exits(4).stderr);
}

#[test]
fn the_day_counts_an_entry_that_it_cannot_read() {
    let home = Home::ready();
    home.keep("write one");
    let id = home.keep("write two");
    harm(&home, &id);
    assert_eq!(home.run("--json").ok().json()["today"]["entries_today"], 2);
    let page = home.run("").ok().stdout;
    assert!(page.contains("kept  2 entries"), "{page}");
}

#[test]
fn a_damaged_entry_that_is_to_be_changed_or_deleted_stays_and_the_way_on_is_named() {
    let (home, id, said) = two_evenings();
    let file = file_of(&home, &id);
    let before = std::fs::read(&file).unwrap();
    let edit = format!("edit {id} --closeness 2");
    home.run(&edit).exits(4).says(&format!("{said}Nothing was changed. {DOCTOR}"));
    let delete = format!("delete {id} --yes");
    home.run(&delete).exits(4).says(&format!("{said}Nothing was deleted. {DOCTOR}"));
    assert_eq!(std::fs::read(&file).unwrap(), before);
    let other = home.keep("write words");
    let both = home.run(&format!("delete {other} {id} --yes")).exits(4).stderr;
    assert!(both.starts_with("Deleted: "), "{both}");
    assert!(both.ends_with(&format!("{said}Nothing else was deleted. {DOCTOR}")), "{both}");
}
