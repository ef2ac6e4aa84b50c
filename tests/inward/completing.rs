//! What shells complete: values and not the names of files, from the practices
//! and the journal as they are now; and nobody is asked for a passphrase.

use crate::harness::{Home, NOW, crafted};

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
fn only_what_the_line_can_still_take_is_offered() {
    let home = Home::evening();
    let offered = |line: &str| home.completions(line);
    // Of a practice its own questions, of a command its actions.
    let of_pause = offered("inward patterns pause ");
    assert!(of_pause.contains(&"unsettled".to_owned()), "{of_pause:?}");
    assert!(!of_pause.iter().any(|word| ["closeness", "reflect"].contains(&&**word)));
    assert!(offered("inward patterns quiet ").is_empty());
    assert!(offered("inward patterns -p pause ref").contains(&"reflect".to_owned()));
    assert_eq!(offered("inward help sync in"), ["init"]);
    assert_eq!(offered("inward help practices ").first(), Some(&"list".to_owned()));
    assert!(offered("inward help safety ").is_empty());
    assert!(offered("inward man key ").contains(&"backup".to_owned()));
    // Nothing that stands alone beside something else, and nothing twice.
    let beside = offered("inward reflect --saw stayed,");
    assert!(beside.iter().all(|word| !word.ends_with(",none")), "{beside:?}");
    assert!(beside.contains(&"stayed,unsaid".to_owned()), "{beside:?}");
    assert!(offered("inward reflect --saw no").contains(&"none".to_owned()));
    assert!(offered("inward reflect --saw none,").is_empty());
    assert_eq!(offered("inward list -p gratitude -p grat"), Vec::<String>::new());
    // Nothing behind a word that is no command.
    assert!(offered("inward nonsense ").is_empty());
    assert!(offered("inward nonsense list --").is_empty());
    assert!(offered("inward --js").contains(&"--json".to_owned()));
}

#[test]
fn a_setting_offers_its_values_and_a_span_its_words() {
    let home = Home::evening();
    let offered = |line: &str| home.completions(line);
    assert_eq!(offered("inward config set chapter "), ["together", "apart"]);
    assert_eq!(offered("inward config set accessible "), ["true", "false"]);
    assert_eq!(offered("inward config set keys "), ["emacs", "vi"]);
    assert_eq!(offered("inward config set cadence.gratitude su"), ["sunday"]);
    assert_eq!(offered("inward config set routines.morning int"), ["intent"]);
    assert!(offered("inward config set day-ends ").is_empty());
    assert_eq!(offered("inward patterns --against ")[..2], ["first", "previous"]);
}

#[test]
fn ids_and_tags_are_those_of_the_journal_that_the_line_names() {
    let home = Home::ready();
    home.run("init --journal other").ok();
    let here = home.keep("write words --tag sea --tag land");
    let there = home.keep("--journal other write words");
    assert_eq!(home.completions("inward show "), [here.as_str()]);
    assert_eq!(home.completions("inward --journal other show "), [there.as_str()]);
    assert_eq!(home.completions("inward show --journal=other "), [there.as_str()]);
    // Of an id that is there already, its beginning is enough.
    assert!(home.completions(&format!("inward show {} ", &here[..4])).is_empty());
    assert_eq!(home.completions("inward write --tags sea,"), ["sea,land"]);
    assert_eq!(home.completions("inward list --tag sea --not-tag "), ["land"]);
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
pub fn hostile_home() -> Home {
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
