//! Rules for the parts of a phrase that mean several days: last week, the past 30 days,
//! `2026-W12`, `7d`, the weekend, `Q1`.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use crate::dates::DateError;

use super::DateSpan;
use super::numeric::Year;
use super::phrase::{Calendar, Phrase, RuleMatch, Subject};
use super::relative::{Amount, amounts, later, moment_from, on_or_before, whole_days};
use super::vocabulary::{TimeUnit, month as month_named};
use super::words::DateWord;

/// A week by its number: `2026-W12-5`, `2026-W12`, `W12`, “week 12 of 2026”.
pub fn week_number(phrase: &mut Phrase, words: &[DateWord], calendar: &Calendar) -> RuleMatch {
    let Some(first) = words.first() else { return Ok(None) };
    if let Some(subject) = iso_week(&first.text, calendar) {
        return Ok(phrase.set_subject(subject, 1));
    }
    // “week of 20 march” contains a day of a month.
    let has_day = words.get(2).is_some_and(|word| month_named(&word.text).is_some());
    let number = words.get(1).filter(|_| first.text == "week" && !has_day);
    let Some((week, 1 | 2)) = number.and_then(DateWord::number) else { return Ok(None) };
    let year = words.get(2).and_then(|word| Year::parse(&word.text)).filter(|y| y.digits == 4);
    let word_count = 2 + usize::from(year.is_some());
    let year = year.or_else(|| phrase.year.take()).map(|year| year.number);
    let week =
        monday_of(year, week, calendar).and_then(|monday| unit_around(TimeUnit::Week, monday));
    Ok(week.and_then(|week| phrase.set_subject(Subject::Days(week), word_count)))
}

fn iso_week(text: &str, calendar: &Calendar) -> Option<Subject> {
    let (year, rest) = text.split_once('w')?;
    let year = year.trim_end_matches('-');
    let year =
        if year.is_empty() { None } else { Some(Year::parse(year).filter(|y| y.digits == 4)?) };
    let digits: String = rest.chars().filter(|c| *c != '-').collect();
    let (week, day) = match digits.len() {
        1 | 2 => (digits.parse().ok()?, None),
        3 => (digits.get(..2)?.parse().ok()?, Some(digits.get(2..)?.parse::<i64>().ok()?)),
        _ => return None,
    };
    let monday = monday_of(year.map(|year| year.number), week, calendar)?;
    match day {
        None => unit_around(TimeUnit::Week, monday).map(Subject::Days),
        Some(day @ 1..=7) => {
            let day = later(monday, day - 1)?;
            Some(Subject::Days(DateSpan::of_day(day)))
        }
        Some(_) => None,
    }
}

/// The Monday of a week; without a year, of the latest that has started.
fn monday_of(year: Option<i32>, week: u32, calendar: &Calendar) -> Option<NaiveDate> {
    let monday = |year| NaiveDate::from_isoywd_opt(year, week, Weekday::Mon);
    if let Some(year) = year {
        return monday(year);
    }
    let this_year = calendar.latest.iso_week().year();
    (0..8).filter_map(|back| monday(this_year - back)).find(|day| *day <= calendar.latest)
}

pub fn stretch(phrase: &mut Phrase, words: &[DateWord], calendar: &Calendar) -> RuleMatch {
    let texts: Vec<&str> = words.iter().take(3).map(|word| word.text.as_str()).collect();
    let today = calendar.today;
    if let [unit, "before", "last", ..] = texts[..] {
        let span =
            TimeUnit::from_word(unit).and_then(|unit| unit_around(unit, back(today, unit, 2)?));
        return Ok(span.and_then(|span| phrase.set_subject(Subject::Days(span), 3)));
    }
    if let ["q", _, ..] = texts[..] {
        return Ok(quarter(phrase, words, calendar));
    }
    if texts.first() == Some(&"week") && texts.len() > 1 && phrase.has_nothing_yet() {
        phrase.week_of = true;
        return Ok(Some(1));
    }
    let (direction, rest) = match texts.first() {
        Some(&("last" | "past" | "previous" | "this" | "current" | "next" | "coming")) => {
            (texts[0], &words[1..])
        }
        Some(&"weekend") => ("last", words),
        Some(_) => return past(phrase, words, calendar),
        None => return Ok(None),
    };
    let lead = words.len() - rest.len();
    if rest.first().is_some_and(|word| word.text == "weekend") {
        let span = weekend(direction, lead == 0, today);
        return Ok(span.and_then(|span| phrase.set_subject(Subject::Days(span), lead + 1)));
    }
    let singular = rest.first().filter(|word| !word.text.ends_with('s'));
    if let Some(unit) = singular.and_then(|word| TimeUnit::from_word(&word.text)) {
        return Ok(
            one_unit(direction, unit, today).and_then(|span| phrase.set_unit(unit, span, lead + 1))
        );
    }
    let Some((amounts, used)) = amounts(rest) else { return Ok(None) };
    let span = match direction {
        "last" | "past" | "previous" => rolling(&amounts, calendar),
        "next" | "coming" => whole_days(today, &amounts, 1)
            .zip(today.succ_opt())
            .map(|(last, first)| DateSpan { first, last }),
        _ => None,
    };
    Ok(span.and_then(|span| phrase.set_subject(Subject::Days(span), lead + used)))
}

