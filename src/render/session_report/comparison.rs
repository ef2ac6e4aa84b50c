//! What differs from last time, and what may be said of all of them.

use chrono::NaiveDate;

use crate::pattern::change::{Claim, ComparisonSpan, SESSIONS_ON_A_SIDE, SpanMean};
use crate::pattern::{Comparison, ItemPair, ScoreClaim, SessionsTested};
use crate::words::{capitalize, day_and_month, long_day, number_words};

use super::super::clean_line;
use super::super::report::value_words;
use super::super::sentences::chance;
use super::{ReportLayout, item_name, rows};

/// At least so many items are listed, however little room there is.
const LEAST_ITEMS: usize = 3;

/// In at most so many rows, as long as that leaves a few items.
pub fn lines(of: &Comparison, layout: ReportLayout, room: usize) -> String {
    let early = of.early.then(|| format!("{} too short to show much.", days(of.days)));
    let last = day_and_month(of.last);
    let (reworded, change) = (reworded(&of.reworded, layout), change_lines(of, layout));
    let early = early.map(|words| layout.wrap(&words));
    // What is said of months stands below what is said of the last time.
    let around: Vec<String> = [reworded, early, change].into_iter().flatten().collect();
    let used: usize = around.iter().map(|block| rows(block)).sum();
    let mut all = Vec::new();
    let room = room.saturating_sub(used + 1);
    if !of.hard.is_empty() {
        all.push(layout.wrap(&format!("What hurt, answered differently from {last}:")));
        all.extend(item_lines(&of.hard, layout, room, LEAST_ITEMS));
        if !of.items.is_empty() {
            all.push(String::new());
        }
    }
    let room = room.saturating_sub(all.len());
    if of.compared > 0 && of.items.is_empty() && of.hard.is_empty() {
        let (which, within) = (which(of), within(of.steps));
        all.push(layout.wrap(&format!("{which} is within {within} of {last}'s.")));
    }
    let apart = apart(of.steps);
    if !of.hard.is_empty() && room < 2 && of.items.len() > room {
        // None of them fits below a heading of its own.
        let more = match of.items.len() {
            1 => "One more answer differs".to_owned(),
            count => format!("{count} more answers differ"),
        };
        all.push(layout.wrap(&format!("{more} by {apart} or more; see `inward show`.")));
    } else if !of.items.is_empty() {
        let which = if of.hard.is_empty() { "Answered" } else { "What else was answered" };
        all.push(layout.wrap(&format!("{which} differently from {last}, by {apart} or more:")));
        let least = if of.hard.is_empty() { LEAST_ITEMS } else { 0 };
        all.extend(item_lines(&of.items, layout, room, least));
    }
    all.extend(around);
    all.join("\n")
}

fn item_lines(items: &[ItemPair], layout: ReportLayout, room: usize, least: usize) -> Vec<String> {
    let shown = if items.len() > room {
        // One row says how many more there are.
        room.saturating_sub(1).max(least).min(items.len())
    } else {
        items.len()
    };
    let line = |pair: &ItemPair| {
        let (then, now) = (pair.now.words(pair.then), pair.now.answer_words());
        let name = item_name(&pair.now, layout);
        layout.hang(&format!("{name}: {} then, {} now", clean_line(&then), clean_line(&now)), "  ")
    };
    let mut lines: Vec<String> = items[..shown].iter().map(line).collect();
    let rest = items.len() - shown;
    lines.extend((rest > 0).then(|| format!("  and {rest} more; `inward show` lists them")));
    lines
}

fn reworded(items: &[String], layout: ReportLayout) -> Option<String> {
    let items = items.iter().map(|item| clean_line(item)).collect::<Vec<_>>().join("; ");
    let words = format!("Asked in other words last time, so not compared: {items}.");
    (!items.is_empty()).then(|| layout.wrap(&words))
}

/// What may be said of the scores, or that nothing may. Of what hurt alone, chance is no word,
/// unless some of it hurt less: that is no proof that it's over.
fn change_lines(of: &Comparison, layout: ReportLayout) -> Option<String> {
    if !of.claims.is_empty() {
        let lines = of.claims.iter().map(|claim| layout.hang(&claim_words(claim), ""));
        return Some(lines.collect::<Vec<_>>().join("\n"));
    }
    let fell = |pair: &ItemPair| pair.now.step.is_some_and(|now| now < pair.then);
    let alone = !of.hard.is_empty() && of.items.is_empty();
    let is_said = of.compared > 0 && (!alone || of.hard.iter().any(fell));
    is_said.then(|| layout.wrap(&no_change(of.sessions)))
}

/// Why no change is named.
pub(super) fn no_change(sessions: SessionsTested) -> String {
    match sessions {
        SessionsTested::Sixes => {
            let each = number_words(SESSIONS_ON_A_SIDE);
            format!(
                "The last {each} sets of answers don't differ from the {each} before by more than chance might explain."
            )
        }
        SessionsTested::TooFew(sessions) => chance(sessions),
    }
}

/// One of the four words, with both spans and both figures.
fn claim_words(claim: &ScoreClaim) -> String {
    let title = clean_line(&claim.score.title);
    let is = match claim.claim {
        Claim::Higher => "higher than",
        Claim::Lower => "lower than",
        Claim::Same => "about the same as",
        Claim::TooFew => return format!("{title}: too few to say."),
    };
    let words = |of: &SpanMean| of.mean.map(|mean| value_words(&claim.score, mean));
    let words = |of: &SpanMean| words(of).unwrap_or_default();
    let (then, now) = (words(&claim.then), words(&claim.now));
    let figures = if then == now {
        format!("“{now}” both times")
    } else {
        format!("“{then}” then, “{now}” now")
    };
    let answers = format!("{} answers then, {} now", claim.then.answers, claim.now.answers);
    format!("{title}: {is} {} ({figures}; {answers}).", span(claim.then.span))
}

/// "from March to June", "in March", or "on 29 October".
fn span(ComparisonSpan { from, to }: ComparisonSpan) -> String {
    let month = |day: NaiveDate| day.format("%B %Y").to_string();
    if from == to {
        format!("on {}", long_day(from))
    } else if month(from) == month(to) {
        format!("in {}", month(from))
    } else if from.format("%Y").to_string() == to.format("%Y").to_string() {
        format!("from {} to {}", from.format("%B"), to.format("%B"))
    } else {
        format!("from {} to {}", month(from), month(to))
    }
}

/// "Five days is", and what else a few days are.
fn days(count: i64) -> String {
    match count {
        0 => "The same day is".to_owned(),
        1 => "One day is".to_owned(),
        many => format!("{} days is", capitalize(&number_words(many.unsigned_abs() as usize))),
    }
}

/// What is said of every answer is said of those that stand beside one.
fn which(of: &Comparison) -> &'static str {
    match (of.compared, of.answered) {
        (compared, answered) if compared == answered => "Every answer",
        (1, _) => "The one item answered both times",
        _ => "Every item answered both times",
    }
}

fn apart(steps: Option<i64>) -> String {
    match steps {
        Some(1) => "one step".to_owned(),
        Some(steps) => format!("{} steps", number_words(steps.unsigned_abs() as usize)),
        None => "half the scale".to_owned(),
    }
}

fn within(steps: Option<i64>) -> String {
    match steps {
        Some(steps) if steps > 1 => apart(Some(steps - 1)),
        Some(_) | None => "half the scale".to_owned(),
    }
}
