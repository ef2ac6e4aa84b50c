//! Rules for the parts of a phrase that give a day or a time by calendar and clock.

use chrono::{Datelike, NaiveDate, NaiveTime};

use crate::dates::DateError;

use super::numeric::{self, CalendarDay, Digits, Year};
use super::phrase::{Calendar, Occurrence, Phrase, RuleMatch, Subject};
use super::stretch::unit_around;
use super::time;
use super::vocabulary::{HOLIDAYS, PartOfDay, TimeUnit, month as month_named, ordinal};
use super::words::DateWord;
use super::zone::{Zone, since_1970};

/// Seconds since 1970: `@1793660400`, or as many digits without `@`.
pub fn seconds(phrase: &mut Phrase, words: &[DateWord], calendar: &Calendar) -> RuleMatch {
    let Some(first) = words.first() else { return Ok(None) };
    let after_mark = first.text.strip_prefix('@').and_then(|digits| digits.parse().ok());
    let at = match after_mark {
        Some(seconds) => chrono::DateTime::from_timestamp(seconds, 0).map(|at| at.fixed_offset()),
        None => since_1970(&first.text),
    };
    Ok(at.and_then(|at| phrase.set_subject(Subject::Moment(calendar.clock.here(at)), 1)))
}

/// Holidays such as Christmas Eve.
pub fn holiday(phrase: &mut Phrase, words: &[DateWord], _: &Calendar) -> RuleMatch {
    let starts_with = |names: &[&str]| {
        names.iter().enumerate().all(|(i, name)| words.get(i).is_some_and(|w| w.text == *name))
    };
    let Some((names, month, day)) = HOLIDAYS.iter().find(|(names, ..)| starts_with(names)) else {
        return Ok(None);
    };
    let Some(day) = CalendarDay::new(None, *month, *day) else { return Ok(None) };
    Ok(phrase.set_subject(Subject::Dates(vec![day]), names.len()))
}

/// A time of day. A number alone is a time after “at”, or before a part of the day.
pub fn time(phrase: &mut Phrase, words: &[DateWord], calendar: &Calendar) -> RuleMatch {
    let Some(first) = words.first() else { return Ok(None) };
    if let [number, h] = words
        && phrase.has_nothing_yet()
        && h.text == "h"
        && h.glued
        && let Some((hour, 1 | 2)) = number.number().filter(|(hour, _)| *hour < 24)
        && !number.after_at
    {
        let readings = [format!("{hour:02}:00"), format!("the past {hour} hours")];
        return Err(DateError::Ambiguous { given: calendar.given.to_owned(), readings });
    }
    // `21.14` is no day of any month.
    let dotted = first.after_at || phrase.has_day() || numeric::parse(&first.text).is_none();
    let may_be_bare = first.after_at || part_follows(words);
    let result = time::at_start(words, dotted)
        .or_else(|| may_be_bare.then(|| time::bare_hour(words)).flatten())
        .filter(|(_, word_count)| !is_other_count(words, *word_count));
    Ok(result.and_then(|(time, word_count)| Phrase::fill(&mut phrase.time, time, word_count)))
}

/// Does a part of the day follow? “8 tonight”, “9 in the evening”, “10 this morning”.
fn part_follows(words: &[DateWord]) -> bool {
    let is_part =
        |at: usize| words.get(at).is_some_and(|word| PartOfDay::from_word(&word.text).is_some());
    let is_lead = |word: &DateWord| {
        matches!(word.text.as_str(), "in" | "this" | "last" | "yesterday" | "tomorrow")
    };
    is_part(1) || (words.get(1).is_some_and(is_lead) && is_part(2))
}

/// Is the number a day before a month, or a count before a unit?
fn is_other_count(words: &[DateWord], word_count: usize) -> bool {
    let is_counted = |word: &DateWord| {
        month_named(&word.text).is_some() || TimeUnit::from_word(&word.text).is_some()
    };
    word_count == 1 && words.get(1).is_some_and(is_counted)
}

/// A month, with or without a day: `20 March`, `March 20`, `20th of March`, `march`;
/// followed by a year of two digits. A year of four digits may be anywhere.
pub fn month(phrase: &mut Phrase, words: &[DateWord], calendar: &Calendar) -> RuleMatch {
    let name = |at: usize| words.get(at).and_then(|word| month_named(&word.text));
    let which = match words.first().map(|word| word.text.as_str()) {
        Some("last") => Some(Occurrence::Last),
        Some("this") => Some(Occurrence::This),
        Some("next") => Some(Occurrence::Next),
        _ => None,
    };
    if let Some((which, month)) = which.zip(name(1)) {
        return Ok(phrase.set_subject(Subject::Month(month, which), 2));
    }
    let (month, day) = match (name(0), words.first().and_then(day_number), name(1)) {
        (Some(month), _, _) => (month, words.get(1).and_then(day_number)),
        (None, Some(day), Some(month)) => (month, Some(day)),
        _ => return Ok(None),
    };
    let is_hour = words.get(1).is_some_and(|word| word.after_at)
        || words.get(2).is_some_and(|word| matches!(word.text.as_str(), "am" | "pm"));
    let Some(day) = day.filter(|_| name(1).is_some() || !is_hour) else {
        return Ok(name(0)
            .and_then(|month| phrase.set_subject(Subject::Month(month, Occurrence::Latest), 1)));
    };
    let year = words.get(2).and_then(|word| short_year(word, words.get(3)));
    match CalendarDay::new(year, month, day) {
        Some(day) => {
            Ok(phrase.set_subject(Subject::Dates(vec![day]), 2 + usize::from(year.is_some())))
        }
        None => {
            let written_year =
                words.iter().find_map(|word| Year::parse(&word.text).filter(|y| y.digits == 4));
            let year = written_year.map_or(calendar.latest.year(), |year| year.number);
            let first = NaiveDate::from_ymd_opt(year, month, 1);
            let last =
                first.and_then(|day| unit_around(TimeUnit::Month, day)).map(|month| month.last);
            let given = calendar.given.to_owned();
            last.map_or(Ok(None), |nearest| Err(DateError::NoSuchDay { given, nearest }))
        }
    }
}

