use serde_json::{Value as Json, json};

use super::*;
use crate::config::{Chapter, Clock};
use crate::entry::testing;
use crate::pattern::SessionsTested;
use crate::pattern::change::Claim;
use crate::practice::{self, Fear, Form, Practices};

const FILE: &str = r#"
title = "A"
scale = { min = 0, max = 4, labels = ["never", "rarely", "sometimes", "often", "always"] }
question = [
  { id = "a", ask = "A?", kind = "scale", short = "a thing" },
  { id = "b", ask = "B?", kind = "scale" },
  { id = "last", ask = "What now?", kind = "long" },
]
score = [{ id = "s", title = "S", of = ["a", "b"], named-from = 3 }]
excerpt = [{ items = ["a"], practice = "write", question = "page", when = { mood = "low" } }]
[report]
note = "Your own."
question = "last"
ask = ["What now?", "And then?", ""]
lasting = { at-least = 3, ask = "What does that say?" }
"#;

fn practice_of(file: &str) -> Practice {
    practice::read("a", "a.toml".as_ref(), file, &[]).into_practice().unwrap()
}

fn session(day: &str, a: Json, b: i64, asked: &str) -> Entry {
    let scale = json!({ "min": 0, "max": 4 });
    let id = format!("a{}", day.replace('-', "x"));
    testing::entry(json!({
        "id": id.get(..10), "practice": "a", "at": format!("{day}T20:00:00+00:00"),
        "answers": [
            { "question": "a", "asked": asked, "scale": scale, "value": a },
            { "question": "b", "asked": "B?", "scale": scale, "value": b },
        ]
    }))
}

fn page(day: &str, mood: &str, words: &str) -> Entry {
    testing::entry(json!({
        "practice": "write", "at": format!("{day}T12:00:00+00:00"), "answers": [
            { "question": "mood", "asked": "?", "value": mood },
            { "question": "page", "asked": "What is it?", "value": words },
        ]
    }))
}

fn told_of(practice: &Practice, now: &Entry, earlier: &[Entry]) -> SessionReport {
    let clock = Clock::at(now.at);
    report(practice, now, Some(EarlierEntries { entries: earlier, clock: &clock }))
}

fn told(now: &Entry, earlier: &[Entry]) -> SessionReport {
    told_of(&practice_of(FILE), now, earlier)
}

fn against(now: &Entry, earlier: &[Entry]) -> Comparison {
    match told(now, earlier).earlier {
        EarlierSessions::Last(comparison) => comparison,
        EarlierSessions::Unread | EarlierSessions::None => {
            panic!("it has earlier ones")
        }
    }
}

fn on(day: &str, a: i64) -> Entry {
    session(day, json!(a), 2, "A?")
}

#[test]
fn two_sessions_tell_a_change_only_by_what_their_file_gives() {
    let now = session("2026-11-23", json!(4), 4, "A?");
    let last = [session("2026-10-23", json!(1), 3, "A?")];
    let claims = |norms: &str| {
        let file = FILE.replace("title = \"S\"", &format!("title = \"S\"{norms}"));
        match told_of(&practice_of(&file), &now, &last).earlier {
            EarlierSessions::Last(comparison) => comparison.claims,
            EarlierSessions::Unread | EarlierSessions::None => panic!(),
        }
    };
    assert_eq!(claims(""), []);
    let [claim] = &claims(", sd = 0.8, reliability = 0.9, source = \"A study\"")[..] else {
        panic!("the norms tell");
    };
    assert_eq!(
        (claim.claim, claim.then.mean, claim.now.mean),
        (Claim::Higher, Some(2.0), Some(4.0))
    );
    assert_eq!((claim.then.answers, claim.now.answers), (2, 2));
    assert_eq!(claims(", sd = 0.8, reliability = 0.1, source = \"A study\""), [], "too coarse");
}

