//! The writer's own words beside the items that they speak to.

use chrono::{DateTime, FixedOffset};

use crate::entry::{Answer, Entry, Value};
use crate::practice::{EarlierEntries, Excerpt, Practice, all_match};

/// Quotes beside one session.
const MOST: usize = 6;

/// The writer's own words of those weeks, beside what they speak to.
pub struct Quote {
    pub item: String,
    pub at: DateTime<FixedOffset>,
    pub practice: String,
    pub words: String,
}

pub(super) fn quotes(practice: &Practice, sitting: &Entry, past: EarlierEntries) -> Vec<Quote> {
    let mut quotes: Vec<Quote> = Vec::new();
    for excerpt in &practice.excerpts {
        let Some(item) = said_item(excerpt, sitting) else { continue };
        for entry in past.of(&excerpt.practice, excerpt.within) {
            let Some(Value::Text(words)) = entry.answer(&excerpt.question).map(|a| &a.value) else {
                continue;
            };
            let told = quotes.iter().any(|q| q.at == entry.at && q.words == *words);
            if all_match(&excerpt.when, &entry.answers) && !told {
                quotes.push(Quote {
                    item: item.clone(),
                    at: entry.at,
                    practice: entry.practice.clone(),
                    words: words.clone(),
                });
                // One for each, so that no item drowns the others.
                break;
            }
        }
    }
    quotes.truncate(MOST);
    quotes
}

/// The first of the excerpt's items that was answered above the least: words
/// stand beside what was seen, not beside what was not.
fn said_item(excerpt: &Excerpt, sitting: &Entry) -> Option<String> {
    let seen = |a: &&Answer| a.value.number().zip(a.scale).is_some_and(|(n, s)| n > s.min as f64);
    let answers = excerpt.items.iter().filter_map(|id| sitting.answer(id));
    answers.filter(|a| seen(a)).map(|a| a.asked.clone()).next()
}
