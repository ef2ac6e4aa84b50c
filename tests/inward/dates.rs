//! Dates as people write them, where a person is: in other zones, and on the days on
//! which clocks change.

use std::path::Path;

use crate::harness::{Home, Key, one_line};

const BERLIN: &str = "CET-1CEST,M3.5.0,M10.5.0/3";
const LOS_ANGELES: &str = "PST8PDT,M3.2.0,M11.1.0";
const NEW_YORK: &str = "EST5EDT,M3.2.0,M11.1.0";
const HAVANA: &str = "CST5CDT,M3.2.0/0,M11.1.0/1";
const KOLKATA: &str = "IST-5:30";

#[test]
fn the_moment_that_was_understood_is_named_before_the_first_question() {
    let home = Home::ready();
    for env in [&[][..], &[("INWARD_ACCESSIBLE", Path::new("1"))]] {
        let terminal = home.terminal_of(24, 80, "write --at 'friday 8pm'", env);
        terminal.asked("This entry is for Friday 20 November at 20:00. 1 of 4 Write what's there.");
        terminal.press(Key::Ctrl('c')).ends(130);
    }
    let terminal = home.terminal("write --at now");
    terminal.asked("Write what's there.");
    assert!(!terminal.shown().contains("This entry is for"), "{}", terminal.shown());
    terminal.press(Key::Ctrl('c')).ends(130);
}

/// When an entry was kept that was dated so.
fn kept_moment(zone: &str, now: &str, at: &str) -> String {
    let mut home = Home::ready();
    home.at(now).run(&format!("write words --at '{at}'")).env("TZ", zone).ok();
    let list = home.run("list --json").env("TZ", zone).ok().json();
    list["entries"][0]["at"].as_str().unwrap().to_owned()
}

#[test]
fn a_time_is_one_of_the_place_and_an_instant_is_the_same_everywhere() {
    // Saturday evening in Berlin, noon in Los Angeles, Sunday morning in Kolkata.
    let now = "2026-11-28T20:14:03Z";
    for (at, berlin, los_angeles, kolkata) in [
        (
            "yesterday 9pm",
            "2026-11-27T21:00:00+01:00",
            "2026-11-27T21:00:00-08:00",
            "2026-11-28T21:00:00+05:30",
        ),
        (
            "an hour ago",
            "2026-11-28T20:14:03+01:00",
            "2026-11-28T11:14:03-08:00",
            "2026-11-29T00:44:03+05:30",
        ),
        (
            "2026-11-20T04:30:00Z",
            "2026-11-20T05:30:00+01:00",
            "2026-11-19T20:30:00-08:00",
            "2026-11-20T10:00:00+05:30",
        ),
        (
            "@1795000000",
            "2026-11-18T12:06:40+01:00",
            "2026-11-18T03:06:40-08:00",
            "2026-11-18T16:36:40+05:30",
        ),
        (
            "Fri Nov 20 21:14:03 2026 -0500",
            "2026-11-20T21:14:03-05:00",
            "2026-11-20T21:14:03-05:00",
            "2026-11-20T21:14:03-05:00",
        ),
        (
            "2026-07-01 21:14 Europe/Berlin",
            "2026-07-01T21:14:00+02:00",
            "2026-07-01T21:14:00+02:00",
            "2026-07-01T21:14:00+02:00",
        ),
        (
            "last night",
            "2026-11-27T21:00:00+01:00",
            "2026-11-27T21:00:00-08:00",
            "2026-11-28T21:00:00+05:30",
        ),
    ] {
        for (zone, expected) in [(BERLIN, berlin), (LOS_ANGELES, los_angeles), (KOLKATA, kolkata)] {
            assert_eq!(kept_moment(zone, now, at), expected, "{at} in {zone}");
        }
    }
}

#[test]
fn what_date_prints_with_the_name_of_the_zone_is_read_back() {
    // Of the places that call their time IST, or CST, the writer's is meant.
    for (zone, printed, expected) in [
        (HAVANA, "Fri Nov 20 21:14:03 CST 2026", "2026-11-20T21:14:03-05:00"),
        (HAVANA, "Mon Jul 20 21:14:03 CDT 2026", "2026-07-20T21:14:03-04:00"),
        (KOLKATA, "Fri Nov 20 21:14:03 IST 2026", "2026-11-20T21:14:03+05:30"),
        (BERLIN, "Fri Nov 20 21:14:03 CET 2026", "2026-11-20T21:14:03+01:00"),
        (BERLIN, "Fri 20 Nov 2026 09:14:03 PM CET", "2026-11-20T21:14:03+01:00"),
        (BERLIN, "Mon Jul 20 21:14:03 CEST 2026", "2026-07-20T21:14:03+02:00"),
        (LOS_ANGELES, "Mon Jul 20 21:14:03 PDT 2026", "2026-07-20T21:14:03-07:00"),
    ] {
        assert_eq!(kept_moment(zone, "2026-11-28T20:14:03Z", printed), expected, "{printed}");
    }
    let mut home = Home::ready();
    home.at("2026-11-28T20:14:03Z");
    let printed = "write words --at 'Fri Nov 20 21:14:03 IST 2026'";
    home.run(printed).env("TZ", LOS_ANGELES).exits(2);
}

