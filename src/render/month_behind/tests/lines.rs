//! Each line in its other cases.

use chrono::{Days, NaiveDate};
use serde_json::{Value as Json, json};

use super::journal::{APART, CARE, OPEN, PlayedJournal, received};
use crate::pattern::change::Claim;

#[test]
fn evenings_are_counted_as_they_say_and_a_skipped_question_says_nothing() {
    let of = |answers: &[Json]| {
        let mut journal = PlayedJournal::new();
        for (day, answers) in answers.iter().enumerate() {
            journal.evening(&format!("11-{:02}", day + 1), answers.clone());
        }
        journal.text(OPEN).lines().nth(2).unwrap().to_owned()
    };
    let (with, none) = (json!({ "connection": "Tea." }), json!({ "connection": "none today" }));
    let skipped = json!({ "set-down": "The day" });
    assert_eq!(
        of(&vec![with.clone(); 9]),
        "You wrote on 9 evenings, and each had a moment of connection."
    );
    assert_eq!(
        of(&vec![none.clone(); 9]),
        "You wrote on 9 evenings, and none had a moment of connection."
    );
    assert_eq!(of(&vec![skipped.clone(); 9]), "You wrote on 9 evenings.");
    let mixed = [with.clone(), with.clone(), with, none, skipped];
    let line = "You wrote on 5 evenings: 3 with a moment of connection, 1 without. On 1 you";
    assert_eq!(of(&mixed), line);
}

/// Five evenings of which these days have other answers than tea.
fn week(others: &[(&str, Json)]) -> PlayedJournal {
    let mut journal = PlayedJournal::new();
    for day in ["11-10", "11-11", "11-12", "11-13", "11-14"] {
        let other = others.iter().find(|(of, _)| *of == day).map(|(_, answers)| answers.clone());
        journal
            .evening(day, other.unwrap_or_else(|| json!({ "connection": "Tea.", "closeness": 2 })));
    }
    journal
}

#[test]
fn the_closest_day_and_the_furthest_have_words_of_their_own_day() {
    let alike = week(&[]);
    alike.has(OPEN, "It felt “somewhat” on every evening you marked.");
    alike.has_not(OPEN, "Your furthest");
    let bare = week(&[("11-10", json!({ "closeness": 4 })), ("11-12", json!({ "closeness": 0 }))]);
    bare.has(OPEN, "Your closest day: Tuesday 10 November (“very close”).");
    bare.has(OPEN, "Your furthest: Thursday 12 November (“not at all”).");
    let close = json!({ "closeness": 4 });
    let two = week(&[("11-10", close.clone()), ("11-12", close)]);
    two.has(OPEN, "Your closest day (tied with 1 other): Thursday 12 November (“very close”).");
    let set_down = json!({ "connection": "none", "closeness": 0, "set-down": "The slammed door" });
    let mut words = week(&[("11-12", set_down)]);
    let line = "Your furthest, Thursday 12 November (“not at all”):";
    let says = |words: &PlayedJournal, own: &str| {
        words.has(OPEN, line);
        words.has(OPEN, &format!("  “{own}”"));
    };
    says(&words, "The slammed door");
    words.keep("notice", "11-12", json!({ "happened": "A sigh" }));
    says(&words, "A sigh");
    let level = words.facts(OPEN).levels.unwrap().lowest.unwrap();
    let quote = level.quote.unwrap();
    assert_eq!((quote.day, quote.asked.as_str()), (level.day, "What happened just before?"));
    // Own words of a moment come before all of these.
    let moment =
        json!({ "connection": "She said goodnight.", "closeness": 0, "set-down": "All of it" });
    says(&week(&[("11-12", moment)]), "She said goodnight.");
}

