//! A sentence that the answers build, piece by piece, before one's eyes.

use crate::entry::{Answer, Value};
use crate::error::Result;
use crate::practice::{Practice, Question, SENTENCE};
use crate::render::clean_line;

use super::walk::Walk;
use super::{Screen, choose};

/// After each of its pieces, shows how it stands; after the last, what is to be changed,
/// until it says what is meant: a piece, or the sentence itself.
pub fn review(question: &Question, walk: &mut Walk, screen: &Screen) -> Result<Option<Question>> {
    let answers = &walk.progress().answers;
    let Some(sentence) = walk.practice().sentence_of(answers).cloned() else { return Ok(None) };
    let (pieces, is_last) = (sentence.pieces(), sentence.after.contains(&question.id));
    // A piece that was skipped changes nothing that was shown before.
    let is_new = pieces.contains(&question.id) && walk.progress().answer(&question.id).is_some();
    if !is_new && !is_last {
        return Ok(None);
    }
    let page = screen.page();
    let strong = |text: &str| page.strong(&page.wrap(&clean_line(text), "  "));
    if !is_last {
        let so_far = by_hand(answers).or_else(|| walk.practice().sentence_so_far(answers));
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
    let say = sentence.review.say.replace("{ask}", &sentence.question.ask);
    match choose(&say, &sentence.review.ways, screen)? {
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
fn current(practice: &Practice, answers: &[Answer]) -> Option<String> {
    by_hand(answers).or_else(|| practice.built_sentence(answers))
}

fn by_hand(answers: &[Answer]) -> Option<String> {
    answers.iter().find(|answer| answer.question == SENTENCE).map(Answer::text)
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
