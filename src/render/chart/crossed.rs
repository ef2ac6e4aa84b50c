//! Answers of one session crossed with others, and the days around.

use crate::pattern::{AroundDay, ClosenessAround, MatrixRow, StripLevel};

use super::super::clean_line;
use super::super::report::number;
use super::{ChartMark, ChartPart, Table, TableCell, TableColumn, TableRow};

/// The column that the look is about; a page shows as many others as fit.
const LEAST_COLUMNS: usize = 1;
/// Rows that fit on a screen; the rest are told in one line.
const MOST_ROWS: usize = 7;
/// Rows that are told in that line.
const MOST_TOLD: usize = 5;
/// Dots of one count; with more, each dot stands for several.
const MOST_DOTS: usize = 6;
/// What came before and what was underneath are rows of one moment.
const IN_SEVERAL: &str = "A moment may be in several rows.";

/// `lead` says how often the first column was there, and what stands out beside it.
pub fn parts(
    lead: Option<String>,
    (columns, rows): (&[String], &[MatrixRow]),
    around: Option<&ClosenessAround>,
) -> Vec<ChartPart> {
    let heading = |column: &String| TableColumn::headed(&clean_line(column));
    let spare = columns.len().saturating_sub(LEAST_COLUMNS);
    let columns_of = columns.iter().map(heading).collect();
    let mut table = Table { columns: columns_of, spare, ..Table::default() };
    let (telling, fewer) = rows.split_at(rows.len().min(MOST_ROWS));
    let most = telling.iter().flat_map(|row| &row.counts).max().copied().unwrap_or(0);
    let of_dot = most.div_ceil(MOST_DOTS).max(1);
    table.rows = telling.iter().map(|it| row(it, of_dot)).collect();
    table.below = below(columns, fewer);
    let is_of_several = rows.iter().any(|row| row.question != rows[0].question);
    table.mark_key.extend(is_of_several.then(|| IN_SEVERAL.to_owned()));
    table.mark_key.extend((of_dot > 1).then(|| format!("Each ● is up to {of_dot} times.")));
    let mut parts: Vec<ChartPart> =
        lead.map(|lead| ChartPart::Lines(vec![lead])).into_iter().collect();
    parts.push(ChartPart::Tables(vec![table]));
    let lead = columns.first().map(|column| clean_line(column)).unwrap_or_default();
    parts.extend(around.map(|around| ChartPart::Tables(vec![days(&lead, around)])));
    parts
}

fn row(row: &MatrixRow, of_dot: usize) -> TableRow {
    let dots = |count: &usize| ChartMark::Dots(count.div_ceil(of_dot));
    let cell = |count: &usize| TableCell::new(count.to_string(), dots(count));
    let name = format!("{} ({})", clean_line(&row.answer), row.times);
    TableRow::new(name, row.counts.iter().map(cell).collect())
}

/// Rows without room: how often each went with the first column.
fn below(columns: &[String], rows: &[MatrixRow]) -> Vec<String> {
    let Some(first) = columns.first().filter(|_| !rows.is_empty()) else { return Vec::new() };
    let row = |row: &MatrixRow| {
        let count = row.counts.first().copied().unwrap_or(0);
        format!("{} {count} of {}", clean_line(&row.answer), row.times)
    };
    let all: Vec<String> = rows.iter().take(MOST_TOLD).map(row).collect();
    let more = match rows.len() - all.len() {
        0 => String::new(),
        more => format!(", and {more} more (all with --json)"),
    };
    vec![format!("Also, “{}”: {}{more}.", clean_line(first), all.join(", "))]
}

/// A column a day: a height, its mean, and the answers that it is of.
fn days(lead: &str, around: &ClosenessAround) -> Table {
    let level = |mean: f64| (mean - around.low) / (around.high - around.low).max(1.0);
    let heading = |day: &AroundDay| match day.after {
        0 => "that day".to_owned(),
        days if days < 0 => format!("{} before", -days),
        days => format!("{days} after"),
    };
    let mean = |day: &AroundDay| match day.mean {
        Some(mean) => {
            TableCell::new(number(mean), ChartMark::Strip(vec![StripLevel::Of(level(mean))]))
        }
        None => TableCell::words("–"),
    };
    let answers = |day: &AroundDay| TableCell::words(day.answers.to_string());
    let row = |name: &str, cell: &dyn Fn(&AroundDay) -> TableCell| {
        TableRow::new(name, around.days.iter().map(cell).collect())
    };
    let (low, high) = (number(around.low), number(around.high));
    Table {
        title: Some(format!("On the days around “{lead}”: {}", clean_line(&around.title))),
        columns: around.days.iter().map(|day| TableColumn::right(&heading(day))).collect(),
        rows: vec![row(&format!("average, {low} to {high}"), &mean), row("answers", &answers)],
        ..Table::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn crossed(counts: &[&[usize]]) -> Table {
        let row = |counts: &&[usize]| MatrixRow {
            question: String::new(),
            answer: "I was hurt".to_owned(),
            times: counts.iter().sum(),
            counts: counts.to_vec(),
            is_unknown: false,
        };
        let rows: Vec<MatrixRow> = counts.iter().map(row).collect();
        let columns = ["I went quiet".to_owned(), "I left".to_owned()];
        match parts(None, (&columns, &rows), None).pop().unwrap() {
            ChartPart::Tables(mut tables) => tables.remove(0),
            _ => panic!("no table"),
        }
    }

    #[test]
    fn rows_of_two_questions_say_that_a_moment_may_be_in_several() {
        let row = |question: &str| MatrixRow {
            question: question.to_owned(),
            answer: "I was hurt".to_owned(),
            times: 1,
            counts: vec![1],
            is_unknown: false,
        };
        let key = |rows: &[MatrixRow]| match parts(None, (&["I left".to_owned()], rows), None)
            .pop()
            .unwrap()
        {
            ChartPart::Tables(tables) => tables[0].mark_key.clone(),
            _ => panic!("no table"),
        };
        assert_eq!(key(&[row("before"), row("underneath")]), [IN_SEVERAL]);
        assert!(key(&[row("before"), row("before")]).is_empty());
    }

    #[test]
    fn of_many_a_dot_is_several_and_the_key_says_how_many() {
        let table = crossed(&[&[14, 12], &[8, 19], &[1, 0]]);
        let marks: Vec<_> = table.rows.iter().flat_map(|row| &row.cells).collect();
        let dots: Vec<ChartMark> = marks.iter().map(|cell| cell.mark.clone()).collect();
        assert_eq!(dots, [4, 3, 2, 5, 1, 0].map(ChartMark::Dots));
        assert_eq!(table.mark_key, ["Each ● is up to 4 times."]);
        let few = crossed(&[&[6, 2]]);
        assert_eq!(few.rows[0].cells[0].mark, ChartMark::Dots(6));
        assert!(few.mark_key.is_empty(), "a dot is one: {:?}", few.mark_key);
    }
}
