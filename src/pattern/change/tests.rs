//! The procedure against an independent implementation of it (Python with numpy),
//! and against examples worked by hand.

use chrono::{Days, NaiveDate};
use serde_json::Value;

use super::model::student;
use super::*;

/// A Monday.
fn day(number: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2024, 1, 1).unwrap() + Days::new(number)
}

fn agreement() -> Value {
    serde_json::from_str(include_str!("agreement.json")).unwrap()
}

fn numbers(of: &Value) -> Vec<f64> {
    of.as_array().unwrap().iter().map(|n| n.as_f64().unwrap()).collect()
}

fn observations(case: &Value) -> Vec<Observation> {
    let days = numbers(&case["gaps"]).into_iter().scan(0, |at, gap| {
        *at += gap as u64;
        Some(day(*at))
    });
    days.zip(numbers(&case["values"])).map(|(day, value)| Observation { day, value }).collect()
}

fn series(answers: &[Observation], today: NaiveDate) -> Series<'_> {
    Series { answers, today, against: None, step: 1.0, is_share: false, first_day: None }
}

fn claim(word: &Value) -> Claim {
    match word.as_i64().unwrap() {
        1 => Claim::Higher,
        0 => Claim::Same,
        -1 => Claim::Lower,
        _ => Claim::TooFew,
    }
}

fn near(ours: f64, theirs: &Value, what: &str) {
    let theirs = theirs.as_f64().unwrap();
    assert!((ours - theirs).abs() < 1e-8, "{what}: {ours} here, {theirs} there");
}

#[test]
fn it_says_what_an_independent_implementation_says() {
    for (at, case) in agreement()["change"].as_array().unwrap().iter().enumerate() {
        let answers = observations(case);
        let today = day(case["today"].as_u64().unwrap());
        let series = series(&answers, today);
        let change = series.change();
        assert_eq!(change.claim, claim(&case["word"]), "case {at}");
        assert_eq!(change.now.answers, case["now"].as_u64().unwrap() as usize, "case {at}");
        let Some(then) = change.then else { continue };
        assert_eq!(then.answers, case["then"].as_u64().unwrap() as usize, "case {at}");
        let Some(evidence) = change.evidence else { continue };
        near(evidence.difference, &case["difference"], &format!("difference of case {at}"));
        let values: Vec<f64> = answers.iter().map(|answer| answer.value).collect();
        if values.iter().all(|value| *value == values[0]) {
            continue;
        }
        let now = ComparisonSpan::now(today);
        let spread = [then.span, now].map(|span| {
            let inside = answers.iter().filter(move |answer| span.has(answer.day));
            SampleMoments::of(inside.map(|answer| answer.value))
        });
        let design = series.design(&means(&answers, |day| day), then.span, now).unwrap();
        let tails = design.tails(MARGIN * spread[1].spread_beside(&spread[0]), 1.0 / 12.0);
        let Some(tails) = tails else { continue };
        for (ours, theirs) in
            [tails.above_zero, tails.above_margin, tails.above_minus_margin].iter().zip(0..)
        {
            near(*ours, &case["above"][theirs], &format!("tail {theirs} of case {at}"));
        }
    }
}

#[test]
fn it_says_of_what_goes_together_what_an_independent_implementation_says() {
    for (at, case) in agreement()["contrast"].as_array().unwrap().iter().enumerate() {
        let with = numbers(&case["with"]).into_iter().map(|with| with == 1.0);
        let answers: Vec<(Observation, bool)> = observations(case).into_iter().zip(with).collect();
        let said = contrast(&answers, answers[answers.len() - 1].0.day, 1.0, false);
        assert_eq!(said.claim, claim(&case["word"]), "case {at}");
        let sides = [said.now.answers, said.then.unwrap().answers].map(|n| n as f64);
        assert_eq!(sides.to_vec(), numbers(&case["sides"]), "case {at}");
        if let Some(evidence) = said.evidence {
            near(evidence.difference, &case["difference"], &format!("difference of case {at}"));
        }
    }
}

