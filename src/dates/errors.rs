//! Why a date or time was refused.

#![allow(missing_docs, reason = "the sentences below say what each variant means")]

use chrono::NaiveDate;

use crate::error::Failure;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DateError {
    /// `nearest` is a similar text that can be read, with its reading.
    Unreadable { given: String, nearest: Option<(String, String)> },
    /// The same where a span may have a name as well. `nearest` is the name that is like it.
    UnreadableBaseline { given: String, nearest: Option<&'static str> },
    /// The text has two readings.
    Ambiguous { given: String, readings: [String; 2] },
    /// Several places have a zone of this name, and this isn't one of them. `example` is the
    /// same time with one of their offsets.
    AmbiguousZone { given: String, zone: String, example: String },
    /// Such as the 31st of a month with 30 days.
    NoSuchDay { given: String, nearest: NaiveDate },
    /// The date isn't the weekday in the text.
    OtherWeekday { given: String, day: NaiveDate },
    /// Several days where one moment is needed.
    ManyDays { given: String, day: NaiveDate },
    /// A year before 1900 that isn't written with four digits.
    EarlyYear { given: String, year: i32 },
    /// It doesn't fit into a file's name.
    OutsideYears { given: String },
    /// The first day comes after the last.
    BackwardDays { first: NaiveDate, last: NaiveDate },
    /// Days to compare with that end before the first day shown, of those until `until`.
    BaselineLeftOut { given: String, first: NaiveDate, until: NaiveDate },
    /// Days to compare with, where nothing that is looked at is compared.
    BaselineUnused { given: String, look: String },
}

impl Failure for DateError {
    fn fact(&self) -> String {
        match self {
            DateError::Unreadable { given, .. } => {
                format!("inward can't read “{given}” as a date or time.")
            }
            DateError::UnreadableBaseline { given, .. } => {
                format!("inward can't read “{given}” as days to compare with.")
            }
            DateError::Ambiguous { given, readings: [one, other] } => {
                format!("“{given}” can be {one} or {other}.")
            }
            DateError::AmbiguousZone { given, zone, .. } => {
                format!("“{zone}” in “{given}” names more than one time zone.")
            }
            DateError::NoSuchDay { given, .. } => format!("There's no day “{given}”."),
            DateError::OtherWeekday { given, day } => {
                format!("“{given}” doesn't fit: {day} is a {}.", day.format("%A"))
            }
            DateError::ManyDays { given, .. } => format!("“{given}” is more than one day."),
            DateError::EarlyYear { given, year } => format!("“{given}” is in the year {year}."),
            DateError::OutsideYears { given } => {
                format!("{given} is outside the years 1 to 9999.")
            }
            DateError::BackwardDays { first, last } => {
                format!("{first} comes after {last}, so there's no day between them.")
            }
            DateError::BaselineLeftOut { given, first, .. } => {
                format!(
                    "“{given}” ends before {first}, the first day that you chose, so its entries aren't there to compare with."
                )
            }
            DateError::BaselineUnused { given, look } => {
                format!("“{look}” compares no two times, so “{given}” has no place there.")
            }
        }
    }

    fn hint(&self) -> String {
        match self {
            DateError::Unreadable { nearest, .. } => match nearest {
                Some((near, reading)) if near == reading => format!("Did you mean {near}?"),
                Some((near, reading)) => format!("Did you mean “{near}” ({reading})?"),
                None => "Try 2026-11-20, \"20 Nov\", \"yesterday 9pm\", \"last friday\" or \"3 days ago\".".into(),
            },
            DateError::UnreadableBaseline { nearest, .. } => match nearest {
                Some(near) => format!("Did you mean {near}?"),
                None => "Try first, previous, \"last month\" or 2026-03.".into(),
            },
            DateError::Ambiguous { .. } => "Write the one you mean.".into(),
            DateError::AmbiguousZone { example, .. } => {
                format!("Give the offset from UTC instead, as in {example}.")
            }
            DateError::NoSuchDay { nearest, .. } => format!("The nearest one is {nearest}."),
            DateError::OtherWeekday { .. } => {
                "Change the day or the date, or leave the weekday out.".into()
            }
            DateError::ManyDays { day, .. } => {
                format!("Give one day, with a time or without: {day}, \"{day} 21:00\".")
            }
            DateError::EarlyYear { year, .. } => {
                format!("If you mean that, write the year with four digits: {year:04}.")
            }
            DateError::OutsideYears { .. } => "Give a day in one of those years.".into(),
            DateError::BackwardDays { .. } => {
                "Give the earlier day first: --from EARLIER --to LATER, or EARLIER..LATER.".into()
            }
            DateError::BaselineLeftOut { until, .. } => {
                format!("Leave out --from or --on, and give --to {until} instead.")
            }
            DateError::BaselineUnused { .. } => {
                "Leave out --against, or see only those days: --on, or --from and --to.".into()
            }
        }
    }
}
