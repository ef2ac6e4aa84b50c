//! What a session asks of care, which the prompt knows nothing of.

use crate::entry::Answer;
use crate::error::Result;
use crate::practice::Practice;

use super::Screen;

/// What care shows in a session: a page that the menu opens, and what follows from an answer.
pub trait CareScreens {
    /// Asks whether suggestions to share stay left out.
    ///
    /// # Errors
    /// `Cancelled` on Ctrl-C, or what the terminal says.
    fn sharing(&self, screen: &Screen) -> Result<()>;

    /// What follows from an answer, by all answers so far. What has to be said of it at once
    /// is said on this screen.
    ///
    /// # Errors
    /// `Cancelled` on Ctrl-C, or what the terminal says.
    fn answered(&self, answers: &[Answer], screen: &Screen) -> Result<CareStep>;
}

/// How the session continues after an answer.
pub enum CareStep {
    /// As it was.
    Continue,
    /// In another form of the practice.
    Adapt(Box<Practice>),
    /// In the form from before: the answer that had changed it was taken back.
    Restore(Box<Practice>),
    /// Not at all: what was answered is kept as it stands.
    Stop,
}
