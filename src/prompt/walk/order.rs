//! The order in which answers are kept.

use crate::entry::Answer;
use crate::practice::Practice;

/// The answers in the order of the practice's questions. An answer to a question that this
/// form no longer asks stays behind the one that was given before it.
pub fn in_order(practice: &Practice, answers: Vec<Answer>) -> Vec<Answer> {
    let place = |a: &Answer| practice.questions.iter().position(|q| q.id == a.question);
    let mut before = 0;
    let placed = answers.into_iter().map(|answer| {
        before = place(&answer).unwrap_or(before);
        (before, answer)
    });
    let mut placed: Vec<(usize, Answer)> = placed.collect();
    placed.sort_by_key(|(place, _)| *place);
    placed.into_iter().map(|(_, answer)| answer).collect()
}
