//! Reads a commit's files and their bytes. Both may be malicious, so neither is read
//! further than fits in memory.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use crate::error::{Result, plain};
use crate::journal::{JournalFile, LARGEST_ENTRY};
use crate::sync::SyncError;

use super::folder_files::ExactReader;
use super::git::{Git, start_error};
use super::git_errors;
use super::merge::Tree;

/// The longest list of a commit's files to read, in bytes: more than half a million
/// entries. A few hundred kilobytes of trees that refer to each other can list billions
/// of files.
const LONGEST_LIST: u64 = 64 << 20;

impl Git {
    /// All files of a commit. The journal's are below `prefix`.
    ///
    /// # Errors
    /// `TooManyFiles` if the list is longer than any journal's.
    pub fn tree(&self, commit: Option<&str>, prefix: &str) -> Result<Tree> {
        let mut tree = Tree::default();
        let Some(commit) = commit else { return Ok(tree) };
        let mut command = self.quiet();
        command.args(["ls-tree", "-r", "-z", "--full-tree", commit]);
        let mut child = ChildGuard(command.spawn().map_err(|e| start_error(&e))?);
        let mut list = BufReader::new(child.stdout()?.take(LONGEST_LIST));
        let mut line = Vec::new();
        while next(&mut list, &mut line).map_err(read_error)? {
            add_line(&line, prefix, &mut tree);
        }
        if list.get_ref().limit() == 0 {
            return Err(SyncError::TooManyFiles.into());
        }
        let output = child.finish()?;
        if output.status.success() { Ok(tree) } else { Err(git_errors::failure(&output)) }
    }

    /// A reader of objects by id.
    pub fn reader(&self) -> Blobs<'_> {
        Blobs { git: self, process: None }
    }
}

/// Reads the next item of a list whose items end in a zero byte.
fn next(list: &mut impl BufRead, item: &mut Vec<u8>) -> io::Result<bool> {
    item.clear();
    list.read_until(0, item)?;
    Ok(item.pop().is_some())
}

fn add_line(line: &[u8], prefix: &str, tree: &mut Tree) {
    let Some(tab) = line.iter().position(|byte| *byte == b'\t') else { return };
    let (info, path) = (String::from_utf8_lossy(&line[..tab]), &line[tab + 1..]);
    let [mode, _, oid] = info.split(' ').collect::<Vec<_>>()[..] else { return };
    let below = std::str::from_utf8(path).ok().and_then(|path| path.strip_prefix(prefix));
    // A link or a folder with an entry's name isn't an entry.
    match below.and_then(JournalFile::at).filter(|_| is_file(mode)) {
        Some(file) => drop(tree.entries.insert(file, oid.to_owned())),
        None => drop(tree.others.insert(path.to_vec(), (mode.to_owned(), oid.to_owned()))),
    }
}

/// Is it a regular file, executable or not?
pub fn is_file(mode: &str) -> bool {
    mode.starts_with("100")
}

fn read_error(e: io::Error) -> SyncError {
    SyncError::Git { why: plain(&e) }
}

/// Reads objects from a repository through one `cat-file`.
pub struct Blobs<'a> {
    git: &'a Git,
    /// Started with the first read.
    process: Option<(ChildGuard, ChildStdin, BufReader<ChildStdout>)>,
}

impl Blobs<'_> {
    /// The bytes of an object; `None` if it doesn't exist or is larger than any entry.
    pub fn read(&mut self, oid: &str) -> Result<Option<Vec<u8>>> {
        let bytes = self.stream(oid, |bytes, size| {
            if size > LARGEST_ENTRY {
                return None;
            }
            let mut blob = Vec::with_capacity(size as usize);
            Some(bytes.read_to_end(&mut blob).map(|_| blob))
        })?;
        bytes.flatten().transpose().map_err(|e| read_error(e).into())
    }

    /// Passes an object's bytes, as they're read, and its length to `work`. `None` if it
    /// doesn't exist.
    ///
    /// # Errors
    /// git doesn't answer, or ends in the middle.
    pub fn stream<T>(
        &mut self,
        oid: &str,
        work: impl FnOnce(&mut dyn Read, u64) -> T,
    ) -> Result<Option<T>> {
        let (_, names, bytes) = match &mut self.process {
            Some(process) => process,
            none => none.insert(start(self.git)?),
        };
        let Some(size) = ask(names, bytes, oid).map_err(read_error)? else { return Ok(None) };
        let mut blob = ExactReader::new(&mut *bytes, size);
        let result = work(&mut blob, size);
        if blob.is_done() {
            bytes.read_exact(&mut [0]).map_err(read_error)?;
        } else {
            // The unread rest would come before the next answer.
            self.process = None;
        }
        Ok(Some(result))
    }
}

