use serde_json::{Value as Json, json};

use super::*;
use crate::config::Clock;
use crate::entry::testing;
use crate::practice::Practices;

fn guide() -> Practice {
    let all = Practices::built_in();
    all.practice("guide").unwrap().clone()
}

/// An entry of the guide, of this id and day.
fn entry(id: &str, day: &str, about: Option<&str>, answers: &[(&str, Json)]) -> Entry {
    let answer =
        |(id, value): &(&str, Json)| json!({ "question": id, "asked": "?", "value": value });
    let answers: Vec<Json> = answers.iter().map(answer).collect();
    let at = format!("{day}T20:00:00+00:00");
    let mut fields = json!({ "id": id, "practice": "guide", "at": at, "answers": answers });
    if let Some(about) = about {
        fields["about"] = json!(about);
    }
    testing::entry(fields)
}

const FIRST: &str = "k3v9q2m8ab";
const SECOND: &str = "k3v9q2m8ac";

fn next_step(entries: &[Entry]) -> Option<String> {
    let clock = Clock::at("2027-03-01T22:00:00+00:00".parse().unwrap());
    let past = EarlierEntries { entries, clock: &clock };
    let page = past.compose_page(&guide()).unwrap();
    let step = page.answers.iter().find(|answer| answer.question == "page-next-step");
    step.map(Answer::text)
}

#[test]
fn a_next_step_that_was_told_later_stays_until_a_session_has_its_own() {
    let step = |words: &str| [("next-step", json!(words)), ("stand-with", json!("Ines"))];
    let first = entry(FIRST, "2026-11-28", None, &step("Ring Ines"));
    let asking = entry("k3v9q2m8ad", "2027-03-01", Some(FIRST), &[("next", json!("ask Jo"))]);
    let without = entry(SECOND, "2027-03-01", None, &[("stand-with", json!("Jo"))]);
    let with = entry(SECOND, "2027-03-01", None, &step("Sleep"));
    assert_eq!(next_step(&[without.clone(), asking.clone(), first.clone()]).unwrap(), "ask Jo");
    assert_eq!(next_step(&[with, asking, first.clone()]).unwrap(), "Sleep");
    assert_eq!(next_step(&[without, first]), None, "that step was of another month");
}

#[test]
fn a_next_step_that_is_over_leaves_the_page_and_one_that_is_not_stays() {
    let step = [("next-step", json!("Ring Ines")), ("stand-with", json!("Ines"))];
    let first = entry(FIRST, "2026-11-28", None, &step);
    let asked = |id: &str, answers: &[(&str, Json)]| entry(id, "2027-03-01", Some(FIRST), answers);
    for (became, stays) in [
        ("did", false),
        ("other", false),
        ("unfit", false),
        ("not-safe", false),
        ("part", true),
        ("not-yet", true),
    ] {
        let asking = asked("k3v9q2m8ad", &[("became", json!(became))]);
        let shown = next_step(&[asking, first.clone()]);
        assert_eq!(shown, stays.then(|| "Ring Ines".to_owned()), "{became}");
    }
    let next = [("became", json!("did")), ("next", json!("ask Jo"))];
    let entries = [
        asked("k3v9q2m8ae", &[("became", json!("not-yet"))]),
        asked("k3v9q2m8ad", &next),
        first.clone(),
    ];
    assert_eq!(next_step(&entries).unwrap(), "ask Jo", "what was said before that holds");
    assert_eq!(next_step(&[asked("k3v9q2m8ad", &next), first]).unwrap(), "ask Jo");
}

#[test]
fn what_is_older_than_the_rest_of_a_page_has_its_day_wherever_it_is_shown() {
    let choice = [("choice", json!("rest")), ("next-step", json!("Ring Ines"))];
    let first = entry(FIRST, "2026-11-28", None, &choice);
    let needs = entry(SECOND, "2026-11-20", None, &[("needs", json!(["rest"]))]);
    let next = [("became", json!("did")), ("next", json!("ask Jo"))];
    let asking = entry("k3v9q2m8ad", "2027-03-01", Some(FIRST), &next);
    let clock = Clock::at("2027-03-01T22:00:00+00:00".parse().unwrap());
    let asked = |entries: &[Entry]| -> Vec<String> {
        let page = EarlierEntries { entries, clock: &clock }.compose_page(&guide()).unwrap();
        page.answers.iter().map(|a| a.asked.clone()).collect()
    };
    let now = asked(&[asking, first.clone(), needs.clone()]);
    let wanted = [
        "What I need, from 20 November 2026",
        "My choice for the next month, from 28 November 2026",
        "The next step",
        "In my own words",
    ];
    assert_eq!(now, wanted);
    let then = asked(&[first, needs]);
    let wanted = ["What I need", "My choice for the next month", "The next step"];
    assert_eq!(then[..3], wanted, "of one walk through the parts");
    let layout = guide().page.unwrap();
    let known = |heading: &str| {
        let found = layout.questions.iter().find(|question| question.asked_as(heading));
        found.map(|question| question.id.clone()).unwrap_or_default()
    };
    assert_eq!(known(&now[0]), "page-needs");
    assert_eq!(known("What I need, from 20 November 2026: mostly not met"), "page-needs-unmet");
    assert_eq!(known("What I need, from 20 November 2026: also"), "page-needs");
    assert_eq!(known(&now[1]), "page-choice");
}

