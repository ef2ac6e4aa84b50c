//! Exporting into the same folder again: what an export wrote and nobody changed is written
//! again; what someone changed, and what another kind of export wrote, is not.

use std::path::{Path, PathBuf};

use crate::harness::{Home, files, snapshot};

fn vault(home: &Home) -> PathBuf {
    home.path().join("vault")
}

fn text(file: &Path) -> String {
    std::fs::read_to_string(file).unwrap()
}

/// Three entries of two days, one with a picture, and the folder of their first export.
fn exported() -> Home {
    let mut home = Home::ready();
    home.at("2026-11-22T07:30:00+00:00").keep("intent 'Stay in it with Sam' -t home");
    home.write("lake.jpg", "a picture");
    home.at("2026-11-23T20:00:00+00:00").keep("write 'with Sam' --attach lake.jpg");
    home.keep("reflect 'The door' --closeness 3 -t repair");
    home.run("export -o vault/").ok();
    home
}

#[test]
fn a_later_export_updates_what_nobody_changed_and_says_what_it_left() {
    let mut home = exported();
    let [sunday, monday] = ["22", "23"].map(|day| vault(&home).join(format!("2026-11-{day}.md")));
    let before = text(&sunday);
    home.run("export -o vault/").ok();
    assert_eq!(text(&sunday), before, "what is the same stays so");
    // One that a person changed, one that is out of date, and one that is new.
    std::fs::write(&sunday, before.replace("Stay in it", "Stay in it, mostly")).unwrap();
    home.keep("write 'one more'");
    home.at("2026-11-24T08:00:00+00:00").keep("write tomorrow");
    let outcome = home.run("export -o vault/").ok();
    let left = "Not replaced, because you changed it: vault/2026-11-22.md";
    assert_eq!(outcome.stderr.lines().next(), Some(left), "{}", outcome.stderr);
    assert_eq!(outcome.stderr.matches("Not replaced").count(), 1, "{}", outcome.stderr);
    assert!(text(&sunday).contains("mostly"));
    assert!(text(&monday).contains("one more"));
    assert!(vault(&home).join("2026-11-24.md").exists());
    home.run("export -o vault/ --force").ok();
    assert_eq!(text(&sunday), before);
}

#[test]
fn a_picture_that_someone_changed_is_left_and_everything_else_is_updated() {
    let home = exported();
    let picture = files(&vault(&home).join("attachments")).remove(0);
    std::fs::write(&picture, "cropped").unwrap();
    let sunday = vault(&home).join("2026-11-22.md");
    std::fs::write(&sunday, text(&sunday) + "mine\n").unwrap();
    home.keep("write 'one more'");
    // An export that has other bytes than the journal in it isn't done without a word.
    let outcome = home.run("export -o vault/").exits(4);
    let name = picture.file_name().unwrap().to_str().unwrap();
    let left: Vec<&str> =
        outcome.stderr.lines().filter(|line| line.starts_with("Not replaced")).collect();
    let other_bytes = "Not replaced, and not what was attached (add --force to replace it)";
    let said = [
        format!("{other_bytes}: vault/attachments/{name}"),
        "Not replaced, because you changed it: vault/2026-11-22.md".to_owned(),
    ];
    assert_eq!(left, said);
    assert_eq!(text(&picture), "cropped");
    assert!(text(&sunday).ends_with("mine\n"));
    assert!(text(&vault(&home).join("2026-11-23.md")).contains("one more"));
    home.run("export -o vault/ --force").ok();
    assert_eq!(text(&picture), "a picture");
}

#[test]
fn a_link_or_a_folder_in_the_place_of_a_picture_is_refused_before_anything_is_written() {
    let home = exported();
    let picture = files(&vault(&home).join("attachments")).remove(0);
    let other = home.write("other.txt", "mine");
    home.keep("write 'one more'");
    let whole = text(&vault(&home).join("2026-11-23.md"));
    std::fs::remove_file(&picture).unwrap();
    // --force wouldn't replace it either, so nothing advises it.
    let refused = || {
        for force in ["", " --force"] {
            let said = home.run(&format!("export -o vault/{force}")).exits(2).stderr;
            assert!(said.contains("inward left it alone") && !said.contains("force"), "{said}");
        }
    };
    for target in [other.as_path(), Path::new("nowhere")] {
        std::os::unix::fs::symlink(target, &picture).unwrap();
        refused();
        std::fs::remove_file(&picture).unwrap();
    }
    std::fs::create_dir(&picture).unwrap();
    refused();
    assert_eq!(text(&other), "mine");
    assert_eq!(text(&vault(&home).join("2026-11-23.md")), whole);
}

