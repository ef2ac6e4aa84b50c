//! Several answers of one day, beside one matrix of them all.

use super::*;

/// Days and values. Two days have several answers.
const ANSWERS: [(i64, f64); 11] = [
    (0, 2.0),
    (1, 1.0),
    (1, 4.0),
    (3, 2.0),
    (7, 3.0),
    (30, 1.0),
    (30, 0.0),
    (30, 3.0),
    (31, 1.0),
    (34, 0.0),
    (36, 2.0),
];
/// The first day of "now".
const NOW: i64 = 30;
const NOW_AND_THEN: [f64; 2] = [1.0, -1.0];

fn column(day: i64) -> usize {
    usize::from(day < NOW)
}

fn by_day() -> Design {
    let row = |of: &[(i64, f64)]| DesignRow {
        day: of[0].0,
        value: of.iter().map(|(_, value)| value).sum::<f64>() / of.len() as f64,
        answers: of.len(),
        terms: vec![(column(of[0].0), 1.0)],
    };
    let rows = ANSWERS.chunk_by(|a, b| a.0 == b.0).map(row).collect();
    Design { rows, contrast: NOW_AND_THEN.to_vec() }
}

/// Solves the square at the left of these rows for all columns right of it.
fn solve(rows: &mut [Vec<f64>]) {
    for at in 0..rows.len() {
        let pivot = rows[at][at];
        rows[at].iter_mut().for_each(|cell| *cell /= pivot);
        let solved = rows[at].clone();
        for (_, row) in rows.iter_mut().enumerate().filter(|(other, _)| *other != at) {
            let factor = row[at];
            row.iter_mut().zip(&solved).for_each(|(cell, own)| *cell -= factor * own);
        }
    }
}

/// The difference and its variance from one matrix of all answers, each a row of its own.
fn dense(picture: &ModelSummary) -> (f64, f64) {
    // Without any noise, two answers of a day would be one row twice.
    const TRACE: f64 = 1e-9;
    let share = picture.share.min(1.0 - TRACE);
    let count = ANSWERS.len();
    let row = |(at, (day, value)): (usize, &(i64, f64))| -> Vec<f64> {
        let covariance = ANSWERS.iter().enumerate().map(|(other, (of, _))| {
            let noise = if at == other { 1.0 - share } else { 0.0 };
            share * picture.rho.powi((day - of).abs() as i32) + noise
        });
        let terms = [0, 1].map(|of| f64::from(u8::from(column(*day) == of)));
        covariance.chain(terms).chain([*value]).collect()
    };
    let mut rows: Vec<Vec<f64>> = ANSWERS.iter().enumerate().map(row).collect();
    solve(&mut rows);
    let sum = |of: usize, beside: usize| {
        let own = ANSWERS.iter().zip(&rows).filter(|((day, _), _)| column(*day) == of);
        own.map(|(_, row)| row[count + beside]).sum::<f64>()
    };
    let normal = |of: usize| vec![sum(of, 0), sum(of, 1), sum(of, 2), NOW_AND_THEN[of]];
    let mut normal = [0, 1].map(normal);
    solve(&mut normal);
    (normal[0][2] - normal[1][2], normal[0][3] - normal[1][3])
}

#[test]
fn the_mean_of_a_day_says_of_the_difference_what_all_its_answers_say() {
    for picture in &PICTURES {
        let (estimate, variance) = dense(picture);
        let ours = by_day().normal(picture).fit(&NOW_AND_THEN, 0.0).unwrap().estimate;
        let its_variance = by_day().normal(picture).variance(&NOW_AND_THEN).unwrap();
        let (rho, share) = (picture.rho, picture.share);
        assert!((ours - estimate).abs() < 1e-6, "{rho} {share}: {ours}, {estimate}");
        assert!((its_variance - variance).abs() < 1e-6, "{its_variance}, {variance}");
    }
}
