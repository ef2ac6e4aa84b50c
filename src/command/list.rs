//! `list`: one line for each entry, or for each tag.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use clap::Args;
use serde_json::json;

use crate::app::{
    App, CommandError, JsonArg, QueryArgs, VerbArgs, print_json, print_results, some_left_out,
};
use crate::entry::tag_key;
use crate::error::{Exit, Result};
use crate::journal::{SearchResult, StoredEntry};
use crate::query::Query;
use crate::render::{self, ListRow, clean_line, document};
use crate::seal::Identity;

/// List entries, newest first
///
/// Prints one line for each entry: its id, time, practice and first words. `show`, `edit` and
/// `delete` take an id, or the start of one. With --tags, it prints a line for each tag
/// instead.
#[derive(Args)]
pub struct ListArgs {
    /// List only the tags, and how many entries have each
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
        let row = |stored: StoredEntry| (row(app, &stored), app.link_end(&stored.entry));
        let results = app.find(&query, &identity, &row)?;
        let (rows, ends): (Vec<_>, Vec<_>) = results.entries.into_iter().unzip();
        let links = app.links_of(ends.into_iter().flatten(), query.is_everything(), &identity)?;
        let entries = rows.into_iter().map(|row: ListRow| row.linked(&links, app.clock()));
        let results = SearchResult { entries: entries.collect(), damaged: results.damaged };
        print_results(app, &results, |rows, page| render::list(rows, true, app.clock(), page))?;
        app.end_reading(&query, &results)
    }
}

/// A scored session is listed by its practice, because numbers alone don't say what they are.
fn row(app: &App, stored: &StoredEntry) -> ListRow {
    let practice = app.practices.practice(&stored.entry.practice);
    let row = match practice.filter(|practice| practice.tells(&stored.entry)) {
        Some(practice) => ListRow::titled(stored, &practice.title),
        None => ListRow::of(stored, &app.practices),
    };
    row.missing_file(!app.missing_files([stored]).is_empty())
}

/// Lists the tags of the matching entries, most used first, each as the newest entry spells it.
fn list_tags(app: &App, query: &Query, identity: &Identity, json: bool) -> Result<Exit> {
    let results = app.find(query, identity, &|stored| stored.entry.tags)?;
    let found_any = !results.entries.is_empty();
    let mut counts: BTreeMap<String, (String, usize)> = BTreeMap::new();
    // An entry counts once, even if it has two spellings of one.
    let by_key = |tags: Vec<String>| -> BTreeMap<String, String> {
        tags.into_iter().map(|tag| (tag_key(&tag), tag)).collect()
    };
    for (key, tag) in results.entries.into_iter().flat_map(by_key) {
        counts.entry(key).or_insert((tag, 0)).1 += 1;
    }
    let mut entries: Vec<(String, usize)> = counts.into_values().collect();
    entries.sort_by_key(|(_, count)| Reverse(*count));
    let results = SearchResult { entries, damaged: results.damaged };
    if json {
        let each = results.entries.iter().map(|(tag, n)| json!({ "tag": tag, "entries": n }));
        app.terminal.print(&document(json!({ "tags": each.collect::<Vec<_>>() })))?;
    } else {
        print_results(app, &results, |counts, _| tag_lines(counts))?;
    }
    if found_any && results.entries.is_empty() && !some_left_out(&results.damaged) {
        let is_everything = query.is_everything() && results.damaged.is_empty();
        let no_tags = || CommandError::NoTags.into();
        return Err(if is_everything { no_tags() } else { app.nothing_matched(&results.damaged) });
    }
    app.end_reading(query, &results)
}

fn tag_lines(counts: &[(String, usize)]) -> String {
    let widest = counts.first().map_or(0, |(_, most)| most.to_string().len());
    counts.iter().map(|(tag, n)| format!("{n:>widest$}  #{}\n", clean_line(tag))).collect()
}
