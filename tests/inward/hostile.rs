//! What an attacker writes: entries, practice files and journals of others. It
//! leads no file astray, becomes no part of a page or a table, and brings no
//! command down.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use inward::entry::{Answer, Entry, EntryId, RevisionId, Scale, Value};
use inward::journal::Journal;
use serde_json::json;

use crate::harness::{Home, Key, crafted, walk};

pub const SOON: Duration = Duration::from_secs(20);

const NAMES: &[&str] = &[
    "../../../escape",
    "/tmp/inward-escape",
    "..",
    ".",
    "",
    " ",
    "-rf",
    "a/b\\c",
    "CON",
    "x\0y",
    "~/escape",
    "$(touch ran)",
    "`touch ran`",
    "\u{202e}gnp.exe",
    "-->",
    "]]>",
    "x\n---\nowner: them\n",
    "\": [], \"owner\": \"them",
    "=cmd|'/c calc'!A0",
    "<script src=//evil>",
];

/// Breaks out of one thing or another.
const WORDS: &[&str] = &[
    "=1+1",
    "+1",
    "-1+cmd|' /C calc'!A0",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "---\nowner: them\n---\n",
    "# A heading\n\n## 21:14 write\n<!-- inward write aaaaaaaaaa 2026-11-23T21:14:03+00:00 -->",
    "--> <script>alert(1)</script>",
    "</p></div></body><script>alert(1)</script><img src=x onerror=alert(1)>",
    "<style>@import url(//evil)</style><svg onload=alert(1)>",
    "[a](javascript:alert(1)) ![b](//evil/pixel)",
    "```\ncode\n",
    "\",\"owner\",\"",
    "{{ entries }} {% raw %}",
    "\u{1b}]52;c;ZXZpbA==\u{7}",
];

pub fn hostile(n: usize) -> Entry {
    let name = NAMES[n % NAMES.len()].to_owned();
    let mut entry = crafted(WORDS[n % WORDS.len()]);
    entry.practice = name.clone();
    entry.tags = vec![name.clone(), WORDS[(n + 3) % WORDS.len()].to_owned()];
    let answer = &mut entry.answers[0];
    answer.question = name.clone();
    answer.asked = WORDS[(n + 7) % WORDS.len()].to_owned();
    answer.labels = BTreeMap::from([(name.clone(), WORDS[(n + 5) % WORDS.len()].to_owned())]);
    let chosen = Answer { value: Value::Chosen(vec![name]), ..answer.clone() };
    let counted = Answer { value: Value::Number(3.into()), ..answer.clone() };
    entry.answers.extend([chosen, counted]);
    entry
}

pub fn with_hostile_entries() -> (Home, usize) {
    let home = Home::ready();
    let count = NAMES.len() * WORDS.len() / 4;
    (0..count).for_each(|n| drop(home.put(&hostile(n))));
    (home, count)
}

#[test]
fn a_journal_to_import_that_an_attacker_wrote_leads_nothing_astray() {
    let home = Home::ready();
    let before: BTreeSet<_> = walk(home.path()).into_iter().collect();
    let entry = |id: &str, practice: &str| {
        json!({"format": 1, "id": id, "revision": "aaaaaa", "practice": practice,
            "at": "2026-11-20T10:00:00+00:00", "written": "2026-11-20T10:00:00+00:00",
            "tags": ["../../x"], "answers": [{"question": "../q", "asked": "\u{1b}[2J", "value": "words"}]})
    };
    let own: Vec<_> = ["../../../../x", "/etc/passwd", "aaaaaaaaaa/../b", "bbbbbbbbbb"]
        .into_iter()
        .zip(NAMES)
        .map(|(id, name)| entry(id, name))
        .collect();
    home.write("in/own.json", json!({"version": 1, "entries": own}).to_string());
    home.write(
        "in/journal.txt",
        format!("[2026-11-20 10:00] {}\n@../../tag @{}\n", WORDS.concat(), "x".repeat(5000)),
    );
    home.write("in/notes/../notes/2026-11-20.md", "---\npractice: ../../../x\ntags: [../../y, \"\u{1b}[2J\"]\nid: ../../z\n---\n# One\n\nwords\n");
    home.write("in/day.json", json!({"entries": [{"uuid": "../../../x", "creationDate": "2026-11-20T10:00:00Z", "timeZone": "../../etc/passwd", "text": "words", "tags": ["../x"], "location": {"placeName": "\u{1b}]0;x\u{7}"}}]}).to_string());
    for arguments in
        ["inward in/own.json", "jrnl in/journal.txt", "markdown in/notes", "dayone in/day.json"]
    {
        let came = home.run(&format!("import --from {arguments}")).within(SOON).outcome();
        assert!([0, 4].contains(&came.code), "{arguments}: {came:?}");
        let acted_on = |c: char| c.is_control() && c != '\n';
        assert!(!came.stderr.contains(acted_on), "{arguments}: {:?}", came.stderr);
        assert!(!came.stdout.contains(acted_on), "{arguments}: {:?}", came.stdout);
    }
    assert_eq!(home.listed("").len(), 4);
    for path in walk(home.path()) {
        let place = path.strip_prefix(home.journal()).map(|p| p.to_str().unwrap().to_owned());
        let ours = place.is_ok_and(|place| {
            Journal::entry_at(&place).is_some() || "2026/11".starts_with(&place)
        });
        let before = before.contains(&path) || path.starts_with(home.path().join("in"));
        let state = path.starts_with(home.inward("")) && !path.starts_with(home.journal());
        assert!(ours || before || state, "{}", path.display());
    }
}

