//! `search`: entries that contain some words.

use crate::error::{Error, Exit, Result};
use crate::query::{Query, Sought};
use crate::render::{self, Page, Row};
use crate::seal::Identity;

use super::given::JSON;
use super::{Arg, Context, Given, Takes, Verb, list};

pub const VERB: Verb = Verb {
    name: "search",
    about: "Find entries that contain some words, newest first",
    details: "Looks through answers, the wording of what was chosen, and tags. Every word must be there, in any order; what stands between quotation marks is one phrase. Lower case finds any case; a capital asks for its own. With --regex each word is a regular expression, which can be told (?i) for any case, and ^ and $ for the ends of a line. Exits with 1 where nothing matches.",
    args: &[
        Arg::new("text", Takes::Words("TEXT", 1), "Words and \"phrases\", all of them to be found"),
        Arg::new("regex", Takes::Nothing, "Read each as a regular expression"),
        JSON,
    ],
    query: true,
    run,
};

fn run(context: &Context, given: &Given) -> Result<Exit> {
    let mut query = context.query(given)?;
    let words = given.all("text");
    if words.iter().all(|word| word.trim_matches(['"', ' ']).is_empty()) {
        return Err(Error::MissingArgument { wanted: Some("What to look for".into()) });
    }
    let sought = match given.has("regex") {
        true => words.iter().map(|word| Sought::regex(word)).collect::<Result<_>>()?,
        false => Sought::words(words)?,
    };
    query.containing.extend(sought.clone());
    let identity = context.unlock()?;
    let printed = match given.has("json") {
        true => list::print_json(context, &query, &identity),
        false => print(context, &query, &identity, &sought),
    };
    printed.map_err(|error| match error.exit() {
        Exit::NothingMatched => in_any_case(context, query, &identity).unwrap_or(error),
        _ => error,
    })
}

fn print(context: &Context, query: &Query, identity: &Identity, sought: &[Sought]) -> Result<Exit> {
    let found = context.find_as(query, identity, &|kept| render::row_found(&kept, sought))?;
    let text = |rows: &[Row], page: &Page| render::found(rows, sought, context.clock(), page);
    list::print(context, &found, text)?;
    context.end(&found, query)
}

/// What there would be without regard to capitals.
fn in_any_case(context: &Context, mut query: Query, identity: &Identity) -> Option<Error> {
    let minded = query.containing.iter_mut().filter_map(|sought| {
        *sought = sought.in_any_case()?;
        Some(())
    });
    let others = match minded.count() {
        0 => 0,
        _ => context.find_as(&query, identity, &|_| ()).ok()?.entries.len(),
    };
    (others > 0).then_some(Error::NothingInThisCase { others })
}
