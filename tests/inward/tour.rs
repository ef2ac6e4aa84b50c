//! The tour: an evening and a look back, in a journal that is gone afterwards.

use std::time::Duration;

use crate::harness::{Home, Key, NOW, walk};

#[test]
fn the_tour_shows_an_evening_a_look_back_and_an_export_and_leaves_nothing_behind() {
    let home = Home::new();
    let runtime = tempfile::tempdir().unwrap();
    let temporary = tempfile::tempdir().unwrap();
    let tour = home.run("tour").env("XDG_RUNTIME_DIR", runtime.path());
    let tour = tour.env("TMPDIR", temporary.path()).within(Duration::from_secs(15)).ok();
    tour.says("");
    for part in [
        "  $ inward reflect\n\nLooking back on the day\n\nOne moment of connection today,",
        "\nHow close did you feel to your partner?\nThere's no right amount.\n  3  close\n",
        "\nHow did your intention go?\n  I did it\n",
        "\nEnough, or a little more?\nNext: what you saw in yourself, any disagreement,",
        "\nKept: today at 21:14, ",
        "  $ inward look\n\nThe month behind you",
        "\nYou wrote on ",
        "  $ inward patterns\n\nHalf a year ago and now\n",
        "  Closeness  ",
        "  $ inward export --last 1\n\n# Journal\n",
        "\n## Monday 23 November 2026\n",
        "\nThat journal has been deleted. `inward intent` starts your own.\n",
    ] {
        assert!(tour.stdout.contains(part), "{part}\n---\n{}", tour.stdout);
    }
    for folder in [home.path(), runtime.path(), temporary.path()] {
        assert!(walk(folder).is_empty(), "{:?}", walk(folder));
    }
}

#[test]
fn what_the_tour_asks_is_what_the_prompt_asks() {
    let home = Home::ready();
    let tour = home.run("tour").ok().stdout;
    home.keep("intent 'I will step outside.'");
    let terminal = home.terminal("reflect");
    for question in [
        "One moment of connection today, however small, or none.",
        "How close did you feel to your partner?",
        "How did your intention go?",
        "Enough, or a little more?",
    ] {
        assert!(tour.contains(question), "{question}");
        terminal.asked(question).press(Key::Enter);
    }
    terminal.press_until_the_end(Key::Enter);
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
