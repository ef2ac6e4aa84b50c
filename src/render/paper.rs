//! Two sheets to be shown to someone: then and now, the year and the answers side by
//! side; then quotes, plans and a question to bring.

use maud::html;

use crate::config::Clock;
use crate::pattern::{Body, Figure, PAPER};

use super::chart::{
    Chart, ChartPart, FigureOptions, Table, TableRow, chart, is_notes, keep_used_notes,
    overview_chart,
};
use super::day_words;
use super::figures_page::{FiguresPage, section};
use super::html::html_page;
use super::least_telling::{least_telling, remove_row, row_in_words};

mod room;

use room::{columns_height, fit_second_sheet, room_for_items};

/// Texts of one theme.
const QUOTES: usize = 3;

pub fn paper_page(page: &FiguresPage, options: FigureOptions, clock: &Clock) -> String {
    let quotes = FigureOptions { texts: QUOTES, ..options };
    let themes: Vec<Chart> =
        themes(page.figures).map(|it| only_texts(chart(it, quotes, clock))).collect();
    let overview = page.overview.map(|of| overview_chart(of, page.figures, String::new()));
    // The rows above the curve say what its sentences do.
    let year = year(page.figures)
        .map(|it| Chart { sentences: Vec::new(), ..only_drawn(chart(it, options, clock)) });
    let items = items(page.figures).map(|it| only_drawn(chart(it, options, clock)));
    let items = items.map(|chart| {
        let room = room_for_items(page.about, overview.as_ref(), year.as_ref(), &chart);
        on_two_sheets(chart, room, &themes)
    });
    let (items, rest) = items.unzip();
    let drawn = [overview, year, items];
    let is_empty = drawn.iter().all(Option::is_none) && themes.is_empty();
    let second: Vec<Chart> = themes.into_iter().chain(rest.flatten()).collect();
    let body = html! {
        div.paper {
            p { "Name: ______________________" }
            p.quiet { (page.about) ", printed " (day_words(clock.today())) }
            p.quiet { "My own answers, not a verdict on anyone." }
            @if is_empty { p { "There are too few answers to draw yet." } }
            div.sheet {
                @for chart in drawn.iter().flatten() { (section(chart)) }
            }
            @if !second.is_empty() { div.sheet { @for chart in &second { (section(chart)) } } }
        }
    };
    html_page("Looking back", &body)
}

/// The numbers that the first row is of.
fn year(figures: &[Figure]) -> Option<&Figure> {
    let is_moments = |figure: &&Figure| matches!(figure.body, Body::Moments { .. });
    let first = figures.iter().filter(is_moments).find(|figure| figure.first);
    let practice = first.and_then(|figure| figure.practice.as_ref());
    let weeks = || figures.iter().filter(|figure| matches!(figure.body, Body::Weeks { .. }));
    weeks().find(|figure| figure.practice.as_ref() == practice).or_else(|| weeks().next())
}

/// The answers to a questionnaire, then and now.
fn items(figures: &[Figure]) -> Option<&Figure> {
    figures.iter().find(|figure| figure.shows_items())
}

fn themes(figures: &[Figure]) -> impl Iterator<Item = &Figure> {
    let is_theme = |figure: &&Figure| figure.look.as_deref() == Some(PAPER);
    figures.iter().filter(is_theme).filter(|figure| figure.says_something())
}

/// The items that differ most, in the room of the first sheet, and the rest for the second; where
/// that is full, the first has the rest in a line.
fn on_two_sheets(items: Chart, room: f64, themes: &[Chart]) -> (Chart, Option<Chart>) {
    let first = most_telling(items.clone(), room, under_the_rest);
    let Some(rest) = rest(items.clone(), &first) else { return (first, None) };
    if fit_second_sheet(themes.iter().chain([&rest])) {
        (first, Some(rest))
    } else {
        (most_telling(items, room, in_a_line), None)
    }
}

fn under_the_rest(left_out: &[String]) -> String {
    match left_out.len() {
        1 => "1 more is at the end, under “…: the rest”.".to_owned(),
        more => format!("{more} more are at the end, under “…: the rest”."),
    }
}

fn in_a_line(left_out: &[String]) -> String {
    let rows: Vec<&str> = left_out.iter().rev().map(String::as_str).collect();
    format!("Also: {}.", rows.join("; "))
}

/// The rows that differ most, of whichever table, in two columns so high, and every one of
/// harm; `left_out_line` says what is left out, first what differs least.
fn most_telling(mut chart: Chart, room: f64, left_out_line: fn(&[String]) -> String) -> Chart {
    for tables in chart.parts.iter_mut().filter_map(ChartPart::tables_mut) {
        let mut shown = tables.clone();
        let mut left_out = Vec::new();
        while columns_height(&shown) > room {
            let Some(place) = least_telling(tables) else { break };
            let columns = tables[place.0].columns.clone();
            left_out.push(row_in_words(&remove_row(tables, place), &columns));
            shown.clone_from(tables);
            shown.last_mut().into_iter().for_each(|last| last.below.push(left_out_line(&left_out)));
            keep_used_notes(&mut shown);
        }
        *tables = shown;
    }
    chart
}

