//! Which days are compared. Days alone decide, never values: who looked at the
//! values first would find a change wherever chance has left one.

use chrono::{Days, NaiveDate};
use serde::Serialize;

use crate::config::Clock;
use crate::dates::{self, DateError};
use crate::error::{Error, Result, nearest};

use super::{LEAST, Observation};

/// How many days "now" is, and how many the earlier span at most.
pub const NOW: u64 = 28;
const WIDEST: u64 = 84;
const HALF_A_YEAR: u64 = 182;

/// Both ends belong to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct ComparisonSpan {
    pub from: NaiveDate,
    pub to: NaiveDate,
}

/// What the writer wants "now" compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Baseline {
    /// The first days that have enough answers; of a questionnaire, the first session.
    First,
    /// The four weeks before; of a questionnaire, the session before.
    Previous,
    /// These days, as far as they lie before.
    Span(ComparisonSpan),
}

/// How many days this one is from half a year before the latest: of sessions on single days,
/// the one nearest to it stands beside the latest.
pub fn days_from_half_a_year(latest: NaiveDate, day: NaiveDate) -> u64 {
    (latest - day).num_days().abs_diff(HALF_A_YEAR as i64)
}

/// Is that half a year, as nearly as the twelve weeks around it are?
pub fn is_near_half_a_year(latest: NaiveDate, day: NaiveDate) -> bool {
    days_from_half_a_year(latest, day) <= WIDEST / 2
}

/// Which earlier span that is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum BaselineKind {
    /// The twelve weeks around these four, half a year before.
    HalfYear,
    /// The first days that have enough answers.
    First,
    /// The four weeks before.
    Previous,
    /// The days that the writer named.
    Named,
    /// Of a questionnaire, the session nearest to half a year before the latest, within six
    /// weeks of it.
    NearHalfYear,
    /// Its first session.
    #[serde(rename = "first")]
    FirstSession,
    /// The session before the latest.
    #[serde(rename = "previous")]
    SessionBefore,
    /// The six sessions before the latest six.
    SixBefore,
}

impl Baseline {
    /// "first", "previous", or days as a query reads them.
    ///
    /// # Errors
    /// The [`DateError`](crate::dates::DateError) of days that are none.
    pub fn parse(given: &str, clock: &Clock) -> Result<Baseline> {
        Ok(match given {
            "first" => Baseline::First,
            "previous" => Baseline::Previous,
            _ => {
                let span = dates::span(given, clock).map_err(|error| with_names(error, given))?;
                Baseline::Span(ComparisonSpan { from: span.first, to: span.last })
            }
        })
    }
}

impl Baseline {
    /// Do the days that the writer named all come before this one?
    pub fn is_before(self, day: NaiveDate) -> bool {
        match self {
            Baseline::Span(named) => named.to < day,
            Baseline::First | Baseline::Previous => false,
        }
    }

    /// The day before "now", where the days that the writer named begin before it and reach into
    /// "now": with it, "then" ends.
    pub fn cut(self, until: NaiveDate) -> Option<NaiveDate> {
        let Baseline::Span(named) = self else { return None };
        let before = back(ComparisonSpan::now(until).from, 1);
        (named.from..named.to).contains(&before).then_some(before)
    }
}

/// The error, with the names that a baseline may have where nothing like it is a date.
fn with_names(error: Error, given: &str) -> Error {
    match error.of() {
        Some(DateError::Unreadable { nearest: None, .. }) => {
            let (given, nearest) = (given.to_owned(), nearest(given, ["first", "previous"]));
            DateError::UnreadableBaseline { given, nearest }.into()
        }
        _ => error,
    }
}

impl ComparisonSpan {
    /// The four weeks that end with this day.
    pub fn now(today: NaiveDate) -> ComparisonSpan {
        ComparisonSpan { from: back(today, NOW - 1), to: today }
    }

    /// The days of it from this one on, if it has any.
    pub fn starting_on(self, first: NaiveDate) -> ComparisonSpan {
        if self.to < first { self } else { ComparisonSpan { from: self.from.max(first), ..self } }
    }

    pub fn has(self, day: NaiveDate) -> bool {
        (self.from..=self.to).contains(&day)
    }

    pub fn count(self, of: &[Observation]) -> usize {
        of.iter().filter(|observation| self.has(observation.day)).count()
    }

    /// What this is compared with: what was named, as far as it lies before, or the
    /// first span that has enough answers. `first_day` is the journal's, where that is
    /// older than the first of these answers.
    pub fn earlier(
        self,
        of: &[Observation],
        named: Option<Baseline>,
        first_day: Option<NaiveDate>,
    ) -> Option<(BaselineKind, ComparisonSpan)> {
        let yesterday = back(self.from, 1);
        if let Some(Baseline::Span(named)) = named {
            let span = ComparisonSpan { from: named.from, to: named.to.min(yesterday) };
            // What is left of a month that has become "now" says nothing without an answer.
            let is_before = span == named || span.from <= span.to && span.count(of) > 0;
            return is_before.then_some((BaselineKind::Named, span));
        }
        let first = of.first()?.day;
        let first = first_day.map_or(first, |day| day.min(first));
        let half_year = {
            let beside = (WIDEST - NOW) / 2;
            let from = back(self.from, HALF_A_YEAR + beside);
            ComparisonSpan { from, to: back(self.to, HALF_A_YEAR - beside) }
        };
        // Half of what lies before "now"; a stray answer or two begin nothing.
        let from = |first: NaiveDate| {
            let half = (self.from - first).num_days().max(0) as u64 / 2;
            ComparisonSpan { from: first, to: on(first, half.clamp(NOW, WIDEST) - 1) }
        };
        let days = std::iter::once(first).chain(of.iter().map(|answer| answer.day));
        let begins = days.map(from);
        let begin =
            begins.take_while(|span| span.to < self.from).find(|span| span.count(of) >= LEAST);
        let previous = ComparisonSpan { from: back(self.from, NOW), to: yesterday };
        let spans = [
            (BaselineKind::HalfYear, Some(half_year).filter(|span| first <= span.from)),
            (BaselineKind::First, begin),
            (BaselineKind::Previous, Some(previous)),
        ];
        let wanted = |against: BaselineKind| match named {
            Some(Baseline::First) => against == BaselineKind::First,
            Some(Baseline::Previous) => against == BaselineKind::Previous,
            Some(Baseline::Span(_)) | None => true,
        };
        let mut fitting = spans.into_iter().filter_map(|(against, span)| Some((against, span?)));
        fitting.find(|(against, span)| wanted(*against) && span.count(of) >= LEAST)
    }
}

fn back(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_sub_days(Days::new(days)).unwrap_or(NaiveDate::MIN)
}

fn on(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_neither_days_nor_a_name_is_refused_with_the_names_that_there_are() {
        let clock = Clock::at("2026-11-23T21:14:03+01:00".parse().unwrap());
        let hint = |given: &str| Baseline::parse(given, &clock).unwrap_err().hint();
        assert_eq!(hint("next"), "Try first, previous, \"last month\" or 2026-03.");
        assert_eq!(hint("prev"), "Did you mean previous?");
        let month = "Did you mean “last month” (2026-10-01 to 2026-10-31)?";
        assert_eq!(hint("last mnth"), month, "days are named as anywhere");
    }
}
