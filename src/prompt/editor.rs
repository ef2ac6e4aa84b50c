//! The user's own editor, on a file in memory that no editor leaves copies of.

use std::fs::OpenOptions;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::process::Command;
use std::string::FromUtf8Error;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use crossterm::{cursor, execute, terminal};
use zeroize::Zeroizing;

use crate::disk::DiskError;
use crate::error::{Failure, Result, plain};
use crate::prompt::{AskError, EditorFault};
use crate::render::clean_line;

use super::known_editors::{KnownEditor, base_name, find_program};
use super::scratch::{SCRATCH, ScratchFolder};
use super::{Screen, Terminal, choices};

/// Nobody has read a text, changed nothing in it and closed the editor by then.
const QUICK_EXIT: Duration = Duration::from_millis(500);

/// Editors to try where none is set.
const USUAL: &[&str] = &["nano", "vim", "vi"];

/// The editor and its arguments: at least one word.
fn command(terminal: &Terminal) -> std::result::Result<Vec<String>, EditorFault> {
    let usual = || USUAL.iter().find(|name| find_program(name).is_some());
    let words = match &terminal.editor {
        Some(set) => shell_words::split(set)
            .map_err(|_| EditorFault::OpenQuote { setting: clean_line(set) })?,
        None => usual().map(|name| name.to_string()).into_iter().collect(),
    };
    if words.is_empty() { Err(EditorFault::NoneFound) } else { Ok(words) }
}

/// Opens the editor on a text. `None`, with a word about it, where the text is
/// to stay as it was: the editor failed, or the user thought better of it.
pub fn edit(text: &str, screen: &Screen) -> Result<Option<Zeroizing<String>>> {
    let words = match command(screen.terminal) {
        Ok(words) => words,
        Err(fault) => {
            say_why(&AskError::Editor { fault, file: None }, screen);
            return Ok(None);
        }
    };
    let Some(folder) = scratch(screen)? else { return Ok(None) };
    let path = folder.path().to_owned();
    // It goes when the entry is sealed, or a signal ends us, and not before.
    screen.terminal.hold(folder);
    let edited = run(&words, text, &path, screen);
    match edited {
        Err(error) => match error.of::<AskError>() {
            Some(why @ AskError::Editor { .. }) => {
                say_why(why, screen);
                Ok(None)
            }
            _ => Err(error),
        },
        Ok(text) => Ok(text.map(Zeroizing::new)),
    }
}

fn say_why(error: &AskError, screen: &Screen) {
    let words = format!("{} {}", error.fact(), error.hint());
    screen.line(&screen.page().wrap(&words, ""));
}

impl Terminal {
    /// Opens a file of the user's own, with no secret in it.
    pub fn edit_file(&self, file: &Path) -> Result<()> {
        let failed = |fault| AskError::Editor { fault, file: Some(file.to_owned()) };
        let words = command(self).map_err(failed)?;
        let status = self.lend(|| Command::new(&words[0]).args(&words[1..]).arg(file).status());
        let why = match status {
            Ok(status) if status.success() => return Ok(()),
            Ok(status) => status.to_string(),
            Err(error) => plain(&error),
        };
        Err(failed(EditorFault::Failed { command: words.join(" "), why }).into())
    }
}

/// Has the text edited, again as long as it comes back as no text. `None` where the editor did
/// not wait for it to be edited.
fn run(words: &[String], text: &str, folder: &Path, screen: &Screen) -> Result<Option<String>> {
    let file = folder.join(SCRATCH);
    write_private(&file, text).map_err(DiskError::io("write", &file))?;
    let known = KnownEditor::of(&words[0]);
    loop {
        let (bytes, at_once) = open(words, &known, (&file, text), screen)?;
        if !known.leaves_no_copies {
            warn_of_copies(&words[0], screen);
        }
        if at_once && bytes == text.as_bytes() {
            say_it_returned_at_once(words, screen);
            return Ok(None);
        }
        match String::from_utf8(bytes) {
            // A byte order mark is no part of it.
            Ok(text) => return Ok(Some(text.trim_start_matches('\u{feff}').to_owned())),
            Err(odd) if replaces_bytes(&odd, screen)? => {
                return Ok(Some(String::from_utf8_lossy(odd.as_bytes()).into_owned()));
            }
            Err(_) => {}
        }
    }
}

