//! Paths that someone gives: for a file, for a folder, and for neither.

use crate::harness::{Home, files};

/// What reads a file that the user names.
const READS_A_FILE: &[&str] = &[
    "write --answers", "export --template", "key backup --check", "init --identity",
    "write x --attach",
];

/// What writes a file that the user names.
const WRITES_A_FILE: &[&str] =
    &["export --force -o", "patterns --force --html", "patterns --html", "key backup"];

/// What takes a folder that the user names.
const TAKES_A_FOLDER: &[&str] = &["show --save", "man -o", "list --journal", "init --journal"];

fn home() -> Home {
    let home = Home::ready();
    home.write("photo.txt", "a photo");
    home.keep("reflect --closeness 3 --attach photo.txt");
    home.write("titles.txt", "not a folder");
    home
}

#[test]
fn a_file_given_for_a_folder_or_above_one_is_refused_with_what_to_give() {
    let home = home();
    let expected = "titles.txt isn't a folder.\nGive a folder.\n";
    for verb in TAKES_A_FOLDER {
        home.run(&format!("{verb} titles.txt")).exits(2).says(expected);
        home.run(&format!("{verb} titles.txt/new/deeper")).exits(2).says(expected);
    }
    for verb in WRITES_A_FILE {
        home.run(&format!("{verb} titles.txt/x")).exits(2).says(expected);
    }
    home.run("export -o titles.txt/").exits(2).says(expected);
    home.run("list").env("INWARD_JOURNAL", "titles.txt").exits(2).says(expected);
}

#[test]
fn a_folder_given_for_a_file_is_refused_as_no_second_try_would_help() {
    let home = home();
    std::fs::create_dir(home.path().join("folder")).unwrap();
    for verb in READS_A_FILE.iter().chain(WRITES_A_FILE) {
        if *verb == "export --force -o" {
            continue;
        }
        let told = home.run(&format!("{verb} folder")).exits(2).stderr;
        assert!(!told.contains("Try again"), "{verb}: {told}");
    }
    let expected = "folder is a folder.\nGive a file.\n";
    home.run("write --answers folder").exits(2).says(expected);
    home.run("patterns --html folder").exits(2).says(expected);
    home.run("patterns --html folder --force").exits(2).says(expected);
}

#[test]
fn a_name_that_only_a_folder_can_have_is_refused_for_a_file_before_anything_is_written() {
    let home = home();
    let before = files(home.path());
    for verb in ["key backup", "key backup --page", "patterns --html", "patterns --for-paper"] {
        for name in ["new.svg/", "new.svg/."] {
            let expected = format!("{name} is the name of a folder.\nGive a file.\n");
            home.run(&format!("{verb} {name}")).exits(2).says(&expected);
        }
    }
    home.run("export -o new/.").exits(2).says("new/. is the name of a folder.\nGive a file.\n");
    assert_eq!(files(home.path()), before);
}

#[test]
fn a_file_below_a_file_is_one_that_is_not_there() {
    let home = home();
    for verb in READS_A_FILE {
        let told = home.run(&format!("{verb} titles.txt/x")).exits(2).stderr;
        assert!(told.contains("no file") || told.contains("no such file"), "{verb}: {told}");
    }
}

#[test]
fn an_empty_path_as_of_a_variable_that_is_not_set_is_refused_by_name() {
    let home = home();
    for (line, named) in [
        ("export -o ''", "`--output` needs a value."),
        ("write --answers ''", "`--answers` needs a value."),
        ("show --save ''", "`--save` needs a value."),
        ("list --journal ''", "`--journal` needs a value."),
        ("sync init ''", "“” isn't a valid value for `REMOTE`."),
        ("key backup ''", "“” isn't a valid value for `FILE`."),
        ("export --recipient ''", "`--recipient` needs a value."),
    ] {
        let told = home.run(line).exits(2).stderr;
        assert!(told.starts_with(named), "{line}: {told}");
    }
}
