//! What stands above the first question: the title and the intro, or a page of its own; and
//! earlier words, there and right above a question.

use crate::error::Result;
use crate::practice::{Practice, Question, RecallPlace};
use crate::render::clean;

use super::choices::open_page;
use super::conversation::Conversation;

impl Conversation<'_> {
    pub(super) fn open(&self, practice: &Practice) -> Result<()> {
        if let Some(page) = &self.opening {
            return open_page(page, self.screen);
        }
        self.screen.begin_opening();
        self.screen.title(&practice.title);
        if let Some(intro) = &practice.intro {
            self.screen.paragraph(intro);
        }
        self.recall(&RecallPlace::Opening);
        Ok(())
    }

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
