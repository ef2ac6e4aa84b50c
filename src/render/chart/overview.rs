//! The first screen: what someone asks who looks back, and under each question the rows
//! and sentences that answer it.

use chrono::{Datelike, NaiveDate};

use crate::pattern::change::SpanMean;
use crate::pattern::{
    Figure, Overview, OverviewDetail, OverviewRow, OverviewTopic, OverviewUnit, StripLevel,
    closer_look_name,
};
use crate::words::capitalize;

use super::super::claims::{of_side, word};
use super::super::clean_line;
use super::super::report::number;
use super::scores::without_private;
use super::{Chart, ChartMark, ChartPart, ChartTopic, Table, TableCell, TableColumn, TableRow};

mod evidence;
mod lines;
mod spans;
mod words;

use evidence::evidence;
pub use lines::quiet;
use lines::{beside_rows, in_all, nothing_yet, noticed, times_in_row};
use spans::ComparedSpans;
pub use words::ChartWords;

/// `figures` are those that the overview is of: evidence of harm stands above its rows.
pub fn overview_chart(overview: &Overview, figures: &[Figure], about: String) -> Chart {
    let spans = ComparedSpans::of(overview);
    let harm = figures.iter().filter(|figure| figure.harm);
    let evidence: Vec<String> =
        harm.filter_map(|it| evidence(it, overview.detail, &spans)).collect();
    let evidence = match overview.detail {
        OverviewDetail::Whole => evidence,
        OverviewDetail::Dense
        | OverviewDetail::WithoutPlans
        | OverviewDetail::Brief
        | OverviewDetail::Least => {
            vec![evidence.join("; ")]
        }
    };
    let has_evidence = evidence.iter().any(|line| !line.is_empty());
    let evidence = has_evidence.then_some(ChartPart::Lines(evidence));
    let columns = columns(overview);
    let topic = |of: OverviewTopic| topic(of, overview, figures, &columns, &spans);
    let order = order(overview);
    let mut topics: Vec<ChartTopic> = order.into_iter().filter_map(topic).collect();
    if let Some(last) = topics.iter_mut().rfind(|topic| !topic.table.rows.is_empty()) {
        last.table.key.extend(range(overview));
        last.table.key.extend(without_private(overview.rows.iter().map(|row| &row.line)));
        last.table.mark_key.extend(mark_key(overview));
    }
    Chart {
        title: spans.title(overview),
        about,
        parts: evidence.into_iter().chain([ChartPart::Topics(topics)]).collect(),
        sentences: spans.sentences(overview).into_iter().chain(beyond(overview)).collect(),
        words: Some(words::chart_words(order.into_iter(), overview, figures, &spans)),
    }
}

/// What hurts goes first while care is on.
fn order(overview: &Overview) -> [OverviewTopic; 5] {
    let hurts = |topic: &OverviewTopic| overview.rows_of(*topic).any(|row| row.harm);
    let mut topics = OverviewTopic::ALL;
    topics.sort_by_key(|topic| !hurts(topic));
    topics
}

/// The question that a topic answers, in the writer's words: the same in every journal, as
/// anyone may see it.
fn heading(topic: OverviewTopic) -> &'static str {
    match topic {
        OverviewTopic::Closer => "How has it been?",
        OverviewTopic::Quiet => "What happens before I go quiet?",
        OverviewTopic::Intentions => "What became of my intentions?",
        OverviewTopic::Healing => "What hurt, and what was good?",
        OverviewTopic::Beside => "Also",
    }
}

/// By which name a closer look shows what answers it, where neither the question nor a row says
/// that.
fn look_of(topic: OverviewTopic, overview: &Overview, figures: &[Figure]) -> Option<&'static str> {
    let first = crate::pattern::first_practice(figures);
    let mut about = figures.iter().filter(|it| OverviewTopic::of(it, first) == Some(topic));
    let look = about.find_map(closer_look_name).filter(|_| topic != OverviewTopic::Beside)?;
    let names = overview.rows_of(topic).map(name).chain([heading(topic).to_owned()]);
    let is_said = names.map(|name| name.to_lowercase()).any(|name| name.contains(look));
    (!is_said).then_some(look)
}

/// `None` where no practice asks about it.
fn topic(
    topic: OverviewTopic,
    overview: &Overview,
    figures: &[Figure],
    columns: &[TableColumn],
    spans: &ComparedSpans,
) -> Option<ChartTopic> {
    let row = |row: &OverviewRow| table_row(row, overview.unit, spans.note(row, overview));
    let rows: Vec<TableRow> = overview.rows_of(topic).map(row).collect();
    let first = crate::pattern::first_practice(figures);
    let of_topic = figures.iter().filter(|it| OverviewTopic::of(it, first) == Some(topic));
    let beside = of_topic.filter_map(|figure| beside_rows(figure, overview));
    let mut lines: Vec<String> =
        noticed(topic, overview, figures).into_iter().chain(beside).collect();
    if rows.is_empty() && lines.is_empty() {
        lines.push(nothing_yet(topic, figures, overview)?);
    }
    let days = spans.days_of(topic, overview);
    let in_all = in_all(topic, overview, figures);
    let about = [in_all.clone(), days.clone()].into_iter().flatten().collect();
    let marked: Vec<(&OverviewRow, &str)> =
        overview.rows_of(topic).map(|row| (row, spans.note(row, overview))).collect();
    // A narrow page has room for it where the row has nothing but noughts.
    let in_all = in_all.filter(|_| overview.rows_of(topic).all(|row| times_in_row(row) == 0));
    let brief = words::brief(&marked, in_all.into_iter().chain(days));
    let table = Table { columns: columns.to_vec(), rows, ..Table::default() };
    let look = look_of(topic, overview, figures);
    let heading = heading(topic).to_owned();
    Some(ChartTopic { heading, look, about, table, lines, brief })
}

