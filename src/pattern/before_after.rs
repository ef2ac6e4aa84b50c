//! A number before and the same after, in one session.

use chrono::NaiveDate;

use crate::entry::Entry;

use super::change::{Change, ComparisonSpan, Observation, SpanMean, paired_change};
use super::gauge::{Gauge, Measure, NewestWording, Scope};
use super::{BeforeAfter, Body, ValueUnit};

const FEWEST: usize = 3;
/// Single pairs that are shown.
const SHOWN: usize = 12;

pub(super) struct BeforeAfterPairs<'a> {
    scope: Scope<'a>,
    /// Of before and of after.
    newest: [NewestWording; 2],
    left_out: usize,
    /// Newest first.
    pairs: Vec<(Observation, f64)>,
}

impl<'a> BeforeAfterPairs<'a> {
    pub fn new(scope: Scope<'a>) -> BeforeAfterPairs<'a> {
        BeforeAfterPairs { scope, newest: Default::default(), left_out: 0, pairs: Vec::new() }
    }
}

impl BeforeAfterPairs<'_> {
    fn newest_pairs(&self) -> Vec<BeforeAfter> {
        let newest = &self.pairs[self.pairs.len().saturating_sub(SHOWN)..];
        let pair = |(before, after): &(Observation, f64)| BeforeAfter {
            day: before.day,
            before: before.value,
            after: *after,
        };
        newest.iter().map(pair).collect()
    }

    /// The newest day before those of the pairs that are shown.
    fn older_day(&self) -> Option<NaiveDate> {
        let mut days = self.pairs.iter().rev().map(|(before, _)| before.day).skip(SHOWN - 1);
        let oldest = days.next()?;
        days.find(|day| *day < oldest)
    }
}

/// Before and after of the sessions half a year ago, or whenever else "now" is compared with,
/// and of those of now; none of a span without a session.
fn of_spans(
    scope: &Scope,
    pairs: &[(Observation, f64)],
    first_day: Option<NaiveDate>,
) -> Vec<Change> {
    let before: Vec<Observation> = pairs.iter().map(|(before, _)| *before).collect();
    let now = ComparisonSpan::now(scope.until);
    let Some((against, then)) = now.earlier(&before, scope.against, first_day) else {
        return Vec::new();
    };
    let change = |span: ComparisonSpan| {
        let inside = pairs.iter().filter(|(before, _)| span.has(before.day));
        let (before, after): (Vec<Observation>, Vec<f64>) = inside.copied().unzip();
        let change = paired_change(&before, &after, 1.0)?;
        // The days that were compared, whenever the first session of them was.
        let of_span = |side: SpanMean| SpanMean { span, ..side };
        let (then, now) = (change.then.map(of_span), of_span(change.now));
        Some(Change { then, now, against: Some(against), ..change })
    };
    [then, now].into_iter().filter_map(change).collect()
}

