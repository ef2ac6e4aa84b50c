//! A timer to sit by: a line that grows for four seconds and shrinks for six,
//! since the longer out-breath is what settles; or only the time left; or, where
//! nothing can be drawn, a line now and then.

use std::thread::sleep;
use std::time::{Duration, Instant};

use crossterm::event::KeyEvent;
use zeroize::Zeroizing;

use crate::error::Result;
use crate::render::cut;
use crate::words::count_of;

use super::field::{self, Drawing, Field, KeyEffect};
use super::{Screen, Terminal};

const IN: f64 = 4.0;
const OUT: f64 = 6.0;
/// When the time is over.
pub const END: &str = "That's the time. No hurry.";
const FRAME: Duration = Duration::from_millis(100);

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum TimerForm {
    Breathing,
    JustSitting,
}

/// Sits until the time is over or a key ends it, and returns how long that was.
///
/// # Errors
/// `Cancelled` on Ctrl-C, or what the terminal says.
pub(super) fn run_timer(whole: Duration, form: TimerForm, screen: &Screen) -> Result<Duration> {
    screen.line(&screen.page().quiet("Any key ends it."));
    let mut field = TimerField { begun: Instant::now(), whole, form };
    field::run(&mut field, screen)?;
    Ok(field.begun.elapsed().min(whole))
}

struct TimerField {
    begun: Instant,
    whole: Duration,
    form: TimerForm,
}

impl Field for TimerField {
    fn draw(&mut self, _: usize, columns: usize, _: &Screen) -> Drawing {
        let row = frame(self.begun.elapsed(), self.whole, self.form, columns);
        Drawing { rows: vec![cut(&row, columns)], cursor: None }
    }

    fn press(&mut self, _: KeyEvent) -> KeyEffect {
        KeyEffect::Done
    }

    fn tick(&self) -> Option<(Duration, KeyEffect)> {
        let is_over = self.begun.elapsed() >= self.whole;
        Some((FRAME, if is_over { KeyEffect::Done } else { KeyEffect::Stay }))
    }

    fn takes_letters(&self) -> bool {
        false
    }

    fn insert(&mut self, _: &str) {}

    fn text(&self) -> Option<Zeroizing<String>> {
        None
    }
}

/// "2 minutes 30 left", for ears.
pub(super) fn left_words(left: Duration) -> String {
    let seconds = left.as_secs_f64().round() as u64;
    let minutes = count_of(seconds as usize / 60, "minute", "minutes");
    match (seconds / 60, seconds % 60) {
        (0, seconds) => format!("{seconds} seconds left"),
        (_, 0) => format!("{minutes} left"),
        (_, seconds) => format!("{minutes} {seconds} left"),
    }
}

/// One moment of it: the breath, and the time left.
fn frame(elapsed: Duration, whole: Duration, form: TimerForm, width: usize) -> String {
    let left = whole.saturating_sub(elapsed).as_secs_f64().ceil() as u64;
    let left = format!("{}:{:02}", left / 60, left % 60);
    if form == TimerForm::JustSitting {
        return format!("  {left} left");
    }
    let phase = elapsed.as_secs_f64() % (IN + OUT);
    let (word, full) = match phase {
        phase if phase < IN => ("In … ", phase / IN),
        phase => ("Out …", 1.0 - (phase - IN) / OUT),
    };
    let widest = width.saturating_sub(16).min(30);
    let long = (full * widest as f64).round() as usize;
    format!("  {word} {:<widest$} {left}", "━".repeat(long))
}

/// Without a screen: a line for each minute that is left, and then the end.
pub fn count_down(minutes: f64, terminal: &Terminal) {
    let mut left = Duration::from_secs_f64(minutes.clamp(0.0, 60.0) * 60.0);
    let minute = Duration::from_secs(60);
    while !left.is_zero() {
        let whole = left.as_secs_f64().ceil() as u64;
        terminal.say(&format!("{}:{:02} left", whole / 60, whole % 60));
        let step =
            if left > minute { left - minute * ((left.as_secs() - 1) / 60) as u32 } else { left };
        sleep(step);
        left -= step;
    }
    terminal.say(END);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64, form: TimerForm) -> String {
        frame(Duration::from_secs(seconds), Duration::from_secs(60), form, 36)
    }

    #[test]
    fn the_breath_grows_for_four_seconds_and_shrinks_for_six() {
        let at = |seconds| at(seconds, TimerForm::Breathing);
        assert_eq!(at(0), "  In …                       1:00");
        assert_eq!(at(2), "  In …  ━━━━━━━━━━           0:58");
        assert_eq!(at(4), "  Out … ━━━━━━━━━━━━━━━━━━━━ 0:56");
        assert_eq!(at(7), "  Out … ━━━━━━━━━━           0:53");
        assert_eq!(at(10), "  In …                       0:50");
    }

    #[test]
    fn just_sitting_shows_only_the_time() {
        assert_eq!(at(15, TimerForm::JustSitting), "  0:45 left");
    }

    #[test]
    fn a_line_never_grows_past_the_window() {
        for width in [10, 14, 20, 200] {
            for second in 0..10 {
                let elapsed = Duration::from_secs(second);
                let line = frame(elapsed, Duration::from_secs(60), TimerForm::Breathing, width);
                assert!(line.chars().count() <= width.max(16), "{line:?}");
            }
        }
    }
}
