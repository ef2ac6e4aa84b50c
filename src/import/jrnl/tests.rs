use super::super::tests::{answers_of, input, with_context};
use super::*;
use crate::import::ImportIssue;

fn read_text(path: &str, text: &str) -> ImportRead {
    with_context(|context| super::read(&input(path, text), context))
}

const TWO: &str = "[2020-05-01 10:00:00 AM] First sentence here.\nAnd a body @home #x\n\n[2026-11-22 09:00:05 PM] Starred thing *\n";

#[test]
fn an_entry_has_its_time_title_text_tags_and_star() {
    let read = read_text("journal.txt", TWO);
    assert_eq!(read.problems, []);
    let [first, second] = &read.entries[..] else { panic!("{:?}", read.entries) };
    assert_eq!(first.entry.at.naive_local().to_string(), "2020-05-01 10:00:00");
    assert_eq!(
        answers_of(first),
        [("page", "And a body @home #x"), ("title", "First sentence here.")]
    );
    assert_eq!(first.entry.tags, ["home", "x"]);
    assert_eq!(answers_of(second), [("page", "Starred thing")]);
    assert_eq!(second.entry.unknown["imported"]["starred"], true);
    assert_eq!(second.entry.at.naive_local().to_string(), "2026-11-22 21:00:05");
}

#[test]
fn lines_that_look_like_headers_but_are_none_stay_text() {
    let body = "[1] a note\n[x] done\n[2020-05-01 10:00] another shape\n[2020-05-01 10:00:00 AM]no space\n [2020-05-01 10:00:00 AM] indented\n[]( ) x\n[a] [b] c";
    let read = read_text("j.txt", &format!("[2020-05-01 10:00:00 AM] T\n{body}\n"));
    assert_eq!(answers_of(&read.entries[0]), [("page", body), ("title", "T")]);
    assert_eq!(read.entries.len(), 1);
    let [problem] = &read.problems[..] else { panic!("{:?}", read.problems) };
    let why = ImportIssue::LooksLikeHeader { given: "2020-05-01 10:00".into() };
    assert_eq!((problem.spot.line, &problem.why), (Some(4), &why));
}

#[test]
fn a_line_with_a_date_that_the_calendar_lacks_stays_text_and_is_named() {
    let body = "[2020-13-45 10:00:00 AM] odd\n[12 a] a footnote";
    let read = read_text("j.txt", &format!("[2020-05-01 10:00:00 AM] T\n{body}\n"));
    assert_eq!(answers_of(&read.entries[0]), [("page", body), ("title", "T")]);
    let [problem] = &read.problems[..] else { panic!("{:?}", read.problems) };
    let why = ImportIssue::NoSuchMoment { given: "2020-13-45 10:00:00 AM".into() };
    assert_eq!((problem.spot.line, &problem.why), (Some(2), &why));
}

#[test]
fn dates_that_can_be_read_in_two_ways_are_pointed_out_once() {
    let read = read_text("j.txt", "[05/06/2020 10:00] a\n[07/06/2020 11:00] b\n");
    let [problem] = &read.problems[..] else { panic!("{:?}", read.problems) };
    let read =
        ImportIssue::DaysOrMonths { given: "05/06/2020 10:00".into(), read: "2020-05-06".into() };
    assert_eq!((problem.spot.line, &problem.why), (Some(1), &read));
    let problems_of = |text: &str| read_text("j.txt", text).problems;
    assert_eq!(problems_of("[05/05/2020 10:00] a\n[06/06/2020 11:00] b\n"), []);
    assert_eq!(problems_of("[05/06/2020 10:00] a\n[13/06/2020 11:00] b\n"), []);
}

#[test]
fn a_star_ends_the_first_line_as_jrnl_has_it() {
    for (line, title, starred) in [
        ("Glued*", "Glued", true),
        ("Word *", "Word", true),
        ("**Bold title**", "Bold title", true),
        ("* lead", "* lead", false),
        ("Second* .", "Second* .", false),
    ] {
        assert_eq!(star(line), (title, starred), "{line}");
    }
}

#[test]
fn the_shape_that_fits_most_headers_is_the_files() {
    let text = "[13/05/2020 10:00] a\n[01/06/2020 11:00] b\n";
    let days: Vec<String> =
        read_text("j.txt", text).entries.iter().map(|d| d.entry.day().to_string()).collect();
    assert_eq!(days, ["2020-05-13", "2020-06-01"]);
}

#[test]
fn text_before_the_first_entry_is_named_by_its_lines() {
    let read = read_text("j.txt", &format!("\nlost words\nmore\n{TWO}"));
    assert_eq!(read.entries.len(), 2);
    assert_eq!(read.problems[0].spot.line, Some(2));
    assert_eq!(read.problems[0].why, ImportIssue::BeforeTheFirst { to: 3 });
}

