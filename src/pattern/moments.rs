//! What was written, newest first, and how often there was something to write.

use chrono::NaiveDate;

use crate::entry::{Answer, Entry};

use super::change::Observation;
use super::gauge::{Gauge, Measure, Scope};
use super::series::FigureLine;
use super::{Body, FigureMoment, ValueUnit};

pub(super) struct Moments<'a> {
    scope: Scope<'a>,
    /// The newest that are shown.
    moments: Vec<FigureMoment>,
    /// The day of the last of these.
    oldest: Option<NaiveDate>,
    /// The newest day before it.
    older: Option<NaiveDate>,
    count: usize,
    /// Newest first: 1 for a moment, 0 for an answer that says that there was none.
    days: Vec<Observation>,
}

impl<'a> Moments<'a> {
    pub fn new(scope: Scope<'a>) -> Moments<'a> {
        Moments {
            scope,
            moments: Vec::new(),
            oldest: None,
            older: None,
            count: 0,
            days: Vec::new(),
        }
    }
}

impl Moments<'_> {
    /// The answer; of several questions, all that were answered.
    fn words(&self, entry: &Entry) -> String {
        let answers = self.scope.pattern.of.iter().filter_map(|id| entry.answer(id));
        answers.map(Answer::text).collect::<Vec<_>>().join(" → ")
    }
}

impl Gauge for Moments<'_> {
    fn add(&mut self, day: NaiveDate, entry: &Entry) {
        let Some(answer) = self.scope.answer(entry) else { return };
        let counts = self.scope.includes(answer);
        self.days.push(Observation { day, value: f64::from(u8::from(counts)) });
        self.count += usize::from(counts);
        if counts && self.moments.len() == self.scope.texts {
            self.older = self.older.or_else(|| Some(day).filter(|it| Some(*it) < self.oldest));
        } else if counts {
            self.oldest = Some(day);
            self.moments.push(FigureMoment {
                id: entry.id.to_string(),
                at: entry.at,
                words: self.words(entry),
            });
        }
    }

    fn measure(mut self: Box<Self>, first_day: Option<NaiveDate>) -> Measure {
        self.days.reverse();
        self.days.sort_by_key(|answer| answer.day);
        if self.scope.is_once_a_day() {
            self.days = best_of_each_day(&self.days);
        }
        // Where every answer is a moment, there is no share of them.
        let shared = !self.scope.pattern.without.is_empty() && !self.days.is_empty();
        let change = shared.then(|| self.scope.series(&self.days, (1.0, true), first_day).change());
        let share = || FigureLine::of_share(&self.scope.pattern.title, self.days.clone());
        let series = shared.then(share).into_iter().collect();
        let (moments, older) = (self.moments, self.older);
        let body = || Body::Moments { moments, older };
        // Evenings without a moment were written, too.
        let answers = if shared && self.count == 0 { self.days.len() } else { self.count };
        let measure = Measure::enough(answers, (answers, 1, ValueUnit::Answers), body);
        Measure { change, series, ..measure }
    }
}

/// An evening with two entries is one evening: it had a moment if either of them has one.
/// `answers` are in the order of their days.
fn best_of_each_day(answers: &[Observation]) -> Vec<Observation> {
    let days = answers.chunk_by(|a, b| a.day == b.day);
    let best = |day: &[Observation]| day.iter().map(|answer| answer.value).reduce(f64::max);
    days.filter_map(|day| Some(Observation { day: day[0].day, value: best(day)? })).collect()
}
