//! The number of a question: which one of how many it is.

use crate::practice::Question;

use super::{Milestone, Walk};

impl Walk {
    /// Which one of how many this is, as far as the answers can tell; before the breather,
    /// of those before it. In a practice of steps, one that is passed over counts, too.
    /// None for a question in the step of another, and for a private one, of which no number
    /// tells.
    pub fn place(&self, question: &Question) -> Option<(usize, usize)> {
        let practice = &self.practice;
        let counts = |q: &&Question| {
            let is_asked = practice.steps || self.applies(q);
            q.under.is_none() && !q.reveal && is_asked && self.is_on_the_way(q)
        };
        let all: Vec<&Question> = practice.questions.iter().filter(counts).collect();
        if question.under.is_some() || question.reveal {
            return None;
        }
        let at = all.iter().position(|q| q.id == question.id).unwrap_or_default();
        let more = practice.more.as_ref().filter(|_| !self.passed.contains(&Milestone::Breather));
        let core = more.map_or(all.len(), |more| {
            let place = |q: &&Question| practice.questions.iter().position(|o| o.id == q.id);
            let first = practice.questions.iter().position(|q| q.id == more.before);
            let before = all.iter().filter(|q| first.is_none() || place(q) < first).count();
            before.min(more.after.map_or(before, |after| after as usize))
        });
        Some((at + 1, core.max(at + 1)))
    }
}
