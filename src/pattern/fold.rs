//! Entries fold into figures as they are read, the newest first, and are not held.
//! What is kept of an answer is its day and a number or a place in a list, so that
//! room grows with how many there are and not with what was written.

use chrono::NaiveDate;

use crate::config::Clock;
use crate::entry::{Answer, Entry, Value, same};
use crate::practice::{Fear, Practice, QuestionKind};

use super::change::{ComparisonSpan, share_level};
use super::days::Days;
use super::figure::{Figure, HeldBackFigure};
use super::gauge::Measure;
use super::practice_fold::{FigureRank, PatternResult, PracticeFold};
use super::recurring::{WORD_AGAIN, WordCounts, distinct_words};
use super::{Body, ValueUnit};

/// What is looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// What every practice file says is worth showing.
    Whole,
    /// All of a practice; or, where none is called so, a question of any.
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
    /// Worded for the writer.
    pub practices: &'a [Practice],
    /// Now, and where a day ends.
    pub clock: &'a Clock,
    /// What was asked for.
    pub request: Request,
    /// Where the days end: the query's last, or today.
    pub until: NaiveDate,
    /// What "now" is compared with, where the writer names it.
    pub against: Option<ComparisonSpan>,
    /// The most texts of one figure.
    pub texts: usize,
}

/// An entry, and what was worked out of it on the core that opened it.
pub struct Extract {
    entry: Entry,
    /// The distinct words of what was written freely; `None` where nothing was.
    words: Option<Vec<String>>,
}

/// Figures on their way: it takes what each entry gives, newest first.
pub struct Fold<'a> {
    plan: &'a FoldPlan<'a>,
    practices: Vec<PracticeFold<'a>>,
    days: Days,
    texts: usize,
    words: WordCounts,
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
    /// What figures need of an entry, taken on the core that opened it.
    pub fn extract(&self, entry: Entry) -> Extract {
        let words = if self.request == Request::Whole { self.words(&entry) } else { None };
        Extract { entry, words }
    }

    /// What was only taken over from a suggestion is not the writer's own.
    fn words(&self, entry: &Entry) -> Option<Vec<String>> {
        let practice = self.practices.iter().find(|p| p.name == entry.practice);
        let suggested = |answer: &Answer| {
            let question = practice.and_then(|p| p.question(&answer.question));
            let Some(QuestionKind::Text { suggestions }) = question.map(|q| &q.kind) else {
                return false;
            };
            suggestions.iter().any(|s| answer.value.is(&s.say) || same(&s.say, &answer.text()))
        };
        let free = entry.answers.iter().filter(|answer| !suggested(answer));
        let texts = free.filter_map(|answer| match &answer.value {
            Value::Text(text) if answer.labels.is_empty() => Some(text.as_str()),
            _ => None,
        });
        let mut texts = texts.peekable();
        texts.peek()?;
        Some(distinct_words(texts).into_iter().collect())
    }
}

impl<'a> Fold<'a> {
    /// Nothing folded yet.
    pub fn new(plan: &'a FoldPlan<'a>) -> Fold<'a> {
        let known = plan.practices.iter().map(|p| PracticeFold::new(plan, &p.name));
        Fold {
            plan,
            practices: known.collect(),
            days: Days::new(plan.until),
            texts: 0,
            words: WordCounts::default(),
        }
    }

    /// Takes one entry, which is no newer than those before it. What lies ahead shows
    /// nothing yet.
    pub fn add(&mut self, extract: Extract) {
        let Extract { entry, words } = extract;
        if entry.at > self.plan.clock.now {
            return;
        }
        let day = self.plan.clock.day_of(entry.at);
        self.days.add(day);
        if let Some(words) = words {
            self.texts += 1;
            self.words.add(words);
        }
        if !self.practices.iter().any(|practice| practice.name == entry.practice) {
            self.practices.push(PracticeFold::new(self.plan, &entry.practice));
        }
        for practice in &mut self.practices {
            practice.group(day, &entry);
        }
        let its_own = self.practices.iter_mut().find(|fold| fold.name == entry.practice);
        its_own.into_iter().for_each(|fold| fold.add(day, &entry));
    }

    /// Is there a practice of that name, or an entry of one?
    pub fn knows(&self, name: &str) -> bool {
        let mut named = self.practices.iter().filter(|practice| practice.name == name);
        named.any(PracticeFold::is_known)
    }

    /// The figures, whose claims share one level.
    pub fn finish(self, fear: Fear) -> Figures {
        let mut figures = match &self.plan.request {
            Request::Whole => self.whole(fear),
            Request::Named(name) if self.knows(name) => {
                let named = self.practices.into_iter().filter(|practice| practice.name == *name);
                let (mut ranked, held_back) = sort_out(named.flat_map(|fold| fold.results(fear)));
                // Else in the order of its file.
                ranked.sort_by_key(|(rank, _)| *rank != FigureRank::Harm);
                Figures { shown: unranked(ranked).collect(), held_back }
            }
            Request::Named(_) | Request::Question { .. } => {
                let results = self.practices.into_iter().flat_map(|fold| fold.of_question(fear));
                let (ranked, held_back) = sort_out(results);
                Figures { shown: unranked(ranked).collect(), held_back }
            }
        };
        let mut claims: Vec<_> = figures.shown.iter_mut().flat_map(Figure::claims).collect();
        share_level(&mut claims);
        figures
    }

    /// Evidence of harm first while care is on, then moments of connection, then the days,
    /// then what each practice shows, then words.
    fn whole(self, fear: Fear) -> Figures {
        let practices = self.practices.into_iter().filter(|fold| fold.practice.is_some());
        let (mut first, held_back) = sort_out(practices.flat_map(|fold| fold.results(fear)));
        first.sort_by_key(|(rank, _)| *rank);
        let rest = first.split_off(first.partition_point(|(rank, _)| *rank < FigureRank::Rest));
        let words =
            Measure::enough(self.texts, (self.texts, WORD_AGAIN, ValueUnit::Entries), || {
                let (answers, words) = (Vec::new(), self.words.ranked());
                Body::Recurring { answers, words }
            });
        let days = Figure::of_journal("The days on which you wrote", self.days.measure());
        let words = Figure::of_journal("Words that come again", words);
        let shown = unranked(first).chain([days]).chain(unranked(rest)).chain([words]).collect();
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
