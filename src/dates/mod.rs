//! Parses dates as people write them: one moment for `--at`, days for queries, and dates
//! that other programs wrote.
//!
//! A text is split into `words`; rules assign every word to a part of a `phrase`, in any
//! order; its `reading` on a given day is a moment or days; a `range` joins two of them.

mod absolute;
mod errors;
mod nearest;
mod numeric;
mod phrase;
mod range;
mod reading;
mod relative;
mod stamp;
mod stretch;
#[cfg(test)]
mod tests;
mod time;
mod vocabulary;
mod words;
mod zone;

use chrono::{DateTime, Datelike, Days, FixedOffset, Months, NaiveDate, NaiveTime};

use crate::config::Clock;
use crate::error::{Error, Result};
use phrase::{Calendar, Phrase};
use reading::DateReading;

pub(crate) use numeric::DigitOrder;
pub(crate) use stamp::{Timestamp, time_here, time_of_day};
pub(crate) use zone::Zone;

pub use errors::DateError;

/// Whole days, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateSpan {
    /// The first day.
    pub first: NaiveDate,
    /// The last day.
    pub last: NaiveDate,
}

impl DateSpan {
    fn of_day(day: NaiveDate) -> DateSpan {
        DateSpan { first: day, last: day }
    }
}

/// The days that fit into a file's name, which has four digits for the year.
const FIRST_DAY: NaiveDate = NaiveDate::from_ymd_opt(1, 1, 1).unwrap();
const LAST_DAY: NaiveDate = NaiveDate::from_ymd_opt(9999, 12, 31).unwrap();

/// Does this day fit into a file's name?
pub fn fits_in_name(day: NaiveDate) -> bool {
    (FIRST_DAY..=LAST_DAY).contains(&day)
}

/// Parses a moment. A day alone means that day at the current time of day.
///
/// # Errors
///
/// A [`DateError`] if the text isn't exactly one moment.
pub fn moment(text: &str, clock: &Clock) -> Result<DateTime<FixedOffset>> {
    parse_moment(text, clock, &DateReading::as_moment, show_moment)
}

/// Checks a moment for an entry whose time of day isn't known yet. What is suggested has no
/// time where a day alone would keep that.
///
/// # Errors
///
/// As [`moment`].
pub fn check_moment(text: &str, clock: &Clock) -> Result<()> {
    let show = |reading, at| match reading {
        DateReading::Day { day, .. } => day.to_string(),
        DateReading::Moment(_) | DateReading::Days(_) => show_moment(reading, at),
    };
    parse_moment(text, clock, &DateReading::as_moment, show).map(drop)
}

/// Parses the moment to which an entry of `at` moves. A day alone keeps its time of day.
///
/// # Errors
///
/// As [`moment`].
pub fn moment_at_time_of(
    at: DateTime<FixedOffset>,
    text: &str,
    clock: &Clock,
) -> Result<DateTime<FixedOffset>> {
    let to = |reading: DateReading, calendar: &Calendar| reading.as_moment_at_time_of(at, calendar);
    parse_moment(text, clock, &to, show_moment)
}

fn show_moment(_: DateReading, at: DateTime<FixedOffset>) -> String {
    at.format("%Y-%m-%d %H:%M").to_string()
}

/// The moment that a reading is, or the days, if it is several.
type ToMoment<'a> =
    &'a dyn Fn(DateReading, &Calendar) -> std::result::Result<DateTime<FixedOffset>, DateSpan>;

/// Parses it; `show` words the reading that is suggested for a slip.
fn parse_moment(
    text: &str,
    clock: &Clock,
    to: ToMoment,
    show: impl Fn(DateReading, DateTime<FixedOffset>) -> String,
) -> Result<DateTime<FixedOffset>> {
    let given = text.trim();
    let calendar = Calendar::new(given, clock);
    let normalized = words::normalize(text);
    let read = |near: &str| {
        let (reading, at) = one_moment(near, &calendar, to).ok().flatten()?;
        Some(show(reading, at))
    };
    if let Some((reading, at)) = one_moment(&normalized, &calendar, to)? {
        // “3 hours” is how long, not when; “21h14” is a time.
        let may_be_length = !matches!(reading, DateReading::Moment(_));
        return match read(&format!("{normalized} ago")).filter(|_| may_be_length) {
            Some(shown) => Err(unreadable(given, Some((format!("{given} ago"), shown)))),
            None => Ok(at),
        };
    }
    // “last week” and `A..B` can be read, but as days.
    if let Some(span) = range::read(&normalized, &calendar)? {
        return Err(many_days(span, &calendar).into());
    }
    Err(unreadable(given, nearest::nearest(given, &normalized, read)))
}

