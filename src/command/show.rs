//! `show`: entries whole.

use crate::entry::Entry;
use crate::error::{Exit, Result};
use crate::pattern;
use crate::query::Query;
use crate::render::{self, Page};

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
    let found = match given.all("id") {
        [] => context.find(&query)?,
        ids => context.known_journal().named(ids, &context.unlock()?).inspect_err(|error| {
            if given.has("json") && error.exit() == Exit::NothingMatched {
                // What cannot be printed here is told as the error is.
                let _ = context.terminal.print(&render::json_entries(&[]));
            }
        })?,
    };
    let text = |page: &Page| {
        let each = found.entries.iter().map(|kept| {
            let text = render::show(std::slice::from_ref(kept), context.clock(), page);
            text + &scores(context, &kept.entry, page)
        });
        each.collect::<Vec<_>>().join("\n")
    };
    list::print(context, &found, given.has("json"), text, || context.nothing(&query))
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
