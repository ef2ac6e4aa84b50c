mod table;

use super::*;
use table::{COUNTED, ON_ANY_DAY};

fn clock(now: &str, day_ends: &str) -> Clock {
    let mut clock = Clock::at(now.parse().unwrap());
    clock.day_ends = day_ends.parse().unwrap();
    clock
}

fn clocks() -> [Clock; 3] {
    [
        clock("2026-11-28T21:14:03+00:00", "00:00:00"),
        clock("2028-02-29T12:00:00+00:00", "00:00:00"),
        clock("2026-11-24T00:30:00+00:00", "04:00:00"),
    ]
}

fn days(span: DateSpan) -> String {
    if span.first == span.last {
        span.first.to_string()
    } else {
        format!("{}..{}", span.first, span.last)
    }
}

/// Checks both readings, of `--at` and of `--on`.
fn check(text: &str, expected: &str, clock: &Clock) {
    let on = span(text, clock).unwrap_or_else(|e| panic!("{text}: {e}"));
    if expected.contains("..") {
        assert_eq!(days(on), expected, "{text}");
        assert!(moment(text, clock).is_err(), "{text} is no moment");
        return;
    }
    let at = moment(text, clock).unwrap_or_else(|e| panic!("{text}: {e}"));
    // An entry of that moment is found on that day.
    assert_eq!(days(on), clock.day_of(at).to_string(), "{text}: {at}");
    if expected.len() == "2026-03-20".len() {
        assert_eq!(days(on), expected, "{text}");
    } else {
        assert_eq!(at.format("%Y-%m-%d %H:%M").to_string(), expected, "{text}");
    }
}

#[test]
fn every_spelling_of_the_table_has_its_reading() {
    for clock in clocks() {
        ON_ANY_DAY.iter().for_each(|(text, expected)| check(text, expected, &clock));
    }
    for (text, expected) in COUNTED {
        for (clock, expected) in clocks().iter().zip(expected) {
            check(text, expected, clock);
        }
    }
    assert!(ON_ANY_DAY.len() + COUNTED.len() >= 120);
}

#[test]
fn after_midnight_a_date_without_a_year_is_the_one_that_has_begun() {
    let night = clock("2026-11-20T02:00:00+00:00", "04:00");
    for text in ["20 Nov 01:00", "Nov 20 1am", "20.11. 01:00", "the 20th 01:00"] {
        assert_eq!(moment(text, &night).unwrap().to_rfc3339(), "2026-11-20T01:00:00+00:00");
    }
    assert_eq!(moment("friday 9pm", &night).unwrap().to_rfc3339(), "2026-11-13T21:00:00+00:00");
    let new_year = clock("2027-01-01T02:00:00+00:00", "04:00");
    assert_eq!(moment("1 Jan 00:30", &new_year).unwrap().to_rfc3339(), "2027-01-01T00:30:00+00:00");
    assert_eq!(days(span("1 jan", &new_year).unwrap()), "2027-01-01");
    assert_eq!(days(span("january", &new_year).unwrap()), "2027-01-01..2027-01-31");
}

#[test]
fn capitals_spaces_and_marks_of_other_keyboards_change_nothing() {
    let [clock, ..] = clocks();
    for (text, same) in [
        ("  LAST   Friday,  8PM ", "last friday 8pm"),
        ("new year’s eve", "new year's eve"),
        ("1–10 march 2026", "1-10 march 2026"),
        ("2026-03-01…2026-03-10", "2026-03-01..2026-03-10"),
        ("20\u{a0}March\u{202f}2026", "20 march 2026"),
    ] {
        assert_eq!(span(text, &clock).unwrap(), span(same, &clock).unwrap(), "{text}");
    }
}

#[test]
fn a_moment_with_an_offset_keeps_it() {
    let [clock, ..] = clocks();
    for text in ["2026-11-20T21:00:00+05:30", "Fri Nov 20 21:00:00 2026 +0530"] {
        assert_eq!(moment(text, &clock).unwrap().to_rfc3339(), "2026-11-20T21:00:00+05:30");
    }
}

