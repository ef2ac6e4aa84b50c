//! Rows that may go, where there isn't room for all: those between whose values there is
//! least, and never one of harm. Of as much, what got harder is seen longest.

use super::chart::{ChartMark, Table, TableCell, TableColumn, TableRow};

/// The table and the place in it of the row that differs least; of several the one that got
/// harder by least, then the one in which fewer of both people differ, then one of the longest
/// table, so that each keeps a row, and there the last. `None` where the rest is of harm, or one
/// row.
pub fn least_telling(tables: &[Table]) -> Option<(usize, usize)> {
    let all = || {
        tables.iter().enumerate().flat_map(|(at, of)| {
            of.rows.iter().enumerate().map(move |(place, row)| (at, place, row))
        })
    };
    let spare = all().filter(|(.., row)| !row.harm && all().nth(1).is_some());
    let rows = |at: usize| tables[at].rows.len();
    let least = spare.max_by(|(in_a, _, a), (in_b, _, b)| {
        let (of_a, of_b) = (difference(a), difference(b));
        let by_rows = || rows(*in_a).cmp(&rows(*in_b));
        let by_harder = b.harder.total_cmp(&a.harder);
        let by_both = of_b.1.total_cmp(&of_a.1);
        of_b.0.total_cmp(&of_a.0).then(by_harder).then(by_both).then_with(by_rows)
    });
    least.map(|(at, place, _)| (at, place))
}

/// How far apart then and now are, of whoever it is more, and of both together.
pub fn difference(row: &TableRow) -> (f64, f64) {
    let of = |cell: &TableCell| {
        let ChartMark::Move { then: Some(then), now: Some(now) } = cell.mark else { return 0.0 };
        (now - then).abs()
    };
    let all = || row.cells.iter().map(of);
    (all().fold(0.0, f64::max), all().sum())
}

/// Takes a row away, and its table with its last; what that said of all tables is said by
/// the rest.
pub fn remove_row(tables: &mut Vec<Table>, (at, row): (usize, usize)) -> TableRow {
    let removed = tables[at].rows.remove(row);
    if tables[at].rows.is_empty() {
        let table = tables.remove(at);
        if let Some(first) = tables.first_mut() {
            first.moves = first.moves.take().or(table.moves);
            first.above.splice(0..0, table.above);
        }
        if let Some(last) = tables.last_mut() {
            last.below.splice(0..0, table.below);
        }
    }
    removed
}

/// Tells the `count` rows that differ least in one line: “Also: hard to say it, you
/// 1 → 2, your partner 2 → 2; unseen or unloved 1 → 2.”
pub fn tell_in_a_line(tables: &mut Vec<Table>, count: usize) {
    let mut rows = Vec::new();
    for _ in 0..count {
        let Some(place) = least_telling(tables) else { break };
        let columns = tables[place.0].columns.clone();
        rows.push(row_in_words(&remove_row(tables, place), &columns));
    }
    rows.reverse();
    if let (Some(last), false) = (tables.last_mut(), rows.is_empty()) {
        last.below.insert(0, format!("Also: {}.", rows.join("; ")));
    }
}

/// “hard to say it, you 1 → 2, your partner 2 → 2”
pub fn row_in_words(row: &TableRow, columns: &[TableColumn]) -> String {
    let cells = row.cells.iter().zip(columns).enumerate();
    let cells = cells.filter(|(_, (cell, _))| !cell.value.is_empty());
    // What is asked of nobody alone has its value in the first column.
    let is_of_one = row.cells.iter().skip(1).all(|cell| cell.value.is_empty());
    let cells = cells.map(|(at, (cell, column))| match column.heading.as_str() {
        "" => format!(" {}", cell.value),
        _ if at == 0 && is_of_one => format!(" {}", cell.value),
        heading => format!(", {heading} {}", cell.value),
    });
    format!("{}{}", row.name, cells.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_rows_that_differ_as_much_the_only_one_of_its_table_goes_last() {
        let row = || {
            let mark = ChartMark::Move { then: Some(0.0), now: Some(0.25) };
            TableRow::new("item", vec![TableCell::new("0 → 1", mark)])
        };
        let table = |rows: usize| Table {
            rows: std::iter::repeat_with(row).take(rows).collect(),
            ..Table::default()
        };
        let mut tables = vec![table(3), table(1), table(2)];
        tell_in_a_line(&mut tables, 3);
        assert_eq!(tables.iter().map(|table| table.rows.len()).collect::<Vec<_>>(), [1, 1, 1]);
    }

    #[test]
    fn what_got_harder_is_drawn_before_what_got_better_by_as_much() {
        let row = |name: &str, steps: &[(u8, u8)], harder: f64| {
            let level = |value: u8| Some(f64::from(value) / 4.0);
            let cell = |(then, now): &(u8, u8)| {
                let mark = ChartMark::Move { then: level(*then), now: level(*now) };
                TableCell::new(format!("{then} → {now}"), mark)
            };
            TableRow { harder, ..TableRow::new(name, steps.iter().map(cell).collect()) }
        };
        let table = |rows: Vec<TableRow>| Table {
            columns: ["you", "Sam"].map(TableColumn::headed).to_vec(),
            rows,
            ..Table::default()
        };
        let unseen = row("unseen", &[(1, 3)], 0.5);
        let both = row("self-understanding", &[(1, 3), (1, 3)], 0.0);
        let alone = row("wouldn't talk", &[(3, 1)], 0.0);
        let mut tables =
            vec![table(vec![row("tension", &[(4, 0)], 0.0), unseen]), table(vec![both, alone])];
        tell_in_a_line(&mut tables, 2);
        let rows = tables.iter().flat_map(|table| &table.rows);
        assert_eq!(rows.map(|row| &*row.name).collect::<Vec<_>>(), ["tension", "unseen"]);
    }

    #[test]
    fn rows_that_differ_least_keep_their_numbers_and_their_notes() {
        let level = |value: u8| Some(f64::from(value) / 4.0);
        let cell = |(then, now): (u8, u8)| {
            let mark = ChartMark::Move { then: level(then), now: level(now) };
            TableCell::new(format!("{then} → {now}"), mark)
        };
        let row = |name: &str, cells: &[(u8, u8)]| {
            TableRow::new(name, cells.iter().copied().map(cell).collect())
        };
        let of_two = ["you", "Sam"].map(TableColumn::headed).to_vec();
        let (rows, below) = (vec![row("drew back", &[(0, 1), (2, 2)])], vec!["* a → b".to_owned()]);
        let both = Table { columns: of_two, rows, below, ..Table::default() };
        let mut harm = row("wouldn't talk", &[(1, 1)]);
        harm.harm = true;
        let rows = vec![row("the same tension", &[(0, 4)]), row("unseen *", &[(1, 3)]), harm];
        let one = Table { columns: vec![TableColumn::default()], rows, ..Table::default() };
        let mut tables = vec![one, both];
        tell_in_a_line(&mut tables, 2);
        let [table] = tables.as_slice() else { panic!("{tables:?}") };
        let names: Vec<&str> = table.rows.iter().map(|row| &*row.name).collect();
        assert_eq!(names, ["the same tension", "wouldn't talk"]);
        let also = "Also: unseen * 1 → 3; drew back, you 0 → 1, Sam 2 → 2.";
        assert_eq!(table.below, [also, "* a → b"]);
    }
}
