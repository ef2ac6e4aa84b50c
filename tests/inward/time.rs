//! Clocks that were set, days that are missing or come twice, and the ends of
//! the calendar: what is kept stays in order, and what is due stays sane.

use crate::harness::{Home, NOW, one_line};

const BERLIN: &str = "CET-1CEST,M3.5.0,M10.5.0/3";

/// Commands that reckon with days.
const COMMANDS: &[&str] = &[
    "",
    "due",
    "due --json",
    "prompt",
    "list",
    "list --json",
    "list --on today",
    "list --on yesterday",
    "list --on 'last week'",
    "list --on 'this month'",
    "list --on 'last 30 days'",
    "list --on december",
    "list --on monday",
    "list --on-this-day",
    "list --from '2 years ago'",
    "patterns",
    "patterns --json",
    "export",
    "export --format html",
    "export --format csv-wide",
    "export --format codebook",
    "doctor",
    "routine --json",
    "remind --dry-run",
];

#[test]
fn at_the_ends_of_the_calendar_and_on_its_odd_days_every_command_works() {
    let moments = [
        "1970-01-01T00:00:00+00:00",
        "1969-12-31T23:59:59+00:00",
        "0001-01-01T00:00:00+00:00",
        "2000-02-29T12:00:00+00:00",
        "2028-02-29T23:59:59+00:00",
        "2100-02-28T23:59:59+00:00",
        "2026-03-29T01:00:00+00:00",
        "2026-10-25T00:59:59+00:00",
        "2026-12-31T23:59:59+00:00",
        "2038-01-19T03:14:08+00:00",
        "9999-12-31T23:59:59+00:00",
    ];
    let zones = ["UTC", BERLIN, "<+14>-14", "<-12>12", "LHST-10:30LHDT-11,M10.1.0,M4.1.0"];
    let mut runs = 0;
    for (i, now) in moments.into_iter().enumerate() {
        // Each day ends at midnight, or late: in turn.
        let mut home = Home::ready();
        home.config(if i % 2 == 0 { "day-ends = \"04:00\"\n" } else { "" });
        home.at(now);
        // And each is looked at from two places.
        for zone in [zones[i % zones.len()], zones[(i + 2) % zones.len()]] {
            // Where a zone leads out of the calendar, that is said and nothing is lost.
            let said = |arguments: &str| home.run(arguments).env("TZ", zone).outcome();
            for arguments in ["reflect words --closeness 3", "write words --at yesterday"] {
                let kept = said(arguments);
                let sane = [0, 2, 5].contains(&kept.code) && !kept.stderr.contains("panicked");
                assert!(sane, "{now} in {zone}, {arguments}: {kept:?}");
            }
            for arguments in COMMANDS {
                let outcome = said(arguments);
                let sane = [0, 1, 2, 5].contains(&outcome.code);
                assert!(sane, "{now} in {zone}, {arguments}: {outcome:?}");
                assert!(!outcome.stderr.contains("panicked"), "{now} in {zone}: {outcome:?}");
                runs += 1;
            }
        }
        let listed = home.at(NOW).run("list --json").outcome();
        assert!([0, 1].contains(&listed.code), "{now}: {listed:?}");
    }
    println!("{runs} runs at odd moments");
}

#[test]
fn the_first_and_the_last_day_of_computers_are_kept_and_found() {
    let mut home = Home::ready();
    for (now, words) in
        [("1970-01-01T00:00:00+00:00", "first"), ("9999-12-31T23:59:59+00:00", "last")]
    {
        home.at(now).keep(&format!("reflect {words}"));
        assert_eq!(home.listed("--on today"), [words], "{now}");
        home.run("due reflect").exits(1);
    }
    home.at(NOW).keep("reflect between");
    assert_eq!(home.listed(""), ["last", "between", "first"]);
    assert_eq!(home.listed("--from 1970-01-01 --to 1970-01-01"), ["first"]);
    // The day after the last cannot be named by any file.
    home.at("9999-12-31T23:59:59+00:00");
    home.run("write words --at tomorrow").exits(2);
    assert_eq!(home.listed("").len(), 3);
}

