//! Numbers over time: a dot a day with the mean of four weeks, and the year in digits.

use chrono::NaiveDate;

use crate::pattern::change::Observation;
use crate::pattern::{FigureLine, Point};
use crate::words::long_day;

use super::super::claims::{answers, in_unit};
use super::super::clean_line;
use super::super::report::{number, step_label};
use super::super::terminal::short_day;
use super::{CalendarCell, CalendarChart, ChartPart, Course, FigureOptions};

/// How the name of a week begins, where rows are of months and of weeks.
pub const WEEK_OF: &str = "week of ";

/// What has more steps is no single digit.
const MOST_DIGITS: f64 = 9.0;
const YEAR: i64 = 53 * 7;

/// Fewer answers make no line: each stands with its day.
const LEAST_DRAWN: usize = 8;

pub fn of_line(line: &FigureLine, options: FigureOptions) -> Vec<ChartPart> {
    let days = line.days();
    let Some((first, last)) = days.first().zip(days.last()).map(|(a, b)| (a.day, b.day)) else {
        return Vec::new();
    };
    let title = clean_line(&line.title);
    if line.answers.len() < LEAST_DRAWN {
        return vec![ChartPart::Lines(vec![format!("{title}: {}.", each(line))])];
    }
    let label = |label: Option<&String>| label.map(|words| clean_line(words)).unwrap_or_default();
    let high = line.unit.map_or_else(|| label(line.labels.last()), str::to_owned);
    let mut means = line.running_means();
    let end = means_to_now(line, last);
    means.extend(end);
    let course = Course {
        title: title.clone(),
        low: (line.low, label(line.labels.first())),
        high: (line.high, high),
        means,
        first,
        last: end.map_or(last, |end| end.day),
        rows: rows(line),
        days: days.clone(),
        is_short: false,
    };
    let in_digits = line.unit.is_none() && line.low >= 0.0 && line.high <= MOST_DIGITS;
    let digits = in_digits.then(|| digits(line, title, &days));
    // In words there's no calendar that could leave out anything.
    let older = days.iter().rfind(|day| !is_in_year(day, last)).filter(|_| !options.plain);
    let earlier = older.filter(|_| in_digits).map(|it| {
        let how = format!(" To see earlier days, add --to {}.", it.day);
        let how = if options.on_screen { how } else { String::new() };
        ChartPart::Lines(vec![format!("The calendar shows the last year.{how}")])
    });
    std::iter::once(ChartPart::Course(course)).chain(digits).chain(earlier).collect()
}

fn is_in_year(point: &Point, last: NaiveDate) -> bool {
    (last - point.day).num_days() < YEAR
}

/// The line goes on to the last of the days that are “now”, and ends at the mean that the
/// sentence below it names.
fn means_to_now(line: &FigureLine, last: NaiveDate) -> Option<Point> {
    let now = line.change.as_ref().map(|change| &change.now)?;
    let mean = now.mean.filter(|_| now.times.is_none() && now.span.to > last)?;
    Some(Point { day: now.span.to, value: mean, answers: now.answers })
}

/// “2 on 3 May 2026, 3 on 9 June 2026”.
fn each(line: &FigureLine) -> String {
    let value = |value| line.unit.map_or(number(value), |unit| in_unit(&number(value), unit));
    let answer = |it: &Observation| format!("{} on {}", value(it.value), short_day(it.day));
    line.answers.iter().map(answer).collect::<Vec<_>>().join(", ")
}

