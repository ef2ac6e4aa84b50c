//! What cannot be read as a name to replace.

#![allow(
    missing_docs,
    reason = "each variant is told in the sentence that a person reads of it, below"
)]

use crate::error::{Exit, Failure};

#[derive(Debug)]
pub enum RedactError {
    BadName { given: String },
}

impl Failure for RedactError {
    fn fact(&self) -> String {
        match self {
            RedactError::BadName { given } => {
                format!("“{given}” does not say which name to replace.")
            }
        }
    }

    fn hint(&self) -> String {
        match self {
            RedactError::BadName { .. } => {
                "Write --redact NAME=ALIAS, as in --redact Sam=P.".into()
            }
        }
    }

    fn exit(&self) -> Exit {
        Exit::WrongInput
    }
}
