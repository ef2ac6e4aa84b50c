//! Export: markdown and JSON, to standard output, a file, or a folder.

use std::os::unix::fs::symlink;

use crate::generate::Writer;
use crate::harness::{Home, NOW, Outcome, file_of, files, mode, name, one_line};

fn three_entries() -> Home {
    let mut home = Home::ready();
    home.at("2026-11-22T07:30:00+00:00").keep("intent 'Stay in it' -t repair -t home");
    home.at("2026-11-23T20:00:00+00:00").keep("write '# Not a heading\n\nTwo *paragraphs*'");
    home.at("2026-11-23T21:14:03+00:00").keep("reflect 'The door' --closeness 3 -t repair");
    home
}

/// As a page of its own has it; in the one document each heading is one deeper.
const SUNDAY: &str = "# Sunday 22 November 2026

## 07:30 intent

#repair #home

**What would you like to carry into today?** Stay in it
";

const MONDAY: &str = "# Monday 23 November 2026

## 20:00 write

**Write what's there.**

\\# Not a heading

Two *paragraphs*

## 21:14 reflect

#repair

**One moment of connection today, however small, or none.** The door

**How close did you feel to your partner?** 3 of 0–4, “close”
";

/// The one document of these pages.
fn document(about: &str, pages: &[&str]) -> String {
    let entries = pages.concat().matches("\n## ").count();
    let first = pages[0].lines().next().unwrap().trim_start_matches("# ");
    let anchor = first.to_lowercase().replace(' ', "-");
    let word = if entries == 1 { "entry" } else { "entries" };
    let head =
        format!("# Journal\n\n\n{about}\n\n- [November 2026](#{anchor}): {entries} {word}\n\n\n");
    head + &pages
        .join("\n")
        .replace("\n## ", "\n### ")
        .replace("# S", "## S")
        .replace("# M", "## M")
}

const BOTH: &str = "22 to 23 November 2026, 3 entries";
const YESTERDAY: &str = "22 November 2026, 1 of 3 entries";

/// Without the comments that name entries, each of which must be whole.
#[track_caller]
fn unmarked(text: &str) -> String {
    let (marks, lines): (Vec<&str>, Vec<&str>) =
        text.split_inclusive('\n').partition(|line| line.starts_with("<!--"));
    for mark in marks.iter().filter(|mark| mark.starts_with("<!-- inward")) {
        let words: Vec<&str> = mark.split_whitespace().collect();
        // In a file among others the mark says which revision that file has.
        let (["<!--", "inward", practice, id, at, "-->"]
        | ["<!--", "inward", practice, id, at, _, "-->"]) = words[..]
        else {
            panic!("{mark}")
        };
        assert!(practice.len() > 4 && id.len() == 10 && at.ends_with('Z'), "{mark}");
    }
    assert!(!marks.is_empty(), "{text}");
    // The hash of a page stands below an empty line.
    let text = lines.concat();
    let page = marks.last().is_some_and(|mark| mark.starts_with("<!-- exported"));
    text.strip_suffix('\n').filter(|_| page).map(str::to_owned).unwrap_or(text)
}

#[track_caller]
fn text_of(file: &std::path::Path) -> String {
    unmarked(&std::fs::read_to_string(file).unwrap())
}

/// The warning that goes with every export, however its lines are broken.
#[track_caller]
fn warns(outcome: &Outcome, to: &str) {
    let files = if to.ends_with('/') { "those files" } else { "that file" };
    let warning = format!("It's plain text: anyone who can read {files} can read these entries.");
    assert_eq!(one_line(&outcome.stderr), format!("Exported to {to}. {warning}"));
}

#[test]
fn markdown_on_standard_output_is_a_document_of_all_days_oldest_first() {
    let outcome = three_entries().run("export").ok();
    assert_eq!(unmarked(&outcome.says("").stdout), document(BOTH, &[SUNDAY, MONDAY]));
}

#[test]
fn a_file_gets_it_all_and_is_its_owners_alone() {
    let home = three_entries();
    let outcome = home.run("export -o j.md --on yesterday").umask(0).ok();
    warns(outcome.prints(""), "j.md");
    let file = home.path().join("j.md");
    assert_eq!(text_of(&file), document(YESTERDAY, &[SUNDAY]));
    assert_eq!(mode(&file), 0o600);
}

#[test]
fn a_file_that_is_there_is_left_alone_unless_forced() {
    let home = three_entries();
    let file = home.write("j.md", "mine");
    home.run("export -o j.md")
        .exits(2)
        .prints("")
        .says("j.md already exists.\nChoose another name, delete that file, or add --force to replace it.\n");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "mine");
    home.run("export -o j.md --force --on yesterday").ok();
    assert_eq!(text_of(&file), document(YESTERDAY, &[SUNDAY]));
}

#[test]
fn a_link_in_the_way_is_not_written_through() {
    let home = three_entries();
    let other = home.write("other.md", "mine");
    symlink(&other, home.path().join("j.md")).unwrap();
    home.run("export -o j.md").exits(2);
    home.run("export -o j.md --force").exits(2);
    assert!(home.path().join("j.md").is_symlink(), "nor replaced by a file");
    assert_eq!(std::fs::read_to_string(&other).unwrap(), "mine");
    symlink("nowhere", home.path().join("dangling.md")).unwrap();
    home.run("export -o dangling.md").exits(2);
    assert!(!home.path().join("nowhere").exists());
}

