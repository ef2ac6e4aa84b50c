//! Whatever is read is read to the end or refused with a word: no text brings
//! a reader down. Each begins with what people write and changes it anyhow.
//! `PROPTEST_CASES=100000 cargo test fuzz` tries for longer; what was found
//! once is tried first, from then on.

use std::sync::LazyLock;

use chrono::Datelike;
use inward::config::{Clock, Config, Paths};
use inward::entry::{Entry, Value};
use inward::import::{ImportContext, ImportInput, JrnlSettings, SOURCES};
use inward::journal::Journal;
use inward::practice::{self, BUILT_IN, LoadedPractice, Practices};
use inward::query::{AnswerFilter, Query, TextMatcher};
use inward::seal::{Identity, IdentityFile, PluginCallbacks, Recipients, Sealed};
use inward::{dates, redact::Redaction};
use proptest::prelude::*;

use crate::harness::crafted;

/// What is done to a text: at a place, over a length, with one of the words.
type Change = (u16, u8, u8, u16);

fn changes() -> impl Strategy<Value = (u16, Vec<Change>)> {
    let change = (any::<u16>(), any::<u8>(), 0..60u8, any::<u16>());
    (any::<u16>(), prop::collection::vec(change, 0..8))
}

/// One of the seeds with these changes made to it.
fn changed(seeds: &[&str], words: &[&str], (seed, changes): &(u16, Vec<Change>)) -> String {
    let pick = |n: u16, of: usize| usize::from(n) * of / (1 << 16);
    let mut text: Vec<char> = seeds[pick(*seed, seeds.len())].chars().collect();
    for (place, kind, length, word) in changes {
        let at = pick(*place, text.len() + 1);
        let end = (at + usize::from(*length)).min(text.len());
        match kind % 6 {
            0 => drop(text.drain(at..end)),
            1 => {
                let again: Vec<char> = text[at..end].to_vec();
                text.splice(at..at, again);
            }
            2 => {
                let word: Vec<char> = words[pick(*word, words.len())].chars().collect();
                text.splice(at..at, word);
            }
            3 => {
                let word: Vec<char> = words[pick(*word, words.len())].chars().collect();
                text.splice(at..end, word);
            }
            4 => {
                let odd = char::from_u32(u32::from(*word)).unwrap_or('\u{fffd}');
                text.splice(at..at, [odd]);
            }
            _ => text.truncate(at),
        }
    }
    text.into_iter().collect()
}

const ANYWHERE: &[&str] = &[
    "",
    " ",
    "\n",
    "\r\n",
    "\t",
    "\0",
    "\u{feff}",
    "\u{202e}",
    "\u{1b}[2J",
    "é",
    "İ",
    "ß",
    "日本",
    "\u{301}",
    "\u{10ffff}",
    "0",
    "-1",
    "9223372036854775807",
    "-9223372036854775808",
    "1e308",
    "1e999",
    "NaN",
    "0.1",
    "null",
    "true",
    "\"",
    "'",
    "\\",
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    "=",
    ":",
    ",",
    "#",
    "..",
    "../",
    "---",
    "-->",
    "<!--",
    "%",
    "{{",
    "}}",
    "[[",
    "]]",
];

const DATES: &[&str] = &[
    "2026-11-20",
    "2026-11-20 21:00",
    "2026-11-20T21:00:00+01:00",
    "yesterday",
    "tomorrow",
    "today",
    "now",
    "monday",
    "last friday",
    "3 days ago",
    "a month ago",
    "2 years ago",
    "last week",
    "this month",
    "last 30 days",
    "november",
    "november 2025",
    "2026-11",
    "2026",
    "2026-11-01..monday",
    "0001-01-01",
    "9999-12-31",
    "24:00",
    "23:59:60",
    "yesterday 21:00",
    "4294967295 months ago",
    "99999999999 weeks ago",
    "0000-00-00",
    "+262142-12-31T23:59:59Z",
    "-0001-01-01T00:00:00Z",
    "29 february 2028",
    "2028-02-29",
    "ago",
    "last",
    "this",
    "years ago",
];

