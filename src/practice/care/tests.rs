use serde_json::{Value as Json, json};

use super::*;
use crate::entry::testing;

/// An entry with one answer, about one day and written on another.
fn entry(practice: &str, question: &str, value: Json, days: [u32; 2]) -> Entry {
    let [at, written] = days.map(|day| format!("2026-11-{day:02}T21:00:00+00:00"));
    let answers = json!([{ "question": question, "asked": "?", "value": value }]);
    testing::entry(json!({ "practice": practice, "at": at, "written": written,
                           "answers": answers }))
}

fn record(entries: &[Entry]) -> CareRecord {
    let practices = Practices::built_in();
    let now = "2026-11-27T00:00:00+00:00".parse().unwrap();
    practices.care_of(entries, now)
}

fn day(record: &CareRecord) -> Option<String> {
    record.since().map(|at| at.format("%-d").to_string())
}

const YES: (&str, &str) = ("assess", "frightened");

fn yes(days: [u32; 2]) -> Entry {
    entry(YES.0, YES.1, json!(true), days)
}

fn lift(practice: &str, days: [u32; 2]) -> Entry {
    entry(practice, HOLD_BACK, json!(false), days)
}

#[test]
fn care_lasts_from_the_first_answer_until_it_is_lifted_and_starts_over() {
    assert_eq!(day(&record(&[])), None);
    assert_eq!(day(&record(&[yes([3, 3]), yes([5, 5])])), Some("3".into()));
    assert_eq!(
        record(&[yes([3, 3]), yes([5, 5])]).latest().unwrap().format("%-d").to_string(),
        "5"
    );
    assert_eq!(day(&record(&[yes([3, 3]), lift("write", [4, 4])])), None, "in any practice");
    // In whichever order they are read.
    assert_eq!(day(&record(&[lift("pause", [4, 4]), yes([5, 5]), yes([3, 3])])), Some("5".into()));
    let kept_back = entry("reflect", HOLD_BACK, json!(true), [4, 4]);
    assert_eq!(day(&record(&[yes([3, 3]), kept_back])), Some("3".into()), "yes keeps it");
}

#[test]
fn neither_an_edit_nor_a_date_takes_care_away() {
    // Written after the lift, of an evening before it.
    assert_eq!(day(&record(&[lift("write", [4, 4]), yes([2, 6])])), Some("6".into()));
    // The entry that lifted it was edited after a new answer.
    assert_eq!(day(&record(&[yes([5, 5]), lift("write", [4, 8])])), Some("5".into()));
    // A lift dated ahead doesn't lift what comes.
    assert_eq!(day(&record(&[lift("write", [28, 4]), yes([5, 5])])), Some("5".into()));
    // Nor does one that was kept by a clock ahead, before that day has come.
    assert_eq!(day(&record(&[yes([3, 3]), lift("write", [28, 28])])), Some("3".into()));
    // At one moment, and so in two heads of one entry, whoever is afraid counts.
    assert_eq!(day(&record(&[lift("write", [4, 4]), yes([4, 4])])), Some("4".into()));
}

#[test]
fn whoever_answers_yes_and_then_lifts_care_in_one_session_has_lifted_it() {
    let mut both = yes([3, 3]);
    both.answers.extend(lift("assess", [3, 3]).answers.iter().cloned());
    assert_eq!(day(&record(&[yes([1, 1]), both])), None);
}

#[test]
fn what_cannot_be_read_might_say_so() {
    assert_eq!(record(&[]).fear(true), Fear::None);
    assert_eq!(record(&[]).fear(false), Fear::Unknown);
    assert_eq!(record(&[yes([1, 1]), lift("write", [2, 2])]).fear(false), Fear::Unknown);
    assert_eq!(record(&[yes([1, 1])]).fear(false), Fear::Known);
}

#[test]
fn what_is_said_first_is_about_what_was_told() {
    let practices = Practices::built_in();
    let answers = |all: &[(&str, i64)]| -> Vec<Answer> {
        let one =
            |(id, step): &(&str, i64)| entry("assess", id, json!(step), [3, 3]).answers[0].clone();
        all.iter().map(one).collect()
    };
    let frightened = "Being frightened is not your fault.";
    let of = |all: &[(&str, i64)]| practices.comfort("assess", &answers(all)).to_owned();
    assert_eq!(of(&[("changed", 3)]), "What someone else does is not your fault.");
    assert_eq!(of(&[("fear", 2)]), frightened);
    assert_eq!(of(&[("changed", 3), ("fear", 2)]), frightened);
    assert_eq!(of(&[("changed", 3), ("fear", 1)]), "What someone else does is not your fault.");
    let assess = practices.practice("assess").unwrap();
    assert!(assess.can_tell_fear("fear") && assess.can_tell_fear("frightened"));
    assert!(!assess.can_tell_fear("refused"));
}

#[test]
fn not_safe_or_not_now_points_to_the_page_and_turns_nothing_on() {
    let mut ambiguous = entry("reflect", "disagreement", json!("not-safe"), [3, 3]);
    assert!(day(&record(std::slice::from_ref(&ambiguous))).is_some());
    // As an earlier wording of the option had it.
    ambiguous.answers[0].labels = [("not-safe".to_owned(), NOT_SAFE.to_owned())].into();
    assert_eq!(day(&record(std::slice::from_ref(&ambiguous))), None);
    let practices = Practices::built_in();
    let reflect = practices.practice("reflect").unwrap();
    let pointer = reflect.safety_pointer(&ambiguous.answers);
    assert_eq!(pointer, Some(SafetyPointer::NotSafe));
    let words = entry("write", "page", json!("It isn't safe here and I am afraid"), [3, 3]);
    assert_eq!(reflect.safety_pointer(&words.answers), None, "words are never scanned");
    assert_eq!(day(&record(&[words])), None);
}
