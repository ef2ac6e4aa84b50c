//! The terminal: what it can do, how it is written to, and how it is left sane
//! whatever happens.

use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::thread;

use crossterm::{cursor, event, execute, terminal};
use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
use signal_hook::iterator::Signals;
use tempfile::TempDir;

use crate::config::Config;
use crate::disk::DiskError;
use crate::error::{Error, Exit, Result};
use crate::keys::KeyError;
use crate::prompt::AskError;
use crate::render::{HtmlPage, clean, clean_page};
use crate::secret::SecretBytes;

use super::{PendingAnswer, pager};

/// What was written, piece by piece: a buffer that grows would leave copies behind.
struct UnwrittenText(Vec<SecretBytes>);

impl Write for UnwrittenText {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.push(bytes.to_vec().into());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Was all of it written, if it was only that there is nothing?
fn is_whole<T>(filled: &Result<T>) -> bool {
    filled.as_ref().err().is_none_or(|e| e.exit() == Exit::NothingMatched)
}

/// What the text is called in its folder.
pub(super) const SCRATCH: &str = "entry.md";

pub struct Terminal {
    stdin: bool,
    stdout: bool,
    stderr: bool,
    colour: bool,
    /// Errors alone are said.
    quiet: bool,
    columns: Option<usize>,
    pub(super) pager: Option<String>,
    pub(super) editor: Option<String>,
    pub(super) memory_folders: Vec<PathBuf>,
    pub(super) disk_folder: PathBuf,
    pub(super) shared: Arc<TerminalState>,
    watched: OnceLock<()>,
}

/// What the thread that waits for signals must know.
#[derive(Default)]
pub(super) struct TerminalState {
    /// Another program has the terminal: Ctrl-C is meant for it.
    lent: AtomicBool,
    /// Something is under way that ends itself where it is asked to.
    pub(super) working: AtomicBool,
    /// It was asked to.
    pub(super) stopped: AtomicBool,
    /// Was it said that an editor may keep copies?
    pub(super) warned_of_editor: AtomicBool,
    /// Plain text in an editor's file, until the entry is sealed.
    scratch: Mutex<Vec<TempDir>>,
    /// What is being typed, and where to save it.
    typed: Arc<Mutex<String>>,
    rescue: Mutex<Option<PendingAnswer>>,
    /// What to say if a signal ends us here.
    last_word: Mutex<&'static str>,
}

impl TerminalState {
    /// Saves the answer that was under way: as the editor last saved it, or as
    /// it was typed.
    fn rescue(&self) {
        let taken = self.rescue.lock().ok().and_then(|mut rescue| rescue.take());
        let Some(rescue) = taken else { return };
        let edited = self.scratch.lock().ok().and_then(|scratch| {
            let bytes = std::fs::read(scratch.last()?.path().join(SCRATCH)).ok()?;
            Some(String::from_utf8_lossy(&bytes).into_owned())
        });
        let typed = || self.typed.lock().map(|text| text.clone()).unwrap_or_default();
        let lent = self.lent.load(Ordering::SeqCst);
        rescue.save(&edited.filter(|_| lent).unwrap_or_else(typed));
    }
}

impl Terminal {
    pub fn new(config: &Config, quiet: bool) -> Terminal {
        Terminal {
            stdin: io::stdin().is_terminal(),
            stdout: io::stdout().is_terminal(),
            stderr: io::stderr().is_terminal(),
            colour: config.colour,
            quiet,
            columns: config.columns,
            pager: config.pager.clone(),
            editor: config.editor.clone(),
            memory_folders: config.memory_folders.clone(),
            disk_folder: config.disk_folder.clone(),
            shared: Arc::default(),
            watched: OnceLock::new(),
        }
    }

    /// Can a person be asked the questions of a practice?
    pub fn can_ask(&self) -> bool {
        self.stdin && self.stderr
    }

