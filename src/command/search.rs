//! `search`: entries that contain some words.

use crate::error::{Error, Exit, Result};
use crate::query::Sought;
use crate::render;

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
    let found = context.find(&query)?;
    list::print(context, &found, given.has("json"), |page| {
        render::found(&found.entries, &sought, context.clock(), page)
    })
}
