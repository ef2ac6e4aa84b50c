//! The command line itself: every flag is used or refused, in our own words, with
//! the nearest that there is; and what stands in it is nobody else's to read.

use crate::harness::{Home, Key, files};

/// Refused with 2, by these words, and nothing is written.
#[track_caller]
fn refused(home: &Home, line: &str, said: &str) {
    let before = files(home.path());
    let outcome = home.run(line).exits(2);
    outcome.prints("");
    assert_eq!(outcome.stderr, said, "inward {line}");
    assert_eq!(files(home.path()), before, "inward {line}");
}

#[test]
fn what_does_not_belong_to_an_action_is_refused_and_not_ignored() {
    let home = Home::ready();
    let flags = |command: &str| {
        let word = " If you mean a word that starts with a hyphen, put it after --.";
        let word = if command == "write" { word } else { "" };
        format!("`inward {command} --help` lists its flags.{word}\n")
    };
    for (line, command, given, takes) in [
        ("key --page k.svg", "key", "--page", "key backup"),
        ("key show --leave", "key show", "--leave", "key remove"),
        ("remind status --at 21:00", "remind status", "--at", "remind install"),
    ] {
        let takes = format!("Use `inward {takes} {given}`.\n");
        let said = format!("`inward {command}` doesn't take “{given}”.\n{takes}");
        refused(&home, line, &said);
    }
    // Called as an action is, it is taken for that action: never for the flag that
    // would leave the key without a passphrase.
    for (line, command, given, action) in [
        ("key add --remove R", "key add", "--remove", "key remove"),
        ("key --remove", "key", "--remove", "key remove"),
        ("remind --status", "remind", "--status", "remind status"),
        ("config show --edit", "config show", "--edit", "config edit"),
    ] {
        let said = format!("`inward {command}` doesn't take “{given}”.\nTry `inward {action}`.\n");
        refused(&home, line, &said);
    }
    for (line, command, given) in
        [("doctor --leave", "doctor", "--leave"), ("write --closeness 3", "write", "--closeness")]
    {
        let said = format!("`inward {command}` doesn't take “{given}”.\n{}", flags(command));
        refused(&home, line, &said);
    }
    let sync = "Its only action is init. `inward sync --help` says more.\n";
    for (line, said) in [
        (
            "practices list reflect extra",
            "`inward practices list` doesn't take “reflect”.\n`inward practices list --help` shows what it takes.\n",
        ),
        (
            "patterns a b c",
            "`inward patterns` doesn't take “c”.\n`inward patterns --help` shows what it takes.\n",
        ),
        (
            "patterns a b today",
            "`inward patterns` doesn't take “today”.\nTry `inward patterns --on today`.\n",
        ),
        (
            "man keys",
            "“keys” has no manual page.\nIt's a topic of `inward help`. Try `inward help keys`.\n",
        ),
        (
            "man safety",
            "“safety” has no manual page.\nIt's a topic of `inward help`. Try `inward help safety`.\n",
        ),
        ("man list show", "There's no help on “list show”.\n`inward help` lists the commands.\n"),
        ("sync REMOTE", &format!("`inward sync` doesn't take “REMOTE”.\n{sync}")),
        // The name of another command behind it changes nothing.
        ("sync REMOTE init", &format!("`inward sync` doesn't take “REMOTE”.\n{sync}")),
        (
            "lsit notice",
            "There's no command or practice “lsit”.\nDid you mean `list`? `inward --help` lists them all.\n",
        ),
        (
            "export --json --format csv",
            "`--json` and `--format` can't be used together.\nLeave one of them out.\n",
        ),
        (
            "patterns --html F --json",
            "`--html` and `--json` can't be used together.\nLeave one of them out.\n",
        ),
        ("show k3 --on today", "`ID` and `--on` can't be used together.\nLeave one of them out.\n"),
        ("list --on today --on monday", "`--on` is given twice.\nGive it once.\n"),
        (
            "remind --at 21:00",
            "--at works only with `inward remind install`.\nRun `inward remind install --at …`; with --print, it only shows what it would do.\n",
        ),
    ] {
        refused(&home, line, said);
    }
}

