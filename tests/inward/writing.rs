//! Writing without a prompt: words, flags, JSON, a pipe.

use std::process::Command;

use crate::harness::{BINARY, Home, NOW};
use serde_json::json;

/// The answers of an entry, as question and value.
fn answers(home: &Home, id: &str) -> serde_json::Value {
    let entry = home.entry(id);
    let answers = entry["answers"].as_array().unwrap().iter();
    answers.map(|a| (a["question"].as_str().unwrap().to_owned(), a["value"].clone())).collect()
}

#[test]
fn a_few_words_are_an_entry_and_its_id_is_printed_for_a_script() {
    let home = Home::evening();
    let kept = home.run("write a few words").ok();
    let id = kept.stdout.trim_end();
    kept.prints(&format!("{id}\n")).says(&format!("Kept: today at 21:14, {id}.\n"));
    assert_eq!(answers(&home, id), json!({ "page": "a few words" }));
}

#[test]
fn flags_answer_the_questions_that_they_are_named_for() {
    let home = Home::evening();
    let id = home.keep(
        "evening 'Tea, in silence' --closeness 3 --outcome 'I noticed' --disagreement no \
         --saw withdrew --saw 'I hummed' --stays-here 'the list'",
    );
    let said = json!({
        "outcome": "noticed", "connection": "Tea, in silence", "closeness": 3,
        "saw": ["withdrew", "I hummed"], "disagreement": false, "stays-here": "the list",
    });
    assert_eq!(answers(&home, &id), said);
}

#[test]
fn a_scale_takes_that_one_cannot_say_and_it_counts_as_an_answer_without_a_number() {
    let home = Home::evening();
    let id = home.keep("evening --closeness cant-say");
    assert_eq!(answers(&home, &id), json!({ "closeness": null }));
    assert!(home.run(&format!("show {id}")).ok().stdout.contains("\n    can't say\n"));
}

#[test]
fn an_entry_in_json_is_whole_and_as_documented() {
    let home = Home::evening();
    let kept = home.run("evening 'The door' --closeness 4 -t repair -t '#home' --json").ok().json();
    let (id, revision) = (&kept["kept"]["id"], &kept["kept"]["revision"]);
    let told = json!({ "version": 1, "kept": {
        "id": id, "revision": revision, "practice": "evening", "at": "2026-11-23T21:14:03Z",
    } });
    assert_eq!(kept, told);
    let whole = json!({ "version": 1, "entries": [{
        "format": 1, "id": id, "revision": revision, "replaces": [], "practice": "evening",
        "at": "2026-11-23T21:14:03Z", "written": "2026-11-23T21:14:03Z",
        "tags": ["repair", "home"],
        "answers": [
            { "question": "connection", "value": "The door",
              "asked": "One moment of connection today, however small, or none." },
            { "question": "closeness", "asked": "How close did you feel to your partner?",
              "scale": { "min": 0, "max": 4 }, "value": 4, "labels": { "4": "very close" } },
        ],
    }] });
    assert_eq!(home.run("list --json").ok().json(), whole);
}

#[test]
fn answers_come_from_a_json_file_or_from_standard_input() {
    let home = Home::evening();
    let said = r#"{ "connection": "A look", "closeness": 2, "disagreement": true,
                    "saw": ["unsaid", "none"], "outcome": null }"#;
    let wanted = json!({ "connection": "A look", "closeness": 2, "disagreement": true,
                         "saw": ["unsaid", "none"] });
    home.write("answers.json", said);
    let from_file = home.keep("evening --answers answers.json");
    let from_stdin = home.run("evening --answers -").stdin(said).ok().stdout;
    for id in [from_file.as_str(), from_stdin.trim_end()] {
        assert_eq!(answers(&home, id), wanted);
    }
}

