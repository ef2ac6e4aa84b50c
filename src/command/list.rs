//! `list`: a line an entry.

use crate::error::{Error, Exit, Result};
use crate::journal::{Found, Kept};
use crate::render;

use super::given::JSON;
use super::{Context, Given, Verb};

pub const VERB: Verb = Verb {
    name: "list",
    about: "List entries, newest first",
    details: "A line for each entry: its id, its time, its practice and how it begins. Any unique beginning of an id names the entry to show, edit and delete.",
    args: &[JSON],
    query: true,
    run,
};

fn run(context: &Context, given: &Given) -> Result<Exit> {
    let query = context.query(given)?;
    let found = context.find(&query)?;
    let text = |page: &render::Page| render::list(&found.entries, context.clock(), page);
    print(context, &found, given.has("json"), text, || context.nothing(&query))
}

/// Prints what was found, for a person or for a program, and what was damaged;
/// or says why there is nothing.
pub fn print(
    context: &Context,
    found: &Found,
    json: bool,
    text: impl FnOnce(&render::Page) -> String,
    nothing: impl FnOnce() -> Error,
) -> Result<Exit> {
    if json {
        let entries: Vec<_> = found.entries.iter().flat_map(Kept::heads).collect();
        context.terminal.print(&render::json_entries(&entries))?;
    } else if !found.entries.is_empty() {
        context.terminal.print_paged(&text(&context.terminal.page()))?;
    }
    let exit = if found.entries.is_empty() { Exit::NothingMatched } else { Exit::Done };
    if exit == Exit::NothingMatched && found.damaged.is_empty() {
        return Err(nothing());
    }
    Ok(context.finish(&found.damaged, exit))
}
