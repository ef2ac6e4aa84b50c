//! The user's own git, and the only place that runs it. A commit is streamed to
//! `fast-import` and bytes are read with `cat-file`, so that no work tree is
//! involved: no filter, attribute, line ending or hook has a say in what an
//! entry's bytes are, and nothing that was fetched is checked out.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use crate::error::{Error, Result, plain};
use crate::sync::SyncError;

use super::git_errors::{self, Push};
use super::lock::SyncLock;
use super::merge::Oid;
use super::silence::{LONGEST_SILENCE, finish};

/// What would lead git to another repository than the one that is named.
const LOCATION: &[&str] = &[
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_PREFIX",
    "GIT_COMMON_DIR",
    "GIT_NAMESPACE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_CEILING_DIRECTORIES",
    "GIT_SHALLOW_FILE",
    "GIT_GRAFT_FILE",
    "GIT_LITERAL_PATHSPECS",
];

/// The remote's branches, as they were when it was last asked: apart from what
/// the user's own `git fetch` remembers.
pub const THEIRS: &str = "refs/inward/";

/// Asks nobody, and gives up on a host that falls silent.
const SSH: &str =
    "ssh -oBatchMode=yes -oConnectTimeout=20 -oServerAliveInterval=20 -oServerAliveCountMax=3";

/// How git may behave towards a person.
#[derive(Clone, Debug)]
pub struct GitEnv {
    /// May git and ssh ask for a passphrase or a password on the terminal?
    pub may_ask: bool,
    /// Did the user say which ssh to run?
    pub own_ssh: bool,
}

/// One repository.
pub struct Git {
    pub dir: PathBuf,
    /// The work tree of a repository that is the user's.
    pub top: Option<PathBuf>,
    pub env: GitEnv,
    /// Held by whatever is started here; where nothing is changed, by nobody.
    pub lock: Option<SyncLock>,
}

/// git in a folder, which may be part of a repository.
pub fn git(within: &Path, env: &GitEnv) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(within);
    // A host that sends nothing for a minute is away.
    command.args(["-c", "http.lowSpeedLimit=1", "-c", "http.lowSpeedTime=60"]);
    for name in LOCATION {
        command.env_remove(name);
    }
    // What it says is read by a program, and must be in one language.
    command.env("LC_ALL", "C").env("GIT_OPTIONAL_LOCKS", "0");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    if !env.may_ask {
        // Neither a prompt nor a window that waits for somebody.
        command.env("GIT_TERMINAL_PROMPT", "0").env("GIT_ASKPASS", "");
        command.env("SSH_ASKPASS_REQUIRE", "never").env("GCM_INTERACTIVE", "never");
        if !env.own_ssh {
            command.env("GIT_SSH_COMMAND", SSH);
        }
    }
    command
}

/// Did the user tell git how to reach others? Then that is not replaced.
pub fn has_own_ssh() -> bool {
    let asked = Command::new("git").args(["config", "--get", "core.sshCommand"]).output();
    asked.is_ok_and(|output| output.status.success())
}

/// What it said, where it ended well.
pub fn run(command: &mut Command) -> Result<String> {
    let output = finished(command)?;
    if output.status.success() {
        Ok(text(&output.stdout))
    } else {
        Err(git_errors::failure(&output))
    }
}

pub fn finished(command: &mut Command) -> Result<Output> {
    finish(command, None)
}

