use super::super::tests::{answers_of, input, with_context};
use super::*;
use crate::import::NearbyFiles;

fn of(path: &str, text: &str) -> ImportRead {
    with_context(|context| read(&input(path, text), context))
}

fn when(path: &str, text: &str) -> String {
    of(path, text).entries[0].entry.at.naive_local().to_string()
}

#[test]
fn a_daily_note_is_an_entry_of_its_day() {
    let read = of("vault/2026-11-23.md", "# Monday, 23 November 2026\n\nThe heron #sea #1\n");
    assert_eq!(answers_of(&read.entries[0]), [("page", "The heron #sea #1")]);
    assert_eq!(read.entries[0].entry.tags, ["sea"]);
    assert_eq!(read.problems, []);
    assert_eq!(when("2026-11-23.md", "x"), "2026-11-23 12:00:00");
}

#[test]
fn a_heading_has_pictures_and_tags_like_any_text() {
    for text in ["# Look ![](lake.jpg) #sea\nHello #sky", "Look ![](lake.jpg) #sea\n====\n#sky"] {
        let read = of("2026-11-23.md", text);
        let missing = read.entries[0].files.missing.iter().map(|problem| problem.why.clone());
        let why = ImportIssue::LinkedFile { name: "lake.jpg".into() };
        assert_eq!(missing.collect::<Vec<_>>(), [why], "{text}");
        assert_eq!(read.entries[0].entry.tags, ["sea", "sky"], "{text}");
    }
}

#[test]
fn an_empty_heading_takes_no_names_place() {
    for text in ["# \n", "#\n"] {
        let read = of("2026-11-18 He came back.md", text);
        assert_eq!(answers_of(&read.entries[0]), [("page", "He came back")]);
    }
    let read = of("2026-11-18 He came back.md", "# \nAt the door.");
    let answers = [("page", "At the door."), ("title", "He came back")];
    assert_eq!(answers_of(&read.entries[0]), answers);
}

#[test]
fn a_picture_that_is_linked_and_not_there_is_named_and_another_note_is_not() {
    let text = "The heron ![](lake.jpg), as in [May](2026-05-01.md) and [[June.md]]";
    let read = of("2026-11-23.md", text);
    let missing = &read.entries[0].files.missing;
    let why: Vec<&ImportIssue> = missing.iter().map(|problem| &problem.why).collect();
    assert_eq!(why, [&ImportIssue::LinkedFile { name: "lake.jpg".into() }]);
}

#[test]
fn a_file_at_the_top_of_the_vault_that_is_missing_is_named() {
    let read = of("vault/2026-11-23.md", "![](/pics/no.png)\n\n[1]: no.pdf\n<img src=\"h.png\">");
    let missing = read.entries[0].files.missing.iter().map(|problem| problem.why.clone());
    let linked = |name: &str| ImportIssue::LinkedFile { name: name.into() };
    assert_eq!(missing.collect::<Vec<_>>(), ["/pics/no.png", "no.pdf", "h.png"].map(linked));
}

#[test]
fn names_tell_days_and_times_in_many_ways() {
    for (name, expected) in [
        ("2026-11-23 2114.md", "2026-11-23 21:14:00"),
        ("2026-11-23T21-14-05 By the weir.md", "2026-11-23 21:14:05"),
        ("20261123.md", "2026-11-23 12:00:00"),
        ("Walk 2026-11-23.md", "2026-11-23 12:00:00"),
        ("notes/2026/11/23.md", "2026-11-23 12:00:00"),
        ("2026_11_23.markdown", "2026-11-23 12:00:00"),
        ("2026-11-23 1999 things.md", "2026-11-23 12:00:00"),
    ] {
        assert_eq!(when(name, "x"), expected, "{name}");
    }
    for name in ["notes.md", "12026-11-23.md", "2026-11-2é.md", "123456.md"] {
        assert_eq!(of(name, "x").problems[0].why, ImportIssue::NoDate, "{name}");
    }
    for name in ["2026-13-23.md", "Walk 2026_02_30 by the weir.md"] {
        assert!(matches!(of(name, "x").problems[0].why, ImportIssue::BadDate { .. }), "{name}");
    }
    for name in ["03-04-2026.md", "18.11.26.md"] {
        assert!(matches!(of(name, "x").problems[0].why, ImportIssue::UnclearDate { .. }), "{name}");
    }
}

