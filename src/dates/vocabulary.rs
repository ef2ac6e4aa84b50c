//! The words in dates.

use chrono::{Month, Weekday};

use crate::words::SMALL_NUMBERS;

const ORDINALS: &[&str] = &[
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth",
    "eighteenth", "nineteenth", "twentieth", "twenty-first", "twenty-second", "twenty-third",
    "twenty-fourth", "twenty-fifth", "twenty-sixth", "twenty-seventh", "twenty-eighth",
    "twenty-ninth", "thirtieth", "thirty-first",
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeUnit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Fortnight,
    Month,
    Quarter,
    Year,
}

const UNITS: &[(TimeUnit, &[&str])] = &[
    (TimeUnit::Second, &["second", "seconds", "sec", "secs", "s"]),
    (TimeUnit::Minute, &["minute", "minutes", "min", "mins", "m"]),
    (TimeUnit::Hour, &["hour", "hours", "hr", "hrs", "h"]),
    (TimeUnit::Day, &["day", "days", "d"]),
    (TimeUnit::Week, &["week", "weeks", "wk", "wks", "w"]),
    (TimeUnit::Fortnight, &["fortnight", "fortnights"]),
    (TimeUnit::Month, &["month", "months", "mo", "mos"]),
    (TimeUnit::Quarter, &["quarter", "quarters"]),
    (TimeUnit::Year, &["year", "years", "yr", "yrs", "y"]),
];

impl TimeUnit {
    pub fn from_word(word: &str) -> Option<TimeUnit> {
        UNITS.iter().find(|(_, names)| names.contains(&word)).map(|(unit, _)| *unit)
    }

    /// Its length in seconds, if that is always the same.
    pub fn seconds(self) -> Option<i64> {
        match self {
            TimeUnit::Second => Some(1),
            TimeUnit::Minute => Some(60),
            TimeUnit::Hour => Some(3600),
            TimeUnit::Day | TimeUnit::Week | TimeUnit::Fortnight => Some(self.days()? * 86_400),
            TimeUnit::Month | TimeUnit::Quarter | TimeUnit::Year => None,
        }
    }

    pub fn days(self) -> Option<i64> {
        match self {
            TimeUnit::Day => Some(1),
            TimeUnit::Week => Some(7),
            TimeUnit::Fortnight => Some(14),
            TimeUnit::Second | TimeUnit::Minute | TimeUnit::Hour => None,
            TimeUnit::Month | TimeUnit::Quarter | TimeUnit::Year => None,
        }
    }

    pub fn months(self) -> Option<u32> {
        match self {
            TimeUnit::Month => Some(1),
            TimeUnit::Quarter => Some(3),
            TimeUnit::Year => Some(12),
            TimeUnit::Second | TimeUnit::Minute | TimeUnit::Hour => None,
            TimeUnit::Day | TimeUnit::Week | TimeUnit::Fortnight => None,
        }
    }
}

/// A part of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartOfDay {
    Morning,
    Afternoon,
    Evening,
    Tonight,
    Night,
}

impl PartOfDay {
    pub fn from_word(word: &str) -> Option<PartOfDay> {
        Some(match word {
            "morning" => PartOfDay::Morning,
            "afternoon" => PartOfDay::Afternoon,
            "evening" | "eve" => PartOfDay::Evening,
            "tonight" => PartOfDay::Tonight,
            "night" => PartOfDay::Night,
            _ => return None,
        })
    }

    pub fn hour(self) -> u32 {
        match self {
            PartOfDay::Morning => 8,
            PartOfDay::Afternoon => 15,
            PartOfDay::Evening | PartOfDay::Tonight => 20,
            PartOfDay::Night => 21,
        }
    }
}

/// Holidays with a fixed date.
pub const HOLIDAYS: &[(&[&str], u32, u32)] = &[
    (&["christmas", "eve"], 12, 24),
    (&["christmas", "day"], 12, 25),
    (&["christmas"], 12, 25),
    (&["boxing", "day"], 12, 26),
    (&["new", "year's", "eve"], 12, 31),
    (&["new", "years", "eve"], 12, 31),
    (&["new", "year's", "day"], 1, 1),
    (&["new", "years", "day"], 1, 1),
    (&["valentine's", "day"], 2, 14),
    (&["valentines", "day"], 2, 14),
    (&["halloween"], 10, 31),
];

pub fn month(word: &str) -> Option<u32> {
    match word {
        "sept" => Some(9),
        // Three letters or the whole name; other abbreviations aren't accepted.
        word => word.parse::<Month>().ok().map(|month| month.number_from_month()),
    }
}

pub fn weekday(word: &str) -> Option<Weekday> {
    match word {
        "tues" => Some(Weekday::Tue),
        "weds" => Some(Weekday::Wed),
        "thur" | "thurs" => Some(Weekday::Thu),
        word => word.strip_suffix('s').unwrap_or(word).parse().ok(),
    }
}

/// `one` to `twenty`.
pub fn small_number(word: &str) -> Option<u32> {
    position(SMALL_NUMBERS, word)
}

/// `5th` or `fifth`.
pub fn ordinal(word: &str) -> Option<u32> {
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end));
    let by_digits = digits.and_then(|digits| digits.parse().ok());
    by_digits.or_else(|| Some(position(ORDINALS, word)? + 1))
}

fn position(words: &[&str], word: &str) -> Option<u32> {
    words.iter().position(|name| *name == word).and_then(|at| u32::try_from(at).ok())
}

/// The words to suggest for a misspelt one.
pub fn suggestions() -> impl Iterator<Item = &'static str> {
    const OTHERS: &[&str] = &[
        "today", "yesterday", "tomorrow", "now", "ago", "last", "this", "next", "past", "before",
        "previous", "noon", "midday", "midnight", "morning", "afternoon", "evening", "tonight",
        "night", "weekend", "half", "quarter", "january", "february", "march", "april", "june",
        "july", "august", "september", "october", "november", "december", "monday", "tuesday",
        "wednesday", "thursday", "friday", "saturday", "sunday", "couple",
    ];
    let is_long = |word: &&&str| word.len() > 2;
    let units = UNITS.iter().flat_map(|(_, names)| names.iter()).filter(is_long);
    OTHERS.iter().chain(units).chain(SMALL_NUMBERS).copied()
}
