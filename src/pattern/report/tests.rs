use super::*;
use crate::config::Clock;
use crate::practice;

const FILE: &str = r#"
title = "A"
scale = { min = 0, max = 4 }
question = [
  { id = "a", ask = "A?", kind = "scale" },
  { id = "b", ask = "B?", kind = "scale" },
]
score = [{ id = "s", title = "S", of = ["a", "b"] }]
report = { ask = ["What now?"], note = "Your own." }
excerpt = [{ items = ["a"], practice = "write", question = "page", when = { mood = "low" } }]
"#;

fn practice() -> Practice {
    practice::read("a", "a.toml".as_ref(), FILE, &[]).into_practice().unwrap()
}

fn sitting(id: &str, day: &str, a: i64, b: i64, asked: &str) -> Entry {
    let at = format!("{day}T20:00:00+00:00");
    let scale = serde_json::json!({ "min": 0, "max": 4 });
    let json = serde_json::json!({
        "format": 1, "id": id, "revision": "aaaaaa", "practice": "a", "at": at, "written": at,
        "answers": [
            { "question": "a", "asked": asked, "scale": scale, "value": a },
            { "question": "b", "asked": "B?", "scale": scale, "value": b },
        ]
    });
    Entry::from_json(json.to_string().as_bytes()).unwrap()
}

fn page(day: &str, mood: &str, words: &str) -> Entry {
    let at = format!("{day}T12:00:00+00:00");
    let json = serde_json::json!({
        "format": 1, "id": "pppppppppp", "revision": "aaaaaa", "practice": "write",
        "at": at, "written": at, "answers": [
            { "question": "mood", "asked": "?", "value": mood },
            { "question": "page", "asked": "?", "value": words },
        ]
    });
    Entry::from_json(json.to_string().as_bytes()).unwrap()
}

fn told(now: &Entry, earlier: &[Entry]) -> SessionReport {
    let clock = Clock::at(now.at);
    report(&practice(), now, Some(EarlierEntries { entries: earlier, clock: &clock }))
}

#[test]
fn two_sessions_tell_a_change_only_by_what_their_file_gives() {
    let now = sitting("bbbbbbbbbb", "2026-11-23", 4, 4, "A?");
    let last = [sitting("aaaaaaaaaa", "2026-10-23", 1, 3, "A?")];
    let pair = |norms: &str| {
        let file = FILE.replace("title = \"S\"", &format!("title = \"S\"{norms}"));
        let practice = practice::read("a", "a.toml".as_ref(), &file, &[]).into_practice().unwrap();
        let clock = Clock::at(now.at);
        let told = report(&practice, &now, Some(EarlierEntries { entries: &last, clock: &clock }));
        let pair = told.comparison.unwrap().scores.remove(0);
        (pair.then, pair.now, pair.is)
    };
    assert_eq!(pair(""), (2.0, 4.0, None));
    let norms = ", sd = 0.8, reliability = 0.9, source = \"A study\"";
    assert_eq!(pair(norms), (2.0, 4.0, Some(Claim::Higher)));
    let coarse = ", sd = 0.8, reliability = 0.1, source = \"A study\"";
    assert_eq!(pair(coarse), (2.0, 4.0, Some(Claim::TooFew)));
}

#[test]
fn norms_tell_nothing_of_a_session_that_was_answered_in_part() {
    let norms = "title = \"S\", least = 0.5, sd = 0.8, reliability = 0.9, source = \"A study\"";
    let file = FILE.replace("title = \"S\"", norms);
    let practice = practice::read("a", "a.toml".as_ref(), &file, &[]).into_practice().unwrap();
    let whole = |id: &str, day: &str, value| sitting(id, day, value, value, "A?");
    let part = |id: &str, day: &str, value| {
        let mut entry = whole(id, day, value);
        entry.answers.truncate(1);
        entry
    };
    let is = |now: &Entry, last: Entry| {
        let clock = Clock::at(now.at);
        let told = report(&practice, now, Some(EarlierEntries { entries: &[last], clock: &clock }));
        told.comparison.unwrap().scores.remove(0).is
    };
    let (then, now) = (("aaaaaaaaaa", "2026-10-23"), ("bbbbbbbbbb", "2026-11-23"));
    assert_eq!(is(&whole(now.0, now.1, 4), whole(then.0, then.1, 1)), Some(Claim::Higher));
    assert_eq!(is(&part(now.0, now.1, 4), whole(then.0, then.1, 1)), None);
    assert_eq!(is(&whole(now.0, now.1, 4), part(then.0, then.1, 1)), None);
}

#[test]
fn items_half_of_their_range_apart_are_listed() {
    let now = sitting("bbbbbbbbbb", "2026-11-23", 3, 2, "A?");
    let items = |a| {
        let last = [sitting("aaaaaaaaaa", "2026-10-23", a, 2, "A?")];
        told(&now, &last).comparison.unwrap().items
    };
    assert_eq!(items(1), [ReportItem { asked: "A?".into(), then: 1.0, now: 3.0 }]);
    assert_eq!(items(2), []);
}

#[test]
fn where_the_wording_changed_nothing_is_compared() {
    let now = sitting("bbbbbbbbbb", "2026-11-23", 4, 2, "A?");
    let last = [
        sitting("aaaaaaaaaa", "2026-10-23", 0, 2, "A, put otherwise?"),
        sitting("cccccccccc", "2026-09-23", 0, 2, "A?"),
    ];
    let comparison = told(&now, &last).comparison.unwrap();
    assert_eq!(comparison.reworded, ["A?"]);
    assert!(comparison.items.is_empty() && comparison.scores.is_empty());
    assert!(comparison.courses.is_empty(), "two that ask the same are no course");
}

#[test]
fn a_retake_within_two_weeks_is_early() {
    let last = [sitting("aaaaaaaaaa", "2026-11-10", 2, 2, "A?")];
    let early =
        |day| told(&sitting("bbbbbbbbbb", day, 2, 2, "A?"), &last).comparison.unwrap().early;
    assert!(early("2026-11-23"));
    assert!(!early("2026-11-24"));
}

#[test]
fn a_course_needs_three_sittings() {
    let now = sitting("cccccccccc", "2026-11-23", 3, 3, "A?");
    let two = [sitting("bbbbbbbbbb", "2026-10-23", 2, 2, "A?")];
    assert!(told(&now, &two).comparison.unwrap().courses.is_empty());
    let three = [two[0].clone(), sitting("aaaaaaaaaa", "2026-09-23", 1, 1, "A?")];
    let courses = told(&now, &three).comparison.unwrap().courses;
    assert_eq!(courses[0].values, [1.0, 2.0, 3.0]);
}

#[test]
fn words_stand_beside_what_was_seen_and_only_those_that_speak_to_it() {
    let words = [page("2026-11-20", "fine", "no"), page("2026-11-10", "low", "I went quiet.")];
    let quotes = told(&sitting("bbbbbbbbbb", "2026-11-23", 3, 2, "A?"), &words).quotes;
    assert_eq!(quotes.len(), 1);
    assert_eq!(quotes[0].words, "I went quiet.");
    let quotes = told(&sitting("bbbbbbbbbb", "2026-11-23", 0, 2, "A?"), &words).quotes;
    assert!(quotes.is_empty());
}

#[test]
fn locked_the_sitting_alone_is_told() {
    let now = sitting("bbbbbbbbbb", "2026-11-23", 3, 2, "A?");
    let told = report(&practice(), &now, None);
    assert!(told.comparison.is_none() && told.quotes.is_empty());
    assert_eq!(told.question.as_deref(), Some("What now?"));
}
