//! A sentence that the answers build, piece by piece, before one's eyes.

use crate::entry::Answer;
use crate::error::Result;
use crate::practice::{Question, Sentence, fill};
use crate::render::clean_line;

use super::walk::Walk;
use super::{Screen, choose};

/// After each of its pieces, shows how it stands; after the last, the piece that is to be
/// changed, until it can stand.
pub fn review(question: &Question, walk: &Walk, screen: &Screen) -> Result<Option<Question>> {
    let Some(sentence) = &walk.practice().sentence else { return Ok(None) };
    let (pieces, is_last) = (sentence.pieces(), sentence.after.contains(&question.id));
    // A piece that was skipped changes nothing that was shown before.
    let is_new = pieces.contains(&question.id) && walk.progress().answer(&question.id).is_some();
    // Of too few pieces there is no sentence, and nothing to ask about it.
    if !(is_new || is_last) || !show(sentence, &walk.progress().answers, screen) || !is_last {
        return Ok(None);
    }
    let pieces = pieces.iter().filter_map(|id| walk.practice().question(id));
    let pieces: Vec<&Question> = pieces.collect();
    let mut lines = vec!["It can stand like this".to_owned()];
    lines.extend(pieces.iter().map(|q| format!("Change: {}", clean_line(&q.ask))));
    let chosen = choose("Does it say what you mean?", &lines, screen)?.unwrap_or(0);
    screen.line("");
    Ok(chosen.checked_sub(1).map(|i| pieces[i].clone()))
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
