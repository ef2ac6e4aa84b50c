//! `patterns`: shows several entries together.

mod only_session;
mod view;

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use clap::{Args, ValueHint};

use crate::app::{
    App, Candidates, CommandError, EntryRedaction, ExportPlace, JsonArg, QueryArgs, RedactionCount,
    VerbArgs, ViewScope, care_of_drafts, read_recipients, some_left_out,
};
use crate::dates::DateError;
use crate::error::{Error, Exit, Result};
use crate::journal::{Damaged, ReadOrder, StoredEntry};
use crate::pattern::change::Baseline;
use crate::pattern::{Figures, Fold, FoldPlan, Overview, Request};
use crate::practice::{CareRecord, Fear, PatternDisplay, Practice, PracticeError, Practices};
use crate::query::Query;
use crate::render;

use only_session::OnlySession;
use view::View;

/// See patterns across your entries
///
/// Half a year ago and now on one screen, moments of connection first. Look closer with
/// closeness, quiet (what comes before you go quiet), intentions, assess, parts (the parts of
/// assess over time), pause or recurs (what keeps coming back), or with any practice or
/// question: `patterns notice`, `patterns reflect closeness`. It uses only your answers, says
/// when there are too few, and gives no verdict. --plain puts it in words, for screen readers.
#[derive(Args)]
pub struct PatternsArgs {
    /// A closer look, a practice, a question, or a practice and its question
    #[arg(value_name = "WHAT", num_args = 0..=2, add = Candidates::Pattern)]
    what: Vec<String>,
    /// The days to compare with: "last month", 2026-03, first or previous
    #[arg(long, value_name = "SPAN", add = Candidates::Span)]
    against: Option<String>,
    /// Put it in words
    #[arg(long, conflicts_with_all = ["html", "json"])]
    plain: bool,
    /// Write a self-contained page of charts to this file; - is standard output
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, group = "page", conflicts_with = "json")]
    html: Option<PathBuf>,
    /// Write two sheets to print to this file, for a therapist; they show private answers, fear
    /// among them
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

/// How many texts one figure shows: among others, and in a closer look.
const SOME: usize = 5;
const MANY: usize = 30;

impl VerbArgs for PatternsArgs {
    fn run(self, app: &App) -> Result<Exit> {
        show(app, &self)
    }
}

fn show(app: &App, args: &PatternsArgs) -> Result<Exit> {
    let query = app.query(&args.query)?;
    let (is_sealed, force) = (!args.recipients.is_empty(), args.force);
    args.place().map_or(Ok(()), |place| place.check(app, is_sealed, force))?;
    let redaction = EntryRedaction::read(app, &args.redact, args.redact_partner.as_deref())?;
    let recipients = read_recipients(&args.recipients)?;
    let partner = app.config.partner.as_deref().map(|name| redaction.text(name));
    let chapter = app.config.chapter;
    let clock = app.clock();
    let practices = redaction.practices(app).worded_for(chapter, partner.as_deref());
    let plan = FoldPlan {
        practices: &practices,
        chapter,
        clock,
        request: args.request(&redaction),
        until: query.to.map_or(clock.today(), |to| to.min(clock.today())),
        against: args.against.as_deref().map(|given| Baseline::parse(given, clock)).transpose()?,
        texts: if args.output.json { MANY } else { args.texts() },
    };
    refuse_baseline_left_out(args, &query, &plan)?;
    let JournalFold { fold, only, fear, scope, damaged } = fold(app, &query, &plan, &redaction)?;
    let filters = args.query.filters();
    let filters: Vec<String> = filters.iter().map(|filter| redaction.filter(filter, app)).collect();
    let mut figures = figures(app, redaction.practices(app), &plan.request, fold, fear)?;
    refuse_baseline_unused(args, &figures)?;
    let newest = query.last.filter(|_| scope.is_filtered());
    if let Some(first) = query.from.or(newest.and(scope.first)) {
        figures.begin_on(first);
    }
    let cut = plan.against.and_then(|against| against.cut(plan.until));
    let view = View {
        then_ends: cut.filter(|day| figures.compare_until(*day)),
        overview: Overview::requested(&figures.shown, &plan, scope.is_filtered()),
        has_figures: figures.shown.iter().any(|figure| figure.rests_on > 0),
        is_filtered: scope.is_filtered(),
        about: scope.within(&query).words(&filters),
        held_back: render::held_back(&figures.held_back),
        only,
        fear,
        figures,
        partner,
        recipients,
    };
    view.write(app, args)?;
    let has_any = view.has_figures || !view.held_back.is_empty();
    if !has_any && !some_left_out(&damaged) {
        // Where nothing was filtered, there is more to say than that nothing matches.
        let is_filtered = !damaged.is_empty() || !query.is_everything();
        return Err(match &plan.request {
            _ if is_filtered => app.nothing_matched(&damaged),
            _ if scope.all == 0 && app.is_emptied() => app.why_no_entries(),
            _ if scope.all == 0 => {
                app.refuse_nearby_journal().err().unwrap_or(CommandError::NothingYet.into())
            }
            request => nothing_to_show(redaction.practices(app), request).into(),
        });
    }
    let exit = if has_any { Exit::Done } else { Exit::NothingMatched };
    Ok(app.finish(&damaged, exit))
}

