//! Imports of Day One's archives, good and bad.

use std::io::Write;

use serde_json::json;

use crate::attachments::saved;
use crate::harness::{Home, files, one_line};
use crate::importing::entries;

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
    let noted = "Noted: export.zip/Journal.json line 1, entry 1: the attachment photos/def.jpeg isn't beside it, so the entry is imported without it.\n";
    assert!(outcome.stderr.starts_with(noted), "{}", outcome.stderr);
    let all = entries(&home);
    assert_eq!(all.len(), 1);
    assert_eq!(all[0]["at"], "2026-07-01T22:14:03+02:00");
    assert_eq!(all[0]["answers"][0]["value"], "The heron.");
    assert_eq!(all[0]["tags"], json!(["sea-side", "starred"]));
    assert_eq!(all[0]["imported"]["location"]["placeName"], "Weir");
    assert_eq!(all[0]["attachments"][0]["name"], "abc.jpeg");
    let left: Vec<String> = files(home.path()).iter().map(|f| f.display().to_string()).collect();
    assert!(!left.iter().any(|f| f.contains("outside") || f.contains("jpeg")), "{left:?}");
}

#[test]
fn an_archive_that_comes_through_a_pipe_brings_its_photos_too() {
    let home = Home::ready();
    let journal = json!({"entries": [{"uuid": "A1", "creationDate": "2026-07-01T20:14:03Z",
        "text": "By the weir", "photos": [{"md5": "abc", "type": "jpeg"}]}]});
    let bytes = archive(&[
        ("Journal.json", journal.to_string().as_bytes()),
        ("photos/abc.jpeg", b"the weir"),
    ]);
    let outcome = home.run("import --from dayone -").stdin(bytes).ok();
    let told = "Imported from Day One: 1 entry, 2026-07-01. One file is attached.\n";
    outcome.says(told);
    let id = entries(&home)[0]["id"].as_str().unwrap().to_owned();
    assert_eq!(saved(&home, &id), [("abc.jpeg".to_owned(), b"the weir".to_vec())]);
}

#[test]
fn what_was_changed_in_day_one_comes_as_a_new_entry_and_what_was_not_comes_once() {
    let home = Home::ready();
    let export = |text: &str, modified: &str| {
        let entry = |uuid: &str, text: &str| {
            json!({"uuid": uuid, "creationDate": "2026-07-01T20:14:03Z", "text": text,
                   "modifiedDate": modified})
        };
        json!({"entries": [entry("A1", text), entry("A2", "By the weir")]}).to_string()
    };
    for (text, modified, told) in [
        ("By the weir", "2026-07-01T20:15:00Z", "2 entries, 2026-07-01."),
        ("By  the weir\n", "2026-07-02T10:00:00Z", "nothing new. Already here, or deleted here: 2"),
        ("By the weir, late", "2026-07-03T10:00:00Z", "1 entry, 2026-07-01. Already"),
        ("By the weir, late", "2026-07-03T10:00:00Z", "nothing new."),
    ] {
        home.write("Journal.json", export(text, modified));
        let outcome = home.run("import --from dayone Journal.json").ok();
        let told = format!("Imported from Day One: {told}");
        assert!(one_line(&outcome.stderr).contains(&told), "{told}: {}", outcome.stderr);
    }
    assert_eq!(entries(&home).len(), 3);
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
    assert!(outcome.stderr.contains("it's larger than 512 MiB"), "{}", outcome.stderr);
    // Nor does a photograph that is one: its entry comes without it.
    let entry = json!({"entries": [{"uuid": "A1", "creationDate": "2026-07-01T20:14:03Z",
        "text": "x", "photos": [{"md5": "abc", "type": "jpeg"}]}]});
    let entry = entry.to_string();
    home.write("photo.zip", archive(&[("a.json", entry.as_bytes()), ("photos/abc.jpeg", &zeros)]));
    let outcome = home.run("import --from dayone photo.zip").exits(4);
    assert!(outcome.stderr.contains("unpacks to far more"), "{}", outcome.stderr);
    assert!(entries(&home)[0].get("attachments").is_none());
    let mut broken = archive(&[("Journal.json", br#"{"entries": []}"#)]);
    broken.truncate(40);
    home.write("broken.zip", broken);
    let outcome = home.run("import --from dayone broken.zip").exits(2);
    assert!(outcome.stderr.contains("the archive can't be read"), "{}", outcome.stderr);
}
