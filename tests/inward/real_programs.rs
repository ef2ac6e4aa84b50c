//! Programs that others wrote: what is promised about age, jq, shells and
//! editors, against the real ones. They are not part of a Rust toolchain, so
//! `cargo test -- --ignored` runs these where they are installed.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use crate::harness::{
    CALLS, Fault, Home, Key, Terminal, file_of, files, mode, program, succeeds, walk,
};

#[test]
#[ignore = "needs age and jq; run in CI"]
fn age_opens_every_file_of_a_journal_and_jq_reads_it() {
    let home = Home::ready();
    let id = home.keep("reflect 'The heron' --closeness 3 -t repair");
    home.keep("write 'two\nlines' --at yesterday");
    home.run("write").stdin("x".repeat(200_000)).ok();
    home.run(&format!("edit {id} --tag sea")).ok();
    let deleted = home.keep("write 'to be deleted'");
    home.run(&format!("delete {deleted} --yes")).ok();
    let identity = home.inward("config/identity.txt");
    let found = files(&home.journal());
    assert_eq!(found.len(), 4);
    let mut practices = Vec::new();
    for file in found {
        let script = r#"age -d -i "$1" "$2" | jq -r .practice"#;
        let mut shell = program(&home, "sh");
        practices.push(succeeds(shell.args(["-c", script, "sh"]).arg(&identity).arg(&file)));
    }
    practices.sort();
    assert_eq!(practices, ["reflect\n", "write\n", "write\n", "write\n"]);
}

#[test]
#[ignore = "needs age; run in CI"]
fn age_opens_the_identity_with_the_passphrase_and_then_the_journal() {
    let home = Home::locked("echo 'correct horse'");
    home.keep("write 'the heron'");
    let mut age = program(&home, "age");
    age.args(["-d", "-o", "opened.json", "-i"]).arg(home.inward("config/identity.age"));
    age.arg(&files(&home.journal())[0]).stdin(Stdio::inherit());
    let terminal = Terminal::start(age, 24, 80);
    terminal.wait_for("passphrase").answer("correct horse").ends(0);
    let opened = std::fs::read(home.path().join("opened.json")).unwrap();
    let entry: serde_json::Value = serde_json::from_slice(&opened).unwrap();
    assert_eq!(entry["answers"][0]["value"], "the heron");
}

#[test]
#[ignore = "needs age; run in CI"]
fn a_file_that_age_sealed_to_the_recipient_of_another_tool_is_read() {
    let home = Home::ready();
    let id = home.keep("write 'the heron'");
    let file = files(&home.journal()).remove(0);
    // Decrypted and sealed again by age itself, as a person mending would.
    let script = r#"age -d -i "$1" "$3" > plain && age -R "$2" -o sealed plain && mv sealed "$3""#;
    let mut shell = program(&home, "sh");
    shell.args(["-c", script, "sh"]).arg(home.inward("config/identity.txt"));
    succeeds(shell.arg(home.inward("config/recipients.txt")).arg(&file));
    assert_eq!(home.entry(&id)["answers"][0]["value"], "the heron");
}

#[test]
#[ignore = "needs zsh; run in CI"]
fn zsh_loads_the_completions() {
    let home = Home::new();
    let text = home.run("completions zsh").ok().stdout;
    home.write("functions/_inward", &text);
    let script = "fpath=($HOME/functions $fpath); autoload -U compinit; compinit -u -D; \
                  autoload +X -U _inward && whence -w _inward && print -- $_comps[inward]";
    let printed = succeeds(program(&home, "zsh").args(["-f", "-c", script]));
    assert_eq!(printed, "_inward: function\n_inward\n");
}

#[test]
#[ignore = "needs vim; run in CI"]
fn vim_with_a_hostile_vimrc_leaves_no_copy_of_the_text_anywhere() {
    let home = Home::ready();
    home.write(
        ".vimrc",
        "set nocompatible undofile backup writebackup swapfile undolevels=1000\n\
         set undodir=~/.vim/undo backupdir=~/.vim/backup directory=~/.vim/swap\n\
         set viminfo='100,<1000,:100,/100 viminfofile=~/.viminfo updatecount=1\n",
    );
    for folder in ["undo", "backup", "swap"] {
        std::fs::create_dir_all(home.path().join(".vim").join(folder)).unwrap();
    }
    let runtime = tempfile::tempdir_in("/dev/shm").unwrap();
    let env = [("EDITOR", Path::new("vim")), ("XDG_RUNTIME_DIR", runtime.path())];
    let terminal = home.terminal_of(24, 80, "write", &env);
    terminal.asked("Write what's there.").press(Key::Ctrl('o'));
    terminal.wait_for("entry.md");
    terminal.type_keys("ithe heron on the weir");
    terminal.wait_for("the heron on the weir").press(Key::Esc).type_keys(":w\r");
    terminal.wait_for("written");
    // A second change, yanked, searched for, and written: all that viminfo keeps.
    terminal.type_keys("yyp/heron\r:wq\r");
    for question in ["A title", "Tags", "How are you now"] {
        terminal.asked(question).press(Key::Enter);
    }
    terminal.ends(0).is_sane();
    let text = home.run("show").ok().stdout;
    assert_eq!(text.matches("the heron on the weir").count(), 2, "{text}");
    assert!(walk(runtime.path()).is_empty(), "{:?}", walk(runtime.path()));
    let written: Vec<PathBuf> = files(home.path());
    let written =
        written.into_iter().filter(|f| !f.starts_with(home.inward(""))).collect::<Vec<_>>();
    assert_eq!(written, [home.path().join(".vimrc")]);
}

#[test]
#[ignore = "needs strace; run in CI"]
fn a_full_disk_at_any_write_loses_no_kept_entry_and_says_so() {
    for when in 1..=6 {
        let mut home = Home::ready();
        let first = home.keep("write first");
        let before = std::fs::read(file_of(&home, &first)).unwrap();
        home.at("2026-11-23T22:00:00+00:00");
        let went = home.faulted("write second", &[], "write", when, Fault::Fails("ENOSPC"));
        let listed = home.listed("");
        if files(&home.journal()).len() == 2 {
            assert_eq!(listed, ["second", "first"], "what is there is whole");
        } else {
            assert_eq!(listed, ["first"]);
            assert_eq!(went.code, Some(5), "write {when}: {went:?}");
            assert!(went.stderr.contains("the disk is full"), "write {when}: {went:?}");
        }
        assert_eq!(std::fs::read(file_of(&home, &first)).unwrap(), before);
    }
}

#[test]
#[ignore = "needs strace; run in CI"]
fn killed_at_any_system_call_an_entry_is_whole_or_not_there() {
    let home = Home::ready();
    let traced = home.traced("write words", &[], CALLS);
    for call in CALLS {
        for when in 1..=traced.matches(&format!("{call}(")).count() {
            let went = home.faulted("write words", &[], call, when, Fault::Killed);
            let told = went.stdout.trim();
            let list = home.run("list --json").outcome();
            assert!([0, 1].contains(&list.code), "{call} {when}: {list:?}");
            assert!(told.is_empty() || list.stdout.contains(told), "{call} {when}: {told} is lost");
            let strays = walk(&home.journal()).into_iter().filter(|p| p.is_file());
            assert!(strays.into_iter().all(|p| p.extension().is_some_and(|e| e == "age")));
        }
    }
    assert_eq!(mode(&home.journal()), 0o700);
}
