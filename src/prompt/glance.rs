//! The answers of a session, all in one place: before they are kept, and where a draft is
//! continued.

use crate::entry::Answer;
use crate::error::Result;
use crate::practice::{Practice, Question};
use crate::render::{clean, clean_line, cut};

use super::choose;
use super::conversation::Conversation;
use super::esc_menu::EscMenu;
use super::walk::Walk;

/// What a question that was shown on request is called where all answers stand.
const PRIVATE: &str = "the private question";

impl Conversation<'_> {
    /// Shows all answers, any of them to be changed. Are they to be kept as they stand?
    pub(super) fn glance(&self, walk: &mut Walk) -> Result<bool> {
        let answers = walk.kept_answers();
        // A single answer is on the screen already.
        if answers.len() < 2 {
            return Ok(true);
        }
        self.screen.clear();
        self.places.borrow_mut().clear();
        self.screen.title(&walk.practice().title);
        self.show_answers(&answers, walk.practice());
        let asked = |a: &Answer| {
            let question = walk.practice().question(&a.question)?.worded(&answers);
            Some(walk.practice().as_answered(question, a))
        };
        let questions: Vec<Question> = answers.iter().filter_map(asked).collect();
        // Beside the mark, and short of the edge, where a terminal breaks it anywhere.
        let room = self.screen.size().1.saturating_sub(4);
        let mut lines = vec!["Keep it".to_owned()];
        lines.extend(questions.iter().map(|question| match question.reveal {
            true => format!("Change: {PRIVATE}"),
            false => cut(&format!("Change: {}", clean_line(&question.ask)), room),
        }));
        match choose("", &lines, self.screen)? {
            Some(0) => Ok(true),
            Some(index) => self.change(&questions[index - 1], walk).map(|()| false),
            None => {
                let menu = EscMenu { can_skip: false, ..self.menu(walk) };
                let leave = menu.open(false, self.screen)?;
                self.leaves(leave, walk).map(|_| false)
            }
        }
    }

    /// What was answered; to a private question, only that it was.
    pub(super) fn show_answers(&self, answers: &[Answer], practice: &Practice) {
        let page = self.screen.page();
        let is_private = |a: &Answer| practice.question(&a.question).is_some_and(|q| q.reveal);
        for answer in answers {
            let (asked, text) = match is_private(answer) {
                true => (PRIVATE.to_owned(), "answered".to_owned()),
                false => (clean_line(&answer.asked), clean(&answer.text()).into_owned()),
            };
            self.screen.line(&page.quiet(&page.wrap(&asked, "")));
            self.screen.line(page.wrap(&text, "  ").trim_end());
        }
        self.screen.line("");
    }
}
