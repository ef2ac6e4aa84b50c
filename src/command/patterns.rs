//! `patterns`: what several entries show together.

use std::path::PathBuf;

use clap::{Args, ValueHint};
use serde_json::{Value as Json, json};

use crate::app::{App, Candidates, CommandError, JsonArg, QueryArgs, VerbArgs, some_left_out};
use crate::disk;
use crate::disk::DiskError;
use crate::error::{Exit, Result};
use crate::journal::{Damaged, ReadOrder, StoredEntry};
use crate::pattern::{Extract, Figures, Fold, FoldPlan, Request};
use crate::practice::{CareRecord, Fear, Practice};
use crate::query::Query;
use crate::render::{self, FigureOptions, clean, document};

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
    fn run(self, app: &App) -> Result<Exit> {
        show(app, &self)
    }
}

fn show(app: &App, args: &PatternsArgs) -> Result<Exit> {
    let query = app.query(&args.query)?;
    if let Some(file) = &args.html {
        // Before anything is asked for.
        app.refuse_own_places(file)?;
        let taken = file.symlink_metadata().is_ok() && !args.force;
        if taken {
            return Err(DiskError::FileExists { path: file.to_owned() }.into());
        }
    }
    let partner = app.config.partner.as_deref();
    let practices: Vec<Practice> =
        app.practices.valid().map(|p| p.clone().with_partner_name(partner)).collect();
    let clock = app.clock();
    let plan = FoldPlan {
        practices: &practices,
        clock,
        request: request(&args.what),
        until: query.to.map_or(clock.today(), |to| to.min(clock.today())),
        against: None,
        texts: if args.output.json { MANY } else { args.texts() },
    };
    let JournalFold { fold, fear, damaged } = fold(app, &query, &plan)?;
    let figures = figures(app, &plan.request, fold, fear)?;
    let shown = figures.shown.iter().any(|figure| figure.rests_on > 0);
    let something = shown || !figures.held_back.is_empty();
    if let Some(file) = args.html.as_deref().filter(|_| something) {
        let mut last = render::held_back(&figures.held_back, fear);
        last.push(LAST_WORD.to_owned());
        let page = render::figures_page(&figures.shown, args.texts(), &last, clock);
        disk::write(file, page.as_bytes(), args.force)?;
        app.terminal.say(&format!(
            "Written to {}. It is plain text: whoever can read that file can read what it shows.",
            clean(&file.display().to_string())
        ));
    } else if args.output.json {
        app.terminal.print(&document(json!({ "figures": in_json(&figures, shown) })))?;
    } else if something {
        app.terminal.print_paged(&figures_text(app, args, &figures, fear))?;
    }
    if !something && !some_left_out(&damaged) {
        return Err(app.nothing_matched(&damaged));
    }
    let exit = if something { Exit::Done } else { Exit::NothingMatched };
    Ok(app.finish(&damaged, exit))
}

struct JournalFold<'a> {
    fold: Fold<'a>,
    fear: Fear,
    damaged: Vec<Damaged>,
}

/// Reads the journal once, the newest first, and holds none of it. Fear is known from
/// all entries, whichever of them are looked at.
fn fold<'a>(app: &App, query: &Query, plan: &'a FoldPlan) -> Result<JournalFold<'a>> {
    let identity = app.unlock()?;
    app.refuse_unknown_practices(query, &identity)?;
    // Of an entry that was edited twice, either version may say that somebody is afraid;
    // the newest of them is what it shows.
    let make = |kept: StoredEntry| -> (CareRecord, Option<Extract>) {
        let mut care = CareRecord::default();
        kept.heads().for_each(|entry| care.merge(app.practices.care_record(entry)));
        let shows = query.matches(&kept.entry, plan.clock);
        (care, shows.then(|| plan.extract(kept.entry)))
    };
    let (mut fold, mut care) = (Fold::new(plan), CareRecord::default());
    let mut left = query.last.unwrap_or(usize::MAX);
    let mut visit = |made: Vec<(CareRecord, Option<Extract>)>| {
        for (record, extract) in made {
            care.merge(record);
            if let Some(extract) = extract.filter(|_| left > 0) {
                left -= 1;
                fold.add(extract);
            }
        }
        Ok(true)
    };
    let everything = Query::everything();
    let order = ReadOrder::NewestFirst;
    let damaged = app.read_through(&everything, &identity, order, &make, &mut visit)?;
    Ok(JournalFold { fold, fear: care.fear(damaged.is_empty()), damaged })
}

/// What is held back stands in its place, and by itself where nothing else was asked for.
fn figures_text(app: &App, args: &PatternsArgs, figures: &Figures, fear: Fear) -> String {
    let page = app.terminal.page();
    let telling = FigureOptions { plain: args.plain, texts: args.texts() };
    let shown = render::figures(&figures.shown, telling, app.clock(), &page);
    let lines = render::held_back(&figures.held_back, fear);
    let lines: String = lines.iter().map(|words| page.wrap(words, "") + "\n").collect();
    let last = if shown.is_empty() { String::new() } else { page.wrap(LAST_WORD, "") + "\n" };
    let parts = [shown, lines, last].into_iter().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("\n")
}

/// Of what is held back there are no numbers.
fn in_json(figures: &Figures, shown: bool) -> Vec<Json> {
    let shown = figures.shown.iter().filter(|_| shown).map(|figure| json!(figure));
    shown.chain(figures.held_back.iter().map(|figure| json!(figure))).collect()
}

/// Of whatever is shown.
const LAST_WORD: &str = "These are your own answers, and no verdict on anyone.";

impl PatternsArgs {
    fn texts(&self) -> usize {
        if self.what.is_empty() { SOME } else { MANY }
    }
}

fn request(what: &[String]) -> Request {
    match what {
        [] => Request::Whole,
        [named] => Request::Named(named.clone()),
        [practice, question, ..] => {
            Request::Question { practice: practice.clone(), question: question.clone() }
        }
    }
}

/// Refuses what nobody asks and no entry answers.
fn figures(app: &App, request: &Request, fold: Fold, fear: Fear) -> Result<Figures> {
    let is_asked = |id: &str| app.practices.valid().any(|p| p.all_questions().any(|q| q.id == id));
    let question = match request {
        Request::Whole => None,
        Request::Named(name) => (!fold.knows(name)).then_some(name),
        Request::Question { practice, question } if fold.knows(practice) => Some(question),
        Request::Question { practice, .. } => {
            return Err(app.unknown_practice(practice));
        }
    };
    let figures = fold.finish(fear);
    match question {
        Some(id) if figures.shown.is_empty() && !is_asked(id) => {
            let known = app.practice_names().into_iter().chain(app.question_names());
            Err(CommandError::NothingCalled { given: id.clone(), known: known.collect() }.into())
        }
        _ => Ok(figures),
    }
}
