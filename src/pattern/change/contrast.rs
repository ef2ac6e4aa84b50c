//! What goes with what: an answer on days of one kind, and on days of the other.
//! It says that two things go together, never that one makes the other.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::claim::{ChangeEvidence, MARGIN_WITHIN, SampleMoments};
use super::model::{Design, DesignRow};
use super::{Change, ComparisonSpan, Observation, Point, SpanMean};

/// The latest days that count, and the blocks of them that each have a mean of their
/// own, so that what changes over the months does not look like going together.
const DAYS: i64 = 182;
const BLOCK: i64 = 28;
/// Answers on days of either kind, and answers beyond what is estimated from them.
const LEAST_EACH_KIND: usize = 8;
const LEAST_SPARE: usize = 8;

/// All answers of the half year, on days of either kind, over one span of days.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KindSides {
    /// On days with it.
    pub with: SpanMean,
    /// On the others.
    pub without: SpanMean,
}

/// An answer and whether its day was one with it, under its block.
type BlockObservation = (i64, (Observation, bool));
/// The mean of a day's answers, as that.
type BlockDay = (i64, (Point, bool));

/// Compares answers, oldest first, by whether their day was one with it: "now" are
/// such days and "then" the others, both over the same half year. Week-ends are
/// taken out, for much goes with them.
pub fn contrast(
    answers: &[(Observation, bool)],
    until: NaiveDate,
    step: f64,
    is_share: bool,
) -> Change {
    let compared = comparable(answers, until);
    let whole = half_year(until);
    let ends = compared.first().zip(compared.last());
    let span = ends
        .map_or(whole, |(first, last)| ComparisonSpan { from: first.1.0.day, to: last.1.0.day });
    let values = |kind: bool| {
        let side = compared.iter().filter(move |(_, (_, with))| *with == kind);
        side.map(|(_, (answer, _))| answer.value)
    };
    let [now, then] = [true, false].map(|kind| SpanMean::of(span, values(kind), is_share));
    let answers = [true, false].map(|kind| SampleMoments::of(values(kind)));
    let evidence = evidence(&by_day(&compared), &answers, step);
    Change::between(Some(then), now, evidence)
}

fn half_year(until: NaiveDate) -> ComparisonSpan {
    let from = until.checked_sub_days(Days::new(DAYS as u64 - 1)).unwrap_or(until);
    ComparisonSpan { from, to: until }
}

impl KindSides {
    /// Counts the answers that [`contrast`] compares, and those of four weeks that have days of
    /// one kind only, which say nothing of a difference.
    pub fn of(answers: &[(Observation, bool)], until: NaiveDate, is_share: bool) -> KindSides {
        let half_year = half_year(until);
        let recent = || answers.iter().filter(|(answer, _)| half_year.has(answer.day));
        let first = recent().map(|(answer, _)| answer.day).min().unwrap_or(half_year.from);
        let span = ComparisonSpan { from: first, to: until };
        let side = |kind: bool| {
            let of_kind = recent().filter(|(_, with)| *with == kind);
            SpanMean::of(span, of_kind.map(|(answer, _)| answer.value), is_share)
        };
        KindSides { with: side(true), without: side(false) }
    }

    /// Do both sides differ in the same direction as the comparison?
    pub fn agree(&self, change: &Change) -> bool {
        let difference = |with: &SpanMean, without: &SpanMean| Some(with.mean? - without.mean?);
        let own = difference(&self.with, &self.without);
        let compared = change.then.as_ref().and_then(|then| difference(&change.now, then));
        own.zip(compared).is_some_and(|(own, compared)| own * compared > 0.0)
    }
}

fn by_day(compared: &[BlockObservation]) -> Vec<BlockDay> {
    let days = compared.chunk_by(|a, b| a.1.0.day == b.1.0.day && a.1.1 == b.1.1);
    days.map(|of| {
        let sum: f64 = of.iter().map(|(_, (answer, _))| answer.value).sum();
        let (block, (Observation { day, .. }, with)) = of[0];
        (block, (Point { day, value: sum / of.len() as f64, answers: of.len() }, with))
    })
    .collect()
}

