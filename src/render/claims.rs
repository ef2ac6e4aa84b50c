//! What may be called a change, in words: both spans, both figures and how many
//! answers each rests on stand beside every claim. "Higher" is never "better".

use chrono::{Datelike, NaiveDate};

use crate::pattern::change::{Against, Change, Claim, ComparisonSpan, Outlook, SpanMean};
use crate::pattern::{Count, FigureGroup, FigureLine, Together};

use super::clean_line;
use super::report::number;
use super::sentences::times;
use super::shares::{interval, share_of};

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
pub fn of_line(line: &FigureLine, several: bool) -> Vec<String> {
    let Some(change) = &line.change else { return Vec::new() };
    let lead = if several { format!("“{}”: ", clean_line(&line.title)) } else { String::new() };
    let words = |value| in_words(value, line.low, &line.labels);
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
        return vec![format!(
            "{lead}{}: {} {}, and no earlier weeks with enough to compare.",
            capital("too few to say whether it changed", several),
            answers(change.now.answers),
            on(change.now.span)
        )];
    };
    let claim = format!("{lead}{}", capital(&claim(change), several));
    let mut sentences = vec![format!("{claim}: {}, against {}.", side(&change.now), side(then))];
    sentences.extend(outlook(change.outlook));
    sentences
}

/// "higher than half a year before"; the spans beside it say of which days.
fn claim(change: &Change) -> String {
    let than = match change.against {
        Some(Against::HalfYear) => "half a year before",
        Some(Against::First) => "in the earliest weeks with enough answers",
        Some(Against::Previous) => "in the four weeks before",
        Some(Against::Named) => "in the span you named",
        None => "the time before",
    };
    match change.is {
        Claim::Higher => format!("higher than {than}"),
        Claim::Lower => format!("lower than {than}"),
        Claim::Same => format!("about the same as {than}, within the usual ups and downs"),
        Claim::TooFew => "too few to say whether it changed".to_owned(),
    }
}

fn outlook(of: Outlook) -> Option<String> {
    match of {
        Outlook::Open => None,
        Outlook::Weeks(weeks) => Some(format!(
            "After about {weeks} more weeks at this pace, a change of one step would by itself be about as likely as not to show."
        )),
        Outlook::Beyond => {
            Some("At this pace, even after a year a change of one step would sooner be missed than seen.".to_owned())
        }
    }
}

