//! `init`: makes the key, once.

use std::path::Path;

use secrecy::SecretString;

use crate::ask::new_passphrase;
use crate::error::{Error, Exit, KeyFault, Result};

use super::{Arg, Context, Given, Takes, Verb};

pub const VERB: Verb = Verb {
    name: "init",
    about: "Set the journal up: make its key",
    details: "Makes an age identity and the recipient that entries are sealed to, where there is no key yet. The identity file is encrypted with a passphrase that is asked for twice; the real age opens it too. Without the passphrase nothing that was written can be read again. With --identity, a copy that `key backup` made is put back, or a newer one put in the place of the key that it holds.",
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
        Arg::new("identity", Takes::One("FILE"), "Put the key back from this copy of it"),
    ],
    query: false,
    run,
};

fn run(context: &Context, given: &Given) -> Result<Exit> {
    let (keys, terminal) = (context.keys(), &context.terminal);
    let others = given.all("recipient");
    let file = keys.identity_file();
    if let Some(backup) = given.one("identity") {
        return restore(context, Path::new(backup), others);
    }
    if keys.complete(&mut context.asking(&file)?, others)? {
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
        keys.adopt(&mut context.asking(&file)?, others)?;
        terminal.say("The journal is ready, and sealed to the identity that you named.");
        return Ok(Exit::Done);
    }
    if given.has("no-passphrase") {
        keys.create(None, others)?;
        terminal.say("The journal is ready. Its key has no passphrase: whoever can read your files can read it.");
    } else {
        let passphrase = choose(context)?;
        keys.create(Some(&passphrase), others)?;
        terminal.say("The journal is ready.");
    }
    terminal.say("`inward intent` begins.");
    Ok(Exit::Done)
}

fn choose(context: &Context) -> Result<SecretString> {
    let (terminal, command) = (&context.terminal, context.config.passphrase_command()?);
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
    new_passphrase(terminal, command)
}

/// Puts a backup of the key back, once it is known to be this journal's.
fn restore(context: &Context, file: &Path, others: &[String]) -> Result<Exit> {
    let keys = context.keys();
    let backup = keys.open_backup(file, &mut context.asking(file)?)?;
    if !context.journal().may_open(&backup.identity)? {
        return Err(Error::Key(KeyFault::OpensNothing { path: file.to_owned() }));
    }
    let here = keys.identity_file();
    let asking = &mut context.asking(&here)?;
    keys.restore(&backup, others, &mut || {
        context.terminal.say("Now the passphrase of the key that is here.");
        asking()
    })?;
    keys.lock();
    context.terminal.say("The key is back, and the journal opens with it.");
    Ok(Exit::Done)
}
