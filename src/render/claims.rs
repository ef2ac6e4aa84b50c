//! What may be called a change, in words: both spans, both figures and how many
//! answers each rests on stand beside every claim. "Higher" is never "better".

use crate::pattern::change::{BaselineKind, Change, Claim, ComparisonSpan, Outlook, SpanMean};
use crate::pattern::{Count, FigureGroup, FigureLine, KindComparison};
use crate::words::{capitalize, count_of, day_range_words, short_day_range_words};

use super::clean_line;
use super::proportion::{interval, share_of};
use super::report::{is_near_step, near_or_between, number, step_label};
use super::sentences::times;

/// A value in the words of its scale: `3, “close”`, `2.9, near “close”`, `2.5, between
/// “somewhat” and “close”`; the number alone where the scale has no words for it.
pub fn value_in_words(value: f64, low: f64, labels: &[String]) -> String {
    let label = |step| step_label(labels, step - low).map(|words| format!("“{words}”"));
    let (is_step, is_near) = (value == value.round(), is_near_step(value));
    let near = if is_near && !is_step { "near " } else { "" };
    let words = near_or_between(value, is_near, label).map(|words| format!(", {near}{words}"));
    number(value) + &words.unwrap_or_default()
}

/// A value of a line: in its unit, or in the words of its scale.
pub fn value_of_line(value: f64, line: &FigureLine) -> String {
    match line.unit {
        Some(unit) => in_unit(&number(value), unit),
        None => value_in_words(value, line.low, &line.labels),
    }
}

/// "3 minutes", "1 minute".
pub fn in_unit(number: &str, unit: &str) -> String {
    let unit = if number == "1" { unit.trim_end_matches('s') } else { unit };
    format!("{number} {unit}")
}

/// What is claimed of a line of numbers.
pub fn of_line(line: &FigureLine, several: bool) -> Vec<String> {
    let Some(change) = &line.change else { return Vec::new() };
    let lead = if several { format!("“{}”: ", clean_line(&line.title)) } else { String::new() };
    let words = |value| value_of_line(value, line);
    let highest = line.labels.last().filter(|label| !label.is_empty());
    let yes = highest.map_or_else(|| number(line.high), |label| clean_line(label));
    let side = |of: &SpanMean| match (of.mean, of.times) {
        (_, Some(_)) if of.answers > 0 => {
            format!("“{yes}” in {} answers, {}", share_of(of), on(of.span))
        }
        (Some(mean), _) => format!("{}, {} ({})", words(mean), on(of.span), answers(of.answers)),
        (None, _) => format!("no answer {}", on(of.span)),
    };
    let Some(then) = &change.then else {
        let now = if change.against == Some(BaselineKind::Named) {
            side(&change.now)
        } else {
            format!("{} {}", answers(change.now.answers), on(change.now.span))
        };
        let is = "too few to say whether it changed";
        let words = format!("{lead}{is}: {now}, and {}.", nothing_before(change));
        return vec![capitalize(&words)];
    };
    let claim = capitalize(&format!("{lead}{}", claim(change)));
    let mut sentences = vec![format!("{claim}: {}, against {}.", side(&change.now), side(then))];
    sentences.extend(outlook(change.outlook));
    sentences
}

/// "higher than half a year before"; the spans beside it say of which days.
fn claim(change: &Change) -> String {
    let than = match change.against {
        Some(BaselineKind::HalfYear) => "half a year before",
        Some(BaselineKind::First) => "in the earliest weeks with enough answers",
        Some(BaselineKind::Previous) => "in the four weeks before",
        Some(BaselineKind::Named) => "in the span you chose",
        Some(BaselineKind::NearHalfYear) => "the time nearest to half a year before",
        Some(BaselineKind::FirstSession) => "the first time",
        Some(BaselineKind::SessionBefore) => "the time before",
        Some(BaselineKind::SixBefore) => "the six times before",
        None => "before",
    };
    match change.claim {
        Claim::Higher => format!("higher than {than}"),
        Claim::Lower => format!("lower than {than}"),
        Claim::Same => format!("about the same as {than}, within the usual ups and downs"),
        Claim::TooFew => "too few to say whether it changed".to_owned(),
    }
}

/// Why there is nothing to compare with.
fn nothing_before(change: &Change) -> &'static str {
    if change.against == Some(BaselineKind::Named) {
        "the days you chose are in these or after them"
    } else {
        "too few answers in earlier weeks to compare"
    }
}

fn outlook(of: Outlook) -> Option<String> {
    match of {
        Outlook::Open => None,
        Outlook::Weeks(weeks) => Some(format!(
            "After about {weeks} more weeks at this pace, a change of one point would have about an even chance to show."
        )),
        Outlook::Beyond => {
            Some("At this pace, even after a year, a change of one point would more likely be missed than seen.".to_owned())
        }
    }
}

/// A share of all answers: "13 of 22 evenings".
pub fn of_share(change: &Change, occasion: &str) -> String {
    let side = |of: &SpanMean| {
        let times = of.times.unwrap_or_default();
        format!("{times} of {} {occasion}{} {}", of.answers, interval(of), on(of.span))
    };
    let claim = capitalize(&claim(change));
    match &change.then {
        Some(then) => format!("{claim}: {}, against {}.", side(&change.now), side(then)),
        None => {
            format!("{claim}: {}, and {}.", side(&change.now), nothing_before(change))
        }
    }
}

