//! Import: what other journals hold comes whole, once, and what cannot be read
//! is named.

use std::fs;
use std::io::Write;
use std::os::unix::fs::symlink;
use std::process::Command;

use inward::entry::Entry;
use serde_json::json;

use crate::generate::{self, Writer};
use crate::harness::{BINARY, Home, NOW, Outcome, files, mode, one_line};

const JRNL: &str = "[2020-05-01 10:00:00 AM] First sentence here.\nAnd a body @home\n\n\
                    [2026-11-22 09:00:05 PM] Starred *\nTwo\n\nparagraphs\n";

/// Every entry, oldest first.
fn entries(home: &Home) -> Vec<serde_json::Value> {
    let listed = home.run("list --json").ok().json();
    let mut all = listed["entries"].as_array().unwrap().clone();
    all.reverse();
    all
}

#[track_caller]
fn says(outcome: &Outcome, begins: &str) {
    let said = one_line(&outcome.stderr);
    assert!(said.starts_with(begins), "{said}");
}

/// A zip archive of these files.
pub fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
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
    let home = Home::new();
    home.run("init").env("INWARD_PASSPHRASE_COMMAND", "echo 'correct horse'").ok();
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
    assert_eq!(all[0]["tags"], json!(["mine"]));
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
            "Left out: j/link.txt: it is a link or a special file, and was not followed.",
            "Left out: j/pipe.txt: it is a link or a special file, and was not followed.",
            "Left out: j/2020/05/01.txt line 1: text before the first entry, to line 2, has no date.",
            "Left out: j/2020/05/02.txt: line 1 is not UTF-8 text, so none of it was imported; `iconv -f LATIN1 -t UTF-8` converts what older programs wrote.",
            "Left out: j/2020/05/03.txt: no line begins with a date in brackets, as entries of jrnl do.",
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
        .says("There is nothing at nowhere.\nCheck the path.\n");
    home.write("words.txt", "only words\n");
    let outcome = home.run("import --from jrnl words.txt").exits(2);
    assert!(outcome.stderr.contains("There is no jrnl entry in it.\n"), "{}", outcome.stderr);
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
    assert!(outcome.stderr.starts_with("There is no journal here yet."), "{}", outcome.stderr);
}

