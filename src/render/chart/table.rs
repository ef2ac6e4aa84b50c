//! Rows with marks, in columns.

use crate::pattern::StripLevel;

/// Rows that belong together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    pub title: Option<String>,
    pub columns: Vec<TableColumn>,
    pub rows: Vec<TableRow>,
    /// What the parts of its bars are, the fullest first.
    pub parts: Vec<String>,
    /// What its open and full marks are.
    pub moves: Option<MoveKey>,
    /// What else is to be known before it is read.
    pub above: Vec<String>,
    /// What else is to be known of its marks.
    pub mark_key: Vec<String>,
    /// What else is to be known to read it.
    pub key: Vec<String>,
    /// What has no row of its own.
    pub below: Vec<String>,
    /// How many of the last columns may be left out where there's no room.
    pub spare: usize,
    /// From this row on, rows may stand in two columns where there is little room.
    pub fold: Option<usize>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct TableColumn {
    pub heading: String,
    /// What an empty bar and a whole bar stand for.
    pub ends: Option<(String, String)>,
    /// How wide a whole bar may be, in columns of a terminal.
    pub widest: usize,
    /// The name of each mark of a strip.
    pub axis: Vec<String>,
    pub align: Align,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    #[default]
    Left,
    Right,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct TableRow {
    pub name: String,
    pub cells: Vec<TableCell>,
    /// Is it evidence of harm that no page leaves out for want of room?
    pub harm: bool,
    /// By how much what it is of got harder, from 0 to 1, where its file says which way that is.
    pub harder: f64,
}

/// What open and full marks stand for, and who saw it so.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MoveKey {
    pub then: String,
    pub now: String,
    pub seen: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct TableCell {
    pub value: String,
    pub mark: ChartMark,
}

/// Levels are from 0 to 1.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum ChartMark {
    #[default]
    None,
    Bar(f64),
    /// A bar of parts, by how often each is; the first is drawn the fullest.
    Stack(Vec<usize>),
    /// An open mark and a full one.
    Move {
        then: Option<f64>,
        now: Option<f64>,
    },
    /// A height for each stretch of time, or a dot where there are too few answers for one.
    Strip(Vec<StripLevel>),
    /// A dot for each day that has an answer.
    DayDots(Vec<bool>),
    /// This many dots.
    Dots(usize),
}

impl Table {
    /// Leaves out the last column.
    pub fn spare_column(&mut self) {
        self.columns.pop();
        for row in &mut self.rows {
            row.cells.truncate(self.columns.len());
        }
        self.spare = self.spare.saturating_sub(1);
    }

    /// Its numbers, each with its name: "with: I did it 5; I forgot 2; of 7".
    pub fn rows_in_words(&self) -> Vec<String> {
        let row = |row: &TableRow| {
            let cells = self.columns.iter().zip(&row.cells);
            let cells = cells.filter(|(_, cell)| !cell.value.is_empty());
            let cells = cells.map(|(column, cell)| match (&cell.mark, column.heading.as_str()) {
                (ChartMark::Stack(times), _) => self.parts_in_words(times),
                (_, "") => cell.value.clone(),
                (_, heading) => format!("{heading} {}", cell.value),
            });
            let cells = cells.collect::<Vec<_>>().join("; ");
            if row.name.is_empty() { cells } else { format!("{}: {cells}", row.name) }
        };
        self.rows.iter().map(row).collect()
    }

    fn parts_in_words(&self, times: &[usize]) -> String {
        let part = |(part, times): (&String, &usize)| format!("{part} {times}");
        let parts: Vec<String> = self.parts.iter().zip(times).map(part).collect();
        format!("{}; of {}", parts.join("; "), times.iter().sum::<usize>())
    }
}

impl TableRow {
    pub fn new(name: impl Into<String>, cells: Vec<TableCell>) -> TableRow {
        TableRow { name: name.into(), cells, harm: false, harder: 0.0 }
    }
}

impl MoveKey {
    /// Beside the marks themselves.
    pub fn with_marks(&self) -> String {
        format!("○ {}  ● {}{}", self.then, self.now, self.seen_words())
    }

    /// Where rows say "1 → 3".
    pub fn in_words(&self) -> String {
        format!("{} → {}{}", self.then, self.now, self.seen_words())
    }

    fn seen_words(&self) -> String {
        self.seen.as_ref().map(|seen| format!("; {seen}")).unwrap_or_default()
    }
}

impl TableColumn {
    pub fn headed(heading: &str) -> TableColumn {
        TableColumn { heading: heading.to_owned(), ..TableColumn::default() }
    }

    /// "first", "0 to 4" or "Dec to Nov".
    pub fn heading_words(&self) -> String {
        let to = |(low, high): (&String, &String)| {
            if high.is_empty() { low.clone() } else { format!("{low} to {high}") }
        };
        let ends = self.ends.as_ref().map(|(low, high)| to((low, high)));
        let mut named = self.axis.iter().filter(|label| !label.is_empty());
        let nothing = String::new();
        let axis = named.next().map(|first| to((first, named.next_back().unwrap_or(&nothing))));
        let all = std::iter::once(self.heading.clone()).chain(ends).chain(axis);
        all.filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" ")
    }

    pub fn right(heading: &str) -> TableColumn {
        TableColumn { align: Align::Right, ..TableColumn::headed(heading) }
    }
}

impl TableCell {
    pub fn words(value: impl Into<String>) -> TableCell {
        TableCell { value: value.into(), mark: ChartMark::None }
    }

    pub fn new(value: impl Into<String>, mark: ChartMark) -> TableCell {
        TableCell { value: value.into(), mark }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_strip_of_weeks_is_headed_by_its_first_month_and_its_last() {
        let heading = |axis: &[&str]| {
            let axis = axis.iter().map(|label| (*label).to_owned()).collect();
            TableColumn { axis, ..TableColumn::default() }.heading_words()
        };
        assert_eq!(heading(&["Sep", "", "Oct", "", "Nov", "", ""]), "Sep to Nov");
        assert_eq!(heading(&["Nov", "", ""]), "Nov");
        assert_eq!(heading(&[]), "");
    }
}
