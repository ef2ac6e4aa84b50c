//! How far a long work has come, where someone watches.

use std::io::{self, IsTerminal, Write};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use crossterm::{QueueableCommand, cursor, terminal};
use textwrap::core::display_width;

use super::Terminal;

/// Work that is done sooner shows nothing.
const PATIENCE: Duration = Duration::from_millis(500);
/// Between two drawings.
const PAUSE: Duration = Duration::from_millis(100);
/// Columns at the end of the line: the ^C that a terminal writes of itself would
/// otherwise begin another line, and this one would never be cleared.
const KEPT_FREE: usize = 3;

/// A line on standard error; nothing where that is no terminal.
pub struct ProgressBar {
    what: String,
    watched: bool,
    begun: Instant,
    drawn: Mutex<Option<Instant>>,
}

impl ProgressBar {
    pub fn new(what: &str, terminal: &Terminal) -> ProgressBar {
        let watched = io::stderr().is_terminal() && !terminal.is_accessible();
        ProgressBar {
            what: what.to_owned(),
            watched,
            begun: Instant::now(),
            drawn: Mutex::new(None),
        }
    }

    /// Called for each entry, from every thread: whoever finds another one drawing
    /// leaves it at that.
    pub fn at(&self, done: usize, of: usize) {
        if !self.watched || self.begun.elapsed() < PATIENCE {
            return;
        }
        let Ok(mut drawn) = self.drawn.try_lock() else { return };
        if drawn.is_some_and(|last| last.elapsed() < PAUSE) {
            return;
        }
        *drawn = Some(Instant::now());
        let width = terminal::size().map_or(80, |(columns, _)| usize::from(columns));
        // Where it cannot be drawn, the work continues.
        let _ = write_line(&line(&self.what, done, of, width.saturating_sub(KEPT_FREE)));
    }
}

impl Drop for ProgressBar {
    fn drop(&mut self) {
        if self.drawn.get_mut().is_ok_and(|drawn| drawn.is_some()) {
            let _ = write_line("");
        }
    }
}

/// Puts this in the place of the line that the cursor is on.
fn write_line(text: &str) -> io::Result<()> {
    let mut screen = io::stderr().lock();
    let line = terminal::Clear(terminal::ClearType::CurrentLine);
    screen.queue(line)?.queue(cursor::MoveToColumn(0))?;
    screen.write_all(text.as_bytes())?;
    screen.flush()
}

/// `Reading =====>      420/1000`, in so many columns; without the bar where there is
/// no room for one.
fn line(what: &str, done: usize, of: usize, width: usize) -> String {
    let done = done.min(of);
    let count = format!("{done}/{of}");
    let room = width.saturating_sub(display_width(what) + count.len() + 2);
    let full = room * done / of.max(1);
    let head = if full < room { ">" } else { "" };
    let line = format!("{what} {:<room$} {count}", format!("{}{head}", "=".repeat(full)));
    if room > 1 { line } else { count }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_fills_its_line_and_no_more() {
        assert_eq!(line("Reading", 0, 10, 24), "Reading >           0/10");
        assert_eq!(line("Reading", 5, 10, 24), "Reading =====>      5/10");
        assert_eq!(line("Reading", 10, 10, 24), "Reading ========== 10/10");
        assert_eq!(line("Reading", 12, 10, 24), "Reading ========== 10/10");
        assert_eq!(line("Reading", 0, 0, 24).len(), 24);
        assert_eq!(line("Reading", 3, 10, 8), "3/10", "no room for a bar");
    }
}
