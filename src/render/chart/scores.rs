//! Scores of a questionnaire over its sessions, all rows on the same days.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::pattern::change::{ComparisonSpan, SpanMean};
use crate::pattern::{FigureLine, Point, StripLevel};

use super::super::claims::short_span_days;
use super::super::clean_line;
use super::super::report::number;
use super::{ChartMark, ChartPart, FigureOptions, Table, TableCell, TableColumn, TableRow};

const LATEST: usize = 12;
/// Behind the titles of such scores.
pub const WITHOUT_PRIVATE: &str = ": without the private questions.";

const EMPTY_DAY: &str = "· is a day with too few answers for this average.";

/// A strip of sessions for each score, and what it was then and is now, with their days where
/// those aren't the others'.
/// `harm` is among them, and goes first: the file has it last.
pub fn table(lines: &[FigureLine], harm: bool, options: FigureOptions) -> ChartPart {
    let days: BTreeSet<NaiveDate> =
        lines.iter().flat_map(|line| &line.points).map(|point| point.day).collect();
    let older = days.iter().rev().nth(LATEST).copied();
    let earlier = older.map(|day| {
        let how = format!(" To see earlier ones, add --to {day}.");
        let how = if options.on_screen { how } else { String::new() };
        format!("The marks show the latest {LATEST} times.{how}")
    });
    let days: Vec<NaiveDate> =
        days.into_iter().rev().take(LATEST).collect::<Vec<_>>().into_iter().rev().collect();
    let first = days.first().copied().unwrap_or_default();
    let latest = |line: &FigureLine| -> Vec<Point> {
        line.points.iter().filter(|point| point.day >= first).copied().collect()
    };
    // A mean of other items is another mean: then each says of how many it is.
    let is_uneven = |line: &FigureLine| match then_and_now(line, &latest(line)) {
        Some((Some(then), now)) if then.mean.is_some() && now.mean.is_some() => {
            then.answers != now.answers
        }
        _ => false,
    };
    let counts = lines.iter().any(is_uneven);
    let days_of = ScoreDays::of(lines.iter().filter_map(|it| then_and_now(it, &latest(it))));
    let value = |it: &SpanMean| {
        let Some(mean) = it.mean.map(number) else { return "–".to_owned() };
        if counts { format!("{mean} ({})", it.answers) } else { mean }
    };
    let row = |line: &FigureLine| {
        let latest = latest(line);
        // Of two sessions on one day, the later.
        let on = |day: &NaiveDate| latest.iter().rfind(|point| point.day == *day);
        let level = |day: &NaiveDate| on(day).map(|point| line.level(point.value));
        let strip = ChartMark::Strip(days.iter().map(level).map(StripLevel::from).collect());
        let words = then_and_now(line, &latest).map(|(then, now)| {
            let then = then.map(|it| format!("{}{} → ", value(&it), days_of.of_then(it.span)));
            format!("{}{}{}", then.unwrap_or_default(), value(&now), days_of.of_now(now.span))
        });
        let words = TableCell::words(words.unwrap_or_default());
        TableRow::new(clean_line(&line.title), vec![TableCell::new("", strip), words])
    };
    let mut rows: Vec<TableRow> = lines.iter().map(row).collect();
    if harm {
        rows.reverse();
    }
    let columns = vec![TableColumn::headed(""), TableColumn::headed("")];
    let is_mean = |of: &SpanMean| of.mean.is_some() && of.span.from != of.span.to;
    let compared = lines.iter().filter_map(|it| then_and_now(it, &latest(it)));
    let mut sides = compared.flat_map(|(then, now)| then.into_iter().chain([now]));
    let means = if sides.any(|side| is_mean(&side)) { "averages on a scale " } else { "" };
    let key = lines.first().map(|line| key(line, &days_of, means, counts)).into_iter();
    let key = key.chain(without_private(lines.iter())).collect();
    let is_empty = |levels: &[StripLevel]| levels.contains(&StripLevel::Empty);
    let is_gap =
        |row: &TableRow| matches!(&row.cells[0].mark, ChartMark::Strip(of) if is_empty(of));
    let gaps = rows.iter().any(is_gap).then(|| EMPTY_DAY.to_owned());
    let mark_key = gaps.into_iter().chain(earlier).collect();
    ChartPart::Tables(vec![Table { columns, rows, key, mark_key, ..Table::default() }])
}