#[test]
fn what_goes_together_is_looked_for_in_the_half_year_before_the_last_day() {
    let every_third: Vec<_> =
        (0..60).map(|at| (Observation { day: day(at), value: 1.0 }, at % 3 == 0)).collect();
    let of = |until: u64| contrast(&every_third, day(until), 1.0, true);
    let sides = |of: &Change| (of.now.answers, of.then.unwrap().answers);
    assert_eq!(sides(&of(59)), (20, 40));
    // The first eight days, and what is left of their four weeks, are too long ago.
    let late = of(189);
    assert_eq!(late.now.span, ComparisonSpan { from: day(8), to: day(59) });
    assert_eq!(sides(&late), (17, 35));
    let over = of(400);
    assert_eq!((sides(&over), over.now.mean, over.now.times), ((0, 0), None, Some(0)));
    let few = contrast(&every_third[..12], day(11), 1.0, true);
    assert_eq!((few.now.mean, few.now.times), (None, Some(4)), "no share of four");
    assert_eq!(few.then.unwrap().mean, Some(1.0));
}

#[test]
fn all_answers_agree_with_a_comparison_only_if_they_point_where_it_does() {
    let answers = |with: f64, without: f64| -> Vec<_> {
        let answer = |at: u64| {
            let is_with = at.is_multiple_of(3);
            (Observation { day: day(at), value: if is_with { with } else { without } }, is_with)
        };
        (0..60).map(answer).collect()
    };
    let more = contrast(&answers(3.0, 1.0), day(59), 1.0, false);
    let agree = |with, without| KindSides::of(&answers(with, without), day(59), false).agree(&more);
    assert!(agree(2.0, 1.0));
    assert!(!agree(1.0, 2.0), "fewer of all are no more of some");
    assert!(!agree(2.0, 2.0), "as many point nowhere");
}

#[test]
fn students_t_agrees_with_an_independent_implementation() {
    for case in agreement()["student"].as_array().unwrap() {
        let case = numbers(case);
        let ours = student(case[0], case[1]);
        assert!((ours - case[2]).abs() < 1e-9, "t {} of {}: {ours}", case[0], case[1]);
    }
}

/// So many answers a week up to day 363, with these values in turn; the last four
/// weeks have others.
fn year(a_week: &[u64], before: &[f64], lately: &[f64]) -> Vec<Observation> {
    let days = (0..364).filter(|at| a_week.contains(&(at % 7)));
    let turn = |of: &[f64], at: usize| of[at % of.len()];
    let value = |(nth, at): (usize, u64)| Observation {
        day: day(at),
        value: if at < 336 { turn(before, nth) } else { turn(lately, nth) },
    };
    days.enumerate().map(value).collect()
}

fn of_year(answers: &[Observation]) -> Change {
    series(answers, day(363)).change()
}

const SOME: &[u64] = &[0, 2, 5];

#[test]
fn a_fall_of_two_steps_in_a_long_journal_is_lower() {
    let fell = year(SOME, &[2.0, 4.0, 3.0, 3.0, 4.0, 2.0], &[0.0, 2.0, 1.0, 1.0, 2.0, 0.0]);
    let change = of_year(&fell);
    assert_eq!((change.claim, change.against), (Claim::Lower, Some(BaselineKind::HalfYear)));
    let then = change.then.unwrap();
    assert_eq!((then.answers, then.mean), (36, Some(3.0)));
    assert_eq!((change.now.answers, change.now.mean), (12, Some(1.0)));
    assert_eq!((then.span.to - then.span.from).num_days(), 83);
    assert_eq!((then.span.from, change.now.span.from), (day(126), day(336)));
}

#[test]
fn where_nothing_changes_no_direction_is_said() {
    let around_two = &[1.0, 3.0, 2.0, 2.0, 3.0, 1.0];
    let change = of_year(&year(SOME, around_two, around_two));
    assert!(matches!(change.claim, Claim::Same | Claim::TooFew), "{change:?}");
    let twos = of_year(&year(SOME, &[2.0], &[2.0]));
    assert_eq!(twos.claim, Claim::Same, "twelve equal answers on either side");
    let some_twos = of_year(&year(&[2], &[2.0], &[2.0]));
    assert_eq!(some_twos.claim, Claim::TooFew, "four are too few for that");
}

