//! The first screen: what someone asks who looks back, and under each question the rows
//! and sentences that answer it.

use chrono::{Datelike, NaiveDate};

use crate::pattern::change::{Claim, SpanMean};
use crate::pattern::{
    Body, Figure, Overview, OverviewDetail, OverviewRow, OverviewTopic, OverviewUnit, StripLevel,
    standouts,
};

use super::super::claims::{DayKinds, of_side as value, span_days, word};
use super::super::clean_line;
use super::super::lasting::capital;
use super::super::report::number;
use super::scores::without_private;
use super::{Chart, ChartMark, ChartPart, ChartTopic, Table, TableCell, TableColumn, TableRow};

mod evidence;
mod spans;
mod words;

use evidence::evidence;
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
        OverviewDetail::Dense | OverviewDetail::WithoutPlans | OverviewDetail::Least => {
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
        sentences: below(overview, &spans),
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
    let mut lines: Vec<String> = of_topic.flat_map(|figure| lines(figure, overview)).collect();
    if rows.is_empty() && lines.is_empty() {
        lines.push(nothing_yet(topic, figures, overview)?);
    }
    let days = spans.days_of(topic, overview);
    let about: Vec<String> =
        [in_all(topic, overview, figures), days.clone()].into_iter().flatten().collect();
    let about = (!about.is_empty()).then(|| about.join(". "));
    let marked: Vec<(&OverviewRow, &str)> =
        overview.rows_of(topic).map(|row| (row, spans.note(row, overview))).collect();
    let brief = words::brief(&marked, days.as_deref());
    let table = Table { columns: columns.to_vec(), rows, ..Table::default() };
    let heading = heading(topic).to_owned();
    Some(ChartTopic { heading, about, table, lines, brief })
}

/// Which practice would tell; `None` where no question of one would. Of some entries it can't
/// be said that nothing was ever written.
fn nothing_yet(topic: OverviewTopic, figures: &[Figure], overview: &Overview) -> Option<String> {
    let first = crate::pattern::first_practice(figures);
    let mut about = figures.iter().filter(|it| OverviewTopic::of(it, first) == Some(topic));
    let figure = about.next().filter(|_| topic != OverviewTopic::Beside)?;
    let practice = clean_line(figure.practice.as_ref()?);
    let answered = without(topic, figure.entries);
    Some(match (figure.left_out, answered) {
        (0, Some(answered)) => format!("{answered}: `inward {practice}` asks about it."),
        (0, None) if overview.frame.is_filtered => "Nothing in these entries.".to_owned(),
        (0, None) => format!("Nothing yet: `inward {practice}` asks about it."),
        _ => format!("Asked otherwise until now: `inward patterns {practice}`."),
    })
}

/// “3 entries, none yet with what you did”, where a practice asks about nothing else.
fn without(topic: OverviewTopic, entries: usize) -> Option<String> {
    let what = match topic {
        OverviewTopic::Quiet => "what you did",
        OverviewTopic::Healing => "enough answers for a mean",
        OverviewTopic::Closer | OverviewTopic::Intentions | OverviewTopic::Beside => return None,
    };
    match entries {
        0 => None,
        1 => Some(format!("1 entry, not yet with {what}")),
        more => Some(format!("{more} entries, none yet with {what}")),
    }
}

/// What no row can say.
fn lines(figure: &Figure, overview: &Overview) -> Vec<String> {
    match &figure.body {
        Body::Matrix { .. } => quiet(figure).into_iter().collect(),
        Body::Groups { .. } => with_a_plan(figure, overview).into_iter().collect(),
        Body::TooFew { have, least, .. } if *have > 0 && figure.lines().is_empty() => {
            match OverviewTopic::of(figure, None) {
                Some(OverviewTopic::Quiet) => {
                    let moments = if *have == 1 { "moment" } else { "moments" };
                    vec![format!(
                        "You have {have} {moments} of distance. A first look needs {least}."
                    )]
                }
                Some(
                    OverviewTopic::Closer
                    | OverviewTopic::Intentions
                    | OverviewTopic::Healing
                    | OverviewTopic::Beside,
                )
                | None => Vec::new(),
            }
        }
        Body::TooFew { .. }
        | Body::Days { .. }
        | Body::Moments { .. }
        | Body::Weeks { .. }
        | Body::Counts { .. }
        | Body::Change { .. }
        | Body::Scores { .. }
        | Body::Recurring { .. }
        | Body::Sessions { .. } => Vec::new(),
    }
}

