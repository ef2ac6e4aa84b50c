//! When files came into a branch and left it, as the graph of its commits tells. Commits
//! of two devices often have no order: their times come from two clocks, and any number
//! that grows from ancestor to descendant puts one of them first by chance.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use crate::journal::JournalFile;

/// The commits that add or remove some of the files asked about, and those that join them.
#[derive(Debug, Default)]
pub struct FileHistory {
    commits: Vec<FileChanges>,
}

/// What one commit changes, compared with any of its parents.
#[derive(Debug, Default)]
pub struct FileChanges {
    /// The commits before it, by their place in the history.
    pub parents: Vec<usize>,
    /// Files that it has, and a parent has not.
    pub added: BTreeSet<JournalFile>,
    /// Files that a parent has, and it has not.
    pub removed: BTreeSet<JournalFile>,
}

impl FileHistory {
    /// Commits, each after its parents.
    pub fn new(commits: Vec<FileChanges>) -> FileHistory {
        FileHistory { commits }
    }

    /// Was this file ever there?
    pub fn has(&self, file: &JournalFile) -> bool {
        self.commits.iter().any(|commit| commit.added.contains(file))
    }

    /// Did a commit leave this file out? Without the key, that happens only to bytes that
    /// are damaged.
    pub fn is_removed(&self, file: &JournalFile) -> bool {
        self.commits.iter().any(|commit| commit.removed.contains(file))
    }

    /// Which of two files came first; `None` if they came in commits of which neither
    /// follows the other. What was never committed is newer than all that was.
    pub fn order(&self, one: &JournalFile, other: &JournalFile) -> Option<Ordering> {
        match (self.never_without(one, other), self.never_without(other, one)) {
            (true, true) => Some(Ordering::Equal),
            (true, false) => Some(Ordering::Less),
            (false, true) => Some(Ordering::Greater),
            (false, false) => None,
        }
    }

    /// Had `file` come by each commit that adds `later`? A merge adds what one side lacks,
    /// but then follows the commit that added it there, so it changes nothing.
    fn never_without(&self, file: &JournalFile, later: &JournalFile) -> bool {
        let mut has_come: Vec<bool> = Vec::with_capacity(self.commits.len());
        for commit in &self.commits {
            let came_before = || commit.parents.iter().any(|parent| has_come[*parent]);
            let here = commit.added.contains(file) || came_before();
            if !here && commit.added.contains(later) {
                return false;
            }
            has_come.push(here);
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seal::EntryFileName;

    fn file(revision: &str) -> JournalFile {
        JournalFile::Entry(EntryFileName {
            day: "2026-11-23".parse().unwrap(),
            id: "aaaaaaaaaa".parse().unwrap(),
            revision: format!("{revision:0>6}").parse().unwrap(),
        })
    }

    /// Of each commit: its parents, what it adds and what it removes.
    fn history(commits: &[(&[usize], &[&str], &[&str])]) -> FileHistory {
        let files = |names: &[&str]| names.iter().map(|name| file(name)).collect();
        let commits = commits.iter().map(|(parents, added, removed)| FileChanges {
            parents: parents.to_vec(),
            added: files(added),
            removed: files(removed),
        });
        FileHistory::new(commits.collect())
    }

    #[test]
    fn on_one_branch_files_have_the_order_of_its_commits() {
        let history = history(&[(&[], &["1"], &[]), (&[0], &["2", "3"], &["1"])]);
        let order = |one, other| history.order(&file(one), &file(other));
        assert_eq!(order("1", "2"), Some(Ordering::Less));
        assert_eq!(order("2", "1"), Some(Ordering::Greater));
        assert_eq!(order("2", "3"), Some(Ordering::Equal));
        assert_eq!(order("2", "4"), Some(Ordering::Less), "never committed");
        assert_eq!(["1", "2", "4"].map(|name| history.has(&file(name))), [true, true, false]);
        assert!(history.is_removed(&file("1")) && !history.is_removed(&file("2")));
    }

    #[test]
    fn on_two_branches_files_have_no_order_whichever_is_listed_first() {
        let merge: (&[usize], &[&str], &[&str]) = (&[1, 2], &["1", "2"], &[]);
        for [first, second] in [["1", "2"], ["2", "1"]] {
            let (first, second): (&[&str], &[&str]) = (&[first], &[second]);
            let branches =
                [(&[][..], &["0"][..], &[][..]), (&[0], first, &[]), (&[0], second, &[])];
            let history = history(&[branches[0], branches[1], branches[2], merge]);
            assert_eq!(history.order(&file("1"), &file("2")), None);
            assert_eq!(history.order(&file("0"), &file("2")), Some(Ordering::Less));
        }
    }

    #[test]
    fn a_file_that_came_again_is_not_later_for_that() {
        let history = history(&[(&[], &["1"], &[]), (&[0], &["2"], &["1"]), (&[1], &["1"], &[])]);
        assert_eq!(history.order(&file("1"), &file("2")), Some(Ordering::Less));
    }

    #[test]
    fn a_file_that_came_on_a_branch_without_the_other_too_is_not_later_than_it() {
        let history = history(&[(&[], &["1"], &[]), (&[0], &["2"], &[]), (&[], &["2"], &[])]);
        assert_eq!(history.order(&file("1"), &file("2")), None);
    }
}
