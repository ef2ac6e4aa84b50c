//! How far apart two means lie, when nobody knows how days hang together.
//!
//! A small journal cannot tell how much one day's answer carries over to the
//! next, so nine pictures of it are weighed. Each is a linear model whose errors
//! are an AR(1) process over uneven gaps plus noise of the single answer. It is
//! fitted by generalised least squares: a scalar Kalman filter whitens values
//! and design, a Cholesky decomposition solves, and the restricted likelihood
//! weighs the picture (any textbook of state space and of linear mixed models).
//!
//! Answers of one day share what carries over, and each has noise of its own, so their
//! mean says all that they say about the difference: its noise is a single answer's,
//! divided by their number. Where a picture has no noise, each answer of a day says what
//! the others do, and the mean counts as one. How far answers of one day lie apart is
//! left out of the fit: where there is no noise that would be impossible, and one day
//! with two answers would rule out each such picture, that of unrelated days among them.

/// How days hang together.
struct ModelSummary {
    /// The autocorrelation from one day to the next.
    rho: f64,
    /// The share of the variance that carries over; the rest is noise.
    share: f64,
    /// The weight before anything is seen.
    prior: f64,
}

const fn picture(rho: f64, share: f64, prior: f64) -> ModelSummary {
    ModelSummary { rho, share, prior }
}

const PICTURES: [ModelSummary; 9] = [
    picture(0.0, 1.0, 16.0),
    picture(0.3, 0.6, 8.0),
    picture(0.3, 1.0, 8.0),
    picture(0.6, 0.6, 8.0),
    picture(0.6, 1.0, 8.0),
    picture(0.8, 0.6, 8.0),
    picture(0.8, 1.0, 2.0),
    picture(0.9, 0.6, 2.0),
    picture(0.9, 1.0, 1.0),
];

/// What is left of a column after its last row fades; below this it is gone, and
/// the sums stay sparse.
const FADED: f64 = 1e-13;
/// A pivot below this means that the columns cannot be told apart.
const SINGULAR: f64 = 1e-10;

/// The answers of one day, and the columns of the design that they have a part in.
pub struct DesignRow {
    /// Days since any day.
    pub day: i64,
    /// The mean of its answers.
    pub value: f64,
    pub answers: usize,
    pub terms: Vec<(usize, f64)>,
}

/// Rows in the order of their days, one a day, and the difference that is asked about.
pub struct Design {
    pub rows: Vec<DesignRow>,
    /// How each column counts in it; its length is the number of columns.
    pub contrast: Vec<f64>,
}

/// Probabilities that the true difference exceeds something, averaged over the
/// pictures.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tails {
    pub above_zero: f64,
    pub above_margin: f64,
    pub above_minus_margin: f64,
}

struct ModelFit {
    log_likelihood: f64,
    estimate: f64,
    error: f64,
}

impl Design {
    /// `None` where the columns cannot be told apart. `floor` is the least sum of
    /// squares that is believed, for values are rounded.
    pub fn tails(&self, margin: f64, floor: f64) -> Option<Tails> {
        let fit = |picture: &ModelSummary| self.normal(picture).fit(&self.contrast, floor);
        let fits: Vec<ModelFit> = PICTURES.iter().map(fit).collect::<Option<_>>()?;
        let weighed =
            |(fit, picture): (&ModelFit, &ModelSummary)| fit.log_likelihood + picture.prior.ln();
        let weights: Vec<f64> = fits.iter().zip(&PICTURES).map(weighed).collect();
        let most = weights.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let weights: Vec<f64> = weights.iter().map(|w| (w - most).exp()).collect();
        let freedom = (self.rows.len() - self.contrast.len()) as f64;
        let above = |least: f64| {
            let tail = |fit: &ModelFit| student((fit.estimate - least) / fit.error, freedom);
            let sum: f64 = fits.iter().zip(&weights).map(|(fit, w)| w * tail(fit)).sum();
            sum / weights.iter().sum::<f64>()
        };
        Some(Tails {
            above_zero: above(0.0),
            above_margin: above(margin),
            above_minus_margin: above(-margin),
        })
    }

    /// Has every column one value alone?
    pub fn never_varies(&self) -> bool {
        let mut values: Vec<Option<f64>> = vec![None; self.contrast.len()];
        self.rows.iter().all(|row| {
            row.terms
                .iter()
                .all(|(column, _)| *values[*column].get_or_insert(row.value) == row.value)
        })
    }

    /// The standard error of the difference for answers of unit variance, before
    /// any is seen: what the days alone can tell.
    pub fn expected_error(&self) -> Option<f64> {
        let mut sum = 0.0;
        for picture in &PICTURES {
            sum += picture.prior * self.normal(picture).variance(&self.contrast)?;
        }
        Some((sum / PICTURES.iter().map(|p| p.prior).sum::<f64>()).sqrt())
    }

