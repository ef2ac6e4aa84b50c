//! `export`: plain text for people and programs, on standard output or where
//! the user says, and never over a file that is there. Under other names where
//! that is asked for, or sealed to somebody else.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use crate::disk;
use crate::entry::Entry;
use crate::error::{Error, Exit, Result};
use crate::journal::Order;
use crate::query::Query;
use crate::render::{self, By, Export, FORMATS, Format, Layout, Parts, Template, clean};
use crate::seal::{Recipient, Recipients};
use crate::wiped::Wiped;

use super::renaming::{Renaming, Tally};
use super::stream::Stream;
use super::{Arg, Context, Given, Takes, Verb};

pub const VERB: Verb = Verb {
    name: "export",
    about: "Export entries to markdown, HTML, JSON or CSV",
    details: "To standard output, to a file, or to a folder, which gets a file for each day (Obsidian reads those as daily notes), entry, month or practice. What is exported is plain text unless --recipient seals it; its files are readable by you alone (0600), and existing ones are left alone without --force. JSON and markdown can be imported again.

--redact replaces a name in answers, questions, tags and titles, and in your own practices' names and options: whole words, with or without a possessive s. The fields of JSON keep their names. Written with a capital it is meant so, or in capitals throughout; written small, in any case. Lines in which part of a name is left are shown.

A template is written in Jinja's language. It can name `entries`, and `pages`, each with a name, a date and its entries. An entry has id, practice, at, day, date, time, tags and answers; an answer has question, asked, said and value.",
    args: &[
        Arg::new("output", Takes::One("FILE|DIR"), "Write there instead of to standard output; a folder, or a name that ends in /, gets a file a day, or as --by says").short('o'),
        Arg::new("format", Takes::OneOf("FORMAT", || FORMATS.iter().map(|format| format.name).collect()), "What to write; where nothing is said, what the file's ending says, or markdown"),
        Arg::new("json", Takes::Nothing, "The same as --format json"),
        Arg::new("by", Takes::OneOf("UNIT", || By::NAMES.iter().map(|(name, _)| *name).collect()), "What makes a page, or a file in a folder; a day where nothing is said"),
        Arg::new("template", Takes::One("FILE"), "Fill this template instead"),
        Arg::new("redact", Takes::Many("NAME=ALIAS"), "Write another name for this one; may be repeated"),
        Arg::new("redact-partner", Takes::One("ALIAS"), "Write another name for the partner's that is set in config.toml"),
        Arg::new("recipient", Takes::Many("KEY|FILE"), "Seal it to this age recipient, or to those in a file, who alone can open it; may be repeated. --to KEY does the same"),
        Arg::new("force", Takes::Nothing, "Replace files that are there"),
    ],
    query: true,
    run,
};

/// How entries become bytes.
struct Shape {
    format: &'static Format,
    template: Option<Template>,
    sealed_to: Option<Recipients>,
}

/// Where they go.
enum Target {
    Output,
    File(PathBuf),
    Folder(PathBuf),
}

fn run(context: &Context, given: &Given) -> Result<Exit> {
    // A day ends a span, and a key names a reader: `--to` is said of both.
    let mut given = given.clone();
    given.give("to", "recipient", |value| Recipient::parse(value).is_ok());
    let given = &given;
    let query = context.query(given)?;
    let shape = Shape::read(given)?;
    let renaming = Renaming::read(context, given)?;
    let layout = Layout {
        by: by(given),
        alone: false,
        clock: context.clock(),
        practices: &context.practices,
    };
    let force = given.has("force");
    let target = target(given);
    match &target {
        Target::File(path) => refuse_existing(path, force)?,
        Target::Output if shape.sealed_to.is_some() && context.terminal.output_is_terminal() => {
            return Err(Error::SealedToTerminal);
        }
        _ => {}
    }
    if let Some(parts) = shape.parts(&query, &target, layout.by) {
        let (order, identity) = (Order::OldestFirst, &context.unlock()?);
        let stream = Stream { context, identity, order, parts, layout, renaming: &renaming };
        let damaged = match &target {
            Target::File(path) => {
                let damaged = disk::write_with(path, force, |file| stream.write(&query, file))?;
                shape.warn(context, path);
                damaged
            }
            _ => context.terminal.print_with(|out| stream.write(&query, out))?,
        };
        return Ok(context.finish(&damaged, Exit::Done));
    }
    let found = context.find(&query)?;
    if found.entries.is_empty() && found.damaged.is_empty() {
        // A program that reads the document gets one, with nothing in it.
        if matches!(target, Target::Output) && shape.is_json() {
            context.terminal.print(&render::json_entries(&[]))?;
        }
        return Err(context.nothing(&query));
    }
    let renamed = render::in_order(&found.entries).into_iter();
    let renamed: Result<Vec<_>> = renamed.map(|entry| renaming.of(entry, context)).collect();
    let (entries, told): (Vec<Cow<Entry>>, Vec<_>) = renamed?.into_iter().unzip();
    let mut tally = Tally::default();
    told.into_iter().for_each(|told| renaming.warn(told, &mut tally, context));
    renaming.tell(&tally, context);
    let export = Export { entries: entries.iter().map(Cow::as_ref).collect(), layout };
    match target {
        Target::Output => context.terminal.print_bytes(&shape.write(&export)?)?,
        Target::File(path) => {
            disk::write(&path, &shape.write(&export)?, force)?;
            shape.warn(context, &path);
        }
        Target::Folder(path) => {
            to_folder(context, &path, &shape, &export, force)?;
            shape.warn(context, &path);
        }
    }
    Ok(context.finish(&found.damaged, Exit::Done))
}

