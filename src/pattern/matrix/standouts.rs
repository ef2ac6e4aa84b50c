//! What goes with going quiet more often than chance would have it. The largest counts are
//! of what is answered most, whatever goes with it.

use super::super::change::LEAST_SHARE;
use super::MatrixRow;

/// The share of journals in which something stands out by chance alone.
const LEVEL: f64 = 0.05;
/// How many are named.
const NAMED: usize = 2;

/// An answer, with how often the first column was there with it and without it.
#[derive(Clone, Debug, PartialEq)]
pub struct Standout {
    /// Several where they were given in the same sessions, so that nobody can tell them apart.
    pub answers: Vec<String>,
    /// How often, of how many sessions.
    pub with: (usize, usize),
    /// How often, of the other sessions that answered its question.
    pub without: (usize, usize),
}

/// Places of sessions in their order: with the answer of a row, and with any to its question.
#[derive(Clone, Copy)]
pub struct RowSessions<'m> {
    pub with: &'m [usize],
    pub answered: &'m [usize],
}

/// What stands out of the rows of a matrix, the clearest first; `lead` are the sessions of its
/// first column. Each row that has enough sessions on both sides takes an equal part of the
/// level (Bonferroni). What stands out only in the sessions of a clearer one isn't named: it
/// may be the same pattern under another name.
pub fn standouts(rows: &[(MatrixRow, RowSessions)], lead: &[usize]) -> Vec<Standout> {
    let known = rows.iter().filter(|(row, _)| !row.is_unknown);
    let compared = known.filter_map(|(row, of)| Some((row, of, Sides::of(*of, lead, &[])?)));
    let mut compared: Vec<(&MatrixRow, &RowSessions, Sides)> = compared.collect();
    let level = LEVEL / compared.len().max(1) as f64;
    compared.retain(|(.., sides)| sides.chance() <= level);
    compared.sort_by(|(.., a), (.., b)| a.chance().total_cmp(&b.chance()));
    let mut named: Vec<(&RowSessions, Standout)> = Vec::new();
    for (row, of, Sides { with, without }) in compared {
        if let Some((_, same)) = named.iter_mut().find(|(other, _)| other.with == of.with) {
            same.answers.push(row.answer.clone());
            continue;
        }
        let clearer: Vec<usize> = named.iter().flat_map(|(of, _)| of.with).copied().collect();
        let apart = Sides::of(*of, lead, &clearer);
        if named.len() < NAMED && apart.is_some_and(|sides| sides.chance() <= level) {
            let answers = vec![row.answer.clone()];
            named.push((of, Standout { answers, with, without }));
        }
    }
    named.into_iter().map(|(_, standout)| standout).collect()
}

/// How often the first column was there with an answer and without it, each of how many.
#[derive(Clone, Copy)]
struct Sides {
    with: (usize, usize),
    without: (usize, usize),
}

impl Sides {
    /// In all sessions that answered but these; `None` of too few on either side.
    fn of(row: RowSessions, lead: &[usize], but: &[usize]) -> Option<Sides> {
        let is_in = |all: &[usize], session: &usize| all.binary_search(session).is_ok();
        let answered = row.answered.iter().filter(|session| !but.contains(session));
        let (with, without): (Vec<usize>, Vec<usize>) =
            answered.partition(|session| is_in(row.with, session));
        let side = |sessions: Vec<usize>| {
            let count = sessions.iter().filter(|session| is_in(lead, session)).count();
            (sessions.len() >= LEAST_SHARE).then_some((count, sessions.len()))
        };
        Some(Sides { with: side(with)?, without: side(without)? })
    }

    fn chance(&self) -> f64 {
        let total = self.with.0 + self.without.0;
        chance(self.with, total, self.with.1 + self.without.1)
    }
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
    use std::ops::Range;

    use super::*;

    /// Rows with their sessions and those that answered, of 24 sessions; ten begin with quiet.
    fn named(rows: &[(&str, Range<usize>, Range<usize>)]) -> Vec<(String, (usize, usize))> {
        let lead: Vec<usize> = (0..10).collect();
        let sets = rows.iter().map(|(_, with, answered)| {
            (with.clone().collect::<Vec<_>>(), answered.clone().collect::<Vec<_>>())
        });
        let sets: Vec<_> = sets.collect();
        let mut crossed = Vec::new();
        for ((answer, ..), (with, answered)) in rows.iter().zip(&sets) {
            let row = MatrixRow {
                question: String::new(),
                answer: (*answer).to_owned(),
                times: with.len(),
                counts: Vec::new(),
                is_unknown: false,
            };
            crossed.push((row, RowSessions { with, answered }));
        }
        let name = |it: Standout| (it.answers.join(" and "), it.without);
        standouts(&crossed, &lead).into_iter().map(name).collect()
    }

    #[test]
    fn answers_of_the_same_sessions_are_one_pattern_with_both_names() {
        let both = named(&[("tense", 0..8, 0..24), ("too much", 0..8, 0..24)]);
        assert_eq!(both, [("tense and too much".to_owned(), (2, 16))]);
    }

    #[test]
    fn what_stands_out_only_in_the_sessions_of_a_clearer_one_is_not_named() {
        let nearly = named(&[("tense", 0..8, 0..24), ("too much", 1..9, 0..24)]);
        assert_eq!(nearly, [("tense".to_owned(), (2, 16))]);
        let apart = named(&[("tense", 0..5, 0..24), ("too much", 5..10, 0..24)]);
        assert_eq!(apart.len(), 2, "{apart:?}");
    }

    #[test]
    fn a_session_that_did_not_answer_the_question_is_not_one_without_the_answer() {
        let named = named(&[("tense", 0..8, 0..14)]);
        assert_eq!(named, [("tense".to_owned(), (2, 6))]);
    }

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
