//! The days on which something was kept.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::gauge::Measure;
use super::{Body, FigureDay, ValueUnit};

/// A year in squares, a column a week.
const YEAR: u64 = 53 * 7;

pub(super) struct Days {
    first: NaiveDate,
    last: NaiveDate,
    oldest: Option<NaiveDate>,
    entries: BTreeMap<NaiveDate, usize>,
}

impl Days {
    pub fn new(last: NaiveDate) -> Days {
        let first = last.checked_sub_days(chrono::Days::new(YEAR - 1)).unwrap_or(NaiveDate::MIN);
        Days { first, last, oldest: None, entries: BTreeMap::new() }
    }

    pub fn add(&mut self, day: NaiveDate) {
        self.oldest = Some(self.oldest.map_or(day, |oldest| oldest.min(day)));
        if (self.first..=self.last).contains(&day) {
            *self.entries.entry(day).or_default() += 1;
        }
    }

    /// The first day of all, however long ago.
    pub fn oldest(&self) -> Option<NaiveDate> {
        self.oldest
    }

    pub fn measure(self) -> Measure {
        let rests_on = self.entries.values().sum();
        let day = |(day, entries)| FigureDay { day, entries };
        let first = self.oldest.map_or(self.first, |oldest| oldest.max(self.first));
        Measure::enough(rests_on, (rests_on, 1, ValueUnit::Entries), || Body::Days {
            first,
            last: self.last,
            days: self.entries.into_iter().map(day).collect(),
        })
    }
}
