//! How far a long work has come, where somebody watches.

use std::sync::Once;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Work that is done sooner shows nothing.
const PATIENCE: Duration = Duration::from_millis(500);

/// A line on standard error; nothing where that is no terminal.
pub struct Bar {
    bar: ProgressBar,
    begun: std::time::Instant,
    shown: Once,
}

impl Bar {
    pub fn new(what: &str) -> Bar {
        let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::hidden());
        let style = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()).progress_chars("=> "));
        bar.set_message(what.to_owned());
        Bar { bar, begun: std::time::Instant::now(), shown: Once::new() }
    }

    pub fn at(&self, done: usize, of: usize) {
        if self.begun.elapsed() > PATIENCE {
            // Once, whoever comes first: what was drawn on an earlier target
            // would not be taken away with this one.
            self.shown.call_once(|| self.bar.set_draw_target(ProgressDrawTarget::stderr()));
        }
        self.bar.set_length(of as u64);
        self.bar.set_position(done as u64);
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
