//! What may be called a change: days and values in; *higher*, *lower*, *about the
//! same* or *too few to say* out, for the last four weeks against an earlier
//! span. Someone may act on it, so that it must be right more often than it is
//! impressive: where nothing changes, "higher" or "lower" is said of at most one
//! journal in twenty (`docs/PROOF.md`). Pure, and without random numbers.

mod claim;
mod contrast;
mod model;
mod outlook;
mod paired;
mod questionnaire;
mod spans;

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use claim::{MARGIN, MARGIN_SHARE, SampleMoments};
use model::{Design, DesignRow};

use super::series::{Point, hundredths, means};

pub(crate) use claim::ChangeEvidence;
pub use claim::{Claim, share_level};
pub use contrast::{KindSides, contrast};
pub(crate) use outlook::Outlook;
pub use paired::paired_change;
pub(crate) use questionnaire::{SESSIONS_ON_A_SIDE, latest_and_before, permuted, reliable};
pub(crate) use spans::{
    Baseline, BaselineKind, ComparisonSpan, days_from_half_a_year, is_near_half_a_year,
};

/// Answers in a span before it is chosen, and days of them before its mean is compared.
const LEAST: usize = 3;
/// Days with answers, in all.
const LEAST_ALL: usize = 8;
/// Days with answers beyond the means that are estimated from them.
const LEAST_SPARE: usize = 4;
/// Fewer answers make no share.
pub(crate) const LEAST_SHARE: usize = 5;
/// Where all answers are equal, of how many days each span needs them for "about the same".
const LEAST_EQUAL: usize = 12;
/// Days outside both spans are in blocks of this length, each with a mean of its own: they
/// tell how days hang together, and nothing of the level.
const BLOCK: i64 = 56;

/// An answer as a number, on its day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Observation {
    /// The day of the answer.
    pub day: NaiveDate,
    /// The answer as a number, in the unit of its scale.
    pub value: f64,
}

/// Answers to one question, oldest first, and how they are compared.
#[derive(Clone, Copy)]
pub struct Series<'a> {
    /// All answers, oldest first.
    pub answers: &'a [Observation],
    /// The last of the days that are "now".
    pub today: NaiveDate,
    /// What the writer wants it compared with, in place of our own choice.
    pub against: Option<Baseline>,
    /// The distance between two values that could be given.
    pub step: f64,
    /// Are the values 1 for yes and 0 for no?
    pub is_share: bool,
    /// The journal's first day, where it has older answers to other questions: what was
    /// asked from the beginning is compared over the same days.
    pub first_day: Option<NaiveDate>,
}

/// What may be said of one question, with all that it rests on.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    /// What may be claimed.
    #[serde(rename = "is")]
    pub claim: Claim,
    /// Which earlier span was chosen, by days alone.
    pub against: Option<BaselineKind>,
    /// What `now` is compared with: an earlier span, or in the same days what was answered
    /// before a session, or the days of the other kind. None where that has too few answers.
    pub then: Option<SpanMean>,
    /// The later span, what was answered after, or the days in question.
    pub now: SpanMean,
    /// What the claim rests on, before several of one print are weighed together.
    #[serde(skip)]
    pub evidence: Option<ChangeEvidence>,
    /// When more could be said, of what is too few to say; from `Series::outlook`.
    #[serde(skip)]
    pub outlook: Outlook,
}

/// A span of days and the mean of its answers.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct SpanMean {
    /// The days, both ends included.
    #[serde(flatten)]
    pub span: ComparisonSpan,
    /// Over answers, never over weeks. `None` without an answer, and for a share of too few.
    #[serde(serialize_with = "hundredths")]
    pub mean: Option<f64>,
    /// How many answers it has.
    pub answers: usize,
    /// How many of them were a yes, if it's a share.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub times: Option<usize>,
}

impl Change {
    /// What this evidence says of two spans, where no other row shares its level.
    pub(crate) fn between(
        then: Option<SpanMean>,
        now: SpanMean,
        evidence: Option<ChangeEvidence>,
    ) -> Change {
        let claim = evidence.map_or(Claim::TooFew, |evidence| evidence.claim(1.0));
        Change { claim, against: None, then, now, evidence, outlook: Outlook::Open }
    }

    /// Takes the claim back, and keeps the figures.
    pub(super) fn unclaimed(self) -> Change {
        let evidence = self.evidence.map(ChangeEvidence::withheld);
        Change { claim: Claim::TooFew, evidence, ..self }
    }
}

impl SpanMean {
    fn of(span: ComparisonSpan, values: impl Iterator<Item = f64>, is_share: bool) -> SpanMean {
        let (answers, sum) = values.fold((0, 0.0), |(count, sum), value| (count + 1, sum + value));
        let enough = answers >= if is_share { LEAST_SHARE } else { 1 };
        SpanMean {
            span,
            mean: enough.then(|| sum / answers as f64),
            answers,
            times: is_share.then_some(sum.round() as usize),
        }
    }

