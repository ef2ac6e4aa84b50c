//! `key show`: what opens the journal, and to whom it is sealed. No secret is
//! shown, and none is needed.

use crate::app::{App, key_document, left_to_reseal, recipient_kind};
use crate::error::{Exit, Result};
use crate::keys::Protection;
use crate::render::clean_line;

pub fn run(app: &App, in_json: bool) -> Result<Exit> {
    if in_json {
        app.terminal.print(&key_document(app)?)?;
        return Ok(Exit::Done);
    }
    let keys = app.keys();
    let rows = keys.list()?.rows();
    let file = keys.identity_file();
    let (protection, unlocked) = (keys.protection(), keys.is_unlocked());
    let left = left_to_reseal(app)?;
    let page = app.terminal.page();
    let state = match (protection, unlocked) {
        (Protection::Missing, _) => "missing here: you can write entries, not read them",
        (Protection::Unreadable, _) => "it can't be read as a key",
        (Protection::Plugin, _) => "held by a plugin",
        (Protection::None, _) => {
            "without a passphrase: whoever can read that file can read the journal"
        }
        (Protection::Passphrase, true) => "with a passphrase; unlocked for now",
        (Protection::Passphrase, false) => "with a passphrase",
    };
    let mut text = format!("{}\n", page.strong("What opens the journal"));
    text += &format!("  {}\n", clean_line(&file.display().to_string()));
    text += &format!("{}\n", page.wrap(state, "  "));
    if let Some(plain) = keys.unencrypted_copy() {
        let words = format!(
            "{} is beside it, without a passphrase. `inward key passphrase` removes it, if it holds the same key.",
            clean_line(&plain.display().to_string())
        );
        text += &format!("{}\n", page.wrap(&words, "  "));
    }
    text += "\n";
    text += &format!("{}\n", page.strong("Who can read it: entries are encrypted to these keys"));
    for row in rows {
        let name = row.name.map(|name| clean_line(&name)).unwrap_or("no name".into());
        text += &format!(
            "  {name} ({})\n  {}\n",
            recipient_kind(&row.key),
            page.quiet(&clean_line(&row.key))
        );
    }
    if let Some(left) = left {
        let words = format!(
            "A change of keys is half done: entries still encrypted as before: {left}. Every one can be read. `inward key reseal` continues it."
        );
        text += &format!("\n{}\n", page.wrap(&words, ""));
    }
    app.terminal.print(&text)?;
    Ok(Exit::Done)
}
