//! A line from raw keys, with an echo of our own: the terminal's line ends at 4,095 bytes
//! and throws the rest away.

use std::io::{self, IsTerminal};
use std::thread;
use std::time::Duration;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use rustix::termios::{LocalModes, tcgetattr};
use signal_hook::consts::SIGTSTP;
use unicode_width::UnicodeWidthChar;
use zeroize::Zeroizing;

use crate::error::{Error, Result, Stop};

use super::esc_menu::EscChoice;
use super::letters::{last_letter, without_last_word};
use super::linear::say;
use super::terminal::cannot;
use super::{INSTANT, Screen, Terminal};

/// A terminal hands over a long paste in pieces, with less than this between them.
const PASTE_GAP: Duration = Duration::from_millis(10);

pub(super) enum LineEnd {
    Line(Zeroizing<String>),
    /// Blank, or a full stop, with more behind it at once: a line of a paste, which ends nothing.
    Pasted(Zeroizing<String>),
    /// A word such as `:back`, which is the screen's to take.
    Command,
    /// With what was typed by then.
    Esc(Zeroizing<String>),
    /// Ctrl-D on an empty line.
    End,
    /// Ctrl-O, with the same.
    Editor(Zeroizing<String>),
}

/// Raw keys until this is dropped. Nothing is written for it.
struct LineKeys<'a> {
    terminal: &'a Terminal,
    /// Some terminals, such as a shell in Emacs, show by themselves what is typed.
    echoes: bool,
}

impl<'a> LineKeys<'a> {
    fn begin(terminal: &'a Terminal) -> Result<LineKeys<'a>> {
        let input = io::stdin();
        let modes = input.is_terminal().then(|| tcgetattr(&input).ok()).flatten();
        let echoes = modes.is_none_or(|modes| modes.local_modes.contains(LocalModes::ECHO));
        terminal.keys.set_raw(true).map_err(cannot)?;
        Ok(LineKeys { terminal, echoes })
    }

    /// Is there another key already?
    fn has_more(&self) -> Result<bool> {
        self.terminal.keys.poll(INSTANT).map_err(cannot)
    }

    /// Does more come faster than anyone types?
    fn is_pasting(&self) -> Result<bool> {
        self.terminal.keys.poll(PASTE_GAP).map_err(cannot)
    }

    /// The next key. Where a shell had the terminal meanwhile, the line is shown once more.
    fn next(&self, line: &str, mark: &str) -> Result<KeyEvent> {
        loop {
            let event = self.terminal.keys.read().map_err(cannot)?;
            if let Event::Key(key) = event
                && key.kind != KeyEventKind::Release
            {
                return Ok(key);
            }
            if matches!(event, Event::Resize(..)) && self.terminal.signals.take_continued() {
                self.echo(&format!("{mark}{line}"));
            }
        }
    }

    fn echo(&self, text: &str) {
        if self.echoes {
            self.terminal.echo(text);
        }
    }

    /// Takes the last letter back, as an old terminal does.
    fn take_back(&self, letter: char) {
        let columns = letter.width().unwrap_or(0);
        self.echo(&"\u{8} \u{8}".repeat(columns));
    }
}

impl Drop for LineKeys<'_> {
    fn drop(&mut self) {
        let _ = self.terminal.keys.set_raw(false);
    }
}

/// Reads a line, and another one after a word such as `:help`, which isn't an answer. `below`
/// is the text that it is to go below; without one it is an order, such as a number, and never
/// an answer in itself. Where no editor can be opened, its key does nothing.
///
/// # Errors
/// `Cancelled` on Ctrl-C, or what the terminal says.
pub(super) fn read_line(below: Option<&str>, has_editor: bool, screen: &Screen) -> Result<LineEnd> {
    loop {
        let end = read_keys(below, has_editor, screen)?;
        let LineEnd::Line(line) = &end else { return Ok(end) };
        if screen.take_command(line) {
            return Ok(LineEnd::Command);
        }
        let Some(refusal) = EscChoice::unknown_command(line) else { return Ok(end) };
        note(below, "", screen);
        say(&refusal, screen);
        screen.terminal.echo(mark(has_editor));
    }
}

/// What stands before a line; the lines of a long answer have nothing before them.
fn mark(has_editor: bool) -> &'static str {
    if has_editor { "" } else { "> " }
}

/// Is it a line that ends a long answer, if someone types it?
pub(super) fn may_end_text(line: &str) -> bool {
    matches!(line.trim(), "" | ".")
}

