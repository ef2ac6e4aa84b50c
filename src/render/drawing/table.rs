//! Rows of a name, values and marks, on one scale for all that are compared.

use textwrap::core::display_width;

use super::super::TextPage;
use super::super::chart::{Align, ChartMark, Table, TableColumn, TableRow};
use super::super::terminal::pad;
use super::fitting::{fits, with_columns_that_fit};
use super::narrow::one_below_the_other;
use super::widths::{GAP, INDENT, Widths, column_width};
use super::{Spacing, WIDEST, blocks_abreast, marks};

/// From so many columns on two tables stand beside each other.
const ABREAST: usize = 120;

/// The narrowest bar of a row in one of two columns.
const HALF_BAR: usize = 6;
/// Fewer rows are not parted into two columns.
const LEAST_FOLDED: usize = 4;

/// Tables under one set of columns, two abreast where there is room for it.
pub fn tables(all: &[Table], spacing: Spacing, page: &TextPage) -> String {
    let drawn = match (all, spacing) {
        ([table], Spacing::Close | Spacing::Tight) => {
            folded(table, page).unwrap_or_else(|| blocks(all, page))
        }
        (_, Spacing::Loose | Spacing::Close | Spacing::Tight) => blocks(all, page),
    };
    with_words(&drawn, all, spacing, page)
}

/// Puts what explains the tables above and below them.
fn with_words(drawn: &Drawn, all: &[Table], spacing: Spacing, page: &TextPage) -> String {
    let Drawn { text, key, has_marks } = drawn;
    let below: Vec<&str> = all.iter().flat_map(|table| &table.below).map(String::as_str).collect();
    let parts = all.iter().filter(|table| !table.parts.is_empty());
    let parts = parts.map(|table| marks::key(&table.parts));
    let mark_keys = |table: &Table| if *has_marks { table.mark_key.clone() } else { Vec::new() };
    let keys = all.iter().flat_map(|table| mark_keys(table).into_iter().chain(table.key.clone()));
    let keys: Vec<String> = parts.chain(keys).chain(key.iter().cloned()).collect();
    let quiet = |words: &str| page.quiet(&page.wrap(words, "  ")) + "\n";
    let moves = all
        .iter()
        .filter_map(|table| table.moves.as_ref())
        .map(|of| if *has_marks { of.with_marks() } else { of.in_words() });
    let above = moves.chain(all.iter().flat_map(|table| table.above.clone()));
    let text = above.map(|line| quiet(&line)).collect::<String>() + text;
    if spacing == Spacing::Tight {
        let words: Vec<&str> = below.into_iter().chain(keys.iter().map(String::as_str)).collect();
        let words = (!words.is_empty()).then(|| page.wrap(&words.join("  "), "  ") + "\n");
        return text + &words.unwrap_or_default();
    }
    let text = below.into_iter().fold(text, |text, line| text + &page.wrap(line, "  ") + "\n");
    match spacing {
        _ if keys.is_empty() => text,
        Spacing::Close | Spacing::Tight => text + &quiet(&keys.join("  ")),
        Spacing::Loose => {
            format!("{text}\n{}", keys.iter().map(|key| quiet(key)).collect::<String>())
        }
    }
}

/// Rows of tables, and what else their key has to say.
struct Drawn {
    text: String,
    key: Vec<String>,
    /// False where it's numbers alone.
    has_marks: bool,
}

/// The rows before the fold, and the others in two columns, the left one first; `None` where
/// they have no room.
fn folded(table: &Table, page: &TextPage) -> Option<Drawn> {
    let (lead, rest) = table.rows.split_at_checked(table.fold?)?;
    let whole = page.width.min(WIDEST);
    let of = |rows: &[TableRow]| Table { rows: rows.to_vec(), ..table.clone() };
    let halves: Vec<Table> = rest.chunks(rest.len().div_ceil(2).max(1)).map(of).collect();
    let widths = Widths::with_bar(&halves, whole / 2 - 1, 1, HALF_BAR)?;
    if rest.len() < LEAST_FOLDED || !widths.hold_names(&halves) {
        return None;
    }
    let lead = of(lead);
    let widths_of_lead = Widths::fitting(std::slice::from_ref(&lead), whole, GAP)?;
    let halves: Vec<Vec<String>> =
        halves.iter().map(|half| rows_in_columns(half, &widths, page)).collect();
    let lead = in_columns(&lead, &widths_of_lead, page).join("\n");
    let text = format!("{lead}\n{}", blocks_abreast(&halves, whole / 2));
    Some(Drawn { text, key: Vec::new(), has_marks: true })
}