impl Gauge for BeforeAfterPairs<'_> {
    fn add(&mut self, day: NaiveDate, entry: &Entry) {
        let [before, after] = self.scope.pattern.of.as_slice() else { return };
        let (Some(before), Some(after)) = (entry.answer(before), entry.answer(after)) else {
            return;
        };
        let numbers = before.value.number().zip(after.value.number());
        let Some((value, later)) = numbers else { return };
        let [first, second] = &mut self.newest;
        let same = first.compares(self.scope.question(&before.question), before);
        if second.compares(self.scope.question(&after.question), after) && same {
            self.pairs.push((Observation { day, value }, later));
        } else {
            self.left_out += 1;
        }
    }

    fn measure(mut self: Box<Self>, first_day: Option<NaiveDate>) -> Measure {
        self.pairs.reverse();
        self.pairs.sort_by_key(|(before, _)| before.day);
        let count = |test: fn(&(Observation, f64)) -> bool| {
            self.pairs.iter().filter(|pair| test(pair)).count()
        };
        let (low, high) =
            self.newest[0].scale().map_or((0.0, 1.0), |s| (s.min as f64, s.max as f64));
        let (before, after): (Vec<Observation>, Vec<f64>) = self.pairs.iter().copied().unzip();
        let mean = |sum: f64| sum / self.pairs.len() as f64;
        let enough = (self.pairs.len(), FEWEST, ValueUnit::Sessions);
        let measure = Measure::enough(self.pairs.len(), enough, || Body::BeforeAfter {
            low,
            high,
            before: mean(before.iter().map(|answer| answer.value).sum()),
            after: mean(after.iter().sum()),
            lower: count(|(before, after)| *after < before.value),
            same: count(|(before, after)| *after == before.value),
            higher: count(|(before, after)| *after > before.value),
            spans: of_spans(&self.scope, &self.pairs, first_day),
            pairs: self.newest_pairs(),
            older: self.older_day(),
        });
        let change =
            if self.pairs.len() >= FEWEST { paired_change(&before, &after, 1.0) } else { None };
        Measure { change, left_out: self.left_out, ..measure }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entry::testing;
    use crate::pattern::change::Claim;
    use crate::practice::{Pattern, PatternDisplay};

    fn entry(day: &str, asked: &str, most: i64) -> Entry {
        let at = format!("{day}T20:00:00+00:00");
        let answer = |question: &str, value: i64| {
            let scale = serde_json::json!({ "min": 0, "max": most });
            serde_json::json!({ "question": question, "asked": asked, "scale": scale, "value": value })
        };
        testing::entry(serde_json::json!({
            "id": "aaaaaaaaaa", "revision": "aaaaaa", "practice": "a", "at": at,
            "answers": [answer("before", 3), answer("after", 1)]
        }))
    }

    #[test]
    fn another_scale_or_wording_is_left_out_and_counted() {
        let mut pattern = Pattern::plain("", "before", PatternDisplay::BeforeAfter);
        pattern.of.push("after".into());
        let mut pairs = Box::new(BeforeAfterPairs::new(Scope::plain(pattern)));
        for (day, asked, most) in [
            ("2026-11-22", "How tense?", 4),
            ("2026-11-21", "How tense?", 4),
            ("2026-11-20", "How tense?", 100),
            ("2026-11-19", "How tense?", 4),
            ("2026-11-18", "How calm?", 4),
        ] {
            pairs.add(day.parse().unwrap(), &entry(day, asked, most));
        }
        let measure = pairs.measure(None);
        assert_eq!((measure.rests_on, measure.left_out), (3, 2));
        assert!(matches!(measure.body, Body::BeforeAfter { low: 0.0, high: 4.0, lower: 3, .. }));
    }

    fn measure_of(days: impl Iterator<Item = NaiveDate>) -> Measure {
        let mut pattern = Pattern::plain("", "before", PatternDisplay::BeforeAfter);
        pattern.of.push("after".into());
        let mut pairs = Box::new(BeforeAfterPairs::new(Scope::plain(pattern)));
        for day in days {
            pairs.add(day, &entry(&day.to_string(), "How tense?", 4));
        }
        pairs.measure(None)
    }

    #[test]
    fn pairs_of_the_same_day_as_those_shown_leave_the_way_to_earlier_days() {
        let days_before = |latest: &str| latest.parse::<NaiveDate>().unwrap().iter_days().rev();
        let older = |on_latest: usize, earlier: usize| {
            let latest = days_before("2026-11-20").take(1).cycle().take(on_latest);
            match measure_of(latest.chain(days_before("2026-11-10").take(earlier))).body {
                Body::BeforeAfter { older, .. } => older.map(|day| day.to_string()),
                _ => panic!("these are pairs"),
            }
        };
        assert_eq!(older(14, 10).as_deref(), Some("2026-11-10"));
        assert_eq!(older(12, 1).as_deref(), Some("2026-11-10"));
        assert_eq!(older(2, 11).as_deref(), Some("2026-10-31"));
        assert_eq!((older(14, 0), older(2, 10)), (None, None));
    }

    #[test]
    fn a_change_is_looked_for_from_the_fewest_sessions_on_and_not_before() {
        let change_of = |sessions: usize| {
            let latest: NaiveDate = "2026-11-22".parse().unwrap();
            measure_of(latest.iter_days().rev().take(sessions)).change
        };
        assert!(change_of(20).is_some_and(|change| change.claim == Claim::Lower));
        assert!(change_of(FEWEST - 1).is_none());
    }
}
