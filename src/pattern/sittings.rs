//! The newest answer to each question, and the one before it that is as much older
//! as the practice wants.

use chrono::NaiveDate;

use crate::entry::Entry;
use crate::practice::{Practice, Question};

use super::gauge::{Gauge, Measure, Scope};
use super::{AnswerCount, Body, Pair, ValueUnit};

pub(super) struct SessionCounts<'a> {
    questions: Vec<(&'a Question, Option<AnswerCount>, Option<Pair>)>,
    /// Days between the two.
    apart: i64,
    sittings: usize,
}

impl<'a> SessionCounts<'a> {
    pub fn new(scope: Scope<'a>) -> SessionCounts<'a> {
        let open = |practice: &'a Practice| {
            practice.questions.iter().filter(|q| !practice.is_private(&q.id))
        };
        let questions = scope.practice.into_iter().flat_map(open);
        let beside = scope.practice.and_then(|practice| practice.beside);
        SessionCounts {
            questions: questions.map(|question| (question, None, None)).collect(),
            apart: i64::from(beside.unwrap_or(1)),
            sittings: 0,
        }
    }
}

impl Gauge for SessionCounts<'_> {
    fn add(&mut self, day: NaiveDate, entry: &Entry) {
        self.sittings += usize::from(entry.about.is_none());
        for (question, newest, pair) in &mut self.questions {
            let Some(answer) = entry.answer(&question.id) else { continue };
            let said = AnswerCount { day, said: answer.text() };
            match newest {
                None => *newest = Some(said),
                Some(now) if pair.is_none() && (now.day - day).num_days() >= self.apart => {
                    let reworded = !question.asked_as(&answer.asked);
                    let asked = question.ask.clone();
                    *pair = Some(Pair { asked, reworded, then: said, now: now.clone() });
                }
                Some(_) => {}
            }
        }
    }

    fn measure(self: Box<Self>) -> Measure {
        let pairs: Vec<Pair> = self.questions.into_iter().filter_map(|(.., pair)| pair).collect();
        let have = if pairs.is_empty() { self.sittings.min(1) } else { 2 };
        Measure::enough(self.sittings, (have, 2, ValueUnit::Sittings), || Body::Sittings { pairs })
    }
}
