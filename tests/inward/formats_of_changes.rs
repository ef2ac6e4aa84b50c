//! The JSON of verbs that change something or have little to say: one object each, and
//! nothing else on standard output.

use serde_json::{Value as Json, json};

use crate::harness::{Home, Key};

/// The only field besides the version.
#[track_caller]
fn printed(home: &Home, arguments: &str, name: &str) -> Json {
    let json = home.run(arguments).ok().json();
    let names: Vec<&String> = json.as_object().unwrap().keys().collect();
    assert_eq!(names, ["version", name], "{arguments}");
    json[name].clone()
}

#[test]
fn unlock_and_lock_print_what_they_did() {
    let home = Home::ready();
    assert_eq!(printed(&home, "unlock --json", "unlocked"), Json::Null, "it has no passphrase");
    let locked = json!({ "was_unlocked": false, "passphrase": false });
    assert_eq!(printed(&home, "--json lock", "locked"), locked);
    let passphrase = ("INWARD_PASSPHRASE_COMMAND", "echo correct horse");
    let locked = Home::locked(passphrase.1);
    let unlocked = locked.run("unlock 10m --json").env(passphrase.0, passphrase.1).outcome();
    if unlocked.code == 5 {
        println!("this system holds no keys");
        return;
    }
    assert_eq!(unlocked.json()["unlocked"]["until"], "2026-11-23T21:24:03Z");
    let json = json!({ "was_unlocked": true, "passphrase": true });
    assert_eq!(printed(&locked, "lock --json", "locked"), json);
}

#[test]
fn prompt_prints_each_mark_and_its_text() {
    let none = json!({ "due": false, "unlocked": false, "has_draft": false, "text": "" });
    assert_eq!(printed(&Home::new(), "prompt --json", "prompt"), none);
    let due = json!({ "due": true, "unlocked": false, "has_draft": false, "text": "•" });
    assert_eq!(printed(&Home::ready(), "--json prompt", "prompt"), due);
    let text =
        printed(&Home::ready(), "prompt --format {due:now} --json", "prompt")["text"].clone();
    assert_eq!(text, "now");
}

#[test]
fn what_changes_the_key_prints_the_key() {
    let home = Home::ready();
    home.keep("write words");
    let other = std::fs::read_to_string(Home::ready().inward("config/recipients.txt")).unwrap();
    let recipients =
        |arguments: &str| printed(&home, arguments, "key")["recipients"].as_array().unwrap().len();
    let key = other.lines().find(|line| line.starts_with("age1")).unwrap().to_owned();
    assert_eq!(recipients(&format!("key add {key} --name desk --json")), 2);
    assert_eq!(recipients("key reseal --json"), 2);
    assert_eq!(recipients("--json key remove desk"), 1);
    assert_eq!(recipients("key rotate --json"), 1);
    let key = home.run("key passphrase --json").env("INWARD_NEW_PASSPHRASE_COMMAND", "echo horse");
    assert_eq!(key.ok().json()["key"]["identity"]["passphrase"], true);
}

#[test]
fn a_copy_of_the_key_is_told_of_or_printed_and_checked() {
    let home = Home::ready();
    let copied = printed(&home, "key backup copy.txt --json", "copied");
    let file = json!({ "file": "copy.txt", "page": null, "key": null, "passphrase": false });
    assert_eq!(copied, file);
    let text = std::fs::read_to_string(home.path().join("copy.txt")).unwrap();
    for line in ["key backup --json", "key backup - --json"] {
        assert_eq!(printed(&home, line, "copied")["key"], text.as_str());
    }
    let checked = printed(&home, "key backup --check copy.txt --json", "checked");
    assert_eq!(checked, json!({ "file": "copy.txt", "passphrase": false, "opened": null }));
    let id = home.keep("write words");
    let checked = printed(&home, "key backup --check copy.txt --json", "checked");
    assert_eq!(
        (&checked["opened"]["id"], &checked["opened"]["practice"]),
        (&json!(id), &json!("write"))
    );
}

#[test]
fn a_setting_and_a_new_practice_are_printed_as_they_are_now() {
    let home = Home::ready();
    let set = printed(&home, "config set partner Sam --json", "setting");
    assert_eq!(set, json!({ "name": "partner", "value": "Sam" }));
    assert_eq!(set, printed(&home, "config get partner --json", "setting"));
    assert_eq!(printed(&home, "config set partner '' --json", "setting")["value"], Json::Null);
    let created = printed(&home, "practices new walk --json", "created");
    assert_eq!((&created["name"], &created["replaces_built_in"]), (&json!("walk"), &json!(false)));
    assert!(std::path::Path::new(created["file"].as_str().unwrap()).is_file());
    assert_eq!(printed(&home, "practices new write --json", "created")["replaces_built_in"], true);
}

