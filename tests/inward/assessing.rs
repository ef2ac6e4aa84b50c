//! Assessing without a verdict, and what happens when someone is afraid.

use crate::harness::{Home, Key, files};
use serde_json::json;

fn assess(home: &Home, answers: serde_json::Value, at: &str) -> String {
    let arguments = format!("assess --answers - --at '{at}'");
    home.run(&arguments).stdin(answers.to_string()).ok().stderr
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
