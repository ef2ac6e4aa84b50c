//! The seam between what is asked and how: on the whole screen, or line by line.

use std::time::Duration;

use crate::error::Result;

use super::Screen;
use super::esc_menu::{Drops, EscChoice};
use super::list_prompt::ListPrompt;
use super::mark_prompt::MarkPrompt;
use super::text_input::TextPrompt;
use super::timer::TimerForm;

pub(super) enum TextEnd {
    Done,
    Esc,
    /// The rest is to be written in the editor.
    Editor,
}

/// What a pause is before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PauseKind {
    /// Whatever comes next.
    Next,
    /// More of a page, or its end; an Esc or a q leaves it at once.
    Page { has_more: bool },
    /// A private question, which an s skips.
    Private,
    /// A part of a practice, which an s skips.
    Part,
}

impl PauseKind {
    pub(super) fn skips(self) -> bool {
        match self {
            PauseKind::Next | PauseKind::Page { .. } => false,
            PauseKind::Private | PauseKind::Part => true,
        }
    }
}

/// What the keys do before a private question.
pub(super) const PRIVATE_KEYS: &str = "Enter shows it · S skips it";
/// The same before a part; where there is less room, in fewer words.
pub(super) const PART_KEYS: [&str; 3] = [
    "Enter starts · S skips this part · Ctrl-C stops at once",
    "Enter starts · S skips · Ctrl-C stops",
    "Enter · S skips",
];

/// What ends a pause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PauseEnd {
    Continue,
    Skip,
    Esc,
}

/// A way of asking. `None` and [`TextEnd::Esc`] stand for Esc, or for what is typed
/// instead of it.
pub(super) trait Prompter: Sync {
    /// One of several lines; what is marked and typed by then stays in the list at Esc.
    fn choose(&self, list: &mut ListPrompt, screen: &Screen) -> Result<Option<usize>>;

    /// Several of the prompt's lines; what is marked and typed by then stays in it at Esc too.
    fn mark(&self, prompt: &mut MarkPrompt, screen: &Screen) -> Result<Option<()>>;

    /// Words, which stay in the prompt however it ends.
    fn text(&self, prompt: &mut TextPrompt, screen: &Screen) -> Result<TextEnd>;

    /// Waits for Enter, and where it may be skipped instead, for an s.
    fn pause(&self, kind: PauseKind, screen: &Screen) -> Result<PauseEnd>;

    /// The menu on Esc.
    fn menu(&self, choices: &[EscChoice], drops: Drops, screen: &Screen) -> Result<EscChoice>;

    /// A timer; how long was sat.
    fn sit(&self, whole: Duration, form: TimerForm, screen: &Screen) -> Result<Duration>;
}