/// Opens the editor on the file, with what it holds. What it then holds, and whether the editor
/// closed at once.
fn open(
    words: &[String],
    known: &KnownEditor,
    (file, text): (&Path, &str),
    screen: &Screen,
) -> Result<(Vec<u8>, bool)> {
    let failed = |why: String| {
        let fault = EditorFault::Failed { command: words.join(" "), why };
        AskError::Editor { fault, file: None }
    };
    let folder = file.parent().unwrap_or(Path::new("."));
    let mut editor = Command::new(&words[0]);
    editor.args(&words[1..]).args(known.flags).arg(file);
    // Some editors put their working files into these.
    editor.env("TMPDIR", folder).current_dir(folder);
    let started = Instant::now();
    let status = screen.terminal.lend(|| editor.status());
    let at_once = started.elapsed() < QUICK_EXIT;
    // The editor has drawn over our screen, and may have left it.
    if !screen.is_accessible() {
        let _ = execute!(
            std::io::stderr(),
            terminal::EnterAlternateScreen,
            terminal::Clear(terminal::ClearType::All),
            cursor::MoveTo(0, 0)
        );
    }
    let status = status.map_err(|e| failed(plain(&e)))?;
    let bytes = std::fs::read(file).map_err(|e| failed(plain(&e)));
    if status.success() {
        return Ok((bytes?, at_once));
    }
    // One that crashed may have saved before, and so may one that was told to fail.
    match bytes.ok().filter(|bytes| bytes != text.as_bytes()) {
        Some(saved) if takes_saved(words, screen)? => Ok((saved, false)),
        Some(_) | None => Err(failed(status.to_string()).into()),
    }
}

fn takes_saved(words: &[String], screen: &Screen) -> Result<bool> {
    let command = clean_line(&words.join(" "));
    screen.paragraph(&format!("The editor `{command}` failed after it had saved a changed text."));
    let lines = ["Take the text that it saved", "Leave it as it was before"];
    Ok(choices::choose_one(&lines, screen)? == 0)
}

/// Bytes that are no text are never replaced unasked: the editor still has them.
fn replaces_bytes(odd: &FromUtf8Error, screen: &Screen) -> Result<bool> {
    let at = odd.utf8_error().valid_up_to() + 1;
    screen.paragraph(&format!(
        "The text isn't valid UTF-8 at byte {at}. Save it as UTF-8 in the editor."
    ));
    let lines = ["Open the editor again", "Take the text, with \u{fffd} for what isn't UTF-8"];
    Ok(choices::choose_one(&lines, screen)? == 1)
}

/// One that opens a window elsewhere leaves us waiting for nothing, and what is written
/// there later would be lost.
fn say_it_returned_at_once(words: &[String], screen: &Screen) {
    let command = clean_line(&words.join(" "));
    let words = format!(
        "The editor `{command}` closed at once, and your text hasn't changed. If it opened a window, close it and set an editor that waits, such as EDITOR=\"{command} --wait\"."
    );
    screen.line(&screen.page().wrap_message(&words));
}

/// Said once: an editor that is used often need not be spoken of each time.
fn warn_of_copies(program: &str, screen: &Screen) {
    if screen.terminal.signals.warned_of_editor.swap(true, Ordering::SeqCst) {
        return;
    }
    let words = format!(
        "inward can't keep {} from making recovery or backup files. If it makes any, they hold your text unencrypted.",
        clean_line(base_name(program))
    );
    screen.line(&screen.page().wrap_message(&words));
}

fn write_private(file: &Path, text: &str) -> std::io::Result<()> {
    let mut open = OpenOptions::new();
    open.write(true).create_new(true).mode(0o600).open(file)?.write_all(text.as_bytes())
}

/// A folder of our own in memory; on disk only after the user was told.
fn scratch(screen: &Screen) -> Result<Option<ScratchFolder>> {
    let in_memory = screen.terminal.memory_folders.iter().filter(|p| is_in_memory(p));
    if let Some(folder) = in_memory.filter_map(|parent| ScratchFolder::make(parent).ok()).next() {
        return Ok(Some(folder));
    }
    let parent = screen.terminal.disk_folder.clone();
    screen.paragraph(&format!(
        "This system has no folder in memory, so the editor's file would be on disk, in {}, until you keep the entry. Deleted files can sometimes be recovered from a disk.",
        parent.display()
    ));
    if !choices::yes("Open the editor anyway?", screen)? {
        return Ok(None);
    }
    ScratchFolder::make(&parent).map(Some).map_err(DiskError::io("make a folder in", &parent))
}

#[cfg(target_os = "linux")]
fn is_in_memory(folder: &Path) -> bool {
    const TMPFS: u64 = 0x0102_1994;
    const RAMFS: u64 = 0x8584_58f6;
    rustix::fs::statfs(folder).is_ok_and(|fs| [TMPFS, RAMFS].contains(&(fs.f_type as u64)))
}

#[cfg(not(target_os = "linux"))]
fn is_in_memory(_: &Path) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn the_editors_file_is_its_owners_alone() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("entry.md");
        write_private(&file, "words").unwrap();
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }
}
