//! What lasts, and what doesn't.

use serde_json::{Value as Json, json};

use super::*;
use crate::entry::testing;
use crate::practice::Practices;

/// Entries with one answer each, newest first; `null` is a question that was skipped.
fn entries(practice: &str, question: &str, asked: &str, values: &[Json]) -> Vec<Entry> {
    let entry = |value: &Json| {
        let value = if value == "cant-say" { &Json::Null } else { value };
        let answer = json!({ "question": question, "asked": asked, "value": value });
        let answers = if value == "skipped" { json!([]) } else { json!([answer]) };
        testing::entry(json!({ "practice": practice, "answers": answers }))
    };
    values.iter().map(entry).collect()
}

fn told(practice: &str, question: &str, values: Json) -> Vec<(LastingMark, usize, bool)> {
    let entries = entries(practice, question, "?", values.as_array().unwrap());
    let rows = lasting(entries.iter(), None).into_iter();
    rows.map(|row| (row.mark, row.times, row.harm)).collect()
}

#[test]
fn three_in_one_row_last_and_two_do_not() {
    let received = |values| told("feel", "received", values);
    let ignored = |times| vec![(LastingMark::Chosen(LastingChoice::Ignored), times, true)];
    assert_eq!(received(json!(["ignored", "ignored", "ignored"])), ignored(3));
    assert_eq!(received(json!(["ignored", "ignored", "heard", "ignored"])), []);
    // The newest answer decides which row it is.
    assert_eq!(received(json!(["heard", "ignored", "ignored", "ignored"])), []);
    let mixed = received(json!(["not", "ignored", "ignored"]));
    assert_eq!(mixed, [(LastingMark::Unheard, 3, true)]);
    // The more exact one is told, even where the other is longer.
    assert_eq!(received(json!(["ignored", "ignored", "ignored", "not"])), ignored(3));
    let heard = received(json!(["heard", "heard", "heard", "heard"]));
    assert_eq!(heard, [(LastingMark::Chosen(LastingChoice::Heard), 4, false)]);
    assert_eq!(received(json!(["partly", "partly", "partly"])), []);
}

#[test]
fn skipping_and_not_knowing_neither_count_nor_break_a_row() {
    let received = |values| told("feel", "received", values);
    let row = received(json!(["skipped", "ignored", "cant-say", "ignored", "ignored"]));
    assert_eq!(row, [(LastingMark::Chosen(LastingChoice::Ignored), 3, true)]);
    assert_eq!(received(json!(["ignored", "skipped", "ignored"])), []);
}

#[test]
fn a_need_lasts_however_it_is_written_and_none_is_no_need() {
    let unmet = |values| told("needs", "unmet", values);
    let rows = unmet(json!([["To be heard.", "rest"], ["rest", "to be heard"], "to be heard"]));
    assert_eq!(rows, [(LastingMark::Unmet("To be heard".into()), 3, true)]);
    assert_eq!(unmet(json!([["none"], ["none"], "None"])), []);
    let met = told("needs", "met", json!([["rest"], ["rest"], ["rest"]]));
    assert_eq!(met, [(LastingMark::Met("rest".into()), 3, false)]);
    let respected = told("needs", "respected", json!(["no", "no", "no"]));
    assert_eq!(respected, [(LastingMark::Chosen(LastingChoice::NotRespected), 3, true)]);
}

#[test]
fn a_need_that_was_met_in_between_did_not_stay_unmet() {
    let of = |marks: &[&str]| {
        let entry = |mark: &&str| {
            let answer = json!({ "question": mark, "asked": "?", "value": ["Rest."] });
            testing::entry(json!({ "practice": "needs", "answers": [answer] }))
        };
        let entries: Vec<Entry> = marks.iter().map(entry).collect();
        let rows = lasting(entries.iter(), None).into_iter();
        rows.map(|row| (row.mark, row.times)).collect::<Vec<_>>()
    };
    assert_eq!(of(&["unmet", "unmet", "met", "unmet"]), []);
    assert_eq!(of(&["met", "unmet", "unmet", "unmet"]), []);
    assert_eq!(of(&["unmet", "unmet", "unmet", "met"]), [(LastingMark::Unmet("Rest".into()), 3)]);
    assert_eq!(of(&["met", "met", "met", "unmet"]), [(LastingMark::Met("Rest".into()), 3)]);
    // What is not named at all breaks nothing.
    let row = of(&["unmet", "respected", "unmet", "unmet"]);
    assert_eq!(row, [(LastingMark::Unmet("Rest".into()), 3)]);
}

#[test]
fn an_option_that_lasts_has_in_json_the_word_that_sentences_have() {
    let json = |choice| serde_json::to_value(LastingMark::Chosen(choice)).unwrap();
    for (choice, word) in [
        (LastingChoice::Heard, "heard"),
        (LastingChoice::Ignored, "ignored"),
        (LastingChoice::Respected, "respected"),
        (LastingChoice::NotRespected, "not respected"),
    ] {
        assert_eq!(json(choice), json!({ "chosen": word }));
    }
}

#[test]
fn items_last_when_often_and_those_of_healing_when_rare() {
    let practices = Practices::built_in();
    let assess = practices.practice("assess").unwrap();
    let of = |id: &str, values: Json| {
        let asked = &assess.question(id).unwrap().ask;
        let entries = entries("assess", id, asked, values.as_array().unwrap());
        let rows = lasting(entries.iter(), Some(assess)).into_iter();
        rows.map(|row| (row.mark, row.harm, row.item.unwrap().of_partner)).collect::<Vec<_>>()
    };
    assert_eq!(of("ignored", json!([3, 4, 3])), [(LastingMark::OftenOrMore, true, false)]);
    assert_eq!(of("ignored", json!([0, 0, 0])), []);
    assert_eq!(of("safe-space", json!([0, 1, 0])), [(LastingMark::RarelyOrLess, true, false)]);
    assert_eq!(of("willing-partner", json!([4, 3, 4])), [(LastingMark::OftenOrMore, false, true)]);
    let other = entries("assess", "ignored", "Worded otherwise.", &[json!(4), json!(4), json!(4)]);
    assert_eq!(lasting(other.iter(), Some(assess)), []);
}
