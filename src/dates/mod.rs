//! Dates as people write them: one moment for `--at`, days for queries, and days
//! by the calendar alone for what other programs wrote.
//!
//! A text is cut into `words`; a `phrase` gives every word its place, whatever
//! their order; its `reading` on a given day is a moment or days; a `range`
//! joins two of them.

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
mod table;
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
pub(crate) use stamp::{Timestamp, time_of_day};
pub(crate) use zone::Zone;

pub use errors::DateError;

/// Whole days, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateSpan {
    /// The first of the days.
    pub first: NaiveDate,
    /// The last of the days.
    pub last: NaiveDate,
}

/// The days that a file's name has room for: it writes a year in four digits.
const FIRST_DAY: NaiveDate = NaiveDate::from_ymd_opt(1, 1, 1).unwrap();
const LAST_DAY: NaiveDate = NaiveDate::from_ymd_opt(9999, 12, 31).unwrap();

/// Does a file's name have room for this day?
pub fn has_a_name(day: NaiveDate) -> bool {
    (FIRST_DAY..=LAST_DAY).contains(&day)
}

/// A moment. A day alone means that day at the present time of day.
///
/// # Errors
///
/// [`DateError`], where the text is no moment, or more than one.
pub fn moment(text: &str, clock: &Clock) -> Result<DateTime<FixedOffset>> {
    let given = text.trim();
    let calendar = Calendar::new(given, clock);
    let normal = words::normalise(text);
    if let Some(at) = one_moment(&normal, &calendar)? {
        return Ok(at);
    }
    // “last week” and `A..B` are read, but as days.
    if let Some(span) = range::read(&normal, &calendar)? {
        return Err(many_days(span, &calendar).into());
    }
    let shown = |at: DateTime<FixedOffset>| at.format("%Y-%m-%d %H:%M").to_string();
    let read = |near: &str| one_moment(near, &calendar).ok().flatten().map(shown);
    Err(unreadable(given, nearest::nearest(&normal, read)))
}

fn one_moment(normal: &str, calendar: &Calendar) -> Result<Option<DateTime<FixedOffset>>> {
    let Some(phrase) = Phrase::parse(normal, calendar)? else { return Ok(None) };
    let Some(reading) = phrase.read(calendar)? else { return Ok(None) };
    let at = reading.as_moment(calendar).map_err(|span| many_days(span, calendar))?;
    Ok(Some(at).filter(|at| has_a_name(at.date_naive())))
}

/// Four digits are a year, of which there is no one moment, or a time.
fn many_days(span: DateSpan, calendar: &Calendar) -> DateError {
    let given = calendar.given.to_owned();
    let digits = given.len() == 4 && given.bytes().all(|b| b.is_ascii_digit());
    let (hours, minutes) = given.split_at_checked(2).unwrap_or_default();
    let time = NaiveTime::parse_from_str(&format!("{hours}:{minutes}"), "%H:%M");
    if let Some(time) = time.ok().filter(|_| digits) {
        let readings = [time.format("%H:%M").to_string(), format!("the year {given}")];
        return DateError::Ambiguous { given, readings };
    }
    let day = if span.first == FIRST_DAY { span.last } else { span.first };
    DateError::ManyDays { given, day }
}

/// The moment, where a text says the time to the minute: “yesterday 9pm”, “2 hours
/// ago”, and not “last night”.
pub fn exact(text: &str, clock: &Clock) -> Option<DateTime<FixedOffset>> {
    let calendar = Calendar::new(text.trim(), clock);
    let phrase = Phrase::parse(&words::normalise(text), &calendar).ok().flatten()?;
    match phrase.read(&calendar).ok().flatten()? {
        DateReading::Moment(at) => phrase.is_exact().then_some(at),
        DateReading::Day { .. } | DateReading::Days(_) => None,
    }
}

/// Days: one, a week, a month or a year, by date or as people say it (“last
/// week”), or from one to another (`2026-11-01..monday`).
///
/// # Errors
///
/// [`DateError`], where the text names no days, or [`DateError::BackwardDays`].
pub fn span(text: &str, clock: &Clock) -> Result<DateSpan> {
    let given = text.trim();
    let calendar = Calendar::new(given, clock);
    let normal = words::normalise(text);
    match range::read(&normal, &calendar)? {
        // A slip, and not an empty span.
        Some(DateSpan { first, last }) if first > last => {
            Err(DateError::BackwardDays { first, last }.into())
        }
        Some(span) if has_a_name(span.first) && has_a_name(span.last) => Ok(span),
        _ => {
            let shown = |span: DateSpan| match span.first == span.last {
                true => span.first.to_string(),
                false => format!("{} to {}", span.first, span.last),
            };
            let read = |near: &str| range::read(near, &calendar).ok().flatten().map(shown);
            Err(unreadable(given, nearest::nearest(&normal, read)))
        }
    }
}

fn unreadable(given: &str, nearest: Option<(String, String)>) -> Error {
    DateError::Unreadable { given: given.to_owned(), nearest }.into()
}

/// A week ago, a month ago, and this day in earlier years, as far back as
/// anyone has kept a journal here.
pub fn earlier_such_days(today: NaiveDate) -> Vec<NaiveDate> {
    let recent = [today.checked_sub_days(Days::new(7)), today.checked_sub_months(Months::new(1))];
    // A leap day has no such day in most years; the other rules of calendars
    // would show 28 February twice.
    let years = (1..=100).map(|n| today.with_year(today.year() - n));
    recent.into_iter().chain(years).flatten().collect()
}
