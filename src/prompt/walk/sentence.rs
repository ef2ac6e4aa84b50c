//! A sentence that was worded by hand, along the walk.

use crate::entry::Answer;
use crate::practice::{Question, SENTENCE};

use super::Walk;

impl Walk {
    /// Lets go of a sentence that was worded by hand, where a piece in the midst of it changes:
    /// it is built again. What a piece adds at its end leaves it as it is.
    pub(super) fn part_with_sentence(&mut self, piece: &Question, answer: Option<&Answer>) {
        let answers = &self.progress.answers;
        let before = self.progress.answer(&piece.id);
        let is_changed = before.map(|a| &a.value) != answer.map(|a| &a.value);
        let of_sentence = |id: &String| *id == piece.id;
        let is_piece = self.practice.sentences.iter().any(|s| s.pieces().iter().any(of_sentence));
        let is_said = || self.practice.sentence_pieces(answers).contains(&piece.id);
        if is_changed && (is_piece || is_said()) {
            let own = self.progress.answer(SENTENCE).map(Answer::text);
            let worded = own
                .and_then(|own| self.practice.own_wording_with(&own, answers, &piece.id, answer));
            self.progress.put(SENTENCE, worded);
        }
    }
}
