//! Editing and deleting: a new revision in place of the old.

use serde_json::json;

use crate::harness::{Home, Key, crafted, file_of, files, name, one_line};

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
fn an_edit_may_move_an_entry_to_another_day() {
    let home = Home::ready();
    let id = home.keep("write words");
    let edit = home.run(&format!("edit {id} --at '2026-11-01 07:00'")).ok();
    edit.says(&format!("Changed: Sunday 1 November at 07:00, {id}.\n"));
    let file = file_of(&home, &id);
    assert!(name(&file).starts_with("2026-11-01-"), "{}", file.display());
    assert_eq!(home.entry(&id)["at"], "2026-11-01T07:00:00Z");
    assert_eq!(home.listed("--on 2026-11-01"), ["words"]);
    home.run("list --on today").exits(1);
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
    home.run("doctor").ok().prints("1 entry was opened. All is well.\n");
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
    assert!(told.contains("is the same entry elsewhere"), "{told}");
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
    assert!(told.contains("is the same entry elsewhere"), "{told}");
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
            "“9” doesn't answer `closeness`.\nGive a whole number from 0 to 4, or cant-say.\n",
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
        "There is no terminal here to ask whether to delete.\nAdd --yes to delete without being asked.\n",
    );
    home.run(&format!("edit {id}")).exits(2).says(
        "There is no terminal here to edit on.\nGive the changes with a question's flag, --answers, --at, --tag, --untag, --attach or --detach.\n",
    );
    assert_eq!(home.listed(""), ["words"]);
}

/// One entry, edited on two devices apart: its id, and the journal that both
/// were synced to.
fn edited_apart() -> (Home, String) {
    let mut home = Home::ready();
    let id = home.keep("write first");
    let file = file_of(&home, &id);
    let bytes = std::fs::read(&file).unwrap();
    let edit = |home: &Home, words: &str| {
        let input = json!({ "page": words }).to_string();
        home.run(&format!("edit {id} --answers -")).stdin(input).ok();
    };
    home.at("2026-11-23T22:00:00+00:00");
    edit(&home, "from the desk");
    let here = file_of(&home, &id);
    let synced = std::fs::read(&here).unwrap();
    std::fs::remove_file(&here).unwrap();
    std::fs::write(&file, bytes).unwrap();
    home.at("2026-11-23T23:00:00+00:00");
    edit(&home, "from the train");
    std::fs::write(&here, synced).unwrap();
    (home, id)
}

