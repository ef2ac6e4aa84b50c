//! Eight made-up months for the tour's temporary journal.

use std::collections::HashSet;

use chrono::{DateTime, Duration, FixedOffset};

use crate::app::App;
use crate::entry::Entry;
use crate::error::Result;
use crate::practice::{Fear, Practice};
use crate::prompt::AnswersInput;

/// How close the evenings felt, from 0 to 4: a month of days in each row, the last one
/// yesterday, and a dot where nothing was kept. An evening of 0 had no moment.
const CLOSENESS: &[&str] = &[
    "1.2.10.2.1.1..2.01.2.1.12.0.1.",
    "2.12.1.2.0.21.12..1.2.0.1.2.1.",
    "1.2.21.0.12..1.2.1.0.2.1.12.2.",
    ".2.1.2.12.0.2.1.2..2.1.2.0.2.1",
    "2.21.2.1.3..2.1.2.32.1..2.0.1.",
    ".2.32.2.0.3.2..23.1.2.3..2.32.",
    "3.2.30.2.4.2.3..32.3.1.3.34.23",
    "3.23.2.0.32.43..3.2.32.4.0.343",
];

/// How much room there was in the mornings.
const ROOM: &[&str] = &[
    "1...2...1....2...1...2....1...",
    "..1...2....1...2....1...2...1.",
    "..2...1....1...2....2...1...2.",
    "1....2...2....1....3...2....1.",
    "..2...2....3....2...1...2...3.",
    "2...3....2...3....2....3...2..",
    "..3...2...3....2...4...3...3..",
    "3..2...3....3.4...3..2...3..3.",
];

/// Used in turn.
const MOMENTS: &[&str] = &[
    "Coffee put down beside me without a word.",
    "Sam asked how the call went, and waited for the answer.",
    "We walked back the long way.",
    "A hand on my shoulder in passing.",
    "I said I needed an hour, and Sam said: see you at eight.",
    "Laughing at the same line in the same film.",
];
const NO_MOMENT: &str = "None today";

/// What became of intentions, used in turn: in the first months, and in the last three.
const OUTCOMES: &[&[&str]] = &[
    &["forgot", "noticed", "forgot", "never-came-up", "did", "forgot"],
    &["did", "noticed", "did", "forgot", "did", "did"],
];

/// Moments of distance: how many days ago, what happened, and what the writer did.
const DISTANCE: &[(usize, &str, &str)] = &[
    (201, "Sam asked about the summer, and I changed the subject.", "went-quiet"),
    (176, "A whole weekend together, and by Sunday I was short.", "got-busy"),
    (150, "I came home late and Sam had waited to eat.", "went-quiet"),
    (97, "We talked about moving, and I couldn't say anything.", "went-quiet"),
    (61, "Sam wanted to hold hands in front of my family.", "joked"),
    (24, "A long evening, and Sam asked what I was thinking.", "went-quiet"),
    (13, "Sam cried, and I went to do the dishes.", "got-busy"),
    (5, "Sam said ‘I missed you’, and I looked at my phone.", "went-quiet"),
];

/// Used in turn.
const INTENTIONS: &[&str] = &[
    "I'll answer the first message, in my own way.",
    "I'll step outside once and look up.",
    "I'll go a little slower than I have to.",
];

/// Hours before now.
const MORNING: i64 = 14;
const EVENING: i64 = 1;
const LATE: i64 = 0;

const THIS_MORNING: &[(&str, &str)] =
    &[("intention", "When I need space, I'll say so, and say when I'll be back."), ("room", "3")];

const THIS_EVENING: &[(&str, &str)] = &[
    ("connection", "I went quiet after dinner. Sam left the light on for me."),
    ("closeness", "3"),
    ("outcome", "did"),
];

/// Everything before this evening, oldest first.
///
/// # Errors
/// An answer that its practice does not take.
pub fn earlier(app: &App) -> Result<Vec<Entry>> {
    let (reflect, intent) = (find_practice(app, "reflect")?, find_practice(app, "intent")?);
    let notice = find_practice(app, "notice")?;
    let mornings: HashSet<usize> = kept_days(ROOM).map(|(ago, _)| ago).collect();
    let mut entries = Vec::new();
    for (turn, (ago, sign)) in kept_days(CLOSENESS).enumerate() {
        let moment = if sign == '0' { NO_MOMENT } else { MOMENTS[turn % MOMENTS.len()] };
        let sign = sign.to_string();
        let mut answers = vec![("connection", moment), ("closeness", &sign)];
        if mornings.contains(&ago) {
            answers.push(("outcome", outcome(turn, ago)));
        }
        entries.push(entry(&reflect, before(app, ago, EVENING), &answers)?);
    }
    for (ago, happened, did) in DISTANCE {
        let answers =
            [("happened", *happened), ("stepped-back", "me"), ("body", "chest"), ("did", *did)];
        entries.push(entry(&notice, before(app, *ago, LATE), &answers)?);
    }
    for (turn, (ago, sign)) in kept_days(ROOM).enumerate() {
        let words = INTENTIONS[turn % INTENTIONS.len()];
        let answers = [("intention", words), ("room", &sign.to_string())];
        entries.push(entry(&intent, before(app, ago, MORNING), &answers)?);
    }
    entries.push(entry(&intent, before(app, 0, MORNING), THIS_MORNING)?);
    entries.sort_by_key(|entry| entry.at);
    Ok(entries)
}

/// This evening's, with its practice.
///
/// # Errors
/// An answer that its practice does not take.
pub fn this_evening(app: &App) -> Result<(Practice, Entry)> {
    let practice = find_practice(app, "reflect")?;
    let entry = entry(&practice, app.clock().now, THIS_EVENING)?;
    Ok((practice, entry))
}

fn outcome(turn: usize, ago: usize) -> &'static str {
    let month = OUTCOMES[usize::from(ago <= 90)];
    month[turn % month.len()]
}

fn find_practice(app: &App, name: &str) -> Result<Practice> {
    let practice = app.worded(app.practice(name)?, app.clock().now);
    Ok(practice.adapted_to(app.form(Fear::None)))
}

fn before(app: &App, days: usize, hours: i64) -> DateTime<FixedOffset> {
    app.clock().now - Duration::hours(24 * days as i64 + hours)
}

/// How many days ago each entry was kept, and its sign.
fn kept_days(months: &[&str]) -> impl Iterator<Item = (usize, char)> {
    let days: Vec<char> = months.concat().chars().collect();
    let count = days.len();
    let ago = days.into_iter().enumerate().map(move |(place, sign)| (count - place, sign));
    ago.filter(|(_, sign)| *sign != '.')
}

fn entry(
    practice: &Practice,
    at: DateTime<FixedOffset>,
    answers: &[(&str, &str)],
) -> Result<Entry> {
    let flags = answers.iter().map(|(id, value)| (id.to_string(), value.to_string())).collect();
    let answers = AnswersInput { flags, ..AnswersInput::default() }.read(practice)?;
    Entry::new(&practice.name, at, at, Vec::new(), answers)
}
