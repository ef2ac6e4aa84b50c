//! What several entries show together. Pure, and without a verdict: numbers
//! stand beside each other, and small ones are called small.

pub mod change;
mod counting;
mod course;
mod figure;
mod overview;
mod recurring;
mod report;
mod score;
mod shows;

pub use course::monday;
pub use figure::{Body, Count, Day, Figure, Group, Line, Moment, Pair, Point, Said, Unit, span};
pub use overview::Overview;
pub use report::{Comparison, Course, Moved, Quote, SCORE_MOVED, Told, report};
pub use score::{Scored, scores};
