use std::cell::RefCell;

use super::super::merge::Tree;
use super::super::plan::{FolderView, Side};
use super::*;
use crate::seal::{AttachmentFileName, EntryFileName};

/// The file of a name: an entry's letter, and a revision's digit or an attachment's letter.
fn file(name: &str) -> JournalFile {
    let (entry, part) = name.split_at(1);
    let (day, id) = ("2026-11-23".parse().unwrap(), entry.repeat(10).parse().unwrap());
    match format!("{part:0>6}").parse() {
        Ok(revision) if part.bytes().all(|byte| byte.is_ascii_digit()) => {
            JournalFile::Entry(EntryFileName { day, id, revision })
        }
        _ => {
            let attached = part.repeat(10).parse().unwrap();
            JournalFile::Attachment(AttachmentFileName { day, entry: id, id: attached })
        }
    }
}

fn files<T: FromIterator<JournalFile>>(names: &str) -> T {
    names.split_whitespace().map(file).collect()
}

/// Of each commit its parents, what it adds and what it removes.
type Commits = &'static [(&'static [usize], &'static str, &'static str)];

/// A log of these commits, whichever files it is asked about.
struct MadeUpLog {
    commits: Commits,
    /// The commits from which it was read, each with the files asked about.
    asked: RefCell<Vec<(String, Vec<JournalFile>)>>,
}

impl CommitLog for MadeUpLog {
    fn of_files(&self, tip: &str, _: &str, asked: &BTreeSet<&JournalFile>) -> Result<FileHistory> {
        let asked = asked.iter().copied().cloned().collect();
        self.asked.borrow_mut().push((tip.to_owned(), asked));
        let commits = self.commits.iter().map(|(parents, added, removed)| {
            let parents = parents.to_vec();
            FileChanges { parents, added: files(added), removed: files(removed) }
        });
        Ok(FileHistory::new(commits.collect()))
    }
}

fn log(commits: Commits) -> MadeUpLog {
    MadeUpLog { commits, asked: RefCell::default() }
}

/// The files of the folder here, and of the last common commit, ours and theirs.
fn inputs([here, base, ours, theirs]: [&str; 4]) -> MergeInputs {
    let side = |tip: &str, names: &str| {
        let entries = files::<Vec<_>>(names).into_iter().map(|file| (file, "bytes".to_owned()));
        let tree = Tree { entries: entries.collect(), ..Tree::default() };
        Side { tip: Some(tip.to_owned()).filter(|_| !names.is_empty()), tree }
    };
    MergeInputs {
        base: side("base", base),
        ours: side("ours", ours),
        theirs: side("theirs", theirs),
        is_reached: true,
        folder: FolderView { present: files(here), ..FolderView::default() },
        ..MergeInputs::default()
    }
}

fn classify(log: &MadeUpLog, identity: Option<&Identity>, state: [&str; 4]) -> FileVerdicts {
    // There are no files to open: only names are judged.
    let journal = Journal::at(crate::disk::real(), "/nowhere/at/all".as_ref());
    classify_files(&journal, identity, log, &inputs(state)).unwrap()
}

const ONE_AFTER_THE_OTHER: Commits = &[(&[], "a1", ""), (&[0], "a2", "a1")];
const THE_OTHER_WAY_ROUND: Commits = &[(&[], "a2", ""), (&[0], "a1", ""), (&[1], "", "a1")];
const AT_ONCE: Commits = &[(&[], "a1 a2", "")];
const APART: Commits = &[(&[], "b1", ""), (&[0], "a1", ""), (&[0], "a2", "")];
const NEVER: Commits = &[(&[], "a2", "")];

#[test]
fn what_the_remote_removed_for_a_file_that_came_no_earlier_is_outdated() {
    let outdated = |commits, state| classify(&log(commits), None, state).outdated;
    let state = ["a1 a2", "a1", "a1", "a2"];
    for commits in [ONE_AFTER_THE_OTHER, AT_ONCE, APART] {
        assert_eq!(outdated(commits, state), files("a1"), "{commits:?}");
    }
    for commits in [THE_OTHER_WAY_ROUND, NEVER] {
        assert_eq!(outdated(commits, state), files(""), "{commits:?}");
    }
    // Also what our commit has and the folder lacks.
    assert_eq!(outdated(ONE_AFTER_THE_OTHER, ["a2", "a1", "a1", "a2"]), files("a1"));
    // What the remote has, or has nothing in place of, is not.
    assert_eq!(outdated(AT_ONCE, ["a1 a2", "a1", "a1", "a1 a2"]), files(""));
    assert_eq!(outdated(ONE_AFTER_THE_OTHER, ["a1", "a1", "a1", "b1"]), files(""));
    assert_eq!(outdated(ONE_AFTER_THE_OTHER, ["a1", "a1", "a1", ""]), files(""));
}

