//! Why an entry can't be made or written as JSON.

#![allow(missing_docs, reason = "the sentences below say what each variant means")]

use crate::error::{Exit, Failure};

#[derive(Debug)]
pub enum EntryError {
    Random { why: String },
    NotJson { why: String },
}

impl Failure for EntryError {
    fn fact(&self) -> String {
        match self {
            EntryError::Random { why } => {
                format!("inward couldn't get random numbers from the system ({why}).")
            }
            EntryError::NotJson { why } => format!("The entry can't be written as JSON ({why})."),
        }
    }

    fn hint(&self) -> String {
        match self {
            EntryError::Random { .. } => "Nothing was kept. Try again.".into(),
            EntryError::NotJson { .. } => "Nothing was kept.".into(),
        }
    }

    fn exit(&self) -> Exit {
        Exit::CouldNot
    }
}
