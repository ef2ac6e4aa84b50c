//! Entries fold into figures as they are read, the newest first, and are not held.
//! What is kept of an answer is its day and a number or a place in a list, so that
//! room grows with how many there are and not with what was written.

use chrono::NaiveDate;

use crate::config::{Chapter, Clock};
use crate::entry::Entry;
use crate::practice::{Fear, PatternDisplay, Practice};

use super::Body;
use super::change::{Baseline, Change, share_level};
use super::days::Days;
use super::figure::{Figure, HeldBackFigure};
use super::looks::closer_looks;
use super::overview::{has_first_screen, is_on_first_screen};
use super::practice_fold::{FigureRank, PatternResult, PracticeFold};

/// What is looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// The first screen: numbers over the year, and evidence of harm.
    Overview,
    /// What every practice file says is worth showing.
    Whole,
    /// That, and what is for paper alone, to be shown to someone.
    Paper,
    /// All of a practice; or, where none is called so, a question of any; or else the
    /// patterns that a look of this name puts together.
    Named(String),
    /// A question of one practice.
    Question {
        /// The practice's name.
        practice: String,
        /// The question's id.
        question: String,
    },
}

/// What does not change while entries are read.
pub struct FoldPlan<'a> {
    /// Worded for the writer, and kept to the chapter.
    pub practices: &'a [Practice],
    /// The writer's.
    pub chapter: Chapter,
    /// Now, and where a day ends.
    pub clock: &'a Clock,
    /// What was asked for.
    pub request: Request,
    /// Where the days end: the query's last, or today.
    pub until: NaiveDate,
    /// What "now" is compared with, where the writer names it.
    pub against: Option<Baseline>,
    /// The most texts of one figure.
    pub texts: usize,
}

impl FoldPlan<'_> {
    /// What lies ahead shows nothing yet.
    pub fn looks_back_on(&self, entry: &Entry) -> bool {
        entry.at <= self.clock.now
    }
}

/// Figures on their way: it takes what each entry gives, newest first.
pub struct Fold<'a> {
    plan: &'a FoldPlan<'a>,
    request: &'a Request,
    practices: Vec<PracticeFold<'a>>,
    days: Days,
    /// With a closer look, the first screen: a closer look claims no more than that does.
    screen: Option<Box<Fold<'a>>>,
}

/// The result of a fold.
#[derive(Default)]
pub struct Figures {
    /// What says something, and what is too few to say.
    pub shown: Vec<Figure>,
    /// What is about sharing, while the writer is or may be afraid.
    pub held_back: Vec<HeldBackFigure>,
    /// The closer looks that have something, for the first screen.
    pub closer: Vec<String>,
}

impl Figures {
    /// Keeps every span to the days from this one on, where no entry before it was looked at: a
    /// span that begins earlier would be said to be of days that are left out.
    pub fn begin_on(&mut self, first: NaiveDate) {
        self.shown.iter_mut().for_each(|figure| figure.begin_on(first));
    }

    /// Is anything compared with a span that ends with this day?
    pub fn compare_until(&mut self, day: NaiveDate) -> bool {
        self.shown.iter_mut().any(|figure| figure.compares_until(day))
    }

    /// What is said of the numbers that answer one question, where a figure is of it alone.
    pub fn change_of(&self, practice: &str, question: &str) -> Option<&Change> {
        let is_of = |it: &&Figure| it.practice.as_deref() == Some(practice) && it.of == [question];
        let weeks = |it: &&Figure| it.display == Some(PatternDisplay::Weeks);
        self.shown.iter().filter(weeks).find(is_of)?.lines().first()?.change.as_ref()
    }
}

/// Closer looks are compared with this.
static SCREEN: Request = Request::Overview;

impl Request {
    /// Is a practice, a question or a look of its own looked at?
    pub(super) fn is_closer(&self) -> bool {
        matches!(self, Request::Named(_) | Request::Question { .. })
    }
}