#[test]
fn norms_tell_nothing_of_a_session_that_was_answered_in_part() {
    let norms = "title = \"S\", least = 0.5, sd = 0.8, reliability = 0.9, source = \"A study\"";
    let practice = practice_of(&FILE.replace("title = \"S\"", norms));
    let whole = |day, value: i64| session(day, json!(value), value, "A?");
    let part = |day, value| {
        let mut entry = whole(day, value);
        entry.answers.truncate(1);
        entry
    };
    let claims = |now: Entry, last: Entry| match told_of(&practice, &now, &[last]).earlier {
        EarlierSessions::Last(comparison) => comparison.claims.len(),
        EarlierSessions::Unread | EarlierSessions::None => panic!(),
    };
    let (then, now) = ("2026-10-23", "2026-11-23");
    assert_eq!(claims(whole(now, 4), whole(then, 1)), 1);
    assert_eq!(claims(part(now, 4), whole(then, 1)), 0);
    assert_eq!(claims(whole(now, 4), part(then, 1)), 0);
}

#[test]
fn twelve_sessions_tell_the_latest_six_from_the_six_before() {
    let low = ["2025-12", "2026-01", "2026-02", "2026-03", "2026-04", "2026-05"];
    let high = ["2026-06", "2026-07", "2026-08", "2026-09", "2026-10", "2026-11"];
    let of = |months: &[&str], value: i64| -> Vec<Entry> {
        months.iter().map(|month| on(&format!("{month}-10"), value)).collect()
    };
    let mut all = [of(&low, 0), of(&high, 4)].concat();
    all.reverse();
    let Comparison { claims, sessions, .. } = against(&all[0], &all[1..]);
    assert_eq!((claims.len(), sessions), (1, SessionsTested::Sixes));
    assert_eq!(
        (claims[0].claim, claims[0].then.mean, claims[0].now.mean),
        (Claim::Higher, Some(1.0), Some(3.0))
    );
    assert_eq!((claims[0].then.answers, claims[0].now.answers), (12, 12));
    assert_eq!(claims[0].then.span.from.to_string(), "2025-12-10");
    assert_eq!(claims[0].then.span.to.to_string(), "2026-05-10");
    let eleven = against(&all[0], &all[1..11]);
    assert_eq!((eleven.claims, eleven.sessions), (Vec::new(), SessionsTested::TooFew(11)));
    let mut same = [of(&low, 2), of(&high, 2)].concat();
    same.reverse();
    let same = against(&same[0], &same[1..]);
    assert_eq!(same.claims, [], "what doesn't differ is no change");
    assert_eq!(same.sessions, SessionsTested::Sixes);
}

#[test]
fn sessions_that_were_not_tested_are_not_said_to_be_alike() {
    let on = |month: u32| on(&format!("2026-{month:02}-10"), if month > 6 { 4 } else { 0 });
    let all: Vec<Entry> = (1..=12).rev().map(on).collect();
    let told =
        |practice: &Practice, all: &[Entry]| match told_of(practice, &all[0], &all[1..]).earlier {
            EarlierSessions::Last(of) => (of.claims.len(), of.sessions),
            EarlierSessions::Unread | EarlierSessions::None => panic!("it has earlier ones"),
        };
    let few = |sessions: usize| (0, SessionsTested::TooFew(sessions));
    let in_file = |old: &str, new: &str| practice_of(&FILE.replacen(old, new, 1));
    let afraid = "title = \"A\"\nafraid = [{ a = { at-least = 4 } }]";
    assert_eq!(told(&in_file("title = \"A\"", afraid), &all), few(2), "no mean of fear");
    let norms = "title = \"S\", sd = 1.5, reliability = 0.4, source = \"A study\"";
    assert_eq!(told(&in_file("title = \"S\"", norms), &all), few(2), "only two were compared");
    let mut in_part = all.clone();
    in_part[3].answers.truncate(1);
    let practice = practice_of(FILE);
    assert_eq!(told(&practice, &in_part), few(11), "one has no score");
    assert_eq!(told(&practice, &all), (1, SessionsTested::Sixes));
    // Of what another score alone can tell, nothing is said of all answers.
    let other = ", named-from = 3 }, { id = \"t\", title = \"T\", of = [\"b\"]";
    let two = in_file(", named-from = 3", other);
    for entry in &mut in_part {
        entry.answers.iter_mut().for_each(|it| it.value = crate::entry::Value::Number(2.into()));
    }
    in_part[3].answers.swap_remove(0);
    assert_eq!(told(&two, &in_part), few(11));
}