fn start(git: &Git) -> Result<(ChildGuard, ChildStdin, BufReader<ChildStdout>)> {
    let mut command = git.quiet();
    let mut child =
        ChildGuard(git.spawn(command.args(["cat-file", "--batch"]).stderr(Stdio::null()))?);
    let names = child.0.stdin.take().ok_or_else(no_pipe)?;
    let bytes = BufReader::new(child.stdout()?);
    Ok((child, names, bytes))
}

/// Asks for an object. Returns its length; its bytes and a line end follow. `None` if it
/// doesn't exist.
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
    // A tree or a commit: skip it and its line end.
    io::copy(&mut bytes.take(size + 1), &mut io::sink())?;
    Ok(None)
}

fn no_pipe() -> SyncError {
    SyncError::Git { why: "it has no pipes".into() }
}

/// A child process that is killed and waited for on drop.
struct ChildGuard(Child);

impl ChildGuard {
    fn stdout(&mut self) -> Result<ChildStdout> {
        Ok(self.0.stdout.take().ok_or_else(no_pipe)?)
    }

    /// Waits for it. Returns its status and standard error.
    fn finish(mut self) -> Result<std::process::Output> {
        let mut stderr = Vec::new();
        if let Some(mut pipe) = self.0.stderr.take() {
            pipe.read_to_end(&mut stderr).map_err(read_error)?;
        }
        let status = self.0.wait().map_err(read_error)?;
        Ok(std::process::Output { status, stdout: Vec::new(), stderr })
    }
}

impl Drop for ChildGuard {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_plain_file_with_an_entrys_name_in_the_journals_folder_is_one() {
        let name = |letter: &str| format!("2026/11/2026-11-20-aaaaaaaaaa.aaaaa{letter}.age");
        let list = format!(
            "100644 blob 01\tj/{}\x00100755 blob 02\tj/{}\x00120000 blob 03\tj/{}\x00\
             160000 commit 04\tj/{}\x00100644 blob 05\t{}\x00100644 blob 06\tj/words.txt\x00\
             no tab\x00100644\tj/x\x00",
            name("a"),
            name("b"),
            name("c"),
            name("d"),
            name("a")
        );
        let list = [list.as_bytes(), b"100644 blob 07\tj/\xff\x00100644 blob 08\tlast"].concat();
        let (mut list, mut line, mut tree) = (&list[..], Vec::new(), Tree::default());
        while next(&mut list, &mut line).unwrap() {
            add_line(&line, "j/", &mut tree);
        }
        let entries = [("a", "01"), ("b", "02")];
        let entries =
            entries.map(|(letter, oid)| (JournalFile::at(&name(letter)).unwrap(), oid.into()));
        assert_eq!(tree.entries, entries.into());
        let modes = tree.others.values().map(|(mode, oid)| format!("{mode} {oid}"));
        let mut modes: Vec<String> = modes.collect();
        modes.sort();
        let others = ["100644 05", "100644 06", "100644 07", "100644 08", "120000 03", "160000 04"];
        assert_eq!(modes, others);
        assert!(tree.others.contains_key(&b"j/\xff"[..]));
    }

    /// Reads git's whole answer.
    fn answer(mut bytes: &[u8]) -> io::Result<Option<Vec<u8>>> {
        let Some(size) = ask(&mut Vec::new(), &mut bytes, "0a")? else { return Ok(None) };
        let mut blob = Vec::new();
        ExactReader::new(&mut bytes, size).read_to_end(&mut blob)?;
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
