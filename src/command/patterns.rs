//! `patterns`: what several entries show together.

use std::collections::HashSet;
use std::path::PathBuf;

use clap::{Args, ValueHint};
use serde_json::json;

use crate::command::CommandError;
use crate::disk;
use crate::disk::DiskError;
use crate::entry::Entry;
use crate::error::{Error, Exit, Result};
use crate::journal::Kept;
use crate::pattern::{Figure, Overview};
use crate::practice::{Fear, Past, Practice};
use crate::query::Query;
use crate::query::QueryError;
use crate::render::{self, Telling, clean, document};
use crate::seal::Label;

use super::Context;
use super::args::{Candidates, JsonArg, QueryArgs, VerbArgs};

/// See what several entries show together
///
/// Moments of connection first, then what each practice shows. A practice or a
/// question looks closer: `patterns notice`, `patterns closeness`, `patterns reflect
/// closeness`. It rests on your answers alone, calls small numbers small, and gives no
/// verdict. --plain tells it in words and tables, for screen readers.
#[derive(Args)]
pub struct PatternsArgs {
    /// A practice, a question, or a practice and its question
    #[arg(value_name = "WHAT", num_args = 0..=2, add = Candidates::Pattern)]
    what: Vec<String>,
    /// Words and tables instead of drawings
    #[arg(long, conflicts_with_all = ["html", "json"])]
    plain: bool,
    /// Write a page of drawings there, whole in itself
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with = "json")]
    html: Option<PathBuf>,
    /// Replace the file if it is there
    #[arg(long, requires = "html")]
    force: bool,
    #[command(flatten)]
    output: JsonArg,
    #[command(flatten)]
    query: QueryArgs,
}

/// Texts of one figure: of the whole, and of a closer look.
const SOME: usize = 5;
const MANY: usize = 30;

impl VerbArgs for PatternsArgs {
    fn run(self, context: &Context) -> Result<Exit> {
        show(context, &self)
    }
}

fn show(context: &Context, args: &PatternsArgs) -> Result<Exit> {
    let query = context.query(&args.query)?;
    if let Some(file) = &args.html {
        // Before anything is asked for.
        let taken = file.symlink_metadata().is_ok() && !args.force;
        if taken {
            return Err(DiskError::FileExists { path: file.to_owned() }.into());
        }
    }
    // Fear is known from all entries, whichever of them are looked at.
    let identity = context.unlock()?;
    context.refuse_unknown_practices(&query, &identity)?;
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
    let figures = figures(context, &overview, &args.what)?;
    let something = figures.iter().any(|figure| figure.rests_on > 0);
    if let Some(file) = args.html.as_deref().filter(|_| something) {
        let page = render::figures_page(&figures, args.texts(), LAST_WORD, clock);
        disk::write(file, page.as_bytes(), args.force)?;
        context.terminal.say(&format!(
            "Written to {}. It is plain text: whoever can read that file can read what it shows.",
            clean(&file.display().to_string())
        ));
    } else if args.output.json {
        let figures = if something { figures } else { Vec::new() };
        context.terminal.print(&document(json!({ "figures": figures })))?;
    } else if something {
        context.terminal.print_paged(&told(context, args, &figures, fear))?;
    }
    if !something && whole {
        return Err(QueryError::NothingMatched.into());
    }
    let exit = if something { Exit::Done } else { Exit::NothingMatched };
    Ok(context.finish(&found.damaged, exit))
}

fn told(context: &Context, args: &PatternsArgs, figures: &[Figure], fear: Fear) -> String {
    let page = context.terminal.page();
    let telling = Telling { plain: args.plain, texts: args.texts() };
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

impl PatternsArgs {
    fn texts(&self) -> usize {
        if self.what.is_empty() { SOME } else { MANY }
    }
}

fn figures(context: &Context, overview: &Overview, what: &[String]) -> Result<Vec<Figure>> {
    let nothing_called = |given: &str| {
        let known = context.practice_names().into_iter().chain(context.question_names());
        Error::from(CommandError::NothingCalled { given: given.to_owned(), known: known.collect() })
    };
    let of_question = |id: &str, within: Option<&str>| {
        let figures = overview.question(id, within);
        let known = context.practices.whole().any(|p| p.all_questions().any(|q| q.id == *id));
        if figures.is_empty() && !known { Err(nothing_called(id)) } else { Ok(figures) }
    };
    match what {
        [] => Ok(overview.whole()),
        [one] => overview.practice(one).map_or_else(|| of_question(one, None), Ok),
        [practice, question, ..] => {
            context.practice(practice)?;
            of_question(question, Some(practice))
        }
    }
}