fn blocks(all: &[Table], page: &TextPage) -> Drawn {
    let room =
        |abreast: usize| page.width.min(WIDEST * abreast) / abreast - usize::from(abreast > 1) * 3;
    // Sooner one below the other than without marks.
    let is_wide = all.len() > 1 && page.width >= ABREAST && fits(all, room(2));
    let abreast = if is_wide { 2 } else { 1 };
    let width = room(abreast);
    let half = TextPage { width, ..*page };
    let fitting = with_columns_that_fit(all, width);
    let all = &fitting.tables[..];
    let widths = Widths::of_fewest_rows(all, width);
    let block = |table: &Table| match &widths {
        Some(widths) => in_columns(table, widths, &half),
        None => one_below_the_other(table, &half),
    };
    let blocks: Vec<Vec<String>> = all.iter().map(block).collect();
    let rows = blocks
        .chunks(abreast)
        .map(|row| blocks_abreast(row, page.width.min(WIDEST * abreast) / abreast));
    // A title tells one from the next.
    let between = if all.iter().all(|table| table.title.is_some()) { "" } else { "\n" };
    let has_marks = fitting.has_marks;
    Drawn { text: rows.collect::<Vec<_>>().join(between), key: fitting.key, has_marks }
}

fn in_columns(table: &Table, widths: &Widths, page: &TextPage) -> Vec<String> {
    let mut lines = above(table, widths, page);
    lines.extend(rows_in_columns(table, widths, page));
    lines
}

pub fn rows_in_columns(table: &Table, widths: &Widths, page: &TextPage) -> Vec<String> {
    let mut lines = Vec::new();
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

/// The title, and the headings behind it where both have one line.
fn above(table: &Table, widths: &Widths, page: &TextPage) -> Vec<String> {
    let (titles, headings) = (titles(table, page), headings(table, widths));
    if let (Some(title), [heading]) = (&table.title, headings.as_slice()) {
        let place = INDENT + widths.name;
        let (have, behind) = (display_width(title), heading.get(place..));
        if let Some(behind) = behind.filter(|_| have < place) {
            let gap = " ".repeat(place - have);
            return vec![format!("{}{gap}{}", page.strong(title), page.quiet(behind))];
        }
    }
    titles.into_iter().chain(headings.into_iter().map(|line| page.quiet(&line))).collect()
}

pub fn titles(table: &Table, page: &TextPage) -> Vec<String> {
    let title = table.title.iter().map(|title| page.wrap(title, ""));
    let lines = |title: String| title.lines().map(|line| page.strong(line)).collect::<Vec<_>>();
    title.flat_map(lines).collect()
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
            ChartMark::Bar(_) | ChartMark::Stack(_) => [words, gap.to_owned(), mark],
            ChartMark::None if *width > 0 && column.align == Align::Right => {
                [words, gap.to_owned(), mark]
            }
            ChartMark::None
            | ChartMark::Move { .. }
            | ChartMark::Strip(_)
            | ChartMark::DayDots(_)
            | ChartMark::Dots(_) => [mark, gap.to_owned(), words],
        };
        line += &" ".repeat(widths.gap);
        line += &parts.concat();
    }
    line
}

/// What stands above the columns, in as many lines as it takes; none where there is
/// nothing to say.
pub fn headings(table: &Table, widths: &Widths) -> Vec<String> {
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
                line += &" ".repeat(widths.gap);
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

#[cfg(test)]
mod tests {
    use super::super::super::chart::TableCell;
    use super::*;
    use crate::pattern::StripLevel;

    const PLAIN: TextPage = TextPage { width: 40, colour: false };

    fn bars_of(names: &[(&str, Option<f64>)]) -> Table {
        let row = |(name, share): &(&str, Option<f64>)| {
            let mark = share.map_or(ChartMark::None, ChartMark::Bar);
            TableRow::new(*name, vec![TableCell::new("1", mark)])
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
        assert_eq!(tables(&[table], Spacing::Loose, &PLAIN), expected);
    }

    #[test]
    fn what_is_compared_has_one_scale_and_long_names_are_whole() {
        let long = "Relying, or being relied on, felt like too much";
        let drawn = tables(
            &[bars_of(&[("a", Some(1.0))]), bars_of(&[(long, Some(1.0))])],
            Spacing::Loose,
            &PLAIN,
        );
        let whole: Vec<&str> = drawn.lines().filter(|line| line.contains('█')).collect();
        assert_eq!(whole.len(), 2, "{drawn}");
        assert_eq!(whole[0].find('█'), whole[1].find('█'), "{drawn}");
        let words = drawn.replace(['█', '1', '0', '4', '\n'], " ");
        assert_eq!(words.split_whitespace().skip(1).collect::<Vec<_>>().join(" "), long);
    }

    #[test]
    fn every_line_fits_whatever_the_width() {
        let strip = ChartMark::Strip(vec![StripLevel::Of(0.5); 12]);
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
        let table = Table { columns, rows: vec![TableRow::new(name, cells)], ..Table::default() };
        for width in [20, 40, 50, 80, 120, 200] {
            let drawn = tables(
                std::slice::from_ref(&table),
                Spacing::Loose,
                &TextPage { width, colour: false },
            );
            assert!(drawn.lines().all(|line| display_width(line) <= width), "{width}\n{drawn}");
            for words in ["12 of 20", "13 of 22"] {
                assert!(drawn.contains(words), "{width}\n{drawn}");
            }
        }
    }
}
