//! On the first evening that something earlier could be shown, one line offers to open it.

use crate::error::{Error, Result};
use crate::keys::{Protection, USUAL_UNLOCK};
use crate::practice::Practice;
use crate::prompt::choose;
use crate::seal::Identity;

use super::App;

/// Offers it once on this device, and opens the journal if that is wanted: for half an
/// hour where the system has a keyring, or for this session alone, in memory.
///
/// # Errors
/// What the terminal says. A passphrase that does not open is no reason not to write.
pub fn offer_unlock(app: &App, practice: &Practice) -> Result<Option<Identity>> {
    if (practice.recalls.is_empty() && practice.month.is_none()) || !is_worth_offering(app)? {
        return Ok(None);
    }
    let mut state = app.state();
    if !state.note_recall_offered() {
        return Ok(None);
    }
    // Where that cannot be noted, it is offered again; that is all.
    let _ = state.write(&*app.disk(), &app.config.paths.state);
    let Some(lasts) = choose_how_long(app)? else { return Ok(None) };
    match app.unlock() {
        Ok(identity) => {
            if lasts && let Err(error) = app.keys().unlock_for(&identity, USUAL_UNLOCK) {
                app.terminal.warn(&error);
            }
            Ok(Some(identity))
        }
        Err(Error::Cancelled(_)) => Ok(None),
        Err(error) => {
            app.terminal.warn(&error);
            Ok(None)
        }
    }
}

/// Is there something behind a passphrase, and is it remembered that this was asked?
fn is_worth_offering(app: &App) -> Result<bool> {
    let keys = app.keys();
    Ok(app.config.remember
        && app.terminal.can_ask()
        && keys.protection() == Protection::Passphrase
        && !keys.is_unlocked()
        && app.config.passphrase_command()?.is_none()
        && !app.journal().is_empty()?)
}

/// Not now, for half an hour (true), or for this session alone.
fn choose_how_long(app: &App) -> Result<Option<bool>> {
    let screen = app.terminal.screen()?;
    screen.paragraph("Earlier entries are locked. With your passphrase, this practice can show what you wrote before. You can write without it.");
    let mut choices = vec![("Not now", None), ("Open them just for this practice", Some(false))];
    if app.keys().can_unlock() {
        choices.push(("Open them for half an hour", Some(true)));
    }
    let lines: Vec<&str> = choices.iter().map(|(words, _)| *words).collect();
    let choice = choose("", &lines, "Not now", &screen)?;
    Ok(choice.and_then(|at| choices[at].1))
}