#[test]
fn what_is_lost_before_the_first_entry_is_not_called_kept() {
    let text = "[2026-13-40 09:14] A\nb\n[2026-11-21 09:14] C\n[2026-02-30 09:00] D\n";
    let read = read_text("j.txt", text);
    assert_eq!(answers_of(&read.entries[0])[0], ("page", "[2026-02-30 09:00] D"));
    let mut problems: Vec<_> = read.problems.iter().map(|it| (it.spot.line, &it.why)).collect();
    problems.sort_by_key(|(line, _)| *line);
    let odd = ImportIssue::NoSuchMoment { given: "2026-02-30 09:00".into() };
    let lost = ImportIssue::BeforeTheFirst { to: 2 };
    assert_eq!(problems, [(Some(1), &lost), (Some(4), &odd)]);
}

#[test]
fn in_a_folder_the_place_says_the_day() {
    let read = read_text("2020/05/17.txt", "[10:00] one\n\n[11:30] two\n");
    let at: Vec<String> =
        read.entries.iter().map(|d| d.entry.at.naive_local().to_string()).collect();
    assert_eq!(at, ["2020-05-17 10:00:00", "2020-05-17 11:30:00"]);
}

#[test]
fn the_export_and_the_file_are_known_as_the_same() {
    let export = r##"{"tags": {}, "entries": [
        {"title": "First sentence here.", "body": "And a body @home #x",
         "date": "2020-05-01", "time": "10:00", "tags": ["@home", "#x"], "starred": false},
        {"title": 3},
        {"title": "x", "date": "2020-13-01", "time": "10:00"}
    ]}"##;
    let read = read_text("export.json", export);
    assert_eq!(read.entries[0].dedup_key, read_text("j.txt", TWO).entries[0].dedup_key);
    assert_eq!(read.problems.iter().map(|p| p.spot.line).collect::<Vec<_>>(), [Some(4), Some(5)]);
}

#[test]
fn an_exported_entry_without_a_time_is_one_of_noon() {
    let entry = |date: &str, time: &str| {
        let entry = json!({"title": "A", "body": "", "date": date, "time": time});
        read_text("x.json", &json!({ "entries": [entry] }).to_string())
    };
    let null = r#"{"entries": [{"title": "A", "body": null, "date": "2026-11-21", "time": null,
                   "tags": null, "starred": null}]}"#;
    for read in [entry("2026-11-21", ""), read_text("x.json", null)] {
        assert_eq!(read.problems, []);
        assert_eq!(read.entries[0].entry.at.naive_local().to_string(), "2026-11-21 12:00:00");
    }
    for (date, time, given) in [("soon", "", "soon"), ("2026-11-21", "soon", "2026-11-21 soon")] {
        let why = ImportIssue::BadDate { given: given.into() };
        assert_eq!(entry(date, time).problems[0].why, why);
    }
}

#[test]
fn an_hour_of_another_zone_is_not_skipped_here() {
    let read = read_text("j.txt", "[2026-07-29 02:30 -07:00] A\n");
    assert_eq!((read.entries.len(), read.problems), (1, vec![]));
}

#[test]
fn what_is_no_journal_is_said_to_be_none() {
    let why = |text: &str| read_text("j.txt", text).problems.remove(0).why;
    assert_eq!(why("words\n[x] y\n"), ImportIssue::NoHeader);
    assert_eq!(why("\n"), ImportIssue::NothingInIt);
    assert_eq!(why("gAAAAABf"), ImportIssue::EncryptedJrnl);
    assert_eq!(why("JRNLv3 0\nc29t"), ImportIssue::EncryptedJrnl);
    let latin = ImportInput {
        path: "j.txt".into(),
        bytes: b"[2020-05-01 10:00] Caf\xe9\n".into(),
        nearby: Default::default(),
    };
    let latin = with_context(|context| super::read(&latin, context)).problems.remove(0).why;
    assert_eq!(latin, ImportIssue::NotUtf8 { line: 1 });
    let sealed = ImportInput {
        path: "j.txt".into(),
        bytes: b"\xc3s\x02\xd3\x0a\x8f".into(),
        nearby: Default::default(),
    };
    let sealed = with_context(|context| super::read(&sealed, context)).problems.remove(0).why;
    assert_eq!(sealed, ImportIssue::NotText);
    let given = "ashasd7zdskhz7asdkjasd".to_owned();
    assert_eq!(
        why("[ashasd7zdskhz7asdkjasd] Entry\nx\n"),
        ImportIssue::UnreadableHeaders { given }
    );
    assert!(matches!(why("{\"a\": 1}"), ImportIssue::NoEntries { .. }));
    assert!(matches!(why("{\"a\": "), ImportIssue::NotJson { .. }));
}