    /// Over sessions in the order of time, of which there is at least one.
    pub(crate) fn of_points(points: &[Point]) -> SpanMean {
        SpanMean {
            span: ComparisonSpan { from: points[0].day, to: points[points.len() - 1].day },
            mean: Some(points.iter().map(|p| p.value).sum::<f64>() / points.len() as f64),
            answers: points.iter().map(|point| point.answers).sum(),
            times: None,
        }
    }
}

impl Series<'_> {
    /// What may be said of these alone; on a screen of several rows `share_level`
    /// comes after it.
    pub fn change(&self) -> Change {
        let now = ComparisonSpan::now(self.today);
        let earlier = now.earlier(self.answers, self.against, self.first_day);
        let evidence = earlier.and_then(|(_, then)| self.evidence(then, now));
        // Named days that aren't before now are said to be so, and not silently passed over.
        let against = match (earlier, self.against) {
            (Some((against, _)), _) => Some(against),
            (None, Some(Baseline::Span(_))) => Some(BaselineKind::Named),
            (None, Some(Baseline::First | Baseline::Previous) | None) => None,
        };
        let then = earlier.map(|(_, then)| self.mean(then));
        Change { against, ..Change::between(then, self.mean(now), evidence) }
    }

    /// Every answer of it, whichever day has several.
    fn within(&self, span: ComparisonSpan) -> SampleMoments {
        let inside = self.answers.iter().filter(move |answer| span.has(answer.day));
        SampleMoments::of(inside.map(|answer| answer.value))
    }

    fn mean(&self, span: ComparisonSpan) -> SpanMean {
        let inside = self.answers.iter().filter(|answer| span.has(answer.day));
        SpanMean::of(span, inside.map(|answer| answer.value), self.is_share)
    }

    /// What may be dealt out or left out is a day: two answers of one say little more than one
    /// of how the four weeks were.
    fn evidence(&self, then: ComparisonSpan, now: ComparisonSpan) -> Option<ChangeEvidence> {
        let days = means(self.answers, |day| day);
        let design = self.design(&days, then, now)?;
        let values = |span: ComparisonSpan| {
            let inside = days.iter().filter(move |answer| span.has(answer.day));
            SampleMoments::of(inside.map(|answer| answer.value))
        };
        let least = if self.is_share { LEAST_SHARE } else { LEAST };
        let difference = self.mean(now).mean? - self.mean(then).mean?;
        let spread = self.within(now).spread_beside(&self.within(then));
        let (now, then) = (values(now), values(then));
        if now.count < least || then.count < least {
            return None;
        }
        if now.mean() == then.mean() && design.never_varies() {
            let enough = now.count.min(then.count) >= LEAST_EQUAL;
            return enough.then(ChangeEvidence::constant);
        }
        let spread = MARGIN * spread;
        // The standard deviation of a share is up to a half of all: too far to be "about
        // the same".
        let margin = if self.is_share { spread.min(MARGIN_SHARE) } else { spread };
        let tails = design.tails(margin, self.step * self.step / 12.0)?;
        // The figures that are shown weigh answers, and must point the same way.
        let agrees = difference * (now.mean() - then.mean()) > 0.0;
        Some(ChangeEvidence::of(&tails, &now, &then).only_if(agrees))
    }

    /// A mean for each span and each block of the rest; `None` where too few answers
    /// would be left to tell their spread.
    fn design(&self, days: &[Point], then: ComparisonSpan, now: ComparisonSpan) -> Option<Design> {
        #[derive(PartialEq, Eq, Hash)]
        enum SpanGroup {
            Now,
            Then,
            Block(i64),
        }
        if days.len() < LEAST_ALL {
            return None;
        }
        let group = |day: NaiveDate| match day {
            day if day >= now.from => SpanGroup::Now,
            day if then.has(day) => SpanGroup::Then,
            day => SpanGroup::Block(((now.from - day).num_days() - 1) / BLOCK),
        };
        // In the order of time, which keeps the sums sparse.
        let mut columns: HashMap<SpanGroup, usize> = HashMap::new();
        let mut rows = Vec::with_capacity(days.len());
        for answer in days {
            let next = columns.len();
            let column = *columns.entry(group(answer.day)).or_insert(next);
            let day = answer.day.num_days_from_ce().into();
            let (value, answers) = (answer.value, answer.answers);
            rows.push(DesignRow { day, value, answers, terms: vec![(column, 1.0)] });
        }
        let mut contrast = vec![0.0; columns.len()];
        contrast[*columns.get(&SpanGroup::Now)?] = 1.0;
        contrast[*columns.get(&SpanGroup::Then)?] = -1.0;
        let enough = rows.len() >= contrast.len() + LEAST_SPARE;
        enough.then_some(Design { rows, contrast })
    }
}

#[cfg(test)]
mod tests;
