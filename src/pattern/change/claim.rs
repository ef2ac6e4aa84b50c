//! From probabilities to one of four words, alone or on a screen of several rows.

use serde::Serialize;

use super::model::Tails;

/// The one-sided probability at which a direction is said. Twice 1.5 % leaves room
/// under 5 %, so that no kind of journal passes it.
pub const TAIL: f64 = 0.015;
/// "About the same": a difference of more than `MARGIN` standard deviations is as
/// unlikely as this, on either side.
const SAME: f64 = 0.03;
pub const MARGIN: f64 = 1.0;
/// The most that the margin of a share may be.
pub const MARGIN_SHARE: f64 = 0.25;
/// The margin within days or sessions, which tell smaller differences.
pub const MARGIN_WITHIN: f64 = 0.5;
/// What chance alone would need to look like it: the z of a plain permutation.
pub const LEAST_Z: f64 = 1.645;
/// The share of the difference that must be left without the one answer that helps
/// it most.
pub const LEAST_WITHOUT: f64 = 0.5;
/// Rounding of sums of squares.
const NOTHING: f64 = 1e-12;

/// What may be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Claim {
    /// Higher than in the span before.
    Higher,
    /// Lower than in the span before.
    Lower,
    /// A difference that matters is unlikely.
    Same,
    /// There are too few answers to say.
    TooFew,
}

impl Claim {
    /// Does it say which way?
    pub fn is_direction(self) -> bool {
        matches!(self, Claim::Higher | Claim::Lower)
    }
}

/// What speaks for a claim; other rows of the screen decide with it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ChangeEvidence {
    /// The one-sided probability of the other direction; a half where one answer
    /// carries the difference, or chance would do.
    pub tail: f64,
    /// The tail at which this is said where it stands alone.
    pub level: f64,
    /// The direction: the sign of the difference.
    pub difference: f64,
    pub same: bool,
}

impl ChangeEvidence {
    pub fn of(tails: &Tails, now: &SampleMoments, then: &SampleMoments) -> ChangeEvidence {
        let difference = now.mean() - then.mean();
        let stands = now.permutation_z(then).abs() >= LEAST_Z
            && now.without_best(then) >= LEAST_WITHOUT * difference.abs();
        ChangeEvidence::from_tails(tails, difference, stands)
    }

    /// `stands`: neither chance nor a single answer would do.
    pub fn from_tails(tails: &Tails, difference: f64, stands: bool) -> ChangeEvidence {
        let tail = if difference > 0.0 { 1.0 - tails.above_zero } else { tails.above_zero };
        ChangeEvidence {
            tail: if stands && difference != 0.0 { tail } else { 0.5 },
            level: TAIL,
            difference,
            same: tails.above_margin <= SAME && tails.above_minus_margin >= 1.0 - SAME,
        }
    }

    /// No direction is said unless it `stands`.
    pub fn only_if(self, stands: bool) -> ChangeEvidence {
        ChangeEvidence { tail: if stands { self.tail } else { 0.5 }, ..self }
    }

    /// Evidence that can't become a claim.
    pub fn withheld(self) -> ChangeEvidence {
        ChangeEvidence { tail: 0.5, same: false, ..self }
    }

    /// Evidence of answers that never varied.
    pub fn constant() -> ChangeEvidence {
        ChangeEvidence { tail: 0.5, level: TAIL, difference: 0.0, same: true }
    }

    /// At this share of the level. What other rows leave no level for is too few to
    /// say, never "about the same": alone it would be a direction.
    pub fn claim(&self, share: f64) -> Claim {
        if self.tail <= self.level * share && self.difference > 0.0 {
            Claim::Higher
        } else if self.tail <= self.level * share && self.difference < 0.0 {
            Claim::Lower
        } else if self.tail <= self.level || !self.same {
            Claim::TooFew
        } else {
            Claim::Same
        }
    }
}

/// Shares the level out over the rows of a screen (Holm 1979), so that a screen on
/// which nothing changed has a false word as seldom as a single row.
pub fn share_level(rows: &mut [(&mut Claim, ChangeEvidence)]) {
    rows.sort_by(|(_, a), (_, b)| (a.tail / a.level).total_cmp(&(b.tail / b.level)));
    let all = rows.len();
    let mut all_claimed = true;
    for (before, (claim, evidence)) in rows.iter_mut().enumerate() {
        let share = if all_claimed { 1.0 / (all - before) as f64 } else { 0.0 };
        **claim = evidence.claim(share);
        all_claimed &= claim.is_direction();
    }
}