    /// The normal equations of the whitened rows.
    fn normal(&self, picture: &ModelSummary) -> Normal {
        let mut normal = Normal::new(self.contrast.len());
        let mut variance = picture.share;
        let mut expected = 0.0;
        let mut columns: Vec<(usize, f64)> = Vec::new();
        let mut before: Option<i64> = None;
        for row in &self.rows {
            if let Some(before) = before {
                let gap = i32::try_from(row.day - before).unwrap_or(i32::MAX);
                let carries = if picture.rho == 0.0 { 0.0 } else { picture.rho.powi(gap) };
                expected *= carries;
                columns.iter_mut().for_each(|(_, part)| *part *= carries);
                columns.retain(|(_, part)| part.abs() > FADED);
                variance = carries * carries * variance + (1.0 - carries * carries) * picture.share;
            }
            before = Some(row.day);
            let total = variance + (1.0 - picture.share) / row.answers as f64;
            let gain = variance / total;
            variance *= 1.0 - gain;
            let surprise = row.value - expected;
            expected += gain * surprise;
            for (column, _) in &row.terms {
                if !columns.iter().any(|(known, _)| known == column) {
                    columns.push((*column, 0.0));
                }
            }
            let mut surprises = columns.clone();
            for ((column, part), (_, surprise)) in columns.iter_mut().zip(&mut surprises) {
                let term = row.terms.iter().find(|(own, _)| own == column).map_or(0.0, |t| t.1);
                *surprise = term - *part;
                *part += gain * *surprise;
            }
            normal.add(&surprises, surprise, total);
        }
        normal
    }
}

/// X'X, X'y and y'y of whitened rows. Columns that follow each other in time share
/// rows with their neighbours alone, so each row of the triangle begins late.
struct Normal {
    xx: Vec<Vec<f64>>,
    first: Vec<usize>,
    xy: Vec<f64>,
    yy: f64,
    log_variance: f64,
    rows: usize,
}

impl Normal {
    fn new(columns: usize) -> Normal {
        Normal {
            xx: (1..=columns).map(|length| vec![0.0; length]).collect(),
            first: (0..columns).collect(),
            xy: vec![0.0; columns],
            yy: 0.0,
            log_variance: 0.0,
            rows: 0,
        }
    }

    fn add(&mut self, columns: &[(usize, f64)], value: f64, variance: f64) {
        for &(a, of_a) in columns {
            self.xy[a] += of_a * value / variance;
            for &(b, of_b) in columns.iter().filter(|(b, _)| *b <= a) {
                self.xx[a][b] += of_a * of_b / variance;
                self.first[a] = self.first[a].min(b);
            }
        }
        self.yy += value * value / variance;
        self.log_variance += variance.ln();
        self.rows += 1;
    }

    /// Cholesky in place; the logarithm of the determinant.
    fn decompose(&mut self) -> Option<f64> {
        let mut log = 0.0;
        for a in 0..self.xx.len() {
            for b in self.first[a]..=a {
                let from = self.first[a].max(self.first[b]);
                let both: f64 = (from..b).map(|k| self.xx[a][k] * self.xx[b][k]).sum();
                let rest = self.xx[a][b] - both;
                if b < a {
                    self.xx[a][b] = rest / self.xx[b][b];
                } else if rest < SINGULAR {
                    return None;
                } else {
                    self.xx[a][a] = rest.sqrt();
                    log += rest.ln();
                }
            }
        }
        Some(log)
    }

    /// The decomposed triangle's inverse times this.
    fn forward(&self, of: &[f64]) -> Vec<f64> {
        let mut solved: Vec<f64> = Vec::with_capacity(of.len());
        for (a, value) in of.iter().enumerate() {
            let sum: f64 = (self.first[a]..a).map(|k| self.xx[a][k] * solved[k]).sum();
            solved.push((value - sum) / self.xx[a][a]);
        }
        solved
    }

    fn variance(mut self, contrast: &[f64]) -> Option<f64> {
        self.decompose()?;
        Some(self.forward(contrast).iter().map(|w| w * w).sum())
    }

    fn fit(mut self, contrast: &[f64], floor: f64) -> Option<ModelFit> {
        let log_determinant = self.decompose()?;
        let (values, weights) = (self.forward(&self.xy), self.forward(contrast));
        let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
        let residual = (self.yy - dot(&values, &values)).max(floor);
        let freedom = (self.rows - contrast.len()) as f64;
        Some(ModelFit {
            log_likelihood: -0.5 * (freedom * residual.ln() + self.log_variance + log_determinant),
            estimate: dot(&values, &weights),
            error: (residual / freedom * dot(&weights, &weights)).sqrt(),
        })
    }
}

/// The distribution function of Student's t, through the normal (Wallace 1959).
pub fn student(t: f64, freedom: f64) -> f64 {
    let z = (freedom * (t * t / freedom).ln_1p()).sqrt() * (8.0 * freedom + 1.0)
        / (8.0 * freedom + 3.0);
    normal(z.copysign(t))
}

/// The distribution function of the normal.
pub fn normal(z: f64) -> f64 {
    0.5 * libm::erfc(-z / std::f64::consts::SQRT_2)
}

#[cfg(test)]
mod tests;
