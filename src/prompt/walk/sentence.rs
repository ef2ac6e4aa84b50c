//! A sentence that was worded by hand, along the walk.

use crate::entry::Answer;
use crate::practice::{Question, SENTENCE};

use super::Walk;

impl Walk {
    /// Lets go of a sentence that was worded by hand, where a piece in the midst of it changes:
    /// it is built again. What a piece adds at its end leaves it as it is.
    pub(super) fn part_with_sentence(&mut self, piece: &Question, answer: Option<&Answer>) {
        let answers = &self.kept_answers();
        let before = self.progress.answer(&piece.id);
        let is_changed = before.map(|a| &a.value) != answer.map(|a| &a.value);
        if is_changed && self.practice.is_sentence_piece(&piece.id, answers) {
            let own = self.progress.answer(SENTENCE).map(Answer::text);
            let worded = own
                .and_then(|own| self.practice.own_wording_with(&own, answers, &piece.id, answer));
            self.progress.put(SENTENCE, worded);
        }
    }
}
