//! The times of day.

use chrono::{NaiveDate, Timelike};

use crate::entry::Entry;

use super::gauge::{Gauge, Measure, Scope};
use super::{Body, Count, ValueUnit};

const FEWEST: usize = 5;
/// By the hour at which each begins; the last lasts until the first.
const PARTS: [(&str, u32); 4] = [
    ("morning, 5 to 12", 5),
    ("afternoon, 12 to 17", 12),
    ("evening, 17 to 22", 17),
    ("night, 22 to 5", 22),
];

pub(super) struct Hours<'a> {
    scope: Scope<'a>,
    times: [usize; PARTS.len()],
}

impl<'a> Hours<'a> {
    pub fn new(scope: Scope<'a>) -> Hours<'a> {
        Hours { scope, times: [0; PARTS.len()] }
    }
}

impl Gauge for Hours<'_> {
    fn add(&mut self, _day: NaiveDate, entry: &Entry) {
        let of = &self.scope.pattern.of;
        let answers = of.is_empty() || of.iter().any(|id| entry.answer(id).is_some());
        // What is asked later was written at some other hour.
        if answers && entry.about.is_none() {
            let begun = PARTS.iter().rposition(|(_, from)| *from <= entry.at.hour());
            self.times[begun.unwrap_or(PARTS.len() - 1)] += 1;
        }
    }

    fn measure(self: Box<Self>, _first_day: Option<NaiveDate>) -> Measure {
        let count =
            |((name, _), times): (&(&str, u32), usize)| Count::new((*name).to_owned(), times);
        let all = self.times.iter().sum();
        let counts = PARTS.iter().zip(self.times).map(count).collect();
        Measure::enough(all, (all, FEWEST, ValueUnit::Entries), || Body::Counts {
            counts,
            months: Vec::new(),
        })
    }
}
