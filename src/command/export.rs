//! `export`: plain text for people and programs, on standard output or where
//! the user says, and never over a file that is there. Under other names where
//! that is asked for, or sealed to somebody else.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueHint};

use crate::app::{App, CommandError, QueryArgs, Renaming, ReplacementCount, Stream, VerbArgs};
use crate::disk;
use crate::disk::DiskError;
use crate::error::{Error, Exit, Result};
use crate::journal::{ReadOrder, StoredEntry};
use crate::keys::KeyError;
use crate::query::Query;
use crate::query::QueryError;
use crate::render::{
    self, Export, ExportFormat, ExportGrouping, ExportParts, FORMATS, Layout, Template, clean,
};
use crate::seal::{ExportKey, Recipient, Recipients};
use crate::secret::SecretBytes;

/// Export entries to markdown, HTML, JSON or CSV
///
/// To standard output, to a file, or to a folder, which gets a file for each day
/// (Obsidian reads those as daily notes), entry, month or practice. What is exported
/// is plain text unless --recipient seals it; its files are readable by you alone
/// (0600), and existing ones are left alone without --force. JSON and markdown can be
/// imported again.
///
/// --redact replaces a name in answers, questions, tags and titles, and in your own
/// practices' names and options: whole words, with or without a possessive s. The
/// fields of JSON keep their names. Written with a capital it is meant so, or in
/// capitals throughout; written small, in any case. Lines in which part of a name is
/// left are shown.
///
/// A template is written in Jinja's language. It can name `entries`, and `pages`, each
/// with a name, a date and its entries. An entry has id, practice, at, day, date,
/// time, tags and answers; an answer has question, asked, said and value.
#[derive(Args)]
pub struct ExportArgs {
    /// Write there instead of to standard output; a folder, or a name that ends in /,
    /// gets a file a day, or as --by says
    #[arg(short, long, value_name = "FILE|DIR", value_hint = ValueHint::AnyPath)]
    output: Option<String>,
    /// What to write; where nothing is said, what the file's ending says, or markdown
    #[arg(long, value_name = "FORMAT", value_parser = formats())]
    format: Option<&'static ExportFormat>,
    /// The same as --format json
    #[arg(long)]
    json: bool,
    /// What makes a page, or a file in a folder; a day where nothing is said
    #[arg(long, value_name = "UNIT", value_parser = units())]
    by: Option<ExportGrouping>,
    /// Fill this template instead
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with_all = ["format", "json"])]
    template: Option<PathBuf>,
    /// Write another name for this one; may be repeated
    #[arg(long, value_name = "NAME=ALIAS")]
    redact: Vec<String>,
    /// Write another name for the partner's that is set in config.toml
    #[arg(long, value_name = "ALIAS")]
    redact_partner: Option<String>,
    /// Seal it to this age recipient, or to those in a file, who alone can open it; may
    /// be repeated. --to KEY does the same
    #[arg(long = "recipient", value_name = "KEY|FILE", value_hint = ValueHint::FilePath)]
    recipients: Vec<String>,
    /// Replace files that are there
    #[arg(long, requires = "output")]
    force: bool,
    #[command(flatten)]
    query: QueryArgs,
}

fn formats() -> impl TypedValueParser<Value = &'static ExportFormat> {
    let names = PossibleValuesParser::new(FORMATS.iter().map(|format| format.name));
    names.try_map(|name| FORMATS.iter().find(|f| f.name == name).ok_or("the name of a format"))
}

fn units() -> impl TypedValueParser<Value = ExportGrouping> {
    let names = PossibleValuesParser::new(ExportGrouping::NAMES.iter().map(|(name, _)| *name));
    let by_name = |name: String| ExportGrouping::NAMES.iter().find(|(known, _)| *known == name);
    names.try_map(move |name| by_name(name).map(|(_, by)| *by).ok_or("the name of a unit"))
}

/// How entries become bytes.
struct ExportShape {
    format: &'static ExportFormat,
    template: Option<Template>,
    sealed_to: Option<Recipients>,
}

/// Where they go.
enum ExportTarget {
    Output,
    File(PathBuf),
    Folder(PathBuf),
}

