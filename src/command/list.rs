//! `list`: a line an entry, or a line a tag.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use clap::Args;
use serde_json::json;

use crate::app::{App, JsonArg, QueryArgs, VerbArgs, print_json, print_results};
use crate::error::{Exit, Result};
use crate::journal::{SearchResult, StoredEntry};
use crate::query::Query;
use crate::render::{self, ListRow, clean_line, document};
use crate::seal::Identity;

/// List entries, newest first
///
/// One line for each entry: its id, time, practice and first words. The start of an id is
/// enough to name an entry to `show`, `edit` and `delete`. With --tags, one line for each
/// tag instead.
#[derive(Args)]
pub struct ListArgs {
    /// List the tags instead, each with how many entries have it
    #[arg(long)]
    tags: bool,
    #[command(flatten)]
    output: JsonArg,
    #[command(flatten)]
    query: QueryArgs,
}

impl VerbArgs for ListArgs {
    fn run(self, app: &App) -> Result<Exit> {
        let query = app.query(&self.query)?;
        let identity = app.unlock()?;
        if self.tags {
            return list_tags(app, &query, &identity, self.output.json);
        }
        if self.output.json {
            return print_json(app, &query, &identity);
        }
        let row = |kept: StoredEntry| (row(app, &kept), app.link_end(&kept.entry));
        let found = app.find_as(&query, &identity, &row)?;
        let (rows, ends): (Vec<_>, Vec<_>) = found.entries.into_iter().unzip();
        let links = app.links_of(ends.into_iter().flatten(), query.is_everything(), &identity)?;
        let entries = rows.into_iter().map(|row: ListRow| row.linked(&links, app.clock()));
        let found = SearchResult { entries: entries.collect(), damaged: found.damaged };
        print_results(app, &found, |rows, page| render::list(rows, true, app.clock(), page))?;
        app.end_reading(&found)
    }
}

/// A scored session is called by its practice: of numbers alone nobody can say what they are.
fn row(app: &App, kept: &StoredEntry) -> ListRow {
    let practice = app.practices.get(&kept.entry.practice).and_then(|found| found.practice());
    let row = match practice.filter(|practice| practice.tells(&kept.entry)) {
        Some(practice) => ListRow::titled(kept, &practice.title),
        None => ListRow::of(kept, &app.practices),
    };
    row.missing_file(!app.missing_files([kept]).is_empty())
}

/// The tags of the entries that a query names, the most used first.
fn list_tags(app: &App, query: &Query, identity: &Identity, json: bool) -> Result<Exit> {
    let found = app.find_as(query, identity, &|kept| kept.entry.tags)?;
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    found.entries.into_iter().flatten().for_each(|tag| *counts.entry(tag).or_default() += 1);
    let mut entries: Vec<(String, usize)> = counts.into_iter().collect();
    entries.sort_by_key(|(_, count)| Reverse(*count));
    let found = SearchResult { entries, damaged: found.damaged };
    if json {
        let each = found.entries.iter().map(|(tag, n)| json!({ "tag": tag, "entries": n }));
        app.terminal.print(&document(json!({ "tags": each.collect::<Vec<_>>() })))?;
    } else {
        print_results(app, &found, |counts, _| tag_lines(counts))?;
    }
    app.end_reading(&found)
}

fn tag_lines(counts: &[(String, usize)]) -> String {
    let widest = counts.first().map_or(0, |(_, most)| most.to_string().len());
    counts.iter().map(|(tag, n)| format!("{n:>widest$}  #{}\n", clean_line(tag))).collect()
}
