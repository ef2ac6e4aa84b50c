//! Cards: printed for a script, answered or left on a terminal, and none that tells what
//! the journal knows.

use crate::harness::{Home, Key, one_line};

const DAYS: [&str; 4] = ["2026-11-23", "2026-11-24", "2026-12-01", "2027-02-28"];

fn card(home: &Home, arguments: &str) -> String {
    let card = home.run(&format!("card {arguments} --json")).ok().json()["card"].clone();
    format!("{} {}", card["set"].as_str().unwrap(), card["text"].as_str().unwrap())
}

#[test]
fn without_a_terminal_the_card_of_the_day_is_printed_the_same_all_day() {
    // Even before there is a journal.
    let mut home = Home::new();
    let mut seen = std::collections::BTreeSet::new();
    for day in DAYS {
        let hours = ["00:01", "12:00", "23:59"];
        let all = hours.map(|hour| {
            home.at(&format!("{day}T{hour}:00+00:00")).run("card").ok().says("").stdout.clone()
        });
        assert!(all.iter().all(|text| *text == all[0] && !text.is_empty()), "{all:?}");
        seen.extend(all);
    }
    assert_eq!(seen.len(), DAYS.len(), "another each day");
    let two = home.run("card --for two").ok().stdout;
    assert!(two.starts_with("For when you're both in the mood."), "{two}");
    home.run("card --for three").exits(2);
    for entry in ["--tag sea", "--at yesterday"] {
        let refused = home.run(&format!("card {entry}")).exits(2).prints("").stderr.clone();
        assert!(refused.starts_with("There was nothing to keep.\n"), "{entry}: {refused}");
    }
    assert!(!home.journal().exists());
}

#[test]
fn a_card_is_answered_in_words_and_keeps_what_it_asked() {
    let home = Home::ready();
    let text = home.run("card").ok().stdout;
    let id = home.keep("card 'On the way home.'");
    let entry = home.entry(&id);
    assert_eq!(entry["practice"], "card");
    assert_eq!(entry["answers"][0]["asked"], text.trim_end());
    assert_eq!(entry["answers"][0]["value"], "On the way home.");
    let piped = home.run("card").stdin("From a pipe.\n").ok().stdout;
    assert_eq!(home.entry(piped.trim())["answers"][0]["value"], "From a pipe.");
    // Read back from markdown, it is the same answer.
    let file = home.path().join("x.md");
    home.run(&format!("export -o {}", file.display())).ok();
    let other = Home::ready();
    other.run(&format!("import --from markdown {}", file.display())).ok();
    let back = other.run("list --json").ok().json()["entries"][0]["answers"].clone();
    assert_eq!(back[0]["question"], "answer");
}

#[test]
fn on_a_terminal_a_card_may_be_left_and_another_drawn() {
    let home = Home::ready();
    let text = home.run("card").ok().stdout;
    let first: String = text.chars().take(30).collect();
    let terminal = home.terminal("card");
    terminal.wait_for(&first).wait_for("Write a line, or leave it.");
    terminal.press(Key::Enter);
    terminal.wait_for("That's all").press(Key::Down).press(Key::Enter);
    terminal.wait_for("Write a line, or leave it.");
    terminal.answer("So be it.");
    terminal.wait_for("Another card").press(Key::Down).press(Key::Enter);
    // What is left after it doesn't make that undone.
    terminal.wait_for("Write a line, or leave it.").press(Key::Enter);
    terminal.wait_for("Another card").press(Key::Enter);
    terminal.ends(0);
    assert!(!one_line(&terminal.raw()).contains("Nothing written"), "{}", terminal.shown());
    let entries = home.run("list --json").ok().json()["entries"].clone();
    assert_eq!(entries.as_array().unwrap().len(), 1);
    assert_eq!(entries[0]["answers"][0]["value"], "So be it.");
    assert_ne!(entries[0]["answers"][0]["asked"], text.trim_end(), "the second card's words");
}

#[test]
fn whoever_is_afraid_or_apart_gets_no_card_for_two() {
    let mut home = Home::ready();
    let deck = |home: &mut Home, arguments: &str| {
        let days = (1..=31).map(|day| {
            home.at(&format!("2027-01-{day:02}T09:00:00+00:00"));
            card(home, arguments)
        });
        days.collect::<std::collections::BTreeSet<String>>()
    };
    let ordinary = deck(&mut home, "");
    assert!(deck(&mut home, "--for two").iter().all(|card| card.starts_with("two")));
    home.config("chapter = \"apart\"\n");
    assert_eq!(deck(&mut home, "--for two"), ordinary);
    assert!(home.run("card --for two").ok().stdout.starts_with("Here's one for you.\n\n"));
    home.config("");
    home.at("2026-12-31T09:00:00+00:00").keep("assess --frightened yes");
    // What is printed says nothing of it, whoever sits beside.
    assert_eq!(deck(&mut home, ""), ordinary);
    assert!(deck(&mut home, "--for two").iter().all(|card| card.starts_with("two")));
    // At the prompt none is for two, and the line above says so before.
    let quiet: Vec<String> =
        ordinary.iter().filter_map(|card| Some(card.strip_prefix("quiet ")?.to_owned())).collect();
    for day in ["2027-01-05", "2027-01-06"] {
        home.at(&format!("{day}T09:00:00+00:00"));
        let terminal = home.terminal("card --for two");
        let shown = one_line(&terminal.asked("Write a line, or leave it.").shown());
        assert!(shown.contains("Here's one for you.") && !shown.contains("suits"), "{shown}");
        assert!(quiet.iter().any(|card| shown.contains(card.as_str())), "{shown}");
    }
}
