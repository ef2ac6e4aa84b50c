//! The sentence that the answers build is the entry's first line wherever it is shown,
//! and a plan is one however it was typed.

use crate::harness::{Home, Key, Terminal, one_line};

const SENTENCE: &str = "I feel lonely when the phone stays on the table. I need to be heard.";

fn felt(home: &Home) -> String {
    home.keep("feel lonely --when 'The phone stays on the table.' --need 'be heard' --their-side 'He was tired'")
}

#[test]
fn the_sentence_stands_first_wherever_the_entry_is_shown() {
    let home = Home::ready();
    let id = felt(&home);
    let listed = home.run("list").ok().stdout;
    assert!(listed.contains("feel  I feel lonely when the phone stays"), "{listed}");
    let shown = home.run("show").ok().stdout;
    let begins =
        "\n\n  I feel lonely when the phone stays on the table. I need to be heard.\n\n  I feel …";
    assert!(shown.contains(begins), "{shown}");
    let markdown = home.run("export").ok().stdout;
    assert!(
        markdown.contains(&format!("-->\n\n**In one sentence**\n\n{SENTENCE}\n")),
        "{markdown}"
    );
    let html = home.run("export --format html").ok().stdout;
    assert!(html.contains(&format!("<strong>{SENTENCE}</strong></p><dl><dt>I feel …")), "{html}");
    let csv = home.run("export --format csv").ok().stdout;
    let first = csv.lines().nth(1).unwrap();
    assert!(first.contains(&format!(",sentence,In one sentence,{SENTENCE},")), "{first}");
    assert_eq!(home.entry(&id)["answers"][0]["value"], SENTENCE);
}

#[test]
fn markdown_gives_the_sentence_back_as_the_sentence() {
    let home = Home::ready();
    let id = felt(&home);
    let file = home.path().join("felt.md");
    home.run(&format!("export -o {}", file.display())).ok();
    let other = Home::ready();
    other.run(&format!("import --from markdown {}", file.display())).ok();
    let back = other.run("list --json").ok().json()["entries"][0]["answers"].clone();
    assert_eq!(back[0], home.entry(&id)["answers"][0]);
}

#[test]
fn a_search_shows_the_sentence_and_its_pieces_once() {
    let home = Home::ready();
    felt(&home);
    let found = home.run("search phone").ok().stdout;
    assert_eq!(found.to_lowercase().matches("phone stays").count(), 1, "{found}");
    let found = home.run("search tired").ok().stdout;
    let lines: Vec<&str> = found.lines().collect();
    assert!(lines[1].contains("feel  I feel lonely when the phone"), "{found}");
    assert!(lines[2].trim() == "He was tired", "{found}");
}

#[test]
fn a_changed_piece_builds_it_again_and_words_of_ones_own_stay() {
    let home = Home::ready();
    let id = felt(&home);
    home.run(&format!("edit {id} --need rest")).ok();
    let said = |home: &Home| home.entry(&id)["answers"][0]["value"].clone();
    assert_eq!(said(&home), "I feel lonely when the phone stays on the table. I need rest.");
    home.run(&format!("edit {id} --sentence 'Lonely, and it passed.'")).ok();
    home.run(&format!("edit {id} --need sleep")).ok();
    assert_eq!(said(&home), "Lonely, and it passed.");
}

#[test]
fn a_plan_counts_as_one_however_it_was_typed() {
    let mut home = Home::ready();
    let intentions = [
        "intent 'When it rains, I will rest'",
        "intent rest --if 'it rains' --then 'I put the kettle on'",
        "intent 'One thing at a time'",
    ];
    for day in 1..=18 {
        home.at(&format!("2026-11-{day:02}T08:00:00+00:00")).keep(intentions[day % 3]);
        home.at(&format!("2026-11-{day:02}T21:00:00+00:00")).keep("reflect words --outcome did");
    }
    let figures = home.run("patterns reflect --json").ok().json();
    let figures = figures["figures"].as_array().unwrap();
    let by_plan = |f: &&serde_json::Value| f["title"].as_str().unwrap().contains("if–then");
    let groups = figures.iter().find(by_plan).unwrap()["groups"].as_array().unwrap().clone();
    let sizes: Vec<_> =
        groups.iter().map(|g| (g["group"].clone(), g["rests_on"].clone())).collect();
    assert_eq!(sizes, [("with".into(), 12.into()), ("without".into(), 6.into())]);
}

