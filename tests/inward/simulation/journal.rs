//! Answers that someone might have given, of which it is known whether anything
//! changed: a hidden normal level that hangs together from day to day, cut into the
//! steps of a scale, on some days of each week.

use chrono::{Days, NaiveDate};
use fastrand::Rng;
use inward::pattern::change::Observation;

/// Lowest and highest value.
pub const RANGES: [(i64, i64); 4] = [(0, 1), (0, 4), (1, 7), (0, 100)];
/// From symmetric to nearly always the same.
pub const SHAPES: [&str; 5] = ["middle", "skewed", "floor", "ceiling", "rare"];

/// What kind of journal.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    pub range: usize,
    pub shape: usize,
    pub days: usize,
    /// Answers a week.
    pub rate: usize,
    /// The autocorrelation from day to day.
    pub rho: f64,
}

/// A scale, as the hidden levels at which the next value begins.
pub struct Scale {
    least: f64,
    thresholds: Vec<f64>,
}

impl Scale {
    pub fn new(range: usize, shape: usize) -> Scale {
        let (least, most) = RANGES[range];
        let below: Vec<f64> = match range {
            3 => (0..most - least).map(|step| below(step as f64 + 0.5, shape)).collect(),
            range => {
                let shares = SHARES[range][shape];
                let sums = shares.iter().scan(0.0, |sum, share| {
                    *sum += share;
                    Some(*sum)
                });
                sums.take(shares.len() - 1).collect()
            }
        };
        let thresholds = below.into_iter().map(quantile).collect();
        Scale { least: least as f64, thresholds }
    }

    pub fn value(&self, level: f64) -> f64 {
        self.least + self.thresholds.partition_point(|threshold| *threshold < level) as f64
    }
}

/// The share of each value.
const SHARES: [[&[f64]; 5]; 3] = [
    [&[0.5, 0.5], &[0.8, 0.2], &[0.95, 0.05], &[0.1, 0.9], &[0.98, 0.02]],
    [
        &[0.07, 0.24, 0.38, 0.24, 0.07],
        &[0.4, 0.28, 0.17, 0.1, 0.05],
        &[0.75, 0.15, 0.06, 0.03, 0.01],
        &[0.01, 0.04, 0.1, 0.25, 0.6],
        &[0.92, 0.04, 0.02, 0.015, 0.005],
    ],
    [
        &[0.04, 0.1, 0.2, 0.32, 0.2, 0.1, 0.04],
        &[0.34, 0.24, 0.16, 0.11, 0.08, 0.05, 0.02],
        &[0.7, 0.15, 0.07, 0.04, 0.02, 0.01, 0.01],
        &[0.01, 0.01, 0.03, 0.05, 0.1, 0.2, 0.6],
        &[0.92, 0.03, 0.02, 0.01, 0.01, 0.005, 0.005],
    ],
];

/// The share of answers below this, from 0 to 100.
fn below(value: f64, shape: usize) -> f64 {
    match SHAPES[shape] {
        "middle" => normal((value - 50.0) / 16.0),
        "skewed" => normal((value / 15.0).ln() / 0.9),
        "floor" => 1.0 - 0.4 * (-value / 12.0).exp(),
        "ceiling" => 0.5 * (-(100.0 - value) / 10.0).exp(),
        _ => 1.0 - 0.08 * (-value / 20.0).exp(),
    }
}

fn normal(z: f64) -> f64 {
    0.5 * libm::erfc(-z / std::f64::consts::SQRT_2)
}

/// The inverse of it, by halving.
fn quantile(share: f64) -> f64 {
    let (mut low, mut high) = (-9.0, 9.0);
    for _ in 0..60 {
        let middle = (low + high) / 2.0;
        if normal(middle) < share { low = middle } else { high = middle }
    }
    low
}

/// Two at a time (Box & Muller), from one seed.
pub struct Dice {
    pub rng: Rng,
    spare: Option<f64>,
}

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice { rng: Rng::with_seed(seed), spare: None }
    }

    pub fn normal(&mut self) -> f64 {
        if let Some(spare) = self.spare.take() {
            return spare;
        }
        let length = (-2.0 * (1.0 - self.rng.f64()).ln()).sqrt();
        let (sin, cos) = (std::f64::consts::TAU * self.rng.f64()).sin_cos();
        self.spare = Some(length * sin);
        length * cos
    }

    /// Levels of so many days: mean 0, variance 1.
    pub fn levels(&mut self, days: usize, rho: f64) -> Vec<f64> {
        let mut level = self.normal();
        let new = (1.0 - rho * rho).sqrt();
        let next = |day| {
            if day > 0 {
                level = rho * level + new * self.normal();
            }
            level
        };
        (0..days).map(next).collect()
    }

    /// So many random days of every week, counted back from the last; with gaps, one
    /// week in ten begins a gap of one to five.
    pub fn answered(&mut self, days: usize, rate: usize, gaps: bool) -> Vec<bool> {
        let mut answered = vec![false; days];
        for week in answered.rchunks_mut(7) {
            let mut left = rate;
            // A first week that is cut short has its share of what is left.
            for (skipped, day) in (7 - week.len()..7).zip(week.iter_mut()) {
                *day = self.rng.usize(..7 - skipped) < left;
                left -= usize::from(*day);
            }
        }
        let mut day = days.saturating_sub(8);
        while gaps && day > 0 {
            if self.rng.usize(..70) == 0 {
                let from = day.saturating_sub(7 + self.rng.usize(..29));
                answered[from..=day].fill(false);
                day = from;
            }
            day = day.saturating_sub(1);
        }
        answered
    }
}

/// Day 0 is a Monday.
pub fn day(number: usize) -> NaiveDate {
    NaiveDate::from_ymd_opt(2024, 1, 1).unwrap() + Days::new(number as u64)
}

/// Answers of one journal whose level is raised by so many standard deviations, by
/// day.
pub fn answers(
    dice: &mut Dice,
    kind: &Kind,
    scale: &Scale,
    gaps: bool,
    raised: impl Fn(usize) -> f64,
) -> Vec<Observation> {
    let answered = dice.answered(kind.days, kind.rate, gaps);
    let levels = dice.levels(kind.days, kind.rho);
    let days = (0..kind.days).filter(|number| answered[*number]);
    let answer = |number| {
        let value = scale.value(levels[number] + raised(number));
        Observation { day: day(number), value }
    };
    days.map(answer).collect()
}
