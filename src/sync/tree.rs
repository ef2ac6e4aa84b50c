//! What a commit holds, and bytes out of the repository. Both may be what somebody
//! made to do harm, so neither is read further than we could hold it.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use crate::error::{Result, plain};
use crate::journal::{Journal, LARGEST};
use crate::sync::SyncError;

use super::git::{Git, not_started};
use super::git_errors;
use super::merge::Tree;

/// The longest list of a commit's files that is read, in bytes: more than half a
/// million entries. A few hundred kilobytes of trees that name each other can list
/// billions of files.
const LONGEST_LIST: u64 = 64 << 20;

impl Git {
    /// All that a commit holds. The journal lies below `prefix`.
    ///
    /// # Errors
    /// `TooManyFiles`, where the list is longer than any journal's.
    pub fn tree(&self, commit: Option<&str>, prefix: &str) -> Result<Tree> {
        let mut tree = Tree::default();
        let Some(commit) = commit else { return Ok(tree) };
        let mut command = self.quiet();
        command.args(["ls-tree", "-r", "-z", "--full-tree", commit]);
        let mut child = Reaped(command.spawn().map_err(|e| not_started(&e))?);
        let mut list = BufReader::new(child.stdout()?.take(LONGEST_LIST));
        let mut line = Vec::new();
        while next(&mut list, &mut line).map_err(unread)? {
            take_in(&line, prefix, &mut tree);
        }
        if list.get_ref().limit() == 0 {
            return Err(SyncError::TooManyFiles.into());
        }
        let output = child.finish()?;
        if output.status.success() { Ok(tree) } else { Err(git_errors::failure(&output)) }
    }

    /// Reads bytes by their names, one after another.
    pub fn reader(&self) -> Blobs<'_> {
        Blobs { git: self, process: None }
    }
}

/// The next of a list whose items end in a zero byte.
fn next(list: &mut impl BufRead, item: &mut Vec<u8>) -> io::Result<bool> {
    item.clear();
    list.read_until(0, item)?;
    Ok(item.pop().is_some())
}

fn take_in(line: &[u8], prefix: &str, tree: &mut Tree) {
    let Some(tab) = line.iter().position(|byte| *byte == b'\t') else { return };
    let (about, path) = (String::from_utf8_lossy(&line[..tab]), &line[tab + 1..]);
    let [mode, _, oid] = about.split(' ').collect::<Vec<_>>()[..] else { return };
    let below = std::str::from_utf8(path).ok().and_then(|path| path.strip_prefix(prefix));
    // A link or a folder with an entry's name is none.
    match below.and_then(Journal::label_at).filter(|_| is_file(mode)) {
        Some(label) => drop(tree.entries.insert(label, oid.to_owned())),
        None => drop(tree.others.insert(path.to_vec(), (mode.to_owned(), oid.to_owned()))),
    }
}

/// One that may be run is a file all the same.
pub fn is_file(mode: &str) -> bool {
    mode.starts_with("100")
}

fn unread(e: io::Error) -> SyncError {
    SyncError::Git { why: plain(&e) }
}

/// Bytes out of a repository.
pub struct Blobs<'a> {
    git: &'a Git,
    /// Started when the first is asked for.
    process: Option<(Reaped, ChildStdin, BufReader<ChildStdout>)>,
}

impl Blobs<'_> {
    /// `None` where it is not there, or larger than any entry.
    pub fn read(&mut self, oid: &str) -> Result<Option<Vec<u8>>> {
        let (_, names, bytes) = match &mut self.process {
            Some(process) => process,
            none => none.insert(start(self.git)?),
        };
        let read = ask(names, bytes, oid).map_err(unread)?;
        if read == Blob::TooLarge {
            // Its bytes would come before the next answer, however many they are.
            self.process = None;
        }
        Ok(if let Blob::Bytes(bytes) = read { Some(bytes) } else { None })
    }
}

fn start(git: &Git) -> Result<(Reaped, ChildStdin, BufReader<ChildStdout>)> {
    let mut command = git.quiet();
    let mut child = Reaped(git.spawn(command.args(["cat-file", "--batch"]).stderr(Stdio::null()))?);
    let names = child.0.stdin.take().ok_or_else(no_pipe)?;
    let bytes = BufReader::new(child.stdout()?);
    Ok((child, names, bytes))
}

#[derive(Debug, PartialEq)]
enum Blob {
    Bytes(Vec<u8>),
    TooLarge,
    Missing,
}

/// # Errors
/// `UnexpectedEof`, where git ended in the middle of its answer: what it did not say is
/// not taken for an answer.
fn ask(names: &mut impl Write, bytes: &mut impl BufRead, oid: &str) -> io::Result<Blob> {
    let cut = || io::Error::new(io::ErrorKind::UnexpectedEof, "it ended in the middle");
    writeln!(names, "{oid}")?;
    names.flush()?;
    let mut head = String::new();
    bytes.read_line(&mut head)?;
    if !head.ends_with('\n') {
        return Err(cut());
    }
    let [_, kind, size] = head.split_whitespace().collect::<Vec<_>>()[..] else {
        return Ok(Blob::Missing);
    };
    let size: u64 = size.parse().map_err(io::Error::other)?;
    if size > LARGEST {
        return Ok(Blob::TooLarge);
    }
    let mut blob = Vec::with_capacity(size as usize + 1);
    // With the line end behind it.
    bytes.take(size + 1).read_to_end(&mut blob)?;
    if blob.len() as u64 != size + 1 {
        return Err(cut());
    }
    blob.pop();
    Ok(if kind == "blob" { Blob::Bytes(blob) } else { Blob::Missing })
}

fn no_pipe() -> SyncError {
    SyncError::Git { why: "it has no pipes".into() }
}

/// A child that is waited for, whatever happens.
struct Reaped(Child);

impl Reaped {
    fn stdout(&mut self) -> Result<ChildStdout> {
        Ok(self.0.stdout.take().ok_or_else(no_pipe)?)
    }

    /// How it ended, and what it said of that.
    fn finish(mut self) -> Result<std::process::Output> {
        let mut stderr = Vec::new();
        if let Some(mut pipe) = self.0.stderr.take() {
            pipe.read_to_end(&mut stderr).map_err(unread)?;
        }
        let status = self.0.wait().map_err(unread)?;
        Ok(std::process::Output { status, stdout: Vec::new(), stderr })
    }
}

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
    fn an_answer_that_is_cut_anywhere_is_no_answer() {
        let ask = |mut answer: &[u8]| ask(&mut Vec::new(), &mut answer, "0a");
        let whole = b"0a blob 5\nwords\n";
        assert_eq!(ask(whole).unwrap(), Blob::Bytes(b"words".into()));
        for end in 0..whole.len() {
            let cut = ask(&whole[..end]).unwrap_err();
            assert_eq!(cut.kind(), io::ErrorKind::UnexpectedEof, "{end}");
        }
        assert_eq!(ask(b"0a missing\n").unwrap(), Blob::Missing);
        assert_eq!(ask(b"0a tree 0\n\n").unwrap(), Blob::Missing);
        let large = format!("0a blob {}\n", LARGEST + 1);
        assert_eq!(ask(large.as_bytes()).unwrap(), Blob::TooLarge);
    }
}
