//! Figures as SVG, drawn by hand so that every mark has its title, and colours
//! come from the page: light, dark and paper each have their own.

use chrono::{Datelike, Days, NaiveDate};
use maud::{Markup, html};

use crate::pattern::{FigureDay, FigureLine, Point, monday};

use super::bars::{Bar, Bars};
use super::report::number;
use super::{clean_line, day_words};

/// Of one drawing, in the units of its own view box.
const WIDTH: f64 = 720.0;
const CELL: f64 = 13.0;
const BAR: f64 = 24.0;
const LINE: f64 = 15.0;
/// As wide as a column of a terminal, for bars of few answers.
const COLUMN: f64 = 9.0;
/// Letters beside a bar.
const NAME: usize = 40;

/// A column a week, a square a day; darker where there is more.
pub fn squares(
    first: NaiveDate,
    last: NaiveDate,
    days: &[FigureDay],
    title: &str,
    linked: bool,
) -> Markup {
    let start = monday(first);
    let place = |day: NaiveDate| {
        let since = (day - start).num_days();
        (34.0 + CELL * (since / 7) as f64, 20.0 + CELL * (since % 7) as f64)
    };
    let weeks = (monday(last) - start).num_days() / 7 + 1;
    let width = (34.0 + CELL * weeks as f64 + 30.0).max(WIDTH);
    let sundays: Vec<NaiveDate> =
        (0..weeks).map(|week| start + Days::new(7 * week as u64 + 6)).collect();
    // Of the last week, only if it gets that far.
    let begins = |sunday: &NaiveDate| {
        sunday.day() <= 7 && sunday.with_day(1).is_none_or(|begin| begin <= last)
    };
    let next = sundays.iter().skip(1).position(begins);
    // The first week's month, too, where the next name leaves it room.
    let months = sundays.iter().enumerate().filter(|(week, sunday)| {
        begins(sunday) || (*week == 0 && next.is_none_or(|next| next >= 2))
    });
    let key = 36.0 + 7.0 * CELL;
    let words = |day: &FigureDay| match day.entries {
        1 => format!("{}: one entry", day_words(day.day)),
        n => format!("{}: {n} entries", day_words(day.day)),
    };
    let square = |day: &FigureDay| {
        let (x, y) = place(day.day);
        html! {
            rect.ink.faint[day.entries == 1] x=(x) y=(y) width=(CELL - 3.0) height=(CELL - 3.0) rx="2" {
                title { (words(day)) }
            }
        }
    };
    html! {
        svg role="img" viewBox={ "0 0 " (width) " " (key + 4.0) } {
            title { (title) }
            desc { "A column for each week, a square for each day with an entry. Days without one are empty." }
            @for (i, name) in ["Mon", "Wed", "Fri", "Sun"].iter().enumerate() {
                text x="0" y=(30.0 + 2.0 * CELL * i as f64) { (name) }
            }
            @for (_, sunday) in months {
                text x=(place(monday(*sunday)).0) y="12" { (sunday.format("%b")) }
            }
            @for day in days {
                @if linked { a href={ "#d" (day.day) } { (square(day)) } } @else { (square(day)) }
            }
            rect.ink.faint x="34" y=(key - 9.0) width=(CELL - 3.0) height=(CELL - 3.0) rx="2" {}
            text x="50" y=(key) { "one entry" }
            rect.ink x="124" y=(key - 9.0) width=(CELL - 3.0) height=(CELL - 3.0) rx="2" {}
            text x="140" y=(key) { "more" }
        }
    }
}

