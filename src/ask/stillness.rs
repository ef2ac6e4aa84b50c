//! A timer to sit by: a line that grows for four seconds and shrinks for six,
//! since the longer out-breath is what settles.

use std::io::{Write, stderr};
use std::time::{Duration, Instant};

use crossterm::event::{self, Event, KeyEventKind};
use crossterm::terminal::{self, ClearType};
use crossterm::{cursor, execute, style::Print};

use crate::error::Result;

use super::{Screen, terminal::cannot};

const IN: f64 = 4.0;
const OUT: f64 = 6.0;
const FRAME: Duration = Duration::from_millis(100);

pub fn minutes_words(minutes: u32) -> String {
    if minutes == 1 { "one minute".into() } else { format!("{minutes} minutes") }
}

/// Sits; the minutes that were sat, to a tenth. Any key ends it.
pub fn sit(minutes: u32, screen: &Screen) -> Result<f64> {
    screen.line(&screen.page().quiet("Any key ends it."));
    let whole = Duration::from_secs(u64::from(minutes) * 60);
    let begun = Instant::now();
    terminal::enable_raw_mode().map_err(cannot)?;
    let ended = breathe(begun, whole, screen.page().width);
    let _ = terminal::disable_raw_mode();
    let _ = execute!(stderr(), Print("\r"), terminal::Clear(ClearType::CurrentLine), cursor::Show);
    ended.map_err(cannot)?;
    Ok((begun.elapsed().min(whole).as_secs_f64() / 6.0).round() / 10.0)
}

fn breathe(begun: Instant, whole: Duration, width: usize) -> std::io::Result<()> {
    execute!(stderr(), cursor::Hide)?;
    while begun.elapsed() < whole {
        let line = frame(begun.elapsed(), whole, width);
        execute!(stderr(), Print("\r"), terminal::Clear(ClearType::CurrentLine), Print(line))?;
        stderr().flush()?;
        if event::poll(FRAME)?
            && let Event::Key(key) = event::read()?
            && key.kind == KeyEventKind::Press
        {
            break;
        }
    }
    Ok(())
}

/// One moment of it: the breath, and the time left.
fn frame(elapsed: Duration, whole: Duration, width: usize) -> String {
    let phase = elapsed.as_secs_f64() % (IN + OUT);
    let (word, full) = match phase {
        phase if phase < IN => ("in ", phase / IN),
        phase => ("out", 1.0 - (phase - IN) / OUT),
    };
    let widest = width.saturating_sub(14).min(30);
    let long = (full * widest as f64).round() as usize;
    let left = (whole.saturating_sub(elapsed)).as_secs();
    format!("  {word} {:<widest$} {}:{:02}", "━".repeat(long), left / 60, left % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> String {
        frame(Duration::from_secs(seconds), Duration::from_secs(60), 34)
    }

    #[test]
    fn the_breath_grows_for_four_seconds_and_shrinks_for_six() {
        assert_eq!(at(0), "  in                       1:00");
        assert_eq!(at(2), "  in  ━━━━━━━━━━           0:58");
        assert_eq!(at(4), "  out ━━━━━━━━━━━━━━━━━━━━ 0:56");
        assert_eq!(at(7), "  out ━━━━━━━━━━           0:53");
        assert_eq!(at(10), "  in                       0:50");
    }

    #[test]
    fn a_line_never_grows_past_the_window() {
        for width in [10, 14, 20, 200] {
            for second in 0..10 {
                let line = frame(Duration::from_secs(second), Duration::from_secs(60), width);
                assert!(line.chars().count() <= width.max(14), "{line:?}");
            }
        }
    }
}
