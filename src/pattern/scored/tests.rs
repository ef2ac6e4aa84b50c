//! Which sessions a score is compared over, and what they tell.

use super::*;
use crate::pattern::change::Claim;

const FILE: &str = r#"
title = "Q"
scale = { min = 0, max = 9 }
question = [{ id = "a", ask = "A", kind = "scale" }]
score = [{ id = "s", title = "S", of = ["a"] }]
"#;

/// Sessions on these days, oldest first, the value counting up from 1.
fn compared(days: &[&str], against: Option<Baseline>) -> Change {
    let point = |(at, day): (usize, &&str)| Point {
        day: day.parse().unwrap(),
        value: at as f64 + 1.0,
        answers: 1,
    };
    let mut points: Vec<Point> = days.iter().enumerate().map(point).collect();
    points.reverse();
    sessions(points).line(against, &BTreeSet::new()).change.unwrap()
}

fn then(change: &Change) -> Option<f64> {
    change.then.as_ref().and_then(|then| then.mean)
}

#[test]
fn a_session_stands_beside_the_one_nearest_half_a_year_before() {
    let days = ["2026-02-10", "2026-04-10", "2026-05-10", "2026-09-10", "2026-10-10"];
    let half_a_year = compared(&days, None);
    assert_eq!((then(&half_a_year), half_a_year.now.mean), (Some(2.0), Some(5.0)));
    assert_eq!(then(&compared(&days, Some(Baseline::Previous))), Some(4.0));
    assert_eq!(then(&compared(&days[3..], None)), Some(1.0), "of two, the other");
}

#[test]
fn a_session_is_near_half_a_year_before_only_within_six_weeks_of_it() {
    let against = |days: &[&str]| compared(days, None).against;
    let (near, first) = (Some(BaselineKind::NearHalfYear), Some(BaselineKind::FirstSession));
    assert_eq!(against(&["2026-10-01", "2026-10-10", "2026-10-20"]), first);
    assert_eq!(against(&["2026-04-10", "2026-10-10"]), near, "though it is the first");
    // 182 days before 10 October is 11 April, and six weeks from it are 28 February and 23 May.
    assert_eq!(against(&["2026-05-23", "2026-10-10"]), near);
    assert_eq!(against(&["2026-05-24", "2026-10-10"]), first);
    assert_eq!(against(&["2026-02-28", "2026-10-10"]), near);
    assert_eq!(against(&["2026-02-27", "2026-10-10"]), first);
    // Three weeks before are nearer to half a year than a whole one, and neither of these.
    assert_eq!(against(&["2025-09-10", "2026-09-19", "2026-10-10"]), None);
}

#[test]
fn one_session_has_its_value_and_nothing_before_it() {
    for against in [None, Some(Baseline::First), Some(Baseline::Previous)] {
        let change = compared(&["2026-10-10"], against);
        assert_eq!((change.then, change.now.mean, change.claim), (None, Some(1.0), Claim::TooFew));
    }
}

#[test]
fn from_the_twelfth_session_the_latest_six_tell_unless_the_writer_names_another_time() {
    let days: Vec<String> = (1..=14).map(|day| format!("2026-10-{day:02}")).collect();
    let days: Vec<&str> = days.iter().map(String::as_str).collect();
    let told = |count: usize, against| {
        let change = compared(&days[..count], against);
        (change.against.unwrap(), then(&change), change.now.mean, change.claim)
    };
    use BaselineKind::{FirstSession, SessionBefore, SixBefore};
    let (first, previous) = (Some(Baseline::First), Some(Baseline::Previous));
    assert_eq!(told(14, None), (SixBefore, Some(5.5), Some(11.5), Claim::Higher));
    assert_eq!(told(11, None), (FirstSession, Some(1.0), Some(11.0), Claim::TooFew));
    assert_eq!(told(14, previous), (SessionBefore, Some(13.0), Some(14.0), Claim::TooFew));
    assert_eq!(told(14, first), (FirstSession, Some(1.0), Some(14.0), Claim::TooFew));
}

#[test]
fn every_score_is_compared_over_the_same_days() {
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    let days = ["2026-01-10", "2026-02-10", "2026-04-10", "2026-05-10"].map(day);
    let points = |places: &[usize]| places.iter().rev().map(|at| point(days[*at])).collect();
    let named = Baseline::Span(ComparisonSpan { from: day("2026-01-01"), to: day("2026-03-31") });
    let change =
        |places: &[usize]| sessions(points(places)).line(Some(named), &days.into()).change.unwrap();
    let (all, some) = (change(&[0, 1, 2, 3]), change(&[1, 2]));
    let span = |from: usize, to: usize| ComparisonSpan { from: days[from], to: days[to] };
    for of in [&all, &some] {
        assert_eq!(of.then.as_ref().map(|then| then.span), Some(span(0, 1)));
        assert_eq!(of.now.span, span(2, 3));
    }
    assert_eq!((all.now.answers, some.now.answers), (2, 1));
}

#[test]
fn named_days_stand_beside_as_many_of_the_latest_sessions() {
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    let days = ["2026-01-10", "2026-02-10", "2026-04-10", "2026-05-10"].map(day);
    let named = |from: &str, to: &str| {
        let span = ComparisonSpan { from: day(from), to: day(to) };
        let sessions = sessions(days.iter().rev().map(|day| point(*day)).collect());
        sessions.line(Some(Baseline::Span(span)), &days.into()).change.unwrap()
    };
    let spans = |change: &Change| {
        let then = change.then.as_ref().map(|then| (then.span.from, then.span.to));
        (then, (change.now.span.from, change.now.span.to))
    };
    let february = named("2026-02-01", "2026-02-28");
    assert_eq!(february.against, Some(BaselineKind::Named));
    assert_eq!(spans(&february), (Some((days[1], days[1])), (days[3], days[3])));
    let apart = (Some((days[0], days[2])), (days[3], days[3]));
    assert_eq!(spans(&named("2026-01-01", "2026-04-30")), apart, "no day on both sides");
    assert_eq!(spans(&named("2026-01-01", "2027-01-31")), apart, "the latest is now");
    let none = named("2026-03-01", "2026-03-31");
    let march = Some((day("2026-03-01"), day("2026-03-31")));
    assert_eq!(spans(&none), (march, (days[3], days[3])));
    assert_eq!((none.against, then(&none)), (Some(BaselineKind::Named), None));
    assert_eq!((none.claim, none.now.mean), (Claim::TooFew, Some(1.0)));
    let late = named("2026-05-01", "2027-01-31");
    assert_eq!((late.then, late.against), (None, Some(BaselineKind::Named)));
    assert_eq!(late.now.mean, Some(1.0), "the latest keeps its value");
}

fn point(day: NaiveDate) -> Point {
    Point { day, value: 1.0, answers: 1 }
}

fn sessions(points: Vec<Point>) -> Sessions {
    let practice = crate::practice::read("q", "q.toml".as_ref(), FILE, &[]);
    Sessions {
        score: practice.into_practice().unwrap().scores[0].clone(),
        is_without_private: false,
        items: vec!["a".to_owned()],
        range: (0.0, 9.0),
        labels: Vec::new(),
        points,
    }
}
