//! `patterns`: what several entries show together.

use std::path::PathBuf;

use clap::{Args, ValueHint};
use serde_json::{Value as Json, json};

use crate::app::{
    App, Candidates, CommandError, JsonArg, QueryArgs, VerbArgs, ViewScope, some_left_out,
};
use crate::dates;
use crate::disk;
use crate::disk::DiskError;
use crate::entry::Entry;
use crate::error::{Exit, Result};
use crate::journal::{Damaged, ReadOrder, StoredEntry};
use crate::pattern::change::{Baseline, ComparisonSpan};
use crate::pattern::{Figures, Fold, FoldPlan, Overview, Request};
use crate::practice::{CareRecord, Fear, Practice};
use crate::query::Query;
use crate::render::{self, FigureOptions, FiguresPage, clean, document};

/// See what several entries show together
///
/// Half a year ago and now on one screen, moments of connection first. Closer looks are
/// closeness, quiet (what comes before you go quiet), intentions, assess, pause and recurs
/// (what comes again), and any practice or question: `patterns notice`, `patterns reflect
/// closeness`. It rests on your answers alone, calls small numbers small, and gives no
/// verdict. --plain says it in words, for screen readers.
#[derive(Args)]
pub struct PatternsArgs {
    /// A closer look, a practice, a question, or a practice and its question
    #[arg(value_name = "WHAT", num_args = 0..=2, add = Candidates::Pattern)]
    what: Vec<String>,
    /// Compare with these days instead: "last spring", 2026-03, first or previous
    #[arg(long, value_name = "SPAN")]
    against: Option<String>,
    /// Words instead of drawings
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
        request: args.request(),
        until: query.to.map_or(clock.today(), |to| to.min(clock.today())),
        against: args.against.as_deref().map(|given| baseline(given, app)).transpose()?,
        texts: if args.output.json { MANY } else { args.texts() },
    };
    let JournalFold { fold, fear, scope, damaged } = fold(app, &query, &plan)?;
    let figures = figures(app, &plan.request, fold, fear)?;
    let view = View {
        overview: match plan.request {
            Request::Overview | Request::Whole => Overview::of(&figures.shown, plan.until),
            Request::Named(_) | Request::Question { .. } => None,
        },
        something: figures.shown.iter().any(|figure| figure.rests_on > 0),
        about: scope.words(&args.query),
        held_back: render::held_back(&figures.held_back, fear),
        figures,
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
fn fold<'a>(app: &App, query: &Query, plan: &'a FoldPlan) -> Result<JournalFold<'a>> {
    let identity = app.unlock()?;
    app.refuse_unknown_practices(query, &identity)?;
    // Of an entry that was edited twice, either version may say that somebody is afraid;
    // the newest of them is what it shows.
    let make = |kept: StoredEntry| -> (CareRecord, bool, Entry) {
        let mut care = CareRecord::default();
        kept.heads().for_each(|entry| care.merge(app.practices.care_record(entry)));
        let shows = query.matches(&kept.entry, plan.clock);
        (care, shows, kept.entry)
    };
    let (mut fold, mut care) = (Fold::new(plan), CareRecord::default());
    let mut scope = ViewScope::default();
    let mut left = query.last.unwrap_or(usize::MAX);
    let mut visit = |made: Vec<(CareRecord, bool, Entry)>| {
        for (record, matches, entry) in made {
            care.merge(record);
            let shown = matches && left > 0;
            scope.add(plan.clock.day_of(entry.at), shown);
            if shown {
                left -= 1;
                fold.add(&entry);
            }
        }
        Ok(true)
    };
    let everything = Query::everything();
    let order = ReadOrder::NewestFirst;
    let damaged = app.read_through(&everything, &identity, order, &make, &mut visit)?;
    Ok(JournalFold { fold, fear: care.fear(damaged.is_empty()), scope, damaged })
}

/// What was found, and what is said around it.
struct View {
    figures: Figures,
    /// Where there are numbers for one.
    overview: Option<Overview>,
    something: bool,
    /// Which entries it is of.
    about: String,
    held_back: Vec<String>,
}

impl View {
    fn write(&self, app: &App, args: &PatternsArgs) -> Result<()> {
        let something = self.something || !self.held_back.is_empty();
        if args.output.json {
            app.terminal.print(&document(json!({ "figures": self.json() })))?;
        } else if let Some(file) = args.html.as_deref().filter(|_| something) {
            let page = self.html(app, args);
            disk::write(file, page.as_bytes(), args.force)?;
            app.terminal.say(&format!(
                "Written to {}. It is plain text: whoever can read that file can read what it shows.",
                clean(&file.display().to_string())
            ));
        } else if something {
            app.terminal.print_paged(&self.text(app, args))?;
        }
        Ok(())
    }

    /// What is held back stands in its place, and by itself where nothing else was asked for.
    fn text(&self, app: &App, args: &PatternsArgs) -> String {
        let page = app.terminal.page();
        let options = args.options(app);
        let (figures, clock) = (&self.figures.shown, app.clock());
        let shown = match &self.overview {
            Some(of) => render::overview(of, figures, self.about.clone(), options, &page),
            None => render::figures(figures, options, clock, &page),
        };
        let about = page.quiet(&page.wrap(&self.about, ""));
        let shown = match &self.overview {
            None if !shown.is_empty() => format!("{about}\n\n{shown}"),
            Some(_) | None => shown,
        };
        let lines: String = self.held_back.iter().map(|it| page.wrap(it, "") + "\n").collect();
        let closer = self.overview.as_ref().map(|_| page.wrap(CLOSER, "") + "\n");
        let last = if shown.is_empty() { String::new() } else { page.wrap(LAST_WORD, "") + "\n" };
        let last = closer.unwrap_or_default() + &last;
        let parts = [shown, lines, last].into_iter().filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join("\n")
    }

    fn html(&self, app: &App, args: &PatternsArgs) -> String {
        let last = [LAST_WORD.to_owned()];
        let last: Vec<String> = self.held_back.iter().cloned().chain(last).collect();
        let page = FiguresPage {
            title: "What the entries show together",
            about: &self.about,
            overview: self.overview.as_ref(),
            figures: &self.figures.shown,
            last: &last,
        };
        render::figures_page(&page, args.options(app), app.clock())
    }

    /// Of what is held back there are no numbers.
    fn json(&self) -> Vec<Json> {
        let shown = self.figures.shown.iter().filter(|_| self.something);
        let shown = shown.map(|figure| json!(figure));
        shown.chain(self.figures.held_back.iter().map(|figure| json!(figure))).collect()
    }
}

/// Below the first screen.
const CLOSER: &str = "Closer: inward patterns closeness | quiet | intentions | assess | pause | recurs, or any practice or question.";
/// Of whatever is shown.
const LAST_WORD: &str = "These are your own answers, and no verdict on anyone.";

impl PatternsArgs {
    fn texts(&self) -> usize {
        if self.what.is_empty() { SOME } else { MANY }
    }

    fn options<'a>(&self, app: &'a App) -> FigureOptions<'a> {
        let partner = app.config.partner.as_deref();
        FigureOptions { plain: self.plain, texts: self.texts(), partner }
    }

    fn request(&self) -> Request {
        match self.what.as_slice() {
            // Programs and pages take everything.
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
        Request::Overview | Request::Whole => None,
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
