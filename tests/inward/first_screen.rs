//! The first screen of `patterns`: four questions of someone who looks back, answered in
//! a window of 80 by 24, of much and of little.

use inward::entry::Entry;

use crate::generate::Writer;
use crate::harness::{Home, NOW, one_line};

/// Rows of a window, less the one with the next prompt; and of a phone's, which is higher.
const ROWS: usize = 23;
const PHONE: usize = 30;
const QUESTIONS: [&str; 4] = [
    "How has it been?",
    "What happens before I go quiet?",
    "What became of my intentions?",
    "What hurt, and what was good?",
];

fn year() -> Vec<Entry> {
    Writer::new(11).year(NOW.parse().unwrap())
}

fn screen(home: &Home, columns: &str) -> String {
    home.run("patterns").env("COLUMNS", columns).ok().stdout
}

/// What stands under a question.
fn answer<'s>(screen: &'s str, question: &str) -> Vec<&'s str> {
    let below = screen.lines().skip_while(|line| !line.starts_with(question)).skip(1);
    below.take_while(|line| line.starts_with("  ")).collect()
}

#[test]
fn a_year_answers_all_four_questions_on_one_screen_of_any_width() {
    let home = Home::with_entries(&year());
    let narrow = [("40", PHONE), ("50", ROWS), ("60", ROWS), ("72", ROWS), ("76", ROWS)];
    let wide = [("80", ROWS), ("120", ROWS), ("200", ROWS)];
    for (columns, rows) in narrow.into_iter().chain(wide) {
        let screen = screen(&home, columns);
        assert!(screen.lines().count() <= rows, "{columns}\n{screen}");
        let width = columns.parse().unwrap();
        assert!(screen.lines().all(|line| line.chars().count() <= width), "{columns}\n{screen}");
        for question in QUESTIONS {
            assert!(!answer(&screen, question).is_empty(), "{columns} {question}\n{screen}");
        }
    }
}

#[test]
fn each_answer_has_its_words_and_both_of_its_figures() {
    let screen = screen(&Home::with_entries(&year()), "80");
    let [closer, quiet, deeds, heals] = QUESTIONS.map(|question| answer(&screen, question));
    assert!(closer[0].starts_with("  Evenings with a moment"), "{screen}");
    assert!(closer.iter().any(|line| line.starts_with("  Closeness ")), "{screen}");
    assert!(quiet[0].starts_with("  “I went quiet” "), "{screen}");
    assert!(deeds[0].starts_with("  “I did it” ") && deeds[0].contains(" of "), "{screen}");
    assert!(deeds[1].starts_with("  “I did it” from ") && deeds[1].contains(" with a plan, "));
    assert!(heals[0].starts_with("  Safe to open up "), "{screen}");
    assert!(heals[1].starts_with("  What hurt, or didn't change "), "{screen}");
    let claims = ["higher", "lower", "about the same", "too few to say"];
    for row in [closer[0], closer[1], deeds[0], heals[0], heals[1]] {
        assert!(claims.iter().any(|claim| row.ends_with(claim)), "{row}");
    }
}

#[test]
fn of_little_it_says_what_it_can_and_of_nothing_a_line() {
    // Three entries, of one practice.
    let few = Home::ready();
    for (day, moment) in [(1, "He waited"), (2, "none today"), (3, "We laughed")] {
        few.keep(&format!("reflect '{moment}' --closeness 3 --at '{day} days ago'"));
    }
    let told = screen(&few, "80");
    assert!(told.lines().count() <= ROWS, "{told}");
    let row = answer(&told, QUESTIONS[0])[0];
    assert!(row.ends_with(" 2 of 3  too few to say"), "{told}");
    assert_eq!(row.matches('●').count(), 3, "a dot a day\n{told}");
    let nothing = ["notice", "reflect", "assess"];
    for (question, practice) in QUESTIONS[1..].iter().zip(nothing) {
        let line = format!("  Nothing yet: `inward {practice}` asks about it.");
        assert_eq!(answer(&told, question), [line], "{told}");
    }
    // A month of it.
    let now = NOW.parse::<chrono::DateTime<chrono::FixedOffset>>().unwrap();
    let recent = |entry: &Entry| (now - entry.at).num_days() < 30;
    let month = Home::with_entries(&year().into_iter().filter(recent).collect::<Vec<_>>());
    for (columns, rows) in [("40", PHONE), ("60", ROWS), ("80", ROWS)] {
        let told = screen(&month, columns);
        assert!(told.lines().count() <= rows, "{columns}\n{told}");
    }
    let told = Home::ready().run("patterns").exits(1).stderr;
    let first = "There's nothing to look back on yet.\nA few evenings of `inward reflect` ";
    assert!(told.starts_with(first), "{told}");
}

#[test]
fn of_few_answers_each_has_its_dot_however_they_are_spread() {
    let home = Home::ready();
    for (day, closeness) in [(26, 1), (12, 2), (1, 4)] {
        home.keep(&format!("reflect 'Tea' --closeness {closeness} --at '{day} days ago'"));
    }
    home.keep("intent breathe --at '3 days ago'");
    home.keep("assess --refused 1 --unmet 2 --ignored 1 --doubt-pain 0 --changed 0 --fear 0");
    let told = screen(&home, "80");
    let row = told.lines().find(|line| line.starts_with("  Closeness ")).unwrap();
    assert_eq!(row.matches('●').count(), 3, "{told}");
    assert!(row.ends_with("2.33 (3) too few to say"), "{told}");
    assert!(told.lines().all(|line| line.chars().count() <= 80), "{told}");
}