#[test]
fn front_matter_knows_best_and_none_of_it_is_lost() {
    let text = "---\ndate: 2026-11-20T08:15:00+05:30\ntags: [sea, two words]\nmood: calm\ntitle: Weir\n---\n# Weir\n\nThe heron";
    let read = of("2026-11-23.md", text);
    let entry = &read.entries[0].entry;
    assert_eq!(entry.at.to_rfc3339(), "2026-11-20T08:15:00+05:30");
    assert_eq!(entry.tags, ["sea", "two-words"]);
    assert_eq!(answers_of(&read.entries[0]), [("page", "The heron"), ("title", "Weir")]);
    assert_eq!(entry.unknown["imported"]["front_matter"]["mood"], "calm");
    assert_eq!(when("x.md", "---\ndate: 2026-11-20\ntime: 21:14\n---\nx"), "2026-11-20 21:14:00");
}

#[test]
fn a_title_is_in_the_name_or_the_first_heading() {
    let read = of("2026-11-23 By the weir.md", "The heron");
    assert_eq!(answers_of(&read.entries[0])[1], ("title", "By the weir"));
    let read = of("2026-11-23.md", "# By the weir\n\n# Not this\nThe heron");
    assert_eq!(
        answers_of(&read.entries[0]),
        [("page", "# Not this\nThe heron"), ("title", "By the weir")]
    );
}

#[test]
fn front_matter_that_cannot_be_read_is_kept_and_named_by_its_line() {
    let read = of("2026-11-23.md", "---\nmood: calm\na: [b\n---\nThe heron");
    assert_eq!(answers_of(&read.entries[0]), [("page", "The heron")]);
    let front = &read.entries[0].entry.unknown["imported"]["front_matter"];
    assert_eq!(front, &json!({"mood": "calm", "a": "[b"}));
    assert!(matches!(read.problems[0].why, ImportIssue::FrontMatter { .. }));
    assert!(read.problems[0].spot.line >= Some(3));
}

#[test]
fn tags_with_their_mark_are_taken_from_front_matter() {
    for tags in ["[walk, #evening]", "#walk #evening", "walk, #evening", "\n  - #walk\n  - evening"]
    {
        let read = of("2026-11-23.md", &format!("---\ntags: {tags}\nmood: 4\n---\nx"));
        let mut found = read.entries[0].entry.tags.clone();
        found.sort_unstable_by(|a, b| b.cmp(a));
        assert_eq!(found, ["walk", "evening"], "{tags}");
        assert_eq!(read.problems, [], "{tags}");
    }
}

#[test]
fn what_is_reported_of_a_note_is_named_by_the_line_of_its_file() {
    let text = "\u{feff}---\n%% said %%\ntitle: c++\ntags:\n  - sea\n  - c++\nlist: [b\n---\n\n\
                # Weir\n\n![](lake.jpg)\n#c+\n";
    for text in [text.to_owned(), text.replace('\n', "\r\n")] {
        let read = of("2026-11-23.md", &text);
        let missing = &read.entries[0].files.missing;
        let lines = read.problems.iter().chain(missing).map(|problem| problem.spot.line.unwrap());
        assert_eq!(lines.collect::<Vec<_>>(), [2, 7, 6, 13, 12], "{:?}", read.problems);
    }
}

