//! The real jrnl writes a journal of some thousand entries, hostile ones among
//! them, and everything that it says of each is found again here.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::{Value as Json, json};

use crate::harness::{Home, files};

/// Lines that some format takes for more than words.
const LINES: &[&str] = &[
    "plain words about the day.",
    "[1] a note at the foot",
    "[x] a thing done",
    "[2020] a year in brackets",
    "[not a date] at all",
    "[2026-11-23 09:14:03 PM]without a space",
    " [2020-05-01 10:00:00 AM] behind a space",
    "---",
    "# a heading",
    "> a quote",
    "```",
    "  indented by two",
    "\tby a tab",
    "trailing spaces   ",
    "ünïcode 静かな夜 🐦",
    "@home and #sea/side, @c++",
    "Really? Yes! And so on.",
    "**bold** and *",
    "%%comment%% <b>html</b> &amp;",
    "C:\\temp \\# \\",
    "",
];

const COUNT: usize = 3000;

/// A journal as jrnl itself would have written it, but for the hands of whoever
/// edited it since.
fn journal() -> String {
    let mut chance = 7u64;
    let mut below = |n: usize| {
        // A plain generator: the same journal each time.
        chance = chance.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (chance >> 33) as usize % n
    };
    let mut text = String::new();
    for n in 0..COUNT {
        let (year, month, day) = (2014 + below(12), 1 + below(12), 1 + below(28));
        let (hour, minute, second) = (1 + below(12), below(60), below(60));
        let half = ["AM", "PM"][below(2)];
        let star = ["", " *"][below(2)];
        let title = LINES[below(LINES.len())].trim();
        text += &format!("[{year}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02} {half}] ");
        text += &format!("Entry {n} {title}{star}\n");
        for _ in 0..below(7) {
            text += &format!("{}\n", LINES[below(LINES.len())]);
        }
        text += "\n";
    }
    text
}

/// jrnl with a home of its own, and two journals: a file and a folder.
fn jrnl(home: &Home, arguments: &[&str], input: Option<&Path>) {
    let stdin = input.map_or(Stdio::null(), |file| std::fs::File::open(file).unwrap().into());
    let mut command = Command::new("jrnl");
    command.env_clear().envs(home.env()).args(arguments).stdin(stdin).current_dir(home.path());
    let output = command.output().expect("jrnl is installed");
    assert!(output.status.success(), "{arguments:?}: {output:?}");
}

fn set_up(home: &Home) {
    let (file, folder) = (home.path().join("journal.txt"), home.path().join("folder"));
    std::fs::create_dir(&folder).unwrap();
    // Written by itself at first, so that it fits whatever version this is.
    home.write(
        ".config/jrnl/jrnl.yaml",
        format!(
            "version: v4.0\njournals:\n  default: {}\n  folder: {}\ncolors: {{body: none, date: none, tags: none, title: none}}\neditor: ''\nencrypt: false\ntemplate: false\ndefault_hour: 9\ndefault_minute: 0\ntimeformat: '%F %r'\ntagsymbols: '#@'\nhighlight: true\nlinewrap: 79\nindent_character: '|'\n",
            file.display(),
            folder.display()
        ),
    );
    std::fs::write(file, "").unwrap();
}

