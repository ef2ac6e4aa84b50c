//! The shell's side of the day: the prompt's mark, routines, and the examples
//! for scripts.

use std::time::Instant;

use crate::harness::{Home, Key, program};

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
        "There's no routine “noon”.\nThe routines are morning, evening. Put your own under [routines] in config.toml.\n",
    );
    home.config("[routines]\nmorning = [\"pause\", \"intent\"]\nnoon = [\"wait\"]\n");
    home.run("routine --list").ok().prints("pause\nintent\n");
    let said = home.run("routine noon --list").exits(2).stderr;
    assert!(
        said.starts_with("The routine `noon` in line 3 of the settings lists “wait”"),
        "{said}"
    );
    assert!(home.run("config check").exits(2).stderr.contains("wait"));
    home.run("routine").exits(2);
}

#[test]
fn a_routine_leaves_out_what_the_menu_says_and_continues_to_the_next() {
    let home = Home::evening();
    home.config("[routines]\nnight = [\"evening\", \"write\", \"evening\"]\n");
    let terminal = home.terminal("routine night");
    let questions =
        ["this morning's intention", "One moment of connection", "How close did you feel"];
    for question in questions.iter().chain(&["What did you see", "a disagreement", "stay here"]) {
        terminal.asked(question).press(Key::Enter);
    }
    terminal.asked("Skip it").press(Key::Esc).asked("Safety").choose(1);
    terminal.asked("Skip it").choose(2).ends(0).is_sane();
    let raw = terminal.raw();
    assert!(raw.contains("Stop here"), "{raw}");
    assert!(!raw.contains("Write what's there."), "it was left out");
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
    assert!(terminal.shown().contains("Your draft is kept"), "{}", terminal.shown());
}

/// The examples of the topic: each paragraph that is there to be copied.
fn examples() -> Vec<String> {
    let text = include_str!("../../src/command/help/scripting.txt");
    let copied = text.split("\n\n").filter(|paragraph| paragraph.starts_with("  "));
    let lines = copied.map(|p| p.lines().map(|line| line[2..].to_owned() + "\n").collect());
    lines.collect()
}

/// The example that begins so.
fn example(begins: &str) -> String {
    examples().into_iter().find(|example| example.starts_with(begins)).expect(begins)
}

/// A morning after an evening, with what the examples name.
fn home_of_the_examples() -> Home {
    let mut home = Home::ready();
    home.keep("reflect 'He waited at the door.' --closeness 3");
    home.write("transcript.txt", "It was quiet.\n");
    home.write("titles.txt", "2026-11-20 By the weir\n2026-11-21 The heron\n");
    home.at("2026-11-24T08:00:00+00:00");
    home
}

/// What the shell prints, and what stands in the journal's newest entry then.
fn played(home: &Home, shell: &str, script: &str) -> String {
    let mut command = program(home, shell);
    let plain: &[&str] = match shell {
        "bash" => &["--norc", "-ec"],
        "zsh" => &["-fec"],
        "fish" => &["--no-config", "-c"],
        _ => &["-ec"],
    };
    let output = command.args(plain).arg(script).output().unwrap();
    let [out, err] = [output.stdout, output.stderr].map(|b| String::from_utf8(b).unwrap());
    assert!(output.status.success(), "{script}: {out}{err}");
    out
}

#[test]
#[ignore = "needs jq and fzf; run in CI"]
fn every_command_among_the_examples_for_scripts_works() {
    let mut said = String::new();
    let mut count = 0;
    for example in examples().iter().filter(|example| example.starts_with("$ ")) {
        for command in example.lines().map(|line| line.strip_prefix("$ ").expect(line)) {
            let home = home_of_the_examples();
            // fzf chooses by itself where one row alone fits.
            let choice = "export FZF_DEFAULT_OPTS='--select-1 --query door'";
            said += &played(&home, "sh", &format!("{choice}; {command}"));
            count += 1;
        }
    }
    assert!(count >= 7, "{count} examples");
    for words in ["2026-11-23\treflect\n", "\n3\n", "#repair", "21:14 · reflect ·"] {
        assert!(said.contains(words), "{words}: {said}");
    }
}

#[test]
fn the_loop_among_the_examples_keeps_a_page_for_each_line() {
    let home = home_of_the_examples();
    played(&home, "sh", &example("while read"));
    let entries = home.run("list -p write --json").ok().json();
    assert_eq!(entries["entries"].as_array().unwrap().len(), 2, "{entries}");
    assert!(home.run("list --on 2026-11-20").ok().stdout.contains("By the weir"));
}

#[test]
fn the_morning_script_among_the_examples_asks_once_a_day() {
    let home = home_of_the_examples();
    let script = home.write("morning", example("#!/bin/sh"));
    let run = format!("echo One slow breath. | sh {}", script.display());
    assert!(played(&home, "sh", &run).starts_with("What would you like"));
    assert!(home.run("list --on today").ok().stdout.contains("One slow breath."));
    assert_eq!(played(&home, "sh", &run), "");
}

#[test]
#[ignore = "needs git; run in CI"]
fn the_line_for_cron_among_the_examples_carries_the_journal() {
    let home = home_of_the_examples();
    played(&home, "sh", "git init --quiet --bare there; inward sync init \"$HOME/there\" 2>&1");
    home.keep("write words");
    let line = example("0 * * * *");
    let command = line.splitn(6, ' ').last().unwrap();
    played(&home, "sh", command);
    let log = played(&home, "sh", "git -C there log --oneline --name-only --all");
    assert_eq!(log.matches(".age").count(), 2, "{log}");
}

#[test]
#[ignore = "needs zsh and fish; run in CI"]
fn the_prompts_among_the_examples_show_the_mark_before_what_was_there() {
    let home = Home::ready();
    let prompts = example("PS1=");
    let line = |begins: &str| prompts.lines().find(|line| line.starts_with(begins)).unwrap();
    let bash = format!("PS1='mine> '; {}; echo \"${{PS1@P}}\"", line("PS1="));
    let zsh = format!("PROMPT='mine> '; {}; print -P -- \"$PROMPT\"", line("setopt"));
    let fish = format!("{}; fish_right_prompt", line("function"));
    let starship = prompts[prompts.find("[custom").unwrap()..].parse::<toml::Table>().unwrap();
    let starship = starship["custom"]["inward"]["command"].as_str().unwrap();
    assert_eq!(played(&home, "bash", &bash), "•mine> \n");
    assert_eq!(played(&home, "zsh", &zsh), "•mine> \n");
    assert_eq!(played(&home, "fish", &fish), "•\n");
    assert_eq!(played(&home, "sh", starship), "•\n");
    home.keep("reflect words");
    assert_eq!(played(&home, "bash", &bash), "mine> \n");
    assert_eq!(played(&home, "zsh", &zsh), "mine> \n");
    assert_eq!(played(&home, "fish", &fish), "");
}
