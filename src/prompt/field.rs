//! What is being answered on the screen: drawn below the transcript, and changed by keys.

use std::io;
use std::time::Duration;

use crossterm::event::{self, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use crossterm::{cursor, execute, terminal};
use signal_hook::consts::SIGTSTP;
use zeroize::Zeroizing;

use crate::error::Result;

use super::Screen;
use super::terminal::cannot;

/// A field as it is drawn.
pub(super) struct Drawing {
    /// None wider than the terminal.
    pub rows: Vec<String>,
    /// Row and column within them; without one, none is shown.
    pub cursor: Option<(usize, usize)>,
}

/// What a key leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KeyEffect {
    Stay,
    Done,
    Esc,
    Skip,
    /// To the user's own editor.
    Editor,
}

/// Something that keys change.
pub(super) trait Field {
    /// In so many rows and columns at most.
    fn draw(&mut self, rows: usize, columns: usize, screen: &Screen) -> Drawing;
    fn press(&mut self, key: KeyEvent) -> KeyEffect;
    /// What becomes of it where no key comes for so long.
    fn tick(&self) -> Option<(Duration, KeyEffect)> {
        None
    }
    /// May it take the whole screen, with the question out of sight meanwhile?
    fn covers_question(&self) -> bool {
        false
    }
    /// Do letters type a text, rather than give orders?
    fn takes_letters(&self) -> bool;
    /// Takes a text in one go.
    fn insert(&mut self, text: &str);
    /// What would be lost if the program ended here.
    fn text(&self) -> Option<Zeroizing<String>>;
    /// What is marked, where anything can be.
    fn marks(&self) -> Option<Vec<String>> {
        None
    }
}

/// Raw keys and whole pastes, until this is dropped.
struct RawKeys;

impl RawKeys {
    fn begin() -> io::Result<RawKeys> {
        terminal::enable_raw_mode()?;
        let keys = RawKeys;
        execute!(io::stderr(), event::EnableBracketedPaste)?;
        Ok(keys)
    }
}

impl Drop for RawKeys {
    fn drop(&mut self) {
        let _ = execute!(io::stderr(), event::DisableBracketedPaste);
        let _ = terminal::disable_raw_mode();
    }
}

/// Lets keys change the field until one ends it.
///
/// # Errors
/// `Cancelled` on Ctrl-C, or what the terminal says.
pub(super) fn run(field: &mut dyn Field, screen: &Screen) -> Result<KeyEffect> {
    let mut raw = Some(RawKeys::begin().map_err(cannot)?);
    loop {
        let (height, columns) = screen.size();
        let rows = if field.covers_question() { height } else { screen.room() };
        let drawing = field.draw(rows, columns, screen);
        screen.paint(drawing)?;
        let taken = take_keys(field)?;
        mirror(field, screen);
        match taken {
            FieldEvent::Effect(KeyEffect::Stay) => {}
            FieldEvent::Effect(effect) => return Ok(effect),
            FieldEvent::Interrupt => return Err(screen.interrupted()),
            FieldEvent::Suspend => {
                drop(raw.take());
                suspend(screen)?;
                raw = Some(RawKeys::begin().map_err(cannot)?);
            }
            FieldEvent::Resize => screen.forget(),
        }
    }
}

/// Where what is typed and marked is saved from, if the program ends here.
fn mirror(field: &dyn Field, screen: &Screen) {
    if let Some(text) = field.text() {
        screen.rescue().note_typed(text);
    }
    if let Some(marks) = field.marks() {
        screen.rescue().note_marks(marks);
    }
}

enum FieldEvent {
    Effect(KeyEffect),
    Interrupt,
    Suspend,
    Resize,
}

/// Takes the next key, and whatever has come in behind it: a frame for each letter of a
/// paste that is not marked as one would take minutes. Letters in a row go in together.
fn take_keys(field: &mut dyn Field) -> Result<FieldEvent> {
    let mut letters = Zeroizing::new(String::new());
    if let Some((wait, effect)) = field.tick()
        && !event::poll(wait).map_err(cannot)?
    {
        return Ok(FieldEvent::Effect(effect));
    }
    let mut event = event::read().map_err(cannot)?;
    loop {
        let taken = match event {
            Event::Key(key) if key.kind == KeyEventKind::Release => {
                FieldEvent::Effect(KeyEffect::Stay)
            }
            Event::Key(key) => match plain_letter(&key) {
                Some(letter) if field.takes_letters() => {
                    letters.push(letter);
                    FieldEvent::Effect(KeyEffect::Stay)
                }
                _ => {
                    insert(field, &mut letters);
                    press(field, key)
                }
            },
            Event::Paste(text) => {
                insert(field, &mut letters);
                field.insert(&Zeroizing::new(text.replace("\r\n", "\n").replace('\r', "\n")));
                FieldEvent::Effect(KeyEffect::Stay)
            }
            Event::Resize(..) => FieldEvent::Resize,
            Event::FocusGained | Event::FocusLost | Event::Mouse(_) => {
                FieldEvent::Effect(KeyEffect::Stay)
            }
        };
        let is_more = matches!(taken, FieldEvent::Effect(KeyEffect::Stay))
            && event::poll(super::INSTANT).map_err(cannot)?;
        if !is_more {
            insert(field, &mut letters);
            return Ok(taken);
        }
        event = event::read().map_err(cannot)?;
    }
}

fn insert(field: &mut dyn Field, letters: &mut Zeroizing<String>) {
    if !letters.is_empty() {
        field.insert(&std::mem::take(letters));
    }
}

/// The letter that a key types, where it comes without Ctrl or Alt.
pub(super) fn plain_letter(key: &KeyEvent) -> Option<char> {
    match key.code {
        KeyCode::Char(letter) if (key.modifiers - KeyModifiers::SHIFT).is_empty() => Some(letter),
        _ => None,
    }
}

fn press(field: &mut dyn Field, key: KeyEvent) -> FieldEvent {
    match key.code {
        KeyCode::Char('c') if key.modifiers == KeyModifiers::CONTROL => FieldEvent::Interrupt,
        KeyCode::Char('z') if key.modifiers == KeyModifiers::CONTROL => FieldEvent::Suspend,
        _ => FieldEvent::Effect(field.press(key)),
    }
}

/// Gives the terminal back to the shell, and takes it again when the program is continued.
fn suspend(screen: &Screen) -> Result<()> {
    execute!(io::stderr(), terminal::LeaveAlternateScreen, cursor::Show).map_err(cannot)?;
    signal_hook::low_level::emulate_default_handler(SIGTSTP).map_err(cannot)?;
    execute!(io::stderr(), terminal::EnterAlternateScreen).map_err(cannot)?;
    screen.forget();
    Ok(())
}
