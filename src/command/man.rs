//! `man`: the manual pages, made from the same table as the help.

use std::path::Path;

use crate::disk;
use crate::error::{Error, Exit, Result};

use super::{Arg, Context, Given, Takes, Verb};

pub const VERB: Verb = Verb {
    name: "man",
    about: "Print a manual page, or write all of them to a folder",
    details: "`inward man | man -l -` reads the first page; `inward man show` prints the page of a verb or a practice.",
    args: &[
        Arg::new("command", Takes::Words("COMMAND", 0), "The verb or practice"),
        Arg::new("output", Takes::One("DIR"), "Write every page to this folder").short('o'),
    ],
    query: false,
    run,
};

fn run(context: &Context, given: &Given) -> Result<Exit> {
    let pages = context.tree.manuals();
    if let Some(folder) = given.one("output") {
        disk::make_folder(Path::new(folder))?;
        for (name, page) in &pages {
            disk::write(&Path::new(folder).join(name), page, true)?;
        }
        context.terminal.say(&format!("{} manual pages are in {folder}.", pages.len()));
        return Ok(Exit::Done);
    }
    let command = given.all("command").join("-");
    let wanted = if command.is_empty() { "inward.1".into() } else { format!("inward-{command}.1") };
    let page = pages.iter().find(|(name, _)| *name == wanted);
    let (_, page) =
        page.ok_or_else(|| Error::UnknownTopic { given: command, known: Vec::new() })?;
    context.terminal.print(&String::from_utf8_lossy(page))?;
    Ok(Exit::Done)
}
