//! What only a verb can find wrong.

#![allow(
    missing_docs,
    reason = "each variant is told in the sentence that a person reads of it, below"
)]

use std::path::PathBuf;

use crate::error::{Exit, Failure, did_you_mean, suggestion};

#[derive(Debug)]
pub enum CommandError {
    NothingToResume,
    NothingToFollowUp {
        practice: String,
    },
    NothingSaid {
        practice: String,
    },
    /// No command of this name, nor any of these topics.
    UnknownTopic {
        given: String,
        topics: Vec<&'static str>,
        near: Option<String>,
    },
    /// Arguments of which one rules the other out.
    GivenTogether {
        argument: &'static str,
        other: &'static str,
    },
    /// Neither a practice nor a question.
    NothingCalled {
        given: String,
        known: Vec<String>,
    },
    OnlyToInstall {
        flag: &'static str,
    },
    NoTimer {
        why: String,
    },
    BadRoutine {
        name: String,
        given: String,
        known: Vec<String>,
    },
    UnknownRoutine {
        given: String,
        known: Vec<String>,
    },
    TwoVersions {
        id: String,
    },
    /// A file that cannot be kept with an entry.
    CannotAttach {
        path: PathBuf,
        why: &'static str,
    },
    /// Nothing of this name is attached, or several things are: their ids.
    NotAttached {
        given: String,
        ids: Vec<String>,
    },
    NoPartner,
    SealedToTerminal,
    CopyInTheJournal {
        path: PathBuf,
    },
    OutputOverOwnFiles {
        path: PathBuf,
    },
    OutputInTheJournal {
        path: PathBuf,
    },
    CopyExists {
        path: PathBuf,
    },
    BadPage {
        path: PathBuf,
    },
    /// `doctor --backup` of a folder without a journal in it.
    NoBackup {
        path: PathBuf,
    },
    BackupIsJournal {
        path: PathBuf,
    },
    PageTooFull,
}

impl Failure for CommandError {
    fn fact(&self) -> String {
        match self {
            CommandError::NothingToResume => "There's no unfinished entry.".into(),
            CommandError::NothingToFollowUp { practice } => {
                format!("No entry of `{practice}` has anything to follow up now.")
            }
            CommandError::NothingSaid { .. } => "There was nothing to keep.".into(),
            CommandError::UnknownTopic { given, .. } => format!("There is no help on “{given}”."),
            CommandError::GivenTogether { argument, other } => {
                format!("`{argument}` can't be given together with `{other}`.")
            }
            CommandError::NothingCalled { given, .. } => {
                format!("There is no practice and no question “{given}”.")
            }
            CommandError::OnlyToInstall { flag } => {
                format!("--{flag} belongs to `inward remind install`.")
            }
            CommandError::NoTimer { why } => format!("Your systemd could not be reached ({why})."),
            CommandError::BadRoutine { name, given, .. } => {
                format!("The routine `{name}` names “{given}”, which isn't a practice.")
            }
            CommandError::UnknownRoutine { given, .. } => format!("There is no routine “{given}”."),
            CommandError::TwoVersions { id } => {
                format!("The entry {id} was edited on two devices, and both versions are kept.")
            }
            CommandError::CannotAttach { path, why } => {
                format!("{} can't be attached: {why}.", path.display())
            }
            CommandError::NotAttached { given, ids } => match ids.as_slice() {
                [] => format!("Nothing called “{given}” is attached to this entry."),
                _ => format!("“{given}” is attached {} times.", ids.len()),
            },
            CommandError::NoPartner => "No partner's name is set.".into(),
            CommandError::SealedToTerminal => {
                "An encrypted export isn't text, and a terminal can't show it.".into()
            }
            CommandError::CopyInTheJournal { path } => {
                format!("{} is in the journal's folder, which others may have.", path.display())
            }
            CommandError::OutputOverOwnFiles { path } => {
                format!("{} is where inward keeps its keys, settings and state.", path.display())
            }
            CommandError::OutputInTheJournal { path } => {
                format!(
                    "{} is in the journal's folder, which is for encrypted entries alone.",
                    path.display()
                )
            }
            CommandError::CopyExists { path } => {
                format!("{} already exists, and was left as it is.", path.display())
            }
            CommandError::BadPage { path } => format!("{} does not end in .svg.", path.display()),
            CommandError::NoBackup { path } => {
                format!("{} doesn't contain a journal.", path.display())
            }
            CommandError::BackupIsJournal { path } => {
                format!("{} is the journal itself.", path.display())
            }
            CommandError::PageTooFull => {
                "The key is too long for a code that a camera reads.".into()
            }
        }
    }