/// Each option, where options are compared.
pub fn of_counts(counts: &[Count]) -> Option<String> {
    let changes = || counts.iter().filter_map(|count| Some((count, count.change.as_ref()?)));
    let (_, first) = changes().next()?;
    let Some(then_side) = &first.then else {
        return Some("Too few to say whether any of these changed.".to_owned());
    };
    let each =
        changes().filter(|(_, change)| change.claim != Claim::TooFew).map(|(count, change)| {
            let then = change.then.as_ref().map_or_else(String::new, share_of);
            let (answer, now) = (clean_line(&count.answer), share_of(&change.now));
            format!("“{answer}” {}, {now} against {then}", word(change.claim))
        });
    let each: Vec<String> = each.collect();
    let (now, then) = (on(first.now.span), on(then_side.span));
    if each.is_empty() {
        let (answers_now, answers_then) = (answers(first.now.answers), then_side.answers);
        return Some(format!(
            "Too few to say whether any of these changed: {answers_now} {now}, {answers_then} {then}."
        ));
    }
    let rest =
        if each.len() < changes().count() { "; too few to say about the others" } else { "" };
    Some(format!("Answers {now}, against those {then}: {}{rest}.", each.join("; ")))
}

/// Before and after in one session.
pub fn of_pairs(change: &Change) -> Option<String> {
    let said = match change.claim {
        Claim::TooFew => "too few to say whether they differ",
        Claim::Higher | Claim::Lower | Claim::Same => afterwards(change.claim),
    };
    let (then, now) = (change.then.as_ref()?.mean?, change.now.mean?);
    let (then, now, span) = (number(then), number(now), on(change.now.span));
    let times = times(change.now.answers);
    Some(format!("On average {then} before and {now} after, {times} {span}: {said}."))
}

/// The four words, of one session.
pub fn afterwards(claim: Claim) -> &'static str {
    match claim {
        Claim::Higher => "higher afterwards",
        Claim::Lower => "lower afterwards",
        Claim::Same => "about the same afterwards",
        Claim::TooFew => word(claim),
    }
}

/// What goes together with the kind of day: what can be said of, and the last, which the first
/// screen has as well.
pub fn of_groups(groups: &[FigureGroup], together: &[KindComparison]) -> Vec<String> {
    let mut sentences = Vec::new();
    if let ([first, second], [.., last]) = (groups, together) {
        let kinds = DayKinds { first: &first.group, second: &second.group, with: "with" };
        let is_claim = |row: &&KindComparison| row.change.claim != Claim::TooFew;
        let others = &together[..together.len() - 1];
        let rows = others.iter().filter(is_claim).chain([last]);
        sentences.extend(rows.map(|row| kinds.sentence(row, &on(row.sides.with.span))));
        if !others.iter().all(|row| is_claim(&row)) {
            sentences.push("Too few to say about the others.".to_owned());
        }
        if together.iter().any(|row| is_claim(&row)) {
            sentences
                .push("Only four-week stretches with days of both kinds are compared.".to_owned());
        }
        sentences.extend(
            kinds.has_both().then(|| "A day with both counts as a day with one.".to_owned()),
        );
    }
    sentences.push("Such days may differ in other ways.".to_owned());
    sentences
}

/// How days of two kinds are called.
pub struct DayKinds<'a> {
    pub first: &'a str,
    pub second: &'a str,
    /// Days with what the others are without.
    pub with: &'a str,
}

impl DayKinds<'_> {
    /// Are they days with it and without it?
    fn has_both(&self) -> bool {
        (self.first, self.second) == ("with", "without")
    }

    /// “I did it” from 31 May: 3 of 41 with a plan, 0 of 9 without: too few to say.
    pub fn sentence(&self, row: &KindComparison, days: &str) -> String {
        let answer = row.answer.as_ref().map(|answer| format!("“{}” ", clean_line(answer)));
        let lead = capitalize(&format!("{}{days}", answer.unwrap_or_default()));
        let (with, without) = (of_side(&row.sides.with), of_side(&row.sides.without));
        let is = word(row.change.claim);
        if self.has_both() {
            return format!("{lead}: {with} {}, {without} without: {is}.", self.with);
        }
        let (first, second) = (clean_line(self.first), clean_line(self.second));
        format!("{lead}: {with} on days “{first}”, {without} on days “{second}”: {is}.")
    }
}

/// "13 of 22", or a mean and how many answers it is of.
pub fn of_side(side: &SpanMean) -> String {
    match (side.times, side.mean) {
        (Some(_), None) if side.answers == 0 => "–".to_owned(),
        (Some(times), _) => format!("{times} of {}", side.answers),
        (None, Some(mean)) => format!("{} ({})", number(mean), side.answers),
        (None, None) => "–".to_owned(),
    }
}

/// The four words.
pub fn word(claim: Claim) -> &'static str {
    match claim {
        Claim::Higher => "higher",
        Claim::Lower => "lower",
        Claim::Same => "about the same",
        Claim::TooFew => "too few to say",
    }
}

/// "1 answer", "12 answers".
pub fn answers(count: usize) -> String {
    count_of(count, "answer", "answers")
}

/// "from 27 October to 23 November 2026".
fn on(span: ComparisonSpan) -> String {
    let preposition = if span.from == span.to { "on" } else { "from" };
    format!("{preposition} {}", span_days(span))
}

/// "27 October to 23 November 2026".
pub fn span_days(span: ComparisonSpan) -> String {
    day_range_words(span.from, span.to)
}

/// "27 Oct to 23 Nov 2026".
pub fn short_span_days(span: ComparisonSpan) -> String {
    short_day_range_words(span.from, span.to)
}

#[cfg(test)]
mod tests;
