//! The months of three people, played through at a shell and at a terminal: one who steps
//! back, one who slowly comes to see harm, and one who asks once a month what is needed. Every line that they read is in their story.

use crate::harness::assert_plays;

#[test]
fn every_line_that_someone_who_steps_back_reads_in_a_month_is_as_it_was_proofread() {
    assert_plays("month_of_distance.txt");
}

#[test]
fn every_line_that_someone_who_comes_to_see_harm_reads_is_as_it_was_proofread() {
    assert_plays("month_of_harm.txt");
}

#[test]
fn every_line_that_someone_who_asks_once_a_month_reads_is_as_it_was_proofread() {
    assert_plays("months_of_needs.txt");
}