#[test]
fn without_the_key_what_was_removed_here_is_withdrawn_unless_it_came_last() {
    let withdrawn = |commits, state| classify(&log(commits), None, state).withdrawn;
    let state = ["a2", "a1 a2", "a1 a2", "a1 a2"];
    for commits in [ONE_AFTER_THE_OTHER, APART] {
        assert_eq!(withdrawn(commits, state), files("a1"), "{commits:?}");
    }
    let later: Commits = &[(&[], "a2", ""), (&[0], "a1", "")];
    for commits in [later, AT_ONCE, NEVER] {
        assert_eq!(withdrawn(commits, state), files(""), "{commits:?}");
    }
    assert_eq!(withdrawn(THE_OTHER_WAY_ROUND, state), files("a1"), "our branch removed it");
    // What is here isn't, nor what has no revision here in its place.
    assert_eq!(withdrawn(AT_ONCE, ["a1 a2", "", "a1 a2", "a1 a2"]), files(""));
    for here in ["", "b1", "ax"] {
        assert_eq!(withdrawn(ONE_AFTER_THE_OTHER, [here, "", "a1 a2", "a1 a2"]), files(""));
    }
}

#[test]
fn each_side_is_asked_about_its_own_files_and_only_where_some_are_in_doubt() {
    let none = log(NEVER);
    classify(&none, None, ["a1 b1", "a1", "a1", "a1"]);
    assert_eq!(none.asked.take(), []);
    let both = log(NEVER);
    classify(&both, None, ["a1 b1 c3", "", "c2", "a2"]);
    let asked = [("theirs".to_owned(), files("a1 a2")), ("ours".to_owned(), files("c2 c3"))];
    assert_eq!(both.asked.take(), asked);
}

#[test]
fn with_the_key_what_is_not_here_is_in_no_doubt_and_an_attachment_that_a_device_removed_goes() {
    let key = Identity::generate();
    let judged = |state| classify(&log(ONE_AFTER_THE_OTHER), Some(&key), state);
    assert_eq!(judged(["a1", "a1", "a1", "a2"]).outdated, files("a1"));
    let judged_absent = judged(["b1", "a1", "a1", "a2"]);
    assert_eq!((judged_absent.outdated, judged_absent.withdrawn), (files(""), files("")));
    let replaced = |state| judged(state).replaced;
    assert_eq!(replaced(["", "", "ax", "ax"]), files("ax"), "removed here");
    assert_eq!(replaced(["ax", "ax", "ax", ""]), files("ax"), "removed there");
    assert_eq!(replaced(["ax", "", "", ""]), files(""), "new here");
    assert_eq!(replaced(["ax", "ax", "ax", "ax"]), files(""));
}

#[test]
fn a_log_is_read_commit_by_commit_and_a_merge_once_for_each_of_its_parents() {
    let [one, two, other] = ["a1", "a2", "b1"].map(file);
    let paths: BTreeMap<String, &JournalFile> =
        [("j/1".to_owned(), &one), ("j/2".to_owned(), &two), ("j/b".to_owned(), &other)].into();
    let log = "first\0\nA\0j/1\0second first\0\nA\0j/2\0D\0j/1\0third first\0\nA\0j/b\0\
               A\0j/unknown\0merge second third\0\nA\0j/b\0merge second third\0\nA\0j/2\0D\0j/1\0";
    let history = parse(log, &paths);
    let order = |a, b| history.order(a, b);
    assert_eq!(order(&one, &two), Some(Ordering::Less));
    assert_eq!(order(&two, &one), Some(Ordering::Greater));
    assert_eq!(order(&two, &other), None);
    assert!([&one, &two, &other].iter().all(|file| history.has(file)));
    assert_eq!([&one, &two, &other].map(|file| history.is_removed(file)), [true, false, false]);
    assert!(!parse("", &paths).has(&one));
}
