//! What this device remembers of when a practice was last kept, once that entry is moved or
//! deleted: it would hide that the practice is due.

use chrono::Days;

use crate::entry::Entry;
use crate::query::Query;
use crate::seal::Identity;

use super::App;

/// How far back to look, in days. No practice is due less often than monthly.
const LONGEST: Days = Days::new(62);

impl App {
    /// Sets the practice's time to that of its newest entry now, or forgets it if there's none.
    /// Only a time that was remembered changes, and only if it was this entry's or is earlier
    /// than its new one. `now` is `None` for an entry that's deleted.
    pub fn move_kept_stamp(&self, before: &Entry, now: Option<&Entry>, identity: &Identity) {
        let mut state = self.state();
        let practice = &before.practice;
        let Some(stamp) =
            state.last_kept(practice, self.clock().now).filter(|_| before.about.is_none())
        else {
            return;
        };
        let is_its_own = stamp.timestamp() == before.at.timestamp();
        let is_later = now.is_some_and(|entry| entry.at > stamp);
        if now.is_some_and(|entry| entry.at == before.at) || !(is_its_own || is_later) {
            return;
        }
        let today = self.clock().today();
        let query = Query {
            practices: vec![practice.clone()],
            from: today.checked_sub_days(LONGEST),
            to: Some(today),
            until: Some(self.clock().now),
            ..Query::everything()
        };
        let session = |stored: crate::journal::StoredEntry| {
            Some(stored.entry).filter(|entry| entry.about.is_none()).map(|entry| entry.at)
        };
        // Without the entries, a practice is due too soon rather than not at all.
        let entries = self.find(&query, identity, &session).map(|results| results.entries);
        state.set_kept(practice, entries.unwrap_or_default().into_iter().flatten().max());
        if let Err(error) = state.write(&*self.disk(), &self.config.paths.state) {
            self.terminal.warn(&error);
        }
    }
}
