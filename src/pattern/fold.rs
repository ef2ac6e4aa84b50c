//! Entries fold into figures as they are read, the newest first, and are not held.
//! What is kept of an answer is its day and a number or a place in a list, so that
//! room grows with how many there are and not with what was written.

use chrono::NaiveDate;

use crate::config::{Chapter, Clock};
use crate::entry::Entry;
use crate::practice::{Fear, Practice};

use super::change::{Baseline, share_level};
use super::days::Days;
use super::figure::{Figure, HeldBackFigure};
use super::overview::rows;
use super::practice_fold::{FigureRank, PatternResult, PracticeFold};

/// What is looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// The first screen: numbers over the year, and evidence of harm.
    Overview,
    /// What every practice file says is worth showing.
    Whole,
    /// That, and what is only for whoever is to be shown it on paper.
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

/// Figures on their way: it takes what each entry gives, newest first.
pub struct Fold<'a> {
    plan: &'a FoldPlan<'a>,
    practices: Vec<PracticeFold<'a>>,
    days: Days,
}

/// What came of it.
#[derive(Default)]
pub struct Figures {
    /// What says something, and what is too few to say.
    pub shown: Vec<Figure>,
    /// What is about sharing, while the writer is or may be afraid.
    pub held_back: Vec<HeldBackFigure>,
}

impl FoldPlan<'_> {
    /// Is nothing looked at closely?
    pub(super) fn is_whole(&self) -> bool {
        match self.request {
            Request::Overview | Request::Whole | Request::Paper => true,
            Request::Named(_) | Request::Question { .. } => false,
        }
    }
}

impl<'a> Fold<'a> {
    /// Nothing folded yet.
    pub fn new(plan: &'a FoldPlan<'a>) -> Fold<'a> {
        let known = plan.practices.iter().map(|p| PracticeFold::new(plan, &p.name));
        Fold { plan, practices: known.collect(), days: Days::new(plan.until) }
    }

    /// Takes one entry, which is no newer than those before it. What lies ahead shows
    /// nothing yet.
    pub fn add(&mut self, entry: &Entry) {
        if entry.at > self.plan.clock.now {
            return;
        }
        let day = self.plan.clock.day_of(entry.at);
        self.days.add(day);
        if !self.practices.iter().any(|practice| practice.name == entry.practice) {
            self.practices.push(PracticeFold::new(self.plan, &entry.practice));
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

    /// The figures, whose claims share one level.
    pub fn finish(self, fear: Fear) -> Figures {
        let mut figures = match &self.plan.request {
            Request::Whole | Request::Paper => self.whole(fear),
            Request::Overview => {
                let mut figures = self.whole(fear);
                let is_row = |figure: &Figure| !rows(figure).is_empty();
                if figures.shown.iter().any(is_row) {
                    // What isn't printed takes no part of the level.
                    figures.shown.retain(|figure| figure.harm || is_row(figure));
                }
                figures
            }
            Request::Named(name) if self.knows(name) => {
                let named = self.practices.into_iter().filter(|practice| practice.name == *name);
                let (mut ranked, held_back) = sort_out(named.flat_map(|fold| fold.results(fear)));
                // Else in the order of its file.
                ranked.sort_by_key(|(rank, _)| *rank != FigureRank::Harm);
                Figures { shown: unranked(ranked).collect(), held_back }
            }
            Request::Named(_) | Request::Question { .. } => {
                let results = self.practices.into_iter().flat_map(|fold| fold.of_question(fear));
                let (mut ranked, held_back) = sort_out(results);
                ranked.sort_by_key(|(rank, _)| *rank != FigureRank::Harm);
                Figures { shown: unranked(ranked).collect(), held_back }
            }
        };
        let mut claims: Vec<_> = figures.shown.iter_mut().flat_map(Figure::claims).collect();
        share_level(&mut claims);
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
        Figures { shown, held_back }
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
