//! What other programs are told: neither a secret nor an answer stands in the
//! arguments or the environment of anything that is started, where every
//! program of the same user could read it.

use crate::harness::{Home, Key};

/// Writes down the arguments and the environment of the program and of all
/// that led to it.
const SPY: &str = r#"p=$$
while [ "$p" -gt 1 ] && [ -r /proc/$p/status ]; do
    cat /proc/$p/cmdline /proc/$p/environ >> "$HOME/seen" 2> /dev/null
    while read -r key value _; do [ "$key" = PPid: ] && parent=$value; done < /proc/$p/status
    p=$parent
done
echo "[$0]" >> "$HOME/seen""#;

const WORDS: &str = "bladderwort";
const PASSPHRASE: &str = "correct-horse-battery";
const POCKET: &str = "age1pocket1wphkx6m9wsjr4vv4";

/// A journal with a passphrase that is in a file, and programs that look.
fn watched() -> Home {
    let home = Home::locked(&format!("echo {PASSPHRASE}"));
    home.write("passphrase", format!("{PASSPHRASE}\n"));
    home.script("ask", &format!("{SPY}\ncat \"$HOME/passphrase\""));
    home.script(
        "editor",
        &format!("{SPY}\nfor file; do :; done\necho \"$(cat \"$file\"), edited\" > \"$file\""),
    );
    home.script("pager", &format!("{SPY}\ncat > /dev/null"));
    let plugin = include_str!("harness/age-plugin-pocket").split_once('\n').unwrap().1;
    home.script("age-plugin-pocket", &format!("{SPY}\n{plugin}"));
    home.config("passphrase-command = \"$HOME/ask\"\n");
    home
}

#[track_caller]
fn saw_no_secret(home: &Home, program: &str) {
    let seen =
        String::from_utf8_lossy(&std::fs::read(home.path().join("seen")).unwrap()).into_owned();
    let name = home.path().join(program).display().to_string();
    assert!(seen.contains(&format!("[{name}]")), "{program} was not run: {seen}");
    assert!(seen.contains("INWARD_HOME="), "nothing was seen: {seen}");
    for secret in [WORDS, PASSPHRASE, "AGE-SECRET-KEY-"] {
        assert!(!seen.contains(secret), "{program} saw {secret}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_passphrase_command_is_told_no_secret() {
    let home = watched();
    home.run("write").stdin(WORDS).ok();
    home.run("list").ok();
    home.run("key rotate").ok();
    saw_no_secret(&home, "ask");
}

#[cfg(target_os = "linux")]
#[test]
fn an_editor_gets_the_text_in_its_file_and_in_no_other_way() {
    let home = watched();
    let editor = home.path().join("editor");
    let session = home.terminal_of(24, 80, "write", &[("EDITOR", &editor)]);
    session.asked("Write what's there.").type_keys(WORDS).press(Key::Ctrl('o'));
    for question in ["A title", "Tags", "How are you now"] {
        session.asked(question).press(Key::Enter);
    }
    session.ends(0);
    assert_eq!(home.listed(""), [format!("{WORDS}, edited")]);
    saw_no_secret(&home, "editor");
}

#[cfg(target_os = "linux")]
#[test]
fn a_pager_gets_the_text_through_a_pipe_and_in_no_other_way() {
    let home = watched();
    (0..30).for_each(|_| drop(home.run("write").stdin(WORDS).ok()));
    let pager = home.path().join("pager");
    home.terminal_of(24, 80, "list", &[("PAGER", &pager)]).ends(0);
    saw_no_secret(&home, "pager");
}

#[cfg(target_os = "linux")]
#[test]
fn a_plugin_is_told_no_entry_and_no_key_of_the_journal() {
    let home = watched();
    let path = format!("{}:{}", home.path().display(), std::env::var("PATH").unwrap());
    home.run(&format!("key add {POCKET}")).env("PATH", &path).ok();
    home.run("write").stdin(WORDS).env("PATH", &path).ok();
    let identity = home.write("pocket.txt", "AGE-PLUGIN-POCKET-1WPHKX6M9WS4AR8CK\n");
    let list = home.run("list").env("PATH", &path).env("INWARD_IDENTITY", &identity).ok();
    assert!(list.stdout.contains(WORDS));
    saw_no_secret(&home, "age-plugin-pocket");
}
