//! Dates as people write them: one moment for `--at`, a span of days for
//! queries.

mod errors;

use chrono::{DateTime, Datelike, Days, FixedOffset, Months, NaiveDate, NaiveTime, Weekday};

use crate::config::Clock;
use crate::error::{Error, Result};

pub use errors::DateError;

/// Whole days, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    pub first: NaiveDate,
    pub last: NaiveDate,
}

/// Does a file's name have room for this day? It writes a year in four digits.
pub fn has_a_name(day: NaiveDate) -> bool {
    (1..=9999).contains(&day.year())
}

/// A moment. A day alone means that day at the present time of day.
pub fn moment(text: &str, clock: &Clock) -> Result<DateTime<FixedOffset>> {
    let found = any_moment(text, clock)?;
    if has_a_name(found.date_naive()) { Ok(found) } else { Err(unknown(text.trim())) }
}

fn any_moment(text: &str, clock: &Clock) -> Result<DateTime<FixedOffset>> {
    let text = text.trim();
    if let Ok(exact) = DateTime::parse_from_rfc3339(text) {
        return Ok(exact);
    }
    if text.is_empty() {
        return Err(unknown(text));
    }
    let (day, time) = split(text).ok_or_else(|| unknown(text))?;
    let day = match day {
        "" => clock.today(),
        day => one_day(day, clock.today()).ok_or_else(|| unknown(text))?,
    };
    let time = time.unwrap_or(clock.now.time());
    // The small hours of a day that was named by word are of the next date,
    // unless that is still to come: then this morning's are meant.
    let by_date = NaiveDate::parse_from_str(text.get(..10).unwrap_or_default(), "%Y-%m-%d").is_ok();
    let next = day.succ_opt().unwrap_or(day);
    let late = !by_date && time < clock.day_ends && next.and_time(time) <= clock.now.naive_local();
    let date = if late { next } else { day };
    let wall = date.and_time(time);
    Ok(if wall == clock.now.naive_local() { clock.now } else { clock.local(wall) })
}

/// Days: one, a week, a month (`2026-11`, `november`) or a year, by date or as
/// people say it (`last week`, `last 30 days`), or from one to another
/// (`2026-11-01..monday`).
pub fn span(text: &str, clock: &Clock) -> Result<Span> {
    let known = |text: &str| one_span(text.trim(), clock.today());
    let span = match text.split_once("..") {
        Some((from, to)) => {
            known(from).zip(known(to)).map(|(from, to)| Span { first: from.first, last: to.last })
        }
        None => known(text),
    };
    match span {
        None => Err(DateError::BadDays { given: text.trim().to_owned() }.into()),
        // A slip, and not an empty span.
        Some(Span { first, last }) if first > last => {
            Err(DateError::BackwardDays { first, last }.into())
        }
        Some(span) => Ok(span),
    }
}

fn one_span(text: &str, today: NaiveDate) -> Option<Span> {
    let one = |day| Span { first: day, last: day };
    one_day(text, today)
        .map(one)
        .or_else(|| year_and_month(text))
        .or_else(|| year(text))
        .or_else(|| said(&text.to_lowercase(), today))
}

fn unknown(text: &str) -> Error {
    DateError::BadMoment { given: text.to_owned() }.into()
}

/// Parts a time of day from the end: "yesterday 21:00", "2026-11-20T21:00".
fn split(text: &str) -> Option<(&str, Option<NaiveTime>)> {
    let cut = text.rfind([' ', 'T']).map_or(0, |i| i + 1);
    let (day, last) = text.split_at(cut);
    if !last.contains(':') {
        return Some((text, None));
    }
    let time = NaiveTime::parse_from_str(last, "%H:%M")
        .or_else(|_| NaiveTime::parse_from_str(last, "%H:%M:%S"))
        .ok()?;
    Some((day.trim_end_matches([' ', 'T', ',']), Some(time)))
}

fn one_day(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    if let Ok(date) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
        return Some(date).filter(|date| has_a_name(*date));
    }
    let text = text.to_lowercase();
    match text.as_str() {
        "today" | "now" => Some(today),
        "yesterday" => today.pred_opt(),
        "tomorrow" => today.succ_opt(),
        _ => ago(&text, today).or_else(|| weekday(&text, today)),
    }
}

