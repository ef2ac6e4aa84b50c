//! Question → Answer: from the command line, from JSON, from a pipe, or at the
//! prompt. The only floor that knows inquire and the terminal.

mod answers_input;
mod choices;
mod editor;
mod errors;
mod help_lines;
mod hint;
mod known_editors;
mod pager;
mod passphrase;
mod password_input;
mod piped_text;
mod plugin;
mod progress;
mod question_input;
mod sentence;
mod terminal;
mod text_input;
mod timer;

use std::sync::Arc;

use crate::entry::Answer;
use crate::error::Result;
use crate::practice::{Practice, Question, all_match};
use crate::render::clean;

pub use answers_input::{AnswersInput, group_by_question, join_repeated, json_object, read_text};
pub use choices::{choose, read_through, yes};
pub use errors::AskError;
pub use passphrase::{new_passphrase, unlocking};
pub use piped_text::is_text_piped;
pub use plugin::TALK;
pub use progress::Bar;
pub use question_input::question as ask_question;
pub use terminal::{Screen, Terminal, print_error};
pub use timer::count_down;

/// What earlier entries say, at the opening or on entering a section.
pub struct RecalledAnswers {
    pub section: Option<String>,
    pub lead: String,
    pub lines: Vec<String>,
}

/// A sitting, as it stands: what was said, and which questions were asked.
#[derive(Clone, Default)]
pub struct Progress {
    pub answers: Vec<Answer>,
    /// The answered and the skipped, so that going on asks neither again.
    pub asked: Vec<String>,
}

impl Progress {
    pub fn with(answers: Vec<Answer>) -> Progress {
        let asked = answers.iter().map(|a| a.question.clone()).collect();
        Progress { answers, asked }
    }

    fn set(&mut self, question: &Question, answer: Option<Answer>) {
        self.answers.retain(|a| a.question != question.id);
        self.answers.extend(answer);
        if !self.asked.contains(&question.id) {
            self.asked.push(question.id.clone());
        }
    }

    /// Is it to be asked: not yet, and do its conditions hold?
    fn is_open(&self, question: &Question) -> bool {
        !self.asked.contains(&question.id) && all_match(&question.when, &self.answers)
    }
}

/// Where a sitting's progress is kept until the entry is.
pub trait DraftSink: Send + Sync {
    fn save(&self, progress: &Progress) -> Result<()>;
}

/// What to save when the terminal is closed in the middle of an answer.
struct PendingAnswer {
    net: Arc<dyn DraftSink>,
    progress: Progress,
    question: Question,
}

impl PendingAnswer {
    fn save(mut self, text: &str) {
        let Ok(Some(value)) = self.question.read(text) else { return };
        let answer = self.question.answer_with(value);
        // Not as asked: `resume` goes on in the middle of it.
        self.progress.answers.retain(|a| a.question != answer.question);
        self.progress.answers.push(answer);
        // There is nobody left to tell.
        let _ = self.net.save(&self.progress);
    }
}

/// Asks what is not answered yet, in the order of the practice, and hands each
/// step on to be kept as a draft. A question that is skipped is simply not in
/// what comes back.
pub fn ask_practice(
    practice: &Practice,
    mut progress: Progress,
    recalled: &[RecalledAnswers],
    screen: &Screen,
    net: Arc<dyn DraftSink>,
) -> Result<Vec<Answer>> {
    screen.title(&practice.title);
    if let Some(intro) = &practice.intro {
        screen.paragraph(intro);
    }
    recall(recalled, None, screen);
    // The draft is a net. Where it cannot be hung up, the sitting goes on, and
    // what was just said is not lost for its sake.
    let mut told = false;
    let mut save = |progress: &Progress| {
        if let Err(error) = net.save(progress).map_err(|e| e.to_string())
            && !std::mem::replace(&mut told, true)
        {
            screen.paragraph(&format!("{error} The sitting goes on; there is no draft of it."));
        }
    };
    let mut section: Option<&str> = None;
    let mut skipping = false;
    for question in &practice.questions {
        if !progress.is_open(question) {
            continue;
        }
        if question.section.as_deref() != section {
            section = question.section.as_deref();
            skipping = !enter_section(practice, section, recalled, screen)?;
        }
        if skipping {
            continue;
        }
        screen.stand_by(PendingAnswer {
            net: net.clone(),
            progress: progress.clone(),
            question: question.clone(),
        });
        // Of an answer that was broken off, what was written stands there.
        let begun = progress.answers.iter().find(|a| a.question == question.id);
        let begun = begun.map(|a| a.value.clone());
        let asked = question_input::question(question, begun.as_ref(), screen);
        if asked.is_err() {
            // Stopped in the middle of an answer: it is in the draft as it stands.
            screen.rescue();
        }
        progress.set(question, asked?.map(|value| question.answer_with(value)));
        save(&progress);
        hint::offer(practice, question, &mut progress, screen)?;
        sentence::build(practice, question, &mut progress, screen)?;
        save(&progress);
    }
    Ok(in_order(practice, progress.answers))
}

/// Introduces a part. Where there are several, each can be passed over.
fn enter_section(
    practice: &Practice,
    id: Option<&str>,
    recalled: &[RecalledAnswers],
    screen: &Screen,
) -> Result<bool> {
    let Some(section) = practice.sections.iter().find(|s| Some(s.id.as_str()) == id) else {
        return Ok(true);
    };
    screen.heading(&section.title);
    if let Some(intro) = &section.intro {
        screen.paragraph(intro);
    }
    recall(recalled, id, screen);
    if practice.sections.len() == 1 {
        return Ok(true);
    }
    let choice = choose("", &["Go on".to_owned(), "Skip this part".to_owned()], screen)?;
    screen.line("");
    Ok(choice == Some(0))
}

/// Earlier words, which anything may stand in.
fn recall(recalled: &[RecalledAnswers], section: Option<&str>, screen: &Screen) {
    let page = screen.page();
    for recalled in recalled.iter().filter(|r| r.section.as_deref() == section) {
        if !recalled.lead.is_empty() {
            screen.line(&page.quiet(&page.wrap(&clean(&recalled.lead), "")));
        }
        for line in &recalled.lines {
            screen.line(&page.wrap(clean(line).trim_end(), "  "));
        }
        screen.line("");
    }
}

pub fn in_order(practice: &Practice, mut answers: Vec<Answer>) -> Vec<Answer> {
    let place = |a: &Answer| practice.questions.iter().position(|q| q.id == a.question);
    answers.sort_by_key(|a| place(a).unwrap_or(usize::MAX));
    answers
}