#[test]
fn one_answer_does_not_carry_a_change() {
    let one = year(SOME, &[1.0], &[1.0; 12]);
    let mut spike = one.clone();
    spike.last_mut().unwrap().value = 4.0;
    assert_eq!(of_year(&one).claim, Claim::Same);
    assert_ne!(of_year(&spike).claim, Claim::Higher);
}

#[test]
fn a_few_answers_are_too_few() {
    let of = |days: &[u64], values: &[f64]| {
        let both = days.iter().zip(values);
        let answers: Vec<_> =
            both.map(|(at, value)| Observation { day: day(*at), value: *value }).collect();
        series(&answers, day(99)).change()
    };
    let none = of(&[], &[]);
    assert_eq!((none.claim, none.then, none.now.mean), (Claim::TooFew, None, None));
    let two = of(&[98, 99], &[50.0, 51.0]);
    assert_eq!((two.claim, two.against), (Claim::TooFew, None));
    let threes = of(&[3, 10, 17, 80, 88, 96], &[3.0; 6]);
    assert_eq!((threes.claim, threes.against), (Claim::TooFew, Some(BaselineKind::First)));
}

#[test]
fn spans_are_chosen_by_days_and_never_overlap() {
    let daily = |from: u64, to: u64| -> Vec<Observation> {
        (from..=to).map(|at| Observation { day: day(at), value: 1.0 }).collect()
    };
    let chosen = |answers: &[Observation], today: u64| {
        let change = series(answers, day(today)).change();
        change.against.map(|against| (against, change.then.unwrap().span))
    };
    let span = |from, to| ComparisonSpan { from: day(from), to: day(to) };
    // Half of what lies before "now", from four weeks to twelve.
    assert_eq!(chosen(&daily(0, 99), 99), Some((BaselineKind::First, span(0, 35))));
    assert_eq!(chosen(&daily(0, 59), 59), Some((BaselineKind::First, span(0, 27))));
    assert_eq!(chosen(&daily(0, 220), 220), Some((BaselineKind::First, span(0, 83))));
    // The first 28 days would reach into "now", so the 28 before it are taken.
    let before = ComparisonSpan { from: day(23) - Days::new(28), to: day(22) };
    assert_eq!(chosen(&daily(0, 50), 50), Some((BaselineKind::Previous, before)));
    assert_eq!(chosen(&daily(48, 50), 50), None);
    // From the day on that reaches back far enough.
    let far = chosen(&daily(0, 237), 237).unwrap();
    assert_eq!(far, (BaselineKind::HalfYear, span(0, 83)));
    let mut gap = daily(0, 20);
    gap.extend(daily(100, 400));
    gap.retain(|answer| !span(163, 246).has(answer.day));
    assert_eq!(
        chosen(&gap, 400).unwrap().0,
        BaselineKind::First,
        "an empty half year is passed over"
    );
}

#[test]
fn a_stray_old_answer_does_not_hide_the_first_weeks() {
    let at = |number: u64| Observation { day: day(number), value: 1.0 };
    let daily = (250..=400).map(at);
    let stray: Vec<_> = [0, 90].map(at).into_iter().chain(daily.clone()).collect();
    let chosen = |answers: &[Observation]| {
        let change = series(answers, day(400)).change();
        (change.against, change.then.map(|then| then.span))
    };
    let daily: Vec<_> = daily.collect();
    let first = (Some(BaselineKind::First), Some(ComparisonSpan { from: day(250), to: day(310) }));
    assert_eq!(chosen(&daily), first);
    assert_eq!(chosen(&stray), first);
}