#[test]
fn a_narrow_page_says_all_that_explains_its_rows_and_that_what_is_private_does_not_count() {
    let told = screen(&Home::with_entries(&year()), "60");
    let words = one_line(&told);
    for words_of in [
        "Averages, from 0 to 4, with the number of answers in brackets. “Then” is ",
        "Private answers aren't shown or counted here; `inward show` shows them. More: ",
        "These are your own answers, not a verdict on anyone.",
        "Also How much room in you: ",
        " with a plan, ",
    ] {
        assert!(words.contains(words_of), "{words_of}\n{told}");
    }
}

#[test]
fn in_words_it_is_the_same_screen_with_its_days_said_once() {
    let home = Home::with_entries(&Writer::new(12).year(NOW.parse().unwrap()));
    let told = home.run("patterns --plain").ok().stdout;
    assert!(told.lines().count() <= ROWS, "{told}");
    let told = one_line(&told);
    for words in ["“I went quiet” ", " with a plan, ", "Safe to open up"] {
        assert!(told.contains(words), "{words}: {told}");
    }
    assert_eq!(told.matches("“Then” is ").count(), 2, "the weeks, and the assessments: {told}");
}

#[test]
fn the_questions_are_the_same_whoever_is_afraid_or_apart() {
    let afraid = Home::with_entries(&Writer::new(11).afraid().year(NOW.parse().unwrap()));
    let told = screen(&afraid, "80");
    assert!(QUESTIONS.iter().all(|question| told.contains(question)), "{told}");
    let place = |words: &str| told.find(words).unwrap_or_else(|| panic!("{words}: {told}"));
    assert!(place(QUESTIONS[3]) < place(QUESTIONS[0]), "{told}");
    assert!(place("  What hurt, or didn't change") < place("  Safe to open up"), "{told}");
    let apart = Home::with_entries(&year());
    apart.config("chapter = \"apart\"\n");
    let told = screen(&apart, "80");
    assert!(QUESTIONS.iter().all(|question| told.contains(question)), "{told}");
}

#[test]
fn it_fits_a_window_in_every_kind_of_journal() {
    let calm = Home::with_entries(&year());
    let afraid = Home::with_entries(&Writer::new(11).afraid().year(NOW.parse().unwrap()));
    let apart = Home::with_entries(&year());
    apart.config("chapter = \"apart\"\n");
    for home in [&calm, &afraid, &apart] {
        for flags in ["", " --against 2026-02", " --against previous", " --on 2026-10"] {
            let arguments = format!("patterns{flags}");
            let told = home.run(&arguments).env("COLUMNS", "80").ok().stdout;
            assert!(told.lines().count() <= ROWS, "{arguments}\n{told}");
        }
    }
}

#[test]
fn of_some_entries_it_says_neither_nothing_yet_nor_the_last_weeks() {
    let home = Home::with_entries(&year());
    let told = home.run("patterns -p reflect").ok().stdout;
    assert_eq!(answer(&told, QUESTIONS[1]), ["  Nothing in these entries."], "{told}");
    let told = home.run("patterns --on 2026-02").ok().stdout;
    assert!(told.starts_with("The weeks up to 28 February 2026\n"), "{told}");
}

#[test]
fn each_closer_look_that_it_offers_has_something_and_no_other() {
    let few = Home::ready();
    for day in 1..4 {
        few.keep(&format!("reflect 'Tea' --closeness 3 --at '{day} days ago'"));
    }
    for home in [few, Home::with_entries(&year())] {
        let told = home.run("patterns").ok().stdout;
        let line = told.lines().find(|line| line.starts_with("More: ")).unwrap();
        for look in ["closeness", "quiet", "intentions", "assess", "pause", "recurs"] {
            let run = home.run(&format!("patterns {look}"));
            if line.contains(look) {
                run.ok()
            } else {
                run.exits(1)
            };
        }
    }
}

#[test]
fn it_says_at_its_question_which_closer_look_has_more_where_the_name_does_not() {
    let home = Home::with_entries(&year());
    for columns in ["40", "50", "60", "80", "120"] {
        let told = screen(&home, columns);
        assert!(told.contains("\nWhat hurt, and what was good? (assess)"), "{told}");
    }
}

#[test]
fn days_named_up_to_now_are_said_to_end_where_now_begins() {
    let home = Home::with_year();
    let cut = "The days you chose run into “now”, so “then” ends on 26 October 2026.";
    for look in ["", "closeness", "closeness --plain"] {
        let told = home.run(&format!("patterns {look} --against 2026")).ok().stdout;
        assert!(one_line(&told).contains(cut), "{told}");
    }
    let told = home.run("patterns closeness --against 2026-03").ok().stdout;
    assert!(!told.contains("run into"), "{told}");
}
