//! Reading: list, show, search, and the query that they share.

use std::io::Read;
use std::process::{Command, Stdio};

use serde_json::json;

use crate::harness::{BINARY, Home};

/// Five entries over a year, of three practices; their ids in that order.
pub fn five_entries() -> (Home, Vec<String>) {
    let mut home = Home::ready();
    let mut ids = Vec::new();
    for (at, arguments) in [
        ("2025-11-23T08:00:00+00:00", "intent 'Call him' -t phone"),
        ("2026-10-31T23:30:00+00:00", "write 'A long night'"),
        ("2026-11-16T21:00:00+00:00", "reflect 'The Door' --closeness 3 -t repair"),
        ("2026-11-22T07:30:00+00:00", "intent 'Stay in it' -t repair -t home"),
        ("2026-11-23T21:14:03+00:00", "reflect 'Tea, and silence'"),
    ] {
        ids.push(home.at(at).keep(arguments));
    }
    (home, ids)
}

#[test]
fn a_list_shows_a_line_an_entry_under_its_day_newest_first() {
    let (home, ids) = five_entries();
    let list = format!(
        "today
  {}  21:14  reflect  Tea, and silence

yesterday
  {}  07:30  intent   Stay in it

a week ago, Monday 16 November
  {}  21:00  reflect  The Door

Saturday 31 October
  {}  23:30  write    A long night

a year ago, Sunday 23 November 2025
  {}  08:00  intent   Call him
",
        ids[4], ids[3], ids[2], ids[1], ids[0]
    );
    home.run("list").ok().prints(&list).says("");
}

#[test]
fn show_without_a_word_shows_the_newest_whole() {
    let (home, ids) = five_entries();
    let whole = format!(
        "Today, 21:14 · reflect · {}

  One moment of connection today, however small, or none.
    Tea, and silence
",
        ids[4]
    );
    home.run("show").ok().prints(&whole).says("");
}

#[test]
fn show_takes_ids_in_the_order_given() {
    let (home, ids) = five_entries();
    let whole = format!(
        "Yesterday, 07:30 · intent · {}
#repair #home

  What would you like to carry into today?
    Stay in it

A week ago, Monday 16 November, 21:00 · reflect · {}
#repair

  One moment of connection today, however small, or none.
    The Door

  How close did you feel to your partner?
    3, “close”
",
        ids[3], ids[2]
    );
    home.run(&format!("show {} {}", ids[3], ids[2])).ok().prints(&whole);
}

#[test]
fn an_id_is_named_by_its_beginning_in_any_case_and_as_people_misread_it() {
    let (home, ids) = five_entries();
    let id = &ids[2];
    let unique = (1..).find(|n| ids.iter().filter(|i| i.starts_with(&id[..*n])).count() == 1);
    let misread = id.replace('0', "O").replace('1', "l").to_uppercase();
    for given in [&id[..unique.unwrap()], &id.to_uppercase(), &misread] {
        assert_eq!(home.entry(given)["id"], id.as_str(), "{given}");
    }
}

#[test]
fn a_beginning_that_several_ids_have_is_refused_and_names_them() {
    let home = Home::ready();
    // 33 ids cannot all begin differently in an alphabet of 32.
    let ids: Vec<String> = (0..33).map(|n| home.keep(&format!("write {n}"))).collect();
    let first = |id: &String| id[..1].to_owned();
    let given = ids.iter().map(first).find(|c| ids.iter().filter(|i| i.starts_with(c)).count() > 1);
    let given = given.unwrap();
    let mut candidates: Vec<_> = ids.into_iter().filter(|id| id.starts_with(&given)).collect();
    candidates.sort();
    home.run(&format!("show {given}")).exits(2).prints("").says(&format!(
        "“{given}” matches {} entries: {}.\nType more of the id.\n",
        candidates.len(),
        candidates.join(", ")
    ));
}

#[test]
fn an_id_that_there_is_not_is_said() {
    let (home, _) = five_entries();
    home.run("show zzzzzzzzzz")
        .exits(1)
        .prints("")
        .says("No entry's id starts with “zzzzzzzzzz”.\n`inward list` shows the ids.\n");
}

#[test]
fn an_empty_id_names_no_entry_even_where_there_is_only_one() {
    let home = Home::ready();
    home.keep("write 'the only one'");
    for arguments in ["show ''", "delete '' --yes", "edit '' --tag x"] {
        let outcome = home.run(arguments).outcome();
        assert!([1, 2].contains(&outcome.code), "{arguments}: {outcome:?}");
    }
    assert_eq!(home.listed(""), ["the only one"]);
}

