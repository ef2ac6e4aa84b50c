//! Edits made apart: on two devices, beside a deletion, and continued after someone else
//! changed the entry.

use serde_json::json;

use crate::harness::{BINARY, Home, Key, Terminal, file_of, files, one_line};

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

  This entry was edited in two places at once. Choose the revision to keep with
  `inward edit {id}`.

Today, 21:14 · write · {id}{asked}from the desk
"
    ));
    let list = home.run("list").ok().stdout;
    assert!(list.contains("(edited in two places) from the train"), "{list}");
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
fn whoever_chooses_between_two_edits_sees_what_differs_and_chooses_by_it() {
    let (home, id) = edited_apart();
    let terminal = home.terminal(&format!("edit {id}"));
    terminal.asked("Which revision do you want to keep?");
    let shown = terminal.shown();
    for words in ["Revision 1: from the train", "Revision 2: from the desk"] {
        assert_eq!(shown.matches(words).count(), 2, "above the menu and in it: {shown}");
    }
    assert!(!shown.contains("21:14"), "what is the same isn't shown: {shown}");
    terminal.choose(1);
    terminal.asked("What should change?").wait_for("Keep this revision");
    terminal.press(Key::Enter).ends(0);
    assert_eq!(home.listed(""), ["from the desk"]);
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

const BOTH_KEPT: &str = "The entry changed after you started this edit. Both revisions are kept.";

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
    for words in ["words and more", "other words", "This entry was edited in two places"] {
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
fn an_edit_that_was_open_while_another_window_changed_its_entry_says_so_and_is_the_newest() {
    let mut home = Home::ready();
    let id = home.keep("write words");
    // Of a clock that goes.
    let now = |home: &mut Home| {
        home.at(&chrono::Utc::now().to_rfc3339());
    };
    let mut command = std::process::Command::new(BINARY);
    let ticking = home.env().into_iter().filter(|(name, _)| name != "INWARD_NOW");
    command.args(["edit", &id]).env_clear().envs(ticking).current_dir(home.path());
    let terminal = Terminal::start(command, 24, 80);
    terminal.asked("What should change?");
    now(&mut home);
    home.run(&format!("edit {id} --tag elsewhere")).ok();
    terminal.choose(1).asked("words").type_keys(" and more").press(Key::Ctrl('d'));
    terminal.asked("What should change?").press(Key::Enter).ends(0);
    let told = one_line(&terminal.scrolled_back());
    assert!(told.contains(BOTH_KEPT), "{told}");
    now(&mut home);
    assert_eq!(home.listed(""), ["words and more"]);
    let shown = home.run(&format!("show {id}")).ok().stdout;
    assert!(shown.find("words and more") < shown.find("#elsewhere"), "{shown}");
    home.terminal(&format!("edit {id}")).asked("Revision 1: words and more");
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