/// Weeks or sittings as a line, broken where a long time has no answer.
pub fn line(line: &FigureLine, (first, last): (NaiveDate, NaiveDate), abreast: bool) -> Markup {
    // Two abreast are half as wide, so that their letters are as large.
    let width = if abreast { WIDTH / 2.0 } else { WIDTH };
    let (left, top, height) = (40.0, 10.0, 150.0);
    let days = ((last - first).num_days() as f64).max(1.0);
    let steps = (line.high - line.low).max(f64::EPSILON);
    let x = |point: &Point| {
        left + 8.0 + (point.day - first).num_days() as f64 / days * (width - left - 16.0)
    };
    let y = |value: f64| top + height * (1.0 - (value - line.low) / steps);
    let path = |run: &[Point]| {
        let points = run.iter().map(|p| format!("{:.1},{:.1}", x(p), y(p.value)));
        points.collect::<Vec<_>>().join(" ")
    };
    let middle = first + (last - first) / 2;
    let dates =
        [(left, "start", first), ((left + width) / 2.0, "middle", middle), (width, "end", last)];
    html! {
        svg role="img" viewBox={ "0 0 " (width) " " (top + height + 28.0) } {
            title { (clean_line(&line.title)) }
            desc { "From " (day_words(first)) " to " (day_words(last)) ", on a range from " (number(line.low)) " to " (number(line.high)) ". The numbers stand below it." }
            @for level in [line.low, (line.low + line.high) / 2.0, line.high] {
                line.grid x1=(left) x2=(width) y1=(y(level)) y2=(y(level)) {}
                text x=(left - 8.0) y=(y(level) + 4.0) text-anchor="end" { (number(level)) }
            }
            @for run in line.runs() { polyline.course points=(path(run)) {} }
            @for point in &line.points {
                circle.ink cx=(format!("{:.1}", x(point))) cy=(format!("{:.1}", y(point.value))) r="3" {
                    title { (point.day.format("%-d %B %Y")) ": " (number(point.value)) }
                }
            }
            @for (at, anchor, day) in dates {
                text x=(at) y=(top + height + 22.0) text-anchor=(anchor) { (day.format("%b %Y")) }
            }
        }
    }
}

/// Names, bars and numbers under one scale, whose ends stand above.
pub fn bars(bars: &Bars, title: &str) -> Markup {
    let (name, number) = (280.0, 100.0);
    let longest = (WIDTH - name - number).min(COLUMN * bars.widest as f64);
    let lines = |row: &Bar| textwrap::wrap(&row.name, NAME).len().max(1) as f64;
    let heights = || bars.rows.iter().map(|row| BAR + LINE * (lines(row) - 1.0));
    let top = 18.0;
    let height: f64 = heights().sum();
    let tops = heights().scan(top, |next, height| {
        *next += height;
        Some(*next - height)
    });
    let rows: Vec<(f64, &Bar)> = tops.zip(&bars.rows).collect();
    let (low, high) = &bars.ends;
    html! {
        svg role="img" viewBox={ "0 0 " (WIDTH) " " (top + height + 4.0) } {
            title { (title) }
            desc { "Bars from " (low) " to " (high) ". " @for row in &bars.rows { (row.name) ": " (row.said) ". " } }
            line.grid x1=(name) x2=(name) y1=(top) y2=(top + height) {}
            line.grid x1=(name + longest) x2=(name + longest) y1=(top) y2=(top + height) {}
            text.small x=(name) y="12" { (low) }
            text.small x=(name + longest) y="12" text-anchor="end" { (high) }
            @for (top, row) in rows {
                @for (i, part) in textwrap::wrap(&row.name, NAME).iter().enumerate() {
                    text x=(name - 10.0) y=(top + 16.0 + LINE * i as f64) text-anchor="end" { (part) }
                }
                @let length = row.share.unwrap_or(0.0) * longest;
                @if length > 0.0 {
                    rect.ink x=(name) y=(top + 4.0) width=(format!("{:.1}", length.max(2.0))) height=(BAR - 8.0) rx="2" {}
                }
                text x=(format!("{:.1}", name + longest + 8.0)) y=(top + 16.0) { (row.said) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::bars::Bar;

    fn calendar(first: &str, last: &str) -> String {
        let [first, last] = [first, last].map(|day| day.parse::<NaiveDate>().unwrap());
        let days = [FigureDay { day: first, entries: 1 }];
        squares(first, last, &days, "Days", false).into_string()
    }

    #[test]
    fn one_week_has_its_month_and_squares_have_a_key() {
        let week = calendar("2026-11-16", "2026-11-18");
        assert_eq!(week.matches(">Nov<").count(), 1, "{week}");
        assert!(week.contains(">one entry<") && week.contains(">more<"), "{week}");
        let year = calendar("2025-01-01", "2025-12-31");
        assert_eq!(year.matches(">Jan<").count(), 1, "the last week does not reach January");
        assert_eq!(year.matches(">Dec<").count(), 1);
    }

    #[test]
    fn the_ends_of_a_scale_are_written_and_a_long_name_is_whole() {
        let name = "One reached out, the other stepped back, and round again".to_owned();
        let ends = ("0".to_owned(), "34".to_owned());
        let row = Bar { name, said: "3".into(), share: Some(0.5) };
        let one = Bars { title: None, ends, widest: 68, rows: vec![row] };
        let drawn = bars(&one, "Who").into_string();
        for part in
            [">0<", ">34<", ">One reached out, the other stepped back,<", ">and round again<"]
        {
            assert!(drawn.contains(part), "{part}: {drawn}");
        }
    }
}
