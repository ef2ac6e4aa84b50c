//! The way back to an earlier question.

use super::{Milestone, Walk};

impl Walk {
    /// Is there a question before this one?
    pub fn can_go_back(&self) -> bool {
        self.passed.iter().any(|passed| self.returns_to(passed))
    }

    /// Goes back to the question before, whose answer then stands to be changed, across
    /// sections and past what is no longer asked. Does nothing at the first.
    pub fn go_back(&mut self) {
        let Some(at) = self.passed.iter().rposition(|passed| self.returns_to(passed)) else {
            return;
        };
        let place = match &self.passed[at] {
            Milestone::Question(back) => self.practice.questions.iter().position(|q| q.id == *back),
            Milestone::Section(_) | Milestone::Breather | Milestone::Offer => None,
        };
        for passed in self.passed.split_off(at) {
            match passed {
                Milestone::Section(id) => {
                    self.progress.skipped_sections.retain(|skipped| *skipped != id);
                }
                Milestone::Breather => self.progress.wants_more = false,
                Milestone::Offer => {
                    self.progress.passed_offer = false;
                    self.progress.taken_up = None;
                }
                Milestone::Question(id) => self.progress.asked.retain(|asked| *asked != id),
            }
        }
        // What lies behind it is on the way again.
        self.pass_over(place.unwrap_or(0));
        self.progress.is_enough = false;
    }

    fn returns_to(&self, passed: &Milestone) -> bool {
        match passed {
            Milestone::Section(_) | Milestone::Breather | Milestone::Offer => false,
            // The way back to what was chosen in the offer leads through it.
            Milestone::Question(id) if self.practice.is_offered(id) => false,
            Milestone::Question(id) => self.practice.question(id).is_some_and(|q| self.applies(q)),
        }
    }
}
