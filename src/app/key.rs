//! The key of this journal: to whom it seals, and what opens it.

use std::path::Path;

use secrecy::SecretString;

use crate::disk::DiskError;
use crate::error::{Error, Result};
use crate::keys::KeyError;
use crate::prompt::{PassphraseUse, unlocking};
use crate::render::clean_line;
use crate::seal::{Identity, NotARecipient, Recipient, Recipients};

use super::App;
use super::errors::CommandError;

/// Why a passphrase is asked for even while the journal is unlocked.
const FOR_RESEALING: &str = "To encrypt your entries again, inward needs your passphrase, even while the journal is unlocked.";

impl App {
    /// Where the passphrase of a file comes from. Terminal echo is off after it was typed, until
    /// what this returns is dropped.
    ///
    /// # Errors
    /// The passphrase command is set and empty.
    pub fn passphrase_source<'a>(
        &'a self,
        file: &'a Path,
    ) -> Result<impl FnMut() -> Result<SecretString> + 'a> {
        let usage = if file == self.keys().identity_file() {
            PassphraseUse::Opening
        } else {
            PassphraseUse::Copy
        };
        Ok(unlocking(&self.terminal, self.config.passphrase_command()?, file, usage))
    }

    /// The same of the journal's own key, before its passphrase is changed.
    ///
    /// # Errors
    /// As [`App::passphrase_source`].
    pub fn current_passphrase_source<'a>(
        &'a self,
        file: &'a Path,
    ) -> Result<impl FnMut() -> Result<SecretString> + 'a> {
        let command = self.config.passphrase_command()?;
        Ok(unlocking(&self.terminal, command, file, PassphraseUse::Changing))
    }

    /// The same; a person who is asked hears first what it's for.
    ///
    /// # Errors
    /// As [`App::passphrase_source`].
    pub fn passphrase_source_for<'a>(
        &'a self,
        file: &'a Path,
        what_for: &'static str,
    ) -> Result<impl FnMut() -> Result<SecretString> + 'a> {
        let asks = self.config.passphrase_command()?.is_none() && self.terminal.can_ask_aside();
        let mut passphrase_prompt = self.passphrase_source(file)?;
        let mut what_for = Some(what_for).filter(|_| asks);
        Ok(move || {
            what_for.take().into_iter().for_each(|words| self.terminal.say(words));
            passphrase_prompt()
        })
    }

    /// The identity, after its passphrase was asked for where it has one.
    ///
    /// # Errors
    /// A [`KeyError`]: no journal, no identity, a wrong passphrase, or an identity of another
    /// journal.
    pub fn unlock(&self) -> Result<Identity> {
        self.refuse_before_setup()?;
        let keys = self.keys();
        let file = keys.identity_file();
        let mut passphrase_prompt = self.passphrase_source(&file)?;
        let mut was_asked = false;
        let identity = keys.unlock(&mut || {
            was_asked = true;
            passphrase_prompt()
        });
        drop(passphrase_prompt);
        let identity = identity.map_err(say_locked)?;
        if was_asked && self.config.passphrase_command()?.is_none() && keys.can_unlock() {
            self.mention_unlock();
        }
        Ok(match keys.audience() {
            Ok(audience) => {
                self.note_unconfirmed(&identity);
                identity.watching(audience, self.audience.clone())
            }
            // Reading doesn't need the list.
            Err(error) => {
                self.refuse_strange_key(&identity)?;
                self.terminal.warn(&CommandError::CannotKeep { cause: Box::new(error) }.into());
                identity
            }
        })
    }

    /// The identity, its passphrase asked for in any case, to encrypt entries again.
    ///
    /// # Errors
    /// As [`App::unlock`].
    pub fn unlock_to_reseal(&self) -> Result<Identity> {
        let keys = self.keys();
        let file = keys.identity_file();
        keys.unlock_again(&mut self.passphrase_source_for(&file, FOR_RESEALING)?)
    }

    /// Says once, to whoever had to type the passphrase, that there is `unlock`.
    fn mention_unlock(&self) {
        let mut state = self.state();
        if self.config.remember && state.note_unlock_mentioned() {
            self.terminal
                .say("(With `inward unlock`, you enter the passphrase once and can read for half an hour. `inward lock` locks the journal again.)");
            // Where that cannot be noted, it is said again; that is all.
            let _ = state.write(&*self.disk(), &self.config.paths.state);
        }
    }

    /// To whom entries are sealed; asked before anything is done in vain.
    ///
    /// # Errors
    /// A [`KeyError`], or a line of the list that is no key; `Emptied` of a journal.
    pub fn recipients(&self) -> Result<Recipients> {
        self.refuse_to_keep_there()?;
        let recipients = self.keys().recipients().map_err(|e| self.explain_missing_key(e))?;
        // A list of one key is of nobody else's, or reading says so.
        if recipients.iter().count() > 1 {
            self.note_unconfirmed_if_unlocked();
        }
        Ok(recipients)
    }

    /// Says where the key is that was just made, and how to get a copy of it.
    pub fn tell_new_key(&self) {
        self.terminal.say("Your key is this file:");
        let file = self.keys().identity_file();
        self.terminal.say_unwrapped(&format!("  {}", clean_line(&file.to_string_lossy())));
        self.terminal.say("Nothing opens the journal without it; `inward key backup FILE` makes a copy to keep elsewhere.");
    }

    /// Where there are entries and no key, that is what is to be said.
    pub(super) fn explain_missing_key(&self, error: Error) -> Error {
        if is_no_journal(&error) {
            self.refuse_a_second_key().err().unwrap_or(error)
        } else {
            error
        }
    }

    /// Is there what reading needs? The list of recipients is needed only to keep something.
    ///
    /// # Errors
    /// A [`DiskError`], where the journal's folder can't be listed.
    pub fn is_set_up(&self) -> Result<bool> {
        let names_key = self.config.identity.is_some();
        Ok(self.keys().exist() || (names_key && !self.journal().is_bare()?))
    }

    /// Refuses to read where nothing has been set up.
    ///
    /// # Errors
    /// `NoJournal`, `Missing` or `Nearby`.
    pub fn refuse_before_setup(&self) -> Result<()> {
        if self.is_set_up()? {
            return Ok(());
        }
        Err(self.explain_missing_key(KeyError::NoJournal.into()))
    }

    /// Refuses to go on where no journal has been set up, for what would otherwise name
    /// something that it lacks.
    ///
    /// # Errors
    /// `NoJournal`, or `Nearby`.
    pub fn refuse_no_journal(&self) -> Result<()> {
        if self.keys().exist() || !self.journal().is_bare()? {
            return Ok(());
        }
        self.refuse_nearby_journal()?;
        Err(KeyError::NoJournal.into())
    }

    /// A key is made only for a journal that has no entries: otherwise one is
    /// missing, and a new one would hide that.
    ///
    /// # Errors
    /// `Missing`, where the journal has entries and its key is not here; `Nearby`, where a
    /// folder above or below it has some.
    pub fn refuse_a_second_key(&self) -> Result<()> {
        if self.journal().is_empty()? {
            return self.refuse_nearby_journal();
        }
        let (journal, config) =
            (self.config.paths.journal.clone(), self.config.paths.config.clone());
        Err(KeyError::Missing { journal, config }.into())
    }
}