/// Answers of the latest blocks that have days of both kinds, each with its block.
fn comparable(answers: &[(Observation, bool)], until: NaiveDate) -> Vec<BlockObservation> {
    let ago = |answer: &Observation| (until - answer.day).num_days();
    let recent = answers.iter().filter(|(answer, _)| (0..DAYS).contains(&ago(answer)));
    let blocks: Vec<_> = recent.map(|of| (ago(&of.0) / BLOCK, *of)).collect();
    let both = |block: &[BlockObservation]| {
        [true, false].iter().all(|kind| block.iter().any(|(_, (_, with))| with == kind))
    };
    blocks.chunk_by(|a, b| a.0 == b.0).filter(|block| both(block)).flatten().copied().collect()
}

/// `answers` are those of days with it and of the others. What may be dealt out or left out
/// is a day.
fn evidence(
    compared: &[BlockDay],
    answers: &[SampleMoments; 2],
    step: f64,
) -> Option<ChangeEvidence> {
    let side = |kind: bool| {
        let of_kind = compared.iter().filter(move |(_, (_, with))| *with == kind);
        SampleMoments::of(of_kind.map(|(_, (day, _))| day.value))
    };
    let (with, without) = (side(true), side(false));
    let blocks = compared.chunk_by(|a, b| a.0 == b.0).count();
    let columns = 2 + blocks;
    if with.count.min(without.count) < LEAST_EACH_KIND || compared.len() < columns + LEAST_SPARE {
        return None;
    }
    let first = compared[0].1.0.value;
    if compared.iter().all(|(_, (answer, _))| answer.value == first) {
        return None;
    }
    let weekend = |answer: &Point| matches!(answer.day.weekday(), Weekday::Sat | Weekday::Sun);
    let weekends = compared.iter().filter(|(_, (answer, _))| weekend(answer)).count();
    // Where all days are week-ends, or none is, a slope instead.
    let varied = (1..compared.len()).contains(&weekends);
    let mut rows = Vec::with_capacity(compared.len());
    for (block, of) in compared.chunk_by(|a, b| a.0 == b.0).enumerate() {
        for (_, (answer, with)) in of {
            let slope = rows.len() as f64 / compared.len() as f64;
            let beside = if varied { f64::from(u8::from(weekend(answer))) } else { slope };
            let terms = [(0, f64::from(u8::from(*with))), (1, beside), (2 + block, 1.0)];
            let day = answer.day.num_days_from_ce().into();
            let terms = terms.into_iter().filter(|(_, part)| *part != 0.0).collect();
            rows.push(DesignRow { day, value: answer.value, answers: answer.answers, terms });
        }
    }
    let mut contrast = vec![0.0; columns];
    contrast[0] = 1.0;
    let margin = MARGIN_WITHIN * answers[0].spread_beside(&answers[1]);
    let tails = Design { rows, contrast }.tails(margin, step * step / 12.0)?;
    // The figures that are shown weigh answers, and must point the same way.
    let told = answers[0].mean() - answers[1].mean();
    let agrees = told * (with.mean() - without.mean()) > 0.0;
    Some(ChangeEvidence::of(&tails, &with, &without).only_if(agrees))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pattern::change::Claim;

    #[test]
    fn where_all_answers_together_are_level_days_alone_tell_nothing() {
        let first = NaiveDate::from_ymd_opt(2026, 6, 1).unwrap();
        let day = |n: u64| first + Days::new(n);
        let answer = |n: u64| {
            let wave = if (n / 2).is_multiple_of(2) { 0.25 } else { -0.25 };
            let is_with = n.is_multiple_of(2);
            let value = if is_with { 4.0 } else { 3.0 } + wave;
            (Observation { day: day(n), value }, is_with)
        };
        let mut answers: Vec<_> = (0..40).map(answer).collect();
        let claim = |answers: &[(Observation, bool)]| contrast(answers, day(40), 1.0, false).claim;
        assert_eq!(claim(&answers), Claim::Higher);
        // One day's many answers bring the mean of all to 3, and that of the days hardly down.
        answers.extend((0..20).map(|_| (Observation { day: day(40), value: 2.0 }, true)));
        assert_eq!(claim(&answers), Claim::TooFew);
    }
}
