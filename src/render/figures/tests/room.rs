//! What is seen longest where there is little room, and what each row is counted of.

use super::*;

/// Three hundred evenings, the deed only in the last sixty of them, each on a day with an
/// intention, or each second.
fn late_deeds(every: u64) -> JournalOfLooks {
    let mut journal = JournalOfLooks::new();
    for day in 0..300 {
        journal.keep("reflect", day, json!({ "closeness": day % 3 }));
    }
    for day in 0..60 {
        let outcome = ["did", "noticed", "forgot"][day as usize % 3];
        journal.keep("reflect", day, json!({ "outcome": outcome }));
        if day % every == 0 {
            journal.keep("intent", day, json!({ "intention": "say so" }));
        }
    }
    journal
}

#[test]
fn the_deed_is_counted_of_days_with_an_intention_and_says_so() {
    let counts = "“I did it” 10 of all 30 times with an intention. ";
    for plain in [false, true] {
        let some = words(&late_deeds(2).first_screen(80, plain));
        assert!(some.contains(counts), "{some}");
    }
    let all = words(&late_deeds(1).first_screen(80, false));
    assert!(all.contains("“I did it” 20 of all 60 times. "), "{all}");
}

#[test]
fn that_an_intention_was_noticed_is_said_below_a_deed_that_never_was_and_not_the_nought_again() {
    let mut journal = JournalOfLooks::new();
    for day in 0..24 {
        let outcome = if day % 3 == 0 { "never-came-up" } else { "noticed" };
        journal.keep("reflect", day, json!({ "closeness": day % 3, "outcome": outcome }));
        journal.keep("intent", day, json!({ "intention": "say so" }));
    }
    // An evening without an intention is in no count.
    journal.keep("reflect", 25, json!({ "outcome": "noticed" }));
    let told = journal.first_screen(80, false);
    let heading = "What became of my intentions?\n  “I did it” ";
    assert!(told.contains(heading), "what it counts is the row's: {told}");
    assert!(told.contains("\n  “I noticed” 16 of all 24 times with an intention.\n"), "{told}");
    assert_eq!(told.matches("“I did it”").count(), 1, "{told}");
    for (width, plain) in [(44, false), (80, true)] {
        let told = words(&journal.first_screen(width, plain));
        assert!(told.contains("“I noticed” 16 of all 24 times with an intention."), "{told}");
        assert_eq!(told.matches("0 of 24").count(), 1, "{told}");
    }
    let html = journal.page();
    assert!(html.contains("“I noticed” 16 of all 24 times with an intention"), "{html}");
}

#[test]
fn two_sentences_behind_a_question_end_with_a_stop_and_one_with_none() {
    let text = late_deeds(1).first_screen(80, false);
    let about = words(text.split("What became of my intentions?").nth(1).unwrap());
    let about = about.split(". “I did it” ").next().unwrap().to_owned() + ".";
    assert!(about.starts_with("“I did it” 20 of all 60 times. “Then” is "), "{text}");
    assert!(about.ends_with(" Nov 2026."), "{text}");
    let alone = intentions().first_screen(80, false);
    assert!(!alone.contains("times.\n"), "{alone}");
}

#[test]
fn no_item_that_got_harder_is_only_told_while_one_that_got_better_by_as_much_is_drawn() {
    let harder = ["disconnection", "unmet", "safe-space", "withdrew-partner"];
    let mut journal = JournalOfLooks::new();
    journal.assess(180, |id| Some(if harder.contains(&id) ^ (id == "safe-space") { 1 } else { 3 }));
    journal.assess(20, |id| Some(if harder.contains(&id) ^ (id == "safe-space") { 3 } else { 1 }));
    let look = journal.look("assess");
    assert!(words(&look).contains("Also: "), "{look}");
    for item in ["unseen or unloved", "needs that weren't met", "safe to open up", "drew back"] {
        let row = look.lines().find(|line| line.trim_start().starts_with(item));
        assert!(row.is_some_and(|row| row.contains('●')), "{item}: {look}");
    }
    let place = |words: &str| look.find(words).unwrap_or_else(|| panic!("{words}: {look}"));
    assert!(place("needs that weren't met") < place("wouldn't talk"), "{look}");
}

