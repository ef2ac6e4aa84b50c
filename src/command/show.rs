//! `show`: entries whole.

use crate::error::{Exit, Result};
use crate::query::Query;
use crate::render;

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
    let mut query = given.query(context.clock())?;
    if QUERY.iter().all(|arg| !given.has(arg.name)) {
        query = Query { last: Some(1), ..query };
    }
    let identity = context.unlock()?;
    let found = match given.all("id") {
        [] => context.journal().find(&query, &identity, context.clock())?,
        ids => context.journal().named(ids, &identity)?,
    };
    list::print(context, &found, given.has("json"), |page| {
        render::show(&found.entries, context.clock(), page)
    })
}