impl VerbArgs for ExportArgs {
    fn run(mut self, app: &App) -> Result<Exit> {
        // A day ends a span, and a key names a reader: `--to` is said of both.
        self.recipients.extend(self.query.take_recipient());
        if self.json && self.format.is_some_and(|format| format.name != "json") {
            // Said of the same thing twice, they may agree.
            return Err(
                CommandError::GivenTogether { argument: "--json", other: "--format" }.into()
            );
        }
        export(app, &self)
    }
}

fn export(app: &App, args: &ExportArgs) -> Result<Exit> {
    let query = app.query(&args.query)?;
    let shape = ExportShape::read(args)?;
    let renaming = Renaming::read(app, &args.redact, args.redact_partner.as_deref())?;
    let force = args.force;
    let target = args.target();
    if let ExportTarget::File(path) | ExportTarget::Folder(path) = &target {
        app.refuse_in_the_journal(path)?;
    }
    match &target {
        ExportTarget::File(path) => refuse_existing(path, force)?,
        ExportTarget::Output if shape.sealed_to.is_some() && app.terminal.output_is_terminal() => {
            return Err(CommandError::SealedToTerminal.into());
        }
        _ => {}
    }
    let identity = app.unlock()?;
    // What other names stand in is no longer what the journal holds.
    let key = ExportKey::of(&identity).filter(|_| renaming.is_none());
    let (clock, practices, key) = (app.clock(), &app.practices, key.as_ref());
    let layout =
        Layout { by: args.by.unwrap_or(ExportGrouping::Day), alone: false, clock, practices, key };
    if let Some(parts) = shape.parts(&query, &target, layout.by) {
        let (order, identity) = (ReadOrder::OldestFirst, &identity);
        let stream = Stream { app, identity, order, parts, layout, renaming: &renaming };
        let damaged = match &target {
            ExportTarget::File(path) => {
                let damaged = disk::write_with(path, force, |file| stream.write(&query, file))?;
                shape.warn(app, path);
                damaged
            }
            _ => app.terminal.print_with(|out| stream.write(&query, out))?,
        };
        return Ok(app.finish(&damaged, Exit::Done));
    }
    let found = app.find_as(&query, &identity, &|kept| kept)?;
    if found.entries.is_empty() && found.damaged.is_empty() {
        // A program that reads the document gets one, with nothing in it.
        if matches!(target, ExportTarget::Output) && shape.is_json() {
            app.terminal.print(&render::json_entries(&[], None))?;
        }
        return Err(QueryError::NothingMatched.into());
    }
    let renamed = render::in_order(&found.entries).into_iter();
    let renamed: Result<Vec<_>> = renamed.map(|entry| renaming.of(entry, app)).collect();
    let (entries, told): (Vec<Cow<StoredEntry>>, Vec<_>) = renamed?.into_iter().unzip();
    let mut tally = ReplacementCount::default();
    told.into_iter().for_each(|told| renaming.warn(told, &mut tally, app));
    renaming.print_summary(&tally, app);
    let export = Export { entries: entries.iter().map(Cow::as_ref).collect(), layout };
    match target {
        ExportTarget::Output => app.terminal.print_bytes(&shape.write(&export)?)?,
        ExportTarget::File(path) => {
            disk::write(&path, &shape.write(&export)?, force)?;
            shape.warn(app, &path);
        }
        ExportTarget::Folder(path) => {
            to_folder(app, &path, &shape, &export, force)?;
            shape.warn(app, &path);
        }
    }
    Ok(app.finish(&found.damaged, Exit::Done))
}

impl ExportArgs {
    fn target(&self) -> ExportTarget {
        match self.output.as_deref() {
            None | Some("-") => ExportTarget::Output,
            Some(output) if output.ends_with('/') || Path::new(output).is_dir() => {
                ExportTarget::Folder(PathBuf::from(output))
            }
            Some(output) => ExportTarget::File(PathBuf::from(output)),
        }
    }
}

