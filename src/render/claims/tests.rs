use chrono::NaiveDate;

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn span(from: &str, to: &str) -> ComparisonSpan {
    ComparisonSpan { from: day(from), to: day(to) }
}

fn mean(span: ComparisonSpan, mean: Option<f64>, answers: usize) -> SpanMean {
    SpanMean { span, mean, answers, times: None }
}

fn line(change: Change) -> FigureLine {
    let labels = ["not at all", "a little", "somewhat", "close", "very close"];
    FigureLine {
        is_without_private: false,
        hurts: false,
        title: "How close?".into(),
        low: 0.0,
        high: 4.0,
        points: Vec::new(),
        months: Vec::new(),
        change: Some(change),
        labels: labels.map(str::to_owned).to_vec(),
        unit: None,
        answers: Vec::new(),
    }
}

fn change(claim: Claim, now: Option<f64>, then: Option<f64>) -> Change {
    Change {
        claim,
        against: then.map(|_| BaselineKind::HalfYear),
        then: then.map(|then| mean(span("2026-03-31", "2026-06-22"), Some(then), 31)),
        now: mean(span("2026-10-27", "2026-11-23"), now, if now.is_some() { 12 } else { 0 }),
        evidence: None,
        outlook: Outlook::Open,
    }
}

#[test]
fn a_value_has_the_words_of_its_scale() {
    let labels = ["never", "", "often"].map(str::to_owned);
    let words = |value| value_in_words(value, 1.0, &labels);
    assert_eq!(words(3.0), "3, “often”");
    assert_eq!(words(2.8), "2.8, near “often”");
    assert_eq!(words(2.5), "2.5", "the step below has no word");
    assert_eq!(words(1.25), "1.25, near “never”");
    assert_eq!(
        value_in_words(1.5, 0.0, &["no".into(), "a little".into(), "yes".into()]),
        "1.5, between “a little” and “yes”"
    );
    assert_eq!(value_in_words(50.5, 0.0, &[]), "50.5");
}

#[test]
fn each_of_the_four_words_stands_beside_both_spans_and_both_figures() {
    let said = |claim, now, then| of_line(&line(change(claim, now, then)), false).join(" ");
    assert_eq!(
        said(Claim::Higher, Some(2.9), Some(1.5)),
        "Higher than half a year before: 2.9, near “close”, from 27 October to 23 November 2026 (12 answers), against 1.5, between “a little” and “somewhat”, from 31 March to 22 June 2026 (31 answers)."
    );
    let starts = |claim, with: &str| assert!(said(claim, Some(2.0), Some(2.0)).starts_with(with));
    starts(Claim::Lower, "Lower than half a year before: 2, “somewhat”");
    let same = "About the same as half a year before, within the usual ups and downs: 2";
    starts(Claim::Same, same);
    starts(Claim::TooFew, "Too few to say whether it changed: 2, “somewhat”");
    assert_eq!(
        said(Claim::TooFew, None, Some(2.0)),
        "Too few to say whether it changed: no answer from 27 October to 23 November 2026, against 2, “somewhat”, from 31 March to 22 June 2026 (31 answers)."
    );
    assert_eq!(
        said(Claim::TooFew, Some(2.0), None),
        "Too few to say whether it changed: 12 answers from 27 October to 23 November 2026, and too few answers in earlier weeks to compare."
    );
}

#[test]
fn a_time_of_a_questionnaire_is_called_what_it_is() {
    let than = |against| {
        let change =
            Change { against: Some(against), ..change(Claim::Higher, Some(2.0), Some(1.0)) };
        let said = of_line(&line(change), false).remove(0);
        said.split_once(':').unwrap().0.to_owned()
    };
    let nearest = "Higher than the time nearest to half a year before";
    assert_eq!(than(BaselineKind::NearHalfYear), nearest);
    assert_eq!(than(BaselineKind::FirstSession), "Higher than the first time");
    assert_eq!(than(BaselineKind::SessionBefore), "Higher than the time before");
    assert_eq!(than(BaselineKind::SixBefore), "Higher than the six times before");
}

#[test]
fn whoever_writes_little_hears_what_more_would_tell() {
    let of = |outlook| {
        let change = Change { outlook, ..change(Claim::TooFew, Some(2.0), Some(1.0)) };
        of_line(&line(change), true).remove(1)
    };
    let weeks = "After about 6 more weeks at this pace, a change of one point would have about an even chance to show.";
    assert_eq!(of(Outlook::Weeks(6)), weeks);
    let beyond = "At this pace, even after a year, a change of one point would more likely be missed than seen.";
    assert_eq!(of(Outlook::Beyond), beyond);
}

#[test]
fn a_share_has_both_of_its_counts() {
    let share = |of: SpanMean, times| SpanMean { times: Some(times), ..of };
    let change = change(Claim::Higher, Some(0.6), Some(0.2));
    let then = change.then.map(|then| share(then, 6));
    let change = Change { now: share(change.now, 7), then, ..change };
    assert_eq!(
        of_share(&change, "evenings"),
        "Higher than half a year before: 7 of 12 evenings (between about 3 and 8 in 10) from 27 October to 23 November 2026, against 6 of 31 evenings from 31 March to 22 June 2026."
    );
}

#[test]
fn before_and_after_stand_beside_how_many_times() {
    let told = of_pairs(&change(Claim::Lower, Some(1.5), Some(3.0))).unwrap();
    let span = "12 times from 27 October to 23 November 2026";
    assert_eq!(told, format!("On average 3 before and 1.5 after, {span}: lower afterwards."));
}

#[test]
fn a_scale_of_two_steps_is_told_as_a_share() {
    let share = |of: SpanMean, times| SpanMean { times: Some(times), ..of };
    let change = change(Claim::TooFew, Some(0.5), Some(0.2));
    let then = change.then.map(|then| share(then, 6));
    let change = Change { now: share(change.now, 6), then, ..change };
    let labels = ["no", "yes"].map(str::to_owned).to_vec();
    let line = FigureLine { high: 1.0, labels, ..line(change) };
    assert_eq!(
        of_line(&line, false)[0],
        "Too few to say whether it changed: “yes” in 6 of 12 (between about 3 and 7 in 10) answers, from 27 October to 23 November 2026, against “yes” in 6 of 31 answers, from 31 March to 22 June 2026."
    );
}

#[test]
fn named_days_that_are_not_before_now_are_said_to_be_so() {
    let late =
        Change { against: Some(BaselineKind::Named), ..change(Claim::TooFew, Some(2.0), None) };
    assert_eq!(
        of_line(&line(late), false)[0],
        "Too few to say whether it changed: 2, “somewhat”, from 27 October to 23 November 2026 (12 answers), and the days you chose are in these or after them."
    );
}

#[test]
fn a_span_is_as_short_as_it_can_be() {
    assert_eq!(on(span("2026-11-02", "2026-11-29")), "from 2 to 29 November 2026");
    assert_eq!(on(span("2026-11-02", "2026-11-02")), "on 2 November 2026");
    let turn = on(span("2025-12-15", "2026-01-11"));
    assert_eq!(turn, "from 15 December 2025 to 11 January 2026");
}
