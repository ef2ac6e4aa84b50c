//! What earlier exports left in a folder of entries that were deleted, moved or edited
//! since: the next export into it deletes such a page, or names it.

use std::path::PathBuf;

use crate::harness::{BINARY, Home, one_line, program};

fn page(home: &Home, place: &str) -> String {
    std::fs::read_to_string(home.path().join(place)).unwrap()
}

fn exists(home: &Home, place: &str) -> bool {
    home.path().join(place).exists()
}

/// The lines about files that are stale.
fn lines(stderr: &str) -> Vec<&str> {
    let about = ["Deleted", "Still has", "Can't be checked"];
    stderr.lines().filter(|line| about.iter().any(|lead| line.starts_with(lead))).collect()
}

/// What an export says of stale files.
#[track_caller]
fn says(home: &Home, export: &str, expected: &[&str]) {
    let stderr = home.run(export).ok().stderr;
    assert_eq!(lines(&stderr), expected, "{export}: {stderr}");
}

/// Two entries of one day, and one of a later day.
fn three() -> (Home, [String; 3]) {
    let mut home = Home::ready();
    let heron = home.at("2026-11-03T08:00:00+00:00").keep("write 'The heron'");
    let lake = home.at("2026-11-03T20:00:00+00:00").keep("write 'The lake'");
    let frost = home.at("2026-11-25T08:00:00+00:00").keep("write 'The frost'");
    (home, [heron, lake, frost])
}

const FROM: &str = "--from 2026-11-20";

#[test]
fn a_page_outside_an_export_that_has_a_deleted_entry_beside_others_is_named() {
    let (home, [heron, ..]) = three();
    home.run("export -o v/").ok();
    home.run("export -o m/ --by month").ok();
    home.run("export -o p/ --by practice").ok();
    says(&home, &format!("export -o v/ {FROM}"), &[]);
    home.run(&format!("delete --yes {heron}")).ok();
    let day = "Still has a deleted entry: v/2026-11-03.md";
    says(&home, &format!("export -o v/ {FROM}"), &[day]);
    assert!(page(&home, "v/2026-11-03.md").contains("The heron"));
    // Pages of another kind, too.
    says(&home, "export -o m/", &["Still has a deleted entry: m/2026-11.md"]);
    says(&home, "export -o p/", &["Still has a deleted entry: p/write.md"]);
    // A whole export brings all of it up to date.
    says(&home, "export -o v/", &[]);
    assert!(!page(&home, "v/2026-11-03.md").contains("The heron"));
    says(&home, &format!("export -o v/ {FROM}"), &[]);
    // A page that someone gave another name, and one that someone changed.
    home.run("export -o m/ --by month").ok();
    std::fs::rename(home.path().join("m/2026-11.md"), home.path().join("m/autumn.md")).unwrap();
    let changed = page(&home, "v/2026-11-03.md") + "mine\n";
    home.write("v/2026-11-03.md", &changed);
    let lake = home.run("list --json --containing lake").ok().json();
    home.run(&format!("delete --yes {}", lake["entries"][0]["id"].as_str().unwrap())).ok();
    let gone = "Deleted, as it's no longer in the journal: m/2026-11-03.md";
    let autumn = "Still has a deleted entry: m/autumn.md";
    says(&home, "export -o m/ --by month", &[gone, autumn]);
    says(&home, "export -o v/", &[day]);
    assert_eq!(page(&home, "v/2026-11-03.md"), changed);
}

#[test]
fn a_file_of_another_format_is_named_and_one_that_names_no_entry_too() {
    let (home, [heron, lake, _]) = three();
    home.write("t.txt", "{% for entry in entries %}{{ entry.answers[0].said }}{% endfor %}");
    let others = ["--format html", "--format json", "--format csv", "--format csv-wide"];
    let endings = ["html", "json", "csv", "csv"];
    for (other, ending) in others.iter().zip(endings) {
        home.run(&format!("export -o {}/ {other}", &other[9..])).ok();
        assert!(exists(&home, &format!("{}/2026-11-03.{ending}", &other[9..])), "{other}");
    }
    home.run("export -o t/ --template t.txt").ok();
    home.run("export -o html-m/ --format html --by month").ok();
    home.write("t/2026-11-04.png", "mine");
    home.run(&format!("delete --yes {heron}")).ok();
    says(&home, "export -o html-m/", &["Still has a deleted entry: html-m/2026-11.html"]);
    says(&home, "export -o t/ --template t.txt --force", &[]);
    home.run(&format!("delete --yes {lake}")).ok();
    for (other, ending) in others.iter().zip(endings) {
        let folder = &other[9..];
        let named = format!("Still has a deleted entry: {folder}/2026-11-03.{ending}");
        says(&home, &format!("export -o {folder}/ {other} --force"), &[&named]);
        assert!(exists(&home, &format!("{folder}/2026-11-03.{ending}")), "{other}");
    }
    let named = "Can't be checked for deleted entries: t/2026-11-03.txt";
    says(&home, "export -o t/ --template t.txt --force", &[named]);
    assert!(page(&home, "t/2026-11-03.txt").contains("The lake"));
}

