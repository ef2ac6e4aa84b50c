//! What the first screen claims, and what it leaves to closer looks.

use super::*;
use crate::pattern::change::{Change, Claim};
use crate::pattern::{Count, Figure};

/// What became of an intention on each of 128 days, the newest first: done on every fourth of
/// them, and in the last four weeks on every second. By itself the deed would be called
/// higher; beside the other outcomes that is too much to say.
const BORDERLINE: &str = "\
dffdnddddddddnffnddddndfffdnfffffdnfnndnndnfffdnfnnfffnnfffddnfnf\
nfndddnnfdfnffnddffnnnndddfndffffffnfnnfnfndndffffndndnndndnffd";

fn outcome(letter: char) -> &'static str {
    match letter {
        'd' => "did",
        'n' => "noticed",
        _ => "forgot",
    }
}

fn borderline() -> JournalOfLooks {
    let mut journal = JournalOfLooks::new();
    for (day, letter) in (0..).zip(BORDERLINE.chars()) {
        journal.keep("reflect", day, json!({ "outcome": outcome(letter) }));
    }
    journal
}

fn named(look: &str) -> Request {
    Request::Named(look.to_owned())
}

fn outcomes(journal: &JournalOfLooks, request: Request) -> Figure {
    let mut shown = journal.figures(request).shown.into_iter();
    shown.find(|figure| matches!(figure.body, Body::Counts { .. })).unwrap()
}

fn options(figure: &Figure) -> &[Count] {
    let Body::Counts { counts, .. } = &figure.body else { panic!("{figure:?}") };
    counts
}

/// `None` of what was never chosen.
fn claim(count: &Count) -> Option<Claim> {
    count.change.as_ref().map(|change| change.claim)
}

#[test]
fn the_first_screen_claims_nothing_that_the_closer_look_takes_back() {
    let journal = borderline();
    let look = outcomes(&journal, named("intentions"));
    let deed = options(&look).last().unwrap();
    let alone = deed.change.as_ref().unwrap().evidence.unwrap().claim(1.0);
    assert_eq!((alone, claim(deed)), (Claim::Higher, Some(Claim::TooFew)), "borderline");
    for request in [Request::Overview, Request::Whole, Request::Paper] {
        let figure = outcomes(&journal, request);
        assert_eq!(figure.change.as_ref().unwrap().claim, Claim::TooFew);
        assert_eq!(claim(options(&figure).last().unwrap()), Some(Claim::TooFew));
    }
    let text = words(&journal.first_screen(80, false));
    assert!(text.contains("13 of 50 16 of 28 too few to say"), "{text}");
}

#[test]
fn an_intention_that_was_not_safe_is_no_failure_of_the_others() {
    let answers = |journal: &JournalOfLooks| -> Vec<(String, usize)> {
        let count = |count: &Count| (count.answer.clone(), count.times);
        options(&outcomes(journal, named("intentions"))).iter().map(count).collect()
    };
    let mut journal = borderline();
    let before = answers(&journal);
    assert_eq!(before.last().map(|(answer, _)| answer.as_str()), Some("I did it"));
    journal.keep("reflect", 1, json!({ "outcome": "not-safe" }));
    assert_eq!(answers(&journal), before);
}

/// Closeness lower on so many of the last days, beside other rows; `shift` turns the rest.
fn lower_lately((days, shift): (u64, u64)) -> JournalOfLooks {
    let mut journal = JournalOfLooks::new();
    for day in 0..140 {
        let closeness = if day < days { 1 } else { 1 + (day * 7 + shift) % 4 };
        let outcome = if day % 2 == 0 { "did" } else { "noticed" };
        let connection = if day % 3 == 0 { "Tea" } else { "none today" };
        let answers =
            json!({ "closeness": closeness, "outcome": outcome, "connection": connection });
        journal.keep("reflect", day, answers);
    }
    journal
}

