//! `init`: makes the key, once.

use std::path::{Path, PathBuf};

use clap::{Args, ValueHint};
use secrecy::SecretString;

use crate::app::{App, JsonArg, PLUGIN_HOLDS_KEY, VerbArgs, key_document};
use crate::error::{Exit, Result};
use crate::keys::KeyError;
use crate::prompt::AskError;
use crate::prompt::new_passphrase;
use crate::seal::Identity;

/// Set up a journal and its key
///
/// Makes an age identity, encrypted with a passphrase you choose, and the recipient that
/// entries are encrypted to. It never replaces a key. The `age` program can open the identity,
/// too. Without the passphrase, nobody can read the entries again. --identity puts back a copy
/// that `key backup` made; beside an existing key, either opens what is encrypted to it.
#[derive(Args)]
pub struct InitArgs {
    /// Leave the identity file unencrypted: whoever can read it can read the journal
    #[arg(long, conflicts_with = "identity")]
    no_passphrase: bool,
    /// Also encrypt entries to this age recipient; may be repeated
    #[arg(long = "recipient", value_name = "KEY")]
    recipients: Vec<String>,
    /// Restore the key from this copy
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    identity: Option<PathBuf>,
    #[command(flatten)]
    output: JsonArg,
}

impl VerbArgs for InitArgs {
    fn run(self, app: &App) -> Result<Exit> {
        let exit = match &self.identity {
            Some(backup) => restore(app, backup, &self.recipients),
            None => init(app, self.no_passphrase, &self.recipients),
        }?;
        if self.output.json {
            app.terminal.print(&key_document(app)?)?;
        }
        Ok(exit)
    }
}

fn init(app: &App, without_passphrase: bool, others: &[String]) -> Result<Exit> {
    let (keys, terminal) = (app.keys(), &app.terminal);
    let file = keys.identity_file();
    if keys.complete(&mut app.passphrase_source(&file)?, others)? {
        app.begin_journal()?;
        terminal.say(
            "The key was already there. The list of recipients was missing, and has been written.",
        );
        return Ok(Exit::Done);
    }
    if keys.exist() && file.exists() && app.begin_journal()? {
        let journal = app.config.paths.journal.display();
        terminal.say(&format!("New journal in {journal}, encrypted to the existing key."));
        return Ok(Exit::Done);
    }
    if keys.exist() {
        let missing = KeyError::NoIdentity { path: file.clone() };
        return Err(if file.exists() {
            KeyError::Exists { path: file }.into()
        } else {
            missing.into()
        });
    }
    if app.config.identity.is_some() {
        let known = |identity: &Identity| match app.journal().may_open(identity)? {
            true => Ok(()),
            false => Err(KeyError::OpensNothing { path: file.clone() }.into()),
        };
        let identity = keys.adopt(&mut app.passphrase_source(&file)?, others, known)?;
        app.begin_journal()?;
        terminal.say("The journal is ready, encrypted to the identity you named.");
        if identity.may_ask() {
            terminal.say(PLUGIN_HOLDS_KEY);
        }
        return Ok(Exit::Done);
    }
    // A second device names the first as a recipient, and has entries already.
    if others.is_empty() {
        app.refuse_a_second_key()?;
    }
    if without_passphrase {
        keys.create(None, others)?;
        terminal.say("The journal is ready. Its key has no passphrase: whoever can read your files can read it.");
    } else {
        let passphrase = choose(app)?;
        keys.create(Some(&passphrase), others)?;
        terminal.say("The journal is ready.");
    }
    app.begin_journal()?;
    app.try_opening(others, None)?;
    if let (Some(own), false) = (keys.list()?.rows().first(), others.is_empty()) {
        terminal.say("So each device can read the other's entries, run this on the other one:");
        terminal.say_unwrapped(&format!("  inward key add {}", own.key));
    }
    terminal.say("`inward intent` starts it.");
    Ok(Exit::Done)
}

fn choose(app: &App) -> Result<SecretString> {
    let (terminal, command) = (&app.terminal, app.config.command_for_new_passphrase()?);
    if command.is_none() && !terminal.can_ask_aside() {
        let instead = "Run `inward init --no-passphrase`, or set INWARD_PASSPHRASE_COMMAND.";
        return Err(AskError::NeedsTerminal {
            doing: "choose a passphrase on",
            instead: instead.into(),
        }
        .into());
    }
    if command.is_none() {
        terminal.aside()?;
        terminal.say("You need the passphrase to read, not to write. There's no way back in without it, so pick one you'll remember, or note it where only you will look.");
    }
    new_passphrase(terminal, command)
}

/// Puts a backup of the key back, once it is known to be this journal's.
fn restore(app: &App, file: &Path, others: &[String]) -> Result<Exit> {
    let (keys, terminal) = (app.keys(), &app.terminal);
    let backup = keys.open_backup(file, &mut app.passphrase_source(file)?)?;
    if !app.journal().may_open(&backup.identity)? {
        return Err(KeyError::OpensNothing { path: file.to_owned() }.into());
    }
    let joins = keys.exist();
    let here = keys.identity_file();
    let mut asking = app.passphrase_source(&here)?;
    let listed = keys.restore(backup, others, &mut || {
        terminal.say("Now the passphrase of the existing key.");
        asking()
    })?;
    drop(asking);
    app.lock_again();
    app.begin_journal()?;
    terminal.say(match joins {
        true => "The key is now beside the existing one. Each opens what is encrypted to it.",
        false => "The key is restored, and opens the journal.",
    });
    if !listed && others.is_empty() {
        terminal.say("Entries are sealed to it alone. If another device or person reads this journal, add them again with `inward key add`.");
    }
    Ok(Exit::Done)
}