/// The text of the file of recipients that an argument names; `None` where it is a recipient
/// itself, or was meant as one.
///
/// # Errors
/// `NoSuchKeyOrFile`, `FileExpected`, or a file that cannot be read.
pub fn recipients_text(argument: &str) -> Result<Option<String>> {
    let is_key = !matches!(Recipient::parse(argument), Err(NotARecipient::Unknown));
    let is_like_one = ["age1", "ssh-"].iter().any(|start| argument.starts_with(start));
    let file = Path::new(argument);
    if is_key || (is_like_one && !file.exists()) {
        return Ok(None);
    }
    if !file.exists() {
        return Err(KeyError::NoSuchKeyOrFile { given: argument.to_owned() }.into());
    }
    let text = std::fs::read_to_string(file).map_err(DiskError::of_given_file(file))?;
    Ok(Some(text))
}

/// Who wanted to read hears that the journal is locked, too.
fn say_locked(error: Error) -> Error {
    let cannot_ask = matches!(error.of(), Some(KeyError::CannotAskPassphrase));
    if cannot_ask { KeyError::CannotUnlock.into() } else { error }
}

/// Is it that no journal has been set up yet?
pub(super) fn is_no_journal(error: &Error) -> bool {
    matches!(error.of(), Some(KeyError::NoJournal))
}