impl<'a> Fold<'a> {
    /// Nothing folded yet.
    pub fn new(plan: &'a FoldPlan<'a>) -> Fold<'a> {
        let screen = plan.request.is_closer().then(|| Box::new(Fold::of(plan, &SCREEN)));
        Fold { screen, ..Fold::of(plan, &plan.request) }
    }

    fn of(plan: &'a FoldPlan<'a>, request: &'a Request) -> Fold<'a> {
        let known = plan.practices.iter().map(|it| PracticeFold::new(plan, request, &it.name));
        Fold {
            plan,
            request,
            practices: known.collect(),
            days: Days::new(plan.until),
            screen: None,
        }
    }

    /// Takes one entry, which is no newer than those before it, unless it lies ahead.
    pub fn add(&mut self, entry: &Entry) {
        if !self.plan.looks_back_on(entry) {
            return;
        }
        if let Some(screen) = &mut self.screen {
            screen.add(entry);
        }
        let day = self.plan.clock.day_of(entry.at);
        self.days.add(day);
        if !self.practices.iter().any(|practice| practice.name == entry.practice) {
            self.practices.push(PracticeFold::new(self.plan, self.request, &entry.practice));
        }
        for practice in &mut self.practices {
            practice.group(day, entry);
        }
        let its_own = self.practices.iter_mut().find(|fold| fold.name == entry.practice);
        its_own.into_iter().for_each(|fold| fold.add(day, entry));
    }

    /// Is there a practice of that name, or an entry of one?
    pub fn knows(&self, name: &str) -> bool {
        let mut named = self.practices.iter().filter(|practice| practice.name == name);
        named.any(PracticeFold::is_known)
    }

    /// The figures, and what is claimed of them: of what the first screen has as well, the same.
    pub fn finish(mut self, fear: Fear) -> Figures {
        let screen = self.screen.take().map(|screen| screen.figures(fear));
        let mut figures = self.figures(fear);
        for of_screen in screen.into_iter().flat_map(|screen| screen.shown) {
            figures.shown.iter_mut().for_each(|figure| figure.claim_alike(&of_screen));
        }
        figures
    }

    fn figures(mut self, fear: Fear) -> Figures {
        let has_screen = !self.request.is_closer();
        let first_day = self.days.oldest();
        self.practices.iter_mut().for_each(|practice| practice.first_day = first_day);
        let mut figures = match self.request {
            Request::Whole | Request::Paper => self.whole(fear),
            Request::Overview => {
                let mut figures = self.whole(fear);
                figures.closer = closer_looks(&figures.shown);
                if has_first_screen(&figures.shown) {
                    figures.shown.retain(|figure| figure.harm || is_on_first_screen(figure));
                }
                figures
            }
            Request::Named(name) if self.knows(name) => {
                let named = self.practices.into_iter().filter(|practice| practice.name == *name);
                let (mut ranked, held_back) = sort_out(named.flat_map(|fold| fold.results(fear)));
                // A questionnaire shows its items first; the rest is in the order of its file.
                ranked.sort_by_key(|(rank, figure)| {
                    (*rank != FigureRank::Harm, !figure.shows_items())
                });
                Figures { shown: unranked(ranked).collect(), held_back, ..Figures::default() }
            }
            Request::Named(_) | Request::Question { .. } => {
                let results = self.practices.into_iter().flat_map(|fold| fold.of_question(fear));
                let (mut ranked, held_back) = sort_out(results);
                // With and without a plan, and then month by month.
                let is_grouped = |figure: &Figure| matches!(figure.body, Body::Groups { .. });
                ranked
                    .sort_by_key(|(rank, figure)| (*rank != FigureRank::Harm, !is_grouped(figure)));
                let mut shown: Vec<Figure> = unranked(ranked).collect();
                // Numbers that are drawn have how often each was given beside them.
                let drawn = shown.iter().filter(|it| matches!(it.body, Body::Weeks { .. }));
                let drawn: Vec<(Option<String>, Vec<String>)> =
                    drawn.map(|it| (it.practice.clone(), it.of.clone())).collect();
                let is_drawn = |it: &Figure| {
                    drawn.iter().any(|(practice, of)| *practice == it.practice && *of == it.of)
                };
                shown.retain(|it| !matches!(it.body, Body::Counts { .. }) || !is_drawn(it));
                Figures { shown, held_back, ..Figures::default() }
            }
        };
        share_levels(&mut figures.shown, has_screen);
        figures
    }

    /// Evidence of harm first while care is on, then moments of connection, then the days,
    /// then what each practice shows.
    fn whole(self, fear: Fear) -> Figures {
        let practices = self.practices.into_iter().filter(|fold| fold.practice.is_some());
        let (mut first, held_back) = sort_out(practices.flat_map(|fold| fold.results(fear)));
        first.sort_by_key(|(rank, _)| *rank);
        let rest = first.split_off(first.partition_point(|(rank, _)| *rank < FigureRank::Rest));
        let days = Figure::of_journal("The days on which you wrote", self.days.measure());
        let shown = unranked(first).chain([days]).chain(unranked(rest)).collect();
        Figures { shown, held_back, ..Figures::default() }
    }
}

fn sort_out(
    results: impl Iterator<Item = PatternResult>,
) -> (Vec<(FigureRank, Figure)>, Vec<HeldBackFigure>) {
    let (mut ranked, mut held_back) = (Vec::new(), Vec::new());
    for result in results {
        match result {
            PatternResult::Shown(rank, figure) => ranked.push((rank, *figure)),
            PatternResult::HeldBack(figure) => held_back.push(figure),
        }
    }
    (ranked, held_back)
}

fn unranked(ranked: Vec<(FigureRank, Figure)>) -> impl Iterator<Item = Figure> {
    ranked.into_iter().map(|(_, figure)| figure)
}

/// The claims of each figure share one level, and the rows of the first screen share one
/// again: a row is claimed alike wherever that screen is shown.
fn share_levels(figures: &mut [Figure], has_screen: bool) {
    figures.iter_mut().for_each(Figure::share_level);
    if has_screen {
        let screen = figures.iter_mut().filter(|it| it.harm || is_on_first_screen(it));
        let mut claims: Vec<_> = screen.flat_map(Figure::screen_claims).collect();
        share_level(&mut claims);
        figures.iter_mut().for_each(Figure::repeat_deed);
    }
}

#[cfg(test)]
mod tests;
