//! A scored sitting told in four parts: what you saw, what has moved, what you
//! said then, one question. Nothing is added up across scores, and nothing is
//! subtracted from another.

use chrono::{DateTime, Datelike, FixedOffset};

use crate::entry::{Answer, Entry, Value};
use crate::practice::{Excerpt, How, Kind, Past, Practice, all_hold};

use super::{Scored, scores};

/// A score moved when its mean item changed by so much, an item when by so many
/// steps.
pub const SCORE_MOVED: f64 = 0.75;
const ITEM_MOVED: f64 = 2.0;
/// A retake so soon says little.
const EARLY_DAYS: i64 = 14;
/// So many sittings before a course is spoken of.
pub(super) const TREND: usize = 3;
/// Quotes beside one sitting.
const QUOTES: usize = 6;

pub struct Told {
    pub scores: Vec<Scored>,
    pub comparison: Option<Comparison>,
    pub quotes: Vec<Quote>,
    pub question: Option<String>,
    pub note: Option<String>,
}

/// Against the last time.
pub struct Comparison {
    pub last: DateTime<FixedOffset>,
    pub days: i64,
    pub early: bool,
    /// By score: before, now, and whether it moved.
    pub scores: Vec<(String, f64, f64, bool)>,
    /// Items that moved by two steps or more.
    pub items: Vec<Moved>,
    /// Items whose wording is not what it was, which are not compared.
    pub reworded: Vec<String>,
    /// The course of each score over all sittings, where there are enough.
    pub courses: Vec<Course>,
}

pub struct Moved {
    pub asked: String,
    pub before: f64,
    pub now: f64,
}

pub struct Course {
    pub title: String,
    pub values: Vec<f64>,
}

/// The writer's own words of those weeks, beside what they speak to.
pub struct Quote {
    pub item: String,
    pub at: DateTime<FixedOffset>,
    pub practice: String,
    pub words: String,
}

/// Tells a sitting. `past` holds earlier entries, newest first; without it,
/// while the journal is locked, only the sitting itself is told.
pub fn report(practice: &Practice, sitting: &Entry, past: Option<Past>) -> Told {
    let scored = scores(practice, &sitting.answers);
    let earlier: Vec<&Entry> = past
        .map(|past| past.of(&practice.name, 0).filter(|e| e.id != sitting.id).collect())
        .unwrap_or_default();
    // A note without a number is no sitting to compare with.
    let scored_items = |e: &&Entry| scores(practice, &e.answers).iter().any(|s| s.answered > 0);
    let earlier: Vec<&Entry> =
        earlier.into_iter().filter(|e| e.at <= sitting.at).filter(scored_items).collect();
    let turn = (sitting.at.num_days_from_ce() / 7) as usize;
    let report = practice.report.as_ref();
    Told {
        comparison: earlier.first().map(|last| compare(practice, sitting, last, &earlier, &scored)),
        quotes: past.map(|past| quotes(practice, sitting, past)).unwrap_or_default(),
        question: report.and_then(|r| r.ask.get(turn % r.ask.len().max(1)).cloned()),
        note: report.and_then(|r| r.note.clone()),
        scores: scored,
    }
}

fn compare(
    practice: &Practice,
    now: &Entry,
    last: &Entry,
    earlier: &[&Entry],
    scored: &[Scored],
) -> Comparison {
    let reworded = |id: &str| is_reworded(practice, id, last);
    let days = (now.at - last.at).num_days();
    // A score compares only where all of its items still ask the same.
    let sound = |s: &&Scored| items(practice, &s.id).iter().all(|id| !reworded(id));
    let before = scores(practice, &last.answers);
    let both = scored.iter().filter(sound).filter_map(|s| {
        let before = before.iter().find(|b| b.id == s.id)?.value?;
        let now = s.value?;
        Some((s.title.clone(), before, now, (now - before).abs() * s.grain >= SCORE_MOVED))
    });
    let same = now.answers.iter().filter(|a| !reworded(&a.question));
    let items = same.filter_map(|a| {
        let (now, before) = (step(a)?, step(last.answer(&a.question)?)?);
        let moved = (now - before).abs() >= ITEM_MOVED;
        moved.then(|| Moved { asked: a.asked.clone(), before, now })
    });
    let changed = now.answers.iter().filter(|a| step(a).is_some() && reworded(&a.question));
    Comparison {
        last: last.at,
        days,
        early: days < EARLY_DAYS,
        scores: both.collect(),
        items: items.collect(),
        reworded: changed.map(|a| a.asked.clone()).collect(),
        courses: courses(practice, now, earlier),
    }
}