#[test]
fn a_draft_that_is_continued_or_discarded_prints_what_was_kept() {
    let home = Home::ready();
    let nothing = json!({ "version": 1, "kept": null });
    assert_eq!(home.run("resume --json").exits(1).json(), nothing);
    let stop = || {
        let terminal = home.terminal("write");
        terminal.asked("Write what's there.").write("a line").asked("A title");
        terminal.press(Key::Ctrl('c')).ends(130);
    };
    let kept = |terminal: &crate::harness::Terminal| {
        let shown = terminal.shown();
        let start = shown.rfind("{ \"version\"").unwrap_or_else(|| panic!("{shown}"));
        serde_json::Deserializer::from_str(&shown[start..])
            .into_iter::<Json>()
            .next()
            .unwrap()
            .unwrap()
    };
    stop();
    let terminal = home.terminal("resume --json");
    terminal.asked("Continue it").press(Key::Enter).asked("A title");
    terminal.press_until_the_end(Key::Enter).ends(0);
    assert_eq!(kept(&terminal)["kept"]["practice"], "write");
    // As where the practice itself offers to continue it.
    stop();
    let terminal = home.terminal("write --json");
    terminal.asked("Continue it").press(Key::Enter).asked("A title");
    terminal.press_until_the_end(Key::Enter).ends(0);
    assert_eq!(kept(&terminal)["kept"]["practice"], "write");
    stop();
    let terminal = home.terminal("resume --json");
    terminal.asked("Continue it").choose(1).asked("Discard it for good?").type_keys("y");
    terminal.press(Key::Enter).ends(0);
    assert_eq!(kept(&terminal), nothing);
}

#[test]
fn an_id_that_nothing_has_prints_the_object_all_the_same() {
    let home = Home::ready();
    home.keep("write words");
    let printed = |line: &str| home.run(line).exits(1).json();
    assert_eq!(printed("--json delete zzzz --yes"), json!({ "version": 1, "deleted": [] }));
    assert_eq!(printed("--json edit zzzz --tag a"), json!({ "version": 1, "changed": null }));
    assert_eq!(printed("show zzzz --json"), json!({ "version": 1, "entries": [] }));
    let empty = Home::ready();
    let changed = empty.run("edit --tag a --json").exits(1).json();
    assert_eq!(changed, json!({ "version": 1, "changed": null }));
}

#[test]
fn the_example_for_whoever_gave_no_answer_is_one_that_is_kept() {
    let mut home = Home::ready();
    home.keep("gratitude 'the lamp she left on' --share will-say");
    home.at("2026-11-29T20:00:00+00:00");
    for line in ["gratitude --follow-up", "feel", "needs", "write", "assess", "guide 2"] {
        let told = home.run(line).exits(2).stderr;
        let example = told.split("as in: inward ").nth(1).unwrap().split(". On a").next().unwrap();
        assert!(example.starts_with(line), "{told}");
        home.run(example).ok();
    }
}

#[test]
fn a_new_practice_with_the_name_of_a_command_is_refused_and_no_file_is_named() {
    let home = Home::ready();
    home.run("practices new list").exits(2).says(
        "inward has a command “list” already.\n\
         Choose another: letters from a to z, digits and hyphens, and no command's name.\n",
    );
}

#[test]
fn a_practice_that_has_a_file_already_is_told_so_without_a_flag_that_isnt_there() {
    let home = Home::ready();
    home.run("practices new walk").ok();
    let told = home.run("practices new walk").exits(2).stderr;
    assert!(told.contains("`walk` has a file already") && !told.contains("--force"), "{told}");
    // Nor are files that can't be used named among the practices.
    home.write("inward/config/prompts/broken.toml", "title = 3\n");
    home.write("inward/config/prompts/list.toml", "title = \"L\"\n");
    let told = home.run("practices show wlkx").exits(2).stderr;
    assert!(
        told.contains(", walk.") && !told.contains("broken") && !told.contains("list"),
        "{told}"
    );
}

#[test]
fn the_list_of_practices_and_the_settings_fit_the_terminal() {
    let home = Home::ready();
    for (columns, line) in [(80, "practices"), (40, "practices"), (40, "config")] {
        let terminal = home.terminal_of(200, columns, line, &[]);
        terminal.ends(0);
        let shown = terminal.screen().contents();
        let expected = match (line, columns) {
            ("config", _) => {
                "# inward's settings. Each line below\n# shows a setting's default, or an\n"
            }
            (_, 80) => "no total, no verdict (each\n             month)\n",
            _ => "intent       Choose something to carry\n             into the day",
        };
        let lines: Vec<&str> = shown.lines().map(str::trim_end).collect();
        let shown = lines.join("\n");
        assert!(shown.contains(expected), "{shown}");
    }
    // A script reads a practice on each line.
    assert!(home.run("practices").ok().stdout.lines().all(|line| !line.starts_with(' ')));
}
