//! The newest answer to each question, and an earlier one: the one nearest to half a year
//! before it, the one before it that is as much older as the practice wants, or the one that
//! the writer names.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::entry::{Answer, Entry, Scale};
use crate::practice::{Practice, Question, ScaleEnd, Section};

use super::change::{Baseline, days_from_half_a_year};
use super::gauge::{Gauge, Measure, Scope, is_on_scale};
use super::{Body, DatedAnswer, Pair, ValueUnit};

pub(super) struct SessionPairs<'a> {
    questions: Vec<QuestionPair<'a>>,
    /// What this chapter doesn't ask, and was answered.
    left_out: BTreeSet<&'a str>,
    others: Vec<&'a str>,
    against: Option<Baseline>,
    /// Days between the two, where the practice wants the one before.
    apart: Option<i64>,
    sessions: usize,
}

/// What is known of one question while answers pass, newest first.
struct QuestionPair<'a> {
    question: &'a Question,
    section: Option<&'a str>,
    /// Is it asked about fear?
    fear: bool,
    hard_end: Option<ScaleEnd>,
    now: Option<(DatedAnswer, Option<Scale>)>,
    then: Option<(DatedAnswer, Option<Scale>)>,
    reworded: bool,
    /// The oldest in today's words.
    first: Option<(DatedAnswer, Option<Scale>)>,
}

impl<'a> SessionPairs<'a> {
    pub fn new(scope: Scope<'a>) -> SessionPairs<'a> {
        let chapter = scope.chapter;
        let open = |practice: &'a Practice| {
            let is_open =
                |q: &&Question| !practice.is_private(&q.id) && !practice.is_below_report(&q.id);
            practice.questions.iter().filter(is_open).map(move |question| (question, practice))
        };
        let open = scope.practice.into_iter().flat_map(open);
        let (shown, others): (Vec<_>, Vec<_>) =
            open.partition(|(question, practice)| practice.has_in_chapter(question, chapter));
        let shown = shown.into_iter();
        let beside = scope.practice.and_then(|practice| practice.beside_days);
        SessionPairs {
            questions: shown.map(|(question, of)| QuestionPair::new(question, of)).collect(),
            left_out: BTreeSet::new(),
            others: others.into_iter().map(|(question, _)| question.id.as_str()).collect(),
            against: scope.against,
            apart: beside.map(i64::from),
            sessions: 0,
        }
    }

    /// Does the newest, of that day, stand beside an answer of this day, which is older than
    /// `then`, what it stood beside so far?
    fn stands_beside(&self, day: NaiveDate, newest: NaiveDate, then: Option<NaiveDate>) -> bool {
        let apart = (newest - day).num_days();
        let from_half_a_year = |day| days_from_half_a_year(newest, day);
        match (self.against, self.apart) {
            (None, Some(least)) => then.is_none() && apart >= least,
            (Some(Baseline::Previous), least) => then.is_none() && apart >= least.unwrap_or(1),
            (None, None) => {
                let is_nearer = |then| from_half_a_year(day) <= from_half_a_year(then);
                apart >= 1 && then.is_none_or(is_nearer)
            }
            // Each older one takes the place of that before.
            (Some(Baseline::First), _) => apart >= 1,
            (Some(Baseline::Span(span)), _) => then.is_none() && apart >= 1 && span.has(day),
        }
    }
}

impl<'a> QuestionPair<'a> {
    fn new(question: &'a Question, practice: &'a Practice) -> QuestionPair<'a> {
        let mut sections = practice.sections.iter();
        let section = sections.find(|section| Some(&section.id) == question.section.as_ref());
        let section = section.map(Section::short_title);
        QuestionPair {
            question,
            section,
            fear: practice.is_about_fear(&question.id),
            hard_end: practice.hard_end(question),
            now: None,
            then: None,
            reworded: false,
            first: None,
        }
    }

    fn pair(self) -> Option<Pair> {
        let ((then, before), (now, scale)) = (self.then?, self.now?);
        let first = self.first.filter(|(first, of)| first.day < then.day && *of == scale);
        Some(Pair {
            question: self.question.id.clone(),
            asked: self.question.short_name().to_owned(),
            person: self.question.person.clone(),
            section: self.section.map(str::to_owned),
            labels: self.question.kind.scale_labels().to_vec(),
            harm: self.question.harm,
            fear: self.fear,
            hard_end: self.hard_end,
            reworded: self.reworded,
            first: first.map(|(first, _)| first),
            // Numbers of two scales have no place on one.
            scale: scale.filter(|_| scale == before),
            then,
            now,
        })
    }
}

impl Gauge for SessionPairs<'_> {
    fn add(&mut self, day: NaiveDate, entry: &Entry) {
        self.sessions += usize::from(entry.about.is_none());
        let answered = self.others.iter().filter(|id| entry.answer(id).is_some());
        self.left_out.extend(answered);
        for at in 0..self.questions.len() {
            let pair = &self.questions[at];
            let Some(answer) = entry.answer(&pair.question.id) else { continue };
            let newest = pair.now.as_ref().map(|(now, _)| now.day);
            let then = pair.then.as_ref().map(|(then, _)| then.day);
            let beside = newest.is_some_and(|newest| self.stands_beside(day, newest, then));
            let pair = &mut self.questions[at];
            if pair.question.asked_as(&answer.asked) {
                pair.first = Some(dated_answer(day, answer));
            }
            if newest.is_none() {
                pair.now = Some(dated_answer(day, answer));
            } else if beside {
                pair.then = Some(dated_answer(day, answer));
                pair.reworded = !pair.question.asked_as(&answer.asked);
            }
        }
    }

    fn measure(self: Box<Self>, _first_day: Option<NaiveDate>) -> Measure {
        let sessions = self.sessions;
        let pairs: Vec<Pair> = self.questions.into_iter().filter_map(QuestionPair::pair).collect();
        let have = if pairs.is_empty() { sessions.min(1) } else { 2 };
        let enough = (have, 2, ValueUnit::Sessions);
        let measure = Measure::enough(sessions, enough, || Body::Sessions { pairs });
        Measure { left_out: self.left_out.len(), ..measure }
    }
}

fn dated_answer(day: NaiveDate, answer: &Answer) -> (DatedAnswer, Option<Scale>) {
    let value = answer.value.number().filter(|_| answer.scale.is_some() && is_on_scale(answer));
    (DatedAnswer { day, said: answer.text(), value }, answer.scale)
}
