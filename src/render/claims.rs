//! What may be called a change, in words: both spans, both figures and how many
//! answers each rests on stand beside every claim. "Higher" is never "better".

use chrono::{Datelike, NaiveDate};

use crate::pattern::change::{Against, Change, Claim, Outlook, Side, Span, SpanMean};
use crate::pattern::{Count, Group, Line, Together};

use super::clean_line;
use super::report::number;

/// A value in the words of its scale: `3, “close”`, `2.9, near “close”`, `2.5, between
/// “somewhat” and “close”`; the number alone where the scale has no words for it.
pub fn in_words(value: f64, low: f64, labels: &[String]) -> String {
    let label = |step: f64| -> Option<String> {
        let label = labels.get((step - low).max(0.0) as usize)?;
        (!label.is_empty()).then(|| clean_line(label))
    };
    let (below, nearest, above) = (value.floor(), value.round(), value.ceil());
    let number = number(value);
    match (value - nearest).abs() {
        0.0 => label(value).map(|label| format!("{number}, “{label}”")),
        0.0..=0.25 => label(nearest).map(|label| format!("{number}, near “{label}”")),
        _ => label(below)
            .zip(label(above))
            .map(|(below, above)| format!("{number}, between “{below}” and “{above}”")),
    }
    .unwrap_or(number)
}

/// What is claimed of a line of numbers.
pub fn of_line(line: &Line, several: bool) -> Vec<String> {
    let Some(change) = &line.change else { return Vec::new() };
    let lead = if several { format!("“{}”: ", clean_line(&line.title)) } else { String::new() };
    let words = |value| in_words(value, line.low, &line.labels);
    let side = |of: &SpanMean| match of.mean {
        Some(mean) => format!("{}, {} ({})", words(mean), on(of.span), answers(of.answers)),
        None => format!("no answer {}", on(of.span)),
    };
    let Some(then) = &change.then else {
        return vec![format!(
            "{lead}{}: {} {}, and no earlier weeks with enough to compare.",
            capital("too few to say whether it changed", several),
            answers(change.now.answers),
            on(change.now.span)
        )];
    };
    let claim = format!("{lead}{}", capital(&claim(change), several));
    let mut said = vec![format!("{claim}: {}, against {}.", side(&change.now), side(then))];
    said.extend(outlook(change.outlook));
    said
}

/// "higher in the last four weeks than half a year before".
fn claim(change: &Change) -> String {
    let (lately, than) = match change.against {
        Some(Against::HalfYear) => ("in the last four weeks ", "half a year before"),
        Some(Against::First) => ("in the last four weeks ", "in the first weeks"),
        Some(Against::Previous) => ("in the last four weeks ", "in the four weeks before"),
        Some(Against::Named) => ("in the last four weeks ", "in the span you named"),
        None => ("", "the time before"),
    };
    match change.is {
        Claim::Higher => format!("higher {lately}than {than}"),
        Claim::Lower => format!("lower {lately}than {than}"),
        Claim::Same => format!("about the same {lately}as {than}"),
        Claim::TooFew => "too few to say whether it changed".to_owned(),
    }
}

fn outlook(of: Outlook) -> Option<String> {
    match of {
        Outlook::Open => None,
        Outlook::Weeks(weeks) => Some(format!(
            "At this pace, a change of one step would take about {weeks} more weeks to see."
        )),
        Outlook::Beyond => {
            Some("At this pace, even a change of one step could be chance.".to_owned())
        }
    }
}

/// A share of all answers: "13 of 22 evenings".
pub fn of_share(change: &Change, occasion: &str) -> String {
    let side = |of: &SpanMean| {
        format!("{} of {} {occasion} {}", of.times.unwrap_or_default(), of.answers, on(of.span))
    };
    let claim = capital(&claim(change), false);
    match &change.then {
        Some(then) => format!("{claim}: {}, against {}.", side(&change.now), side(then)),
        None => {
            format!("{claim}: {}, and no earlier weeks with enough to compare.", side(&change.now))
        }
    }
}

