//! Pages to the letter: side by side, and one below the other.

use serde_json::{Value as Json, json};

use super::*;
use crate::entry::testing;

const PAGE: TextPage = TextPage { width: 80, colour: false };

fn page(day: &str, answers: &[(&str, &str, Json)]) -> Entry {
    let answers: Vec<Json> = answers
        .iter()
        .map(|(id, asked, value)| json!({ "question": id, "asked": asked, "value": value }))
        .collect();
    let at = format!("{day}T20:00:00+00:00");
    testing::entry(json!({ "practice": "guide", "at": at, "answers": answers }))
}

fn two() -> [Entry; 2] {
    let then = page(
        "2026-08-29",
        &[
            (
                "page-loop",
                "The loop",
                json!(
                    "When we've been close for a while, I get busy and tell myself “I'll lose myself in this”, and you, as I see it, go quiet, and it ends with days of saying little."
                ),
            ),
            ("page-needs-met", "What I need: mostly met", json!(["laughter"])),
            ("page-needs-unmet", "What I need: mostly not met", json!(["to be heard", "rest"])),
            (
                "page-choice",
                "My choice for the next month",
                json!("Stay as we are, and keep noticing"),
            ),
            ("page-span", "In my own words", json!("29 August 2026")),
        ],
    );
    let now = page(
        "2026-11-28",
        &[
            (
                "page-loop",
                "The loop",
                json!(
                    "When plans change, I go quiet and tell myself “I'll only make it worse”, and you, as I see it, keep asking, and it ends with us in separate rooms."
                ),
            ),
            ("page-needs-met", "What I need: mostly met", json!(["rest", "laughter"])),
            (
                "page-needs-unmet",
                "What I need: mostly not met",
                json!(["to be heard", "touch", "time alone"]),
            ),
            ("page-needs", "What I need: also", json!(["play"])),
            ("page-choice", "My choice for the next month", json!("Talk to someone trained")),
            ("page-span", "In my own words", json!("3 to 28 November 2026")),
        ],
    );
    [then, now]
}

fn clock() -> Clock {
    Clock::at("2026-11-28T22:00:00+00:00".parse().unwrap())
}

const BOTH: &str = "\
Your page, twice
29 August 2026                         │ 28 November 2026

The loop                               │ The loop
  When we've been close for a while,   │   When plans change, I go quiet and
  I get busy and tell myself “I'll     │   tell myself “I'll only make it
  lose myself in this”, and you, as I  │   worse”, and you, as I see it, keep
  see it, go quiet, and it ends with   │   asking, and it ends with us in
  days of saying little.               │   separate rooms.

What I need                            │ What I need
  mostly met                           │   mostly met
    laughter                           │     rest · laughter
  mostly not met                       │   mostly not met
    to be heard · rest                 │     to be heard · touch · time alone
                                       │   also
                                       │     play

My choice for the next month           │ My choice for the next month
  Stay as we are, and keep noticing    │   Talk to someone trained

On both pages: to be heard, not met. Laughter, met.
Not met then, met now: rest.
";

#[test]
fn two_pages_stand_side_by_side_to_the_letter() {
    let [then, now] = two();
    assert_eq!(two_pages([&then, &now], &[], &clock(), &PAGE, true), BOTH);
}

#[test]
fn where_there_is_no_room_they_stand_one_below_the_other() {
    let [then, now] = two();
    let narrow = TextPage { width: 60, ..PAGE };
    for (page, aside) in [(narrow, true), (PAGE, false)] {
        let text = two_pages([&then, &now], &[], &clock(), &page, aside);
        assert!(!text.contains('│'), "{text}");
        assert!(text.find("29 August").unwrap() < text.find("28 November").unwrap());
        assert!(text.contains("Not met then, met now: rest.\n"), "{text}");
        assert!(text.lines().all(|line| display_width(line) <= page.width), "{text}");
    }
}

#[test]
fn nothing_in_a_page_reaches_the_terminal_as_a_command() {
    let hostile = json!("\u{1b}[2J words");
    let entry = page(
        "2026-11-28",
        &[
            ("page-loop", "The \u{1b}loop", hostile.clone()),
            ("page-needs-met", "What I need: met", json!(["\u{1b}c"])),
            ("page-span", "In my own words", hostile.clone()),
            ("beside", "What do you see?", hostile),
        ],
    );
    let texts = [
        own_page(&entry, &clock(), &PAGE),
        two_pages([&entry, &entry], &[], &clock(), &PAGE, true),
    ];
    for text in texts {
        assert!(!text.chars().any(|c| c.is_control() && c != '\n'), "{text:?}");
    }
}

#[test]
fn an_answer_that_stands_on_both_pages_is_dated_and_not_counted_twice() {
    let [then, now] = two();
    let needs = || RepeatedPart { heading: "What I need".into(), day: "29 August".into() };
    for aside in [true, false] {
        let text = two_pages([&then, &now], &[needs()], &clock(), &PAGE, aside);
        assert!(!text.contains("On both pages") && !text.contains("met now"), "{text}");
        assert_eq!(text.matches("  from 29 August\n").count(), 1, "{text}");
    }
}

#[test]
fn a_dated_heading_says_its_day_below_it_and_choices_without_marks_have_no_name() {
    let entry = page(
        "2027-03-01",
        &[
            ("page-needs", "What I need, from 20 November 2026", json!(["rest", "touch"])),
            ("page-choice", "My choice, from 28 November 2026", json!("Rest")),
            ("page-next-step", "The next step", json!("Ask Jo.")),
        ],
    );
    let text = "\
Your page                                                           1 March 2027

What I need
  from 20 November 2026
  rest · touch

My choice
  from 28 November 2026
  Rest

The next step
  Ask Jo.
";
    assert_eq!(own_page(&entry, &clock(), &PAGE), text);
    let [then, _] = two();
    let both = two_pages([&then, &entry], &[], &clock(), &PAGE, true);
    assert!(both.contains("│   from 20 November 2026\n"), "{both}");
}
