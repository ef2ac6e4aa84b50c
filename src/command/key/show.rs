//! `key show`: what opens the journal, and to whom it is sealed. No secret is
//! shown, and none is needed.

use serde_json::json;

use crate::app::App;
use crate::error::{Exit, Result};
use crate::keys::Protection;
use crate::render::{clean_line, document};
use crate::seal::Recipient;

pub fn run(app: &App, in_json: bool) -> Result<Exit> {
    let keys = app.keys();
    let rows = keys.list()?.rows();
    let kind = |key: &str| Recipient::parse(key).map_or("unknown".into(), |key| key.kind());
    let file = keys.identity_file();
    let (protection, unlocked) = (keys.protection(), keys.is_unlocked());
    let left = match app.pending_reseal()? {
        Some(pending) => Some(pending.count_left(&app.journal())?),
        None => None,
    };
    if in_json {
        let rows: Vec<_> = rows
            .iter()
            .map(|row| json!({ "recipient": row.key, "name": row.name, "kind": kind(&row.key) }))
            .collect();
        let passphrase = protection == Protection::Passphrase;
        let identity = json!({ "file": file.to_string_lossy(), "passphrase": passphrase, "unlocked": unlocked });
        let key = json!({ "identity": identity, "recipients": rows, "left_to_reseal": left });
        app.terminal.print(&document(json!({ "key": key })))?;
        return Ok(Exit::Done);
    }
    let page = app.terminal.page();
    let state = match (protection, unlocked) {
        (Protection::Missing, _) => "missing here; entries can be written and not read",
        (Protection::Unreadable, _) => "it cannot be read as a key",
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
            "{} lies beside it without a passphrase. `inward key passphrase` removes it, if it holds the same key.",
            clean_line(&plain.display().to_string())
        );
        text += &format!("{}\n", page.wrap(&words, "  "));
    }
    text += "\n";
    text += &format!("{}\n", page.strong("Who can read it: entries are sealed to these keys"));
    for row in rows {
        let name = row.name.map(|name| clean_line(&name)).unwrap_or("no name".into());
        text +=
            &format!("  {name} ({})\n  {}\n", kind(&row.key), page.quiet(&clean_line(&row.key)));
    }
    if let Some(left) = left {
        let words = format!(
            "A change of keys is half done: entries still sealed as before: {left}. Every one can be read. `inward key reseal` continues it."
        );
        text += &format!("\n{}\n", page.wrap(&words, ""));
    }
    app.terminal.print(&text)?;
    Ok(Exit::Done)
}
