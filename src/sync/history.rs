//! In which order files came into a branch's history.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use crate::error::Result;
use crate::journal::JournalFile;

use super::git::{Git, not_started};
use super::git_errors;
use super::plan::MergeInputs;

impl Git {
    /// For each of these paths that ever came into the history of a commit, a
    /// number that grows from a commit to those that follow it.
    fn arrivals(&self, tip: &str, paths: &[String]) -> Result<BTreeMap<String, usize>> {
        let mut command = self.quiet();
        // Whatever the user wants to see of a log, or have checked.
        command.args(["-c", "log.showRoot=true", "log", "--no-show-signature", "--no-relative"]);
        command.args(["--stdin", "--full-history", "--topo-order", "--reverse", "-m"]);
        command.args(["--no-renames", "--diff-filter=A", "--name-only", "-z", "--format=%H", tip]);
        let mut child = self.spawn(command.env("GIT_LITERAL_PATHSPECS", "1"))?;
        if let Some(mut input) = child.stdin.take() {
            // If git is gone, its end tells why.
            let _ = input.write_all(format!("--\n{}\n", paths.join("\n")).as_bytes());
        }
        let output = child.wait_with_output().map_err(|e| not_started(&e))?;
        if !output.status.success() {
            return Err(git_errors::failure(&output));
        }
        let mut arrivals = BTreeMap::new();
        let (mut commit, mut count) = ("", 0);
        let items = String::from_utf8_lossy(&output.stdout);
        for item in items.split('\0').map(|item| item.trim_start_matches('\n')) {
            if item.len() == tip.len() && item.bytes().all(|b| b.is_ascii_hexdigit()) {
                count += usize::from(item != commit);
                commit = item;
            } else {
                arrivals.entry(item.to_owned()).or_insert(count);
            }
        }
        Ok(arrivals)
    }
}

/// Of these files, which the remote does not have, those that it had, while it has
/// something of the same entry that came no earlier: whoever could open both took
/// them away. Sent again, they would go back and forth for ever.
pub fn outdated(
    git: &Git,
    inputs: &MergeInputs,
    files: Vec<&JournalFile>,
) -> Result<BTreeSet<JournalFile>> {
    let mut by_entry: BTreeMap<_, Vec<&JournalFile>> = BTreeMap::new();
    for label in inputs.theirs.tree.entries.keys() {
        by_entry.entry(label.entry()).or_default().push(label);
    }
    let with_rivals =
        files.into_iter().filter_map(|file| Some((file, by_entry.get(file.entry())?)));
    let with_rivals: Vec<_> = with_rivals.collect();
    // git reads one path a line.
    let Some(tip) = inputs.theirs.tip.as_ref().filter(|_| !with_rivals.is_empty()) else {
        return Ok(BTreeSet::new());
    };
    if inputs.prefix.contains('\n') {
        return Ok(BTreeSet::new());
    }
    let path = |label: &JournalFile| format!("{}{}", inputs.prefix, label.place());
    let all: BTreeSet<&JournalFile> = with_rivals
        .iter()
        .flat_map(|(file, rivals)| rivals.iter().chain([file]))
        .copied()
        .collect();
    let paths: Vec<String> = all.into_iter().map(path).collect();
    let arrivals = git.arrivals(tip, &paths)?;
    let arrival = |label: &JournalFile| arrivals.get(&path(label));
    let is_outdated = |(file, rivals): &(&JournalFile, &Vec<&JournalFile>)| {
        arrival(file).is_some_and(|at| rivals.iter().any(|it| arrival(it).is_some_and(|r| r >= at)))
    };
    Ok(with_rivals.into_iter().filter(is_outdated).map(|(file, _)| file.clone()).collect())
}
