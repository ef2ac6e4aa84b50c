//! `export`: plain text for people and programs, on standard output or in a file or folder,
//! without replacing files. It can replace names, or encrypt the text to someone's key.

use std::path::{Path, PathBuf};

use clap::builder::TypedValueParser;
use clap::{Args, ValueHint};

use crate::app::{
    App, Candidates, CommandError, EntryRedaction, ExportPlace, ExportPlan, QueryArgs, VerbArgs,
    one_of, read_recipients,
};
use crate::error::{Exit, Result};
use crate::render::{ExportFormat, ExportGrouping, FORMATS, Template};

/// Export entries to Markdown, HTML, JSON or CSV
#[derive(Args)]
pub struct ExportArgs {
    /// Only these entries, by id or the start of one, without a table of contents
    #[arg(value_name = "ID", conflicts_with_all = FILTERS, add = Candidates::EntryId)]
    ids: Vec<String>,
    /// Write to this file or folder instead of standard output. A folder (or a name that ends
    /// in /) gets one file a day, unless --by says otherwise
    #[arg(short, long, value_name = "FILE|DIR", value_hint = ValueHint::AnyPath)]
    output: Option<String>,
    /// The format; by default, the one that the file name ends in, or markdown
    #[arg(long, value_name = "FORMAT", value_parser = one_of(FORMATS, |format| format.name))]
    format: Option<&'static ExportFormat>,
    /// The same as --format json
    #[arg(long)]
    json: bool,
    /// What each page, or each file in a folder, contains; by default, a day
    #[arg(long, value_name = "UNIT", value_parser = one_of(&ExportGrouping::NAMES, |it| it.0).map(|it| it.1))]
    by: Option<ExportGrouping>,
    /// Fill in your own template
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with_all = ["format", "json"])]
    template: Option<PathBuf>,
    /// Replace this name with another; may be repeated
    #[arg(long, value_name = "NAME=ALIAS")]
    redact: Vec<String>,
    /// Replace the partner's name from config.toml
    #[arg(long, value_name = "ALIAS")]
    redact_partner: Option<String>,
    /// Encrypt it to this age recipient, or to those in a file, so only they can open it; may
    /// be repeated. --to KEY does the same
    #[arg(long = "recipient", value_name = "KEY|FILE", value_hint = ValueHint::FilePath)]
    recipients: Vec<String>,
    /// Replace files that exist
    #[arg(long, requires = "output")]
    force: bool,
    #[command(flatten)]
    query: QueryArgs,
}

/// Every filter but `--to`, which may name a reader instead.
const FILTERS: [&str; 9] =
    ["practice", "on", "from", "tag", "not_tag", "containing", "conditions", "last", "on_this_day"];

impl VerbArgs for ExportArgs {
    fn run(mut self, app: &App) -> Result<Exit> {
        // `--to` takes both a day, which ends a span, and a key, which names a reader.
        self.recipients.extend(self.query.take_recipient());
        if !self.ids.is_empty() && !self.query.is_empty() {
            return Err(CommandError::GivenTogether {
                argument: "ID".into(),
                other: "--to".into(),
            }
            .into());
        }
        let (format, place) = (self.format()?, ExportPlace::parse(self.output.as_deref()));
        // A folder gets a file for each page, whatever the format.
        let has_headings = format.parts().is_some_and(|parts| parts.head.is_some());
        let has_pages = self.template.is_some() || has_headings || place.folder().is_some();
        if self.by.is_some() && !has_pages {
            return Err(CommandError::NoPages { format: format.name }.into());
        }
        let plan = ExportPlan {
            format,
            ids: self.ids,
            query: app.query(&self.query)?,
            filters: self.query.filters(),
            place,
            template: self.template.as_deref().map(Template::read).transpose()?,
            recipients: read_recipients(&self.recipients)?,
            redaction: EntryRedaction::read(app, &self.redact, self.redact_partner.as_deref())?,
            by: self.by.unwrap_or(ExportGrouping::Day),
            force: self.force,
        };
        plan.run(app)
    }
}

impl ExportArgs {
    /// The format that is named, or the one that the file's ending stands for.
    fn format(&self) -> Result<&'static ExportFormat> {
        let json = || FORMATS.iter().find(|format| format.name == "json");
        let ending = || self.output.as_deref().and_then(|output| Path::new(output).extension());
        let by_ending = || FORMATS.iter().find(|f| ending().is_some_and(|e| e == f.extension));
        match (self.json, self.format) {
            // Both may be given if they agree.
            (true, Some(format)) if format.name != "json" => Err(CommandError::GivenTogether {
                argument: "--json".into(),
                other: "--format".into(),
            }
            .into()),
            (_, Some(format)) => Ok(format),
            (true, None) => Ok(json().unwrap_or(&FORMATS[0])),
            (false, None) => Ok(by_ending().unwrap_or(&FORMATS[0])),
        }
    }
}
