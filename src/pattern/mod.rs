//! What several entries show together. Pure, and without a verdict: numbers
//! stand beside each other, and what is too few to say is called so.

mod before_after;
pub mod change;
mod counts;
mod days;
mod figure;
mod fold;
mod gauge;
mod groups;
mod hours;
pub(crate) mod lasting;
mod looks;
mod matrix;
mod moments;
mod month_behind;
mod overview;
mod practice_fold;
mod practice_questions;
mod quotes;
mod recurring;
mod report;
mod score;
mod scored;
mod series;
mod session_pairs;
mod weeks;

pub(crate) use figure::{
    AnswerRun, BeforeAfter, Body, Count, DatedAnswer, Figure, FigureDay, FigureGroup, FigureMoment,
    HeldBackFigure, KindComparison, Pair, RecurringAnswer, ValueUnit,
};
pub(crate) use fold::Figures;
pub use fold::{Fold, FoldPlan, Request};
pub(crate) use groups::Ungrouped;
pub(crate) use lasting::{LastingAnswers, LastingChoice, LastingItem, LastingMark};
pub(crate) use looks::{PAPER, closer_look_name};
pub(crate) use matrix::{AroundDay, ClosenessAround, MatrixRow, Standout};
pub(crate) use month_behind::{
    AnswerShare, Beside, DayLevel, DayQuote, HarmCount, LEAST_EVENINGS, Levels, MonthBehind,
    MonthInput, READ_WHOLE, ReceivedCount, ShareCount, SparseEvening, compares_closeness,
    month_behind,
};
pub(crate) use overview::{
    Overview, OverviewDetail, OverviewRow, OverviewTopic, OverviewUnit, StripLevel, first_practice,
};
pub(crate) use quotes::Quote;
pub(crate) use report::{
    Comparison, EarlierSessions, ItemAnswer, ItemBlock, ItemPair, ScoreClaim, ScoreLine,
    SessionReport, SessionsTested, report,
};
pub(crate) use score::{ScoreValue, scores};
pub(crate) use series::{FigureLine, Point, first_of_month, monday, unbroken};
