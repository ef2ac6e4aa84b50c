//! When a writer of few answers may hope for a word: reckoned from the rhythm and the
//! spread of the answers so far, and from their days alone.

use chrono::Duration;

use super::claim::TAIL;
use super::model::student;
use super::spans::NOW;
use super::{ComparisonSpan, Observation, Series, means};

/// Answers before their spread and rhythm say anything.
const LEAST_FOR_OUTLOOK: usize = 5;
/// Weeks from now that are looked at.
const WEEKS: [u32; 10] = [2, 4, 6, 8, 10, 13, 17, 26, 39, 52];

/// When a change of one step in the last four weeks is as likely as not to be said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Outlook {
    /// It is already, or nothing can be reckoned.
    #[default]
    Open,
    /// After about so many more weeks of the same rhythm.
    Weeks(u32),
    /// Not within a year of it.
    Beyond,
}

impl Series<'_> {
    /// When a change of one step could be said; takes as long as a dozen comparisons.
    pub fn outlook(&self) -> Outlook {
        let recent: Vec<&Observation> = self
            .answers
            .iter()
            .filter(|answer| ComparisonSpan::now(self.today).has(answer.day))
            .collect();
        if recent.is_empty() || self.answers.len() < LEAST_FOR_OUTLOOK || self.is_share {
            return Outlook::Open;
        }
        let spread = self.spread().max(self.step / 12f64.sqrt());
        if self.shows(0, &recent, spread) {
            return Outlook::Open;
        }
        let shows = |weeks: &&u32| self.shows(i64::from(**weeks), &recent, spread);
        WEEKS.iter().find(shows).map_or(Outlook::Beyond, |weeks| Outlook::Weeks(*weeks))
    }

    /// The standard deviation around the means of four weeks each.
    fn spread(&self) -> f64 {
        let block = |answer: &Observation| (self.today - answer.day).num_days() / NOW as i64;
        let (mut squares, mut freedom) = (0.0, 0);
        for of in self.answers.chunk_by(|a, b| block(a) == block(b)) {
            let mean = of.iter().map(|answer| answer.value).sum::<f64>() / of.len() as f64;
            squares += of.iter().map(|answer| (answer.value - mean).powi(2)).sum::<f64>();
            freedom += of.len() - 1;
        }
        (squares / freedom.max(1) as f64).sqrt()
    }

    /// Could it be said, were the last four weeks written again and again so long?
    fn shows(&self, weeks: i64, recent: &[&Observation], spread: f64) -> bool {
        let today = self.today + Duration::weeks(weeks);
        let again = recent.iter().flat_map(|answer| {
            let days = answer.day.iter_days().step_by(NOW as usize).skip(1);
            let days = days.take_while(|day| *day <= today);
            days.map(|day| Observation { day, ..**answer })
        });
        let mut answers = self.answers.to_vec();
        answers.extend(again);
        answers.sort_by_key(|answer| answer.day);
        let later = Series { today, ..*self };
        let now = ComparisonSpan::now(today);
        let earlier = now.earlier(&answers, self.against, self.first_day);
        let Some((_, then)) = earlier else { return false };
        let days = means(&answers, |day| day);
        let Some(design) = later.design(&days, then, now) else { return false };
        let freedom = (design.rows.len() - design.contrast.len()) as f64;
        let error = design.expected_error().map(|error| error * spread);
        error.is_some_and(|error| student(self.step / error, freedom) >= 1.0 - TAIL)
    }
}