/// A share of all answers: "13 of 22 evenings".
pub fn of_share(change: &Change, occasion: &str) -> String {
    let side = |of: &SpanMean| {
        let times = of.times.unwrap_or_default();
        format!("{times} of {} {occasion}{} {}", of.answers, interval(of), on(of.span))
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
    let each = changes().map(|(count, change)| {
        let then = change.then.as_ref().map_or_else(String::new, share_of);
        let (answer, now) = (clean_line(&count.answer), share_of(&change.now));
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
    let times = times(change.now.answers);
    Some(format!("On average {then} before and {now} after, {times} {span}: {said}."))
}

/// What goes together with the kind of day.
pub fn of_groups(groups: &[FigureGroup], together: &[Together]) -> Vec<String> {
    let mut said = Vec::new();
    if let ([first, second], [row, ..]) = (groups, together) {
        let (first, second) = (clean_line(&first.group), clean_line(&second.group));
        let span = on(row.change.now.span);
        said.push(if together.iter().any(|row| row.change.is != Claim::TooFew) {
            let rows = together.iter().map(of_row).collect::<Vec<_>>().join("; ");
            format!("On days “{first}” against days “{second}”, {span}: {rows}.")
        } else {
            let with = answers(row.change.now.answers);
            let without = row.change.then.map_or(0, |then| then.answers);
            format!(
                "Too few to say whether they go together: {with} on days “{first}” and {without} on days “{second}”, {span}."
            )
        });
        said.push("Four weeks with days of one kind alone are left out of that.".to_owned());
    }
    said.push(
        "Counted where both were written on one day. Such days may differ in other ways."
            .to_owned(),
    );
    said
}

fn of_row(of: &Together) -> String {
    let side = |side: &SpanMean| match side.times {
        Some(_) => share_of(side),
        None => {
            let mean = side.mean.map_or_else(|| "nothing".to_owned(), number);
            format!("{mean} of {}", answers(side.answers))
        }
    };
    let answer = of.answer.as_ref().map(|answer| format!("“{}” ", clean_line(answer)));
    let then = of.change.then.as_ref().map_or_else(String::new, side);
    let (now, is) = (side(&of.change.now), word(of.change.is));
    format!("{}{is}, {now} against {then}", answer.unwrap_or_default())
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
fn on(span: ComparisonSpan) -> String {
    let preposition = if span.from == span.to { "on" } else { "from" };
    format!("{preposition} {}", span_days(span))
}

/// "27 October to 23 November 2026".
pub fn span_days(ComparisonSpan { from, to }: ComparisonSpan) -> String {
    let whole = |day: NaiveDate| day.format("%-d %B %Y").to_string();
    let first = match () {
        () if from == to => return whole(to),
        () if (from.year(), from.month()) == (to.year(), to.month()) => from.day().to_string(),
        () if from.year() == to.year() => from.format("%-d %B").to_string(),
        () => whole(from),
    };
    format!("{first} to {}", whole(to))
}

/// At the beginning of a sentence.
fn capital(words: &str, inside: bool) -> String {
    let mut letters = words.chars();
    match letters.next().filter(|_| !inside) {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => words.to_owned(),
    }
}

#[cfg(test)]
mod tests {
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
            title: "How close?".into(),
            low: 0.0,
            high: 4.0,
            points: Vec::new(),
            months: Vec::new(),
            change: Some(change),
            labels: labels.map(str::to_owned).to_vec(),
            answers: Vec::new(),
        }
    }

    fn change(is: Claim, now: Option<f64>, then: Option<f64>) -> Change {
        Change {
            is,
            against: then.map(|_| Against::HalfYear),
            then: then.map(|then| mean(span("2026-03-31", "2026-06-22"), Some(then), 31)),
            now: mean(span("2026-10-27", "2026-11-23"), now, if now.is_some() { 12 } else { 0 }),
            evidence: None,
            outlook: Outlook::Open,
        }
    }

    #[test]
    fn a_value_has_the_words_of_its_scale() {
        let labels = ["never", "", "often"].map(str::to_owned);
        let words = |value| in_words(value, 1.0, &labels);
        assert_eq!(words(3.0), "3, “often”");
        assert_eq!(words(2.8), "2.8, near “often”");
        assert_eq!(words(2.5), "2.5", "the step below has no word");
        assert_eq!(words(1.25), "1.25, near “never”");
        assert_eq!(
            in_words(1.5, 0.0, &["no".into(), "a little".into(), "yes".into()]),
            "1.5, between “a little” and “yes”"
        );
        assert_eq!(in_words(50.5, 0.0, &[]), "50.5");
    }

    #[test]
    fn each_of_the_four_words_stands_beside_both_spans_and_both_figures() {
        let said = |is, now, then| of_line(&line(change(is, now, then)), false).join(" ");
        assert_eq!(
            said(Claim::Higher, Some(2.9), Some(1.5)),
            "Higher than half a year before: 2.9, near “close”, from 27 October to 23 November 2026 (12 answers), against 1.5, between “a little” and “somewhat”, from 31 March to 22 June 2026 (31 answers)."
        );
        let starts = |is, with: &str| assert!(said(is, Some(2.0), Some(2.0)).starts_with(with));
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
            "Too few to say whether it changed: 12 answers from 27 October to 23 November 2026, and no earlier weeks with enough to compare."
        );
    }

    #[test]
    fn whoever_writes_little_hears_what_more_would_tell() {
        let of = |outlook| {
            let change = Change { outlook, ..change(Claim::TooFew, Some(2.0), Some(1.0)) };
            of_line(&line(change), true).remove(1)
        };
        let weeks = "After about 6 more weeks at this pace, a change of one step would by itself be about as likely as not to show.";
        assert_eq!(of(Outlook::Weeks(6)), weeks);
        let beyond = "At this pace, even after a year a change of one step would sooner be missed than seen.";
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
    fn a_span_is_as_short_as_it_can_be() {
        assert_eq!(on(span("2026-11-02", "2026-11-29")), "from 2 to 29 November 2026");
        assert_eq!(on(span("2026-11-02", "2026-11-02")), "on 2 November 2026");
        let turn = on(span("2025-12-15", "2026-01-11"));
        assert_eq!(turn, "from 15 December 2025 to 11 January 2026");
    }
}
