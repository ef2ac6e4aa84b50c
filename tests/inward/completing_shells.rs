//! What the shells themselves make of what is offered.

use std::process::Command;
use std::time::{Duration, Instant};

use crate::completing::hostile_home;
use crate::harness::{Home, Key, Terminal, program, succeeds};

/// A shell at a prompt of `> `, with the completions loaded.
fn shell(home: &Home, name: &str, arguments: &[&str], load: &str) -> Terminal {
    let path = program(home, name)
        .get_envs()
        .find(|(name, _)| *name == "PATH")
        .unwrap()
        .1
        .unwrap()
        .to_owned();
    let mut command = Command::new(name);
    command.args(arguments).env_clear().envs(home.env()).current_dir(home.path());
    command.env("PATH", path).env("PS1", "> ").env("INPUTRC", "/dev/null");
    let terminal = Terminal::start(command, 40, 100);
    terminal.wait_for(">");
    terminal.type_keys(load).press(Key::Enter);
    terminal.type_keys("clear; echo it is ready | tr a-z A-Z").press(Key::Enter);
    terminal.wait_for("IT IS READY");
    terminal
}

/// Types a line that ends in Tab, and waits for what it becomes.
#[track_caller]
fn completes(terminal: &Terminal, line: &str, shown: &str) {
    terminal.type_keys(line);
    for _ in 0..4 {
        // A second Tab lists what is left to choose.
        terminal.press(Key::Tab);
        let until = Instant::now() + Duration::from_secs(2);
        while !terminal.shown().contains(shown) && Instant::now() < until {
            std::thread::sleep(Duration::from_millis(20));
        }
        if terminal.shown().contains(shown) {
            break;
        }
    }
    assert!(terminal.shown().contains(shown), "{line}: {}", terminal.shown());
    terminal.press(Key::Ctrl('u'));
}

/// The same, of what is listed, where no sign is doubled.
#[track_caller]
fn completes_at_once(terminal: &Terminal, line: &str, shown: &[&str]) {
    terminal.type_keys(line).press(Key::Tab).press(Key::Tab);
    for word in shown {
        terminal.wait_for(word);
    }
    assert!(!terminal.shown().contains("outcome=outcome"), "{line}: {}", terminal.shown());
    terminal.press(Key::Ctrl('u'));
    terminal
        .type_keys("clear")
        .press(Key::Enter)
        .wait_until("an empty screen", |screen| screen.contents().trim() == ">");
}

fn a_shell_completes(name: &str, arguments: &[&str], load: &str) {
    let home = Home::evening();
    let id = home.keep("write words --tag seaside");
    home.write("evening-notes.txt", "a file that is not meant");
    let terminal = shell(&home, name, arguments, load);
    completes(&terminal, "inward list -p even", "inward list -p evening");
    completes(&terminal, "inward list --tag seas", "inward list --tag seaside");
    completes(&terminal, "inward list --tag=seas", "inward list --tag=seaside");
    completes(&terminal, &format!("inward show {}", &id[..4]), &format!("inward show {id}"));
    completes(&terminal, "inward gratitude --share not", "--share not-safe");
    completes(&terminal, "inward eveni", "inward evening");
    completes(&terminal, "inward export -o even", "inward export -o evening-notes.txt");
    completes(&terminal, "inward list --where outcome=fo", "outcome=forgot");
    completes(&terminal, "inward key rot", "inward key rotate");
    // The answer comes right behind the question's sign, in the same word or not.
    for flag in ["--where ", "--where="] {
        let line = format!("inward list {flag}outco");
        completes(&terminal, &line, &format!("inward list {flag}outcome="));
        let line = format!("inward list {flag}outcome=");
        completes_at_once(&terminal, &line, &["forgot", "noticed"]);
        terminal.type_keys("inward list ").type_keys(flag).type_keys("outco").press(Key::Tab);
        completes_at_once(&terminal, "fo", &[&format!("{flag}outcome=forgot")]);
    }
}

