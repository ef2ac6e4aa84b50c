//! What README.md and docs/MANUAL.md show is what happens. A fenced block behind the
//! comment `<!-- tested -->` is run, line by line, and all of a page in one fresh home:
//! lines that begin with `$ ` are commands, the lines below each are what it
//! prints, on both outputs; `…` stands for anything.

use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::harness::{BINARY, Home};

#[test]
fn the_commands_in_the_readme_and_the_manual_print_what_they_show() {
    for page in ["README.md", "docs/MANUAL.md"] {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(page);
        let text = std::fs::read_to_string(file).unwrap_or_default();
        let blocks = tested(&text);
        assert!(!blocks.is_empty(), "{page} has no block behind <!-- tested -->");
        // One home for all of them: a reader follows from the top.
        let home = Home::new();
        for (command, shown) in blocks.into_iter().flatten() {
            let printed = run(&home, &command);
            let fits = matches(&shown, &printed);
            assert!(fits, "{page}: $ {command}\n--- shown\n{shown}\n--- printed\n{printed}");
        }
    }
}

#[test]
fn the_readme_is_short_and_leaves_no_journal_without_a_passphrase() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = std::fs::read_to_string(file).unwrap();
    assert!(readme.lines().count() <= 260, "{}", readme.lines().count());
    assert!(!readme.contains("--no-passphrase"));
}

/// Each block as its commands, and what each is said to print.
fn tested(readme: &str) -> Vec<Vec<(String, String)>> {
    let behind = readme.split("<!-- tested -->").skip(1);
    let fenced = behind.map(|rest| {
        let rest = rest.trim_start();
        let block = rest.strip_prefix("```").and_then(|rest| rest.split_once('\n'));
        let (_, block) = block.expect("a fenced block follows <!-- tested -->");
        block.split("\n```").next().unwrap_or_default()
    });
    fenced.map(commands).collect()
}

fn commands(block: &str) -> Vec<(String, String)> {
    let mut commands: Vec<(String, String)> = Vec::new();
    for line in block.lines() {
        match (line.strip_prefix("$ "), commands.last_mut()) {
            (Some(command), _) => commands.push((command.to_owned(), String::new())),
            (None, Some((command, _))) if command.ends_with('\\') => {
                *command = format!("{command}\n{line}");
            }
            (None, Some((_, shown))) => *shown = format!("{shown}{line}\n"),
            (None, None) => panic!("a block begins with a command: {line}"),
        }
    }
    commands
}

fn run(home: &Home, command: &str) -> String {
    let programs = home.path().join(".bin");
    std::fs::create_dir_all(&programs).unwrap();
    let _ = symlink(BINARY, programs.join("inward"));
    let path = format!("{}:{}", programs.display(), std::env::var("PATH").unwrap_or_default());
    let script = format!("exec 2>&1\n{command}\n");
    let mut shell = Command::new("sh");
    shell.args(["-c", &script]).env_clear().envs(home.env()).env("PATH", path);
    let output = shell.current_dir(home.path()).stdin(Stdio::null()).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// Is this what is shown, line by line, where `…` stands for anything: on a
/// line of its own for any lines, within a line for any text?
fn matches(shown: &str, printed: &str) -> bool {
    let trimmed = |text: &str| -> Vec<String> {
        text.trim_end().lines().map(|line| line.trim_end().to_owned()).collect()
    };
    lines_match(&trimmed(shown), &trimmed(printed))
}

fn lines_match(shown: &[String], printed: &[String]) -> bool {
    match shown.split_first() {
        None => printed.is_empty(),
        Some((any, rest)) if any.trim() == "…" => {
            (0..=printed.len()).any(|skip| lines_match(rest, &printed[skip..]))
        }
        Some((line, rest)) => printed.split_first().is_some_and(|(first, printed)| {
            line_matches(line, first) && lines_match(rest, printed)
        }),
    }
}

fn line_matches(shown: &str, printed: &str) -> bool {
    let Some((begins, rest)) = shown.split_once('…') else { return shown == printed };
    let (between, ends) = rest.rsplit_once('…').unwrap_or(("", rest));
    let inner = printed.strip_prefix(begins).and_then(|inner| inner.strip_suffix(ends));
    let Some(mut inner) = inner else { return false };
    between.split('…').all(|part| match inner.find(part) {
        Some(at) => {
            inner = &inner[at + part.len()..];
            true
        }
        None => false,
    })
}

#[test]
fn an_ellipsis_stands_for_anything_and_nothing_else_does() {
    assert!(matches("a\n…\nz\n", "a\nb\nc\nz\n") && matches("a\n…\nz\n", "a\nz\n"));
    assert!(matches("Kept: today at …, ….", "Kept: today at 21:14, k3v9q2m8ab."));
    assert!(!matches("a\nz\n", "a\nb\nz\n") && !matches("Kept: …", "Lost: x"));
    assert!(matches("  …  words", "  k3v9q2m8ab  other  words") && !matches("a…b", "a-c"));
}

#[test]
fn blocks_and_their_commands_are_found() {
    let readme =
        "x\n\n<!-- tested -->\n```console\n$ a \\\n  b\nout\n$ c\n```\n\n```sh\nuntested\n```\n";
    let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    assert_eq!(tested(readme), [[pair("a \\\n  b", "out\n"), pair("c", "")]]);
}

#[test]
fn every_test_that_is_named_on_a_page_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut named = 0;
    for page in ["README.md", "SECURITY.md", "docs/ARCHITECTURE.md", "docs/PROOF.md"] {
        let text = std::fs::read_to_string(root.join(page)).unwrap();
        // Other pages name functions, too, but none by a whole sentence.
        let has_only_tests = ["README.md", "SECURITY.md"].contains(&page);
        let is_test = |test: &str| has_only_tests || test.matches('_').count() > 3;
        for words in text.split('`').filter(|words| words.contains("::")) {
            let (file, test) = words.rsplit_once("::").unwrap();
            if file == "FILE" || !is_test(test) {
                continue;
            }
            let source = root.join(format!("tests/inward/{}.rs", file.replace("::", "/")));
            let source = std::fs::read_to_string(&source)
                .unwrap_or_else(|_| panic!("{page}: there is no {}", source.display()));
            // Those of `fuzz.rs` are rows of a macro.
            let is_there = [format!("fn {test}("), format!("\n    {test}: \"")];
            let is_there = is_there.iter().any(|row| source.contains(row));
            assert!(is_there, "{page}: there is no test {words}");
            named += 1;
        }
    }
    assert!(named > 60, "{named}");
    println!("{named} tests named");
}
