use super::*;
use serde_json::json;

#[test]
fn fields_are_read_as_people_write_them() {
    let front = "title: \"A: b\"\ntags:\n  - sea\n  - \"2026\"\ndate: 2026-11-23\nmood: 3\nplace: {name: Weir}\nempty:\n";
    let expected = json!({
        "title": "A: b", "tags": ["sea", "2026"], "date": "2026-11-23", "mood": 3,
        "place": {"name": "Weir"}, "empty": null,
    });
    assert_eq!(Json::Object(fields(front).0), expected);
    assert_eq!(fields("").0, Map::new());
    assert_eq!(fields("#\n").0, Map::new());
}

#[test]
fn a_line_that_cannot_be_read_is_named_kept_as_text_and_hides_no_other() {
    let (read, problems) = fields("date: 2026-11-21\nquote: *star\nlist: [d\nmood: 3\n");
    let expected = json!({"date": "2026-11-21", "quote": "*star", "list": "[d", "mood": 3});
    assert_eq!(Json::Object(read), expected);
    assert_eq!(problems.iter().map(|(line, _)| *line).min(), Some(2));
    assert_eq!(problems.len(), 2);
    assert!(problems.iter().all(|(_, why)| why.starts_with("it isn't YAML;")), "{problems:?}");
    let (read, problems) = fields("a: &x b\nc: *x\n");
    assert_eq!(Json::Object(read), json!({"a": "b", "c": "*x"}));
    assert_eq!(problems.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [2]);
    let (_, problems) = fields("a: [&x b, *x]\n");
    assert_eq!(problems, [(1, "it uses an alias".into())]);
    assert_eq!(fields("- a\n").1.len(), 1);
    assert_eq!(fields("[[[[[[[[[[[[[[[[[[[[[[").1.len(), 1);
}

#[test]
fn what_never_ends_is_named_by_the_line_it_starts_on() {
    for (front, lines) in [
        ("tags: [walk, # said\nmood: 4\n", vec![1]),
        ("mood: 4\ntags: [walk\n\n# said\nmood: 4\n", vec![2]),
        ("a: 1\nb: \"x\n\nc: 2\nd: 'y\n  z", vec![2, 5]),
        ("place:\n  name: Weir\n  note: *star\nb: %x\n", vec![3, 4]),
    ] {
        let problems = fields(front).1;
        assert_eq!(problems.iter().map(|it| it.0).collect::<Vec<_>>(), lines, "{front}");
    }
}

#[test]
fn a_list_is_read_as_people_write_it() {
    for (text, expected) in [
        ("[walk, #evening]", json!(["walk", "#evening"])),
        ("[#walk #evening,@two words,]", json!(["#walk", "#evening", "@two words"])),
        ("[walk,\n  #evening]", json!(["walk", "#evening"])),
        ("[\"walk\", 'it', #evening]", json!(["walk", "it", "#evening"])),
    ] {
        let (read, problems) = fields(&format!("tags: {text}\nmood: 4\n"));
        assert_eq!((&read["tags"], &read["mood"]), (&expected, &json!(4)), "{text}");
        assert_eq!(problems, [], "{text}");
    }
    for text in ["[walk, # he said, no]", "[\"a, b\", #c]", "[a, #b] c", "[a, [#b, c]"] {
        let (read, problems) = fields(&format!("tags: {text}\n"));
        assert_eq!((&read["tags"], problems.len()), (&json!(text), 1), "{text}");
    }
}

#[test]
fn what_would_begin_another_document_is_kept() {
    for (line, mistakes) in [
        ("%% he hit me %%", 1),
        ("--- he hit me", 1),
        ("---\nhe: hit me", 0),
        ("...\nhe: hit me", 0),
    ] {
        let (read, problems) = fields(&format!("mood: 3\n{line}\nfeeling: low\n"));
        assert_eq!((&read["feeling"], problems.len()), (&"low".into(), mistakes), "{line:?}");
        let words = Json::Object(read).to_string();
        assert!(words.contains("hit me"), "{line:?}: {words}");
    }
    let (read, problems) = fields("mood: 3\n---\n");
    assert_eq!((Json::Object(read), problems.len()), (json!({"mood": 3}), 0));
}

#[test]
fn numbers_keep_every_digit_and_a_key_that_comes_twice_both_values() {
    let (read, _) = fields("a: 6.50\nb: 007\nc: 12345678901234567890\nd: 7\nd: 8\n");
    let expected = json!({"a": "6.50", "b": "007", "c": "12345678901234567890", "d": [7, 8]});
    assert_eq!(Json::Object(read), expected);
}

#[test]
fn front_matter_stands_between_two_lines_at_the_head_alone() {
    let parts = split("---\na: b\n---\n\nbody\n---\n");
    assert_eq!((parts.front, parts.body, parts.line), (Some("a: b\n"), "\nbody\n---\n", 4));
    for text in ["body\n---\na\n---\n", "---\nnever closed\n", "----\n", ""] {
        assert!(split(text).front.is_none(), "{text:?}");
    }
}
