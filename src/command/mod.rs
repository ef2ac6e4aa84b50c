//! The verbs. Each is one file with its arguments, its help and its work; only the list
//! below connects them.

mod completions;
mod config;
mod delete;
mod doctor;
mod due;
mod edit;
mod examples;
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
use crate::render::unfill;

pub(crate) use examples::of_practice;
pub(crate) use help::{listed, topics};
pub use remind::ReminderError;
pub(crate) use today::today;

/// One verb, as the command line knows it.
pub struct Verb {
    /// Its name on the command line.
    pub name: &'static str,
    /// Adds its arguments, each with its help.
    augment: fn(Command) -> Command,
    /// What `--help` says below the first lines.
    details: Option<&'static str>,
    /// Parses them into the call that runs the verb once everything is ready.
    pub parse: fn(&ArgMatches) -> std::result::Result<VerbCall, clap::Error>,
    /// Does it work with broken settings, without a word about them?
    pub ignores_settings: bool,
    /// Must a journal named by the user exist?
    pub needs_journal: bool,
}

/// The call that a command line asks for.
pub type VerbCall = Box<dyn FnOnce(&App) -> Result<Exit>>;

impl Verb {
    const fn of<A: VerbArgs>(name: &'static str) -> Verb {
        Verb {
            name,
            augment: A::augment_args,
            details: None,
            parse: parse::<A>,
            ignores_settings: false,
            needs_journal: true,
        }
    }

    /// Adds details from a file of their own, if they are too long for a doc comment.
    const fn with_details(self, details: &'static str) -> Verb {
        Verb { details: Some(details), ..self }
    }

    /// The command with the verb's arguments and help.
    pub fn arguments(&self, command: Command) -> Command {
        let command = examples::with_examples((self.augment)(command), self.name);
        let Some(details) = self.details else { return command };
        let about = command.get_about().map(ToString::to_string).unwrap_or_default();
        command.long_about(format!("{about}\n\n{}", unfill(details)))
    }

    /// What it is for, in a few words.
    pub fn about(&self) -> String {
        let command = (self.augment)(Command::new(self.name));
        command.get_about().map(ToString::to_string).unwrap_or_default()
    }

    const fn without_settings(self) -> Verb {
        Verb { ignores_settings: true, ..self }
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
    Verb::of::<export::ExportArgs>("export").with_details(include_str!("details/export.txt")),
    Verb::of::<import::ImportArgs>("import"),
    Verb::of::<edit::EditArgs>("edit"),
    Verb::of::<delete::DeleteArgs>("delete"),
    Verb::of::<resume::ResumeArgs>("resume"),
    Verb::of::<due::DueArgs>("due"),
    Verb::of::<routine::RoutineArgs>("routine").with_details(include_str!("details/routine.txt")),
    Verb::of::<remind::RemindArgs>("remind"),
    Verb::of::<prompt::PromptArgs>("prompt").without_settings(),
    Verb::of::<sync::SyncArgs>("sync"),
    Verb::of::<unlock::UnlockArgs>("unlock"),
    // It locks whether or not the journal is there, and then refuses itself.
    Verb::of::<lock::LockArgs>("lock").without_journal(),
    Verb::of::<key::KeyArgs>("key"),
    Verb::of::<init::InitArgs>("init").without_journal(),
    Verb::of::<config::ConfigArgs>("config").without_settings().without_journal(),
    Verb::of::<doctor::DoctorArgs>("doctor").with_details(include_str!("details/doctor.txt")),
    Verb::of::<practices::PracticesArgs>("practices").without_journal(),
    Verb::of::<tour::TourArgs>("tour").without_journal(),
    Verb::of::<completions::CompletionsArgs>("completions").without_settings().without_journal(),
    Verb::of::<man::ManArgs>("man").without_journal(),
    Verb::of::<help::HelpArgs>("help").without_settings().without_journal(),
];

/// The names that a practice can't have.
pub fn reserved() -> Vec<&'static str> {
    VERBS.iter().map(|verb| verb.name).collect()
}
