//! `show`: entries whole.

use clap::Args;

use crate::entry::Entry;
use crate::error::{Exit, Result};
use crate::journal::{SearchResult, StoredEntry};
use crate::pattern;
use crate::query::Query;
use crate::render::{self, HtmlPage};
use crate::seal::Identity;

use super::args::{Candidates, JsonArg, QueryArgs, VerbArgs};
use super::{Context, list};

/// Show entries whole; without an id or a query, the newest
///
/// By id (any unique beginning of it will do) or by query. Where an entry was
/// edited on two devices apart, both versions are shown.
#[derive(Args)]
pub struct ShowArgs {
    /// The entry's id, or its beginning
    #[arg(value_name = "ID", conflicts_with = "QueryArgs", add = Candidates::EntryId)]
    ids: Vec<String>,
    #[command(flatten)]
    output: JsonArg,
    #[command(flatten)]
    query: QueryArgs,
}

impl VerbArgs for ShowArgs {
    fn run(self, context: &Context) -> Result<Exit> {
        let mut query = context.query(&self.query)?;
        if self.query.is_empty() {
            query = Query { last: Some(1), ..query };
        }
        let identity = context.unlock()?;
        let json = self.output.json;
        match self.ids.as_slice() {
            [] if json => list::print_json(context, &query, &identity),
            [] => {
                let page = context.terminal.page();
                let found = context
                    .find_as(&query, &identity, &|kept| entry_text(context, &kept, &page))?;
                list::print(context, &found, |texts, _| texts.join("\n"))?;
                context.end(&found)
            }
            ids => {
                let found = find_entries(context, json, ids, &identity)?;
                if json {
                    let entries: Vec<_> =
                        found.entries.iter().flat_map(StoredEntry::heads).collect();
                    context.terminal.print(&render::json_entries(&entries))?;
                } else {
                    let each = |kept: &[StoredEntry], page: &HtmlPage| {
                        let each = kept.iter().map(|kept| entry_text(context, kept, page));
                        each.collect::<Vec<_>>().join("\n")
                    };
                    list::print(context, &found, each)?;
                }
                context.end(&found)
            }
        }
    }
}

fn find_entries(
    context: &Context,
    json: bool,
    ids: &[String],
    identity: &Identity,
) -> Result<SearchResult> {
    context.known_journal().resolve(ids, identity).inspect_err(|error| {
        if json && error.exit() == Exit::NothingMatched {
            // What cannot be printed here is told as the error is.
            let _ = context.terminal.print(&render::json_entries(&[]));
        }
    })
}

fn entry_text(context: &Context, kept: &StoredEntry, page: &HtmlPage) -> String {
    render::show(kept, context.clock(), page) + &scores(context, &kept.entry, page)
}

/// What a scored practice makes of the answers, by its rules of today.
fn scores(context: &Context, entry: &Entry, page: &HtmlPage) -> String {
    let practice = context.practices.get(&entry.practice).and_then(|found| found.practice());
    let Some(practice) = practice.filter(|p| !p.scores.is_empty() && entry.about.is_none()) else {
        return String::new();
    };
    let practice = practice.clone().with_partner_name(context.config.partner.as_deref());
    let scored = pattern::scores(&practice, &entry.answers);
    format!("\n{}", render::scores(&scored, page))
}
