//! `patterns`: what several entries show together.

mod view;

use std::path::{Path, PathBuf};

use clap::{Args, ValueHint};

use crate::app::{
    App, Candidates, CommandError, JsonArg, QueryArgs, Renaming, ReplacementCount, VerbArgs,
    ViewScope, care_of_drafts, read_recipients, some_left_out,
};
use crate::dates;
use crate::disk::DiskError;
use crate::error::{Exit, Result};
use crate::journal::{Damaged, ReadOrder, StoredEntry};
use crate::pattern::change::{Baseline, ComparisonSpan};
use crate::pattern::{Figures, Fold, FoldPlan, Overview, Request};
use crate::practice::{CareRecord, Fear, Practice};
use crate::query::Query;
use crate::render;

use view::View;

/// See what your entries show together
///
/// Half a year ago and now on one screen, moments of connection first. Look closer with
/// closeness, quiet (what comes before you go quiet), intentions, assess, pause and recurs
/// (what comes again), or with any practice or question: `patterns notice`, `patterns reflect
/// closeness`. It uses your answers alone, says so when there are too few, and gives no
/// verdict. --plain says it in words, for screen readers.
#[derive(Args)]
pub struct PatternsArgs {
    /// A closer look, a practice, a question, or a practice and its question
    #[arg(value_name = "WHAT", num_args = 0..=2, add = Candidates::Pattern)]
    what: Vec<String>,
    /// Compare with these days instead: "last spring", 2026-03, first or previous
    #[arg(long, value_name = "SPAN")]
    against: Option<String>,
    /// Say it in words
    #[arg(long, conflicts_with_all = ["html", "json"])]
    plain: bool,
    /// Write a self-contained page of charts to this file
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, group = "page", conflicts_with = "json")]
    html: Option<PathBuf>,
    /// Write two sheets to print, for a therapist
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, group = "page", conflicts_with_all = ["json", "what", "plain"])]
    for_paper: Option<PathBuf>,
    /// Replace this name with another; may be repeated
    #[arg(long, value_name = "NAME=ALIAS", requires = "page")]
    redact: Vec<String>,
    /// Replace the partner's name from config.toml
    #[arg(long, value_name = "ALIAS", requires = "page")]
    redact_partner: Option<String>,
    /// Encrypt the page to this age recipient, or to those in a file; may be repeated
    #[arg(long = "recipient", value_name = "KEY|FILE", value_hint = ValueHint::FilePath, requires = "page")]
    recipients: Vec<String>,
    /// Replace the file if it exists
    #[arg(long, requires = "page")]
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
    if let Some(file) = args.file() {
        // Before anything is asked for.
        app.refuse_own_places(file)?;
        let taken = file.symlink_metadata().is_ok() && !args.force;
        if taken {
            return Err(DiskError::FileExists { path: file.to_path_buf() }.into());
        }
    }
    let renaming = Renaming::read(app, &args.redact, args.redact_partner.as_deref())?;
    let recipients = read_recipients(&args.recipients)?;
    let partner = app.config.partner.as_deref().map(|name| renaming.text(name));
    let practices = app.practices.valid();
    let chapter = app.config.chapter;
    let worded = |practice: &Practice| {
        let mut practice = practice.clone();
        practice.keep_to_chapter(chapter);
        practice.with_partner_name(partner.as_deref())
    };
    let practices: Vec<Practice> = practices.map(worded).collect();
    let clock = app.clock();
    let plan = FoldPlan {
        practices: &practices,
        chapter,
        clock,
        request: args.request(),
        until: query.to.map_or(clock.today(), |to| to.min(clock.today())),
        against: args.against.as_deref().map(|given| baseline(given, app)).transpose()?,
        texts: if args.output.json { MANY } else { args.texts() },
    };
    let JournalFold { fold, fear, scope, damaged } = fold(app, &query, &plan, &renaming)?;
    let figures = figures(app, &plan.request, fold, fear)?;
    let view = View {
        overview: match plan.request {
            Request::Overview | Request::Whole | Request::Paper => {
                Overview::of(&figures.shown, plan.until)
            }
            Request::Named(_) | Request::Question { .. } => None,
        },
        something: figures.shown.iter().any(|figure| figure.rests_on > 0),
        is_filtered: scope.is_filtered(),
        about: scope.words(&args.query.filters()),
        held_back: render::held_back(&figures.held_back, fear),
        figures,
        partner,
        recipients,
    };
    view.write(app, args)?;
    let something = view.something || !view.held_back.is_empty();
    if !something && !some_left_out(&damaged) {
        return Err(app.nothing_matched(&damaged));
    }
    let exit = if something { Exit::Done } else { Exit::NothingMatched };
    Ok(app.finish(&damaged, exit))
}

