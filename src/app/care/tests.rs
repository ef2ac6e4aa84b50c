use super::*;
use crate::practice::CareRecord;

/// Earlier entries, whose answers turned care on or didn't.
fn history(is_on: bool) -> History {
    let at = chrono::DateTime::parse_from_rfc3339("2026-11-01T21:00:00+00:00").unwrap();
    History::with_care(if is_on { CareRecord::turned_on_at(at) } else { CareRecord::default() })
}

#[test]
fn behind_a_locked_practice_care_was_on_as_the_entries_have_it() {
    let locked = SessionCare::open(None);
    assert!(SessionCare::following(&locked, Some(&history(true))).can_lift());
    // Not where it came on just now, though that is kept by now.
    locked.tells_fear.set(true);
    locked.settle();
    let care = SessionCare::following(&locked, Some(&history(true)));
    assert!(care.fear() == Fear::Known && !care.can_lift());
}

#[test]
fn the_lift_is_offered_to_nobody_who_has_just_said_that_they_are_afraid() {
    let practices = crate::practice::Practices::built_in();
    let assess = practices.practice("assess").unwrap();
    let care = SessionCare::open(Some(&history(true)));
    assert!(assess.lift && care.offers_lift(assess));
    care.tells_fear.set(true);
    assert!(!care.offers_lift(assess), "though the menu on Esc has it");
    assert!(care.can_lift());
    care.settle();
    assert!(!care.offers_lift(assess), "nor in the next practice of a routine");
}

#[test]
fn behind_an_unlocked_practice_care_is_as_it_was_left() {
    let earlier = SessionCare::open(Some(&history(true)));
    assert!(SessionCare::following(&earlier, None).can_lift());
    earlier.lift.set(Some(false));
    earlier.settle();
    assert!(!SessionCare::following(&earlier, Some(&history(false))).was_on);
}
