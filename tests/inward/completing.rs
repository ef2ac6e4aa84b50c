//! What shells complete: values and not the names of files, from the practices
//! and the journal as they are now; and nobody is asked for a passphrase.

use std::process::Command;
use std::time::{Duration, Instant};

use crate::harness::{Home, Key, NOW, Terminal, crafted, program, succeeds};

#[test]
fn each_place_on_the_command_line_is_completed_with_what_belongs_there() {
    let home = Home::evening();
    for (line, first) in [
        ("inward ", "intent"),
        ("inward list -p ev", "evening"),
        ("inward list -pev", "-pevening"),
        ("inward list --practice=ev", "--practice=evening"),
        ("inward due gra", "gratitude"),
        ("inward patterns ref", "reflect"),
        ("inward practices show wr", "write"),
        ("inward help scr", "scripting"),
        ("inward help rou", "routine"),
        ("inward man exp", "export"),
        ("inward routine e", "evening"),
        ("inward list --on t", "today"),
        ("inward write --at y", "yesterday"),
        ("inward reflect --closeness ", "0"),
        ("inward reflect --disagreement n", "no"),
        ("inward reflect --saw unsaid,rel", "unsaid,relying"),
        ("inward reflect --closen", "--closeness"),
        ("inward export --format csv", "csv"),
        ("inward config c", "check"),
        ("inward config set cha", "chapter"),
        ("inward config get cadence.ref", "cadence.reflect"),
        ("inward key re", "remove"),
        ("inward list --where clos", "closeness="),
        ("inward list --where outcome=n", "outcome=never-came-up"),
        ("inward list --where=outcome=d", "--where=outcome=did"),
        ("inward patterns clos", "closeness"),
        ("inward edit --closen", "--closeness"),
        ("inward --json li", "list"),
        ("inward key remove ", "age1"),
    ] {
        let words = home.completions(line);
        let offers = words.first().is_some_and(|word| match first {
            "age1" => word.starts_with(first),
            _ => word == first,
        });
        assert!(offers, "{line}: {words:?}");
    }
    assert!(home.completions("inward ").contains(&"evening".to_owned()), "the user's own");
    assert!(!home.completions("inward ").iter().any(|word| word.starts_with('-')));
    for line in ["inward search ", "inward list --containing ", "inward write so"] {
        assert!(home.completions(line).is_empty(), "{line}");
    }
    for line in ["inward export -o ", "inward import ", "inward write --answers "] {
        let words = ["completions", "bash", "--"].into_iter().chain(line.split(' '));
        home.run_args(words).exits(1).prints("").says("");
    }
}

#[test]
fn ids_and_tags_of_recent_days_are_offered_while_the_journal_is_open() {
    let mut home = Home::ready();
    let old = home.keep("write words --tag early --at '2026-09-01 10:00'");
    let id = home.keep("write words --tag sea --tag land");
    for line in ["inward show ", "inward edit ", "inward delete "] {
        assert_eq!(home.completions(line), [id.as_str()], "{line}");
    }
    assert_eq!(home.completions("inward list --tag "), ["land", "sea"]);
    let words = ["completions", "fish", "--", "inward", "show", ""];
    home.run_args(words).ok().prints(&format!("{id}\twrite today at 21:14\n"));
    home.at("2026-09-03T10:00:00+00:00");
    assert_eq!(home.completions("inward show ").last(), Some(&old));
}

#[test]
fn a_locked_journal_offers_the_ids_that_its_names_tell_and_no_tags_and_asks_nobody() {
    let home = Home::ready();
    let id = home.keep("write words --tag sea");
    home.run("key passphrase").env("INWARD_NEW_PASSPHRASE_COMMAND", "echo secret words").ok();
    let words = ["completions", "fish", "--", "inward", "show", ""];
    let asked = home.path().join("asked");
    let command = format!("touch {}; echo secret words", asked.display());
    let run = home.run_args(words).env("INWARD_PASSPHRASE_COMMAND", command);
    run.ok().prints(&format!("{id}\tMonday 23 November 2026\n")).says("");
    assert!(home.completions("inward list --tag ").is_empty());
    assert!(!asked.exists(), "the passphrase was fetched");
}

/// Tags, option ids and practice names that a shell would run, split, match with
/// files, or print as orders to the terminal.
const HOSTILE: &[&str] = &[
    "x$(touch${IFS}ran)",
    "x`touch${IFS}ran`",
    "x;touch${IFS}ran",
    "x*",
    "x\u{1b}]0;owned\u{7}",
    "x y",
    "x\\ny",
    "x'y",
    "x\"y",
    "x|touch${IFS}ran",
    "x>ran",
    "x{a,b}",
    "x~",
    "x!x",
    "x&touch${IFS}ran",
];

/// A journal into which an attacker has put tags and a practice.
fn hostile_home() -> Home {
    let home = Home::evening();
    let mut entry = crafted("words");
    entry.practice = "write".into();
    entry.at = NOW.parse().unwrap();
    entry.tags = HOSTILE.iter().map(|tag| tag.to_string()).chain(["xylem".into()]).collect();
    home.put(&entry);
    let options = HOSTILE.iter().map(|id| format!("{{ id = {id:?}, label = \"An option\" }}"));
    let options =
        options.map(|option| option.replace("\\u{1b}", "\\u001b").replace("\\u{7}", "\\u0007"));
    let walk = format!(
        "title = \"A walk\"\nabout = \"A \\u001b]0;owned\\u0007 walk\"\n\n[[question]]\nid = \"way\"\nask = \"Which?\"\nkind = \"choice\"\noptions = [{}, {{ id = \"xenia\", label = \"$(touch ran) \\u001b[2J\" }}]\n",
        options.collect::<Vec<_>>().join(", ")
    );
    home.write("inward/config/prompts/walk.toml", walk);
    for name in ["x$(touch ran)", "x*y", "x y"] {
        let text = "title = \"T\"\n[[question]]\nid = \"q\"\nask = \"Q?\"\nkind = \"text\"\n";
        home.write(&format!("inward/config/prompts/{name}.toml"), text);
    }
    home
}

#[test]
fn what_a_shell_would_read_as_its_own_is_never_offered() {
    let home = hostile_home();
    assert_eq!(home.completions("inward list --tag x"), ["xylem"]);
    assert_eq!(home.completions("inward walk --way x"), ["xenia"]);
    assert_eq!(home.completions("inward list --where way=x"), ["way=xenia"]);
    assert_eq!(home.completions("inward list -p x"), Vec::<String>::new());
    assert_eq!(home.completions("inward x"), Vec::<String>::new());
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        for line in
            ["inward ", "inward list --tag ", "inward walk --way ", "inward practices show "]
        {
            let words = ["completions", shell, "--"].into_iter().chain(line.split(' '));
            let printed = home.run_args(words).ok().says("").stdout.clone();
            let orders = |c: char| c.is_control() && c != '\n' && c != '\t';
            assert!(!printed.contains(orders), "{shell} {line}: {printed:?}");
        }
    }
}

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

#[test]
fn what_a_word_means_is_said_with_the_partners_name() {
    let home = Home::ready();
    for (name, shown) in [("", "your partner?"), ("partner = \"Sam\"\n", "Sam?")] {
        home.config(name);
        for line in ["inward reflect --closen", "inward edit --closen", "inward list --where clos"]
        {
            let words = ["completions", "fish", "--"].into_iter().chain(line.split(' '));
            let offered = home.run_args(words).ok().stdout;
            let shown = format!("How close did you feel to {shown}");
            assert!(offered.contains(&shown) && !offered.contains('{'), "{line}: {offered}");
        }
    }
}
