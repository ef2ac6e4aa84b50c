//! The verbs. Each is one file that says its name, its arguments and its help,
//! and does its work; the list below is all that binds them together.

mod afterwards;
mod args;
mod completions;
mod config;
mod delete;
mod doctor;
mod draft;
mod due;
mod edit;
mod errors;
mod export;
mod help;
mod import;
mod init;
mod keep;
mod key;
mod list;
mod lock;
mod man;
mod memory;
mod moving;
mod patterns;
mod place;
mod practices;
mod prompt;
mod reading;
mod remind;
mod renaming;
mod resume;
mod routine;
mod search;
mod show;
mod sitting;
mod stream;
mod sync;
mod today;
mod tour;
mod unlock;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use clap::{ArgMatches, Command};
use secrecy::SecretString;

use crate::ask::{TALK, Terminal, unlocking};
use crate::config::{Clock, Config};
use crate::disk::{self, DiskRef};
use crate::entry::Entry;
use crate::error::{Error, Exit, Result};
use crate::journal::{Damaged, Drafts, Journal, Pending};
use crate::keys::KeyError;
use crate::keys::Keys;
use crate::practice::PracticeError;
use crate::practice::{Practice, Practices};
use crate::render::{clean_line, moment_words};
use crate::seal::Damage;
use crate::seal::{AudienceLog, Identity, Recipients, Sealed};
use crate::state::State;

pub use args::{Candidates, QUESTION, VerbArgs, question_flags};
pub use errors::CommandError;
pub use help::{listed, topics};
pub use keep::{FollowUpArg, PracticeArgs, SitArg, keep, keep_at};
pub use routine::known as routine_names;
pub use today::today;

/// One verb, as the command line knows it.
pub struct Verb {
    pub name: &'static str,
    /// Adds its arguments and its help.
    pub arguments: fn(Command) -> Command,
    /// Reads them back; what comes of it is called when everything is ready.
    pub parse: fn(&ArgMatches) -> std::result::Result<Call, clap::Error>,
    /// Does it work whatever the settings say, and say nothing about them?
    pub ignores_settings: bool,
    /// Must the journal be there that the user names?
    pub needs_journal: bool,
}

/// What the command line asks for.
pub type Call = Box<dyn FnOnce(&Context) -> Result<Exit>>;

impl Verb {
    const fn of<A: VerbArgs>(name: &'static str) -> Verb {
        let (arguments, parse) = (A::augment_args, parse::<A>);
        Verb { name, arguments, parse, ignores_settings: false, needs_journal: true }
    }

    const fn whatever_is_set(self) -> Verb {
        Verb { ignores_settings: true, needs_journal: false, ..self }
    }

    const fn without_journal(self) -> Verb {
        Verb { needs_journal: false, ..self }
    }
}

fn parse<A: VerbArgs>(matches: &ArgMatches) -> std::result::Result<Call, clap::Error> {
    let args = A::parse(matches)?;
    Ok(Box::new(|context| args.run(context)))
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
    Verb::of::<prompt::PromptArgs>("prompt").whatever_is_set(),
    Verb::of::<sync::SyncArgs>("sync"),
    Verb::of::<unlock::UnlockArgs>("unlock"),
    Verb::of::<lock::LockArgs>("lock").without_journal(),
    Verb::of::<key::KeyArgs>("key"),
    Verb::of::<init::InitArgs>("init").without_journal(),
    Verb::of::<config::ConfigArgs>("config").whatever_is_set(),
    Verb::of::<doctor::DoctorArgs>("doctor"),
    Verb::of::<practices::PracticesArgs>("practices").without_journal(),
    Verb::of::<tour::TourArgs>("tour").without_journal(),
    Verb::of::<completions::CompletionsArgs>("completions").whatever_is_set(),
    Verb::of::<man::ManArgs>("man").without_journal(),
    Verb::of::<help::HelpArgs>("help").whatever_is_set(),
];

/// What a practice cannot be called by.
pub fn reserved() -> Vec<&'static str> {
    VERBS.iter().map(|verb| verb.name).collect()
}

/// What the command tree can tell about itself.
pub trait Tree {
    /// What may stand in the place of the last of these words, program first.
    fn candidates(&self, context: &Context, words: &[String]) -> Completion;
    /// Every manual page, by file name.
    fn manuals(&self) -> Vec<(String, Vec<u8>)>;
    /// The help of a command or of an action, by its path; of the whole without one.
    fn help(&self, path: &[&str]) -> Option<String>;
}

/// What a shell is to offer.
pub enum Completion {
    /// Words, each with what it is.
    Words(Vec<(String, String)>),
    /// Files, which the shell knows best.
    Files,
}

/// What a verb works with.
pub struct Context {
    pub config: Config,
    pub practices: Practices,
    pub terminal: Terminal,
    pub tree: Box<dyn Tree + Sync>,
    /// What was opened and is sealed to others than the list names.
    pub audience: Arc<AudienceLog>,
}

impl Context {
    /// The practice of this name, which may have been misspelt.
    pub fn practice(&self, name: &str) -> Result<Practice> {
        let found = self.practices.named(name).cloned();
        found.ok_or_else(|| self.unknown_practice(name))?.into_whole()
    }

    pub fn unknown_practice(&self, given: &str) -> Error {
        PracticeError::Unknown { given: given.to_owned(), known: self.practice_names() }.into()
    }

    pub fn clock(&self) -> &Clock {
        &self.config.clock
    }

    pub fn disk(&self) -> DiskRef {
        disk::real()
    }

