//! The number of a question: which one it is, and of how many where that is certain.

use crate::practice::{Condition, Question, Test};

use super::{Milestone, Walk};

impl Walk {
    /// Which one this is, and of how many: of its section, where each can be skipped. Every
    /// question that is a step counts as it comes. How many there are is said as soon as no
    /// answer ahead can change it, and not before the breather, so it never changes on the way.
    /// None for a question in the step of another, for a private one, of which no number
    /// tells, and in a form that an answer changed.
    pub fn place(&self, question: &Question) -> Option<(usize, Option<usize>)> {
        if self.passed_over_before.is_some() || !self.is_step(question) {
            return None;
        }
        let own = Milestone::Question(question.id.clone());
        let before = self.passed.iter().position(|passed| *passed == own);
        let before = &self.passed[..before.unwrap_or(self.passed.len())];
        let is_core = !before.contains(&Milestone::Breather);
        let counts = |id: &str| {
            self.practice.question(id).is_some_and(|q| self.is_counted_with(q, question))
        };
        let passed = before.iter().filter(|p| matches!(p, Milestone::Question(id) if counts(id)));
        let at = passed.count() + 1;
        let (certain, perhaps) = self.steps_ahead(question, is_core);
        let core = self.practice.more.as_ref().filter(|_| is_core);
        let most = core.and_then(|more| more.after).map_or(usize::MAX, |after| after as usize);
        let is_certain = perhaps == 0 && at + certain <= most.max(at);
        Some((at, is_certain.then_some(at + certain)))
    }

    /// How many steps behind this one are certain to come, and how many depend on answers that
    /// are still to be given, or on whether this is enough.
    fn steps_ahead(&self, question: &Question, is_core: bool) -> (usize, usize) {
        let (mut certain, mut perhaps) = (0, 0);
        // Of which it isn't known yet what they will be answered.
        let mut ahead = vec![question.id.as_str()];
        let core_end = self.practice.more.as_ref().filter(|_| is_core);
        let is_in_core = |id: &str| core_end.is_none_or(|more| self.is_above(id, &more.before));
        let is_open = |q: &&Question| {
            let is_asked = q.id == question.id || self.progress.asked.contains(&q.id);
            !is_asked && self.is_on_the_way(q) && !self.is_in_skipped_section(q)
        };
        for open in self.practice.questions.iter().filter(is_open) {
            let is_open_half = self.is_half(open) && !self.is_plan_settled(question);
            let depends = is_open_half || open.when.iter().any(|c| refers_to(c, &ahead));
            if !depends && !self.applies(open) {
                continue;
            }
            ahead.push(&open.id);
            if self.is_counted_with(open, question) {
                let is_certain = !depends && is_in_core(&open.id);
                *(if is_certain { &mut certain } else { &mut perhaps }) += 1;
            }
        }
        (certain, perhaps)
    }

    /// Does this question stand above that one, or is that one not asked in this form?
    fn is_above(&self, id: &str, other: &str) -> bool {
        let place = |id: &str| self.practice.questions.iter().position(|q| q.id == id);
        place(other).is_none_or(|other| place(id) < Some(other))
    }

    /// Are the two counted together, as steps of one section?
    fn is_counted_with(&self, question: &Question, other: &Question) -> bool {
        let is_whole = self.practice.sections.len() < 2;
        self.is_step(question) && (is_whole || question.section == other.section)
    }

    /// Is it one of the halves of a plan, which aren't asked where it was typed whole?
    fn is_half(&self, question: &Question) -> bool {
        let plan = self.practice.rehearsal.as_ref().filter(|plan| plan.whole.is_some());
        plan.is_some_and(|plan| [&plan.condition, &plan.deed].contains(&&question.id))
    }

    /// Was the question passed that may be answered with a whole plan? `open`: the one that
    /// is being asked.
    fn is_plan_settled(&self, open: &Question) -> bool {
        let whole = self.practice.rehearsal.as_ref().and_then(|plan| plan.whole.as_ref());
        whole.is_none_or(|whole| *whole != open.id && self.progress.asked.contains(whole))
    }

    /// Is it a step by itself?
    fn is_step(&self, question: &Question) -> bool {
        let is_part = question.under.is_some() || question.reveal;
        let is_given = self.progress.given.contains(&question.id);
        let is_offered = self.practice.is_offered(&question.id);
        let answer = |id: &String| self.progress.answer(id);
        let plan = self.practice.rehearsal.as_ref().and_then(|plan| plan.whole.as_ref());
        let is_whole =
            || plan.and_then(answer).and_then(|a| self.practice.plan_halves(a)).is_some();
        let is_typed_before = self.is_half(question) && is_whole();
        !is_part && !is_given && !is_offered && !is_typed_before && self.is_on_the_way(question)
    }
}

/// Does the condition depend on the answer to one of these?
fn refers_to(condition: &Condition, ids: &[&str]) -> bool {
    let is_one = |id: &String| ids.contains(&id.as_str());
    match &condition.holds {
        Test::Any(groups) => groups.iter().flatten().any(|condition| refers_to(condition, ids)),
        Test::Against { other, .. } => is_one(&condition.question) || is_one(other),
        Test::Answered(_)
        | Test::OneOf(_)
        | Test::NoneOf(_)
        | Test::Running(_)
        | Test::Repeating(_)
        | Test::Between { .. } => is_one(&condition.question),
    }
}