#[test]
fn a_date_may_link_to_a_daily_note() {
    for date in [
        "\"[[2024-05-02]]\"",
        "[[2024-05-02]]",
        "\"[[Daily/2024-05-02|Thursday]]\"",
        "[[2024/05/02]]",
        "\"[[2 May 2024]]\"",
    ] {
        let front = format!("---\ndate: {date}\n---\n");
        for name in ["note.md", "2024-05-02.md"] {
            let read = of(name, &format!("{front}x"));
            assert_eq!(read.entries[0].entry.day().to_string(), "2024-05-02", "{name} {date}");
            assert_eq!(read.problems, [], "{name} {date}");
        }
        assert_eq!(of("note.md", &front).problems[0].why, ImportIssue::NothingInIt, "{date}");
    }
    // In a note of another day, it may only refer to that one.
    for date in
        ["\"[[2024-05-02]]\"", "\"[[31/31/2026]]\"", "\"[[soon]]\"", "[2024-05-02, 2024-05-03]"]
    {
        let read = of("2026-11-23.md", &format!("---\ndate: {date}\n---\nx"));
        assert_eq!(read.entries[0].entry.day().to_string(), "2026-11-23", "{date}");
        assert!(matches!(read.problems[0].why, ImportIssue::DateNotRead { .. }), "{date}");
    }
}

#[test]
fn the_day_is_the_fields_then_the_names_then_the_headings_then_the_bookkeeping() {
    for (name, text, expected) in [
        (
            "2026-11-12.md",
            "---\ndate: 2026-11-13\ncreated: 2026-11-15\n---\n# 2026-11-14\nx",
            "2026-11-13 12:00:00",
        ),
        ("2026-11-12.md", "---\ncreated: 2026-11-15\n---\n# 2026-11-14\nx", "2026-11-12 12:00:00"),
        ("note.md", "---\ncreated: 2026-11-15\n---\n# 2026-11-14\nx", "2026-11-14 12:00:00"),
        (
            "note.md",
            "---\nmodified: 2026-11-16\ncreated: 2026-11-15 09:30\n---\nx",
            "2026-11-15 09:30:00",
        ),
        ("2026-11-12.md", "---\ntime: 21:14\n---\nx", "2026-11-12 21:14:00"),
        ("2026-11-12.md", "---\nCreated: 2026-11-12T07:05:00\n---\nx", "2026-11-12 07:05:00"),
        ("2026-11-12.md", "---\ndate: \n---\nx", "2026-11-12 12:00:00"),
        ("note.md", "14 November 2026\n====\nx", "2026-11-14 12:00:00"),
        ("2026-11-12.md", "---\ndate: 3/4/26\n---\nx", "2026-11-12 12:00:00"),
    ] {
        assert_eq!(when(name, text), expected, "{name} {text}");
    }
}

#[test]
fn a_date_that_cannot_be_read_is_named_and_the_next_source_tells_the_day() {
    let read = of("2026-11-23.md", "---\ndate: soon\n---\nx");
    let why = ImportIssue::DateNotRead { field: "date".into(), given: "soon".into() };
    assert_eq!(read.problems[0].why, why);
    assert_eq!(read.entries[0].entry.day().to_string(), "2026-11-23");
    assert_eq!(read.entries[0].entry.unknown["imported"]["front_matter"]["date"], "soon");
    let read = of("note.md", "---\ndate: 11/12/2026\n---\nx");
    let field = Some("date".into());
    let why = ImportIssue::UnclearDate { given: "11/12/2026".into(), field };
    assert_eq!(read.problems[0].why, why);
    let read = of("note.md", "---\ndate: 05/13/20\n---\nx");
    let why = ImportIssue::ShortYear { given: "05/13/20".into(), field: "date".into() };
    assert_eq!(read.problems[0].why, why);
    let read = of("note.md", "---\ndate: soon\n---\nx");
    assert_eq!(read.problems[0].why, ImportIssue::BadDate { given: "soon".into() });
    assert!(read.entries.is_empty());
}

