//! What several entries show together. Pure, and without a verdict: numbers
//! stand beside each other, and small ones are called small.

mod report;
mod score;

pub use report::{Comparison, Course, Moved, Quote, Told, report};
pub use score::{Scored, scores};
