//! Drawings in characters. They are read by their shape: colour only helps.

use chrono::{Datelike, Days, NaiveDate};
use ratatui_core::buffer::Buffer;
use ratatui_core::layout::Rect;
use ratatui_core::symbols::Marker;
use ratatui_core::widgets::Widget;
use ratatui_widgets::chart::{Axis, Chart, Dataset, GraphType};
use textwrap::core::display_width;

use crate::pattern::{FigureDay, FigureLine, monday};

use super::TextPage;
use super::bars::Bars;
use super::report::number;
use super::terminal::pad;

/// A drawing wider than this is not easier to read.
const WIDEST: usize = 120;
const LINE_HEIGHT: u16 = 9;
/// A longer bar says no more, and a page of them is loud.
const LONGEST_BAR: usize = 40;
/// From so many columns on two things stand beside each other.
pub const ABREAST: usize = 90;

/// A column a week, a square a day: ▪ has one entry, ■ has more, and a day
/// without any is just empty.
pub fn squares(first: NaiveDate, last: NaiveDate, days: &[FigureDay], page: &TextPage) -> String {
    let start = monday(first);
    let all = ((monday(last) - start).num_days() / 7 + 1).max(1) as usize;
    let room = page.width.saturating_sub(7).max(4);
    let cell = if room >= 2 * all { 2 } else { 1 };
    let weeks = all.min(room / cell);
    let start = start + Days::new(7 * (all - weeks) as u64);
    let mut text = format!("{}\n", page.quiet(&months((start, last), weeks, cell, page.width)));
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

/// The names of months above the weeks in which they begin, and of the first
/// week's, where they fit.
fn months(
    (start, last): (NaiveDate, NaiveDate),
    weeks: usize,
    cell: usize,
    width: usize,
) -> String {
    let mut line = " ".repeat(7);
    let sunday = |week: usize| start + Days::new((7 * week + 6) as u64);
    // Of the last week, only if it gets that far.
    let begins = |week: &usize| {
        let sunday = sunday(*week);
        sunday.day() <= 7 && sunday.with_day(1).is_none_or(|begin| begin <= last)
    };
    let next = (1..weeks).find(begins).unwrap_or(weeks + 4);
    for week in (0..weeks).filter(|week| begins(week) || (*week == 0 && next * cell > 3)) {
        let column = 7 + week * cell;
        let free = line.trim_end().len() < column || line.trim().is_empty();
        if free && column + 3 <= width {
            line = format!("{line:<column$}{}", sunday(week).format("%b"));
        }
    }
    line.trim_end().to_owned()
}

/// A row for each bar: its name, its number, and the bar under one scale for
/// all of them, whose ends stand above. Two abreast where there is room for it
/// and more than one to compare.
pub fn bars(all: &[Bars], page: &TextPage) -> String {
    let width = page.width.min(2 * WIDEST);
    let abreast = if all.len() > 1 && width >= ABREAST { 2 } else { 1 };
    // With some air between two.
    let room = if abreast == 1 { width.min(WIDEST) } else { width / abreast - 3 };
    let columns = Columns::fitting(all, room);
    let half = TextPage { width: width / abreast, ..*page };
    let blocks: Vec<Vec<String>> = all.iter().map(|bars| block(bars, &columns, &half)).collect();
    let rows: Vec<String> =
        blocks.chunks(abreast).map(|row| side_by_side(row, half.width)).collect();
    rows.join("\n")
}

/// Blocks of lines beside each other, each as wide as this.
pub fn side_by_side(blocks: &[Vec<String>], width: usize) -> String {
    let height = blocks.iter().map(Vec::len).max().unwrap_or(0);
    let mut text = String::new();
    for at in 0..height {
        let mut line = String::new();
        for (column, block) in blocks.iter().enumerate() {
            let have = display_width(&without_colour(&line));
            line += &" ".repeat((column * width).saturating_sub(have));
            line += block.get(at).map_or("", String::as_str);
        }
        text += &format!("{}\n", line.trim_end());
    }
    text
}

/// How wide each is, so that everything that is compared stands on one scale.
struct Columns {
    name: usize,
    number: usize,
    bar: usize,
}

impl Columns {
    fn fitting(all: &[Bars], width: usize) -> Columns {
        let rows = || all.iter().flat_map(|bars| &bars.rows);
        let number = rows().map(|row| display_width(&row.said)).max().unwrap_or(0);
        let name = rows().map(|row| display_width(&row.name)).max().unwrap_or(0);
        let name = name.min(width.saturating_sub(number + 6) * 3 / 5).max(4);
        let widest = all.iter().map(|bars| bars.widest).max().unwrap_or(0);
        let room = width.saturating_sub(2 + name + 2 + number + 2);
        Columns { name, number, bar: room.min(LONGEST_BAR).min(widest) }
    }
}

fn block(bars: &Bars, columns: &Columns, page: &TextPage) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    if let Some(title) = &bars.title {
        let title = page.wrap(title, "  ");
        lines.extend(title.lines().map(|line| page.accent(line)));
    }
    let skip = " ".repeat(2 + columns.name + 2 + columns.number + 2);
    lines.extend(ends(bars, columns.bar).map(|ends| format!("{skip}{}", page.quiet(&ends))));
    for row in &bars.rows {
        let names = textwrap::wrap(&row.name, columns.name);
        let bar = page.accent(&bar(row.share.unwrap_or(0.0), columns.bar));
        let Columns { name: wide, number, .. } = *columns;
        for (at, name) in names.iter().enumerate() {
            let line = match at {
                0 => format!("  {}  {:>number$}  {bar}", pad(name, wide), row.said),
                _ => format!("  {name}"),
            };
            lines.push(line.trim_end().to_owned());
        }
    }
    lines
}

