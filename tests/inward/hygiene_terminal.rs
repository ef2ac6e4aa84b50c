//! What a terminal would act on: from whatever place it comes, it is shown and
//! not obeyed, on a terminal as well as in a pipe.

use std::collections::BTreeMap;
use std::path::Path;

use crate::harness::{Home, Key, Terminal, crafted, file_of, files, name};

/// Renames the window, rings, colours by one byte, and turns the line around.
const EVIL: &str = "\u{1b}]0;owned\u{7}\u{9b}31m\u{202e}\u{8}\rwords";

const SHELLS: [&str; 5] = ["bash", "zsh", "fish", "elvish", "powershell"];

#[track_caller]
fn harmless(shown: &str, whence: &str) {
    for order in ["\u{1b}]0", "\u{7}", "\u{9b}", "\u{202e}", "\u{8}"] {
        assert!(!shown.contains(order), "{whence}: {order:?} in {shown:?}");
    }
}

/// Nothing at all that a terminal acts on: not even our own colours.
#[track_caller]
fn plain(shown: &str, whence: &str) {
    let acted_on = |c: char| c.is_control() && c != '\n';
    assert!(!shown.contains(acted_on), "{whence}: {shown:?}");
    harmless(shown, whence);
}

#[track_caller]
fn runs_plainly(home: &Home, arguments: &str) {
    let outcome = home.run(arguments).outcome();
    plain(&outcome.stdout, arguments);
    plain(&outcome.stderr, arguments);
    let terminal = home.terminal_of(24, 80, arguments, &[("PAGER", Path::new("cat"))]);
    terminal.end();
    harmless(&terminal.raw(), arguments);
}

/// An entry that is hostile wherever an entry can be.
fn hostile(home: &Home) -> String {
    let mut entry = crafted(EVIL);
    entry.practice = format!("write{EVIL}");
    entry.tags = vec![format!("tag{EVIL}")];
    let answer = &mut entry.answers[0];
    answer.asked = format!("Asked{EVIL}");
    answer.question = format!("page{EVIL}");
    answer.labels = BTreeMap::from([(EVIL.to_owned(), format!("label{EVIL}"))]);
    entry.unknown.insert(EVIL.into(), EVIL.into());
    home.put(&entry);
    let mut plainly = crafted(EVIL);
    plainly.unknown.insert(EVIL.into(), EVIL.into());
    home.put(&plainly);
    entry.id.to_string()
}

