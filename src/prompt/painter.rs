//! One frame after another: only rows that changed are written, all of them at once, and
//! the terminal is asked to show them together.

use std::io::{self, Write};

use crossterm::terminal::{BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate};
use crossterm::{QueueableCommand, cursor};
use zeroize::Zeroizing;

/// What the terminal is to show.
pub(super) struct Frame {
    /// From the top; rows that are not given are blank. None is wider than the terminal.
    pub rows: Vec<Zeroizing<String>>,
    /// Row and column; without one, none is shown.
    pub cursor: Option<(usize, usize)>,
}

/// Knows what the terminal shows.
#[derive(Default)]
pub(super) struct Painter {
    /// Empty where nothing is known: then every row is written.
    shown: Vec<Zeroizing<String>>,
    cursor: Option<(usize, usize)>,
}

impl Painter {
    /// Something else has written on the terminal.
    pub fn forget(&mut self) {
        self.shown.clear();
    }

    /// Shows the frame on a terminal of so many rows.
    pub fn paint(&mut self, mut frame: Frame, height: usize) -> io::Result<()> {
        frame.rows.resize_with(height, Zeroizing::default);
        if self.shown == frame.rows && self.cursor == frame.cursor {
            return Ok(());
        }
        let mut out = Zeroizing::new(Vec::new());
        out.queue(BeginSynchronizedUpdate)?;
        for (at, row) in frame.rows.iter().enumerate() {
            if self.shown.get(at) != Some(row) {
                out.queue(cursor::MoveTo(0, column(at)))?.queue(Clear(ClearType::CurrentLine))?;
                out.write_all(row.as_bytes())?;
            }
        }
        match frame.cursor {
            Some((row, at)) => {
                out.queue(cursor::MoveTo(column(at), column(row)))?.queue(cursor::Show)?
            }
            None => out.queue(cursor::Hide)?,
        };
        out.queue(EndSynchronizedUpdate)?;
        (self.shown, self.cursor) = (frame.rows, frame.cursor);
        let mut page = io::stderr().lock();
        page.write_all(&out)?;
        page.flush()
    }
}

fn column(at: usize) -> u16 {
    u16::try_from(at).unwrap_or(u16::MAX)
}
