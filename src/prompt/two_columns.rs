//! A question beside the one before it: what one hopes, and what one has seen. Where there
//! is no room for two columns it is asked below.

use crate::entry::Answer;
use crate::practice::{Question, RecallPlace};
use crate::render::{COLUMN_WIDTH, TextPage, clean, clean_line, has_two_columns, two_columns};

use super::conversation::Conversation;
use super::walk::Walk;

impl Conversation<'_> {
    /// Shows the question beside the answer that it belongs to, in the place of both, with
    /// its own answer where it has one. Where in the transcript that is; `None` where it is
    /// to be asked as any other.
    pub(super) fn show_in_two_columns(&self, question: &Question, walk: &Walk) -> Option<usize> {
        let answers = &walk.progress().answers;
        let left =
            answers.iter().find(|answer| Some(&answer.question) == question.beside.as_ref())?;
        let page = self.screen.page();
        let has_room = has_two_columns(page.width) && !self.screen.is_accessible();
        let place = self.place_of(&left.question).filter(|_| has_room)?;
        self.screen.rewind(place);
        self.screen.begin_opening();
        self.show_number(question, walk);
        let narrow = TextPage { width: COLUMN_WIDTH - 1, ..page };
        let right = answers.iter().find(|answer| answer.question == question.id);
        let left = column(&left.asked, None, &[], Some(left), &narrow);
        let quotes = self.recalled_lines(&RecallPlace::Question(question.id.clone()), &narrow);
        let right = column(&question.ask, question.help.as_deref(), &quotes, right, &narrow);
        two_columns(&left, &right).iter().for_each(|row| self.screen.line(row));
        self.screen.line("");
        Some(place)
    }
}

/// What was asked, what stands below it, and what was answered.
fn column(
    asked: &str,
    help: Option<&str>,
    quotes: &[String],
    answer: Option<&Answer>,
    page: &TextPage,
) -> Vec<String> {
    let asked = page.strong(&page.wrap(&clean_line(asked), ""));
    let help = help.map(|help| page.quiet(&page.wrap(&clean_line(help), "")));
    let answer = answer.map(|answer| page.wrap(&clean(&answer.text()), "  "));
    let blocks = std::iter::once(asked).chain(help).chain(quotes.iter().cloned()).chain(answer);
    blocks.flat_map(|block| block.lines().map(str::to_owned).collect::<Vec<_>>()).collect()
}
