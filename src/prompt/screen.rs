//! The screen on which a session takes place: the terminal's other one, so that no answer
//! stays in the scrollback. What was said stands in a transcript; the end of it is shown
//! above whatever is being answered.

use std::cell::{Cell, RefCell};
use std::io;

use crossterm::{cursor, execute, terminal};
use textwrap::core::display_width;
use zeroize::Zeroizing;

use crate::error::{Error, Result, Stop};
use crate::render::{TextPage, clean, cut};
use crate::wiping::WipeGuard;

use super::esc_menu::EscChoice;
use super::field::Drawing;
use super::full_screen::FullScreen;
use super::linear::Linear;
use super::painter::{Frame, Painter};
use super::prompter::Prompter;
use super::rescue::RescueState;
use super::said::Said;
use super::signals::restore;
use super::terminal::{Terminal, cannot};

impl Terminal {
    /// Opens the screen, which its end leaves again; in plain lines, goes on
    /// below what is there.
    pub fn screen(&self) -> Result<Screen<'_>> {
        self.watch_signals()?;
        self.save_while_typing();
        if !self.accessible {
            self.signals.set_screen(true);
            execute!(io::stderr(), terminal::EnterAlternateScreen, cursor::MoveTo(0, 0))
                .map_err(cannot)?;
        }
        Ok(Screen {
            terminal: self,
            said: RefCell::default(),
            painter: RefCell::default(),
            explained: RefCell::default(),
            is_after_blank: Cell::new(true),
            command: Cell::default(),
            is_private: Cell::default(),
            _wipes: WipeGuard::begin(),
        })
    }
}

/// Where questions are asked. Leaving it takes every answer out of sight.
pub struct Screen<'a> {
    pub(super) terminal: &'a Terminal,
    said: RefCell<Said>,
    painter: RefCell<Painter>,
    /// The key lines that were shown in full.
    explained: RefCell<Vec<&'static str>>,
    /// Was the last line blank, so that another can be spared?
    is_after_blank: Cell<bool>,
    /// What was typed in the place of opening the menu.
    command: Cell<Option<EscChoice>>,
    /// Does a private page stand there?
    pub(super) is_private: Cell<bool>,
    /// What was written here does not stay in freed memory.
    _wipes: WipeGuard,
}

