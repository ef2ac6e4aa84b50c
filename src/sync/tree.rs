//! What a commit holds, and bytes out of the repository. Both may be what somebody
//! made to do harm, so neither is read further than we could hold it.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use crate::error::{Result, plain};
use crate::journal::{JournalFile, LARGEST};
use crate::sync::SyncError;

use super::folder_files::WholeStream;
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
    match below.and_then(JournalFile::at).filter(|_| is_file(mode)) {
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
        let bytes = self.stream(oid, |bytes, size| {
            if size > LARGEST {
                return None;
            }
            let mut blob = Vec::with_capacity(size as usize);
            Some(bytes.read_to_end(&mut blob).map(|_| blob))
        })?;
        bytes.flatten().transpose().map_err(|e| unread(e).into())
    }

    /// Gives bytes and their length to whoever wants them, as they are read. `None` where
    /// they are not there.
    ///
    /// # Errors
    /// git says nothing of them, or ends in the middle.
    pub fn stream<T>(
        &mut self,
        oid: &str,
        work: impl FnOnce(&mut dyn Read, u64) -> T,
    ) -> Result<Option<T>> {
        let (_, names, bytes) = match &mut self.process {
            Some(process) => process,
            none => none.insert(start(self.git)?),
        };
        let Some(size) = ask(names, bytes, oid).map_err(unread)? else { return Ok(None) };
        let mut blob = WholeStream::new(&mut *bytes, size);
        let done = work(&mut blob, size);
        match blob.is_done() {
            true => bytes.read_exact(&mut [0]).map_err(unread)?,
            // The rest would come before the next answer, however much it is.
            false => self.process = None,
        }
        Ok(Some(done))
    }
}

fn start(git: &Git) -> Result<(Reaped, ChildStdin, BufReader<ChildStdout>)> {
    let mut command = git.quiet();
    let mut child = Reaped(git.spawn(command.args(["cat-file", "--batch"]).stderr(Stdio::null()))?);
    let names = child.0.stdin.take().ok_or_else(no_pipe)?;
    let bytes = BufReader::new(child.stdout()?);
    Ok((child, names, bytes))
}

/// The length of some bytes, which follow with a line end behind them; none, where they
/// are not there.
///
/// # Errors
/// `UnexpectedEof`, where git ended in the middle of its answer: what it did not say is
/// not taken for an answer.
fn ask(names: &mut impl Write, bytes: &mut impl BufRead, oid: &str) -> io::Result<Option<u64>> {
    writeln!(names, "{oid}")?;
    names.flush()?;
    let mut head = String::new();
    bytes.read_line(&mut head)?;
    if !head.ends_with('\n') {
        return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "it ended in the middle"));
    }
    let [_, kind, size] = head.split_whitespace().collect::<Vec<_>>()[..] else {
        return Ok(None);
    };
    let size: u64 = size.parse().map_err(io::Error::other)?;
    if kind == "blob" {
        return Ok(Some(size));
    }
    // A folder or a commit: it is passed over with its line end.
    io::copy(&mut bytes.take(size + 1), &mut io::sink())?;
    Ok(None)
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

    /// What git's answer says, read whole.
    fn answer(mut bytes: &[u8]) -> io::Result<Option<Vec<u8>>> {
        let Some(size) = ask(&mut Vec::new(), &mut bytes, "0a")? else { return Ok(None) };
        let mut blob = Vec::new();
        WholeStream::new(&mut bytes, size).read_to_end(&mut blob)?;
        bytes.read_exact(&mut [0])?;
        Ok(Some(blob))
    }

    #[test]
    fn an_answer_that_is_cut_anywhere_is_no_answer() {
        let whole = b"0a blob 5\nwords\n";
        assert_eq!(answer(whole).unwrap().unwrap(), b"words");
        for end in 0..whole.len() {
            let cut = answer(&whole[..end]).unwrap_err();
            assert_eq!(cut.kind(), io::ErrorKind::UnexpectedEof, "{end}");
        }
        assert_eq!(answer(b"0a missing\n").unwrap(), None);
        assert_eq!(answer(b"0a tree 0\n\n").unwrap(), None);
    }
}
