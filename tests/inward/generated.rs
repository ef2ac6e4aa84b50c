//! Generated files that are checked in are what the program generates.

use std::path::Path;

use crate::harness::Home;

#[test]
fn the_completions_in_the_source_are_what_the_program_prints() {
    let files = [
        ("bash", "inward.bash"),
        ("zsh", "_inward"),
        ("fish", "inward.fish"),
        ("elvish", "inward.elv"),
        ("powershell", "_inward.ps1"),
    ];
    let home = Home::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("completions");
    let stale = files.iter().filter(|(shell, file)| {
        let printed = home.run(&format!("completions {shell}")).ok().stdout;
        std::fs::read_to_string(folder.join(file)).unwrap_or_default() != printed
    });
    let mend = stale
        .map(|(shell, file)| format!("  cargo run -- completions {shell} > completions/{file}\n"));
    let mend: String = mend.collect();
    assert!(mend.is_empty(), "the tree of commands has changed; run:\n{mend}");
}

#[test]
fn every_completion_knows_the_practices_the_verbs_and_the_flags_of_questions() {
    let home = Home::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let text = home.run(&format!("completions {shell}")).ok().stdout;
        for word in ["reflect", "gratitude", "export", "closeness", "on-this-day"] {
            assert!(text.contains(word), "{shell} does not know {word}");
        }
    }
}

#[test]
fn there_is_a_manual_page_for_every_verb_and_practice() {
    let home = Home::new();
    home.run("man -o pages").ok();
    for page in ["inward.1", "inward-reflect.1", "inward-export.1", "inward-practices.1"] {
        let text = std::fs::read_to_string(home.path().join("pages").join(page)).unwrap();
        assert!(text.contains(".SH NAME"), "{page}");
        assert!(text.contains(".TH"), "{page}");
    }
    assert_eq!(home.run("man show").ok().stdout, {
        std::fs::read_to_string(home.path().join("pages/inward-show.1")).unwrap()
    });
}

#[test]
fn every_dependency_has_its_sentence_of_reason() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |name: &str| std::fs::read_to_string(root.join(name)).unwrap();
    let (manifest, reasons) = (read("Cargo.toml"), read("CONTRIBUTING.md"));
    let mut checked = 0;
    for table in
        manifest.split("\n[").filter(|t| t.lines().next().unwrap().contains("dependencies]"))
    {
        for line in table.lines().skip(1).filter(|line| line.contains(" = ")) {
            let name = line.split(" = ").next().unwrap();
            assert!(
                reasons.contains(&format!("| {name} |")),
                "{name} has no row in CONTRIBUTING.md"
            );
            checked += 1;
        }
    }
    assert!(checked > 20, "the manifest was read");
}
