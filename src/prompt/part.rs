//! The beginning of a part of a practice.

use crate::error::Result;
use crate::practice::{RecallPlace, Section};

use super::conversation::Conversation;
use super::prompter::{PauseEnd, PauseKind};
use super::walk::Walk;

impl Conversation<'_> {
    /// Introduces a section. Where there are several, each can be skipped.
    pub(super) fn enter(&self, section: &Section, walk: &mut Walk) -> Result<()> {
        self.screen.begin_opening();
        self.screen.heading(&section.title);
        if let Some(intro) = &section.intro {
            self.screen.paragraph(intro);
        }
        self.recall(&RecallPlace::Section(section.id.clone()));
        if walk.practice().sections.len() == 1 {
            walk.enter(section, false);
            return Ok(());
        }
        let mut led_back = self.read_above_keys(walk)?;
        while !led_back {
            match self.screen.prompter().pause(PauseKind::Part, self.screen)? {
                PauseEnd::Esc => led_back = self.goes_back(walk)?,
                end @ (PauseEnd::Continue | PauseEnd::Skip) => {
                    walk.enter(section, end == PauseEnd::Skip);
                    break;
                }
            }
        }
        // Its words were read by then.
        self.screen.end_opening();
        Ok(())
    }
}
