//! The same for what goes together, for before and after, and for a screen of rows.

use inward::pattern::change::{Observation, contrast, paired_change, share_level};

use super::journal::{Dice, Kind, Scale, answers, day};
use super::{RHOS, changes, is_direction};

/// What an answer and the kind of its day have in common, without one making the
/// other.
#[derive(Clone, Copy, Debug)]
pub enum Common {
    Nothing,
    WeekEnds,
    Step,
    Drift,
    Season,
}

pub const COMMON: [Common; 5] =
    [Common::Nothing, Common::WeekEnds, Common::Step, Common::Drift, Common::Season];

const HALF_A_YEAR: usize = 182;

impl Common {
    fn raises(self, number: usize) -> f64 {
        let share = number as f64 / HALF_A_YEAR as f64;
        match self {
            Common::Nothing => 0.0,
            Common::WeekEnds => f64::from(u8::from(number % 7 >= 5)) - 2.0 / 7.0,
            Common::Step => share.round() - 0.5,
            Common::Drift => share - 0.5,
            Common::Season => 0.7 * (std::f64::consts::TAU * share).sin(),
        }
    }
}

/// How often two things that share no more than this are said to go together.
pub fn contrasts(common: Common, rate: usize, rho: f64, count: usize, seed: u64) -> usize {
    let kind = Kind { range: 1, shape: 0, days: HALF_A_YEAR, rate, rho };
    let scale = Scale::new(kind.range, kind.shape);
    let mut dice = Dice::new(seed);
    let said = |n: usize| {
        let raised = |number| common.raises(number);
        let given = answers(&mut dice, &kind, &scale, n.is_multiple_of(2), raised);
        let other = dice.levels(kind.days, rho);
        // Days with it are two of five, or one of seven.
        let threshold = if n % 4 < 2 { 0.25 } else { 1.04 };
        let with = |answer: &Observation| {
            let number = (answer.day - day(0)).num_days() as usize;
            other[number] + raised(number) > threshold
        };
        let both: Vec<_> = given.iter().map(|answer| (*answer, with(answer))).collect();
        is_direction(contrast(&both, day(HALF_A_YEAR - 1), 1.0, false).claim)
    };
    (0..count).map(said).filter(|said| *said).count()
}

/// How often before and after are said to differ where they do not.
pub fn pairs(rate: usize, rho: f64, days: usize, count: usize, seed: u64) -> usize {
    let scale = Scale::new(1, 1);
    let mut dice = Dice::new(seed);
    let said = |n: usize| {
        let answered = dice.answered(days, rate, n.is_multiple_of(2));
        let [own, before, after] = [(); 3].map(|()| dice.levels(days, rho));
        // The level of the day is common to both.
        let value = |of: &[f64], number: usize| {
            scale.value((own[number] + of[number]) / std::f64::consts::SQRT_2)
        };
        let numbers: Vec<usize> = (0..days).filter(|number| answered[*number]).collect();
        let first =
            |number: &usize| Observation { day: day(*number), value: value(&before, *number) };
        let then: Vec<Observation> = numbers.iter().map(first).collect();
        let now: Vec<f64> = numbers.iter().map(|number| value(&after, *number)).collect();
        paired_change(&then, &now, 1.0).is_some_and(|change| is_direction(change.claim))
    };
    (0..count).map(said).filter(|said| *said).count()
}

/// How many screens of six rows have a false word, each row a journal of its own.
pub fn screens(rate: usize, rho: f64, count: usize, seed: u64) -> usize {
    let kind = Kind { range: 1, shape: 0, days: 365, rate, rho };
    let scale = Scale::new(kind.range, kind.shape);
    let mut all = changes(&kind, &scale, 6 * count, seed, |_| 0.0);
    let screen = |_: &usize| {
        let mut rows: Vec<_> = all.by_ref().take(6).collect();
        let together = rows.iter_mut();
        let mut together: Vec<_> =
            together.filter_map(|row| Some((&mut row.claim, row.evidence?))).collect();
        share_level(&mut together);
        together.iter().any(|(claim, _)| is_direction(**claim))
    };
    (0..count).filter(screen).count()
}

#[test]
fn what_shares_weekends_or_seasons_is_seldom_said_to_go_together() {
    let (mut said, mut all) = (0, 0);
    for (n, common) in COMMON.into_iter().enumerate() {
        for (m, rho) in RHOS.into_iter().enumerate() {
            said += contrasts(common, 4, rho, 40, (10 * n + m) as u64);
            all += 40;
        }
    }
    // Six in a hundred of six hundred would be chance at three.
    assert!(said as f64 <= 0.06 * f64::from(all), "{said} of {all}");
}

#[test]
fn before_and_after_that_do_not_differ_are_seldom_said_to() {
    let said: usize = RHOS.iter().zip(0..).map(|(rho, seed)| pairs(2, *rho, 182, 100, seed)).sum();
    assert!(said <= 18, "{said} of 300");
}

#[test]
fn a_screen_of_six_rows_has_a_false_word_as_seldom_as_one_row() {
    let said: usize = RHOS.iter().zip(0..).map(|(rho, seed)| screens(3, *rho, 50, seed)).sum();
    assert!(said <= 12, "{said} of 150");
}