#[test]
fn an_entry_that_moved_within_its_month_leaves_no_page_behind() {
    let (home, [heron, lake, _]) = three();
    home.run("export -o v/").ok();
    home.run("export -o html/ --format html").ok();
    let old = page(&home, "v/2026-11-03.md");
    home.run(&format!("edit {heron} --at '2026-11-10 08:00'")).ok();
    // The other entry of that day has been rewritten.
    says(&home, "export -o v/", &[]);
    assert!(!page(&home, "v/2026-11-03.md").contains("The heron"));
    home.run(&format!("edit {lake} --at '2026-11-11 08:00'")).ok();
    // Only if the new page is written, and by an export of the same kind.
    let still = "Still has an earlier revision of an entry: v/2026-11-03.md";
    says(&home, &format!("export -o v/ {FROM}"), &[still]);
    let moved = "Deleted, as its entries moved to other pages: v/2026-11-03.md";
    says(&home, "export -o v/", &[moved]);
    assert!(
        !exists(&home, "v/2026-11-03.md") && page(&home, "v/2026-11-11.md").contains("The lake")
    );
    // One that someone changed is theirs.
    home.write("v/2026-11-03.md", old + "mine\n");
    let still = "Still has an entry that moved: v/2026-11-03.md";
    says(&home, "export -o v/", &[still]);
    assert!(page(&home, "v/2026-11-03.md").ends_with("mine\n"));
    let still = "Still has an entry that moved: html/2026-11-03.html";
    says(&home, "export -o html/ --format html --force", &[still]);
}

#[test]
fn a_page_is_not_deleted_for_one_of_an_export_with_other_names_or_of_a_template() {
    let (home, [_, _, frost]) = three();
    home.run("export -o v/ --redact lake=pond").ok();
    home.run(&format!("edit {frost} --at '2026-11-26 08:00'")).ok();
    home.write("t.md", "{{ entries | length }}");
    let still = "Still has an entry that moved: v/2026-11-25.md";
    for other in ["", "--template t.md --redact lake=pond --force"] {
        says(&home, &format!("export -o v/ {FROM} {other}"), &[still]);
        assert!(exists(&home, "v/2026-11-25.md"));
    }
}

#[test]
fn an_entry_that_moved_to_another_month_is_not_taken_for_a_deleted_one() {
    let (home, [heron, ..]) = three();
    home.run("export -o v/ --by entry").ok();
    let old = format!("v/2026-11-03-{heron}.md");
    home.run(&format!("edit {heron} --at '2026-10-23 08:00'")).ok();
    let still = format!("Still has an entry that moved: {old}");
    says(&home, "export -o v/ --by entry --last 1", &[&still]);
    assert!(exists(&home, &old));
    let moved = format!("Deleted, as its entries moved to other pages: {old}");
    says(&home, "export -o v/ --by entry", &[&moved]);
    assert!(!exists(&home, &old));
    // Deleted where it went, it is deleted.
    let new = home.run("list --json --containing heron").ok().json();
    let new = new["entries"][0]["id"].as_str().unwrap();
    home.run("export -o w/ --by entry").ok();
    std::fs::copy(
        home.path().join(format!("w/2026-10-23-{new}.md")),
        home.path().join("w/copy.md"),
    )
    .unwrap();
    home.run(&format!("edit {new} --at '2026-09-23 08:00'")).ok();
    let newest = home.run("list --json --containing heron").ok().json();
    home.run(&format!("delete --yes {}", newest["entries"][0]["id"].as_str().unwrap())).ok();
    let gone = |file: &str| format!("Deleted, as it's no longer in the journal: {file}");
    let [page, copy] = [gone(&format!("w/2026-10-23-{new}.md")), gone("w/copy.md")];
    says(&home, "export -o w/ --by entry --last 1", &[&page, &copy]);
}

