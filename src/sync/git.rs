//! Runs the user's git; nothing else does. Commits go through `fast-import` and bytes are
//! read with `cat-file`, so there's no work tree: no filter, attribute, line-ending
//! setting or hook can change an entry's bytes, and nothing that was fetched is checked
//! out.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use crate::error::{Error, Result, plain};
use crate::sync::SyncError;

use super::git_errors::{self, Push};
use super::git_watchdog::{LONGEST_SILENCE, finish};
use super::lock::SyncLock;
use super::merge::Oid;

/// Environment variables that would make git use another repository.
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

/// Where the remote's branches are remembered, separate from what the user's own `git
/// fetch` remembers.
pub const THEIRS: &str = "refs/inward/";

/// ssh that asks nothing, and gives up on a silent host.
const SSH: &str =
    "ssh -oBatchMode=yes -oConnectTimeout=20 -oServerAliveInterval=20 -oServerAliveCountMax=3";

/// May git ask the person, and how does it connect?
#[derive(Clone, Debug)]
pub struct GitEnv {
    /// May git and ssh ask for a passphrase or a password on the terminal?
    pub may_ask: bool,
    /// Did the user configure which ssh to run?
    pub own_ssh: bool,
}

/// One repository.
pub struct Git {
    pub dir: PathBuf,
    /// The work tree, if the repository is the user's.
    pub top: Option<PathBuf>,
    pub env: GitEnv,
    /// Inherited by every git started here. None where nothing is changed.
    pub lock: Option<SyncLock>,
}

/// A git command in a folder, which may be part of a repository.
pub fn git(within: &Path, env: &GitEnv) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(within);
    // Give up on a host that sends nothing for a minute.
    command.args(["-c", "http.lowSpeedLimit=1", "-c", "http.lowSpeedTime=60"]);
    for name in LOCATION {
        command.env_remove(name);
    }
    // Its messages are parsed, so they must be in English.
    command.env("LC_ALL", "C").env("GIT_OPTIONAL_LOCKS", "0");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    if !env.may_ask {
        // Neither a prompt nor a window may wait for an answer.
        command.env("GIT_TERMINAL_PROMPT", "0").env("GIT_ASKPASS", "");
        command.env("SSH_ASKPASS_REQUIRE", "never").env("GCM_INTERACTIVE", "never");
        if !env.own_ssh {
            command.env("GIT_SSH_COMMAND", SSH);
        }
    }
    command
}

/// Has the user configured an ssh command for git? It isn't overridden then.
pub fn has_own_ssh() -> bool {
    let output = Command::new("git").args(["config", "--get", "core.sshCommand"]).output();
    output.is_ok_and(|output| output.status.success())
}

/// Runs a command to its end, and returns its standard output.
pub fn run(command: &mut Command) -> Result<String> {
    let output = run_to_end(command)?;
    if output.status.success() {
        Ok(text(&output.stdout))
    } else {
        Err(git_errors::failure(&output))
    }
}

pub fn run_to_end(command: &mut Command) -> Result<Output> {
    finish(command, None)
}

pub fn start_error(e: &io::Error) -> Error {
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

    /// A git command in another folder, which inherits this repository's lock.
    pub fn within(&self, folder: &Path) -> Command {
        let mut command = git(folder, &self.env);
        // If descriptors have run out, starting git will fail.
        if let Some(Ok(stdin)) = self.lock.as_ref().map(SyncLock::stdin) {
            command.stdin(stdin);
        }
        command
    }

    /// A command during which no hook or monitor of the repository runs.
    pub fn quiet(&self) -> Command {
        let mut command = self.command();
        command.args(["-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false"]);
        command
    }

    /// Starts a command that reads from a pipe.
    pub fn spawn(&self, command: &mut Command) -> Result<Child> {
        let lock = self.lock.as_ref().map(SyncLock::inheritable).transpose();
        let lock = lock.map_err(|e| start_error(&e))?;
        let child = command.stdin(Stdio::piped()).spawn().map_err(|e| start_error(&e));
        drop(lock);
        child
    }

    pub fn run(&self, arguments: &[&str]) -> Result<String> {
        run(self.quiet().args(arguments))
    }

    /// The output of a query; `None` if it exits with 1.
    pub fn ask(&self, arguments: &[&str]) -> Result<Option<String>> {
        let output = run_to_end(self.quiet().args(arguments))?;
        match output.status.code() {
            Some(0) => Ok(Some(text(&output.stdout))),
            Some(1) => Ok(None),
            _ => Err(git_errors::failure(&output)),
        }
    }

    /// The commit that a name refers to.
    pub fn commit_of(&self, name: &str) -> Result<Option<Oid>> {
        self.ask(&["rev-parse", "--verify", "--quiet", &format!("{name}^{{commit}}")])
    }

    /// The committer: the identity in the user's git configuration, or else a fixed one,
    /// as git's own guess would reveal the login and the machine's name.
    pub fn author(&self) -> String {
        let mut command = self.quiet();
        command.args(["-c", "user.useConfigOnly=true", "var", "GIT_COMMITTER_IDENT"]);
        let ident = run(&mut command).ok();
        let ident = ident.and_then(|line| Some(line[..=line.rfind('>')?].to_owned()));
        ident.unwrap_or_else(|| "inward <inward@localhost>".to_owned())
    }

    /// Runs a command that talks to the remote. If a person may be asked, no silence is
    /// too long: they may be typing a passphrase, and can stop it.
    pub fn remote_output(&self, command: &mut Command) -> Result<Output> {
        finish(command, (!self.env.may_ask).then_some(LONGEST_SILENCE))
    }

    pub fn fetch(&self, remote: &str) -> Result<()> {
        // `--prune`: a branch that was removed there must not seem to exist.
        let refs = format!("+refs/heads/*:{THEIRS}*");
        let mut command = self.quiet();
        command.args(["fetch", "--progress", "--prune", "--no-tags", "--no-recurse-submodules"]);
        let output = self.remote_output(command.args(["--refmap=", "--", remote, &refs]))?;
        if output.status.success() { Ok(()) } else { Err(git_errors::remote_error(&output)) }
    }

    /// Has the remote any ref, even just tags?
    pub fn has_any_ref(&self, remote: &str) -> Result<bool> {
        let mut command = self.quiet();
        let output = self.remote_output(command.args(["ls-remote", "--refs", "--", remote]))?;
        if output.status.success() {
            Ok(!output.stdout.is_empty())
        } else {
            Err(git_errors::remote_error(&output))
        }
    }

    /// Pushes, never with force: after a refusal, we fetch and merge first.
    pub fn push(&self, remote: &str, branch: &str, to: &str) -> Result<Push> {
        // In a user's own repository the branch has their commits too, and their
        // `pre-push` hook may check those.
        let mut command = if self.top.is_some() { self.command() } else { self.quiet() };
        command.args(["push", "--porcelain", "--progress", "--no-signed", "--no-follow-tags"]);
        let refs = format!("{branch}:{to}");
        command.args(["--recurse-submodules=no", "--", remote, &refs]);
        let output = self.remote_output(&mut command)?;
        if output.status.success() {
            return Ok(Push::Done);
        }
        git_errors::refusal(&output)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_git_that_is_not_there_is_called_missing() {
        let error = |kind: ErrorKind| start_error(&kind.into());
        assert!(matches!(error(ErrorKind::NotFound).of(), Some(SyncError::NoGit)));
        let other = error(ErrorKind::PermissionDenied);
        assert!(matches!(other.of(), Some(SyncError::Git { .. })));
    }
}