#[test]
fn what_a_newer_session_skipped_stays_on_the_page_with_its_day() {
    let boundary = [("sentence", json!("I go to bed.")), ("needs", json!(["rest"]))];
    let before = entry(FIRST, "2026-11-28", None, &boundary);
    let needs = entry(SECOND, "2027-03-01", None, &[("needs", json!(["touch"]))]);
    let last = entry("k3v9q2m8ad", "2026-11-28", None, &[("choice", json!("rest"))]);
    let clock = Clock::at("2027-03-01T22:00:00+00:00".parse().unwrap());
    let entries = [needs, last, before];
    let past = EarlierEntries { entries: &entries, clock: &clock };
    let page = past.compose_page(&guide()).unwrap();
    let lines: Vec<_> = page.answers.iter().map(|a| (a.asked.clone(), a.text())).collect();
    let wanted = [
        ("What I need", "touch"),
        ("My boundary, from 28 November 2026", "I go to bed."),
        ("My choice for the next month, from 28 November 2026", "rest"),
        ("In my own words", "28 November 2026 to 1 March 2027"),
    ];
    assert_eq!(lines, wanted.map(|(asked, text)| (asked.to_owned(), text.to_owned())));
    let then = entry("k3v9q2m8ae", "2026-11-29", Some(FIRST), &[]);
    let repeated = past.repeated_parts(&guide(), &then);
    assert!(repeated.iter().any(|part| part.heading == "My boundary"));
}

#[test]
fn a_page_names_the_days_of_all_its_words() {
    let first = entry(FIRST, "2026-11-28", None, &[("next-step", json!("Ring Ines"))]);
    let next = [("became", json!("did")), ("next", json!("ask Jo"))];
    let asking = entry("k3v9q2m8ad", "2027-03-01", Some(FIRST), &next);
    let clock = Clock::at("2027-03-01T22:00:00+00:00".parse().unwrap());
    let entries = [asking, first];
    let page = EarlierEntries { entries: &entries, clock: &clock }.compose_page(&guide());
    let span = page.unwrap().answers.pop().unwrap().text();
    assert_eq!(span, "28 November 2026 to 1 March 2027");
}

#[test]
fn a_page_says_which_of_its_words_the_earlier_one_had() {
    let needs = entry(FIRST, "2026-11-20", None, &[("needs", json!(["rest"]))]);
    let last = entry(SECOND, "2027-03-01", None, &[("choice", json!("rest"))]);
    let span = [("page-span", json!("28 November 2026"))];
    let page = entry("k3v9q2m8ae", "2026-11-28", Some(FIRST), &span);
    let entries = [last, page, needs];
    let clock = Clock::at("2027-03-01T22:00:00+00:00".parse().unwrap());
    let past = EarlierEntries { entries: &entries, clock: &clock };
    let repeated = past.repeated_parts(&guide(), &entries[1]);
    let repeated: Vec<_> = repeated.iter().map(|it| (&*it.heading, &*it.day)).collect();
    let of = "20 November 2026";
    assert_eq!(repeated, [("What I need", of)]);
    let now = entry("k3v9q2m8af", "2027-03-01", Some(SECOND), &span);
    assert_eq!(past.page_before(&guide(), &now).unwrap().id, entries[1].id);
    assert!(past.page_before(&guide(), &entries[1]).is_none(), "it is not beside itself");
}

#[test]
fn a_page_differs_once_an_answer_was_changed_unless_it_was_changed_itself() {
    let clock = Clock::at("2026-11-28T22:00:00+00:00".parse().unwrap());
    let compose = |step: &str| {
        let entries = [entry(FIRST, "2026-11-28", None, &[("next-step", json!(step))])];
        EarlierEntries { entries: &entries, clock: &clock }.compose_page(&guide()).unwrap()
    };
    let composed = compose("Ring Ines");
    let mut kept = entry(SECOND, "2026-11-28", Some(FIRST), &[]);
    kept.answers.clone_from(&composed.answers);
    assert!(!composed.differs_from(&kept));
    assert!(compose("Ring Jo").differs_from(&kept));
    kept.replaces.push(kept.revision.clone());
    assert!(!compose("Ring Jo").differs_from(&kept), "its writer had the last word");
}
