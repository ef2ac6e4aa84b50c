//! What is left of a secret: in memory while a question waits, in the kernel
//! after its time, and in what editors leave.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;
use std::time::{Duration, Instant};

use crate::harness::{Home, Key, PATIENCE, Terminal, files};

const PASSPHRASE: &str = "sundew-butterwort-9";

/// How often these bytes stand in what a process may write to, and how much
/// of it was looked at. Only root may look at this one.
fn in_memory(pid: i32, words: &[u8]) -> (usize, usize) {
    let maps = std::fs::read_to_string(format!("/proc/{pid}/maps")).unwrap();
    let mut memory = File::open(format!("/proc/{pid}/mem")).unwrap();
    let (mut matches, mut looked) = (0, 0);
    for line in maps.lines() {
        let mut fields = line.split_whitespace();
        let (range, modes) = (fields.next().unwrap(), fields.next().unwrap());
        if !modes.starts_with("rw") {
            continue;
        }
        let (from, to) = range.split_once('-').unwrap();
        let [from, to] = [from, to].map(|n| u64::from_str_radix(n, 16).unwrap());
        let mut bytes = vec![0; (to - from) as usize];
        memory.seek(SeekFrom::Start(from)).unwrap();
        // Some of the kernel's own cannot be read.
        if memory.read_exact(&mut bytes).is_ok() {
            looked += bytes.len();
            matches += bytes.windows(words.len()).filter(|part| *part == words).count();
        }
    }
    (matches, looked)
}

/// Nothing of the passphrase is in the memory of the program that waits there.
#[track_caller]
fn assert_forgotten(terminal: &Terminal) {
    let (matches, looked) = in_memory(terminal.pid(), PASSPHRASE.as_bytes());
    println!("{looked} bytes of memory were looked at");
    assert_eq!(matches, 0);
    terminal.press(Key::Ctrl('c')).ends(130);
}

fn locked() -> Home {
    Home::locked(&format!("echo {PASSPHRASE}"))
}

#[cfg(target_os = "linux")]
#[test]
#[ignore = "needs root, who alone may look into its memory; run in CI"]
fn a_passphrase_that_opened_the_journal_is_not_in_memory_while_the_next_question_waits() {
    if !rustix::process::getuid().is_root() {
        println!("nothing was looked at: this is not root");
        return;
    }
    let home = locked();
    let id = home.keep("write 'words of mine'");
    let terminal = home.terminal(&format!("delete {id}"));
    terminal.wait_for("Passphrase").type_keys(PASSPHRASE);
    let until = Instant::now() + PATIENCE;
    let typed = || in_memory(terminal.pid(), PASSPHRASE.as_bytes()).0;
    let mut while_typed = typed();
    while while_typed == 0 && Instant::now() < until {
        std::thread::sleep(Duration::from_millis(5));
        while_typed = typed();
    }
    assert!(while_typed > 0, "it is not even found where it must be");
    terminal.press(Key::Enter);
    terminal.asked("Delete this entry?");
    assert_forgotten(&terminal);
}

#[cfg(target_os = "linux")]
#[test]
#[ignore = "needs root, who alone may look into its memory; run in CI"]
fn a_passphrase_that_a_command_printed_is_not_in_memory_either() {
    if !rustix::process::getuid().is_root() {
        println!("nothing was looked at: this is not root");
        return;
    }
    let home = locked();
    home.write("passphrase", format!("{PASSPHRASE}\n"));
    home.config("passphrase-command = \"cat $HOME/passphrase\"\n");
    let id = home.keep("write 'words of mine'");
    let terminal = home.terminal(&format!("delete {id}"));
    terminal.asked("Delete this entry?");
    assert_forgotten(&terminal);
}

#[cfg(target_os = "linux")]
#[test]
#[ignore = "takes a minute, which is the shortest that it can be unlocked; run in CI"]
fn an_unlocked_key_is_gone_when_its_time_is_over() {
    let home = locked();
    home.keep("write words");
    let command = format!("echo {PASSPHRASE}");
    let unlocked = home.run("unlock --for 1m").env("INWARD_PASSPHRASE_COMMAND", command).outcome();
    if unlocked.code == 5 {
        assert!(unlocked.stderr.starts_with("This system can't hold a key in memory"));
        println!("this system holds no keys");
        return;
    }
    let begun = Instant::now();
    home.run("list").ok();
    while home.run("list").outcome().code == 0 {
        assert!(begun.elapsed() < Duration::from_secs(75), "it is still unlocked");
        std::thread::sleep(Duration::from_millis(500));
    }
    home.run("list").exits(3);
    println!("unlocked for {} s", begun.elapsed().as_secs());
    assert!(begun.elapsed() > Duration::from_secs(45), "it went too early");
}