#[test]
fn words_flags_and_json_go_together_where_they_answer_different_questions() {
    let home = Home::evening();
    home.write("answers.json", r#"{"closeness": "1"}"#);
    let id = home.keep("evening --answers answers.json --disagreement y 'The garden'");
    let wanted = json!({ "connection": "The garden", "closeness": 1, "disagreement": true });
    assert_eq!(answers(&home, &id), wanted);
}

#[test]
fn what_is_piped_answers_the_primary_question_beside_flags_for_others() {
    let home = Home::evening();
    let id = home.run("evening --closeness 2").stdin("He sang.\nTwice.\n").ok().stdout;
    let wanted = json!({ "connection": "He sang.\nTwice.", "closeness": 2 });
    assert_eq!(answers(&home, id.trim_end()), wanted);
}

/// What a shell prints, with the program as `$inward`.
fn shell(home: &Home, script: &str) -> String {
    let mut shell = Command::new("sh");
    shell.args(["-c", script]).env_clear().envs(home.env()).env("inward", BINARY);
    let output = shell.current_dir(home.path()).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_dash_for_words_is_the_pipe() {
    let home = Home::evening();
    let id = home.run("write - --title t").stdin("a\nb").ok().stdout;
    assert_eq!(answers(&home, id.trim_end()), json!({ "title": "t", "page": "a\nb" }));
    for line in ["write - --page b", "write - --answers -"] {
        home.run(line).stdin(r#"{"title":"t"}"#).exits(2);
    }
    assert_eq!(home.listed("").len(), 1);
}

#[test]
fn text_in_a_pipe_that_nothing_would_keep_is_refused_and_left_there() {
    let home = Home::evening();
    home.write("title.json", r#"{"title":"t"}"#);
    for line in ["evening words", "write --page b", "write --answers title.json"] {
        let outcome = home.run(line).stdin("a long page").exits(2);
        let hint = "give - as the only word. To ignore it, add </dev/null.";
        assert!(outcome.stderr.contains(hint), "{line}: {}", outcome.stderr);
    }
    let left =
        shell(&home, "printf 'one\\ntwo\\n' | { \"$inward\" write words 2>/dev/null; cat; }");
    assert_eq!(left, "one\ntwo\n");
    home.run("list").exits(1);
}

#[test]
fn a_silent_pipe_and_the_lines_of_a_loop_stop_no_words() {
    let home = Home::evening();
    // The pipe stays open, and nobody writes to it: as under cron or ssh.
    let kept =
        shell(&home, "{ sleep 5 >&3 & } 3>&1 | \"$inward\" write words; kill $! 2>/dev/null");
    assert_eq!(kept.lines().count(), 1, "{kept}");
    home.write("lines.txt", "one\ntwo\n");
    let kept = shell(&home, "while read line; do \"$inward\" write \"$line\"; done <lines.txt");
    assert_eq!(kept.lines().count(), 2, "{kept}");
}

#[test]
fn a_flag_given_twice_is_several_choices_and_otherwise_refused() {
    let home = Home::evening();
    let id = home.keep("evening words --saw unsaid --saw withdrew");
    assert_eq!(answers(&home, &id)["saw"], json!(["unsaid", "withdrew"]));
    home.run("evening --connection a --connection b").exits(2);
    home.run(&format!("edit {id} --connection a --connection b")).exits(2);
    assert_eq!(answers(&home, &id)["connection"], "words");
}

#[test]
fn tags_are_kept_once_each_with_or_without_their_mark() {
    let home = Home::evening();
    let id = home.keep("write -t repair --tag '#Nähe/2026' -t repair --tags 'sea, #sky' words");
    assert_eq!(home.entry(&id)["tags"], json!(["repair", "Nähe/2026", "sea", "sky"]));
    assert_eq!(answers(&home, &id), json!({ "page": "words" }));
}

#[test]
fn a_date_is_read_as_people_write_it() {
    let home = Home::evening();
    for (given, at) in [
        ("2026-11-20", "2026-11-20T21:14:03Z"),
        ("2026-11-20 07:30", "2026-11-20T07:30:00Z"),
        ("2026-11-20T07:30", "2026-11-20T07:30:00Z"),
        ("2026-11-20T07:30:15+09:00", "2026-11-20T07:30:15+09:00"),
        ("07:30", "2026-11-23T07:30:00Z"),
        ("today", "2026-11-23T21:14:03Z"),
        ("yesterday", "2026-11-22T21:14:03Z"),
        ("Yesterday 21:00", "2026-11-22T21:00:00Z"),
        ("monday", "2026-11-23T21:14:03Z"),
        ("last monday", "2026-11-16T21:14:03Z"),
        ("friday 08:00", "2026-11-20T08:00:00Z"),
        ("3 days ago", "2026-11-20T21:14:03Z"),
        ("a week ago", "2026-11-16T21:14:03Z"),
        ("2 months ago", "2026-09-23T21:14:03Z"),
        ("a year ago", "2025-11-23T21:14:03Z"),
    ] {
        let kept = home.run_args(["write", "--at", given, "words", "--json"]).ok().json();
        assert_eq!(kept["kept"]["at"], at, "{given}");
    }
}

#[test]
fn a_date_in_the_future_is_kept_and_said() {
    let home = Home::evening();
    let kept = home.run("write --at tomorrow 'The train leaves'").ok();
    let id = kept.stdout.trim_end();
    kept.says(&format!(
        "Kept: Tuesday 24 November at 21:14, {id}.\n\
         That's still to come. It's kept all the same.\n"
    ));
}

#[test]
fn an_evening_lasts_past_midnight_where_the_configuration_says_so() {
    let mut home = Home::evening();
    home.config("day-ends = \"04:00\"\n");
    home.at("2026-11-24T01:30:00+00:00");
    let kept = home.run("evening 'late'").ok();
    let id = kept.stdout.trim_end();
    kept.says(&format!("Kept: today at 01:30, {id}.\n"));
    let found = home.run("list --on 2026-11-23").ok();
    found.prints(&format!("today\n  {id}  01:30  evening  late\n"));
    home.run("list --on 2026-11-24").exits(1);
}

#[test]
fn the_partners_own_name_stands_in_the_questions_and_stays_in_the_entry() {
    let home = Home::evening();
    home.config("partner = \"Ada\"\n");
    let id = home.keep("evening --closeness 3");
    home.config("");
    assert_eq!(home.entry(&id)["answers"][0]["asked"], "How close did you feel to Ada?");
    let other = home.keep("evening --closeness 3");
    let asked = "How close did you feel to your partner?";
    assert_eq!(home.entry(&other)["answers"][0]["asked"], asked);
}

#[test]
fn ten_megabytes_from_a_pipe_come_back_byte_for_byte() {
    let home = Home::evening();
    let line = "The river was high again, and nobody spoke of it. ❄\n";
    let text = line.repeat((10 << 20) / line.len());
    let id = home.run("write").stdin(&text).ok().stdout;
    let kept = home.entry(id.trim_end());
    assert!(kept["answers"][0]["value"] == text.trim_end(), "the text came back another");
}

#[test]
fn hostile_characters_come_back_as_they_went_in() {
    let home = Home::evening();
    for text in [
        "nul \0 inside",
        "\u{1b}[31mred\u{1b}[0m and \u{1b}]0;title\u{7}",
        "\u{202e}sdrawkcab\u{202c} and \u{2066}isolate\u{2069}",
        "one\r\ntwo\rthree",
        "👩‍👩‍👧 e\u{301} \u{feff}bom \u{85} \u{9b}31m",
        "  leading and\ttabs",
        "---\n# [2026-11-23 09:00] not a header\n{\"format\":1}",
    ] {
        let id = home.run("write").stdin(text).ok().stdout;
        let shown = home.run(&format!("show {} --json", id.trim_end())).ok();
        assert_eq!(shown.json()["entries"][0]["answers"][0]["value"], text);
        let acted_on =
            |c: char| c.is_control() && c != '\n' || ('\u{202a}'..='\u{202e}').contains(&c);
        assert!(!shown.stdout.contains(acted_on), "{:?}", shown.stdout);
    }
}

#[test]
fn entries_of_one_second_keep_the_order_in_which_they_were_written() {
    let mut home = Home::evening();
    for (fraction, word) in ["1", "2", "3"].iter().zip(["first", "second", "third"]) {
        home.at(&NOW.replace("+00:00", &format!(".{fraction}+00:00")));
        home.keep(&format!("write {word}"));
    }
    assert_eq!(home.listed(""), ["third", "second", "first"]);
}

#[test]
fn with_flags_nothing_is_said_by_the_answers() {
    let home = Home::evening();
    let kept = home.run("evening --closeness 0").ok();
    let id = kept.stdout.trim_end();
    kept.says(&format!("Kept: today at 21:14, {id}.\n"));
}

#[test]
fn with_flags_nothing_is_said_of_fear_and_the_answer_is_kept() {
    let home = Home::ready();
    let kept = home.run("assess --frightened yes").ok();
    let no = home.run("assess --frightened no").ok();
    let without = |kept: &crate::harness::Outcome| kept.stderr.replace(kept.stdout.trim_end(), "");
    assert_eq!(without(&kept), without(&no));
    assert_eq!(answers(&home, kept.stdout.trim_end()), json!({ "frightened": true }));
}

#[test]
fn another_journal_is_named_by_a_flag_or_by_the_environment() {
    let home = Home::evening();
    home.keep("write here");
    home.run("--journal elsewhere init").ok();
    home.keep("--journal elsewhere write there");
    let there = home.path().join("elsewhere");
    assert_eq!(crate::harness::files(&there).len(), 1);
    let listed = home.run("list").env("INWARD_JOURNAL", &there).ok().stdout;
    assert!(listed.contains("there") && !listed.contains("here\n  "), "{listed}");
    assert_eq!(home.listed(""), ["here"]);
}

#[test]
fn a_practice_of_ones_own_is_a_subcommand_like_every_other() {
    let home = Home::evening();
    let walk = "title = \"A walk\"\nprimary = \"seen\"\n\n[[question]]\nid = \"seen\"\n\
                ask = \"What did you see?\"\nkind = \"text\"\n";
    home.write("inward/config/prompts/walk.toml", walk);
    let id = home.keep("walk 'two swans'");
    assert_eq!(home.entry(&id)["practice"], "walk");
    assert_eq!(answers(&home, &id), json!({ "seen": "two swans" }));
}
