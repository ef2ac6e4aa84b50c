//! The same thing asked before and after, in one session: each session is its own
//! comparison, and their differences hang together from day to day.

use chrono::Datelike;

use super::evidence::{ChangeEvidence, LEAST_WITHOUT, LEAST_Z, MARGIN_WITHIN, SampleMoments};
use super::model::{Design, DesignRow};
use super::{Change, Claim, ComparisonSpan, Observation, Outlook, SpanMean, by_day};

/// Days with a session before anything is said.
const LEAST: usize = 8;

/// Compares the second number of each session with the first, oldest first. `None`
/// without any.
pub fn paired_change(before: &[Observation], after: &[f64], step: f64) -> Option<Change> {
    let span = ComparisonSpan { from: before.first()?.day, to: before.last()?.day };
    let sides = [
        SampleMoments::of(before.iter().map(|answer| answer.value)),
        SampleMoments::of(after.iter().copied()),
    ];
    let [then, now] = sides.map(|side| SpanMean {
        span,
        mean: Some(side.mean()),
        answers: side.count,
        times: None,
    });
    let evidence = evidence(before, after, &sides, step);
    let is = evidence.map_or(Claim::TooFew, |evidence| evidence.claim(1.0));
    let (against, outlook) = (None, Outlook::Open);
    Some(Change { is, against, then: Some(then), now, evidence, outlook })
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
    let days = by_day(&differences);
    let changes: Vec<f64> = days.iter().map(|day| day.value).collect();
    let count = changes.len();
    if count < LEAST {
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
