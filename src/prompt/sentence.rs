//! A sentence that the answers build, piece by piece, before one's eyes.

use crate::entry::Value;
use crate::error::Result;
use crate::practice::{Question, SENTENCE};
use crate::render::clean_line;

use super::walk::Walk;
use super::{Screen, choose};

/// After each of its pieces, shows how it stands; after the last, what is to be changed,
/// until it says what is meant: a piece, or the sentence itself.
pub fn review(question: &Question, walk: &mut Walk, screen: &Screen) -> Result<Option<Question>> {
    let Some(sentence) = walk.practice().sentence.clone() else { return Ok(None) };
    let (pieces, is_last) = (sentence.pieces(), sentence.after.contains(&question.id));
    // A piece that was skipped changes nothing that was shown before.
    let is_new = pieces.contains(&question.id) && walk.progress().answer(&question.id).is_some();
    if !is_new && !is_last {
        return Ok(None);
    }
    // Of too few pieces there is no sentence, and nothing to ask about it.
    let Some(text) = current(walk) else { return Ok(None) };
    let page = screen.page();
    screen.line(&page.strong(&page.wrap(&clean_line(&text), "  ")));
    screen.line("");
    if !is_last {
        return Ok(None);
    }
    let lines = ["It does", "Change a part", "Reword it by hand"].map(str::to_owned);
    match choose("Does it say what you mean?", &lines, screen)? {
        Some(1) => part(&pieces, walk, screen),
        Some(2) => {
            // Its words stand there to be changed.
            walk.hold(&sentence.question, sentence.question.answer_with(Value::Text(text)));
            Ok(Some(sentence.question))
        }
        _ => Ok(None),
    }
}

/// The sentence as it stands: as it was worded by hand, or as its pieces build it.
fn current(walk: &Walk) -> Option<String> {
    let answers = &walk.progress().answers;
    let by_hand = answers.iter().find(|answer| answer.question == SENTENCE);
    by_hand.map(|answer| answer.text()).or_else(|| walk.practice().built_sentence(answers))
}

/// Which of its pieces is to be changed.
fn part(pieces: &[String], walk: &Walk, screen: &Screen) -> Result<Option<Question>> {
    let answers = &walk.progress().answers;
    let asked = |id: &String| walk.progress().asked.contains(id);
    let pieces = pieces.iter().filter(|id| asked(id));
    let pieces = pieces.filter_map(|id| walk.practice().question(id));
    let pieces: Vec<Question> = pieces.map(|question| question.worded(answers)).collect();
    let lines: Vec<String> = pieces.iter().map(|question| clean_line(&question.ask)).collect();
    let chosen = choose("Which part?", &lines, screen)?;
    screen.line("");
    Ok(chosen.map(|index| pieces[index].clone()))
}
