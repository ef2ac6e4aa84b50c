//! How far a long work has come, where somebody watches.

use std::io::{self, IsTerminal, Write};
use std::sync::Once;
use std::time::{Duration, Instant};

use crossterm::{QueueableCommand, cursor, terminal};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle, TermLike};

/// Work that is done sooner shows nothing.
const PATIENCE: Duration = Duration::from_millis(500);
/// Drawings in a second.
const OFTEN: u8 = 10;

/// A line on standard error; nothing where that is no terminal.
pub struct Bar {
    bar: ProgressBar,
    watched: bool,
    begun: Instant,
    shown: Once,
}

impl Bar {
    pub fn new(what: &str) -> Bar {
        let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::hidden());
        let style = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()).progress_chars("=> "));
        bar.set_message(what.to_owned());
        let watched = io::stderr().is_terminal();
        Bar { bar, watched, begun: Instant::now(), shown: Once::new() }
    }

    /// Told of each entry, so it asks the system for nothing.
    pub fn at(&self, done: usize, of: usize) {
        if !self.watched || self.begun.elapsed() < PATIENCE {
            return;
        }
        // Once, whoever comes first: what was drawn on an earlier target would
        // not be taken away with this one.
        self.shown.call_once(|| {
            let target = ProgressDrawTarget::term_like_with_hz(Box::new(ProgressTemplate), OFTEN);
            self.bar.set_draw_target(target);
        });
        self.bar.set_length(of as u64);
        self.bar.set_position(done as u64);
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// The line that the cursor is on, but for its end: there the ^C that a terminal
/// writes of itself would begin another, and this one would never be cleared.
#[derive(Debug)]
struct ProgressTemplate;

const KEPT_FREE: u16 = 3;

fn write(command: impl crossterm::Command) -> io::Result<()> {
    io::stderr().queue(command).map(|_| ())
}

/// A move by nothing would be one by one.
fn moved(n: usize, by: impl FnOnce(u16) -> io::Result<()>) -> io::Result<()> {
    if n == 0 { Ok(()) } else { by(u16::try_from(n).unwrap_or(u16::MAX)) }
}

impl TermLike for ProgressTemplate {
    fn width(&self) -> u16 {
        terminal::size().map_or(80, |(columns, _)| columns).saturating_sub(KEPT_FREE)
    }

    fn move_cursor_up(&self, n: usize) -> io::Result<()> {
        moved(n, |n| write(cursor::MoveUp(n)))
    }

    fn move_cursor_down(&self, n: usize) -> io::Result<()> {
        moved(n, |n| write(cursor::MoveDown(n)))
    }

    fn move_cursor_right(&self, n: usize) -> io::Result<()> {
        moved(n, |n| write(cursor::MoveRight(n)))
    }

    fn move_cursor_left(&self, n: usize) -> io::Result<()> {
        moved(n, |n| write(cursor::MoveLeft(n)))
    }

    fn write_line(&self, text: &str) -> io::Result<()> {
        writeln!(io::stderr(), "{text}")
    }

    fn write_str(&self, text: &str) -> io::Result<()> {
        write!(io::stderr(), "{text}")
    }

    fn clear_line(&self) -> io::Result<()> {
        write(terminal::Clear(terminal::ClearType::CurrentLine))?;
        write(cursor::MoveToColumn(0))
    }

    fn flush(&self) -> io::Result<()> {
        io::stderr().flush()
    }
}