    /// Can a person be asked one thing, even while standard input is a pipe?
    pub fn can_ask_aside(&self) -> bool {
        self.stderr && (self.stdin || std::fs::File::open("/dev/tty").is_ok())
    }

    pub fn input_is_terminal(&self) -> bool {
        self.stdin
    }

    pub fn output_is_terminal(&self) -> bool {
        self.stdout
    }

    pub fn is_quiet(&self) -> bool {
        self.quiet
    }

    fn width(&self) -> usize {
        let measured = || terminal::size().ok().map(|(columns, _)| usize::from(columns));
        self.columns.or_else(measured).filter(|c| *c > 0).unwrap_or(80)
    }

    pub fn height(&self) -> usize {
        terminal::size().map_or(24, |(_, rows)| usize::from(rows))
    }

    /// The page that standard output is.
    pub fn page(&self) -> HtmlPage {
        // A pipe has no width; what reads it should not depend on ours.
        let width = if self.stdout { self.width() } else { self.columns.unwrap_or(80) };
        HtmlPage { width, colour: self.colour && self.stdout }
    }

    /// The page that messages go to.
    pub fn messages(&self) -> HtmlPage {
        let width = if self.stderr { self.width() } else { self.columns.unwrap_or(80) };
        HtmlPage { width, colour: self.colour && self.stderr }
    }

    /// A page of ours, with its colours, on standard output.
    pub fn print(&self, text: &str) -> Result<()> {
        match self.stdout {
            true => self.write_out(clean_page(text).as_bytes()),
            false => self.write_out(text.as_bytes()),
        }
    }

    /// Data, as it is; but of a terminal's orders no terminal gets any.
    pub fn print_bytes(&self, bytes: &[u8]) -> Result<()> {
        match self.stdout {
            true => self.write_out(clean(&String::from_utf8_lossy(bytes)).as_bytes()),
            false => self.write_out(bytes),
        }
    }

    fn write_out(&self, bytes: &[u8]) -> Result<()> {
        let mut out = io::stdout().lock();
        match out.write_all(bytes).and_then(|()| out.flush()) {
            Err(e) if e.kind() == ErrorKind::BrokenPipe => Err(Error::PipeClosed),
            written => written.map_err(DiskError::io("write to", "standard output".as_ref())),
        }
    }

    /// Data that is written while it is made.
    pub fn print_with<T>(&self, fill: impl FnOnce(&mut dyn Write) -> Result<T>) -> Result<T> {
        if self.stdout {
            // What a person watches comes at once, after the word of how far it is;
            // and not at all where it was broken off.
            let mut pieces = UnwrittenText(Vec::new());
            let filled = fill(&mut pieces);
            for piece in pieces.0.iter().filter(|_| is_whole(&filled)) {
                self.print_bytes(piece)?;
            }
            return filled;
        }
        let mut out = io::stdout().lock();
        let filled = fill(&mut out)?;
        match out.flush() {
            Err(e) if e.kind() == ErrorKind::BrokenPipe => Err(Error::PipeClosed),
            flushed => {
                flushed.map_err(DiskError::io("write to", "standard output".as_ref()))?;
                Ok(filled)
            }
        }
    }

    /// Data that may be long: through the pager where it does not fit.
    pub fn print_paged(&self, text: &str) -> Result<()> {
        // Where there is no terminal, asking for its size would run a program.
        let long = self.stdout && text.lines().count() >= self.height();
        if long && pager::show(self, &clean_page(text))? { Ok(()) } else { self.print(text) }
    }

    /// A message, on standard error, wrapped. There is nobody to tell where
    /// even that fails.
    pub fn say(&self, text: &str) {
        if !self.quiet {
            self.say_error(&self.messages().wrap_message(&clean(text)));
        }
    }

    /// What went wrong, where the work goes on all the same.
    pub fn warn(&self, error: &Error) {
        let text = format!("{error} {}", error.hint());
        self.say_error(&self.messages().wrap_message(&clean(text.trim_end())));
    }