impl Screen<'_> {
    /// How it asks.
    pub(super) fn prompter(&self) -> &'static dyn Prompter {
        if self.is_accessible() { &Linear } else { &FullScreen }
    }

    /// What Ctrl-C does here.
    pub(super) fn interrupted(&self) -> Error {
        Error::Cancelled(if self.is_private.get() { Stop::Silent } else { Stop::Plain })
    }

    /// As [`Terminal::is_accessible`].
    pub fn is_accessible(&self) -> bool {
        self.terminal.is_accessible()
    }

    /// The answer under way, to be saved if the program ends here.
    pub(crate) fn rescue(&self) -> &RescueState {
        &self.terminal.signals.rescue
    }

    pub(crate) fn save_answer(&self) {
        self.terminal.signals.save_answer();
    }

    pub fn page(&self) -> TextPage {
        self.terminal.messages()
    }

    /// What the keys do: in full the first time, then in fewer words; as wide as there is
    /// room.
    pub(super) fn key_line(&self, widths: &[&'static str; 3]) -> &'static str {
        let [wide, middle, narrow] = widths;
        let mut explained = self.explained.borrow_mut();
        let is_new = !explained.contains(wide);
        if is_new {
            explained.push(wide);
        }
        let width = self.page().width;
        let fits = |key_line: &&&str| display_width(key_line) + 3 <= width;
        let in_full = Some(wide).filter(|_| is_new);
        in_full.into_iter().chain([middle]).find(fits).unwrap_or(narrow)
    }

    /// Of two widths of a key line, the one that fits.
    pub(super) fn fitting(&self, [wide, narrow]: [&'static str; 2]) -> &'static str {
        if display_width(wide) + 3 <= self.size().1 { wide } else { narrow }
    }

    /// A key line as the row below a field, however narrow that is.
    pub(super) fn key_line_row(&self, key_line: &str) -> String {
        let page = self.page();
        page.quiet(&format!("  {}", cut(key_line, page.width.saturating_sub(2).max(1))))
    }

    pub fn title(&self, text: &str) {
        let title = self.page().strong(&self.page().wrap(&clean(text), ""));
        if self.is_accessible() {
            self.line(&title);
            self.line("");
        } else {
            self.said.borrow_mut().say_title(&format!("{title}\n"));
        }
    }

    pub fn heading(&self, text: &str) {
        if !self.said.borrow().ends_blank() {
            self.line("");
        }
        self.title(text);
    }

    pub fn paragraph(&self, text: &str) {
        for paragraph in text.trim().split("\n\n") {
            let words = paragraph.split_whitespace().collect::<Vec<_>>().join(" ");
            self.line(&self.page().wrap(&clean(&words), ""));
            self.line("");
        }
    }

    /// Are these paragraphs in sight as a whole above lines to choose from and the line of keys?
    pub fn has_room(&self, text: &str, lines: &[&str]) -> bool {
        let (height, width) = self.size();
        let page = self.page();
        let words = text.split("\n\n").map(|words| page.wrap(words, "").lines().count() + 1);
        // Each line to choose from has a mark before it.
        let lines = lines.iter().map(|line| textwrap::wrap(line, width.saturating_sub(2)).len());
        let rows = words.sum::<usize>() + lines.sum::<usize>() + 1;
        self.is_accessible() || rows <= height
    }

    /// Says this, in lines of its own. It is seen when something is asked next.
    pub fn line(&self, text: &str) {
        if self.is_accessible() {
            let is_blank = text.is_empty();
            if !(is_blank && self.is_after_blank.replace(is_blank)) {
                self.terminal.say_always(text);
            }
            return;
        }
        self.said.borrow_mut().say(text);
    }

    /// Shows something of ours, wrapped already.
    pub fn show(&self, text: &str) {
        self.line(text.strip_suffix('\n').unwrap_or(text));
    }

    /// Says what a person sees by other means where the screen is redrawn.
    pub(super) fn say_in_lines(&self, text: &str) {
        if self.is_accessible() {
            self.line(text);
        }
    }

    /// Says what was answered, where the answer itself does not stay in sight.
    pub(super) fn echo(&self, text: &str) {
        if !self.is_accessible() {
            self.line(text);
        }
    }

    /// Takes a line such as `:back` for the menu. Is it one?
    pub(super) fn take_command(&self, line: &str) -> bool {
        let choice = line.trim().strip_prefix(':').and_then(EscChoice::by_word);
        self.command.set(choice);
        choice.is_some()
    }

    /// What was typed in the place of opening the menu.
    pub(super) fn take_choice(&self) -> Option<EscChoice> {
        self.command.take()
    }

    /// Was `:stop` typed at a page or a list of lines, where no menu opens? Only once.
    pub fn take_stop(&self) -> bool {
        self.has_stop() && self.take_choice().is_some()
    }

    /// The same, leaving it for whoever stops.
    pub fn has_stop(&self) -> bool {
        self.command.get() == Some(EscChoice::Stop)
    }

    /// Was `:safety` typed at a list whose first line opens that page? Only once.
    pub fn take_safety(&self) -> bool {
        let is_typed = self.command.get() == Some(EscChoice::Safety);
        is_typed && self.take_choice().is_some()
    }

    pub fn clear(&self) {
        self.said.borrow_mut().clear();
    }

    /// Shows something else in the place of all that was said, which then stands there again.
    pub fn aside<T>(&self, show: impl FnOnce() -> T) -> T {
        let said = self.said.take();
        let shown = show();
        self.said.replace(said);
        shown
    }

    /// What was said from this line on.
    pub(super) fn lines_from(&self, mark: usize) -> Vec<String> {
        self.said.borrow().lines_from(mark)
    }

    /// How far goes what was said.
    pub(super) fn mark(&self) -> usize {
        self.said.borrow().end()
    }

    /// Takes back what was said since then.
    pub(super) fn rewind(&self, mark: usize) {
        self.said.borrow_mut().rewind(mark);
    }

    /// Something else has written on the terminal.
    pub(super) fn forget(&self) {
        self.painter.borrow_mut().forget();
    }

    /// Rows and columns that there are.
    pub(super) fn size(&self) -> (usize, usize) {
        (self.terminal.height().max(2), self.page().width.max(2))
    }

    /// Shows the end of the transcript, and below it what is being answered.
    pub(super) fn paint(&self, drawing: Drawing) -> Result<()> {
        let (height, width) = self.size();
        let mut rows =
            self.said.borrow().last_rows(height.saturating_sub(drawing.rows.len()), width);
        let above = rows.len();
        let cursor = drawing.cursor.map(|(row, column)| (above + row, column));
        rows.extend(drawing.rows.into_iter().map(Zeroizing::new));
        let frame = Frame { rows, cursor };
        self.painter.borrow_mut().paint(frame, height).map_err(cannot)
    }

    /// What is said from here on stays in sight above the answer to the first question.
    pub(super) fn begin_opening(&self) {
        self.said.borrow_mut().begin_opening();
    }

    /// What was said need not stay in sight above what is asked next.
    pub(super) fn end_opening(&self) {
        self.said.borrow_mut().end_opening();
    }

    /// What is said from here on is the question, which stays in sight above its answer.
    pub(super) fn begin_question(&self) {
        self.said.borrow_mut().begin_question();
    }

    /// From this line on it stays in sight.
    pub(super) fn move_question_to(&self, mark: usize) {
        self.said.borrow_mut().move_question_to(mark);
    }

    /// Where the question begins, or what stays in sight with it.
    pub(super) fn question_at(&self) -> usize {
        self.said.borrow().question_at()
    }

    /// Are all the words of the question, but for titles and so many rows more, in sight above so
    /// many?
    pub(super) fn has_words_in_sight(&self, but: usize, below: usize) -> bool {
        let rows = self.said.borrow().words_length();
        rows <= but || self.is_accessible() || rows + below <= self.size().0
    }

    /// Rows that a field may take, so that its question stays in sight.
    pub(super) fn room(&self) -> usize {
        let (height, _) = self.size();
        let question = self.said.borrow().question_length();
        height - question.clamp(1, (height * 2 / 3).max(1))
    }
}

impl Drop for Screen<'_> {
    fn drop(&mut self) {
        if !self.is_accessible() {
            restore(true);
            self.terminal.signals.set_screen(false);
        }
    }
}
