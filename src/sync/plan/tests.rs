use super::*;
use crate::seal::EntryFileName;

fn file(name: &str) -> JournalFile {
    let (id, revision) = name.split_at(1);
    JournalFile::Entry(EntryFileName {
        day: "2026-11-23".parse().unwrap(),
        id: id.repeat(10).parse().unwrap(),
        revision: format!("{revision:0>6}").parse().unwrap(),
    })
}

fn files<T: FromIterator<JournalFile>>(names: &str) -> T {
    names.split_whitespace().map(file).collect()
}

fn side(names: &str) -> Side {
    let names = names.split_whitespace();
    let entries = names.clone().map(|name| (file(name), format!("bytes of {name}")));
    let tree = Tree { entries: entries.collect(), ..Tree::default() };
    Side { tip: Some(names.collect::<Vec<_>>().join(" ")).filter(|tip| !tip.is_empty()), tree }
}

fn inputs([here, base, ours, theirs]: [&str; 4]) -> MergeInputs {
    MergeInputs {
        base: side(base),
        ours: side(ours),
        theirs: side(theirs),
        is_reached: true,
        folder: FolderView { present: files(here), ..FolderView::default() },
        ..MergeInputs::default()
    }
}

fn replaced(names: &str) -> FileVerdicts {
    FileVerdicts { replaced: files(names), ..FileVerdicts::default() }
}

fn plan_of(inputs: &MergeInputs) -> Plan {
    plan(inputs, &FileVerdicts::default())
}

/// Names are an entry's letter and a revision's number.
#[track_caller]
fn merges([here, base, ours, theirs, obsolete]: [&str; 5], into: &str) -> Plan {
    let plan = plan(&inputs([here, base, ours, theirs]), &replaced(obsolete));
    assert_eq!(plan.entries, files(into));
    plan
}

#[test]
fn what_either_wrote_stands() {
    let plan = merges(["a1 b1", "a1", "a1", "a1 c1", ""], "a1 b1 c1");
    assert_eq!(plan.receive.into_keys().collect::<Vec<_>>(), [file("c1")]);
    let (parents, edits) = (vec!["a1 c1".to_owned()], vec![Edit::Add(file("b1"))]);
    assert_eq!(plan.branch, Step::Commit { parents, edits });
    merges(["a1", "", "", "c1", ""], "a1 c1");
    merges(["a2", "a1", "a1", "a3", "a1"], "a2 a3");
}

#[test]
fn what_is_known_to_be_replaced_is_removed_on_both_sides() {
    merges(["a2", "a1", "a1", "a1", "a1"], "a2");
    let plan = merges(["a1 a2", "a1", "a1", "a2", "a1"], "a2");
    assert_eq!(plan.discard, [file("a1")]);
    let step = Step::Forward { from: Some("a1".into()), to: "a2".into() };
    assert_eq!(plan.branch, step);
}

#[test]
fn a_file_that_is_merely_missing_comes_back() {
    merges(["", "a1 b1", "a1 b1", "a1 b1", ""], "a1 b1");
    merges(["a1 b1", "a1 b1", "a1 b1", "", ""], "a1 b1");
    merges(["", "", "a1", "a1", ""], "a1");
}

#[test]
fn an_old_copy_of_the_folder_that_is_put_back_undoes_no_edit() {
    merges(["a1", "a2", "a2", "a2", "a1"], "a2");
    let plan = merges(["a1", "a2", "a2", "a2", ""], "a1 a2");
    assert_eq!(plan.discard, []);
}

#[test]
fn of_two_edits_made_apart_neither_goes_with_its_file() {
    merges(["a3", "a2 a3", "a2 a3", "a2 a3", ""], "a2 a3");
}

#[test]
fn a_remote_without_anything_changes_nothing_outside() {
    let other = |names: &[&str]| {
        let others = names.iter().map(|name| (Vec::from(*name), (FILE.into(), "1".into())));
        Tree { others: others.collect(), ..Tree::default() }
    };
    let changes = |base: &[&str], ours: &[&str], theirs: &[&str]| {
        let mut state = inputs(["", "", "", ""]);
        let sides = [&mut state.base, &mut state.ours, &mut state.theirs];
        sides.into_iter().zip([base, ours, theirs]).for_each(|(it, names)| it.tree = other(names));
        state.has_changes_outside()
    };
    assert!(changes(&["a"], &["a"], &["b"]));
    assert!(!changes(&["a"], &["a"], &["a"]));
    assert!(!changes(&["a"], &["a"], &[]));
}

#[test]
fn what_is_outdated_there_is_not_sent_and_stays_here() {
    let verdicts = FileVerdicts { outdated: files("a1"), ..FileVerdicts::default() };
    let plan = plan(&inputs(["a1 a2", "a1", "a1", "a2"]), &verdicts);
    assert_eq!((plan.entries, plan.discard), (files("a2"), vec![]));
}

#[test]
fn what_was_removed_here_is_not_received_and_stays_there() {
    let verdicts = FileVerdicts { withdrawn: files("a1"), ..FileVerdicts::default() };
    let plan = plan(&inputs(["a2", "a1", "a1", "a1"]), &verdicts);
    assert_eq!((plan.entries, plan.receive.len()), (files("a1 a2"), 0));
}

