//! The terminal: what it can do, how it is written to, and how it is left sane
//! whatever happens.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use crossterm::terminal;
use textwrap::core::display_width;

use crate::config::Config;
use crate::disk::DiskError;
use crate::error::{Error, Exit, Result};
use crate::keys::KeyError;
use crate::prompt::AskError;
use crate::render::{TextPage, clean, clean_page};

use super::Transcript;
use super::key_source::KeySource;
use super::signals::SignalState;
use super::unwritten::UnwrittenText;

/// What a failure calls it.
const STANDARD_OUTPUT: &str = "standard output";

/// Was all of it written, if it was only that there is nothing?
fn is_whole<T>(filled: &Result<T>) -> bool {
    filled.as_ref().err().is_none_or(|e| e.exit() == Exit::NothingMatched)
}

pub struct Terminal {
    stdin: bool,
    stdout: bool,
    pub(super) stderr: bool,
    colour: bool,
    /// Errors alone are said.
    quiet: bool,
    columns: Option<usize>,
    /// Lines that are only appended, in the place of a screen.
    pub(super) accessible: bool,
    /// Text is typed as in vi.
    pub(super) vi_keys: bool,
    pub(super) pager: Option<String>,
    pub(super) editor: Option<String>,
    pub(super) memory_folders: Vec<PathBuf>,
    pub(super) disk_folder: PathBuf,
    pub(super) keys: KeySource,
    pub(super) signals: Arc<SignalState>,
    pub(super) watched: OnceLock<()>,
    pub(super) saves_typed: OnceLock<()>,
    /// In the place of standard output and standard error.
    transcript: Option<Transcript>,
}

impl Terminal {
    /// The one that this process has; with a transcript, none.
    pub fn new(config: &Config, quiet: bool, transcript: Option<Transcript>) -> Terminal {
        let has_terminal = transcript.is_none();
        Terminal {
            stdin: has_terminal && io::stdin().is_terminal(),
            stdout: has_terminal && io::stdout().is_terminal(),
            stderr: has_terminal && io::stderr().is_terminal(),
            transcript,
            colour: config.colour,
            quiet,
            columns: config.columns,
            accessible: config.accessible,
            vi_keys: config.vi_keys,
            pager: config.pager.clone(),
            editor: config.editor.clone(),
            memory_folders: config.memory_folders.clone(),
            disk_folder: config.disk_folder.clone(),
            keys: KeySource::default(),
            signals: Arc::default(),
            watched: OnceLock::new(),
            saves_typed: OnceLock::new(),
        }
    }

    /// Can a person be asked the questions of a practice?
    pub fn can_ask(&self) -> bool {
        self.stdin && self.stderr
    }

    /// Is it used line by line? Then nothing is redrawn with each key, and what is shown stays;
    /// elsewhere there is a screen that goes when it is left.
    pub fn is_accessible(&self) -> bool {
        self.accessible
    }

    /// Can a person be asked one thing, even while standard input is a pipe?
    pub fn can_ask_aside(&self) -> bool {
        self.stderr && (self.stdin || std::fs::File::open("/dev/tty").is_ok())
    }

    /// Refuses unless a person can be asked one thing without leaving the page: a passphrase,
    /// a yes or no. From here on, signals are watched.
    ///
    /// # Errors
    /// `CannotAskPassphrase`.
    pub fn require_asking(&self) -> Result<()> {
        if !self.can_ask_aside() {
            return Err(KeyError::CannotAskPassphrase.into());
        }
        // Where signals cannot be watched, one that ends us leaves the keys unheard.
        let _ = self.watch_signals();
        Ok(())
    }

    /// Does nothing wait at standard input that was written for this run?
    pub fn input_is_terminal(&self) -> bool {
        self.stdin || self.transcript.is_some()
    }

    pub fn output_is_terminal(&self) -> bool {
        self.stdout
    }

