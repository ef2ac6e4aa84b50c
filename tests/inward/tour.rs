//! The tour: the main job in a journal that is gone afterwards.

use crate::harness::{Home, NOW, walk};

#[test]
fn the_tour_does_the_main_job_asks_nothing_and_leaves_nothing_behind() {
    let home = Home::new();
    let runtime = tempfile::tempdir().unwrap();
    let temporary = tempfile::tempdir().unwrap();
    let tour = home.run("tour").env("XDG_RUNTIME_DIR", runtime.path());
    let tour = tour.env("TMPDIR", temporary.path()).ok();
    tour.says("");
    for part in [
        "  $ inward intent …\n  Kept, sealed as ",
        "  $ inward reflect …\n  Kept, sealed as ",
        "  2026/11/2026-11-23-",
        "  $ inward list\ntoday\n",
        "  $ inward export\n\n# Monday 23 November 2026\n",
        "**How close did you feel to your partner?**\n\n3 of 0–4 (close)\n",
        "\nThat journal is gone now. `inward intent` begins your own.\n",
    ] {
        assert!(tour.stdout.contains(part), "{part}\n---\n{}", tour.stdout);
    }
    for folder in [home.path(), runtime.path(), temporary.path()] {
        assert!(walk(folder).is_empty(), "{:?}", walk(folder));
    }
}

#[test]
fn the_tour_leaves_a_journal_that_is_there_as_it_is() {
    let home = Home::ready();
    home.keep("write words");
    let before = crate::harness::snapshot(home.path());
    home.run("tour").ok();
    assert!(crate::harness::snapshot(home.path()) == before);
}

#[test]
fn the_tour_works_at_any_time_of_day() {
    for hour in ["00:00:00", "06:30:00", "13:59:59"] {
        let mut home = Home::new();
        home.at(&NOW.replace("21:14:03", hour)).run("tour").ok();
    }
}