#[test]
fn of_two_edits_apart_both_are_shown_and_an_edit_settles_which_stands() {
    let (home, id) = edited_apart();
    let asked = "\n\n  Write what's there.\n    ";
    home.run("show").ok().prints(&format!(
        "Today, 21:14 · write · {id}{asked}from the train

  This entry was also edited elsewhere. `inward edit {id}` settles which
  one is kept.

Today, 21:14 · write · {id}{asked}from the desk
"
    ));
    let list = home.run("list").ok().stdout;
    assert!(list.contains("(edited twice) from the train"), "{list}");
    // Without a person to choose, neither version goes unless that is said.
    let refused = home.run(&format!("edit {id} --answers -")).stdin(r#"{"page": "both"}"#).exits(2);
    assert!(refused.stderr.contains("add --settle"), "{}", refused.stderr);
    let settle = format!("edit {id} --settle --answers -");
    home.run(&settle).stdin(r#"{"page": "both"}"#).ok();
    assert_eq!(files(&home.journal()).len(), 1);
    assert_eq!(home.entry(&id)["replaces"].as_array().unwrap().len(), 3);
    let shown = home.run("show").ok().stdout;
    assert_eq!(shown, format!("Today, 21:14 · write · {id}{asked}both\n"));
}

#[test]
fn an_edit_that_changes_no_word_settles_two_edits_all_the_same() {
    let (home, id) = edited_apart();
    home.run(&format!("edit {id} --settle")).ok();
    assert_eq!(files(&home.journal()).len(), 1);
    assert_eq!(home.listed(""), ["from the train"]);
}

#[test]
fn an_edit_beside_a_deletion_keeps_the_entry() {
    let mut home = Home::ready();
    let id = home.keep("write first");
    let file = file_of(&home, &id);
    let bytes = std::fs::read(&file).unwrap();
    home.run(&format!("delete {id} --yes")).ok();
    let mark = file_of(&home, &id);
    let deleted = std::fs::read(&mark).unwrap();
    std::fs::remove_file(&mark).unwrap();
    std::fs::write(&file, bytes).unwrap();
    home.at("2026-11-23T22:00:00+00:00");
    home.run(&format!("edit {id} --tag kept")).ok();
    std::fs::write(&mark, deleted).unwrap();
    assert_eq!(home.entry(&id)["tags"], json!(["kept"]));
    home.run(&format!("edit {id} --tag settled")).ok();
    assert_eq!(files(&home.journal()).len(), 1);
}

/// An edit of this entry that was stopped, as its draft: it adds “ and more”.
fn stopped_edit(home: &Home, id: &str) -> (std::path::PathBuf, Vec<u8>) {
    let terminal = home.terminal(&format!("edit {id}"));
    terminal.asked("What should change?").choose(1);
    terminal.asked("words").type_keys(" and more").wait_for("words and more");
    terminal.press(Key::Ctrl('c')).ends(130);
    let drafts = files(&home.inward("state/drafts"));
    assert_eq!(drafts.len(), 1);
    (drafts[0].clone(), std::fs::read(&drafts[0]).unwrap())
}

/// Continues that edit, and keeps it, as on a device that heard of the rest only now.
fn resume_edit(home: &Home, (draft, bytes): (std::path::PathBuf, Vec<u8>)) -> String {
    std::fs::create_dir_all(draft.parent().unwrap()).unwrap();
    std::fs::write(draft, bytes).unwrap();
    let terminal = home.terminal("resume");
    terminal.asked("Continue it").press(Key::Enter);
    terminal.asked("What should change?").press(Key::Enter).ends(0).is_sane();
    assert!(files(&home.inward("state/drafts")).is_empty());
    terminal.scrolled_back()
}

const BOTH_KEPT: &str = "The entry changed after you started this edit. Both versions are kept.";

#[test]
fn an_edit_that_is_continued_replaces_only_what_it_was_begun_with() {
    let mut home = Home::ready();
    let id = home.keep("write words");
    let draft = stopped_edit(&home, &id);
    home.at("2026-11-23T22:00:00+00:00");
    home.write("a.txt", "attached");
    let input = json!({ "page": "other words" }).to_string();
    home.run(&format!("edit {id} --attach a.txt --answers -")).stdin(input).ok();
    assert_eq!(files(&home.inward("state/drafts")).len(), 1, "its words are nowhere else");
    home.at("2026-11-23T23:00:00+00:00");
    let told = one_line(&resume_edit(&home, draft));
    assert!(told.contains(BOTH_KEPT), "{told}");
    let shown = home.run(&format!("show {id}")).ok().stdout;
    for words in ["words and more", "other words", "was also edited elsewhere"] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    home.run("doctor").ok();
    // Whichever stands, the file stays with it.
    home.run(&format!("edit {id} --settle")).ok();
    let entry = home.entry(&id);
    assert_eq!(entry["answers"][0]["value"], "words and more");
    assert_eq!(entry["attachments"].as_array().unwrap().len(), 1);
    home.run("doctor").ok();
}

#[test]
fn an_edit_that_is_continued_keeps_its_words_though_the_entry_was_deleted_or_moved() {
    for how in ["delete ID --yes", "edit ID --at 2026-10-01"] {
        let mut home = Home::ready();
        let id = home.keep("write words");
        let draft = stopped_edit(&home, &id);
        home.at("2026-11-23T22:00:00+00:00");
        home.run(&how.replace("ID", &id)).ok();
        home.at("2026-11-23T23:00:00+00:00");
        resume_edit(&home, draft);
        let listed = home.listed("");
        assert!(listed.contains(&"words and more".to_owned()), "{how}: {listed:?}");
    }
}

#[test]
fn an_edit_that_is_continued_where_nothing_came_between_replaces_the_entry() {
    let home = Home::ready();
    let id = home.keep("write words");
    let draft = stopped_edit(&home, &id);
    let told = one_line(&resume_edit(&home, draft));
    assert!(!told.contains(BOTH_KEPT), "{told}");
    assert_eq!(files(&home.journal()).len(), 1);
    assert_eq!(home.listed(""), ["words and more"]);
}
