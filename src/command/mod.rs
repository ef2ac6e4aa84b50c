//! The verbs. Each is one file that says its name, its arguments and its help,
//! and does its work; the list below is all that binds them together.

mod completions;
mod config;
mod delete;
mod doctor;
mod due;
mod edit;
mod export;
mod help;
mod import;
mod init;
mod key;
mod list;
mod lock;
mod man;
mod patterns;
mod practices;
mod prompt;
mod remind;
mod resume;
mod routine;
mod search;
mod show;
mod sync;
mod today;
mod tour;
mod unlock;

use clap::{ArgMatches, Command};

use crate::app::{App, VerbArgs};
use crate::error::{Exit, Result};

pub use help::{listed, topics};
pub use today::today;

/// One verb, as the command line knows it.
pub struct Verb {
    pub name: &'static str,
    /// Adds its arguments and its help.
    pub arguments: fn(Command) -> Command,
    /// Reads them back; what comes of it is called when everything is ready.
    pub parse: fn(&ArgMatches) -> std::result::Result<VerbCall, clap::Error>,
    /// Does it work whatever the settings say, and say nothing about them?
    pub ignores_settings: bool,
    /// Must the journal be there that the user names?
    pub needs_journal: bool,
}

/// What the command line asks for.
pub type VerbCall = Box<dyn FnOnce(&App) -> Result<Exit>>;

impl Verb {
    const fn of<A: VerbArgs>(name: &'static str) -> Verb {
        let (arguments, parse) = (A::augment_args, parse::<A>);
        Verb { name, arguments, parse, ignores_settings: false, needs_journal: true }
    }

    const fn without_settings(self) -> Verb {
        Verb { ignores_settings: true, needs_journal: false, ..self }
    }

    const fn without_journal(self) -> Verb {
        Verb { needs_journal: false, ..self }
    }
}

fn parse<A: VerbArgs>(matches: &ArgMatches) -> std::result::Result<VerbCall, clap::Error> {
    let args = A::parse(matches)?;
    Ok(Box::new(|app| args.run(app)))
}

/// The list of verbs, in the order in which help shows them.
pub const VERBS: &[Verb] = &[
    Verb::of::<list::ListArgs>("list"),
    Verb::of::<show::ShowArgs>("show"),
    Verb::of::<search::SearchArgs>("search"),
    Verb::of::<patterns::PatternsArgs>("patterns"),
    Verb::of::<export::ExportArgs>("export"),
    Verb::of::<import::ImportArgs>("import"),
    Verb::of::<edit::EditArgs>("edit"),
    Verb::of::<delete::DeleteArgs>("delete"),
    Verb::of::<resume::ResumeArgs>("resume"),
    Verb::of::<due::DueArgs>("due"),
    Verb::of::<routine::RoutineArgs>("routine"),
    Verb::of::<remind::RemindArgs>("remind"),
    Verb::of::<prompt::PromptArgs>("prompt").without_settings(),
    Verb::of::<sync::SyncArgs>("sync"),
    Verb::of::<unlock::UnlockArgs>("unlock"),
    Verb::of::<lock::LockArgs>("lock").without_journal(),
    Verb::of::<key::KeyArgs>("key"),
    Verb::of::<init::InitArgs>("init").without_journal(),
    Verb::of::<config::ConfigArgs>("config").without_settings(),
    Verb::of::<doctor::DoctorArgs>("doctor"),
    Verb::of::<practices::PracticesArgs>("practices").without_journal(),
    Verb::of::<tour::TourArgs>("tour").without_journal(),
    Verb::of::<completions::CompletionsArgs>("completions").without_settings(),
    Verb::of::<man::ManArgs>("man").without_journal(),
    Verb::of::<help::HelpArgs>("help").without_settings(),
];

/// What a practice cannot be called by.
pub fn reserved() -> Vec<&'static str> {
    VERBS.iter().map(|verb| verb.name).collect()
}