#[test]
fn needs_that_came_up_equally_often_are_named_together_and_one_that_came_once_is_not() {
    let need = |needs: &[&[&str]]| {
        let mut journal = week(&[]);
        for (day, needs) in needs.iter().enumerate() {
            journal.keep("feel", &format!("11-{:02}", day + 1), json!({ "need": needs }));
        }
        let text = journal.text(OPEN);
        text.lines().find(|line| line.contains("came up most")).map(str::to_owned)
    };
    let two: [&[&str]; 5] = [&["rest", "heard"]; 5];
    let line = "Two needs came up most: rest and to be heard, 5 times each.";
    assert_eq!(need(&two).as_deref(), Some(line));
    assert_eq!(need(&[&["rest"], &["heard"]]), None);
    assert_eq!(need(&[&["rest"], &["rest"]]).unwrap(), "The need that came up most: rest, twice.");
}

#[test]
fn what_came_as_often_before_moments_of_distance_is_named_with_it_and_of_many_none_stands_out() {
    let mut journal = week(&[]);
    for (day, happened) in [("01", "Plans"), ("02", "plans."), ("03", "Rain"), ("04", "Rain")] {
        journal.keep("notice", &format!("11-{day}"), json!({ "happened": happened }));
    }
    journal.keep("notice", "11-05", json!({ "happened": "A sigh" }));
    journal.has(OPEN, "“Rain” and “Plans” each came just before 2 of 5 moments of distance.");
    for (day, happened) in [("06", "A sigh"), ("07", "Supper"), ("08", "Supper")] {
        journal.keep("notice", &format!("11-{day}"), json!({ "happened": happened }));
    }
    journal.has_not(OPEN, "came just before");
}

#[test]
fn what_came_back_as_often_is_named_with_it() {
    let mut journal = PlayedJournal::new();
    journal.evenings("11-02", 5, &json!({ "returned": ["memory", "anger"] }));
    let line = "Something came back on 5 of 5 evenings, most often a memory and anger (5 each).";
    journal.has(APART, line);
    let mut berlin = PlayedJournal::new();
    berlin.evenings("11-02", 5, &json!({ "returned": ["Berlin"] }));
    berlin.has(APART, "Something came back on 5 of 5 evenings, most often Berlin (5).");
    journal.evening("11-08", json!({ "returned": ["anger"] }));
    journal.has(APART, "Something came back on 6 of 6 evenings, most often anger (6).");
}

#[test]
fn a_plan_is_told_with_what_became_of_it() {
    let plan = |outcomes: &[&str]| {
        let mut journal = PlayedJournal::new();
        for (day, outcome) in outcomes.iter().enumerate() {
            let day = format!("11-{:02}", day + 10);
            journal.keep("intent", &day, json!({ "if": "it rains", "then": "walk" }));
            journal.evening(&day, json!({ "connection": "Tea.", "outcome": outcome }));
        }
        let text = journal.text(OPEN);
        let line = text.lines().find(|line| line.starts_with("“If it rains, then I will walk”"));
        line.map(|line| line.replace("“If it rains, then I will walk” ", ""))
    };
    let of = |outcomes: [&str; 5]| plan(&outcomes).unwrap();
    let never = "never-came-up";
    assert_eq!(
        of(["did", "did", "noticed", "forgot", never]),
        "came up on 4 days. You did it on 2 of them."
    );
    assert_eq!(
        of(["noticed", "forgot", never, never, never]),
        "came up on 2 days. You noticed it on 1."
    );
    assert_eq!(of(["forgot", "forgot", never, never, never]), "came up on 2 days.");
    assert_eq!(of(["did", never, never, never, never]), "came up on 1 day, and you did it.");
    assert_eq!(of([never; 5]), "didn't come up this time.");
    assert_eq!(plan(&["did", "did"]), None, "of a few evenings nothing is summed up");
}

