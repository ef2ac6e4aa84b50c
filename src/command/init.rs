//! `init`: makes the key, if there is none.

use std::path::{Path, PathBuf};

use clap::{Args, ValueHint};

use crate::app::{App, JsonArg, PLUGIN_HOLDS_KEY, VerbArgs, key_document};
use crate::error::{Exit, Result};
use crate::keys::{KeyError, PassphraseSource, Protection, RestoredKeys};
use crate::prompt::{AskError, FIRST_PASSPHRASE, set_new_passphrase};
use crate::seal::Identity;

/// Set up a journal and its key
///
/// Makes an age key, encrypted with a passphrase you choose, and the recipient that entries
/// are encrypted to. It never replaces a key. The `age` program can open the key file, too.
/// Without the passphrase, nobody can read the entries again. --identity restores a copy
/// that `key backup` made; if there is a key already, the restored one is added to it.
#[derive(Args)]
pub struct InitArgs {
    /// Leave the key file unencrypted: anyone who can read it can read the journal
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
        app.refuse_to_begin_there()?;
        let exit = match &self.identity {
            Some(backup) => restore(app, backup, &self.recipients),
            None => init(app, self.no_passphrase, &self.recipients),
        }?;
        if self.output.json {
            app.terminal.print_change(&key_document(app)?)?;
        }
        Ok(exit)
    }
}

fn init(app: &App, without_passphrase: bool, others: &[String]) -> Result<Exit> {
    app.refuse_misplaced_journal()?;
    if complete_existing_key(app, without_passphrase, others)? {
        return Ok(Exit::Done);
    }
    if app.config.identity.is_some() {
        adopt_named_identity(app, others)?;
    } else {
        create_key(app, without_passphrase, others)?;
    }
    Ok(Exit::Done)
}

/// A journal beside a key that's there has no say in its passphrase or its recipients.
fn refuse_flags_of_a_new_key(app: &App, without_passphrase: bool, others: &[String]) -> Result<()> {
    let keys = app.keys();
    let flag = if without_passphrase && keys.protection() == Protection::Passphrase {
        "--no-passphrase"
    } else if !others.is_empty() {
        "--recipient"
    } else {
        return Ok(());
    };
    Err(KeyError::FlagOfNewKey { flag, path: keys.identity_file() }.into())
}

/// Adds what is missing beside an existing key: its list of recipients, or a journal. Returns
/// false if there is no key.
fn complete_existing_key(app: &App, without_passphrase: bool, others: &[String]) -> Result<bool> {
    let (keys, terminal) = (app.keys(), &app.terminal);
    let file = keys.identity_file();
    if keys.complete(&mut app.passphrase_source(&file)?, others)? {
        app.begin_journal()?;
        terminal.say(
            "The key was already there. Its list of recipients was missing, so inward wrote a new one.",
        );
        return Ok(true);
    }
    if !keys.exist() {
        return Ok(false);
    }
    if !file.exists() {
        return Err(KeyError::NoIdentity { path: file }.into());
    }
    if app.can_begin_journal()? {
        refuse_flags_of_a_new_key(app, without_passphrase, others)?;
    }
    if !app.begin_journal()? {
        // To an empty list, nothing is encrypted, and its error says how to get a new one.
        keys.audience()?;
        return Err(KeyError::Exists { path: file }.into());
    }
    let journal = app.config.paths.journal.display();
    terminal.say(&format!("New journal in {journal}, encrypted to the existing key."));
    Ok(true)
}

/// Uses the identity that the settings or `INWARD_IDENTITY` name.
fn adopt_named_identity(app: &App, others: &[String]) -> Result<()> {
    let (keys, terminal) = (app.keys(), &app.terminal);
    let file = keys.identity_file();
    let check = |identity: &Identity| {
        if app.journal().may_open(identity)? {
            Ok(())
        } else {
            Err(KeyError::OpensNothing { path: file.clone() }.into())
        }
    };
    let identity = keys.adopt(&mut app.passphrase_source(&file)?, others, check)?;
    app.begin_journal()?;
    terminal.say("The journal is ready, encrypted to the key you gave.");
    if identity.may_ask() {
        terminal.say(PLUGIN_HOLDS_KEY);
    }
    Ok(())
}