/// Each option, where options are compared.
pub fn of_counts(counts: &[Count]) -> Option<String> {
    let changes = || counts.iter().filter_map(|count| Some((count, count.change.as_ref()?)));
    let (_, first) = changes().next()?;
    let Some(then) = &first.then else {
        return Some("Too few to say whether any of these changed.".to_owned());
    };
    let share = |of: &SpanMean| format!("{} of {}", of.times.unwrap_or_default(), of.answers);
    let each = changes().map(|(count, change)| {
        let then = change.then.as_ref().map_or_else(String::new, share);
        let (answer, now) = (clean_line(&count.answer), share(&change.now));
        format!("“{answer}” {}, {now} against {then}", word(change.is))
    });
    let each = each.collect::<Vec<_>>().join("; ");
    let (now, then) = (on(first.now.span), on(then.span));
    Some(format!("Answers {now}, against those {then}: {each}."))
}

/// Before and after in one session.
pub fn of_pairs(change: &Change) -> Option<String> {
    let (then, now) = (change.then.as_ref()?.mean?, change.now.mean?);
    let said = match change.is {
        Claim::Higher => "higher afterwards",
        Claim::Lower => "lower afterwards",
        Claim::Same => "about the same afterwards",
        Claim::TooFew => "too few to say whether they differ",
    };
    let (then, now, span) = (number(then), number(now), on(change.now.span));
    Some(format!("On average {then} before and {now} after, {span}: {said}."))
}

/// What goes together with the kind of day.
pub fn of_groups(groups: &[Group], together: &[Together]) -> Vec<String> {
    let mut said = Vec::new();
    let compared = together.iter().any(|row| row.contrast.is != Claim::TooFew);
    if let ([first, second], true) = (groups, compared) {
        let (first, second) = (clean_line(&first.group), clean_line(&second.group));
        let rows = together.iter().map(row).collect::<Vec<_>>().join("; ");
        said.push(format!(
            "In the last half year, on days “{first}” against days “{second}”: {rows}."
        ));
    } else if !together.is_empty() {
        said.push("Too few to say whether they go together.".to_owned());
    }
    said.push(
        "Counted where both were written on one day. Such days may differ in other ways."
            .to_owned(),
    );
    said
}

fn row(of: &Together) -> String {
    let side = |side: &Side| {
        let mean = side.mean.unwrap_or_default();
        match of.answer {
            Some(_) => format!("{:.0} of {}", mean * side.answers as f64, side.answers),
            None => format!("{} of {} answers", number(mean), side.answers),
        }
    };
    let answer = of.answer.as_ref().map(|answer| format!("“{}” ", clean_line(answer)));
    let (with, without) = (side(&of.contrast.with), side(&of.contrast.without));
    format!("{}{}, {with} against {without}", answer.unwrap_or_default(), word(of.contrast.is))
}

/// The four words.
pub fn word(is: Claim) -> &'static str {
    match is {
        Claim::Higher => "higher",
        Claim::Lower => "lower",
        Claim::Same => "about the same",
        Claim::TooFew => "too few to say",
    }
}

fn answers(count: usize) -> String {
    if count == 1 { "1 answer".to_owned() } else { format!("{count} answers") }
}

/// "from 27 October to 23 November 2026".
fn on(span: Span) -> String {
    let whole = |day: NaiveDate| day.format("%-d %B %Y").to_string();
    match span {
        Span { from, to } if from == to => format!("on {}", whole(to)),
        Span { from, to } if from.year() == to.year() => {
            format!("from {} to {}", from.format("%-d %B"), whole(to))
        }
        Span { from, to } => format!("from {} to {}", whole(from), whole(to)),
    }
}

/// At the beginning of a sentence.
fn capital(words: &str, inside: bool) -> String {
    let mut letters = words.chars();
    match letters.next().filter(|_| !inside) {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => words.to_owned(),
    }
}
