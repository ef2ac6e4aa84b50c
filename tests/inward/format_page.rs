//! The scripts of docs/FORMAT.md, run as they stand there beside inward: whoever writes
//! another program from that page must be able to rely on it.

use std::path::{Path, PathBuf};

use serde_json::Value as Json;

use crate::harness::{Home, file_of, files, program, succeeds};

/// The fenced block behind `<!-- name -->`, as an executable script's text.
fn script(home: &Home, name: &str) -> PathBuf {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/FORMAT.md");
    let page = std::fs::read_to_string(page).unwrap();
    let (_, block) = page.split_once(&format!("<!-- {name} -->\n```bash\n")).unwrap();
    let (block, _) = block.split_once("```\n").unwrap();
    assert!(block.lines().count() <= 15, "{name} has {} lines", block.lines().count());
    home.write(&format!("{name}.sh"), block)
}

/// Appends with the script of the page; the entry's id.
fn append(home: &Home, text: &str) -> String {
    let input = home.write("input.txt", text);
    let mut shell = program(home, "bash");
    shell.arg(script(home, "append")).arg(home.journal());
    shell.arg(home.inward("config/recipients.txt")).stdin(std::fs::File::open(input).unwrap());
    succeeds(&mut shell).trim_end().to_owned()
}

/// What the reading script prints.
fn current(home: &Home) -> Vec<Json> {
    let mut shell = program(home, "bash");
    shell.arg(script(home, "read")).arg(home.journal()).arg(home.inward("config/identity.txt"));
    serde_json::from_str(&succeeds(&mut shell)).unwrap()
}

#[test]
#[ignore = "needs age and jq; run in CI"]
fn what_the_script_of_the_page_appends_is_an_entry_without_a_fault() {
    let home = Home::ready();
    let short = append(&home, "the heron\non the \"weir\" — süß");
    let long = append(&home, &"all the long day ".repeat(3000));
    for (id, text) in [(&short, "the heron\non the"), (&long, "all the long day all")] {
        let entry = home.entry(id);
        let value = entry["answers"][0]["value"].as_str().unwrap().to_owned();
        assert!(value.starts_with(text), "{value}");
    }
    assert_eq!(home.listed("").len(), 2);
    home.run("doctor").ok();
    // As long as what inward seals itself, so that size tells no writer.
    for (id, text) in [(&short, "the heron"), (&long, &*"all the long day ".repeat(3000))] {
        let ours = home.run("write").stdin(text).ok().stdout;
        let size = |id: &str| std::fs::metadata(file_of(&home, id)).unwrap().len();
        // A stanza of random length stands in each header.
        assert!(size(id).abs_diff(size(ours.trim_end())) < 400);
    }
    home.run(&format!("edit {short} --tag sea")).ok();
    assert_eq!(home.entry(&short)["tags"][0], "sea");
}

#[test]
#[ignore = "needs age and jq; run in CI"]
fn the_script_of_the_page_reads_what_inward_kept_edited_moved_and_deleted() {
    let home = Home::ready();
    home.keep("reflect 'The heron' --closeness 3 -t repair");
    let edited = home.keep("write first --at yesterday");
    let before = file_of(&home, &edited);
    let old = std::fs::read(&before).unwrap();
    home.run(&format!("edit {edited} --page second --tag sea")).ok();
    let deleted = home.keep("write 'to be deleted'");
    let gone = file_of(&home, &deleted);
    let gone = (gone.clone(), std::fs::read(&gone).unwrap());
    home.run(&format!("delete {deleted} --yes")).ok();
    let moved = home.keep("write moved");
    home.run(&format!("edit {moved} --at 2026-10-02")).ok();
    // A syncer brings back what was replaced and what was deleted.
    std::fs::write(&before, &old).unwrap();
    std::fs::write(&gone.0, &gone.1).unwrap();
    // Edits made apart: the newest is shown.
    let apart = home.keep("write apart");
    let file = file_of(&home, &apart);
    let original = std::fs::read(&file).unwrap();
    home.run(&format!("edit {apart} --page one")).ok();
    let one = file_of(&home, &apart);
    let kept = std::fs::read(&one).unwrap();
    std::fs::remove_file(&one).unwrap();
    std::fs::write(&file, original).unwrap();
    home.run(&format!("edit {apart} --page two")).ok();
    std::fs::write(&one, kept).unwrap();

    let mut ours = home.run("list --json").ok().json()["entries"].as_array().unwrap().clone();
    // Heads are shown beside each other, the newest first.
    ours.dedup_by_key(|entry| entry["id"].clone());
    ours.iter_mut().for_each(|entry| drop(entry.as_object_mut().unwrap().remove("others")));
    assert_eq!(current(&home), ours);
    assert_eq!(ours.len(), 4, "{ours:?}");
    // Of a second, a part may be given.
    let id = append(&home, "a part of a second");
    let appended = file_of(&home, &id);
    let key = home.inward("config/identity.txt");
    let text = succeeds(program(&home, "age").args(["-d", "-i"]).arg(&key).arg(&appended));
    let mut entry: Json = serde_json::from_str(text.trim_end_matches(['\n', ' '])).unwrap();
    let written = entry["written"].as_str().unwrap().to_owned();
    entry["written"] = written.replacen(&written[19..], &format!(".5{}", &written[19..]), 1).into();
    let plain = home.write("part.json", entry.to_string());
    let recipients = home.inward("config/recipients.txt");
    let seal = |plain: &Path, to: &Path| {
        let mut age = program(&home, "age");
        succeeds(age.arg("-R").arg(&recipients).arg("-o").arg(to).arg(plain));
    };
    seal(&plain, &appended);
    let shown = current(&home);
    assert_eq!((shown.len(), &shown[0]["id"]), (5, &Json::from(id.as_str())), "{shown:?}");
    // What lacks a field that each entry has is named, and hides no other.
    entry.as_object_mut().unwrap().remove("written");
    let lacking = home.write("lacking.json", entry.to_string());
    seal(&lacking, &appended);
    let mut read = program(&home, "bash");
    let read = read.arg(script(&home, "read")).arg(home.journal()).arg(&key).output().unwrap();
    let (shown, said) = (read.stdout, String::from_utf8(read.stderr).unwrap());
    assert_eq!(serde_json::from_slice::<Vec<Json>>(&shown).unwrap().len(), 4, "{said}");
    assert!(said.contains("Not read: ") && said.contains(&id), "{said}");
}

#[test]
#[ignore = "needs age and jq; run in CI"]
fn the_script_of_the_page_reads_a_journal_that_was_encrypted_to_new_keys() {
    let home = Home::ready();
    let id = home.keep("write 'the heron'");
    home.run(&format!("edit {id} --tag sea")).ok();
    home.keep("write 'the weir'");
    home.run("key rotate").ok();
    assert!(files(&home.journal()).len() >= 2);
    let texts: Vec<Json> =
        current(&home).iter().map(|entry| entry["answers"][0]["value"].clone()).collect();
    assert_eq!(texts, home.listed(""));
}