pub fn not_started(e: &io::Error) -> Error {
    match e.kind() {
        ErrorKind::NotFound => SyncError::NoGit.into(),
        _ => SyncError::Git { why: plain(e) }.into(),
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim_end().to_owned()
}

impl Git {
    fn command(&self) -> Command {
        let mut command = self.within(self.top.as_deref().unwrap_or(&self.dir));
        command.arg("--git-dir").arg(&self.dir);
        if let Some(top) = &self.top {
            command.arg("--work-tree").arg(top);
        }
        command
    }

    /// git in another folder, which holds the lock of this repository.
    pub fn within(&self, folder: &Path) -> Command {
        let mut command = git(folder, &self.env);
        // Where descriptors have run out, the start fails by itself.
        if let Some(Ok(stdin)) = self.lock.as_ref().map(SyncLock::stdin) {
            command.stdin(stdin);
        }
        command
    }

    /// Nothing that a repository holds or names runs while we work in it.
    pub fn quiet(&self) -> Command {
        let mut command = self.command();
        command.args(["-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false"]);
        command
    }

    /// Starts what reads from us.
    pub fn spawn(&self, command: &mut Command) -> Result<Child> {
        let held = self.lock.as_ref().map(SyncLock::inheritable).transpose();
        let held = held.map_err(|e| not_started(&e))?;
        let child = command.stdin(Stdio::piped()).spawn().map_err(|e| not_started(&e));
        drop(held);
        child
    }

    pub fn run(&self, arguments: &[&str]) -> Result<String> {
        run(self.quiet().args(arguments))
    }

    /// The answer to a question; `None` where there is none.
    pub fn ask(&self, arguments: &[&str]) -> Result<Option<String>> {
        let output = finished(self.quiet().args(arguments))?;
        match output.status.code() {
            Some(0) => Ok(Some(text(&output.stdout))),
            Some(1) => Ok(None),
            _ => Err(git_errors::failure(&output)),
        }
    }

    /// The commit that a name stands for.
    pub fn commit_of(&self, name: &str) -> Result<Option<Oid>> {
        self.ask(&["rev-parse", "--verify", "--quiet", &format!("{name}^{{commit}}")])
    }

    /// Who commits: whom the user told git, and otherwise nobody in particular.
    /// git's own guess would be the login and the name of the machine.
    pub fn author(&self) -> String {
        let mut command = self.quiet();
        command.args(["-c", "user.useConfigOnly=true", "var", "GIT_COMMITTER_IDENT"]);
        let told = run(&mut command).ok();
        let told = told.and_then(|line| Some(line[..=line.rfind('>')?].to_owned()));
        told.unwrap_or_else(|| "inward <inward@localhost>".to_owned())
    }

    /// A person can end what takes too long, and may be typing a passphrase.
    pub fn finished_by_remote(&self, command: &mut Command) -> Result<Output> {
        finish(command, (!self.env.may_ask).then_some(LONGEST_SILENCE))
    }

    pub fn fetch(&self, remote: &str) -> Result<()> {
        // A branch that is gone there must not seem to be there still.
        let refs = format!("+refs/heads/*:{THEIRS}*");
        let mut command = self.quiet();
        command.args(["fetch", "--progress", "--prune", "--no-tags", "--no-recurse-submodules"]);
        let output = self.finished_by_remote(command.args(["--refmap=", "--", remote, &refs]))?;
        if output.status.success() { Ok(()) } else { Err(git_errors::of_remote(&output)) }
    }

    /// Has the remote anything, be it tags alone?
    pub fn has_any_ref(&self, remote: &str) -> Result<bool> {
        let mut command = self.quiet();
        let output =
            self.finished_by_remote(command.args(["ls-remote", "--refs", "--", remote]))?;
        if output.status.success() {
            Ok(!output.stdout.is_empty())
        } else {
            Err(git_errors::of_remote(&output))
        }
    }

    /// Never with force: what was refused is fetched and merged first.
    pub fn push(&self, remote: &str, branch: &str, to: &str) -> Result<Push> {
        // In a repository of the user's own the branch carries their commits
        // too, and their `pre-push` may have a word about those.
        let mut command = if self.top.is_some() { self.command() } else { self.quiet() };
        command.args(["push", "--porcelain", "--progress", "--no-signed", "--no-follow-tags"]);
        let refs = format!("{branch}:{to}");
        command.args(["--recurse-submodules=no", "--", remote, &refs]);
        let output = self.finished_by_remote(&mut command)?;
        if output.status.success() {
            return Ok(Push::Done);
        }
        git_errors::refusal(&output)
    }
}