fn read_keys(below: Option<&str>, has_editor: bool, screen: &Screen) -> Result<LineEnd> {
    let terminal = screen.terminal;
    let mut keys = LineKeys::begin(terminal)?;
    terminal.signals.take_continued();
    let mark = mark(has_editor);
    let mut line = Zeroizing::new(String::new());
    loop {
        let key = keys.next(&line, mark)?;
        let end = edit(&mut line, &key, &keys);
        let end = end.filter(|end| has_editor || !matches!(end, KeyEnd::Editor));
        // Of a long paste not every letter need be noted by itself.
        if end.is_some() || !keys.has_more()? {
            note(below, &line, screen);
        }
        let Some(end) = end else { continue };
        keys.echo("\r\n");
        return match end {
            KeyEnd::Line if has_editor && may_end_text(&line) && keys.is_pasting()? => {
                Ok(LineEnd::Pasted(line))
            }
            KeyEnd::Line => Ok(LineEnd::Line(line)),
            KeyEnd::Esc => Ok(LineEnd::Esc(line)),
            KeyEnd::End => Ok(LineEnd::End),
            KeyEnd::Editor => Ok(LineEnd::Editor(line)),
            KeyEnd::Interrupt => Err(screen.interrupted()),
            KeyEnd::Suspend => {
                drop(keys);
                suspend(terminal)?;
                keys = LineKeys::begin(terminal)?;
                keys.echo(&format!("{mark}{}", *line));
                continue;
            }
        };
    }
}

/// Gives the terminal back to the shell until the program is continued.
fn suspend(terminal: &Terminal) -> Result<()> {
    signal_hook::low_level::emulate_default_handler(SIGTSTP).map_err(cannot)?;
    // The thread that hears of it may be later than this one. The line is shown once.
    for _ in 0..20 {
        if terminal.signals.take_continued() {
            break;
        }
        thread::sleep(Duration::from_millis(5));
    }
    Ok(())
}

/// What a key ends a line as.
enum KeyEnd {
    Line,
    Esc,
    End,
    Editor,
    Interrupt,
    Suspend,
}

/// Does what the key means to the line, and shows it.
fn edit(line: &mut Zeroizing<String>, key: &KeyEvent, keys: &LineKeys) -> Option<KeyEnd> {
    let control = key.modifiers.contains(KeyModifiers::CONTROL);
    match key.code {
        KeyCode::Enter => return Some(KeyEnd::Line),
        KeyCode::Esc => return Some(KeyEnd::Esc),
        KeyCode::Char('j' | 'm') if control => return Some(KeyEnd::Line),
        KeyCode::Char('c') if control => return Some(KeyEnd::Interrupt),
        KeyCode::Char('z') if control => return Some(KeyEnd::Suspend),
        KeyCode::Char('d') if control && line.is_empty() => return Some(KeyEnd::End),
        KeyCode::Char('o') if control => return Some(KeyEnd::Editor),
        KeyCode::Char('u') if control => {
            line.drain(..).rev().for_each(|letter| keys.take_back(letter));
        }
        KeyCode::Char('w') if control => take_word_back(line, keys),
        KeyCode::Char('h') if control => take_letter_back(line, keys),
        KeyCode::Backspace => take_letter_back(line, keys),
        // A tab has no width of its own to be taken back.
        KeyCode::Tab => type_letter(' ', line, keys),
        KeyCode::Char(letter) if (key.modifiers - KeyModifiers::SHIFT).is_empty() => {
            type_letter(letter, line, keys);
        }
        _ => {}
    }
    None
}

fn type_letter(letter: char, line: &mut Zeroizing<String>, keys: &LineKeys) {
    line.push(letter);
    keys.echo(letter.encode_utf8(&mut [0; 4]));
}

fn take_letter_back(line: &mut Zeroizing<String>, keys: &LineKeys) {
    for _ in 0..last_letter(line) {
        line.pop().iter().for_each(|point| keys.take_back(*point));
    }
}

fn take_word_back(line: &mut Zeroizing<String>, keys: &LineKeys) {
    let kept = without_last_word(line).len();
    while line.len() > kept {
        take_letter_back(line, keys);
    }
}

/// Notes the line below the text that it belongs to; an order belongs to none.
fn note(below: Option<&str>, line: &str, screen: &Screen) {
    if let Some(text) = below {
        let separator = if text.is_empty() || line.is_empty() { "" } else { "\n" };
        screen.rescue().note_typed(Zeroizing::new(format!("{text}{separator}{line}")));
    }
}

/// Waits so long for a key. Was one pressed?
///
/// # Errors
/// What the terminal says.
pub(super) fn sleep_until_key(time: Duration, terminal: &Terminal) -> Result<bool> {
    let _keys = LineKeys::begin(terminal)?;
    if !terminal.keys.poll(time).map_err(cannot)? {
        return Ok(false);
    }
    match terminal.keys.read().map_err(cannot)? {
        Event::Key(key) if is_interrupt(&key) => Err(Error::Cancelled(Stop::Plain)),
        pressed => Ok(matches!(pressed, Event::Key(key) if key.kind == KeyEventKind::Press)),
    }
}

/// Is it Ctrl-C, which stops a session wherever it is pressed?
pub(super) fn is_interrupt(key: &KeyEvent) -> bool {
    key.code == KeyCode::Char('c') && key.modifiers == KeyModifiers::CONTROL
}