/// Completes hostile words, and enters what came of it.
fn a_shell_runs_nothing_of_them(name: &str, arguments: &[&str], load: &str) {
    let home = hostile_home();
    home.write("x-file.txt", "a file that a star would match");
    let terminal = shell(&home, name, arguments, load);
    for (line, whole) in [
        ("inward list --tag x", "--tag xylem"),
        ("inward walk --way x", "--way xenia"),
        ("inward list --where way=x", "way=xenia"),
    ] {
        completes(&terminal, line, whole);
    }
    for line in ["inward list -p x", "inward x", "inward practices show x"] {
        terminal.type_keys(line).press(Key::Tab).press(Key::Tab).press(Key::Enter);
        terminal.type_keys("echo done with it | tr a-z A-Z").press(Key::Enter);
        terminal.wait_for("DONE WITH IT");
        terminal.type_keys("clear").press(Key::Enter);
    }
    assert!(!home.path().join("ran").exists(), "a candidate was run");
    assert!(!terminal.raw().contains("\u{1b}]0;owned"), "an order reached the terminal");
}

#[test]
#[ignore = "needs bash; run in CI"]
fn bash_completes_what_the_journal_knows() {
    let load = "source <(inward completions bash)";
    a_shell_completes("bash", &["--norc", "--noprofile", "-i"], load);
}

#[test]
#[ignore = "needs bash; run in CI"]
fn bash_runs_nothing_that_a_candidate_holds() {
    let load = "source <(inward completions bash)";
    a_shell_runs_nothing_of_them("bash", &["--norc", "--noprofile", "-i"], load);
}

#[test]
#[ignore = "needs zsh; run in CI"]
fn zsh_runs_nothing_that_a_candidate_holds() {
    let load = "autoload -U compinit; compinit -u; source <(inward completions zsh)";
    a_shell_runs_nothing_of_them("zsh", &["-f", "-i"], load);
}

#[test]
#[ignore = "needs fish; run in CI"]
fn fish_offers_nothing_that_a_candidate_could_run() {
    let home = hostile_home();
    let complete = |words: &str| {
        let script = format!("inward completions fish | source; complete -C '{words}'");
        succeeds(program(&home, "fish").args(["--no-config", "-c", &script]))
    };
    assert_eq!(complete("inward list --tag x"), "xylem\n");
    assert!(complete("inward walk --way x").starts_with("xenia\t"));
    assert!(!complete("inward ").contains('\u{1b}'));
    assert!(!home.path().join("ran").exists(), "a candidate was run");
}

#[test]
#[ignore = "needs zsh; run in CI"]
fn zsh_completes_what_the_journal_knows() {
    let load = "autoload -U compinit; compinit -u; source <(inward completions zsh)";
    a_shell_completes("zsh", &["-f", "-i"], load);
}

#[test]
#[ignore = "needs fish; run in CI"]
fn fish_completes_what_the_journal_knows() {
    let home = Home::evening();
    let id = home.keep("write words --tag seaside");
    home.write("evening-notes.txt", "a file that is not meant");
    let complete = |words: &str| {
        let script = format!("inward completions fish | source; complete -C '{words}'");
        succeeds(program(&home, "fish").args(["--no-config", "-c", &script]))
    };
    for (line, word) in [
        ("inward list -p even", "evening"),
        ("inward list --tag seas", "seaside"),
        ("inward list --tag=seas", "--tag=seaside"),
        ("inward eveni", "evening"),
        ("inward export -o even", "evening-notes.txt"),
        ("inward import even", "evening-notes.txt"),
    ] {
        let shown = complete(line);
        let words: Vec<&str> = shown.lines().map(|line| line.split('\t').next().unwrap()).collect();
        assert_eq!(words, [word], "{line}");
    }
    let shown = complete("inward show ");
    assert!(shown.starts_with(&format!("{id}\twrite today at 21:14\n")), "{shown}");
    assert!(!shown.contains("evening-notes"), "{shown}");
    assert!(complete("inward reflect --closeness ").starts_with("0\tnot at all\n1\t"));
}
