//! `init`: makes the key, once.

use crate::ask::{new_passphrase, unlocking};
use crate::error::{Error, Exit, Result};

use super::{Arg, Context, Given, Takes, Verb};

pub const VERB: Verb = Verb {
    name: "init",
    about: "Set the journal up: make its key",
    details: "Makes an age identity and the recipient that entries are sealed to, where there is no key yet. The identity file is encrypted with a passphrase that is asked for twice; the real age opens it too. Without the passphrase nothing that was written can be read again.",
    args: &[
        Arg::new(
            "no-passphrase",
            Takes::Nothing,
            "Leave the identity file unencrypted: whoever can read it can read the journal",
        ),
        Arg::new(
            "recipient",
            Takes::Many("KEY"),
            "Seal entries to this age recipient as well; may be repeated",
        ),
    ],
    query: false,
    run,
};

fn run(context: &Context, given: &Given) -> Result<Exit> {
    let (keys, terminal) = (context.keys(), &context.terminal);
    let command = context.config.passphrase_command.as_deref();
    let others = given.all("recipient");
    let file = keys.identity_file();
    if keys.complete(&mut unlocking(terminal, command, &file), others)? {
        terminal
            .say("The key was there already; the list of recipients was missing and is written.");
        return Ok(Exit::Done);
    }
    if keys.exist() {
        let missing = Error::NoIdentity { path: file.clone() };
        return Err(if file.exists() { Error::KeyExists { path: file } } else { missing });
    }
    // A second device names the first as a recipient, and has entries already.
    if others.is_empty() {
        context.refuse_a_second_key()?;
    }
    if context.config.identity.is_some() {
        keys.adopt(&mut unlocking(terminal, command, &file), others)?;
        terminal.say("The journal is ready, and sealed to the identity that you named.");
        return Ok(Exit::Done);
    }
    if given.has("no-passphrase") {
        keys.create(None, others)?;
        terminal.say("The journal is ready. Its key has no passphrase: whoever can read your files can read it.");
    } else {
        if command.is_none() && !terminal.can_ask_aside() {
            let instead = "Run `inward init --no-passphrase`, or set INWARD_PASSPHRASE_COMMAND.";
            return Err(Error::NeedsTerminal {
                doing: "choose a passphrase on",
                instead: instead.into(),
            });
        }
        if command.is_none() {
            terminal.aside()?;
            terminal.say("The passphrase opens the journal for reading. There is no way back in without it, so choose one that you will remember, or keep a copy somewhere safe.");
        }
        let passphrase = new_passphrase(terminal, command)?;
        keys.create(Some(&passphrase), others)?;
        terminal.say("The journal is ready.");
    }
    terminal.say("`inward intent` begins.");
    Ok(Exit::Done)
}
