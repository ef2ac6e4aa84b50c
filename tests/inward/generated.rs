//! Generated files that are checked in are what the program generates.

use std::collections::BTreeSet;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use crate::harness::{Home, files, program, source_files};

#[test]
fn what_a_shell_loads_is_the_file_of_that_shell() {
    let files = [
        ("bash", "inward.bash"),
        ("zsh", "_inward"),
        ("fish", "inward.fish"),
        ("elvish", "inward.elv"),
        ("powershell", "_inward.ps1"),
    ];
    let home = Home::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("completions");
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), files.len());
    for (shell, file) in files {
        let text = std::fs::read_to_string(folder.join(file)).unwrap();
        home.run(&format!("completions {shell}")).ok().prints(&text);
    }
}

/// Every verb, action of a verb and practice, as a manual page is called.
fn commands(home: &Home) -> Vec<String> {
    let all = home.commands();
    let actions = ["config", "key", "practices", "remind", "sync"].iter().flat_map(|verb| {
        let actions = home.completions(&format!("inward {verb} "));
        actions.into_iter().map(move |action| format!("inward-{verb}-{action}"))
    });
    let all = all.iter().map(|command| format!("inward-{command}"));
    ["inward".to_owned()].into_iter().chain(all).chain(actions).collect()
}

#[test]
fn there_is_a_manual_page_for_every_verb_and_practice() {
    let home = Home::new();
    home.run("man -o pages").ok();
    let pages = files(&home.path().join("pages"));
    let name = |page: &PathBuf| page.file_name().unwrap().to_str().unwrap().to_owned();
    let names: BTreeSet<String> = pages.iter().map(name).collect();
    assert_eq!(names, commands(&home).into_iter().map(|words| format!("{words}.1")).collect());
    for page in &pages {
        let text = std::fs::read_to_string(page).unwrap();
        assert!(text.contains(".SH NAME") && text.contains(".TH"), "{}", page.display());
    }
    let synopsis =
        "\\fBinward key add\\fR \\fIRECIPIENT|FILE\\fR... [\\fB\\-\\-name\\fR \\fINAME\\fR]";
    let page = home.run("man key add").ok().stdout;
    assert!(page.contains(synopsis), "{page}");
    assert!(home.run("man feel").ok().stdout.is_ascii(), "for formatters of any locale");
    assert_eq!(home.run("man show").ok().stdout, {
        std::fs::read_to_string(home.path().join("pages/inward-show.1")).unwrap()
    });
}

#[test]
fn the_manual_and_the_help_know_every_exit_code_and_variable() {
    let home = Home::new();
    let (page, help) = (home.run("man").ok().stdout, home.run("help environment").ok().stdout);
    let code: String = source_files().into_iter().map(|file| file.code).collect();
    let variables = code.split('"').filter(|word| word.starts_with("INWARD_"));
    let variables =
        variables.filter(|word| word.bytes().all(|b| b == b'_' || b.is_ascii_uppercase()));
    let variables: BTreeSet<&str> = variables.collect();
    assert!(variables.len() > 5, "{variables:?}");
    for word in variables.into_iter().chain(["NO_COLOR", "EDITOR", "PAGER"]) {
        assert!(page.contains(word) && help.contains(word), "{word}");
    }
    for code in ["0", "1", "2", "3", "4", "5", "130"] {
        assert!(page.contains(&format!(".TP\n\\fB{code}\\fR\n")), "{code}");
    }
}

#[test]
fn on_a_terminal_a_manual_page_is_shown_formatted() {
    let home = Home::new();
    let programs = home.path().join("programs");
    std::fs::create_dir_all(&programs).unwrap();
    let formatter = home.write("programs/man", "#!/bin/sh\nprintf 'formatted '\ngrep -c '^.SH'\n");
    std::fs::set_permissions(&formatter, std::fs::Permissions::from_mode(0o700)).unwrap();
    let path = format!("{}:/usr/bin:/bin", programs.display());
    // In the place of whichever formatter the system has.
    std::fs::copy(&formatter, programs.join("mandoc")).unwrap();
    let terminal = home.terminal_of(24, 80, "man show", &[("PATH", Path::new(&path))]);
    assert!(terminal.ends(0).shown().starts_with("formatted "), "{}", terminal.shown());
    let nowhere = home.path().join("nowhere");
    let terminal = home.terminal_of(24, 80, "man show", &[("PATH", &nowhere)]);
    let shown = terminal.ends(0).scrolled_back();
    assert!(shown.contains("Usage: inward show"), "{shown}");
}

#[test]
fn the_users_own_practice_has_a_page_as_well() {
    let page = Home::evening().run("man evening").ok().stdout;
    assert!(page.contains("inward\\-evening") && page.contains("connection"), "{page}");
}

#[test]
#[ignore = "needs mandoc; run in CI"]
fn the_manual_pages_are_well_formed() {
    let home = Home::evening();
    home.run("man -o pages").ok();
    let pages = files(&home.path().join("pages"));
    let mut lint = program(&home, "mandoc");
    let said = lint.args(["-T", "lint", "-W", "warning"]).args(&pages).output().unwrap().stdout;
    let said = String::from_utf8(said).unwrap();
    assert!(pages.len() > 30 && said.is_empty(), "{said}");
    // It would have seen a fault.
    let broken = home.write("broken.1", ".TH BROKEN 1\n.SH NAME\n.NO \\fBwords\n");
    let mut lint = program(&home, "mandoc");
    let said = lint.args(["-T", "lint", "-W", "warning"]).arg(broken).output().unwrap().stdout;
    assert!(!said.is_empty());
}

#[test]
fn every_dependency_has_its_sentence_of_reason() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |name: &str| std::fs::read_to_string(root.join(name)).unwrap();
    let (manifest, reasons) = (read("Cargo.toml"), read("CONTRIBUTING.md"));
    let manifest: toml::Table = manifest.parse().unwrap();
    let dependencies = dependencies(&manifest);
    for name in &dependencies {
        assert!(reasons.contains(&format!("| {name} |")), "{name} has no row in CONTRIBUTING.md");
    }
    assert!(dependencies.len() > 50, "{dependencies:?}");
}

/// `fuzz/` has a lock file of its own, which building the fuzzed program would otherwise change.
#[test]
fn the_lock_file_of_fuzzing_names_what_inward_uses() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let table = |name: &str| -> toml::Table {
        std::fs::read_to_string(root.join(name)).unwrap().parse().unwrap()
    };
    let (manifest, lock) = (table("Cargo.toml"), table("fuzz/Cargo.lock"));
    let packages = lock["package"].as_array().unwrap();
    let inward = packages.iter().find(|package| package["name"].as_str() == Some("inward"));
    let locked = inward.unwrap()["dependencies"].as_array().unwrap();
    for name in manifest["dependencies"].as_table().unwrap().keys() {
        // Where there are several versions of one, the version follows its name.
        let is_it = |locked: &toml::Value| locked.as_str().unwrap().split(' ').next() == Some(name);
        assert!(locked.iter().any(is_it), "fuzz/Cargo.lock lacks {name}");
    }
}

/// Of the program, its tests and its build, on any system.
fn dependencies(manifest: &toml::Table) -> Vec<&str> {
    let tables = manifest.iter().filter_map(|(name, value)| Some((name, value.as_table()?)));
    let names = tables.map(|(name, table)| match name.as_str() {
        "target" => {
            table.values().filter_map(toml::Value::as_table).flat_map(dependencies).collect()
        }
        name if name.ends_with("dependencies") => table.keys().map(String::as_str).collect(),
        _ => Vec::new(),
    });
    names.collect::<Vec<_>>().concat()
}
