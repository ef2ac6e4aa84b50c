//! Import: what other journals hold comes whole, once, and what cannot be read
//! is named.

use std::os::unix::fs::symlink;
use std::process::Command;

use serde_json::json;

use crate::harness::{BINARY, Home, Outcome, files, mode, one_line};

const JRNL: &str = "[2020-05-01 10:00:00 AM] First sentence here.\nAnd a body @home\n\n\
                    [2026-11-22 09:00:05 PM] Starred *\nTwo\n\nparagraphs\n";

/// Every entry, oldest first.
pub fn entries(home: &Home) -> Vec<serde_json::Value> {
    let listed = home.run("list --json").ok().json();
    let mut all = listed["entries"].as_array().unwrap().clone();
    all.reverse();
    all
}

#[track_caller]
pub fn says(outcome: &Outcome, begins: &str) {
    let said = one_line(&outcome.stderr);
    assert!(said.starts_with(begins), "{said}");
}

#[test]
fn a_jrnl_journal_comes_whole_and_only_once() {
    let home = Home::ready();
    let file = home.write("journal.txt", JRNL);
    let outcome = home.run("import --from jrnl journal.txt").ok();
    says(&outcome, "Imported from jrnl: 2 entries, 2020-05-01 to 2026-11-22.");
    let all = entries(&home);
    assert_eq!(all[0]["at"], "2020-05-01T10:00:00Z");
    assert_eq!(all[0]["practice"], "write");
    assert_eq!(all[0]["answers"][0]["value"], "And a body @home");
    assert_eq!(all[0]["answers"][1]["value"], "First sentence here.");
    assert_eq!(all[0]["tags"], json!(["home"]));
    assert_eq!(all[1]["answers"][0]["value"], "Two\n\nparagraphs");
    assert_eq!(all[1]["imported"]["starred"], true);
    let before = files(&home.journal());
    says(&home.run("import --from jrnl journal.txt").ok(), "Imported from jrnl: nothing new.");
    assert_eq!(files(&home.journal()), before);
    assert_eq!(std::fs::read_to_string(file).unwrap(), JRNL, "the source stays as it is");
    assert_eq!(mode(&home.inward("config/import-salt")), 0o600);
}

#[test]
fn importing_asks_no_passphrase_and_knows_again_what_it_brought() {
    let home = Home::locked("echo 'correct horse'");
    home.write("journal.txt", JRNL);
    home.run("import --from jrnl journal.txt").ok();
    says(&home.run("import --from jrnl journal.txt").ok(), "Imported from jrnl: nothing new.");
    assert_eq!(files(&home.journal()).len(), 2);
}

#[test]
fn what_was_deleted_or_changed_here_stays_so() {
    let home = Home::ready();
    home.write("journal.txt", JRNL);
    home.run("import --from jrnl journal.txt").ok();
    let ids: Vec<String> =
        entries(&home).iter().map(|e| e["id"].as_str().unwrap().to_owned()).collect();
    home.run(&format!("delete {} --yes", ids[0])).ok();
    home.run(&format!("edit {} --tag mine", ids[1])).ok();
    home.run("import --from jrnl journal.txt").ok();
    let all = entries(&home);
    assert_eq!(all.len(), 1);
    assert_eq!(all[0]["tags"], json!(["starred", "mine"]));
    assert_eq!(all[0]["imported"]["starred"], true, "and an edit keeps what it carries");
}

#[test]
fn another_device_knows_it_again_while_the_journal_is_open() {
    let home = Home::ready();
    home.write("journal.txt", JRNL);
    home.run("import --from jrnl journal.txt").ok();
    // The second device has the key and the journal, and no salt.
    std::fs::remove_file(home.inward("config/import-salt")).unwrap();
    says(&home.run("import --from jrnl journal.txt").ok(), "Imported from jrnl: nothing new.");
    assert_eq!(files(&home.journal()).len(), 2);
}

#[test]
fn a_dry_run_shows_what_would_come_and_keeps_nothing() {
    let home = Home::new();
    home.write("journal.txt", JRNL);
    let outcome = home.run("import --from jrnl journal.txt --dry-run").ok();
    says(&outcome, "Would import from jrnl: 2 entries, 2020-05-01 to 2026-11-22.");
    assert!(outcome.stdout.starts_with("yesterday\n"), "{}", outcome.stdout);
    let row = "\n  10:00  write  First sentence here. · And a body @home";
    assert!(outcome.stdout.contains(row), "{}", outcome.stdout);
    assert!(files(&home.inward("")).is_empty());
    let told = home.run("import --from jrnl journal.txt --dry-run --json").ok().json();
    assert_eq!(told["entries"][0]["id"], json!(null), "no id that another run would not give");
    let home = Home::ready();
    home.write("journal.txt", JRNL);
    home.write("other.txt", "[2026-11-22 09:00:05 PM] Other\n");
    home.run("import --from jrnl other.txt").ok();
    let told = home.run("import --from jrnl journal.txt --dry-run --json").ok().json();
    let kept = home.run("import --from jrnl journal.txt --json").ok().json();
    assert_eq!(told["entries"], kept["entries"]);
}

