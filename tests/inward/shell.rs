//! The shell's side of the day: settings, the prompt's mark, routines,
//! reminders, and the examples for scripts.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::harness::{BINARY, Home, Key, files, one_line};

#[test]
fn without_a_file_every_setting_is_shown_and_saved_it_changes_nothing() {
    let home = Home::ready();
    let shown = home.run("config").ok().stdout;
    assert!(shown.contains("#morning-ends = \"12:00\""), "{shown}");
    home.config(&shown);
    home.run("config check").ok().says("The settings are in order.\n");
    home.config("partner = \"Sam\"\n");
    home.run("config").ok().prints("partner = \"Sam\"\n");
    let path = home.inward("config/config.toml");
    home.run("config path").ok().prints(&format!("{}\n", path.display()));
    home.run("config edit").exits(2);
}

#[test]
fn a_setting_that_nobody_knows_is_pointed_out_and_stops_nothing() {
    let home = Home::ready();
    home.config("morning-end = \"11:00\"\n");
    let file = home.inward("config/config.toml");
    let says = format!(
        "There is no setting “morning-end”; it stands in {} line 1 and is left out. Was `morning-ends` meant?\n",
        file.display()
    );
    let said = home.run("list").exits(1).stderr;
    assert!(one_line(&said).starts_with(&one_line(&says)), "{said}");
    assert_eq!(one_line(&home.run("config check").exits(2).stderr), one_line(&says));
    home.run("prompt").ok().says("");
}

#[test]
fn broken_settings_can_be_shown_and_checked_and_break_no_prompt() {
    let home = Home::ready();
    home.config("partner = \n");
    home.run("list").exits(2);
    home.run("config").ok().prints("partner = \n");
    let said = home.run("config check").exits(2).stderr;
    assert!(said.contains("line 1") && said.contains("inward config edit"), "{said}");
    home.run("prompt").ok().says("");
}

#[test]
fn settings_are_edited_in_the_editor_from_a_commented_start() {
    let home = Home::ready();
    let editor = home.write("editor", "#!/bin/sh\nsed -i 's/^#partner/partner/' \"$1\"\n");
    std::fs::set_permissions(&editor, std::os::unix::fs::PermissionsExt::from_mode(0o700)).unwrap();
    let terminal = home.terminal_of(24, 80, "config edit", &[("EDITOR", &editor)]);
    terminal.wait_for("The settings are in order.").ends(0);
    let text = std::fs::read_to_string(home.inward("config/config.toml")).unwrap();
    assert!(text.contains("\npartner = \"Sam\"\n") && text.contains("\n#[routines]\n"), "{text}");
}

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

#[test]
fn a_reminder_says_nothing_of_what_it_reminds_of() {
    let home = Home::ready();
    for system in ["systemd", "cron", "launchd"] {
        let text = home.run(&format!("remind --print {system} --at 21:05")).ok().stdout;
        assert!(text.contains("a quiet minute?") && text.contains("due --quiet"), "{text}");
        assert!(!text.contains("reflect") && !text.contains("journal"), "{text}");
    }
    let cron = home.run("remind --print cron --at 21:05 --text 'it is 50% \"so\"'").ok().stdout;
    assert!(cron.starts_with("5 21 * * * INWARD_HOME=") && cron.contains("50\\%"), "{cron}");
    home.run("remind --at 25:00 --print cron").exits(2);
    home.run("remind").exits(1).says("No reminder is set up. `inward remind install` does that.\n");
    home.run("remind remove").exits(1);
    assert!(files(&home.path().join(".config")).is_empty());
}

#[test]
fn a_reminder_that_systemd_cannot_be_told_of_is_not_half_set_up() {
    let home = Home::ready();
    let said = home.run("remind install").env("PATH", "/nowhere").exits(5).stderr;
    assert!(said.starts_with("Your systemd could not be told ("), "{said}");
    assert!(said.contains("inward remind --print cron"), "{said}");
    assert!(files(&home.path().join(".config")).is_empty());
    home.run("remind").exits(1);
    home.write(".config/systemd/user/inward-remind.timer", "[Timer]\n");
    home.run("remind remove").env("PATH", "/nowhere").ok().says("The reminder is gone.\n");
    assert!(files(&home.path().join(".config")).is_empty());
}

#[test]
fn a_reminder_is_set_up_by_telling_systemd() {
    let home = Home::ready();
    let told = home.path().join("told");
    let program =
        home.write("bin/systemctl", format!("#!/bin/sh\necho \"$@\" >>{}\n", told.display()));
    std::fs::set_permissions(&program, std::os::unix::fs::PermissionsExt::from_mode(0o700))
        .unwrap();
    let path = format!("{}:/usr/bin:/bin", home.path().join("bin").display());
    let run = |arguments: &str| home.run(arguments).env("PATH", &path).ok().stderr;
    assert_eq!(
        run("remind install --at 21:05"),
        "At 21:05, where something is due: “a quiet minute?”\n"
    );
    assert_eq!(run("remind"), "The reminder is set up and waits for its time.\n");
    let timer = home.path().join(".config/systemd/user/inward-remind.timer");
    assert!(std::fs::read_to_string(timer).unwrap().contains("OnCalendar=*-*-* 21:05:00"));
    run("remind remove");
    let told = std::fs::read_to_string(told).unwrap();
    let told: Vec<&str> = told.lines().collect();
    assert_eq!(told[0], "--user daemon-reload");
    assert_eq!(told[1], "--user enable --now inward-remind.timer");
    assert_eq!(told[3], "--user disable --now inward-remind.timer");
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

#[test]
#[ignore = "needs systemd; run in CI"]
fn systemd_finds_no_fault_in_the_units() {
    let home = Home::ready();
    let text = home.run("remind --print systemd --text '50% of $HOME \"so\"'").ok().stdout;
    let (service, timer) = text.split_once("\n# inward-remind.timer\n").unwrap();
    home.write("units/inward-remind.service", service);
    home.write("units/inward-remind.timer", timer);
    let units = ["units/inward-remind.service", "units/inward-remind.timer"];
    shell(&home, "systemd-analyze", &[&["verify", "--man=no"], &units[..]].concat());
}