#[test]
fn items_half_of_their_range_apart_are_listed_what_differs_most_first() {
    let now = session("2026-11-23", json!(3), 4, "A?");
    let items = |a: Json, b| {
        let comparison = against(&now, &[session("2026-10-23", a, b, "A?")]);
        assert_eq!(comparison.steps, Some(2));
        let items = comparison.items.iter();
        items.map(|pair| (pair.now.name.clone(), pair.then)).collect::<Vec<_>>()
    };
    assert_eq!(items(json!(1), 1), [("B?".to_owned(), 1), ("a thing".to_owned(), 1)]);
    assert_eq!(items(json!(2), 3), []);
    assert_eq!(items(json!(null), 3), [], "“can't say” is no step");
}

#[test]
fn where_the_wording_changed_nothing_is_compared() {
    let now = on("2026-11-23", 4);
    let last = [session("2026-10-23", json!(0), 2, "A, put otherwise?"), on("2026-09-23", 0)];
    let comparison = against(&now, &last);
    assert_eq!((&comparison.reworded[..], comparison.compared), (&["a thing".to_owned()][..], 1));
    assert!(comparison.items.is_empty());
}

#[test]
fn a_retake_within_two_weeks_is_early() {
    let last = [on("2026-11-10", 2)];
    let early = |day| against(&on(day, 2), &last).early;
    assert!(early("2026-11-23"));
    assert!(!early("2026-11-24"));
}

#[test]
fn single_answers_that_a_mean_would_hide_are_named_the_highest_first() {
    let of = |a: Json, b| -> Vec<String> {
        let report = told(&session("2026-11-23", a, b, "A?"), &[]);
        report.scores[0].named.iter().map(|item| item.name.clone()).collect()
    };
    assert_eq!(of(json!(3), 4), ["B?", "a thing"]);
    assert_eq!(of(json!(2), 3), ["B?"]);
    assert_eq!(told(&on("2026-11-23", 1), &[]).scores[0].named_from.as_deref(), Some("often"));
}

#[test]
fn words_stand_beside_what_was_seen_and_only_those_that_speak_to_it() {
    let words = [page("2026-11-20", "fine", "no"), page("2026-11-10", "low", "I went quiet.")];
    let quotes = told(&on("2026-11-23", 3), &words).quotes;
    assert_eq!(quotes.len(), 1);
    assert_eq!(quotes[0].said, [("What is it?".to_owned(), "I went quiet.".to_owned())]);
    assert!(told(&on("2026-11-23", 0), &words).quotes.is_empty());
}

#[test]
fn questions_take_turns_and_what_lasted_is_asked_about_in_their_place() {
    let days = ["2026-11-23", "2026-10-23", "2026-09-23", "2026-08-23"];
    let asked = |values: &[i64]| {
        let all: Vec<Entry> = days.iter().zip(values).map(|(day, value)| on(day, *value)).collect();
        let question = told(&all[0], &all[1..]).question?;
        Some((question.question.ask, question.about.map(|(row, ask)| (row.times, ask))))
    };
    assert_eq!(asked(&[2]), Some(("What now?".to_owned(), None)));
    assert_eq!(asked(&[2, 2]), Some(("And then?".to_owned(), None)));
    assert_eq!(asked(&[2, 2, 2]), None, "an empty turn asks nothing");
    let about = |times| Some((times, "What does that say?".to_owned()));
    assert_eq!(asked(&[3, 4, 3]).unwrap().1, about(3));
    assert_eq!(asked(&[3, 4, 3, 4]).unwrap().1, about(4));
}

#[test]
fn locked_the_session_alone_is_told() {
    let told = report(&practice_of(FILE), &on("2026-11-23", 3), None);
    assert!(matches!(told.earlier, EarlierSessions::Unread));
    assert!(told.quotes.is_empty() && told.lasting.is_empty());
    assert!(told.question.is_some());
}

#[test]
fn a_session_without_a_number_tells_nothing() {
    let mut now = on("2026-11-23", 3);
    now.answers.clear();
    assert!(told(&now, &[on("2026-10-23", 3)]).is_empty());
    // And a later one is not compared with it.
    assert!(matches!(told(&on("2026-12-23", 3), &[now]).earlier, EarlierSessions::None));
}

