//! Choosing a line, and what all prompts share: how they look, and what Esc and
//! Ctrl-C mean.

use std::io;

use inquire::ui::{Attributes, Color, RenderConfig, StyleSheet, Styled};
use inquire::{InquireError, Select};

use crate::error::{Error, Result};
use crate::prompt::AskError;
use crate::render::clean;

use super::Screen;
use super::terminal::cannot;

/// How prompts look: quiet, one accent, nothing that needs colour to be read.
pub(super) fn look(colour: bool) -> RenderConfig<'static> {
    let config = if colour { RenderConfig::default_colored() } else { RenderConfig::empty() };
    let fg = |color| if colour { StyleSheet::new().with_fg(color) } else { StyleSheet::new() };
    let config = config
        .with_prompt_prefix(Styled::new("›").with_style_sheet(fg(Color::DarkCyan)))
        .with_answered_prompt_prefix(Styled::new("›").with_style_sheet(fg(Color::DarkGrey)))
        .with_highlighted_option_prefix(Styled::new("❯").with_style_sheet(fg(Color::DarkCyan)))
        .with_selected_checkbox(Styled::new("[x]"))
        .with_unselected_checkbox(Styled::new("[ ]"))
        .with_canceled_prompt_indicator(
            Styled::new("skipped").with_style_sheet(fg(Color::DarkGrey)),
        )
        .with_help_message(fg(Color::DarkGrey))
        .with_answer(StyleSheet::new());
    // The line that is chosen stands out without colour as well.
    config.with_selected_option(Some(StyleSheet::new().with_attr(Attributes::BOLD)))
}

/// Esc and Ctrl-D skip; Ctrl-C ends the sitting.
pub(super) fn stopped(e: InquireError) -> Error {
    match e {
        InquireError::OperationCanceled | InquireError::OperationInterrupted => {
            Error::Cancelled { draft: None }
        }
        InquireError::IO(e) => cannot(e),
        InquireError::NotTTY => cannot(io::ErrorKind::Unsupported.into()),
        other => AskError::Terminal { why: other.to_string() }.into(),
    }
}

pub(super) fn skippable<T>(answer: std::result::Result<T, InquireError>) -> Result<Option<T>> {
    match answer {
        Ok(answer) => Ok(Some(answer)),
        Err(InquireError::OperationCanceled) => Ok(None),
        Err(e) => Err(stopped(e)),
    }
}

/// One of several lines; the index of it, or `None` where it was skipped.
pub fn choose(message: &str, lines: &[String], screen: &Screen) -> Result<Option<usize>> {
    choose_from(message, lines, 0, screen)
}

/// The same, beginning at another line than the first.
pub(super) fn choose_from(
    message: &str,
    lines: &[String],
    first: usize,
    screen: &Screen,
) -> Result<Option<usize>> {
    // Typing narrows the list; what matches nothing narrows nothing.
    let matches = |typed: &str, line: &str| line.to_lowercase().contains(&typed.to_lowercase());
    let scorer = |typed: &str, _: &String, line: &str, _: usize| {
        let any = lines.iter().any(|line| matches(typed, line));
        (matches(typed, line) || !any).then_some(0)
    };
    let answer = Select::new(message, shown(lines))
        .with_scorer(&scorer)
        .with_help_message("↑↓ and Enter to choose")
        .with_page_size(fitting(lines, screen))
        .with_starting_cursor(first)
        .with_render_config(look(screen.page().colour))
        .raw_prompt();
    Ok(skippable(answer)?.map(|chosen| chosen.index))
}

/// Lines that may come from a file of the user's, or from an entry.
pub(super) fn shown(lines: &[String]) -> Vec<String> {
    lines.iter().map(|line| clean(line).into_owned()).collect()
}

/// How many lines of a list fit on the screen at once, whichever they are:
/// below the question, with the help beneath, and as often as they wrap.
pub(super) fn fitting(lines: &[String], screen: &Screen) -> usize {
    const FURNITURE: usize = 5;
    const MARK: usize = 6;
    let (width, height) = (screen.page().width.max(1), screen.terminal.height());
    let rows = |line: &String| (textwrap::core::display_width(line) + MARK).div_ceil(width).max(1);
    let mut heights: Vec<usize> = lines.iter().map(rows).collect();
    heights.sort_unstable_by(|a, b| b.cmp(a));
    let room = height.saturating_sub(FURNITURE);
    let taken = heights.iter().scan(0, |taken, rows| {
        *taken += rows;
        Some(*taken)
    });
    taken.take_while(|taken| *taken <= room).count().clamp(2, 12)
}

/// A yes or no that must be meant: Enter alone is no.
pub fn yes(message: &str, screen: &Screen) -> Result<bool> {
    Ok(choose(message, &["No".to_owned(), "Yes".to_owned()], screen)? == Some(1))
}

/// Shows a text by itself until it was read, a screenful at a time.
pub fn read_through(text: &str, screen: &Screen) -> Result<()> {
    let room = screen.terminal.height().saturating_sub(4).max(4);
    let lines: Vec<&str> = text.trim_end().lines().collect();
    for part in lines.chunks(room) {
        screen.clear();
        screen.show(&format!("{}\n\n", part.join("\n")));
        choose("", &["Go on".to_owned()], screen)?;
    }
    Ok(())
}
