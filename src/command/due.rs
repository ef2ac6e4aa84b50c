//! `due`: what comes round now, known without unlocking anything.

use serde_json::json;

use crate::error::{Error, Exit, Result};
use crate::render::document;

use super::given::JSON;
use super::{Arg, Context, Given, Takes, Verb, today};

pub const VERB: Verb = Verb {
    name: "due",
    about: "Say which practices come round now; exit 1 if none",
    details: "Knows only when each practice was last kept on this device, and asks for no passphrase. Exits with 0 where something is due and with 1 where nothing is, for use in scripts and shell prompts.",
    args: &[
        Arg::new("practice", Takes::Words("PRACTICE", 0), "Ask only about these"),
        Arg::new("quiet", Takes::Nothing, "Say nothing; the exit code tells").short('q'),
        JSON,
    ],
    query: false,
    run,
};

fn run(context: &Context, given: &Given) -> Result<Exit> {
    let asked = given.all("practice");
    for name in asked {
        if context.practices.named(name).is_none() {
            let known = context.practice_names();
            return Err(Error::UnknownPractice { given: name.clone(), known });
        }
    }
    let kept = context.state();
    let mut due = today::due(context, &kept);
    let back = today::asking_back(context, &kept)?;
    due.extend(
        back.into_iter().filter(|p| due.iter().all(|d| d.name != p.name)).collect::<Vec<_>>(),
    );
    due.retain(|practice| asked.is_empty() || asked.contains(&practice.name));
    if given.has("json") {
        let names: Vec<_> = due.iter().map(|practice| &practice.name).collect();
        context.terminal.print(&document(json!({ "due": names })))?;
    } else if !given.has("quiet") {
        let lines: String = due.iter().map(|practice| format!("{}\n", practice.name)).collect();
        context.terminal.print(&lines)?;
    }
    Ok(if due.is_empty() { Exit::NothingMatched } else { Exit::Done })
}
