//! What goes with going quiet more often than chance would have it. The largest counts are
//! of what is answered most, whatever goes with it.

use super::super::change::LEAST_SHARE;
use super::super::figure::Figure;
use super::super::matrix::MatrixRow;
use super::Body;

/// Of journals in which nothing goes with it, in so many something stands out all the same.
const LEVEL: f64 = 0.05;
/// So many are named.
const NAMED: usize = 2;

/// An answer, with how often the first column was there with it and without it.
#[derive(Clone, Debug, PartialEq)]
pub struct Standout<'f> {
    pub answer: &'f str,
    /// How often, of how many sessions.
    pub with: (usize, usize),
    pub without: (usize, usize),
}

/// What stands out of a matrix, the clearest first. Each row that has enough sessions on
/// both sides takes an equal part of the level (Bonferroni).
pub fn standouts(figure: &Figure) -> Vec<Standout<'_>> {
    let Body::Matrix { totals, rows, .. } = &figure.body else { return Vec::new() };
    let (total, sessions) = (totals.first().copied().unwrap_or(0), figure.rests_on);
    let sides = |row: &'_ MatrixRow| {
        let count = row.counts.first().copied().unwrap_or(0);
        let others = sessions.checked_sub(row.times)?;
        let without = (total.checked_sub(count)?, others);
        let enough = row.times.min(others) >= LEAST_SHARE && !row.is_unknown;
        enough.then_some(((count, row.times), without))
    };
    let compared = rows.iter().filter_map(|row| Some((row, sides(row)?)));
    let mut all: Vec<(f64, Standout)> = compared
        .map(|(row, (with, without))| {
            (chance(with, total, sessions), Standout { answer: &row.answer, with, without })
        })
        .collect();
    let level = LEVEL / all.len().max(1) as f64;
    all.retain(|(chance, _)| *chance <= level);
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    all.into_iter().map(|(_, standout)| standout).take(NAMED).collect()
}

/// The probability that of `drawn` sessions at least `count` are among the `total`, if which
/// ones are drawn is chance: the upper tail of the hypergeometric distribution (Fisher's
/// exact test, one-sided).
fn chance((count, drawn): (usize, usize), total: usize, sessions: usize) -> f64 {
    let least = (drawn + total).saturating_sub(sessions);
    let most = drawn.min(total);
    // Each relative to the one before, so that nothing overflows.
    let next = |at: usize| {
        let up = (total - at) as f64 * (drawn - at) as f64;
        up / ((at + 1) as f64 * (sessions + at + 1 - total - drawn) as f64)
    };
    let (mut term, mut all, mut tail) = (1.0, 0.0, 0.0);
    for at in least..=most {
        all += term;
        tail += if at >= count { term } else { 0.0 };
        if at < most {
            term *= next(at);
        }
    }
    tail / all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chance_is_that_of_fishers_exact_test() {
        // Of 20 sessions 10 are quiet; 7 or 8 of 8 among them: (120·45 + 45)/125970 and so on.
        let near = |a: f64, b: f64| assert!((a - b).abs() < 1e-12, "{a} {b}");
        near(chance((8, 8), 10, 20), 45.0 / 125_970.0);
        near(chance((7, 8), 10, 20), (1200.0 + 45.0) / 125_970.0);
        near(chance((0, 8), 10, 20), 1.0);
        near(chance((5, 5), 5, 5), 1.0);
        // More are drawn than are not quiet: two of them must be.
        near(chance((2, 4), 4, 6), 1.0);
        near(chance((3, 4), 4, 6), 9.0 / 15.0);
        assert!(chance((900, 1000), 1000, 20_000) < 1e-9, "no overflow");
    }
}
