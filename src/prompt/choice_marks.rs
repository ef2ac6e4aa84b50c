//! A mark for each of several choices: which of these needs are met, and which are not.

use crate::entry::Value;
use crate::error::Result;
use crate::practice::Question;
use crate::render::clean_line;

use super::walk::Walk;
use super::{Screen, choose};

/// Asks for a mark on each choice, where the question has marks. A choice may stay without.
pub fn mark_each(question: &Question, walk: &mut Walk, screen: &Screen) -> Result<()> {
    let is_mark = |q: &&Question| q.mark.as_ref().is_some_and(|mark| mark.of == question.id);
    let marks: Vec<Question> = walk.practice().questions.iter().filter(is_mark).cloned().collect();
    if marks.is_empty() {
        return Ok(());
    }
    let labels = marks.iter().filter_map(|q| q.mark.as_ref()).map(|mark| mark.label.clone());
    let lines: Vec<String> = std::iter::once("skip".to_owned()).chain(labels).collect();
    let mut marked: Vec<Vec<String>> = vec![Vec::new(); marks.len()];
    for (id, label) in choices(question, walk) {
        let label = clean_line(&label);
        let chosen = choose(&label, &lines, screen)?.unwrap_or(0);
        if let Some(place) = chosen.checked_sub(1) {
            marked[place].push(id);
            screen.echo(&format!("  {label}: {}", lines[chosen]));
        }
    }
    screen.line("");
    for (mark, ids) in marks.iter().zip(marked) {
        let answer = (!ids.is_empty()).then(|| mark.answer_with(Value::Chosen(ids)));
        walk.mark(mark, answer);
    }
    Ok(())
}

/// What was chosen, each with its wording.
fn choices(question: &Question, walk: &Walk) -> Vec<(String, String)> {
    let answer = walk.progress().answer(&question.id);
    let chosen = answer.and_then(|answer| match &answer.value {
        Value::Chosen(ids) => Some(ids.clone().into_iter().zip(answer.chosen()).collect()),
        Value::CantSay | Value::YesNo(_) | Value::Number(_) | Value::Text(_) => None,
    });
    chosen.unwrap_or_default()
}
