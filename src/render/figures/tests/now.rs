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
fn a_questionnaire_last_answered_before_these_four_weeks_has_nothing_under_now() {
    let journal = assessed(&[(28, 2)]);
    let wide = journal.first_screen(80, false);
    assert!(row(&wide, "Safe to open up").ends_with(" 2 (1) – too few to say"), "{wide}");
    assert!(words(&wide).contains("(assess) Answered once, on 31 Oct 2026 "), "{wide}");
    let narrow = words(&journal.first_screen(44, false));
    assert!(narrow.contains("Safe to open up: 2 (1) → – too few"), "{narrow}");
    assert!(narrow.contains("Answered once, on 31 Oct 2026."), "{narrow}");
    let plain = words(&journal.first_screen(80, true));
    let sentence =
        "Safe to open up: too few to say. Now no answer; then 2, “sometimes” (1 answer).";
    assert!(plain.contains(sentence), "{plain}");
    let html = journal.page();
    assert!(html.contains("2 (1)"), "{html}");
    assert!(html.contains("Answered once, on 31 Oct 2026"), "{html}");
}

#[test]
fn a_questionnaire_answered_in_these_four_weeks_is_under_now() {
    let wide = assessed(&[(27, 2)]).first_screen(80, false);
    assert!(row(&wide, "Safe to open up").ends_with(" 2 (1) too few to say"), "{wide}");
    assert!(words(&wide).contains("Answered once, on 1 Nov 2026"), "{wide}");
}

#[test]
fn a_late_session_stands_beside_an_earlier_one_for_twelve_weeks_with_its_day() {
    let late = assessed(&[(200, 1), (84, 3)]).first_screen(80, false);
    assert!(row(&late, "Safe to open up").contains(" 1 (1) 3 (1) "), "{late}");
    assert!(words(&late).contains("“Then” is 12 May 2026, “now” 5 Sep 2026"), "{late}");
    let past = assessed(&[(200, 1), (85, 3)]).first_screen(80, false);
    assert!(row(&past, "Safe to open up").contains(" 3 (1) – "), "{past}");
    assert!(words(&past).contains("(assess) Last answered on 4 Sep 2026 "), "{past}");
}

#[test]
fn then_is_what_the_writer_named_though_nothing_is_now() {
    let mut journal = assessed(&[(200, 1), (150, 2), (85, 3)]);
    journal.against = Some(Baseline::First);
    let told = journal.first_screen(80, false);
    assert!(row(&told, "Safe to open up").contains(" 1 (1) – "), "{told}");
    assert!(words(&told).contains("“Then” is 12 May 2026, “now” 1 to 28 Nov 2026"), "{told}");
}

#[test]
fn a_mean_of_several_items_says_of_how_many_answers_it_is() {
    let mut journal = assessed(&[]);
    let hurt = |id: &str| ["refused", "unmet", "ignored", "doubt-pain", "changed"].contains(&id);
    journal.assess(60, |id| hurt(id).then_some(1));
    journal.assess(20, |id| hurt(id).then_some(2));
    let told = journal.first_screen(80, false);
    assert!(row(&told, "What hurt, or").contains(" 1 (4) 2 (4) "), "{told}");
    let plain = words(&journal.first_screen(80, true));
    assert!(
        plain.contains("Now 2, “sometimes” (4 answers); then 1, “rarely” (4 answers)."),
        "{plain}"
    );
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