/// "3 days ago", "a week ago", "2 months ago".
fn ago(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let mut words = text.strip_suffix(" ago")?.split_whitespace();
    let (count, unit) = (words.next()?, words.next()?);
    if words.next().is_some() {
        return None;
    }
    let count: u32 = match count {
        "a" | "an" | "one" => 1,
        number => number.parse().ok()?,
    };
    let day = match unit.trim_end_matches('s') {
        "day" => today.checked_sub_days(Days::new(count.into())),
        "week" => today.checked_sub_days(Days::new(u64::from(count) * 7)),
        "month" => today.checked_sub_months(Months::new(count)),
        "year" => today.checked_sub_months(Months::new(count.checked_mul(12)?)),
        _ => None,
    }?;
    Some(day).filter(|day| has_a_name(*day))
}

/// The latest such day, today included; "last monday" leaves today out.
fn weekday(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let (word, from) = match text.strip_prefix("last ") {
        Some(word) => (word, today.pred_opt()?),
        None => (text, today),
    };
    let wanted: Weekday = word.parse().ok()?;
    (0..7).filter_map(|n| from.checked_sub_days(Days::new(n))).find(|d| d.weekday() == wanted)
}

/// "this week", "last month", "last 30 days", "november", "november 2025".
fn said(text: &str, today: NaiveDate) -> Option<Span> {
    let words: Vec<&str> = text.split_whitespace().collect();
    match words.as_slice() {
        ["this", unit] => unit_with(unit, today),
        ["last", count, unit] => {
            let before = ago(&format!("{count} {unit} ago"), today)?;
            Some(Span { first: before.succ_opt()?, last: today })
        }
        ["last", unit @ ("week" | "month" | "year")] => {
            unit_with(unit, ago(&format!("1 {unit} ago"), today)?)
        }
        // The latest such month; "last november" leaves the present one out.
        ["last", name] => month_named(name, this_month(today)?.pred_opt()?),
        [name] => month_named(name, today),
        [name, year] => {
            let december = NaiveDate::from_ymd_opt(year.parse().ok()?, 12, 31)?;
            month_named(name, december)
        }
        _ => None,
    }
}

/// The week (from Monday), the month or the year that a day is in.
fn unit_with(unit: &str, day: NaiveDate) -> Option<Span> {
    match unit {
        "week" => {
            let first = day.week(Weekday::Mon).checked_first_day()?;
            Some(Span { first, last: first.checked_add_days(Days::new(6))? })
        }
        "month" => month_from(this_month(day)?),
        "year" => year(&day.format("%Y").to_string()),
        _ => None,
    }
}

fn month_named(name: &str, latest: NaiveDate) -> Option<Span> {
    let month: chrono::Month = name.parse().ok()?;
    let number = month.number_from_month();
    let year = if number > latest.month() { latest.year() - 1 } else { latest.year() };
    month_from(NaiveDate::from_ymd_opt(year, number, 1)?)
}

fn this_month(day: NaiveDate) -> Option<NaiveDate> {
    day.with_day(1)
}

fn month_from(first: NaiveDate) -> Option<Span> {
    Some(Span { first, last: first.checked_add_months(Months::new(1))?.pred_opt()? })
}

fn year_and_month(text: &str) -> Option<Span> {
    month_from(NaiveDate::parse_from_str(&format!("{text}-01"), "%Y-%m-%d").ok()?)
}