#[test]
fn what_was_asked_a_day_late_is_compared_over_the_first_days_of_the_journal() {
    let answers: Vec<_> = (1..183).map(|at| Observation { day: day(at), value: 1.0 }).collect();
    let then = |first_day: Option<NaiveDate>| {
        let change = Series { first_day, ..series(&answers, day(182)) }.change();
        (change.against, change.then.map(|then| (then.span.from, then.span.to)))
    };
    let of = |from: u64, to: u64| (Some(BaselineKind::First), Some((day(from), day(to))));
    assert_eq!(then(Some(day(0))), of(0, 76));
    assert_eq!(then(None), of(1, 77));
    // Half a year ago, where the journal reaches back that far.
    assert_eq!(then(Some(day(0) - Days::new(56))).0, Some(BaselineKind::HalfYear));
    // Where its first days have too few answers, the first that have enough.
    let late: Vec<_> = (100..183).map(|at| Observation { day: day(at), value: 1.0 }).collect();
    let change = Series { first_day: Some(day(0)), ..series(&late, day(182)) }.change();
    assert_eq!(change.then.map(|then| then.span.from), Some(day(100)));
}

#[test]
fn a_span_that_the_writer_names_replaces_our_own_and_stops_before_now() {
    let answers: Vec<Observation> =
        (0..200).map(|at| Observation { day: day(at), value: (at % 3) as f64 }).collect();
    let against = |from: u64, to: u64| {
        let span = ComparisonSpan { from: day(from), to: day(to) };
        let against = Some(Baseline::Span(span));
        Series { against, ..series(&answers, day(199)) }.change()
    };
    let named = against(100, 190);
    assert_eq!(named.against, Some(BaselineKind::Named));
    assert_eq!(named.then.unwrap().span, ComparisonSpan { from: day(100), to: day(171) });
    let inside = against(180, 190);
    assert_eq!((inside.claim, inside.then), (Claim::TooFew, None));
    assert_eq!(inside.against, Some(BaselineKind::Named), "so that it can be said");
    let answers: Vec<Observation> = answers.into_iter().filter(|it| it.day != day(171)).collect();
    let span = ComparisonSpan { from: day(171), to: day(190) };
    let against = Some(Baseline::Span(span));
    let rest = Series { against, ..series(&answers, day(199)) }.change();
    assert_eq!(rest.then, None, "the one day of it before now has no answer");
}

#[test]
fn the_first_weeks_or_those_before_are_compared_where_the_writer_says_so() {
    let answers: Vec<Observation> =
        (0..400).map(|at| Observation { day: day(at), value: (at % 3) as f64 }).collect();
    let chosen = |against: Option<Baseline>| {
        let change = Series { against, ..series(&answers, day(399)) }.change();
        (change.against, change.then.map(|then| then.span))
    };
    let span = |from: u64, to: u64| Some(ComparisonSpan { from: day(from), to: day(to) });
    assert_eq!(chosen(None).0, Some(BaselineKind::HalfYear));
    assert_eq!(chosen(Some(Baseline::First)), (Some(BaselineKind::First), span(0, 83)));
    assert_eq!(chosen(Some(Baseline::Previous)), (Some(BaselineKind::Previous), span(344, 371)));
}

#[test]
fn answers_of_one_day_all_count_and_are_one_day_of_evidence() {
    let doubled = |of: Vec<Observation>| -> Vec<Observation> {
        of.into_iter().flat_map(|answer| [answer, answer]).collect()
    };
    let once = year(SOME, &[2.0, 4.0, 3.0], &[1.0, 2.0, 0.0]);
    let (one, two) = (of_year(&once), of_year(&doubled(once.clone())));
    assert_eq!((one.claim, one.now.answers, two.now.answers), (two.claim, 12, 24));
    let [one, two] = [one, two].map(|change| change.evidence.unwrap().tail);
    assert!((0.9..1.0).contains(&(two / one)), "two alike say little more: {one} {two}");
    // Three answers, all of them today.
    let today: Vec<_> = (0..40).map(|at| Observation { day: day(at), value: 1.0 }).collect();
    let mut all = today;
    all.extend([Observation { day: day(90), value: 4.0 }; 5]);
    assert_eq!(series(&all, day(90)).change().claim, Claim::TooFew);
}

