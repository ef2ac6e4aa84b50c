//! `lock`: locks the journal again.

use clap::Args;

use crate::app::{App, NO_PASSPHRASE, PLUGIN_HOLDS_KEY, VerbArgs};
use crate::error::{Exit, Result};
use crate::keys::Protection;

/// Lock the journal again
///
/// From now on, reading asks for the passphrase.
#[derive(Args)]
pub struct LockArgs {}

impl VerbArgs for LockArgs {
    fn run(self, app: &App) -> Result<Exit> {
        let was_held = app.keys().lock()?;
        app.terminal.say(match app.keys().protection() {
            Protection::None => NO_PASSPHRASE,
            _ if was_held => "Locked.",
            Protection::Plugin => PLUGIN_HOLDS_KEY,
            Protection::Missing | Protection::Passphrase | Protection::Unreadable => {
                "The journal was already locked."
            }
        });
        Ok(Exit::Done)
    }
}
