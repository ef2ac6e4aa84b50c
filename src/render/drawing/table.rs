//! Rows of a name, values and marks, on one scale for all that are compared.

use textwrap::core::display_width;

use super::super::TextPage;
use super::super::chart::{Align, Mark, Table, TableColumn, TableRow};
use super::super::terminal::pad;
use super::marks::{self, LONGEST_BAR};
use super::{WIDEST, side_by_side};

const INDENT: usize = 2;
const GAP: usize = 2;
/// Longer words of a heading are broken.
const LONGEST_WORD: usize = 9;
/// A name is never wrapped into less.
const LEAST_NAME: usize = 14;
/// From so many columns on two tables stand beside each other.
const ABREAST: usize = 120;

/// Tables under one set of columns, two abreast where there is room for it.
pub fn tables(all: &[Table], page: &TextPage) -> String {
    let abreast = if all.len() > 1 && page.width >= ABREAST { 2 } else { 1 };
    let width = page.width.min(WIDEST * abreast) / abreast - usize::from(abreast > 1) * 3;
    let half = TextPage { width, ..*page };
    let widths = Widths::fitting(all, width);
    let block = |table: &Table| match &widths {
        Some(widths) => in_columns(table, widths, &half),
        None => one_below_the_other(table, &half),
    };
    let blocks: Vec<Vec<String>> = all.iter().map(block).collect();
    let rows = blocks
        .chunks(abreast)
        .map(|row| side_by_side(row, page.width.min(WIDEST * abreast) / abreast));
    let drawn = rows.collect::<Vec<_>>().join("\n");
    let parts = all.iter().filter(|table| !table.parts.is_empty());
    let parts = parts.map(|table| marks::key(&table.parts));
    let keys = parts.chain(all.iter().flat_map(|table| table.key.clone()));
    let keys: String = keys.map(|key| page.quiet(&page.wrap(&key, "  ")) + "\n").collect();
    if keys.is_empty() { drawn } else { format!("{drawn}\n{keys}") }
}

/// How wide the name is, and the value and the mark of each column.
struct Widths {
    name: usize,
    columns: Vec<(usize, usize)>,
}

impl Widths {
    /// `None` where names would have no room beside the rest.
    fn fitting(all: &[Table], width: usize) -> Option<Widths> {
        let count = all.iter().map(|table| table.columns.len()).max().unwrap_or(0);
        let mut columns = Vec::with_capacity(count);
        let mut open = None;
        for at in 0..count {
            let cells =
                || all.iter().flat_map(|table| &table.rows).filter_map(|row| row.cells.get(at));
            let widest = all.iter().filter_map(|table| table.columns.get(at));
            let widest = widest.map(|column| column.widest).max().unwrap_or(0);
            let value = cells().map(|cell| display_width(&cell.value)).max().unwrap_or(0);
            let marks: Vec<Option<usize>> =
                cells().map(|cell| marks::width(&cell.mark, widest)).collect();
            if marks.iter().any(Option::is_none) {
                open = Some(at);
            }
            let mark = marks.into_iter().flatten().max().unwrap_or(0);
            // The words above it have room, too.
            let heading = all.iter().filter_map(|table| table.columns.get(at)).map(longest_word);
            let missing = heading.max().unwrap_or(0).saturating_sub(column_width((value, mark)));
            columns.push((value + missing, mark));
        }
        let names = || all.iter().flat_map(|table| &table.rows).map(|row| display_width(&row.name));
        let longest = names().max().unwrap_or(0);
        let used = INDENT + columns.iter().map(|it| GAP + column_width(*it)).sum::<usize>();
        let bar = open.map_or(0, |_| GAP + LONGEST_BAR / 2);
        let room = width.saturating_sub(used + bar);
        let name = longest.min(room);
        if room < longest.min(LEAST_NAME) || width < used + name {
            return None;
        }
        if let Some(at) = open {
            let rest = width.saturating_sub(used + name + 1);
            columns[at].1 = rest.min(LONGEST_BAR);
        }
        Some(Widths { name, columns })
    }
}

/// Of the heading, as far as it is wrapped at words.
fn longest_word(column: &TableColumn) -> usize {
    let words = column.heading.split(' ').map(display_width);
    words.max().unwrap_or(0).min(LONGEST_WORD)
}

fn column_width((value, mark): (usize, usize)) -> usize {
    value + mark + if value > 0 && mark > 0 { 1 } else { 0 }
}