fn year(text: &str) -> Option<Span> {
    let year = text.parse().ok().filter(|year| text.len() == 4 && *year > 0)?;
    Some(Span {
        first: NaiveDate::from_ymd_opt(year, 1, 1)?,
        last: NaiveDate::from_ymd_opt(year, 12, 31)?,
    })
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

#[cfg(test)]
mod tests {
    use super::*;

    fn clock() -> Clock {
        // A Monday evening.
        Clock::at(DateTime::parse_from_rfc3339("2026-11-23T21:14:03+00:00").unwrap())
    }

    fn day(text: &str) -> String {
        let span = span(text, &clock()).unwrap();
        assert_eq!(span.first, span.last, "{text}");
        span.first.to_string()
    }

    #[test]
    fn days_read_as_people_write_them() {
        assert_eq!(day("2026-11-20"), "2026-11-20");
        assert_eq!(day("yesterday"), "2026-11-22");
        assert_eq!(day("Monday"), "2026-11-23");
        assert_eq!(day("last monday"), "2026-11-16");
        assert_eq!(day("tue"), "2026-11-17");
        assert_eq!(day("3 days ago"), "2026-11-20");
        assert_eq!(day("a week ago"), "2026-11-16");
        assert_eq!(day("1 year ago"), "2025-11-23");
    }

    #[test]
    fn a_month_and_a_year_are_spans() {
        let february = span("2028-02", &clock()).unwrap();
        assert_eq!(february.last.to_string(), "2028-02-29");
        assert_eq!(span("2026", &clock()).unwrap().first.to_string(), "2026-01-01");
    }

    #[test]
    fn spans_read_as_people_say_them() {
        let days = |text: &str| {
            let span = span(text, &clock()).unwrap();
            format!("{} {}", span.first, span.last)
        };
        for (text, expected) in [
            ("this week", "2026-11-23 2026-11-29"),
            ("Last week", "2026-11-16 2026-11-22"),
            ("this month", "2026-11-01 2026-11-30"),
            ("last month", "2026-10-01 2026-10-31"),
            ("last year", "2025-01-01 2025-12-31"),
            ("last 7 days", "2026-11-17 2026-11-23"),
            ("last 2 weeks", "2026-11-10 2026-11-23"),
            ("november", "2026-11-01 2026-11-30"),
            ("last november", "2025-11-01 2025-11-30"),
            ("Dec", "2025-12-01 2025-12-31"),
            ("february 2028", "2028-02-01 2028-02-29"),
            ("2026-11-01..2026-11-15", "2026-11-01 2026-11-15"),
            ("2026-10 .. yesterday", "2026-10-01 2026-11-22"),
        ] {
            assert_eq!(days(text), expected, "{text}");
        }
        for bad in ["this", "last", "last 0 weeks", "november 20x6", "..", "today..2026-01", "1..2"]
        {
            assert!(span(bad, &clock()).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_moment_has_a_time_or_takes_the_present_one() {
        let wall = |text| moment(text, &clock()).unwrap().naive_local().to_string();
        assert_eq!(wall("2026-11-20 21:00"), "2026-11-20 21:00:00");
        assert_eq!(wall("yesterday 07:30"), "2026-11-22 07:30:00");
        assert_eq!(wall("3 days ago"), "2026-11-20 21:14:03");
        assert_eq!(wall("06:00"), "2026-11-23 06:00:00");
        let exact = moment("2026-11-20T21:00:00+05:30", &clock()).unwrap();
        assert_eq!(exact.offset().to_string(), "+05:30");
    }

    #[test]
    fn where_an_evening_lasts_past_midnight_its_small_hours_are_meant() {
        let mut clock =
            Clock::at(DateTime::parse_from_rfc3339("2026-11-24T01:30:00+00:00").unwrap());
        clock.day_ends = NaiveTime::from_hms_opt(4, 0, 0).unwrap();
        let wall = |text| moment(text, &clock).unwrap().naive_local().to_string();
        assert_eq!(wall("today"), "2026-11-24 01:30:00");
        assert_eq!(wall("00:30"), "2026-11-24 00:30:00");
        assert_eq!(wall("yesterday 23:00"), "2026-11-22 23:00:00");
        assert_eq!(wall("2026-11-24 00:30"), "2026-11-24 00:30:00");
        clock.now = DateTime::parse_from_rfc3339("2026-11-24T10:00:00+00:00").unwrap();
        let wall = |text| moment(text, &clock).unwrap().naive_local().to_string();
        assert_eq!(wall("02:30"), "2026-11-24 02:30:00");
        assert_eq!(wall("yesterday 02:30"), "2026-11-24 02:30:00");
    }

    #[test]
    fn what_is_no_date_is_refused() {
        let bad = [
            "",
            "soon",
            "2026-13-01",
            "2026-02-30",
            "25:00",
            "ago",
            "x days ago",
            "99999999999 days ago",
            "12026",
            "-1",
            "2026-11-20 9pm",
        ];
        for bad in bad {
            assert!(span(bad, &clock()).is_err(), "{bad}");
        }
        for bad in ["2026-11-20 9pm", "25:00", "soon 10:00"] {
            assert!(moment(bad, &clock()).is_err(), "{bad}");
        }
    }
}
