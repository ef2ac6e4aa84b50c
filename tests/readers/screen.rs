//! What people type, and what their terminal is sent.

use chrono::Datelike;
use inward::cli::{Surroundings, run_in};
use inward::disk::real;
use inward::entry::{Entry, Value};
use inward::prompt::Transcript;
use inward::query::{AnswerFilter, Query, TextMatcher};
use inward::redact::Redaction;
use inward::render::{clean, clean_line};
use inward::{dates, practice};

use super::{PRACTICES, Reader, bytes, clocks, seeds, text};

pub const DATES: Reader = Reader {
    name: "dates",
    seeds: || bytes(seeds::DATES),
    words: &[seeds::DATES],
    read: read_date,
};

fn read_date(bytes: &[u8]) {
    let text = text(bytes);
    for clock in clocks() {
        if let Ok(moment) = dates::moment(&text, &clock) {
            let year = moment.date_naive().year();
            assert!((1..=9999).contains(&year), "{text}: {moment}");
        }
        if let Ok(span) = dates::span(&text, &clock) {
            assert!(span.first <= span.last, "{text}");
        }
        dates::earlier_such_days(clock.today());
    }
}

pub const SEARCH: Reader = Reader {
    name: "search",
    seeds: || {
        bytes(&[
            "closeness>=3",
            "outcome!=did",
            "outcome=forgot",
            "“two words” one",
            "a.*b|(c+)+$",
            "\\p{L}{1,99}",
            "Sam=Kim",
            "#tag",
        ])
    },
    words: &[&["(?i)", "{1000}", "[^", ">=", "!=", "<", "”", "“", "|", "*", "+?"]],
    read: read_search,
};

fn read_search(bytes: &[u8]) {
    let text = text(bytes);
    let entry = Entry::from_json(seeds::ENTRY.as_bytes()).unwrap();
    for matcher in [TextMatcher::text(&text), TextMatcher::regex(&text)].into_iter().flatten() {
        matcher.ranges("One moment 3 close é").for_each(drop);
        Query { containing: vec![matcher], ..Query::everything() }.matches(&entry, &clocks()[0]);
    }
    let _ = TextMatcher::words(&[text.to_string()]);
    if let Ok(filter) = AnswerFilter::read(&text) {
        Query { answers: vec![filter], ..Query::everything() }.matches(&entry, &clocks()[0]);
    }
    let _ = practice::tag(&text);
    if let Ok(redaction) = Redaction::read([text.as_ref()]) {
        let (redacted, _) = redaction.entry(&entry).unwrap();
        redaction.remains(&redacted);
    }
}

pub const ANSWERS: Reader = Reader {
    name: "answers",
    seeds: || {
        bytes(&["3", "\"words\"", "[\"a\",\"b\"]", "true", "null", "-0.5", "{\"a\":1}", "1e308"])
    },
    words: &[],
    read: read_answers,
};

fn read_answers(bytes: &[u8]) {
    let Ok(json) = serde_json::from_slice::<serde_json::Value>(bytes) else { return };
    for practice in PRACTICES.valid() {
        for question in practice.all_questions() {
            if let Ok(Some(value)) = question.accept(&json) {
                let answer = question.answer_with(value);
                assert!(!matches!(&answer.value, Value::Text(text) if text.is_empty()));
                answer.text();
            }
        }
    }
}

pub const TERMINAL: Reader = Reader {
    name: "terminal",
    seeds: || {
        bytes(&["a\u{1b}[31m\u{0}\u{7f}\u{9b}b", "one\r\ntwo\rthree\tx", "evil\u{202e}txt.exe"])
    },
    words: &[],
    read: clean_for_terminal,
};

fn clean_for_terminal(bytes: &[u8]) {
    let text = text(bytes);
    let page = clean(&text);
    let acts = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    assert!(!page.contains(|c| acts(c) || turns(c)), "{page:?}");
    assert_eq!(clean(&page), page);
    let line = clean_line(&text);
    assert!(!line.contains(|c: char| c.is_control() || turns(c)), "{line:?}");
    assert_eq!(clean_line(&line), line);
}

pub const COMPLETIONS: Reader = Reader {
    name: "completions",
    seeds: || {
        bytes(&[
            "",
            "list --practice=",
            "reflect --saw unsaid,rel",
            "inward list --where clos",
            "-pe",
            "edit --cl",
            "patterns clos",
            "--journal x li",
            "config get cadence.ref",
            "export --format csv --by ",
            "write --at 'y",
        ])
    },
    words: &[],
    read: complete,
};

/// Words apart by blanks, as a shell would hand them on.
fn complete(bytes: &[u8]) {
    let text = text(bytes).replace('\0', "");
    let words = ["inward", "completions", "bash", "--", "inward"].into_iter();
    let arguments = words.chain(text.split(' ')).map(Into::into).collect();
    let env = |name: &str| match name {
        "INWARD_HOME" => Some("/nowhere/inward".into()),
        "INWARD_NOW" => Some("2026-11-23T21:14:03+01:00".into()),
        _ => None,
    };
    let transcript = Transcript::default();
    let surroundings =
        Surroundings { env: &env, disk: real(), transcript: Some(transcript.clone()) };
    // Refusing is as good as an answer.
    let _ = run_in(&surroundings, arguments);
    let harmless = |c: char| c.is_alphanumeric() || "_-./=,@:\n".contains(c);
    let offered = transcript.output.text();
    assert!(offered.chars().all(harmless), "{offered:?}");
    assert_eq!(transcript.messages.text(), "");
}
