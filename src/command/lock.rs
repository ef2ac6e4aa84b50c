//! `lock`: ends what `unlock` began.

use crate::error::{Exit, Result};

use super::{Context, Given, Verb};

pub const VERB: Verb = Verb {
    name: "lock",
    about: "End what unlock began",
    details: "Reading asks for the passphrase again from now on.",
    args: &[],
    query: false,
    run,
};

fn run(context: &Context, _: &Given) -> Result<Exit> {
    let was_held = context.keys().lock();
    context.terminal.say(if was_held { "Locked." } else { "It was locked already." });
    Ok(Exit::Done)
}