/// Was this asked of that sitting in another wording, or on another scale?
pub(super) fn is_reworded(practice: &Practice, id: &str, of: &Entry) -> bool {
    let Some((question, answer)) = practice.question(id).zip(of.answer(id)) else { return false };
    let scale = match &question.kind {
        Kind::Scale { scale, .. } => Some(*scale),
        _ => None,
    };
    !question.asked_as(&answer.asked) || scale != answer.scale
}

/// The questions that a score rests on, through other scores where it is of
/// those.
pub(super) fn items(practice: &Practice, score: &str) -> Vec<String> {
    let of = |id: &str| practice.scores.iter().find(|s| s.id == id);
    match of(score) {
        Some(score) if score.how == How::MeanOfScores => {
            let parts = score.of.iter().filter_map(|id| of(id));
            parts.filter(|s| s.how != How::MeanOfScores).flat_map(|s| s.of.clone()).collect()
        }
        Some(score) => score.of.clone(),
        None => Vec::new(),
    }
}

/// The steps of a scale; other numbers are no steps.
fn step(answer: &Answer) -> Option<f64> {
    answer.scale.and(answer.value.number())
}

fn courses(practice: &Practice, now: &Entry, earlier: &[&Entry]) -> Vec<Course> {
    if earlier.len() + 1 < TREND {
        return Vec::new();
    }
    // Oldest first.
    let all: Vec<&Entry> = earlier.iter().rev().copied().chain(std::iter::once(now)).collect();
    let course = |score: &crate::practice::Score| {
        let items = items(practice, &score.id);
        let same = |entry: &&&Entry| !items.iter().any(|id| is_reworded(practice, id, entry));
        let of = |entry: &&Entry| {
            let scored = scores(practice, &entry.answers);
            scored.into_iter().find(|s| s.id == score.id)?.value
        };
        let values: Vec<f64> = all.iter().filter(same).filter_map(of).collect();
        (values.len() >= TREND).then(|| Course { title: score.title.clone(), values })
    };
    practice.scores.iter().filter_map(course).collect()
}

fn quotes(practice: &Practice, sitting: &Entry, past: Past) -> Vec<Quote> {
    let mut quotes: Vec<Quote> = Vec::new();
    for excerpt in &practice.excerpts {
        let Some(item) = said_item(excerpt, sitting) else { continue };
        for entry in past.of(&excerpt.practice, excerpt.within) {
            let Some(Value::Text(words)) = entry.answer(&excerpt.question).map(|a| &a.value) else {
                continue;
            };
            let told = quotes.iter().any(|q| q.at == entry.at && q.words == *words);
            if all_hold(&excerpt.when, &entry.answers) && !told {
                quotes.push(Quote {
                    item: item.clone(),
                    at: entry.at,
                    practice: entry.practice.clone(),
                    words: words.clone(),
                });
                // One for each, so that no item drowns the others.
                break;
            }
        }
    }
    quotes.truncate(QUOTES);
    quotes
}

/// The first of the excerpt's items that was answered above the least: words
/// stand beside what was seen, not beside what was not.
fn said_item(excerpt: &Excerpt, sitting: &Entry) -> Option<String> {
    let seen = |a: &&Answer| a.value.number().zip(a.scale).is_some_and(|(n, s)| n > s.min as f64);
    let answers = excerpt.items.iter().filter_map(|id| sitting.answer(id));
    answers.filter(|a| seen(a)).map(|a| a.asked.clone()).next()
}

#[cfg(test)]
mod tests {
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
        practice::read("a", "a.toml".as_ref(), FILE, &[]).into_whole().unwrap()
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

    fn told(now: &Entry, earlier: &[Entry]) -> Told {
        let clock = Clock::at(now.at);
        report(&practice(), now, Some(Past { entries: earlier, clock: &clock }))
    }

    #[test]
    fn a_score_that_moved_by_three_quarters_moved_and_any_other_is_about_the_same() {
        let now = sitting("bbbbbbbbbb", "2026-11-23", 3, 2, "A?");
        let close = [sitting("aaaaaaaaaa", "2026-10-23", 2, 2, "A?")];
        let comparison = told(&now, &close).comparison.unwrap();
        assert_eq!(comparison.scores, [("S".to_owned(), 2.0, 2.5, false)]);
        assert!(comparison.items.is_empty(), "one step is not a move");
        let far = [sitting("aaaaaaaaaa", "2026-10-23", 1, 2, "A?")];
        let comparison = told(&now, &far).comparison.unwrap();
        assert_eq!(comparison.scores, [("S".to_owned(), 1.5, 2.5, true)]);
        assert_eq!(comparison.items[0].asked, "A?");
        let edge = [sitting("aaaaaaaaaa", "2026-10-23", 2, 2, "A?")];
        let now = sitting("bbbbbbbbbb", "2026-11-23", 3, 3, "A?");
        assert!(told(&now, &edge).comparison.unwrap().scores[0].3);
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
}