    /// The same, for what is laid out already.
    pub fn say_unwrapped(&self, text: &str) {
        if !self.quiet {
            self.say_error(text);
        }
    }

    /// What went wrong, laid out already: it is said however quiet it is to be.
    pub fn say_error(&self, text: &str) {
        let _ = writeln!(io::stderr(), "{text}");
    }

    /// Opens the screen on which a sitting takes place. It is the terminal's
    /// other one, so that no answer stays in the scrollback.
    pub fn screen(&self) -> Result<Screen<'_>> {
        self.watch_signals()?;
        execute!(io::stderr(), terminal::EnterAlternateScreen, cursor::MoveTo(0, 0))
            .map_err(cannot)?;
        Ok(Screen { terminal: self })
    }

    /// Asks without leaving the page: a passphrase, a yes or no.
    pub fn aside(&self) -> Result<()> {
        if self.can_ask_aside() {
            self.watch_signals()
        } else {
            Err(KeyError::CannotAskPassphrase.into())
        }
    }

    /// A signal that ends us must not leave the terminal raw, nor plain text
    /// in memory-backed files.
    pub(super) fn watch_signals(&self) -> Result<()> {
        if self.watched.set(()).is_err() {
            return Ok(());
        }
        let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT]).map_err(cannot)?;
        let shared = Arc::clone(&self.shared);
        thread::spawn(move || {
            for signal in signals.forever() {
                let from_keys = matches!(signal, SIGINT | SIGQUIT);
                if from_keys && shared.lent.load(Ordering::SeqCst) {
                    continue;
                }
                // Asked twice, it ends at once.
                let working = shared.working.load(Ordering::SeqCst);
                if signal == SIGINT && working && !shared.stopped.swap(true, Ordering::SeqCst) {
                    continue;
                }
                shared.rescue();
                // Held to the end: a frame that is being drawn must not hide the
                // cursor again behind us.
                let mut page = io::stderr().lock();
                restore();
                if let Ok(mut scratch) = shared.scratch.lock() {
                    scratch.clear();
                }
                if let Some(word) = shared.last_word.lock().ok().filter(|w| !w.is_empty()) {
                    let _ = writeln!(page, "\n{word}");
                }
                let _ = signal_hook::low_level::emulate_default_handler(signal);
            }
        });
        Ok(())
    }

    /// What is to be said if a signal ends the program from here on.
    pub fn last_word(&self, word: &'static str) {
        // Where signals cannot be watched, it ends without a word.
        let _ = self.watch_signals();
        if let Ok(mut last) = self.shared.last_word.lock() {
            *last = word;
        }
    }

    /// Runs something that wants the terminal for itself.
    pub(super) fn lend<T>(&self, run: impl FnOnce() -> T) -> T {
        // Where signals cannot be watched, the other program is still served.
        let _ = self.watch_signals();
        self.shared.lent.store(true, Ordering::SeqCst);
        let done = run();
        self.shared.lent.store(false, Ordering::SeqCst);
        done
    }

    /// Holds a folder with plain text in it until the entry is sealed.
    pub(super) fn hold(&self, folder: TempDir) {
        if let Ok(mut scratch) = self.shared.scratch.lock() {
            scratch.push(folder);
        }
    }

    /// The entry is sealed, or given up: plain text need not be held longer.
    pub fn release(&self) {
        if let Ok(mut rescue) = self.shared.rescue.lock() {
            rescue.take();
        }
        if let Ok(mut scratch) = self.shared.scratch.lock() {
            scratch.clear();
        }
    }
}

impl Drop for Terminal {
    /// However a command ended, no plain text of it stays behind.
    fn drop(&mut self) {
        self.release();
    }
}

