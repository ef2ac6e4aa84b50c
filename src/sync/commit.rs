//! Commits through `fast-import`, and the index of a user's repository.

use std::collections::BTreeMap;
use std::io::{self, BufWriter, Read, Write};

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
            Some(input) => write(commit, &mut BufWriter::new(input), differences),
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
            let file = JournalFile::at(path.strip_prefix(prefix)?)?;
            let [mode, oid, stage] = info.split(' ').collect::<Vec<_>>()[..] else { return None };
            let plain = is_file(mode) && stage == "0";
            Some((file, if plain { oid.to_owned() } else { String::new() }))
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
    out: &mut dyn Write,
    differences: impl FnOnce(&mut Changes) -> io::Result<()>,
) -> io::Result<()> {
    let Commit { branch, parents, author, time } = commit;
    // Always the same, so that it reveals nothing.
    const MESSAGE: &str = "sync\n";
    write!(out, "commit {branch}\nauthor {author} {time} +0000\n")?;
    write!(out, "committer {author} {time} +0000\ndata {}\n{MESSAGE}", MESSAGE.len())?;
    for (i, parent) in parents.iter().enumerate() {
        writeln!(out, "{} {parent}", if i == 0 { "from" } else { "merge" })?;
    }
    differences(&mut Changes(out))?;
    out.write_all(b"done\n")?;
    out.flush()
}

/// Writes the differences between a commit and its first parent.
pub struct Changes<'a>(&'a mut dyn Write);

impl Changes<'_> {
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
        if io::copy(&mut bytes.take(length), self.0)? != length {
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
    use super::super::folder_files::FileBytes;
    use super::*;

    fn written(differences: impl FnOnce(&mut Changes) -> io::Result<()>) -> (bool, String) {
        let parents = ["0a", "0b", "0c"].map(str::to_owned);
        let (branch, author) = ("refs/heads/main", "Ada <ada@desk>");
        let mut out = Vec::new();
        let result = write(
            &Commit { branch, parents: &parents, author, time: 86_400 },
            &mut out,
            differences,
        );
        (result.is_ok(), String::from_utf8(out).unwrap())
    }

    #[test]
    fn a_commit_names_its_parents_and_how_it_differs_from_the_first() {
        let (is_whole, text) = written(|changes| {
            changes.remove(b"old")?;
            changes.put(b"run", "100755", "0d")?;
            changes.add(b"new", b"words\n")?;
            changes.add_stream(b"lake", 4, &mut &b"lake"[..])
        });
        let expected = "commit refs/heads/main\n\
            author Ada <ada@desk> 86400 +0000\ncommitter Ada <ada@desk> 86400 +0000\n\
            data 5\nsync\nfrom 0a\nmerge 0b\nmerge 0c\nD \"old\"\nM 100755 0d \"run\"\n\
            M 100644 inline \"new\"\ndata 6\nwords\n\n\
            M 100644 inline \"lake\"\ndata 4\nlake\ndone\n";
        assert!(is_whole);
        assert_eq!(text, expected);
    }

    #[test]
    fn a_file_of_the_folder_is_in_the_commit_under_its_path() {
        let bytes = FileBytes::Attachment { bytes: Box::new(&b"lake"[..]), length: 4 };
        let (is_whole, text) = written(|changes| bytes.add_to(changes, b"a lake"));
        assert!(is_whole);
        assert!(text.ends_with("M 100644 inline \"a lake\"\ndata 4\nlake\ndone\n"), "{text}");
    }

    /// Without the last line, git makes no commit.
    #[test]
    fn a_file_that_became_shorter_makes_no_commit_and_of_a_longer_one_no_more_goes_in() {
        let add =
            |length| written(move |changes| changes.add_stream(b"lake", length, &mut &b"lake"[..]));
        let (is_whole, text) = add(5);
        assert!(!is_whole && !text.ends_with("done\n"), "{text}");
        let (is_whole, text) = add(2);
        assert!(is_whole && text.ends_with("data 2\nla\ndone\n"), "{text}");
    }

    #[test]
    fn a_path_is_quoted_whatever_stands_in_it() {
        assert_eq!(quoted(b"my \"own\"\\x\ny"), br#""my \"own\"\\x\ny""#);
    }
}
