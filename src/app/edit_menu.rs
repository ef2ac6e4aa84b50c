//! The menu of an edit: a line for each part of the entry, and above it the entry as it stands
//! by now.

use crate::entry::Entry;
use crate::practice::{Question, QuestionKind};
use crate::prompt::Screen;
use crate::render::{clean, clean_line};

use super::EditSession;
use super::edit_session::LEAVE_ENTRY;
use super::entry_edit::{current_value, is_changed, open_questions, question};

/// What is said of an entry that has lost its last answer.
const NO_ANSWER_LEFT: &str = "An entry needs an answer. Answer a question, or leave it as it was; `inward delete` deletes it.";

/// Rows that the menu takes besides its lines: its question, its keys and what is above them.
const AROUND: usize = 4;

/// What a line of the menu changes.
pub(super) enum EntryPart {
    Answer(Box<Question>),
    Time,
    Tags,
}

/// The menu for an entry as it stands.
pub(super) struct EditMenu<'a> {
    session: &'a EditSession<'a>,
    entry: Entry,
    parts: Vec<EntryPart>,
}

impl<'a> EditMenu<'a> {
    pub fn of(session: &'a EditSession<'a>, entry: &Entry) -> EditMenu<'a> {
        let questions = open_questions(entry, session.practice).into_iter();
        let questions = questions.filter_map(|id| question(&id, entry, session.practice));
        let answers = questions
            .filter(|question| !matches!(question.kind, QuestionKind::Tags))
            .map(|question| EntryPart::Answer(Box::new(question)));
        let parts = answers.chain([EntryPart::Time, EntryPart::Tags]).collect();
        EditMenu { session, entry: entry.clone(), parts }
    }

    /// The line that ends the edit, then a line for each part.
    pub fn lines(&self) -> Vec<String> {
        let end = if self.lacks_answers() { LEAVE_ENTRY } else { self.last_step() };
        let mut lines = vec![end.to_owned()];
        lines.extend(self.parts.iter().map(|part| self.part_words(part)));
        lines
    }

    /// The part in this place.
    pub fn into_part(mut self, place: usize) -> EntryPart {
        self.parts.swap_remove(place)
    }

    /// Has it lost every answer that it had? It can't be kept so, and the menu says it.
    pub fn lacks_answers(&self) -> bool {
        self.entry.answers.is_empty() && !self.session.stored.entry.answers.is_empty()
    }

    /// Shows the entry; and below it, if the menu hides the part that was changed last, that
    /// one once more.
    pub fn show_entry(&self, last: Option<&EntryPart>, screen: &Screen) {
        let terminal = &self.session.app.terminal;
        let page = screen.page();
        let text = self.session.app.entry_text(&self.entry, &page);
        screen.clear();
        screen.show(&text);
        screen.line("");
        if self.lacks_answers() {
            screen.paragraph(NO_ANSWER_LEFT);
        }
        let rows = text.lines().count() + self.parts.len() + 1 + AROUND;
        let Some(EntryPart::Answer(question)) = last else { return };
        if screen.is_accessible() || rows <= terminal.height() {
            return;
        }
        let answer = self.entry.answer(&question.id).map(|answer| answer.text());
        let answer = answer.unwrap_or_else(|| "not answered".to_owned());
        screen.line(&page.strong(&page.wrap(&clean_line(&question.ask), "  ")));
        screen.line(&page.wrap(&clean(&answer), "    "));
        screen.line("");
    }

    /// It says whether the edit changes anything.
    fn last_step(&self) -> &'static str {
        let stored = self.session.stored;
        let is_one_of_several =
            !stored.other_heads.is_empty() && stored.heads().any(|head| *head == self.entry);
        if is_one_of_several {
            "Keep this revision"
        } else if is_changed(&self.entry, &stored.entry) || self.session.older_draft.is_some() {
            "Keep the changes"
        } else {
            "Leave it unchanged"
        }
    }

    fn part_words(&self, part: &EntryPart) -> String {
        let entry = &self.entry;
        match part {
            EntryPart::Answer(question) => {
                let answered = current_value(entry, question).is_some();
                let mark = if answered { "" } else { " (not answered)" };
                clean_line(&question.ask) + mark
            }
            EntryPart::Time => format!("Time: {}", self.session.app.moment_words(entry.at)),
            EntryPart::Tags if entry.tags.is_empty() => "Tags".to_owned(),
            EntryPart::Tags => format!("Tags: {}", clean_line(&entry.tags.join(", "))),
        }
    }
}
