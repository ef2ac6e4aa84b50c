//! What is said where the key opens nothing: why, and what to do.

use crate::error::Result;
use crate::keys::{KeyError, KeyObstacle, Protection};
use crate::prompt::read_through;
use crate::seal::Identity;

use super::App;
use super::damage_lines::ASK_DOCTOR;

/// What is said before anything is kept where the key's file is gone.
const KEY_LOST: &str = "The key isn't here, so nothing you keep can be read. Restore it from your backup with `inward init --identity FILE`, or set INWARD_IDENTITY to where it is.";
/// The same where its file is damaged.
const KEY_UNREADABLE: &str = "The key here can't be read, so nothing you keep can be read either. `inward doctor` says what to do.";
/// The same where the user named another journal's key.
const KEY_OF_ANOTHER: &str = "The key here doesn't fit this journal, so it can't read what you keep. `inward doctor` says what to do.";

/// Why earlier entries can't be shown while the journal is locked.
const LOCKED: &str = "Earlier entries are locked. `inward unlock` opens them for a while.";

impl App {
    /// What keeps earlier entries closed, if it's the key.
    pub fn key_obstacle(&self) -> Option<KeyObstacle> {
        let keys = self.keys();
        keys.obstacle().or_else(|| {
            let identity = keys.unlocked_identity()?;
            self.is_strange_key(&identity).then_some(KeyObstacle::DoesNotFit)
        })
    }

    /// Does it open nothing here, where no list says whether it's this journal's? A plugin's key
    /// isn't tried: that could ask for a touch.
    pub(super) fn is_strange_key(&self, identity: &Identity) -> bool {
        !identity.may_ask()
            && self.keys().audience().is_err()
            && !self.journal().may_open(identity).unwrap_or(true)
    }

    /// # Errors
    /// `OpensNoEntry`, of such a key.
    pub(super) fn refuse_strange_key(&self, identity: &Identity) -> Result<()> {
        if self.is_strange_key(identity) {
            return Err(KeyError::OpensNoEntry { path: self.keys().identity_file() }.into());
        }
        Ok(())
    }

    /// That nothing can be opened now, what follows from that, and this hint where unlocking
    /// would help.
    pub fn locked_sentence(&self, so: &str, hint: &str) -> String {
        let (fact, hint) = match self.key_obstacle() {
            Some(KeyObstacle::Locked) => ("The journal is locked", hint),
            Some(KeyObstacle::Missing) => ("There's no key here", ""),
            Some(KeyObstacle::Unreadable) => ("The key here can't be read", ASK_DOCTOR),
            Some(KeyObstacle::DoesNotFit) => ("The key here doesn't fit this journal", ASK_DOCTOR),
            None => ("The journal can't be read now", ASK_DOCTOR),
        };
        format!("{fact}, {so} {hint}").trim_end().to_owned()
    }

    /// Why earlier entries can't be shown where no key is at hand: they're locked, or no key here
    /// could open them.
    pub(super) fn locked_words(&self) -> String {
        match self.key_obstacle() {
            Some(KeyObstacle::Locked) => LOCKED.to_owned(),
            Some(KeyObstacle::Missing | KeyObstacle::Unreadable | KeyObstacle::DoesNotFit)
            | None => self.locked_sentence("so earlier entries can't be shown.", ""),
        }
    }

    /// Why what is kept from here on can't be read here.
    fn key_trouble(&self) -> Option<&'static str> {
        let keys = self.keys();
        match keys.protection() {
            Protection::Missing => keys.is_identity_lost().then_some(KEY_LOST),
            Protection::Unreadable => Some(KEY_UNREADABLE),
            // Only one that the user named is let through.
            Protection::None => {
                let is_named = self.config.identity.is_some();
                (is_named && keys.obstacle().is_some()).then_some(KEY_OF_ANOTHER)
            }
            // Nobody knows before it's open.
            Protection::Passphrase | Protection::Plugin => None,
        }
    }

    /// Says that what is kept from here on can't be read here, if that is so.
    pub fn tell_key_trouble(&self) {
        self.key_trouble().iter().for_each(|words| self.terminal.say(words));
    }

    /// The same before a session. Where it asks, the screen would hide what was said above it,
    /// so it's said there, too, and waits to be read.
    ///
    /// # Errors
    /// `Cancelled`, or what the terminal says.
    pub(super) fn tell_key_trouble_before(&self, asks: bool) -> Result<()> {
        let Some(words) = self.key_trouble() else { return Ok(()) };
        self.terminal.say(words);
        if !(asks && !self.terminal.is_accessible() && self.terminal.can_ask_aside()) {
            return Ok(());
        }
        let screen = self.terminal.screen()?;
        read_through(&screen.page().wrap(words, ""), &screen).map(drop)
    }
}
