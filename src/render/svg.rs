//! Figures as SVG, drawn by hand so that every mark has its title, and colours
//! come from the page: light, dark and paper each have their own.

use chrono::{Datelike, Days, NaiveDate};
use maud::{Markup, html};

use crate::pattern::{Day, Line, Point, monday};

use super::drawing::runs;
use super::report::number;
use super::{clean_line, day_words};

/// Of one drawing, in the units of its own view box.
const WIDTH: f64 = 720.0;
const CELL: f64 = 13.0;
const BAR: f64 = 24.0;

/// A column a week, a square a day; darker where there is more.
pub fn squares(
    first: NaiveDate,
    last: NaiveDate,
    days: &[Day],
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
    let months = (0..weeks).map(|week| start + Days::new(7 * week as u64 + 6));
    let months: Vec<NaiveDate> = months.filter(|sunday| sunday.day() <= 7).collect();
    let words = |day: &Day| match day.entries {
        1 => format!("{}: one entry", day_words(day.day)),
        n => format!("{}: {n} entries", day_words(day.day)),
    };
    let square = |day: &Day| {
        let (x, y) = place(day.day);
        html! {
            rect.ink.faint[day.entries == 1] x=(x) y=(y) width=(CELL - 3.0) height=(CELL - 3.0) rx="2" {
                title { (words(day)) }
            }
        }
    };
    html! {
        svg role="img" viewBox={ "0 0 " (width) " " (24.0 + 7.0 * CELL) } {
            title { (title) }
            desc { "A column for each week, a square for each day with an entry. Days without one are empty." }
            @for (i, name) in ["Mon", "Wed", "Fri", "Sun"].iter().enumerate() {
                text x="0" y=(30.0 + 2.0 * CELL * i as f64) { (name) }
            }
            @for sunday in months {
                text x=(place(monday(sunday)).0) y="12" { (sunday.format("%b")) }
            }
            @for day in days {
                @if linked { a href={ "#d" (day.day) } { (square(day)) } } @else { (square(day)) }
            }
        }
    }
}

/// Weeks or sittings as a line, broken where a long time has no answer.
pub fn line(line: &Line, abreast: bool) -> Markup {
    // Two abreast are half as wide, so that their letters are as large.
    let width = if abreast { WIDTH / 2.0 } else { WIDTH };
    let (Some(first), Some(last)) = (line.points.first(), line.points.last()) else {
        return html! {};
    };
    let (left, top, height) = (40.0, 10.0, 150.0);
    let days = ((last.day - first.day).num_days() as f64).max(1.0);
    let steps = (line.high - line.low).max(f64::EPSILON);
    let x = |point: &Point| {
        left + 8.0 + (point.day - first.day).num_days() as f64 / days * (width - left - 16.0)
    };
    let y = |value: f64| top + height * (1.0 - (value - line.low) / steps);
    let path = |run: &[Point]| {
        let points = run.iter().map(|p| format!("{:.1},{:.1}", x(p), y(p.value)));
        points.collect::<Vec<_>>().join(" ")
    };
    let middle = first.day + (last.day - first.day) / 2;
    let dates = [
        (left, "start", first.day),
        ((left + width) / 2.0, "middle", middle),
        (width, "end", last.day),
    ];
    html! {
        svg role="img" viewBox={ "0 0 " (width) " " (top + height + 28.0) } {
            title { (clean_line(&line.title)) }
            desc { "From " (day_words(first.day)) " to " (day_words(last.day)) ", on a range from " (number(line.low)) " to " (number(line.high)) ". The numbers stand below it." }
            @for level in [line.low, (line.low + line.high) / 2.0, line.high] {
                line.grid x1=(left) x2=(width) y1=(y(level)) y2=(y(level)) {}
                text x=(left - 8.0) y=(y(level) + 4.0) text-anchor="end" { (number(level)) }
            }
            @for run in runs(line) { polyline.course points=(path(run)) {} }
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

/// Names, bars and numbers; `most` is a whole bar.
pub fn bars(rows: &[(String, String, f64)], title: &str) -> Markup {
    let name = 260.0;
    let longest = WIDTH - name - 110.0;
    let height = BAR * rows.len() as f64 + 4.0;
    html! {
        svg role="img" viewBox={ "0 0 " (WIDTH) " " (height) } {
            title { (title) }
            desc { @for (name, value, _) in rows { (name) ": " (value) ". " } }
            @for (i, (label, value, share)) in rows.iter().enumerate() {
                @let top = BAR * i as f64;
                text x=(name - 10.0) y=(top + 16.0) text-anchor="end" { (shortened(label)) title { (label) } }
                rect.ink x=(name) y=(top + 4.0) width=(format!("{:.1}", (share * longest).max(if *share > 0.0 { 2.0 } else { 0.0 }))) height=(BAR - 8.0) rx="2" {}
                text x=(name + share * longest + 8.0) y=(top + 16.0) { (value) }
            }
        }
    }
}

/// What fits beside a bar.
fn shortened(text: &str) -> String {
    super::terminal::cut(text, 34)
}