#[test]
fn a_closer_look_says_of_a_measure_what_the_first_screen_says() {
    let closeness = |journal: &JournalOfLooks, request: Request| {
        let shown = journal.figures(request).shown;
        let of = shown.into_iter().find(|it| it.of == ["closeness"] && !it.lines().is_empty());
        of.unwrap().lines()[0].change.clone().unwrap()
    };
    let kinds = (12..28).flat_map(|days| (0..4).map(move |shift| (days, shift)));
    let mut changes = kinds.map(lower_lately).map(|it| (closeness(&it, Request::Overview), it));
    let is_shared = |change: &Change| {
        change.claim == Claim::TooFew && change.evidence.unwrap().claim(1.0) == Claim::Lower
    };
    let (_, journal) = changes.find(|(change, _)| is_shared(change)).expect("borderline");
    let (practice, question) = ("reflect".to_owned(), "closeness".to_owned());
    for request in [named("closeness"), named("reflect"), Request::Question { practice, question }]
    {
        assert_eq!(closeness(&journal, request.clone()).claim, Claim::TooFew, "{request:?}");
    }
    assert!(!journal.look("closeness").contains("Lower than"));
}

/// Every third time forgotten, and in the last four weeks as often as this.
fn seldom_forgotten(lately: u64) -> JournalOfLooks {
    let mut journal = JournalOfLooks::new();
    for day in 0..140 {
        let is_forgotten = if day < 28 { day * lately % 28 < lately } else { day * 5 % 3 == 0 };
        let done = if day % 2 == 0 { "did" } else { "noticed" };
        let outcome = if is_forgotten { "forgot" } else { done };
        let answers = json!({ "outcome": outcome, "closeness": day * 7 % 5, "ease": day * 3 % 5 });
        journal.keep("reflect", day, answers);
        let plan = json!({ "if": "a sigh", "then": "breathe" });
        let intention = json!({ "intention": "say so" });
        journal.keep("intent", day, if day % 3 == 0 { plan } else { intention });
    }
    journal
}

#[test]
fn what_the_first_screen_does_not_print_takes_no_part_of_its_level() {
    let forgot = |figure: &Figure| {
        claim(options(figure).iter().find(|count| count.answer == "I forgot").unwrap())
    };
    // As seldom lately as only just tells: less of the level would not do.
    let journals = (0..10).rev().map(seldom_forgotten);
    let mut journals = journals.map(|it| (outcomes(&it, named("intentions")), it));
    let (look, journal) = journals.find(|(look, _)| forgot(look) == Some(Claim::Lower)).unwrap();
    for request in [Request::Overview, Request::Whole, Request::Paper] {
        let figure = outcomes(&journal, request);
        let words =
            |figure: &Figure| -> Vec<Option<Claim>> { options(figure).iter().map(claim).collect() };
        assert_eq!(words(&figure), words(&look));
    }
}

#[test]
fn while_care_is_on_an_answer_is_harm_where_its_practice_says_so() {
    let mut journal = JournalOfLooks::new();
    journal.fear = Fear::Known;
    for (day, answer) in [(1, "no"), (2, "no"), (3, "yes"), (4, "not-safe")] {
        journal.keep("reflect", day, json!({ "disagreement": answer, "closeness": 1 }));
    }
    for (day, answer) in [(5, "no"), (6, "yes"), (7, "unsaid")] {
        journal.keep("needs", day, json!({ "boundary": "My evenings", "respected": answer }));
    }
    for plain in [false, true] {
        let text = words(&journal.first_screen(80, plain));
        assert!(text.contains("(4): Yes, and it wasn't safe 1, last on 24 Nov 2026 "), "{text}");
        let no = "Were your boundaries respected? (3): No 1, last on 23 Nov 2026 ";
        assert!(text.contains(no), "{text}");
    }
}

#[test]
fn what_turns_care_on_is_evidence_though_no_pattern_of_its_file_is_of_it() {
    let mut journal = JournalOfLooks::new();
    journal.keep("guide", 2, json!({ "trigger": "close", "story": "unsafe" }));
    journal.keep("guide", 40, json!({ "story": "fast" }));
    journal.keep("reflect", 3, json!({ "closeness": 2 }));
    let line = "What I tell myself, or know (2): it isn't safe to do anything else 1, last on";
    for plain in [false, true] {
        journal.fear = Fear::None;
        assert!(!journal.first_screen(80, plain).contains("What I tell myself"));
        journal.fear = Fear::Known;
        let text = words(&journal.first_screen(80, plain));
        assert!(text.contains(line), "{text}");
    }
}

