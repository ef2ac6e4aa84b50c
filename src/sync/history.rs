//! The order in which files were added in a branch's history.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use crate::error::Result;
use crate::journal::JournalFile;

use super::git::{Git, start_error};
use super::git_errors;
use super::plan::MergeInputs;

impl Git {
    /// For each of these paths that was ever added in the history of a commit, a number
    /// that grows from ancestor to descendant.
    fn arrivals(&self, tip: &str, paths: &[String]) -> Result<BTreeMap<String, usize>> {
        let mut command = self.quiet();
        // Whatever the user has configured for logs.
        command.args(["-c", "log.showRoot=true", "log", "--no-show-signature", "--no-relative"]);
        command.args(["--stdin", "--full-history", "--topo-order", "--reverse", "-m"]);
        command.args(["--no-renames", "--diff-filter=A", "--name-only", "-z", "--format=%H", tip]);
        let mut child = self.spawn(command.env("GIT_LITERAL_PATHSPECS", "1"))?;
        if let Some(mut input) = child.stdin.take() {
            // If git has exited, its exit status says why.
            let _ = input.write_all(format!("--\n{}\n", paths.join("\n")).as_bytes());
        }
        let output = child.wait_with_output().map_err(|e| start_error(&e))?;
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

/// Those of these files, absent on the remote, that the remote once had while it has
/// another file of the same entry that was added no earlier: a device that could open
/// both removed them. Sent again, they would go back and forth for ever.
pub fn outdated(
    git: &Git,
    inputs: &MergeInputs,
    files: Vec<&JournalFile>,
) -> Result<BTreeSet<JournalFile>> {
    let mut by_entry: BTreeMap<_, Vec<&JournalFile>> = BTreeMap::new();
    for label in inputs.theirs.tree.entries.keys() {
        by_entry.entry(label.entry()).or_default().push(label);
    }
    let candidates = files.into_iter().filter_map(|file| Some((file, by_entry.get(file.entry())?)));
    let candidates: Vec<_> = candidates.collect();
    // git reads one path a line.
    let Some(tip) = inputs.theirs.tip.as_ref().filter(|_| !candidates.is_empty()) else {
        return Ok(BTreeSet::new());
    };
    if inputs.prefix.contains('\n') {
        return Ok(BTreeSet::new());
    }
    let path = |label: &JournalFile| format!("{}{}", inputs.prefix, label.place());
    let asked: BTreeSet<&JournalFile> =
        candidates.iter().flat_map(|(file, rivals)| rivals.iter().chain([file])).copied().collect();
    let paths: Vec<String> = asked.into_iter().map(path).collect();
    let arrivals = git.arrivals(tip, &paths)?;
    let arrival = |label: &JournalFile| arrivals.get(&path(label));
    let is_outdated = |(file, rivals): &(&JournalFile, &Vec<&JournalFile>)| {
        arrival(file).is_some_and(|at| rivals.iter().any(|it| arrival(it).is_some_and(|r| r >= at)))
    };
    Ok(candidates.into_iter().filter(is_outdated).map(|(file, _)| file.clone()).collect())
}
