//! Where Esc leads: to the menu, and from there back to a question, or back to what was shown
//! before.

use crate::error::{Error, Result, Stop};
use crate::practice::Question;

use super::choices::choose_from;
use super::conversation::Conversation;
use super::esc_menu::{BackTarget, EscMenu, MenuExit, SkipLoss};
use super::walk::Walk;

impl Conversation<'_> {
    /// One of several lines that belong to the answer above them, this one marked first. Esc
    /// opens the menu there as well; `None` where that has led back to the answer. In plain
    /// lines, what is asked there is said again below the menu.
    pub(super) fn choose_below(
        &self,
        message: &str,
        lines: &[impl AsRef<str>],
        first: usize,
        ask: &[String],
        walk: &mut Walk,
    ) -> Result<Option<usize>> {
        loop {
            if let Some(chosen) = choose_from(message, lines, first, self.screen)? {
                return Ok(Some(chosen));
            }
            if self.goes_back(walk)? {
                return Ok(None);
            }
            ask.iter().for_each(|line| self.screen.say_in_lines(line));
        }
    }

    /// The menu where there is no question to be skipped. Has it led back to one?
    pub(super) fn goes_back(&self, walk: &mut Walk) -> Result<bool> {
        let menu = EscMenu { can_skip: false, ..self.menu(walk) };
        match menu.open(SkipLoss::Nothing, self.screen)? {
            MenuExit::Stay | MenuExit::Skip => Ok(false),
            MenuExit::Stop => Err(Error::Cancelled(Stop::Plain)),
            MenuExit::Back => {
                walk.go_back();
                Ok(true)
            }
        }
    }

    /// The menu where back leads to what was shown before, as from the pieces of a sentence to
    /// its review. Does it?
    pub(super) fn leaves_aside(&self) -> Result<bool> {
        match self.menu_aside(None).open(SkipLoss::Nothing, self.screen)? {
            MenuExit::Back => Ok(true),
            MenuExit::Stay | MenuExit::Skip => Ok(false),
            MenuExit::Stop => Err(Error::Cancelled(Stop::Plain)),
        }
    }

    /// The menu of what was entered aside: back leads out of it.
    pub(super) fn menu_aside(&self, question: Option<&Question>) -> EscMenu<'_> {
        EscMenu {
            care_screens: Some(self.care_screens),
            back: Some(BackTarget::Page),
            can_skip: question.is_some(),
            page: question.and_then(|question| question.page),
            leave: None,
        }
    }

    pub(super) fn menu(&self, walk: &Walk) -> EscMenu<'_> {
        let back = walk.can_go_back().then_some(BackTarget::Question);
        EscMenu {
            care_screens: Some(self.care_screens),
            back,
            can_skip: true,
            page: None,
            leave: None,
        }
    }
}
