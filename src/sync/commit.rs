//! Commits through `fast-import`, and the index of a user's repository.

use std::collections::BTreeMap;
use std::io::{self, BufWriter, Read, Write};
use std::process::ChildStdin;

use crate::error::{Result, plain};
use crate::journal::JournalFile;
use crate::sync::SyncError;

use super::git::{Git, run_to_end, start_error};
use super::git_errors;
use super::merge::Oid;
use super::tree::is_file;

/// The mode of an entry's file in a tree.
pub const FILE: &str = "100644";

/// A commit to be made.
pub struct Commit<'a> {
    pub branch: &'a str,
    pub parents: &'a [Oid],
    pub author: &'a str,
    /// In seconds since 1970, UTC.
    pub time: i64,
}

impl Git {
    /// Makes a commit from its differences to the first parent, and moves the branch to
    /// it. A branch that moved meanwhile stays as it is.
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
        let output = child.wait_with_output().map_err(|e| start_error(&e))?;
        if !output.status.success() {
            return Err(git_errors::failure(&output));
        }
        written.map_err(|e| SyncError::Git { why: plain(&e) }.into())
    }

    /// The index entries of the journal's files. The object id is empty where the index
    /// has something other than a plain file.
    pub fn staged(&self, prefix: &str) -> Result<BTreeMap<JournalFile, Oid>> {
        let below = format!(":(top,literal){prefix}");
        let output =
            run_to_end(self.quiet().args(["ls-files", "-s", "-z", "--full-name", &below]))?;
        if !output.status.success() {
            return Err(git_errors::failure(&output));
        }
        let parse_line = |line: &[u8]| {
            let (info, path) = std::str::from_utf8(line).ok()?.split_once('\t')?;
            let label = JournalFile::at(path.strip_prefix(prefix)?)?;
            let [mode, oid, stage] = info.split(' ').collect::<Vec<_>>()[..] else { return None };
            let plain = is_file(mode) && stage == "0";
            Some((label, if plain { oid.to_owned() } else { String::new() }))
        };
        Ok(output.stdout.split(|byte| *byte == 0).filter_map(parse_line).collect())
    }

    /// Stages these paths as they were committed; `None` removes one. Everything else
    /// that is staged stays. `tip` shows how long object ids are in this repository.
    pub fn stage(&self, files: &[(Vec<u8>, Option<&Oid>)], tip: &str) -> Result<()> {
        let mut command = self.quiet();
        let mut child = self.spawn(command.args(["update-index", "-z", "--index-info"]))?;
        let mut input = child.stdin.take().map(BufWriter::new);
        for (path, oid) in files {
            let info = match oid {
                Some(oid) => format!("{FILE} {oid}\t"),
                None => format!("0 {}\t", "0".repeat(tip.len())),
            };
            let line = [info.as_bytes(), path, b"\0"].concat();
            // If git has exited, its exit status says why.
            let _ = input.as_mut().map(|input| input.write_all(&line));
        }
        drop(input);
        let output = child.wait_with_output().map_err(|e| start_error(&e))?;
        if output.status.success() { Ok(()) } else { Err(git_errors::failure(&output)) }
    }
}

fn write(
    commit: &Commit,
    mut changes: Changes,
    differences: impl FnOnce(&mut Changes) -> io::Result<()>,
) -> io::Result<()> {
    let Commit { branch, parents, author, time } = commit;
    // Always the same, so that it reveals nothing.
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

/// Writes the differences between a commit and its first parent.
pub struct Changes(BufWriter<ChildStdin>);

impl Changes {
    /// Adds a file with bytes that the repository doesn't have yet.
    pub fn add(&mut self, path: &[u8], bytes: &[u8]) -> io::Result<()> {
        write!(self.0, "M {FILE} inline ")?;
        self.0.write_all(&quoted(path))?;
        self.0.write_all(b"\n")?;
        writeln!(self.0, "data {}", bytes.len())?;
        self.0.write_all(bytes)?;
        self.0.write_all(b"\n")
    }

    /// The same with `length` bytes, read as they're written.
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

/// A path quoted for `fast-import`, whatever characters are in it.
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
