//! A sentence that the answers build, piece by piece, before one's eyes.

use crate::entry::{Answer, Value};
use crate::error::Result;
use crate::practice::{Practice, Question, SENTENCE, all_match};
use crate::render::clean_line;

use super::choices::choose_from;
use super::conversation::Conversation;
use super::walk::Walk;

impl Conversation<'_> {
    /// After each of its pieces, shows how it stands; after the last, it can be changed until it
    /// says what is meant.
    pub(super) fn review_sentence(&self, question: &Question, walk: &mut Walk) -> Result<()> {
        let place = self.screen.mark();
        loop {
            // As it stood before it was changed, it isn't shown again.
            self.screen.rewind(place);
            let Some(part) = self.show_sentence_after(question, walk)? else { return Ok(()) };
            self.change(&part, walk)?;
            // What was just said may have turned care on, and been the last.
            if walk.is_ended() {
                return Ok(());
            }
        }
    }

    /// Shows the sentence as it stands after this question. What of it is to be changed: a
    /// piece, or the sentence itself.
    fn show_sentence_after(
        &self,
        question: &Question,
        walk: &mut Walk,
    ) -> Result<Option<Question>> {
        let screen = self.screen;
        // As it will be kept: a piece that is no longer asked isn't in it.
        let answers = &walk.kept_answers();
        let Some(sentence) = walk.practice().sentence_of(answers).cloned() else { return Ok(None) };
        let is_last = sentence.after.contains(&question.id);
        // A piece that was skipped changes nothing that was shown before.
        let is_new = sentence.reads(&question.id) && walk.progress().answer(&question.id).is_some();
        if !is_new && !is_last {
            return Ok(None);
        }
        let page = screen.page();
        let strong = |text: &str| page.strong(&page.wrap(&clean_line(text), "  "));
        if !is_last {
            let by_hand = by_hand(walk.practice(), answers);
            let so_far = by_hand.or_else(|| walk.practice().sentence_so_far(answers));
            if let Some(text) = so_far {
                screen.line(&strong(&text));
                screen.line("");
            }
            return Ok(None);
        }
        // Of too few pieces there is no sentence, and nothing to ask about it.
        let Some(text) = current(walk.practice(), answers) else { return Ok(None) };
        screen.line(&strong(&text));
        screen.line("");
        if let Some(turned) = walk.practice().sentence_turned(answers) {
            screen.paragraph(&turned);
        }
        if let Some(ask) = walk.practice().sentence_ask_back(answers) {
            screen.paragraph(ask);
        }
        let say = sentence.review.say.replace("{ask}", &sentence.question.ask);
        let mut ways = sentence.review.ways.clone();
        // Where another piece leaves it, the list of them says which doesn't.
        let is_lost = |piece: &Question| ends_own_wording(piece, walk.practice(), answers);
        let is_lost_by_all = pieces_to_change(walk).iter().all(is_lost);
        let is_by_hand = by_hand(walk.practice(), answers).is_some();
        if let Some(way) = ways.get_mut(CHANGE_PIECE).filter(|_| is_by_hand && is_lost_by_all) {
            way.push_str(LOSES_WORDING);
        }
        loop {
            match self.choose_below(&say, &ways, 0, &[], walk)? {
                Some(CHANGE_PIECE) => {
                    let piece = self.piece_to_change(walk)?;
                    if piece.is_some() {
                        return Ok(piece);
                    }
                }
                Some(REWORD) => {
                    // Its words stand there to be changed.
                    walk.hold(&sentence.question, sentence.question.answer_with(Value::Text(text)));
                    return Ok(Some(sentence.question));
                }
                Some(_) | None => return Ok(None),
            }
        }
    }

    /// Which of its pieces is to be changed; `None` leads back to the review.
    fn piece_to_change(&self, walk: &Walk) -> Result<Option<Question>> {
        let pieces = pieces_to_change(walk);
        let answers = walk.kept_answers();
        let line = |piece: &Question| {
            let is_lost = ends_own_wording(piece, walk.practice(), &answers);
            clean_line(&piece.ask) + if is_lost { LOSES_WORDING } else { "" }
        };
        let lines: Vec<String> = pieces.iter().map(line).collect();
        loop {
            let chosen = choose_from("Which piece?", &lines, 0, self.screen)?;
            if let Some(at) = chosen {
                self.screen.line("");
                return Ok(Some(pieces[at].clone()));
            }
            if self.leaves_aside()? {
                return Ok(None);
            }
        }
    }
}

/// The pieces of the sentence that were asked in this session.
fn pieces_to_change(walk: &Walk) -> Vec<Question> {
    let answers = &walk.kept_answers();
    let pieces = walk.practice().sentence_pieces(answers);
    let asked = pieces.iter().filter(|id| walk.progress().asked.contains(id));
    let asked = asked.filter_map(|id| walk.practice().question(id));
    let asked = asked.filter(|question| all_match(&question.when, answers));
    asked.map(|question| question.worded(answers)).collect()
}

/// Behind a way to change a piece: what becomes of a sentence that was worded by hand.
pub(super) const LOSES_WORDING: &str = " (you lose your own wording)";
/// Of the ways to review a sentence, the one that changes a piece.
const CHANGE_PIECE: usize = 1;
/// The one that words it by hand.
const REWORD: usize = 2;

/// Would another answer to this question let go of a sentence that was worded by hand?
pub(super) fn ends_own_wording(
    question: &Question,
    practice: &Practice,
    answers: &[Answer],
) -> bool {
    let stays = |own: String| practice.own_wording_without(&own, answers, &question.id).is_some();
    practice.is_sentence_piece(&question.id, answers)
        && by_hand(practice, answers).is_some_and(|own| !stays(own))
}

/// The sentence as it stands: as it was worded by hand, or as its pieces build it.
fn current(practice: &Practice, answers: &[Answer]) -> Option<String> {
    by_hand(practice, answers).or_else(|| practice.built_sentence(answers))
}

/// Its writer's own wording; one that is no more than its pieces build is none.
fn by_hand(practice: &Practice, answers: &[Answer]) -> Option<String> {
    let worded = answers.iter().find(|answer| answer.question == SENTENCE).map(Answer::text);
    worded.filter(|words| practice.built_sentence(answers).as_ref() != Some(words))
}
