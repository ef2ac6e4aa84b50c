//! `show`: entries in full.

use std::path::{Path, PathBuf};

use clap::{Args, ValueHint};
use rayon::prelude::*;
use serde_json::json;

use crate::app::{
    App, Candidates, JsonArg, QueryArgs, SavedFiles, SessionReports, VerbArgs, json_of, print_json,
    print_results,
};
use crate::error::{Exit, Result};
use crate::journal::{Damaged, SearchResult, StoredEntry};
use crate::query::Query;
use crate::render::{self, EntryPage, EntrySurroundings, TextPage, clean_line};
use crate::seal::Identity;

/// Show entries in full; without an id, the newest
///
/// Choose by id (its first few characters are enough) or by filter. Without either, it shows
/// the newest entry up to today. If an entry was edited in two places at once, the newest
/// revision comes first, with the others below it.
#[derive(Args)]
pub struct ShowArgs {
    /// The entry's id, or the start of it
    #[arg(value_name = "ID", conflicts_with = "QueryArgs", add = Candidates::EntryId)]
    ids: Vec<String>,
    /// Show one at random
    #[arg(long, conflicts_with = "ids")]
    random: bool,
    /// Save the entries' attachments in this folder, without replacing any file, and print the
    /// names of the new files
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    save: Option<PathBuf>,
    #[command(flatten)]
    output: JsonArg,
    #[command(flatten)]
    query: QueryArgs,
}

impl VerbArgs for ShowArgs {
    fn run(self, app: &App) -> Result<Exit> {
        let query = app.query(&self.query)?;
        let identity = app.unlock()?;
        let json = self.output.json;
        let (ids, not_picked) = match self.random {
            true => pick_entry(app, &query, &identity)?,
            false => (self.ids, Vec::new()),
        };
        let is_newest = self.query.is_empty() && !self.random;
        let mut results = match ids.as_slice() {
            [] if is_newest => app.find_newest(&identity)?,
            [] if json && self.save.is_none() => return print_json(app, &query, &identity),
            [] => app.find(&query, &identity, &|stored| stored)?,
            ids => find_entries(app, json && self.save.is_none(), ids, &identity)?,
        };
        let unnamed = not_picked.into_iter().filter(|it| !results.damaged.contains(it));
        results.damaged.extend(unnamed.collect::<Vec<_>>());
        if let Some(folder) = &self.save {
            return save(app, &query, results, folder, &identity, json);
        }
        if json {
            app.terminal.print(&json_of(app, &results.entries))?;
        } else {
            let ends = results.entries.iter().filter_map(|stored| app.link_end(&stored.entry));
            let whole = ids.is_empty() && !is_newest && query.is_everything();
            let links = app.links_of(ends, whole, &identity)?;
            let sessions = SessionReports::open(app, &results.entries, &identity)?;
            let missing = app.missing_files(&results.entries);
            let around = EntrySurroundings { links: &links, missing: &missing };
            let text = |stored: &StoredEntry, page: &TextPage| {
                let entry_page = EntryPage {
                    clock: app.clock(),
                    practices: &app.practices,
                    form: sessions.form(),
                    page,
                };
                entry_page.show(stored, around) + &sessions.text(&stored.entry, page)
            };
            print_results(app, &results, |entries, page| texts(entries, page, &text))?;
            say_how_to_save(app, &results);
            let of_sessions = sessions.damaged().iter().cloned();
            let unnamed: Vec<_> = of_sessions.filter(|it| !results.damaged.contains(it)).collect();
            results.damaged.extend(unnamed);
        }
        app.end_reading(&query, &results)
    }
}

/// The id of one matching entry, at random, or none if none matches; and what couldn't be read.
fn pick_entry(
    app: &App,
    query: &Query,
    identity: &Identity,
) -> Result<(Vec<String>, Vec<Damaged>)> {
    let results = app.find(query, identity, &|stored| stored.entry.id.to_string())?;
    // Without random numbers, it is the newest: nothing secret depends on this.
    let number = getrandom::u32().unwrap_or_default() as usize;
    let place = number.checked_rem(results.entries.len()).unwrap_or_default();
    Ok((results.entries.into_iter().nth(place).into_iter().collect(), results.damaged))
}

/// Saves the attachments, and prints the names of the new files.
fn save(
    app: &App,
    query: &Query,
    results: SearchResult,
    folder: &Path,
    identity: &Identity,
    json: bool,
) -> Result<Exit> {
    let SavedFiles { files, damaged } = app.save_attachments(&results.entries, folder, identity)?;
    let paths = files.iter().map(|path| path.to_string_lossy());
    let text = if json {
        render::document(json!({ "saved": paths.collect::<Vec<_>>() }))
    } else {
        paths.map(|path| clean_line(&path) + "\n").collect()
    };
    app.terminal.print_outcome(&text, !files.is_empty())?;
    let nothing = files.is_empty() && damaged.is_empty();
    if nothing && results.entries.is_empty() {
        return app.end_reading(query, &results);
    }
    if nothing {
        app.terminal.say("There are no attachments.");
    }
    let otherwise = if nothing { Exit::NothingMatched } else { Exit::Done };
    Ok(app.finish(&[results.damaged, damaged].concat(), otherwise))
}

/// Says on a terminal how an attachment can be opened.
fn say_how_to_save(app: &App, results: &SearchResult) {
    let mut with_files = results.entries.iter().filter(|s| !s.entry.attachments.is_empty());
    let Some(first) = with_files.next().filter(|_| app.terminal.output_is_terminal()) else {
        return;
    };
    let id = if with_files.next().is_none() { first.entry.id.to_string() } else { "ID".to_owned() };
    app.terminal.say(&format!(
        "`inward show {id} --save DIR` saves a copy of what's attached in DIR, unencrypted."
    ));
}

fn find_entries(
    app: &App,
    json: bool,
    ids: &[String],
    identity: &Identity,
) -> Result<SearchResult> {
    app.resolve(ids, identity).inspect_err(|error| {
        if json && error.exit() == Exit::NothingMatched {
            // If this can't be printed either, the error says so.
            let _ = app.terminal.print(&json_of(app, &[]));
        }
    })
}

fn texts(
    entries: &[StoredEntry],
    page: &TextPage,
    text: &(impl Fn(&StoredEntry, &TextPage) -> String + Sync),
) -> String {
    entries.par_iter().map(|stored| text(stored, page)).collect::<Vec<_>>().join("\n")
}