/// “I went quiet” 8 of 25 times, and what stands out: its share stands beside the share
/// without it.
pub fn quiet(figure: &Figure) -> Option<String> {
    let Body::Matrix { columns, totals, .. } = &figure.body else { return None };
    let (column, total) = columns.first().zip(totals.first())?;
    let lead = format!("“{}” {total} of {} times", clean_line(column), figure.rests_on);
    if *total == 0 {
        return Some(format!("{lead}."));
    }
    let all = standouts(figure);
    if all.is_empty() {
        return Some(format!("{lead}. Nothing stands out yet."));
    }
    let share = |(times, of): (usize, usize)| format!("{times} of {of}");
    let with = all.iter().map(|it| {
        let (answer, without) = (clean_line(it.answer), share(it.without));
        format!("with “{answer}” {}, without it {without}", share(it.with))
    });
    Some(format!("{lead}: {}.", with.collect::<Vec<_>>().join("; ")))
}

/// How often it was the deed, of all that is shown: that is certain, where nothing can be said
/// of a change.
fn in_all(topic: OverviewTopic, overview: &Overview, figures: &[Figure]) -> Option<String> {
    let has_room = topic == OverviewTopic::Intentions && overview.detail < OverviewDetail::Least;
    let is_unsaid = |row: &&OverviewRow| row.claim() == Claim::TooFew;
    let deed = overview.rows_of(topic).next().filter(is_unsaid).filter(|_| has_room)?;
    figures.iter().find_map(|figure| {
        let Body::Counts { counts, .. } = &figure.body else { return None };
        let is_shown = OverviewTopic::of(figure, None) == Some(topic);
        let count = counts.iter().find(|count| is_shown && count.answer == deed.title)?;
        Some(format!("{} {} of {} times", name(deed), count.times, figure.rests_on))
    })
}

/// The deed on days with a plan, and on days without, counted over one span.
fn with_a_plan(figure: &Figure, overview: &Overview) -> Option<String> {
    let Body::Groups { groups, together, .. } = &figure.body else { return None };
    let [first, second] = groups.as_slice() else { return None };
    let has_room = overview.detail < OverviewDetail::WithoutPlans;
    let row = together.last().filter(|_| has_room)?;
    let span = row.sides.with.span;
    let days = match overview.frame.is_past() {
        true => span_days(span),
        // Half a year at most, so that no year is needed.
        false => format!("from {}", span.from.format("%-d %b")),
    };
    let kinds = DayKinds { first: &first.group, second: &second.group, with: "with a plan" };
    Some(kinds.sentence(row, &days))
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
    let value = |side: Option<&SpanMean>| TableCell::words(side.map(value).unwrap_or_default());
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
            Some(occasion) => format!("{} with a moment", capital(occasion)),
            None => clean_line(&row.title),
        },
    }
}

/// Which days are compared, and what isn't shown.
fn below(overview: &Overview, spans: &ComparedSpans) -> Vec<String> {
    spans.sentences(overview).into_iter().chain(beyond(overview)).collect()
}

/// What has no row.
fn beyond(overview: &Overview) -> Option<String> {
    let names: Vec<String> = overview.beyond.iter().map(name).collect();
    (!names.is_empty()).then(|| format!("Not shown: {}.", names.join(", ")))
}

/// What the dots of days are, and those of a strip.
fn mark_key(overview: &Overview) -> Option<String> {
    let is_strip = overview.unit != OverviewUnit::Days;
    if !is_strip {
        return Some("● is a day with an answer.".to_owned());
    }
    let has = |of: StripLevel| overview.rows.iter().any(|row| row.levels.contains(&of));
    let marks = [(StripLevel::Empty, "· no answers"), (StripLevel::Few, "• under 5")];
    let marks = marks.into_iter().filter(|(of, _)| has(*of)).map(|(_, words)| words);
    let marks = marks.collect::<Vec<_>>().join(", ");
    (!marks.is_empty()).then(|| format!("{marks}."))
}

/// What the numbers of the columns are.
fn range(overview: &Overview) -> Option<String> {
    match ranges(overview).as_slice() {
        [] => None,
        [range] if overview.detail == OverviewDetail::Least => Some(capital(&from_to(range)) + "."),
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
