//! Parses ranges of days: `2026-03-01..2026-03-10`, “1 to 10 march”, “since monday”, “nov
//! 20 – dec 3”.

use chrono::{Datelike, Months, NaiveDate};

use crate::dates::DateError;

use super::phrase::{Calendar, Phrase};
use super::stretch::unit_around;
use super::vocabulary::TimeUnit;
use super::words::words;
use super::{DateSpan, FIRST_DAY, LAST_DAY};

type ResolvedSpan = Result<Option<DateSpan>, DateError>;

/// Parses days or a range of days.
pub fn read(normalized: &str, calendar: &Calendar) -> ResolvedSpan {
    if let Some((from, to)) = normalized.split_once("..") {
        return between(from.trim_end_matches('.'), to.trim_start_matches('.'), calendar);
    }
    if let Some(phrase) = Phrase::parse(normalized, calendar)?
        && let Some(reading) = phrase.read(calendar)?
    {
        return Ok(Some(reading.as_days(calendar)));
    }
    in_words(normalized, calendar)
}

/// One end of a range. A time alone isn't one, as in `21:00-22:00`.
fn range_end(text: &str, calendar: &Calendar) -> ResolvedSpan {
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
    /// Each separator in it is tried, so the length is limited, in bytes.
    const LONGEST: usize = 200;
    if text.len() > LONGEST {
        return Ok(None);
    }
    let without_from = FROM.iter().find_map(|word| text.strip_prefix(word)).unwrap_or(text);
    for separator in BETWEEN {
        // A hyphen may be part of a date, so each one is tried.
        for (at, _) in without_from.match_indices(separator) {
            let (from, to) = (&without_from[..at], &without_from[at + separator.len()..]);
            if !from.is_empty()
                && !to.is_empty()
                && let Ok(Some(span)) = between(from, to, calendar)
            {
                return Ok(Some(span));
            }
        }
    }
    if let Some((word, rest)) = OPEN.iter().find_map(|w| Some((*w, text.strip_prefix(w)?))) {
        let span = range_end(rest, calendar)?;
        let after =
            |span: DateSpan| if word == "after " { span.last.succ_opt() } else { Some(span.first) };
        return Ok(span.and_then(after).map(|first| DateSpan { first, last: LAST_DAY }));
    }
    if let Some((word, rest)) = UNTIL.iter().find_map(|w| Some((*w, text.strip_prefix(w)?))) {
        let span = range_end(rest, calendar)?;
        let before = |span: DateSpan| {
            if word == "before " { span.first.pred_opt() } else { Some(span.last) }
        };
        return Ok(span.and_then(before).map(|last| DateSpan { first: FIRST_DAY, last }));
    }
    Ok(None)
}

/// A range between two ends, either of which may be open. The first may take its month
/// and year from the last.
fn between(from: &str, to: &str, calendar: &Calendar) -> ResolvedSpan {
    let (from, to) = (from.trim(), to.trim());
    if from.is_empty() && to.is_empty() {
        return Ok(None);
    }
    // “march 1 to 10, 2026”: the year belongs to both.
    if let [day, year] = &words(to)[..]
        && day.number().is_some_and(|(_, digits)| digits <= 2)
        && year.number().is_some_and(|(_, digits)| digits == 4)
        && !from.is_empty()
    {
        return between(&format!("{from} {}", year.text), &day.text, calendar);
    }
    if let Some(months) = months_of_one_year(from, to, calendar)? {
        return Ok(Some(months));
    }
    let onward = onward(from, to, calendar)?;
    let current = if onward.is_some() { onward } else { current(from, to, calendar)? };
    if current.is_some() { Ok(current) } else { ending(from, to, calendar) }
}

