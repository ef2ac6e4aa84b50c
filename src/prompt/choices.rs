//! Choosing a line, and reading a page.

use crate::error::{Error, Result, Stop};
use crate::practice::HelpPage;
use crate::render::help_page;

use super::Screen;
use super::esc_menu::{EscMenu, MenuExit, SkipLoss};
use super::list_prompt::{EscUse, ListPrompt};
use super::prompter::{PauseEnd, PauseKind};
use super::question_input::private_words;

/// One of several lines; the index of it. Esc, or a word such as `:safety`, opens the menu;
/// `None` where that was left by the line `leave`.
pub fn choose(
    message: &str,
    lines: &[impl AsRef<str>],
    leave: &'static str,
    screen: &Screen,
) -> Result<Option<usize>> {
    choose_by_menu(&mut ListPrompt::new(message, lines, 0), &EscMenu::of_list(leave), screen)
}

/// The same in a session, which has this menu.
pub fn choose_in_session(
    lines: &[impl AsRef<str>],
    menu: &EscMenu,
    screen: &Screen,
) -> Result<Option<usize>> {
    choose_by_menu(&mut ListPrompt::new("", lines, 0), menu, screen)
}

fn choose_by_menu(list: &mut ListPrompt, menu: &EscMenu, screen: &Screen) -> Result<Option<usize>> {
    loop {
        let chosen = screen.prompter().choose(list, screen)?;
        if chosen.is_some() || menu.open(SkipLoss::Nothing, screen)? == MenuExit::Stop {
            return Ok(chosen);
        }
    }
}

/// The same in a session, with this line chosen first: `None` at Esc, for whoever has its menu.
pub(super) fn choose_from(
    message: &str,
    lines: &[impl AsRef<str>],
    first: usize,
    screen: &Screen,
) -> Result<Option<usize>> {
    if lines.len() == 1 {
        // A single way on needs no menu.
        return Ok(read_on(screen)?.then_some(0));
    }
    screen.prompter().choose(&mut ListPrompt::new(message, lines, first), screen)
}

/// Waits for Enter; false at Esc.
pub fn read_on(screen: &Screen) -> Result<bool> {
    Ok(pause(PauseKind::Next, screen)? == PauseEnd::Continue)
}

/// One of several lines, with this one marked first and without a way around them: `None` only
/// where a word such as `:stop` was typed.
pub fn choose_or_command(
    lines: &[impl AsRef<str>],
    first: usize,
    screen: &Screen,
) -> Result<Option<usize>> {
    let mut list = ListPrompt { esc: EscUse::Nothing, ..ListPrompt::new("", lines, first) };
    screen.prompter().choose(&mut list, screen)
}

/// One of several lines, whatever is typed.
pub fn choose_one(lines: &[impl AsRef<str>], screen: &Screen) -> Result<usize> {
    loop {
        if let Some(at) = choose_or_command(lines, 0, screen)? {
            return Ok(at);
        }
        if screen.take_safety() {
            screen.aside(|| show_page(HelpPage::Safety, screen))?;
        }
    }
}

/// One of the lines of the menu that Esc opened, and closes.
pub(super) fn choose_in_menu(lines: &[&str], screen: &Screen) -> Result<Option<usize>> {
    let mut list = ListPrompt { esc: EscUse::Continues, ..ListPrompt::new("", lines, 0) };
    screen.prompter().choose(&mut list, screen)
}

/// One of several lines of a session that begin with a number, which marks its line. What was
/// said above them is read first, where it doesn't fit there.
pub fn choose_numbered(
    lines: &[impl AsRef<str>],
    first: usize,
    menu: &EscMenu,
    screen: &Screen,
) -> Result<Option<usize>> {
    let rows = screen.lines_from(0);
    let stops = || Ok(menu.open(SkipLoss::Nothing, screen)? == MenuExit::Stop);
    if !screen.has_words_in_sight(0, lines.len() + 1)
        && screen.aside(|| read_rows(&rows, screen, stops))?
    {
        return Ok(None);
    }
    let mut list = ListPrompt { has_keys: true, ..ListPrompt::new("", lines, first) };
    choose_by_menu(&mut list, menu, screen)
}

/// A yes or no that must be meant: Enter alone is no.
pub fn yes(message: &str, screen: &Screen) -> Result<bool> {
    let mut list = ListPrompt { has_keys: true, ..ListPrompt::new(message, &["No", "Yes"], 0) };
    Ok(choose_by_menu(&mut list, &EscMenu::of_list("No"), screen)? == Some(1))
}

/// Shows a page of help, and comes back.
pub fn show_page(page: HelpPage, screen: &Screen) -> Result<()> {
    read_through(&help_page(page.text(), &screen.page()), screen).map(|_| ())
}

/// Waits for Enter. In plain lines `:safety` opens that page, and then it waits once more.
fn pause(kind: PauseKind, screen: &Screen) -> Result<PauseEnd> {
    loop {
        let end = screen.prompter().pause(kind, screen)?;
        if !screen.take_safety() {
            return Ok(end);
        }
        show_page(HelpPage::Safety, screen)?;
        if screen.has_stop() {
            return Ok(PauseEnd::Esc);
        }
    }
}

