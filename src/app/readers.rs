//! Who else can read what is kept: recipients that weren't added with the key are named when
//! the command ends, as whoever is at the shell can add a line to their list.

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::keys::RecipientRow;
use crate::render::clean_line;
use crate::seal::Identity;
use crate::words::plural;

use super::App;

/// The recipients that weren't added with the key; `None` before a command has the key.
#[derive(Default)]
pub(crate) struct UnconfirmedLog(Mutex<Option<Vec<RecipientRow>>>);

impl UnconfirmedLog {
    fn rows(&self) -> MutexGuard<'_, Option<Vec<RecipientRow>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A recipient in a line of its own.
pub(crate) fn key_line(row: &RecipientRow) -> String {
    let name = row.name.as_deref().unwrap_or("no name");
    format!("  {} ({})", clean_line(name), clean_line(&row.key))
}

impl App {
    /// Notes the recipients that weren't added with this key. While a change of keys is half
    /// done, the list is of the key before.
    pub(crate) fn note_unconfirmed(&self, identity: &Identity) {
        let mut log = self.unconfirmed.rows();
        if log.is_none() {
            let rows = self.keys().unconfirmed_recipients(identity).unwrap_or_default();
            *log = Some(if self.is_half_resealed() { Vec::new() } else { rows });
        }
    }

    /// Returns what was noted, which is then not told.
    pub(crate) fn take_unconfirmed(&self) -> Vec<RecipientRow> {
        self.unconfirmed.rows().take().unwrap_or_default()
    }

    /// Names them, and says what to do.
    pub(crate) fn tell_unconfirmed(&self) {
        let rows = self.take_unconfirmed();
        if rows.is_empty() {
            return;
        }
        let (keys, them) = (plural(rows.len(), "a key", "keys"), plural(rows.len(), "it", "them"));
        self.terminal.say(&format!("What you write can be read with {keys} that you may not know, as inward didn't add {them}:"));
        self.terminal.say_unwrapped(&rows.iter().map(key_line).collect::<Vec<_>>().join("\n"));
        self.terminal.say("`inward key remove KEY` removes one you don't know, but someone may notice. `inward key add KEY` says that you know it.");
    }
}