const ENTRY: &str = r#"{"format":1,"id":"k3v9q2m8ab","revision":"x7f2qd","replaces":["aaaaaa"],"copy_of":"bbbbbb","practice":"reflect","at":"2026-11-23T21:14:03+01:00","written":"2026-11-23T21:14:03.123456789+01:00","tags":["repair"],"about":"k3v9q2m8ac","deleted":false,"weather":{"rain":[1,2]},"answers":[{"question":"closeness","asked":"How close did you feel?","scale":{"min":0,"max":4},"value":3,"labels":{"3":"close"}},{"question":"connection","asked":"One moment","value":"He waited for me."},{"question":"saw","asked":"What?","value":["a","b"]},{"question":"x","asked":"?","value":null},{"question":"y","asked":"?","value":true}]}"#;

const JRNL: &str = "[2026-11-20 10:00 AM] A title @tag *\nBody with [2026] brackets.\n\n[2026-11-21 22:15] Another.\n";
const JRNL_JSON: &str = r#"{"tags":{"@a":1},"entries":[{"title":"One","body":"Two","date":"2026-11-20","time":"10:00","tags":["@a"],"starred":true}]}"#;
const DAY_ONE: &str = r#"{"metadata":{"version":"1.0"},"entries":[{"uuid":"ABC123","creationDate":"2026-11-20T10:00:00Z","modifiedDate":"2026-11-21T10:00:00Z","timeZone":"Europe\/Berlin","text":"Words ![](dayone-moment://X)","tags":["a"],"starred":true,"location":{"latitude":1.5,"longitude":2,"placeName":"x"},"photos":[{"md5":"x","type":"jpeg"}],"weather":{"temperatureCelsius":3}}]}"#;
const NOTE: &str = "---\ndate: 2026-11-20\ntags: [a, 'b c']\ntitle: |\n  Two\n  lines\nalias: &x [1]\nmore: *x\n---\n# Friday 20 November 2026\n\n## 21:14 reflect: A title\n<!-- inward reflect k3v9q2m8ab 2026-11-20T21:14:03+01:00 about-k3v9q2m8ac -->\n\n#repair #home\n\n**How close did you feel?**\n\n3 of 0–4 (close)\n\n- one\n\\# two\n";
const EXPORT: &str = r#"{"version":1,"entries":[
{"format":1,"id":"k3v9q2m8ab","revision":"x7f2qd","practice":"write","at":"2026-11-23T21:14:03+01:00","written":"2026-11-23T21:14:03+01:00","answers":[]},
{"format":2}]}"#;

const CONFIG: &str = "partner = \"Sam\"\nday-ends = \"04:00\"\nmorning-ends = \"11:00\"\nevening-begins = \"18:00\"\nremember-when-kept = true\neditor = \"vim -n\"\nidentity = \"~/.ssh/id\"\n[cadence]\ngratitude = \"sunday\"\n[routines]\nmorning = [\"pause\", \"intent\"]\n";

static PRACTICES: LazyLock<Practices> = LazyLock::new(|| Practices::load("/nowhere".as_ref(), &[]));

fn clocks() -> [Clock; 4] {
    let clock = |now: &str, ends: &str| {
        let mut clock = Clock::at(now.parse().unwrap());
        clock.day_ends = ends.parse().unwrap();
        clock
    };
    [
        clock("2026-11-23T21:14:03+01:00", "00:00:00"),
        clock("2028-02-29T00:30:00-05:00", "04:00:00"),
        clock("0001-01-01T00:00:00+00:00", "04:00:00"),
        clock("9999-12-31T23:59:59+00:00", "00:00:00"),
    ]
}

