//! Ten generated journals of which it is known what changed, each with what the
//! program says of it, to be read side by side: `cargo run --example changes`.

#[allow(dead_code)]
#[path = "../tests/inward/simulation/journal.rs"]
mod journal;

use inward::config::Clock;
use inward::entry::Entry;
use inward::pattern::{Fold, FoldPlan, Request};
use inward::practice::{Fear, Practice, Practices};
use inward::render::{self, FigureOptions, TextPage, WordsAround};
use journal::{Dice, Kind, Scale, answers, day};

/// What happened, days, answers a week, rho, and the level by days before the end.
type Case = (&'static str, usize, usize, f64, fn(usize) -> f64);

const CASES: [Case; 10] =
    [
        ("Nothing changed.", 365, 3, 0.3, |_| 0.0),
        ("Nothing changed; days hang together closely.", 365, 7, 0.6, |_| 0.0),
        ("One SD higher for four weeks.", 365, 3, 0.0, |ago| if ago < 28 { 1.0 } else { 0.0 }),
        ("One SD higher for four weeks.", 365, 7, 0.3, |ago| if ago < 28 { 1.0 } else { 0.0 }),
        ("Two SD lower for four weeks.", 365, 3, 0.3, |ago| if ago < 28 { -2.0 } else { 0.0 }),
        ("Half an SD higher for four weeks.", 365, 7, 0.0, |ago| if ago < 28 { 0.5 } else { 0.0 }),
        ("A slow rise of two SD over the year.", 365, 5, 0.3, |ago| -2.0 * ago as f64 / 365.0),
        ("Fell by two SD eight weeks ago.", 365, 3, 0.3, |ago| if ago < 56 { -2.0 } else { 0.0 }),
        ("One SD higher for four weeks.", 365, 1, 0.0, |ago| if ago < 28 { 1.0 } else { 0.0 }),
        ("Two months, and two SD lower in the second.", 60, 5, 0.3, |ago| {
            if ago < 28 { -2.0 } else { 0.0 }
        }),
    ];

fn main() {
    let practices = Practices::load("/nowhere".as_ref(), &[]);
    let practices: Vec<Practice> =
        practices.valid().map(|practice| practice.clone().with_partner_name(None)).collect();
    let scale = Scale::new(1, 0);
    for (seed, (what, days, rate, rho, level)) in (1..).zip(CASES) {
        let kind = Kind { range: 1, shape: 0, days, rate, rho };
        let mut dice = Dice::new(seed);
        let given = answers(&mut dice, &kind, &scale, false, |number| level(days - 1 - number));
        let today = format!("{}T22:00:00+00:00", day(days - 1)).parse().expect("a moment");
        let clock = Clock::at(today);
        let plan = FoldPlan {
            practices: &practices,
            clock: &clock,
            request: Request::Named("closeness".into()),
            until: clock.today(),
            chapter: inward::config::Chapter::Together,
            against: None,
            texts: 5,
        };
        let mut fold = Fold::new(&plan);
        for (n, answer) in given.iter().enumerate().rev() {
            let at = format!("{}T21:00:00+00:00", answer.day);
            let entry = serde_json::json!({
                "format": 1, "id": format!("{n:0>10}"), "revision": "aaaaaa", "replaces": [],
                "practice": "reflect", "at": at, "written": at, "tags": [], "answers": [{
                    "question": "closeness", "asked": "How close did you feel to your partner?",
                    "scale": { "min": 0, "max": 4 }, "value": answer.value as i64 }]
            });
            let entry = Entry::from_json(entry.to_string().as_bytes()).expect("an entry");
            fold.add(&entry);
        }
        let figures = &fold.finish(Fear::None).shown[..1];
        let page = TextPage { width: 80, colour: false };
        let telling = FigureOptions { plain: false, texts: 5, on_screen: true, partner: None };
        println!("{seed}. {what} {days} days, {rate} a week, rho {rho}.\n");
        let around = WordsAround { about: None, held_back: &[], more: None, last: "" };
        println!("{}", render::closer_look(figures, &around, telling, &clock, &page));
    }
}
