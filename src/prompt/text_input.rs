//! Answers in one's own words: a line, or many. What was typed is never lost to a key:
//! it stays through the menu, the editor and a refused answer.

use zeroize::Zeroizing;

use crate::entry::Value;
use crate::error::Result;
use crate::practice::{PracticeError, Question, QuestionKind};
use crate::render::{clean, clean_line};

use super::list_rows::ListLine;
use super::prompter::TextEnd;
use super::question_input::Input;
use super::text_field::TextField;
use super::{Screen, editor};

/// A text as far as it is written.
pub(super) struct TextPrompt {
    pub text: Zeroizing<String>,
    pub is_long: bool,
    /// To be chosen instead.
    pub suggestions: Vec<ListLine>,
    /// What it was written in, with its cursor and what can be undone.
    pub field: Option<TextField>,
    /// What stood there first, as it was kept and as it is shown.
    before: (Zeroizing<String>, Zeroizing<String>),
}

impl TextPrompt {
    /// Begins with what stands there already.
    pub fn new(question: &Question, before: &str) -> TextPrompt {
        let suggestions = if let QuestionKind::Text { suggestions } = &question.kind {
            suggestions.as_slice()
        } else if let QuestionKind::Long = question.kind {
            question.starts.as_slice()
        } else {
            &[]
        };
        // Some of them are made of earlier entries.
        let heading = |text: &String| clean_line(text).trim_end_matches(':').to_owned();
        let suggestions = suggestions.iter().map(|suggestion| ListLine {
            heading: suggestion.heading.as_ref().map(heading),
            text: clean_line(&suggestion.say),
        });
        let shown = Zeroizing::new(clean(before).into_owned());
        TextPrompt {
            text: shown.clone(),
            is_long: matches!(question.kind, QuestionKind::Long),
            suggestions: suggestions.collect(),
            field: None,
            before: (Zeroizing::new(before.to_owned()), shown),
        }
    }

    /// Reads it until it is an answer.
    pub fn read(&mut self, question: &Question, screen: &Screen) -> Result<Input> {
        let mut refused_at = None;
        loop {
            let end = screen.prompter().text(self, screen)?;
            // What was refused before has been read.
            refused_at.take().into_iter().for_each(|place| screen.rewind(place));
            match end {
                TextEnd::Done => {}
                TextEnd::Esc => return Ok(Input::Esc(self.words().to_string())),
                TextEnd::Editor if !self.edit(screen)? => continue,
                TextEnd::Editor => {}
            }
            match self.value(question) {
                Err(error) if matches!(error.of(), Some(PracticeError::BadAnswer { .. })) => {
                    refused_at = Some(screen.mark());
                    screen.line(&screen.page().wrap(&clean_line(&error.hint()), ""));
                    if screen.is_accessible() {
                        // A line can't be changed; what stood there is to be kept, or retyped.
                        self.text = self.before.1.clone();
                    }
                }
                read => return read.map(Input::Answer),
            }
        }
    }

    /// Opens the editor on it. Is it written?
    fn edit(&mut self, screen: &Screen) -> Result<bool> {
        let edited = editor::edit(&self.text, screen)?;
        screen.forget();
        let Some(edited) = edited else { return Ok(false) };
        if let Some(field) = &mut self.field {
            field.replace(edited.trim_end_matches('\n'));
        }
        self.text = edited;
        screen.rescue().note_typed(self.text.clone());
        Ok(true)
    }

    /// What stood there is shown without its control characters; left as it is shown, it
    /// stays what it was.
    fn words(&self) -> &str {
        let (before, shown) = &self.before;
        if self.text == *shown { before } else { &self.text }
    }

    fn value(&self, question: &Question) -> Result<Option<Value>> {
        question.read(self.words())
    }
}
