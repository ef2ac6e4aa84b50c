//! `search`: entries that contain a text.

use crate::error::{Exit, Result};
use crate::render;

use super::given::JSON;
use super::{Arg, Context, Given, Takes, Verb, list};

pub const VERB: Verb = Verb {
    name: "search",
    about: "Find entries that contain a text, newest first",
    details: "Looks through answers, the wording of what was chosen, and tags. Lower case finds any case; a capital asks for its own. Exits with 1 where nothing matches.",
    args: &[Arg::new("text", Takes::Words("TEXT", 1), "The text, as one phrase"), JSON],
    query: true,
    run,
};

fn run(context: &Context, given: &Given) -> Result<Exit> {
    let mut query = given.query(context.clock())?;
    let sought = given.all("text").join(" ");
    query.containing.push(sought.clone());
    let identity = context.unlock()?;
    let found = context.journal().find(&query, &identity, context.clock())?;
    list::print(context, &found, given.has("json"), |page| {
        render::list(&found.entries, Some(&sought), context.clock(), page)
    })
}