/// What is compared is of the entries that are asked for.
fn refuse_baseline_left_out(args: &PatternsArgs, query: &Query, plan: &FoldPlan) -> Result<()> {
    let is_left_out = |first: &NaiveDate| plan.against.is_some_and(|it| it.is_before(*first));
    let first = query.from.filter(is_left_out);
    args.against.clone().zip(first).map_or(Ok(()), |(given, first)| {
        Err(DateError::BaselineLeftOut { given, first, until: plan.until }.into())
    })
}

/// A closer look may show nothing that is compared.
fn refuse_baseline_unused(args: &PatternsArgs, figures: &Figures) -> Result<()> {
    let Some(given) = args.against.as_ref().filter(|_| !args.what.is_empty()) else {
        return Ok(());
    };
    let mut displays = figures.shown.iter().filter_map(|figure| figure.display);
    if figures.shown.is_empty() || displays.any(PatternDisplay::compares_times) {
        return Ok(());
    }
    let (given, look) = (given.clone(), args.what.join(" "));
    Err(DateError::BaselineUnused { given, look }.into())
}

struct JournalFold<'a> {
    fold: Fold<'a>,
    only: OnlySession,
    fear: Fear,
    scope: ViewScope,
    damaged: Vec<Damaged>,
}

/// Reads the journal once, newest first, and keeps no entry. Whether the writer is afraid is
/// read from all entries, not only the matching ones.
fn fold<'a>(
    app: &App,
    query: &Query,
    plan: &'a FoldPlan,
    redaction: &EntryRedaction,
) -> Result<JournalFold<'a>> {
    let identity = app.unlock()?;
    app.refuse_unknown_practices(query, &identity)?;
    let now = app.clock().written;
    let make = |stored: StoredEntry| -> (CareRecord, bool, StoredEntry) {
        // Of all revisions, though only the newest is shown.
        let care = app.practices.care_of(stored.heads(), now);
        let shows = stored.matches(query, plan.clock);
        (care, shows, stored)
    };
    let (mut care, all_opened) = care_of_drafts(app, &identity, None);
    let mut fold = Fold::new(plan);
    let mut only = OnlySession::default();
    let mut scope = ViewScope::default();
    let mut replaced = RedactionCount::of_basis();
    let mut remaining = query.last.unwrap_or(usize::MAX);
    let mut visit = |batch: Vec<(CareRecord, bool, StoredEntry)>| {
        for (record, matches, stored) in batch {
            care.merge(record);
            if !plan.looks_back_on(&stored.entry) {
                continue;
            }
            let shown = matches && remaining > 0;
            scope.add(plan.clock.day_of(stored.entry.at), shown);
            if shown {
                remaining -= 1;
                let (stored, note) = redaction.of(&stored, app)?;
                redaction.warn(note, &mut replaced, app);
                fold.add(&stored.entry);
                only.add(&stored.entry, &plan.request);
            }
        }
        Ok(true)
    };
    let everything = Query::everything();
    let order = ReadOrder::NewestFirst;
    let damaged = app.read_through(&everything, &identity, order, &make, &mut visit)?;
    redaction.print_summary(&replaced, app);
    let fear = care.fear(damaged.is_empty() && all_opened);
    Ok(JournalFold { fold, only, fear, scope, damaged })
}

impl PatternsArgs {
    fn texts(&self) -> usize {
        if self.what.is_empty() { SOME } else { MANY }
    }

