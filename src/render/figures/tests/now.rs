//! What is "now" and what was answered before it, and how often.

use super::*;

/// Four weeks of evenings, and a questionnaire of so many days ago.
fn assessed(days_ago: &[(u64, i64)]) -> JournalOfLooks {
    let mut journal = JournalOfLooks::new();
    for day in 0..12 {
        journal.keep("reflect", 2 * day, json!({ "connection": "Tea", "closeness": 3 }));
    }
    for (day, step) in days_ago {
        journal.assessment(*day, *step);
    }
    journal
}

/// A row of the first screen, as it is read; of a narrow page, its line.
fn row(screen: &str, name: &str) -> String {
    let line = screen.lines().find(|line| line.trim_start().starts_with(name));
    words(line.unwrap_or_else(|| panic!("{name} in {screen}")))
}

#[test]
fn a_mean_of_several_items_is_called_one_time_unless_other_items_are_answered() {
    let mut journal = assessed(&[]);
    let hurt = |id: &str| ["refused", "unmet", "ignored", "doubt-pain", "changed"].contains(&id);
    journal.assess(60, |id| hurt(id).then_some(1));
    journal.assess(20, |id| hurt(id).then_some(2));
    let told = journal.first_screen(80, false);
    assert!(row(&told, "What hurt, or").contains(" 1 (once) 2 (once) "), "{told}");
    let plain = words(&journal.first_screen(80, true));
    assert!(plain.contains("Now 2, “sometimes” (once); then 1, “rarely” (once)."), "{plain}");
    journal.assess(10, |id| (hurt(id) && id != "unmet").then_some(3));
    let told = journal.first_screen(80, false);
    assert!(row(&told, "What hurt, or").contains(" 1 (5 items) 3 (4 items) "), "{told}");
}

#[test]
fn a_dot_of_too_few_answers_is_said_to_be_of_shares_alone() {
    let mut journal = assessed(&[(3, 2)]);
    journal.keep("reflect", 40, json!({ "connection": "Tea", "closeness": 4 }));
    let told = journal.first_screen(80, false);
    let (share, mean) = (row(&told, "Evenings with"), row(&told, "Safe to open up"));
    assert!(share.contains('•') && !mean.contains('•') && mean.contains('▅'), "{told}");
    assert!(words(&told).contains("• too few for a share (under 5). Averages,"), "{told}");
}
