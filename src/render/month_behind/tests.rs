//! Each kind of month as it is read, to the letter; below it, each line in its other cases.

mod harm;
mod journal;
mod lines;

use serde_json::json;

use crate::practice::{Fear, Form};

use journal::{APART, APART_CARE, CARE, OPEN, PlayedJournal, received};

fn rich() -> PlayedJournal {
    let mut journal = PlayedJournal::new();
    let then = json!({ "connection": "A walk.", "closeness": 1 });
    journal.evenings("10-05", 12, &then);
    journal.evenings("10-17", 8, &json!({ "connection": "none today", "closeness": 2 }));
    journal.evening(
        "11-03",
        json!({ "connection": "none", "closeness": 0, "needed-instead": "heard" }),
    );
    let none = json!({ "connection": "none today", "closeness": 1, "needed-instead": "heard" });
    journal.evenings("11-05", 6, &none);
    journal.evenings("11-12", 2, &json!({ "connection": "none", "closeness": 1 }));
    journal.evening("11-14", json!({ "connection": "He waited up for me.", "closeness": 4 }));
    for day in ["11-15", "11-16", "11-17", "11-18", "11-19", "11-20"] {
        journal.keep(
            "intent",
            day,
            json!({ "if": "my answers get short", "then": "breathe out first" }),
        );
        let outcome = if day < "11-19" { "did" } else { "noticed" };
        journal.evening(day, json!({ "connection": "Tea.", "closeness": 2, "outcome": outcome }));
    }
    journal.evenings("11-21", 6, &json!({ "connection": "The dog.", "closeness": 2 }));
    for (day, happened) in [
        ("11-02", "Plans"),
        ("11-04", "plans."),
        ("11-06", "Plans"),
        ("11-08", "A sigh"),
        ("11-10", "The phone"),
        ("11-11", "Supper"),
        ("11-13", "A joke"),
        ("11-16", "Rain"),
    ] {
        let before = if day < "11-11" { "close" } else { "tense" };
        journal.keep("notice", day, json!({ "happened": happened, "before": before }));
    }
    let all = [
        ("11-02", "heard"),
        ("11-03", "heard"),
        ("11-05", "partly"),
        ("11-09", "ignored"),
        ("11-12", "ignored"),
        ("11-20", "ignored"),
    ];
    received(&mut journal, &all);
    journal
}

const RICH: &str = "\
The month behind you                                       1 to 28 November 2026

You wrote on 22 evenings: 13 with a moment of connection, 9 without.
Your closest day, Saturday 14 November (“very close”):
  “He waited up for me.”
Your furthest, Tuesday 3 November (“not at all”): you needed to be heard.
The need that came up most: to be heard, 7 times.
“If my answers get short, then I will breathe out first” came up on 6 days. You
  did it on 4 of them.
“Plans” came just before 3 of 8 moments of distance.
Of 8 steps back where you said how it was before, 5 came after being close.
Of the 6 things you said, 2 were heard, 1 was partly heard and 3 were ignored.
You marked “ignored” three times running.

Beside the four weeks before
  Evenings with a moment of connection: 13 of 22 now, 12 of 20 then.
  How close it felt: between “a little” and “somewhat”, both times.
One month beside another can't tell a change from chance.
";

#[test]
fn a_rich_month_stands_on_one_screen() {
    let text = rich().text(OPEN);
    assert_eq!(text, RICH);
    assert!(text.lines().count() <= 20, "with a question below it, it fits 24 rows");
}

#[test]
fn where_it_is_narrow_every_line_is_broken_at_words_and_nothing_is_lost() {
    let narrow = rich().page(OPEN, 30, false);
    assert!(narrow.lines().all(|line| line.chars().count() <= 30), "{narrow}");
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(words(&narrow), words(RICH));
}

#[test]
fn what_cannot_be_read_wholly_is_told_without_a_low_stretch_or_steps_back() {
    let unknown = Form { fear: Fear::Unknown, ..OPEN };
    let text = rich().text(unknown);
    assert!(text.contains("13 with a moment") && !text.contains("steps back"), "{text}");
}

fn harmed() -> PlayedJournal {
    let mut journal = PlayedJournal::new();
    let calm = json!({ "connection": "Tea.", "ease": 2 });
    journal.evenings("11-07", 7, &calm);
    journal.evening("11-14", json!({ "connection": "Coffee with Ines.", "ease": 3 }));
    journal.evenings("11-15", 5, &calm);
    journal.evening(
        "11-03",
        json!({ "connection": "none today", "ease": 0, "needed-instead": "safety" }),
    );
    let tense = json!({ "connection": "none today", "ease": 1, "needed-instead": "safety" });
    journal.evenings("11-20", 5, &tense);
    for day in ["11-25", "11-26", "11-27"] {
        let unsafe_evening = json!({ "connection": "none", "disagreement": "not-safe" });
        journal.evening(day, unsafe_evening);
    }
    journal.keep("feel", "11-21", json!({ "need": "safety" }));
    journal.keep("assess", "11-20", json!({ "fear": 2 }));
    let all = [
        ("11-02", "heard"),
        ("11-03", "heard"),
        ("11-05", "not-safe"),
        ("11-09", "ignored"),
        ("11-12", "ignored"),
        ("11-20", "ignored"),
    ];
    received(&mut journal, &all);
    journal.keep("needs", "11-02", json!({ "respected": "no" }));
    journal.keep("needs", "11-22", json!({ "respected": "no" }));
    journal.keep("gratitude", "11-23", json!({ "became": "stayed" }));
    journal
}

