//! Why nothing could be imported at all.

#![allow(missing_docs, reason = "the sentences below say what each variant means")]

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
                format!("There's nothing at {}.", path.display())
            }
            ImportError::Nothing { source, .. } => {
                format!("There are no {source} entries there.")
            }
            ImportError::BadSalt { path } => {
                format!("{} wasn't made by an import.", path.display())
            }
        }
    }

    fn hint(&self) -> String {
        match self {
            ImportError::NoSuchSource { .. } => "Check the path.".into(),
            ImportError::Nothing { wanted, .. } => format!("Give {wanted}. Nothing was kept."),
            ImportError::BadSalt { .. } => "Restore it from your backup. If you can't, remove it: inward then recognizes imported entries only while the journal is unlocked.".into(),
        }
    }

    fn exit(&self) -> Exit {
        match self {
            ImportError::NoSuchSource { .. } | ImportError::Nothing { .. } => Exit::WrongInput,
            ImportError::BadSalt { .. } => Exit::CouldNot,
        }
    }
}