#[test]
fn a_folder_gets_a_file_a_day_with_front_matter() {
    let home = three_entries();
    warns(home.run("export -o vault/").umask(0).ok().prints(""), "vault/");
    let vault = home.path().join("vault");
    let found = files(&vault);
    assert_eq!(
        found.iter().map(|f| name(f)).collect::<Vec<_>>(),
        ["2026-11-22.md", "2026-11-23.md"]
    );
    assert_eq!(
        text_of(&found[0]),
        format!(
            "---\ndate: 2026-11-22\naliases: [\"Sunday 22 November 2026\"]\npractices: [\"intent\"]\ntags: [\"home\", \"repair\"]\n---\n\n{SUNDAY}"
        )
    );
    assert_eq!(
        text_of(&found[1]),
        format!(
            "---\ndate: 2026-11-23\naliases: [\"Monday 23 November 2026\"]\npractices: [\"reflect\", \"write\"]\ntags: [\"repair\"]\ncloseness: 3\n---\n\n{MONDAY}"
        )
    );
    assert_eq!(mode(&vault), 0o700);
    assert_eq!(found.iter().map(|f| mode(f)).collect::<Vec<_>>(), [0o600, 0o600]);
}

#[test]
fn a_folder_where_one_day_is_there_already_gets_no_file_at_all() {
    let home = three_entries();
    home.write("vault/2026-11-23.md", "my own note");
    home.run("export -o vault").exits(2).says(
        "vault/2026-11-23.md already exists.\nChoose another name, delete that file, or add --force to replace it.\n",
    );
    assert_eq!(files(&home.path().join("vault")).len(), 1);
    home.run("export -o vault --force").ok();
    assert_eq!(files(&home.path().join("vault")).len(), 2);
}

#[test]
fn a_folder_of_json_has_a_file_a_day_as_well() {
    let home = three_entries();
    home.run("export -o days/ --format json").ok();
    let found = files(&home.path().join("days"));
    assert_eq!(
        found.iter().map(|f| name(f)).collect::<Vec<_>>(),
        ["2026-11-22.json", "2026-11-23.json"]
    );
    let monday = std::fs::read_to_string(&found[1]).unwrap();
    let monday: serde_json::Value = serde_json::from_str(&monday).unwrap();
    assert_eq!(monday["entries"].as_array().unwrap().len(), 2);
}

#[test]
fn an_answer_never_becomes_part_of_the_documents_structure() {
    let home = Home::ready();
    let hostile = "---\ndate: 1999-01-01\n---\n# Heading\n## 09:00 write\n> quote\n```\nfence\n\
                   ~~~\n**bold**\n<script>alert(1)</script>\n===\n\tcode\n%%comment%%\n- a list stays";
    home.run("write").stdin(hostile).ok();
    let told = "# Journal


23 November 2026, 1 entry

- [November 2026](#monday-23-november-2026): 1 entry


## Monday 23 November 2026

### 21:14 write

**Write what's there.**

\\---··
date: 1999-01-01··
\\---··
\\# Heading··
\\## 09:00 write··
\\> quote··
\\```··
fence··
\\~~~··
\\**bold**··
\\<script>alert(1)\\</script>··
\\===··
\tcode··
\\%%comment\\%%··
- a list stays
";
    let outcome = home.run("export").ok();
    assert_eq!(unmarked(&outcome.stdout), told.replace('·', " "));
}

#[test]
fn an_export_that_cannot_be_written_says_where_and_why() {
    let home = three_entries();
    let outcome = home.run("export -o no/such/place.md").exits(5);
    assert!(
        outcome
            .stderr
            .starts_with("inward couldn't write no/such/place.md: no such file or directory."),
        "{}",
        outcome.stderr
    );
}

#[test]
fn a_version_that_was_moved_to_another_day_stands_on_that_days_page() {
    let mut home = Home::ready();
    for day in ["2026-11-20", "2026-11-21", "2026-11-22"] {
        home.keep(&format!("write 'of {day}' --at '{day} 10:00'"));
    }
    let id = home.keep("write moved --at '2026-11-22 09:00'");
    let file = file_of(&home, &id);
    let first = std::fs::read(&file).unwrap();
    home.run(&format!("edit {id} --tag here")).ok();
    let here = file_of(&home, &id);
    let edited = std::fs::read(&here).unwrap();
    std::fs::remove_file(&here).unwrap();
    std::fs::write(&file, first).unwrap();
    home.at("2026-11-23T23:00:00+00:00");
    home.run(&format!("edit {id} --at '2026-11-20 11:00'")).ok();
    std::fs::write(&here, edited).unwrap();
    let text = home.run("export").ok().stdout;
    let days: Vec<&str> = text.lines().filter(|line| line.starts_with("## ")).collect();
    let expected = [
        "## Friday 20 November 2026",
        "## Saturday 21 November 2026",
        "## Sunday 22 November 2026",
    ];
    assert_eq!(days, expected, "{text}");
    assert_eq!(text.matches("moved").count(), 2, "{text}");
}

#[test]
fn a_table_of_which_every_row_is_damaged_has_its_head() {
    let home = three_entries();
    for file in files(&home.journal()) {
        std::fs::write(&file, "age-encryption.org/v1\n").unwrap();
    }
    let table = home.run("export --format csv").exits(4).stdout;
    assert!(table.starts_with("id,day,at,practice,") && table.lines().count() == 1, "{table}");
}

#[test]
fn a_document_is_the_same_whether_the_journal_is_read_once_for_it_or_twice() {
    let home = Home::with_entries(&Writer::new(7).year(NOW.parse().unwrap()));
    let once = home.run("export").ok().stdout;
    // A filter that leaves out nothing: what it is of is counted first.
    let twice = home.run("export --from 1990-01-01").ok().stdout;
    assert!(once.contains("\nFollows up ") && once.contains("\nFollowed up "), "links both ways");
    // The title names the days that were asked for.
    assert_eq!(once, twice.replacen("1 January 1990 to ", "23 November 2025 to ", 1));
}
