//! A commit, streamed to `fast-import`, and what is staged in a repository of the
//! user's.

use std::collections::BTreeMap;
use std::io::{self, BufWriter, Read, Write};
use std::process::ChildStdin;

use crate::error::{Result, plain};
use crate::journal::JournalFile;
use crate::sync::SyncError;

use super::git::{Git, finished, not_started};
use super::git_errors;
use super::merge::Oid;
use super::tree::is_file;

/// An entry's file in a tree.
pub const FILE: &str = "100644";

/// A commit to be made.
pub struct Commit<'a> {
    pub branch: &'a str,
    pub parents: &'a [Oid],
    pub author: &'a str,
    /// In seconds since 1970. There is no zone.
    pub time: i64,
}

impl Git {
    /// Makes a commit of what differs from its first parent, and moves the
    /// branch on to it; a branch that moved meanwhile is left as it is.
    pub fn commit(
        &self,
        commit: &Commit,
        differences: impl FnOnce(&mut Changes) -> io::Result<()>,
    ) -> Result<()> {
        let mut command = self.quiet();
        let mut child = self.spawn(command.args(["fast-import", "--quiet", "--done"]))?;
        let written = match child.stdin.take() {
            Some(input) => write(commit, Changes(BufWriter::new(input)), differences),
            None => Ok(()),
        };
        let output = child.wait_with_output().map_err(|e| not_started(&e))?;
        if !output.status.success() {
            return Err(git_errors::failure(&output));
        }
        written.map_err(|e| SyncError::Git { why: plain(&e) }.into())
    }

    /// What is staged of the journal, with no name for its bytes where it is
    /// staged otherwise than as a file.
    pub fn staged(&self, prefix: &str) -> Result<BTreeMap<JournalFile, Oid>> {
        let below = format!(":(top,literal){prefix}");
        let output = finished(self.quiet().args(["ls-files", "-s", "-z", "--full-name", &below]))?;
        if !output.status.success() {
            return Err(git_errors::failure(&output));
        }
        let one = |line: &[u8]| {
            let (about, path) = std::str::from_utf8(line).ok()?.split_once('\t')?;
            let label = JournalFile::at(path.strip_prefix(prefix)?)?;
            let [mode, oid, stage] = about.split(' ').collect::<Vec<_>>()[..] else { return None };
            let plain = is_file(mode) && stage == "0";
            Some((label, if plain { oid.to_owned() } else { String::new() }))
        };
        Ok(output.stdout.split(|byte| *byte == 0).filter_map(one).collect())
    }

    /// What is staged of these paths becomes what was committed of them; `None`
    /// has been taken out. Whatever else is staged stays so. `tip` tells how
    /// long names are here.
    pub fn stage(&self, files: &[(Vec<u8>, Option<&Oid>)], tip: &str) -> Result<()> {
        let mut command = self.quiet();
        let mut child = self.spawn(command.args(["update-index", "-z", "--index-info"]))?;
        let mut input = child.stdin.take().map(BufWriter::new);
        for (path, oid) in files {
            let about = match oid {
                Some(oid) => format!("{FILE} {oid}\t"),
                None => format!("0 {}\t", "0".repeat(tip.len())),
            };
            let line = [about.as_bytes(), path, b"\0"].concat();
            // If git is gone, its end tells why.
            let _ = input.as_mut().map(|input| input.write_all(&line));
        }
        drop(input);
        let output = child.wait_with_output().map_err(|e| not_started(&e))?;
        if output.status.success() { Ok(()) } else { Err(git_errors::failure(&output)) }
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
    pub fn add(&mut self, path: &[u8], bytes: &[u8]) -> io::Result<()> {
        write!(self.0, "M {FILE} inline ")?;
        self.0.write_all(&quoted(path))?;
        self.0.write_all(b"\n")?;
        writeln!(self.0, "data {}", bytes.len())?;
        self.0.write_all(bytes)?;
        self.0.write_all(b"\n")
    }

    /// The same, of so many bytes that are read as they are written.
    pub fn add_stream(&mut self, path: &[u8], length: u64, bytes: &mut dyn Read) -> io::Result<()> {
        write!(self.0, "M {FILE} inline ")?;
        self.0.write_all(&quoted(path))?;
        writeln!(self.0, "\ndata {length}")?;
        if io::copy(&mut bytes.take(length), &mut self.0)? != length {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_quoted_whatever_stands_in_it() {
        assert_eq!(quoted(b"my \"own\"\\x\ny"), br#""my \"own\"\\x\ny""#);
    }
}