/// What is compared wherever this score is shown, or else the first and the last that are drawn.
/// No "then" is of days that the writer named after the latest session.
fn then_and_now(line: &FigureLine, drawn: &[Point]) -> Option<(Option<SpanMean>, SpanMean)> {
    let compared = line.change.as_ref().map(|change| (change.then, change.now));
    let of_one = |point: &Point| SpanMean::of_points(std::slice::from_ref(point));
    compared.or_else(|| Some((drawn.first().map(of_one), drawn.last().map(of_one)?)))
}

/// Which scores leave out what is asked about fear: in every journal, so that a falling mean is
/// never read as less fear.
pub fn without_private<'l>(lines: impl Iterator<Item = &'l FigureLine>) -> Option<String> {
    let of = lines.filter(|line| line.is_without_private);
    let titles: Vec<String> = of.map(|line| format!("“{}”", clean_line(&line.title))).collect();
    (!titles.is_empty()).then(|| format!("{}{WITHOUT_PRIVATE}", titles.join(", ")))
}

/// What most rows compare, which the key names: then, if there is one, and now.
struct ScoreDays(Option<(Option<ComparisonSpan>, ComparisonSpan)>);

impl ScoreDays {
    fn of(lines: impl Iterator<Item = (Option<SpanMean>, SpanMean)>) -> ScoreDays {
        let spans = lines.map(|(then, now)| (then.map(|then| then.span), now.span));
        let spans: Vec<(Option<ComparisonSpan>, ComparisonSpan)> = spans.collect();
        // Of as many, the first.
        let most = spans.iter().rev().max_by_key(|of| spans.iter().filter(|it| it == of).count());
        ScoreDays(most.copied())
    }

    /// " on 10 Jan 2026" where "then" isn't theirs.
    fn of_then(&self, then: ComparisonSpan) -> String {
        let is_common = self.0.is_none_or(|(common, _)| common == Some(then));
        if is_common { String::new() } else { on_days(then) }
    }

    /// The same of "now".
    fn of_now(&self, now: ComparisonSpan) -> String {
        let is_common = self.0.is_none_or(|(_, common)| common == now);
        if is_common { String::new() } else { on_days(now) }
    }
}

/// " on 10 Jan 2026", " from 3 to 8 Jan 2026".
fn on_days(span: ComparisonSpan) -> String {
    let preposition = if span.from == span.to { "on" } else { "from" };
    format!(" {preposition} {}", short_span_days(span))
}