#[test]
fn an_entry_that_moves_to_a_day_keeps_its_time_and_one_of_the_small_hours_its_evening() {
    let clock = clock("2026-11-24T21:00:00+00:00", "04:00:00");
    for (kept, text, moved) in [
        ("2026-11-20T23:30:00", "yesterday", "2026-11-23T23:30:00"),
        ("2026-11-20T03:59:00", "yesterday", "2026-11-24T03:59:00"),
        ("2026-11-20T00:00:00", "last sunday", "2026-11-23T00:00:00"),
        ("2026-11-20T04:00:00", "yesterday", "2026-11-23T04:00:00"),
        // A date is a date, and a time is a time.
        ("2026-11-20T03:59:00", "2026-11-23", "2026-11-23T03:59:00"),
        ("2026-11-20T03:59:00", "yesterday 9pm", "2026-11-23T21:00:00"),
    ] {
        let kept = clock.local(kept.parse().unwrap());
        let at = moment_at_time_of(kept, text, &clock).unwrap();
        assert_eq!(at, clock.local(moved.parse().unwrap()), "{kept} {text}");
    }
    let kept = clock.local("2026-11-20T12:00:00".parse().unwrap());
    assert!(moment_at_time_of(kept, "last week", &clock).is_err());
}

#[test]
fn an_entry_of_another_zone_that_moves_to_a_day_stays_in_its_zone() {
    let [clock, ..] = clocks();
    let wall: chrono::NaiveDateTime = "2026-11-20T21:14:00".parse().unwrap();
    let here = clock.local(wall).offset().local_minus_utc();
    let away = FixedOffset::east_opt(if here > 0 { here - 19_800 } else { here + 19_800 }).unwrap();
    let kept = wall.and_local_timezone(away).unwrap();
    let at = moment_at_time_of(kept, "2026-11-23", &clock).unwrap();
    assert_eq!((at.naive_local(), at.offset()), (wall + Days::new(3), &away));
}

fn fault(text: &str, read: impl Fn(&str) -> Result<()>) -> DateError {
    let error = read(text).expect_err(text);
    error.of::<DateError>().expect(text).clone()
}

#[test]
fn what_has_two_readings_is_refused_with_both() {
    let [clock, ..] = clocks();
    for (text, one, other) in [
        ("03/04", "3 April 2026", "4 March 2026"),
        ("03/04/2026", "3 April 2026", "4 March 2026"),
        ("3-4-26", "3 April 2026", "4 March 2026"),
        ("03/04/2026 9pm", "3 April 2026", "4 March 2026"),
        ("20.03", "20 March", "20:03"),
        ("21h", "21:00", "the past 21 hours"),
        ("3m", "the past 3 months", "the past 3 minutes"),
    ] {
        let expected =
            DateError::Ambiguous { given: text.into(), readings: [one.into(), other.into()] };
        assert_eq!(fault(text, |text| span(text, &clock).map(drop)), expected);
        assert_eq!(fault(text, |text| moment(text, &clock).map(drop)), expected);
    }
    let readings = ["21:30".into(), "the year 2130".into()];
    let expected = DateError::Ambiguous { given: "2130".into(), readings };
    assert_eq!(fault("2130", |text| moment(text, &clock).map(drop)), expected);
}

#[test]
fn a_date_that_the_calendar_lacks_is_refused_with_the_nearest() {
    let [clock, ..] = clocks();
    for (text, nearest) in [
        ("2026-02-30", "2026-02-28"),
        ("2026-20-03", "2026-03-20"),
        ("31 november", "2026-11-30"),
        ("Nov 31, 2025 9pm", "2025-11-30"),
        ("29 feb 2026", "2026-02-28"),
    ] {
        let expected =
            DateError::NoSuchDay { given: text.into(), nearest: nearest.parse().unwrap() };
        assert_eq!(fault(text, |text| moment(text, &clock).map(drop)), expected);
    }
    let day = "2026-03-20".parse().unwrap();
    let expected = DateError::OtherWeekday { given: "mon 20 march".into(), day };
    assert_eq!(fault("mon 20 march", |text| moment(text, &clock).map(drop)), expected);
}

#[test]
fn a_slip_is_answered_with_the_nearest_reading() {
    let [clock, ..] = clocks();
    for (text, near, reading) in [
        ("yesturday 9pm", "yesterday 9pm", "2026-11-27 21:00"),
        ("last firday", "last friday", "2026-11-27 21:14"),
        ("7ish", "07:00", "2026-11-28 07:00"),
        ("25:00", "23:00", "2026-11-28 23:00"),
        ("13pm", "13:00", "2026-11-28 13:00"),
        ("9", "09:00", "2026-11-28 09:00"),
        ("yesterday 9pm sharp", "yesterday 9pm", "2026-11-27 21:00"),
    ] {
        let nearest = Some((near.to_owned(), reading.to_owned()));
        let expected = DateError::Unreadable { given: text.into(), nearest };
        assert_eq!(fault(text, |text| moment(text, &clock).map(drop)), expected);
    }
}

