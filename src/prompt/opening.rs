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

    /// The same where a draft is continued. Of one part alone, which was entered already, its
    /// own title and quotes stand in place of what the practice says before all of them.
    pub(super) fn open_again(&self, practice: &Practice) -> Result<()> {
        let [section] = practice.sections.as_slice() else { return self.open(practice) };
        if !practice.parts || self.opening.is_some() {
            return self.open(practice);
        }
        self.screen.begin_opening();
        self.screen.title(&practice.title);
        self.screen.heading(&section.title);
        self.recall(&RecallPlace::Opening);
        self.recall(&RecallPlace::Section(section.id.clone()));
        Ok(())
    }
}