#[test]
fn the_same_entries_named_another_way_are_the_same_export() {
    let home = Home::ready();
    let [a, b] = ["one", "two"].map(|word| home.keep(&format!("write {word} -t {word}")));
    home.run(&format!("export {a} {b} -o ids/")).ok();
    home.run(&format!("export {b} {a} {b} -o ids/")).ok();
    home.run(&format!("export {} {b} -o ids/", &a[..7])).ok();
    home.run(&format!("export {a} -o ids/")).exits(2);
    home.run("export --tag one --tag two -o tags/").ok();
    home.run("export --tag two --tag one --tag two -o tags/").ok();
    home.run("export --tag one -o tags/").exits(2);
}

#[test]
fn a_filter_that_is_of_other_days_by_now_is_another_export() {
    let mut home = Home::ready();
    home.at("2025-11-27T08:00:00+00:00").keep("write 'a year ago'");
    home.at("2025-11-28T08:00:00+00:00").keep("write 'the day after'");
    home.at("2026-11-27T08:00:00+00:00");
    for by in ["month", "practice"] {
        home.run(&format!("export --on-this-day --by {by} -o {by}/")).ok();
        home.run(&format!("export --on-this-day --by {by} -o {by}/")).ok();
    }
    home.run("export --on-this-day -o day/").ok();
    home.run("export --last 9 -o all/").ok();
    home.at("2026-11-28T08:00:00+00:00").keep("write 'today'");
    home.at("2026-11-28T09:00:00+00:00").keep("write 'later today'");
    let month = home.path().join("month/2025-11.md");
    let before = text(&month);
    for by in ["month", "practice"] {
        home.run(&format!("export --on-this-day --by {by} -o {by}/")).exits(2);
    }
    assert_eq!(text(&month), before);
    // A page of a day has all of it, and nothing is cut off while there are fewer.
    home.run("export --on-this-day -o day/").ok();
    home.run("export --last 9 -o all/").ok();
}

#[test]
fn an_export_of_the_latest_so_many_updates_its_folder_day_after_day() {
    let mut home = Home::ready();
    for by in ["day", "month", "practice", "entry"] {
        for day in ["20", "21", "22"] {
            home.at(&format!("2026-11-{day}T08:00:00+00:00")).keep(&format!("write 'in {by}'"));
            home.run(&format!("export --last 2 --by {by} -o {by}/")).ok();
        }
        // Every page is of those alone, so it's not the page of an export of everything.
        let everything = home.run(&format!("export --by {by} -o {by}/"));
        everything.exits(if by == "entry" { 0 } else { 2 });
    }
    let month = text(&home.path().join("month/2026-11.md"));
    assert_eq!(month.matches("<!-- inward ").count(), 2, "{month}");
}

#[test]
fn pages_of_other_filters_or_names_are_not_silently_replaced() {
    let home = exported();
    let whole = snapshot(&vault(&home));
    let others = [
        "--redact Sam=Kim",
        "--practice reflect",
        "--tag repair",
        "--not-tag repair",
        "--containing door",
        "--where closeness>=3",
        "--last 1",
        "--from '2026-11-23 19:00'",
    ];
    for other in others {
        let outcome = home.run(&format!("export -o vault/ {other}")).exits(2);
        let fact = "was exported with other filters or names.";
        assert!(outcome.stderr.contains(fact), "{other}: {}", outcome.stderr);
        assert_eq!(snapshot(&vault(&home)), whole, "{other}");
        // The same once more is the same export.
        let folder = other.replace([' ', '\''], "-");
        home.run(&format!("export -o {folder}/ {other}")).ok();
        home.run(&format!("export -o {folder}/ {other}")).ok();
        let outcome = home.run(&format!("export -o {folder}/")).exits(2);
        assert!(outcome.stderr.contains(fact), "{other}: {}", outcome.stderr);
    }
    home.run("export -o vault/ --redact Sam=Kim --force").ok();
    assert!(!text(&vault(&home).join("2026-11-22.md")).contains("Sam"));
    home.run("export -o vault/ --redact Sam=P").exits(2);
    home.run("export -o vault/").exits(2);
}

