//! What an import says of the files that it left out.

use crate::harness::{Home, one_line};

#[test]
fn a_note_without_a_date_is_no_damage_and_one_that_names_no_day_of_a_calendar_is() {
    let home = Home::ready();
    home.write("vault/2026-11-20.md", "The heron");
    home.write("vault/Recipes.md", "words");
    let outcome = home.run("import --from markdown vault").ok();
    let left =
        "Left out: 1 file without a date in the name, front matter or heading: vault/Recipes.md.\n";
    assert!(outcome.stderr.starts_with(left), "{}", outcome.stderr);
    let all = home.run("import --from markdown vault --verbose").ok().stderr;
    assert!(all.contains("Left out: vault/Recipes.md: there's no date in its name"), "{all}");
    home.run("import -q --from markdown vault").ok().says("");

    home.write("vault/Walk 2026-02-30.md", "words");
    let told =
        "Left out: vault/Walk 2026-02-30.md: “2026-02-30” isn't a date that inward can read.\n";
    // However quiet it is to be, as the exit code tells of it.
    home.run("import -q --from markdown vault").exits(4).says(told);
}

#[test]
fn of_a_note_that_is_left_out_nothing_is_said_to_be_kept() {
    let home = Home::ready();
    home.write("vault/broken.md", "---\ndate: [x\nquote: *star\n---\nwords\n");
    home.write("vault/2026-11-20.md", "---\nquote: *star\n---\nwords\n");
    let told = home.run("import --from markdown vault").exits(4).stderr;
    assert!(told.contains("Left out: vault/broken.md: “[x” isn't a date"), "{told}");
    assert!(!told.contains("Noted: vault/broken.md"), "{told}");
    assert!(told.contains("Noted: vault/2026-11-20.md line 2"), "{told}");
}

#[test]
fn a_program_is_not_called_a_journal_and_a_dot_is_named_in_full() {
    let home = Home::ready();
    home.write("program", b"\x7fELF\x02\x01\x01\x00\xff\xfe");
    let told = home.run("import --from jrnl program").exits(2).stderr;
    let left = "Left out: program: it isn't text; if it's an encrypted jrnl journal, import";
    assert!(told.starts_with(left), "{told}");
    assert!(told.contains("There are no jrnl entries there."), "{told}");
    let told = home.run("import --from dayone program").exits(2).stderr;
    assert!(told.contains("There are no Day One entries there."), "{told}");
    home.write("2026-11-20.md", "The heron");
    let told = one_line(&home.run("import --from markdown .").ok().stderr);
    let full = home.path().canonicalize().unwrap();
    assert!(told.contains(&format!(". {} still holds all of it", full.display())), "{told}");
}

#[test]
fn a_star_becomes_a_tag_that_can_be_listed() {
    let home = Home::ready();
    home.write("j.txt", "[2026-11-20 10:00] By the weir *\n\n[2026-11-21 10:00] The heron @sea\n");
    home.run("import --from jrnl j.txt").ok();
    let day = r#"{"creationDate": "2026-11-22T10:00:00Z", "text": "Rain", "starred": true}"#;
    home.write("day.json", format!("{{\"entries\": [{day}]}}"));
    home.run("import --from dayone day.json").ok();
    assert_eq!(home.listed("--tag starred").len(), 2);
    assert_eq!(home.run("list --on 2026-11-21 --json").ok().json()["entries"][0]["tags"][0], "sea");
}

#[test]
fn a_time_that_clocks_skipped_is_kept_an_hour_later_and_named() {
    let home = Home::ready();
    home.write("j.txt", "[2026-03-29 02:30] A\n\n[2026-03-29 03:30] B\n");
    home.write("x.json", r#"{"entries":[{"title":"C","date":"2026-03-29","time":"02:45"}]}"#);
    home.write("2026-03-29_0230.md", "D");
    home.write("d.md", "---\ndate: 2026-03-29 02:45\n---\nE");
    for (kind, file, told) in [
        (
            "jrnl",
            "j.txt",
            "Noted: j.txt line 1: the clocks skipped 02:30 that day, so it's imported as 03:30.",
        ),
        ("jrnl", "x.json", "so it's imported as 03:45."),
        (
            "markdown",
            "2026-03-29_0230.md",
            "2026-03-29_0230.md: the clocks skipped 02:30 that day, so it's imported as 03:30.",
        ),
        ("markdown", "d.md", "d.md: the clocks skipped 02:45 that day, so it's imported as 03:45."),
    ] {
        let import = home.run(&format!("import --from {kind} {file}")).env("TZ", "Europe/Berlin");
        let stderr = import.ok().stderr;
        assert!(stderr.contains(told) && stderr.matches("Noted:").count() == 1, "{stderr}");
    }
}