    pub fn journal(&self) -> Journal {
        Journal::at(self.disk(), &self.config.paths.journal)
    }

    /// The same, with its packs: for reading, and for whatever makes something of
    /// them untrue.
    pub fn known_journal(&self) -> Journal {
        self.journal().cached(&self.config.paths.cache)
    }

    pub fn drafts(&self) -> Drafts {
        Drafts::at(self.disk(), &self.config.paths.state)
    }

    /// A change of keys that has begun, and is not done.
    pub fn pending(&self) -> Result<Option<Pending>> {
        Pending::read(&*self.disk(), &self.config.paths.config)
    }

    pub fn keys(&self) -> Keys {
        Keys::new(self.disk(), &self.config.paths.config, self.config.identity.as_deref(), TALK)
    }

    /// Where the passphrase of a file comes from.
    fn asking<'a>(&'a self, file: &'a Path) -> Result<impl FnMut() -> Result<SecretString> + 'a> {
        Ok(unlocking(&self.terminal, self.config.passphrase_command()?, file))
    }

    /// The identity, after its passphrase was asked for where it has one.
    pub fn unlock(&self) -> Result<Identity> {
        let keys = self.keys();
        let file = keys.identity_file();
        let mut asking = self.asking(&file)?;
        let mut asked = false;
        let identity = keys.unlock(&mut || {
            asked = true;
            asking()
        });
        // With it ends the silence at the keys.
        drop(asking);
        let identity = identity.map_err(|e| self.or_key_missing(e))?;
        if asked && self.config.passphrase_command()?.is_none() && keys.can_hold() {
            self.offer_unlock();
        }
        Ok(identity.watching(keys.audience()?, self.audience.clone()))
    }

    /// The identity, its passphrase asked for in any case.
    fn unlock_anew(&self) -> Result<Identity> {
        let keys = self.keys();
        let file = keys.identity_file();
        keys.unlock_anew(&mut self.asking(&file)?)
    }

    /// Says once, to whoever had to type the passphrase, that there is `unlock`.
    fn offer_unlock(&self) {
        let mut state = self.state();
        if self.config.remember && state.offer_unlock() {
            self.terminal
                .say("(`inward unlock` asks once for half an hour. `inward lock` ends it.)");
            // Where that cannot be noted, it is said again; that is all.
            let _ = state.write(&*self.disk(), &self.config.paths.state);
        }
    }

    /// What this device remembers; nothing, where the user wants it so.
    fn state(&self) -> State {
        let folder = &self.config.paths.state;
        if self.config.remember {
            return State::read(&*self.disk(), folder);
        }
        State::forget(&*self.disk(), folder);
        State::default()
    }

    /// Seals an entry to the recipients of this moment, and publishes it.
    fn seal<T>(&self, entry: &Entry, publish: impl FnOnce(&Sealed) -> Result<T>) -> Result<T> {
        self.keys().seal(entry, publish).map_err(|e| self.or_key_missing(e))
    }

    /// Seals a new entry, and keeps it in the journal.
    fn append(&self, entry: &Entry) -> Result<()> {
        self.seal(entry, |sealed| self.journal().append(sealed))
    }

    /// To whom entries are sealed; asked before anything is done in vain.
    fn recipients(&self) -> Result<Recipients> {
        self.refuse_emptied_journal()?;
        self.keys().recipients().map_err(|e| self.or_key_missing(e))
    }

    /// Where there are entries and no key, that is what is to be said.
    fn or_key_missing(&self, error: Error) -> Error {
        match is_no_journal(&error) {
            true => self.refuse_a_second_key().err().unwrap_or(error),
            false => error,
        }
    }

    /// A key is made only for a journal that has no entries: otherwise one is
    /// missing, and a new one would hide that.
    fn refuse_a_second_key(&self) -> Result<()> {
        if self.journal().is_empty()? {
            return Ok(());
        }
        let (journal, config) =
            (self.config.paths.journal.clone(), self.config.paths.config.clone());
        Err(KeyError::Missing { journal, config }.into())
    }

    /// Says what was opened that a device sealed which does not know of a change of
    /// keys.
    pub fn tell_audience(&self) {
        let noted = self.audience.take();
        for kind in noted.values().collect::<BTreeSet<_>>() {
            let count = noted.values().filter(|mismatch| *mismatch == kind).count();
            self.terminal.say(&format!("{}.", kind.sentence(count)));
        }
    }

    /// Names every damaged file, and says so to the shell.
    fn finish(&self, damaged: &[Damaged], otherwise: Exit) -> Exit {
        if damaged.is_empty() {
            return otherwise;
        }
        let page = self.terminal.messages();
        for Damaged { path, why } in damaged {
            let path = clean_line(&path.display().to_string());
            // Not wrapped: a path is there to be copied.
            let left_out = page.strong("Left out:");
            let why = clean_line(&why.sentence());
            self.terminal.say_error(&format!("{left_out} {path}: {why}."));
        }
        if damaged.iter().any(|damaged| damaged.why == Damage::SealedToAnother) {
            self.terminal.say("What is sealed to another key may be another device's, or this key was changed elsewhere: `inward key add` there, or its copy of the key here (`inward init --identity FILE`), opens it. Leave those files where they are.");
        }
        Exit::SomeDamaged
    }

    pub fn when(&self, at: chrono::DateTime<chrono::FixedOffset>) -> String {
        moment_words(at, self.clock())
    }
}

/// Is it that no journal has been set up yet?
fn is_no_journal(error: &Error) -> bool {
    matches!(error.of(), Some(KeyError::NoJournal))
}
