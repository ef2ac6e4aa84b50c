//! Who else can read what is kept: recipients that weren't added with the key are named when
//! the command ends, as whoever is at the shell can add a line to their list. A change of keys
//! names all of them.

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::error::Result;
use crate::keys::{RecipientRow, can_confirm_recipients};
use crate::render::clean_line;
use crate::seal::Identity;
use crate::words::{count_of, plural};

use super::App;
use super::errors::CommandError;

/// The recipients that weren't added with the key; `None` before a command has the key.
#[derive(Default)]
pub(crate) struct UnconfirmedLog(Mutex<Option<Vec<RecipientRow>>>);

impl UnconfirmedLog {
    fn rows(&self) -> MutexGuard<'_, Option<Vec<RecipientRow>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// "the phone (age1…)".
fn named_key(row: &RecipientRow) -> String {
    let name = row.name.as_deref().unwrap_or("no name");
    format!("{} ({})", clean_line(name), clean_line(&row.key))
}

/// Each recipient in a line of its own.
fn key_lines(rows: &[RecipientRow]) -> String {
    let lines = rows.iter().map(|row| format!("  {}", named_key(row)));
    lines.collect::<Vec<_>>().join("\n")
}

impl App {
    /// Notes the recipients that weren't added with this key. While a change of keys is half
    /// done, the list may be of the key before.
    pub(crate) fn note_unconfirmed(&self, identity: &Identity) {
        let mut log = self.unconfirmed.rows();
        if log.is_none() {
            let keys = self.keys();
            let rows = if self.is_half_resealed() {
                keys.unexplained_recipients(identity)
            } else {
                keys.unconfirmed_recipients(identity)
            };
            *log = Some(rows.unwrap_or_else(|error| {
                // Reading doesn't need the list.
                self.terminal.warn(&CommandError::CannotKeep { cause: Box::new(error) }.into());
                Vec::new()
            }));
        }
    }

    /// The same with a key that needs nobody, where there is one.
    pub(super) fn note_unconfirmed_if_unlocked(&self) {
        if self.unconfirmed.rows().is_none() {
            self.keys().unlocked_identity().iter().for_each(|it| self.note_unconfirmed(it));
        }
    }

    /// Returns what was noted, which is then not told.
    pub(crate) fn take_unconfirmed(&self) -> Vec<RecipientRow> {
        self.unconfirmed.rows().replace(Vec::new()).unwrap_or_default()
    }

    /// Names them, and says what to do.
    pub(crate) fn tell_unconfirmed(&self) {
        self.warn_of_unconfirmed("What you write", &self.take_unconfirmed());
    }

    /// Names who else can read what was just encrypted again, apart from these.
    ///
    /// # Errors
    /// As [`Keys::list`](crate::keys::Keys::list).
    pub(crate) fn name_readers(&self, identity: &Identity, apart_from: &[String]) -> Result<()> {
        let unconfirmed = self.keys().unconfirmed_recipients(identity)?;
        let mut confirmed = self.keys().other_recipients(identity)?;
        confirmed.retain(|row| !unconfirmed.contains(row) && !apart_from.contains(&row.key));
        if !confirmed.is_empty() {
            let keys = count_of(confirmed.len(), "other key", "other keys");
            let known = if can_confirm_recipients(identity) { " that you know" } else { "" };
            self.terminal.say(&format!("{keys}{known} can read every entry:"));
            self.terminal.say_unwrapped(&key_lines(&confirmed));
        }
        // Told here, not at the end again.
        self.take_unconfirmed();
        self.warn_of_unconfirmed("Every entry", &unconfirmed);
        Ok(())
    }

    /// Names the keys that a half-done change was to add, and that were left out, as its note can
    /// be made up: once it's finished, nothing else knows of them.
    pub(crate) fn name_left_out(&self, rows: &[RecipientRow]) {
        let (keys, them) = (plural(rows.len(), "a key", "keys"), plural(rows.len(), "it", "them"));
        let fact = format!("The half-done change adds {keys} that you may not know");
        let words = format!("{fact}. inward left {them} out:");
        let hint = "If you know one, `inward key add KEY` adds it.";
        self.warn_of(rows, [&format!("{fact}, and inward left {them} out"), &words, hint]);
    }

    fn warn_of_unconfirmed(&self, what: &str, rows: &[RecipientRow]) {
        let (keys, them) = (plural(rows.len(), "a key", "keys"), plural(rows.len(), "it", "them"));
        let fact = format!("{what} can be read with {keys} that you may not know");
        let words = format!("{fact}, as inward didn't add {them}:");
        let hint = "`inward key remove KEY` removes one you don't know, but someone may notice. `inward key add KEY` says that you know it.";
        self.warn_of(rows, [&fact, &words, hint]);
    }

    /// A warning, so it's there with `--quiet`, too, in one line, which begins with `quiet`.
    fn warn_of(&self, rows: &[RecipientRow], [quiet, words, hint]: [&str; 3]) {
        if rows.is_empty() {
            return;
        }
        if self.terminal.is_quiet() {
            let named = rows.iter().map(named_key).collect::<Vec<_>>().join(", ");
            return self.terminal.say_record_always(&format!("{quiet}: {named}."));
        }
        let say =
            |words: &str| self.terminal.say_always(&self.terminal.messages().wrap_message(words));
        say(words);
        self.terminal.say_always(&key_lines(rows));
        say(hint);
    }
}
