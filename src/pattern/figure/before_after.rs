//! Before and after, in one session.

use chrono::NaiveDate;
use serde::Serialize;

/// A number before and the same after, in one session.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct BeforeAfter {
    pub day: NaiveDate,
    pub before: f64,
    pub after: f64,
}
