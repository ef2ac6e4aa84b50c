//! Question → Answer: from the command line, from JSON, from a pipe, or at the
//! prompt. The only floor that knows inquire and the terminal.

mod answers_input;
mod answers_json;
mod choices;
mod editor;
mod errors;
mod hint;
mod known_editors;
mod pager;
mod passphrase;
mod password_input;
mod piped_text;
mod plugin;
mod progress;
mod question_input;
mod rescue;
mod screen;
mod sentence;
mod signals;
mod terminal;
mod text_input;
mod timer;

use std::sync::Arc;

use crate::entry::Answer;
use crate::error::Result;
use crate::practice::{Practice, Question, all_match};
use crate::render::clean;

use rescue::PendingAnswer;

pub(crate) use answers_input::{
    AnswersInput, group_by_question, join_repeated, json_object, read_text,
};
pub(crate) use choices::{choose, read_through, yes};
pub use errors::AskError;
pub(crate) use passphrase::{new_passphrase, unlocking};
pub(crate) use piped_text::is_text_piped;
pub use plugin::TALK;
pub(crate) use progress::ProgressBar;
pub(crate) use question_input::question as ask_question;
pub(crate) use screen::Screen;
pub(crate) use terminal::Terminal;
pub use terminal::print_error;
pub(crate) use timer::count_down;

/// What earlier entries say, at the opening or on entering a section.
pub struct RecalledAnswers {
    /// The section before which they are shown; none for the beginning.
    pub section: Option<String>,
    /// The line above them.
    pub lead: String,
    /// What was answered then.
    pub lines: Vec<String>,
}

/// A sitting, as it stands: what was said, and which questions were asked.
#[derive(Clone, Default)]
pub struct Progress {
    /// What is answered so far.
    pub answers: Vec<Answer>,
    /// The answered and the skipped, so that going on asks neither again.
    pub asked: Vec<String>,
}

impl Progress {
    /// From these answers on.
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
    /// Saves what is answered so far.
    ///
    /// # Errors
    /// What kept it from being saved; the session goes on.
    fn save(&self, progress: &Progress) -> Result<()>;
}

/// Asks what is not answered yet, in the order of the practice, and hands each
/// step on to be kept as a draft. A question that is skipped is simply not in
/// what comes back.
///
/// # Errors
/// `Cancelled`, where it is stopped, or what the terminal says.
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
    // If the draft cannot be saved, warn once and continue: what was just said is not
    // lost for its sake.
    let mut is_warned = false;
    let mut save = |progress: &Progress| {
        if let Err(error) = net.save(progress).map_err(|e| e.to_string())
            && !std::mem::replace(&mut is_warned, true)
        {
            screen.paragraph(&format!("{error} You can carry on, but no draft of it is kept."));
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
        screen.begin_answer(PendingAnswer {
            drafts: net.clone(),
            progress: progress.clone(),
            question: question.clone(),
        });
        // Of an answer that was broken off, what was written stands there.
        let start = progress.answers.iter().find(|a| a.question == question.id);
        let start = start.map(|a| a.value.clone());
        let value = question_input::question(question, start.as_ref(), screen);
        if value.is_err() {
            // Stopped in the middle of an answer: it is in the draft as it stands.
            screen.save_answer();
        }
        progress.set(question, value?.map(|value| question.answer_with(value)));
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

/// The answers in the order of the practice's questions.
pub fn in_order(practice: &Practice, mut answers: Vec<Answer>) -> Vec<Answer> {
    let place = |a: &Answer| practice.questions.iter().position(|q| q.id == a.question);
    answers.sort_by_key(|a| place(a).unwrap_or(usize::MAX));
    answers
}
