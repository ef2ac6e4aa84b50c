//! Numbers over time: a dot for each day, and the mean of four weeks as a line.

use chrono::{Datelike, NaiveDate};
use ratatui_core::buffer::Buffer;
use ratatui_core::layout::Rect;
use ratatui_core::style::Style;
use ratatui_core::symbols::Marker;
use ratatui_core::widgets::Widget;
use ratatui_widgets::chart::{Axis, Chart, Dataset, GraphType};
use textwrap::core::display_width;

use crate::pattern::{Point, unbroken};

use super::super::TextPage;
use super::super::chart::Course;
use super::super::report::number;
use super::super::terminal::{cut, short_day};
use super::{Spacing, WIDEST};

const HEIGHT: u16 = 7;
/// A row for each step of the usual scale.
const LOW_HEIGHT: u16 = 5;
const KEY: &str = "• a day  ⠒ the average of four weeks";
/// An axis that has room for the key between two dates.
const WIDE_AXIS: usize = 60;
/// Below ten weeks, days tell more than months.
pub const DAYS: i64 = 70;

/// What was the same on every day is said, and not drawn where there is little room.
pub fn draw(course: &Course, spacing: Spacing, page: &TextPage) -> String {
    match spacing {
        Spacing::Close | Spacing::Tight if is_flat(course) => String::new(),
        Spacing::Tight => draw_in(course, (LOW_HEIGHT, spacing), page),
        Spacing::Close | Spacing::Loose => draw_in(course, (HEIGHT, spacing), page),
    }
}

fn is_flat(course: &Course) -> bool {
    course.days.windows(2).all(|pair| pair[0].value == pair[1].value)
}

fn draw_in(course: &Course, (height, spacing): (u16, Spacing), page: &TextPage) -> String {
    let width = page.width.min(WIDEST).saturating_sub(2).max(12) as u16;
    // Behind the end of the line stands its value, where that leaves the line half the room.
    let beside = |words: &str| display_width(words) as u16 + 1;
    let last = course.means.last().map(|point| (point.value, number(point.value)));
    let last = last.filter(|(_, words)| beside(words) <= width / 2);
    let beside = last.as_ref().map_or(0, |(_, words)| beside(words));
    let area = Rect::new(0, 0, width - beside, height + 2);
    let mut buffer = Buffer::empty(area);
    let place = |day: NaiveDate| f64::from(day.num_days_from_ce());
    let points = |of: &[Point]| -> Vec<(f64, f64)> {
        of.iter().map(|point| (place(point.day), point.value)).collect()
    };
    let days = points(&course.days);
    let means: Vec<Vec<(f64, f64)>> = unbroken(&course.means).map(points).collect();
    let dots = Dataset::default().data(&days).marker(Marker::Dot).graph_type(GraphType::Scatter);
    let lines = means.iter().map(|run| {
        Dataset::default().data(run).marker(Marker::Braille).graph_type(GraphType::Line)
    });
    // A day is seen though the line passes through it.
    let sets = lines.chain([dots]).collect();
    let (low, high) = (course.low.0, course.high.0);
    // Where each line counts, the key has a place between the dates, and what these stand
    // under goes without a line of its own.
    let has_key = !spacing.is_loose() && usize::from(area.width) >= WIDE_AXIS;
    let mut labels = dates(course, usize::from(area.width));
    if has_key && labels.len() > 2 {
        labels.remove(1);
    }
    let x = Axis::default().bounds([place(course.first), place(course.last)]).labels(labels);
    let y = Axis::default().bounds([low, high]).labels(levels(course, page.width));
    Chart::new(sets).x_axis(x).y_axis(y).legend_position(None).render(area, &mut buffer);
    let value = last.map(|(value, words)| {
        let level = (value - low) / (high - low).max(f64::EPSILON);
        let row = ((1.0 - level) * f64::from(height - 1)).round() as u16;
        (row.min(height - 1), words)
    });
    if has_key {
        let beside = (area.width - display_width(KEY) as u16) / 2;
        buffer.set_string(beside, height + 1, KEY, Style::default());
    }
    let rows = (area.top()..area.bottom()).filter(|y| !has_key || *y != height);
    let drawn = buffer_text(&buffer, rows, value, page);
    if has_key { drawn } else { format!("{drawn}{}\n", page.quiet(&page.wrap(KEY, "  "))) }
}

/// The words of both ends beside their numbers, where a page has room for them.
fn levels(course: &Course, width: usize) -> [String; 3] {
    let end = |(value, words): &(f64, String)| {
        let words = cut(words, width / 4);
        if words.is_empty() || width < 60 {
            number(*value)
        } else {
            format!("{words} {}", number(*value))
        }
    };
    let middle = number((course.low.0 + course.high.0) / 2.0);
    let ends = [end(&course.low), middle, end(&course.high)];
    let widest = ends.iter().map(|words| display_width(words)).max().unwrap_or(0);
    ends.map(|words| " ".repeat(widest - display_width(&words)) + &words)
}

