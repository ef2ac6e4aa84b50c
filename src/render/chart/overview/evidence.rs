//! The writer's own evidence of fear and harm, above the rows of the first screen.

use crate::pattern::change::SpanMean;
use crate::pattern::{Body, Count, Figure, OverviewDetail};
use crate::words::capitalize;

use super::super::super::claims::{of_side, word};
use super::super::super::clean_line;
use super::super::super::terminal::short_day;
use super::ComparedSpans;

/// A line that counts what was answered about fear and harm, then and now; a closer look has
/// the rest.
pub fn evidence(figure: &Figure, detail: OverviewDetail, spans: &ComparedSpans) -> Option<String> {
    let Body::Counts { counts, .. } = &figure.body else { return None };
    let counted = counts.iter().filter(|count| count.harm && count.times > 0).rev();
    let counted: Vec<String> = counted.map(|count| evidence_count(count, detail, spans)).collect();
    let title = capitalize(&clean_line(&figure.title));
    let line = format!("{title} ({}): {}", figure.rests_on, counted.join(" · "));
    (!counted.is_empty()).then_some(line)
}

/// “It wasn't safe 7 (now 4 of 16, then 0 of 49, higher)”. A total alone would hide that it
/// grew, so it has its last day where nothing can be compared.
fn evidence_count(count: &Count, detail: OverviewDetail, spans: &ComparedSpans) -> String {
    let total = format!("{} {}", clean_line(&count.answer), count.times);
    let is_claim = count.change.as_ref().is_some_and(|change| change.claim.is_direction());
    if detail >= OverviewDetail::Brief && !is_claim {
        return total;
    }
    let change = count.change.as_ref().and_then(|change| Some((change, change.then.as_ref()?)));
    let times = |side: &SpanMean| side.times.unwrap_or(0);
    match change.filter(|(change, then)| times(&change.now) + times(then) > 0) {
        Some((change, then)) => {
            let (now, then) = (of_side(&change.now), of_side(then));
            let days = spans.other_days(change).map(|days| format!("; {days}"));
            let (is, days) = (word(change.claim), days.unwrap_or_default());
            format!("{total} (now {now}, then {then}, {is}{days})")
        }
        None => {
            let last = count.latest.map(|day| format!(", last on {}", short_day(day)));
            format!("{total}{}", last.unwrap_or_default())
        }
    }
}