#[test]
fn json_quiet_and_journal_stand_before_the_verb_or_after_it() {
    let home = Home::ready();
    home.keep("write words");
    let after = home.run("list --json").ok().stdout;
    assert_eq!(home.run("--json list").ok().stdout, after);
    assert_eq!(home.run("--json key show").ok().stdout, home.run("key --json show").ok().stdout);
    for line in ["--json man", "man --json", "--json tour", "completions --json bash"] {
        let said = home.run(line).exits(2).stderr;
        assert!(said.contains("prints no JSON.\n"), "{line}: {said}");
    }
    let other = home.path().join("other");
    home.run(&format!("init --journal {}", other.display())).ok();
    for line in [
        format!("--journal {} list", other.display()),
        format!("list --journal={}", other.display()),
    ] {
        home.run(&line).exits(1);
    }
    for line in ["--quiet write words", "write words -q", "write --quiet words"] {
        home.run(line).ok().says("");
    }
    home.run("--quiet list -p wrtie").exits(2).says(
        "There's no practice “wrtie”.\nDid you mean `write`? The practices are intent, reflect, gratitude, notice, feel, needs, pause, write, card, assess, grow, look, guide, release.\n",
    );
}

#[test]
fn a_value_may_begin_with_a_hyphen_and_only_after_an_equals_sign_be_a_flag() {
    let home = Home::ready();
    let id = home.keep("write words --title '- foo' --tag=a");
    assert_eq!(home.entry(&id)["answers"][1]["value"], "- foo");
    refused(
        &home,
        "list --containing --json",
        "`--containing` needs a value, and “--json” is a flag.\nIf that is the value, write --containing=--json.\n",
    );
    home.run("list --containing=--json").exits(1);
    home.run("list --containing '- fo'").ok();
    refused(
        &home,
        "list --last",
        "`--last` needs a value.\nWrite it after the flag, as in --last VALUE or --last=VALUE.\n",
    );
    home.run("list --last -1")
        .exits(2)
        .says("“-1” isn't a valid value for `--last`.\nGive a whole number of 1 or more.\n");
}

