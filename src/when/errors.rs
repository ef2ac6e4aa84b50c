//! What cannot be read as a moment or as days.

use chrono::NaiveDate;

use crate::error::{Exit, Failure};

#[derive(Debug)]
pub enum DateError {
    BadMoment {
        given: String,
    },
    BadDays {
        given: String,
    },
    /// The first day comes after the last.
    BackwardDays {
        first: NaiveDate,
        last: NaiveDate,
    },
}

impl Failure for DateError {
    fn fact(&self) -> String {
        match self {
            DateError::BadMoment { given } => format!("“{given}” is not a date that I can read."),
            DateError::BadDays { given } => format!("“{given}” names no days that I can read."),
            DateError::BackwardDays { first, last } => {
                format!("{first} comes after {last}, so there is no day between them.")
            }
        }
    }

    fn hint(&self) -> String {
        match self {
            DateError::BadMoment { .. } => "Write 2026-11-20, \"2026-11-20 21:00\", yesterday, monday or \"3 days ago\".".into(),
            DateError::BadDays { .. } => "Write 2026-11-20, yesterday, monday, \"3 days ago\", \"last week\", november, 2026-11 or 2026-11-01..2026-11-15.".into(),
            DateError::BackwardDays { .. } => "Give the earlier day first: --from EARLIER --to LATER, or EARLIER..LATER.".into(),
        }
    }

    fn exit(&self) -> Exit {
        Exit::WrongInput
    }
}
