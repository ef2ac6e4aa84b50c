//! A mark for each of several choices: which of these needs are met, and which are not.

use crate::entry::{Answer, Value};
use crate::error::Result;
use crate::practice::Question;
use crate::render::clean_line;

use super::conversation::Conversation;
use super::walk::Walk;

impl Conversation<'_> {
    /// Asks for a mark on each choice, where the question has marks. A choice may stay without.
    pub(super) fn mark_each(&self, question: &Question, walk: &mut Walk) -> Result<()> {
        let is_mark = |q: &&Question| q.mark.as_ref().is_some_and(|mark| mark.of == question.id);
        let marks: Vec<Question> =
            walk.practice().questions.iter().filter(is_mark).cloned().collect();
        if marks.is_empty() {
            return Ok(());
        }
        let labels = marks.iter().filter_map(|q| q.mark.as_ref()).map(|mark| mark.label.clone());
        let lines: Vec<String> = std::iter::once("skip".to_owned()).chain(labels).collect();
        let choices = choices(question, walk);
        let is_choice = |id: &String| choices.iter().any(|(choice, _)| choice == id);
        let standing = |mark: &Question| chosen(walk.progress().answer(&mark.id));
        let mut marked: Vec<Vec<String>> = marks.iter().map(standing).collect();
        marked.iter_mut().for_each(|ids| ids.retain(is_choice));
        for (id, label) in &choices {
            let label = clean_line(label);
            let first = marked.iter().position(|ids| ids.contains(id)).map_or(0, |at| at + 1);
            let Some(line) = self.choose_below(&label, &lines, first, &[], walk)? else { break };
            marked.iter_mut().for_each(|ids| ids.retain(|marked| marked != id));
            if let Some(place) = line.checked_sub(1) {
                marked[place].push(id.clone());
                self.screen.echo(&format!("  {label}: {}", lines[line]));
            }
        }
        self.screen.line("");
        for (mark, ids) in marks.iter().zip(marked) {
            let answer = (!ids.is_empty()).then(|| mark.answer_with(Value::Chosen(ids)));
            walk.mark(mark, answer);
        }
        Ok(())
    }
}

/// What was chosen, each with its wording.
fn choices(question: &Question, walk: &Walk) -> Vec<(String, String)> {
    let answer = walk.progress().answer(&question.id);
    let labels = answer.map(Answer::chosen).unwrap_or_default();
    chosen(answer).into_iter().zip(labels).collect()
}

fn chosen(answer: Option<&Answer>) -> Vec<String> {
    match answer.map(|answer| &answer.value) {
        Some(Value::Chosen(ids)) => ids.clone(),
        Some(Value::CantSay | Value::YesNo(_) | Value::Number(_) | Value::Text(_)) | None => {
            Vec::new()
        }
    }
}
