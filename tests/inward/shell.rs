//! The shell's side of the day: the prompt's mark, routines, and the examples
//! for scripts.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::harness::{BINARY, Home, Key};

#[test]
fn the_prompt_has_a_mark_where_something_is_due_and_names_nothing() {
    let mut home = Home::new();
    home.run("prompt").ok().prints("").says("");
    home.run("init --no-passphrase").ok();
    home.run("prompt").ok().prints("•\n").says("");
    home.run("prompt --format '{due:a minute?} {unlocked:open}'").ok().prints("a minute? \n");
    home.run("prompt --format '{intent}'").exits(2);
    home.keep("reflect words");
    home.run("prompt").ok().prints("");
    home.at("2026-11-24T08:00:00+00:00").run("prompt").ok().prints("•\n");
}

#[test]
#[ignore = "measures time; run in CI"]
fn the_prompt_is_as_quick_as_starting_the_program() {
    let home = Home::ready();
    let time = |arguments: &str| {
        let runs = (0..20).map(|_| {
            let begun = Instant::now();
            home.run(arguments).outcome();
            begun.elapsed()
        });
        runs.min().unwrap()
    };
    let (prompt, version) = (time("prompt"), time("--version"));
    assert!(prompt < version * 3, "{prompt:?} beside {version:?}");
}

#[test]
fn a_routine_goes_through_what_is_due_and_passes_over_what_is_kept() {
    let mut home = Home::ready();
    home.run("routine --list").ok().prints("reflect\n");
    home.run("routine morning --list").ok().prints("intent\n");
    home.keep("reflect words");
    home.run("routine --list").exits(1).prints("");
    home.at("2026-11-30T08:00:00+00:00");
    let due = home.run("routine --list").ok().stdout;
    assert!(due.starts_with("intent\ngratitude\n"), "{due}");
    assert!(!home.run("routine evening --list").ok().stdout.contains("intent"));
    home.run("routine noon").exits(2).says(
        "There is no routine “noon”.\nThere are morning, evening; [routines] in config.toml makes your own.\n",
    );
    home.config("[routines]\nmorning = [\"pause\", \"intent\"]\nnoon = [\"wait\"]\n");
    home.run("routine --list").ok().prints("pause\nintent\n");
    let said = home.run("routine noon --list").exits(2).stderr;
    assert!(said.starts_with("The routine `noon` names “wait”"), "{said}");
    assert!(home.run("config check").exits(2).stderr.contains("wait"));
    home.run("routine").exits(2);
}

#[test]
fn a_routine_leaves_out_what_esc_says_and_goes_on_to_the_next() {
    let home = Home::evening();
    home.config("[routines]\nnight = [\"evening\", \"write\", \"evening\"]\n");
    let terminal = home.terminal("routine night");
    terminal.asked("How did this morning's intention go?");
    terminal.press_until_the_end(Key::Esc);
    terminal.ends(0).is_sane();
    let raw = terminal.raw();
    assert!(raw.contains("Leave it out") && raw.contains("That is enough for now"), "{raw}");
    assert!(!raw.contains("Write what is there."), "it was left out");
    assert!(home.run("list").exits(1).stdout.is_empty());
}

#[test]
fn ctrl_c_stops_a_routine_and_keeps_the_draft() {
    let home = Home::evening();
    home.config("[routines]\nnight = [\"evening\", \"write\"]\n");
    let terminal = home.terminal("routine night");
    terminal.asked("How did this morning's intention go?").choose(2);
    terminal.asked("One moment of connection").press(Key::Ctrl('c'));
    terminal.ends(130).is_sane();
    assert!(terminal.shown().contains("is kept as a draft"), "{}", terminal.shown());
}

/// What stands on lines of the topic that are there to be copied.
fn examples() -> Vec<String> {
    let text = include_str!("../../src/command/help/scripting.txt");
    text.lines().filter_map(|line| line.strip_prefix("  ")).map(str::to_owned).collect()
}

fn shell(home: &Home, program: &str, arguments: &[&str]) -> String {
    let folder = Path::new(BINARY).parent().unwrap();
    let path = std::env::var("PATH").unwrap();
    let path = format!("{}:{}:{path}", home.path().display(), folder.display());
    let mut command = Command::new(program);
    command.args(arguments).env_clear().envs(home.env()).env("PATH", path);
    let output = command.current_dir(home.path()).stdin(Stdio::null()).output().unwrap();
    let [out, err] = [output.stdout, output.stderr].map(|b| String::from_utf8(b).unwrap());
    assert!(output.status.success(), "{program} {arguments:?}: {out}{err}");
    out
}

#[test]
#[ignore = "needs jq; run in CI"]
fn the_examples_for_scripts_work() {
    let mut home = Home::ready();
    home.at("2026-11-24T08:00:00+00:00");
    home.write("transcript.txt", "It was quiet.\n");
    let chooser = home.write("fzf", "#!/bin/sh\nhead -n 1\n");
    std::fs::set_permissions(&chooser, std::os::unix::fs::PermissionsExt::from_mode(0o700))
        .unwrap();
    let mut said = String::new();
    let commands: Vec<String> =
        examples().iter().filter_map(|line| line.strip_prefix("$ ")).map(str::to_owned).collect();
    assert!(commands.len() >= 8, "{commands:?}");
    for command in commands {
        // The morning's intention was kept by an example before.
        let command = command.replace("due --quiet intent &&", "due --quiet intent ||");
        said += &shell(&home, "sh", &["-ec", &command]);
    }
    assert!(said.contains("2026-11-24\tintent\n") && said.contains("\n3\n"), "{said}");
    assert!(
        said.contains("One slow breath") && said.contains("· 08:00") || said.contains("08:00"),
        "{said}"
    );
}

#[test]
#[ignore = "needs zsh and fish; run in CI"]
fn the_prompts_of_bash_zsh_and_fish_show_the_mark() {
    let home = Home::ready();
    let line = |begins: &str| examples().into_iter().find(|l| l.starts_with(begins)).unwrap();
    let bash = format!("{}; echo \"${{PS1@P}}\"", line("PS1="));
    assert!(shell(&home, "bash", &["--norc", "-c", &bash]).starts_with('•'));
    let zsh = format!("{}; print -P \"$PROMPT\"", line("setopt"));
    assert!(shell(&home, "zsh", &["-fc", &zsh]).starts_with('•'));
    let fish = format!("{}; fish_prompt", line("function"));
    assert_eq!(shell(&home, "fish", &["--no-config", "-c", &fish]), "•> ");
}
