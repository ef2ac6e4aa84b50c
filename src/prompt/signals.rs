//! What a signal that ends the program finds in order: the terminal restored, plain
//! text removed, the answer that was under way saved.

use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::thread;

use crossterm::{cursor, event, execute, terminal};
use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGWINCH};
use signal_hook::iterator::Signals;

use crate::error::Result;

use super::ProgressBar;
use super::rescue::RescueState;
use super::terminal::{Terminal, cannot};

/// What the thread that waits for signals must know.
#[derive(Default)]
pub struct SignalState {
    /// Another program has the terminal: Ctrl-C is meant for it.
    lent: AtomicBool,
    /// A session has the alternate screen.
    has_screen: AtomicBool,
    /// Something is under way that ends itself where it is asked to.
    working: AtomicBool,
    /// It was asked to.
    stopped: AtomicBool,
    /// A shell had the terminal meanwhile.
    continued: AtomicBool,
    /// Was it said that an editor may keep copies?
    pub warned_of_editor: AtomicBool,
    /// What to say if a signal ends us here.
    last_word: Mutex<&'static str>,
    pub rescue: RescueState,
}

impl SignalState {
    /// From now on a session has the alternate screen, or has it no more.
    pub fn set_screen(&self, has_screen: bool) {
        self.has_screen.store(has_screen, Ordering::SeqCst);
    }

    fn has_screen(&self) -> bool {
        self.has_screen.load(Ordering::SeqCst)
    }

    /// Was the program continued since this was asked last? A line that is being typed is then
    /// shown once more; fields are drawn anew as in a window of another size.
    pub fn take_continued(&self) -> bool {
        self.continued.swap(false, Ordering::SeqCst)
    }

    /// Saves the answer that was under way.
    pub fn save_answer(&self) {
        self.save_typed();
        self.rescue.end();
    }

    /// Saves it as far as it is typed by now.
    pub fn save_typed(&self) {
        self.rescue.save(self.lent.load(Ordering::SeqCst));
    }
}

impl Terminal {
    /// A signal that ends us must not leave the terminal raw, nor plain text
    /// in memory-backed files.
    pub(super) fn watch_signals(&self) -> Result<()> {
        if self.watched.set(()).is_err() {
            return Ok(());
        }
        // The thread first: where there is none to be had, signals do what they always do.
        let (watch, watched) = mpsc::sync_channel::<Signals>(1);
        let state = Arc::clone(&self.signals);
        // Plain lines, and a file in the terminal's place, take no escape sequences.
        let is_drawn = self.stderr && !self.accessible;
        let watcher = thread::Builder::new().spawn(move || {
            let Ok(mut signals) = watched.recv() else { return };
            for signal in signals.forever() {
                if signal == SIGCONT {
                    state.continued.store(true, Ordering::SeqCst);
                    retake();
                    continue;
                }
                let from_keys = matches!(signal, SIGINT | SIGQUIT);
                if from_keys && state.lent.load(Ordering::SeqCst) {
                    continue;
                }
                // Asked twice, it ends at once.
                let working = state.working.load(Ordering::SeqCst);
                if signal == SIGINT && working && !state.stopped.swap(true, Ordering::SeqCst) {
                    continue;
                }
                state.save_answer();
                // Before the lock: where the terminal is stopped, it may never be had, and
                // the editor's plain text must not stay for that.
                state.rescue.remove_scratch();
                // Held to the end: a frame that is being drawn must not hide the
                // cursor again behind us.
                let mut page = io::stderr().lock();
                let _ = terminal::disable_raw_mode();
                if is_drawn {
                    restore(state.has_screen());
                }
                if let Some(word) = state.last_word.lock().ok().filter(|w| !w.is_empty()) {
                    let _ = writeln!(page, "\n{word}");
                }
                let _ = signal_hook::low_level::emulate_default_handler(signal);
            }
        });
        watcher.map_err(cannot)?;
        let signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGCONT]).map_err(cannot)?;
        // Its thread waits for nothing else.
        let _ = watch.send(signals);
        Ok(())
    }

    /// What is to be said if a signal ends the program from here on.
    pub fn last_word(&self, word: &'static str) {
        // Where signals cannot be watched, it ends without a word.
        let _ = self.watch_signals();
        if let Ok(mut last) = self.signals.last_word.lock() {
            *last = word;
        }
    }

    /// Runs something that wants the terminal for itself.
    pub(super) fn lend<T>(&self, run: impl FnOnce() -> T) -> T {
        // Where signals cannot be watched, the other program is still served.
        let _ = self.watch_signals();
        self.signals.lent.store(true, Ordering::SeqCst);
        let stderr = io::stderr();
        let modes = tcgetattr(&stderr).ok();
        let done = run();
        // One that was killed leaves the terminal as it needed it itself.
        let _ = modes.map(|modes| tcsetattr(&stderr, OptionalActions::Now, &modes));
        self.signals.lent.store(false, Ordering::SeqCst);
        done
    }

    /// Does some work that tells how much is done, of how much, and asks
    /// whether to continue.
    pub fn working<T>(
        &self,
        words: &str,
        work: impl FnOnce(&(dyn Fn(usize, usize) -> bool + Sync)) -> T,
    ) -> T {
        let bar = ProgressBar::new(words, self);
        // Where signals cannot be watched, Ctrl-C ends it as it ends anything.
        let _ = self.watch_signals();
        self.signals.stopped.store(false, Ordering::SeqCst);
        self.signals.working.store(true, Ordering::SeqCst);
        let done = work(&|done, of| {
            bar.at(done, of);
            !self.signals.stopped.load(Ordering::SeqCst)
        });
        self.signals.working.store(false, Ordering::SeqCst);
        done
    }
}

/// The keys raw again, where they were before something else stopped the program: the shell
/// leaves the terminal as it needs it. Redrawn, as in a window of another size.
fn retake() {
    if terminal::is_raw_mode_enabled().unwrap_or(false) {
        let _ = terminal::disable_raw_mode();
        let _ = terminal::enable_raw_mode();
        let _ = signal_hook::low_level::raise(SIGWINCH);
    }
}

/// The terminal as it was. The alternate screen is erased before it is left: where there is
/// none, as in GNU screen or on a console, what was answered would stay.
pub(super) fn restore(has_screen: bool) {
    let _ = terminal::disable_raw_mode();
    if has_screen {
        let _ = execute!(
            io::stderr(),
            terminal::Clear(terminal::ClearType::All),
            cursor::MoveTo(0, 0),
            terminal::LeaveAlternateScreen
        );
    } else {
        // Leaving a screen that wasn't entered would move the cursor, and what is said while
        // a passphrase is tried stands after it.
        let _ = execute!(io::stderr(), terminal::Clear(terminal::ClearType::UntilNewLine));
    }
    let _ = execute!(io::stderr(), event::DisableBracketedPaste, cursor::Show);
}
