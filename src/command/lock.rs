//! `lock`: ends what `unlock` began.

use crate::error::{Exit, Result};
use crate::keys::Protection;

use super::{Context, Given, Verb};

pub const VERB: Verb = Verb {
    name: "lock",
    about: "End what unlock began",
    details: "Reading asks for the passphrase again from now on.",
    args: &[],
    query: false,
    run,
};

/// What is said where nothing stands before the key.
pub const OPEN: &str = "The key has no passphrase, so nothing is locked: whoever can read your files can read the journal. `inward key passphrase` gives it one.";

fn run(context: &Context, _: &Given) -> Result<Exit> {
    let was_held = context.keys().lock();
    context.terminal.say(match context.keys().protection() {
        Protection::None => OPEN,
        _ if was_held => "Locked.",
        _ => "It was locked already.",
    });
    Ok(Exit::Done)
}