#[test]
fn an_hour_that_clocks_leave_out_and_one_that_they_give_twice_lose_nothing() {
    let mut home = Home::ready();
    home.at("2026-11-23T21:00:00+01:00");
    let keep = |home: &Home, words: &str, at: &str| {
        home.run(&format!("write {words} --at '{at}'")).env("TZ", BERLIN).ok();
    };
    for (words, at) in [
        ("before", "2026-03-29 01:59"),
        ("in-no-hour", "2026-03-29 02:30"),
        ("after", "2026-03-29 03:31"),
        ("once", "2026-10-25 02:30"),
        ("again", "2026-10-25T02:31:00+01:00"),
        ("later", "2026-10-25 03:00"),
    ] {
        keep(&home, words, at);
    }
    let list = home.run("list --json").env("TZ", BERLIN).ok().json();
    let told: Vec<(&str, &str)> = list["entries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|e| (e["answers"][0]["value"].as_str().unwrap(), e["at"].as_str().unwrap()))
        .collect();
    assert_eq!(
        told,
        [
            ("later", "2026-10-25T03:00:00+01:00"),
            ("again", "2026-10-25T02:31:00+01:00"),
            ("once", "2026-10-25T02:30:00+02:00"),
            ("after", "2026-03-29T03:31:00+02:00"),
            // The clocks went on by an hour over it, and so does it.
            ("in-no-hour", "2026-03-29T03:30:00+02:00"),
            ("before", "2026-03-29T01:59:00+01:00"),
        ]
    );
    for day in ["2026-03-29", "2026-10-25"] {
        let on = home.run(&format!("list --json --on {day}")).env("TZ", BERLIN).ok().json();
        assert_eq!(on["entries"].as_array().unwrap().len(), 3, "{day}");
    }
}

#[test]
fn what_is_due_comes_once_a_day_through_the_days_that_clocks_change() {
    let mut home = Home::ready();
    // From one evening over the night in which clocks change to the next.
    for (evening, next) in [
        ("2026-03-28T21:00:00+01:00", "2026-03-29T21:00:00+02:00"),
        ("2026-10-24T21:00:00+02:00", "2026-10-25T21:00:00+01:00"),
    ] {
        home.at(evening).run("reflect words").env("TZ", BERLIN).ok();
        home.run("due reflect").env("TZ", BERLIN).exits(1);
        home.at(next).run("due reflect").env("TZ", BERLIN).exits(0);
        home.run("reflect words").env("TZ", BERLIN).ok();
        home.run("due reflect").env("TZ", BERLIN).exits(1);
    }
}

#[test]
fn a_leap_day_is_a_day_like_any_other() {
    let mut home = Home::ready();
    home.at("2028-02-29T21:00:00+00:00").keep("assess --withdrew-me 2");
    home.keep("reflect leap");
    assert_eq!(home.listed("--on 2028-02-29 -p reflect"), ["leap"]);
    // A month later is the same day of the month, or its last.
    home.at("2028-03-28T21:00:00+00:00").run("due assess").exits(1);
    home.at("2028-03-29T21:00:00+00:00").run("due assess").exits(0);
    home.at("2029-02-28T21:00:00+00:00");
    assert_eq!(home.listed("--from '2 years ago' -p reflect"), ["leap"]);
    home.run("write words --at 2029-02-29").exits(2);
    home.at("2032-02-29T21:00:00+00:00");
    assert_eq!(home.listed("--on-this-day -p reflect"), ["leap"]);
}

#[test]
fn midnight_belongs_to_the_new_day_and_with_a_late_end_to_the_old() {
    for (day_ends, second, due) in
        [("", "2026-11-24", 0), ("day-ends = \"04:00\"\n", "2026-11-23", 1)]
    {
        let mut home = Home::ready();
        home.config(day_ends);
        home.at("2026-11-23T23:59:59+00:00").keep("reflect before");
        // A daily practice is due again where the day is over.
        home.at("2026-11-24T00:00:00+00:00");
        home.config(&format!("{day_ends}[cadence]\nreflect = \"daily\"\n"));
        home.run("due reflect").exits(due);
        home.keep("reflect after");
        assert_eq!(home.listed(""), ["after", "before"]);
        assert!(home.listed(&format!("--on {second}")).contains(&"after".to_owned()));
        assert_eq!(home.listed("--on 2026-11-23").len(), if due == 0 { 1 } else { 2 });
    }
}

#[test]
fn a_clock_that_was_set_back_or_on_makes_nothing_due_twice_and_nothing_never_again() {
    let mut home = Home::ready();
    home.at("2030-01-01T21:00:00+00:00").keep("reflect ahead");
    // It was ten years ahead, and is right again: today's is still to come.
    home.at("2026-11-23T21:00:00+00:00").run("due reflect").exits(0);
    home.keep("reflect today");
    home.run("due reflect").exits(1);
    home.at("2026-11-24T21:00:00+00:00").run("due reflect").exits(0);
    assert_eq!(home.listed(""), ["ahead", "today"]);
}

#[test]
fn what_was_kept_on_a_day_is_not_due_again_when_the_clock_is_set_back_to_it() {
    let mut home = Home::ready();
    home.at("2026-11-23T21:00:00+00:00").keep("reflect today");
    home.at("2026-11-24T21:00:00+00:00").keep("reflect tonight");
    home.at("2026-11-23T22:00:00+00:00").run("due reflect").exits(1);
    // Nor does what is kept then hide what was kept the day after.
    home.keep("reflect again");
    home.at("2026-11-24T22:00:00+00:00").run("due reflect").exits(1);
    home.at("2026-11-25T22:00:00+00:00").run("due reflect").exits(0);
}

#[test]
fn a_time_zone_that_nobody_knows_is_named_once_and_stops_nothing() {
    let home = Home::ready();
    let said = "TZ is “Europe/Berlim”, a time zone this system doesn't know, so inward uses +00:00. Set it to one such as Europe/Berlin, or unset it.";
    for arguments in ["write words", "list", "due"] {
        let told = home.run(arguments).env("TZ", "Europe/Berlim").ok().stderr;
        assert_eq!(one_line(&told).matches(said).count(), 1, "{told}");
    }
    for zone in ["UTC", BERLIN, "", ":"] {
        assert_eq!(home.run("list").env("TZ", zone).ok().stderr, "", "{zone}");
    }
    // The shell's prompt stays as it is.
    home.run("prompt").env("TZ", "Europe/Berlim").ok().says("");
}