#[test]
fn answers_of_one_chapter_are_never_set_beside_those_of_the_other() {
    let practices = Practices::built_in();
    let assess = practices.practice("assess").unwrap();
    let form = |chapter| assess.clone().adapted_to(Form { fear: Fear::None, chapter });
    let (together, apart) = (form(Chapter::Together), form(Chapter::Apart));
    let of = |practice: &Practice, day: &str, step: i64| {
        let scales = practice.questions.iter();
        let scales = scales.filter(|q| matches!(q.kind, QuestionKind::Scale { .. }));
        let answers = scales.map(|q| {
            json!({ "question": q.id, "asked": q.ask, "value": step,
                    "scale": { "min": 0, "max": 4 } })
        });
        let id = format!("e{}", day.replace('-', "x"));
        testing::entry(json!({ "id": id.get(..10), "practice": "assess",
            "at": format!("{day}T20:00:00+00:00"), "answers": answers.collect::<Vec<_>>() }))
    };
    let last = of(&together, "2026-10-23", 4);
    let now = of(&apart, "2026-11-23", 4);
    assert_eq!(assess.chapter_of(&last, Chapter::Apart), Chapter::Together);
    assert_eq!(assess.chapter_of(&now, Chapter::Together), Chapter::Apart);
    let report = told_of(&apart, &now, &[last.clone(), of(&together, "2026-09-23", 4)]);
    assert!(report.lasting.is_empty(), "three of two chapters are no row");
    let EarlierSessions::Last(comparison) = report.earlier else { panic!("it has earlier ones") };
    assert_eq!((comparison.compared, comparison.items.len()), (0, 0));
    assert_eq!(comparison.sessions, SessionsTested::TooFew(1));
    let reworded =
        ["safe to open up", "self-doubt, or pain", "changed things out of caution", "felt afraid"];
    assert_eq!(comparison.reworded, reworded);
    let titles: Vec<&str> = report.scores.iter().map(|line| line.scored.title.as_str()).collect();
    assert_eq!(titles, ["Stepping back", "Trust, people and room", "What still hurts"]);
    let EarlierSessions::Last(same) = told_of(&apart, &now, &[of(&apart, "2026-10-23", 0)]).earlier
    else {
        panic!("it has earlier ones")
    };
    let differing = same.items.len() + same.hard.len();
    assert_eq!((differing, same.reworded.len()), (17, 0));
    assert_eq!(same.sessions, SessionsTested::TooFew(2));
}

#[test]
fn while_care_is_on_fear_is_told_before_whatever_else_hurt() {
    let practices = Practices::built_in();
    let assess = practices.practice("assess").unwrap();
    let form = Form { fear: Fear::Known, ..Form::USUAL };
    let assess = assess.clone().adapted_to(form).with_partner_name(None);
    let items = ["tension", "refused", "unmet", "ignored", "doubt-pain", "changed", "fear"];
    let session = |day: &str, fear: i64, rest: i64| {
        let step = |id: &str| if id == "fear" || id == "changed" { fear } else { rest };
        let answer = |id: &&str| {
            let question = assess.question(id).unwrap();
            serde_json::to_value(question.answer_with(Value::Number(step(id).into()))).unwrap()
        };
        let answers: Vec<Json> = items.iter().map(answer).collect();
        testing::entry(json!({ "id": format!("aaaaaaaa{}", &day[5..7]), "practice": "assess",
            "at": format!("{day}T20:00:00+00:00"), "answers": answers }))
    };
    let now = session("2026-11-23", 3, 4);
    let earlier = ["2026-10-23", "2026-09-23"].map(|day| session(day, 3, 4));
    let lasting = told_of(&assess, &now, &earlier).lasting;
    let first: Vec<&str> = lasting.iter().take(2).map(|row| row.question.as_str()).collect();
    assert_eq!(first, ["changed", "fear"]);
    // What differs has only so many rows.
    let other = [session("2026-10-23", 1, 0)];
    let EarlierSessions::Last(of) = told_of(&assess, &now, &other).earlier else { panic!() };
    let names: Vec<&str> = of.hard.iter().map(|pair| pair.now.name.as_str()).collect();
    assert_eq!(
        names[..3],
        ["changed things to avoid anger", "felt afraid", "wouldn't talk about it"]
    );
    // By themselves: what else differs stands below them.
    let others: Vec<&str> = of.items.iter().map(|pair| pair.now.name.as_str()).collect();
    assert_eq!(others, ["the same tension again"]);
}