#[test]
fn json_tells_a_program_what_came_and_what_did_not() {
    let home = Home::ready();
    home.write("journal.txt", format!("lost\n{JRNL}"));
    let told = home.run("import --from jrnl journal.txt --json").exits(4).json();
    assert_eq!(told["entries"].as_array().unwrap().len(), 2);
    assert_eq!(told["left_out"][0]["file"], "journal.txt");
    assert_eq!(told["left_out"][0]["line"], 1);
}

#[test]
fn nothing_is_dropped_in_silence() {
    let home = Home::ready();
    home.write("j/2020/05/01.txt", "words before\n\n[10:00] one\n");
    home.write("j/2020/05/02.txt", b"[10:00] \xff\n");
    home.write("j/2020/05/03.txt", "no header at all\n");
    home.write("j/photo.png", "not text");
    home.write("elsewhere.txt", "[2020-05-01 10:00] secret\n");
    symlink(home.path().join("elsewhere.txt"), home.path().join("j/link.txt")).unwrap();
    Command::new("mkfifo").arg(home.path().join("j/pipe.txt")).status().unwrap();
    let outcome = home.run("import --from jrnl j").exits(4);
    let said: Vec<&str> = outcome.stderr.lines().filter(|l| l.starts_with("Left out")).collect();
    assert_eq!(
        said,
        [
            "Left out: j/link.txt: it's a link or a special file, which inward doesn't import.",
            "Left out: j/pipe.txt: it's a link or a special file, which inward doesn't import.",
            "Left out: j/2020/05/01.txt line 1: the text before the first entry, up to line 2, has no date that inward can read.",
            "Left out: j/2020/05/02.txt: line 1 isn't UTF-8 text, so none of this file is imported; if an older program wrote it, convert it with `iconv -f LATIN1 -t UTF-8`.",
            "Left out: j/2020/05/03.txt: no line starts with a date in brackets, as jrnl's entries do.",
        ]
    );
    assert!(one_line(&outcome.stderr).contains("Skipped, as files of another kind: 1."));
    assert_eq!(entries(&home).len(), 1);
}

#[test]
fn what_is_not_there_or_no_journal_is_refused_and_nothing_is_kept() {
    let home = Home::ready();
    home.run("import --from jrnl nowhere")
        .exits(2)
        .says("There's nothing at nowhere.\nCheck the path.\n");
    home.write("words.txt", "only words\n");
    let outcome = home.run("import --from jrnl words.txt").exits(2);
    assert!(outcome.stderr.contains("There are no jrnl entries there.\n"), "{}", outcome.stderr);
    home.run("import words.txt")
        .exits(2)
        .says("What wrote it? Say so with --from.\nGive one of jrnl, dayone, markdown, inward.\n");
    assert!(files(&home.journal()).is_empty());
    assert!(!home.inward("config/import-salt").exists());
}

#[test]
fn without_a_journal_it_says_so_before_it_reads() {
    let home = Home::new();
    home.write("journal.txt", JRNL);
    let outcome = home.run("import --from jrnl journal.txt").exits(3);
    assert!(outcome.stderr.starts_with("There's no journal here yet."), "{}", outcome.stderr);
}

#[test]
fn a_journal_that_lies_in_a_folder_twice_comes_once() {
    let home = Home::ready();
    home.write("j/journal.txt", JRNL);
    home.write("j/copy.txt", format!("{JRNL}\n[2026-11-22 10:00:00 PM] One more\n"));
    let outcome = home.run("import --from jrnl j").ok();
    says(
        &outcome,
        "Imported from jrnl: 3 entries, 2020-05-01 to 2026-11-22. Duplicates: 2 entries.",
    );
    assert_eq!(entries(&home).len(), 3);
    says(&home.run("import --from jrnl j/journal.txt").ok(), "Imported from jrnl: nothing new.");
}

#[test]
fn what_comes_through_a_pipe_is_read_and_what_is_sealed_is_said_to_be() {
    let home = Home::ready();
    let piped = home.run("import --from jrnl -").stdin(JRNL).ok();
    says(&piped, "Imported from jrnl: 2 entries, 2020-05-01 to 2026-11-22.");
    assert!(!piped.stderr.contains("still holds"), "{}", piped.stderr);
    let key = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";
    home.run(&format!("export --json --recipient {key} -o all.age")).ok();
    let outcome = home.run("import --from inward all.age").exits(2);
    let told =
        "Left out: all.age: it's encrypted with age; decrypt it first, with `age -d -i KEY`.";
    assert!(outcome.stderr.contains(told), "{}", outcome.stderr);
}

