//! What cannot be kept is refused with a sentence, and nothing is written.

use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt;

use crate::harness::{Home, files};

/// Runs it; it must be refused with this text, and leave no file behind.
#[track_caller]
fn refused(arguments: &str, stderr: &str) {
    let home = Home::evening();
    home.run(arguments).exits(2).says(stderr).prints("");
    assert!(files(&home.journal()).is_empty());
    assert!(!home.inward("state/kept.json").exists());
}

/// The same, with standard input.
#[track_caller]
fn refused_input(arguments: &str, input: &[u8], stderr: &str) {
    let home = Home::evening();
    home.run(arguments).stdin(input).exits(2).says(stderr).prints("");
    assert!(files(&home.journal()).is_empty());
}

#[test]
fn where_nothing_is_said_nothing_is_kept() {
    let said = "There was nothing to keep.\nAdd your answer, as in: inward evening \"a few words\". On a terminal, inward asks for it.\n";
    refused("evening", said);
    refused("evening ''", said);
    refused("evening --answers /dev/null --closeness ''", &{
        "The answers in /dev/null aren't JSON (line 1 column 0).\n\
         Give one object, such as {\"closeness\": 3}.\n"
            .to_owned()
    });
    refused_input("evening", b" \n\t\n", said);
    refused_input("evening --answers -", b"{}", said);
    refused_input("evening --answers -", br#"{"closeness": null}"#, said);
}

#[test]
fn a_wrong_value_names_what_is_allowed() {
    const CLOSENESS: &str = "a whole number from 0 to 4, or cant-say";
    for (arguments, question, given, allowed) in [
        ("evening --closeness 5", "closeness", "5", CLOSENESS),
        ("evening --closeness -1", "closeness", "-1", CLOSENESS),
        ("evening --closeness 2.5", "closeness", "2.5", CLOSENESS),
        ("evening --closeness much", "closeness", "much", CLOSENESS),
        ("evening --outcome won", "outcome", "won", "one of never-came-up, forgot, noticed, did"),
        ("evening --disagreement some", "disagreement", "some", "yes or no"),
        ("pause --stillness 61", "stillness", "61", "the minutes that you sat, from 0 to 60"),
        (
            "write --tags 'a b, c!' x",
            "tags",
            "a b, c!",
            "words of letters, digits, - or _, with commas between",
        ),
    ] {
        refused(
            arguments,
            &format!("“{given}” isn't an answer to `{question}`.\nGive {allowed}.\n"),
        );
    }
}

#[test]
fn one_wrong_answer_among_right_ones_keeps_none() {
    refused(
        "evening 'The door' --closeness 9 --disagreement no",
        "“9” isn't an answer to `closeness`.\nGive a whole number from 0 to 4, or cant-say.\n",
    );
}

#[test]
fn a_question_is_answered_once() {
    let twice = |question| {
        format!(
            "`{question}` is answered twice.\nAnswer it once: in words, with its flag, or in --answers.\n"
        )
    };
    refused("evening words --connection 'other words'", &twice("connection"));
    let input = br#"{"closeness": 3}"#;
    refused_input("evening --closeness 2 --answers -", input, &twice("closeness"));
    refused_input("evening words --answers -", br#"{"connection": "x"}"#, &twice("connection"));
    let input = br#"{"connection": "x", "connection": "y"}"#;
    refused_input("evening --answers -", input, &twice("connection"));
}

#[test]
fn a_question_that_there_is_not_is_named_with_those_that_there_are() {
    refused_input(
        "write --answers -",
        br#"{"page": "x", "mood": 3}"#,
        "`write` has no question `mood`.\nIts questions are page, title, tags, afterwards, view.\n",
    );
}

#[test]
fn a_json_value_of_the_wrong_type_names_what_is_allowed() {
    let scale = "Give a whole number from 0 to 4, or cant-say.\n";
    for (json, given) in [
        (r#"{"closeness": true}"#, "true"),
        (r#"{"closeness": [3]}"#, "[3]"),
        (r#"{"closeness": {"value": 3}}"#, "{\"value\":3}"),
        (r#"{"closeness": 3.5}"#, "3.5"),
        (r#"{"closeness": 1e300}"#, "1e+300"),
    ] {
        let said = format!("“{given}” isn't an answer to `closeness`.\n{scale}");
        refused_input("evening --answers -", json.as_bytes(), &said);
    }
    let said = "“3” isn't an answer to `connection`.\nGive text.\n";
    refused_input("evening --answers -", br#"{"connection": 3}"#, said);
}

#[test]
fn answers_that_are_no_json_object_are_refused_with_their_place_and_not_their_text() {
    let fix = "Give one object, such as {\"closeness\": 3}.\n";
    for (input, place) in [("{\"closeness\": 3", "line 1 column 15"), ("secret", "line 1 column 1")]
    {
        let said = format!("The answers on standard input aren't JSON ({place}).\n{fix}");
        refused_input("evening --answers -", input.as_bytes(), &said);
    }
    let said = format!("The answers on standard input aren't a JSON object.\n{fix}");
    refused_input("evening --answers -", b"[3]", &said);
}

#[test]
fn a_file_of_answers_that_is_not_there_is_named() {
    let home = Home::evening();
    let outcome = home.run("evening --answers nowhere.json").exits(2);
    outcome.says("There's no file nowhere.json.\nCheck the path.\n");
}

#[test]
fn a_date_that_cannot_be_read_is_refused() {
    let unreadable = |given: &str| format!("inward can't read “{given}” as a date or time.\n");
    let examples =
        "Try 2026-11-20, \"20 Nov\", \"yesterday 9pm\", \"last friday\" or \"3 days ago\".\n";
    for (given, said) in [
        ("someday", unreadable("someday") + examples),
        ("12345-01-01", unreadable("12345-01-01") + examples),
        (
            "yesturday 9pm",
            unreadable("yesturday 9pm") + "Did you mean “yesterday 9pm” (2026-11-22 21:00)?\n",
        ),
        ("2026-02-30", "There's no day “2026-02-30”.\nThe nearest one is 2026-02-28.\n".to_owned()),
        (
            "03/04",
            "“03/04” can be 3 April 2026 or 4 March 2026.\nWrite the one you mean.\n".to_owned(),
        ),
        (
            "last week",
            "“last week” is more than one day.\n\
             Give one day, with a time or without: 2026-11-16, \"2026-11-16 21:00\".\n"
                .to_owned(),
        ),
        (
            "20 march 850",
            "“20 march 850” is in the year 850.\n\
             If you mean that, write the year with four digits: 0850.\n"
                .to_owned(),
        ),
        (
            "mon 20 nov",
            "“mon 20 nov” doesn't fit: 2026-11-20 is a Friday.\n\
             Change the day or the date, or leave the weekday out.\n"
                .to_owned(),
        ),
    ] {
        refused(&format!("write words --at '{given}'"), &said);
    }
}

#[test]
fn a_tag_is_one_word() {
    let letters = "A tag is one word: letters or digits, with -, _ or / between.";
    for (given, hint) in [
        ("two words", "A tag is one word: write two-words."),
        ("a,b", letters),
        ("#", letters),
        ("a\\\"b", letters),
    ] {
        let said = format!("can't be a tag.\n{hint}\n");
        let home = Home::evening();
        let outcome = home.run(&format!("write words --tag \"{given}\"")).exits(2);
        assert!(outcome.stderr.ends_with(&said), "{}", outcome.stderr);
        assert!(files(&home.journal()).is_empty());
    }
}

#[test]
fn bytes_that_are_not_utf8_are_refused_with_their_place() {
    let remedy = "Convert it first, for example with iconv -t UTF-8. Nothing was kept.\n";
    let said = format!("The text from standard input isn't valid UTF-8 at byte 4.\n{remedy}");
    refused_input("write", b"abc\xff\xfe", &said);
    refused_input("write --answers -", b"{\"p\xe9\"", &said);
}

#[test]
fn words_that_are_not_utf8_are_refused() {
    let home = Home::evening();
    let words = ["write".into(), OsString::from_vec(b"caf\xe9".to_vec())];
    let outcome = home.run_args(words).exits(2);
    assert!(outcome.stderr.contains("UTF-8"), "{}", outcome.stderr);
    assert!(files(&home.journal()).is_empty());
}

#[test]
fn a_runaway_pipe_ends_somewhere() {
    let said = "The text from standard input is longer than 32 MiB.\n\
                Split it into several entries. Nothing was kept.\n";
    refused_input("write", &vec![b'a'; (32 << 20) + 1], said);
}

#[test]
fn a_flag_that_a_practice_has_not_is_refused() {
    let home = Home::evening();
    home.run("write --closeness 3 words").exits(2).prints("").says(
        "`inward write` doesn't take “--closeness”.\n\
         `inward write --help` lists its flags. If you mean a word that starts with a hyphen, put it after --.\n",
    );
    assert!(files(&home.journal()).is_empty());
}

#[test]
fn a_broken_practice_is_named_when_it_is_used_and_stops_nothing_else() {
    let home = Home::evening();
    let walk =
        "title = \"A walk\"\n\n[[question]]\nid = \"seen\"\nask = \"What?\"\nkind = \"txt\"\n";
    let file = home.write("inward/config/prompts/walk.toml", walk);
    let outcome = home.run("walk 'two swans'").exits(2);
    let begins = format!(
        "The practice file {} can't be used:\n  line 6: There's no kind “txt”.",
        file.display()
    );
    assert!(outcome.stderr.starts_with(&begins), "{}", outcome.stderr);
    home.keep("write words");
    assert_eq!(home.run("practices check").exits(2).stderr, outcome.stderr);
    let misspelt = walk.replace("title", "titel").replace("\nask = \"What?\"", "");
    home.write("inward/config/prompts/walk.toml", &misspelt);
    let said = home.run("practices check").exits(2).stderr;
    for mistake in [
        "  line 1: There's no field `titel` here. Did you mean `title`?",
        "  line 3: This question has no `ask`.",
    ] {
        assert!(said.contains(mistake), "{said}");
    }
}

#[test]
fn without_a_journal_nothing_is_kept_and_init_is_named() {
    let home = Home::new();
    home.run("write words").exits(3).says(
        "There's no journal here yet.\n\
         Run `inward init` on a terminal, or `inward init --no-passphrase` in a script.\n",
    );
    assert!(files(home.path()).is_empty());
}
