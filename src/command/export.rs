//! `export`: plain text for people and programs, on standard output or where
//! the user says, and never over a file that is there.

use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use crate::disk;
use crate::entry::Entry;
use crate::error::{Error, Exit, Result};
use crate::render::{self, FORMATS, Format, clean};

use super::{Arg, Context, Given, Takes, Verb};

pub const VERB: Verb = Verb {
    name: "export",
    about: "Export entries to markdown or JSON",
    details: "To standard output, to a file, or to a folder: a folder gets one file for each day, which Obsidian reads as daily notes where they are markdown. What is exported is plain text; its files are readable by you alone (0600), and existing ones are left alone without --force.",
    args: &[
        Arg::new("output", Takes::One("FILE|DIR"), "Write there instead of to standard output; a folder, or a name that ends in /, gets a file a day").short('o'),
        Arg::new("format", Takes::OneOf("FORMAT", || FORMATS.iter().map(|format| format.name).collect()), "What to write; markdown where nothing is said"),
        Arg::new("json", Takes::Nothing, "The same as --format json"),
        Arg::new("force", Takes::Nothing, "Replace files that are there"),
    ],
    query: true,
    run,
};

fn run(context: &Context, given: &Given) -> Result<Exit> {
    let query = given.query(context.clock())?;
    let usual = if given.has("json") { "json" } else { FORMATS[0].name };
    let name = given.one("format").unwrap_or(usual);
    let format = FORMATS.iter().find(|f| f.name == name).unwrap_or(&FORMATS[0]);
    let output = given
        .one("output")
        .filter(|output| *output != "-")
        .map(|o| (PathBuf::from(o), o.ends_with('/')));
    if let Some((path, false)) = &output {
        refuse_existing(path, given.has("force"))?;
    }
    let identity = context.unlock()?;
    let found = context.journal().find(&query, &identity, context.clock())?;
    if found.entries.is_empty() && found.damaged.is_empty() {
        return Err(Error::NothingMatched);
    }
    let entries = render::in_order(&found.entries);
    match output {
        None => {
            let text = Zeroizing::new((format.write)(&entries, context.clock()));
            context.terminal.print(&text)?;
        }
        Some((path, folder)) if folder || path.is_dir() => {
            to_folder(context, &path, format, &entries, given.has("force"))?;
        }
        Some((path, _)) => {
            let text = Zeroizing::new((format.write)(&entries, context.clock()));
            disk::write(&path, text.as_bytes(), given.has("force"))?;
            warn(context, &path);
        }
    }
    Ok(context.finish(&found.damaged, Exit::Done))
}

fn refuse_existing(path: &Path, force: bool) -> Result<()> {
    let taken = path.symlink_metadata().is_ok() && !path.is_dir();
    if taken && !force { Err(Error::FileExists { path: path.to_owned() }) } else { Ok(()) }
}

/// A file a day, or nothing: every name is looked at before the first is
/// written.
fn to_folder(
    context: &Context,
    folder: &Path,
    format: &Format,
    entries: &[&Entry],
    force: bool,
) -> Result<()> {
    let days = render::days(entries, context.clock());
    let file = |day| folder.join(format!("{day}.{}", format.extension));
    for day in days.keys() {
        refuse_existing(&file(day), force)?;
    }
    disk::Folder::make(folder)?;
    for (day, entries) in &days {
        let text = Zeroizing::new(match format.extension {
            "md" => render::day_file(*day, entries),
            _ => (format.write)(entries, context.clock()),
        });
        disk::write(&file(day), text.as_bytes(), force)?;
    }
    warn(context, folder);
    Ok(())
}

fn warn(context: &Context, path: &Path) {
    let path = path.display().to_string();
    context.terminal.say(&format!(
        "Exported to {}. It is plain text: whoever can read those files can read these entries.",
        clean(&path)
    ));
}
