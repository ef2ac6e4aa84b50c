//! The picture, at the width that it is drawn for.

use serde_json::json;
use textwrap::core::display_width;

use super::*;
use crate::entry::{Value, testing};
use crate::pattern::{SessionsTested, report};
use crate::practice::{EarlierEntries, Fear, Form, Practices, Question};

fn screens(partner: Option<&str>, width: usize) -> [String; 2] {
    let practices = Practices::built_in();
    let assess = practices.practice("assess").unwrap();
    let assess = assess.clone().adapted_to(crate::practice::Form::USUAL);
    let answer = |question: &crate::practice::Question| {
        let value = question.accept(&json!(4)).ok()??;
        Some(serde_json::to_value(question.answer_with(value)).unwrap())
    };
    let is_scale = |id: &str| id != "note" && id != "question" && id != "frightened";
    let items = assess.questions.iter().filter(|question| is_scale(&question.id));
    let answers: Vec<_> = items.filter_map(answer).collect();
    let session = testing::entry(json!({ "practice": "assess", "answers": answers,
        "at": "2026-11-28T21:00:00Z" }));
    let assess = assess.with_partner_name(partner);
    let clock = Clock::at("2026-11-28T21:00:00Z".parse().unwrap());
    let report = report(&assess, &session, Some(EarlierEntries { entries: &[], clock: &clock }));
    let page = &TextPage { width, colour: false };
    report_screens(
        &report,
        ReportLayout { clock: &clock, page, partner, is_linear: false, unread: "" },
    )
}

#[test]
fn a_quote_that_is_cut_ends_as_one_and_only_once() {
    assert_eq!(close("What happened? “I left…"), "What happened? “I left…”");
    assert_eq!(close("What happened? “I left.”…"), "What happened? “I left.”…");
    assert_eq!(close("What happened? “I left.”"), "What happened? “I left.”");
}

#[test]
fn whatever_the_partner_is_called_every_row_fits() {
    for partner in [None, Some("Sam"), Some("Maximiliane-Alexandra")] {
        for width in [79, 80] {
            let screens = screens(partner, width);
            for line in screens.iter().flat_map(|screen| screen.lines()) {
                assert!(display_width(line) <= width, "{partner:?}, {width}: {line}");
            }
            let heads = screens[0].lines().filter(|line| line.ends_with(", as you saw it"));
            assert_eq!(heads.count(), 1, "{}", screens[0]);
        }
    }
    let [first, _] = screens(None, 80);
    assert!(first.contains("  drew back when it got serious  ●●●● almost always ●●●●"), "{first}");
}

/// What a session in care says beside one of the month before: every item at 0 but these.
fn in_care(changes: &[(&str, i64)]) -> String {
    in_care_beside(changes, changes)
}

/// The same, where every item was at 0 then.
fn in_care_since_then(changes: &[(&str, i64)]) -> String {
    in_care_beside(&[], changes)
}

fn in_care_beside(then: &[(&str, i64)], now: &[(&str, i64)]) -> String {
    let days = ["2026-10-28T21:00:00Z", "2026-11-28T21:00:00Z"];
    in_form(Fear::Known, days, [then, now], both_screens)
}

fn both_screens(report: &SessionReport, layout: ReportLayout) -> String {
    report_screens(report, layout).join("\n")
}

/// What a session says beside the one before it.
fn in_form(
    fear: Fear,
    days: [&str; 2],
    [then, now]: [&[(&str, i64)]; 2],
    render: impl Fn(&SessionReport, ReportLayout) -> String,
) -> String {
    let practices = Practices::built_in();
    let assess = practices.practice("assess").unwrap();
    let assess =
        assess.clone().adapted_to(Form { fear, ..Form::USUAL }).with_partner_name(Some("Sam"));
    let session = |day: &str, changes: &[(&str, i64)]| {
        let answers = assess.questions.iter().filter(|question| question.kind.counts());
        let answer = |question: &Question| {
            let changed = changes.iter().find(|(id, _)| *id == question.id);
            let value = Value::Number(changed.map_or(0, |(_, step)| *step).into());
            serde_json::to_value(question.answer_with(value)).unwrap()
        };
        let answers: Vec<_> = answers.filter(|q| !q.reveal).map(answer).collect();
        testing::entry(
            json!({ "id": format!("aaaaaa{}{}", &day[5..7], &day[8..10]), "practice": "assess",
            "answers": answers, "at": day }),
        )
    };
    let earlier = [session(days[0], then)];
    let clock = Clock::at(days[1].parse().unwrap());
    let past = EarlierEntries { entries: &earlier, clock: &clock };
    let report = report(&assess, &session(days[1], now), Some(past));
    let page = &TextPage { width: 80, colour: false };
    let layout =
        ReportLayout { clock: &clock, page, partner: Some("Sam"), is_linear: false, unread: "" };
    render(&report, layout)
}

