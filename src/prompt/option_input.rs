//! Choosing one of a question's options, or several, or words of one's own in their place.

use zeroize::Zeroizing;

use crate::entry::Value;
use crate::error::Result;
use crate::practice::{AnswerOption, Question, QuestionKind};
use crate::render::clean_line;

use super::Screen;
use super::list_prompt::ListPrompt;
use super::mark_prompt::{MarkPrompt, SOMETHING_ELSE};
use super::question_input::{Input, SKIP};
use super::text_input::TextPrompt;

/// A choice under way; it stays as it is while the menu is open.
pub(super) struct OptionInput<'a> {
    question: &'a Question,
    options: &'a [AnswerOption],
    takes_words: bool,
    /// The line that is marked first, where one is chosen; the first of them skips.
    first: usize,
    /// The last line: for something else, or for the words that stand there already.
    other: String,
    /// What finds each line besides its words: the skip has nothing, and an option its id.
    ids: Vec<String>,
    /// Words in the place of a line, as they are typed.
    typed: Zeroizing<String>,
    /// Where several are chosen.
    marks: MarkPrompt,
    /// Are words of one's own being asked for, below the list?
    is_in_words: bool,
}

impl<'a> OptionInput<'a> {
    /// Begins at the answer that stands there already.
    pub fn new(question: &'a Question, before: Option<&Value>) -> OptionInput<'a> {
        let options = question.kind.options();
        let takes_words = question.kind.takes_own_words();
        let answers: &[String] = match before {
            Some(Value::Text(answer)) => std::slice::from_ref(answer),
            Some(Value::Chosen(answers)) => answers,
            Some(Value::CantSay | Value::YesNo(_) | Value::Number(_)) | None => &[],
        };
        let place = |answer: &String| options.iter().position(|option| option.id == *answer);
        let first = answers.first().map_or(0, |answer| place(answer).unwrap_or(options.len()) + 1);
        let own = answers.first().filter(|answer| place(answer).is_none());
        let own = own.map(|own| format!("{SOMETHING_ELSE}: {}", clean_line(own)));
        OptionInput {
            question,
            options,
            takes_words,
            first,
            other: own.unwrap_or_else(|| SOMETHING_ELSE.to_owned()),
            ids: std::iter::once("")
                .chain(options.iter().map(|option| option.id.as_str()))
                .map(|id| id.replace('-', " "))
                .collect(),
            typed: Zeroizing::default(),
            marks: MarkPrompt::new(options, takes_words, question.most, answers),
            is_in_words: false,
        }
    }

    /// Were words of one's own asked for when this was left? Only once: the list is next.
    pub fn take_in_words(&mut self) -> bool {
        std::mem::take(&mut self.is_in_words)
    }

    /// What is marked by now, where several are chosen.
    pub fn marked(&self) -> Vec<String> {
        let takes_several = matches!(self.question.kind, QuestionKind::Choices { .. });
        if takes_several { self.marks.answers() } else { Vec::new() }
    }

    pub fn choose(&mut self, text: &mut TextPrompt, screen: &Screen) -> Result<Input> {
        self.is_in_words = false;
        let lines: Vec<&str> = std::iter::once(SKIP)
            .chain(self.options.iter().map(|option| option.label.as_str()))
            .chain(self.takes_words.then_some(self.other.as_str()))
            .collect();
        let mut list = ListPrompt {
            skips: true,
            takes_words: self.takes_words,
            ids: &self.ids,
            typed: std::mem::take(&mut self.typed),
            ..ListPrompt::new("", &lines, self.first.min(lines.len() - 1))
        };
        let chosen = screen.prompter().choose(&mut list, screen)?;
        let typed = list.typed;
        let Some(line) = chosen else {
            // The menu comes back to the list as it stands.
            self.first = list.at;
            self.typed = typed;
            let words = if self.takes_words { self.typed.as_str() } else { "" };
            return Ok(Input::Esc(words.to_owned()));
        };
        let Some(place) = line.checked_sub(1) else { return Ok(Input::Answer(None)) };
        self.first = line;
        match self.options.get(place) {
            Some(option) => Ok(Input::Answer(Some(Value::Text(option.id.clone())))),
            None if !typed.trim().is_empty() => self.question.read(&typed).map(Input::Answer),
            None => self.something_else(text, screen),
        }
    }

    /// Several of them.
    pub fn mark(&mut self, text: &mut TextPrompt, screen: &Screen) -> Result<Input> {
        loop {
            self.is_in_words = false;
            let end = screen.prompter().mark(&mut self.marks, screen)?;
            screen.rescue().note_marks(self.marks.answers());
            if end.is_none() {
                return Ok(Input::Esc(self.marks.typed.to_string()));
            }
            let own = if self.marks.asks_for_words() {
                self.something_else(text, screen)?
            } else {
                Input::Answer(None)
            };
            let own = match &own {
                Input::Answer(Some(Value::Chosen(own))) => own.as_slice(),
                Input::Answer(Some(Value::Text(own))) => std::slice::from_ref(own),
                Input::Answer(_) => &[],
                Input::Esc(_) => return Ok(own),
            };
            if self.marks.replace_other(own) {
                let answers = self.marks.answers();
                return Ok(Input::Answer((!answers.is_empty()).then_some(Value::Chosen(answers))));
            }
            screen.line(&format!("You can choose up to {} here.", self.marks.most));
        }
    }

    /// The writer's own words in the place of an option.
    fn something_else(&mut self, text: &mut TextPrompt, screen: &Screen) -> Result<Input> {
        screen.line(&screen.page().quiet("Something else, in your own words:"));
        let input = text.read(self.question, screen)?;
        self.is_in_words = matches!(input, Input::Esc(_));
        Ok(input)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_stand_there_already_are_shown_in_the_last_line() {
        let options = vec![AnswerOption::plain("quiet", "go quiet")];
        let question =
            Question::plain("move", "I …", QuestionKind::Choice { options, other: true });
        let input = |words: &str| OptionInput::new(&question, Some(&Value::Text(words.to_owned())));
        assert_eq!(input("hum a song").other, "something else: hum a song");
        assert_eq!((input("hum a song").first, input("quiet").first), (2, 1));
        assert_eq!(input("quiet").other, SOMETHING_ELSE);
    }
}