#[test]
fn a_day_one_archive_comes_with_zones_tags_places_and_photos_and_what_is_missing_is_named() {
    let home = Home::ready();
    let journal = json!({"metadata": {"version": "1.0"}, "entries": [{
        "uuid": "A1", "creationDate": "2026-07-01T20:14:03Z", "timeZone": "Europe/Berlin",
        "text": "# By the weir\n\nThe heron\\.", "tags": ["sea side"], "starred": true,
        "location": {"placeName": "Weir"},
        "photos": [{"md5": "abc", "type": "jpeg"}, {"md5": "def", "type": "jpeg"}],
    }]});
    let bytes = archive(&[
        ("Journal.json", journal.to_string().as_bytes()),
        ("photos/abc.jpeg", b"jpeg"),
        ("../../outside.json", br#"{"entries": []}"#),
        ("__MACOSX/._Journal.json", b"shadow"),
    ]);
    home.write("export.zip", bytes);
    let outcome = home.run("import --from dayone export.zip").ok();
    let noted = "Noted: export.zip/Journal.json line 1, entry 1: the attachment photos/def.jpeg isn't beside it, so the entry was imported without it.\n";
    assert!(outcome.stderr.starts_with(noted), "{}", outcome.stderr);
    let all = entries(&home);
    assert_eq!(all.len(), 1);
    assert_eq!(all[0]["at"], "2026-07-01T22:14:03+02:00");
    assert_eq!(all[0]["answers"][0]["value"], "The heron.");
    assert_eq!(all[0]["tags"], json!(["sea-side"]));
    assert_eq!(all[0]["imported"]["location"]["placeName"], "Weir");
    assert_eq!(all[0]["attachments"][0]["name"], "abc.jpeg");
    let left: Vec<String> = files(home.path()).iter().map(|f| f.display().to_string()).collect();
    assert!(!left.iter().any(|f| f.contains("outside") || f.contains("jpeg")), "{left:?}");
}

#[test]
fn archives_that_are_bombs_or_broken_do_no_harm() {
    let home = Home::ready();
    // Half a gigabyte and more of zeros, in half a megabyte.
    let zeros = vec![0; 65 << 20];
    let many: Vec<(String, &[u8])> = (0..9).map(|n| (format!("{n}.json"), &*zeros)).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|(name, bytes)| (&**name, *bytes)).collect();
    home.write("bomb.zip", archive(&many));
    let outcome = home.run("import --from dayone bomb.zip").exits(2);
    assert!(outcome.stderr.contains("it is larger than 512 MiB"), "{}", outcome.stderr);
    // Nor does a photograph that is one: its entry comes without it.
    let entry = json!({"entries": [{"uuid": "A1", "creationDate": "2026-07-01T20:14:03Z",
        "text": "x", "photos": [{"md5": "abc", "type": "jpeg"}]}]});
    let entry = entry.to_string();
    home.write("photo.zip", archive(&[("a.json", entry.as_bytes()), ("photos/abc.jpeg", &zeros)]));
    let outcome = home.run("import --from dayone photo.zip").exits(4);
    assert!(outcome.stderr.contains("packed more tightly"), "{}", outcome.stderr);
    assert!(entries(&home)[0].get("attachments").is_none());
    let mut broken = archive(&[("Journal.json", br#"{"entries": []}"#)]);
    broken.truncate(40);
    home.write("broken.zip", broken);
    let outcome = home.run("import --from dayone broken.zip").exits(2);
    assert!(outcome.stderr.contains("the archive cannot be read"), "{}", outcome.stderr);
}

#[test]
fn json_of_its_own_comes_back_as_it_was_and_only_once() {
    let mut home = Home::ready();
    home.keep("reflect 'The door' --closeness 3 -t repair");
    home.at("2026-11-23T22:00:00+00:00").keep("write 'two\nlines' --title mine");
    home.run("export --json -o all.json").ok();
    let before = home.run("export --json").ok().stdout;
    says(&home.run("import --from inward all.json").ok(), "Imported from inward: nothing new.");
    let again = home.with_its_key();
    let file = home.path().join("all.json");
    let import = ["import", "--from", "inward", file.to_str().unwrap()];
    says(&again.run_args(import).ok(), "Imported from inward: 2 entries");
    assert_eq!(again.run("export --json").ok().stdout, before);
    says(&again.run_args(import).ok(), "Imported from inward: nothing new.");
}

#[test]
fn an_export_of_before_a_rotation_keeps_its_ids() {
    let home = Home::ready();
    let id = home.keep("write 'a page'");
    home.run("export --json -o all.json").ok();
    home.run("key rotate").ok();
    home.run("key rotate").ok();
    let again = home.with_its_key();
    let file = home.path().join("all.json");
    let import = ["import", "--from", "inward", file.to_str().unwrap()];
    says(&again.run_args(import).ok(), "Imported from inward: 1 entry");
    assert_eq!(entries(&again)[0]["id"], id);
}

#[test]
fn a_passphrase_command_that_fails_is_named() {
    let home = Home::ready();
    home.run("key passphrase").env("INWARD_NEW_PASSPHRASE_COMMAND", "echo words").ok();
    let file = home.write("notes.txt", "[2026-10-01 07:00] A day\nwords\n");
    let import = ["import", "--from", "jrnl", file.to_str().unwrap()];
    let ended = home.run_args(import).env("INWARD_PASSPHRASE_COMMAND", "exit 3").ok();
    assert!(ended.stderr.contains("exit 3"), "{ended:?}");
}

#[test]
fn what_another_key_exported_comes_as_new_entries_and_only_once() {
    let home = Home::ready();
    home.keep("write 'a page' --title mine");
    home.run("export --json -o all.json").ok();
    let other = Home::ready();
    let file = home.path().join("all.json");
    let import = ["import", "--from", "inward", file.to_str().unwrap()];
    says(&other.run_args(import).ok(), "Imported from inward: 1 entry");
    says(&other.run_args(import).ok(), "Imported from inward: nothing new.");
    let (ours, theirs) = (&entries(&home)[0], &entries(&other)[0]);
    assert_eq!(ours["answers"], theirs["answers"]);
    assert_ne!(ours["id"], theirs["id"]);
    assert_ne!(ours["revision"], theirs["revision"]);
}

/// Whoever knows an entry's id and revision writes a file that says it replaces them.
#[test]
fn a_file_from_elsewhere_replaces_nothing_here_nor_what_is_still_to_come() {
    let home = Home::ready();
    home.keep("write 'the true page'");
    let original = entries(&home).remove(0);
    let (id, revision) = (original["id"].as_str().unwrap(), original["revision"].as_str().unwrap());
    let mark = |fields: &str| {
        format!(
            r#"{{"format":1,"id":"{id}","revision":"zzzzzz","replaces":["{revision}"],{fields}"practice":"write","at":"2026-11-23T21:14:03+01:00","written":"2027-11-23T21:14:03+01:00","tags":["a","\u001b[2J"],"about":"{id}","answers":[{{"question":"page","asked":"Page","value":"a lie"}}]}}"#
        )
    };
    for fields in ["", r#""deleted":true,"#, r#""copy_of":"{revision}","#, r#""was":"aaaaaaaaaa","#]
    {
        let hostile = format!(r#"{{"version":1,"entries":[{}]}}"#, mark(fields));
        // Here, and on a second device that has not had the entry yet.
        let device = home.with_its_key();
        for at in [&home, &device] {
            at.write("hostile.json", &hostile);
            let _ = at.run("import --from inward hostile.json");
        }
        for file in files(&device.journal()) {
            let to = home.journal().join(file.strip_prefix(device.journal()).unwrap());
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            fs::copy(&file, to).unwrap();
        }
        let now = entries(&home);
        let kept: Vec<_> = now.iter().filter(|entry| entry["id"] == id).collect();
        assert_eq!(kept, [&original], "{fields}");
        for entry in now.iter().filter(|entry| entry["id"] != id) {
            assert!(entry["about"].is_null() && entry["was"].is_null(), "{entry}");
            assert_eq!(entry["replaces"], json!([]), "{entry}");
            assert_eq!(entry["tags"], json!(["a"]), "{entry}");
        }
        home.run("doctor").ok();
    }
}

#[test]
fn markdown_of_its_own_comes_back_with_practice_date_tags_and_answers() {
    let home = Home::ready();
    home.config("partner = \"Sam\"");
    home.keep("reflect 'The door' --closeness 3 --saw withdrew,relying -t repair -t home");
    home.keep("assess --tension 3 --fear 0 --frightened no --note 'one\n\n# two\n---'");
    home.keep("pause --unsettled 3 --stillness 3");
    home.keep("write 'two\nlines' --title 'By the weir: mine'");
    for by in ["day", "entry", "month", "practice"] {
        home.run(&format!("export --by {by} -o {by}/")).ok();
        let other = Home::ready();
        let folder = home.path().join(by);
        let import = ["import", "--from", "markdown", folder.to_str().unwrap()];
        says(&other.run_args(import).ok(), "Imported from markdown: 4 entries");
        let told = |home: &Home| {
            let mut all = entries(home);
            for entry in &mut all {
                let fields = entry.as_object_mut().unwrap();
                for name in ["id", "revision", "written", "imported"] {
                    fields.remove(name);
                }
            }
            all.sort_by_key(|entry| entry["practice"].as_str().unwrap().to_owned());
            all
        };
        assert_eq!(told(&other), told(&home), "{by}");
        says(&other.run_args(import).ok(), "Imported from markdown: nothing new.");
    }
}

#[test]
fn a_journal_that_lies_in_a_folder_twice_comes_once() {
    let home = Home::ready();
    home.write("j/journal.txt", JRNL);
    home.write("j/copy.txt", format!("{JRNL}\n[2026-11-22 10:00:00 PM] One more\n"));
    let outcome = home.run("import --from jrnl j").ok();
    says(
        &outcome,
        "Imported from jrnl: 3 entries, 2020-05-01 to 2026-11-22. In more than one file: 2 entries.",
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
        "Left out: all.age: it is encrypted with age; open it with `age -d` and its key first.";
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
    let told = "Left out: 40 files without a date in the name, front matter or heading, such as vault/notes/note 00.md, vault/notes/note 01.md, vault/notes/note 02.md. --verbose names each.";
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
    let told = "Left out: x.json line 1, entry 2: it is no entry (line 1 column 82).";
    assert!(outcome.stderr.contains(told), "{}", outcome.stderr);
}

#[test]
fn a_year_with_every_practice_comes_back_from_markdown() {
    for (seed, by) in [(4, "day"), (5, "month")] {
        let home = Home::ready();
        let mut year = Writer::new(seed).year(NOW.parse().unwrap());
        for entry in &mut year {
            entry.tags = vec!["repair".into(), "a_b".into()];
        }
        generate::keep(&year, &home.recipients(), &home.journal());
        home.run(&format!("export --by {by} -o out/")).ok();
        let other = Home::ready();
        let folder = home.path().join("out");
        let told =
            other.run_args(["import", "--from", "markdown", folder.to_str().unwrap(), "--json"]);
        assert_eq!(told.ok().json()["left_out"], json!([]));
        let mut back: Vec<Entry> = serde_json::from_value(json!(entries(&other))).unwrap();
        let order =
            |entry: &Entry| (entry.at, entry.practice.clone(), format!("{:?}", entry.answers));
        back.sort_by_key(order);
        year.sort_by_key(order);
        assert_eq!(back.len(), year.len());
        for (back, entry) in back.iter().zip(&year) {
            let kept = |e: &Entry| {
                (
                    e.practice.clone(),
                    e.at,
                    e.tags.clone(),
                    // Ids are others here; what points to one points to it still.
                    e.about.is_some(),
                    e.answers.clone(),
                )
            };
            assert_eq!(kept(back), kept(entry), "seed {seed}");
        }
    }
}

#[test]
fn an_interrupted_import_goes_on_when_run_again() {
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

/// A journal of the same key is another journal all the same.
#[test]
fn an_edit_made_in_another_journal_of_this_key_replaces_nothing_here() {
    let home = Home::ready();
    let id = home.keep("write 'the original'");
    home.run("export --json -o all.json").ok();
    let other = home.with_its_key();
    let import = |at: &Home, file: &std::path::Path| {
        at.run_args(["import", "--from", "inward", file.to_str().unwrap()]).ok();
    };
    import(&other, &home.path().join("all.json"));
    other.run(&format!("edit {id} --page 'another text'")).ok();
    other.run("export --json -o edited.json").ok();
    let device = home.with_its_key();
    import(&device, &other.path().join("edited.json"));
    for file in files(&device.journal()) {
        let to = home.journal().join(file.strip_prefix(device.journal()).unwrap());
        fs::copy(&file, to).unwrap();
    }
    let texts = home.run("list --json").ok().stdout;
    assert!(texts.contains("the original") && texts.contains("another text"), "{texts}");
}

#[test]
fn a_later_version_in_an_export_of_this_key_comes_beside_what_is_here_and_an_earlier_does_not() {
    let home = Home::ready();
    let id = home.keep("write 'as it was'");
    home.run("export --json -o before.json").ok();
    let device = home.with_its_key();
    let import = |file: &str| {
        let file = home.path().join(file);
        device.run_args(["import", "--from", "inward", file.to_str().unwrap()]).ok()
    };
    says(&import("before.json"), "Imported from inward: 1 entry");
    home.run(&format!("edit {id} --page 'and a paragraph more'")).ok();
    home.run("export --json -o after.json").ok();
    says(&import("after.json"), "Imported from inward: 1 entry");
    says(&import("after.json"), "Imported from inward: nothing new.");
    let all = device.run("list --json").ok().stdout;
    assert!(all.contains("as it was") && all.contains("and a paragraph more"), "{all}");
    let shown = entries(&device);
    assert_eq!(shown.len(), 1, "one entry with both versions");
    device.run(&format!("delete {id} --yes")).ok();
    says(&import("before.json"), "Imported from inward: nothing new.");
    // What was edited here since does not come back as it was.
    says(&home.run("import --from inward before.json").ok(), "Imported from inward: nothing new.");
}