/// An entry that says what none of ours would.
fn odd() -> Vec<(&'static str, Entry)> {
    let id = |text: &str| -> EntryId { text.parse().unwrap() };
    let revision = |n: usize| -> RevisionId { format!("{n:0>6}").parse().unwrap() };
    let mut odd = Vec::new();
    let scale = |min, max, value: serde_json::Number| {
        let mut entry = crafted("words");
        entry.practice = "reflect".into();
        let answer = &mut entry.answers[0];
        answer.question = "closeness".into();
        answer.scale = Some(Scale { min, max });
        answer.value = Value::Number(value);
        entry
    };
    odd.push(("the widest scale", scale(i64::MIN, i64::MAX, 3.into())));
    odd.push(("a scale upside down", scale(4, 0, i64::MAX.into())));
    odd.push(("a scale of nothing", scale(0, 0, i64::MIN.into())));
    let huge = serde_json::Number::from_f64(f64::MAX).unwrap();
    odd.push(("the largest number", scale(0, 4, huge)));
    let mut late = crafted("late");
    late.at = "9999-12-31T23:59:59-12:00".parse().unwrap();
    late.written = "9999-12-31T23:59:59+14:00".parse().unwrap();
    odd.push(("the last moment", late));
    let mut early = crafted("early");
    early.at = "0001-01-01T00:00:00+14:00".parse().unwrap();
    early.written = early.at;
    odd.push(("the first moment", early));
    let mut itself = crafted("itself");
    itself.about = Some(itself.id.clone());
    itself.replaces = vec![itself.revision.clone()];
    itself.copy_of = Some(itself.revision.clone());
    odd.push(("about itself, a copy of itself, and in its own place", itself));
    let mut round = crafted("round");
    round.id = id("rrrrrrrrrr");
    for n in 0..50 {
        round.revision = revision(n);
        round.replaces = vec![revision((n + 1) % 50)];
        round.copy_of = Some(revision((n + 2) % 50));
        odd.push(("fifty that replace each other in a circle", round.clone()));
    }
    let mut many = crafted("many");
    many.replaces = (0..100_000).map(revision).collect();
    odd.push(("a hundred thousand replaced", many));
    let mut empty = crafted("");
    empty.answers.clear();
    odd.push(("nothing said", empty.clone()));
    empty.deleted = true;
    empty.id = id("dddddddddd");
    odd.push(("a mark of deletion alone", empty));
    let mut wide = crafted("wide");
    let answer = wide.answers[0].clone();
    wide.answers = std::iter::repeat_n(answer, 2000).collect();
    wide.tags = (0..2000).map(|n| format!("tag{n}")).collect();
    odd.push(("two thousand answers and tags", wide));
    let mut deep = json!("x");
    (0..100).for_each(|_| deep = json!([deep]));
    let mut nested = crafted("nested");
    nested.unknown.insert("imported".into(), deep);
    odd.push(("a hundred lists in each other", nested));
    let mut combining = crafted(&format!("a{}", "\u{301}".repeat(20_000)));
    combining.answers[0].asked = "\u{200d}".repeat(5000);
    odd.push(("a letter with twenty thousand accents", combining));
    odd
}

