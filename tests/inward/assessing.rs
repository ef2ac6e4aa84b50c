//! Assessing without a verdict, and what happens when someone is afraid.

use crate::harness::{Home, Key, Terminal, files};
use serde_json::json;

fn assess(home: &Home, answers: serde_json::Value, at: &str) -> String {
    let arguments = format!("assess --answers - --at '{at}'");
    home.run(&arguments).stdin(answers.to_string()).ok().stderr
}

#[test]
fn a_session_is_told_beside_the_last_one_and_beside_words_of_those_weeks() {
    let home = Home::ready();
    let first = json!({ "withdrew-me": 4, "unsaid-me": 3, "mixed-me": 1, "relying-me": 2,
                        "tension": 3, "disconnection": 2, "push-pull": 2, "broken-talk": 1 });
    assess(&home, first, "2 months ago");
    home.keep("reflect 'We laughed at the shop' --saw withdrew --at '3 days ago'");
    let second = json!({ "withdrew-me": 2, "unsaid-me": 3, "mixed-me": 1, "relying-me": 1,
                         "tension": 3, "disconnection": 2, "push-pull": 2, "broken-talk": 2 });
    home.write("second.json", second.to_string());
    let terminal = home.terminal("assess --ask --answers second.json --at 21:00");
    let told = read_to_the_end(&terminal);
    for line in [
        "What you saw",
        "Signs of stepping back, in you: 1.75 of 0–4",
        "What it did between you: 2.25 of 0–4 (4 of 5 answered)",
        "What healing needs, as far as it was there: too few to say",
        "What differs from Wednesday 23 September 2026",
        "Signs of stepping back, in you: now 1.75, near “sometimes”; then 2.5, between",
        "What it did between you: now 2.25, near “sometimes”; then 2, “sometimes”.",
        "“When it got serious, I drew back or went quiet.” then 4, now 2.",
        "Two sets of answers can't tell a change from chance.",
        "What you said then",
        "We laughed at the shop",
        "One question",
        "These are your own answers",
    ] {
        assert!(told.contains(line), "“{line}” is missing in:\n{told}");
    }
    assert!(!told.contains("over 3 times"), "two sessions are no course");
    let told = told.replace("to understand myself better", "");
    let told = told.replace("to understand themselves better", "");
    for word in ["%", "total", "diagnos", "moved", "better", "worse"] {
        assert!(!told.contains(word), "{told}");
    }
}

#[test]
fn a_questionnaire_of_ones_own_is_scored_by_the_rules_it_names() {
    let home = Home::ready();
    home.write(
        "inward/config/prompts/ease.toml",
        r#"title = "Ease"
scale = { min = 1, max = 7 }
question = [
  { id = "near", ask = "Near is easy.", kind = "scale" },
  { id = "far", ask = "Near is hard.", kind = "scale" },
  { id = "alone", ask = "Alone is easy.", kind = "scale" },
  { id = "apart", ask = "Alone is hard.", kind = "scale" },
]
score = [
  { id = "closeness", title = "Closeness", of = ["near", "far"], reverse = ["far"] },
  { id = "solitude", title = "Solitude", of = ["alone", "apart"], reverse = ["apart"], how = "sum" },
  { id = "both", title = "Both", how = "mean-of-scores", scores = ["closeness", "solitude"] },
]
"#,
    );
    let told = home.run("ease --near 6 --far 3 --alone 2 --apart 7 --json").ok().json();
    let values: Vec<_> = told["kept"]["scores"]
        .as_array()
        .unwrap()
        .iter()
        .map(|s| (s["id"].as_str().unwrap(), s["value"].as_f64().unwrap()))
        .collect();
    // (6 + (8 - 3)) / 2; 2 + (8 - 7); (5.5 + 3) / 2.
    assert_eq!(values, [("closeness", 5.5), ("solitude", 3.0), ("both", 4.25)]);
}

#[test]
fn a_no_is_never_answered_with_reassurance() {
    let home = Home::ready();
    let with = assess(&home, json!({ "tension": 1, "frightened": "no" }), "21:00");
    let without = assess(&home, json!({ "tension": 1 }), "2 months ago");
    let closing =
        |told: &str| told.split("Kept:").nth(1).unwrap().lines().skip(1).collect::<String>();
    assert_eq!(closing(&with), closing(&without));
}

#[test]
fn nothing_plain_on_disk_tells_a_yes_from_a_no() {
    let plain = |answer: &str| {
        let home = Home::ready();
        assess(&home, json!({ "tension": 1, "frightened": answer }), "21:00");
        let state = files(&home.inward("state"));
        let texts = state.iter().map(|f| std::fs::read_to_string(f).unwrap());
        let journal = files(&home.journal());
        let sizes = journal.iter().map(|f| f.metadata().unwrap().len() / 512);
        (texts.collect::<Vec<_>>(), sizes.collect::<Vec<_>>())
    };
    assert_eq!(plain("yes"), plain("no"));
}

#[test]
fn help_safety_says_the_same_whatever_else_is_broken() {
    let home = Home::ready();
    let before = home.run("help safety").ok().stdout;
    assert!(before.contains("is not your fault"), "{before}");
    assess(&home, json!({ "frightened": "yes" }), "21:00");
    home.config("nonsense = [");
    assert_eq!(home.run("help safety").ok().stdout, before);
    assert_eq!(home.run("help safety").env("INWARD_NOW", "never").ok().stdout, before);
}

/// Everything that the screen shows until the session ends, each answered with Enter.
fn read_to_the_end(terminal: &Terminal) -> String {
    let mut told = String::new();
    terminal.wait_until("the session's own screen", |screen| screen.alternate_screen());
    loop {
        terminal.wait_until("a prompt or the end", |screen| {
            !screen.alternate_screen() || terminal.waits_for_a_key()
        });
        if !terminal.screen().alternate_screen() {
            return told;
        }
        told += &format!("{} ", terminal.shown());
        terminal.press(Key::Enter);
    }
}

#[test]
fn what_cannot_be_read_might_say_that_someone_is_afraid() {
    let home = Home::ready();
    home.keep("intent words --at yesterday");
    let suggested = |home: &Home| {
        let terminal = home.terminal("intent");
        terminal.asked("").press(Key::Down);
        let shown = terminal.asked("").raw();
        terminal.press(Key::Ctrl('c')).ends(130);
        shown.contains("I'll say thank you for one small thing.")
    };
    assert!(suggested(&home));
    let file = &files(&home.journal())[0];
    let mut bytes = std::fs::read(file).unwrap();
    bytes.push(0);
    std::fs::write(file, bytes).unwrap();
    assert!(!suggested(&home), "nothing presses towards sharing while that is unknown");
}