fn one_moment(
    normal: &str,
    calendar: &Calendar,
    to: ToMoment,
) -> Result<Option<(DateReading, DateTime<FixedOffset>)>> {
    let Some(phrase) = Phrase::parse(normal, calendar)? else { return Ok(None) };
    let Some(reading) = phrase.read(calendar)? else { return Ok(None) };
    let at = to(reading, calendar).map_err(|span| many_days(span, calendar))?;
    Ok(fits_in_name(at.date_naive()).then_some((reading, at)))
}

/// The error for several days. Four digits may be a year or a time.
fn many_days(span: DateSpan, calendar: &Calendar) -> DateError {
    let given = calendar.given.to_owned();
    let is_digits = given.len() == 4 && given.bytes().all(|b| b.is_ascii_digit());
    let (hours, minutes) = given.split_at_checked(2).unwrap_or_default();
    let time = NaiveTime::parse_from_str(&format!("{hours}:{minutes}"), "%H:%M");
    if let Some(time) = time.ok().filter(|_| is_digits) {
        let readings = [time.format("%H:%M").to_string(), format!("the year {given}")];
        return DateError::Ambiguous { given, readings };
    }
    let day = if span.first == FIRST_DAY { span.last } else { span.first };
    DateError::ManyDays { given, day }
}

/// The moment, if the text gives a time: “yesterday 9pm”, “2 hours ago”, but not “last
/// night”.
pub fn exact(text: &str, clock: &Clock) -> Option<DateTime<FixedOffset>> {
    let calendar = Calendar::new(text.trim(), clock);
    let phrase = Phrase::parse(&words::normalize(text), &calendar).ok().flatten()?;
    let DateReading::Moment(at) = phrase.read(&calendar).ok().flatten()? else { return None };
    phrase.is_exact().then_some(at)
}

/// Parses days: one, a week, a month or a year, by date or in words (“last week”), or
/// from one day to another (`2026-11-01..monday`).
///
/// # Errors
///
/// A [`DateError`] if the text gives no days; [`DateError::BackwardDays`].
pub fn span(text: &str, clock: &Clock) -> Result<DateSpan> {
    let given = text.trim();
    let calendar = Calendar::new(given, clock);
    let normalized = words::normalize(text);
    match range::read(&normalized, &calendar)? {
        // A mistake rather than an empty span.
        Some(DateSpan { first, last }) if first > last => {
            Err(DateError::BackwardDays { first, last }.into())
        }
        Some(span) if fits_in_name(span.first) && fits_in_name(span.last) => Ok(span),
        _ => {
            let show = |span: DateSpan| {
                if span.first == span.last {
                    span.first.to_string()
                } else {
                    format!("{} to {}", span.first, span.last)
                }
            };
            let read = |near: &str| range::read(near, &calendar).ok().flatten().map(show);
            Err(unreadable(given, nearest::nearest(given, &normalized, read)))
        }
    }
}

fn unreadable(given: &str, nearest: Option<(String, String)>) -> Error {
    DateError::Unreadable { given: given.to_owned(), nearest }.into()
}

/// A week ago, a month ago, and this day in each of the last hundred years.
pub fn earlier_such_days(today: NaiveDate) -> Vec<NaiveDate> {
    let recent = [today.checked_sub_days(Days::new(7)), today.checked_sub_months(Months::new(1))];
    // A leap day is skipped in most years; taking 28 February instead would
    // show that twice.
    let years = (1..=100).map(|n| today.with_year(today.year() - n));
    recent.into_iter().chain(years).flatten().collect()
}