/// "first", "previous", or days as `--on` reads them.
fn baseline(given: &str, app: &App) -> Result<Baseline> {
    Ok(match given {
        "first" => Baseline::First,
        "previous" => Baseline::Previous,
        _ => {
            let span = dates::span(given, app.clock())?;
            Baseline::Span(ComparisonSpan { from: span.first, to: span.last })
        }
    })
}

struct JournalFold<'a> {
    fold: Fold<'a>,
    fear: Fear,
    scope: ViewScope,
    damaged: Vec<Damaged>,
}

/// Reads the journal once, the newest first, and holds none of it. Fear is known from
/// all entries, whichever of them are looked at.
fn fold<'a>(
    app: &App,
    query: &Query,
    plan: &'a FoldPlan,
    renaming: &Renaming,
) -> Result<JournalFold<'a>> {
    let identity = app.unlock()?;
    app.refuse_unknown_practices(query, &identity)?;
    // Of an entry that was edited twice, either version may say that somebody is afraid;
    // the newest of them is what it shows.
    let now = app.clock().written;
    let make = |kept: StoredEntry| -> (CareRecord, bool, StoredEntry) {
        let mut care = CareRecord::default();
        kept.heads().for_each(|entry| care.merge(app.practices.care_record(entry, now)));
        let shows = query.matches(&kept.entry, plan.clock);
        (care, shows, kept)
    };
    let (mut care, all_opened) = care_of_drafts(app, &identity, None);
    let mut fold = Fold::new(plan);
    let (mut scope, mut replaced) = (ViewScope::default(), ReplacementCount::default());
    let mut left = query.last.unwrap_or(usize::MAX);
    let mut visit = |made: Vec<(CareRecord, bool, StoredEntry)>| {
        for (record, matches, kept) in made {
            care.merge(record);
            let shown = matches && left > 0;
            scope.add(plan.clock.day_of(kept.entry.at), shown);
            if shown {
                left -= 1;
                let (kept, note) = renaming.of(&kept, app)?;
                renaming.warn(note, &mut replaced, app);
                fold.add(&kept.entry);
            }
        }
        Ok(true)
    };
    let everything = Query::everything();
    let order = ReadOrder::NewestFirst;
    let damaged = app.read_through(&everything, &identity, order, &make, &mut visit)?;
    renaming.print_summary(&replaced, app);
    Ok(JournalFold { fold, fear: care.fear(damaged.is_empty() && all_opened), scope, damaged })
}

impl PatternsArgs {
    fn texts(&self) -> usize {
        if self.what.is_empty() { SOME } else { MANY }
    }

    /// The page that is to be written.
    fn file(&self) -> Option<&Path> {
        self.html.as_deref().or(self.for_paper.as_deref())
    }

    fn request(&self) -> Request {
        match self.what.as_slice() {
            // Programs and pages take everything.
            [] if self.for_paper.is_some() => Request::Paper,
            [] if self.output.json || self.html.is_some() => Request::Whole,
            [] => Request::Overview,
            [named] => Request::Named(named.clone()),
            [practice, question, ..] => {
                Request::Question { practice: practice.clone(), question: question.clone() }
            }
        }
    }
}

/// Refuses what nobody asks and no entry answers.
fn figures(app: &App, request: &Request, fold: Fold, fear: Fear) -> Result<Figures> {
    let looks = || app.practices.valid().flat_map(|practice| practice.looks());
    let is_asked = |id: &str| {
        let mut questions = app.practices.valid().flat_map(|practice| practice.all_questions());
        questions.any(|question| question.id == id) || looks().any(|look| look == id)
    };
    let question = match request {
        Request::Overview | Request::Whole | Request::Paper => None,
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
            let known = known.chain(looks().map(str::to_owned));
            Err(CommandError::NothingCalled { given: id.clone(), known: known.collect() }.into())
        }
        _ => Ok(figures),
    }
}