/// What of these items the first sheet doesn't show; `None` where it shows all.
fn rest(mut items: Chart, first: &Chart) -> Option<Chart> {
    let shown: Vec<&Table> = first.parts.iter().flat_map(ChartPart::tables).collect();
    let is_shown = |title: &Option<String>, row: &TableRow| {
        shown.iter().any(|table| table.title == *title && table.rows.contains(row))
    };
    let mut tables = std::mem::take(items.parts.iter_mut().find_map(ChartPart::tables_mut)?);
    let next = |tables: &[Table]| {
        let of = |(at, table): (usize, &Table)| {
            let place = table.rows.iter().position(|row| is_shown(&table.title, row));
            place.map(|place| (at, place))
        };
        tables.iter().enumerate().find_map(of)
    };
    while let Some(place) = next(&tables) {
        remove_row(&mut tables, place);
    }
    for table in &mut tables {
        table.above.clear();
        table.below.retain(|line| is_notes(line));
    }
    keep_used_notes(&mut tables);
    let title = format!("{}: the rest", items.title);
    let has_rows = tables.iter().any(|table| !table.rows.is_empty());
    has_rows.then(|| Chart {
        title,
        about: String::new(),
        parts: vec![ChartPart::Tables(tables)],
        sentences: Vec::new(),
        words: None,
    })
}

/// Without the table of its numbers and what was said in words.
fn only_drawn(mut chart: Chart) -> Chart {
    chart.parts.retain(|part| !matches!(part, ChartPart::Pairs(_) | ChartPart::Calendar(_)));
    for part in &mut chart.parts {
        if let ChartPart::Course(course) = part {
            course.rows.clear();
            course.is_short = true;
        }
    }
    chart
}

fn only_texts(mut chart: Chart) -> Chart {
    chart.parts.retain(|part| matches!(part, ChartPart::Texts(_)));
    Chart { about: String::new(), sentences: Vec::new(), ..chart }
}

#[cfg(test)]
mod tests {
    use super::super::chart::{ChartMark, DatedText, TableCell, TableColumn};
    use super::super::least_telling::difference;
    use super::room::{COLUMN_WIDTH, NAME_BESIDE_ONE};
    use super::*;

    /// A row of this name, which differs by so many of four steps.
    fn row(name: &str, steps: usize) -> TableRow {
        let mark = ChartMark::Move { then: Some(0.0), now: Some(steps as f64 / 4.0) };
        TableRow::new(name, vec![TableCell::new(format!("0 → {steps}"), mark)])
    }

    /// Tables of items, each by how much it differs.
    fn items(tables: &[&[usize]]) -> Chart {
        let table = |rows: &&[usize]| Table {
            title: Some("Items".to_owned()),
            columns: vec![TableColumn::default()],
            rows: rows.iter().map(|steps| row("item", *steps)).collect(),
            ..Table::default()
        };
        let tables = tables.iter().map(table).collect();
        Chart {
            title: String::new(),
            about: String::new(),
            parts: vec![ChartPart::Tables(tables)],
            sentences: Vec::new(),
            words: None,
        }
    }

    fn tables(chart: &mut Chart) -> &mut Vec<Table> {
        let ChartPart::Tables(tables) = &mut chart.parts[0] else { panic!() };
        tables
    }

    /// Of each table how much its rows differ, and what stands below.
    fn shown(of: &[&[usize]], room: f64) -> (Vec<Vec<usize>>, Vec<String>) {
        let mut chart = most_telling(items(of), room, under_the_rest);
        let steps = |row: &TableRow| (4.0 * difference(row).0) as usize;
        let rows = |table: &Table| table.rows.iter().map(steps).collect();
        let tables = tables(&mut chart);
        let below = tables.iter().flat_map(|table| table.below.clone()).collect();
        (tables.iter().map(rows).collect(), below)
    }

    #[test]
    fn what_the_first_sheet_has_no_room_for_is_on_the_second() {
        let of = items(&[&[4, 1], &[3, 2, 1]]);
        let (mut first, rest) = on_two_sheets(of, 38.0, &[]);
        let mut rest = rest.unwrap();
        let rows = |chart: &mut Chart| {
            let steps = |row: &TableRow| (4.0 * difference(row).0) as usize;
            let rows = |table: &Table| table.rows.iter().map(steps).collect::<Vec<usize>>();
            tables(chart).iter().map(rows).collect::<Vec<_>>()
        };
        assert_eq!(
            (rows(&mut first), rows(&mut rest)),
            (vec![vec![4], vec![3]], vec![vec![1], vec![2, 1]])
        );
        assert_eq!(tables(&mut first)[1].below, ["3 more are at the end, under “…: the rest”."]);
        assert!(rest.title.ends_with(": the rest"), "{}", rest.title);
        assert_eq!(on_two_sheets(items(&[&[4, 3], &[1]]), 99.0, &[]).1.map(|_| ()), None);
    }

