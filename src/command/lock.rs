//! `lock`: locks the journal again.

use clap::Args;
use serde_json::json;

use crate::app::{App, JsonArg, NO_PASSPHRASE, PLUGIN_HOLDS_KEY, VerbArgs};
use crate::error::{Exit, Result};
use crate::keys::Protection;
use crate::render::document;

/// Lock the journal again
///
/// From now on, reading asks for the passphrase. A practice that is open in another window, or
/// that you suspended with Ctrl-Z, stays open.
#[derive(Args)]
pub struct LockArgs {
    #[command(flatten)]
    output: JsonArg,
}

impl VerbArgs for LockArgs {
    fn run(self, app: &App) -> Result<Exit> {
        let was_held = app.keys().lock()?;
        // Only now: a key must not stay unlocked because a disk was unplugged. That it was locked
        // is said then, too.
        let is_there = app.refuse_missing_journal();
        if was_held || is_there.is_ok() {
            self.report(app, was_held)?;
        }
        is_there.map(|()| Exit::Done)
    }
}

impl LockArgs {
    fn report(&self, app: &App, was_held: bool) -> Result<()> {
        let protection = app.keys().protection();
        app.terminal.say(match protection {
            Protection::None => NO_PASSPHRASE,
            _ if was_held => "Locked.",
            Protection::Plugin => PLUGIN_HOLDS_KEY,
            Protection::Missing | Protection::Passphrase | Protection::Unreadable => {
                "The journal was already locked."
            }
        });
        if self.output.json {
            let passphrase = protection == Protection::Passphrase;
            let locked = json!({ "was_unlocked": was_held, "passphrase": passphrase });
            app.terminal.print_change(&document(json!({ "locked": locked })))?;
        }
        Ok(())
    }
}
