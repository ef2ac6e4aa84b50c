//! `show`: entries whole.

use crate::entry::Entry;
use crate::error::{Exit, Result};
use crate::journal::{Found, Kept};
use crate::pattern;
use crate::query::Query;
use crate::render::{self, Page};
use crate::seal::Identity;

use super::given::{JSON, QUERY};
use super::{Arg, Context, Given, Takes, Verb, list};

pub const VERB: Verb = Verb {
    name: "show",
    about: "Show entries whole; without an id or a query, the newest",
    details: "By id (any unique beginning of it will do) or by query. Where an entry was edited on two devices apart, both versions are shown.",
    args: &[Arg::new("id", Takes::Words("ID", 0), "The entry's id, or its beginning"), JSON],
    query: true,
    run,
};

fn run(context: &Context, given: &Given) -> Result<Exit> {
    let mut query = context.query(given)?;
    if QUERY.iter().all(|arg| !given.has(arg.name)) {
        query = Query { last: Some(1), ..query };
    }
    let identity = context.unlock()?;
    match given.all("id") {
        [] if given.has("json") => list::print_json(context, &query, &identity),
        [] => {
            let page = context.terminal.page();
            let found = context.find_as(&query, &identity, &|kept| whole(context, &kept, &page))?;
            list::print(context, &found, |texts, _| texts.join("\n"))?;
            context.end(&found, &query)
        }
        ids => {
            let found = named(context, given, ids, &identity)?;
            if given.has("json") {
                let entries: Vec<_> = found.entries.iter().flat_map(Kept::heads).collect();
                context.terminal.print(&render::json_entries(&entries))?;
            } else {
                let each = |kept: &[Kept], page: &Page| {
                    let each = kept.iter().map(|kept| whole(context, kept, page));
                    each.collect::<Vec<_>>().join("\n")
                };
                list::print(context, &found, each)?;
            }
            context.end(&found, &query)
        }
    }
}

fn named(context: &Context, given: &Given, ids: &[String], identity: &Identity) -> Result<Found> {
    context.known_journal().named(ids, identity).inspect_err(|error| {
        if given.has("json") && error.exit() == Exit::NothingMatched {
            // What cannot be printed here is told as the error is.
            let _ = context.terminal.print(&render::json_entries(&[]));
        }
    })
}

fn whole(context: &Context, kept: &Kept, page: &Page) -> String {
    render::show(kept, context.clock(), page) + &scores(context, &kept.entry, page)
}

/// What a scored practice makes of the answers, by its rules of today.
fn scores(context: &Context, entry: &Entry, page: &Page) -> String {
    let practice = context.practices.named(&entry.practice).and_then(|found| found.whole());
    let Some(practice) = practice.filter(|p| !p.scores.is_empty() && entry.about.is_none()) else {
        return String::new();
    };
    let practice = practice.clone().worded_for(context.config.partner.as_deref());
    let scored = pattern::scores(&practice, &entry.answers);
    format!("\n{}", render::scores(&scored, page))
}
