//! What an editor is told so that it leaves the text nowhere but in its file, and takes
//! no orders from it. Editors are known by their exact names: flags that are made for
//! one program do harm in another (`emacsclient` would run the Lisp that is meant for
//! `emacs` in the user's own Emacs).

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// What is known of an editor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnownEditor {
    pub flags: &'static [&'static str],
    /// Once it was told so, is the text nowhere but in its file?
    pub leaves_no_copies: bool,
}

const fn quiet(flags: &'static [&'static str]) -> KnownEditor {
    KnownEditor { flags, leaves_no_copies: true }
}

/// They may keep copies that no flag turns off.
const fn copying(flags: &'static [&'static str]) -> KnownEditor {
    KnownEditor { flags, leaves_no_copies: false }
}

/// A `--cmd` comes before the user's own settings, and the file's own lines are obeyed
/// before `-c`; so what must hold by then is set as the file is about to be read.
const VIM_FIRST: &str =
    "autocmd BufReadPre,BufNewFile * set nomodeline noundofile nobackup nowritebackup noswapfile";
const VIM_LAST: &str = "set nomodeline noundofile nobackup nowritebackup noswapfile viminfo=";
const NVIM_LAST: &str = "set nomodeline noundofile nobackup nowritebackup noswapfile shada=";

const VIM: KnownEditor =
    quiet(&["-n", "-i", "NONE", "--cmd", "set nomodeline", "--cmd", VIM_FIRST, "-c", VIM_LAST]);
const GVIM: KnownEditor = quiet(&[
    "-f", "-n", "-i", "NONE", "--cmd", "set nomodeline", "--cmd", VIM_FIRST, "-c", VIM_LAST,
]);
const NVIM: KnownEditor =
    quiet(&["-n", "-i", "NONE", "--cmd", "set nomodeline", "--cmd", VIM_FIRST, "-c", NVIM_LAST]);
const EMACS: KnownEditor = quiet(&[
    "--eval",
    "(setq make-backup-files nil auto-save-default nil create-lockfiles nil)",
    // Lines of the file that Emacs would take for settings.
    "--eval",
    "(setq enable-local-variables nil enable-local-eval nil enable-dir-local-variables nil)",
    "--eval",
    "(add-hook 'find-file-hook (lambda () (auto-save-mode -1) (setq-local backup-inhibited t)))",
    // What it would remember of a session may hold what was cut.
    "--eval",
    "(progn (savehist-mode -1) (desktop-save-mode -1) (setq auto-save-list-file-prefix nil kill-emacs-hook nil))",
]);
const NANO: KnownEditor = quiet(&["--ignorercfiles"]);
const MICRO: KnownEditor = quiet(&[
    "-backup", "false", "-saveundo", "false", "-savecursor", "false", "-savehistory", "false",
]);
/// Those that write nothing but the file, in its own folder.
const PLAIN: KnownEditor = quiet(&[]);
/// Those that return before the text is edited, unless they are told to wait.
const WAITING: KnownEditor = copying(&["--wait"]);

const KNOWN: &[(&str, KnownEditor)] = &[
    ("vim", VIM),
    ("vim.basic", VIM),
    ("vim.tiny", VIM),
    ("vim.nox", VIM),
    ("vim.gtk", VIM),
    ("vim.gtk3", VIM),
    ("vim.motif", VIM),
    ("vimx", VIM),
    ("gvim", GVIM),
    ("mvim", GVIM),
    ("nvim", NVIM),
    ("emacs", EMACS),
    ("emacs-nox", EMACS),
    ("emacs-gtk", EMACS),
    ("emacs-pgtk", EMACS),
    ("emacs-lucid", EMACS),
    // Its Emacs runs already, with the user's own work in it.
    ("emacsclient", copying(&[])),
    ("nano", NANO),
    ("micro", MICRO),
    ("hx", PLAIN),
    ("helix", PLAIN),
    ("kak", PLAIN),
    ("busybox", PLAIN),
    ("code", WAITING),
    ("code-insiders", WAITING),
    ("codium", WAITING),
    ("subl", WAITING),
    ("zed", WAITING),
    ("gedit", WAITING),
];

/// Names that several programs go by.
const AMBIGUOUS: &[&str] = &["vi", "view"];

const UNKNOWN: KnownEditor = copying(&[]);