#[test]
fn nothing_that_was_written_is_lost() {
    let json = |path: &str, text: &str| {
        let read = of(path, text);
        serde_json::to_string(&read.entries[0].entry).unwrap()
    };
    for (path, text, kept) in [
        (
            "2026-11-12.md",
            "# Walk with Rui on 2026-11-12, by the canal\n\nx",
            "Walk with Rui on 2026-11-12, by the canal",
        ),
        ("2026-11-12.md", "# 2026-11-13\nx", "2026-11-13"),
        ("2026-11-12.md", "---\ntitle: 1984\n---\nx", "1984"),
        ("2026-11-12.md", "---\ntime: 21h14\ntags: [a]\nkeywords: rain\n---\nx", "rain"),
        ("2026-11-12.md", "---\ntime: 21h14\n---\nx", "21h14"),
        ("2026-11-12.md", "---\nmood: 7\nsleep: 6.5\n---\n", "sleep: 6.5"),
        ("2026-11-12.md", "---\ndate: November 12, 2026\n---\nx", "November 12, 2026"),
        ("2026-11-12 Canal.md", "# Lock\nx", "2026-11-12 Canal"),
        ("2026-11-12.md", "---\ntitle: A\n---\n# B\nx", "# B"),
        ("2026-11-12.md", "## By hand\nx", "## By hand"),
        ("2026-11-12.md", "---\ntags: {a: b}\n---\nx", "{\"a\":\"b\"}"),
    ] {
        let json = json(path, text);
        assert!(json.contains(kept), "{text}: {json}");
    }
}

#[test]
fn front_matter_of_a_date_and_tags_alone_is_nothing_to_keep() {
    for front in [
        "tags: [a]",
        "date: 2026-11-12 09:14",
        "tags: a\naliases:\ncssclass: []",
        "tags: [a, ]\nplace: {name: }\nlist:\n  -",
        "date: 2026-11-12\ncreated: 2026-11-12T09:14",
        "created: 2026-11-11\nmodified: Thursday, November 12, 2026 at 9:14 pm\ntags: [daily]",
        "date: November 12, 2026\ntime: 9:14 pm",
    ] {
        for (name, body) in [("2026-11-12.md", "\n"), ("vault/2026/11/12.md", "")] {
            let read = of(name, &format!("---\n{front}\n---\n{body}"));
            let why: Vec<&ImportIssue> = read.problems.iter().map(|it| &it.why).collect();
            assert_eq!((read.entries.len(), why), (0, vec![&ImportIssue::NothingInIt]), "{front}");
        }
    }
    for (name, text) in [
        ("2026-11-12.md", "---\ntags: [a]\ntitle: Weir\n---\n"),
        ("2026-11-12 Weir.md", "---\ntags: [a]\n---\n"),
        ("2026-11-12 Weir.md", "\n"),
    ] {
        assert_eq!(answers_of(&of(name, text).entries[0]), [("page", "Weir")], "{name}");
    }
    assert_eq!(of("2026-11-12.md", "\n").problems[0].why, ImportIssue::NothingInIt);
}

#[test]
fn an_empty_note_that_a_program_named_is_nothing_to_keep() {
    for (name, text) in [
        ("2026-11-13 Thursday.md", ""),
        ("2026-11-16 (1).md", "\n"),
        ("2026-11-16 Untitled.md", ""),
        ("2026-11-19 copy.md", ""),
        ("2026-11-15 Daily note.md", "---\ntags: [daily]\n---\n"),
        ("Untitled.md", "---\ndate: 2026-11-16\n---\n"),
    ] {
        let read = of(name, text);
        let why: Vec<&ImportIssue> = read.problems.iter().map(|it| &it.why).collect();
        assert_eq!((read.entries.len(), why), (0, vec![&ImportIssue::NothingInIt]), "{name}");
    }
    let read = of("2026-11-15 Daily note.md", "hello");
    assert_eq!(answers_of(&read.entries[0]), [("page", "hello"), ("title", "Daily note")]);
    let read = of("2026-11-15 Daily note.md", "---\nmood: 7\n---\n");
    assert_eq!(answers_of(&read.entries[0])[0], ("page", "mood: 7"));
    // What stands beside such a name, and what people write themselves, says something.
    for (name, text, words) in [
        ("2026-11-13.md", "# Thursday\n", "Thursday"),
        ("2026-11-13.md", "# 7\n", "7"),
        ("2026-11-13 7.md", "", "7"),
        ("2026-11-13.md", "---\ntitle: Untitled\n---\n", "Untitled"),
        ("2026-11-13 Diary.md", "---\nfeeling: low\n---\n# 13 November 2026\n", "feeling: low"),
        ("2026-11-13 Thursday.md", "---\n# He came back\n---\n# Thursday\n", "# He came back"),
    ] {
        let read = of(name, text);
        assert_eq!(answers_of(&read.entries[0])[0].1, words, "{name}: {text}");
    }
    let read = of("2026-11-13.md", "---\nhe_said: \"You will see\"\n---\n# Thursday\n");
    let front = &read.entries[0].entry.unknown["imported"]["front_matter"];
    assert_eq!(front["he_said"], "You will see");
}