/// A day of the month: 1 to 31 in one or two digits, or an ordinal.
fn day_number(word: &DateWord) -> Option<u32> {
    let day = match word.number() {
        Some((day, 1 | 2)) => day,
        Some(_) => return None,
        None => ordinal(&word.text)?,
    };
    (1..=31).contains(&day).then_some(day)
}

/// A year such as `26` or `850` that isn't an hour.
fn short_year(word: &DateWord, next: Option<&DateWord>) -> Option<Year> {
    let is_hour = word.after_at
        || next.is_some_and(|next| next.glued || matches!(next.text.as_str(), "am" | "pm"));
    Year::parse(&word.text).filter(|year| year.digits < 4 && !is_hour)
}

/// A date in digits: `2026-03-20`, `20.03.2026`, `3/20`, `2026-03`.
pub fn digits(phrase: &mut Phrase, words: &[DateWord], calendar: &Calendar) -> RuleMatch {
    let Some(first) = words.first() else { return Ok(None) };
    match numeric::parse(&first.text) {
        None => Ok(None),
        Some(Digits::NoSuchDay { nearest }) => {
            Err(DateError::NoSuchDay { given: calendar.given.to_owned(), nearest })
        }
        Some(Digits::Month(year, month)) => {
            let taken_words = phrase.set_subject(Subject::Month(month, Occurrence::Latest), 1);
            Ok(taken_words.and_then(|word_count| Phrase::fill(&mut phrase.year, year, word_count)))
        }
        Some(Digits::Days(days)) => {
            // `20.03` alone may be a date or a time.
            let alone = words.len() == 1 && phrase.has_nothing_yet();
            if let [day] = days[..]
                && alone
                && day.year.is_none()
                && let Some((time, _)) = time::at_start(words, true)
            {
                let day = day
                    .in_year(2000)
                    .map_or_else(String::new, |day| day.format("%-d %B").to_string());
                let readings = [day, time.time.format("%H:%M").to_string()];
                return Err(DateError::Ambiguous { given: calendar.given.to_owned(), readings });
            }
            Ok(phrase.set_subject(Subject::Dates(days), 1))
        }
    }
}

/// A zone after a time. A name after an offset adds nothing.
pub fn zone(phrase: &mut Phrase, words: &[DateWord], _: &Calendar) -> RuleMatch {
    let Some(zone) = words.first().and_then(|word| Zone::parse(&word.text)) else {
        return Ok(None);
    };
    Ok(match (phrase.time, &phrase.zone, zone) {
        (None, ..) => None,
        (_, Some(_), Zone::Named(_) | Zone::Abbreviated(..)) => Some(1),
        (_, _, zone) => Phrase::fill(&mut phrase.zone, zone, 1),
    })
}

/// A day of the month alone: “the 5th”.
pub fn day_of_month(phrase: &mut Phrase, words: &[DateWord], _: &Calendar) -> RuleMatch {
    let day = words.first().and_then(|word| ordinal(&word.text)).filter(|day| *day <= 31);
    Ok(day.and_then(|day| Phrase::fill(&mut phrase.day_of_month, day, 1)))
}

/// A year: four digits, or `'26`. After a complete day, four digits are a time.
pub fn year(phrase: &mut Phrase, words: &[DateWord], _: &Calendar) -> RuleMatch {
    let Some(first) = words.first() else { return Ok(None) };
    if phrase.has_whole_day()
        && phrase.time.is_none()
        && let Some((number, 4)) = first.number()
        && NaiveTime::from_hms_opt(number / 100, number % 100, 0).is_some()
    {
        let clock = format!("{:02}:{:02}", number / 100, number % 100);
        let time = time::at_start(&[DateWord { text: clock, ..first.clone() }], false);
        return Ok(time.and_then(|(time, _)| Phrase::fill(&mut phrase.time, time, 1)));
    }
    let after_apostrophe = first.text.strip_prefix('\'');
    let year = after_apostrophe.and_then(Year::parse).filter(|year| year.digits == 2);
    // Nobody means a year of three digits, but then the error can say so.
    let is_year = |year: &Year| year.digits == 4 || (year.digits == 3 && phrase.has_day());
    let year = year.or_else(|| Year::parse(&first.text).filter(is_year));
    let year = year.filter(|year| year.number > 0 || year.digits == 2);
    Ok(year.and_then(|year| Phrase::fill(&mut phrase.year, year, 1)))
}
