//! An entry that follows up another says so wherever it is shown, and the earlier one
//! points forward.

use std::path::Path;

use crate::harness::{Home, files};

/// What someone felt, and three days later how it was received.
fn followed_up() -> (Home, String, String) {
    let mut home = Home::ready();
    home.at("2026-11-22T20:10:00+00:00");
    let felt = home.keep("feel lonely --when 'the phone stays on the table' --share say");
    home.at("2026-11-25T20:12:00+00:00");
    let received = home.keep("feel --received partly --received-note 'He put it away.'");
    (home, felt, received)
}

fn page(folder: &Path, name: &str) -> String {
    std::fs::read_to_string(folder.join(name)).unwrap()
}

#[test]
fn show_says_what_an_entry_follows_up_and_what_followed_it_up() {
    let (home, felt, received) = followed_up();
    let later = home.run(&format!("show {received}")).ok().stdout;
    let back = format!("  Follows up Sunday 22 November, 20:10 · feel · {felt}\n  “");
    assert!(later.contains(&back) && later.contains("lonely"), "{later}");
    assert!(home.run("show").ok().stdout.contains(&back), "the newest, by no id");
    let earlier = home.run(&format!("show {felt}")).ok().stdout;
    let forward = format!("  Followed up today, 20:12 · feel · {received}\n");
    assert!(earlier.contains(&forward), "{earlier}");
    // Whatever was asked for, and on another day.
    let shown = home.run("show --on 2026-11-22").ok().stdout;
    assert!(shown.contains(&forward), "{shown}");
}

#[test]
fn a_list_marks_both_and_says_all_that_was_answered_later() {
    let (home, ..) = followed_up();
    for query in ["", "--on 2026-11-25", "-n 1"] {
        let listed = home.run(&format!("list {query}")).ok().stdout;
        // How it was received can tell of fear, whatever the answer was.
        let row = "feel  (follows 22 Nov) He put it away.";
        assert!(listed.contains(row), "{query}: {listed}");
    }
    for query in ["", "--on 2026-11-22", "--where share=say"] {
        let listed = home.run(&format!("list {query}")).ok().stdout;
        assert!(listed.contains("feel  (followed up 25 Nov) "), "{query}: {listed}");
    }
}

#[test]
fn markdown_links_both_by_day_and_by_entry() {
    let (home, felt, received) = followed_up();
    let folder = home.path().join("by-day");
    home.run(&format!("export -o {}/", folder.display())).ok();
    let (earlier, later) = (page(&folder, "2026-11-22.md"), page(&folder, "2026-11-25.md"));
    assert!(later.contains("\nFollows up [[2026-11-22#20:10 feel]]\n"), "{later}");
    assert!(earlier.contains("\n## 20:10 feel\n"), "what the link leads to: {earlier}");
    assert!(earlier.contains("\nFollowed up [[2026-11-25#20:12 feel]]\n"), "{earlier}");
    for (by, link) in [
        ("month", "[[2026-11#Sunday 22 November#20:10 feel]]"),
        ("practice", "[[feel#Sunday 22 November 2026, 20:10]]"),
    ] {
        let folder = home.path().join(by);
        home.run(&format!("export --by {by} -o {}/", folder.display())).ok();
        let text = std::fs::read_to_string(&files(&folder)[0]).unwrap();
        assert!(text.contains(&format!("\nFollows up {link}\n")), "{by}: {text}");
    }
    let folder = home.path().join("by-entry");
    home.run(&format!("export --by entry -o {}/", folder.display())).ok();
    let later = page(&folder, &format!("2026-11-25-{received}.md"));
    let link = format!("[Sunday 22 November 2026, 20:10 feel](2026-11-22-{felt}.md)");
    assert!(later.contains(&format!("\nFollows up {link}\n")), "{later}");
    assert!(later.contains(&format!("\nabout: \"[[2026-11-22-{felt}]]\"\n")), "{later}");
    // On one page there are no files to link.
    let whole = home.run("export").ok().stdout;
    assert!(whole.contains("\nFollows up Sunday 22 November 2026, 20:10 feel\n"), "{whole}");
    assert!(!whole.contains("[["), "{whole}");
}

