//! A figure to be drawn, as plain data: rows with marks, days, courses, texts. Two
//! renderers draw it, `drawing` in characters and `svg` on a page. What it says in words
//! is the same in both, and `rows` is the whole of it for whoever would rather hear it.

mod before_after;
mod build;
mod course;
mod crossed;
mod overview;
mod scores;
mod sessions;
mod table;

use chrono::NaiveDate;

use crate::pattern::Point;

/// Fewer make no share (see `ChartMark::Stack`): their numbers stand alone.
pub(crate) use crate::pattern::change::LEAST_SHARE;
pub use build::{chart, squares};
pub use course::WEEK_OF;
pub use overview::{ChartWords, overview_chart};
pub use scores::WITHOUT_PRIVATE;
pub(crate) use sessions::PRIVATE;
pub use sessions::{PRIVATE_UNCOUNTED, is_notes, keep_used_notes};
pub use table::{Align, ChartMark, MoveKey, Table, TableCell, TableColumn, TableRow};

/// A figure, or the first screen, to be drawn.
#[derive(Clone)]
pub struct Chart {
    pub title: String,
    /// What it rests on: “reflect, 31 answers”.
    pub about: String,
    pub parts: Vec<ChartPart>,
    pub sentences: Vec<String>,
    /// Whole sentences that say what the parts draw, where rows would be too dry.
    pub words: Option<ChartWords>,
}

#[derive(Clone)]
pub enum ChartPart {
    /// On one scale, one below the other or abreast.
    Tables(Vec<Table>),
    /// Questions with what answers them, all rows in one set of columns.
    Topics(Vec<ChartTopic>),
    Calendar(CalendarChart),
    Course(Course),
    Texts(Vec<DatedText>),
    Pairs(Vec<TextPair>),
    Lines(Vec<String>),
}

/// A question, and the rows and sentences that answer it.
#[derive(Clone)]
pub struct ChartTopic {
    pub heading: String,
    /// By which name a terminal shows more, where that isn't plain from its words.
    pub look: Option<&'static str>,
    /// What holds for its rows, sentences without their stops: how often it was in all, and
    /// which days they compare, where that is not what the rest compares.
    pub about: Vec<String>,
    pub table: Table,
    pub lines: Vec<String>,
    /// The rows in words, for a page too narrow for columns.
    pub brief: Vec<String>,
}

/// A column a week, a mark a day.
#[derive(Clone)]
pub struct CalendarChart {
    pub title: String,
    pub first: NaiveDate,
    pub last: NaiveDate,
    pub days: Vec<CalendarCell>,
    /// What the marks stand for: glyph, level and words.
    pub key: Vec<(char, f64, String)>,
    pub rows: Vec<(String, String)>,
}

#[derive(Clone)]
pub struct CalendarCell {
    pub day: NaiveDate,
    pub glyph: char,
    pub level: f64,
    pub words: String,
}

/// A dot a day, and the mean of four weeks.
#[derive(Clone)]
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
    /// Is it drawn for a sheet of paper, which holds other things as well?
    pub is_short: bool,
}

#[derive(Clone)]
pub struct DatedText {
    pub day: NaiveDate,
    /// The day as it is called today, for what doesn't stay: “yesterday”.
    pub near: String,
    pub words: String,
}

/// One question, answered twice.
#[derive(Clone)]
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
    /// Does it stay on a screen that others may see? A file is its writer's to show.
    pub on_screen: bool,
    /// The name that the writer gave, if any.
    pub partner: Option<&'a str>,
}

impl ChartTopic {
    /// “What hurt, and what was good? (assess)”
    pub fn heading_and_look(&self) -> String {
        match self.look {
            Some(look) => format!("{} ({look})", self.heading),
            None => self.heading.clone(),
        }
    }
}

impl ChartPart {
    pub fn tables(&self) -> &[Table] {
        if let ChartPart::Tables(tables) = self { tables } else { &[] }
    }

    pub fn tables_mut(&mut self) -> Option<&mut Vec<Table>> {
        if let ChartPart::Tables(tables) = self { Some(tables) } else { None }
    }
}