const HARMED: &str = "\
The month behind you                                       1 to 28 November 2026

On 3 of 22 evenings you marked that it wasn't safe.
On 20 November you marked “felt afraid”: sometimes.
Of the 6 things you said, 2 were heard, 3 were ignored and 1 wasn't safe.
You marked “ignored” three times running.
You marked “not respected” twice.

You wrote on 22 evenings: 13 with a moment of connection, 9 without.
The day you felt most at ease, Saturday 14 November (“mostly”):
  “Coffee with Ines.”
The day you felt least at ease, Tuesday 3 November: you needed safety.
The need that came up most: safety, 7 times.

Held back for now: what became of your gratitude.
";

#[test]
fn while_care_is_on_evidence_comes_first_and_plainly_counted() {
    assert_eq!(harmed().text(CARE), HARMED);
}

#[test]
fn while_care_is_on_nothing_compares_and_nothing_explains_away() {
    let mut journal = rich();
    journal.keep("gratitude", "11-05", json!({ "gratitude": "The neighbour's cake" }));
    for words in
        ["Beside the", "steps back", "came just before", "you also wrote", "at ease", "Held back"]
    {
        journal.has_not(CARE, words);
    }
    // The evenings have closeness alone: nothing is said of ease.
    journal.has(CARE, "You wrote on 22 evenings: 13 with a moment of connection, 9 without.");
    // Fear and boundaries are told of only there.
    let harmed = harmed();
    harmed.has_not(OPEN, "afraid");
    harmed.has_not(OPEN, "not respected");
    harmed.has(OPEN, "On 3 of 22 evenings you marked that it wasn't safe.");
}

#[test]
fn harm_is_counted_however_little_there_is_of_it() {
    let mut journal = PlayedJournal::new();
    journal.evening("11-03", json!({ "connection": "Tea.", "disagreement": "not-safe" }));
    received(&mut journal, &[("11-09", "ignored")]);
    let text = journal.text(CARE);
    let evidence = "\n\nOn the one evening you wrote about, you marked that it wasn't safe.\nThe one thing you said was ignored.\n\n";
    assert!(text.contains(evidence), "{text}");
    // In no other form is a share made of so few.
    journal.has_not(OPEN, "The one thing");
}

#[test]
fn in_care_what_lasted_of_harm_comes_before_what_lasted_longer() {
    let mut journal = harmed();
    for day in ["08-20", "09-20", "10-20", "11-20"] {
        journal.keep("needs", day, json!({ "met": "rest" }));
    }
    // What the writer lacked is told of, but not beside fear.
    let lacks = json!({ "withdrew-me": 3, "willing-me": 0, "safe-space": 1 });
    ["09-19", "10-19", "11-19"].iter().for_each(|day| journal.keep("assess", day, lacks.clone()));
    let at = |text: &str, words: &str| text.find(words).unwrap();
    let (care, open) = (journal.text(CARE), journal.text(OPEN));
    let met = "You marked “rest” met four times running.";
    let evenings = "You wrote on 22 evenings";
    assert!(at(&care, "“ignored” three") < at(&care, evenings), "{care}");
    assert!(at(&care, evenings) < at(&care, met), "{care}");
    for lack in ["drew back when it got serious", "willing to work on it", "safe to open up"] {
        let is_told = |form| {
            journal
                .facts(form)
                .lasting
                .iter()
                .any(|row| row.item.as_ref().is_some_and(|item| item.short == lack))
        };
        assert!(is_told(OPEN) && !is_told(CARE), "{lack}");
    }
    assert!(at(&open, met) < at(&open, "“ignored” three"), "{open}");
    // It's told there; nothing asks the writer what it says to them.
    assert_eq!(journal.facts(CARE).lasting_to_ask(Fear::Known), None);
    assert!(journal.facts(OPEN).lasting_to_ask(Fear::None).is_some());
}

