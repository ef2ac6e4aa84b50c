//! A column a week and a mark a day, folded where the page is too narrow.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};

use crate::pattern::monday;

use super::super::TextPage;
use super::super::chart::{CalendarCell, CalendarChart};
use super::Spacing;

/// Beside the marks stand the names of the days.
const NAMES: usize = 7;

pub fn draw(calendar: &CalendarChart, spacing: Spacing, page: &TextPage) -> String {
    let start = monday(calendar.first);
    let all = ((monday(calendar.last) - start).num_days() / 7 + 1).max(1) as usize;
    let room = page.width.saturating_sub(NAMES).max(4);
    let cell = if room >= 2 * all { 2 } else { 1 };
    // Bands of about the same length, the earliest first.
    let bands = all.div_ceil(room / cell);
    let weeks = all.div_ceil(bands);
    let days: BTreeMap<NaiveDate, &CalendarCell> =
        calendar.days.iter().map(|day| (day.day, day)).collect();
    let band = |from: usize| {
        let start = start + Days::new(7 * from as u64);
        let weeks = weeks.min(all - from);
        band(&days, Band { start, weeks, cell, last: calendar.last }, page)
    };
    let drawn: Vec<String> = (0..all).step_by(weeks).map(band).collect();
    let key: Vec<String> = calendar
        .key
        .iter()
        .map(|(glyph, _, words)| format!("{glyph} {words}").trim_end().to_owned())
        .collect();
    let key = page.quiet(&page.wrap(&key.join("  "), "  "));
    match spacing {
        Spacing::Loose => format!("{}\n{key}\n", drawn.join("\n")),
        Spacing::Close | Spacing::Tight => format!("{}{key}\n", drawn.concat()),
    }
}

#[derive(Clone, Copy)]
struct Band {
    start: NaiveDate,
    weeks: usize,
    /// How wide a week is.
    cell: usize,
    last: NaiveDate,
}

fn band(days: &BTreeMap<NaiveDate, &CalendarCell>, band: Band, page: &TextPage) -> String {
    let Band { start, weeks, cell, .. } = band;
    let mut text = format!("{}\n", page.quiet(&months(band, page.width)));
    for weekday in 0..7 {
        let mut row = String::new();
        for week in 0..weeks {
            let day = days.get(&(start + Days::new((7 * week + weekday) as u64)));
            let glyph = day.map_or(' ', |day| day.glyph);
            row += &format!("{glyph}{}", " ".repeat(cell - 1));
        }
        let name = (start + Days::new(weekday as u64)).format("%a").to_string();
        let name = if weekday % 2 == 0 { name } else { String::new() };
        let line =
            format!("  {}{}", page.quiet(&format!("{name:<5}")), page.accent(row.trim_end()));
        text += &format!("{}\n", line.trim_end());
    }
    text
}

/// The names of months above the weeks in which they begin, and of the first
/// week's, where they fit.
fn months(Band { start, weeks, cell, last }: Band, width: usize) -> String {
    let mut line = " ".repeat(NAMES);
    let sunday = |week: usize| start + Days::new((7 * week + 6) as u64);
    // Of the last week, only if it gets that far.
    let begins = |week: &usize| {
        let sunday = sunday(*week);
        sunday.day() <= 7 && sunday.with_day(1).is_none_or(|begin| begin <= last)
    };
    let next = (1..weeks).find(begins).unwrap_or(weeks + 4);
    for week in (0..weeks).filter(|week| begins(week) || (*week == 0 && next * cell > 3)) {
        let column = NAMES + week * cell;
        let free = line.trim_end().len() < column || line.trim().is_empty();
        if free && column + 3 <= width {
            line = format!("{line:<column$}{}", sunday(week).min(last).format("%b"));
        }
    }
    line.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use textwrap::core::display_width;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn drawn(first: &str, last: &str, days: &[(&str, char)], width: usize) -> String {
        let mark = |(of, glyph): &(&str, char)| CalendarCell {
            day: day(of),
            glyph: *glyph,
            level: 1.0,
            words: String::new(),
        };
        let calendar = CalendarChart {
            title: String::new(),
            first: day(first),
            last: day(last),
            days: days.iter().map(mark).collect(),
            key: vec![('▪', 0.5, "one entry".to_owned()), ('■', 1.0, "more".to_owned())],
            rows: Vec::new(),
        };
        draw(&calendar, Spacing::Loose, &TextPage { width, colour: false })
    }

    #[test]
    fn a_day_without_an_entry_is_just_empty() {
        let days = [("2026-11-16", '▪'), ("2026-11-18", '■'), ("2026-11-23", '▪')];
        let expected =
            "       Nov\n  Mon  ▪ ▪\n\n  Wed  ■\n\n  Fri\n\n  Sun\n\n  ▪ one entry  ■ more\n";
        assert_eq!(drawn("2026-11-16", "2026-11-23", &days, 40), expected);
    }

    #[test]
    fn a_year_is_folded_and_never_cut() {
        for width in [20, 40, 80, 200] {
            let days = [("2025-11-24", '▪'), ("2026-11-23", '■')];
            let drawn = drawn("2025-11-24", "2026-11-23", &days, width);
            assert!(drawn.lines().all(|l| display_width(l) <= width), "{width}\n{drawn}");
            assert_eq!(drawn.matches(['▪', '■']).count(), 4, "{width}\n{drawn}");
        }
    }
}
