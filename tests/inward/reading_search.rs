//! Search, and the words and answers that a query asks for.

use crate::harness::{Home, Key};
use crate::reading::five_entries;

#[test]
fn search_finds_any_case_and_a_capital_asks_for_its_own() {
    let (home, ids) = five_entries();
    let found = format!("a week ago, Monday 16 November\n  {}  21:00  reflect  The Door\n", ids[2]);
    home.run("search the door").ok().prints(&found);
    home.run("search Door").ok().prints(&found);
    home.run("search DOOR").exits(1).prints("").says(
        "No match. Capital letters make a search case-sensitive.\nIn lower case, 1 entry matches.\n",
    );
    home.run("search --regex 'D[A-Z]+R'").exits(1);
    home.run("search NOWHERE").exits(1).says("Nothing matches.\n");
    // The wording of a choice, and a tag.
    home.run("search '(close)'").exits(1);
    let chosen = format!("a week ago, Monday 16 November\n  {}  21:00  reflect  close\n", ids[2]);
    home.run("search close").ok().prints(&chosen);
    home.run("search phone --on 2025").ok();
    // A question's wording is not the writer's.
    home.run("search 'One moment'").exits(1);
    home.run("search .*").exits(1);
}

#[test]
fn what_is_found_beyond_five_lines_is_counted_in_a_line_that_is_no_match() {
    let home = Home::ready();
    let lines = |count: usize| (1..=count).map(|n| format!("more {n}")).collect::<Vec<_>>();
    for (count, said) in [(6, "and 1 more line"), (7, "and 2 more lines")] {
        let id = home.run("write").stdin(lines(count).join("\n")).ok().stdout;
        let shown = home.run("search more --last 1").ok().stdout;
        assert_eq!(shown.lines().last().map(str::trim), Some(said), "{shown}");
        home.run(&format!("delete {} --yes", id.trim())).ok();
    }
}

#[test]
fn a_search_wants_every_word_and_keeps_phrases_together() {
    let home = Home::ready();
    let rain = home.keep("write 'He waited.\nThe rain came to the door\nand stayed.'");
    let found = format!(
        "today\n  {rain}  21:14  write  The rain came to the door\n{}and stayed.\n",
        " ".repeat(28)
    );
    home.run("search door stayed rain").ok().prints(&found);
    home.run(r#"search '"rain came" stayed'"#).ok().prints(&found);
    home.run("search 'came rain'").exits(1);
    home.run("search rain window").exits(1);
    home.run(r"search --regex '^and\b' '\brain\b'").ok().prints(&found);
    home.run("search --regex 'ra+in'").ok();
    home.run("search --regex 'Ra+in'").exits(1);
    home.run("search --regex 'door('").exits(2).says(
        "“door(” isn't a valid regular expression:\n    door(\n        ^\nerror: unclosed group\n\
         Fix it, put \\ before a character that you mean literally, or search without --regex.\n",
    );
}

#[test]
fn words_that_are_typed_at_the_prompt_are_looked_for_as_in_a_shell() {
    let home = Home::ready();
    let id = home.keep("write 'The rain came to the door'");
    for typed in ["door rain", "door ", "\"rain came\" door"] {
        let terminal = home.terminal("search");
        terminal.asked("What are you looking for?").type_keys(typed).press(Key::Enter).ends(0);
        assert!(terminal.shown().contains(&id), "{typed}: {}", terminal.shown());
    }
}

#[test]
fn on_a_terminal_what_was_found_is_marked() {
    let (home, _) = five_entries();
    let terminal = home.terminal("search door");
    terminal.wait_for("The Door");
    terminal.ends(0);
    assert!(terminal.raw().contains("The \u{1b}[1m\u{1b}[4mDoor"), "{:?}", terminal.raw());
}

#[test]
fn an_answer_that_no_question_allows_is_refused_and_what_is_allowed_is_named() {
    let (home, _) = five_entries();
    for (wanted, said) in [
        (
            "closeness>=9",
            "“9” isn't an answer to `closeness`.\nGive a whole number from 0 to 4, or cant-say.\n",
        ),
        (
            "outcome=maybe",
            "“maybe” isn't an answer to `outcome`.\nGive one of never-came-up, forgot, noticed, did, not-safe.\n",
        ),
        (
            "outcome>1",
            "The answer to `outcome` isn't a number, so < and > can't compare it.\nUse = or !=, and one of never-came-up, forgot, noticed, did, not-safe.\n",
        ),
        ("closeness", "inward can't read “closeness” as a condition.\n"),
        (
            "closness=3",
            "No practice has a question `closness`.\nDid you mean `closeness`? `inward practices show",
        ),
    ] {
        let told = home.run_args(["list", "--where", wanted]).exits(2).stderr;
        assert!(told.starts_with(said), "{told}");
    }
}

#[test]
fn a_tag_is_found_with_the_mark_that_it_is_shown_with() {
    let home = Home::ready();
    let tagged = home.keep("write 'by the weir' --tag sea --tag harbour");
    let written = home.keep("write 'a page of #sea'");
    let found = |search: &[&str]| {
        let found = home.run_args(["search", "--json"].iter().chain(search)).outcome().json();
        let ids = found["entries"].as_array().unwrap().iter().map(|e| e["id"].clone());
        let mut ids: Vec<_> = ids.map(|id| id.as_str().unwrap().to_owned()).collect();
        ids.sort();
        ids
    };
    for search in [&["#sea"][..], &["--regex", "#sea$"], &["--regex", "^#sea"]] {
        assert!(found(search).contains(&tagged), "{search:?}");
    }
    let mut both = [written.as_str(), tagged.as_str()];
    both.sort_unstable();
    assert_eq!(found(&["#sea"]), both);
    assert_eq!(found(&["#sea", "#harb"]), [tagged.as_str()]);
    assert!(found(&["#weir"]).is_empty());
}

#[test]
fn a_regular_expression_meets_the_end_of_a_line_that_windows_ended() {
    let home = Home::ready();
    home.run("write").stdin("by the weir\r\nthe heron\r\nstayed").ok();
    for found in ["weir$", "^the heron$", "^stayed$"] {
        home.run_args(["search", "--regex", found]).ok();
    }
    home.run_args(["search", "--regex", "the$"]).exits(1);
}
