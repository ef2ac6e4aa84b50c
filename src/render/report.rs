//! Scores in words, and two sessions answer by answer.

use crate::config::Clock;
use crate::entry::Entry;
use crate::pattern::ScoreValue;

use super::{TextPage, clean, clean_line, day_words};

/// A mean so near to a step is called by its word.
const NEAR: f64 = 0.25;

/// A line a score, of what was answered at all.
pub fn scores(scores: &[ScoreValue], page: &TextPage) -> String {
    let line = |scored: &ScoreValue| {
        let words = mean_words(scored).unwrap_or_else(|| "too few answers to sum up".to_owned());
        page.wrap(&format!("{}: {words}.", clean_line(&scored.title)), "  ") + "\n"
    };
    scores.iter().filter(|scored| scored.answered > 0).map(line).collect()
}

/// "often", "between sometimes and often", or the number where its steps have no words;
/// `None` where too little of it was answered.
pub fn mean_words(scored: &ScoreValue) -> Option<String> {
    scored.value.map(|value| value_words(scored, value))
}

/// What [`mean_words`] says, of another value of this score.
pub fn value_words(scored: &ScoreValue, value: f64) -> String {
    let (low, high) = scored.range;
    // The lowest word says that there was nothing, so it's only for where there wasn't.
    let is_near = is_near_step(value) && (value.round() > low || value <= low);
    near_or_between(value, is_near, |step| step_label(&scored.labels, step - low))
        .unwrap_or_else(|| format!("{} of {}–{}", number(value), number(low), number(high)))
}

pub(super) fn is_near_step(value: f64) -> bool {
    (value - value.round()).abs() <= NEAR
}

/// The words of the nearest step, or of the two that the value is between; `None` where a step
/// has no words.
pub(super) fn near_or_between(
    value: f64,
    is_near: bool,
    label: impl Fn(f64) -> Option<String>,
) -> Option<String> {
    if is_near {
        return label(value.round());
    }
    Some(format!("between {} and {}", label(value.floor())?, label(value.ceil())?))
}

/// The words of the step that is so far above the lowest.
pub(super) fn step_label(labels: &[String], above: f64) -> Option<String> {
    let label = labels.get(above.max(0.0) as usize).filter(|label| !label.is_empty())?;
    Some(clean_line(label))
}

/// Two digits behind the point, and none where there is nothing to say there.
pub(super) fn number(value: f64) -> String {
    // Half a hundredth goes up, as people round by hand.
    let text = format!("{:.2}", (value * 100.0).round() / 100.0);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Two sessions, answer by answer: then and now.
pub fn side_by_side(then: &Entry, now: &Entry, clock: &Clock, page: &TextPage) -> String {
    let days = [then, now].map(|entry| day_words(clock.day_of(entry.at)));
    let mut text = String::new();
    for answer in &now.answers {
        let Some(earlier) = then.answer(&answer.question) else { continue };
        text += &format!("{}\n", page.strong(&page.wrap(&clean_line(&answer.asked), "")));
        if earlier.asked != answer.asked {
            text += &format!("{}\n", page.wrap("(in other words then)", "  "));
        }
        for (day, answer) in days.iter().zip([earlier, answer]) {
            text += &format!("{}\n", page.quiet(&page.wrap(day, "  ")));
            text += &format!("{}\n", page.wrap(&clean(&answer.text()), "    "));
        }
        text += "\n";
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scored(value: Option<f64>, labels: &[&str]) -> ScoreValue {
        let labels = labels.iter().map(|label| (*label).to_owned()).collect();
        let (id, title) = ("s".to_owned(), "Strain".to_owned());
        ScoreValue { id, title, value, answered: 4, of: 5, range: (0.0, 4.0), labels }
    }

    const LABELS: [&str; 5] = ["not at all", "rarely", "sometimes", "often", "almost always"];

    #[test]
    fn a_mean_is_told_in_the_words_of_its_steps() {
        let words = |value| mean_words(&scored(Some(value), &LABELS)).unwrap();
        assert_eq!(words(3.0), "often");
        assert_eq!(words(2.75), "often");
        assert_eq!(words(3.25), "often");
        assert_eq!(words(2.74), "between sometimes and often");
        assert_eq!(words(0.0), "not at all");
        assert_eq!(words(0.1), "between not at all and rarely", "there was something");
        assert_eq!(words(3.5), "between often and almost always");
        assert_eq!(mean_words(&scored(None, &LABELS)), None);
    }

    #[test]
    fn where_a_step_has_no_words_the_number_stands() {
        assert_eq!(value_words(&scored(None, &["never", "", "often"]), 1.5), "1.5 of 0–4");
        assert_eq!(value_words(&scored(None, &[]), 2.125), "2.13 of 0–4");
    }

    #[test]
    fn a_line_a_score_and_none_of_what_was_not_answered() {
        let page = TextPage { width: 80, colour: false };
        let none = ScoreValue { answered: 0, ..scored(None, &LABELS) };
        let all = [scored(Some(2.5), &LABELS), scored(None, &LABELS), none];
        let expected =
            "  Strain: between sometimes and often.\n  Strain: too few answers to sum up.\n";
        assert_eq!(scores(&all, &page), expected);
    }
}
