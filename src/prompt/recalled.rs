//! What earlier entries say, where it belongs: at the opening, below a heading, or right
//! above a question.

use crate::practice::{Question, RecallPlace};
use crate::render::clean;

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
    /// Earlier words that belong to a question stay in sight with it.
    pub(super) fn recall_at(&self, question: &Question) {
        let place = RecallPlace::Question(question.id.clone());
        if self.recalled.iter().any(|recalled| recalled.place == place) {
            self.screen.begin_opening();
            self.recall(&place);
        }
    }

    /// Earlier words, which anything may stand in.
    pub(super) fn recall(&self, place: &RecallPlace) {
        let page = self.screen.page();
        for recalled in self.recalled.iter().filter(|r| r.place == *place) {
            if !recalled.lead.is_empty() {
                self.screen.line(&page.quiet(&page.wrap(&clean(&recalled.lead), "")));
            }
            for line in &recalled.lines {
                let line = clean(line);
                let inset = line.len() - line.trim_start_matches(' ').len();
                self.screen.line(&page.wrap(line.trim(), &" ".repeat(2 + inset)));
            }
            self.screen.line("");
        }
    }
}