/// An error and its hint, on standard error, wrapped where a person reads it.
pub fn print_error(text: &str) {
    let text = clean(text);
    let watched = io::stderr().is_terminal();
    let measured = watched.then(|| terminal::size().ok()).flatten();
    let width = measured.map_or(80, |(columns, _)| usize::from(columns));
    let page = HtmlPage { width, colour: false };
    let lines = text.lines().map(|line| page.wrap_message(line));
    let text = match io::stderr().is_terminal() {
        true => lines.collect::<Vec<_>>().join("\n"),
        false => text.into_owned(),
    };
    let _ = writeln!(io::stderr(), "{text}");
}

pub(super) fn cannot(e: io::Error) -> Error {
    AskError::Terminal { why: crate::error::plain(&e) }.into()
}

fn restore() {
    let _ = terminal::disable_raw_mode();
    let _ = execute!(
        io::stderr(),
        event::DisableBracketedPaste,
        terminal::LeaveAlternateScreen,
        cursor::Show
    );
}

/// The other screen. Leaving it takes every answer out of sight.
pub struct Screen<'a> {
    pub(super) terminal: &'a Terminal,
}

impl Screen<'_> {
    /// From now on, what is typed is of this question.
    pub(super) fn stand_by(&self, rescue: PendingAnswer) {
        let shared = &self.terminal.shared;
        if let (Ok(mut typed), Ok(mut standing)) = (shared.typed.lock(), shared.rescue.lock()) {
            typed.clear();
            *standing = Some(rescue);
        }
    }

    pub(super) fn rescue(&self) {
        self.terminal.shared.rescue();
    }

    /// Where what is typed can be seen by whoever must save it.
    pub(super) fn typed_text(&self) -> Arc<Mutex<String>> {
        Arc::clone(&self.terminal.shared.typed)
    }

    pub fn page(&self) -> HtmlPage {
        self.terminal.messages()
    }

    /// The first of these hints, longest first, that fits on a line in its
    /// brackets; the last in any case.
    pub(super) fn hint(&self, hints: &[&str]) -> String {
        let width = self.page().width;
        let fits = |hint: &&&str| hint.chars().count() + 3 <= width;
        hints.iter().find(fits).or(hints.last()).map(|hint| hint.to_string()).unwrap_or_default()
    }

    pub fn title(&self, text: &str) {
        self.line(&self.page().strong(&self.page().wrap(&clean(text), "")));
        self.line("");
    }

    pub fn heading(&self, text: &str) {
        self.line("");
        self.title(text);
    }

    pub fn paragraph(&self, text: &str) {
        for paragraph in text.trim().split("\n\n") {
            let words = paragraph.split_whitespace().collect::<Vec<_>>().join(" ");
            self.line(&self.page().wrap(&clean(&words), ""));
            self.line("");
        }
    }

    pub fn line(&self, text: &str) {
        let _ = writeln!(io::stderr(), "{text}");
    }

    pub fn clear(&self) {
        let all = terminal::Clear(terminal::ClearType::All);
        let _ = execute!(io::stderr(), all, cursor::MoveTo(0, 0));
    }

    /// Shows something of ours on the screen whole, wrapped already.
    pub fn show(&self, text: &str) {
        let _ = write!(io::stderr(), "{text}");
    }
}

impl Drop for Screen<'_> {
    fn drop(&mut self) {
        restore();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::QueryError;

    #[test]
    fn what_was_broken_off_is_not_shown_in_part() {
        assert!(is_whole(&Ok(())));
        assert!(
            is_whole::<()>(&Err(QueryError::NothingMatched.into())),
            "an empty document is one"
        );
        assert!(!is_whole::<()>(&Err(Error::Cancelled { draft: None })));
        let mut pieces = UnwrittenText(Vec::new());
        pieces.write_all(b"one ").and_then(|()| pieces.write_all(b"two")).unwrap();
        assert_eq!(
            pieces.0.iter().flat_map(|piece| piece.to_vec()).collect::<Vec<_>>(),
            b"one two"
        );
    }
}