#[test]
fn how_long_is_no_moment() {
    let clock = clock("2026-11-23T21:14:03+00:00", "00:00:00");
    let read = |text: &str| fault(text, |text| moment(text, &clock).map(drop));
    for (text, near, at) in [
        ("3 hours", "3 hours ago", "2026-11-23 18:14"),
        ("an hour", "an hour ago", "2026-11-23 20:14"),
        ("a day", "a day ago", "2026-11-22 21:14"),
    ] {
        let nearest = Some((near.to_owned(), at.to_owned()));
        assert_eq!(read(text), DateError::Unreadable { given: text.into(), nearest });
    }
}

#[test]
fn what_runs_together_is_answered_with_no_time_that_was_never_there() {
    let [clock, ..] = clocks();
    let kept = clock.local("2026-11-01T21:10:00".parse().unwrap());
    for text in ["2026-11-01 21:10yesterday", "2026-11-01 21:10y", "yesterday 21:10now"] {
        let given = text.to_owned();
        let expected = DateError::Unreadable { given, nearest: None };
        assert_eq!(fault(text, |text| moment_at_time_of(kept, text, &clock).map(drop)), expected);
        assert_eq!(fault(text, |text| moment(text, &clock).map(drop)), expected);
    }
}

#[test]
fn before_an_entry_is_open_a_day_is_suggested_without_a_time() {
    let [clock, ..] = clocks();
    for (text, near, reading) in [
        ("yestrday", "yesterday", "2026-11-27"),
        ("yestrday 9pm", "yesterday 9pm", "2026-11-27 21:00"),
    ] {
        let nearest = Some((near.to_owned(), reading.to_owned()));
        let expected = DateError::Unreadable { given: text.into(), nearest };
        assert_eq!(fault(text, |text| check_moment(text, &clock)), expected);
    }
    assert!(check_moment("yesterday", &clock).is_ok());
}

#[test]
fn no_year_before_1900_is_read_that_was_not_written_with_four_digits() {
    let [clock, ..] = clocks();
    for text in ["20 march 850", "march 850", "850 march 20"] {
        let fault = fault(text, |text| span(text, &clock).map(drop));
        assert!(
            matches!(&fault, DateError::EarlyYear { year: 850, .. } | DateError::Unreadable { .. }),
            "{fault:?}"
        );
    }
    for text in ["march 1", "1 march", "march 26", "20.3.01", "20 march '99", "3/20/00"] {
        let year = span(text, &clock).unwrap().first.year();
        assert!((1927..=2027).contains(&year), "{text}: {year}");
    }
}

#[test]
fn what_is_no_date_is_refused() {
    let [clock, ..] = clocks();
    for text in [
        "",
        " ",
        "at",
        "the",
        "someday",
        "2026-13-40",
        "ago",
        "x days ago",
        "99999999999 days ago",
        "9999999 years ago",
        "12026",
        "10000-01-01",
        "0000-01-01",
        "-1",
        "..",
        "1..2",
        "last 0 weeks",
        "yesterday today",
        "9pm 10pm",
        "friday monday",
        "20 march 21 march",
        "20 nov 21:00-22:00",
        "2026-11-20 25:00",
        "9:60",
    ] {
        assert!(moment(text, &clock).is_err(), "{text}");
        assert!(span(text, &clock).is_err(), "{text}");
    }
    for text in ["today..2026-01", "yesterday to nov 20"] {
        let why = span(text, &clock).unwrap_err();
        assert!(matches!(why.of(), Some(DateError::BackwardDays { .. })), "{text}");
    }
}

#[test]
fn only_a_time_to_the_minute_is_exact() {
    let [clock, ..] = clocks();
    let exact = |text: &str| exact(text, &clock).map(|at| at.format("%d %H:%M").to_string());
    assert_eq!(exact("yesterday 9pm").as_deref(), Some("27 21:00"));
    assert_eq!(exact("2 hours ago").as_deref(), Some("28 19:14"));
    for vague in ["last night", "yesterday", "last week", "today..", "soon"] {
        assert_eq!(exact(vague), None, "{vague}");
    }
}

#[test]
fn a_number_with_the_word_year_is_one_only_if_it_is_written_in_full() {
    let [clock, ..] = clocks();
    assert_eq!(days(span("in the year 2024", &clock).unwrap()), "2024-01-01..2024-12-31");
    assert!(span("in the year 24", &clock).is_err());
}

#[test]
fn this_day_is_looked_back_on_a_week_a_month_and_each_year_ago_where_the_calendar_has_it() {
    let earlier = |today: &str| earlier_such_days(today.parse().unwrap());
    let days = |days: [&str; 4]| days.map(|day| day.parse::<NaiveDate>().unwrap());
    let newest = days(["2026-11-16", "2026-10-23", "2025-11-23", "2024-11-23"]);
    assert_eq!(earlier("2026-11-23")[..4], newest);
    assert_eq!(earlier("2026-11-23").len(), 102);
    // The leap day comes every fourth year, and the end of March a month ago is February's.
    let leap = days(["2028-02-22", "2028-01-29", "2024-02-29", "2020-02-29"]);
    assert_eq!(earlier("2028-02-29")[..4], leap);
    assert_eq!(earlier("2026-03-31")[1], days(["2026-02-28"; 4])[0]);
}

