//! Drawings in characters. They are read by their shape: colour only helps.

use chrono::{Datelike, Days, NaiveDate};
use ratatui_core::buffer::Buffer;
use ratatui_core::layout::Rect;
use ratatui_core::style::{Color, Style};
use ratatui_core::symbols::Marker;
use ratatui_core::widgets::Widget;
use ratatui_widgets::chart::{Axis, Chart, Dataset, GraphType};
use textwrap::core::display_width;

use crate::pattern::{Day, Line, Point, monday};

use super::Page;
use super::report::number;
use super::terminal::pad;

/// A drawing wider than this is not easier to read.
const WIDEST: usize = 120;
const LINE_HEIGHT: u16 = 9;
/// A longer bar says no more, and a page of them is loud.
const LONGEST_BAR: usize = 40;

/// A column a week, a square a day: ▪ has one entry, ■ has more, and a day
/// without any is just empty.
pub fn squares(first: NaiveDate, last: NaiveDate, days: &[Day], page: &Page) -> String {
    let start = monday(first);
    let all = ((monday(last) - start).num_days() / 7 + 1).max(1) as usize;
    let room = page.width.saturating_sub(7).max(4);
    let cell = if room >= 2 * all { 2 } else { 1 };
    let weeks = all.min(room / cell);
    let start = start + Days::new(7 * (all - weeks) as u64);
    let mut text = format!("{}\n", page.quiet(&months(start, weeks, cell)));
    for weekday in 0..7 {
        let mut row = String::new();
        for week in 0..weeks {
            let day = start + Days::new((7 * week + weekday) as u64);
            let entries = days.iter().find(|d| d.day == day).map_or(0, |d| d.entries);
            row += &format!("{:<cell$}", ["", "▪", "■"][entries.min(2)]);
        }
        let name = (start + Days::new(weekday as u64)).format("%a").to_string();
        let name = if weekday % 2 == 0 { name } else { String::new() };
        let line =
            format!("  {}{}", page.quiet(&format!("{name:<5}")), page.accent(row.trim_end()));
        text += &format!("{}\n", line.trim_end());
    }
    let key = page.quiet(&page.wrap("▪ one entry  ■ more", "  "));
    format!("{text}\n{key}\n")
}

/// The names of months above the weeks in which they begin, where they fit.
fn months(start: NaiveDate, weeks: usize, cell: usize) -> String {
    let mut line = " ".repeat(7);
    for week in 0..weeks {
        let sunday = start + Days::new((7 * week + 6) as u64);
        let column = 7 + week * cell;
        let free = line.trim_end().len() < column || line.trim().is_empty();
        if sunday.day() <= 7 && free && week + 3 / cell <= weeks {
            line = format!("{line:<column$}{}", sunday.format("%b"));
        }
    }
    line.trim_end().to_owned()
}

/// A bar for each count.
pub fn bars(counts: &[(String, usize)], page: &Page) -> String {
    let most = counts.iter().map(|(_, n)| *n).max().unwrap_or(0).max(1) as f64;
    table(counts, |n| n.to_string(), most, page)
}

/// A bar for each share of a whole.
pub fn shares(counts: &[(String, usize)], of: usize, page: &Page) -> String {
    table(counts, |n| format!("{n} of {of}"), of.max(1) as f64, page)
}

fn table(
    counts: &[(String, usize)],
    said: impl Fn(usize) -> String,
    most: f64,
    page: &Page,
) -> String {
    let rows = counts.iter().map(|(name, n)| (name.clone(), said(*n), *n as f64 / most));
    in_table(&rows.collect::<Vec<_>>(), page)
}

/// A bar for each level on a range.
pub fn levels(levels: &[(&str, f64)], (low, high): (f64, f64), page: &Page) -> String {
    let range = format!("of {}–{}", number(low), number(high));
    let rows = levels.iter().map(|(name, value)| {
        ((*name).to_owned(), format!("{} {range}", number(*value)), share(*value, low, high))
    });
    in_table(&rows.collect::<Vec<_>>(), page)
}

fn share(value: f64, low: f64, high: f64) -> f64 {
    if high > low { (value - low) / (high - low) } else { 0.0 }
}