#[test]
fn notes_without_a_date_are_counted_in_one_line_and_named_when_asked() {
    let home = Home::ready();
    home.write("vault/2026-11-20.md", "The heron");
    for n in 0..40 {
        home.write(&format!("vault/notes/note {n:02}.md"), "words");
    }
    let outcome = home.run("import --from markdown vault --dry-run").ok();
    let left: Vec<&str> = outcome.stderr.lines().filter(|l| l.starts_with("Left out")).collect();
    let told = "Left out: 40 files without a date in the name, front matter or heading, such as vault/notes/note 00.md, vault/notes/note 01.md, vault/notes/note 02.md. --verbose lists them all.";
    assert_eq!(left, [told]);
    let outcome = home.run("import --from markdown vault --dry-run --verbose").ok();
    assert_eq!(outcome.stderr.matches("Left out: ").count(), 40);
    let json = home.run("import --from markdown vault --json").ok().json();
    assert_eq!(json["left_out"].as_array().unwrap().len(), 40);
}

#[test]
fn an_entry_on_one_long_line_of_json_is_named_by_its_number() {
    let home = Home::ready();
    let good = r#"{"title":"a","body":"b","date":"2020-05-01","time":"10:00"}"#;
    home.write("x.json", format!(r#"{{"entries":[{good},{{"title":3}},{good}]}}"#));
    let outcome = home.run("import --from jrnl x.json").exits(4);
    let told =
        "Left out: x.json line 1, entry 2: it isn't an entry (inward can't read its `title`).";
    assert!(outcome.stderr.contains(told), "{}", outcome.stderr);
}

#[test]
fn an_interrupted_import_continues_when_run_again() {
    let home = Home::ready();
    let text: String = (0..400)
        .map(|n| {
            format!(
                "[2020-05-{:02} {:02}:{:02}] Entry {n}\nBody {n}\n\n",
                1 + n % 28,
                n % 24,
                n % 60
            )
        })
        .collect();
    home.write("journal.txt", text);
    let mut child = Command::new(BINARY)
        .args(["import", "--from", "jrnl", "journal.txt"])
        .env_clear()
        .envs(home.env())
        .current_dir(home.path())
        .spawn()
        .unwrap();
    while files(&home.journal()).len() < 20 {
        std::thread::yield_now();
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let kept = files(&home.journal()).len();
    assert!((20..400).contains(&kept), "{kept} of 400 were kept before it was killed");
    home.run("import --from jrnl journal.txt").ok();
    assert_eq!(entries(&home).len(), 400);
    assert_eq!(files(&home.journal()).len(), 400);
}

#[test]
fn two_imports_at_once_bring_each_entry_once() {
    let home = Home::ready();
    let text: String = (0..200).map(|n| format!("[2020-05-01 10:00] Entry {n}\n\n")).collect();
    home.write("journal.txt", text);
    // The salt first: it is made once as well.
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| home.run("import --from jrnl journal.txt").ok());
        }
    });
    assert_eq!(files(&home.journal()).len(), 200);
    assert_eq!(entries(&home).len(), 200);
}

#[test]
fn trash_templates_and_copies_of_a_vault_stay_out_and_are_named() {
    let home = Home::ready();
    for path in [
        "vault/2026-11-20.md",
        "vault/.trash/2026-11-21.md",
        "vault/Templates/2026-11-22.md",
        "vault/Meta/Forms/2026-11-23.md",
        "vault/logseq/bak/journals/2026_11_24.md",
    ] {
        home.write(path, format!("words of {path}"));
    }
    home.write("vault/.obsidian/templates.json", r#"{"folder": "Meta/Forms"}"#);
    let outcome = home.run("import --from markdown vault").ok();
    for left in
        [".trash: Obsidian's trash", "Templates: templates", "Forms: templates", "bak: Logseq"]
    {
        assert!(outcome.stderr.contains(left), "{left}: {}", outcome.stderr);
    }
    assert_eq!(entries(&home).len(), 1);
}

#[test]
fn a_title_is_seen_in_lists_dry_runs_and_searches() {
    let home = Home::ready();
    home.write("v/2026-11-20.md", "# By the weir\n\nThe heron stayed.\n\nAnd then left.");
    let dry = home.run("import --from markdown v --dry-run").ok().stdout;
    assert!(dry.contains("By the weir · The heron stayed."), "{dry}");
    home.run("import --from markdown v").ok();
    let list = home.run("list").ok().stdout;
    assert!(list.contains("By the weir · The heron stayed."), "{list}");
    let found = home.run("search left").ok().stdout;
    assert!(found.contains("By the weir") && found.contains("And then left."), "{found}");
    let found = home.run("search weir").ok().stdout;
    assert_eq!(found.matches("By the weir").count(), 1, "{found}");
}

#[test]
fn jrnls_own_settings_say_what_a_tag_is() {
    let home = Home::ready();
    home.write(".config/jrnl/jrnl.yaml", "tagsymbols: '+'\ntimeformat: '%d/%m/%Y %H:%M'\n");
    home.write("j.txt", "[05/06/2020 10:00] A +sea @home\n");
    home.run("import --from jrnl j.txt").ok();
    let [entry] = &entries(&home)[..] else { panic!("one entry") };
    assert_eq!(entry["tags"], serde_json::json!(["sea"]));
    assert!(entry["at"].as_str().unwrap().starts_with("2020-06-05T10:00"), "{entry}");
}
