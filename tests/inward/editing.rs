//! Editing and deleting: a new revision in place of the old.

use serde_json::json;

use crate::harness::{Home, Key, crafted, file_of, files, name, one_line};

#[test]
fn what_is_edited_keeps_the_words_in_which_it_was_asked() {
    let mut home = Home::ready();
    home.at("2026-11-23T21:14:00+00:00");
    let id = home.keep("reflect --connection x --saw busy --at 'yesterday 21:00'");
    let asked = |home: &Home| -> Vec<String> {
        let answers = home.entry(&id)["answers"].as_array().unwrap().clone();
        answers.iter().map(|answer| answer["asked"].as_str().unwrap().to_owned()).collect()
    };
    let before = asked(&home);
    assert!(before.iter().all(|ask| !ask.contains("today")), "{before:?}");
    home.at("2026-11-25T09:00:00+00:00");
    home.run(&format!("edit {id} --connection z --set-down w")).ok();
    let after = asked(&home);
    assert_eq!(after[..2], before);
    assert_eq!(after.len(), 3, "{after:?}");
    assert!(after.iter().all(|ask| !ask.contains("today")), "{after:?}");
}

#[test]
fn an_edit_changes_what_it_names_and_leaves_the_rest() {
    let home = Home::ready();
    let id = home.keep("reflect 'The door' --closeness 2 --disagreement no -t repair -t home");
    let before = home.entry(&id);
    let edit = home
        .run(&format!("edit {id} --answers - --tag sea --untag '#home'"))
        .stdin(r#"{"closeness": 4, "disagreement": null, "set-down": "the list"}"#)
        .ok();
    edit.prints("").says(&format!("Changed: today at 21:14, {id}.\n"));
    let after = home.entry(&id);
    assert_eq!(after["tags"], json!(["repair", "sea"]));
    assert_eq!(after["replaces"], json!([before["revision"]]));
    assert_ne!(after["revision"], before["revision"]);
    assert_eq!(
        after["answers"],
        json!([
            before["answers"][0],
            { "question": "closeness", "asked": "How close did you feel to your partner?",
              "scale": { "min": 0, "max": 4 }, "value": 4, "labels": { "4": "very close" } },
            { "question": "set-down", "asked": "What would you like to set down here for the night?", "value": "the list" },
        ])
    );
    assert_eq!(files(&home.journal()).len(), 1, "one file remains");
}

#[test]
fn a_day_alone_moves_an_entry_and_keeps_its_hour() {
    let mut home = Home::ready();
    home.at("2026-11-10T21:00:00+00:00");
    let id = home.keep("write words");
    home.at("2026-11-11T02:00:00+00:00");
    home.run(&format!("edit {id} --at 2026-11-12")).ok();
    assert_eq!(home.entry(&id)["at"], "2026-11-12T21:00:00Z");
    home.at("2026-11-13T09:30:00+00:00");
    home.run(&format!("edit {id} --at yesterday")).ok().says("Nothing was changed.\n");
    home.run(&format!("edit {id} --at '3 days ago'")).ok();
    assert_eq!(home.entry(&id)["at"], "2026-11-10T21:00:00Z");
    // An entry of the small hours belongs to the evening before.
    let late = home.keep("write late --at '2026-11-12 01:30'");
    home.run("config set day-ends 04:00").ok();
    home.run(&format!("edit {late} --at yesterday")).ok();
    assert_eq!(home.entry(&late)["at"], "2026-11-13T01:30:00Z");
    home.run(&format!("edit {late} --at 2026-11-09")).ok();
    assert_eq!(home.entry(&late)["at"], "2026-11-09T01:30:00Z");
}

#[test]
fn an_edit_may_move_an_entry_to_another_day() {
    let home = Home::ready();
    let id = home.keep("write words");
    let edit = home.run(&format!("edit {id} --at '2026-11-01 07:00'")).ok();
    edit.says(&format!("Moved: Sunday 1 November at 07:00 (was today at 21:14), write, {id}.\n"));
    let file = file_of(&home, &id);
    assert!(name(&file).starts_with("2026-11-01-"), "{}", file.display());
    assert_eq!(home.entry(&id)["at"], "2026-11-01T07:00:00Z");
    assert_eq!(home.listed("--on 2026-11-01"), ["words"]);
    home.run("list --on today").exits(1);
}

#[test]
fn the_same_moment_by_another_clock_is_a_change() {
    let mut home = Home::ready();
    home.at("2026-11-23T21:00:00+00:00");
    let id = home.keep("write words --at 'yesterday 20:00'");
    home.at("2026-11-23T22:00:00+01:00");
    let edit = format!("edit {id} --at 'yesterday 21:00'");
    home.run(&edit).env("TZ", "Europe/Vienna").ok();
    assert_eq!(home.entry(&id)["at"], "2026-11-22T21:00:00+01:00");
}

#[test]
fn an_edit_into_another_month_keeps_the_entry_there_under_a_new_id_and_the_old_one_leads_to_it() {
    let home = Home::ready();
    let id = home.keep("gratitude 'The soup' --share will-say");
    home.run(&format!("edit {id} --at '2026-10-01 07:00' --tag sea")).ok();
    let json = home.run("list --json").ok().json();
    let [entry] = &json["entries"].as_array().unwrap()[..] else { panic!("{json}") };
    assert_ne!(entry["id"], *id);
    assert_eq!(entry["was"], *id);
    assert_eq!(entry["tags"], json!(["sea"]));
    let new = entry["id"].as_str().unwrap();
    assert!(file_of(&home, new).starts_with(home.journal().join("2026/10")));
    assert_eq!(home.entry(&id), *entry, "the old id still names it");
    assert_eq!(files(&home.journal()).len(), 2, "it, and the mark that it is there no more");
    // Moved on, all of its ids name it.
    home.run(&format!("edit {id} --at 2026-09-02")).ok();
    assert_eq!(home.entry(new)["was"], json!([new, id]));
    assert_eq!(home.entry(&id), home.entry(new));
    // And back, where the first mark does not hide it.
    home.run(&format!("edit {id} --at 2026-11-02")).ok();
    assert_eq!(home.listed("").len(), 1);
    home.run("doctor").ok().prints("Opened 1 entry. No problems found.\n");
}

#[test]
fn a_move_to_another_month_that_was_stopped_in_the_middle_is_finished_by_the_same_edit() {
    let home = Home::ready();
    let id = home.keep("write words");
    let file = file_of(&home, &id);
    let bytes = std::fs::read(&file).unwrap();
    home.run(&format!("edit {id} --at 2026-10-01")).ok();
    // As it is where it was stopped before the old one was deleted.
    for mark in files(&home.journal().join("2026/11")) {
        std::fs::remove_file(mark).unwrap();
    }
    std::fs::write(&file, bytes).unwrap();
    assert_eq!(home.listed("").len(), 2);
    home.run(&format!("edit {id} --at 2026-10-02 --tag sea")).ok();
    let json = home.run("list --json").ok().json();
    let [entry] = &json["entries"].as_array().unwrap()[..] else { panic!("{json}") };
    assert_eq!(entry["tags"], json!(["sea"]));
    assert_eq!(home.entry(&id), *entry);
}

#[test]
fn a_move_touches_nothing_that_an_earlier_one_left_and_that_was_changed_since() {
    let home = Home::ready();
    let id = home.keep("write words");
    let file = file_of(&home, &id);
    let bytes = std::fs::read(&file).unwrap();
    home.run(&format!("edit {id} --at 2026-10-01")).ok();
    let moved = home.run("list --json").ok().json()["entries"][0]["id"].clone();
    let moved = moved.as_str().unwrap();
    home.run(&format!("edit {moved} --answers -")).stdin(r#"{"page": "rewritten"}"#).ok();
    for mark in files(&home.journal().join("2026/11")) {
        std::fs::remove_file(mark).unwrap();
    }
    std::fs::write(&file, bytes).unwrap();
    home.run(&format!("edit {id} --at 2026-10-02")).ok();
    let mut said = home.listed("");
    said.sort();
    assert_eq!(said, ["rewritten", "words"]);
    let told = one_line(&home.run("doctor").ok().stdout);
    assert!(told.contains("is still there"), "{told}");
}

#[test]
fn an_entry_moved_apart_on_two_devices_is_there_twice_and_doctor_says_so() {
    let home = Home::ready();
    let id = home.keep("write words");
    let file = file_of(&home, &id);
    let bytes = std::fs::read(&file).unwrap();
    home.run(&format!("edit {id} --at 2026-10-01")).ok();
    let (mark, moved) = (files(&home.journal().join("2026/11")), home.journal().join("2026/10"));
    let aside = home.path().join("aside");
    std::fs::rename(&moved, &aside).unwrap();
    let marked = std::fs::read(&mark[0]).unwrap();
    std::fs::remove_file(&mark[0]).unwrap();
    std::fs::write(&file, bytes).unwrap();
    home.run(&format!("edit {id} --at 2026-09-01")).ok();
    std::fs::rename(&aside, &moved).unwrap();
    std::fs::write(&mark[0], marked).unwrap();
    assert_eq!(home.listed(""), ["words", "words"]);
    let told = one_line(&home.run("doctor").outcome().stdout);
    assert!(told.contains("is still there"), "{told}");
    let shown = home.run(&format!("show {id} --json")).ok().json();
    assert_eq!(shown["entries"].as_array().unwrap().len(), 2, "its former id finds both");
}

#[test]
fn an_edit_that_changes_nothing_keeps_no_revision() {
    let home = Home::ready();
    let id = home.keep("write words -t sea");
    let file = file_of(&home, &id);
    home.run(&format!("edit {id} --tag sea")).ok().says("Nothing was changed.\n");
    assert_eq!(file_of(&home, &id), file);
}

#[test]
fn a_wrong_change_changes_nothing() {
    let home = Home::ready();
    let id = home.keep("reflect 'The door' --closeness 2");
    let file = file_of(&home, &id);
    for (input, said) in [
        (
            r#"{"closeness": 9}"#,
            "“9” isn't an answer to `closeness`.\nGive a whole number from 0 to 4, or cant-say.\n",
        ),
        (
            r#"{"mood": 9}"#,
            "`reflect` has no question `mood`.\nIts questions are connection, needed-instead, closeness, outcome, saw, disagreement, well-wisher, set-down.\n",
        ),
    ] {
        home.run(&format!("edit {id} --answers - --tag x")).stdin(input).exits(2).says(said);
    }
    home.run(&format!("edit {id} --tag 'two words'")).exits(2);
    home.run(&format!("edit {id} --at never")).exits(2);
    assert_eq!(file_of(&home, &id), file);
}

#[test]
fn tags_are_edited_as_the_tags_that_they_are() {
    let home = Home::ready();
    let id = home.keep("write words --tags sea");
    home.run(&format!("edit {id} --answers -")).stdin(r#"{"tags": ["sky"]}"#).ok();
    let after = home.entry(&id);
    assert_eq!(after["answers"].as_array().unwrap().len(), 1, "tags are no answer: {after}");
    assert!(after["tags"].as_array().unwrap().contains(&json!("sky")), "{after}");
}

#[test]
fn tags_that_differ_only_in_capitals_are_one_tag_and_stay_as_they_were_written() {
    let mut home = Home::ready();
    let first = home.keep("write one --tag Repair");
    home.at("2026-11-24T21:14:03+00:00");
    let second = home.keep("write two --tag repair --tag REPAIR");
    assert_eq!(home.entry(&first)["tags"], json!(["Repair"]));
    assert_eq!(home.entry(&second)["tags"], json!(["repair"]));
    home.run("list --tags").ok().prints("2  #repair\n");
    assert_eq!(home.listed("--tag rePair"), ["two", "one"]);
    home.run("list --not-tag REPAIR").exits(1);
    home.run(&format!("edit {first} --tag repair")).ok().says("Nothing was changed.\n");
    home.run(&format!("edit {first} --untag repair")).ok();
    assert_eq!(home.entry(&first)["tags"], json!([]));
}

#[test]
fn a_tag_of_several_words_stays_one_tag() {
    let home = Home::ready();
    let id = home.keep("write words --tags 'kitchen, small things'");
    assert_eq!(home.entry(&id)["tags"], json!(["kitchen", "small-things"]));
    home.run(&format!("edit {id} --answers -")).stdin(r##"{"tags": "#old sea #new sea, x"}"##).ok();
    assert_eq!(home.entry(&id)["tags"], json!(["old-sea", "new-sea", "x"]));
}

#[test]
fn a_day_that_is_misspelt_is_suggested_without_a_time_as_it_keeps_the_entrys() {
    let home = Home::ready();
    let id = home.keep("write words --at '2026-11-21 21:10'");
    home.run(&format!("edit {id} --at yestrday")).exits(2).says(
        "inward can't read “yestrday” as a date or time.\nDid you mean “yesterday” (2026-11-22)?\n",
    );
    home.run(&format!("edit {id} --at yesterday")).ok();
    assert!(home.entry(&id)["at"].as_str().unwrap().starts_with("2026-11-22T21:10"));
}

#[test]
fn where_an_edit_fails_nothing_sounds_as_if_the_entry_were_lost() {
    let home = Home::ready();
    let id = home.keep("write words");
    home.write("bad.json", b"{\"title\": \"\xe9\"}");
    for arguments in ["--attach missing.jpg", "--answers bad.json"] {
        let said = home.run(&format!("edit {id} {arguments}")).exits(2).stderr;
        assert!(said.ends_with(" Nothing was changed.\n"), "{said}");
        let said = home.run(&format!("write words {arguments}")).exits(2).stderr;
        assert!(said.ends_with(" Nothing was kept.\n"), "{said}");
    }
}

#[test]
fn fields_of_a_later_version_survive_an_edit() {
    let home = Home::ready();
    let mut entry = crafted("words");
    entry.unknown.insert("weather".into(), json!({ "wind": 7 }));
    entry.answers[0].unknown.insert("mood".into(), json!("calm"));
    home.put(&entry);
    home.run(&format!("edit {} --answers - --tag sea", entry.id)).stdin(r#"{"page": "new"}"#).ok();
    let after = home.entry(entry.id.as_str());
    assert_eq!(after["weather"], json!({ "wind": 7 }));
    assert_eq!(after["answers"][0]["mood"], "calm");
    assert_eq!(after["answers"][0]["value"], "new");
}

#[test]
fn an_entry_of_a_practice_that_is_gone_is_edited_by_what_it_remembers() {
    let home = Home::ready();
    let walk = "title = \"A walk\"\n\n[[question]]\nid = \"pace\"\nask = \"Pace?\"\nkind = \"scale\"\n\
                scale = { min = 1, max = 5 }\n";
    let file = home.write("inward/config/prompts/walk.toml", walk);
    let id = home.keep("walk --pace 3");
    std::fs::remove_file(file).unwrap();
    assert!(home.run(&format!("show {id}")).ok().stdout.contains("Pace?\n    3 of 1–5"));
    home.run(&format!("edit {id} --answers -")).stdin(r#"{"pace": 9}"#).exits(2);
    home.run(&format!("edit {id} --answers -")).stdin(r#"{"pace": 5}"#).ok();
    assert_eq!(home.entry(&id)["answers"][0]["value"], 5);
}

#[test]
fn a_replaced_revision_that_a_syncer_brings_back_is_not_shown() {
    let home = Home::ready();
    let id = home.keep("write first");
    let file = file_of(&home, &id);
    let bytes = std::fs::read(&file).unwrap();
    home.run(&format!("edit {id} --answers - --at 2026-10-01")).stdin(r#"{"page": "second"}"#).ok();
    std::fs::write(&file, &bytes).unwrap();
    assert_eq!(home.listed(""), ["second"]);
    assert!(!home.run(&format!("show {id}")).ok().stdout.contains("first"));
    home.run("search first").exits(1);
    home.run("list --on 2026-11-23").exits(1);
    home.run(&format!("delete {id} --yes")).ok();
    std::fs::write(&file, &bytes).unwrap();
    home.run("list").exits(1);
}

#[test]
fn deleting_leaves_a_sealed_mark_without_a_word() {
    let home = Home::ready();
    let id = home.keep("write 'the heron' -t heron");
    let other = home.keep("write other");
    home.run(&format!("delete {id} --yes"))
        .ok()
        .prints("")
        .says(&format!("Deleted: today at 21:14, {id}.\n"));
    assert_eq!(home.listed(""), ["other"]);
    home.run(&format!("show {id}")).exits(1);
    home.run(&format!("delete {id} --yes")).exits(1);
    home.run(&format!("edit {id} --tag x")).exits(1);
    let mut ids: Vec<String> =
        files(&home.journal()).iter().map(|f| name(f)[11..21].to_owned()).collect();
    ids.sort();
    let mut wanted = [id, other];
    wanted.sort();
    assert_eq!(ids, wanted, "the mark stays under the entry's name");
}

#[test]
fn only_what_is_named_is_deleted_and_all_of_it_or_nothing() {
    let home = Home::ready();
    let ids: Vec<String> = (0..5).map(|n| home.keep(&format!("write number{n}"))).collect();
    home.run(&format!("delete {} zzzzzzzzzz --yes", ids[0])).exits(1);
    assert_eq!(home.listed("").len(), 5, "one wrong id deletes nothing");
    home.run(&format!("delete {} {} {} --yes", ids[1], ids[3], ids[1])).ok();
    let mut left = home.listed("");
    left.sort();
    assert_eq!(left, ["number0", "number2", "number4"]);
}

#[test]
fn without_a_terminal_nothing_is_deleted_or_edited_unasked() {
    let home = Home::ready();
    let id = home.keep("write words");
    home.run(&format!("delete {id}")).exits(2).says(
        "inward can't ask whether to delete: there's no terminal.\nAdd --yes to delete without being asked.\n",
    );
    home.run(&format!("edit {id}")).exits(2).says(
        "inward can't edit it here: there's no terminal.\nGive the changes with a question's flag, --answers, --at, --tag, --untag, --attach or --detach.\n",
    );
    assert_eq!(home.listed(""), ["words"]);
}

#[test]
fn the_line_that_ends_an_edit_says_whether_it_changes_anything() {
    let home = Home::ready();
    home.keep("reflect 'He waited.' --closeness 3 --outcome did");
    let terminal = home.terminal("edit");
    terminal.asked("What should change?").wait_for("Leave it unchanged").press(Key::Enter).ends(0);
    let terminal = home.terminal("edit");
    terminal.asked("What should change?").resize(16, 80);
    terminal.choose(1);
    terminal.asked("One moment of connection").type_keys(" With a light.").press(Key::Enter);
    // However small the window is, what was changed is in sight.
    terminal.asked("What should change?").wait_for("Keep the changes");
    assert!(terminal.shown().contains("He waited. With a light."), "{}", terminal.shown());
    terminal.press(Key::Enter).ends(0);
    assert_eq!(home.listed(""), ["He waited. With a light."]);
}

#[test]
fn flags_without_an_id_change_the_newest_once_it_was_named_and_meant() {
    let home = Home::ready();
    home.keep("write earlier --at 20:00");
    let id = home.keep("reflect closer --at 21:00");
    let question = "Change reflect, today at 21:00?";
    let terminal = home.terminal("edit --at 'yesterday 20:00'");
    terminal.asked(question).choose(0).ends(0);
    assert_eq!(terminal.shown(), "Nothing was changed.");
    let terminal = home.terminal("edit --at 'yesterday 20:00'");
    terminal.asked(question).choose(1).ends(0);
    let moved = format!("Moved: yesterday at 20:00 (was today at 21:00), reflect, {id}.");
    assert_eq!(terminal.shown(), moved);
    // Now another is the newest, and the question says so.
    let terminal = home.terminal("edit --at 'yesterday 20:00'");
    terminal.asked("Change write, today at 20:00?").press(Key::Ctrl('c')).ends(130);
    // With an id, and in a script, nothing is asked.
    let terminal = home.terminal(&format!("edit {id} --tag x"));
    terminal.ends(0);
    let said = home.run(&format!("edit {id} --at 'tomorrow 9pm'")).ok().stderr;
    assert!(said.contains("That's still to come. It's kept all the same."), "{said}");
}

#[test]
fn an_edit_into_another_month_says_that_the_id_is_another_and_one_of_nothing_is_null() {
    let home = Home::ready();
    let id = home.keep("write words");
    let moved = home.run(&format!("edit {id} --at '2026-10-01 07:00' --json")).ok();
    let now = moved.json()["changed"]["id"].as_str().unwrap().to_owned();
    assert_ne!(now, id);
    let told = format!("(was today at 21:14), write. Its id is now {now}.");
    assert!(one_line(&moved.stderr).contains(&told), "{}", moved.stderr);
    let nothing = home.run(&format!("edit {now} --at '2026-10-01 07:00' --json")).ok();
    assert!(nothing.json()["changed"].is_null());
}
