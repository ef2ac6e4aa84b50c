//! Why nothing could be imported at all.

#![allow(
    missing_docs,
    reason = "each variant is told in the sentence that a person reads of it, below"
)]

use std::path::PathBuf;

use crate::error::{Exit, Failure};

#[derive(Debug)]
pub enum ImportError {
    NoSuchSource { path: PathBuf },
    Nothing { source: &'static str, wanted: &'static str },
    BadSalt { path: PathBuf },
}

impl Failure for ImportError {
    fn fact(&self) -> String {
        match self {
            ImportError::NoSuchSource { path } => {
                format!("There is nothing at {}.", path.display())
            }
            ImportError::Nothing { source, .. } => {
                format!("There is no {source} entry in it.")
            }
            ImportError::BadSalt { path } => {
                format!("{} isn't the salt that an import made.", path.display())
            }
        }
    }

    fn hint(&self) -> String {
        match self {
            ImportError::NoSuchSource { .. } => "Check the path.".into(),
            ImportError::Nothing { wanted, .. } => format!("Name {wanted}. Nothing was kept."),
            ImportError::BadSalt { .. } => "Put it back from your backup. Without it, imported entries are recognized only while the journal is unlocked; the file can then be removed.".into(),
        }
    }

    fn exit(&self) -> Exit {
        match self {
            ImportError::NoSuchSource { .. } | ImportError::Nothing { .. } => Exit::WrongInput,
            ImportError::BadSalt { .. } => Exit::CouldNot,
        }
    }
}
