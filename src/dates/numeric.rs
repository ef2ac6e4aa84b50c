//! Dates in digits: `2026-03-20`, `20.03.2026`, `3/20/26`, `20260320`.

use chrono::{Datelike, NaiveDate};

/// A day of the calendar, with or without a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CalendarDay {
    pub year: Option<Year>,
    pub month: u32,
    pub day: u32,
    pub order: DigitOrder,
}

/// The order in which day and month were read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DigitOrder {
    Fixed,
    DayFirst,
    MonthFirst,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Year {
    pub number: i32,
    /// The number of digits it was written with.
    pub digits: usize,
}

/// The meaning of digits with separators.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Digits {
    /// One reading, or several: with the day or the month first.
    Days(Vec<CalendarDay>),
    Month(Year, u32),
    /// It looks like a date that doesn't exist.
    NoSuchDay {
        nearest: NaiveDate,
    },
}

impl Year {
    pub fn parse(text: &str) -> Option<Year> {
        let plain = matches!(text.len(), 2..=4) && text.bytes().all(|b| b.is_ascii_digit());
        plain.then(|| text.parse().ok().map(|number| Year { number, digits: text.len() }))?
    }

    /// The full year. Two digits mean one of the hundred years up to next year.
    pub fn full(self, today: NaiveDate) -> i32 {
        if self.digits > 2 {
            return self.number;
        }
        let latest = today.year() + 1;
        let year = latest - latest.rem_euclid(100) + self.number;
        if year > latest { year - 100 } else { year }
    }
}

impl CalendarDay {
    pub fn new(year: Option<Year>, month: u32, day: u32) -> Option<CalendarDay> {
        // Without a year, a leap year.
        let number = year.filter(|year| year.digits > 2).map_or(2000, |year| year.number);
        NaiveDate::from_ymd_opt(number, month, day)?;
        (number > 0).then_some(CalendarDay { year, month, day, order: DigitOrder::Fixed })
    }

    fn read_as(self, order: DigitOrder) -> CalendarDay {
        CalendarDay { order, ..self }
    }

    pub fn in_year(self, year: i32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(year, self.month, self.day)
    }
}

pub fn parse(text: &str) -> Option<Digits> {
    let text = text.strip_suffix('.').filter(|rest| rest.contains('.')).unwrap_or(text);
    if text.bytes().all(|b| b.is_ascii_digit()) {
        return compact(text);
    }
    let mark = text.chars().find(|c| "-./_".contains(*c))?;
    let parts: Vec<&str> = text.split(mark).collect();
    let digits = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if !parts.iter().all(digits) {
        return None;
    }
    match parts[..] {
        [year, month, day] if year.len() == 4 && month.len() <= 2 && day.len() <= 2 => {
            year_first(year, month, day)
        }
        [first_text, second_text, year]
            if first_text.len() <= 2 && second_text.len() <= 2 && matches!(year.len(), 2..=4) =>
        {
            year_last(mark, first_text, second_text, Year::parse(year)?)
        }
        // `2026-079`, the day of the year
        [year, day] if mark == '-' && year.len() == 4 && day.len() == 3 => {
            let year = Year::parse(year)?;
            let date = NaiveDate::from_yo_opt(year.number, day.parse().ok()?)?;
            days([CalendarDay::new(Some(year), date.month(), date.day())])
        }
        [year, month] if year.len() == 4 && month.len() == 2 => month_of(Year::parse(year)?, month),
        [month, year] if month.len() <= 2 && year.len() == 4 => month_of(Year::parse(year)?, month),
        [first_text, second_text] if first_text.len() <= 2 && second_text.len() <= 2 => {
            without_year(mark, first_text, second_text)
        }
        _ => None,
    }
}

fn days<const N: usize>(readings: [Option<CalendarDay>; N]) -> Option<Digits> {
    let mut distinct: Vec<CalendarDay> = readings.into_iter().flatten().collect();
    distinct.dedup_by_key(|day| (day.year, day.month, day.day));
    (!distinct.is_empty()).then_some(Digits::Days(distinct))
}

fn month_of(year: Year, month: &str) -> Option<Digits> {
    let month = month.parse().ok()?;
    (1..=12).contains(&month).then_some(Digits::Month(year, month))
}

fn year_first(year: &str, month: &str, day: &str) -> Option<Digits> {
    let (parsed_year, month, day) = (Year::parse(year)?, month.parse().ok()?, day.parse().ok()?);
    days([CalendarDay::new(Some(parsed_year), month, day)])
        .or_else(|| nearest(parsed_year, month, day))
}

/// The nearest existing day: the last of a month that is too short, or with month and day
/// exchanged.
fn nearest(year: Year, month: u32, day: u32) -> Option<Digits> {
    let date = |day: u32| NaiveDate::from_ymd_opt(year.number, month, day);
    let clamped = (28..=day.min(31)).rev().find_map(date);
    let swapped = NaiveDate::from_ymd_opt(year.number, day, month);
    clamped.or(swapped).filter(|_| year.number > 0).map(|nearest| Digits::NoSuchDay { nearest })
}

/// A date with the year last. With full stops the day is first; otherwise either may be.
fn year_last(mark: char, first_text: &str, second_text: &str, year: Year) -> Option<Digits> {
    let (first, second) = (first_text.parse().ok()?, second_text.parse().ok()?);
    let day_first = CalendarDay::new(Some(year), second, first);
    let day_first = day_first.map(|day| day.read_as(DigitOrder::DayFirst));
    let month_first = CalendarDay::new(Some(year), first, second);
    let month_first = month_first.map(|day| day.read_as(DigitOrder::MonthFirst));
    let readings = match (mark, day_first) {
        ('.', Some(day)) => days([Some(day)]),
        // In `26-03-20`, the year may be first or last.
        ('-', _) if year.digits == 2 && first_text.len() == 2 => {
            let first_year = Year::parse(first_text)?;
            let day = u32::try_from(year.number).ok()?;
            days([day_first, month_first, CalendarDay::new(Some(first_year), second, day)])
        }
        (_, day_first) => days([day_first, month_first]),
    };
    readings.or_else(|| if year.digits == 4 { nearest(year, second, first) } else { None })
}

fn without_year(mark: char, first_text: &str, second_text: &str) -> Option<Digits> {
    let (first, second) = (first_text.parse().ok()?, second_text.parse().ok()?);
    let day_first = CalendarDay::new(None, second, first);
    let month_first = CalendarDay::new(None, first, second).filter(|_| mark != '.');
    days([day_first, month_first])
}

/// Dates without separators, `20260320` and `202603`, of recent centuries; other digits
/// mean other things.
fn compact(text: &str) -> Option<Digits> {
    let (year, rest) = text.split_at_checked(4)?;
    let parsed_year = Year::parse(year).filter(|year| (1900..2200).contains(&year.number))?;
    match rest.split_at_checked(2)? {
        (month, "") => month_of(parsed_year, month),
        (month, day) if day.len() == 2 => year_first(year, month, day),
        _ => None,
    }
}
