//! `key show`: the identity that opens the journal, and the recipients it is sealed to. It
//! shows no secret, and needs none.

use crate::app::{App, key_document, left_to_reseal, listed_recipients, recipient_kind};
use crate::error::{Exit, Result};
use crate::keys::{KeyObstacle, Protection};
use crate::render::{TextPage, clean_line};

pub fn run(app: &App, in_json: bool) -> Result<Exit> {
    if in_json {
        app.terminal.print(&key_document(app)?)?;
        return Ok(Exit::Done);
    }
    let page = app.terminal.page();
    let text = format!("{}\n{}", key_text(app, &page), recipients_text(app, &page)?);
    app.terminal.print(&text)?;
    Ok(Exit::Done)
}

/// Where the key is, and what protects it.
fn key_text(app: &App, page: &TextPage) -> String {
    let keys = app.keys();
    let state = match (keys.protection(), keys.is_unlocked()) {
        (Protection::Missing, _) => "missing here: you can write entries, but not read them",
        (Protection::Unreadable, _) => "can't be read as a key",
        (Protection::Plugin, _) => "held by a plugin",
        (Protection::None, _) if app.key_obstacle() == Some(KeyObstacle::DoesNotFit) => {
            "not this journal's: `inward doctor` says what to do"
        }
        (Protection::None, _) => {
            "without a passphrase: anyone who can read that file can read the journal"
        }
        (Protection::Passphrase, true) => "with a passphrase; unlocked for now",
        (Protection::Passphrase, false) => "with a passphrase",
    };
    let mut text = format!("{}\n", page.strong("What opens the journal"));
    text += &format!("  {}\n", clean_line(&keys.identity_file().display().to_string()));
    text += &format!("{}\n", page.wrap(state, "  "));
    if let Some(plain) = keys.unencrypted_copy() {
        let words = format!(
            "{} is there, too, without a passphrase. If it's the same key, `inward key passphrase` removes it.",
            clean_line(&plain.display().to_string())
        );
        text += &format!("{}\n", page.wrap(&words, "  "));
    }
    text
}

/// To whom entries are sealed, and how far a change of that is.
fn recipients_text(app: &App, page: &TextPage) -> Result<String> {
    let mut text =
        format!("{}\n", page.strong("Who can read it: entries are encrypted to these keys"));
    for (row, confirmed) in listed_recipients(app)? {
        let added = if confirmed == Some(false) { "; inward didn't add it" } else { "" };
        let name = row.name.map(|name| clean_line(&name)).unwrap_or("no name".into());
        text += &format!(
            "  {name} ({}{added})\n  {}\n",
            recipient_kind(&row.key),
            page.quiet(&clean_line(&row.key))
        );
    }
    if let Some(left) = left_to_reseal(app)? {
        let words = format!(
            "A change of keys is half done. Entries still encrypted as before: {left}. You can read all of them. `inward key reseal` continues it."
        );
        text += &format!("\n{}\n", page.wrap(&words, ""));
    }
    Ok(text)
}