#[test]
fn words_that_an_edit_took_out_are_named_where_they_are_still_exported() {
    let (home, [heron, lake, _]) = three();
    home.run("export -o v/").ok();
    // Encrypted again, it's still the same entry.
    home.run("key rotate").ok();
    says(&home, &format!("export -o v/ {FROM}"), &[]);
    home.run("export -o tag/ --not-tag private").ok();
    home.run(&format!("edit {heron} --page 'A heron, no more'")).ok();
    home.run(&format!("edit {lake} --tag private")).ok();
    let still = "Still has an earlier revision of an entry: v/2026-11-03.md";
    says(&home, &format!("export -o v/ {FROM}"), &[still]);
    // Its page is rewritten, for the other entry.
    home.run("export -o tag/ --not-tag private").ok();
    assert!(!page(&home, "tag/2026-11-03.md").contains("lake"));
    home.run(&format!("edit {heron} --tag private")).ok();
    let still = "Still has an earlier revision of an entry: tag/2026-11-03.md";
    says(&home, "export -o tag/ --not-tag private", &[still]);
}

#[test]
fn a_page_with_filters_or_other_names_is_replaced_after_a_rotation_too() {
    let (home, [heron, ..]) = three();
    let kinds = ["--not-tag private", "--redact lake=pond"];
    kinds
        .iter()
        .for_each(|kind| drop(home.run(&format!("export -o v{}/ {kind}", kind.len())).ok()));
    home.run("key rotate").ok();
    home.run(&format!("edit {heron} --page 'A heron, no more'")).ok();
    for kind in kinds {
        let folder = format!("v{}", kind.len());
        home.run(&format!("export -o {folder}/ {kind}")).ok();
        assert!(page(&home, &format!("{folder}/2026-11-03.md")).contains("no more"), "{kind}");
    }
}

#[test]
fn only_what_the_journal_knows_is_judged() {
    let (home, [heron, ..]) = three();
    home.run("export -o v/").ok();
    let other = Home::ready();
    other.keep("write 'Of someone else'");
    other.run("export -o v/").ok();
    std::fs::copy(other.path().join("v/2026-11-23.md"), home.path().join("v/theirs.md")).unwrap();
    home.write("v/2026-11-04.md", "my own note\n");
    home.write("v/2026-11-04.html", "my own page\n");
    // A file that can't be opened may say anything.
    let file: PathBuf = crate::harness::files(&home.journal())
        .into_iter()
        .find(|file| file.to_string_lossy().contains(&heron))
        .unwrap();
    std::fs::write(&file, "damaged").unwrap();
    let outcome = home.run(&format!("export -o v/ {FROM}")).ok();
    assert_eq!(lines(&outcome.stderr), [""; 0]);
    for place in ["v/theirs.md", "v/2026-11-03.md", "v/2026-11-04.md"] {
        assert!(exists(&home, place), "{place}");
    }
}

#[test]
#[ignore = "needs strace"]
fn the_journal_is_listed_as_often_for_many_pages_as_for_one() {
    let listings = |pages: u32| {
        let mut home = Home::ready();
        for day in 1..=pages {
            home.at(&format!("2026-10-{day:02}T08:00:00+00:00")).keep("write words");
        }
        home.run("export -o v/ --by entry").ok();
        let log = home.path().join("calls");
        let mut strace = program(&home, "strace");
        strace.args(["-f", "-qq", "-e", "trace=getdents64,openat", "-o"]).arg(&log).arg(BINARY);
        strace.args(["export", "-o", "v/", "--by", "entry", "--last", "1"]);
        assert!(strace.output().unwrap().status.success());
        let calls = std::fs::read_to_string(&log).unwrap();
        (calls.matches("getdents64(").count(), calls.matches(".age\"").count())
    };
    let (few, few_opened) = listings(2);
    let (many, many_opened) = listings(12);
    assert_eq!(few, many);
    assert!(many_opened <= few_opened + 1, "{few_opened} {many_opened}");
}

#[test]
fn pages_of_another_unit_with_the_same_entries_are_left_and_counted() {
    let (home, _) = three();
    home.run("export -o all/").ok();
    let told = home.run("export -o all/ --by month").ok().stderr;
    let counted = "2 pages, made with another --by, have these entries too, and inward left them";
    assert!(one_line(&told).contains(counted), "{told}");
    assert!(exists(&home, "all/2026-11-03.md") && exists(&home, "all/2026-11.md"));
    // The other way round, it's the page of the month.
    let told = home.run("export -o all/").ok().stderr;
    assert!(one_line(&told).contains("1 page, made with another --by, has these"), "{told}");
    assert!(!home.run("export -o other/").ok().stderr.contains("--by"));
    let told = home.run("export -o all/ --format html --by month").ok().stderr;
    assert!(!told.contains("--by"), "{told}");
}
