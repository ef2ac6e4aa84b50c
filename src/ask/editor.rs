//! The user's own editor, on a file in memory that no editor leaves copies of.

use std::fs::{OpenOptions, Permissions};
use std::io::Write;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;
use std::process::Command;

use crossterm::{cursor, execute, terminal};
use tempfile::TempDir;

use crate::error::{Error, Result, plain};

use super::{Screen, Terminal, choose};

/// What keeps an editor from writing the text anywhere but in its file. For
/// vim a `--cmd` would come before the user's own settings, `-c` comes after.
const VIM: &[&str] =
    &["-n", "-i", "NONE", "-c", "set noundofile nobackup nowritebackup noswapfile viminfo="];
const NVIM: &[&str] =
    &["-n", "-i", "NONE", "-c", "set noundofile nobackup nowritebackup noswapfile shada="];
const EMACS: &[&str] = &[
    "--eval",
    "(setq make-backup-files nil auto-save-default nil create-lockfiles nil)",
    "--eval",
    "(add-hook 'find-file-hook (lambda () (auto-save-mode -1) (setq-local backup-inhibited t)))",
];
const NANO: &[&str] = &["--ignorercfiles"];
const MICRO: &[&str] =
    &["-backup", "false", "-saveundo", "false", "-savecursor", "false", "-savehistory", "false"];

const HARDENING: &[(&str, &[&str])] = &[
    ("vim", VIM),
    ("vi", VIM),
    ("view", VIM),
    ("gvim", VIM),
    ("vim.basic", VIM),
    ("vim.tiny", VIM),
    ("nvim", NVIM),
    ("emacs", EMACS),
    ("nano", NANO),
    ("micro", MICRO),
];

/// Editors to try where none is set.
const USUAL: &[&str] = &["nano", "vim", "vi"];

fn command(terminal: &Terminal) -> Option<Vec<String>> {
    match &terminal.editor {
        Some(set) => shell_words::split(set).ok().filter(|words| !words.is_empty()),
        None => USUAL.iter().find(|name| is_program(name)).map(|name| vec![name.to_string()]),
    }
}

fn is_program(name: &str) -> bool {
    ["/usr/bin", "/usr/local/bin", "/bin", "/opt/homebrew/bin"]
        .iter()
        .any(|folder| Path::new(folder).join(name).is_file())
}

/// What the editor is called, for the line of help.
pub fn name(terminal: &Terminal) -> Option<String> {
    Some(base_name(command(terminal)?.first()?).to_owned())
}

fn base_name(program: &str) -> &str {
    Path::new(program).file_name().and_then(|n| n.to_str()).unwrap_or(program)
}

/// Opens the editor on a text. `None`, with a word about it, where the text is
/// to stay as it was: the editor failed, or the user thought better of it.
pub fn edit(text: &str, screen: &Screen) -> Result<Option<String>> {
    let Some(words) = command(screen.terminal) else {
        screen.line("No editor was found. Set VISUAL or EDITOR.");
        return Ok(None);
    };
    let Some(folder) = scratch(screen)? else { return Ok(None) };
    let path = folder.path().to_owned();
    // It goes when the entry is sealed, or a signal ends us, and not before.
    screen.terminal.hold(folder);
    let edited = run(&words, text, &path, screen);
    match edited {
        Err(error @ Error::Editor { .. }) => {
            screen.line(&screen.page().wrap(&format!("{error} {}", error.remedy()), ""));
            Ok(None)
        }
        edited => edited.map(Some),
    }
}

impl Terminal {
    /// Opens a file of the user's own, with no secret in it.
    pub fn edit_file(&self, file: &Path) -> Result<()> {
        let Some(words) = command(self) else { return Ok(()) };
        let failed = |why: String| Error::Editor { command: words.join(" "), why };
        let status = self.lend(|| Command::new(&words[0]).args(&words[1..]).arg(file).status());
        let status = status.map_err(|e| failed(plain(&e)))?;
        if status.success() { Ok(()) } else { Err(failed(status.to_string())) }
    }
}

fn run(words: &[String], text: &str, folder: &Path, screen: &Screen) -> Result<String> {
    let file = folder.join("entry.md");
    let failed = |why: String| Error::Editor { command: words.join(" "), why };
    write_private(&file, text).map_err(Error::disk("write", &file))?;
    let hardening = HARDENING.iter().find(|(name, _)| *name == base_name(&words[0]));
    let mut editor = Command::new(&words[0]);
    editor.args(&words[1..]).args(hardening.map_or(&[][..], |(_, flags)| flags)).arg(&file);
    // Some editors put their working files into these.
    editor.env("TMPDIR", folder).current_dir(folder);
    let status = screen.terminal.lend(|| editor.status());
    // The editor has drawn over our screen, and may have left it.
    let _ = execute!(
        std::io::stderr(),
        terminal::EnterAlternateScreen,
        terminal::Clear(terminal::ClearType::All),
        cursor::MoveTo(0, 0)
    );
    let status = status.map_err(|e| failed(plain(&e)))?;
    if !status.success() {
        return Err(failed(status.to_string()));
    }
    let read = std::fs::File::open(&file).map_err(|e| failed(plain(&e)))?;
    super::read_text(read, "the editor")
}

fn write_private(file: &Path, text: &str) -> std::io::Result<()> {
    let mut open = OpenOptions::new();
    open.write(true).create_new(true).mode(0o600).open(file)?.write_all(text.as_bytes())
}

/// A folder of our own in memory; on disk only after the user was told.
fn scratch(screen: &Screen) -> Result<Option<TempDir>> {
    let make = |parent: &Path| {
        let folder = tempfile::Builder::new().prefix("inward-").tempdir_in(parent);
        folder.inspect(|f| drop(std::fs::set_permissions(f.path(), Permissions::from_mode(0o700))))
    };
    let in_memory = screen.terminal.memory_folders.iter().filter(|p| is_in_memory(p));
    if let Some(folder) = in_memory.filter_map(|parent| make(parent).ok()).next() {
        return Ok(Some(folder));
    }
    let parent = screen.terminal.disk_folder.clone();
    screen.paragraph(&format!(
        "There is no folder in memory here, so the editor's file would lie on disk, in {}, until the entry is kept. What is removed from a disk can sometimes be found again.",
        parent.display()
    ));
    if !choose::yes("Open the editor all the same?", screen)? {
        return Ok(None);
    }
    make(&parent).map(Some).map_err(Error::disk("make a folder in", &parent))
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
    use super::*;

    #[test]
    fn an_editor_is_known_by_its_name_wherever_it_lies() {
        assert_eq!(base_name("/usr/local/bin/nvim"), "nvim");
        assert!(HARDENING.iter().any(|(name, _)| *name == "nvim"));
    }

    #[test]
    fn the_editors_file_is_its_owners_alone() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("entry.md");
        write_private(&file, "words").unwrap();
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }
}
