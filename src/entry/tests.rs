pub(crate) mod testing;

use super::*;

const PUBLISHED: &str = r#"{"format":1,"id":"k3v9q2m8ab","revision":"x7f2qd","replaces":[],"practice":"reflect","at":"2026-11-23T21:14:03+01:00","written":"2026-11-23T21:14:03+01:00","tags":["repair"],"answers":[{"question":"closeness","asked":"How close did you feel?","scale":{"min":0,"max":4},"value":3},{"question":"connection","asked":"One moment of connection, however small","value":"He waited for me at the door."}]}"#;

#[test]
fn an_entry_reads_and_writes_the_documented_json_to_the_letter() {
    let entry = Entry::from_json(PUBLISHED.as_bytes()).unwrap();
    assert_eq!(entry.day().to_string(), "2026-11-23");
    let json = entry.to_json().unwrap();
    assert_eq!(String::from_utf8_lossy(&json), PUBLISHED);
}

#[test]
fn unknown_fields_survive() {
    let later = PUBLISHED
        .replace(r#""format":1"#, r#""format":1,"weather":"rain""#)
        .replace(r#""value":3"#, r#""value":3,"hesitated":true"#);
    let json = Entry::from_json(later.as_bytes()).unwrap().to_json().unwrap();
    let json = String::from_utf8_lossy(&json);
    assert!(json.contains(r#""weather":"rain""#), "{json}");
    assert!(json.contains(r#""hesitated":true"#), "{json}");
}

#[test]
fn numbers_survive_to_the_digit() {
    for number in ["2.5", "6.50", "-0.0", "1e+3", "12345678901234567890123", "48.135124999999997"] {
        let text = PUBLISHED.replace("\"value\":3", &format!("\"value\":{number}"));
        let text = text.replace("\"answers\"", &format!("\"weather\":{number},\"answers\""));
        let entry = Entry::from_json(text.as_bytes()).unwrap();
        let json = String::from_utf8_lossy(&entry.to_json().unwrap()).into_owned();
        assert_eq!(json.matches(number).count(), 2, "{json}");
    }
}

#[test]
fn a_newer_format_is_refused_by_its_number_whatever_else_it_holds() {
    let newer = br#"{"format":2,"essence":[1,2]}"#;
    assert_eq!(Entry::from_json(newer), Err(UnreadableEntry::NewerFormat(2)));
}

#[test]
fn a_broken_entry_is_reported_without_quoting_it() {
    let Err(UnreadableEntry::NotAnEntry(why)) = Entry::from_json(b"{\"secret words") else {
        panic!("it was read");
    };
    assert!(!why.contains("secret"), "{why}");
}

#[test]
fn ids_are_random_and_read_as_people_type_them() {
    let id = EntryId::random().unwrap();
    assert_ne!(id, EntryId::random().unwrap());
    assert_eq!(id.as_str().len(), 10);
    assert_eq!(normalize_id(" K3V9oIl "), "k3v9011");
    assert!("short".parse::<EntryId>().is_err());
    assert!("k3v9q2m8a!".parse::<EntryId>().is_err());
}

#[test]
fn ids_have_the_order_of_their_texts_and_are_their_texts_in_json() {
    let mut texts = ["k3v9q2m8ab", "k3v9q2m8abc", "k3v9q2m8ab0", "0000000000", "zzzzzzzzzz"];
    let mut ids = texts.map(|text| text.parse::<EntryId>().unwrap());
    texts.sort_unstable();
    ids.sort_unstable();
    assert_eq!(ids.each_ref().map(EntryId::as_str), texts);
    let json = serde_json::to_string(&ids).unwrap();
    assert_eq!(json, serde_json::to_string(&texts).unwrap());
    assert_eq!(serde_json::from_str::<[EntryId; 5]>(&json).unwrap(), ids);
    let longest = "k".repeat(32);
    assert_eq!(longest.parse::<EntryId>().unwrap().to_string(), longest);
    assert!((longest + "k").parse::<EntryId>().is_err());
}

#[test]
fn a_moment_is_read_however_chrono_reads_it() {
    for text in [
        "2026-11-23T21:14:03+01:00",
        "2026-11-23t21:14:03z",
        "2026-11-23 21:14:03.123456789012-03:30",
        "2026-11-23T21:14:60-00:00",
        "2026-11-23T21:14:03 +0100",
        "2026-11-23T21:14:03UTC",
        "2026-1-3T1:2:3+01",
        "+12026-11-23T21:14:03+01:00",
        "-0001-11-23T21:14:03+01:00",
        "2026-02-30T21:14:03+01:00",
        "2026-11-23T21:14:03",
        "2026-11-23T21:14:03+24:00",
        "a moment",
    ] {
        let json = PUBLISHED.replace("2026-11-23T21:14:03+01:00", text);
        let read = Entry::from_json(json.as_bytes()).ok().map(|entry| (entry.at, entry.written));
        let expected = text.parse::<DateTime<FixedOffset>>().ok().map(|at| (at, at));
        assert_eq!(read, expected, "{text}");
    }
}

#[test]
fn cant_say_is_null_and_not_zero() {
    assert_eq!(serde_json::to_string(&Value::CantSay).unwrap(), "null");
    assert_eq!(serde_json::from_str::<Value>("null").unwrap(), Value::CantSay);
}