impl Phrase {
    /// A week, month, quarter or year in itself; or the year of a date, as in “november
    /// last year”.
    fn set_unit(&mut self, unit: TimeUnit, span: DateSpan, word_count: usize) -> Option<usize> {
        match (unit, &self.subject) {
            (TimeUnit::Year, Some(Subject::Dates(_) | Subject::Month(..))) => {
                let year = Year { number: span.first.year(), digits: 4 };
                Phrase::fill(&mut self.year, year, word_count)
            }
            _ => self.set_subject(Subject::Days(span), word_count),
        }
    }
}

/// Amounts alone, such as `7d` or “two weeks”: the past ones.
fn past(phrase: &mut Phrase, words: &[DateWord], calendar: &Calendar) -> RuleMatch {
    let Some((amounts, used)) = amounts(words).filter(|(_, used)| *used == words.len()) else {
        return Ok(None);
    };
    if let [number, m] = words
        && m.text == "m"
    {
        let number = &number.text;
        let readings = [format!("the past {number} months"), format!("the past {number} minutes")];
        return Err(DateError::Ambiguous { given: calendar.given.to_owned(), readings });
    }
    let span = rolling(&amounts, calendar).filter(|_| phrase.has_nothing_yet());
    Ok(span.and_then(|span| phrase.set_subject(Subject::Days(span), used)))
}

/// The days up to today.
fn rolling(amounts: &[Amount], calendar: &Calendar) -> Option<DateSpan> {
    let last = calendar.today;
    let first = match whole_days(last, amounts, -1) {
        Some(before) => before.succ_opt()?,
        None => calendar.clock.day_of(moment_from(amounts, -1, calendar)?),
    };
    (first <= last).then_some(DateSpan { first, last })
}

/// One unit: “last week” is a calendar week, “the past week” the last seven days.
fn one_unit(direction: &str, unit: TimeUnit, today: NaiveDate) -> Option<DateSpan> {
    let day = match direction {
        "past" => {
            let before = whole_days(today, &[Amount { count: 1.0, unit }], -1)?;
            return Some(DateSpan { first: before.succ_opt()?, last: today });
        }
        "this" | "current" => today,
        "next" | "coming" => whole_days(today, &[Amount { count: 1.0, unit }], 1)?,
        _ => back(today, unit, 1)?,
    };
    unit_around(unit, day).filter(|_| unit != TimeUnit::Day)
}

fn back(today: NaiveDate, unit: TimeUnit, count: u32) -> Option<NaiveDate> {
    whole_days(today, &[Amount { count: count.into(), unit }], -1)
}

/// The week (from Monday), month, quarter or year that contains a day.
pub fn unit_around(unit: TimeUnit, day: NaiveDate) -> Option<DateSpan> {
    if unit == TimeUnit::Week {
        let first = day.week(Weekday::Mon).checked_first_day()?;
        return Some(DateSpan { first, last: later(first, 6)? });
    }
    let months = unit.months()?;
    let first = day.with_day(1)?.with_month0(day.month0() / months * months)?;
    Some(DateSpan { first, last: first.checked_add_months(Months::new(months))?.pred_opt()? })
}

/// A weekend. “Last weekend” is over; “the weekend” may be the current one.
fn weekend(direction: &str, bare: bool, today: NaiveDate) -> Option<DateSpan> {
    let this_saturday = later(today.week(Weekday::Mon).checked_first_day()?, 5)?;
    let saturday = match direction {
        _ if bare => on_or_before(Some(today), Weekday::Sat)?,
        "this" | "current" => this_saturday,
        "next" | "coming" if today < this_saturday => this_saturday,
        "next" | "coming" => this_saturday.checked_add_days(Days::new(7))?,
        _ => later(this_saturday, -7)?,
    };
    Some(DateSpan { first: saturday, last: saturday.succ_opt()? })
}

/// A quarter: `Q1`, `Q3 2025`, `2026-Q1`; without a year, the latest that has started.
fn quarter(phrase: &mut Phrase, words: &[DateWord], calendar: &Calendar) -> Option<usize> {
    let number = words.get(1).filter(|word| word.glued).and_then(DateWord::number)?;
    let month = match number {
        (quarter @ 1..=4, 1) => 3 * quarter - 2,
        _ => return None,
    };
    let year = words.get(2).and_then(|word| Year::parse(&word.text)).filter(|y| y.digits == 4);
    let word_count = 2 + usize::from(year.is_some());
    let first = |year| NaiveDate::from_ymd_opt(year, month, 1);
    let latest = calendar.latest;
    let day = match year.or_else(|| phrase.year.take()) {
        Some(year) => first(year.number)?,
        None => [latest.year(), latest.year() - 1]
            .into_iter()
            .filter_map(first)
            .find(|d| *d <= latest)?,
    };
    phrase.set_subject(Subject::Days(unit_around(TimeUnit::Quarter, day)?), word_count)
}
