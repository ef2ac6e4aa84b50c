//! A sentence that the answers build, piece by piece, before one's eyes.

use crate::entry::Answer;
use crate::error::Result;
use crate::practice::{Practice, Question, Sentence, fill};
use crate::render::clean_line;

use super::{Progress, Screen, choose, question_input};

/// After each of its pieces, shows how it stands; after the last, offers to
/// change one.
pub fn build(
    practice: &Practice,
    question: &Question,
    progress: &mut Progress,
    screen: &Screen,
) -> Result<()> {
    let Some(sentence) = &practice.sentence else { return Ok(()) };
    let pieces = sentence.pieces();
    if !pieces.contains(&question.id) && !sentence.after.contains(&question.id) {
        return Ok(());
    }
    // A piece that was skipped changes nothing that was shown before.
    let answered = progress.answers.iter().any(|a| a.question == question.id);
    let mut shown = false;
    if answered || sentence.after.contains(&question.id) {
        shown = show(sentence, &progress.answers, screen);
    }
    // Of too few pieces there is no sentence, and nothing to ask about it.
    while sentence.after.contains(&question.id) && shown {
        let there: Vec<&Question> = pieces.iter().filter_map(|id| practice.question(id)).collect();
        let mut lines = vec!["It can stand like this".to_owned()];
        lines.extend(there.iter().map(|q| format!("Change: {}", clean_line(&q.ask))));
        let chosen = choose("Does it say what you mean?", &lines, screen)?.unwrap_or(0);
        screen.line("");
        let Some(piece) = chosen.checked_sub(1).map(|i| there[i]) else { break };
        let before = progress.answers.iter().find(|a| a.question == piece.id).cloned();
        if let Some(value) =
            question_input::question(piece, before.as_ref().map(|a| &a.value), screen)?
        {
            progress.set(piece, Some(piece.answer_with(value)));
        }
        shown = show(sentence, &progress.answers, screen);
    }
    Ok(())
}

/// Was there anything to show?
fn show(sentence: &Sentence, answers: &[Answer], screen: &Screen) -> bool {
    let page = screen.page();
    let lines: Vec<String> = sentence
        .say
        .iter()
        .filter_map(|line| fill(line, answers))
        .map(|l| clean_line(&l))
        .collect();
    if !lines.is_empty() {
        screen.line(&page.strong(&page.wrap(&lines.join(" "), "  ")));
        screen.line("");
    }
    !lines.is_empty()
}
