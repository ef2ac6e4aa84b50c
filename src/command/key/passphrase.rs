//! `key passphrase`: changes the passphrase, adds one, or removes it.

use crate::app::App;
use crate::error::{Exit, Result};
use crate::keys::KeyError;
use crate::prompt::{AskError, CHANGED_PASSPHRASE, set_new_passphrase, yes};

const CHANGED: &str = "The new passphrase opens the journal from now on. Copies of the key elsewhere still open with the old one, so make a new backup and destroy those.";
const ADDED: &str = "The passphrase opens the journal from now on. Copies of the key elsewhere have none and open for anyone, so make a new backup and destroy those.";

pub fn run(app: &App, removes: bool) -> Result<Exit> {
    app.refuse_no_journal()?;
    let (keys, terminal) = (app.keys(), &app.terminal);
    let command = app.config.new_passphrase_command.as_deref();
    if !removes && command.is_none() && !terminal.can_ask_aside() {
        let instead = "Set INWARD_NEW_PASSPHRASE_COMMAND to a command that prints it.".to_owned();
        return Err(
            AskError::NeedsTerminal { doing: "let you choose a passphrase", instead }.into()
        );
    }
    let _held = keys.hold_changes()?;
    // Before a passphrase is asked for.
    keys.check_identity_files()?;
    let file = keys.identity_file();
    let mut passphrase_prompt = app.current_passphrase_source(&file)?;
    let own = keys.open_own_key("change its passphrase", &mut passphrase_prompt)?;
    if removes {
        if !own.has_passphrase() {
            return Err(KeyError::HasNoPassphrase { path: own.file }.into());
        }
        if terminal.can_ask() && !confirm_no_passphrase(app)? {
            terminal.say("The passphrase is unchanged.");
            return Ok(Exit::Done);
        }
        let file = keys.set_passphrase(&own.identity, None)?;
        app.lock_again();
        terminal.say(
            "The key has no passphrase now: anyone who can read this file can read the journal.",
        );
        terminal.say_unwrapped(&format!("  {}", file.display()));
        return Ok(Exit::Done);
    }
    if command.is_none() {
        terminal.require_asking()?;
        terminal.say("There's no way back in without the new passphrase, so pick one you'll remember, or note it where only you will look.");
    }
    set_new_passphrase(terminal, command, &CHANGED_PASSPHRASE, |passphrase| {
        keys.set_passphrase(&own.identity, Some(passphrase))
    })?;
    app.lock_again();
    terminal.say(if own.has_passphrase() { CHANGED } else { ADDED });
    Ok(Exit::Done)
}

fn confirm_no_passphrase(app: &App) -> Result<bool> {
    let screen = app.terminal.screen()?;
    screen.paragraph("Without a passphrase, anyone who can read your files can read the journal.");
    yes("Remove the passphrase?", &screen)
}