/// Name, number, bar: the names as wide as the widest, the bars what is left.
fn in_table(rows: &[(String, String, f64)], page: &Page) -> String {
    let width = page.width.min(WIDEST);
    let widest = |of: fn(&(String, String, f64)) -> &str| {
        rows.iter().map(|row| display_width(of(row))).max().unwrap_or(0)
    };
    let number = widest(|row| &row.1);
    let name = widest(|row| &row.0).min(width.saturating_sub(number + 6) * 3 / 5).max(4);
    let room = width.saturating_sub(2 + name + 2 + number + 2).min(LONGEST_BAR);
    let line = |(title, value, share): &(String, String, f64)| {
        let bar = page.accent(&bar(*share, room));
        format!("  {}  {value:>number$}  {bar}", pad(title, name)).trim_end().to_owned() + "\n"
    };
    rows.iter().map(line).collect()
}

/// Whole blocks and one eighth part; nothing for nothing.
fn bar(share: f64, width: usize) -> String {
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    let eighths = (share.clamp(0.0, 1.0) * width as f64 * 8.0).round() as usize;
    // What is there can be seen.
    let eighths = if share > 0.0 { eighths.max(1) } else { 0 };
    "█".repeat(eighths / 8) + EIGHTHS[eighths % 8]
}

/// Scores of the same days, each day a line: two abreast where there is room.
pub fn beside(lines: &[Line], page: &Page) -> String {
    let width = page.width.min(2 * WIDEST);
    let abreast = if width >= 90 { 2 } else { 1 };
    let half = Page { width: width / abreast, ..*page };
    let blocks: Vec<Vec<String>> = lines.iter().map(|line| block(line, &half)).collect();
    let mut text = String::new();
    for (i, row) in blocks.chunks(abreast).enumerate() {
        text += if i == 0 { "" } else { "\n" };
        let height = row.iter().map(Vec::len).max().unwrap_or(0);
        for at in 0..height {
            let cell = |block: &Vec<String>| block.get(at).cloned().unwrap_or_default();
            let mut line = String::new();
            for (column, block) in row.iter().enumerate() {
                let have = display_width(&unpainted(&line));
                line += &" ".repeat((column * half.width).saturating_sub(have));
                line += &cell(block);
            }
            text += &format!("{}\n", line.trim_end());
        }
    }
    text
}

/// The last sittings of one score.
fn block(line: &Line, page: &Page) -> Vec<String> {
    const LATEST: usize = 12;
    let title = page.wrap(&super::clean_line(&line.title), "  ");
    let mut lines: Vec<String> = title.lines().map(|title| page.accent(title)).collect();
    let from = line.points.len().saturating_sub(LATEST);
    let rows = line.points[from..].iter().map(|point| {
        let day = point.day.format("%-d %b %Y").to_string();
        (day, format!("{:.2}", point.value), share(point.value, line.low, line.high))
    });
    let narrower = Page { width: page.width.saturating_sub(3), ..*page };
    lines.extend(in_table(&rows.collect::<Vec<_>>(), &narrower).lines().map(str::to_owned));
    lines
}

/// Without our own colours, to know its width.
fn unpainted(text: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in text.chars() {
        match (inside, c) {
            (false, '\u{1b}') => inside = true,
            (true, 'm') => inside = false,
            (true, _) => {}
            (false, c) => out.push(c),
        }
    }
    out
}

/// Weeks as a line of dots, broken where weeks have no answer.
pub fn line(line: &Line, page: &Page) -> String {
    let width = page.width.min(WIDEST).saturating_sub(2).max(12) as u16;
    let area = Rect::new(0, 0, width, LINE_HEIGHT + 2);
    let mut buffer = Buffer::empty(area);
    let place = |day: NaiveDate| f64::from(day.num_days_from_ce()) / 7.0;
    let (Some(first), Some(last)) = (line.points.first(), line.points.last()) else {
        return String::new();
    };
    let points: Vec<(f64, f64)> = line.points.iter().map(|p| (place(p.day), p.value)).collect();
    let runs: Vec<&[(f64, f64)]> = runs(line)
        .scan(0, |from, run| {
            *from += run.len();
            Some(&points[*from - run.len()..*from])
        })
        .collect();
    let ink = Style::new().fg(Color::Cyan);
    let sets = runs.iter().map(|run| {
        // One week alone makes no line, and a single dot of braille is lost.
        let (kind, marker) = match run.len() {
            1 => (GraphType::Scatter, Marker::Dot),
            _ => (GraphType::Line, Marker::Braille),
        };
        Dataset::default().data(run).marker(marker).graph_type(kind).style(ink)
    });
    let middle = first.day + (last.day - first.day) / 2;
    let month = |day: NaiveDate| day.format("%b %Y").to_string();
    let dates = match width {
        0..40 => vec![month(first.day), month(last.day)],
        _ => vec![month(first.day), month(middle), month(last.day)],
    };
    let levels = [line.low, (line.low + line.high) / 2.0, line.high].map(number);
    let x = Axis::default().bounds([place(first.day), place(last.day)]).labels(dates);
    let y = Axis::default().bounds([line.low, line.high]).labels(levels);
    Chart::new(sets.collect()).x_axis(x).y_axis(y).legend_position(None).render(area, &mut buffer);
    written(&buffer, page)
}

