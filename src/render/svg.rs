//! Charts as SVG, drawn by hand so that every mark has its title, and colours come from
//! the page: light, dark and paper each have their own. What has letters in it is drawn
//! twice, for a wide page and for a narrow one, where shrinking would make them too small
//! to read; the page shows one.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};
use maud::{Markup, html};

use crate::pattern::{Point, StripLevel, monday, unbroken};
use crate::words::long_day;

use super::chart::{CalendarCell, CalendarChart, ChartMark, Course, LEAST_SHARE};
use super::day_words;
use super::report::number;
use super::terminal::short_day;

/// In pixels, which is what a unit of the view box is on the page that it is for.
pub(super) const WIDE: f64 = 690.0;
const NARROW: f64 = 340.0;
/// From the lowest value to the highest, on a page and on a sheet of paper.
const HIGH: f64 = 150.0;
const SHORT: f64 = 60.0;
/// Left of a calendar stand the names of days.
const NAMES: f64 = 34.0;
/// Below ten weeks, days tell more than months.
const DAYS: i64 = 70;

/// A mark of a table, which says in words what it draws.
pub fn mark(mark: &ChartMark) -> Markup {
    match mark {
        ChartMark::None => html! {},
        ChartMark::Bar(share) => html! {
            svg.mark.count viewBox="0 0 200 12" width="200" height="12" aria-hidden="true" {
                rect.track x="0.5" y="0.5" width="199" height="11" rx="2" {}
                rect.ink x="0" y="0" width=(px(share * 200.0)) height="12" rx="2" {}
            }
        },
        ChartMark::Stack(times) => stack(times),
        ChartMark::Move { then, now } => move_mark(*then, *now),
        ChartMark::Strip(levels) => html! {
            svg.mark.strip viewBox={ "0 0 " (levels.len() * 9) " 24" } width=(levels.len() * 9) height="24" aria-hidden="true" {
                @for (at, level) in levels.iter().enumerate() {
                    @let x = px(at as f64 * 9.0);
                    @match level {
                        StripLevel::Of(level) if *level > 0.0 => { rect.ink x=(x) y=(px(20.0 - 19.0 * level)) width="7" height=(px(4.0 + 19.0 * level)) {} }
                        // Of nothing it is a line.
                        StripLevel::Of(_) => { rect.ink x=(x) y="22" width="7" height="1.5" {} }
                        StripLevel::Few => { circle.ink cx=(px(at as f64 * 9.0 + 3.5)) cy="21" r="2.5" {} }
                        StripLevel::Empty => { circle.quiet-ink cx=(px(at as f64 * 9.0 + 3.5)) cy="22" r="1.5" {} }
                    }
                }
            }
        },
        ChartMark::DayDots(days) => html! {
            svg.mark viewBox={ "0 0 " (days.len() * 7) " 12" } width=(days.len() * 7) height="12" aria-hidden="true" {
                @for (at, day) in days.iter().enumerate() {
                    circle.ink[*day].quiet-ink[!*day] cx=(px(at as f64 * 7.0 + 3.5)) cy="6" r=(if *day { "3" } else { "1" }) {}
                }
            }
        },
        ChartMark::Dots(count) => html! {
            svg.mark viewBox={ "0 0 " (count * 8) " 12" } width=(count * 8) height="12" aria-hidden="true" {
                @for at in 0..*count { circle.ink cx=(px(at as f64 * 8.0 + 4.0)) cy="6" r="3" {} }
            }
        },
    }
}

fn px(value: f64) -> String {
    format!("{value:.1}")
}

/// Parts of one bar, each told from its neighbours by its fill and by a gap.
fn stack(times: &[usize]) -> Markup {
    let whole = times.iter().sum::<usize>();
    if whole < LEAST_SHARE {
        return html! {};
    }
    let mut from = 0.0;
    let parts = times.iter().enumerate().map(|(at, times)| {
        let x = from;
        let width = *times as f64 / whole as f64 * 200.0;
        from += width;
        (at, x, (width - 2.0).max(0.0))
    });
    let parts: Vec<(usize, f64, f64)> = parts.filter(|(.., width)| *width > 0.0).collect();
    html! {
        svg.mark.count viewBox="0 0 200 14" width="200" height="14" aria-hidden="true" {
            @for (at, x, width) in parts {
                rect class={ "part part-" (at) } x=(px(x + 0.5)) y="0.5" width=(px(width)) height="13" {}
            }
        }
    }
}

