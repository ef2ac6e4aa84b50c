//! What cannot be read as a name to replace.

#![allow(missing_docs, reason = "the sentences below say what each variant means")]

use crate::error::Failure;

#[derive(Debug)]
pub enum RedactError {
    BadName { given: String },
    TwoAliases { name: String },
}

impl Failure for RedactError {
    fn fact(&self) -> String {
        match self {
            RedactError::BadName { given } => {
                format!("“{given}” doesn't say what to replace the name with.")
            }
            RedactError::TwoAliases { name } => format!("“{name}” has more than one alias."),
        }
    }

    fn hint(&self) -> String {
        match self {
            RedactError::BadName { .. } => {
                "Write --redact NAME=ALIAS, as in --redact Sam=P.".into()
            }
            RedactError::TwoAliases { .. } => "Keep one of them.".into(),
        }
    }
}
