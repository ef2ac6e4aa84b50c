//! The first screen in words: for whoever hears it, and for a page too narrow for columns.

use crate::pattern::change::{Claim, SpanMean};
use crate::pattern::{Figure, FigureLine, Overview, OverviewRow, OverviewTopic};

use super::super::super::claims::{answers, of_side, value_of_line, word};
use super::super::super::proportion::interval;
use super::super::scores::without_private;
use super::{
    ComparedSpans, beside_rows, beyond, from_to, heading, in_all, name, nothing_yet, noticed,
    ranges,
};

/// All of a chart in words.
#[derive(Clone, Debug)]
pub struct ChartWords {
    /// A line each.
    pub sentences: Vec<String>,
    /// What explains them, in one paragraph.
    pub notes: Vec<String>,
}

/// A sentence for each row, in the order of the questions on the screen; below, the days and
/// what else explains them is said once.
pub fn chart_words(
    topics: impl Iterator<Item = OverviewTopic>,
    overview: &Overview,
    figures: &[Figure],
    spans: &ComparedSpans,
) -> ChartWords {
    let first = crate::pattern::first_practice(figures);
    let mut sentences = Vec::new();
    for topic in topics {
        sentences.extend(overview.rows_of(topic).map(sentence));
        sentences.extend(in_all(topic, overview, figures).map(|line| line + "."));
        sentences.extend(noticed(topic, overview, figures));
        let question = heading(topic);
        let about = figures.iter().filter(|it| OverviewTopic::of(it, first) == Some(topic));
        // What can't be said yet says of what.
        let named = |line: String, figure: &Figure| {
            if figure.is_too_few() { format!("{question} {line}") } else { line }
        };
        let lines = about.filter_map(|figure| Some(named(beside_rows(figure, overview)?, figure)));
        let lines: Vec<String> = lines.collect();
        if lines.is_empty() && overview.rows_of(topic).next().is_none() {
            let nothing = nothing_yet(topic, figures, overview);
            sentences.extend(nothing.map(|nothing| format!("{question} {nothing}")));
        }
        sentences.extend(lines);
    }
    let mut notes = spans.in_words(overview);
    notes.extend(beyond(overview));
    if let [range] = ranges(overview).as_slice() {
        notes.push(format!("Averages are {}.", from_to(range)));
    }
    notes.extend(without_private(overview.rows.iter().map(|row| &row.line)));
    ChartWords { sentences, notes }
}

/// For a narrow page: a line for each row, in their order, with its mark, its figures and what
/// they say; then what holds for all of them.
pub fn brief(rows: &[(&OverviewRow, &str)], about: impl Iterator<Item = String>) -> Vec<String> {
    let line = |(row, note): &(&OverviewRow, &str)| {
        let name = format!("{} {note}", name(row));
        let Some(change) = &row.line.change else {
            return format!("{}: {}", name.trim_end(), word(Claim::TooFew));
        };
        let then = change.then.as_ref().map(|then| format!("{} → ", of_side(then)));
        let now = of_side(&change.now);
        let is = match change.claim {
            Claim::TooFew => "too few",
            Claim::Higher | Claim::Lower | Claim::Same => word(change.claim),
        };
        format!("{}: {}{now} {is}", name.trim_end(), then.unwrap_or_default())
    };
    rows.iter().map(line).chain(about.map(|words| words + ".")).collect()
}

/// “Closeness: lower. Now 0.93, near “a little” (14 answers); then 2.93, near “close” (42
/// answers).”
fn sentence(row: &OverviewRow) -> String {
    let Some(change) = &row.line.change else {
        return format!("{}: {}.", name(row), word(Claim::TooFew));
    };
    let is = word(change.claim);
    let now = side(&change.now, row);
    match &change.then {
        Some(then) => format!("{}: {is}. Now {now}; then {}.", name(row), side(then, row)),
        None => format!("{}: {is}. Now {now}.", name(row)),
    }
}

fn side(of: &SpanMean, row: &OverviewRow) -> String {
    let line: &FigureLine = &row.line;
    match (of.times, of.mean) {
        _ if of.answers == 0 => "no answer".to_owned(),
        (Some(_), _) => format!("{}{}", of_side(of), interval(of)),
        (None, Some(mean)) => {
            format!("{} ({})", value_of_line(mean, line), answers(of.answers))
        }
        (None, None) => "no answer".to_owned(),
    }
}