#[test]
fn in_care_no_plan_from_before_it_came_on_is_told_of() {
    let mut journal = PlayedJournal::new();
    for day in 10..16 {
        let day = format!("11-{day}");
        let plan = json!({ "if": "Sam reaches for me", "then": "answer once" });
        journal.keep("intent", &day, plan);
        journal.evening(&day, json!({ "connection": "Tea.", "outcome": "did" }));
    }
    let mut tells = |since: &str| {
        journal.care_since = Some(since.parse().unwrap());
        [OPEN, CARE].map(|form| journal.text(form).contains("answer once"))
    };
    assert_eq!(tells("2026-11-20T20:00:00Z"), [true, false]);
    assert_eq!(tells("2026-11-09T20:00:00Z"), [true, true], "it was made in care");
}

#[test]
fn below_five_no_share_is_made() {
    let mut journal = week(&[]);
    for day in ["11-01", "11-02", "11-03", "11-04"] {
        journal.keep("notice", day, json!({ "happened": "Plans", "before": "close" }));
        received(&mut journal, &[(day, "partly"), (day, "unsaid")]);
    }
    for words in ["Plans", "steps back", "things you said"] {
        journal.has_not(OPEN, words);
    }
    journal.keep("notice", "11-05", json!({ "happened": "Rain", "before": "cant-say" }));
    received(&mut journal, &[("11-05", "not")]);
    journal.has(OPEN, "“Plans” came just before 4 of 5 moments of distance.");
    journal.has(OPEN, "Of the 5 things you said, 4 were partly heard and 1 wasn't heard.");
    journal.has_not(OPEN, "steps back");
}

#[test]
fn beside_a_low_stretch_stands_what_was_good_in_it() {
    let low = json!({ "connection": "none", "closeness": 1 });
    let far = json!({ "connection": "none", "closeness": 0 });
    let stretch = [("11-10", low.clone()), ("11-11", far), ("11-12", low)];
    let mut journal = week(&stretch);
    journal.has_not(OPEN, "also wrote");
    journal.keep("gratitude", "11-13", json!({ "gratitude": "Too late" }));
    journal.has_not(OPEN, "also wrote");
    journal.keep("gratitude", "11-11", json!({ "gratitude": "The neighbour's cake" }));
    journal.has(OPEN, "That week you also wrote: “The neighbour's cake” (Wednesday 11 November,");
    journal.has_not(APART, "also wrote");
    // Two evenings are no stretch.
    let mut two = week(&stretch[..2]);
    two.keep("gratitude", "11-11", json!({ "gratitude": "The neighbour's cake" }));
    two.has_not(OPEN, "also wrote");
}

#[test]
fn a_low_stretch_has_no_gap_and_a_week_is_a_week() {
    let none = |step: i32| json!({ "connection": "none", "closeness": step });
    let mut apart = PlayedJournal::new();
    for day in ["11-02", "11-07", "11-12", "11-18", "11-24"] {
        apart.evening(day, none(i32::from(day != "11-02")));
    }
    apart.keep("gratitude", "11-24", json!({ "gratitude": "The neighbour's cake" }));
    apart.has_not(OPEN, "also wrote");
    // Of a long stretch, the nearest; far from the furthest evening it is of another week.
    let mut long = PlayedJournal::new();
    for day in 6..=24 {
        long.evening(&format!("11-{day:02}"), none(i32::from(day != 8)));
    }
    long.keep("gratitude", "11-22", json!({ "gratitude": "Late sun" }));
    long.has(OPEN, "In another low week you also wrote: “Late sun” (Sunday 22 November, something");
    long.keep("gratitude", "11-10", json!({ "gratitude": "Soup" }));
    long.has(OPEN, "That week you also wrote: “Soup” (Tuesday 10 November, something you're glad");
}

