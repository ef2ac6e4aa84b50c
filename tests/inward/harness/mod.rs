//! The real binary in a home of its own: a cleared environment, a clock that
//! stands still, no terminal, and an end to every wait.

mod faults;
mod files;
pub mod recorded;
pub mod simulated;
mod sources;
mod story;
mod terminal;

use std::ffi::OsString;
use std::io::{Read, Write};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use inward::entry::Entry;
use serde_json::Value as Json;
use tempfile::TempDir;

use crate::generate::{self, Writer};

pub use faults::{CALLS, Fault, Faulted, program, succeeds};
pub use files::*;
pub use sources::{SourceFile, source_files};
pub use story::assert_plays;
pub use terminal::{Key, Terminal, one_line};

pub const BINARY: &str = env!("CARGO_BIN_EXE_inward");
/// A Monday evening, unless a run is told otherwise.
pub const NOW: &str = "2026-11-23T21:14:03+00:00";
/// Longer than anything here takes on a busy machine.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// A home that goes away with the test.
pub struct Home {
    folder: TempDir,
    now: String,
}

impl Home {
    pub fn new() -> Home {
        let folder = tempfile::Builder::new().prefix("inward-test-").tempdir().unwrap();
        Home { folder, now: NOW.to_owned() }
    }

    /// With a journal that has no passphrase.
    pub fn ready() -> Home {
        let home = Home::new();
        home.run("init --no-passphrase").ok();
        home
    }

    /// With a journal whose passphrase this command prints. Its key is encrypted as another
    /// program may have done it, with little work, so that it opens in no time; what `init`
    /// and `key` make takes a second each.
    pub fn locked(command: &str) -> Home {
        let home = Home::ready();
        home.lock_key(command);
        home
    }

    /// As [`Home::locked`], by `init` itself.
    pub fn locked_by_init(command: &str) -> Home {
        let home = Home::new();
        home.run("init").env("INWARD_PASSPHRASE_COMMAND", command).ok();
        home
    }

    /// Another device with the same key, and a journal that is empty.
    pub fn with_its_key(&self) -> Home {
        let other = Home::ready();
        for file in ["config/identity.txt", "config/recipients.txt"] {
            std::fs::copy(self.inward(file), other.inward(file)).unwrap();
        }
        other
    }

    /// With a journal of these entries.
    pub fn with_entries(entries: &[Entry]) -> Home {
        let home = Home::ready();
        generate::keep(entries, &home.recipients(), &home.journal());
        home
    }

    /// With a journal of a year, the same for every test.
    pub fn with_year() -> Home {
        Home::with_entries(&Writer::new(11).year(NOW.parse().unwrap()))
    }

    /// With a journal, and the practice `evening` of these tests.
    pub fn evening() -> Home {
        let home = Home::ready();
        home.write("inward/config/prompts/evening.toml", include_str!("evening.toml"));
        home
    }

    /// From now on it is another time.
    pub fn at(&mut self, now: &str) -> &mut Home {
        self.now = now.to_owned();
        self
    }

    /// `$HOME`.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// A place under `$INWARD_HOME`.
    pub fn inward(&self, place: &str) -> PathBuf {
        self.path().join("inward").join(place)
    }

    pub fn journal(&self) -> PathBuf {
        self.inward("journal")
    }

    /// A file of the user's, with its folders.
    pub fn write(&self, place: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let file = self.path().join(place);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, text).unwrap();
        file
    }

    pub fn config(&self, toml: &str) {
        self.write("inward/config/config.toml", toml);
    }

    /// The environment of every run: nothing comes from whoever runs the tests
    /// but the place of programs, and of the counts where coverage is measured.
    pub fn env(&self) -> Vec<(String, OsString)> {
        let passed_on = ["PATH", "LLVM_PROFILE_FILE"];
        let passed_on =
            passed_on.iter().filter_map(|name| Some(((*name).into(), std::env::var_os(name)?)));
        let own = [
            ("HOME".into(), self.path().into()),
            ("INWARD_HOME".into(), self.path().join("inward").into()),
            ("INWARD_NOW".into(), self.now.clone().into()),
            ("TZ".into(), "UTC".into()),
            ("TERM".into(), "xterm-256color".into()),
            ("LANG".into(), "C.UTF-8".into()),
        ];
        passed_on.chain(own).collect()
    }

    /// `inward`, with arguments as a shell would read them.
    #[track_caller]
    pub fn run(&self, arguments: &str) -> Run {
        self.run_args(shell_words::split(arguments).unwrap())
    }

    pub fn run_args(&self, arguments: impl IntoIterator<Item = impl Into<OsString>>) -> Run {
        let mut command = Command::new(BINARY);
        command.args(arguments.into_iter().map(Into::into));
        command.env_clear().envs(self.env()).current_dir(self.path());
        Run { command, input: None, umask: None, patience: PATIENCE }
    }

    /// Every verb and practice, as a shell is offered them.
    pub fn commands(&self) -> Vec<String> {
        self.completions("inward ")
    }

    /// What a shell is offered for the last word of this line.
    #[track_caller]
    pub fn completions(&self, line: &str) -> Vec<String> {
        let run = self.run_args(["completions", "bash", "--"].into_iter().chain(line.split(' ')));
        run.ok().says("").stdout.lines().map(str::to_owned).collect()
    }

    /// Keeps an entry, and tells its id.
    #[track_caller]
    pub fn keep(&self, arguments: &str) -> String {
        self.run(arguments).ok().stdout.trim_end().to_owned()
    }

    /// One entry as `show --json` gives it.
    #[track_caller]
    pub fn entry(&self, id: &str) -> Json {
        self.run(&format!("show {id} --json")).ok().json()["entries"][0].clone()
    }

    /// The practices of everything listed, newest first.
    #[track_caller]
    pub fn listed(&self, query: &str) -> Vec<String> {
        let entries = self.run(&format!("list --json {query}")).ok().json();
        let entries = entries["entries"].as_array().unwrap();
        entries.iter().map(|e| e["answers"][0]["value"].as_str().unwrap().to_owned()).collect()
    }
}

