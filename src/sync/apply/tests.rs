use std::path::Path;

use super::super::folder_files::tests::{TestFolder, cut};
use super::*;
use crate::seal::Identity;
use crate::sync::GitEnv;

fn sync<'a>(folder: &'a TestFolder, identity: Option<&'a Identity>) -> Sync<'a> {
    Sync {
        private: &[],
        journal: &folder.journal,
        state: Path::new("/nowhere/at/all"),
        env: GitEnv { may_ask: false, own_ssh: true },
        day: chrono::NaiveDate::MIN,
        identity,
        audience: None,
    }
}

#[test]
fn what_was_damaged_since_the_plan_is_told_and_what_an_edit_took_away_is_not() {
    let folder = TestFolder::new();
    let (file, path) = folder.write_entry("e");
    let (sync, mut report) = (sync(&folder, None), SyncReport::default());
    let files = sync.list(&mut MergeInputs::default(), &mut report).unwrap();
    let mut read = || sync.read_file(files.get(&file), &mut report).is_some();
    assert!(read());
    std::fs::remove_file(&path).unwrap();
    assert!(!read(), "it is gone");
    std::fs::write(&path, "words").unwrap();
    assert!(!read());
    assert!(sync.read_file(None, &mut report).is_none());
    let damaged = Damaged { path, why: Damage::NotSealed };
    assert_eq!(report.left_out, [damaged]);
}

#[test]
fn of_what_only_the_folder_has_the_damaged_is_left_out_and_named_unless_it_may_become_intact() {
    let folder = TestFolder::new();
    for identity in [Some(&folder.identity), None] {
        let [intact, there, replaced, gone] = ["a", "b", "c", "d"].map(|it| folder.write_entry(it));
        let [damaged, transit] = ["e", "f"].map(|it| folder.write_entry(it));
        let [lake, hill] = ["g", "h"].map(|it| folder.write_attachment(it));
        [&there, &replaced, &damaged, &transit, &lake].iter().for_each(|(_, path)| cut(path));
        let name = format!(".syncthing.{}.tmp", transit.1.file_name().unwrap().display());
        std::fs::rename(&transit.1, transit.1.with_file_name(name)).unwrap();

        let (sync, mut inputs) = (sync(&folder, identity), MergeInputs::default());
        let mut report = SyncReport::default();
        let files = sync.list(&mut inputs, &mut report).unwrap();
        let all = [&intact, &there, &replaced, &gone, &damaged, &transit, &lake, &hill];
        assert_eq!(inputs.folder.present, all.map(|(file, _)| file.clone()).into());
        inputs.theirs.tree.entries.insert(there.0, "bytes".into());
        std::fs::remove_file(gone.1).unwrap();
        sync.leave_out_broken(&files, &mut inputs, &[replaced.0].into(), &mut report);
        let broken = [gone.0, damaged.0, transit.0, lake.0];
        assert_eq!(inputs.folder.broken, broken.into());
        let named = [lake.1, damaged.1].map(|path| Damaged { path, why: Damage::Broken });
        assert_eq!(report.left_out, named);
    }
}

#[test]
fn an_index_is_changed_where_it_differs_from_the_commit_and_nowhere_else() {
    let files = |pairs: &[(&str, &str)]| -> BTreeMap<JournalFile, Oid> {
        let file = |name: &str| {
            JournalFile::at(&format!("2026/11/2026-11-20-aaaaaaaaaa.aaaaa{name}.age")).unwrap()
        };
        pairs.iter().map(|(name, oid)| (file(name), oid.to_string())).collect()
    };
    let staged = files(&[("a", "1"), ("b", "1"), ("c", "1"), ("d", "")]);
    let committed = files(&[("b", "1"), ("c", "2"), ("d", "1"), ("e", "1")]);
    let changes = to_stage(&staged, &committed).map(|(file, oid)| {
        let name = file.place();
        (name[name.len() - 5..name.len() - 4].to_owned(), oid.map(String::as_str))
    });
    let expected = [("a", None), ("c", Some("2")), ("d", Some("1")), ("e", Some("1"))];
    assert_eq!(changes.collect::<Vec<_>>(), expected.map(|(name, oid)| (name.to_owned(), oid)));
    assert_eq!(to_stage(&committed, &committed).count(), 0);
}

#[test]
fn a_file_that_another_process_wrote_is_as_good_and_any_other_failure_is_one() {
    let error = |kind: io::ErrorKind| {
        Err(crate::disk::DiskError::io("write", Path::new("/j"))(kind.into()))
    };
    let taken = crate::disk::DiskError::NameTaken { path: "/j/x".into() };
    assert!(or_taken(Ok(())).is_ok() && or_taken(Err(taken.into())).is_ok());
    assert!(or_taken(error(io::ErrorKind::StorageFull)).is_err());
}