#[test]
fn what_is_misspelt_gets_the_nearest_everywhere() {
    let home = Home::ready();
    let id = home.keep("reflect words");
    let key = "age1lggyhqrw2nlhcxprm67z43rta597azn8gknawjehu9d9dl0jq3yqqvfafg";
    home.run(&format!("key add {key} --name phone")).ok();
    for (line, near) in [
        ("key remove phoen", "phone"),
        ("lsit", "list"),
        ("reflct words", "reflect"),
        ("key sho", "show"),
        ("practices shwo", "show"),
        ("sync inti x", "init"),
        ("config chekc", "check"),
        ("list --jsno", "--json"),
        ("reflect --closenes 3", "--closeness"),
        ("reflect --outcome notcied", "noticed"),
        ("list -p reflect -p reflct", "reflect"),
        ("list --where outcmoe=did", "outcome"),
        ("list --where outcome=ddi", "did"),
        ("due relfect", "reflect"),
        ("routine mornig", "morning"),
        ("patterns closenes", "closeness"),
        ("patterns relfect closeness", "reflect"),
        ("practices show refelct", "reflect"),
        ("export --format cvs", "csv"),
        ("export --by dya", "day"),
        ("import --from jnrl x", "jrnl"),
        ("completions bsh", "bash"),
        ("help saftey", "safety"),
        ("man exprot", "export"),
        ("remind --print corn", "cron"),
    ] {
        let outcome = home.run(line).exits(2);
        let said = format!("Did you mean `{near}`?");
        assert!(outcome.stderr.contains(&said), "inward {line}: {}", outcome.stderr);
    }
    let answers = home.write("answers.json", r#"{"closenes": 3}"#);
    for line in ["reflect".to_owned(), format!("edit {id}")] {
        let run = home.run(&format!("{line} --answers {}", answers.display())).exits(2);
        assert!(run.stderr.contains("Did you mean `closeness`?"), "{}", run.stderr);
    }
}

#[test]
fn what_other_programs_call_it_is_answered_with_ours() {
    let home = Home::ready();
    for (word, ours) in [
        ("ls", "inward list"),
        ("rm", "inward delete"),
        ("add", "inward write"),
        ("version", "inward --version"),
        ("rotate", "inward key rotate"),
    ] {
        refused(&home, word, &format!("inward has no command “{word}”.\nUse `{ours}`.\n"));
    }
    refused(
        &home,
        "list today",
        "`inward list` doesn't take “today”.\nTry `inward list --on today`.\n",
    );
    home.run("export reflect").exits(1).says(
        "No entry's id starts with “reflect”, which is a practice.\n`inward list --practice reflect` lists its entries with their ids. `show` and `export` take --practice too.\n",
    );
    home.run("export reflected")
        .exits(1)
        .says("No entry's id starts with “reflected”.\n`inward list` shows the ids.\n");
}

#[test]
fn a_practice_that_is_gone_is_still_found_by_its_entries() {
    let home = Home::evening();
    let id = home.keep("evening words");
    std::fs::remove_file(home.inward("config/prompts/evening.toml")).unwrap();
    assert!(home.run("list -p evening").ok().stdout.contains(&id));
    home.run("list -p evening -p write").ok();
    home.run("list -p morning").exits(2);
    home.run("patterns -p morning").exits(2);
    home.run("export -p morning --format csv").exits(2).prints("");
}

#[test]
fn edit_takes_the_flags_of_all_practices_and_refuses_what_its_own_does_not_ask() {
    let home = Home::ready();
    let first = home.keep("reflect words --closeness 1 --at 20:00");
    let newest = home.keep("write words");
    home.run(&format!("edit {first} --closeness 3 --outcome noticed")).ok();
    assert_eq!(home.entry(&first)["answers"][2]["value"], "noticed");
    home.run(&format!("edit {first} --outcome ''")).ok();
    assert_eq!(home.entry(&first)["answers"].as_array().unwrap().len(), 2);
    // The newest, where no id is given.
    home.run("edit --title '- a title'").ok();
    assert!(home.run(&format!("show {newest}")).ok().stdout.contains("- a title"));
    let outcome = home.run("edit --closeness 3").exits(2);
    assert!(
        outcome.stderr.starts_with("`write` has no question `closeness`.\n"),
        "{}",
        outcome.stderr
    );
    home.run("edit --closenes 3").exits(2);
}

#[test]
fn practices_check_prints_json() {
    let home = Home::ready();
    let all = home.run("practices check --json").ok().json();
    assert!(all["checked"]["valid"].as_array().unwrap().len() >= 12, "{all}");
    assert_eq!(all["checked"]["mistakes"], serde_json::json!([]));
    home.write("inward/config/prompts/walk.toml", "title = \"A walk\"\nprimary = \"seen\"\n");
    let walk = home.run("practices check walk --json").exits(2).says("").json();
    let mistakes = walk["checked"]["mistakes"].as_array().unwrap();
    assert!(mistakes.iter().all(|m| m["practice"] == "walk" && m["line"].is_u64()), "{walk}");
    assert!(!mistakes.is_empty() && walk["checked"]["valid"] == serde_json::json!([]), "{walk}");
}

#[test]
fn a_search_without_words_asks_for_them() {
    let home = Home::ready();
    let id = home.keep("write 'A red scarf.'");
    let terminal = home.terminal("search");
    terminal.asked("What are you looking for?").type_keys("scarf").press(Key::Enter);
    terminal.wait_for(&id).ends(0).is_sane();
    let refused: [&[&str]; 4] =
        [&["search"], &["search", "“”"], &["search", ""], &["list", "--containing", "“”"]];
    for arguments in refused {
        home.run_args(arguments)
            .exits(2)
            .says("There's nothing to search for.\nGive some words, such as \"red scarf\".\n");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn nobody_reads_in_the_process_list_what_is_searched_for_or_which_practice_is_asked() {
    let home = Home::locked("echo correct horse");
    home.keep("write words");
    let listed = |pid: i32| std::fs::read(format!("/proc/{pid}/cmdline")).unwrap();
    for (line, waits) in [
        ("search 'red scarf' --tag sea", "Passphrase"),
        ("release", "Not now"),
        ("list -p gratitude", "Passphrase"),
    ] {
        let terminal = home.terminal(line);
        terminal.wait_for(waits);
        let listed = listed(terminal.pid());
        let mut words = listed.split(|byte| *byte == 0).filter(|word| !word.is_empty());
        let name = String::from_utf8_lossy(words.next().unwrap()).into_owned();
        assert!(name.ends_with("inward"), "{name}");
        assert_eq!(words.next().map(String::from_utf8_lossy), None, "inward {line}");
        terminal.press(Key::Ctrl('c')).end();
    }
}

#[test]
fn the_keys_of_the_keyboard_are_found_under_either_word() {
    let home = Home::new();
    let told = home.run("help keyboard").ok().stdout;
    assert!(told.contains("Ctrl-D"), "{told}");
    assert_eq!(told, home.run("help keys").ok().stdout);
}

#[test]
fn the_version_is_a_document_too() {
    let home = Home::new();
    home.run("--version").ok().prints(concat!("inward ", env!("CARGO_PKG_VERSION"), "\n"));
    for line in ["--version --json", "--json --version"] {
        let version = home.run(line).ok().json();
        assert_eq!(
            (&version["version"], &version["inward"]),
            (&1.into(), &env!("CARGO_PKG_VERSION").into())
        );
    }
}