/// What `show` has below an assessment in which drawing back was marked, beside an evening.
fn beside_an_evening(saw: &[&str]) -> String {
    let practices = Practices::built_in();
    let practice = |name: &str| practices.practice(name).unwrap().clone();
    let entry = |name: &str, day: &str, values: &[(&str, serde_json::Value)]| {
        let practice = practice(name);
        let answer = |(id, value): &(&str, serde_json::Value)| {
            let question = practice.all_questions().find(|question| question.id == *id).unwrap();
            let value = question.accept(value).unwrap().unwrap();
            serde_json::to_value(question.answer_with(value)).unwrap()
        };
        let answers: Vec<_> = values.iter().map(answer).collect();
        testing::entry(json!({ "practice": name, "at": day, "answers": answers }))
    };
    let evening = [("connection", json!("We laughed")), ("saw", json!(saw))];
    let earlier = [entry("reflect", "2026-11-26T21:00:00Z", &evening)];
    let session = entry("assess", "2026-11-28T21:00:00Z", &[("withdrew-me", json!(2))]);
    let clock = Clock::at(session.at);
    let past = EarlierEntries { entries: &earlier, clock: &clock };
    let report = report(&practice("assess"), &session, Some(past));
    let page = &TextPage { width: 80, colour: false };
    let layout = ReportLayout { clock: &clock, page, partner: None, is_linear: false, unread: "" };
    whole_report(&report, layout).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_moment_of_connection_beside_a_sign_says_that_the_sign_was_marked_that_day() {
    let told = beside_an_evening(&["withdrew", "stayed"]);
    let words = "sometimes. On 26 November you also marked “I drew back when things got serious”. One moment of connection";
    assert!(told.contains(words) && told.ends_with(" “We laughed”"), "{told}");
    let told = beside_an_evening(&["stayed"]);
    assert!(!told.contains("We laughed"), "{told}");
}

#[test]
fn in_care_nothing_is_called_too_soon() {
    let days = ["2026-11-20T21:00:00Z", "2026-11-27T21:00:00Z"];
    let says_too_soon = |fear, now: &[(&str, i64)]| {
        let all = [
            in_form(fear, days, [&[], now], both_screens),
            in_form(fear, days, [&[], now], whole_report),
        ];
        all.map(|text| text.contains("Seven days is too short to show much."))
    };
    assert_eq!(says_too_soon(Fear::Known, &[("fear", 3)]), [false; 2]);
    assert_eq!(says_too_soon(Fear::Known, &[("tension", 4)]), [false; 2]);
    // A session that says so itself is in care, whatever the form.
    assert_eq!(says_too_soon(Fear::None, &[("fear", 3)]), [false; 2]);
    assert_eq!(says_too_soon(Fear::None, &[("tension", 4)]), [true; 2]);
}

#[test]
fn shown_again_in_care_what_hurt_comes_first_and_is_named() {
    let days = ["2026-10-28T21:00:00Z", "2026-11-28T21:00:00Z"];
    let shown = in_form(Fear::Known, days, [&[], &[("fear", 3), ("safe-space", 3)]], whole_report);
    let place = |words: &str| shown.find(words).unwrap_or_else(|| panic!("{words}: {shown}"));
    let named = "What hurt, or didn't change:\n  sometimes or more: felt afraid (often)\n";
    let table = place("felt afraid");
    assert!(table < place(named), "{shown}");
    assert!(place(named) < place("Safe to open up: often."), "{shown}");
    assert!(place("Safe to open up: often.") < place("drew back when it got serious"), "{shown}");
}

#[test]
fn no_mean_makes_less_of_fear() {
    for (fear, changed, named) in [
        (4, 0, "  sometimes or more: felt afraid (almost always)\n"),
        (0, 2, "  sometimes or more: changed things to avoid anger (sometimes)\n"),
    ] {
        let text = in_care(&[("fear", fear), ("changed", changed)]);
        assert!(text.contains(&format!("What hurt, or didn't change:\n{named}")), "{text}");
    }
    let text = in_care(&[("ignored", 2), ("fear", 1)]);
    let named = "  rarely or more: tried to talk, was ignored (sometimes); felt afraid (rarely)\n";
    assert!(text.contains(&format!("between not at all and rarely.\n{named}")), "{text}");
}

#[test]
fn where_nothing_tells_of_fear_single_answers_are_named_from_often_on() {
    let days = ["2026-10-28T21:00:00Z", "2026-11-28T21:00:00Z"];
    let now = [("ignored", 3), ("unmet", 4), ("refused", 2)];
    for fear in [Fear::None, Fear::Known] {
        let text = in_form(fear, days, [&[], &now], both_screens);
        let named = "change: between rarely and sometimes.\n  often or more: needs that weren't met; tried to talk, was ignored\n";
        assert!(text.contains(named), "{text}");
    }
}

#[test]
fn nothing_is_said_of_chance_where_what_hurt_differs() {
    let now = [("fear", 3), ("changed", 2), ("refused", 4), ("ignored", 4)];
    let text = in_care_since_then(&now);
    let block = "What hurt, answered differently from 28 October:\n  felt afraid: not at all then, often now\n";
    assert!(text.contains(block), "{text}");
    assert!(!text.contains("chance"), "{text}");
    // What fell may be chance, and reads as reassurance without a word of that.
    let text = in_care_beside(&[("fear", 4), ("refused", 1)], &[("changed", 2), ("refused", 3)]);
    assert!(text.contains("felt afraid: almost always then, not at all now"), "{text}");
    assert!(text.contains("Two sets of answers can't tell a change from chance."), "{text}");
    // What else differs has it, below a block of its own.
    let text = in_care_since_then(&[("fear", 3), ("tension", 4)]);
    let rest = "now\n\nWhat else was answered differently from 28 October, by two steps or more:\n  the same tension again: not at all then, almost always now\nTwo sets of answers can't tell a change from chance.";
    assert!(text.contains(&format!("often {rest}")), "{text}");
}

#[test]
fn twelve_sets_of_answers_that_tell_no_change_are_not_too_few() {
    let few = "Eleven sets of answers are too few to tell a change from chance.";
    assert_eq!(comparison::no_change(SessionsTested::TooFew(11)), few);
    let many = "The last six sets of answers don't differ from the six before by more than chance might explain.";
    assert_eq!(comparison::no_change(SessionsTested::Sixes), many);
}

#[test]
fn what_has_no_room_is_counted_below_no_heading_and_lines_leave_nothing_out() {
    let days = ["2026-10-28T21:00:00Z", "2026-11-28T21:00:00Z"];
    let now = [("fear", 3), ("tension", 4)];
    let without_room = |report: &SessionReport, layout: ReportLayout| {
        let EarlierSessions::Last(of) = &report.earlier else { panic!("there is an earlier one") };
        comparison::lines(of, layout, 0)
    };
    let text = in_form(Fear::Known, days, [&[], &now], without_room);
    let more = "often now\n\nOne more answer differs by two steps or more; see `inward show`.\n";
    assert!(text.contains(more) && !text.contains("What else"), "{text}");
    let all = [("fear", 3), ("changed", 2), ("refused", 4), ("ignored", 4), ("tension", 4)];
    let now = [&all[..], &[("safe-space", 3), ("willing-me", 4), ("growth-me", 4)]].concat();
    let in_lines = |report: &SessionReport, layout: ReportLayout| {
        both_screens(report, ReportLayout { is_linear: true, ..layout })
    };
    let text = in_form(Fear::Known, days, [&[], &now], in_lines);
    assert!(!text.contains("inward show"), "{text}");
}

#[test]
fn one_persons_willingness_does_not_count_for_both() {
    let text = in_care(&[("willing-me", 4), ("growth-me", 4), ("safe-space", 1)]);
    let lines = "Safe to open up: rarely.\nWillingness and growth, you: almost always.\nWillingness and growth, Sam as you saw it: not at all.\n";
    assert!(text.contains(lines), "{text}");
}

#[test]
fn what_is_said_of_every_answer_is_true_of_those_answered_both_times() {
    let practices = Practices::built_in();
    let assess = practices.practice("assess").unwrap();
    let assess = assess.clone().adapted_to(Form::USUAL);
    let session = |day: &str, items: &[&str]| {
        let answer = |id: &&str| {
            let question = assess.question(id).unwrap();
            serde_json::to_value(question.answer_with(Value::Number(2.into()))).unwrap()
        };
        let answers: Vec<_> = items.iter().map(answer).collect();
        testing::entry(json!({ "id": format!("aaaaaaaa{}", &day[5..7]), "practice": "assess",
            "answers": answers, "at": day }))
    };
    let clock = Clock::at("2026-11-28T21:00:00Z".parse().unwrap());
    let page = &TextPage { width: 80, colour: false };
    let layout = ReportLayout { clock: &clock, page, partner: None, is_linear: false, unread: "" };
    let report_on = |then: &[&str], now: &[&str]| {
        let earlier = [session("2026-10-28T21:00:00Z", then)];
        let past = EarlierEntries { entries: &earlier, clock: &clock };
        let now = session("2026-11-28T21:00:00Z", now);
        whole_report(&report(&assess, &now, Some(past)), layout)
    };
    let of_one = report_on(&["fear"], &["fear", "changed"]);
    assert!(of_one.contains("The one item answered both times is within one step of"), "{of_one}");
    let of_some = report_on(&["fear", "changed"], &["fear", "changed", "ignored"]);
    assert!(of_some.contains("Every item answered both times is within one step"), "{of_some}");
    let of_all = report_on(&["fear", "changed", "ignored"], &["fear", "changed"]);
    assert!(of_all.contains("Every answer is within one step of 28 October's."), "{of_all}");
}
