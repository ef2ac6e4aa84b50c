//! Evenings, one by one: what was answered on each, and which felt most and least close.

use chrono::NaiveDate;
use serde::Serialize;

use crate::entry::{Answer, Entry};
use crate::pattern::change::ComparisonSpan;
use crate::practice::{HarmKind, Practice, Practices};

use super::super::counts::choices;
use super::{MonthEntries, ShareCount};

/// What was written on one evening, and earlier that day in a moment of distance.
pub struct Evening<'a> {
    pub day: NaiveDate,
    /// Newest first.
    entries: Vec<&'a Entry>,
    /// What stands for "no moment of connection".
    none: &'a [String],
    /// What came just before a moment of distance on that day.
    happened: Option<&'a Answer>,
}

/// Words of the writer's own, with their day and the question that they answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DayQuote {
    pub day: NaiveDate,
    pub question: String,
    pub asked: String,
    pub words: String,
}

/// An evening's place on a scale, in the word of that step.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DayLevel {
    pub day: NaiveDate,
    pub value: f64,
    pub word: String,
    pub quote: Option<DayQuote>,
    /// What was needed, where there are no words.
    pub need: Option<String>,
}

/// The evenings of most and of least on one scale.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Levels {
    pub question: String,
    /// How many evenings were marked.
    pub marked: usize,
    pub highest: DayLevel,
    /// None where all of them are alike.
    pub lowest: Option<DayLevel>,
    /// How many evenings were marked as highly as the highest, and as low as the lowest.
    #[serde(skip)]
    pub alike: (usize, usize),
}

/// One of a few evenings.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SparseEvening {
    pub day: NaiveDate,
    pub word: Option<String>,
    pub quote: Option<DayQuote>,
    pub need: Option<String>,
    /// Does it say that there was no moment of connection?
    pub had_none: bool,
}

/// The evenings of a span, newest first.
pub fn evenings<'a>(
    month: &MonthEntries<'a>,
    span: ComparisonSpan,
    reflect: Option<&'a Practice>,
) -> Vec<Evening<'a>> {
    let patterns = reflect.into_iter().flat_map(|practice| &practice.patterns);
    let mut of_connection = patterns.filter(|pattern| pattern.of == ["connection"]);
    let none = of_connection.next().map_or(&[][..], |pattern| pattern.without.as_slice());
    let mut evenings: Vec<Evening> = Vec::new();
    for (day, entry) in month.of("reflect", span).filter(|(_, entry)| entry.about.is_none()) {
        match evenings.last_mut().filter(|evening| evening.day == day) {
            Some(evening) => evening.entries.push(entry),
            None => {
                let mut distance = month.of("notice", span).filter(|(of, _)| *of == day);
                let happened = distance.find_map(|(_, entry)| entry.answer("happened"));
                evenings.push(Evening { day, entries: vec![entry], none, happened });
            }
        }
    }
    evenings
}

/// How many evenings had a moment of connection, of all.
pub fn connection_share(evenings: &[Evening]) -> ShareCount {
    let times = evenings.iter().filter(|evening| evening.moment().is_some()).count();
    ShareCount { times, of: evenings.len() }
}

impl<'a> Evening<'a> {
    /// The newest answer of that evening.
    pub fn answer(&self, question: &str) -> Option<&'a Answer> {
        self.entries.iter().find_map(|entry| entry.answer(question))
    }

    fn is_none(&self, answer: &Answer) -> bool {
        self.none.iter().any(|none| answer.contains_answer(none))
    }

    fn moment(&self) -> Option<&'a Answer> {
        let moments = self.entries.iter().filter_map(|entry| entry.answer("connection"));
        moments.into_iter().find(|answer| !self.is_none(answer))
    }

    /// Does it say that there was no moment of connection?
    pub fn had_none(&self) -> bool {
        self.moment().is_none() && self.answer("connection").is_some()
    }

    /// Does it say whether there was one?
    pub fn tells_connection(&self) -> bool {
        self.answer("connection").is_some()
    }

    /// Does an answer of that evening turn care on? A step on a scale has a line of its own.
    pub fn was_not_safe(&self, practices: &Practices) -> bool {
        let mut marks = self.entries.iter().flat_map(|entry| practices.harm_in(entry));
        marks.any(|mark| mark.kind == HarmKind::Fear && !mark.is_level())
    }

    /// A number on a scale, and its word.
    pub fn level(&self, question: &str) -> Option<(f64, String)> {
        let answer = self.answer(question)?;
        let number = answer.value.number()?;
        Some((number, answer.step_words()))
    }

    fn quote(&self, answer: &Answer) -> DayQuote {
        DayQuote {
            day: self.day,
            question: answer.question.clone(),
            asked: answer.asked.clone(),
            words: answer.text(),
        }
    }

    /// The moment of connection in the writer's own words.
    fn moment_words(&self) -> Option<DayQuote> {
        self.moment().map(|answer| self.quote(answer))
    }

    /// The moment of connection, or else other words of that day.
    fn own_words(&self) -> Option<DayQuote> {
        let others = || self.happened.or_else(|| self.answer("set-down"));
        self.moment_words().or_else(|| others().map(|answer| self.quote(answer)))
    }

    fn need(&self) -> Option<String> {
        let mut needs = choices(self.answer("needed-instead")?).into_iter();
        needs.next().map(|(_, words)| words)
    }

    fn day_level(&self, question: &str, quote: Option<DayQuote>) -> Option<DayLevel> {
        let (value, word) = self.level(question)?;
        let need = self.need().filter(|_| quote.is_none());
        Some(DayLevel { day: self.day, value, word, quote, need })
    }

    pub fn sparse(&self, question: &str) -> SparseEvening {
        let quote = self.moment_words();
        let need = self.need().filter(|_| quote.is_none());
        let word = self.level(question).map(|(_, word)| word);
        SparseEvening { day: self.day, word, quote, need, had_none: self.had_none() }
    }
}

/// Of evenings that are alike, one that has words, and of those the newest.
pub fn levels(evenings: &[Evening], question: &str) -> Option<Levels> {
    let highs = evenings.iter().filter_map(|e| e.day_level(question, e.moment_words()));
    let highs: Vec<DayLevel> = highs.collect();
    let lows = evenings.iter().filter_map(|e| e.day_level(question, e.own_words()));
    let high = highs.iter().map(|level| level.value).reduce(f64::max)?;
    let low = highs.iter().map(|level| level.value).reduce(f64::min)?;
    let highest = highs.iter().filter(|level| level.value == high);
    let highest = highest.min_by_key(|level| level.quote.is_none())?.clone();
    let lowest = lows.filter(|level| level.value == low);
    let lowest = lowest.min_by_key(|level| (level.quote.is_none(), level.need.is_none()));
    let times = |value: f64| highs.iter().filter(|level| level.value == value).count();
    Some(Levels {
        question: question.to_owned(),
        marked: highs.len(),
        highest,
        lowest: lowest.filter(|_| low < high),
        alike: (times(high), times(low)),
    })
}
