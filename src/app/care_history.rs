//! What earlier entries say of care: whether it is on, since when, and whether the lift
//! question is due.

use chrono::{DateTime, Datelike, FixedOffset, TimeDelta};

use crate::error::Result;
use crate::practice::{Fear, HOLD_BACK};
use crate::query::{AnswerFilter, Predicate, Query};
use crate::seal::Identity;

use super::App;
use super::history::History;

/// The lift question waits so many days after an answer that turned care on.
const QUIET_DAYS: i64 = 14;

impl History {
    /// An entry of any practice may have lifted care; only where it is on, and only later
    /// than that, need it be looked for.
    pub(super) fn find_lifts(&mut self, app: &App, identity: &Identity) -> Result<()> {
        let Some(latest) = self.care.latest() else { return Ok(()) };
        let lifts =
            AnswerFilter { question: HOLD_BACK.into(), predicate: Predicate::Equals("no".into()) };
        let query = Query { since: Some(latest), answers: vec![lifts], ..Query::everything() };
        let lifts = History::read(app, identity, &query)?;
        self.whole &= lifts.as_ref().is_some_and(|lifts| lifts.whole);
        self.care.merge(lifts.map(|lifts| lifts.care).unwrap_or_default());
        Ok(())
    }

    /// Is the next entry the first of its calendar month, and care on for a while? Nothing
    /// but the entries remembers when the lift question was asked.
    pub(super) fn is_first_of_month(&self, app: &App, identity: &Identity) -> Result<bool> {
        let clock = app.clock();
        let quiet = |latest| clock.now - latest < TimeDelta::days(QUIET_DAYS);
        if self.care.latest().is_none_or(quiet) {
            return Ok(false);
        }
        let query = Query {
            from: clock.today().with_day(1),
            to: Some(clock.today()),
            last: Some(1),
            ..Query::everything()
        };
        Ok(History::read(app, identity, &query)?.is_some_and(|month| month.entries().is_empty()))
    }
}

/// Since when care is on, where it is: what came on just now leaves nothing earlier to suggest,
/// to quote or to ask about.
pub fn in_care_since(
    history: Option<&History>,
    fear: Fear,
    app: &App,
) -> Option<DateTime<FixedOffset>> {
    let since = history.and_then(|history| history.care.since());
    since.or(Some(app.clock().written)).filter(|_| fear == Fear::Known)
}

/// Is the writer known to be afraid? What cannot be read might say so.
pub fn fear(history: Option<&History>) -> Fear {
    history.map_or(Fear::Unknown, |history| history.care.fear(history.whole))
}