#[test]
fn a_share_of_fewer_than_five_is_not_made_and_counts_are_always_told() {
    let of = |rhythm: &[u64]| {
        let answers = year(rhythm, &[0.0, 0.0, 0.0, 1.0], &[1.0, 1.0, 0.0, 1.0]);
        Series { is_share: true, ..series(&answers, day(363)) }.change()
    };
    let weekly = of(&[3]);
    assert_eq!((weekly.claim, weekly.now.mean), (Claim::TooFew, None));
    assert_eq!((weekly.now.times, weekly.now.answers), (Some(3), 4));
    let daily = of(&[0, 1, 2, 3, 4, 5, 6]);
    assert_eq!(daily.claim, Claim::Higher);
    assert_eq!((daily.now.times, daily.now.mean), (Some(21), Some(0.75)));
}

#[test]
fn shares_that_may_be_a_quarter_apart_are_not_about_the_same() {
    let daily = &[0, 1, 2, 3, 4, 5, 6];
    let of = |before: &[f64], lately: &[f64]| {
        let answers = year(daily, before, lately);
        Series { is_share: true, ..series(&answers, day(363)) }.change().claim
    };
    let (four_fifths, two_thirds) = (&[1.0, 1.0, 0.0, 1.0, 1.0], &[1.0, 0.0, 1.0]);
    assert_eq!(of(four_fifths, two_thirds), Claim::TooFew);
    assert_eq!(of(four_fifths, four_fifths), Claim::Same);
}

/// So many weeks of a journal, with these values in turn.
fn outlook(rhythm: &[u64], weeks: usize, values: &[f64]) -> Outlook {
    let all = year(rhythm, values, values);
    let answers: Vec<_> =
        all.into_iter().filter(|answer| answer.day < day(7 * weeks as u64)).collect();
    series(&answers, day(7 * weeks as u64 - 1)).outlook()
}

const DAILY: &[u64] = &[0, 1, 2, 3, 4, 5, 6];

#[test]
fn whoever_writes_little_hears_when_a_step_could_show() {
    let wide = &[0.0, 4.0, 2.0, 3.0, 1.0];
    let month = outlook(DAILY, 4, &[1.0, 3.0, 2.0, 2.0, 3.0, 1.0]);
    assert!(matches!(month, Outlook::Weeks(_)), "{month:?}");
    let shows = outlook(DAILY, 50, &[1.0, 2.0, 2.0, 3.0, 2.0]);
    assert_eq!(shows, Outlook::Open, "it shows already");
    assert_eq!(outlook(&[3], 20, wide), Outlook::Beyond, "four answers a month never tell");
    assert_eq!(outlook(&[3], 3, wide), Outlook::Open, "three answers tell nothing of a rhythm");
}

#[test]
fn whoever_goes_on_as_before_sees_it_show_when_that_was_reckoned() {
    let (often, values) = (&[0, 1, 3, 5][..], &[1.0, 3.0, 1.0, 3.0, 3.0]);
    for (rhythm, begun, reckoned) in [(SOME, 5, 17), (SOME, 8, 13), (often, 8, 8)] {
        assert_eq!(outlook(rhythm, begun, values), Outlook::Weeks(reckoned));
        let shows = |weeks: &usize| outlook(rhythm, begun + weeks, values) == Outlook::Open;
        let first = [2, 4, 6, 8, 10, 13, 17].into_iter().find(shows);
        assert_eq!(first, Some(reckoned as usize), "{rhythm:?} from week {begun}");
    }
}

#[test]
fn means_that_are_the_same_have_no_direction_whatever_speaks_for_one() {
    let evidence = ChangeEvidence { tail: 0.0, level: claim::TAIL, difference: 0.0, same: true };
    assert_eq!(evidence.claim(1.0), Claim::TooFew);
    let higher = ChangeEvidence { difference: 0.1, ..evidence };
    let lower = ChangeEvidence { difference: -0.1, ..evidence };
    assert_eq!([higher.claim(1.0), lower.claim(1.0)], [Claim::Higher, Claim::Lower]);
}