/// “2025-11-20 to dec 3”, “nov 20 – dec 3”, “march 1 to the 10th”: an end that says less of its
/// date than the beginning is the first one from there. After several days, such as a year, it's
/// the first from their last day, if that one has begun.
fn onward(from: &str, to: &str, calendar: &Calendar) -> ResolvedSpan {
    let (Some(begin), Some(end)) = (Phrase::parse(from, calendar)?, Phrase::parse(to, calendar)?)
    else {
        return Ok(None);
    };
    // Months that both lack a year are the latest that are over.
    let is_month = end.month_alone().is_some();
    let lacks_as_much = begin.month_alone().is_some() && is_month;
    let may_begin = begin.comes_again().is_none_or(|months| months != 1 && !lacks_as_much);
    let is_weekday = begin.comes_again() == Some(0);
    let may_follow = |months: &u32| if is_weekday { *months == 12 } else { *months > 0 };
    let again = end.comes_again().filter(|months| may_begin && may_follow(months));
    let (Some(months), Some(begin)) = (again, range_end(from, calendar)?) else { return Ok(None) };
    let first_within = |months: u32, day: NaiveDate| -> ResolvedSpan {
        let start = if is_month { day.with_day(1).unwrap_or(day) } else { day };
        let next = start.checked_add_months(Months::new(months));
        let Some(latest_date) = next.and_then(|day| day.pred_opt()) else { return Ok(None) };
        let end = range_end(to, &Calendar { latest_date, ..*calendar })?;
        Ok(end.filter(|end| end.last >= day))
    };
    // Of two months, one has a 31st.
    let first_from = |day: NaiveDate| -> ResolvedSpan {
        let first = first_within(months, day)?;
        if first.is_some() { Ok(first) } else { first_within(2 * months, day) }
    };
    let later = first_from(begin.last).ok().flatten();
    let later = later.filter(|end| end.first <= calendar.latest_date);
    let end = if later.is_some() { later } else { first_from(begin.first)? };
    let span = end.map(|end| DateSpan { first: begin.first, last: end.last });
    let is_far = |span: &DateSpan| {
        let is_of_this_year = span.last.year() == span.first.year() && !is_weekday;
        !is_of_this_year && is_far_ahead(span, calendar)
    };
    Ok(span.filter(|span| !is_far(span)))
}

/// Does it end more than half a year from now? A journal is of what has been: such an end is a
/// slip, or of the year before.
fn is_far_ahead(span: &DateSpan, calendar: &Calendar) -> bool {
    let far = calendar.latest_date.checked_add_months(Months::new(6));
    far.is_none_or(|far| span.last > far)
}

/// “1–30 nov” on 28 November: the range that has begun and isn't over, where its first day
/// follows from the last, which has no year.
fn current(from: &str, to: &str, calendar: &Calendar) -> ResolvedSpan {
    let is_day = |end: &Phrase| end.comes_again() == Some(12) && end.month_alone().is_none();
    let end = Phrase::parse(to, calendar)?.filter(|end| is_day(end) && !from.is_empty());
    let ahead = calendar.latest_date.checked_add_months(Months::new(12));
    let Some(latest_date) = ahead.and_then(|day| day.pred_opt()).filter(|_| end.is_some()) else {
        return Ok(None);
    };
    let span = ending(from, to, &Calendar { latest_date, ..*calendar })?;
    let has_begun = |span: &DateSpan| (span.first..=span.last).contains(&calendar.latest_date);
    let is_far =
        |span: &DateSpan| span.last.year() > span.first.year() && is_far_ahead(span, calendar);
    Ok(span.filter(|span| has_begun(span) && !is_far(span)))
}

/// The range with the latest such end.
fn ending(from: &str, to: &str, calendar: &Calendar) -> ResolvedSpan {
    let end = if to.is_empty() { None } else { range_end(to, calendar)? };
    let last = match to {
        "" => Some(LAST_DAY),
        to => match end {
            Some(span) => Some(span.last),
            // “march 1 to 10”
            None => range_end(from, calendar)?.and_then(|from| in_same_month(to, from)),
        },
    };
    let Some(last) = last else { return Ok(None) };
    let (latest, latest_date) =
        if to.is_empty() { (calendar.latest, calendar.latest_date) } else { (last, last) };
    let first = match from {
        "" => Some(FIRST_DAY),
        from => match range_end(from, &Calendar { latest, latest_date, ..*calendar })? {
            Some(span) => Some(span.first),
            // “1 to 10 march”
            None => end.and_then(|end| in_same_month(from, end)),
        },
    };
    Ok(first.map(|first| DateSpan { first, last }))
}

/// “november to december”: whole months without a year, in the order of the calendar. As one
/// month is the latest that has begun, so are they, even before the last of them has.
fn months_of_one_year(from: &str, to: &str, calendar: &Calendar) -> ResolvedSpan {
    let month = |text: &str| -> Result<Option<u32>, DateError> {
        Ok(Phrase::parse(text, calendar)?.and_then(|phrase| phrase.month_alone()))
    };
    let (Some(first), Some(last)) = (month(from)?, month(to)?) else { return Ok(None) };
    let Some(span) = range_end(from, calendar)?.filter(|_| first <= last) else {
        return Ok(None);
    };
    let last = span.first.with_month(last).and_then(|day| unit_around(TimeUnit::Month, day));
    Ok(last.map(|month| DateSpan { first: span.first, last: month.last }))
}

/// A number alone, as a day in the month of another day.
fn in_same_month(
    text: &str,
    DateSpan { first: day_in_month, last }: DateSpan,
) -> Option<NaiveDate> {
    let [word] = &words(text)[..] else { return None };
    let (day, _) = word.number().filter(|(_, digits)| *digits <= 2 && day_in_month == last)?;
    NaiveDate::from_ymd_opt(day_in_month.year(), day_in_month.month(), day)
}