#[test]
fn filters_that_leave_out_nothing_of_a_page_are_the_same_export() {
    let home = exported();
    home.run("export -o vault/ --from 2026-11-23").ok();
    home.run("export -o vault/ --on yesterday").ok();
    for by in ["month", "practice", "entry"] {
        home.run(&format!("export --by {by} -o {by}/")).ok();
    }
    home.run("export --by month -o month/ --on november").ok();
    home.run("export --by month -o month/ --from 2026-11-22").exits(2);
    home.run("export --by practice -o practice/ --practice reflect").ok();
    home.run("export --by practice -o practice/ --from 2026-11-22").exits(2);
    home.run("export --by entry -o entry/ --tag repair --last 1").ok();
    home.run("export --by entry -o entry/ --redact Sam=Kim").exits(2);
}

#[test]
fn what_a_page_says_of_its_export_confirms_no_guess_at_a_name() {
    let home = exported();
    home.run("export -o one/ --redact Sam=P").ok();
    let other = Home::ready();
    other.keep("intent 'Stay in it with Sam'");
    other.run("export -o one/ --redact Sam=P").ok();
    let kind = |home: &Home| {
        let page = text(&files(&home.path().join("one")).remove(0));
        page.lines().last().unwrap().split(' ').nth(3).unwrap().to_owned()
    };
    let [ours, theirs] = [&home, &other].map(kind);
    assert!(ours.starts_with("day-") && theirs.starts_with("day-"), "{ours} {theirs}");
    assert_ne!(ours, theirs, "another key makes another digest");
}

#[test]
fn what_was_deleted_since_goes_from_the_folder_unless_someone_changed_it() {
    let mut home = exported();
    let [sunday, monday] = ["22", "23"].map(|day| vault(&home).join(format!("2026-11-{day}.md")));
    let ids = home.run("list --json").ok().json();
    let of = |practice: &str| {
        let all = ids["entries"].as_array().unwrap();
        let entry = all.iter().find(|entry| entry["practice"] == practice).unwrap();
        entry["id"].as_str().unwrap().to_owned()
    };
    // A page of another journal, whose entries this one has never had.
    let other = text(&sunday).replace(&of("intent"), "aaaaaaaaaa");
    let elsewhere = vault(&home).join("2026-11-21.md");
    std::fs::write(&elsewhere, &other).unwrap();
    let picture = files(&vault(&home).join("attachments")).remove(0);
    home.run(&format!("delete --yes {} {}", of("intent"), of("write"))).ok();
    let said = home.run("export -o vault/").ok().stderr;
    assert!(!sunday.exists(), "{said}");
    assert!(
        said.contains("Deleted, as it's no longer in the journal: vault/2026-11-22.md"),
        "{said}"
    );
    assert!(said.contains("No page links to it any more: vault/attachments/"), "{said}");
    assert!(picture.exists() && !text(&monday).contains("with Sam"));
    assert_eq!(text(&elsewhere), other);
    // A filter leaves out pages, and deletes none.
    home.at("2026-11-24T08:00:00+00:00").keep("write tomorrow");
    let said = home.run("export -o vault/ --from 2026-11-24").ok().stderr;
    assert!(monday.exists() && !said.contains("no longer"), "{said}");
    // The last entry too, and a page that a person changed is named alone.
    std::fs::write(&monday, text(&monday) + "mine\n").unwrap();
    home.run(&format!("delete --yes {}", of("reflect"))).ok();
    let last = home.run("list --json").ok().json();
    home.run(&format!("delete --yes {}", last["entries"][0]["id"].as_str().unwrap())).ok();
    let said = home.run("export -o vault/").exits(1).stderr;
    let left = "Still has a deleted entry: vault/2026-11-23.md";
    assert!(said.contains(left) && monday.exists(), "{said}");
    assert!(!vault(&home).join("2026-11-24.md").exists(), "{said}");
}
