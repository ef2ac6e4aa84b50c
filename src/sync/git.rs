//! The user's own git, and the only place that runs it. A commit is streamed to
//! `fast-import` and bytes are read with `cat-file`, so that no work tree is
//! involved: no filter, attribute, line ending or hook has a say in what an
//! entry's bytes are, and nothing that was fetched is checked out.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, BufWriter, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Output, Stdio};

use crate::error::{Error, Result, plain};
use crate::journal::{Journal, LARGEST};
use crate::seal::EntryFileName;
use crate::sync::SyncError;

use super::merge::{Oid, Tree};
use super::said::{self, Push};

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

/// An entry's file in a tree.
pub const FILE: &str = "100644";

/// How git may behave towards a person.
#[derive(Clone, Debug)]
pub struct Manners {
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
    pub manners: Manners,
}

/// A commit to be made.
pub struct Commit<'a> {
    pub branch: &'a str,
    pub parents: &'a [Oid],
    pub author: &'a str,
    /// In seconds since 1970. There is no zone.
    pub time: i64,
}

/// git in a folder, which may be part of a repository.
pub fn git(within: &Path, manners: &Manners) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(within);
    for name in LOCATION {
        command.env_remove(name);
    }
    // What it says is read by a program, and must be in one language.
    command.env("LC_ALL", "C").env("GIT_OPTIONAL_LOCKS", "0");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    if !manners.may_ask {
        // Neither a prompt nor a window that waits for somebody.
        command.env("GIT_TERMINAL_PROMPT", "0").env("GIT_ASKPASS", "");
        command.env("SSH_ASKPASS_REQUIRE", "never").env("GCM_INTERACTIVE", "never");
        if !manners.own_ssh {
            command.env("GIT_SSH_COMMAND", "ssh -oBatchMode=yes -oConnectTimeout=20");
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
    if output.status.success() { Ok(text(&output.stdout)) } else { Err(said::failure(&output)) }
}

fn finished(command: &mut Command) -> Result<Output> {
    command.output().map_err(|e| not_started(&e))
}

fn not_started(e: &io::Error) -> Error {
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
        let mut command = git(self.top.as_deref().unwrap_or(&self.dir), &self.manners);
        command.arg("--git-dir").arg(&self.dir);
        if let Some(top) = &self.top {
            command.arg("--work-tree").arg(top);
        }
        command
    }

    /// Nothing that a repository holds or names runs while we work in it.
    fn quiet(&self) -> Command {
        let mut command = self.command();
        command.args(["-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false"]);
        command
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
            _ => Err(said::failure(&output)),
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

    /// Is there a repository at this address, which lets us in?
    pub fn reach(&self, address: &str) -> Result<()> {
        self.ask_remote(&["ls-remote", "--quiet", "--heads", address])
    }

    fn ask_remote(&self, arguments: &[&str]) -> Result<()> {
        let output = finished(self.quiet().args(arguments))?;
        if output.status.success() { Ok(()) } else { Err(said::of_remote(&output)) }
    }

    pub fn fetch(&self, remote: &str) -> Result<()> {
        // A branch that is gone there must not seem to be there still.
        let refs = format!("+refs/heads/*:{THEIRS}*");
        let quiet =
            ["fetch", "--quiet", "--prune", "--no-tags", "--no-recurse-submodules", "--refmap="];
        self.ask_remote(&[&quiet[..], &[remote, &refs]].concat())
    }

    /// Never with force: what was refused is fetched and merged first.
    pub fn push(&self, remote: &str, branch: &str, to: &str) -> Result<Push> {
        // In a repository of the user's own the branch carries their commits
        // too, and their `pre-push` may have a word about those.
        let mut command = if self.top.is_some() { self.command() } else { self.quiet() };
        command.args(["push", "--porcelain", "--no-signed", "--no-follow-tags"]);
        let refs = format!("{branch}:{to}");
        let output = finished(command.args(["--recurse-submodules=no", remote, &refs]))?;
        if output.status.success() {
            return Ok(Push::Done);
        }
        said::refusal(&output)
    }

    /// All that a commit holds. The journal lies below `prefix`.
    pub fn tree(&self, commit: Option<&str>, prefix: &str) -> Result<Tree> {
        let mut tree = Tree::default();
        let Some(commit) = commit else { return Ok(tree) };
        let output = finished(self.quiet().args(["ls-tree", "-r", "-z", "--full-tree", commit]))?;
        if !output.status.success() {
            return Err(said::failure(&output));
        }
        for line in output.stdout.split(|byte| *byte == 0) {
            let Some(tab) = line.iter().position(|byte| *byte == b'\t') else { continue };
            let (about, path) = (String::from_utf8_lossy(&line[..tab]), &line[tab + 1..]);
            let [mode, _, oid] = about.split(' ').collect::<Vec<_>>()[..] else { continue };
            let place = std::str::from_utf8(path).ok().and_then(|path| path.strip_prefix(prefix));
            // A link or a folder with an entry's name is none.
            match place.and_then(Journal::label_at).filter(|_| mode == FILE) {
                Some(label) => drop(tree.entries.insert(label, oid.to_owned())),
                None => drop(tree.others.insert(path.to_vec(), (mode.to_owned(), oid.to_owned()))),
            }
        }
        Ok(tree)
    }

    /// Makes a commit of what differs from its first parent, and moves the
    /// branch on to it; a branch that moved meanwhile is left as it is.
    pub fn commit(
        &self,
        commit: &Commit,
        differences: impl FnOnce(&mut Changes) -> io::Result<()>,
    ) -> Result<()> {
        let mut command = self.quiet();
        command.args(["fast-import", "--quiet", "--done"]).stdin(Stdio::piped());
        let mut child = command.spawn().map_err(|e| not_started(&e))?;
        let written = match child.stdin.take() {
            Some(input) => write(commit, Changes(BufWriter::new(input)), differences),
            None => Ok(()),
        };
        let output = child.wait_with_output().map_err(|e| not_started(&e))?;
        if !output.status.success() {
            return Err(said::failure(&output));
        }
        written.map_err(|e| SyncError::Git { why: plain(&e) }.into())
    }

    /// Reads bytes by their names, one after another.
    pub fn reader(&self) -> Result<Blobs> {
        let mut command = self.quiet();
        command.args(["cat-file", "--batch"]).stdin(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().map_err(|e| not_started(&e))?;
        let pipes = child.stdin.take().zip(child.stdout.take().map(BufReader::new));
        let (names, bytes) = pipes.ok_or(SyncError::Git { why: "it has no pipes".into() })?;
        Ok(Blobs { names, bytes, _child: Reaped(child) })
    }

    /// What is staged of the journal; no name for its bytes where it is staged
    /// otherwise than as a file.
    pub fn staged(&self, prefix: &str) -> Result<BTreeMap<EntryFileName, Oid>> {
        let below = format!(":(top,literal){prefix}");
        let output = finished(self.quiet().args(["ls-files", "-s", "-z", "--full-name", &below]))?;
        if !output.status.success() {
            return Err(said::failure(&output));
        }
        let one = |line: &[u8]| {
            let (about, path) = std::str::from_utf8(line).ok()?.split_once('\t')?;
            let label = Journal::label_at(path.strip_prefix(prefix)?)?;
            let [mode, oid, stage] = about.split(' ').collect::<Vec<_>>()[..] else { return None };
            let plain = mode == FILE && stage == "0";
            Some((label, if plain { oid.to_owned() } else { String::new() }))
        };
        Ok(output.stdout.split(|byte| *byte == 0).filter_map(one).collect())
    }

    /// What is staged of these paths becomes what was committed of them; `None`
    /// has been taken out. Whatever else is staged stays so. `tip` tells how
    /// long names are here.
    pub fn stage(&self, files: &[(String, Option<&Oid>)], tip: &str) -> Result<()> {
        let mut command = self.quiet();
        command.args(["update-index", "-z", "--index-info"]).stdin(Stdio::piped());
        let mut child = command.spawn().map_err(|e| not_started(&e))?;
        let mut input = child.stdin.take().map(BufWriter::new);
        for (path, oid) in files {
            let line = match oid {
                Some(oid) => format!("{FILE} {oid}\t{path}\0"),
                None => format!("0 {}\t{path}\0", "0".repeat(tip.len())),
            };
            // If git is gone, its end tells why.
            let _ = input.as_mut().map(|input| input.write_all(line.as_bytes()));
        }
        drop(input);
        let output = child.wait_with_output().map_err(|e| not_started(&e))?;
        if output.status.success() { Ok(()) } else { Err(said::failure(&output)) }
    }
}

fn write(
    commit: &Commit,
    mut changes: Changes,
    differences: impl FnOnce(&mut Changes) -> io::Result<()>,
) -> io::Result<()> {
    let Commit { branch, parents, author, time } = commit;
    // The same words each time: neither practice nor count nor text.
    const MESSAGE: &str = "sync\n";
    write!(changes.0, "commit {branch}\nauthor {author} {time} +0000\n")?;
    write!(changes.0, "committer {author} {time} +0000\ndata {}\n{MESSAGE}", MESSAGE.len())?;
    for (i, parent) in parents.iter().enumerate() {
        writeln!(changes.0, "{} {parent}", if i == 0 { "from" } else { "merge" })?;
    }
    differences(&mut changes)?;
    changes.0.write_all(b"done\n")?;
    changes.0.flush()
}

/// What differs in a commit from its first parent.
pub struct Changes(BufWriter<ChildStdin>);

impl Changes {
    /// Bytes that the repository does not have yet.
    pub fn add(&mut self, path: &str, bytes: &[u8]) -> io::Result<()> {
        self.0.write_all(&[b"M 100644 inline ", &quoted(path.as_bytes())[..], b"\n"].concat())?;
        writeln!(self.0, "data {}", bytes.len())?;
        self.0.write_all(bytes)?;
        self.0.write_all(b"\n")
    }

    pub fn put(&mut self, path: &[u8], mode: &str, oid: &str) -> io::Result<()> {
        write!(self.0, "M {mode} {oid} ")?;
        self.0.write_all(&quoted(path))?;
        self.0.write_all(b"\n")
    }

    pub fn remove(&mut self, path: &[u8]) -> io::Result<()> {
        self.0.write_all(b"D ")?;
        self.0.write_all(&quoted(path))?;
        self.0.write_all(b"\n")
    }
}

/// A path as the stream wants it, whatever stands in it.
fn quoted(path: &[u8]) -> Vec<u8> {
    let mut quoted = vec![b'"'];
    for byte in path {
        match byte {
            b'"' | b'\\' => quoted.extend([b'\\', *byte]),
            b'\n' => quoted.extend(b"\\n"),
            _ => quoted.push(*byte),
        }
    }
    quoted.push(b'"');
    quoted
}

/// Bytes out of a repository.
pub struct Blobs {
    names: ChildStdin,
    bytes: BufReader<ChildStdout>,
    _child: Reaped,
}

impl Blobs {
    /// `None` where it is not there, or larger than any entry.
    pub fn read(&mut self, oid: &str) -> io::Result<Option<Vec<u8>>> {
        writeln!(self.names, "{oid}")?;
        self.names.flush()?;
        let mut head = String::new();
        self.bytes.read_line(&mut head)?;
        let [_, "blob", size] = head.split_whitespace().collect::<Vec<_>>()[..] else {
            return Ok(None);
        };
        let size: u64 = size.parse().map_err(io::Error::other)?;
        // With the line end behind it.
        let mut rest = self.bytes.by_ref().take(size + 1);
        if size > LARGEST {
            io::copy(&mut rest, &mut io::sink())?;
            return Ok(None);
        }
        let mut bytes = Vec::with_capacity(size as usize + 1);
        rest.read_to_end(&mut bytes)?;
        bytes.pop();
        Ok(Some(bytes))
    }
}

/// A child that is waited for, whatever happens.
struct Reaped(Child);

impl Drop for Reaped {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_quoted_whatever_stands_in_it() {
        assert_eq!(quoted(b"my \"own\"\\x\ny"), br#""my \"own\"\\x\ny""#);
    }
}