#[test]
fn over_both_changes_of_the_clock_hours_are_hours_and_days_are_days() {
    // Clocks go from 02:00 to 03:00 on 29 March, from 03:00 back to 02:00 on 25 October.
    let (spring, autumn) = ("2026-03-29T04:30:00+02:00", "2026-10-25T04:30:00+01:00");
    for (now, at, expected) in [
        (spring, "2 hours ago", "2026-03-29T01:30:00+01:00"),
        (spring, "a day ago", "2026-03-28T04:30:00+01:00"),
        (spring, "yesterday 02:30", "2026-03-28T02:30:00+01:00"),
        (spring, "today 02:30", "2026-03-29T03:30:00+02:00"),
        (spring, "2026-03-29 02:30 CET", "2026-03-29T02:30:00+01:00"),
        (autumn, "2 hours ago", "2026-10-25T02:30:00+01:00"),
        (autumn, "3 hours ago", "2026-10-25T02:30:00+02:00"),
        (autumn, "a day ago", "2026-10-24T04:30:00+02:00"),
        (autumn, "today 02:30", "2026-10-25T02:30:00+02:00"),
        (autumn, "Sun Oct 25 02:30:00 CET 2026", "2026-10-25T02:30:00+01:00"),
        (autumn, "Sun Oct 25 02:30:00 CEST 2026", "2026-10-25T02:30:00+02:00"),
        (autumn, "24h ago", "2026-10-24T05:30:00+02:00"),
    ] {
        assert_eq!(kept_moment(BERLIN, now, at), expected, "{at}");
    }
}

#[test]
fn a_query_takes_the_same_words_and_a_time_is_exact_in_from_and_to() {
    let mut home = Home::ready();
    for (now, words) in [
        ("2026-11-27T20:00:00Z", "evening"),
        ("2026-11-27T22:00:00Z", "late"),
        ("2026-11-28T19:30:00Z", "recent"),
    ] {
        home.at(now).keep(&format!("reflect {words}"));
    }
    home.at("2026-11-28T20:14:03Z");
    for (query, listed) in [
        ("--on yesterday", &["late", "evening"][..]),
        ("--on 'last night'", &["late", "evening"]),
        ("--from 'yesterday 9pm'", &["recent", "late"]),
        ("--to 'yesterday 9pm'", &["evening"]),
        ("--from 'an hour ago'", &["recent"]),
        ("--on 7d", &["recent", "late", "evening"]),
        ("--on '27 nov..'", &["recent", "late", "evening"]),
        ("--on ..2026-11-27", &["late", "evening"]),
        ("--on 'nov 2026'", &["recent", "late", "evening"]),
    ] {
        assert_eq!(home.listed(query), listed, "{query}");
    }
}

#[test]
fn a_zone_that_several_places_have_is_named_and_another_instant_is_never_suggested() {
    let home = Home::ready();
    let refused = |zone: &str, at: &str| {
        let run = home.run_args(["write", "words", "--at", at]).env("TZ", zone);
        one_line(&run.exits(2).stderr)
    };
    for (zone, at, name, example) in [
        (BERLIN, "Fri Nov 20 21:14:03 PST 2026", "PST", "2026-11-20T21:14:03-08:00"),
        (LOS_ANGELES, "Fri Nov 20 21:14:03 IST 2026", "IST", "2026-11-20T21:14:03+05:30"),
        (KOLKATA, "2026-11-20 21:14 cst", "CST", "2026-11-20T21:14:00-06:00"),
        // Ireland has this offset, and Cuba that one, by that name; these places don't.
        (BERLIN, "Fri Nov 20 21:14:03 IST 2026", "IST", "2026-11-20T21:14:03+05:30"),
        (NEW_YORK, "Fri Nov 20 21:14:03 CST 2026", "CST", "2026-11-20T21:14:03-06:00"),
        (NEW_YORK, "Mon Jul 20 21:14:03 CDT 2026", "CDT", "2026-07-20T21:14:03-05:00"),
    ] {
        let said = refused(zone, at);
        assert!(said.contains(&format!("“{name}” in “{at}” names more than one")), "{said}");
        assert!(said.contains(&format!("Give the offset from UTC instead, as in {example}.")));
    }
    // Where it's the zone of the place, it's clear.
    let here = kept_moment(LOS_ANGELES, "2026-11-28T20:14:03Z", "Fri Nov 20 21:14:03 PST 2026");
    assert_eq!(here, "2026-11-20T21:14:03-08:00");
    for at in ["Fri Nov 20 21:14:03 BRT 2026", "2026-11-20 21:14 Europe/Berln"] {
        let said = refused(BERLIN, at);
        assert!(!said.contains("Did you mean"), "{said}");
    }
}