proptest! {
    #[test]
    fn a_practice_file(change in changes()) {
        let words: Vec<&str> = ANYWHERE.iter().copied().chain([
            "kind = \"scale\"", "kind = \"choice\"", "[[question]]", "[[section]]", "[[pattern]]",
            "[[score]]", "when = ", "scale = { min = 0, max = 4 }", "options = []", "id = ",
            "min = 9223372036854775807", "max = -9223372036854775808", "items = [\"a\"]", "{a}",
        ]).collect();
        let seeds: Vec<&str> = BUILT_IN.iter().map(|(_, text)| *text).chain([practice::TEMPLATE]).collect();
        let text = changed(&seeds, &words, &change);
        if let LoadedPractice::Whole(practice) = practice::read("fuzzed", "fuzzed.toml".as_ref(), &text, &["list"]) {
            for question in practice.all_questions() {
                for given in ["", "?", "3", "-9223372036854775808", "yes", "a,b", "words"] {
                    let _ = question.read(given);
                    let _ = question.allowed_values();
                }
            }
        }
    }

    #[test]
    fn the_json_of_an_entry(change in changes()) {
        let words: Vec<&str> = ANYWHERE.iter().chain(DATES).copied().collect();
        let text = changed(&[ENTRY], &words, &change);
        if let Ok(entry) = Entry::from_json(text.as_bytes()) {
            let again = Entry::from_json(&entry.to_json().unwrap());
            prop_assert_eq!(again.as_ref(), Ok(&entry), "what is read is written as it was");
            for clock in clocks() {
                clock.day_of(entry.at);
                Query { tags: vec!["repair".into()], ..Query::everything() }.matches(&entry, &clock);
            }
            for answer in &entry.answers {
                answer.text();
                answer.contains_answer("3");
            }
        }
    }

    #[test]
    fn keys_and_to_whom(change in changes()) {
        const SEEDS: &[&str] = &[
            "# this journal's own key\nage1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj\n",
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHsKLqeplhpW+uObz5dvMgjz1OxfM/XXUB+VHtZ6isGN alice@rust",
            "AGE-SECRET-KEY-1EGTZVFFV20835NWYV6270LXYVK2VKNX2MMDKWYKLMGR48UAWX40Q2P2LM0\n",
            include_str!("harness/ssh-key-for-tests"),
            include_str!("harness/tagpq-recipient.txt"),
            "age1pocket1wphkx6m9wsjr4vv4",
            "-----BEGIN AGE ENCRYPTED FILE-----\nYWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IHNjcnlwdCBh\n-----END AGE ENCRYPTED FILE-----\n",
        ];
        let words: Vec<&str> = ANYWHERE.iter().copied().chain(["age1", "ssh-rsa ", "AGE-PLUGIN-X-1", "1"]).collect();
        let text = changed(SEEDS, &words, &change);
        if let Ok(recipients) = Recipients::parse(&text, "fuzzed") {
            recipients.iter().for_each(|recipient| drop(recipient.kind()));
        }
        let _ = Identity::parse(&text, PluginCallbacks::SILENT);
        let _ = IdentityFile::parse(text.as_bytes(), PluginCallbacks::SILENT);
    }

    #[test]
    fn the_settings(change in changes()) {
        let folder = tempfile::tempdir().unwrap();
        let paths = Paths::under(folder.path());
        std::fs::create_dir_all(&paths.config).unwrap();
        std::fs::write(paths.file(), changed(&[CONFIG], ANYWHERE, &change)).unwrap();
        let now = |name: &str| (name == "INWARD_NOW").then(|| "2026-11-23T21:14:03+01:00".into());
        if let Ok(config) = Config::load(paths, &now) {
            PRACTICES.clone().at_cadence(&config.cadence);
            config.warnings.iter().for_each(|it| drop(config.warning_error(it).to_string()));
        }
    }

    #[test]
    fn journals_of_others(change in changes(), which in 0..5usize) {
        let words: Vec<&str> = ANYWHERE.iter().chain(DATES).copied().chain([
            "[2026-11-20 10:00]", "@tag", "&a", "*a", "? ", "!!str ", "|\n", "## ", "**", "```",
            "dayone-moment://", "<!-- inward write aaaaaaaaaa 2026-11-20T10:00:00Z -->",
        ]).collect();
        let seeds = [JRNL, JRNL_JSON, DAY_ONE, NOTE, EXPORT];
        let text = changed(&seeds[which..=which], &words, &change);
        for clock in clocks() {
            let desk = ImportContext { clock: &clock, practices: &PRACTICES, jrnl: &JrnlSettings::default() };
            for source in SOURCES {
                for path in ["2026/11/20.txt", "2026-11-20.md", "Journal.json"] {
                    let input = ImportInput { path: path.into(), bytes: text.clone().into(), nearby: Default::default() };
                    for draft in (source.read)(&input, &desk).drafts {
                        let year = draft.entry.day().year();
                        prop_assert!((1..=9999).contains(&year), "{}: {year}", source.name);
                    }
                }
            }
        }
    }

    #[test]
    fn bytes_that_are_no_text(mut bytes in prop::collection::vec(any::<u8>(), 0..200), which in 0..6usize) {
        let begins: [&[u8]; 6] = [b"", b"PK\x03\x04", b"gAAAA", b"\xff\xfe", b"age-encryption.org/v1\n-> X25519 ", b"{"];
        bytes.splice(..0, begins[which].iter().copied());
        let desk = ImportContext { clock: &clocks()[0], practices: &PRACTICES, jrnl: &JrnlSettings::default() };
        for source in SOURCES {
            (source.read)(&ImportInput { path: "x".into(), bytes: bytes.clone(), nearby: Default::default() }, &desk);
        }
        let label = inward::seal::EntryFileName::of(&crafted("words"));
        if let Ok(sealed) = Sealed::from_bytes(label, bytes.clone()) {
            sealed.has_padded_length();
            prop_assert!(Identity::generate().open(&sealed).is_err());
        }
        let _ = IdentityFile::parse(&bytes, PluginCallbacks::SILENT);
    }

    #[test]
    fn dates_as_people_write_them(change in changes()) {
        let words: Vec<&str> = ANYWHERE.iter().chain(DATES).copied().collect();
        let text = changed(DATES, &words, &change);
        for clock in clocks() {
            if let Ok(moment) = dates::moment(&text, &clock) {
                let year = moment.date_naive().year();
                prop_assert!((1..=9999).contains(&year), "{text}: {moment}");
            }
            if let Ok(span) = dates::span(&text, &clock) {
                prop_assert!(span.first <= span.last, "{text}");
            }
            dates::earlier_such_days(clock.today());
        }
    }

    #[test]
    fn what_is_sought(change in changes()) {
        const SEEDS: &[&str] = &["closeness>=3", "outcome!=did", "outcome=forgot", "“two words” one", "a.*b|(c+)+$", "\\p{L}{1,99}", "Sam=Kim", "#tag"];
        let words: Vec<&str> = ANYWHERE.iter().copied().chain(["(?i)", "{1000}", "[^", ">=", "!=", "<", "”", "“", "|", "*", "+?"]).collect();
        let text = changed(SEEDS, &words, &change);
        let entry = Entry::from_json(ENTRY.as_bytes()).unwrap();
        for sought in [TextMatcher::text(&text), TextMatcher::regex(&text)].into_iter().flatten() {
            sought.ranges("One moment 3 close é").for_each(drop);
            Query { containing: vec![sought], ..Query::everything() }.matches(&entry, &clocks()[0]);
        }
        let _ = TextMatcher::words(std::slice::from_ref(&text));
        if let Ok(wanted) = AnswerFilter::read(&text) {
            Query { answers: vec![wanted], ..Query::everything() }.matches(&entry, &clocks()[0]);
        }
        let _ = practice::tags(&text);
        if let Ok(redaction) = Redaction::read([text.as_str()]) {
            let (redacted, _) = redaction.entry(&entry).unwrap();
            redaction.remains(&redacted);
        }
    }

    #[test]
    fn names_of_files(change in changes()) {
        const SEEDS: &[&str] = &[
            "2026/11/2026-11-23-k3v9q2m8ab.x7f2qd.age",
            "2026/11/.syncthing.2026-11-23-k3v9q2m8ab.x7f2qd.age.tmp",
            "2026/11/2026-11-23-k3v9q2m8ab.x7f2qd (Ada's conflicted copy 2026-11-23).age",
        ];
        let place = changed(SEEDS, ANYWHERE, &change);
        if let Some(label) = Journal::label_at(&place) {
            prop_assert_eq!(Journal::place(&label), place);
        }
    }

    #[test]
    fn answers_given_as_json(change in changes()) {
        const SEEDS: &[&str] = &["3", "\"words\"", "[\"a\",\"b\"]", "true", "null", "-0.5", "{\"a\":1}", "1e308"];
        let text = changed(SEEDS, ANYWHERE, &change);
        let Ok(json) = serde_json::from_str::<serde_json::Value>(&text) else { return Ok(()) };
        for practice in PRACTICES.valid() {
            for question in practice.all_questions() {
                if let Ok(Some(value)) = question.accept(&json) {
                    let answer = question.answer_with(value);
                    prop_assert!(!matches!(&answer.value, Value::Text(text) if text.is_empty()));
                    answer.text();
                }
            }
        }
    }
}