    #[test]
    fn where_the_second_sheet_is_full_every_item_is_named_on_the_first() {
        let text = |day| DatedText { day, near: String::new(), words: "x".repeat(4000) };
        let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 28).unwrap();
        let theme = Chart { parts: vec![ChartPart::Texts(vec![text(day)])], ..items(&[]) };
        let (mut first, rest) =
            on_two_sheets(items(&[&[4, 1, 1], &[3, 2, 1]]), 38.0, &[theme.clone(), theme]);
        assert!(rest.is_none());
        let tables = tables(&mut first);
        assert_eq!(
            tables.last().unwrap().below,
            ["Also: item 0 → 2; item 0 → 1; item 0 → 1; item 0 → 1."]
        );
    }

    // A line takes some thirteen points.
    #[test]
    fn items_take_no_more_of_two_columns_than_the_sheet_has_left() {
        assert_eq!(shown(&[&[4, 3], &[1]], 38.0), (vec![vec![4, 3], vec![1]], Vec::new()));
        let left_out = vec!["2 more are at the end, under “…: the rest”.".to_owned()];
        assert_eq!(shown(&[&[4, 3, 1, 1], &[2]], 38.0), (vec![vec![4, 3], vec![2]], left_out));
        assert_eq!(shown(&[&[2], &[1]], 0.0).0, [[2]], "something in any case");
    }

    #[test]
    fn as_many_items_are_shown_as_fit_beside_each_other() {
        let of: &[&[usize]] = &[&[4, 3, 2], &[4, 3], &[1]];
        // The first column holds one table, the second two.
        assert_eq!(shown(of, 62.5), (of.iter().map(|it| it.to_vec()).collect(), Vec::new()));
    }

    #[test]
    fn no_item_of_any_table_is_left_out_for_one_that_differs_less() {
        let left_out = vec!["3 more are at the end, under “…: the rest”.".to_owned()];
        assert_eq!(shown(&[&[1, 1], &[3, 2, 1]], 38.0), (vec![vec![3, 2]], left_out));
    }

    #[test]
    fn a_table_that_goes_leaves_its_key_and_no_note_without_its_row_stays() {
        let mut chart = items(&[&[1], &[3, 2], &[1]]);
        let all = tables(&mut chart);
        all[0].above.push("0 not at all".to_owned());
        all[0].rows[0].cells[0].value.push_str(" *");
        all[1].rows[1].cells[0].value.push_str(" †");
        let same = "The same both times: tea 2 ‡.".to_owned();
        all[2].below = vec![same.clone(), "* a → b · † c → d · ‡ e → f · § g → h".to_owned()];
        let mut chart = most_telling(chart, 38.5, under_the_rest);
        let [table] = tables(&mut chart).as_slice() else { panic!() };
        assert_eq!(table.above, ["0 not at all"]);
        assert_eq!(
            table.below,
            [&same, "† c → d · ‡ e → f", "2 more are at the end, under “…: the rest”."]
        );
    }

    #[test]
    fn what_stands_below_the_items_and_long_names_take_lines_too() {
        let mut chart = items(&[&[1; 10]]);
        let table = &mut tables(&mut chart)[0];
        table.below.push("x".repeat(2 * COLUMN_WIDTH));
        table.rows[0].name = "x".repeat(NAME_BESIDE_ONE + 5);
        // In one column the title has one of seven lines, and the long name two; the other has
        // the text.
        assert_eq!(tables(&mut most_telling(chart.clone(), 90.0, under_the_rest))[0].rows.len(), 5);
        tables(&mut chart)[0].below = vec!["x".repeat(8 * COLUMN_WIDTH)];
        let room = tables(&mut most_telling(chart, 90.0, under_the_rest))[0].rows.len();
        assert_eq!(room, 1, "a text that is longer than a column");
    }

    #[test]
    fn no_row_of_harm_is_left_out_however_little_it_differs() {
        let mut chart = items(&[&[4; 12], &[0; 8]]);
        for at in [5, 7] {
            let row = &mut tables(&mut chart)[1].rows[at];
            (row.harm, row.name) = (true, format!("harm {at}"));
        }
        let mut chart = most_telling(chart, 50.0, under_the_rest);
        let [first, second] = tables(&mut chart).as_slice() else { panic!() };
        let names: Vec<&str> = second.rows.iter().map(|row| &*row.name).collect();
        assert_eq!(names, ["harm 5", "harm 7"]);
        assert_eq!(first.rows.len(), 3);
        assert_eq!(second.below, ["15 more are at the end, under “…: the rest”."]);
    }
}
