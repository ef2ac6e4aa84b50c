//! What several entries show together. Pure, and without a verdict: numbers
//! stand beside each other, and what is too few to say is called so.

pub mod change;
mod counts;
mod days;
mod figure;
mod fold;
mod gauge;
mod groups;
mod hours;
mod moments;
mod pairs;
mod practice_fold;
mod practice_questions;
mod quotes;
mod recurring;
mod report;
mod score;
mod scored;
mod sittings;
mod weeks;

pub use figure::{
    AnswerCount, Body, Count, Figure, FigureDay, FigureGroup, FigureLine, FigureMoment, Pair,
    Point, Together, ValueUnit, span,
};
pub use fold::{Extract, Fold, Plan, Request};
pub use quotes::Quote;
pub use report::{Comparison, ReportItem, ScoreHistory, ScorePair, SessionReport, report};
pub use score::{Scored, scores};
pub use weeks::monday;
