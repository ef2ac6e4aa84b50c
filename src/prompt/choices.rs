//! Choosing a line, and how inquire's lists look.

use std::io;

use inquire::InquireError;
use inquire::ui::{Attributes, Color, RenderConfig, StyleSheet, Styled};

use crate::error::{Error, Result};
use crate::prompt::AskError;
use crate::render::clean;

use super::Screen;
use super::prompter::{ListPrompt, PauseEnd, PauseKind};
use super::terminal::cannot;

/// How lists look: quiet, one accent, nothing that needs colour to be read.
pub(super) fn look(colour: bool) -> RenderConfig<'static> {
    let config = if colour { RenderConfig::default_colored() } else { RenderConfig::empty() };
    let fg = |color| if colour { StyleSheet::new().with_fg(color) } else { StyleSheet::new() };
    let config = config
        .with_prompt_prefix(Styled::new("›").with_style_sheet(fg(Color::DarkCyan)))
        .with_highlighted_option_prefix(Styled::new("❯").with_style_sheet(fg(Color::DarkCyan)))
        .with_help_message(fg(Color::DarkGrey));
    // The line that is chosen stands out without colour as well.
    config.with_selected_option(Some(StyleSheet::new().with_attr(Attributes::BOLD)))
}

/// Esc is `None`; Ctrl-C ends the session.
pub(super) fn skippable<T>(answer: std::result::Result<T, InquireError>) -> Result<Option<T>> {
    match answer {
        Ok(answer) => Ok(Some(answer)),
        Err(InquireError::OperationCanceled) => Ok(None),
        Err(InquireError::OperationInterrupted) => Err(Error::Cancelled { draft: None }),
        Err(InquireError::IO(e)) => Err(cannot(e)),
        Err(InquireError::NotTTY) => Err(cannot(io::ErrorKind::Unsupported.into())),
        Err(other) => Err(AskError::Terminal { why: other.to_string() }.into()),
    }
}

/// One of several lines; the index of it, or `None` at Esc.
pub fn choose(message: &str, lines: &[String], screen: &Screen) -> Result<Option<usize>> {
    if lines.len() == 1 {
        // A single way on needs no menu.
        let end = screen.prompter().pause(PauseKind::Next, screen)?;
        return Ok((end == PauseEnd::Continue).then_some(0));
    }
    choose_from(message, lines, 0, screen)
}

/// The same, with this line chosen first.
pub fn choose_from(
    message: &str,
    lines: &[String],
    first: usize,
    screen: &Screen,
) -> Result<Option<usize>> {
    let list = ListPrompt { message, lines, first, skips: false, has_keys: false };
    screen.prompter().choose(&list, screen)
}

/// Each line without a terminal's orders in it.
pub(super) fn shown(lines: &[String]) -> Vec<String> {
    lines.iter().map(|line| clean(line).into_owned()).collect()
}

/// How many lines of a list fit on the screen at once, whichever they are:
/// below the question, with the help beneath, and as often as they wrap.
pub(super) fn fitting(lines: &[String], screen: &Screen) -> usize {
    /// The line above the list, and the one below.
    const FURNITURE: usize = 2;
    const MARK: usize = 6;
    let (_, width) = screen.size();
    let rows = |line: &String| (textwrap::core::display_width(line) + MARK).div_ceil(width).max(1);
    let mut heights: Vec<usize> = lines.iter().map(rows).collect();
    heights.sort_unstable_by(|a, b| b.cmp(a));
    let room = screen.room().saturating_sub(FURNITURE);
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
    read_beside(text, 4, screen)?;
    screen.prompter().pause(PauseKind::Next, screen).map(|_| ())
}

/// The same, of a text that is laid out for the whole screen.
pub fn read_screen(text: &str, screen: &Screen) -> Result<()> {
    read_beside(text, 1, screen)?;
    if screen.mark() + 2 <= screen.size().0 {
        screen.line("");
    }
    screen.prompter().pause(PauseKind::Next, screen).map(|_| ())
}

/// Shows a text a screenful at a time, and leaves its end on the screen, with so many rows
/// below it for what comes next.
pub fn read_beside(text: &str, rows: usize, screen: &Screen) -> Result<()> {
    let (height, _) = screen.size();
    // Plain lines are read on from where they end.
    let is_whole = screen.terminal.accessible;
    let room = if is_whole { usize::MAX } else { height.saturating_sub(rows).max(4) };
    let lines: Vec<&str> = text.trim_end().lines().collect();
    let mut rest = lines.as_slice();
    loop {
        let (part, after) = rest.split_at(screenful(rest, room));
        rest = after;
        screen.clear();
        screen.show(&format!("{}\n", part.join("\n").trim_end()));
        if rest.is_empty() {
            return Ok(());
        }
        screen.prompter().pause(PauseKind::Next, screen)?;
    }
}

/// Rows that a question and its field take below a page.
const BELOW_PAGE: usize = 6;

/// Opens a session with a page, which stays above the questions. One that would not all
/// be seen there is read first.
pub fn open_page(text: &str, screen: &Screen) -> Result<()> {
    let (height, _) = screen.size();
    let is_whole = screen.terminal.accessible || text.lines().count() + BELOW_PAGE <= height;
    if !is_whole {
        read_through(text, screen)?;
        screen.clear();
    }
    screen.begin_opening();
    screen.show(text.trim_end());
    screen.line("");
    Ok(())
}

/// How many of these lines to show at once: whole paragraphs, where at least one fits.
fn screenful(lines: &[&str], room: usize) -> usize {
    let end = lines[..lines.len().min(room)].iter().rposition(|line| line.is_empty());
    match end {
        _ if lines.len() <= room => lines.len(),
        Some(end) if end > 0 => end + 1,
        Some(_) | None => room,
    }
}

#[cfg(test)]
mod tests {
    use super::screenful;

    #[test]
    fn a_screenful_ends_with_a_paragraph_where_one_fits() {
        assert_eq!(screenful(&["a", "b"], 4), 2);
        assert_eq!(screenful(&["a", "b", "", "c", "d", "e"], 4), 3);
        assert_eq!(screenful(&["a", "b", "c", "d", "e"], 4), 4);
        assert_eq!(screenful(&["", "b", "c", "d", "e"], 4), 4);
    }
}
