//! Sentences that someone might have written of an ordinary week.

use fastrand::Rng;

const WHO: &[&str] = &["He", "She", "Sam", "We", "I", "My sister", "The children"];
const DID: &[&str] = &[
    "waited at the door",
    "made tea without a word",
    "went quiet at dinner",
    "laughed about the rain",
    "asked how the day went",
    "left the room for a while",
    "sent a message from the train",
    "stayed on the stairs",
    "talked about the summer",
    "said that it was too much",
    "put the phone away",
    "listened until the end",
    "walked ahead",
    "held my hand for a moment",
    "forgot what we had planned",
    "came back after ten minutes",
    "read the letter twice",
    "looked out of the window",
    "cooked the soup from last winter",
    "slept badly",
];
const WHEN: &[&str] = &[
    "after work",
    "before breakfast",
    "on the way home",
    "late in the evening",
    "when the call ended",
    "in the kitchen",
    "by the river",
    "while the radio played",
    "at the station",
    "in the garden",
    "as soon as it got serious",
    "for the first time in weeks",
];
const THEN: &[&str] = &[
    "and I noticed how tired I was",
    "and nothing broke",
    "and it was easier than I thought",
    "and my shoulders went tight",
    "and I did not know what to say",
    "and the distance felt smaller",
    "and I wanted to be alone",
    "and we both smiled",
    "and I said it at last",
    "and the old worry came back",
    "and I breathed out slowly",
    "and it stayed unsaid",
];

fn one<'a>(dice: &mut Rng, of: &[&'a str]) -> &'a str {
    of[dice.usize(..of.len())]
}

/// What questions that want a few words are answered with.
const PHRASES: &[(&[&str], &[&str])] = &[
    (
        &["met", "unmet", "need", "care", "close-needs"],
        &[
            "Time alone",
            "To be heard",
            "Rest",
            "A plain answer",
            "To be held",
            "A little warning",
            "Help with the evenings",
        ],
    ),
    (
        &["happened"],
        &[
            "The phone rang at dinner",
            "We talked about money",
            "Plans changed",
            "A serious talk",
            "His mother called",
            "We had a close weekend",
        ],
    ),
    (
        &["protecting"],
        &[
            "My quiet",
            "Not being seen crying",
            "My own pace",
            "The evening",
            "An old promise to myself",
        ],
    ),
];

/// A few words that fit the question, where it wants no more.
pub fn phrase(dice: &mut Rng, question: &str) -> Option<String> {
    let (_, phrases) = PHRASES.iter().find(|(of, _)| of.contains(&question))?;
    // The first more often, as people have their own.
    let (a, b) = (dice.usize(..phrases.len()), dice.usize(..phrases.len()));
    Some(phrases[a.min(b)].to_owned())
}

pub fn sentence(dice: &mut Rng) -> String {
    let mut text = format!("{} {}", one(dice, WHO), one(dice, DID));
    if dice.f64() < 0.6 {
        text += &format!(" {}", one(dice, WHEN));
    }
    if dice.f64() < 0.5 {
        text += &format!(", {}", one(dice, THEN));
    }
    text + "."
}

/// About so many words in the middle of many stories; some are far longer.
pub fn story(dice: &mut Rng, words: usize) -> String {
    // The mean of three dice lies about one half, and its square falls off.
    let size = (dice.f64() + dice.f64() + dice.f64()) / 1.5;
    let wanted = (words as f64 * size * size) as usize;
    let mut text = sentence(dice);
    let mut count = text.split(' ').count();
    while count < wanted {
        let next = sentence(dice);
        count += next.split(' ').count();
        text += if dice.f64() < 0.15 { "\n\n" } else { " " };
        text += &next;
    }
    text
}