fn in_columns(table: &Table, widths: &Widths, page: &TextPage) -> Vec<String> {
    let mut lines = titles(table, page);
    lines.extend(headings(table, widths).into_iter().map(|line| page.quiet(&line)));
    for row in &table.rows {
        let names = textwrap::wrap(&row.name, widths.name.max(1));
        for (at, name) in names.iter().enumerate() {
            let name = format!("  {}", pad(name, widths.name));
            let line = if at == 0 { name + &cells(row, table, widths, page) } else { name };
            lines.push(line.trim_end().to_owned());
        }
    }
    lines
}

fn titles(table: &Table, page: &TextPage) -> Vec<String> {
    let title = table.title.iter().map(|title| page.wrap(title, ""));
    title.flat_map(|title| title.lines().map(str::to_owned).collect::<Vec<_>>()).collect()
}

fn cells(row: &TableRow, table: &Table, widths: &Widths, page: &TextPage) -> String {
    let mut line = String::new();
    for ((cell, column), (value, width)) in
        row.cells.iter().zip(&table.columns).zip(&widths.columns)
    {
        let drawn = marks::draw(&cell.mark, *width);
        let rest = " ".repeat(width.saturating_sub(display_width(&drawn)));
        let mark = if drawn.is_empty() { rest } else { page.accent(&drawn) + &rest };
        let have = value.saturating_sub(display_width(&cell.value));
        let words = match column.align {
            Align::Left => cell.value.clone() + &" ".repeat(have),
            Align::Right => " ".repeat(have) + &cell.value,
        };
        let gap = if *value > 0 && *width > 0 { " " } else { "" };
        // A bar begins behind its number, so that all begin at one place.
        let parts = match cell.mark {
            Mark::Bar(_) | Mark::Stack(_) => [words, gap.to_owned(), mark],
            Mark::None if *width > 0 && column.align == Align::Right => {
                [words, gap.to_owned(), mark]
            }
            Mark::None | Mark::Move { .. } | Mark::Strip(_) | Mark::DayDots(_) | Mark::Dots(_) => {
                [mark, gap.to_owned(), words]
            }
        };
        line += &" ".repeat(GAP);
        line += &parts.concat();
    }
    line
}

/// What stands above the columns, in as many lines as it takes; none where there is
/// nothing to say.
fn headings(table: &Table, widths: &Widths) -> Vec<String> {
    let column = |(column, widths): (&TableColumn, &(usize, usize))| -> (usize, Vec<String>) {
        let whole = column_width(*widths);
        (
            whole,
            heading(column, *widths)
                .into_iter()
                .map(|line| {
                    let have = whole.saturating_sub(display_width(&line));
                    match column.align {
                        Align::Right if column.ends.is_none() => " ".repeat(have) + &line,
                        Align::Right | Align::Left => line + &" ".repeat(have),
                    }
                })
                .collect(),
        )
    };
    let all: Vec<(usize, Vec<String>)> =
        table.columns.iter().zip(&widths.columns).map(column).collect();
    let height = all.iter().map(|(_, lines)| lines.len()).max().unwrap_or(0);
    (0..height)
        .map(|at| {
            let mut line = " ".repeat(INDENT + widths.name);
            for (width, lines) in &all {
                // The last line of each stands right above its column.
                let missing = height - lines.len();
                let words = at.checked_sub(missing).and_then(|at| lines.get(at));
                line += &" ".repeat(GAP);
                line += &words.cloned().unwrap_or_else(|| " ".repeat(*width));
            }
            line.trim_end().to_owned()
        })
        .collect()
}

fn heading(column: &TableColumn, (value, mark): (usize, usize)) -> Vec<String> {
    let width = column_width((value, mark)).max(1);
    if !column.axis.is_empty() {
        // One letter above each mark.
        let letter = |name: &String| name.chars().next().unwrap_or(' ');
        return vec![column.axis.iter().map(letter).collect::<String>()];
    }
    if let Some((low, high)) = &column.ends {
        let before = match column.align {
            Align::Right => value + usize::from(value > 0),
            Align::Left => 0,
        };
        let gap = mark.checked_sub(display_width(low) + display_width(high));
        let ends = gap.filter(|gap| *gap > 0).map(|gap| format!("{low}{}{high}", " ".repeat(gap)));
        return ends.map(|ends| " ".repeat(before) + &ends).into_iter().collect();
    }
    let lines = textwrap::wrap(&column.heading, width);
    lines.iter().filter(|line| !line.is_empty()).map(|line| line.to_string()).collect()
}

