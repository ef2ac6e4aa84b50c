//! This month beside the four weeks before it: figures, and what they can't tell.

use chrono::Datelike;

use crate::pattern::Beside;
use crate::pattern::change::{Change, Claim, ComparisonSpan};

use super::super::claims::answers;
use super::super::report::{is_near_step, near_or_between, step_label};
use super::MonthPage;
use super::lines::MonthLines;

const NO_CHANGE: &str = "One month beside another can't tell a change from chance.";

impl MonthLines<'_> {
    pub fn beside(&self) -> Vec<String> {
        let Some(beside) = &self.month.beside else { return Vec::new() };
        if beside.too_few {
            let words = "Beside the four weeks before: too few to say.";
            return vec![self.page.hang(words)];
        }
        let mut lines = vec![self.page.hang("Beside the four weeks before")];
        lines.extend(beside.connection.map(|[now, then]| {
            let now = format!("{} of {}", now.times, now.of);
            let then = format!("{} of {}", then.times, then.of);
            let words = format!("Evenings with a moment of connection: {now} now, {then} then.");
            self.page.hang_in(&format!("  {words}"))
        }));
        lines.extend(beside.closeness.and_then(|means| {
            let word = |mean| closeness_words(mean, &beside.labels);
            let words = both(&word(means.now)?, &word(means.then)?);
            Some(self.page.hang_in(&format!("  How close it felt: {words}.")))
        }));
        if lines.len() == 1 {
            return Vec::new();
        }
        lines.push(self.page.hang(NO_CHANGE));
        lines.extend(beside.change.as_ref().and_then(|change| claim(self.page, beside, change)));
        lines
    }
}

/// "“close” now, “a little” then", "“close”, both times".
fn both(now: &str, then: &str) -> String {
    if now == then { format!("{now}, both times") } else { format!("{now} now, {then} then") }
}

/// A mean in the words of its scale: a step, or between two of them.
fn closeness_words(mean: f64, labels: &[String]) -> Option<String> {
    let label = |step| step_label(labels, step).map(|words| format!("“{words}”"));
    near_or_between(mean, is_near_step(mean), label)
}

/// What a longer time tells, with its own spans.
fn claim(page: &MonthPage, beside: &Beside, change: &Change) -> Option<String> {
    let then = change.then?;
    let [now_words, then_words] =
        [change.now.mean?, then.mean?].map(|mean| closeness_words(mean, &beside.labels));
    let (now_words, then_words) = (now_words?, then_words?);
    let words = if now_words == then_words {
        format!("{now_words} both times")
    } else {
        format!("{then_words} then, {now_words} now")
    };
    let is = match change.claim {
        Claim::Higher => "higher than",
        Claim::Lower => "lower than",
        Claim::Same => "about the same as",
        Claim::TooFew => return None,
    };
    let months = months(then.span, change.now.span);
    let answers = format!("{} then, {} now", answers(then.answers), change.now.answers);
    Some(
        page.hang(&format!("Over a longer time, closeness is {is} {months} ({words}; {answers}).")),
    )
}

/// "in May", "from March to June"; with the year where it is another one.
fn months(span: ComparisonSpan, now: ComparisonSpan) -> String {
    let has_other_year = [span.from, span.to].iter().any(|day| day.year() != now.to.year());
    let (month, year) = ("%B", "%B %Y");
    let form = if has_other_year { year } else { month };
    let (from, to) = (span.from.format(form).to_string(), span.to.format(form).to_string());
    if from == to { format!("in {from}") } else { format!("from {from} to {to}") }
}