#[test]
fn what_is_no_entry_is_neither_sent_nor_fetched_again() {
    let mut state = inputs(["a1 b1", "", "", "c1 d1"]);
    state.folder.broken = files("b1");
    state.settled = [(file("c1"), None), (file("d1"), Some("bytes of d1".into()))].into();
    let plan = plan_of(&state);
    assert_eq!(plan.entries, files("a1 d1"));
    assert!(plan.receive.is_empty());
}

#[test]
fn bytes_that_are_no_entry_stay_where_others_keep_them_and_ours_only_while_that_is_unknown() {
    let keeps = |[ours, theirs]: [&str; 2], is_reached: bool, why: Damage| {
        let state = MergeInputs { is_reached, ..inputs(["", "", ours, theirs]) };
        state.oid_to_keep(&file("a1"), &why).is_some()
    };
    for (is_reached, why) in
        [(true, Damage::Broken), (false, Damage::Broken), (true, Damage::TooLarge)]
    {
        assert!(keeps(["", "a1"], is_reached, why.clone()));
        assert!(!keeps(["b1", "b1"], is_reached, why));
    }
    assert!(!keeps(["a1", ""], true, Damage::Broken), "removed there");
    assert!(keeps(["a1", ""], false, Damage::Broken), "perhaps not");
    assert!(keeps(["a1", ""], true, Damage::TooLarge), "it may be an entry");
    let of = |state| inputs(state).has_bytes(&file("a1"));
    assert!([["", "a1", "", ""], ["", "", "a1", ""], ["", "", "", "a1"]].map(of) == [true; 3]);
    assert!(!of(["a1", "b1", "b1", "b1"]));
}

#[test]
fn what_is_received_has_the_bytes_of_either_side_to_choose_from() {
    let mut state = inputs(["", "a1", "a1", "a1"]);
    let [ours, theirs] = [&mut state.ours, &mut state.theirs].map(|side| &mut side.tree.entries);
    ours.insert(file("a1"), "x".into());
    theirs.insert(file("a1"), "y".into());
    let candidates = ["bytes of a1", "y", "x"].map(str::to_owned);
    assert_eq!(plan_of(&state).receive, [(file("a1"), candidates.into())].into());
}

#[test]
fn a_commit_differs_from_the_branch_by_what_was_added_and_removed_in_the_journals_folder() {
    let mut state = inputs(["a2 b1", "a1", "a1", "a1 c1"]);
    state.prefix = "j/".into();
    state.folder.present.insert(file("c1"));
    let path = |name: &str| format!("j/{}", file(name).place()).into_bytes();
    let edits = vec![Edit::Remove(path("a1")), Edit::Add(file("a2")), Edit::Add(file("b1"))];
    let parents = vec!["a1 c1".to_owned()];
    assert_eq!(plan(&state, &replaced("a1")).branch, Step::Commit { parents, edits });
    // On both sides since: theirs first.
    let mut state = inputs(["a1 b1 c1", "a1", "a1 b1", "a1 c1"]);
    state.prefix = "j/".into();
    let (mode, oid) = (FILE.to_owned(), "bytes of b1".to_owned());
    let edits = vec![Edit::Put { path: path("b1"), mode, oid }];
    let parents = ["a1 c1", "a1 b1"].map(str::to_owned).to_vec();
    assert_eq!(plan_of(&state).branch, Step::Commit { parents, edits });
}

#[test]
fn where_nothing_differs_the_branch_stays() {
    for names in ["", "a1 b1"] {
        assert_eq!(plan_of(&inputs([names, names, names, names])).branch, Step::Stay);
    }
    // Ours is ahead, and will be pushed as it is.
    assert_eq!(plan_of(&inputs(["a1 b1", "a1", "a1 b1", "a1"])).branch, Step::Stay);
}

#[test]
fn other_files_come_along_unless_they_are_where_entries_must_go_or_git_refuses_them() {
    let mut state = inputs(["a1", "", "b1", "a1"]);
    state.folder.present.insert(file("b1"));
    let in_the_way = file("a1").place().into_bytes();
    let other = |path: &[u8], mode: &str| (path.to_vec(), (mode.to_owned(), "1".to_owned()));
    state.theirs.tree.others =
        [other(b"theirs", FILE), other(&[&in_the_way[..], b"/x"].concat(), FILE)].into();
    state.ours.tree.others = [other(b"ours", "100755"), other(b".git/x", FILE)].into();
    let plan = plan_of(&state);
    assert_eq!(plan.displaced, [[&in_the_way[..], b"/x"].concat()]);
    let Step::Commit { edits, .. } = plan.branch else { panic!() };
    let path = file("b1").place().into_bytes();
    let put = |path: &[u8], mode: &str, oid: &str| Edit::Put {
        path: path.to_vec(),
        mode: mode.into(),
        oid: oid.into(),
    };
    let removed = Edit::Remove(plan.displaced[0].clone());
    assert_eq!(edits, [removed, put(&path, FILE, "bytes of b1"), put(b"ours", "100755", "1")]);
}
