//! What is seen at a glance: one "then" on every look, nothing with a direction left out, and
//! what was answered about counted where it was there.

use super::*;

/// A year of evenings, mornings and assessments; closeness and room hold what these say, by
/// how many days ago it was.
fn a_year(closeness: fn(u64) -> i64, room: fn(u64) -> i64) -> JournalOfLooks {
    let mut journal = JournalOfLooks::new();
    for day in (0..340).step_by(2) {
        let connection = if day % 3 == 0 { "None today" } else { "Tea" };
        let evening = json!({
            "connection": connection, "closeness": closeness(day), "outcome": "forgot",
        });
        journal.keep("reflect", day, evening);
        let plan = json!({ "if": "a sigh", "then": "breathe", "room": room(day) });
        let intention = json!({ "intention": "say so", "room": room(day) });
        journal.keep("intent", day, if day % 4 == 0 { plan } else { intention });
    }
    for month in 0..11 {
        journal.assessment(30 * month + 3, month as i64 % 3);
        let answers = json!({ "relying": month % 3, "relied-on": (month + 1) % 3 });
        journal.keep("needs", 30 * month, answers);
        journal.moment(30 * month + 1, if month % 3 == 0 { "went-quiet" } else { "left" }, "hurt");
    }
    journal
}

fn uneven(day: u64) -> i64 {
    day as i64 / 2 * 7 % 3
}

fn more_of_late(day: u64) -> i64 {
    if day < 28 { 3 + day as i64 / 2 % 2 } else { day as i64 / 2 % 2 }
}

#[test]
fn an_answer_and_its_mean_are_compared_with_the_same_day_on_every_look() {
    let mut journal = JournalOfLooks::new();
    for (day, step) in [(260, 4), (210, 0), (180, 1), (60, 4), (20, 3)] {
        journal.assessment(day, step);
    }
    let items = journal.look("assess");
    assert!(items.contains("○ 2 May 2026  ● 8 Nov 2026"), "{items}");
    assert!(words(&items).contains("safe to open up 0 → 3"), "{items}");
    let parts = words(&journal.look("parts"));
    assert!(parts.contains("0 → 3") && parts.contains("2 May 2026 → 8 Nov 2026"), "{parts}");
    let first = journal.first_screen(80, false);
    let row = first.lines().find(|line| line.contains("Safe to open up")).unwrap();
    assert!(words(row).contains("0 (1) 3 (1)"), "{first}");
    let html = journal.page();
    assert!(html.contains("○ 2 May 2026  ● 8 Nov 2026"), "{html}");
}

#[test]
fn no_row_with_a_direction_makes_room_for_one_without() {
    let journal = a_year(uneven, more_of_late);
    for width in [40, 50, 60, 72, 80, 120] {
        for plain in [false, true] {
            let text = words(&journal.first_screen(width, plain));
            assert!(
                text.contains("How much room in you") && text.contains("higher"),
                "{width}: {text}"
            );
            assert!(text.contains("Nothing stands out yet."), "{width}: {text}");
            assert!(text.contains("What hurt, or didn't change"), "{width}: {text}");
        }
    }
}

#[test]
fn in_words_every_row_is_told_of_which_something_can_be_said() {
    let journal = a_year(more_of_late, more_of_late);
    let text = words(&journal.first_screen(80, true));
    for row in
        ["Closeness: higher.", "How much room in you: higher.", "“I did it”: about the same."]
    {
        assert!(text.contains(row), "{row} {text}");
    }
    assert!(text.contains("“I did it” from "), "the plan, on a page of any length: {text}");
}

#[test]
fn then_and_now_are_named_once_for_what_compares_the_same_days() {
    let journal = a_year(uneven, uneven);
    let drawn = words(&journal.first_screen(80, false));
    let once = "“Then” is 12 weeks around May 2026, “now” the 4 weeks to 28 November 2026.";
    assert!(drawn.contains(once), "{drawn}");
    // One sitting each is no mean of those weeks.
    let of_days = "and what was good? (assess) “Then” is 29 May 2026, “now” 25 Nov 2026 ";
    assert!(drawn.contains(of_days), "{drawn}");
    assert_eq!(drawn.matches("“Then”").count(), 2, "{drawn}");
    let text = words(&journal.first_screen(80, true));
    let exact = "“Then” is 5 April to 27 June 2026, “now” 1 to 28 November 2026.";
    assert!(text.contains(exact), "{text}");
    assert!(text.contains("“Then” is 29 May 2026, “now” 25 November 2026."), "{text}");
}

#[test]
fn a_session_outside_the_spans_says_which_days_it_is_of() {
    let mut journal = a_year(uneven, uneven);
    journal.entries.retain(|entry| entry.practice != "assess");
    journal.assessment(330, 1);
    journal.assessment(20, 3);
    let drawn = words(&journal.first_screen(80, false));
    assert!(drawn.contains("“Then” is 2 Jan 2026, “now” 8 Nov 2026"), "{drawn}");
}

#[test]
fn pauses_say_how_it_was_then_and_how_it_is_now() {
    let mut journal = JournalOfLooks::new();
    for day in (0..330).step_by(3) {
        let (before, after) = if day < 100 { (2, 2 + day / 3 % 2) } else { (3 + day / 3 % 2, 1) };
        journal.keep("pause", day, json!({ "unsettled": before, "unsettled-now": after }));
    }
    let look = words(&journal.look("pause"));
    assert!(
        look.contains("5 Apr to 27 Jun 2026 (28) ··●────○· 3.5 → 1 lower afterwards"),
        "{look}"
    );
    assert!(look.contains("1 to 28 Nov 2026 (10) "), "{look}");
    assert!(look.contains(" 2 → 2.5 too few to say"), "{look}");
}

#[test]
fn an_intention_that_was_not_there_is_in_no_count() {
    let mut journal = a_year(uneven, uneven);
    for day in (1..340).step_by(2) {
        journal.keep("reflect", day, json!({ "outcome": "did" }));
    }
    let first = journal.first_screen(80, false);
    let row = first.lines().find(|line| line.starts_with("  “I did it”")).unwrap();
    assert!(words(row).contains("0 of 42 0 of 14"), "{first}");
    assert!(first.contains("What became of my intentions?\n"), "{first}");
    let look = words(&journal.look("intentions"));
    assert!(look.contains("not counting 170 on days without `intent`"), "{look}");
    // Of evenings alone nobody can tell on which days there was an intention.
    journal.entries.retain(|entry| entry.practice == "reflect");
    let first = journal.first_screen(80, false);
    let row = first.lines().find(|line| line.starts_with("  “I did it”")).unwrap();
    assert!(words(row).contains("42 of 84 14 of 28"), "{first}");
}

#[test]
fn where_no_change_of_the_deed_can_be_told_its_count_in_all_is() {
    let mut journal = a_year(uneven, uneven);
    let is_late = |entry: &Entry| entry.at.date_naive() > ago(24);
    journal.entries.retain(|entry| entry.practice != "reflect" || !is_late(entry));
    let first = journal.first_screen(80, false);
    assert!(!first.contains("intentions?  “I did it” 0 of "), "its row says so: {first}");
    for day in [30, 150] {
        journal.keep("reflect", day, json!({ "outcome": "did" }));
        journal.keep("intent", day, json!({ "intention": "say so" }));
    }
    let first = words(&journal.first_screen(80, false));
    assert!(first.contains("intentions? “I did it” 2 of "), "{first}");
    assert!(words(&journal.first_screen(80, true)).contains(" “I did it” 2 of "));
}