#[test]
fn a_page_of_html_links_both() {
    let (home, felt, received) = followed_up();
    let page = home.run("export --format html").ok().stdout;
    for (lead, id, words) in [
        ("Follows up", &felt, "Sunday 22 November 2026, 20:10 feel"),
        ("Followed up", &received, "Wednesday 25 November 2026, 20:12 feel"),
    ] {
        let link = format!("{lead} <a href=\"#e{id}\">{words}</a>");
        assert!(page.contains(&link), "{page}");
        assert!(page.contains(&format!("<article id=\"e{id}\">")), "{page}");
    }
}

#[test]
fn an_export_of_a_part_links_nothing_that_is_not_in_it() {
    let (home, felt, received) = followed_up();
    for query in ["--on 2026-11-25", "-n 1", "--where received=partly"] {
        for format in ["markdown", "html"] {
            let text = home.run(&format!("export --format {format} {query}")).ok().stdout;
            assert!(text.contains("Follows up an earlier entry"), "{query}: {text}");
            assert!(!text.contains("2026, 20:10 feel"), "{query}: {text}");
            assert!(!text.contains(&format!("href=\"#e{felt}\"")), "{query}: {text}");
        }
    }
    let text = home.run("export --to 2026-11-24").ok().stdout;
    assert!(!text.contains("Followed up") && !text.contains(&received), "{text}");
    home.run(&format!("delete {felt} --yes")).ok();
    for shown in ["show", "export", "export --format html"] {
        let text = home.run(shown).ok().stdout;
        assert!(text.contains("Follows up an earlier entry"), "{shown}: {text}");
    }
    assert!(home.run("list").ok().stdout.contains("(a follow-up) He put it away."));
}

#[test]
fn under_other_names_the_links_are_the_same() {
    let (home, ..) = followed_up();
    let folder = home.path().join("redacted");
    home.run(&format!("export --redact phone=Kim -o {}/", folder.display())).ok();
    let (earlier, later) = (page(&folder, "2026-11-22.md"), page(&folder, "2026-11-25.md"));
    assert!(later.contains("\nFollows up [[2026-11-22#20:10 feel]]\n"), "{later}");
    assert!(!earlier.contains("phone") && earlier.contains("Followed up [["), "{later}{earlier}");
}

#[test]
fn links_follow_an_entry_that_was_moved_to_another_month() {
    let (home, felt, received) = followed_up();
    home.run(&format!("edit {felt} --at '2026-10-30 19:00'")).ok();
    let later = home.run(&format!("show {received}")).ok().stdout;
    assert!(later.contains("Follows up Friday 30 October, 19:00 · feel · "), "{later}");
    assert!(home.run("export").ok().stdout.contains("\nFollows up Friday 30 October 2026, 19:00"));
}

#[test]
fn markdown_with_links_is_read_back_without_them() {
    let (home, _, received) = followed_up();
    let exports = ["day", "month", "practice", "entry"].map(|by| {
        let folder = home.path().join(by);
        home.run(&format!("export --by {by} -o {}/", folder.display())).ok();
        folder
    });
    let whole = home.path().join("whole.md");
    home.run(&format!("export -o {}", whole.display())).ok();
    let before = home.entry(&received);
    for from in exports.iter().chain([&whole]) {
        let other = Home::ready();
        other.run(&format!("import --from markdown {}", from.display())).ok();
        let entries = other.run("list --json").ok().json()["entries"].clone();
        assert_eq!(entries[0]["answers"], before["answers"], "{from:?}");
        assert_eq!(entries[0]["about"], entries[1]["id"], "{from:?}");
    }
    // What someone wrote below the heading is no link.
    let text = std::fs::read_to_string(&whole).unwrap();
    let text = text.replace("\nFollows up ", "\nFollows up with the dentist\nFollows up ");
    std::fs::write(&whole, text).unwrap();
    let other = Home::ready();
    other.run(&format!("import --from markdown {}", whole.display())).ok();
    // The clock there is behind these entries.
    assert!(other.run("show --last 2").ok().stdout.contains("with the dentist"));
}
