//! The first screen: half a year ago and now, a row for each number that there is.

use chrono::{Datelike, NaiveDate};

use crate::pattern::change::{Against, Change, Claim, ComparisonSpan, SpanMean};
use crate::pattern::{Body, Figure, Overview, OverviewRow, OverviewUnit};

use super::super::claims::{of_line, of_share, span_days, word};
use super::super::clean_line;
use super::super::report::number;
use super::{Chart, ChartPart, Mark, Table, TableCell, TableColumn, TableRow};

/// Marks of rows that compare other days than the first.
const NOTES: [&str; 6] = ["", "*", "†", "‡", "§", "¶"];

/// `figures` are those that the overview is of: evidence of harm stands above its rows.
pub fn overview_chart(overview: &Overview, figures: &[Figure], about: String) -> Chart {
    let evidence: Vec<String> = figures.iter().filter(|it| it.harm).filter_map(evidence).collect();
    let evidence = (!evidence.is_empty()).then_some(ChartPart::Lines(evidence));
    let table = ChartPart::Tables(vec![table(overview)]);
    Chart {
        title: title(overview).to_owned(),
        about,
        parts: evidence.into_iter().chain([table]).collect(),
        sentences: below(overview),
        words: Some(overview.rows.iter().filter_map(sentence).collect()),
    }
}

/// A line that counts what was answered.
fn evidence(figure: &Figure) -> Option<String> {
    let Body::Counts { counts, .. } = &figure.body else { return None };
    let said = counts.iter().filter(|count| count.times > 0).rev();
    let said: Vec<String> =
        said.map(|count| format!("{} {}", clean_line(&count.answer), count.times)).collect();
    Some(format!("{} ({}): {}", clean_line(&figure.title), figure.rests_on, said.join(" · ")))
}

fn title(overview: &Overview) -> &'static str {
    let changes = overview.rows.iter().filter_map(|row| row.line.change.as_ref());
    match changes.filter_map(|change| change.against).next() {
        Some(Against::HalfYear) => "Half a year ago and now",
        Some(Against::First) => "The first weeks and now",
        Some(Against::Previous) => "The four weeks before and now",
        Some(Against::Named) => "Then and now",
        None => "The last weeks",
    }
}

fn table(overview: &Overview) -> Table {
    let strip = TableColumn { axis: axis(overview), ..TableColumn::default() };
    let columns =
        vec![strip, TableColumn::right("then"), TableColumn::right("now"), TableColumn::headed("")];
    let spans = compared_spans(overview);
    let row = |row: &OverviewRow| table_row(row, overview.unit, note(&spans, row));
    let rows = overview.rows.iter().map(row).collect();
    Table { columns, rows, ..Table::default() }
}

/// Months by their names, weeks by the month that begins in them, days by the first.
fn axis(overview: &Overview) -> Vec<String> {
    let month = |day: NaiveDate| day.format("%b").to_string();
    let name = |(at, day): (usize, &NaiveDate)| match overview.unit {
        OverviewUnit::Months => month(*day),
        OverviewUnit::Weeks if at == 0 || day.day() <= 7 => month(*day),
        OverviewUnit::Days if at == 0 || day.day() == 1 => month(*day),
        OverviewUnit::Weeks | OverviewUnit::Days => String::new(),
    };
    overview.slots.iter().enumerate().map(name).collect()
}

fn table_row(row: &OverviewRow, unit: OverviewUnit, note: &str) -> TableRow {
    let mark = match unit {
        OverviewUnit::Days => Mark::DayDots(row.levels.iter().map(Option::is_some).collect()),
        OverviewUnit::Weeks | OverviewUnit::Months => Mark::Strip(row.levels.clone()),
    };
    let change = row.line.change.as_ref();
    let (then, now) = (change.and_then(|it| it.then.as_ref()), change.map(|it| &it.now));
    let is = change.map_or(Claim::TooFew, |change| change.is);
    let value = |side: Option<&SpanMean>| TableCell::words(side.map(value).unwrap_or_default());
    let cells = vec![TableCell::new("", mark), value(then), value(now), TableCell::words(word(is))];
    TableRow { name: format!("{} {note}", name(row)).trim_end().to_owned(), cells }
}

/// “Evenings with a moment”.
fn name(row: &OverviewRow) -> String {
    let Some(occasion) = row.occasion else { return clean_line(&row.title) };
    let mut letters = occasion.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    format!("{} with a moment", first.chain(letters).collect::<String>())
}

/// "13 of 22", or a mean and how many answers it is of.
fn value(side: &SpanMean) -> String {
    match (side.times, side.mean) {
        (Some(times), _) => format!("{times} of {}", side.answers),
        (None, Some(mean)) => format!("{} ({})", number(mean), side.answers),
        (None, None) => "–".to_owned(),
    }
}

type ComparedSpans = (Option<ComparisonSpan>, ComparisonSpan);

/// Each pair of spans that rows compare, the first row's first.
fn compared_spans(overview: &Overview) -> Vec<ComparedSpans> {
    let mut all: Vec<ComparedSpans> = Vec::new();
    for spans in overview.rows.iter().filter_map(spans_of) {
        if !all.contains(&spans) {
            all.push(spans);
        }
    }
    all
}

fn spans_of(row: &OverviewRow) -> Option<ComparedSpans> {
    let change = row.line.change.as_ref()?;
    Some((change.then.as_ref().map(|then| then.span), change.now.span))
}

/// What marks a row whose spans are not the first's.
fn note(spans: &[ComparedSpans], row: &OverviewRow) -> &'static str {
    let at = spans_of(row).and_then(|of| spans.iter().position(|known| *known == of));
    at.and_then(|at| NOTES.get(at)).copied().unwrap_or_default()
}

/// Which days are compared, and what the numbers are.
fn below(overview: &Overview) -> Vec<String> {
    let spans = compared_spans(overview);
    let sentence = |((then, now), note): (&ComparedSpans, &&str)| {
        let lead = if note.is_empty() { String::new() } else { format!("{note} ") };
        match then {
            Some(then) => {
                format!("{lead}Then is {}; now is {}.", span_days(*then), span_days(*now))
            }
            None => format!("{lead}Now is {}; nothing before to compare.", span_days(*now)),
        }
    };
    let mut said: Vec<String> = spans.iter().zip(NOTES.iter()).map(sentence).collect();
    let numbers = overview.rows.iter().filter(|row| row.occasion.is_none());
    let mut ranges: Vec<(f64, f64)> = numbers.map(|row| (row.line.low, row.line.high)).collect();
    ranges.dedup();
    said.extend(match ranges.as_slice() {
        [] => None,
        [(low, high)] => Some(format!(
            "Means on a range of {} to {}; in brackets, how many answers.",
            number(*low),
            number(*high)
        )),
        _ => Some("Means; in brackets, how many answers.".to_owned()),
    });
    said
}

/// What one row says, with both spans.
fn sentence(row: &OverviewRow) -> Option<String> {
    let change: &Change = row.line.change.as_ref()?;
    match row.occasion {
        Some(occasion) => Some(format!("{}: {}", name(row), of_share(change, occasion))),
        None => {
            let line = crate::pattern::FigureLine { title: row.title.clone(), ..row.line.clone() };
            of_line(&line, true).into_iter().next()
        }
    }
}
