//! `key show`: what opens the journal, and to whom it is sealed. No secret is
//! shown, and none is needed.

use serde_json::json;

use crate::error::{Exit, Result};
use crate::journal::Pending;
use crate::render::{clean_line, document};
use crate::seal::Recipient;

use super::super::{Context, Given};

pub fn run(context: &Context, given: &Given) -> Result<Exit> {
    let keys = context.keys();
    let rows = keys.list()?.rows();
    let kind = |key: &str| Recipient::parse(key).map_or("unknown".into(), |key| key.kind());
    let file = keys.identity_file();
    let (locked, unlocked) = (keys.asks_passphrase(), keys.is_unlocked());
    let left = match Pending::read(&context.config.paths.state) {
        Some(pending) => Some(pending.left(&context.journal())?),
        None => None,
    };
    if given.has("json") {
        let rows: Vec<_> = rows
            .iter()
            .map(|row| json!({ "recipient": row.key, "name": row.name, "kind": kind(&row.key) }))
            .collect();
        let identity = json!({ "file": file, "passphrase": locked, "unlocked": unlocked });
        let key = json!({ "identity": identity, "recipients": rows, "left_to_reseal": left });
        context.terminal.print(&document(json!({ "key": key })))?;
        return Ok(Exit::Done);
    }
    let page = context.terminal.page();
    let state = match (locked, unlocked) {
        (None, _) => "missing here; entries can be written and not read",
        (Some(false), _) => "without a passphrase: whoever can read that file can read the journal",
        (Some(true), true) => "with a passphrase; unlocked for now",
        (Some(true), false) => "with a passphrase",
    };
    let mut text = format!("{}\n", page.strong("What opens the journal"));
    text += &format!("  {}\n", clean_line(&file.display().to_string()));
    text += &format!("{}\n", page.wrap(state, "  "));
    if let Some(plain) = keys.lies_open_beside() {
        let words = format!(
            "{} lies beside it without a passphrase. `inward key passphrase` removes it, if it holds the same key.",
            clean_line(&plain.display().to_string())
        );
        text += &format!("{}\n", page.wrap(&words, "  "));
    }
    text += "\n";
    text += &format!("{}\n", page.strong("To whom entries are sealed"));
    for row in rows {
        let name = row.name.map(|name| clean_line(&name)).unwrap_or("no name".into());
        text +=
            &format!("  {name} ({})\n  {}\n", kind(&row.key), page.quiet(&clean_line(&row.key)));
    }
    if let Some(left) = left {
        let words = format!(
            "A change of keys is half done: {left} entries are still sealed as before. Every one can be read. `inward key reseal` goes on."
        );
        text += &format!("\n{}\n", page.wrap(&words, ""));
    }
    context.terminal.print(&text)?;
    Ok(Exit::Done)
}