/// An editor with settings of its user's that would leave copies everywhere:
/// nothing but those settings lies in its user's home, while it is open and
/// afterwards. What it does in its own file's folder is in memory, and goes.
#[track_caller]
fn leaves_nothing(editor: &str, settings: &[(&str, &str)], write: impl Fn(&Terminal, &dyn Fn())) {
    const FOLDERS: &[&str] = &["backup", "swap", ".local/share"];
    let home = Home::ready();
    let here = |text: &str| text.replace("~", home.path().to_str().unwrap());
    for (place, text) in settings {
        home.write(place, here(text));
    }
    for folder in FOLDERS {
        std::fs::create_dir_all(home.path().join(folder)).unwrap();
    }
    let runtime = tempfile::tempdir_in("/dev/shm").unwrap();
    let (editor, data) = (here(editor), home.path().join(".local/share"));
    let env = [
        ("EDITOR", Path::new(&editor)),
        ("XDG_RUNTIME_DIR", runtime.path()),
        ("XDG_DATA_HOME", &data),
    ];
    let nothing = || {
        let mut made = files(home.path());
        let known = |file: &Path| settings.iter().any(|(place, _)| home.path().join(place) == file);
        // Emacs compiles itself, which says nothing of anybody, and may be at it still.
        let compiled = |file: &Path| file.iter().any(|part| part == "eln-cache");
        made.retain(|file| !known(file) && !compiled(file) && !file.starts_with(home.inward("")));
        assert!(made.is_empty(), "{made:?}");
        assert!(crate::harness::holding(WORDS, &[home.path()]).is_empty());
    };
    let terminal = home.terminal_of(24, 80, "write", &env);
    terminal.asked("Write what's there.").press(Key::Ctrl('o'));
    terminal.wait_for("entry.md");
    write(&terminal, &nothing);
    for question in ["A title", "Tags", "How are you now"] {
        terminal.asked(question).press(Key::Enter);
    }
    terminal.kept().is_sane();
    assert!(home.run("show").ok().stdout.contains(WORDS));
    assert!(files(runtime.path()).is_empty(), "{:?}", files(runtime.path()));
    let holding = crate::harness::holding(WORDS, &[home.path(), Path::new("/dev/shm")]);
    assert!(holding.is_empty(), "{holding:?}");
    nothing();
}

const WORDS: &str = "the heron on the weir";

#[test]
#[ignore = "needs nano; run in CI"]
fn nano_with_settings_that_keep_copies_leaves_none() {
    let nanorc =
        "set backup\nset backupdir \"~/backup\"\nset historylog\nset positionlog\nset locking\n";
    // For root, nano looks for settings elsewhere.
    leaves_nothing(
        "nano --rcfile=~/.nanorc",
        &[(".nanorc", nanorc)],
        |terminal, nothing_is_left| {
            terminal.type_keys(WORDS).wait_for(WORDS).press(Key::Ctrl('o'));
            terminal.wait_for("File Name to Write").press(Key::Enter).wait_for("Wrote");
            // What is searched for is remembered where there is a log.
            terminal.press(Key::Ctrl('w')).wait_for("Search").answer(WORDS);
            terminal.type_keys(", and more").press(Key::Ctrl('o'));
            terminal.wait_for("File Name to Write").press(Key::Enter).wait_for("Wrote");
            nothing_is_left();
            terminal.press(Key::Ctrl('x'));
        },
    );
}

#[test]
#[ignore = "needs emacs; run in CI"]
fn emacs_with_settings_that_keep_copies_leaves_none() {
    let init = "(setq make-backup-files t backup-by-copying t backup-enable-predicate 'always version-control t auto-save-default t\n\
                auto-save-interval 20 create-lockfiles t backup-directory-alist '((\".\" . \"~/backup\"))\n\
                auto-save-file-name-transforms '((\".*\" \"~/swap/\" t))\n\
                auto-save-list-file-prefix \"~/swap/list-\" vc-handled-backends nil\n\
                savehist-additional-variables '(kill-ring) savehist-file \"~/backup/history\"\n\
                desktop-path '(\"~/backup\") desktop-save t save-place-file \"~/backup/places\"\n\
                recentf-save-file \"~/backup/recent\")\n\
                (savehist-mode 1) (recentf-mode 1) (save-place-mode 1) (desktop-save-mode 1)\n";
    leaves_nothing("emacs", &[(".emacs", init)], |terminal, nothing_is_left| {
        terminal.type_keys(WORDS).wait_for(WORDS);
        // By then it has saved of itself what was typed, where it may.
        terminal.type_keys(", and more").wait_for("and more");
        std::thread::sleep(Duration::from_millis(300));
        nothing_is_left();
        // Cut and put back, it is among what emacs remembers.
        terminal.press(Key::Ctrl('a')).press(Key::Ctrl('k')).press(Key::Ctrl('y'));
        terminal.wait_for("and more");
        terminal.press(Key::Ctrl('x')).press(Key::Ctrl('s')).wait_for("Wrote");
        nothing_is_left();
        terminal.press(Key::Ctrl('x')).press(Key::Ctrl('c'));
    });
}
