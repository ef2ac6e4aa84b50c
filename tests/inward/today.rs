//! Bare `inward`: what is kept, what is due, what is unfinished, and one line by the day.

use std::collections::BTreeSet;

use crate::harness::{Home, Key};

fn last_line(home: &Home) -> String {
    home.run("").ok().stdout.lines().last().unwrap().to_owned()
}

#[test]
fn the_last_line_is_by_the_day_whatever_the_journal_holds() {
    let (mut one, mut other) = (Home::ready(), Home::ready());
    let mut lines = BTreeSet::new();
    for day in 1..=26 {
        for home in [&mut one, &mut other] {
            home.at(&format!("2027-01-{day:02}T21:00:00+00:00"));
        }
        one.keep("reflect 'None today' --disagreement not-safe");
        other.keep("write words");
        assert_eq!(last_line(&one), last_line(&other), "{day}");
        lines.insert(last_line(&one));
    }
    assert_eq!(lines.len(), 13, "{lines:?}");
    one.at("2027-02-02T21:00:00+00:00");
    assert_eq!(last_line(&one), "Good to see you. Start anywhere.");
}

#[test]
fn it_says_that_there_is_a_draft() {
    let home = Home::ready();
    assert!(!home.run("").ok().stdout.contains("draft"));
    let terminal = home.terminal("write");
    terminal.asked("Write what's there.").type_keys("half a thought");
    terminal.press(Key::Ctrl('c')).ends(130);
    let shown = home.run("").ok().stdout;
    assert!(shown.contains("\n  draft resume     continue write\n"), "{shown}");
    assert!(!shown.contains("thought"));
    let terminal = home.terminal("resume");
    terminal.wait_for("half a thought").press(Key::Ctrl('c')).ends(130);
}