#[test]
fn deeds_with_a_plan_and_without_are_counted_over_one_span_that_is_named() {
    let mut journal = JournalOfLooks::new();
    for day in 0..84 {
        // In the last four weeks every day has a plan.
        let has_plan = day < 28 || day % 4 != 0;
        let outcome = if has_plan && day % 5 == 0 { "did" } else { "forgot" };
        journal.keep("reflect", day, json!({ "outcome": outcome }));
        let plan = json!({ "if": "a sigh", "then": "breathe" });
        let intention = json!({ "intention": "say so" });
        journal.keep("intent", day, if has_plan { plan } else { intention });
    }
    let line = "“I did it” from 6 Sep: 14 of 70 with a plan, 0 of 14 without: too few to say.";
    let text = words(&journal.first_screen(80, false));
    assert!(text.contains(line), "{text}");
    journal.until = ago(42);
    let text = words(&journal.first_screen(80, false));
    assert!(text.contains("“I did it” 6 September to 17 October 2026: "), "{text}");
}

#[test]
fn only_what_goes_with_going_quiet_more_often_than_chance_stands_out() {
    let mut journal = JournalOfLooks::new();
    let did = |is_quiet: bool| if is_quiet { "went-quiet" } else { "stayed" };
    for day in 0..23 {
        let (underneath, is_quiet) =
            if day < 17 { ("hurt", day < 7) } else { ("too-much", day < 20) };
        journal.moment(day, did(is_quiet), underneath);
    }
    let text = words(&journal.first_screen(80, false));
    let line = "“I went quiet” in 10 of 23 moments of distance. Nothing stands out yet.";
    assert!(text.contains(line), "{text}");
    let mut journal = JournalOfLooks::new();
    for day in 0..24 {
        let (underneath, is_quiet) =
            if day < 10 { ("hurt", day < 9) } else { ("too-much", day < 12) };
        journal.moment(day, did(is_quiet), underneath);
    }
    let text = words(&journal.first_screen(80, false));
    let line = "“I went quiet” in 11 of 24 moments of distance: with “I was hurt” 9 of 10, without";
    assert!(text.contains(&format!("{line} it 2 of 14.")), "{text}");
}

#[test]
fn of_some_entries_it_does_not_say_that_nothing_was_written() {
    let mut journal = JournalOfLooks::new();
    for day in 1..4 {
        journal.keep("reflect", day, json!({ "closeness": 2 }));
    }
    let nothing = "Nothing yet: `inward notice` asks about it.";
    assert!(journal.first_screen(80, false).contains(nothing));
    journal.is_filtered = true;
    for plain in [false, true] {
        let text = words(&journal.first_screen(80, plain));
        assert!(!text.contains("Nothing yet"), "{text}");
        assert!(text.contains("What happens before I go quiet? Nothing in these"), "{text}");
    }
}

#[test]
fn weeks_that_are_over_are_not_called_the_last_ones() {
    let mut journal = JournalOfLooks::new();
    for day in 0..20 {
        journal.keep("reflect", 273 + day, json!({ "closeness": 2 }));
    }
    journal.until = ago(273);
    let text = journal.first_screen(80, false);
    assert!(text.starts_with("The weeks up to 28 February 2026\n"), "{text}");
    for day in 0..20 {
        journal.keep("reflect", 320 + day, json!({ "closeness": 2 }));
    }
    let text = journal.first_screen(80, false);
    assert!(text.starts_with("The first weeks and now, as of 28 February 2026\n"), "{text}");
}

#[test]
fn earlier_weeks_with_too_little_are_not_called_nothing() {
    let mut journal = JournalOfLooks::new();
    for day in [1, 5, 9, 60, 100] {
        journal.keep("reflect", day, json!({ "closeness": 2 }));
    }
    for plain in [false, true] {
        let text = words(&journal.first_screen(80, plain));
        let days = "“Now” is 1 to 28 November 2026; too few answers in earlier weeks to compare.";
        assert!(text.contains(days), "{text}");
    }
}