    fn hint(&self) -> String {
        match self {
            CommandError::NothingToResume => "Any practice starts a new one.".into(),
            CommandError::NothingToFollowUp { .. } => "It asks some days after an entry that calls for it.".into(),
            CommandError::NothingSaid { practice } => format!("Say something, as in: inward {practice} \"a few words\", or run it on a terminal to be asked."),
            CommandError::UnknownTopic { topics, near, .. } => did_you_mean(near.as_deref(), &match topics.as_slice() {
                    [] => "`inward help` lists the commands.".into(),
                    topics => format!("Topics are {}; `inward help` lists the commands.", topics.join(", ")),
                }),
            CommandError::GivenTogether { .. } => "Leave one of them out.".into(),
            CommandError::NothingCalled { given, known } => suggestion(given, known, "`inward practices` lists the practices, `inward practices show PRACTICE` its questions."),
            CommandError::OnlyToInstall { flag } => format!("`inward remind install --{flag} …` sets it up, over one that is there; --print shows it."),
            CommandError::NoTimer { .. } => "Run this in your own session. Without systemd, `inward remind --print cron` prints a line for cron; `--print launchd` is for a Mac.".into(),
            CommandError::BadRoutine { given, known, .. } => suggestion(given, known, &format!("`inward config edit` opens the settings. Practices are {}.", known.join(", "))),
            CommandError::UnknownRoutine { given, known } => suggestion(given, known, &format!("There are {}; [routines] in config.toml makes your own.", known.join(", "))),
            CommandError::TwoVersions { id } => format!("Run `inward edit {id}` on a terminal to choose one, or add --settle to keep the newest."),
            CommandError::CannotAttach { .. } => "Check its name. Nothing was kept.".into(),
            CommandError::NotAttached { ids, .. } => match ids.as_slice() {
                [] => "`inward show ID` names what is attached. Nothing was changed.".into(),
                ids => format!("Give the id of one of them instead: {}. Nothing was changed.", ids.join(", ")),
            },
            CommandError::NoPartner => "Set partner in config.toml, or write --redact NAME=ALIAS.".into(),
            CommandError::SealedToTerminal => "Add -o FILE, or send it through a pipe.".into(),
            CommandError::OutputOverOwnFiles { .. } => "Choose another place. Nothing was written.".into(),
            CommandError::OutputInTheJournal { .. } => "Choose a place outside it: what is in it gets synced. Nothing was written.".into(),
            CommandError::CopyInTheJournal { .. } => "Keep the copy elsewhere: whoever has both can read the journal.".into(),
            CommandError::CopyExists { .. } => "Choose another name: a copy of a key replaces nothing.".into(),
            CommandError::BadPage { .. } => "A page is written as SVG, which every browser opens and prints.".into(),
            CommandError::NoBackup { .. } => "Name the folder that contains the years, or the copy of a home with a folder `journal` in it.".into(),
            CommandError::BackupIsJournal { .. } => "Name the copy that you want to compare with it.".into(),
            CommandError::PageTooFull => "Keep it as a file: inward key backup FILE".into(),
        }
    }

    fn exit(&self) -> Exit {
        match self {
            CommandError::NothingToResume | CommandError::NothingToFollowUp { .. } => {
                Exit::NothingMatched
            }
            CommandError::NothingSaid { .. }
            | CommandError::UnknownTopic { .. }
            | CommandError::GivenTogether { .. }
            | CommandError::NothingCalled { .. }
            | CommandError::OnlyToInstall { .. }
            | CommandError::BadRoutine { .. }
            | CommandError::UnknownRoutine { .. }
            | CommandError::TwoVersions { .. }
            | CommandError::CannotAttach { .. }
            | CommandError::NotAttached { .. }
            | CommandError::NoPartner
            | CommandError::SealedToTerminal
            | CommandError::CopyInTheJournal { .. }
            | CommandError::OutputOverOwnFiles { .. }
            | CommandError::OutputInTheJournal { .. }
            | CommandError::CopyExists { .. }
            | CommandError::NoBackup { .. }
            | CommandError::BackupIsJournal { .. }
            | CommandError::BadPage { .. } => Exit::WrongInput,
            CommandError::NoTimer { .. } | CommandError::PageTooFull => Exit::CouldNot,
        }
    }
}