/// The last year of it, a digit a day.
fn digits(line: &FigureLine, title: String, days: &[Point]) -> ChartPart {
    let last = days.last().map(|point| point.day).unwrap_or_default();
    let year: Vec<&Point> = days.iter().filter(|point| is_in_year(point, last)).collect();
    let digit = |value: f64| char::from_digit(value.round() as u32, 10).unwrap_or('9');
    let words = |value: f64| step_label(&line.labels, value.round() - line.low).unwrap_or_default();
    let mark = |point: &&Point| CalendarCell {
        day: point.day,
        glyph: digit(point.value),
        level: line.level(point.value),
        words: format!("{} {}", number(point.value), words(point.value)).trim().to_owned(),
    };
    let steps = line.low as i64..=line.high as i64;
    let steps: Vec<f64> = steps.map(|step| step as f64).collect();
    let times = |step: f64| line.answers.iter().filter(|it| it.value.round() == step).count();
    let key = steps.iter().map(|step| {
        let words = format!("{} ({})", words(*step), times(*step));
        (digit(*step), line.level(*step), words.trim().to_owned())
    });
    let of = line.answers.len();
    let row = |step: &f64| {
        let name = match words(*step) {
            words if words.is_empty() => number(*step),
            words => format!("{} ({words})", number(*step)),
        };
        (name, format!("{} of {of}", times(*step)))
    };
    let rows = steps.iter().map(row).collect();
    ChartPart::Calendar(CalendarChart {
        title,
        first: year.first().map_or(last, |point| point.day),
        last,
        days: year.iter().map(mark).collect(),
        key: key.collect(),
        rows,
    })
}

/// Months, and then weeks.
fn rows(line: &FigureLine) -> Vec<(String, String)> {
    let value = |point: &Point| {
        let (mean, low, high) = (number(point.value), number(line.low), number(line.high));
        // The most that was ever sat is no end of a scale.
        let value = match line.unit {
            Some(unit) => in_unit(&mean, unit),
            None => format!("{mean} of {low}–{high}"),
        };
        format!("{value} ({})", answers(point.answers))
    };
    let months = line.months.iter().map(|it| (it.day.format("%B %Y").to_string(), value(it)));
    let weeks = line.points.iter();
    let weeks = weeks.map(|it| (format!("{WEEK_OF}{}", long_day(it.day)), value(it)));
    months.chain(weeks).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_are_called_so_and_the_most_of_them_is_no_end_of_a_scale() {
        let day = |day: u32| NaiveDate::from_ymd_opt(2026, 11, day).unwrap_or_default();
        let answers = [(2, 1.0), (9, 15.0)].map(|(at, value)| Observation { day: day(at), value });
        let mut line = FigureLine { high: 15.0, ..FigureLine::of_share("Sit", answers.to_vec()) };
        line.months.clear();
        line.points = vec![
            Point { day: day(2), value: 1.0, answers: 1 },
            Point { day: day(9), value: 15.0, answers: 3 },
        ];
        let of_weeks = |line: &FigureLine| -> Vec<String> {
            rows(line).into_iter().map(|(_, value)| value).collect()
        };
        assert_eq!(of_weeks(&line), ["1 of 0–15 (1 answer)", "15 of 0–15 (3 answers)"]);
        line.unit = Some("minutes");
        assert_eq!(of_weeks(&line), ["1 minute (1 answer)", "15 minutes (3 answers)"]);
        assert_eq!(each(&line), "1 minute on 2 Nov 2026, 15 minutes on 9 Nov 2026");
    }

    #[test]
    fn a_calendar_of_the_last_year_says_how_to_see_the_days_before_it() {
        let first = NaiveDate::from_ymd_opt(2025, 1, 1).unwrap_or_default();
        let of = |days: u64| -> Vec<Observation> {
            let day = |at| Observation { day: first + chrono::Days::new(40 * at), value: 2.0 };
            (0..days).map(day).collect()
        };
        let told = |days: u64, plain: bool| {
            let options = FigureOptions { plain, texts: 5, on_screen: true, partner: None };
            let line = FigureLine { high: 4.0, ..FigureLine::of_share("Near", of(days)) };
            let lines = of_line(&line, options).into_iter().filter_map(|part| match part {
                ChartPart::Lines(lines) => Some(lines.concat()),
                _ => None,
            });
            lines.collect::<String>()
        };
        let words = "The calendar shows the last year. To see earlier days, add --to 2025-02-10.";
        assert_eq!(told(12, false), words);
        assert_eq!(told(10, false) + &told(12, true), "");
    }
}
