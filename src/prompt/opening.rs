//! What is above the first question: the title and the intro, or a page of its own. Words that
//! don't all fit above a question are read before it.

use std::ops::Range;

use crate::error::Result;
use crate::practice::{Practice, Question, RecallPlace};

use super::Screen;
use super::choices::read_rows;
use super::conversation::Conversation;
use super::question_input::question_lines;
use super::text_input::TextPrompt;
use super::walk::Walk;

impl Conversation<'_> {
    pub(super) fn open(&self, practice: &Practice) {
        self.screen.begin_opening();
        if let Some(page) = &self.opening {
            self.screen.show(page.trim_end());
            self.screen.line("");
        } else {
            self.screen.title(&practice.title);
            if let Some(intro) = &practice.intro {
                self.screen.paragraph(intro);
            }
        }
        self.recall(&RecallPlace::Opening);
    }

    /// The same where a draft is continued. Of one part alone, which was entered already, its
    /// own title and quotes stand in place of what the practice says before all of them.
    pub(super) fn open_again(&self, practice: &Practice) {
        let [section] = practice.sections.as_slice() else { return self.open(practice) };
        if !practice.parts || self.opening.is_some() {
            return self.open(practice);
        }
        self.screen.begin_opening();
        self.screen.title(&practice.title);
        self.screen.heading(&section.title);
        self.recall(&RecallPlace::Opening);
        self.recall(&RecallPlace::Section(section.id.clone()));
    }

    /// Lets the words above a question be read first, where they don't all fit above it.
    /// `number` is where it says which question it is. Has the menu there led back?
    pub(super) fn read_above_question(
        &self,
        question: &Question,
        number: Range<usize>,
        walk: &mut Walk,
    ) -> Result<bool> {
        if self.screen.has_words_in_sight(number.len(), rows_of(question, self.screen)) {
            return Ok(false);
        }
        let from = self.screen.question_at();
        let mut rows = self.screen.lines_from(from);
        rows.drain(number.start - from..number.end - from);
        if self.screen.aside(|| read_rows(&rows, self.screen, || self.goes_back(walk)))? {
            self.screen.end_opening();
            return Ok(true);
        }
        if !self.is_quoted_above(question) {
            // They have been in sight, and the answer gets their room.
            self.screen.move_question_to(number.start);
        }
        Ok(false)
    }

    /// Do earlier words stand above it, to be looked at while it's answered?
    fn is_quoted_above(&self, question: &Question) -> bool {
        let is_above = |place: &RecallPlace| match place {
            RecallPlace::Opening => true,
            RecallPlace::Section(id) => question.section.as_ref() == Some(id),
            RecallPlace::Question(id) => question.id == *id,
        };
        self.recalled.iter().any(|it| is_above(&it.place) && !it.lines.is_empty())
    }

    /// The same above the line of keys that starts a part.
    pub(super) fn read_above_keys(&self, walk: &mut Walk) -> Result<bool> {
        if self.screen.has_words_in_sight(0, 1) {
            return Ok(false);
        }
        let rows = self.screen.lines_from(self.screen.question_at());
        self.screen.aside(|| read_rows(&rows, self.screen, || self.goes_back(walk)))
    }
}

/// Rows that a question and its answer take at least. A list gets along with a third of the
/// screen.
fn rows_of(question: &Question, screen: &Screen) -> usize {
    let (height, _) = screen.size();
    let asked = question_lines(question, &screen.page());
    let asked: usize = asked.iter().map(|line| line.lines().count()).sum();
    let lines = question.kind.options().len() + question.kind.scale_points().len();
    let lines = lines + TextPrompt::new(question, "").suggestions.len();
    // With what is typed, or the line that skips, and the keys.
    asked + (lines + 2).min(height - height * 2 / 3)
}
