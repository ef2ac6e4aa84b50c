//! From a pattern that a practice file names to its figure, from answers alone.

use chrono::NaiveDate;

use crate::entry::{Answer, Entry, Value};
use crate::practice::{Past, Pattern, Practice, Question, Shows};

use super::{Body, Figure, Moment, Pair, Said, Unit, recurring};

/// Below this, texts say nothing together.
const FEWEST_TEXTS: usize = 3;

/// An answer, with the entry that it stands in.
pub(super) type Given<'a> = (&'a Entry, &'a Answer);

/// What is shown of one practice. `practice` is `None` where its file is gone
/// and only its entries are left.
pub struct Of<'a> {
    pub past: Past<'a>,
    pub name: &'a str,
    pub practice: Option<&'a Practice>,
}

impl<'a> Of<'a> {
    pub fn figure(&self, pattern: &Pattern) -> Figure {
        let (rests_on, left_out, body) = match pattern.shows {
            Shows::Moments => self.moments(pattern),
            Shows::Weeks => self.weeks(pattern),
            Shows::Counts => self.counts(pattern),
            Shows::Hours => self.hours(pattern),
            Shows::Change => self.change(pattern),
            Shows::Scores => self.scores(pattern),
            Shows::Recurring => self.recurring(pattern),
            Shows::Sittings => self.sittings(),
        };
        Figure {
            title: pattern.title.clone(),
            practice: Some(self.name.to_owned()),
            of: pattern.of.clone(),
            rests_on,
            left_out,
            note: pattern.note.clone(),
            body,
        }
    }

    /// Newest first.
    pub(super) fn entries(&self) -> impl Iterator<Item = &'a Entry> + use<'a> {
        let (past, name) = (self.past, self.name.to_owned());
        past.entries.iter().filter(move |e| e.practice == name && e.at <= past.clock.now)
    }

    pub(super) fn day(&self, entry: &Entry) -> NaiveDate {
        self.past.clock.day_of(entry.at)
    }

    pub(super) fn question(&self, id: &str) -> Option<&'a Question> {
        self.practice.and_then(|p| p.all_questions().find(|q| q.id == id))
    }

    /// Newest first, without what does not count.
    pub(super) fn answers(&self, id: &str, without: &[String]) -> Vec<Given<'a>> {
        let given = self.entries().filter_map(|entry| Some((entry, entry.answer(id)?)));
        let counts = |answer: &Answer| {
            answer.value != Value::CantSay && !without.iter().any(|word| answer.says(word))
        };
        given.filter(|(_, answer)| counts(answer)).collect()
    }

    fn moments(&self, pattern: &Pattern) -> (usize, usize, Body) {
        let of = pattern.of.iter().flat_map(|id| self.answers(id, &pattern.without));
        let given: Vec<Given> = of.collect();
        let moments: Vec<Moment> = given
            .iter()
            .map(|(entry, answer)| Moment {
                id: entry.id.to_string(),
                at: entry.at,
                words: answer.said(),
            })
            .collect();
        let body = enough(moments.len(), 1, Unit::Answers, || Body::Moments { moments });
        (given.len(), 0, body)
    }

    fn recurring(&self, pattern: &Pattern) -> (usize, usize, Body) {
        let id = pattern.of.first().map(String::as_str).unwrap_or_default();
        let texts: Vec<&str> = self
            .answers(id, &pattern.without)
            .into_iter()
            .filter_map(|(_, answer)| match &answer.value {
                Value::Text(text) => Some(text.as_str()),
                _ => None,
            })
            .collect();
        let (answers, words) = recurring::answers_and_words(&texts);
        let recurring = || Body::Recurring { answers, words };
        let body = enough(texts.len(), FEWEST_TEXTS, Unit::Entries, recurring);
        (texts.len(), 0, body)
    }

    /// The newest answer to each question, and the one before it that is as
    /// much older as the practice wants.
    fn sittings(&self) -> (usize, usize, Body) {
        let Some(practice) = self.practice else { return (0, 0, too_few(0, 2, Unit::Sittings)) };
        let days = i64::from(practice.beside.unwrap_or(1));
        let said = |(entry, answer): &Given| Said { day: self.day(entry), said: answer.said() };
        let pair = |question: &Question| {
            let given: Vec<Given> =
                self.entries().filter_map(|e| Some((e, e.answer(&question.id)?))).collect();
            let (now, earlier) = given.split_first()?;
            let old = |(entry, _): &&Given| (self.day(now.0) - self.day(entry)).num_days() >= days;
            let then = earlier.iter().find(old)?;
            let reworded = !question.asked_as(&then.1.asked);
            let asked = question.ask.clone();
            Some(Pair { asked, reworded, then: said(then), now: said(now) })
        };
        let open = practice.questions.iter().filter(|q| !practice.is_about_fear(&q.id));
        let pairs: Vec<Pair> = open.filter_map(pair).collect();
        let sittings = self.entries().filter(|e| e.about.is_none()).count();
        let have = if pairs.is_empty() { sittings.min(1) } else { 2 };
        (sittings, 0, enough(have, 2, Unit::Sittings, || Body::Sittings { pairs }))
    }
}

pub(super) fn enough(have: usize, least: usize, unit: Unit, body: impl FnOnce() -> Body) -> Body {
    if have >= least { body() } else { too_few(have, least, unit) }
}

pub(super) fn too_few(have: usize, least: usize, unit: Unit) -> Body {
    Body::TooFew { have, least, unit }
}