fn dates(course: &Course, width: usize) -> Vec<String> {
    let short = (course.last - course.first).num_days() < DAYS;
    let name =
        |day: NaiveDate| if short { short_day(day) } else { day.format("%b %Y").to_string() };
    let middle = course.first + (course.last - course.first) / 2;
    match width {
        0..40 => vec![name(course.first), name(course.last)],
        _ => vec![name(course.first), name(middle), name(course.last)],
    }
}

/// The cells as lines of text: marks in the one hue, words and numbers without.
fn buffer_text(
    buffer: &Buffer,
    rows: impl Iterator<Item = u16>,
    value: Option<(u16, String)>,
    page: &TextPage,
) -> String {
    let area = buffer.area;
    let row = |y: u16| {
        let cells = (area.left()..area.right()).filter_map(|x| buffer.cell((x, y)));
        let line: String = cells.map(|cell| cell.symbol()).collect();
        let line = line.trim_end();
        let (words, marks) =
            line.find('│').map_or((line, ""), |at| line.split_at(at + '│'.len_utf8()));
        let marks = if marks.is_empty() { String::new() } else { page.accent(marks) };
        let end = value.as_ref().filter(|(at, _)| *at == y).map(|(_, words)| {
            let gap = usize::from(area.width).saturating_sub(display_width(line));
            format!("{} {words}", " ".repeat(gap))
        });
        format!("  {words}{marks}{}\n", end.unwrap_or_default())
    };
    rows.map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_of_any_length_leaves_room_for_the_line() {
        let day = "2026-11-23".parse().unwrap();
        for (value, width) in [(1e300, 80), (-123_456_789.5, 12), (7.0, 1)] {
            let points = vec![Point { day, value, answers: 1 }];
            let (low, high) = ((0.0, String::new()), (value, String::new()));
            let course = Course {
                title: "Q".into(),
                low,
                high,
                days: points.clone(),
                first: day,
                last: day,
                means: points,
                rows: Vec::new(),
                is_short: false,
            };
            let drawn = draw(&course, Spacing::Loose, &TextPage { width, colour: false });
            let lines = drawn.lines().take(usize::from(HEIGHT));
            let widest = lines.map(display_width).max().unwrap_or(0);
            assert!(widest <= width.max(14), "{drawn}");
        }
    }

    #[test]
    fn a_day_is_seen_where_the_line_passes_through_it() {
        let point = |day: u32| Point {
            day: NaiveDate::from_ymd_opt(2026, 11, day).unwrap(),
            value: 1.0,
            answers: 1,
        };
        let days: Vec<Point> = (1..=20).map(point).collect();
        let course = Course {
            title: "Q".into(),
            low: (0.0, String::new()),
            high: (4.0, String::new()),
            first: days[0].day,
            last: days[19].day,
            means: days.clone(),
            days,
            rows: Vec::new(),
            is_short: false,
        };
        let drawn = draw(&course, Spacing::Loose, &TextPage { width: 80, colour: false });
        let lines = drawn.lines().take(usize::from(HEIGHT));
        assert_eq!(lines.flat_map(str::chars).filter(|c| *c == '•').count(), 20, "{drawn}");
    }

    #[test]
    fn a_line_rises_where_its_numbers_do_and_breaks_where_there_are_none() {
        let point = |day: &str, value| Point { day: day.parse().unwrap(), value, answers: 1 };
        let means = vec![
            point("2026-08-03", 0.0),
            point("2026-08-10", 1.0),
            point("2026-11-16", 3.0),
            point("2026-11-23", 4.0),
        ];
        let course = Course {
            title: "Q".into(),
            low: (0.0, "far".into()),
            high: (4.0, "near".into()),
            days: means.clone(),
            first: means[0].day,
            last: means[3].day,
            means,
            rows: Vec::new(),
            is_short: false,
        };
        let drawn = draw(&course, Spacing::Loose, &TextPage { width: 80, colour: false });
        let lines: Vec<&str> = drawn.lines().collect();
        assert!(lines[0].contains("near 4") && lines[0].ends_with(" 4"), "{drawn}");
        let dots = |c: &char| ('\u{2801}'..='\u{28ff}').contains(c) || *c == '•';
        let inked =
            drawn.lines().take(usize::from(HEIGHT)).flat_map(str::chars).filter(dots).count();
        assert!(inked < 40, "the weeks between are empty\n{drawn}");
        assert!(drawn.contains("Aug 2026") && drawn.contains("Nov 2026"), "{drawn}");
        assert!(drawn.lines().all(|l| display_width(l) <= 80));
    }
}