/// Every practice, for most of a year, and nothing of which a change could be told.
fn full() -> JournalOfLooks {
    let mut journal = JournalOfLooks::new();
    for day in 0..240 {
        let outcome = if day % 5 == 0 { "did" } else { "forgot" };
        let connection = if day % 3 == 0 { "Tea" } else { "none today" };
        let evening = json!({
            "connection": connection, "closeness": day * 7 % 5, "ease": day * 3 % 5,
            "outcome": outcome,
        });
        journal.keep("reflect", day, evening);
        journal.keep("intent", day, json!({ "room": day * 3 % 5, "intention": "say so" }));
    }
    for month in 0..8 {
        journal.moment(30 * month, "went-quiet", "hurt");
        journal.assessment(30 * month, 1 + month as i64 % 3);
        journal.keep("needs", 30 * month, json!({ "relying": 1, "relied-on": 2 }));
    }
    journal
}

const BELOW: [&str; 3] = [
    PRIVATE,
    "More: inward patterns closeness, quiet, intentions, assess, pause or recurs.",
    "These are your own answers, not a verdict on anyone.",
];

#[test]
fn what_hurt_outlasts_every_row_that_did_not() {
    let below = BELOW.map(str::to_owned);
    let journal = full();
    for width in [36, 40, 46, 48, 50, 60, 72, 80] {
        let text = words(&journal.first_screen_above(&below, width, false));
        assert!(text.contains(" What hurt, or didn't"), "{width}: {text}");
        let hidden = text.split("No room for ").nth(1).unwrap();
        assert!(!hidden.contains("What hurt, or"), "{width}: {text}");
        assert!(text.contains(" Evenings with a moment"), "{width}: {text}");
    }
}

#[test]
fn what_is_not_shown_is_named_as_long_as_there_is_room() {
    let below = BELOW.map(str::to_owned);
    let journal = full();
    let text = |width| words(&journal.first_screen_above(&below, width, false));
    assert!(text(60).contains(", Being relied on. "), "{}", text(60));
    assert!(text(50).contains(" more. ") && !text(50).contains("relied on"), "{}", text(50));
}

#[test]
fn a_question_names_the_look_whose_name_is_in_none_of_its_words() {
    let journal = full();
    for width in [40, 60, 80] {
        let text = journal.first_screen(width, false);
        assert!(text.contains("\nWhat hurt, and what was good? (assess)"), "{text}");
        for question in ["How has it been?\n", "I go quiet?\n", "of my intentions?\n"] {
            assert!(text.contains(question), "{question}: {text}");
        }
    }
}

#[test]
fn answers_of_the_same_moments_stand_out_once_with_both_names() {
    let mut journal = JournalOfLooks::new();
    for day in 0..24 {
        let (before, underneath, did) = match day % 2 {
            0 => ("close", "hurt", "went-quiet"),
            _ => ("ordinary", "too-much", "stayed"),
        };
        let moment = json!({ "before": before, "underneath": [underneath], "did": [did] });
        journal.keep("notice", 2 * day, moment);
    }
    let text = words(&journal.first_screen(80, false));
    let once = "moments of distance: with “I was hurt” and “before that: close” together 12 of 12, \
        without them 0 of 12.";
    assert!(text.contains(once), "{text}");
}

#[test]
fn what_is_too_few_to_say_says_how_many_answers_had_no_intention() {
    let mut journal = JournalOfLooks::new();
    for day in 0..9 {
        journal.keep("reflect", day, json!({ "outcome": "did" }));
        if day < 3 {
            journal.keep("intent", day, json!({ "intention": "say so" }));
        }
    }
    let told = words(&journal.look("intentions"));
    let few = "(3 answers; needs 5; not counting 6 on days without `intent`)";
    assert!(told.contains(few), "{told}");
}