#[test]
fn a_query_narrows_by_practice_day_tag_and_words() {
    let (home, _) = five_entries();
    let (call, night, door) = ("Call him", "A long night", "The Door");
    let (stay, tea) = ("Stay in it", "Tea, and silence");
    for (query, wanted) in [
        ("-p intent", vec![stay, call]),
        ("-p intent -p write", vec![stay, night, call]),
        ("--on 2026-11-22", vec![stay]),
        ("--on yesterday", vec![stay]),
        ("--on 2026-11", vec![tea, stay, door]),
        ("--on 2025", vec![call]),
        ("--from 2026-11-16", vec![tea, stay, door]),
        ("--from '3 days ago' --to yesterday", vec![stay]),
        ("--to 2026-10-31", vec![night, call]),
        ("--to 2026-10", vec![night, call]),
        ("--tag repair", vec![stay, door]),
        ("-t '#phone' -t home", vec![stay, call]),
        ("--containing door", vec![door]),
        ("--containing ea --containing silence", vec![tea]),
        ("--on 2026-11-16..yesterday", vec![stay, door]),
        ("--on 'last week'", vec![stay, door]),
        ("--from november", vec![tea, stay, door]),
        ("--on 'last november'", vec![call]),
        ("--where 'closeness>=3'", vec![door]),
        ("--where closeness=close --where 'closeness<4'", vec![door]),
        ("--where 'intention!=call him'", vec![stay]),
        ("--last 2", vec![tea, stay]),
        ("-n 1 -p intent", vec![stay]),
        ("--on-this-day", vec![door, call]),
        ("-p reflect --tag repair --from 2026 --last 9", vec![door]),
    ] {
        assert_eq!(home.listed(query), wanted, "{query}");
    }
}

#[test]
fn where_nothing_matches_the_exit_code_says_so() {
    let (home, _) = five_entries();
    for arguments in
        ["list -p write --on today", "search nowhere", "show -t none", "export -t none"]
    {
        home.run(arguments).exits(1).prints("").says("Nothing matches.\n");
    }
    for arguments in [
        "list -t none",
        "search nowhere",
        "search DOOR",
        "show -t none",
        "show zzzzzzzzzz",
        "export -t none",
        "export -t none --format json",
    ] {
        let none = home.run(&format!("{arguments} --json")).exits(1);
        assert_eq!(none.json(), json!({ "version": 1, "entries": [] }), "{arguments}");
        assert!(none.stderr.contains("."), "and it is said: {arguments}");
    }
    home.run("export -t none --json -o none.json").exits(1).prints("");
    assert!(!home.path().join("none.json").exists());
    let empty = Home::ready();
    for arguments in ["list", "show", "search x", "list --tags", "export", "list --on today"] {
        empty
            .run(arguments)
            .exits(1)
            .says("There are no entries yet.\n`inward intent` writes the first.\n");
    }
}

#[test]
fn where_every_entry_was_deleted_that_is_said_and_no_query_is_blamed() {
    let home = Home::ready();
    let id = home.keep("write words");
    home.run(&format!("delete {id} --yes")).ok();
    let said = "There are no entries: what was kept here was deleted.\n\
                `inward intent` writes a new one.\n";
    for line in ["list", "list --json", "show", "show --random", "export", "edit --tag t"] {
        home.run(line).exits(1).says(said);
    }
    home.run("search words").exits(1).says("Nothing matches.\n");
    home.keep("write words");
    home.run("list --tags").exits(1).says("No entry has a tag yet.\n`inward edit ID --tag repair` adds one, and so does --tag on every practice.\n");
    home.run("list --tags --last 1").exits(1).says("Nothing matches.\n");
    home.run("list --practice reflect").exits(1).says("Nothing matches.\n");
}

#[test]
fn a_practice_that_there_is_not_is_guessed_at_and_days_that_leave_none_are_refused() {
    let (home, _) = five_entries();
    for arguments in
        ["list -p relfect", "search x -p relfect", "export -p relfect", "patterns -p relfect"]
    {
        let told = home.run(arguments).exits(2).prints("").stderr.clone();
        let guess =
            "There's no practice “relfect”.\nDid you mean `reflect`? The practices are intent, ";
        assert!(told.starts_with(guess), "{arguments}: {told}");
    }
    for days in ["--from 2026-11-20 --to 2026-11-10", "--on 2026-11-20..2026-11-10"] {
        home.run(&format!("list {days}")).exits(2).says(
            "2026-11-20 comes after 2026-11-10, so there's no day between them.\n\
             Give the earlier day first: --from EARLIER --to LATER, or EARLIER..LATER.\n",
        );
    }
}