#[test]
fn every_form_that_jrnl_can_be_told_to_write_is_read() {
    for (header, expected) in [
        ("2013-06-09 15:39", "2013-06-09 15:39:00"),
        ("2013-06-09", "2013-06-09 12:00:00"),
        ("09.06.2013 15:39", "2013-06-09 15:39:00"),
        ("2022-03-02 9:25:00 AM", "2022-03-02 09:25:00"),
        ("2026-03-04 Wed 21:14", "2026-03-04 21:14:00"),
        ("Wed 2026-03-04 21:14", "2026-03-04 21:14:00"),
        ("Wed, 04 Mar 2026 21:14:03", "2026-03-04 21:14:03"),
        ("Wed Mar  4 21:14:03 2026", "2026-03-04 21:14:03"),
        ("March 04, 2026 09:14 PM", "2026-03-04 21:14:00"),
        ("4 March 2026, 21:14", "2026-03-04 21:14:00"),
        ("2026-03-04T21:14:03", "2026-03-04 21:14:03"),
        ("20260304 2114", "2026-03-04 21:14:00"),
        ("2026/03/04 at 9:14pm", "2026-03-04 21:14:00"),
    ] {
        let read = read_text("j.txt", &format!("[{header}] A\nb\n"));
        assert_eq!(read.problems, [], "{header}");
        let at = read.entries[0].entry.at.naive_local().to_string();
        assert_eq!(at, expected, "{header}");
    }
}

#[test]
fn years_of_two_digits_are_refused_and_named() {
    let read = read_text("j.txt", "[03/14/26 21:14] By the canal\nx\n");
    let given = "03/14/26 21:14".to_owned();
    assert!(read.entries.is_empty());
    // Among years in full, such a line is text.
    let mixed = "[03/14/2026 21:14] A\n[03/15/26 21:14] b\n[03/16/2026 21:14] C\n";
    assert_eq!(read_text("j.txt", mixed).entries.len(), 2);
    assert_eq!(read.problems[0].why, ImportIssue::TwoDigitYear { given });
}

#[test]
fn headers_of_version_1_had_no_brackets_and_those_in_it_are_text() {
    let text = "2010-06-10 15:00 A life.\n\n2013-06-10 15:40 He said \"[this]\".\n[2019-08-03 12:55] Some chat log\n2 dogs\n";
    let read = read_text("j.txt", text);
    let answers: Vec<_> = read.entries.iter().flat_map(answers_of).collect();
    assert_eq!(
        answers,
        [
            ("page", "A life."),
            ("page", "[2019-08-03 12:55] Some chat log\n2 dogs"),
            ("title", "He said \"[this]\".")
        ]
    );
}

#[test]
fn a_folder_of_days_says_the_day_and_holds_nothing_else() {
    let folder = |path: &str, text: &str| {
        with_context(|context| {
            let jrnl = JrnlSettings { is_folder: true, ..JrnlSettings::default() };
            super::read(&input(path, text), &ImportContext { jrnl: &jrnl, ..*context })
        })
    };
    let other = folder("2020/09/notes.txt", "[2022-03-02 9:25:00 AM] Other\n");
    assert_eq!(other.problems[0].why, ImportIssue::NotInJrnlFolder);
    let moved = folder("2020/09/24.txt", "[2022-03-02 9:25:00 AM] Here\n");
    assert_eq!(moved.entries[0].entry.at.naive_local().to_string(), "2020-09-24 09:25:00");
}

#[test]
fn the_settings_say_which_signs_begin_a_tag_and_which_comes_first() {
    let jrnl = JrnlSettings::parse("tagsymbols: '+'\ntimeformat: '%d/%m/%Y %H:%M'\n", "".as_ref());
    let text = "[05/06/2020 10:00] A +sea @home #x\n";
    let read = with_context(|context| {
        super::read(&input("j.txt", text), &ImportContext { jrnl: &jrnl, ..*context })
    });
    assert_eq!(read.entries[0].entry.tags, ["sea"]);
    assert_eq!(read.entries[0].entry.day().to_string(), "2020-06-05");
    assert_eq!(read.problems, []);
    let jrnl = JrnlSettings::parse("timeformat: '%d.%m. %Y - %H:%M Uhr'\n", "".as_ref());
    let text = "[04.03. 2026 - 21:14 Uhr] A\n";
    let read = with_context(|context| {
        super::read(&input("j.txt", text), &ImportContext { jrnl: &jrnl, ..*context })
    });
    let at = read.entries[0].entry.at.naive_local().to_string();
    assert_eq!(at, "2026-03-04 21:14:00");
}

#[test]
fn a_header_with_a_year_of_two_digits_is_named_by_its_line() {
    let read = read_text("j.txt", "\n\n[26-11-05 10:00] a\n[26-11-06 10:00] b\n");
    let given = "26-11-05 10:00".to_owned();
    let [problem] = &read.problems[..] else { panic!("{:?}", read.problems) };
    assert_eq!((problem.spot.line, &problem.why), (Some(3), &ImportIssue::TwoDigitYear { given }));
    assert!(read.entries.is_empty());
}

#[test]
fn a_format_gives_the_full_year_unless_it_says_two_digits() {
    for (format, is_full) in [("%Y-%m-%d %H:%M", true), ("%d.%m.%y", false), ("%D", false)] {
        assert_eq!(super::settings::has_full_year(format), is_full, "{format}");
    }
}
