//! A figure to be drawn, as plain data: rows with marks, days, courses, texts. Two
//! renderers draw it, `drawing` in characters and `svg` on a page. What it says in words
//! is the same in both, and `rows` is the whole of it for whoever would rather hear it.

mod build;
mod course;
mod crossed;
mod overview;
mod sessions;

use chrono::NaiveDate;

use crate::pattern::Point;

pub use build::{chart, squares};
pub use overview::overview_chart;

/// What is drawn of one figure.
pub struct Chart {
    pub title: String,
    /// Of what, and how much of it.
    pub about: String,
    pub parts: Vec<ChartPart>,
    pub sentences: Vec<String>,
    /// Whole sentences that say what the parts draw, where rows would be too dry.
    pub words: Option<Vec<String>>,
}

pub enum ChartPart {
    /// On one scale, one below the other or abreast.
    Tables(Vec<Table>),
    Calendar(CalendarChart),
    Course(Course),
    Texts(Vec<DatedText>),
    Pairs(Vec<TextPair>),
    Lines(Vec<String>),
}

/// Rows that belong together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    pub title: Option<String>,
    pub columns: Vec<TableColumn>,
    pub rows: Vec<TableRow>,
    /// What the parts of its bars are, the fullest first.
    pub parts: Vec<String>,
    /// What else is to be known to read it.
    pub key: Vec<String>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct TableColumn {
    pub heading: String,
    /// What no bar and a whole bar are.
    pub ends: Option<(String, String)>,
    /// How wide a whole bar may be, in columns of a terminal.
    pub widest: usize,
    /// What each mark of a strip is of.
    pub axis: Vec<String>,
    pub align: Align,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    #[default]
    Left,
    Right,
}

#[derive(Clone, Debug, PartialEq)]
pub struct TableRow {
    pub name: String,
    pub cells: Vec<TableCell>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct TableCell {
    pub value: String,
    pub mark: Mark,
}

/// Levels are from 0 to 1.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Mark {
    #[default]
    None,
    Bar(f64),
    /// Parts of a whole, the first of them the fullest.
    Stack(Vec<f64>),
    /// An open mark and a full one.
    Move {
        then: Option<f64>,
        now: Option<f64>,
    },
    /// A height for each stretch of time.
    Strip(Vec<Option<f64>>),
    /// A dot for each day that has an answer.
    DayDots(Vec<bool>),
    Dots(usize),
}

/// A column a week, a mark a day.
pub struct CalendarChart {
    pub title: String,
    pub first: NaiveDate,
    pub last: NaiveDate,
    pub days: Vec<CalendarCell>,
    /// What the marks stand for: glyph, level and words.
    pub key: Vec<(char, f64, String)>,
    pub rows: Vec<(String, String)>,
}

pub struct CalendarCell {
    pub day: NaiveDate,
    pub glyph: char,
    pub level: f64,
    pub words: String,
}

/// A dot a day, and the mean of four weeks.
pub struct Course {
    pub title: String,
    /// The value and the words of both ends.
    pub low: (f64, String),
    pub high: (f64, String),
    pub days: Vec<Point>,
    pub means: Vec<Point>,
    pub first: NaiveDate,
    pub last: NaiveDate,
    pub rows: Vec<(String, String)>,
}

pub struct DatedText {
    pub day: NaiveDate,
    /// The day as it is called today, for what doesn't stay: “yesterday”.
    pub near: String,
    pub words: String,
}

/// One question, answered twice.
pub struct TextPair {
    pub asked: String,
    pub reworded: bool,
    /// Each with its day.
    pub then: DatedText,
    pub now: DatedText,
}

/// How much is told, and how the writer's partner is called.
#[derive(Clone, Copy, Debug)]
pub struct FigureOptions<'a> {
    /// Words and tables instead of drawings.
    pub plain: bool,
    /// Texts of one figure.
    pub texts: usize,
    /// The name that the writer gave, if any.
    pub partner: Option<&'a str>,
}

impl ChartPart {
    /// Its numbers, each with its name.
    pub fn rows(&self) -> Vec<(String, String)> {
        match self {
            ChartPart::Tables(tables) => tables.iter().flat_map(Table::named_rows).collect(),
            ChartPart::Calendar(calendar) => calendar.rows.clone(),
            ChartPart::Course(course) => course.rows.clone(),
            ChartPart::Texts(_) | ChartPart::Pairs(_) | ChartPart::Lines(_) => Vec::new(),
        }
    }
}

impl Table {
    fn named_rows(&self) -> Vec<(String, String)> {
        let row = |row: &TableRow| {
            let cells =
                self.columns.iter().zip(&row.cells).filter(|(_, cell)| !cell.value.is_empty());
            let cells = cells.map(|(column, cell)| match column.heading.as_str() {
                "" => cell.value.clone(),
                heading => format!("{heading} {}", cell.value),
            });
            let name = self.title.as_ref().map(|title| format!("{title}, {}", row.name));
            (name.unwrap_or_else(|| row.name.clone()), cells.collect::<Vec<_>>().join("; "))
        };
        self.rows.iter().map(row).collect()
    }
}

impl TableColumn {
    pub fn headed(heading: &str) -> TableColumn {
        TableColumn { heading: heading.to_owned(), ..TableColumn::default() }
    }

    pub fn right(heading: &str) -> TableColumn {
        TableColumn { align: Align::Right, ..TableColumn::headed(heading) }
    }
}

impl TableCell {
    pub fn words(value: impl Into<String>) -> TableCell {
        TableCell { value: value.into(), mark: Mark::None }
    }

    pub fn new(value: impl Into<String>, mark: Mark) -> TableCell {
        TableCell { value: value.into(), mark }
    }
}
