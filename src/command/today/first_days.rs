//! What a newcomer may try next, one thing a day. It depends only on the day, so the line
//! reveals nothing about what was written.

use crate::config::Clock;
use crate::state::State;

/// What to type after `inward`, and why: one for each of the first days.
const STEPS: &[(&str, &str)] = &[
    ("list", "read back what you kept"),
    ("key backup FILE", "copy your key: without it, nothing here can be read again"),
    ("write", "a free page, for what no question asks"),
    ("pause", "a few quiet minutes, and a line if you like"),
    ("card", "one small question"),
    ("notice", "put a moment of distance into words"),
    ("patterns", "see patterns across your first days"),
];

/// Today's step, counted from the first entry; `None` before the first entry, and after the
/// last step.
pub fn next_step(state: &State, clock: &Clock) -> Option<(&'static str, &'static str)> {
    let first = clock.day_of(state.first_day(clock.now)?);
    let day = (clock.today() - first).num_days();
    STEPS.get(usize::try_from(day).ok()?).copied()
}