#[test]
fn words_in_front_matter_are_kept_whatever_they_were_meant_as() {
    for front in [
        "tags: [a]\nwe talked all night and it helped",
        "tags: \"We broke up! I cried.\"",
        "# He said he would come back.\ntags: [a]",
        "tags: [a] # He said he would come back.",
        "tags: !t \"a\" # He said he would come back.",
        "tags: a\nquote: >- # He said he would come back",
        "quote: |  # He said he would come back",
        "tags: #sea",
        "tags: [ok, we fought]",
        "date: soon",
        "created: soon",
        "keywords: rain\ntags: [a]",
        "mood: 7",
    ] {
        let read = of("2026-11-12.md", &format!("---\n{front}\n---\n"));
        assert_eq!(answers_of(&read.entries[0]), [("page", front)]);
        assert!(!read.problems.iter().any(|it| it.why == ImportIssue::NothingInIt), "{front}");
    }
    let read = of("2026-11-12.md", "---\n# He said\nmood: 7 # of 10\n---\nx");
    let front = &read.entries[0].entry.unknown["imported"]["front_matter"];
    assert_eq!(front, &json!({"mood": 7, "#": "He said\nof 10"}));
}

#[test]
fn what_a_note_says_of_links_in_code_and_in_words_names_no_file() {
    let text = "`![](a.png)`, ``<img src=\"b.png\">`` and we set href=c.html\n```\n[[d.png]]\n```\n\
                ![](my pic.png) <img src='pic&amp;e.png'>";
    let missing = &of("2026-11-23.md", text).entries[0].files.missing;
    let names = missing.iter().map(|problem| problem.why.clone());
    let linked = |name: &str| ImportIssue::LinkedFile { name: name.into() };
    assert_eq!(names.collect::<Vec<_>>(), ["my pic.png", "pic&e.png"].map(linked));
}

#[test]
fn a_picture_that_is_there_is_attached_wherever_it_is_linked_from() {
    let vault = tempfile::tempdir().unwrap();
    let names = ["a.png", "b.png", "c.png", "d.png", "e.png", "f.png"];
    names.iter().for_each(|name| std::fs::write(vault.path().join(name), "x").unwrap());
    let text = "- ```\n  code\n  ```\n![](a.png)\n```ad-note\n![[b.png]] ![[no.png]]\n```\n\
                <img src=\"c.png\" {width=40}> <img src=\"missing.png\" / >\n`![](d.png)` \
                <!-- <img src='e.png'> <img src='no.png'> -->\n```\n![](f.png) ![](gone.png)";
    let nearby = NearbyFiles::Beside { folder: vault.path().to_owned() };
    let note = ImportInput { nearby, ..input("2026-11-23.md", text) };
    let files = with_context(|context| read(&note, context)).entries.remove(0).files;
    let mut found: Vec<&str> = files.found.iter().map(|file| &*file.name).collect();
    found.sort_unstable();
    assert_eq!(found, names);
    let missing: Vec<&ImportIssue> = files.missing.iter().map(|problem| &problem.why).collect();
    assert_eq!(missing, [&ImportIssue::LinkedFile { name: "missing.png".into() }]);
}

#[test]
fn tags_are_words_of_prose_in_any_script() {
    let text =
        "#café #हिन्दी #cafe\u{301} `#code` x\n```c\nint x; #define\n```\n~~~\n#no\n~~~\n#yes";
    assert_eq!(of("2026-11-12.md", text).entries[0].entry.tags, ["café", "हिन्दी", "yes"]);
}
