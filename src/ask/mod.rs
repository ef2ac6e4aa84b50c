//! Question → Answer: from the command line, from JSON, from a pipe, or at the
//! prompt. The only floor that knows inquire and the terminal.

mod editor;
mod given;
mod pager;
mod passphrase;
mod prompt;
mod stillness;
mod terminal;

use crate::entry::Answer;
use crate::error::Result;
use crate::practice::{Practice, Question};

pub use given::{Offered, json_object, read_text};
pub use passphrase::{new_passphrase, unlocking};
pub use prompt::{choose, question as ask_question, yes};
pub use terminal::{Screen, Terminal};

/// Asks what `known` does not answer yet, in the order of the practice.
/// A question that is skipped is simply not in what comes back.
pub fn sit(practice: &Practice, known: Vec<Answer>, screen: &Screen) -> Result<Vec<Answer>> {
    screen.title(&practice.title);
    if let Some(intro) = &practice.intro {
        screen.paragraph(intro);
    }
    let mut answers = known;
    let mut section: Option<&str> = None;
    let mut skipping = false;
    for question in &practice.questions {
        if question.section.as_deref() != section {
            section = question.section.as_deref();
            skipping = !enter_section(practice, section, screen)?;
        }
        if skipping || !is_open(question, &answers) {
            continue;
        }
        if let Some(value) = prompt::question(question, None, screen)? {
            answers.push(question.answered(value));
        }
    }
    Ok(in_order(practice, answers))
}

/// Is it to be asked: not answered yet, and its conditions hold?
fn is_open(question: &Question, answers: &[Answer]) -> bool {
    answers.iter().all(|a| a.question != question.id)
        && question.when.iter().all(|condition| condition.holds(answers))
}

/// Introduces a part. Where there are several, each can be passed over.
fn enter_section(practice: &Practice, id: Option<&str>, screen: &Screen) -> Result<bool> {
    let Some(section) = practice.sections.iter().find(|s| Some(s.id.as_str()) == id) else {
        return Ok(true);
    };
    screen.heading(&section.title);
    if let Some(intro) = &section.intro {
        screen.paragraph(intro);
    }
    if practice.sections.len() == 1 {
        return Ok(true);
    }
    let choice = choose("", &["Go on".to_owned(), "Skip this part".to_owned()], screen)?;
    Ok(choice == Some(0))
}

pub fn in_order(practice: &Practice, mut answers: Vec<Answer>) -> Vec<Answer> {
    let place = |a: &Answer| practice.questions.iter().position(|q| q.id == a.question);
    answers.sort_by_key(|a| place(a).unwrap_or(usize::MAX));
    answers
}