#[test]
fn list_show_search_and_export_print_one_shape_of_json() {
    let (home, ids) = five_entries();
    let list = home.run("list --json -n 1").ok().json();
    assert_eq!(list["version"], 1);
    assert_eq!(list["entries"].as_array().unwrap().len(), 1);
    assert_eq!(list["entries"][0]["id"], ids[4].as_str());
    for other in ["show --json", "search --json 'Tea, and'", "export --format json -n 1"] {
        let mut printed = home.run(other).ok().json();
        let entry = printed["entries"][0].as_object_mut().unwrap();
        // What proves whose it is goes with an export alone.
        assert_eq!(entry.remove("mac").is_some(), other.starts_with("export"), "{other}");
        assert_eq!(printed, list, "{other}");
    }
}

#[test]
fn the_last_of_none_and_a_day_that_is_none_are_refused() {
    let (home, _) = five_entries();
    for (arguments, said) in [
        (
            "list --last 0",
            "“0” isn't a valid value for `--last`.\nGive a whole number of 1 or more.\n",
        ),
        (
            "list --last x",
            "“x” isn't a valid value for `--last`.\nGive a whole number of 1 or more.\n",
        ),
        (
            "list --on 2026-13",
            "inward can't read “2026-13” as a date or time.\n\
             Try 2026-11-20, \"20 Nov\", \"yesterday 9pm\", \"last friday\" or \"3 days ago\".\n",
        ),
    ] {
        home.run(arguments).exits(2).prints("").says(said);
    }
}

#[test]
fn control_characters_of_an_entry_never_reach_the_terminal() {
    let home = Home::ready();
    home.run("write").stdin("\u{1b}[2Jgone \u{9b}31m \u{202e}txt\u{7f}").ok();
    for arguments in ["list", "show", "search gone", "export"] {
        let printed = home.run(arguments).ok().stdout;
        assert!(printed.contains("␛[2Jgone \u{fffd}31m txt␡"), "{arguments}: {printed:?}");
        assert!(!printed.contains(|c: char| c.is_control() && c != '\n'), "{printed:?}");
    }
}

#[test]
fn nothing_is_coloured_in_a_pipe() {
    let (home, _) = five_entries();
    for arguments in ["", "list", "show", "export", "practices", "help privacy", "--help", "tour"] {
        let outcome = home.run(arguments).ok();
        assert!(!outcome.stdout.contains('\u{1b}'), "{arguments}: {}", outcome.stdout);
        assert!(!outcome.stderr.contains('\u{1b}'), "{arguments}: {}", outcome.stderr);
    }
}

#[test]
fn a_reader_that_has_read_enough_is_no_error() {
    let home = Home::ready();
    // More than a pipe holds, so that the program must notice.
    home.run("write").stdin("word ".repeat(50_000)).ok();
    for arguments in [&["show"][..], &["export"], &["list", "--json"]] {
        let mut command = Command::new(BINARY);
        command.args(arguments).env_clear().envs(home.env());
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut out = child.stdout.take().unwrap();
        out.read_exact(&mut [0; 1]).unwrap();
        drop(out);
        let done = child.wait_with_output().unwrap();
        assert_eq!(String::from_utf8_lossy(&done.stderr), "", "{arguments:?}");
        assert_eq!(done.status.code(), Some(0), "{arguments:?}");
    }
}

#[test]
fn an_entry_of_a_later_year_is_not_the_newest_while_there_is_another() {
    let home = Home::ready();
    let later = home.keep("write 'the swallow' --at 2030-01-01");
    assert!(home.run("show").ok().stdout.contains("the swallow"), "it is all there is");
    home.keep("write 'the heron' --at yesterday");
    let newest = home.keep("write 'the rook'");
    assert!(home.run("show").ok().stdout.contains("the rook"));
    assert_eq!(home.run("show --json").ok().json()["entries"][0]["id"], newest.as_str());
    home.run("edit --tag bird").ok();
    assert_eq!(home.listed("--tag bird"), ["the rook"]);
    assert!(home.run("show --last 1").ok().stdout.contains("the swallow"), "when asked for");
    assert!(home.run(&format!("show {later}")).ok().stdout.contains("the swallow"));
}