fn create_key(app: &App, without_passphrase: bool, others: &[String]) -> Result<()> {
    let (keys, terminal) = (app.keys(), &app.terminal);
    // A second device names the first as a recipient, and has entries already.
    if others.is_empty() {
        app.refuse_a_second_key()?;
    }
    if without_passphrase {
        keys.create(None, others)?;
        terminal.say("The journal is ready. Its key has no passphrase: anyone who can read your files can read it.");
    } else {
        create_with_passphrase(app, others)?;
        terminal.say("The journal is ready.");
    }
    app.begin_journal()?;
    app.tell_new_key();
    app.try_opening(others, None)?;
    if let (Some(own), false) = (keys.list()?.rows().first(), others.is_empty()) {
        terminal.say("So each device can read the other's entries, run this on the other one:");
        terminal.say_unwrapped(&format!("  inward key add {}", own.key));
    }
    terminal.say("`inward intent` writes your first entry.");
    Ok(())
}

fn create_with_passphrase(app: &App, others: &[String]) -> Result<()> {
    let terminal = &app.terminal;
    let command = app.config.command_for_new_passphrase()?;
    if command.is_none() && !terminal.can_ask_aside() {
        let instead = "Run `inward init --no-passphrase`, or set INWARD_NEW_PASSPHRASE_COMMAND to a command that prints one.";
        return Err(AskError::NeedsTerminal {
            doing: "let you choose a passphrase",
            instead: instead.into(),
        }
        .into());
    }
    if command.is_none() {
        terminal.require_asking()?;
        terminal.say("You need the passphrase to read, not to write. There's no way back in without it, so pick one you'll remember, or note it where only you will look.");
    }
    set_new_passphrase(terminal, command, &FIRST_PASSPHRASE, |passphrase| {
        app.keys().create(Some(passphrase), others)
    })
}

/// Restores a backup of the key, after checking that it belongs to this journal.
fn restore(app: &App, file: &Path, others: &[String]) -> Result<Exit> {
    let (keys, terminal) = (app.keys(), &app.terminal);
    let backup = keys.open_backup(file, &mut app.passphrase_source(file)?)?;
    let journal = app.journal();
    let was_empty = app.journal().is_empty()?;
    if !journal.may_open(&backup.identity)? {
        return Err(KeyError::OpensNothing { path: file.to_owned() }.into());
    }
    let here = keys.identity_file();
    let mut passphrase_prompt = app.passphrase_source(&here)?;
    let restored = keys.restore(backup, others, &mut || {
        terminal.say("Now the passphrase of the key already on this device.");
        passphrase_prompt()
    })?;
    drop(passphrase_prompt);
    app.lock_again();
    app.begin_journal()?;
    terminal.say(&keys_here(&restored.keys, was_empty));
    match app.refuse_misplaced_journal() {
        Err(error) => terminal.warn(&error),
        Ok(()) if was_empty => app.tell_place_for_a_copy(),
        Ok(()) => {}
    }
    if !restored.had_list && others.is_empty() {
        terminal.say("A device with this same key still reads everything. Entries are now encrypted only to this key. Anyone who reads this journal with a different key must be added again: `inward key add`.");
    }
    Ok(Exit::Done)
}

/// Says which keys are here after a backup was restored, and which passphrase they have.
fn keys_here(restored: &RestoredKeys, is_empty: bool) -> String {
    let passphrase = match restored {
        RestoredKeys::Backup if is_empty => return "The key is restored.".into(),
        RestoredKeys::Backup => return "The key is restored, and opens the journal.".into(),
        RestoredKeys::Existing => return "This device has that key already. Its passphrase stays; `inward key passphrase` changes it.".into(),
        RestoredKeys::Both(PassphraseSource::Backup) => " To open the journal here, type the backup's passphrase from now on.",
        RestoredKeys::Both(PassphraseSource::Existing) => " To open the journal here, type the passphrase you use on this device; `inward key passphrase` changes it.",
        RestoredKeys::Both(PassphraseSource::Neither) => "",
    };
    format!(
        "You now have both keys, and each opens the entries encrypted to it.{passphrase} `inward key reseal` encrypts all of them to the restored one, so that other devices read them too."
    )
}