/// One sign of a key: the fill of a part, or the level of a day.
pub fn swatch(class: &str) -> Markup {
    html! {
        svg.mark viewBox="0 0 14 14" width="14" height="14" aria-hidden="true" {
            rect class=(class) x="0.5" y="0.5" width="13" height="13" {}
        }
    }
}

fn move_mark(then: Option<f64>, now: Option<f64>) -> Markup {
    let x = |level: f64| px(8.0 + 104.0 * level.clamp(0.0, 1.0));
    html! {
        svg.mark.move viewBox="0 0 120 16" width="120" height="16" aria-hidden="true" {
            line.track x1="8" x2="112" y1="8" y2="8" {}
            @if let Some((a, b)) = then.zip(now) { line.course x1=(x(a)) x2=(x(b)) y1="8" y2="8" {} }
            @if let Some(then) = then { circle.open cx=(x(then)) cy="8" r="5" {} }
            @if let Some(now) = now { circle.ink cx=(x(now)) cy="8" r="5" {} }
        }
    }
}

/// The class of a day's fill, by how far up its range it is.
pub fn level_class(level: f64) -> String {
    format!("level level-{}", (level.clamp(0.0, 1.0) * 4.0).round() as u8)
}

/// A column a week, a square a day, in bands where the page is narrow.
pub fn calendar(calendar: &CalendarChart) -> Markup {
    html! {
        div.wide { (bands(calendar, WIDE)) }
        div.narrow { (bands(calendar, NARROW)) }
    }
}

fn bands(calendar: &CalendarChart, width: f64) -> Markup {
    let digits = calendar.days.iter().any(|day| day.glyph.is_ascii_digit());
    // Digits want room to be read.
    let cell = match (digits, width < WIDE) {
        (true, true) => 18.0,
        (true, false) => 16.0,
        (false, _) => 12.0,
    };
    let start = monday(calendar.first);
    let all = ((monday(calendar.last) - start).num_days() / 7 + 1).max(1) as usize;
    let most = ((width - NAMES) / cell) as usize;
    let count = all.div_ceil(most);
    let weeks = all.div_ceil(count);
    let height = 20.0 + 7.0 * cell + 8.0;
    let days: BTreeMap<NaiveDate, &CalendarCell> =
        calendar.days.iter().map(|day| (day.day, day)).collect();
    html! {
        svg role="img" viewBox={ "0 0 " (width) " " (height * count as f64) } {
            title { (calendar.title) }
            desc { "A column for each week, a mark for each day with an answer. Days without one are empty." }
            @for at in 0..count {
                @let from = start + Days::new(7 * (at * weeks) as u64);
                @let top = height * at as f64;
                @for (i, name) in ["Mon", "Wed", "Fri", "Sun"].iter().enumerate() {
                    text x="0" y=(px(top + 30.0 + 2.0 * cell * i as f64)) { (name) }
                }
                @for (week, name) in months(from, weeks.min(all - at * weeks), calendar.last) {
                    text x=(px(NAMES + cell * week as f64)) y=(px(top + 12.0)) { (name) }
                }
                @for (day, mark) in days.range(from..from + Days::new(7 * weeks as u64)) {
                    @let since = (*day - from).num_days();
                    @let (x, y) = (NAMES + cell * (since / 7) as f64, top + 20.0 + cell * (since % 7) as f64);
                    rect class=(level_class(mark.level)) x=(px(x)) y=(px(y)) width=(px(cell - 2.0)) height=(px(cell - 2.0)) rx="1.5" {
                        title { (day_words(*day)) ": " (mark.words) }
                    }
                    @if digits {
                        text class={ "digit " (level_class(mark.level)) } x=(px(x + cell / 2.0 - 1.0)) y=(px(y + cell / 2.0 + 3.0)) text-anchor="middle" { (mark.glyph) }
                    }
                }
            }
        }
    }
}

/// The weeks in which months begin, and the first week where the next name leaves it room.
fn months(start: NaiveDate, weeks: usize, last: NaiveDate) -> Vec<(usize, String)> {
    let sunday = |week: usize| start + Days::new(7 * week as u64 + 6);
    // Of the last week, only if it gets that far.
    let begins = |week: &usize| {
        let sunday = sunday(*week);
        sunday.day() <= 7 && sunday.with_day(1).is_none_or(|begin| begin <= last)
    };
    let next = (1..weeks).find(begins);
    (0..weeks)
        .filter(|week| begins(week) || (*week == 0 && next.is_none_or(|next| next > 2)))
        .map(|week| (week, sunday(week).min(last).format("%b").to_string()))
        .collect()
}

