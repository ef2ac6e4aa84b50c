//! `lock`: ends what `unlock` began.

use clap::Args;

use crate::error::{Exit, Result};
use crate::keys::Protection;

use super::Context;
use super::args::VerbArgs;
use super::unlock::TOUCHES;

/// End what unlock began
///
/// Reading asks for the passphrase again from now on.
#[derive(Args)]
pub struct LockArgs {}

/// What is said where nothing stands before the key.
pub const OPEN: &str = "The key has no passphrase, so nothing is locked: whoever can read your files can read the journal. `inward key passphrase` gives it one.";

impl VerbArgs for LockArgs {
    fn run(self, context: &Context) -> Result<Exit> {
        let was_held = context.keys().lock()?;
        context.terminal.say(match context.keys().protection() {
            Protection::None => OPEN,
            _ if was_held => "Locked.",
            Protection::Plugin => TOUCHES,
            Protection::Missing | Protection::Passphrase | Protection::Unreadable => {
                "It was locked already."
            }
        });
        Ok(Exit::Done)
    }
}

impl Context {
    /// After a change: what is held is of the key before.
    pub fn lock_again(&self) {
        if let Err(error) = self.keys().lock() {
            self.terminal.warn(&error);
        }
    }
}