#[test]
fn an_entry_gives_the_terminal_no_orders() {
    let home = Home::ready();
    let id = hostile(&home);
    for arguments in [
        "list",
        "list --json",
        "show --last 9",
        "show --json",
        "search words",
        "search words --json",
        "export",
        "export --json",
        "",
        &format!("show {id}"),
        &format!("edit {id} --at yesterday"),
    ] {
        runs_plainly(&home, arguments);
    }
    let refused = home.run(&format!("edit {id} --answers -")).stdin(r#"{"nothing": 1}"#).exits(2);
    plain(&refused.stderr, "the questions of a hostile entry");
    let leave = |terminal: &Terminal, question: &str| {
        terminal.asked(question).press(Key::Ctrl('c')).ends(130);
        harmless(&terminal.raw(), question);
    };
    leave(&home.terminal(&format!("delete {id}")), "Delete this entry?");
    let edit = home.terminal(&format!("edit {id}"));
    edit.asked("What should change?").choose(1);
    leave(&edit, "Asked");
}

#[test]
fn an_entry_is_exported_to_a_file_as_it_would_be_shown() {
    let home = Home::ready();
    hostile(&home);
    home.run("export -o all.json --json").ok();
    let text = std::fs::read_to_string(home.path().join("all.json")).unwrap();
    let said: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(said["entries"][0]["answers"][0]["value"], EVIL, "nothing of it is lost");
}

/// A practice that is hostile wherever a practice can be.
fn practice() -> String {
    let evil: String = EVIL.chars().map(|c| format!("\\u{:04x}", u32::from(c))).collect();
    format!(
        r#"title = "Title {evil}"
about = "About {evil}"
intro = "Intro {evil}"
primary = "page"
closing = ["Closing {evil}"]
closing-by-day = ["Day {evil}"]
care.intro = "Care {evil}"
more = {{ before = "how-much", say = "More {evil}" }}

[[section]]
id = "one"
title = "First {evil}"
intro = "Section {evil}"

[[section]]
id = "two"
title = "Second {evil}"

[[question]]
section = "one"
id = "page"
ask = "Page {evil}"
help = "Help {evil}"
kind = "text"
suggestions = ["Suggestion {evil}"]

[[question]]
section = "one"
id = "one-of"
ask = "One of {evil}"
kind = "choice"
options = [{{ id = "a", label = "Option {evil}" }}, {{ id = "b", label = "Other {evil}" }}]

[[question]]
section = "two"
id = "some-of"
ask = "Some of {evil}"
kind = "choices"
options = [{{ id = "a", label = "Option {evil}" }}, {{ id = "b", label = "Other {evil}" }}]

[[question]]
section = "two"
id = "how-much"
ask = "How much {evil}"
kind = "scale"
scale = {{ min = 0, max = 2, labels = ["none {evil}", "some {evil}", "much {evil}"] }}
"#
    )
}

#[test]
fn a_practice_file_gives_the_terminal_no_orders() {
    let home = Home::ready();
    home.write("inward/config/prompts/evil.toml", practice());
    let evil: String = EVIL.chars().map(|c| format!("\\u{:04x}", u32::from(c))).collect();
    home.config(&format!("partner = \"Sam {evil}\"\n"));
    assert!(home.run("practices check").ok().stderr.starts_with("All 15"));
    for arguments in [
        "practices",
        "practices --json",
        "practices show evil",
        "practices show evil --json",
        "practices show reflect",
        "",
        "due",
        "--help",
        "evil --help",
        "reflect --help",
        "evil --one-of c",
        "evil --how-much 7",
        "evil words --how-much 1 --one-of a",
    ] {
        runs_plainly(&home, arguments);
    }
    for shell in SHELLS {
        let script = home.run(&format!("completions {shell}")).ok().stdout;
        harmless(&script, shell);
    }
    let manual = home.run("man").ok().stdout;
    harmless(&manual, "the manual");
    let terminal = home.terminal("evil");
    terminal.asked("First").choose(0);
    terminal.asked("Page").press(Key::Down).press(Key::Tab).press(Key::Enter);
    terminal.asked("One of").choose(1);
    terminal.asked("Second").choose(0);
    terminal.asked("Some of").press(Key::Space).press(Key::Enter);
    terminal.asked("More").choose(1);
    terminal.asked("How much").choose(2);
    terminal.asked("Keep it").press(Key::Enter);
    terminal.asked("Closing").press(Key::Enter);
    terminal.ends(0);
    harmless(&terminal.raw(), "a session");
}

#[test]
fn a_practice_file_with_a_mistake_gives_the_terminal_no_orders() {
    let home = Home::ready();
    let evil: String = EVIL.chars().map(|c| format!("\\u{:04x}", u32::from(c))).collect();
    for broken in [
        practice().replace("kind = \"text\"", &format!("kind = \"{evil}\"")),
        practice().replace("id = \"page\"", &format!("id = \"{evil}\"")),
        practice().replace("primary = \"page\"", &format!("primary = \"{evil}\"")),
        practice().replace("section = \"two\"", &format!("section = \"{evil}\"")),
        format!("\"{evil}\" = 1\n{}", practice()),
        format!("title = \"x{EVIL}\n"),
    ] {
        home.write("inward/config/prompts/evil.toml", &broken);
        home.run("practices check").exits(2);
        runs_plainly(&home, "practices check");
        runs_plainly(&home, "evil words");
        runs_plainly(&home, "practices");
    }
    let other = Home::ready();
    let odd = other.write("inward/config/prompts/evil.toml", "nothing");
    std::fs::rename(&odd, odd.with_file_name(format!("evil{EVIL}.toml"))).unwrap();
    other.write("inward/config/prompts/$(touch ran).toml", practice());
    for arguments in ["practices", "practices check", "--help", "list", "evil"] {
        runs_plainly(&other, arguments);
    }
    for shell in SHELLS {
        let script = other.run(&format!("completions {shell}")).ok().stdout;
        harmless(&script, shell);
        assert!(!script.contains("touch"), "{shell}: a name becomes no command");
    }
    let named = other.run("practices check").exits(2).stderr;
    assert!(named.contains("$(touch ran).toml"), "{named}");
}

#[test]
fn a_list_of_recipients_that_was_written_by_hand_gives_the_terminal_no_orders() {
    let (home, other) = (Home::ready(), Home::ready());
    let list = home.inward("config/recipients.txt");
    let key = std::fs::read_to_string(other.inward("config/recipients.txt")).unwrap();
    let key = key.lines().last().unwrap().to_owned();
    let own = std::fs::read_to_string(&list).unwrap();
    std::fs::write(&list, format!("{own}# phone{EVIL}\n{key}\n")).unwrap();
    for arguments in ["key", "key show", "key --json", "key reseal", "key remove age"] {
        runs_plainly(&home, arguments);
    }
    std::fs::write(&list, format!("{own}age1{EVIL}\n")).unwrap();
    for arguments in ["key", "key --json", "write words", "key reseal", "list"] {
        runs_plainly(&home, arguments);
    }
    let named = home.run_args(["key", "add", &key, "--name", EVIL]).exits(2);
    plain(&named.stderr, "a name");
    let missing = home.run_args(["key", "remove", EVIL]).exits(2);
    plain(&missing.stderr, "a name that is not there");
}

#[test]
fn the_name_of_a_file_gives_the_terminal_no_orders() {
    let home = Home::ready();
    let id = home.keep("write words");
    let file = file_of(&home, &id);
    for odd in ["zzzzzzzzzz", &id] {
        let copy = name(&file).replace(&id, odd).replace(".age", &format!("{EVIL}.age"));
        std::fs::write(file.with_file_name(copy), "x").unwrap();
    }
    std::fs::remove_file(&file).unwrap();
    for arguments in ["list", "show", &format!("show {id}"), "export", "key rotate", "list --json"]
    {
        assert_eq!(home.run(arguments).outcome().code, 4, "{arguments}");
        runs_plainly(&home, arguments);
    }
    assert_eq!(files(&home.journal()).len(), 2);
    // Nor that of one which the user chose.
    let whole = Home::ready();
    whole.keep("write words");
    for place in [format!("a{EVIL}.md"), format!("b{EVIL}/")] {
        let outcome = whole.run_args(["export", "-o", &place]).ok();
        plain(&outcome.stderr, "an export");
        let again = whole.run_args(["export", "-o", &place]).outcome();
        assert!(matches!(again.code, 0 | 2), "{}", again.stderr);
        plain(&again.stderr, "an export over another");
    }
    let backup = whole.run_args(["key", "backup", "--page", &format!("{EVIL}.pdf")]).exits(2);
    plain(&backup.stderr, "a page");
}