#[test]
fn beside_too_few_evenings_nothing_is_compared_and_the_first_month_stands_alone() {
    let mut journal = week(&[]);
    journal.has_not(OPEN, "Compared with");
    journal.evenings("10-10", 4, &json!({ "connection": "Tea.", "closeness": 2 }));
    journal.has(OPEN, "Beside the four weeks before: too few to say.");
    journal.evening("10-20", json!({ "connection": "none", "closeness": 4 }));
    journal.has(OPEN, "  Evenings with a moment of connection: 5 of 5 now, 4 of 5 then.");
    journal.has(OPEN, "  How close it felt: “somewhat” now, between “somewhat” and “close” then.");
    // An evening that tells nothing of connection is in no share of it.
    journal.evening("10-21", json!({ "closeness": 4 }));
    journal.has(OPEN, "  Evenings with a moment of connection: 5 of 5 now, 4 of 5 then.");
}

#[test]
fn what_a_longer_time_tells_stands_with_its_own_span() {
    let mut journal = PlayedJournal::new();
    for (week, level) in (0u64..40).map(|week| (week, if week < 36 { 3 } else { 1 })) {
        for day in [0, 2, 4, 5] {
            let day: NaiveDate =
                "2026-02-22".parse::<NaiveDate>().unwrap() + Days::new(7 * week + day);
            let level = if day.to_string().ends_with('5') { level - 1 } else { level };
            let day = day.format("%m-%d").to_string();
            journal.evening(&day, json!({ "connection": "Tea.", "closeness": level }));
        }
    }
    let text = journal.text(OPEN).split_whitespace().collect::<Vec<_>>().join(" ");
    let lower = "Over a longer time, closeness is lower than from April to June (“close” then, “a little” now;";
    assert!(text.contains(lower), "{text}");
    assert!(text.contains(" answers then, "), "{text}");
}

/// Nine months of evenings around "close", the last four weeks lower by so many of them, and as
/// many evenings with other questions of the first screen, which don't change.
fn lower_on(evenings: usize, has_others: bool) -> PlayedJournal {
    let first: NaiveDate = "2026-02-22".parse().unwrap();
    let mut journal = PlayedJournal::new();
    for at in 0..140 {
        let day = (first + Days::new(2 * at)).format("%m-%d").to_string();
        let level = [3, 2, 4, 3, 1, 2][at as usize % 6];
        let is_lower = at >= 126 && (at as usize - 126) < evenings;
        let level = if is_lower { level - 1 } else { level };
        journal.evening(&day, json!({ "connection": "Tea.", "closeness": level }));
        if has_others {
            let other = [1, 3, 2][at as usize % 3];
            journal.keep("intent", &day, json!({ "room": other }));
        }
    }
    journal
}

#[test]
fn a_month_says_of_closeness_what_patterns_says_beside_its_other_rows() {
    let says = |evenings, has_others| {
        let journal = lower_on(evenings, has_others);
        let told = journal.facts(OPEN).beside.unwrap().change.map(|change| change.claim);
        let screen = journal.screen(OPEN);
        let there = screen.change_of("reflect", "closeness").unwrap().claim;
        assert_eq!(told.unwrap_or(Claim::TooFew), there, "{evenings} {has_others}");
        told
    };
    // The same answers about closeness: what they'd say alone, and beside other rows.
    assert_eq!((says(11, false), says(11, true)), (Some(Claim::Lower), None));
    assert_eq!((says(12, false), says(12, true)), (Some(Claim::Lower), Some(Claim::Lower)));
    assert_eq!(says(0, true), Some(Claim::Same));
}

#[test]
fn words_of_the_writer_cannot_break_the_page() {
    let odd =
        json!({ "connection": format!("\u{1b}[2J{}\nsecond", "wide ".repeat(80)), "closeness": 4 });
    let text = week(&[("11-12", odd)]).text(OPEN);
    assert!(!text.contains('\u{1b}') && text.contains('…'), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    assert!(text.lines().count() < 12, "{text}");
}

#[test]
fn an_entry_that_was_edited_twice_counts_once() {
    let mut journal = week(&[]);
    let mut beside = journal.entries[0].clone();
    beside.revision = "zzzzzz".parse().unwrap();
    journal.entries.push(beside);
    journal.has(OPEN, "You wrote on 5 evenings, and each had a moment of connection.");
}