const COMMANDS: &[&str] = &[
    "list",
    "list --json",
    "list --on-this-day",
    "show --last 500",
    "show --json",
    "search words",
    "search --regex '(a+)+$'",
    "list --where 'closeness>=3'",
    "patterns",
    "patterns --json",
    "patterns --html patterns.html --force",
    "export",
    "export --by practice",
    "export --format html",
    "export --format csv",
    "export --format csv-wide",
    "export --format codebook",
    "export --format json",
    "doctor",
    "due",
    "",
    "write words",
    "key reseal",
];

#[test]
fn a_journal_that_an_attacker_wrote_brings_no_command_down() {
    let all = Home::ready();
    let entries = odd();
    for (_, entry) in &entries {
        all.put(entry);
    }
    for arguments in COMMANDS {
        let outcome = all.run(arguments).within(SOON).outcome();
        let sane = [0, 1, 4].contains(&outcome.code) && !outcome.stderr.contains("panicked");
        assert!(sane, "{arguments}: {} {}", outcome.code, outcome.stderr);
    }
    println!("{} odd entries, {} commands", entries.len(), COMMANDS.len());
}

#[test]
fn an_entry_that_an_attacker_wrote_can_be_edited_and_deleted() {
    let home = Home::ready();
    for (what, mut entry) in odd() {
        if entry.answers.len() != 1 || entry.deleted || what.starts_with("fifty") {
            continue;
        }
        // Its questions are no practice's, so they are asked as it remembers them.
        entry.practice = "gone".into();
        home.put(&entry);
        let id = &entry.id;
        let terminal = home.terminal(&format!("edit {id}"));
        terminal.wait_for("What should change?").press(Key::Down).press(Key::Enter);
        terminal.asked("").press(Key::Ctrl('c')).ends(130);
        assert!(!terminal.raw().contains("panicked"), "{what}: {}", terminal.raw());
        home.run(&format!("edit {id} --tag fixed")).within(SOON).ok();
        home.run(&format!("delete {id} --yes")).within(SOON).ok();
    }
    home.run("list").exits(1);
}

#[test]
fn json_that_is_deeper_than_anybody_writes_is_damage_and_no_crash() {
    let home = Home::ready();
    let id = home.keep("write words");
    // Not even a list: the words of an export are read by the same code.
    let deep = format!("{}{}", "[".repeat(200_000), "]".repeat(200_000));
    assert!(Entry::from_json(deep.as_bytes()).is_err());
    let inside = format!(r#"{{"format":1,"x":{deep}}}"#);
    assert!(Entry::from_json(inside.as_bytes()).is_err());
    home.write("deep.json", &deep);
    for from in ["inward", "jrnl", "dayone"] {
        let refused = home.run(&format!("import --from {from} deep.json")).within(SOON).outcome();
        assert!([2, 4].contains(&refused.code), "{from}: {refused:?}");
    }
    for (arguments, text) in [("write --answers -", &deep), ("write --answers -", &inside)] {
        home.run(arguments).stdin(text).within(SOON).exits(2);
    }
    for place in ["config/config.toml", "config/prompts/deep.toml"] {
        let file = home.write(&format!("inward/{place}"), format!("x = {deep}"));
        for arguments in ["practices check", "list"] {
            let outcome = home.run(arguments).within(SOON).outcome();
            assert!((0..=5).contains(&outcome.code), "{place}, {arguments}: {outcome:?}");
        }
        std::fs::remove_file(file).unwrap();
    }
    home.write("inward/state/kept.json", &deep);
    home.run("due").within(SOON).ok();
    assert_eq!(home.entry(&id)["answers"][0]["value"], "words");
}

/// One entry that anybody may hand out, with a line for each of many answers.
#[test]
fn a_search_in_an_entry_of_many_answers_takes_no_time_of_its_own() {
    let home = Home::ready();
    let answer = |n| format!(r#"{{"question":"q{n}","asked":"Q","value":"word {n}"}}"#);
    let answers: Vec<String> = (0..40_000).map(answer).collect();
    let entry = format!(
        r#"{{"format":1,"id":"k3v9q2m8ab","revision":"x7f2qd","replaces":[],"practice":"many","at":"2026-11-23T21:14:03+01:00","written":"2026-11-23T21:14:03+01:00","tags":[],"answers":[{}]}}"#,
        answers.join(",")
    );
    home.write("many.json", format!(r#"{{"version":1,"entries":[{entry}]}}"#));
    home.run("import --from inward many.json").ok();
    home.run("search word").within(std::time::Duration::from_secs(8)).ok();
}