    /// Where the page goes, if one is written; `-` is standard output.
    fn place(&self) -> Option<ExportPlace> {
        let file = self.html.as_ref().or(self.for_paper.as_ref())?;
        let is_output = file == Path::new("-");
        Some(if is_output { ExportPlace::Output } else { ExportPlace::File(file.clone()) })
    }

    /// What is asked for, as it's called once names are replaced.
    fn request(&self, redaction: &EntryRedaction) -> Request {
        match self.what.as_slice() {
            // Programs and pages take everything.
            [] if self.for_paper.is_some() => Request::Paper,
            [] if self.output.json || self.html.is_some() => Request::Whole,
            [] => Request::Overview,
            [named] => Request::Named(redaction.name(named)),
            [practice, question, ..] => Request::Question {
                practice: redaction.name(practice),
                question: redaction.name(question),
            },
        }
    }
}

/// Which practices ask about what is looked at, or which one keeps it out of here.
fn nothing_to_show(practices: &Practices, request: &Request) -> CommandError {
    let asks = |practice: &Practice, id: &str| practice.all_questions().any(|q| q.id == id);
    let is_asking = |practice: &&Practice| match request {
        Request::Overview | Request::Whole | Request::Paper => false,
        Request::Question { practice: name, .. } => practice.name == *name,
        Request::Named(name) => {
            practice.name == *name
                || practice.looks().any(|look| look == name)
                || asks(practice, name)
        }
    };
    let (shown, hidden): (Vec<&Practice>, Vec<&Practice>) =
        practices.valid().filter(is_asking).partition(|practice| practice.shows_patterns);
    match (shown.as_slice(), hidden.first()) {
        ([], Some(practice)) => CommandError::NeverShown { practice: practice.name.clone() },
        _ => {
            let practices = shown.iter().map(|practice| practice.name.clone()).collect();
            CommandError::NothingToShow { practices }
        }
    }
}

fn unknown_question(practice: &str, given: &str, known: Vec<String>) -> Error {
    let (practice, given) = (practice.to_owned(), given.to_owned());
    PracticeError::UnknownQuestion { practice, given, known }.into()
}

/// Refuses a question that the practice doesn't ask, and nobody answered in it.
fn refuse_question_of_another(practices: &Practices, practice: &str, id: &str) -> Result<()> {
    let Some(practice) = practices.valid().find(|it| it.name == practice) else { return Ok(()) };
    let mut asked = practice.all_questions().map(|question| question.id.as_str());
    if asked.any(|asked| asked == id) || practice.looks().any(|look| look == id) {
        return Ok(());
    }
    let known = practice.questions.iter().map(|question| question.id.clone()).collect();
    Err(unknown_question(&practice.name, id, known))
}

/// Refuses a name that no practice has and no entry answers.
fn figures(
    app: &App,
    practices: &Practices,
    request: &Request,
    fold: Fold,
    fear: Fear,
) -> Result<Figures> {
    let looks = || practices.valid().flat_map(|practice| practice.looks());
    let is_asked = |id: &str| {
        let mut questions = practices.valid().flat_map(|practice| practice.all_questions());
        questions.any(|question| question.id == id) || looks().any(|look| look == id)
    };
    let question = match request {
        Request::Overview | Request::Whole | Request::Paper => None,
        Request::Named(name) => (!fold.knows(name)).then_some(name),
        Request::Question { practice, question } if fold.knows(practice) => Some(question),
        Request::Question { practice, question } if is_asked(practice) => {
            return Err(unknown_question(practice, question, Vec::new()));
        }
        Request::Question { practice, .. } => {
            return Err(app.unknown_practice(practice));
        }
    };
    let figures = fold.finish(fear);
    if let (Request::Question { practice, question }, true) = (request, figures.shown.is_empty()) {
        refuse_question_of_another(practices, practice, question)?;
    }
    match question {
        Some(id) if figures.shown.is_empty() && !is_asked(id) => {
            if practices.get(id).is_some() {
                // A mistake in its file keeps it from being asked.
                app.practice(id)?;
            }
            let known = app.practice_names().into_iter().chain(app.question_names());
            let known = known.chain(looks().map(str::to_owned));
            Err(CommandError::NothingCalled { given: id.clone(), known: known.collect() }.into())
        }
        _ => Ok(figures),
    }
}
