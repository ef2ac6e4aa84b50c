//! A story: what was typed day after day, at a shell and at a terminal, and below it every
//! line that was said.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{Home, Key, Terminal, files, program};

/// A story is played in one go: a key pressed too early would change all that follows.
const STILL: std::time::Duration = std::time::Duration::from_millis(300);

/// Plays the story in this file. What is said now is what stands there below each line that
/// was typed.
#[track_caller]
pub fn assert_plays(file: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/inward").join(file);
    let story = std::fs::read_to_string(&file).unwrap();
    snapbox::assert_data_eq!(played(&story), snapbox::Data::read_from(&file, None).raw());
}

/// Plays it, and records it again.
///
/// `@` sets the clock, the place, and whether the key is at hand; `$` is a line at a shell;
/// `>` starts the program at a terminal, and `:` are the keys pressed there.
fn played(story: &str) -> String {
    let mut player = Player::new();
    for line in typed(story) {
        if !line.starts_with(": ") {
            player.assert_at_the_shell();
        }
        player.told += &format!("{line}\n");
        match line.split_once(' ') {
            Some(("@", moment)) => player.set_clock(moment),
            Some(("$", command)) => player.run(command),
            Some((">", arguments)) => player.start(arguments),
            Some((":", keys)) => player.press(keys),
            _ => {}
        }
    }
    player.told
}

/// The lines that someone wrote: what is said stands below a command, up to the next line
/// of those.
fn typed(story: &str) -> Vec<&str> {
    let mut said = false;
    let is_typed = |line: &&str| {
        let is_said = said && line.starts_with(&[' ', '['][..]);
        said = ["$ ", "> ", ": "].iter().any(|mark| line.starts_with(mark)) || is_said;
        !is_said
    };
    story.lines().filter(is_typed).collect()
}

/// Offered only where the system keeps keys for a time.
const KEYRING_ALONE: &str = "Open them for half an hour";

struct Player {
    home: Home,
    zone: String,
    /// Is a key without a passphrase at hand, as after `unlock`?
    is_open: bool,
    told: String,
    terminal: Option<Terminal>,
    /// What the session at the terminal has shown by now.
    seen: BTreeSet<String>,
}

impl Player {
    fn new() -> Player {
        let (home, zone) = (Home::new(), "UTC".to_owned());
        let (told, seen) = (String::new(), BTreeSet::new());
        Player { home, zone, is_open: false, told, terminal: None, seen }
    }

    /// A session that was begun at the terminal is over.
    fn assert_at_the_shell(&self) {
        let is_over = self.terminal.as_ref().is_none_or(Terminal::has_ended);
        assert!(is_over, "it still asks:\n{}", self.told);
    }

    fn set_clock(&mut self, moment: &str) {
        let mut words = moment.split(' ');
        self.home.at(words.next().unwrap());
        self.zone = words.next().unwrap().to_owned();
        self.is_open = words.next() == Some("unlocked");
    }

    fn env(&self) -> Vec<(&'static str, PathBuf)> {
        let key = self.is_open.then(|| ("INWARD_IDENTITY", self.home.path().join("key.txt")));
        [("TZ", PathBuf::from(&self.zone))].into_iter().chain(key).collect()
    }

    fn run(&mut self, command: &str) {
        let mut shell = program(&self.home, "sh");
        let said = said_by(shell.args(["-c", &format!("{command} 2>&1")]).envs(self.env()));
        self.tell(&said);
    }

    fn start(&mut self, arguments: &str) {
        let arguments = arguments.strip_prefix("inward").unwrap();
        let env = self.env();
        let env: Vec<_> = env.iter().map(|(name, value)| (*name, value.as_path())).collect();
        self.terminal = Some(self.home.terminal_of(24, 80, arguments, &env));
        self.seen.clear();
        self.look();
    }

    /// Presses these, and each time waits until the next is awaited.
    fn press(&mut self, keys: &str) {
        for word in shell_words::split(keys).unwrap() {
            let terminal = self.terminal.as_ref().unwrap();
            assert!(!terminal.has_ended(), "it ended before “{word}”:\n{}", self.told);
            match key(&word) {
                Some(key) => terminal.press(key),
                None => terminal.type_keys(&word),
            };
            if is_shown_after(&word) {
                self.look();
            }
        }
    }

    /// Tells what stands on the screen now and did not in this session before.
    fn look(&mut self) {
        let terminal = self.terminal.as_ref().unwrap();
        terminal.wait_until("a prompt or the end", |_| {
            terminal.has_ended() || terminal.has_been_quiet(STILL)
        });
        let mut said: String = String::new();
        for line in terminal.screen().rows(0, 80) {
            let words = line.trim_matches(&[' ', '❯', '›'][..]);
            if !words.is_empty() && words != KEYRING_ALONE && self.seen.insert(words.to_owned()) {
                said += &format!("  {}\n", line.trim_end());
            }
        }
        let end = terminal.has_ended().then(|| terminal.end());
        self.tell(&said);
        self.told += &end.map_or_else(String::new, |code| ending(Some(code)));
    }

    /// Ids are other ones each time, and so is the folder.
    fn tell(&mut self, said: &str) {
        let said = said.replace(&*self.home.inward("").to_string_lossy(), "$INWARD_HOME/");
        let names = files(&self.home.journal());
        let names = names.iter().map(|file| file.file_name().unwrap().to_str().unwrap());
        let ids = names.filter_map(|name| name.get(11..21));
        self.told += &ids.fold(said, |said, id| said.replace(id, "(its id)"));
    }
}

fn key(word: &str) -> Option<Key> {
    match word {
        "enter" => Some(Key::Enter),
        "down" => Some(Key::Down),
        "space" => Some(Key::Space),
        "esc" => Some(Key::Esc),
        "^D" => Some(Key::Ctrl('d')),
        "^C" => Some(Key::Ctrl('c')),
        _ => None,
    }
}

/// Of what is typed, and of a mark that moves, nothing new is seen.
fn is_shown_after(word: &str) -> bool {
    key(word).is_some_and(|key| !matches!(key, Key::Down | Key::Space))
}

fn said_by(command: &mut Command) -> String {
    let output = command.output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    let said: String = said.lines().map(|line| format!("  {line}\n")).collect();
    said.replace("  \n", "  .\n") + &ending(output.status.code())
}

/// How it ended, where that is not 0.
fn ending(code: Option<i32>) -> String {
    match code {
        Some(0) => String::new(),
        code => format!("[{}]\n", code.unwrap()),
    }
}
