//! Questionnaires: one number a session, so that days cannot tell how they hang
//! together. Two sessions need figures about the questionnaire itself.

use super::claim::ChangeEvidence;
use super::model::normal;

/// Both sides together make 5 %.
const TAIL: f64 = 0.025;
/// What is exceeded by one in twenty.
const ONE_IN_TWENTY: f64 = 1.645;
/// Sessions on each side of a day before their means are compared.
pub(crate) const SESSIONS_ON_A_SIDE: usize = 6;
/// The most of them: all ways to deal out twenty are 184,756.
const MOST: usize = 10;

/// The latest six, behind the six before them; `None` where there aren't so many.
pub(crate) fn latest_and_before<T>(of: &[T]) -> Option<(&[T], &[T])> {
    let (rest, latest) = of.split_at_checked(of.len().checked_sub(SESSIONS_ON_A_SIDE)?)?;
    let before = rest.get(rest.len().checked_sub(SESSIONS_ON_A_SIDE)?..)?;
    Some((before, latest))
}

/// Reliable change (Jacobson & Truax 1991): a difference that errors of measurement
/// alone would make in one of twenty pairs of sessions. `sd` is that of the score
/// between people, and `reliability` lies between 0 and 1.
pub fn reliable(then: f64, now: f64, sd: f64, reliability: f64) -> ChangeEvidence {
    let error = sd * (2.0 * (1.0 - reliability)).sqrt();
    let difference = now - then;
    ChangeEvidence {
        tail: normal(-difference.abs() / error),
        level: TAIL,
        difference,
        same: difference.abs() + ONE_IN_TWENTY * error <= sd,
    }
}

/// The means of the sessions nearest to a day that the writer named, on both sides
/// of it, against every other way to deal them out. `None` of fewer than six on a
/// side. `then` and `now` are in the order of time.
pub fn permuted(then: &[f64], now: &[f64]) -> Option<ChangeEvidence> {
    if then.len().min(now.len()) < SESSIONS_ON_A_SIDE {
        return None;
    }
    let then = &then[then.len().saturating_sub(MOST)..];
    let now = &now[..now.len().min(MOST)];
    let mean = |of: &[f64]| of.iter().sum::<f64>() / of.len() as f64;
    let difference = mean(now) - mean(then);
    let all: Vec<f64> = then.iter().chain(now).copied().collect();
    let sums = sums_of(&all, now.len());
    let least = difference.signum() * now.iter().sum::<f64>() - 1e-9;
    let extreme = sums.iter().filter(|sum| difference.signum() * **sum >= least).count();
    let tail = extreme as f64 / sums.len() as f64;
    Some(ChangeEvidence { tail, level: TAIL, difference, same: false })
}

/// The sum of every choice of so many.
fn sums_of(values: &[f64], count: usize) -> Vec<f64> {
    match (values, count) {
        (_, 0) => vec![0.0],
        ([], _) => Vec::new(),
        ([first, rest @ ..], _) => {
            let with = sums_of(rest, count - 1).into_iter().map(|sum| sum + first);
            with.chain(sums_of(rest, count)).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Claim;
    use super::*;

    #[test]
    fn two_sessions_differ_where_errors_of_measurement_would_not_do() {
        let claim = |then, now| reliable(then, now, 0.8, 0.82).claim(1.0);
        // 1.96 × 0.8 × √0.36 = 0.9408.
        assert_eq!(claim(2.0, 2.95), Claim::Higher);
        assert_eq!(claim(2.95, 2.0), Claim::Lower);
        assert_eq!(claim(2.0, 2.93), Claim::TooFew);
        assert_eq!(claim(2.0, 2.0), Claim::Same);
        assert_eq!(reliable(2.0, 2.0, 0.8, 0.5).claim(1.0), Claim::TooFew, "too coarse to tell");
    }

    #[test]
    fn from_twelve_sessions_on_the_latest_six_have_six_before_them() {
        let of: Vec<usize> = (0..14).collect();
        assert_eq!(latest_and_before(&of), Some((&of[2..8], &of[8..])));
        assert_eq!(latest_and_before(&of[2..]), Some((&of[2..8], &of[8..])));
        assert_eq!((latest_and_before(&of[3..]), latest_and_before(&of[..5])), (None, None));
    }

    #[test]
    fn many_sessions_are_compared_with_every_way_to_deal_them_out() {
        let claim = |then: &[f64], now: &[f64]| permuted(then, now).map(|of| of.claim(1.0));
        let (low, high) = ([1.0, 1.2, 0.8, 1.1, 1.3, 0.9], [2.0, 2.2, 1.9, 2.1, 2.3, 1.8]);
        assert_eq!(claim(&low, &high), Some(Claim::Higher));
        assert_eq!(claim(&high, &low), Some(Claim::Lower));
        assert_eq!(permuted(&low, &high).unwrap().tail, 1.0 / 924.0);
        let mixed = [1.0, 2.0, 1.0, 2.0, 1.0, 2.0];
        assert_eq!(claim(&mixed, &mixed), Some(Claim::TooFew));
        assert_eq!(claim(&low[..5], &high), None);
    }
}