#[test]
fn few_evenings_are_shown_themselves() {
    let mut journal = PlayedJournal::new();
    journal.evening("11-14", json!({ "connection": "He waited up for me.", "closeness": 3 }));
    journal.evening("11-10", json!({ "connection": "We laughed about the dog.", "closeness": 1 }));
    journal.evening(
        "11-03",
        json!({ "connection": "none", "closeness": 0, "needed-instead": "heard" }),
    );
    let sparse = "\
The month behind you                                       1 to 28 November 2026

You wrote on 3 evenings, too few to sum up. Here they are:
  Sat 14 November   close        “He waited up for me.”
  Tue 10 November   a little     “We laughed about the dog.”
  Tue 3 November    not at all   you needed to be heard
";
    assert_eq!(journal.text(OPEN), sparse);
    received(&mut journal, &[("11-02", "ignored"), ("11-03", "ignored"), ("11-05", "ignored")]);
    let lasted = format!("{sparse}\nYou marked “ignored” three times running.\n");
    assert_eq!(journal.text(OPEN), lasted);
    let linear = "\
The month behind you
1 to 28 November 2026

You wrote on 3 evenings, too few to sum up. Here they are:
Sat 14 November, close: “He waited up for me.”
Tue 10 November, a little: “We laughed about the dog.”
Tue 3 November, not at all: you needed to be heard

You marked “ignored” three times running.
";
    assert_eq!(journal.page(OPEN, 80, true), linear);
}

#[test]
fn one_evening_without_a_moment_says_so_and_one_without_words_is_only_counted() {
    let mut journal = PlayedJournal::new();
    journal.evening("11-14", json!({ "connection": "none" }));
    journal.has(OPEN, "You wrote on 1 evening, too few to sum up. Here it is:");
    journal.has(OPEN, "  Sat 14 November   no moment of connection");
    let mut bare = PlayedJournal::new();
    bare.evening("11-14", json!({ "disagreement": "no" }));
    bare.has(OPEN, "You wrote on 1 evening, too few to sum up.");
    bare.has_not(OPEN, "14 November");
}

#[test]
fn without_an_evening_it_names_what_else_there_is_and_else_greets() {
    let mut journal = PlayedJournal::new();
    let nothing = "\
The month behind you                                       1 to 28 November 2026

Nothing here from these four weeks, and that's fine. Good to see you. Start
  anywhere.
";
    assert_eq!(journal.text(OPEN), nothing);
    journal.evening("10-03", json!({ "connection": "Tea." }));
    assert_eq!(journal.text(OPEN), nothing, "what is older is not of this month");
    journal.keep("write", "11-03", json!({ "page": "Rain." }));
    journal.has(OPEN, "No evenings in these four weeks, but 1 `write`.");
    journal.keep("notice", "11-03", json!({ "happened": "A sigh" }));
    journal.keep("notice", "11-04", json!({ "happened": "A sigh" }));
    journal.has(OPEN, "No evenings in these four weeks, but 2 `notice` and 1 `write`.");
    journal.keep("grow", "11-04", json!({ "for-myself": "Rest" }));
    let three = "No evenings in these four weeks, but 1 `grow`, 2 `notice` and 1 `write`.";
    journal.has(OPEN, three);
    let mut monthly = PlayedJournal::new();
    monthly.keep("grow", "11-04", json!({ "for-myself": "Rest" }));
    monthly.keep("needs", "11-05", json!({ "met": ["rest"] }));
    let both = "No evenings in these four weeks, but 1 `grow` and 1 `needs`.";
    monthly.has(OPEN, both);
}

#[test]
fn apart_it_tells_what_came_back_and_what_there_is_room_for() {
    let mut journal = PlayedJournal::new();
    let quiet = json!({ "connection": "A friend rang.", "returned": "nothing", "contact": "none" });
    journal.evenings("11-01", 8, &quiet);
    let memory = json!({ "connection": "none", "returned": ["memory"], "contact": "none",
                         "needed-instead": "company" });
    journal.evenings("11-09", 5, &memory);
    let grief = json!({ "connection": "The choir.", "returned": ["anger"], "contact": "needed",
                        "grief": "Not the Sundays." });
    journal.evening("11-14", grief);
    journal.evenings(
        "11-15",
        2,
        &json!({ "connection": "none", "returned": ["anger"], "contact": "needed" }),
    );
    journal.evening(
        "11-17",
        json!({ "connection": "Ines.", "returned": ["relief"], "contact": "not-safe" }),
    );
    journal.evening(
        "11-20",
        json!({ "connection": "Bread.", "contact": "none", "space-for": "singing again" }),
    );
    let apart = "\
The month behind you                                       1 to 28 November 2026

On 1 of 18 evenings you marked that it wasn't safe.
You wrote on 18 evenings: 11 with a moment of connection, 7 without.
Something came back on 9 of 18 evenings, most often a memory (5).
Contact: none on 14 evenings, only what had to be on 3.
What you missed, and didn't, on 14 November: “Not the Sundays.”
What you're making space for, on 20 November: “singing again”
The need that came up most: company, 5 times.
";
    assert_eq!(journal.text(APART), apart);
    let both = apart.replace("safe.\nYou", "safe.\n\nYou");
    assert_eq!(journal.text(APART_CARE), both);
    for words in ["Something came back", "Contact", "space for"] {
        journal.has_not(OPEN, words);
    }
}
