//! From one day to another: `2026-03-01..2026-03-10`, “1 to 10 march”, “since
//! monday”, “nov 20 – dec 3”.

use chrono::{Datelike, NaiveDate};

use crate::dates::DateError;

use super::phrase::{Calendar, Phrase};
use super::words::words;
use super::{DateSpan, FIRST_DAY, LAST_DAY};

type ResolvedSpan = Result<Option<DateSpan>, DateError>;

/// Days by themselves or as a range.
pub fn read(normal: &str, calendar: &Calendar) -> ResolvedSpan {
    if let Some((from, to)) = normal.split_once("..") {
        return between(from.trim_end_matches('.'), to.trim_start_matches('.'), calendar);
    }
    match whole(normal, calendar)? {
        Some(span) => Ok(Some(span)),
        None => in_words(normal, calendar),
    }
}

fn whole(text: &str, calendar: &Calendar) -> ResolvedSpan {
    let Some(phrase) = Phrase::parse(text, calendar)? else { return Ok(None) };
    Ok(phrase.read(calendar)?.map(|reading| reading.as_days(calendar)))
}

/// One end of a range: a time alone is none, as in `21:00-22:00`.
fn days(text: &str, calendar: &Calendar) -> ResolvedSpan {
    let Some(phrase) = Phrase::parse(text, calendar)? else { return Ok(None) };
    if phrase.time.is_some() && !phrase.has_day() {
        return Ok(None);
    }
    Ok(phrase.read(calendar)?.map(|reading| reading.as_days(calendar)))
}

const FROM: &[&str] = &["from ", "between "];
const OPEN: &[&str] = &["since ", "from ", "after ", "starting "];
const UNTIL: &[&str] = &["until ", "till ", "up to ", "through ", "to ", "before "];
const BETWEEN: &[&str] =
    &[" to ", " until ", " till ", " through ", " thru ", " and ", " - ", "-", "/"];

fn in_words(text: &str, calendar: &Calendar) -> ResolvedSpan {
    /// Each mark in it may be the one that parts the two days.
    const LONGEST: usize = 200;
    if text.len() > LONGEST {
        return Ok(None);
    }
    let bare = FROM.iter().find_map(|word| text.strip_prefix(word)).unwrap_or(text);
    for mark in BETWEEN {
        // A hyphen may be part of a date: any of them may be the one.
        for (at, _) in bare.match_indices(mark) {
            let (from, to) = (&bare[..at], &bare[at + mark.len()..]);
            if !from.is_empty()
                && !to.is_empty()
                && let Ok(Some(span)) = between(from, to, calendar)
            {
                return Ok(Some(span));
            }
        }
    }
    if let Some((word, rest)) = OPEN.iter().find_map(|w| Some((*w, text.strip_prefix(w)?))) {
        let span = days(rest, calendar)?;
        let after =
            |span: DateSpan| if word == "after " { span.last.succ_opt() } else { Some(span.first) };
        return Ok(span.and_then(after).map(|first| DateSpan { first, last: LAST_DAY }));
    }
    if let Some((word, rest)) = UNTIL.iter().find_map(|w| Some((*w, text.strip_prefix(w)?))) {
        let span = days(rest, calendar)?;
        let before = |span: DateSpan| {
            if word == "before " { span.first.pred_opt() } else { Some(span.last) }
        };
        return Ok(span.and_then(before).map(|last| DateSpan { first: FIRST_DAY, last }));
    }
    Ok(None)
}

/// One end may be open. What the first day leaves out, the last one says.
fn between(from: &str, to: &str, calendar: &Calendar) -> ResolvedSpan {
    let (from, to) = (from.trim(), to.trim());
    if from.is_empty() && to.is_empty() {
        return Ok(None);
    }
    // “march 1 to 10, 2026”: the year is of both.
    if let [day, year] = &words(to)[..]
        && day.number().is_some_and(|(_, digits)| digits <= 2)
        && year.number().is_some_and(|(_, digits)| digits == 4)
        && !from.is_empty()
    {
        return between(&format!("{from} {}", year.text), &day.text, calendar);
    }
    let end = if to.is_empty() { None } else { days(to, calendar)? };
    let last = match to {
        "" => Some(LAST_DAY),
        to => match end {
            Some(span) => Some(span.last),
            // “march 1 to 10”
            None => days(from, calendar)?.and_then(|from| of_the_same_month(to, from)),
        },
    };
    let Some(last) = last else { return Ok(None) };
    let latest = if to.is_empty() { calendar.latest } else { last };
    let first = match from {
        "" => Some(FIRST_DAY),
        from => match days(from, &Calendar { latest, ..*calendar })? {
            Some(span) => Some(span.first),
            // “1 to 10 march”
            None => end.and_then(|end| of_the_same_month(from, end)),
        },
    };
    Ok(first.map(|first| DateSpan { first, last }))
}

/// A number alone, as a day of the month in which another day is.
fn of_the_same_month(text: &str, DateSpan { first: other, last }: DateSpan) -> Option<NaiveDate> {
    let [word] = &words(text)[..] else { return None };
    let (day, _) = word.number().filter(|(_, digits)| *digits <= 2 && other == last)?;
    NaiveDate::from_ymd_opt(other.year(), other.month(), day)
}
