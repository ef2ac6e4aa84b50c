//! A number before and the same after, in one session.

use chrono::NaiveDate;

use crate::entry::{Entry, Scale};

use super::change::{Observation, paired};
use super::gauge::{Gauge, Measure, Scope};
use super::{Body, Unit};

const FEWEST: usize = 3;

pub(super) struct Pairs<'a> {
    scope: Scope<'a>,
    scale: Option<Scale>,
    /// Newest first.
    pairs: Vec<(Observation, f64)>,
}

impl<'a> Pairs<'a> {
    pub fn new(scope: Scope<'a>) -> Pairs<'a> {
        Pairs { scope, scale: None, pairs: Vec::new() }
    }
}

impl Gauge for Pairs<'_> {
    fn add(&mut self, day: NaiveDate, entry: &Entry) {
        let [before, after] = self.scope.pattern.of.as_slice() else { return };
        let (Some(before), Some(after)) = (entry.answer(before), entry.answer(after)) else {
            return;
        };
        if let (Some(value), Some(after)) = (before.value.number(), after.value.number()) {
            self.scale = self.scale.or(before.scale);
            self.pairs.push((Observation { day, value }, after));
        }
    }

    fn measure(mut self: Box<Self>) -> Measure {
        self.pairs.reverse();
        self.pairs.sort_by_key(|(before, _)| before.day);
        let count = |test: fn(&(Observation, f64)) -> bool| {
            self.pairs.iter().filter(|pair| test(pair)).count()
        };
        let (low, high) = self.scale.map_or((0.0, 1.0), |s| (s.min as f64, s.max as f64));
        let (before, after): (Vec<Observation>, Vec<f64>) = self.pairs.iter().copied().unzip();
        let mean = |sum: f64| sum / self.pairs.len() as f64;
        let enough = (self.pairs.len(), FEWEST, Unit::Sittings);
        let measure = Measure::enough(self.pairs.len(), enough, || Body::Change {
            low,
            high,
            before: mean(before.iter().map(|answer| answer.value).sum()),
            after: mean(after.iter().sum()),
            lower: count(|(before, after)| *after < before.value),
            same: count(|(before, after)| *after == before.value),
            higher: count(|(before, after)| *after > before.value),
        });
        let change = if self.pairs.len() >= FEWEST { paired(&before, &after, 1.0) } else { None };
        Measure { change, ..measure }
    }
}