/// A dot a day and the mean of four weeks, broken where four weeks have no answer.
pub fn course(course: &Course) -> Markup {
    let height = if course.is_short { SHORT } else { HIGH };
    html! {
        div.wide { (course_of(course, WIDE, height)) }
        div.narrow { (course_of(course, NARROW, height)) }
    }
}

fn course_of(course: &Course, width: f64, height: f64) -> Markup {
    let (left, top, right) = (24.0, 24.0, 34.0);
    let (first, last) = (course.first, course.last);
    let days = ((last - first).num_days() as f64).max(1.0);
    let (low, high) = (course.low.0, course.high.0);
    let x = |day: NaiveDate| {
        left + 8.0 + (day - first).num_days() as f64 / days * (width - left - right - 16.0)
    };
    let y = |value: f64| top + height * (1.0 - (value - low) / (high - low).max(f64::EPSILON));
    let path = |run: &[Point]| {
        let points = run.iter().map(|p| format!("{:.1},{:.1}", x(p.day), y(p.value)));
        points.collect::<Vec<_>>().join(" ")
    };
    let name = |day: NaiveDate| {
        if (last - first).num_days() < DAYS {
            short_day(day)
        } else {
            day.format("%b %Y").to_string()
        }
    };
    let middle = first + (last - first) / 2;
    let end = width - right;
    let dates =
        [(left, "start", first), ((left + end) / 2.0, "middle", middle), (end, "end", last)];
    html! {
        svg role="img" viewBox={ "0 0 " (width) " " (px(top + height + 44.0)) } {
            title { (course.title) }
            desc { (description(course)) }
            @for level in [low, (low + high) / 2.0, high] {
                line.grid x1=(px(left)) x2=(px(end)) y1=(px(y(level))) y2=(px(y(level))) {}
                text x=(px(left - 6.0)) y=(px(y(level) + 4.0)) text-anchor="end" { (number(level)) }
            }
            text x=(px(left)) y="12" { (course.high.1) }
            text x=(px(left)) y=(px(top + height + 16.0)) { (course.low.1) }
            @for point in &course.days {
                circle.dot cx=(px(x(point.day))) cy=(px(y(point.value))) r="2.5" {
                    title { (long_day(point.day)) ": " (number(point.value)) }
                }
            }
            @for run in unbroken(&course.means) { polyline.course points=(path(run)) {} }
            @if let Some(last) = course.means.last() {
                text x=(px(end + 2.0)) y=(px(y(last.value) + 4.0)) { (number(last.value)) }
            }
            @for (at, anchor, day) in dates {
                text x=(px(at)) y=(px(top + height + 36.0)) text-anchor=(anchor) { (name(day)) }
            }
        }
    }
}

/// Where the line begins and ends, and its highest and lowest place.
fn description(course: &Course) -> String {
    let place_and_day = |point: Option<&Point>| {
        point.map_or_else(String::new, |p| format!("{} on {}", number(p.value), day_words(p.day)))
    };
    let by_value = |a: &&Point, b: &&Point| a.value.total_cmp(&b.value);
    let means = &course.means;
    format!(
        "The average of four weeks, on a range from {} to {}. It begins at {} and ends at {}; its highest is {}, its lowest {}.",
        number(course.low.0),
        number(course.high.0),
        place_and_day(means.first()),
        place_and_day(means.last()),
        place_and_day(means.iter().max_by(by_value)),
        place_and_day(means.iter().min_by(by_value))
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_on_a_page_breaks_where_it_does_on_a_terminal() {
        let point = |day: &str, value| Point { day: day.parse().unwrap(), value, answers: 1 };
        let means = vec![
            point("2026-08-03", 0.0),
            point("2026-08-31", 1.0),
            point("2026-11-16", 3.0),
            point("2026-11-23", 4.0),
        ];
        let of = Course {
            title: "Q".into(),
            low: (0.0, "far".into()),
            high: (4.0, "near".into()),
            first: means[0].day,
            last: means[3].day,
            days: means.clone(),
            means: means.clone(),
            rows: Vec::new(),
            is_short: false,
        };
        let page = course_of(&of, WIDE, HIGH).into_string();
        let lines = page.split("points=\"").skip(1).filter_map(|line| line.split('"').next());
        let lines: Vec<usize> = lines.map(|line| line.split(' ').count()).collect();
        assert_eq!(lines, [2, 2]);
        assert_eq!(lines, unbroken(&means).map(<[Point]>::len).collect::<Vec<_>>());
    }
}
