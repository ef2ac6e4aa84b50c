//! What verbs share: the program as it was called ([`App`]), asking and keeping
//! ([`Session`]), earlier entries at hand ([`History`]), and what is said at the end.

mod args;
mod closing;
mod drafts;
mod due;
mod errors;
mod history;
mod listing;
mod moving;
mod outputs;
mod reading;
mod record;
mod renaming;
mod resuming;
mod routines;
mod session;
mod stream;

use std::path::Path;

use secrecy::SecretString;

use crate::config::{Clock, Config};
use crate::disk::{self, DiskRef};
use crate::error::{Error, Exit, Result, nearest};
use crate::journal::{Damaged, Drafts, Journal, PendingReseal};
use crate::keys::KeyError;
use crate::keys::Keys;
use crate::practice::PracticeError;
use crate::practice::{Practice, Practices};
use crate::prompt::{TALK, Terminal, unlocking};
use crate::render::{clean_line, moment_words};
use crate::seal::Damage;
use crate::seal::{Identity, Recipients};
use crate::state::State;

pub use args::{Candidates, JsonArg, QUESTION, QueryArgs, VerbArgs, line, question_flags, tags};
pub use drafts::belongs_to;
pub use due::{due_follow_ups, due_now, due_practices, is_anything_due};
pub use errors::CommandError;
pub use history::{History, fear};
pub use listing::{print_json, print_results};
pub use moving::Move;
pub use record::{FollowUpArg, PracticeArgs, StillnessArg, record, record_at};
pub use renaming::{Renaming, ReplacementCount};
pub use resuming::{continue_draft, offer_draft};
pub use routines::{bad_routine, find_routine, practices_of_hour, routine_names};
pub use session::{Session, SessionOptions};
pub use stream::Stream;

/// What is said where nothing stands before the key.
pub const NO_PASSPHRASE: &str = "The key has no passphrase, so nothing is locked: whoever can read your files can read the journal. `inward key passphrase` gives it one.";

/// What the command tree can tell about itself.
pub trait CommandSource {
    /// The names of all verbs.
    fn verbs(&self) -> Vec<&'static str>;
    /// What may stand in the place of the last of these words, program first.
    fn candidates(&self, app: &App, words: &[String]) -> Completion;
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
pub struct App {
    pub config: Config,
    pub practices: Practices,
    pub terminal: Terminal,
    pub tree: Box<dyn CommandSource + Sync>,
}

impl App {
    /// The practice of this name, which may have been misspelt.
    pub fn practice(&self, name: &str) -> Result<Practice> {
        let found = self.practices.get(name).cloned();
        found.ok_or_else(|| self.unknown_practice(name))?.into_practice()
    }

    pub fn unknown_practice(&self, given: &str) -> Error {
        PracticeError::Unknown { given: given.to_owned(), known: self.practice_names() }.into()
    }

    /// Neither a command nor one of these topics.
    pub fn unknown_topic(&self, given: &str, topics: &[&'static str]) -> Error {
        let commands = self.tree.verbs().into_iter().chain(self.practices.names());
        let near = nearest(given, topics.iter().copied().chain(commands)).map(str::to_owned);
        CommandError::UnknownTopic { given: given.to_owned(), topics: topics.to_vec(), near }.into()
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
    pub fn cached_journal(&self) -> Journal {
        self.journal().with_packs_in(&self.config.paths.cache)
    }

    pub fn drafts(&self) -> Drafts {
        Drafts::at(self.disk(), &self.config.paths.state)
    }

    /// A change of keys that has begun, and is not done.
    pub fn pending_reseal(&self) -> Result<Option<PendingReseal>> {
        PendingReseal::read(&*self.disk(), &self.config.paths.config)
    }

    pub fn keys(&self) -> Keys {
        Keys::new(self.disk(), &self.config.paths.config, self.config.identity.as_deref(), TALK)
    }

    /// Where the passphrase of a file comes from.
    pub fn passphrase_source<'a>(
        &'a self,
        file: &'a Path,
    ) -> Result<impl FnMut() -> Result<SecretString> + 'a> {
        Ok(unlocking(&self.terminal, self.config.passphrase_command()?, file))
    }

    /// The identity, after its passphrase was asked for where it has one.
    pub fn unlock(&self) -> Result<Identity> {
        let keys = self.keys();
        let file = keys.identity_file();
        let mut asking = self.passphrase_source(&file)?;
        let mut asked = false;
        let identity = keys.unlock(&mut || {
            asked = true;
            asking()
        });
        // With it ends the silence at the keys.
        drop(asking);
        let identity = identity.map_err(|e| self.explain_missing_key(e))?;
        if asked && self.config.passphrase_command()?.is_none() && keys.can_unlock() {
            self.offer_unlock();
        }
        Ok(identity)
    }

    /// The identity, its passphrase asked for in any case.
    pub fn ask_passphrase_again(&self) -> Result<Identity> {
        let keys = self.keys();
        let file = keys.identity_file();
        keys.unlock_anew(&mut self.passphrase_source(&file)?)
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
    pub fn state(&self) -> State {
        let folder = &self.config.paths.state;
        if self.config.remember {
            return State::read(&*self.disk(), folder);
        }
        State::forget(&*self.disk(), folder);
        State::default()
    }

    /// To whom entries are sealed.
    pub fn recipients(&self) -> Result<Recipients> {
        self.keys().recipients().map_err(|e| self.explain_missing_key(e))
    }

    /// Where there are entries and no key, that is what is to be said.
    fn explain_missing_key(&self, error: Error) -> Error {
        match is_no_journal(&error) {
            true => self.refuse_a_second_key().err().unwrap_or(error),
            false => error,
        }
    }

    /// A key is made only for a journal that has no entries: otherwise one is
    /// missing, and a new one would hide that.
    pub fn refuse_a_second_key(&self) -> Result<()> {
        if self.journal().is_empty()? {
            return Ok(());
        }
        let (journal, config) =
            (self.config.paths.journal.clone(), self.config.paths.config.clone());
        Err(KeyError::Missing { journal, config }.into())
    }

    /// Names every damaged file, and says so to the shell.
    pub fn finish(&self, damaged: &[Damaged], otherwise: Exit) -> Exit {
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

    pub fn moment_words(&self, at: chrono::DateTime<chrono::FixedOffset>) -> String {
        moment_words(at, self.clock())
    }
}

/// Is it that no journal has been set up yet?
fn is_no_journal(error: &Error) -> bool {
    matches!(error.of(), Some(KeyError::NoJournal))
}
