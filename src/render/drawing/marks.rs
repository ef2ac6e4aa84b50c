//! Marks in characters.

use super::super::chart::Mark;

/// A longer bar says no more, and a page of them is loud.
pub const LONGEST_BAR: usize = 40;
/// Between the ends of a scale: two columns for each of its usual four steps.
const MOVE: usize = 9;
/// More are a number alone.
const MOST_DOTS: usize = 6;
const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
const HEIGHTS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
const SHADES: [&str; 4] = ["█", "▓", "▒", "░"];

/// How wide it wants to be; `None` as wide as there is room.
pub fn width(mark: &Mark, widest: usize) -> Option<usize> {
    match mark {
        Mark::None => Some(0),
        Mark::Bar(_) | Mark::Stack(_) if widest >= LONGEST_BAR => None,
        Mark::Bar(_) | Mark::Stack(_) => Some(widest),
        Mark::Move { .. } => Some(MOVE),
        Mark::Strip(levels) => Some(levels.len()),
        Mark::DayDots(days) => Some(days.len()),
        Mark::Dots(count) => Some((*count).min(MOST_DOTS)),
    }
}

pub fn draw(mark: &Mark, width: usize) -> String {
    match mark {
        Mark::None => String::new(),
        Mark::Bar(share) => bar(*share, width),
        Mark::Stack(shares) => stack(shares, width),
        Mark::Move { then, now } => moved(*then, *now),
        Mark::Strip(levels) => levels.iter().map(|level| level.map_or('·', height)).collect(),
        Mark::DayDots(days) => days.iter().map(|day| if *day { '●' } else { '·' }).collect(),
        Mark::Dots(count) => "●".repeat((*count).min(MOST_DOTS)),
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

/// Parts of one bar; each ends where the sum up to it does, so that they fill it.
fn stack(shares: &[f64], width: usize) -> String {
    let (mut sum, mut from) = (0.0, 0);
    let part = |(at, share): (usize, &f64)| {
        sum += share;
        let to = (sum * width as f64).round() as usize;
        let part = SHADES[at.min(SHADES.len() - 1)].repeat(to - from.min(to));
        from = to;
        part
    };
    shares.iter().enumerate().map(part).collect()
}

fn height(level: f64) -> char {
    HEIGHTS[((level.clamp(0.0, 1.0) * 7.0).round() as usize).min(7)]
}

/// Where it was, where it is, and the way between.
fn moved(then: Option<f64>, now: Option<f64>) -> String {
    let place = |level: f64| (level.clamp(0.0, 1.0) * (MOVE - 1) as f64).round() as usize;
    let (then, now) = (then.map(place), now.map(place));
    let between = then.zip(now).map(|(a, b)| a.min(b)..a.max(b));
    let cell = |at: usize| match () {
        () if now == Some(at) => '●',
        () if then == Some(at) => '○',
        () if between.as_ref().is_some_and(|between| between.contains(&at)) => '─',
        () => '·',
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
        assert_eq!(stack(&[0.5, 0.25, 0.25], 8), "████▓▓▒▒");
        assert_eq!(stack(&[1.0 / 3.0; 3], 4), "█▓▓▒");
        assert_eq!(stack(&[0.0, 1.0], 3), "▓▓▓");
    }

    #[test]
    fn an_open_mark_is_then_and_a_full_one_now() {
        assert_eq!(moved(Some(0.0), Some(1.0)), "○───────●");
        assert_eq!(moved(Some(1.0), Some(0.5)), "····●───○");
        assert_eq!(moved(Some(0.25), Some(0.25)), "··●······");
        assert_eq!(moved(None, Some(0.0)), "●········");
    }

    #[test]
    fn a_stretch_without_an_answer_is_a_dot() {
        let strip = Mark::Strip(vec![Some(0.0), None, Some(0.5), Some(1.0)]);
        assert_eq!(draw(&strip, 4), "▁·▅█");
    }
}
