//! The same thing asked before and after, in one session: each session is its own
//! comparison, and their differences hang together from day to day.

use chrono::Datelike;

use super::claim::{ChangeEvidence, LEAST_WITHOUT, LEAST_Z, MARGIN_WITHIN, SampleMoments};
use super::model::{Design, DesignRow};
use super::{Change, ComparisonSpan, Observation, SpanMean, means};

/// Days with a session before anything is said.
const LEAST_SESSION_DAYS: usize = 8;

/// Compares the second number of each session with the first, oldest first. `None`
/// without any.
pub fn paired_change(before: &[Observation], after: &[f64], step: f64) -> Option<Change> {
    let span = ComparisonSpan { from: before.first()?.day, to: before.last()?.day };
    let sides = [
        SampleMoments::of(before.iter().map(|answer| answer.value)),
        SampleMoments::of(after.iter().copied()),
    ];
    let then = SpanMean::of(span, before.iter().map(|answer| answer.value), false);
    let now = SpanMean::of(span, after.iter().copied(), false);
    let evidence = evidence(before, after, &sides, step);
    Some(Change::between(Some(then), now, evidence))
}

fn evidence(
    before: &[Observation],
    after: &[f64],
    sides: &[SampleMoments; 2],
    step: f64,
) -> Option<ChangeEvidence> {
    let differences = before.iter().zip(after);
    let differences: Vec<Observation> =
        differences.map(|(then, now)| Observation { value: now - then.value, ..*then }).collect();
    let days = means(&differences, |day| day);
    let changes: Vec<f64> = days.iter().map(|day| day.value).collect();
    let count = changes.len();
    if count < LEAST_SESSION_DAYS {
        return None;
    }
    let sum: f64 = changes.iter().sum();
    let squares: f64 = changes.iter().map(|change| change * change).sum();
    if squares == 0.0 {
        return Some(ChangeEvidence::constant());
    }
    let rows = days.iter().map(|day| DesignRow {
        day: day.day.num_days_from_ce().into(),
        value: day.value,
        answers: day.answers,
        terms: vec![(0, 1.0)],
    });
    let design = Design { rows: rows.collect(), contrast: vec![1.0] };
    let margin = MARGIN_WITHIN * sides[0].spread_beside(&sides[1]);
    let tails = design.tails(margin, step * step / 12.0)?;
    // Signs dealt out by chance, and the most helpful session left out.
    let best = changes.iter().map(|change| sum.signum() * change).fold(0.0, f64::max);
    let without = (sum.abs() - best) / (count - 1) as f64;
    let stands = sum.abs() / squares.sqrt() >= LEAST_Z
        && without >= LEAST_WITHOUT * sum.abs() / count as f64;
    let agrees = sum * (sides[1].mean() - sides[0].mean()) > 0.0;
    Some(ChangeEvidence::from_tails(&tails, sum / count as f64, stands && agrees))
}

#[cfg(test)]
mod tests {
    use chrono::{Days, NaiveDate};

    use super::*;
    use crate::pattern::change::Claim;

    fn day(number: u64) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 1, 1).unwrap() + Days::new(number)
    }

    /// Sessions that begin with nought, on these days.
    fn told_of(days: &[u64], after: &[f64]) -> Claim {
        let before = days.iter().map(|at| Observation { day: day(*at), value: 0.0 });
        paired_change(&before.collect::<Vec<_>>(), after, 1.0).unwrap().claim
    }

    #[test]
    fn before_and_after_are_compared_within_each_session() {
        let before = |count: u64| -> Vec<Observation> {
            (0..count)
                .map(|at| Observation { day: day(5 * at), value: 3.0 + (at % 2) as f64 })
                .collect()
        };
        let after = |of: &[Observation], fall: &[f64]| -> Vec<f64> {
            of.iter().zip(fall.iter().cycle()).map(|(then, fall)| then.value - fall).collect()
        };
        let told = |count: u64, fall: &[f64]| {
            let before = before(count);
            let after = after(&before, fall);
            paired_change(&before, &after, 1.0).unwrap().claim
        };
        assert_eq!(told(12, &[1.0, 2.0, 1.0]), Claim::Lower);
        assert_eq!(told(12, &[0.25, 0.5, 0.25]), Claim::Lower, "a little, each time");
        assert_eq!(told(8, &[1.0, 2.0, 1.0]), Claim::Lower);
        assert_eq!(told(7, &[1.0, 2.0, 1.0]), Claim::TooFew);
        assert_eq!(told(12, &[0.0]), Claim::Same);
        assert_eq!(told(12, &[2.0, -2.0, 1.0, -1.0]), Claim::TooFew, "as often up as down");
        assert_eq!(paired_change(&[], &[], 1.0), None);
    }

    #[test]
    fn one_session_carries_no_change_though_it_stands_apart_from_the_others() {
        let daily: Vec<u64> = (0..11).chain([60]).collect();
        let last = |value: f64| [vec![1.0; 11], vec![value]].concat();
        assert_eq!(told_of(&daily, &last(14.0)), Claim::TooFew);
        assert_eq!(told_of(&daily, &last(2.0)), Claim::Higher);
    }

    #[test]
    fn a_few_late_sessions_carry_no_change_that_chance_would_do() {
        let days = [1, 6, 7, 17, 18, 30, 34, 35, 36, 41, 45, 46, 47, 48, 56, 63, 77];
        let late = |values: [f64; 3]| [vec![0.0; 14], values.to_vec()].concat();
        assert_eq!(told_of(&days, &late([1.0, 1.0, 2.0])), Claim::TooFew);
    }
}
