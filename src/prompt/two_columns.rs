//! A question beside the one before it: what one hopes, and what one has seen. Where there
//! is no room for two columns it is asked below.

use textwrap::core::display_width;

use crate::entry::Answer;
use crate::practice::{Question, RecallPlace};
use crate::render::{TextPage, clean, clean_line};

use super::conversation::Conversation;
use super::walk::Walk;

/// Columns of each of the two.
const COLUMN: usize = 38;
const BETWEEN: &str = " │ ";

impl Conversation<'_> {
    /// Shows the question beside the answer that it belongs to, in the place of both, with
    /// its own answer where it has one. Where in the transcript that is; `None` where it is
    /// to be asked as any other.
    pub(super) fn show_in_two_columns(&self, question: &Question, walk: &Walk) -> Option<usize> {
        let answers = &walk.progress().answers;
        let left =
            answers.iter().find(|answer| Some(&answer.question) == question.beside.as_ref())?;
        let page = self.screen.page();
        let is_wide = page.width >= 2 * COLUMN + display_width(BETWEEN);
        let place =
            self.place_of(&left.question).filter(|_| is_wide && self.screen.is_redrawn())?;
        self.screen.rewind(place);
        self.screen.begin_opening();
        self.show_number(question, walk);
        let narrow = TextPage { width: COLUMN - 1, ..page };
        let right = answers.iter().find(|answer| answer.question == question.id);
        let left = column(&left.asked, None, &[], Some(left), &narrow);
        let quotes = self.recalled_lines(&RecallPlace::Question(question.id.clone()), &narrow);
        let right = column(&question.ask, question.help.as_deref(), &quotes, right, &narrow);
        for row in 0..left.len().max(right.len()) {
            let [left, right] =
                [&left, &right].map(|lines| lines.get(row).map_or("", String::as_str));
            let gap = " ".repeat(COLUMN.saturating_sub(display_width(left)));
            self.screen.line(format!("{left}{gap}{BETWEEN}{right}").trim_end());
        }
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
