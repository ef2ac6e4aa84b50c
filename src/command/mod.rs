//! The verbs. Each is one file that says its name, its arguments and its help,
//! and does its work; the list below is all that binds them together.

mod afterwards;
mod completions;
mod config;
mod delete;
mod doctor;
mod draft;
mod due;
mod edit;
mod export;
mod given;
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

use std::path::Path;

use secrecy::SecretString;

use crate::ask::{TALK, Terminal, unlocking};
use crate::config::{Clock, Config};
use crate::disk::{self, DiskRef};
use crate::error::{Damage, Error, Exit, Result};
use crate::journal::{Damaged, Drafts, Journal, Pending};
use crate::keys::Keys;
use crate::practice::Practices;
use crate::render::{clean_line, moment_words};
use crate::seal::{Identity, Recipients};
use crate::state::State;

pub use completions::{Candidate, FILES};
pub use given::{Arg, Given, QUERY, Takes};
pub use help::{listed, topics};
pub use keep::{ARGS as PRACTICE_ARGS, FOLLOW_UP, SIT, WORDS, keep, keep_at};
pub use today::today;

/// One verb: a row of the table from which the parser, the help, the manual
/// and the completions come.
pub struct Verb {
    pub name: &'static str,
    pub about: &'static str,
    /// More, for the long help and the manual.
    pub details: &'static str,
    pub args: &'static [Arg],
    /// Does it take a query?
    pub query: bool,
    pub run: fn(&Context, &Given) -> Result<Exit>,
}

impl Verb {
    /// Does it work whatever the settings say, and say nothing about them?
    pub fn works_whatever_is_set(&self) -> bool {
        let such = [&help::VERB, &config::VERB, &prompt::VERB, &completions::VERB];
        such.iter().any(|verb| verb.name == self.name)
    }
}

/// The list of verbs, in the order in which help shows them.
pub const VERBS: &[Verb] = &[
    list::VERB,
    show::VERB,
    search::VERB,
    patterns::VERB,
    export::VERB,
    import::VERB,
    edit::VERB,
    delete::VERB,
    resume::VERB,
    due::VERB,
    routine::VERB,
    remind::VERB,
    prompt::VERB,
    sync::VERB,
    unlock::VERB,
    lock::VERB,
    key::VERB,
    init::VERB,
    config::VERB,
    doctor::VERB,
    practices::VERB,
    tour::VERB,
    completions::VERB,
    man::VERB,
    help::VERB,
];

/// What a practice cannot be called by.
pub fn reserved() -> Vec<&'static str> {
    VERBS.iter().map(|verb| verb.name).collect()
}

/// What the command tree can tell about itself.
pub trait Tree {
    fn completions(&self, shell: &str) -> String;
    /// What may stand in the place of the last of these words, program first.
    fn candidates(&self, words: &[String]) -> Vec<Candidate>;
    /// Every manual page, by file name.
    fn manuals(&self) -> Vec<(String, Vec<u8>)>;
    fn help(&self, command: Option<&str>) -> Option<String>;
}

/// What a verb works with.
pub struct Context {
    pub config: Config,
    pub practices: Practices,
    pub terminal: Terminal,
    pub tree: Box<dyn Tree + Sync>,
}

impl Context {
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
        Ok(identity)
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

    /// To whom entries are sealed.
    fn recipients(&self) -> Result<Recipients> {
        self.keys().recipients().map_err(|e| self.or_key_missing(e))
    }

    /// Where there are entries and no key, that is what is to be said.
    fn or_key_missing(&self, error: Error) -> Error {
        match error {
            Error::NoJournal => self.refuse_a_second_key().err().unwrap_or(Error::NoJournal),
            other => other,
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
        Err(Error::KeyMissing { journal, config })
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
            self.terminal.say_as_it_is(&format!("{left_out} {path}: {why}."));
        }
        if damaged.iter().any(|damaged| damaged.why == Damage::SealedToAnother) {
            self.terminal.say("What is sealed to another key may be another device's, or this key was changed elsewhere: `inward key add` there, or its copy of the key here (`inward init --identity FILE`), opens it. Leave those files where they are.");
        }
        Exit::SomeDamaged
    }

    fn when(&self, at: chrono::DateTime<chrono::FixedOffset>) -> String {
        moment_words(at, self.clock())
    }
}