/// The kinds of keys that a person presses at the review: `feel`, up to its last piece.
fn at_the_review(home: &Home) -> Terminal {
    let terminal = home.terminal("feel");
    terminal.asked("I feel").mark("lonely").press(Key::Enter);
    terminal.asked("when").answer("the phone stays on the table");
    terminal.asked("I need").mark("rest").press(Key::Enter);
    terminal.asked("I feel lonely when the phone stays on the table. I need rest.");
    terminal
}

#[test]
fn a_piece_at_the_end_of_a_sentence_is_changed_without_losing_its_wording() {
    let home = Home::ready();
    let terminal = at_the_review(&home);
    terminal.choose(2).asked("› I feel lonely").type_keys(" Badly.").press(Key::Enter);
    terminal.asked("Change a part (you lose your own wording)").press(Key::Enter);
    terminal.asked("Enough, or a little more?").choose(1);
    terminal.asked("Would you be willing to …").answer("cook with me");
    terminal.asked("I need rest. Badly. Would you be willing to cook with me?");
    assert!(!terminal.shown().contains("you lose"), "{}", terminal.shown());
    terminal.choose(1).asked("Which piece?").asked("… when … (you lose your own");
    let lines = one_line(&terminal.shown());
    assert!(!lines.contains("willing to … (you lose"), "{lines}");
    terminal.press(Key::Ctrl('c')).ends(130);
}

#[test]
fn back_leads_from_the_rewording_to_the_review_and_from_there_to_the_last_piece() {
    let home = Home::ready();
    let terminal = at_the_review(&home);
    // Esc opens the menu there as anywhere.
    terminal.choose(2).asked("› I feel lonely").type_keys(" Badly.").press(Key::Esc);
    terminal.asked("Safety").choose(1);
    // The review, with the words as they stood.
    terminal.asked("I need rest. Badly. ");
    // From the list of pieces to the review, too.
    terminal.choose(1).asked("Which piece?").press(Key::Esc).asked("Safety").press(Key::Esc);
    terminal.asked("Which piece?").press(Key::Esc).asked("Safety").choose(1);
    terminal.asked("I need rest. Badly. ");
    assert!(!terminal.shown().contains("Which piece"), "{}", terminal.shown());
    // From the review to the question before, which has its answer still.
    terminal.press(Key::Esc).asked("Back to the question before").choose(1);
    terminal.asked("[x] rest").press(Key::Enter).asked("I need rest. Badly. ");
    terminal.press(Key::Enter).press_until_the_end(Key::Enter).ends(0);
    let kept = home.run("list --json").ok().json()["entries"][0]["answers"][0]["value"].clone();
    assert_eq!(kept, "I feel lonely when the phone stays on the table. I need rest. Badly.");
}

#[test]
fn a_piece_that_is_no_longer_asked_leaves_the_sentence_before_it_is_confirmed() {
    let home = Home::ready();
    let terminal = home.terminal("feel");
    terminal.asked("I feel").mark("ignored").press(Key::Enter);
    terminal.asked("And under that?").mark("small").press(Key::Enter);
    terminal.asked("when").answer("the door closes");
    terminal.asked("I need").mark("an answer").press(Key::Enter);
    terminal.asked("I feel small when the door closes. I need an answer.").choose(1);
    terminal.asked("Which piece?").press(Key::Enter);
    terminal.asked("[x] ignored").type_keys(" ").mark("close").press(Key::Enter);
    terminal.asked("I feel close when the door closes. I need an answer.");
    terminal.choose(1).asked("Which piece?");
    assert!(!terminal.shown().contains("And under that?"), "{}", terminal.shown());
    terminal.press(Key::Ctrl('c')).ends(130);
}
