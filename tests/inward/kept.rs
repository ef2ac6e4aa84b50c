//! The journals that other tests and benchmarks are kept in.

use std::time::{Duration, Instant};

use inward::practice::{Practices, all_match};

use crate::generate::{self, Writer};
use crate::harness::{Home, Key, NOW, files};

#[test]
fn the_same_seed_keeps_the_same_year_and_another_one_another() {
    let year = |seed| Writer::new(seed).year(NOW.parse().unwrap());
    assert_eq!(year(7), year(7));
    assert_ne!(year(7).len(), year(8).len());
}

#[test]
fn a_year_has_every_practice_and_gaps_and_answers_that_the_practices_allow() {
    let entries = Writer::new(1).year(NOW.parse().unwrap());
    let practices = Practices::load("/nowhere".as_ref(), &[]);
    for practice in practices.valid() {
        assert!(entries.iter().any(|e| e.practice == practice.name), "{}", practice.name);
    }
    let days: std::collections::BTreeSet<_> = entries.iter().map(|e| e.day()).collect();
    assert!((150..350).contains(&days.len()), "{} days", days.len());
    for entry in &entries {
        let practice = practices.practice(&entry.practice).unwrap();
        for answer in &entry.answers {
            let question = practice.all_questions().find(|q| q.id == answer.question).unwrap();
            assert!(
                all_match(&question.when, &entry.answers),
                "{}: {}",
                entry.practice,
                question.id
            );
            let json = serde_json::to_value(&answer.value).unwrap();
            question.accept(&json).unwrap();
        }
    }
}

#[test]
fn stories_have_about_ninety_words_in_the_middle() {
    let entries = Writer::new(3).with_stories().many(2_000, NOW.parse().unwrap());
    let pages = entries.iter().filter_map(|e| e.answer("page"));
    let mut words: Vec<usize> = pages.map(|a| a.text().split_whitespace().count()).collect();
    words.sort_unstable();
    let median = words[words.len() / 2];
    assert!((75..105).contains(&median), "{median} words");
}

#[test]
fn ten_thousand_entries_are_kept_in_seconds_and_all_of_them_are_read() {
    let home = Home::ready();
    let begun = Instant::now();
    let entries = Writer::new(5).many(10_000, NOW.parse().unwrap());
    generate::keep(&entries, &home.recipients(), &home.journal());
    assert!(begun.elapsed() < Duration::from_secs(40), "{:?}", begun.elapsed());
    assert_eq!(files(&home.journal()).len(), 10_000);
    let listed = home.run("list --json").ok().json();
    assert_eq!(listed["entries"].as_array().unwrap().len(), 10_000);
}

#[test]
fn a_long_reading_says_how_far_it_is_and_ctrl_c_ends_it_cleanly() {
    let home = Home::with_entries(&Writer::new(5).many(12_000, NOW.parse().unwrap()));
    // Before the first question of a session, too: it opens what it may quote.
    for (arguments, said) in
        [("list --json", "Opening entries"), ("reflect", "Opening earlier entries")]
    {
        let terminal = home.terminal(arguments);
        terminal.wait_for(said).wait_for("/");
        terminal.press(Key::Ctrl('c')).ends(130).is_sane();
        let screen = terminal.shown();
        assert!(screen.contains("Stopped."), "{screen}");
        assert!(!screen.contains(said), "the last line of it is taken away: {screen}");
        assert!(!screen.contains("version"), "nothing half is printed");
    }
    // In a pipe there is nobody to be told.
    home.run("list --last 3").ok().says("");
    home.run("search 'letter twice' --json").ok().says("");
}