/// Says that the next page is private, before it is shown. Is it to be shown?
///
/// # Errors
/// `Cancelled` on Ctrl-C or where the session is stopped, or what the terminal says.
pub fn reveal_page(menu: &EscMenu, screen: &Screen) -> Result<bool> {
    loop {
        screen.clear();
        screen.paragraph(&private_words("The next page", screen));
        let end =
            screen.prompter().pause(PauseKind::Private, screen).map_err(Error::with_silent_stop)?;
        let exit = match end {
            PauseEnd::Continue => break,
            PauseEnd::Skip => MenuExit::Skip,
            PauseEnd::Esc => menu.open(SkipLoss::Page, screen).map_err(Error::with_silent_stop)?,
        };
        match exit {
            MenuExit::Stay => {}
            MenuExit::Skip | MenuExit::Back => {
                screen.clear();
                return Ok(false);
            }
            MenuExit::Stop => return Err(Error::Cancelled(Stop::Plain)),
        }
    }
    screen.clear();
    screen.is_private.set(true);
    Ok(true)
}

/// What became of a page that was shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageEnd {
    Read,
    /// By an Esc or a q.
    Left,
}

/// Shows a text by itself until it was read or left, a screenful at a time.
pub fn read_through(text: &str, screen: &Screen) -> Result<PageEnd> {
    if show_screenfuls(text, 4, PauseKind::Page { has_more: true }, screen)? == PageEnd::Left {
        return Ok(PageEnd::Left);
    }
    let end = pause(PauseKind::Page { has_more: false }, screen)?;
    Ok(if end == PauseEnd::Esc { PageEnd::Left } else { PageEnd::Read })
}

/// The same, of a text that is laid out for the whole screen.
pub fn read_screen(text: &str, screen: &Screen) -> Result<()> {
    read_beside(text, 1, screen)?;
    if screen.mark() + 2 <= screen.size().0 {
        screen.line("");
    }
    read_on(screen).map(|_| ())
}

/// Shows a text a screenful at a time, and leaves its end on the screen, with so many rows
/// below it for what comes next.
pub fn read_beside(text: &str, rows: usize, screen: &Screen) -> Result<()> {
    show_screenfuls(text, rows, PauseKind::Next, screen).map(|_| ())
}

fn show_screenfuls(text: &str, rows: usize, kind: PauseKind, screen: &Screen) -> Result<PageEnd> {
    let (height, _) = screen.size();
    // Plain lines are read on from where they end.
    let is_whole = screen.is_accessible();
    let room = if is_whole { usize::MAX } else { few_rows_above(height, rows) };
    let lines: Vec<&str> = text.trim_end().lines().collect();
    let mut rest = lines.as_slice();
    loop {
        let (part, after) = rest.split_at(screenful(rest, room));
        rest = after;
        screen.clear();
        screen.show(&format!("{}\n", part.join("\n").trim_end()));
        if rest.is_empty() {
            return Ok(PageEnd::Read);
        }
        let end = pause(kind, screen)?;
        if kind != PauseKind::Next && end == PauseEnd::Esc {
            return Ok(PageEnd::Left);
        }
    }
}

/// Shows rows a screenful at a time until all were read. `goes_back` is asked at Esc: has it led
/// elsewhere?
pub(super) fn read_rows(
    rows: &[String],
    screen: &Screen,
    mut goes_back: impl FnMut() -> Result<bool>,
) -> Result<bool> {
    let (height, _) = screen.size();
    let lines: Vec<&str> = rows.iter().map(String::as_str).collect();
    let mut rest = lines.as_slice();
    while let Some(first) = rest.iter().position(|line| !line.is_empty()) {
        let words = &rest[first..];
        let (part, after) = words.split_at(screenful(words, rows_above(height, 2)));
        rest = after;
        screen.clear();
        screen.show(&format!("{}\n", part.join("\n").trim_matches('\n')));
        if screen.mark() + 2 <= height {
            screen.line("");
        }
        while pause(PauseKind::Next, screen)? == PauseEnd::Esc {
            if goes_back()? {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// Rows of a text above so many others: at least one, however low the window is.
fn rows_above(height: usize, below: usize) -> usize {
    height.saturating_sub(below).max(1)
}

/// The same, but no fewer than four, if the keys fit below them.
fn few_rows_above(height: usize, below: usize) -> usize {
    rows_above(height, below).max(rows_above(height, 1).min(4))
}

/// How many of these lines to show at once: whole paragraphs, where at least one fits. One
/// of a single line is most likely a title, which is shown with what it's over.
fn screenful(lines: &[&str], room: usize) -> usize {
    if lines.len() <= room {
        return lines.len();
    }
    let end = lines[..room].iter().rposition(|line| line.is_empty());
    end.filter(|end| *end > 1).map_or(room, |end| end + 1)
}

#[cfg(test)]
mod tests {
    use super::{few_rows_above, rows_above, screenful};

    #[test]
    fn in_the_lowest_window_the_keys_push_no_row_of_a_text_out_of_sight() {
        for height in 2..40 {
            assert!(rows_above(height, 2) < height, "{height}");
            for below in 1..12 {
                assert!(few_rows_above(height, below) < height, "{height}, {below}");
            }
        }
        assert_eq!([4, 5, 6, 24].map(|height| rows_above(height, 2)), [2, 3, 4, 22]);
        assert_eq!([4, 5, 6, 24].map(|height| few_rows_above(height, 4)), [3, 4, 4, 20]);
    }

    #[test]
    fn a_screenful_ends_with_a_paragraph_where_one_fits() {
        assert_eq!(screenful(&["a", "b"], 4), 2);
        assert_eq!(screenful(&["a", "b", "", "c", "d", "e"], 4), 3);
        assert_eq!(screenful(&["a", "b", "c", "d", "e"], 4), 4);
        assert_eq!(screenful(&["", "b", "c", "d", "e"], 4), 4);
        assert_eq!(screenful(&["title", "", "c", "d", "e", "f"], 4), 4);
        assert_eq!(screenful(&["title", "", "c", "", "e", "f"], 4), 4);
    }
}
