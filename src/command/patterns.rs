//! `patterns`: what several entries show together.

use std::collections::HashSet;
use std::path::Path;

use serde_json::json;

use crate::disk;
use crate::entry::Entry;
use crate::error::{Error, Exit, Result};
use crate::journal::Kept;
use crate::pattern::{Figure, Overview};
use crate::practice::{Fear, Past, Practice};
use crate::query::Query;
use crate::render::{self, Telling, clean, document};
use crate::seal::Label;

use super::given::JSON;
use super::{Arg, Context, Given, Takes, Verb};

pub const VERB: Verb = Verb {
    name: "patterns",
    about: "See what several entries show together",
    details: "Moments of connection first, then what each practice shows. A practice or a question looks closer: `patterns notice`, `patterns closeness`, `patterns reflect closeness`. It rests on your answers alone, calls small numbers small, and gives no verdict. --plain tells it in words and tables, for screen readers.",
    args: &[
        Arg::new(
            "what",
            Takes::Words("WHAT", 0),
            "A practice, a question, or a practice and its question",
        ),
        Arg::new("plain", Takes::Nothing, "Words and tables instead of drawings"),
        Arg::new("html", Takes::One("FILE"), "Write a page of drawings there, whole in itself"),
        Arg::new("force", Takes::Nothing, "Replace the file if it is there"),
        JSON,
    ],
    query: true,
    run,
};

/// Texts of one figure: of the whole, and of a closer look.
const SOME: usize = 5;
const MANY: usize = 30;

fn run(context: &Context, given: &Given) -> Result<Exit> {
    let query = context.query(given)?;
    if let Some(file) = given.one("html").map(Path::new) {
        // Before anything is asked for.
        let taken = file.symlink_metadata().is_ok() && !given.has("force");
        if taken {
            return Err(Error::FileExists { path: file.to_owned() });
        }
    }
    // Fear is known from all entries, whichever of them are looked at.
    let identity = context.unlock()?;
    let read = &|kept: Kept| (kept.entry, kept.beside);
    let found = context.find_as(&Query::everything(), &identity, read)?;
    let clock = context.clock();
    let whole = found.damaged.is_empty();
    // Of an entry that was edited twice, either version may say it; the newest of
    // them is what it shows.
    let mut heads: Vec<Entry> = Vec::with_capacity(found.entries.len());
    let mut beside: HashSet<Label> = HashSet::new();
    for (entry, others) in found.entries {
        heads.push(entry);
        beside.extend(others.iter().map(Label::of));
        heads.extend(others);
    }
    let fear = match (Past { entries: &heads, clock }).fear(&context.practices) {
        Fear::None if !whole => Fear::Unknown,
        fear => fear,
    };
    let shows = |entry: &Entry| {
        (beside.is_empty() || !beside.contains(&Label::of(entry))) && query.matches(entry, clock)
    };
    let asked = heads.into_iter().filter(shows);
    let entries: Vec<Entry> = asked.take(query.last.unwrap_or(usize::MAX)).collect();
    let partner = context.config.partner.as_deref();
    let practices: Vec<Practice> =
        context.practices.whole().map(|p| p.clone().worded_for(partner)).collect();
    let until = query.to.map_or(clock.today(), |to| to.min(clock.today()));
    let past = Past { entries: &entries, clock };
    let overview = Overview { past, practices: &practices, fear, until };
    let figures = figures(context, &overview, given.all("what"))?;
    let something = figures.iter().any(|figure| figure.rests_on > 0);
    if let Some(file) = given.one("html").map(Path::new).filter(|_| something) {
        let page = render::figures_page(&figures, texts(given), LAST_WORD, clock);
        disk::write(file, page.as_bytes(), given.has("force"))?;
        context.terminal.say(&format!(
            "Written to {}. It is plain text: whoever can read that file can read what it shows.",
            clean(&file.display().to_string())
        ));
    } else if given.has("json") {
        let figures = if something { figures } else { Vec::new() };
        context.terminal.print(&document(json!({ "figures": figures })))?;
    } else if something {
        context.terminal.print_paged(&told(context, given, &figures, fear))?;
    }
    if !something && whole {
        return Err(context.nothing(&query));
    }
    let exit = if something { Exit::Done } else { Exit::NothingMatched };
    Ok(context.finish(&found.damaged, exit))
}

fn told(context: &Context, given: &Given, figures: &[Figure], fear: Fear) -> String {
    let page = context.terminal.page();
    let telling = Telling { plain: given.has("plain"), texts: texts(given) };
    let text = render::figures(figures, telling, context.clock(), &page);
    // What is piped or redirected may end in a file: it says nothing of fear.
    let safety = match fear {
        Fear::Known if context.terminal.output_is_terminal() => {
            page.wrap("You said that you were afraid. `inward help safety` is here.", "") + "\n"
        }
        _ => String::new(),
    };
    format!("{text}\n{safety}{}\n", page.wrap(LAST_WORD, ""))
}

/// Of whatever is shown.
const LAST_WORD: &str = "These are your own answers, and no verdict on anyone.";

fn texts(given: &Given) -> usize {
    if given.all("what").is_empty() { SOME } else { MANY }
}

fn figures(context: &Context, overview: &Overview, what: &[String]) -> Result<Vec<Figure>> {
    let nothing_called = |given: &str| {
        let known = context.practice_names().into_iter().chain(context.question_names());
        Error::NothingCalled { given: given.to_owned(), known: known.collect() }
    };
    let of_question = |id: &str, within: Option<&str>| {
        let figures = overview.question(id, within);
        let known = context.practices.whole().any(|p| p.all_questions().any(|q| q.id == *id));
        if figures.is_empty() && !known { Err(nothing_called(id)) } else { Ok(figures) }
    };
    match what {
        [] => Ok(overview.whole()),
        [one] => overview.practice(one).map_or_else(|| of_question(one, None), Ok),
        [practice, question] => {
            overview.practice(practice).ok_or_else(|| Error::UnknownPractice {
                given: practice.clone(),
                known: context.practice_names(),
            })?;
            of_question(question, Some(practice))
        }
        [_, _, more, ..] => Err(Error::BadAnswer {
            question: "patterns".into(),
            given: more.clone(),
            allowed: "a practice, a question, or both".into(),
        }),
    }
}
