//! A week, played through with a clock that moves, and every line that was said
//! in it.

use crate::harness::assert_plays;

#[test]
fn every_line_that_was_said_in_a_week_is_as_it_was_proofread() {
    assert_plays("week.txt");
}
