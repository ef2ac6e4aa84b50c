//! What a newcomer may try next: one thing a day, by the day alone, so that the line says
//! nothing about what was written.

use crate::config::Clock;
use crate::state::State;

/// What to type after `inward`, and what for: one for each of the first days.
const STEPS: &[(&str, &str)] = &[
    ("list", "read back what you kept"),
    ("key backup FILE", "copy your key: without it, nothing here can be read again"),
    ("write", "a free page, for what no question asks"),
    ("pause", "a few quiet minutes, and a line if you like"),
    ("card", "one small question"),
    ("notice", "look at a moment when one of you stepped back"),
    ("patterns", "see what your first days show together"),
];

/// The step of this day, counted from the first entry. None before it, and none later on.
pub fn next_step(kept: &State, clock: &Clock) -> Option<(&'static str, &'static str)> {
    let first = clock.day_of(kept.first_day()?);
    let day = (clock.today() - first).num_days();
    STEPS.get(usize::try_from(day).ok()?).copied()
}
