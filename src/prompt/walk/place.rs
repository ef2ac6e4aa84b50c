//! The number of a question: which one of how many it is.

use crate::practice::Question;

use super::{Milestone, Walk};

impl Walk {
    /// Which one of how many this is: of its section, where each can be skipped, and before
    /// the breather, of those before it. Counted are the questions that are asked whatever is
    /// answered, so the number never jumps and how many there are never changes on the way.
    /// None for a question that only some answers lead to and for one in the step of another,
    /// unless the breather counts them; for a private one, of which no number tells, and in a form
    /// that an answer changed.
    pub fn place(&self, question: &Question) -> Option<(usize, usize)> {
        if self.passed_over_before.is_some() {
            return None;
        }
        let practice = &self.practice;
        let is_section_whole = practice.sections.len() < 2;
        let counts =
            |q: &&Question| self.is_step(q) && (is_section_whole || q.section == question.section);
        let all: Vec<&Question> = practice.questions.iter().filter(counts).collect();
        let at = all.iter().position(|q| q.id == question.id);
        let Some(more) = practice.more.as_ref() else { return Some((at? + 1, all.len())) };
        let place = |q: &&Question| practice.questions.iter().position(|o| o.id == q.id);
        let first = practice.questions.iter().position(|q| q.id == more.before);
        let before = all.iter().filter(|q| first.is_none() || place(q) < first).count();
        let after = more.after.map_or(before, |after| after as usize);
        // Where the breather may come before all of them, it counts whatever was asked.
        let is_open = practice.questions.iter().all(|q| !q.reveal);
        let counts_all = is_open && more.after.is_some() && before >= after;
        let counts_all = counts_all && self.progress.given.is_empty();
        let asked = self.passed.iter().take_while(|it| **it != Milestone::Breather);
        let asked: Vec<&String> = asked.filter_map(Milestone::question).collect();
        if !self.passed.contains(&Milestone::Breather) {
            let at = if counts_all { asked.len() } else { at? };
            return Some((at + 1, before.min(after).max(at + 1)));
        }
        let others = asked.iter().filter(|id| all.iter().all(|q| q.id != ***id)).count();
        let others = if counts_all { others } else { 0 };
        Some((at? + 1 + others, all.len() + others))
    }

    /// Is it asked whatever is answered, and a step by itself?
    fn is_step(&self, question: &Question) -> bool {
        let is_part = question.under.is_some() || question.reveal || !question.when.is_empty();
        let is_given = self.progress.given.contains(&question.id);
        let is_offered = self.practice.is_offered(&question.id);
        // Its halves are not asked where a plan was typed whole.
        let plan = self.practice.rehearsal.as_ref().filter(|plan| plan.whole.is_some());
        let is_half = plan.is_some_and(|plan| {
            [&plan.condition, &plan.deed].iter().any(|id| *id.get_ref() == question.id)
        });
        !is_part && !is_given && !is_offered && !is_half && self.is_on_the_way(question)
    }
}
