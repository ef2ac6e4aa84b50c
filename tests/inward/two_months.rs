//! The months of two people, played through at a shell and at a terminal: one who steps
//! back, and one who slowly comes to see harm. Every line that they read is in their story.

use crate::harness::assert_plays;

#[test]
fn every_line_that_someone_who_steps_back_reads_in_a_month_is_as_it_was_read_and_mended() {
    assert_plays("month_of_distance.txt");
}

#[test]
fn every_line_that_someone_who_comes_to_see_harm_reads_is_as_it_was_read_and_mended() {
    assert_plays("month_of_harm.txt");
}
