//! A row of marks on the first screen: a year of months, a quarter of weeks, or four weeks
//! of days.

use chrono::{Days, Months, NaiveDate};

use super::super::change::LEAST_SHARE;
use super::super::series::{FigureLine, first_of_month, means, monday};

const SLOTS: u32 = 12;
const FOUR_WEEKS: u64 = 28;
/// A younger journal is told in weeks.
const YOUNG: i64 = 12 * 7;
/// Below so many answers, all of these four weeks, each is a dot on its day.
const FEW: usize = 4;

/// What one mark of a row is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OverviewUnit {
    Months,
    Weeks,
    Days,
}

/// One stretch of time in a row of marks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum StripLevel {
    /// Nothing was answered.
    Empty,
    /// Too few answers for a share of them.
    Few,
    /// How far up its range it lies, from 0 to 1.
    Of(f64),
}

impl From<Option<f64>> for StripLevel {
    fn from(level: Option<f64>) -> StripLevel {
        level.map_or(StripLevel::Empty, StripLevel::Of)
    }
}

impl OverviewUnit {
    /// By how long ago the first answer is, and how many the longest row has.
    pub fn fitting(first: NaiveDate, until: NaiveDate, most: usize) -> OverviewUnit {
        match (until - first).num_days() {
            days if most < FEW && days < FOUR_WEEKS as i64 => OverviewUnit::Days,
            days if days < YOUNG => OverviewUnit::Weeks,
            _ => OverviewUnit::Months,
        }
    }

    /// The stretch that a day belongs to, by its first day.
    fn slot(self, day: NaiveDate) -> NaiveDate {
        match self {
            OverviewUnit::Months => first_of_month(day),
            OverviewUnit::Weeks => monday(day),
            OverviewUnit::Days => day,
        }
    }

    pub fn slots(self, until: NaiveDate) -> Vec<NaiveDate> {
        let last = self.slot(until);
        let before = |count: u32| match self {
            OverviewUnit::Months => last.checked_sub_months(Months::new(count)),
            OverviewUnit::Weeks => last.checked_sub_days(Days::new(7 * u64::from(count))),
            OverviewUnit::Days => last.checked_sub_days(Days::new(u64::from(count))),
        };
        let count = if self == OverviewUnit::Days { FOUR_WEEKS as u32 } else { SLOTS };
        (0..count).rev().filter_map(before).collect()
    }

    /// The line in these stretches. A mean may be of one answer, a share may not.
    pub fn levels(self, line: &FigureLine, is_share: bool, slots: &[NaiveDate]) -> Vec<StripLevel> {
        let points = means(&line.answers, |day| self.slot(day));
        let level = |slot: &NaiveDate| match points.iter().find(|point| point.day == *slot) {
            None => StripLevel::Empty,
            Some(point) if is_share && point.answers < LEAST_SHARE => StripLevel::Few,
            Some(point) => StripLevel::Of(line.level(point.value)),
        };
        slots.iter().map(level).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_answers_of_four_weeks_are_drawn_by_days_and_those_of_a_quarter_by_weeks() {
        let until: NaiveDate = "2026-11-23".parse().unwrap();
        let unit = |days: u64, most| OverviewUnit::fitting(until - Days::new(days), until, most);
        assert_eq!(unit(FOUR_WEEKS - 1, FEW - 1), OverviewUnit::Days);
        assert_eq!(unit(FOUR_WEEKS - 1, FEW), OverviewUnit::Weeks);
        assert_eq!(unit(FOUR_WEEKS, FEW - 1), OverviewUnit::Weeks);
        assert_eq!(unit(YOUNG as u64 - 1, FEW), OverviewUnit::Weeks);
        assert_eq!(unit(YOUNG as u64, 1), OverviewUnit::Months);
    }
}