fn target(given: &Given) -> Target {
    match given.one("output") {
        None | Some("-") => Target::Output,
        Some(output) if output.ends_with('/') || Path::new(output).is_dir() => {
            Target::Folder(PathBuf::from(output))
        }
        Some(output) => Target::File(PathBuf::from(output)),
    }
}

fn by(given: &Given) -> By {
    let named = |by: &&(&str, By)| Some(by.0) == given.one("by");
    By::NAMES.iter().find(named).map_or(By::Day, |(_, by)| *by)
}

impl Shape {
    fn read(given: &Given) -> Result<Shape> {
        // A file's ending says what it is to be, where nothing else does.
        let ending = given.one("output").and_then(|output| Path::new(output).extension());
        let meant = FORMATS.iter().find(|f| ending.is_some_and(|ending| ending == f.extension));
        let usual = meant.unwrap_or(&FORMATS[0]).name;
        let usual = if given.has("json") { "json" } else { usual };
        let name = given.one("format").unwrap_or(usual);
        let format = FORMATS.iter().find(|f| f.name == name).unwrap_or(&FORMATS[0]);
        let template = given.one("template").map(|file| {
            let file = Path::new(file);
            let text = std::fs::read_to_string(file).map_err(Error::disk("read", file))?;
            Template::new(file, text)
        });
        let sealed_to = given.all("recipient");
        let sealed_to = match sealed_to {
            [] => None,
            keys => {
                let keys: Result<Vec<String>> = keys.iter().map(|key| recipients_in(key)).collect();
                Some(Recipients::parse(&keys?.join("\n"), "--recipient")?)
            }
        };
        Ok(Shape { format, template: template.transpose()?, sealed_to })
    }

    /// The document that `--json` prints, as it is.
    fn is_json(&self) -> bool {
        self.template.is_none() && self.sealed_to.is_none() && self.format.name == "json"
    }

    /// How it is written entry by entry, where it can be.
    fn parts(&self, query: &Query, target: &Target, by: By) -> Option<&'static Parts> {
        let whole = self.template.is_some() || self.sealed_to.is_some() || query.last.is_some();
        let of_time = by != By::Practice;
        let one = !matches!(target, Target::Folder(_));
        self.format.parts.as_ref().filter(|_| !whole && of_time && one)
    }

    fn write(&self, export: &Export) -> Result<Wiped> {
        let text = Wiped::from(match &self.template {
            Some(template) => template.write(export)?,
            None => (self.format.write)(export),
        });
        match &self.sealed_to {
            Some(recipients) => recipients.seal_bytes(&text).map(Wiped::from),
            None => Ok(text),
        }
    }

    fn file_name(&self, name: &str) -> String {
        let plain = self.template.as_ref().map_or(self.format.extension, Template::extension);
        let sealed = if self.sealed_to.is_some() { ".age" } else { "" };
        format!("{name}.{plain}{sealed}")
    }

    /// The line that goes with every export.
    fn warn(&self, context: &Context, path: &Path) {
        let path = clean(&path.display().to_string()).into_owned();
        let who = match &self.sealed_to {
            None => "It is plain text: whoever can read those files can read these entries.",
            Some(_) => "It is sealed: only the keys that --recipient named open it.",
        };
        let known = self.template.is_some() || path.ends_with('/');
        let told = known || path.trim_end_matches(".age").ends_with(self.format.extension);
        let as_what = if told { String::new() } else { format!(" as {}", self.format.name) };
        context.terminal.say(&format!("Exported to {path}{as_what}. {who}"));
    }
}

/// A recipient; or those that a file lists, one a line, as `age -R` reads it.
fn recipients_in(given: &str) -> Result<String> {
    let file = Path::new(given);
    if Recipient::parse(given).is_ok() || !file.is_file() {
        return Ok(given.to_owned());
    }
    let text = std::fs::read_to_string(file).map_err(Error::disk("read", file))?;
    if Recipients::parse(&text, given)?.is_empty() {
        return Err(Error::NoRecipients { path: file.to_owned() });
    }
    Ok(text)
}

fn refuse_existing(path: &Path, force: bool) -> Result<()> {
    let taken = path.symlink_metadata().is_ok() && !path.is_dir();
    if taken && !force { Err(Error::FileExists { path: path.to_owned() }) } else { Ok(()) }
}

/// A file for each page, or nothing: every name is looked at before the first
/// is written.
fn to_folder(
    context: &Context,
    folder: &Path,
    shape: &Shape,
    export: &Export,
    force: bool,
) -> Result<()> {
    let units = export.units();
    let file = |name: &str| folder.join(shape.file_name(name));
    for unit in &units {
        refuse_existing(&file(&unit.page.name), force)?;
    }
    disk::make_folder(folder)?;
    context.terminal.working("Writing files", |watch| {
        for (done, unit) in units.iter().enumerate() {
            if !watch(done, units.len()) {
                return Err(Error::Cancelled { draft: None });
            }
            disk::write(&file(&unit.page.name), &shape.write(&export.of(unit))?, force)?;
        }
        Ok(())
    })
}