#[test]
fn noon_stays_noon_in_the_evening_and_the_next_weekend_is_not_this_one() {
    let [clock, ..] = clocks();
    let at = |text: &str| moment(text, &clock).map(|at| at.format("%d %H:%M").to_string());
    assert_eq!(at("yesterday evening at noon").ok().as_deref(), Some("27 12:00"));
    check("next weekend", "2026-12-05..2026-12-06", &clock);
}

#[test]
fn what_reads_as_it_is_written_is_not_explained() {
    let hint = |near: &str, reading: &str| {
        let nearest = Some((near.to_owned(), reading.to_owned()));
        crate::error::Failure::hint(&DateError::Unreadable { given: "x".into(), nearest })
    };
    assert_eq!(hint("2026-11-20", "2026-11-20"), "Did you mean 2026-11-20?");
    assert!(hint("yesterday", "2026-11-27").ends_with("(2026-11-27)?"));
}

#[test]
fn the_h_of_an_hour_may_stand_before_a_day_and_no_h_of_its_own() {
    for clock in clocks() {
        let written = moment("21:14h yesterday", &clock).unwrap();
        assert_eq!(written, moment("yesterday 21:14", &clock).unwrap());
        assert!(moment("h yesterday", &clock).is_err());
    }
}

#[test]
fn minutes_to_an_hour_are_fewer_than_sixty_and_more_than_none() {
    let [clock, ..] = clocks();
    let at = |text: &str| moment(text, &clock).map(|at| at.format("%d %H:%M").to_string()).ok();
    assert_eq!(at("yesterday ten to nine pm").as_deref(), Some("27 20:50"));
    assert_eq!(at("yesterday 59 to 9 pm").as_deref(), Some("27 20:01"));
    for text in ["yesterday 60 to 9 pm", "yesterday 75 to 9 pm", "yesterday 0 to 9 pm"] {
        assert_eq!(at(text), None, "{text}");
    }
}

#[test]
fn four_digits_are_an_hour_and_its_minutes_and_no_more() {
    let [clock, ..] = clocks();
    let at = |text: &str| moment(text, &clock).map(|at| at.format("%d %H:%M").to_string()).ok();
    for text in ["yesterday at 2059", "2059 hours yesterday", "yesterday 2059h"] {
        assert_eq!(at(text).as_deref(), Some("27 20:59"), "{text}");
    }
    assert_eq!(at("yesterday at 2060"), None);
    assert_eq!(at("at 2059").as_deref(), Some("28 20:59"));
}

#[test]
fn a_number_after_a_day_is_a_year_of_two_or_four_digits_and_three_are_named() {
    let [clock, ..] = clocks();
    for text in ["20 march 2025", "20 march 25"] {
        assert_eq!(days(span(text, &clock).unwrap()), "2025-03-20", "{text}");
    }
    for text in ["20 march 5", "20 march 20255"] {
        assert!(span(text, &clock).is_err(), "{text}");
    }
    for text in ["20 march 925", "march 925"] {
        let error = span(text, &clock).unwrap_err().to_string();
        assert!(error.contains("in the year 925"), "{error}");
    }
}

#[test]
fn an_hour_with_a_nought_before_it_stays_in_the_morning() {
    let [clock, ..] = clocks();
    let at = |text: &str| moment(text, &clock).unwrap().format("%d %H:%M").to_string();
    assert_eq!(at("yesterday at 8 in the evening"), "27 20:00");
    assert_eq!(at("yesterday at 08 in the evening"), "27 08:00");
}

#[test]
fn what_is_hence_lies_ahead() {
    let [clock, ..] = clocks();
    assert_eq!(days(span("3 days hence", &clock).unwrap()), "2026-12-01");
}

#[test]
fn a_day_of_the_month_beside_a_whole_date_is_not_left_out() {
    let [clock, ..] = clocks();
    for text in ["2026-11-05 the 12th", "the 12th 2026-11-05"] {
        assert!(span(text, &clock).is_err(), "{text}");
    }
}

#[test]
fn an_h_may_end_a_time() {
    let [clock, ..] = clocks();
    let written = moment("yesterday 21:14h", &clock).unwrap();
    assert_eq!(written, moment("yesterday 21:14", &clock).unwrap());
}
