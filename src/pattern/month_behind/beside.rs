//! This month beside the four weeks before: figures alone, as one month beside another
//! can't tell a change from chance. What can be told of a longer time stands by itself.

use serde::Serialize;

use crate::pattern::change::{BaselineKind, Change, Claim, Observation};
use crate::practice::Practice;

use super::super::gauge::NewestWording;
use super::evenings::{connection_share, evenings};
use super::{Evening, LEAST_EVENINGS, MonthEntries};

/// How many of all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ShareCount {
    pub times: usize,
    pub of: usize,
}

/// The month beside the four weeks before.
#[derive(Debug, PartialEq, Serialize)]
pub struct Beside {
    /// Has either fewer evenings than can be summed up?
    pub too_few: bool,
    /// Evenings with a moment of connection, of those that say so: now, and then.
    pub connection: Option<[ShareCount; 2]>,
    pub closeness: Option<MeanPair>,
    /// Over a longer time: what the first screen of `patterns` says of closeness, higher, lower or
    /// about the same; `None` where that's too few to say.
    pub change: Option<Change>,
    /// The words of the steps of closeness.
    #[serde(skip)]
    pub labels: Vec<String>,
}

/// Means over answers.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct MeanPair {
    pub now: f64,
    pub then: f64,
}

/// `None` in the first month.
pub fn beside<'a>(
    month: &MonthEntries<'a>,
    now: &[Evening<'a>],
    reflect: Option<&'a Practice>,
    closeness: Option<&Change>,
) -> Option<Beside> {
    month.all.iter().find(|(day, _)| *day < month.now.from)?;
    let then = evenings(month, month.before, reflect);
    let too_few = now.len().min(then.len()) < LEAST_EVENINGS;
    let tells = |all: &[Evening]| {
        let of = all.iter().filter(|evening| evening.tells_connection()).count();
        ShareCount { of, ..connection_share(all) }
    };
    let connection = [tells(now), tells(&then)];
    let connection = connection.iter().all(|s| s.of >= LEAST_EVENINGS).then_some(connection);
    let question = reflect.and_then(|reflect| reflect.question("closeness"));
    let labels = question.map_or(&[][..], |question| question.kind.scale_labels()).to_vec();
    let mut newest = NewestWording::default();
    let answers = month.all.iter().filter(|(_, entry)| entry.practice == "reflect");
    let answers = answers.filter_map(|(day, entry)| Some((*day, entry.answer("closeness")?)));
    let values: Vec<Observation> = answers
        .filter_map(|(day, answer)| Some((day, answer.value.number()?, answer)))
        .filter(|(_, _, answer)| newest.compares(question, answer))
        .map(|(day, value, _)| Observation { day, value })
        .collect();
    let means = [month.now, month.before].map(|span| {
        let inside = values.iter().filter(|answer| span.has(answer.day));
        let (count, sum) = inside.fold((0, 0.0), |(n, sum), answer| (n + 1, sum + answer.value));
        (count >= LEAST_EVENINGS).then(|| sum / count as f64)
    });
    let change = closeness.filter(|change| is_of_longer_time(change, month)).cloned();
    let closeness = match means {
        [Some(now), Some(then)] => Some(MeanPair { now, then }),
        _ => None,
    };
    Some(Beside { too_few, connection, closeness, change, labels })
}

/// Is it against a time before these eight weeks, which can't tell a change themselves, whatever
/// the span is called?
fn is_of_longer_time(change: &Change, month: &MonthEntries) -> bool {
    let is_earlier = change.then.is_some_and(|then| then.span.to < month.before.from);
    let tells = change.claim != Claim::TooFew && change.against != Some(BaselineKind::Previous);
    tells && is_earlier
}
