//! Why a date or a time, as somebody wrote it, was refused.

use chrono::NaiveDate;

use super::Exit;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DateFault {
    /// `nearest` is a spelling close by, with what it reads as.
    Unreadable { given: String, nearest: Option<(String, String)> },
    /// Two readings, and nothing in the text that decides.
    Ambiguous { given: String, readings: [String; 2] },
    /// The 31st of a month of 30 days, say.
    NoSuchDay { given: String, nearest: NaiveDate },
    /// The day named is another day of the week than the one it is called.
    OtherWeekday { given: String, day: NaiveDate },
    /// Several days where one moment is wanted.
    ManyDays { given: String, day: NaiveDate },
    /// A year before 1900 that was not written with four digits.
    EarlyYear { given: String, year: i32 },
}

impl DateFault {
    /// What happened, and what to do.
    pub(super) fn sentence(&self) -> (Exit, String, String) {
        let (fact, hint) = match self {
            DateFault::Unreadable { given, nearest } => (
                format!("I can't read “{given}” as a date or time."),
                match nearest {
                    Some((near, reading)) if near == reading => format!("Did you mean {near}?"),
                    Some((near, reading)) => format!("Did you mean “{near}”, that is {reading}?"),
                    None => "Try 2026-11-20, \"20 Nov\", \"yesterday 9pm\", \"last friday\" or \"3 days ago\".".into(),
                },
            ),
            DateFault::Ambiguous { given, readings: [one, other] } => (
                format!("“{given}” can be {one} or {other}."),
                "Write the one you mean.".into(),
            ),
            DateFault::NoSuchDay { given, nearest } => (
                format!("There is no day “{given}”."),
                format!("The nearest one is {nearest}."),
            ),
            DateFault::OtherWeekday { given, day } => (
                format!("“{given}” doesn't fit: {day} is a {}.", day.format("%A")),
                "Change the day or the date, or leave the weekday out.".into(),
            ),
            DateFault::ManyDays { given, day } => (
                format!("“{given}” is more than one day."),
                format!("Give one day, with a time or without: {day}, \"{day} 21:00\"."),
            ),
            DateFault::EarlyYear { given, year } => (
                format!("“{given}” names the year {year}."),
                format!("If you mean that, write the year with four digits: {year:04}."),
            ),
        };
        (Exit::WrongInput, fact, hint)
    }
}