#[test]
fn no_bar_is_a_share_of_fewer_than_five_answers() {
    let mut journal = JournalOfLooks::new();
    // Four in August, five in October.
    for (days, count) in [(93, 4), (33, 5)] {
        for day in 0..count {
            let answers = json!({ "outcome": "did", "closeness": 4 });
            journal.keep("reflect", days + 2 * day, answers);
        }
    }
    let text = journal.first_screen(80, false);
    let row = |name: &str| text.lines().find(|line| line.starts_with(name)).unwrap();
    assert!(row("  “I did it”").contains("········•·█·"), "{text}");
    assert!(row("  Closeness").contains("········█·█·"), "a mean may be of one: {text}");
    assert!(words(&text).contains("· no answers, • too few for a share (under 5). "), "{text}");
}

#[test]
fn closer_looks_are_those_that_have_something() {
    let mut journal = JournalOfLooks::new();
    journal.keep("reflect", 1, json!({ "closeness": 2 }));
    assert_eq!(journal.figures(Request::Overview).closer, ["closeness"]);
    journal.keep("reflect", 2, json!({ "outcome": "did" }));
    journal.keep("pause", 2, json!({ "unsettled": 3, "unsettled-now": 1 }));
    journal.moment(3, "went-quiet", "hurt");
    let closer = journal.figures(Request::Overview).closer;
    assert_eq!(closer, ["closeness", "quiet", "intentions", "pause"]);
}

#[test]
fn whatever_was_written_the_first_screen_fits_its_window() {
    let mut journal = JournalOfLooks::new();
    for day in 0..340 {
        let disagreement = if day % 9 == 0 { "not-safe" } else { "no" };
        journal.keep(
            "reflect",
            day,
            json!({
                "connection": "Tea", "closeness": day * 7 % 5, "ease": day * 3 % 5,
                "outcome": if day % 2 == 0 { "did" } else { "forgot" }, "disagreement": disagreement,
            }),
        );
        let plan = json!({ "room": day % 4, "if": "a sigh", "then": "breathe" });
        let intention = json!({ "room": day % 4, "intention": "say so" });
        journal.keep("intent", day, if day % 3 == 0 { plan } else { intention });
    }
    for day in 0..40 {
        let (underneath, did) =
            if day % 3 == 0 { ("unsafe", "went-quiet") } else { ("too-much", "stayed") };
        journal.moment(8 * day, did, underneath);
        journal.keep(
            "notice",
            8 * day + 1,
            json!({ "stepped-back": "partner", "stirred": ["unsafe"] }),
        );
    }
    for month in 0..8 {
        journal.assessment(30 * month, 1 + month as i64 % 3);
        let answers =
            json!({ "boundary": "Mine", "respected": "no", "relying": 1, "relied-on": 2 });
        journal.keep("needs", 30 * month, answers);
        journal.keep("feel", 30 * month, json!({ "received": "ignored" }));
    }
    let below =
        ["Held back for now: what became of your gratitude.".to_owned(), "b".into(), "c".into()];
    let february = crate::pattern::change::ComparisonSpan {
        from: "2026-02-01".parse().unwrap(),
        to: "2026-02-28".parse().unwrap(),
    };
    for fear in [Fear::None, Fear::Known] {
        for chapter in [Chapter::Together, Chapter::Apart] {
            for against in [None, Some(Baseline::Span(february)), Some(Baseline::Previous)] {
                (journal.fear, journal.chapter, journal.against) = (fear, chapter, against);
                let text = journal.first_screen_above(&below, 80, false);
                assert!(text.lines().count() <= 23, "{fear:?} {chapter:?} {against:?}\n{text}");
                assert!(text.contains("  Closeness ") && words(&text).ends_with(" b c"), "{text}");
                assert!(text.contains("How has it been?\n"), "{text}");
                let evidence = text.contains("respected? (8): No 8");
                assert_eq!(evidence, fear == Fear::Known, "{text}");
            }
        }
    }
}