/// The scale above the bars, where both ends fit.
fn ends(bars: &Bars, width: usize) -> Option<String> {
    let (low, high) = (&bars.ends.0, &bars.ends.1);
    let gap = width.checked_sub(display_width(low) + display_width(high))?;
    (gap > 0).then(|| format!("{low}{}{high}", " ".repeat(gap)))
}

/// Whole blocks and one eighth part; nothing for nothing.
fn bar(share: f64, width: usize) -> String {
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    let eighths = (share.clamp(0.0, 1.0) * width as f64 * 8.0).round() as usize;
    // What is there can be seen.
    let eighths = if share > 0.0 { eighths.max(1) } else { 0 };
    "█".repeat(eighths / 8) + EIGHTHS[eighths % 8]
}

/// Without our own colours, to know its width.
fn without_colour(text: &str) -> String {
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
pub fn line(line: &FigureLine, (first, last): (NaiveDate, NaiveDate), page: &TextPage) -> String {
    let width = page.width.min(WIDEST).saturating_sub(2).max(12) as u16;
    let area = Rect::new(0, 0, width, LINE_HEIGHT + 2);
    let mut buffer = Buffer::empty(area);
    let place = |day: NaiveDate| f64::from(day.num_days_from_ce()) / 7.0;
    let points: Vec<(f64, f64)> = line.points.iter().map(|p| (place(p.day), p.value)).collect();
    let runs: Vec<&[(f64, f64)]> = line
        .runs()
        .scan(0, |from, run| {
            *from += run.len();
            Some(&points[*from - run.len()..*from])
        })
        .collect();
    let sets = runs.iter().map(|run| {
        // One week alone makes no line, and a single dot of braille is lost.
        let (kind, marker) = match run.len() {
            1 => (GraphType::Scatter, Marker::Dot),
            _ => (GraphType::Line, Marker::Braille),
        };
        Dataset::default().data(run).marker(marker).graph_type(kind)
    });
    let middle = first + (last - first) / 2;
    let month = |day: NaiveDate| day.format("%b %Y").to_string();
    let dates = match width {
        0..40 => vec![month(first), month(last)],
        _ => vec![month(first), month(middle), month(last)],
    };
    let levels = [line.low, (line.low + line.high) / 2.0, line.high].map(number);
    let x = Axis::default().bounds([place(first), place(last)]).labels(dates);
    let y = Axis::default().bounds([line.low, line.high]).labels(levels);
    Chart::new(sets.collect()).x_axis(x).y_axis(y).legend_position(None).render(area, &mut buffer);
    buffer_text(&buffer)
}

/// The cells as lines of text. Without colour: such thin marks need all the
/// contrast that the terminal has, on a light page as on a dark one.
fn buffer_text(buffer: &Buffer) -> String {
    let area = buffer.area;
    let row = |y: u16| {
        let cells = (area.left()..area.right()).filter_map(|x| buffer.cell((x, y)));
        let line: String = cells.map(|cell| cell.symbol()).collect();
        format!("  {}\n", line.trim_end())
    };
    (area.top()..area.bottom()).map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pattern::Point;
    use crate::render::bars::Bar;

    const PLAIN: TextPage = TextPage { width: 40, colour: false };

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_bar_is_as_long_as_its_share_and_nothing_is_nothing() {
        assert_eq!(bar(1.0, 4), "████");
        assert_eq!(bar(0.5, 3), "█▌");
        assert_eq!(bar(0.001, 4), "▏", "what is there can be seen");
        assert_eq!(bar(0.0, 4), "");
    }

    fn bars_of(names: &[(&str, f64)]) -> Bars {
        let row = |(name, share): &(&str, f64)| Bar {
            name: (*name).to_owned(),
            said: "1".into(),
            share: (*share >= 0.0).then_some(*share),
        };
        let ends = ("0".to_owned(), "4".to_owned());
        Bars { title: None, ends, widest: 8, rows: names.iter().map(row).collect() }
    }

    #[test]
    fn bars_stand_under_their_scale_and_what_has_no_answer_is_empty() {
        let drawn =
            bars(&[bars_of(&[("I left", 0.5), ("I stayed, for once", 1.0), ("x", -1.0)])], &PLAIN);
        let expected = "                         0      4
  I left              1  ████
  I stayed, for once  1  ████████
  x                   1
";
        assert_eq!(drawn, expected);
    }

    #[test]
    fn what_is_compared_has_one_scale_and_long_names_are_whole() {
        let long = "Relying, or being relied on, felt like too much";
        let drawn = bars(&[bars_of(&[("a", 1.0)]), bars_of(&[(long, 1.0)])], &PLAIN);
        let whole: Vec<&str> = drawn.lines().filter(|line| line.contains('█')).collect();
        assert_eq!(whole.len(), 2, "{drawn}");
        assert_eq!(whole[0].find('█'), whole[1].find('█'), "{drawn}");
        let words = drawn.replace(['█', '1', '0', '4', '\n'], " ");
        assert_eq!(words.split_whitespace().skip(1).collect::<Vec<_>>().join(" "), long);
    }

    #[test]
    fn a_day_without_an_entry_is_just_empty() {
        let days = [("2026-11-16", 1), ("2026-11-18", 3), ("2026-11-23", 1)];
        let days = days.map(|(d, entries)| FigureDay { day: day(d), entries });
        let drawn = squares(day("2026-11-16"), day("2026-11-23"), &days, &PLAIN);
        let expected =
            "       Nov\n  Mon  ▪ ▪\n\n  Wed  ■\n\n  Fri\n\n  Sun\n\n  ▪ one entry  ■ more\n";
        assert_eq!(drawn, expected);
    }

    #[test]
    fn a_year_fits_eighty_columns_and_twenty() {
        for width in [20, 40, 80, 200] {
            let page = TextPage { width, colour: false };
            let days = [FigureDay { day: day("2026-11-23"), entries: 1 }];
            let drawn = squares(day("2025-11-24"), day("2026-11-23"), &days, &page);
            assert!(drawn.lines().all(|l| display_width(l) <= width), "{width}\n{drawn}");
            assert!(drawn.contains('▪'), "the newest weeks are those that are shown");
        }
    }

    #[test]
    fn a_line_rises_where_its_numbers_do_and_breaks_where_there_are_none() {
        let point = |day_: &str, value| Point { day: day(day_), value, answers: 1 };
        let rising = FigureLine {
            title: "Q".into(),
            low: 0.0,
            high: 4.0,
            change: None,
            labels: Vec::new(),
            points: vec![
                point("2026-08-03", 0.0),
                point("2026-08-10", 1.0),
                point("2026-11-16", 3.0),
                point("2026-11-23", 4.0),
            ],
        };
        let drawn = line(&rising, (day("2026-08-03"), day("2026-11-23")), &PLAIN);
        let lines: Vec<&str> = drawn.lines().collect();
        let dots = |c: char| ('\u{2801}'..='\u{28ff}').contains(&c);
        assert!(lines[0].trim_end().ends_with(dots), "the last is the highest\n{drawn}");
        let inked = drawn.chars().filter(|c| dots(*c)).count();
        assert!(inked < 12, "the weeks between are empty\n{drawn}");
        assert!(drawn.contains("Aug 2026") && drawn.contains("Nov 2026"), "{drawn}");
        assert!(drawn.lines().all(|l| display_width(l) <= 40));
    }
}