impl KnownEditor {
    /// By the name of the file that a link leads to, and then by the name it is called
    /// by: `editor` may be vim, and `vi` busybox.
    pub fn of(program: &str) -> KnownEditor {
        // Debian's script, which starts whatever `editor` is.
        let program = if base_name(program) == "sensible-editor" { "editor" } else { program };
        let path = find_program(program).and_then(|path| path.canonicalize().ok());
        let real = path.as_deref().and_then(Path::file_name).and_then(|name| name.to_str());
        let called = base_name(program);
        let by_name = real.and_then(named).or_else(|| named(called));
        let ambiguous = AMBIGUOUS.contains(&called) || real.is_some_and(|r| AMBIGUOUS.contains(&r));
        match (by_name, path) {
            (Some(known), _) => known,
            (None, Some(path)) if ambiguous => by_version(&version(&path)),
            (None, _) => UNKNOWN,
        }
    }
}

fn named(name: &str) -> Option<KnownEditor> {
    KNOWN.iter().find(|(known, _)| *known == name).map(|(_, editor)| *editor)
}

fn by_version(told: &str) -> KnownEditor {
    match told {
        told if told.starts_with("VIM - Vi IMproved") => VIM,
        told if told.starts_with("NVIM ") => NVIM,
        _ => UNKNOWN,
    }
}

/// What a program says of itself, where it says it at once.
fn version(program: &Path) -> String {
    const PATIENCE: Duration = Duration::from_secs(1);
    let mut asked = Command::new(program);
    asked.arg("--version").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let Ok(mut child) = asked.spawn() else { return String::new() };
    let started = Instant::now();
    while matches!(child.try_wait(), Ok(None)) {
        if started.elapsed() > PATIENCE {
            let _ = child.kill().and_then(|()| child.wait());
            return String::new();
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    let told = child.wait_with_output().map(|out| out.stdout).unwrap_or_default();
    String::from_utf8_lossy(&told).into_owned()
}

pub(super) fn find_program(name: &str) -> Option<PathBuf> {
    if name.contains('/') {
        return Some(PathBuf::from(name));
    }
    let folders = ["/usr/local/bin", "/usr/bin", "/bin", "/opt/homebrew/bin"];
    folders.iter().map(|folder| Path::new(folder).join(name)).find(|path| path.is_file())
}

pub(super) fn base_name(program: &str) -> &str {
    Path::new(program).file_name().and_then(|n| n.to_str()).unwrap_or(program)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    #[test]
    fn an_editor_is_known_by_its_exact_name_wherever_it_lies() {
        assert_eq!(base_name("/usr/local/bin/nvim"), "nvim");
        for (program, known) in [
            ("/nowhere/nvim", NVIM),
            ("/nowhere/vim.basic", VIM),
            ("/nowhere/gvim", GVIM),
            ("/nowhere/emacs", EMACS),
            ("/nowhere/hx", PLAIN),
        ] {
            assert_eq!(KnownEditor::of(program), known, "{program}");
        }
        for program in
            ["emacsclient", "emacs-helper", "vimtutor", "vip", "nanox", "codex", "nvi", "ed"]
        {
            let known = KnownEditor::of(&format!("/nowhere/{program}"));
            assert_eq!(known, UNKNOWN, "{program}");
        }
    }

    #[test]
    fn a_link_is_what_it_leads_to() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        for (link, program, known) in [
            ("emacs", "emacsclient", UNKNOWN),
            ("vi", "busybox", PLAIN),
            ("editor", "vim.tiny", VIM),
            ("my-editor", "nano", NANO),
        ] {
            std::fs::write(at(program), "").unwrap();
            symlink(at(program), at(link)).unwrap();
            assert_eq!(KnownEditor::of(at(link).to_str().unwrap()), known, "{link} → {program}");
        }
    }

    #[test]
    fn vi_is_vim_where_it_says_so() {
        let folder = tempfile::tempdir().unwrap();
        let vi = folder.path().join("vi");
        for (script, known) in [
            ("echo 'VIM - Vi IMproved 9.1 (2024 Jan 02)'", VIM),
            ("echo 'vi: invalid option' >&2; exit 1", UNKNOWN),
            ("exec sleep 60", UNKNOWN),
        ] {
            // A new file each time: one that is being run cannot be written.
            let _ = std::fs::remove_file(&vi);
            std::fs::write(&vi, format!("#!/bin/sh\n{script}\n")).unwrap();
            std::fs::set_permissions(&vi, std::fs::Permissions::from_mode(0o700)).unwrap();
            assert_eq!(KnownEditor::of(vi.to_str().unwrap()), known, "{script}");
        }
    }
}