/// The answers of one side, as far as a comparison needs them.
#[derive(Clone, Copy, Debug)]
pub struct SampleMoments {
    pub count: usize,
    sum: f64,
    squares: f64,
    least: f64,
    most: f64,
}

impl SampleMoments {
    pub fn of(values: impl Iterator<Item = f64> + Clone) -> SampleMoments {
        let (count, sum) = values.clone().fold((0, 0.0), |(n, sum), value| (n + 1, sum + value));
        let mean = sum / count as f64;
        SampleMoments {
            count,
            sum,
            squares: values.clone().map(|value| (value - mean).powi(2)).sum(),
            least: values.clone().fold(f64::INFINITY, f64::min),
            most: values.fold(f64::NEG_INFINITY, f64::max),
        }
    }

    pub fn mean(&self) -> f64 {
        self.sum / self.count as f64
    }

    /// The standard deviation within both sides.
    pub fn spread_beside(&self, other: &SampleMoments) -> f64 {
        ((self.squares + other.squares) / (self.count + other.count - 2) as f64).sqrt()
    }

    /// How far the difference lies from none, in standard deviations of all ways to
    /// deal these answers out to both sides.
    fn permutation_z(&self, other: &SampleMoments) -> f64 {
        let (n, m) = (self.count as f64, other.count as f64);
        let difference = self.mean() - other.mean();
        let total = self.squares + other.squares + difference * difference * n * m / (n + m);
        let deviation = (total / (n + m - 1.0) * (1.0 / n + 1.0 / m)).sqrt();
        if total < NOTHING { 0.0 } else { difference / deviation }
    }

    /// The least that is left of the difference, in its own direction, when the one
    /// answer of either side that helps it most is removed.
    fn without_best(&self, other: &SampleMoments) -> f64 {
        let sign = (self.mean() - other.mean()).signum();
        let [own, their] =
            if sign > 0.0 { [self.most, other.least] } else { [self.least, other.most] };
        let without =
            |side: &SampleMoments, value: f64| (side.sum - value) / (side.count - 1) as f64;
        let own = without(self, own) - other.mean();
        let their = self.mean() - without(other, their);
        (sign * own).min(sign * their)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn together(tails: &[f64], same: bool) -> Vec<Claim> {
        let mut claims = vec![Claim::TooFew; tails.len()];
        let row = |tail: &f64| ChangeEvidence { tail: *tail, level: TAIL, difference: 1.0, same };
        let mut rows: Vec<_> = claims.iter_mut().zip(tails.iter().map(row)).collect();
        share_level(&mut rows);
        claims
    }

    #[test]
    fn a_screen_of_rows_shares_one_level() {
        use Claim::{Higher, TooFew};
        let of = |tails: &[f64]| together(tails, false);
        assert_eq!(of(&[0.015]), [Higher]);
        assert_eq!(of(&[0.015, 0.5]), [TooFew, TooFew]);
        // A third of it for the first, half for the second, all for the last.
        assert_eq!(of(&[0.014, 0.0049, 0.007]), [Higher, Higher, Higher]);
        assert_eq!(of(&[0.014, 0.0049, 0.008]), [TooFew, Higher, TooFew]);
    }

    #[test]
    fn a_share_of_the_level_takes_less() {
        let evidence =
            ChangeEvidence { tail: TAIL * 0.6, level: TAIL, difference: -1.0, same: false };
        assert_eq!([1.0, 0.5].map(|share| evidence.claim(share)), [Claim::Lower, Claim::TooFew]);
    }

    #[test]
    fn what_other_rows_remove_is_not_about_the_same() {
        use Claim::{Higher, Same, TooFew};
        let of = |tails: &[f64]| together(tails, true);
        assert_eq!(of(&[0.015]), [Higher]);
        assert_eq!(of(&[0.015, 0.5]), [TooFew, Same]);
        assert_eq!(of(&[0.014, 0.0049, 0.008, 0.016]), [TooFew, TooFew, TooFew, Same]);
        assert_eq!(of(&[0.014, 0.0049, 0.008]), [TooFew, Higher, TooFew]);
    }
}
