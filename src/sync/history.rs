//! What a branch's history says about files that are absent somewhere.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use crate::error::Result;
use crate::journal::{Journal, JournalFile, Succession};
use crate::seal::Identity;

use super::file_history::{FileChanges, FileHistory};
use super::git::{Git, start_error};
use super::git_errors;
use super::plan::{FileVerdicts, MergeInputs};

/// The commits of a repository.
pub trait CommitLog {
    /// When these files came into the history of a commit and left it. `prefix` is the
    /// journal's path in the repository.
    ///
    /// # Errors
    /// Why the repository can't be read.
    fn of_files(
        &self,
        tip: &str,
        prefix: &str,
        files: &BTreeSet<&JournalFile>,
    ) -> Result<FileHistory>;
}

impl CommitLog for Git {
    fn of_files(
        &self,
        tip: &str,
        prefix: &str,
        files: &BTreeSet<&JournalFile>,
    ) -> Result<FileHistory> {
        // git reads one path a line.
        if prefix.contains('\n') {
            return Ok(FileHistory::default());
        }
        let path = |file: &&JournalFile| format!("{prefix}{}", file.place());
        let paths: BTreeMap<String, &JournalFile> =
            files.iter().map(|file| (path(file), *file)).collect();
        let mut command = self.quiet();
        // Whatever the user has configured for logs.
        command.args(["-c", "log.showRoot=true", "log", "--no-show-signature", "--no-relative"]);
        // Parents are the nearest of the commits that are listed.
        command.args(["--stdin", "--full-history", "--parents", "--topo-order", "--reverse", "-m"]);
        command.args(["--no-renames", "--diff-filter=AD", "--name-status", "-z"]);
        let mut child =
            self.spawn(command.args(["--format=%H %P", tip]).env("GIT_LITERAL_PATHSPECS", "1"))?;
        if let Some(mut input) = child.stdin.take() {
            let lines: String = paths.keys().map(|path| format!("{path}\n")).collect();
            // If git has exited, its exit status says why.
            let _ = input.write_all(format!("--\n{lines}").as_bytes());
        }
        let output = child.wait_with_output().map_err(|e| start_error(&e))?;
        if !output.status.success() {
            return Err(git_errors::failure(&output));
        }
        Ok(parse(&String::from_utf8_lossy(&output.stdout), &paths))
    }
}

/// Reads the log of these paths: of each commit its id and its parents', then pairs of a
/// letter and a path; a merge once for each of its parents.
fn parse(log: &str, paths: &BTreeMap<String, &JournalFile>) -> FileHistory {
    let mut commits: Vec<FileChanges> = Vec::new();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let mut place = 0;
    let mut items = log.split('\0').map(|item| item.trim_start_matches('\n'));
    while let Some(item) = items.next() {
        if let "A" | "D" = item {
            let file = items.next().and_then(|path| paths.get(path));
            let Some((file, commit)) = file.zip(commits.get_mut(place)) else { continue };
            let changed = if item == "A" { &mut commit.added } else { &mut commit.removed };
            changed.insert((*file).clone());
            continue;
        }
        let mut ids = item.split_whitespace();
        let Some(id) = ids.next() else { continue };
        place = *places.entry(id).or_insert(commits.len());
        if place == commits.len() {
            let parents = ids.filter_map(|id| places.get(id).copied()).collect();
            commits.push(FileChanges { parents, ..FileChanges::default() });
        }
    }
    FileHistory::new(commits)
}

/// Finds out which files are replaced, which the remote should not get again, and
/// without the key, which shouldn't come back here.
///
/// # Errors
/// Those of the journal's folder and of the history.
pub fn classify_files(
    journal: &Journal,
    identity: Option<&Identity>,
    history: &dyn CommitLog,
    inputs: &MergeInputs,
) -> Result<FileVerdicts> {
    let present = &inputs.folder.present;
    let [base, ours, theirs] =
        [&inputs.base, &inputs.ours, &inputs.theirs].map(|side| &side.tree.entries);
    let files: BTreeSet<&JournalFile> =
        present.iter().chain(ours.keys()).chain(theirs.keys()).collect();
    let succession = match identity {
        Some(identity) => {
            let files: Vec<JournalFile> = files.iter().copied().cloned().collect();
            let removed = |file: &JournalFile| {
                let removed_here = ours.contains_key(file) && !present.contains(file);
                removed_here || base.contains_key(file) && !theirs.contains_key(file)
            };
            journal.succession(identity, &files, &removed, &|file| theirs.contains_key(file))?
        }
        None => Succession::default(),
    };
    let is_doubtful = |file: &&JournalFile| {
        let is_classified = succession.replaced.contains(*file) || succession.heads.contains(*file);
        // With the key, a file that isn't here is received and opened first.
        let is_here = identity.is_none() || present.contains(*file);
        !is_classified && is_here && !theirs.contains_key(*file)
    };
    let doubtful = files.into_iter().filter(is_doubtful).collect();
    Ok(FileVerdicts {
        outdated: outdated(history, inputs, doubtful)?,
        withdrawn: match identity {
            Some(_) => BTreeSet::new(),
            None => withdrawn(history, inputs)?,
        },
        replaced: succession.replaced,
        undeleted: succession.undeleted,
    })
}

