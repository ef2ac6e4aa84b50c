//! How many of all, and of few also how many that may be of many.

use crate::pattern::change::SpanMean;

/// From this many answers on, a share needs no interval.
const LEAST_ALONE: usize = 20;
/// 95 % of the normal distribution is within this many standard deviations.
const Z: f64 = 1.96;

/// "7 of 12 (between about 3 and 8 in 10)".
pub fn share_of(of: &SpanMean) -> String {
    format!("{} of {}{}", of.times.unwrap_or_default(), of.answers, interval(of))
}

/// What stands in brackets, where some of these sentences have it.
pub fn interval_note(sentences: &[String]) -> Option<&'static str> {
    let has_interval = sentences.iter().any(|words| words.contains(IN_TEN));
    has_interval
        .then_some("With few answers, a share is uncertain: the brackets show its likely range.")
}

const IN_TEN: &str = " in 10)";

/// The interval of Wilson (1927) in words, where a share rests on few answers; of too
/// few there is no share.
pub fn interval(of: &SpanMean) -> String {
    let Some(share) = of.mean.filter(|_| of.answers < LEAST_ALONE) else { return String::new() };
    let count = of.answers as f64;
    let middle = share + Z * Z / (2.0 * count);
    let margin = Z * (share * (1.0 - share) / count + Z * Z / (4.0 * count * count)).sqrt();
    let in_ten = |end: f64| (10.0 * end / (1.0 + Z * Z / count)).round() as u8;
    match (in_ten(middle - margin), in_ten(middle + margin)) {
        (0, high) => format!(" (at most about {high}{IN_TEN}"),
        (low, 10) => format!(" (at least about {low}{IN_TEN}"),
        (low, high) => format!(" (between about {low} and {high}{IN_TEN}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pattern::change::ComparisonSpan;

    #[test]
    fn of_few_the_interval_stands_beside_and_of_too_few_no_share() {
        let of = |times: usize, answers: usize| {
            let mean = (answers >= 5).then(|| times as f64 / answers as f64);
            let day = |text: &str| text.parse().unwrap();
            let span = ComparisonSpan { from: day("2026-11-02"), to: day("2026-11-29") };
            share_of(&SpanMean { span, mean, answers, times: Some(times) })
        };
        assert_eq!(of(3, 4), "3 of 4");
        assert_eq!(of(0, 5), "0 of 5 (at most about 4 in 10)");
        assert_eq!(of(5, 5), "5 of 5 (at least about 6 in 10)");
        assert_eq!(of(4, 10), "4 of 10 (between about 2 and 7 in 10)");
        assert_eq!(of(19, 19), "19 of 19 (at least about 8 in 10)");
        assert_eq!(of(13, 20), "13 of 20");
    }
}