/// The points that belong together: a gap of twice the usual time parts them.
pub(super) fn runs(line: &Line) -> impl Iterator<Item = &[Point]> {
    let mut gaps: Vec<i64> =
        line.points.windows(2).map(|two| (two[1].day - two[0].day).num_days()).collect();
    gaps.sort_unstable();
    let usual = gaps.get(gaps.len() / 2).copied().unwrap_or(7);
    line.points.chunk_by(move |a, b| (b.day - a.day).num_days() < 2 * usual)
}

/// The cells as lines of text, with colour where there is any.
fn written(buffer: &Buffer, page: &Page) -> String {
    let area = buffer.area;
    let row = |y: u16| {
        let mut line = String::from("  ");
        let mut inked = String::new();
        for x in area.left()..area.right() {
            let Some(cell) = buffer.cell((x, y)) else { continue };
            if cell.fg == Color::Cyan && cell.symbol() != " " {
                inked.push_str(cell.symbol());
                continue;
            }
            if !inked.is_empty() {
                line += &page.accent(&std::mem::take(&mut inked));
            }
            line.push_str(cell.symbol());
        }
        if !inked.is_empty() {
            line += &page.accent(&inked);
        }
        line.trim_end().to_owned() + "\n"
    };
    (area.top()..area.bottom()).map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Page = Page { width: 40, colour: false };

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_bar_is_as_long_as_its_share_and_nothing_is_nothing() {
        assert_eq!(bar(1.0, 4), "████");
        assert_eq!(bar(0.5, 3), "█▌");
        assert_eq!(bar(0.001, 4), "▏", "what is there can be seen");
        assert_eq!(bar(0.0, 4), "");
        let drawn = bars(&[("I left".into(), 1), ("I stayed, for once".into(), 2)], &PLAIN);
        assert_eq!(
            drawn,
            "  I left              1  ████████▌\n  I stayed, for once  2  ███████████████\n"
                .replace("████████▌", "███████▌")
        );
    }

    #[test]
    fn a_day_without_an_entry_is_just_empty() {
        let days = [("2026-11-16", 1), ("2026-11-18", 3), ("2026-11-23", 1)];
        let days = days.map(|(d, entries)| Day { day: day(d), entries });
        let drawn = squares(day("2026-11-16"), day("2026-11-23"), &days, &PLAIN);
        let expected = "\n  Mon  ▪ ▪\n\n  Wed  ■\n\n  Fri\n\n  Sun\n\n  ▪ one entry  ■ more\n";
        assert_eq!(drawn, expected);
    }

    #[test]
    fn a_year_fits_eighty_columns_and_twenty() {
        for width in [20, 40, 80, 200] {
            let page = Page { width, colour: false };
            let days = [Day { day: day("2026-11-23"), entries: 1 }];
            let drawn = squares(day("2025-11-24"), day("2026-11-23"), &days, &page);
            assert!(drawn.lines().all(|l| display_width(l) <= width), "{width}\n{drawn}");
            assert!(drawn.contains('▪'), "the newest weeks are those that are shown");
        }
    }

    #[test]
    fn a_line_rises_where_its_numbers_do_and_breaks_where_there_are_none() {
        let point = |day_: &str, value| Point { day: day(day_), value, answers: 1 };
        let rising = Line {
            title: "Q".into(),
            low: 0.0,
            high: 4.0,
            points: vec![
                point("2026-08-03", 0.0),
                point("2026-08-10", 1.0),
                point("2026-11-16", 3.0),
                point("2026-11-23", 4.0),
            ],
        };
        let drawn = line(&rising, &PLAIN);
        let lines: Vec<&str> = drawn.lines().collect();
        let dots = |c: char| ('\u{2801}'..='\u{28ff}').contains(&c);
        assert!(lines[0].trim_end().ends_with(dots), "the last is the highest\n{drawn}");
        let inked = drawn.chars().filter(|c| dots(*c)).count();
        assert!(inked < 12, "the weeks between are empty\n{drawn}");
        assert!(drawn.contains("Aug 2026") && drawn.contains("Nov 2026"), "{drawn}");
        assert!(drawn.lines().all(|l| display_width(l) <= 40));
    }
}
