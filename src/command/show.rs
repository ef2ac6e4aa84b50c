//! `show`: entries whole.

use std::path::{Path, PathBuf};

use clap::{Args, ValueHint};
use rayon::prelude::*;
use serde_json::json;

use crate::app::{
    App, Candidates, JsonArg, QueryArgs, SavedFiles, VerbArgs, print_json, print_results,
};
use crate::entry::Entry;
use crate::error::{Exit, Result};
use crate::journal::{SearchResult, StoredEntry};
use crate::pattern;
use crate::query::Query;
use crate::render::{self, EntryLinks, EntryPage, EntrySurroundings, TextPage, clean_line};
use crate::seal::Identity;

/// Show entries whole; without an id or a query, the newest
///
/// By id (any unique beginning of it will do) or by query. Where an entry was
/// edited on two devices apart, the newest version is shown first and the others below it.
#[derive(Args)]
pub struct ShowArgs {
    /// The entry's id, or its beginning
    #[arg(value_name = "ID", conflicts_with = "QueryArgs", add = Candidates::EntryId)]
    ids: Vec<String>,
    /// Show any one of them, a different one each time
    #[arg(long, conflicts_with = "ids")]
    random: bool,
    /// Write what is attached to them into this folder, over no file that is there, and
    /// print the names of the files
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    save: Option<PathBuf>,
    #[command(flatten)]
    output: JsonArg,
    #[command(flatten)]
    query: QueryArgs,
}

impl VerbArgs for ShowArgs {
    fn run(self, app: &App) -> Result<Exit> {
        let mut query = app.query(&self.query)?;
        if self.query.is_empty() && !self.random {
            query = Query { last: Some(1), ..query };
        }
        let identity = app.unlock()?;
        let json = self.output.json;
        let ids = match self.random {
            true => pick_entry(app, &query, &identity)?,
            false => self.ids,
        };
        let found = match ids.as_slice() {
            [] if json && self.save.is_none() => return print_json(app, &query, &identity),
            [] => app.find_as(&query, &identity, &|kept| kept)?,
            ids => find_entries(app, json && self.save.is_none(), ids, &identity)?,
        };
        if let Some(folder) = &self.save {
            return save(app, found, folder, &identity, json);
        }
        if json {
            let entries: Vec<_> = found.entries.iter().collect();
            app.terminal.print(&render::json_entries(&entries, None))?;
        } else {
            let ends = found.entries.iter().filter_map(|kept| app.link_end(&kept.entry));
            let whole = ids.is_empty() && query.is_everything();
            let links = app.links_of(ends, whole, &identity)?;
            print_results(app, &found, |entries, page| texts(app, entries, &links, page))?;
        }
        app.end_reading(&found)
    }
}

/// The id of one entry that the query names, by chance; none where none matches.
fn pick_entry(app: &App, query: &Query, identity: &Identity) -> Result<Vec<String>> {
    let found = app.find_as(query, identity, &|kept| kept.entry.id.to_string())?;
    // Without random numbers it is the newest: nothing secret hangs on this.
    let number = getrandom::u32().unwrap_or_default() as usize;
    let place = number.checked_rem(found.entries.len()).unwrap_or_default();
    Ok(found.entries.into_iter().nth(place).into_iter().collect())
}

/// Writes what is attached, and prints the names of the new files.
fn save(
    app: &App,
    found: SearchResult,
    folder: &Path,
    identity: &Identity,
    json: bool,
) -> Result<Exit> {
    let SavedFiles { files, damaged } = app.save_attachments(&found.entries, folder, identity)?;
    let paths = files.iter().map(|path| path.to_string_lossy());
    if json {
        app.terminal.print(&render::document(json!({ "saved": paths.collect::<Vec<_>>() })))?;
    } else {
        let lines = paths.map(|path| clean_line(&path) + "\n");
        app.terminal.print(&lines.collect::<String>())?;
    }
    let nothing = files.is_empty() && damaged.is_empty();
    if nothing {
        app.terminal.say("Nothing is attached here.");
    }
    let otherwise = if nothing { Exit::NothingMatched } else { Exit::Done };
    Ok(app.finish(&[found.damaged, damaged].concat(), otherwise))
}

fn find_entries(
    app: &App,
    json: bool,
    ids: &[String],
    identity: &Identity,
) -> Result<SearchResult> {
    app.cached_journal().resolve(ids, identity).inspect_err(|error| {
        if json && error.exit() == Exit::NothingMatched {
            // What cannot be printed here is told as the error is.
            let _ = app.terminal.print(&render::json_entries(&[], None));
        }
    })
}

fn texts(app: &App, entries: &[StoredEntry], links: &EntryLinks, page: &TextPage) -> String {
    let missing = &app.missing_files(entries);
    let (clock, practices) = (app.clock(), &app.practices);
    let around = EntrySurroundings { links, missing };
    let text = |kept: &StoredEntry| {
        let shown = EntryPage { clock, practices, page }.show(kept, around);
        shown + &scores(app, &kept.entry, page)
    };
    entries.par_iter().map(text).collect::<Vec<_>>().join("\n")
}

/// What a scored practice makes of the answers, by its rules of today.
fn scores(app: &App, entry: &Entry, page: &TextPage) -> String {
    let practice = app.practices.get(&entry.practice).and_then(|found| found.practice());
    let Some(practice) = practice.filter(|p| !p.scores.is_empty() && entry.about.is_none()) else {
        return String::new();
    };
    let practice = practice.clone().with_partner_name(app.config.partner.as_deref());
    let scored = pattern::scores(&practice, &entry.answers);
    format!("\n{}", render::scores(&scored, page))
}