/// One run of the program, about to be made.
#[must_use]
pub struct Run {
    command: Command,
    input: Option<Vec<u8>>,
    umask: Option<u32>,
    patience: Duration,
}

impl Run {
    /// Without it, standard input is `/dev/null`.
    pub fn stdin(mut self, bytes: impl AsRef<[u8]>) -> Run {
        self.input = Some(bytes.as_ref().to_owned());
        self
    }

    pub fn env(mut self, name: &str, value: impl AsRef<std::ffi::OsStr>) -> Run {
        self.command.env(name, value);
        self
    }

    pub fn umask(mut self, mask: u32) -> Run {
        self.umask = Some(mask);
        self
    }

    pub fn within(mut self, patience: Duration) -> Run {
        self.patience = patience;
        self
    }

    /// Runs it, and it must end with 0.
    #[track_caller]
    pub fn ok(self) -> Outcome {
        self.exits(0)
    }

    #[track_caller]
    pub fn exits(self, code: i32) -> Outcome {
        let told = format!("{:?}", self.command);
        let outcome = self.outcome();
        assert_eq!(
            outcome.code, code,
            "{told}\n--- stdout\n{}\n--- stderr\n{}",
            outcome.stdout, outcome.stderr
        );
        outcome
    }

    #[track_caller]
    pub fn outcome(mut self) -> Outcome {
        let stdin = if self.input.is_some() { Stdio::piped() } else { Stdio::null() };
        self.command.stdin(stdin).stdout(Stdio::piped()).stderr(Stdio::piped());
        self.detach();
        let mut child = self.command.spawn().unwrap();
        let (input, sink) = (self.input.take().unwrap_or_default(), child.stdin.take());
        thread::spawn(move || {
            // A program that needs no more input may be gone.
            sink.map(|mut sink| sink.write_all(&input))
        });
        let stdout = collect(child.stdout.take().unwrap());
        let stderr = collect(child.stderr.take().unwrap());
        let until = Instant::now() + self.patience;
        let status = loop {
            if let Some(status) = child.try_wait().unwrap() {
                break status;
            }
            if Instant::now() > until {
                child.kill().unwrap();
                child.wait().unwrap();
                panic!("no end after {:?}: {:?}", self.patience, self.command);
            }
            thread::sleep(Duration::from_millis(2));
        };
        let code = status.code().unwrap_or_else(|| -status.signal().unwrap_or(0));
        Outcome { code, stdout: stdout.join().unwrap(), stderr: stderr.join().unwrap() }
    }

    /// Away from the terminal of whoever runs the tests: a prompt must find
    /// none, rather than theirs. Where nothing is to be done before the program starts, it
    /// starts without a copy of this process, which takes a tenth of the tests' time.
    fn detach(&mut self) {
        let umask = self.umask;
        let has_terminal = std::fs::File::open("/dev/tty").is_ok();
        if umask.is_none() && !has_terminal {
            return;
        }
        let detach = move || {
            rustix::process::setsid()?;
            if let Some(mask) = umask {
                rustix::process::umask(rustix::fs::Mode::from_raw_mode(mask));
            }
            Ok(())
        };
        // SAFETY: between fork and exec only async-signal-safe calls are
        // allowed; these are two system calls, and neither allocates.
        unsafe { self.command.pre_exec(detach) };
    }
}

fn collect(mut from: impl Read + Send + 'static) -> thread::JoinHandle<String> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        from.read_to_end(&mut bytes).unwrap();
        String::from_utf8(bytes).expect("what is printed is UTF-8")
    })
}

#[derive(Debug)]
pub struct Outcome {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Outcome {
    #[track_caller]
    pub fn json(&self) -> Json {
        serde_json::from_str(&self.stdout).unwrap_or_else(|e| panic!("{e}: {}", self.stdout))
    }

    /// Standard error is this, whole.
    #[track_caller]
    pub fn says(&self, stderr: &str) -> &Outcome {
        assert_eq!(self.stderr, stderr);
        self
    }

    /// Standard output is this, whole.
    #[track_caller]
    pub fn prints(&self, stdout: &str) -> &Outcome {
        assert_eq!(self.stdout, stdout);
        self
    }
}
