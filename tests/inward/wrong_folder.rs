//! Entries that a copy or a move put into the wrong folder: they are named wherever they are
//! missed, until they are where they belong.

use std::path::Path;

use crate::harness::{Home, files, one_line};

const FACT: &str = "Your entries are in the wrong folder: ";

/// Moves what is in a journal's folder into one within it, or back.
fn move_year(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    std::fs::rename(from.join("2026"), to.join("2026")).unwrap();
}

#[test]
fn entries_in_the_wrong_folder_are_not_called_missing_or_fine() {
    let home = Home::ready();
    home.keep("write words");
    home.run("list").ok();
    move_year(&home.journal(), &home.journal().join("journal"));
    for line in ["list", "show", "search words", "patterns", "export", "look", "doctor"] {
        let refused = home.run(line).exits(5);
        assert!(refused.stderr.starts_with(FACT), "{line}: {refused:?}");
        assert!(refused.stdout.is_empty(), "{line}: {refused:?}");
    }
}

#[test]
fn entries_in_the_wrong_folder_are_not_accepted_as_lost_nor_begun_anew() {
    let home = Home::ready();
    home.keep("write one");
    home.keep("write two");
    home.run("list").ok();
    let wrong = home.journal().join("journal");
    move_year(&home.journal(), &wrong);
    for line in ["doctor --accept", "doctor --accept --json", "init"] {
        let refused = home.run(line).exits(5).stderr;
        assert!(refused.starts_with(FACT), "{line}: {refused}");
    }
    // Nor while a copy of the key is restored.
    home.run("key backup copy.txt").ok();
    let restored = home.run("init --identity copy.txt").ok().stderr.clone();
    assert!(one_line(&restored).contains(FACT), "{restored}");
    move_year(&wrong, &home.journal());
    std::fs::remove_file(&files(&home.journal())[0]).unwrap();
    assert!(home.run("list").ok().stderr.contains("Missing: "));
}

#[test]
fn nothing_is_kept_beside_a_folder_that_a_stopped_session_left_while_entries_are_in_the_wrong_one()
{
    let home = Home::ready();
    home.keep("write words");
    let new = home.with_its_key();
    std::fs::create_dir_all(new.journal().join("2026/11")).unwrap();
    move_year(&home.journal(), &new.journal().join("journal"));
    for line in ["write more", "key reseal", "key rotate"] {
        let refused = one_line(&new.run(line).exits(5).stderr);
        assert!(refused.contains(FACT), "{line}: {refused}");
    }
    assert_eq!(files(&new.journal()).len(), 1);
}