/// For a narrow page: the name, and below it what belongs to it.
fn one_below_the_other(table: &Table, page: &TextPage) -> Vec<String> {
    let mut lines = titles(table, page);
    let room = page.width.saturating_sub(5).clamp(8, LONGEST_BAR / 2);
    for row in &table.rows {
        lines.extend(page.wrap(&row.name, "  ").lines().map(str::to_owned));
        let cells = row.cells.iter().zip(&table.columns).flat_map(|(cell, column)| {
            let width = marks::width(&cell.mark, column.widest).unwrap_or(room);
            let heading = if column.heading.is_empty() { "" } else { &*column.heading };
            let words = format!("{heading} {}", cell.value);
            let drawn = marks::draw(&cell.mark, width.min(room.max(12)));
            [(drawn, true), (words.trim().to_owned(), false)]
        });
        let mut line = "   ".to_owned();
        for (words, is_mark) in cells.filter(|(words, _)| !words.is_empty()) {
            let have = display_width(&super::without_colour(&line));
            if have > 3 && have + 1 + display_width(&words) > page.width {
                lines.push(std::mem::replace(&mut line, "   ".to_owned()));
            }
            if !is_mark && 4 + display_width(&words) > page.width {
                lines.extend(page.wrap(&words, "    ").lines().map(str::to_owned));
                continue;
            }
            let words = if is_mark { page.accent(&words) } else { words };
            line += &format!(" {words}");
        }
        if !line.trim().is_empty() {
            lines.push(line);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::super::super::chart::TableCell;
    use super::*;

    const PLAIN: TextPage = TextPage { width: 40, colour: false };

    fn bars_of(names: &[(&str, Option<f64>)]) -> Table {
        let row = |(name, share): &(&str, Option<f64>)| {
            let mark = share.map_or(Mark::None, Mark::Bar);
            TableRow { name: (*name).to_owned(), cells: vec![TableCell::new("1", mark)] }
        };
        let ends = Some(("0".to_owned(), "4".to_owned()));
        let column = TableColumn { ends, widest: 8, ..TableColumn::right("") };
        let rows = names.iter().map(row).collect();
        Table { columns: vec![column], rows, ..Table::default() }
    }

    #[test]
    fn bars_stand_under_their_scale_and_what_has_no_answer_is_empty() {
        let table =
            bars_of(&[("I left", Some(0.5)), ("I stayed, for once", Some(1.0)), ("x", None)]);
        let expected = "                        0      4
  I left              1 ████
  I stayed, for once  1 ████████
  x                   1
";
        assert_eq!(tables(&[table], &PLAIN), expected);
    }

    #[test]
    fn what_is_compared_has_one_scale_and_long_names_are_whole() {
        let long = "Relying, or being relied on, felt like too much";
        let drawn = tables(&[bars_of(&[("a", Some(1.0))]), bars_of(&[(long, Some(1.0))])], &PLAIN);
        let whole: Vec<&str> = drawn.lines().filter(|line| line.contains('█')).collect();
        assert_eq!(whole.len(), 2, "{drawn}");
        assert_eq!(whole[0].find('█'), whole[1].find('█'), "{drawn}");
        let words = drawn.replace(['█', '1', '0', '4', '\n'], " ");
        assert_eq!(words.split_whitespace().skip(1).collect::<Vec<_>>().join(" "), long);
    }

    #[test]
    fn every_line_fits_whatever_the_width() {
        let strip = Mark::Strip(vec![Some(0.5); 12]);
        let cells = vec![
            TableCell::new("", strip),
            TableCell::words("12 of 20"),
            TableCell::words("13 of 22"),
            TableCell::words("about the same"),
        ];
        let name = "Evenings with a moment".to_owned();
        let columns = vec![
            TableColumn { axis: vec!["Nov".to_owned(); 12], ..TableColumn::default() },
            TableColumn::right("then"),
            TableColumn::right("now"),
            TableColumn::headed(""),
        ];
        let table = Table { columns, rows: vec![TableRow { name, cells }], ..Table::default() };
        for width in [20, 40, 50, 80, 120, 200] {
            let drawn = tables(std::slice::from_ref(&table), &TextPage { width, colour: false });
            assert!(drawn.lines().all(|line| display_width(line) <= width), "{width}\n{drawn}");
            for words in ["12 of 20", "13 of 22"] {
                assert!(drawn.contains(words), "{width}\n{drawn}");
            }
        }
    }
}