fn columns(overview: &Overview) -> Vec<TableColumn> {
    let strip = TableColumn { axis: axis(overview), ..TableColumn::default() };
    vec![strip, TableColumn::right("then"), TableColumn::right("now"), TableColumn::headed("")]
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
        OverviewUnit::Days => {
            let is_answered = |level: &StripLevel| *level != StripLevel::Empty;
            ChartMark::DayDots(row.levels.iter().map(is_answered).collect())
        }
        OverviewUnit::Weeks | OverviewUnit::Months => ChartMark::Strip(row.levels.clone()),
    };
    let change = row.line.change.as_ref();
    let (then, now) = (change.and_then(|it| it.then.as_ref()), change.map(|it| &it.now));
    let is = row.claim();
    let value = |side: Option<&SpanMean>| TableCell::words(side.map(of_side).unwrap_or_default());
    let cells = vec![TableCell::new("", mark), value(then), value(now), TableCell::words(word(is))];
    TableRow::new(format!("{} {note}", name(row)).trim_end(), cells)
}

/// “Evenings with a moment”.
fn name(row: &OverviewRow) -> String {
    match row.topic {
        OverviewTopic::Intentions => format!("“{}”", clean_line(&row.title)),
        OverviewTopic::Closer
        | OverviewTopic::Quiet
        | OverviewTopic::Healing
        | OverviewTopic::Beside => match row.occasion {
            Some(occasion) => format!("{} with a moment", capitalize(occasion)),
            None => clean_line(&row.title),
        },
    }
}

/// Its name in a list: one that is a sentence of its own is set off from the others.
fn listed_name(row: &OverviewRow) -> String {
    let name = name(row);
    let is_sentence = name.ends_with(['.', '?', '!', '…']) || name.contains(',');
    if is_sentence { format!("“{}”", name.trim_end_matches('.')) } else { name }
}

/// What has no row; of what answers no question, only how many on little room.
fn beyond(overview: &Overview) -> Option<String> {
    let is_least = overview.detail == OverviewDetail::Least;
    let is_beside = |row: &&OverviewRow| row.topic == OverviewTopic::Beside;
    let all = || overview.beyond.iter();
    let beside = all().filter(is_beside).count();
    let is_counted = is_least && beside > 1;
    let names = all().filter(|row| !(is_counted && is_beside(row))).map(listed_name);
    let names = names.collect::<Vec<_>>().join(", ");
    match (names.as_str(), is_counted) {
        ("", false) => None,
        ("", true) => Some(format!("No room for {beside} other rows.")),
        (names, false) => Some(format!("No room for {names}.")),
        (names, true) => Some(format!("No room for {names} and {beside} more.")),
    }
}

/// What the dots of days are, and those of a strip.
fn mark_key(overview: &Overview) -> Option<String> {
    let is_strip = overview.unit != OverviewUnit::Days;
    if !is_strip {
        return Some("● is a day with an answer.".to_owned());
    }
    let has = |of: StripLevel| overview.rows.iter().any(|row| row.levels.contains(&of));
    let marks =
        [(StripLevel::Empty, "· no answers"), (StripLevel::Few, "• too few for a share (under 5)")];
    let marks = marks.into_iter().filter(|(of, _)| has(*of)).map(|(_, words)| words);
    let marks = marks.collect::<Vec<_>>().join(", ");
    (!marks.is_empty()).then(|| format!("{marks}."))
}

/// What the numbers of the columns are.
fn range(overview: &Overview) -> Option<String> {
    match ranges(overview).as_slice() {
        [] => None,
        [range] if overview.detail >= OverviewDetail::Brief => {
            Some(capitalize(&from_to(range)) + ".")
        }
        [range] => {
            Some(format!("Averages, {}, with the number of answers in brackets.", from_to(range)))
        }
        _ => Some("Averages, with the number of answers in brackets.".to_owned()),
    }
}

/// The range of every mean, where all have the same.
fn ranges(overview: &Overview) -> Vec<(f64, f64)> {
    let numbers = overview.rows.iter().filter(|row| row.occasion.is_none());
    let mut ranges: Vec<(f64, f64)> = numbers.map(|row| (row.line.low, row.line.high)).collect();
    ranges.dedup();
    ranges
}

/// “from 0 to 4”
fn from_to((low, high): &(f64, f64)) -> String {
    format!("from {} to {}", number(*low), number(*high))
}
