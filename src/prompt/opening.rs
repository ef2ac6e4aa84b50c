//! What is above the first question: the title and the intro, or a page of its own.

use crate::error::Result;
use crate::practice::{Practice, RecallPlace};

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
}
