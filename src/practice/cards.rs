//! Cards: one small question or a two-minute exercise, drawn by the day.

use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::config::Chapter;

use super::{AskTemplate, Fear, Form, Practice};

/// For whom a card is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CardSet {
    /// For one person, whatever the other does.
    Alone,
    /// For both, in the mood for it.
    Two,
    /// For one person who may not be safe; nothing in it says so.
    Quiet,
}

/// What a card asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CardKind {
    /// To think about, or to answer.
    Question,
    /// To do, in two minutes at most.
    Exercise,
}

/// One card.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Card {
    /// For whom it is.
    pub set: CardSet,
    /// Its name, which stays.
    pub id: String,
    /// What it asks for.
    pub kind: CardKind,
    /// Its words.
    pub text: String,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct CardFile {
    card: Vec<Card>,
}

static CARDS: LazyLock<Vec<Card>> = LazyLock::new(|| {
    let file = toml::from_str::<CardFile>(include_str!("../../prompts/lists/cards.toml"));
    // The file is the program's own; a test holds that it can be read.
    file.unwrap_or_default().card
});

/// The line above a card for two.
const FOR_TWO: &str =
    "For when you're both in the mood. Either of you can pass, and no reason is needed.";
/// The line above another card than was asked for.
const INSTEAD: &str = "Here's one for you.";

/// Cards so far apart follow one another from day to day: with it, each card of a deck
/// of any size that it shares no divisor with comes once before any comes again.
const STRIDE: i64 = 7;

/// The cards that one is drawn from.
pub struct Deck {
    cards: Vec<&'static Card>,
    /// The line above the card.
    pub lead: Option<&'static str>,
}

impl Deck {
    /// The deck for this form of a practice. Whoever is afraid, or apart, gets no card for
    /// two, and the line above theirs is that of a card for one.
    pub fn of(form: Form, for_two: bool) -> Deck {
        let sets: &[CardSet] = match (form.fear, form.chapter, for_two) {
            (Fear::Known, _, _) => &[CardSet::Quiet],
            (_, Chapter::Apart, _) | (_, _, false) => &[CardSet::Alone, CardSet::Quiet],
            (Fear::None | Fear::Unknown, Chapter::Together, true) => &[CardSet::Two],
        };
        let lead = for_two.then_some(if sets == [CardSet::Two] { FOR_TWO } else { INSTEAD });
        Deck { cards: CARDS.iter().filter(|card| sets.contains(&card.set)).collect(), lead }
    }

    /// The card of the day; or, by its place after that, another one.
    pub fn draw(&self, day: NaiveDate, place: usize) -> Option<&'static Card> {
        let count = i64::try_from(self.cards.len()).ok().filter(|count| *count > 0)?;
        let first = (i64::from(day.num_days_from_ce()) * STRIDE).rem_euclid(count);
        let first = usize::try_from(first).ok()?;
        self.cards.get((first + place) % self.cards.len()).copied()
    }
}

impl Practice {
    /// The practice with a card's question, and its own wording below as help.
    pub fn with_card(mut self, text: &str, lead: Option<&str>) -> Practice {
        self.intro = lead.map(str::to_owned);
        let primary = self.primary.clone();
        for question in self.questions.iter_mut().filter(|question| question.id == primary) {
            let own = std::mem::replace(&mut question.ask, text.to_owned());
            question.templates = vec![AskTemplate { text: text.to_owned(), chapter: None }];
            question.help = Some(own);
            question.helps.clear();
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    const FORMS: [(Fear, Chapter); 6] = [
        (Fear::None, Chapter::Together),
        (Fear::Unknown, Chapter::Together),
        (Fear::Known, Chapter::Together),
        (Fear::None, Chapter::Apart),
        (Fear::Unknown, Chapter::Apart),
        (Fear::Known, Chapter::Apart),
    ];

    fn deck(form: usize, for_two: bool) -> Deck {
        let (fear, chapter) = FORMS[form];
        Deck::of(Form { fear, chapter }, for_two)
    }

    fn drawn(deck: &Deck, days: u64) -> Vec<&'static str> {
        let first = NaiveDate::from_ymd_opt(2026, 11, 1).unwrap();
        let days = (0..days).map(|n| first + chrono::Days::new(n));
        days.map(|day| deck.draw(day, 0).unwrap().id.as_str()).collect()
    }

    #[test]
    fn there_are_so_many_cards_of_each_set_and_no_id_twice() {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for card in CARDS.iter() {
            *counts.entry(format!("{:?}", card.set)).or_default() += 1;
        }
        let wanted = [("Alone", 15), ("Quiet", 16), ("Two", 16)];
        assert_eq!(counts.into_iter().collect::<Vec<_>>(), wanted.map(|(s, n)| (s.to_owned(), n)));
        let ids: BTreeSet<&str> = CARDS.iter().map(|card| card.id.as_str()).collect();
        assert_eq!(ids.len(), CARDS.len());
    }

    #[test]
    fn each_card_of_a_deck_comes_once_before_any_comes_again() {
        for form in 0..FORMS.len() {
            for for_two in [false, true] {
                let deck = deck(form, for_two);
                let count = deck.cards.len();
                let all = drawn(&deck, 2 * count as u64);
                let once: BTreeSet<_> = all[..count].iter().collect();
                assert_eq!((once.len(), &all[..count]), (count, &all[count..]));
            }
        }
    }

    #[test]
    fn the_form_says_which_deck_it_is_and_what_stands_above() {
        let told = |form: usize, for_two: bool| {
            let deck = deck(form, for_two);
            let sets: BTreeSet<char> =
                deck.cards.iter().filter_map(|card| card.id.chars().next()).collect();
            (sets.into_iter().collect::<String>(), deck.lead)
        };
        for form in [0, 1] {
            assert_eq!(told(form, false), ("as".into(), None));
            assert_eq!(told(form, true), ("t".into(), Some(FOR_TWO)));
        }
        for form in [2, 5] {
            assert_eq!(told(form, false), ("s".into(), None));
            assert_eq!(told(form, true), ("s".into(), Some(INSTEAD)));
        }
        for form in [3, 4] {
            assert_eq!(told(form, false), ("as".into(), None));
            assert_eq!(told(form, true), ("as".into(), Some(INSTEAD)));
        }
    }
}