    /// Is what is printed read on a terminal line by line, so that words say more than charts?
    pub fn is_read_in_lines(&self) -> bool {
        let is_shown = self.transcript.as_ref().is_some_and(|transcript| transcript.is_shown);
        self.accessible && (self.stdout || is_shown)
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
    pub fn page(&self) -> TextPage {
        // A pipe has no width; what reads it should not depend on ours.
        let width = if self.stdout { self.width() } else { self.columns.unwrap_or(80) };
        let is_shown = self.transcript.as_ref().is_some_and(|transcript| transcript.is_shown);
        TextPage { width, colour: self.colour && (self.stdout || is_shown) }
    }

    /// The page that messages go to.
    pub fn messages(&self) -> TextPage {
        let width = if self.stderr { self.width() } else { self.columns.unwrap_or(80) };
        TextPage { width, colour: self.colour && self.stderr }
    }

    /// A page of ours, with its colours, on standard output.
    pub fn print(&self, text: &str) -> Result<()> {
        if self.stdout {
            self.write_out(clean_page(text).as_bytes())
        } else {
            self.write_out(text.as_bytes())
        }
    }

    /// What tells a program of a change that was made: if it can't be printed, that is said, and
    /// is no failure. Whoever takes it for one repeats the command.
    ///
    /// # Errors
    /// `PipeClosed`.
    pub fn print_change(&self, text: &str) -> Result<()> {
        self.print_kept(text, "The change is made anyway.")
    }

    /// The same, if it was made: what tells of nothing new is printed as anything else.
    pub fn print_outcome(&self, text: &str, is_changed: bool) -> Result<()> {
        if is_changed { self.print_change(text) } else { self.print(text) }
    }

    /// The same, with other words for what is done.
    pub fn print_kept(&self, text: &str, done: &str) -> Result<()> {
        match self.print(text) {
            Err(error @ Error::Failed(_)) => {
                let words = format!("{error} {done}");
                self.say_always(&self.messages().wrap_message(&clean(&words)));
                Ok(())
            }
            printed => printed,
        }
    }

    /// Data, as it is; but of a terminal's orders no terminal gets any.
    pub fn print_bytes(&self, bytes: &[u8]) -> Result<()> {
        if self.stdout {
            self.write_out(clean(&String::from_utf8_lossy(bytes)).as_bytes())
        } else {
            self.write_out(bytes)
        }
    }

    fn output(&self) -> Box<dyn Write> {
        match &self.transcript {
            Some(transcript) => Box::new(transcript.output.clone()),
            None => Box::new(io::stdout().lock()),
        }
    }

    fn write_out(&self, bytes: &[u8]) -> Result<()> {
        let mut out = self.output();
        let written = out.write_all(bytes).and_then(|()| out.flush());
        written.map_err(DiskError::writing_to(STANDARD_OUTPUT))
    }

    /// Data that is written while it is made.
    pub fn print_with<T>(&self, fill: impl FnOnce(&mut dyn Write) -> Result<T>) -> Result<T> {
        if self.stdout {
            // What a person watches comes at once, after the word of how far it is;
            // and not at all if it was interrupted.
            let mut pieces = UnwrittenText::default();
            let filled = fill(&mut pieces);
            for piece in pieces.pieces().filter(|_| is_whole(&filled)) {
                self.print_bytes(piece)?;
            }
            return filled;
        }
        let mut out = self.output();
        let filled = fill(&mut *out)?;
        out.flush().map_err(DiskError::writing_to(STANDARD_OUTPUT))?;
        Ok(filled)
    }

    /// A message, on standard error, wrapped. There is nobody to tell where
    /// even that fails.
    pub fn say(&self, text: &str) {
        if !self.quiet {
            self.say_always(&self.messages().wrap_message(&clean(text)));
        }
    }

    /// What went wrong, where the work continues.
    pub fn warn(&self, error: &Error) {
        let text = format!("{error} {}", error.hint());
        self.say_always(&self.messages().wrap_message(&clean(text.trim_end())));
    }

    /// The same, for what is laid out already.
    pub fn say_unwrapped(&self, text: &str) {
        if !self.quiet {
            self.say_always(text);
        }
    }

    /// A record of something: in a pipe it is one line, on a terminal it is broken at spaces.
    pub fn say_record(&self, text: &str) {
        if !self.quiet {
            self.say_record_always(text);
        }
    }

    /// The same, also with `--quiet`.
    pub fn say_record_always(&self, text: &str) {
        if self.stderr {
            self.say_always(&self.messages().wrap_message(text));
        } else {
            self.say_always(text);
        }
    }

    /// What is wrong with a file, however quiet it is to be: in a pipe `LEAD PATH: WHY`, and so
    /// on a terminal where that fits; else the path has a line of its own, to be copied.
    pub fn say_of_file(&self, lead: &str, path: &str, why: &str) {
        let page = self.messages();
        let line = format!("{} {path}: {why}", page.strong(lead));
        let is_one = !self.stderr || display_width(&line) <= page.width;
        self.say_always(&if is_one {
            line
        } else {
            let words = page.wrap_message(&format!("{lead} {why}"));
            format!("{}\n  {path}", words.replacen(lead, &page.strong(lead), 1))
        });
    }

    /// What went wrong, laid out already: said also with `--quiet`.
    pub fn say_always(&self, text: &str) {
        let _ = match &self.transcript {
            Some(transcript) => writeln!(transcript.messages.clone(), "{text}"),
            None => writeln!(io::stderr(), "{text}"),
        };
    }

    /// A piece of a line, where lines are only appended.
    pub(super) fn echo(&self, text: &str) {
        let _ = match &self.transcript {
            Some(transcript) => write!(transcript.messages.clone(), "{text}"),
            None => write!(io::stderr(), "{text}").and_then(|()| io::stderr().flush()),
        };
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
    let page = TextPage { width, colour: false };
    let lines = text.lines().map(|line| page.wrap_message(line));
    let text = if io::stderr().is_terminal() {
        lines.collect::<Vec<_>>().join("\n")
    } else {
        text.into_owned()
    };
    let _ = writeln!(io::stderr(), "{text}");
}

pub(super) fn cannot(e: io::Error) -> Error {
    AskError::Terminal { why: crate::error::plain(&e) }.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Stop;
    use crate::query::QueryError;

    #[test]
    fn what_was_interrupted_is_not_shown_in_part() {
        assert!(is_whole(&Ok(())));
        assert!(
            is_whole::<()>(&Err(QueryError::NothingMatched.into())),
            "an empty document is one"
        );
        assert!(!is_whole::<()>(&Err(Error::Cancelled(Stop::Plain))));
    }
}