impl ExportShape {
    fn read(args: &ExportArgs) -> Result<ExportShape> {
        // A file's ending says what it is to be, where nothing else does.
        let ending = args.output.as_deref().and_then(|output| Path::new(output).extension());
        let meant = FORMATS.iter().find(|f| match (args.json, ending) {
            (true, _) => f.name == "json",
            (false, ending) => ending.is_some_and(|ending| ending == f.extension),
        });
        let format = args.format.or(meant).unwrap_or(&FORMATS[0]);
        let template = args.template.as_deref().map(|file| {
            let text = std::fs::read_to_string(file).map_err(DiskError::io("read", file))?;
            Template::new(file, text)
        });
        let sealed_to = match args.recipients.as_slice() {
            [] => None,
            keys => {
                let keys: Result<Vec<String>> = keys.iter().map(|key| recipients_in(key)).collect();
                Some(Recipients::parse(&keys?.join("\n"), "--recipient")?)
            }
        };
        Ok(ExportShape { format, template: template.transpose()?, sealed_to })
    }

    /// The document that `--json` prints, as it is.
    fn is_json(&self) -> bool {
        self.template.is_none() && self.sealed_to.is_none() && self.format.name == "json"
    }

    /// How it is written entry by entry, where it can be.
    fn parts(
        &self,
        query: &Query,
        target: &ExportTarget,
        by: ExportGrouping,
    ) -> Option<&'static ExportParts> {
        let whole = self.template.is_some() || self.sealed_to.is_some() || query.last.is_some();
        let of_time = by != ExportGrouping::Practice;
        let one = !matches!(target, ExportTarget::Folder(_));
        self.format.parts.as_ref().filter(|_| !whole && of_time && one)
    }

    fn write(&self, export: &Export) -> Result<SecretBytes> {
        let text = SecretBytes::from(match &self.template {
            Some(template) => template.write(export)?,
            None => (self.format.write)(export),
        });
        match &self.sealed_to {
            Some(recipients) => recipients.seal_bytes(&text).map(SecretBytes::from),
            None => Ok(text),
        }
    }

    fn file_name(&self, name: &str) -> String {
        let plain = self.template.as_ref().map_or(self.format.extension, Template::extension);
        let sealed = if self.sealed_to.is_some() { ".age" } else { "" };
        format!("{name}.{plain}{sealed}")
    }

    /// The line that goes with every export.
    fn warn(&self, app: &App, path: &Path) {
        let path = clean(&path.display().to_string()).into_owned();
        let who = match &self.sealed_to {
            None => "It is plain text: whoever can read those files can read these entries.",
            Some(_) => "It is sealed: only the keys that --recipient named open it.",
        };
        let known = self.template.is_some() || path.ends_with('/');
        let told = known || path.trim_end_matches(".age").ends_with(self.format.extension);
        let as_what = if told { String::new() } else { format!(" as {}", self.format.name) };
        app.terminal.say(&format!("Exported to {path}{as_what}. {who}"));
    }
}

/// A recipient; or those that a file lists, one a line, as `age -R` reads it.
fn recipients_in(given: &str) -> Result<String> {
    let file = Path::new(given);
    if Recipient::parse(given).is_ok() || !file.is_file() {
        return Ok(given.to_owned());
    }
    let text = std::fs::read_to_string(file).map_err(DiskError::io("read", file))?;
    if Recipients::parse(&text, given)?.is_empty() {
        return Err(KeyError::NoRecipients { path: file.to_owned() }.into());
    }
    Ok(text)
}

fn refuse_existing(path: &Path, force: bool) -> Result<()> {
    let taken = path.symlink_metadata().is_ok() && !path.is_dir();
    if taken && !force {
        Err(DiskError::FileExists { path: path.to_owned() }.into())
    } else {
        Ok(())
    }
}

/// A file for each page, or nothing: every name is looked at before the first
/// is written.
fn to_folder(
    app: &App,
    folder: &Path,
    shape: &ExportShape,
    export: &Export,
    force: bool,
) -> Result<()> {
    let units = export.units();
    let file = |name: &str| folder.join(shape.file_name(name));
    for unit in &units {
        refuse_existing(&file(&unit.page.name), force)?;
    }
    disk::make_folder(folder)?;
    app.terminal.working("Writing files", |watch| {
        for (done, unit) in units.iter().enumerate() {
            if !watch(done, units.len()) {
                return Err(Error::Cancelled { draft: None });
            }
            disk::write(&file(&unit.page.name), &shape.write(&export.of(unit))?, force)?;
        }
        Ok(())
    })
}