/// What jrnl says of each entry, and what stands here, in the same words.
#[track_caller]
fn compare(home: &Home, export: &Json) {
    let told = |title: &str, body: &str, at: String, starred: &Json, tags: Vec<String>| {
        let words = format!("{title} {body}");
        let words: Vec<&str> = words.split_whitespace().collect();
        (at, words.join(" "), body.trim().to_owned(), starred == true, tags)
    };
    let text = |value: &Json| value.as_str().unwrap_or_default().to_owned();
    let tag = |tag: &Json| text(tag).trim_start_matches(['#', '@']).to_lowercase();
    let theirs = export["entries"].as_array().unwrap().iter().map(|e| {
        let mut tags: Vec<String> = e["tags"].as_array().unwrap().iter().map(tag).collect();
        tags.sort();
        let at = format!("{} {}", text(&e["date"]), text(&e["time"]));
        told(&text(&e["title"]), &text(&e["body"]), at, &e["starred"], tags)
    });
    let mut theirs: Vec<_> = theirs.collect();
    let listed = home.run("list --json").within(Duration::from_secs(120)).ok().json();
    let ours = listed["entries"].as_array().unwrap().iter().map(|e| {
        assert_eq!(e["practice"], "write");
        let answer = |id: &str| {
            let found = e["answers"].as_array().unwrap().iter().find(|a| a["question"] == id);
            found.map_or(String::new(), |a| text(&a["value"]))
        };
        // A title alone is the page.
        let (title, page) = (answer("title"), answer("page"));
        let (title, body) = if title.is_empty() { (page, title) } else { (title, page) };
        let noted = e["imported"]["tags"].as_array().into_iter().flatten();
        let mut tags: Vec<String> =
            e["tags"].as_array().unwrap().iter().chain(noted).map(tag).collect();
        tags.sort();
        tags.dedup();
        // A star is a tag here.
        assert!(e["imported"]["starred"] != true || tags.iter().any(|tag| tag == "starred"));
        tags.retain(|tag| tag != "starred");
        let at = text(&e["at"])[..16].replace('T', " ");
        told(&title, &body, at, &e["imported"]["starred"], tags)
    });
    let mut ours: Vec<_> = ours.collect();
    theirs.sort();
    ours.sort();
    assert_eq!(theirs.len(), ours.len());
    for (theirs, ours) in theirs.iter().zip(&ours) {
        assert_eq!(theirs, ours);
    }
}

#[test]
#[ignore = "needs jrnl; run in CI"]
fn thousands_of_entries_that_the_real_jrnl_wrote_come_over_whole() {
    let home = Home::ready();
    set_up(&home);
    let source = home.write("source.txt", journal());
    jrnl(&home, &["--import", "--file", source.to_str().unwrap()], None);
    // One more by each way of writing: words, and a pipe.
    jrnl(&home, &["2026-11-20 21:14: By the weir. The heron stayed @home"], None);
    let piped = home.write("piped", "2026-11-21 07:00: A title\n\n[1] foot\n---\nbody *");
    jrnl(&home, &[], Some(&piped));
    jrnl(&home, &["--export", "json", "--file", "export.json"], None);
    let export: Json =
        serde_json::from_slice(&std::fs::read(home.path().join("export.json")).unwrap()).unwrap();
    assert!(export["entries"].as_array().unwrap().len() >= COUNT);
    let import = |path: &str| {
        home.run(&format!("import --from jrnl {path} --json")).within(Duration::from_secs(300))
    };
    let told = import("journal.txt").ok().json();
    assert_eq!(told["left_out"], json!([]));
    compare(&home, &export);
    let kept = files(&home.journal()).len();
    assert_eq!(import("journal.txt").ok().json()["entries"], json!([]));
    // Entries of one minute and the same words are alike to the export, which
    // knows no seconds; nothing else may come by it.
    assert_eq!(import("export.json").ok().json()["entries"], json!([]));
    assert_eq!(files(&home.journal()).len(), kept);
}

#[test]
#[ignore = "needs jrnl; run in CI"]
fn a_folder_of_days_that_the_real_jrnl_wrote_comes_over_whole() {
    let home = Home::ready();
    set_up(&home);
    for n in 0..12 {
        let star = ["", " *"][n % 2];
        let words = format!(
            "2020-05-{:02} 1{}:30: Title {n}. Body @tag{n}{star}\n[x] done",
            1 + n / 3,
            n % 3
        );
        let piped = home.write("piped", words);
        jrnl(&home, &["folder"], Some(&piped));
    }
    jrnl(&home, &["folder", "--export", "json", "--file", "export.json"], None);
    let export: Json =
        serde_json::from_slice(&std::fs::read(home.path().join("export.json")).unwrap()).unwrap();
    assert_eq!(export["entries"].as_array().unwrap().len(), 12);
    let starred = export["entries"].as_array().unwrap().iter().filter(|e| e["starred"] == true);
    assert_eq!(starred.count(), 6);
    home.run("import --from jrnl folder").ok();
    compare(&home, &export);
}