fn key(line: &FigureLine, days: &ScoreDays, means: &str, counts: bool) -> String {
    let counts = if counts { "; in brackets, the number of answers" } else { "" };
    let spans = |(then, now): (Option<ComparisonSpan>, ComparisonSpan)| {
        let then = then.map(|then| format!("{} → ", short_span_days(then)));
        format!("{}{}, ", then.unwrap_or_default(), short_span_days(now))
    };
    format!(
        "{}{means}from {} to {}{counts}.",
        days.0.map(spans).unwrap_or_default(),
        number(line.low),
        number(line.high)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pattern::change::Change;

    fn line(title: &str, points: &[(&str, f64, usize)]) -> FigureLine {
        let point = |(day, value, answers): &(&str, f64, usize)| Point {
            day: day.parse().unwrap(),
            value: *value,
            answers: *answers,
        };
        FigureLine {
            title: title.to_owned(),
            low: 0.0,
            high: 4.0,
            points: points.iter().map(point).collect(),
            ..FigureLine::of_share("", Vec::new())
        }
    }

    fn table_of(lines: &[FigureLine]) -> Table {
        let options = FigureOptions { plain: false, texts: 5, on_screen: true, partner: None };
        let ChartPart::Tables(mut tables) = table(lines, false, options) else { panic!() };
        tables.remove(0)
    }

    #[test]
    fn rows_share_their_days_and_a_session_without_a_value_is_a_gap() {
        let you = line("you", &[("2026-03-01", 0.0, 2), ("2026-05-01", 4.0, 2)]);
        let partner = line(
            "partner",
            &[("2026-01-01", 2.0, 2), ("2026-03-01", 2.0, 2), ("2026-04-01", 2.0, 2)],
        );
        let table = table_of(&[you, partner]);
        let strip = |at: usize| table.rows[at].cells[0].mark.clone();
        let half = Some(0.5);
        let levels = |of: [Option<f64>; 4]| ChartMark::Strip(of.map(StripLevel::from).to_vec());
        assert_eq!(strip(0), levels([None, Some(0.0), None, Some(1.0)]));
        assert_eq!(strip(1), levels([half, half, half, None]));
        assert_eq!(table.rows[0].cells[1].value, "0 → 4");
        let partner = &table.rows[1].cells[1].value;
        assert_eq!(partner, "2 on 1 Jan 2026 → 2 on 1 Apr 2026");
        assert!(table.key[0].starts_with("1 Mar 2026 → 1 May 2026, from 0 to 4"));
    }

    #[test]
    fn a_mean_of_fewer_items_says_of_how_many_it_is() {
        let table = table_of(&[line("a", &[("2026-01-01", 2.2, 5), ("2026-02-01", 2.0, 4)])]);
        let values: Vec<&str> = table.rows[0].cells.iter().map(|it| it.value.as_str()).collect();
        assert_eq!(values, ["", "2.2 (5) → 2 (4)"]);
        assert!(table.key[0].contains("; in brackets, the number of answers."), "{:?}", table.key);
    }

    #[test]
    fn means_that_are_compared_stand_in_the_table_with_their_spans() {
        let day = |day: u32| format!("2026-01-{day:02}");
        let days: Vec<(String, f64)> = (1..=14).map(|at| (day(at), f64::from(at) / 4.0)).collect();
        let points: Vec<_> = days.iter().map(|(day, value)| (day.as_str(), *value, 1)).collect();
        let mut line = line("a", &points);
        let side = |of: &[Point]| SpanMean::of_points(of);
        let (then, now) = (side(&line.points[2..8]), side(&line.points[8..]));
        line.change = Some(Change::between(Some(then), now, None));
        let table = table_of(&[line]);
        assert_eq!(table.rows[0].cells[1].value, "1.38 → 2.88");
        let key = "3 to 8 Jan 2026 → 9 to 14 Jan 2026, averages on a scale from 0 to 4.";
        assert_eq!(table.key, [key]);
    }

    #[test]
    fn days_without_a_session_have_no_value_though_the_strip_has_two_ends() {
        let mut line = line("a", &[("2026-01-01", 1.0, 2), ("2026-05-01", 3.0, 2)]);
        let now = SpanMean::of_points(&line.points[1..]);
        let march = ComparisonSpan {
            from: "2026-03-01".parse().unwrap(),
            to: "2026-03-31".parse().unwrap(),
        };
        let then = SpanMean { span: march, mean: None, answers: 0, times: None };
        let mut told = |then: Option<SpanMean>| {
            line.change = Some(Change::between(then, now, None));
            let table = table_of(std::slice::from_ref(&line));
            (table.rows[0].cells[1].value.clone(), table.key[0].clone())
        };
        let key = "1 to 31 Mar 2026 → 1 May 2026, from 0 to 4.".to_owned();
        assert_eq!(told(Some(then)), ("– → 3".to_owned(), key));
        let key = "1 May 2026, from 0 to 4.".to_owned();
        assert_eq!(told(None), ("3".to_owned(), key), "where the days named are after it");
    }

    #[test]
    fn of_more_than_twelve_sessions_it_says_that_the_marks_are_of_the_latest_and_how_to_see_more() {
        let days = |count: u32| -> Vec<String> {
            (1..=count).map(|day| format!("2026-01-{day:02}")).collect()
        };
        let key = |count: u32| {
            let days = days(count);
            let points: Vec<_> = days.iter().map(|day| (day.as_str(), 2.0, 2)).collect();
            table_of(&[line("a", &points)]).mark_key
        };
        assert_eq!(key(12), Vec::<String>::new());
        let words = "The marks show the latest 12 times. To see earlier ones, add --to 2026-01-02.";
        assert_eq!(key(14), [words]);
    }
}
