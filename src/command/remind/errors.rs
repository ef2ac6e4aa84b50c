//! What keeps a reminder from being set up, shown or removed.

#![allow(missing_docs, reason = "the sentences below say what each variant means")]

use std::path::PathBuf;

use crate::error::{Exit, Failure};

#[derive(Debug)]
pub enum ReminderError {
    OnlyToInstall {
        flag: &'static str,
    },
    /// A unit with the name of one of ours that says nothing of a reminder.
    OtherUnit {
        path: PathBuf,
    },
    NoTimer {
        why: String,
    },
}

impl Failure for ReminderError {
    fn fact(&self) -> String {
        match self {
            ReminderError::OnlyToInstall { flag } => {
                format!("--{flag} works only with `inward remind install`.")
            }
            ReminderError::OtherUnit { path } => {
                format!("{} isn't inward's own, so inward left it alone.", path.display())
            }
            ReminderError::NoTimer { why } => format!("inward can't reach your systemd ({why})."),
        }
    }

    fn hint(&self) -> String {
        match self {
            ReminderError::OnlyToInstall { flag } => format!("Run `inward remind install --{flag} …`; with --print, it only shows what it would do."),
            ReminderError::OtherUnit { .. } => "Rename that file and run this again, or set up a reminder by hand with what `inward remind --print systemd` prints. Nothing was changed.".into(),
            ReminderError::NoTimer { .. } => "Run this in your own login session. Without systemd, `inward remind --print cron` prints a line for cron; on a Mac, use `--print launchd`.".into(),
        }
    }

    fn exit(&self) -> Exit {
        match self {
            ReminderError::OnlyToInstall { .. } | ReminderError::OtherUnit { .. } => {
                Exit::WrongInput
            }
            ReminderError::NoTimer { .. } => Exit::CouldNot,
        }
    }
}
