//! The kernel as it is on a bad day: killed in the middle of a system call, or
//! told that there is no room. `strace` does it.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use super::{BINARY, Home, snapshot};

/// Every system call that changes what lies on the disk, or makes sure of it.
/// Others change nothing that could be found half done.
pub const CALLS: &[&str] = &[
    "openat", "write", "fsync", "linkat", "mkdirat", "mkdir", "unlinkat", "unlink", "renameat2",
    "renameat", "rename", "ftruncate", "fchmod", "chmod", "flock",
];

/// What happens to the calls of one kind.
#[derive(Clone, Copy, Debug)]
pub enum Fault {
    Killed,
    /// The call fails with this.
    Fails(&'static str),
}

/// How a run under a fault went.
#[derive(Debug)]
pub struct Faulted {
    /// The exit code, or nothing where it was killed.
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
    /// Was there such a call at all?
    pub met: bool,
}

/// Runs a program, which must say nothing of failing; what it prints.
#[track_caller]
pub fn succeeds(command: &mut Command) -> String {
    let Output { status, stdout, stderr } = command.output().unwrap();
    let [stdout, stderr] = [stdout, stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    assert!(status.success() && stderr.is_empty(), "{command:?}: {status}\n{stdout}\n{stderr}");
    stdout
}

/// A program in the environment of a home, with `inward` on its path.
pub fn program(home: &Home, name: &str) -> Command {
    let programs = Path::new(BINARY).parent().unwrap();
    let path = format!("{}:{}", programs.display(), std::env::var("PATH").unwrap_or_default());
    let mut command = Command::new(name);
    command.env_clear().envs(home.env()).env("PATH", path).current_dir(home.path());
    command.stdin(Stdio::null());
    command
}

impl Home {
    /// Another home in which everything lies as it does here.
    pub fn twin(&self) -> Home {
        let twin = Home::new();
        let mut copy = Command::new("cp");
        copy.arg("-a").arg(self.path().join(".")).arg(twin.path());
        assert!(copy.status().unwrap().success());
        twin
    }

    /// Of all that lies in it: two homes that have the same behave the same.
    pub fn fingerprint(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        for (file, bytes) in snapshot(self.path()) {
            (file.strip_prefix(self.path()).unwrap(), bytes).hash(&mut hasher);
        }
        hasher.finish()
    }

    /// The calls of these kinds that a run makes, one a line.
    pub fn traced(&self, arguments: &str, env: &[(&str, &str)], calls: &[&str]) -> String {
        let log = self.path().join("strace.log");
        let mut strace = program(self, "strace");
        // A question mark: not every machine has every call.
        let calls = format!("trace=?{}", calls.join(",?"));
        strace.args(["-qq", "-o"]).arg(&log).args(["-e", &calls]);
        strace.arg(BINARY).args(shell_words::split(arguments).unwrap());
        let output = strace.envs(env.iter().copied()).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        std::fs::read_to_string(&log).unwrap()
    }

    /// `inward`, whose `when`-th call of this kind meets a fault; "3+" is each from the
    /// third on.
    pub fn faulted(
        &self,
        arguments: &str,
        env: &[(&str, &str)],
        call: &str,
        when: impl std::fmt::Display,
        fault: Fault,
    ) -> Faulted {
        let what = match fault {
            Fault::Killed => "signal=KILL".to_owned(),
            Fault::Fails(error) => format!("error={error}"),
        };
        let log = self.path().join("strace.log");
        let mut strace = program(self, "strace");
        // Not -f: what it starts has calls of its own to count.
        strace.args(["-qq", "-o"]).arg(&log).args(["-e", &format!("trace=?{call}")]);
        strace.args(["-e", &format!("inject=?{call}:{what}:when={when}")]);
        strace.arg(BINARY).args(shell_words::split(arguments).unwrap());
        let output = strace.envs(env.iter().copied()).output().unwrap();
        let traced = std::fs::read_to_string(&log).unwrap_or_default();
        let killed = traced.contains("killed by SIGKILL");
        let [stdout, stderr] =
            [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
        assert!(!stderr.contains("strace:"), "{stderr}");
        let _ = std::fs::remove_file(&log);
        Faulted {
            code: output.status.code().filter(|_| !killed),
            stdout,
            stderr,
            met: killed || traced.contains("(INJECTED)"),
        }
    }
}
