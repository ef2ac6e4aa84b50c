//! What earlier entries say, where it belongs: at the opening, below a heading, or right
//! above a question.

use crate::practice::RecallPlace;
use crate::render::{TextPage, clean};

use super::conversation::Conversation;

/// What earlier entries say.
pub struct RecalledAnswers {
    /// Where they are shown.
    pub place: RecallPlace,
    /// The line above them.
    pub lead: String,
    /// What was answered then.
    pub lines: Vec<String>,
}

impl Conversation<'_> {
    /// Earlier words, which anything may stand in.
    pub(super) fn recall(&self, place: &RecallPlace) {
        let lines = self.recalled_lines(place, &self.screen.page());
        lines.iter().for_each(|line| self.screen.line(line));
    }

    /// The same as lines of this page, a blank one behind each.
    pub(super) fn recalled_lines(&self, place: &RecallPlace, page: &TextPage) -> Vec<String> {
        let mut lines = Vec::new();
        for recalled in self.recalled.iter().filter(|r| r.place == *place) {
            if !recalled.lead.is_empty() {
                lines.push(page.quiet(&page.wrap(&clean(&recalled.lead), "")));
            }
            for line in &recalled.lines {
                let line = clean(line);
                let inset = line.len() - line.trim_start_matches(' ').len();
                lines.push(page.wrap(line.trim(), &" ".repeat(2 + inset)));
            }
            lines.push(String::new());
        }
        lines
    }
}
