//! The lines that begin entries: their dates, how those are written, and whether the day
//! or the month comes first in the file.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use crate::dates::{DigitOrder, Timestamp, time_of_day};
use crate::import::ImportIssue;

use super::super::ImportContext;

/// A line that may begin an entry, and its date.
pub struct Header<'a> {
    /// The index of the line, from 0.
    pub line: usize,
    pub date: &'a str,
    pub title: &'a str,
    pub reading: HeaderReading,
}

pub enum HeaderReading {
    Moment(Timestamp),
    /// In the `timeformat` of jrnl's settings.
    Wall(NaiveDateTime),
    /// A time alone, as in a folder of days.
    Time(NaiveTime),
    None,
}

/// Splits `[2026-11-23 09:14:03 PM] The title`. Before version 2, jrnl wrote no brackets.
fn header(line: &str, brackets: bool) -> Option<(&str, &str)> {
    if brackets {
        return line.strip_prefix('[')?.split_once("] ").filter(|(date, _)| !date.contains(']'));
    }
    let starts = line.starts_with(|c: char| c.is_ascii_digit());
    let spaces = line.match_indices(' ').map(|(at, _)| at).nth(1).filter(|_| starts)?;
    Some((&line[..spaces], &line[spaces + 1..]))
}

impl<'a> Header<'a> {
    pub fn parse_all(
        lines: &[&'a str],
        folder_day: Option<NaiveDate>,
        context: &ImportContext,
    ) -> Vec<Self> {
        let first = lines.iter().find(|line| !line.trim().is_empty());
        let brackets = !first.is_some_and(|line| {
            let stamp =
                header(line, false).and_then(|(date, _)| Timestamp::parse(date, context.clock));
            stamp.is_some_and(|stamp| stamp.has_time())
        });
        let parse = |(line, text): (usize, &&'a str)| {
            let (date, title) = header(text, brackets)?;
            Some(Header {
                line,
                date,
                title,
                reading: HeaderReading::of(date, folder_day, context),
            })
        };
        let headers = lines.iter().enumerate().filter_map(parse);
        // Without brackets, most lines that begin with a number are text.
        headers.filter(|header| brackets || header.is_readable()).collect()
    }

    pub fn is_readable(&self) -> bool {
        !matches!(self.reading, HeaderReading::None)
    }

    /// Would a person take it for a date? Short ones are footnotes and checkboxes.
    pub fn looks_like_date(&self) -> bool {
        let digits = self.date.chars().filter(char::is_ascii_digit).count();
        self.is_readable() || (digits >= 4 && self.date.chars().count() > 6)
    }

    fn stamp(&self) -> Option<&Timestamp> {
        if let HeaderReading::Moment(stamp) = &self.reading { Some(stamp) } else { None }
    }

    /// The local time in it.
    pub fn time_here(&self) -> Option<NaiveTime> {
        match &self.reading {
            HeaderReading::Moment(stamp) => stamp.time_here(),
            HeaderReading::Wall(wall) => Some(wall.time()),
            HeaderReading::Time(time) => Some(*time),
            HeaderReading::None => None,
        }
    }

    pub fn has_short_year(&self) -> bool {
        self.stamp().is_some_and(Timestamp::has_short_year)
    }

    /// The shape of its date, such as `9999-9-9 weekday 9:9`.
    pub fn shape(&self) -> String {
        let mut shape = String::new();
        let mut rest = self.date;
        while let Some(c) = rest.chars().next() {
            let is_same_kind = |other: char| match c {
                c if c.is_ascii_digit() => other.is_ascii_digit(),
                c if c.is_alphabetic() => other.is_alphabetic(),
                c if c.is_whitespace() => other.is_whitespace(),
                _ => false,
            };
            let end =
                rest.find(|other| !is_same_kind(other)).unwrap_or(rest.len()).max(c.len_utf8());
            let (run, after) = rest.split_at(end);
            shape += kind_of(run);
            rest = after;
        }
        shape
    }
}

fn kind_of(run: &str) -> &str {
    match run.chars().next() {
        // A full year differs from a day, a month or a two-digit year.
        Some(c) if c.is_ascii_digit() => {
            if run.len() > 2 {
                "9999"
            } else {
                "9"
            }
        }
        Some(c) if c.is_whitespace() => " ",
        Some(c) if c.is_alphabetic() => match run.to_lowercase().as_str() {
            "am" | "pm" => "half",
            _ if run.parse::<chrono::Month>().is_ok() => "month",
            _ if run.parse::<chrono::Weekday>().is_ok() => "weekday",
            _ => "zone",
        },
        _ => run,
    }
}

impl HeaderReading {
    fn of(date: &str, folder_day: Option<NaiveDate>, context: &ImportContext) -> HeaderReading {
        // Most texts that aren't dates are recognised at once.
        if !date.contains(|c: char| c.is_ascii_digit()) {
            return HeaderReading::None;
        }
        if let Some(stamp) = Timestamp::parse(date, context.clock) {
            return HeaderReading::Moment(stamp);
        }
        let format = context.jrnl.time_format.as_deref();
        if let Some(wall) = format.and_then(|format| wall_in(date, format)) {
            return HeaderReading::Wall(wall);
        }
        match folder_day.and_then(|_| time_of_day(date, context.clock)) {
            Some(time) => HeaderReading::Time(time),
            None => HeaderReading::None,
        }
    }
}

/// A date in a format of strftime; at noon if the format has no time.
pub fn wall_in(date: &str, format: &str) -> Option<NaiveDateTime> {
    NaiveDateTime::parse_from_str(date, format)
        .ok()
        .or_else(|| NaiveDate::parse_from_str(date, format).ok()?.and_hms_opt(12, 0, 0))
}

/// The most frequent shape of dates; of equally frequent ones, the first in the file.
pub fn commonest_shape(headers: &[Header]) -> Option<String> {
    let mut counts: HashMap<String, (usize, usize)> = HashMap::new();
    for header in headers.iter().filter(|header| header.is_readable()) {
        counts.entry(header.shape()).or_insert((0, header.line)).0 += 1;
    }
    let best = |(_, (count, line)): &(String, (usize, usize))| (*count, std::cmp::Reverse(*line));
    counts.into_iter().max_by_key(best).map(|(shape, _)| shape)
}

/// Which of day and month comes first: what the settings say, or else what fits more
/// lines, or else the month, which is reported as an issue.
pub fn order(
    entries: &[Header],
    from_settings: Option<DigitOrder>,
) -> (DigitOrder, Option<(usize, ImportIssue)>) {
    let fits = |order| {
        let stamps = entries.iter().filter_map(Header::stamp);
        stamps.filter(|stamp| stamp.fits(order)).count()
    };
    match (from_settings, fits(DigitOrder::DayFirst), fits(DigitOrder::MonthFirst)) {
        (Some(order), ..) => return (order, None),
        (None, day_first, month_first) if day_first > month_first => {
            return (DigitOrder::DayFirst, None);
        }
        (None, day_first, month_first) if day_first < month_first => {
            return (DigitOrder::MonthFirst, None);
        }
        (None, ..) => {}
    }
    let issue = entries.iter().find_map(|header| {
        let stamp = header.stamp().filter(|stamp| stamp.day().is_none())?;
        let day = stamp.clone().in_order(DigitOrder::MonthFirst).day()?;
        let given = header.date.to_owned();
        Some((header.line, ImportIssue::DaysOrMonths { given, read: day.to_string() }))
    });
    (DigitOrder::MonthFirst, issue)
}