/// Those of these files, absent on the remote, that the remote once had while it has
/// another file of the same entry that was added no earlier: a device that could open
/// both removed them. Sent again, they would go back and forth for ever.
fn outdated(
    history: &dyn CommitLog,
    inputs: &MergeInputs,
    files: Vec<&JournalFile>,
) -> Result<BTreeSet<JournalFile>> {
    let pairs = with_rivals(files, inputs.theirs.tree.entries.keys());
    let history = of_pairs(history, inputs, inputs.theirs.tip.as_deref(), &pairs)?;
    let is_outdated = |file: &JournalFile, rival: &JournalFile| {
        history.has(file) && history.order(rival, file) != Some(Ordering::Less)
    };
    Ok(losers(&pairs, is_outdated))
}

/// Those of our commit's files, absent here, whose entry has a file here, unless that came
/// before them: an edit, a deletion or a change of keys here removed them, or one elsewhere
/// that our branch has. A folder that was set back to an older state lacks the later files
/// instead. Where neither came before the other, they are more likely removed than lost:
/// they stay in the repository, and the key brings them if they are heads.
fn withdrawn(history: &dyn CommitLog, inputs: &MergeInputs) -> Result<BTreeSet<JournalFile>> {
    let present = &inputs.folder.present;
    let absent = inputs.ours.tree.entries.keys().filter(|file| !present.contains(*file));
    let revisions = present.iter().filter(|file| matches!(file, JournalFile::Entry(_)));
    let pairs = with_rivals(absent.collect(), revisions);
    let history = of_pairs(history, inputs, inputs.ours.tip.as_deref(), &pairs)?;
    let is_withdrawn = |file: &JournalFile, rival: &JournalFile| {
        let came_first = || match history.order(file, rival) {
            Some(Ordering::Less) | None => true,
            Some(Ordering::Equal | Ordering::Greater) => false,
        };
        history.has(file) && (history.is_removed(file) || came_first())
    };
    Ok(losers(&pairs, is_withdrawn))
}

/// Files with the other files of their entry, for those that have any.
type WithRivals<'a> = Vec<(&'a JournalFile, Vec<&'a JournalFile>)>;

fn with_rivals<'a>(
    files: Vec<&'a JournalFile>,
    rivals: impl Iterator<Item = &'a JournalFile>,
) -> WithRivals<'a> {
    let mut by_entry: BTreeMap<_, Vec<&JournalFile>> = BTreeMap::new();
    rivals.for_each(|rival| by_entry.entry(rival.entry()).or_default().push(rival));
    let pairs = files.into_iter();
    pairs.filter_map(|file| Some((file, by_entry.get(file.entry())?.clone()))).collect()
}

fn losers(
    pairs: &WithRivals,
    loses: impl Fn(&JournalFile, &JournalFile) -> bool,
) -> BTreeSet<JournalFile> {
    let lost = pairs.iter().filter(|(file, rivals)| rivals.iter().any(|it| loses(file, it)));
    lost.map(|(file, _)| (*file).clone()).collect()
}

/// The history of these files and their rivals; none where there is nothing to order.
fn of_pairs(
    history: &dyn CommitLog,
    inputs: &MergeInputs,
    tip: Option<&str>,
    pairs: &WithRivals,
) -> Result<FileHistory> {
    let Some(tip) = tip.filter(|_| !pairs.is_empty()) else { return Ok(FileHistory::default()) };
    let files = pairs.iter().flat_map(|(file, rivals)| rivals.iter().chain([file]));
    history.of_files(tip, &inputs.prefix, &files.copied().collect())
}

#[cfg(test)]
mod tests;
