//! Marks in characters.

use super::super::chart::{ChartMark, LEAST_SHARE};
use crate::pattern::StripLevel;

/// A longer bar says no more, and a page of them is loud.
pub const LONGEST_BAR: usize = 40;
/// Between the ends of a scale: two columns for each of its usual four steps.
const MOVE: usize = 9;
const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
const HEIGHTS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
const SHADES: [&str; 4] = ["█", "▓", "▒", "░"];

/// How wide it wants to be; `None` as wide as there is room.
pub fn width(mark: &ChartMark, widest: usize) -> Option<usize> {
    match mark {
        ChartMark::None => Some(0),
        ChartMark::Bar(_) | ChartMark::Stack(_) if widest >= LONGEST_BAR => None,
        ChartMark::Bar(_) | ChartMark::Stack(_) => Some(widest),
        ChartMark::Move { .. } => Some(MOVE),
        ChartMark::Strip(levels) => Some(levels.len()),
        ChartMark::DayDots(days) => Some(days.len()),
        ChartMark::Dots(count) => Some(*count),
    }
}

pub fn draw(mark: &ChartMark, width: usize) -> String {
    match mark {
        ChartMark::None => String::new(),
        ChartMark::Bar(share) => bar(*share, width),
        ChartMark::Stack(times) => stack(times, width),
        ChartMark::Move { then, now } => move_mark(*then, *now),
        ChartMark::Strip(levels) => levels.iter().map(stretch).collect(),
        ChartMark::DayDots(days) => days.iter().map(|day| if *day { '●' } else { '·' }).collect(),
        ChartMark::Dots(count) => "●".repeat(*count),
    }
}

/// What the parts of a stack are.
pub fn key(parts: &[String]) -> String {
    let part = |(part, shade): (&String, &str)| format!("{shade} {part}");
    parts.iter().zip(SHADES).map(part).collect::<Vec<_>>().join("  ")
}

/// Whole blocks and one eighth part; nothing for nothing.
fn bar(share: f64, width: usize) -> String {
    let eighths = (share.clamp(0.0, 1.0) * width as f64 * 8.0).round() as usize;
    // What is there can be seen.
    let eighths = if share > 0.0 { eighths.max(1) } else { 0 };
    "█".repeat(eighths / 8) + EIGHTHS[eighths % 8]
}

/// The parts of one bar. Each ends where the sum so far does, so that they fill the bar. Too
/// few answers have no bar.
fn stack(times: &[usize], width: usize) -> String {
    let whole = times.iter().sum::<usize>();
    if whole < LEAST_SHARE {
        return String::new();
    }
    let mut sum = 0;
    let mut from = 0;
    let part = |(at, times): (usize, &usize)| {
        sum += times;
        let to = (sum as f64 / whole as f64 * width as f64).round() as usize;
        let part = SHADES[at.min(SHADES.len() - 1)].repeat(to - from.min(to));
        from = to;
        part
    };
    times.iter().enumerate().map(part).collect()
}

fn stretch(level: &StripLevel) -> char {
    match level {
        StripLevel::Empty => '·',
        StripLevel::Few => '•',
        StripLevel::Of(level) => height(*level),
    }
}

/// Only nothing has the lowest block.
fn height(level: f64) -> char {
    let eighths = (level.clamp(0.0, 1.0) * 7.0).round() as usize;
    HEIGHTS[if level > 0.0 { eighths.clamp(1, 7) } else { 0 }]
}

/// An open dot then, a full one now, and a line between them.
fn move_mark(then: Option<f64>, now: Option<f64>) -> String {
    let place = |level: f64| (level.clamp(0.0, 1.0) * (MOVE - 1) as f64).round() as usize;
    let (then, now) = (then.map(place), now.map(place));
    let between = then.zip(now).map(|(a, b)| a.min(b)..a.max(b));
    let cell = |at: usize| {
        if now == Some(at) {
            '●'
        } else if then == Some(at) {
            '○'
        } else if between.as_ref().is_some_and(|between| between.contains(&at)) {
            '─'
        } else {
            '·'
        }
    };
    (0..MOVE).map(cell).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_as_long_as_its_share_and_nothing_is_nothing() {
        assert_eq!(bar(1.0, 4), "████");
        assert_eq!(bar(0.5, 3), "█▌");
        assert_eq!(bar(0.001, 4), "▏", "what is there can be seen");
        assert_eq!(bar(0.0, 4), "");
    }

    #[test]
    fn parts_of_a_whole_fill_it() {
        assert_eq!(stack(&[4, 2, 2], 8), "████▓▓▒▒");
        assert_eq!(stack(&[2; 3], 4), "█▓▓▒");
        assert_eq!(stack(&[0, 5], 3), "▓▓▓");
        assert_eq!(stack(&[4, 0], 3), "", "of four there is no share");
    }

    #[test]
    fn an_open_mark_is_then_and_a_full_one_now() {
        assert_eq!(move_mark(Some(0.0), Some(1.0)), "○───────●");
        assert_eq!(move_mark(Some(1.0), Some(0.5)), "····●───○");
        assert_eq!(move_mark(Some(0.25), Some(0.25)), "··●······");
        assert_eq!(move_mark(None, Some(0.0)), "●········");
    }

    #[test]
    fn the_lowest_block_is_of_nothing_alone() {
        let levels = [0.0, 1.0 / 15.0, 0.25, 1.0].map(StripLevel::Of);
        assert_eq!(draw(&ChartMark::Strip(levels.to_vec()), 4), "▁▂▃█");
    }

    #[test]
    fn a_stretch_without_an_answer_is_a_dot_and_one_with_few_a_larger_one() {
        use StripLevel::{Empty, Few, Of};
        let strip = ChartMark::Strip(vec![Of(0.0), Empty, Of(0.5), Few, Of(1.0)]);
        assert_eq!(draw(&strip, 5), "▁·▅•█");
    }
}
