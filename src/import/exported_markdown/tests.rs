use super::super::page::text_answer;
use super::super::tests::with_context;
use super::super::{ImportInput, ImportProblem, SOURCES};
use super::*;
use crate::entry::{Answer, Value};
use crate::journal::StoredEntry;
use crate::practice::{Practice, Question, QuestionKind};
use crate::render::{
    Contents, EntryLinks, Export, ExportGrouping, ExportKind, FORMATS, Layout, LinkedEntry, clean,
};
use proptest::prelude::*;

fn export(entries: &[Entry], by: ExportGrouping, context: &ImportContext) -> String {
    export_as(entries, by, true, context)
}

/// A page among others, or the one document.
fn export_as(
    entries: &[Entry],
    by: ExportGrouping,
    in_folder: bool,
    context: &ImportContext,
) -> String {
    let mut contents = Contents::default();
    contents.about = "# 2 of **3** entries\u{2026}".to_owned();
    entries.iter().for_each(|entry| contents.add(by, &by.page(entry, context.clock)));
    let contents = Some(&contents).filter(|_| !in_folder);
    let entries: Vec<StoredEntry> = entries.iter().cloned().map(StoredEntry::new).collect();
    let links = EntryLinks::among(entries.iter().map(|kept| LinkedEntry::of(&kept.entry)));
    let layout = Layout::new(by, context.clock, context.practices, &links);
    let layout = Layout { in_folder, kind: &ExportKind::named("day"), contents, ..layout };
    FORMATS[0].write(&Export { entries: entries.iter().collect(), layout })
}

fn import(text: &str, context: &ImportContext) -> ImportRead {
    let source = SOURCES.iter().find(|s| s.name == "markdown").unwrap();
    (source.read)(
        &ImportInput { path: "notes.md".into(), bytes: text.into(), nearby: Default::default() },
        context,
    )
}

/// An entry with every question answered; texts with this one.
fn complete_entry(practice: &Practice, text: &str, at: &str) -> Entry {
    let at = at.parse().unwrap();
    let answer = |q: &Question| {
        let input = match &q.kind {
            QuestionKind::Text { .. } | QuestionKind::Long if q.id == "title" => {
                "A title: of # mine".to_owned()
            }
            QuestionKind::Text { .. } | QuestionKind::Long => text.to_owned(),
            QuestionKind::Choice { options, .. } => options[0].id.clone(),
            QuestionKind::Choices { options, .. } => {
                let ids: Vec<&str> =
                    options.iter().filter(|o| !o.is_alone).map(|o| o.id.as_str()).collect();
                ids[..2].join(",")
            }
            QuestionKind::YesNo => "yes".to_owned(),
            QuestionKind::Tags => return None,
            _ => "3".to_owned(),
        };
        Some(q.answer_with(q.read(&input).unwrap()?))
    };
    let with_name = practice.clone().with_partner_name(Some("Sam"));
    let answers = with_name.questions.iter().filter_map(answer).collect();
    Entry::new(&practice.name, at, at, vec!["repair".into(), "a_b/c-d".into()], answers).unwrap()
}

const AT: &str = "2026-11-23T21:14:03+05:30";

/// The parts of an entry that must come back.
fn comparable(entry: &Entry) -> impl PartialEq + std::fmt::Debug {
    let entry = entry.clone();
    (entry.id, entry.practice, entry.at, entry.tags, entry.about, entry.answers)
}

#[test]
fn every_practice_comes_back_by_whatever_page_it_was_exported() {
    with_context(|context| {
        let mut entries: Vec<Entry> = context
            .practices
            .valid()
            .map(|practice| complete_entry(practice, "The heron.\nIt stayed.\n\n- so", AT))
            .collect();
        entries[1].about = Some(entries[0].id.clone());
        let forms = ExportGrouping::NAMES.into_iter().flat_map(|by| [(by, true), (by, false)]);
        for ((name, by), alone) in forms {
            let read = import(&export_as(&entries, by, alone, context), context);
            assert_eq!(read.problems, [], "{name} {alone}");
            let mut back: Vec<_> = read.entries.iter().map(|d| d.entry.clone()).collect();
            back.sort_by_key(|e| entries.iter().position(|other| other.id == e.id));
            let pairs = back.iter().zip(&entries);
            pairs.for_each(|(back, entry)| {
                assert_eq!(comparable(back), comparable(entry), "{name}");
            });
            assert_eq!(back.len(), entries.len());
        }
    });
}

#[test]
fn an_hour_after_midnight_has_its_date_beside_it_and_comes_back_as_the_same_moment() {
    with_context(|context| {
        let mut clock = context.clock.clone();
        clock.day_ends = chrono::NaiveTime::from_hms_opt(4, 0, 0).unwrap();
        let context = ImportContext { clock: &clock, ..*context };
        let write = context.practices.practice("write").unwrap();
        let entry = complete_entry(write, "The heron.", "2026-11-24T01:30:00+01:00");
        for (by, heading) in [
            (ExportGrouping::Day, "# Monday 23 November 2026\n\n## Tue 01:30 write: A title"),
            (ExportGrouping::Month, "## Monday 23 November\n\n### Tue 01:30 write: A title"),
            (ExportGrouping::Practice, "# write\n\n## Tuesday 24 November 2026, 01:30: A title"),
            (ExportGrouping::Entry, "# Tuesday 24 November 2026, 01:30 write: A title"),
        ] {
            let text = export(std::slice::from_ref(&entry), by, &context);
            assert!(text.contains(&format!("\n{heading}")), "{text}");
            let read = import(&text, &context);
            assert_eq!(read.problems, []);
            assert_eq!(comparable(&read.entries[0].entry), comparable(&entry));
        }
    });
}

#[test]
fn a_page_of_ones_own_comes_back_without_a_title() {
    with_context(|context| {
        let guide = context.practices.practice("guide").unwrap();
        let words = Value::Text("23 November 2026".to_owned());
        let span = text_answer("page-span", "In my own words", words);
        let page = Entry { answers: vec![span], ..complete_entry(guide, "x", AT) };
        let text = export(std::slice::from_ref(&page), ExportGrouping::Day, context);
        assert!(text.contains(" guide: Your page\n"), "{text}");
        let read = import(&text, context);
        let back: Vec<String> = read.entries[0].entry.answers.iter().map(Answer::text).collect();
        assert_eq!(back, ["23 November 2026"]);
    });
}

#[test]
fn what_was_added_by_hand_is_kept_and_what_cannot_be_is_named() {
    with_context(|context| {
        let entry = complete_entry(context.practices.practice("write").unwrap(), "x", AT);
        let text = export(&[entry.clone(), entry], ExportGrouping::Day, context);
        let text =
            text.replacen("# Monday", "My own line\n\n# Monday", 1) + "\n## My heading\n\nmore\n";
        let read = import(&text, context);
        let last = &read.entries[1].entry.answers;
        assert!(last.last().unwrap().text().ends_with("\n\n## My heading\n\nmore"), "{last:?}");
        assert_eq!(read.problems[0].why, ImportIssue::BeforeTheFirst { to: 10 });
        let read =
            import(&text.replacen("write k", "write !", 1).replacen("+05:30", "", 1), context);
        assert_eq!(read.entries.len(), 1);
        assert!(matches!(read.problems[1].why, ImportIssue::NotAnEntry { .. }));
    });
}

/// What an entry says, in its order.
fn said(entry: &Entry) -> Vec<String> {
    entry.answers.iter().map(Answer::text).collect()
}

#[test]
fn an_answer_whose_question_is_gone_keeps_its_place() {
    with_context(|context| {
        for name in ["write", "reflect"] {
            let practice = context.practices.practice(name).unwrap();
            let mut entry = complete_entry(practice, "x", AT);
            let gone = text_answer("km", "How far?", Value::Number(5.into()));
            entry.answers.insert(1, gone);
            let read = import(&export(&[entry.clone()], ExportGrouping::Day, context), context);
            let back = &read.entries[0].entry;
            assert_eq!(back.answers[1].question, "how-far");
            assert_eq!(said(back), said(&entry), "{name}");
        }
    });
}

fn heading_of(problem: &ImportProblem) -> Option<&str> {
    let ImportIssue::Heading { heading, .. } = &problem.why else { return None };
    Some(heading)
}

#[test]
fn without_its_practice_no_heading_becomes_an_answer() {
    with_context(|context| {
        let assess = context.practices.practice("assess").unwrap();
        let entry = complete_entry(assess, "x", AT);
        let text = export(std::slice::from_ref(&entry), ExportGrouping::Day, context);
        let gone = text.replace(&format!("{MARK}assess "), &format!("{MARK}gone "));
        assert!(gone.contains("\n### ") && gone != text, "{gone}");
        let back = import(&gone, context).entries.remove(0).entry;
        assert_eq!(back.practice, "gone");
        assert_eq!(said(&back), said(&entry));
        // Each is named once: one of them may have been added by hand.
        let added = gone.replacen("\n**", "\n### What I noticed\n\n**", 1);
        let twice = import(&added.repeat(2), context);
        let named: Vec<&str> = twice.problems.iter().filter_map(heading_of).collect();
        assert!(named.contains(&"What I noticed"), "{named:?}");
        let distinct: HashSet<&&str> = named.iter().collect();
        assert_eq!(distinct.len(), named.len(), "{named:?}");
        assert!(import(&text, context).problems.is_empty());
        // What was written by hand stays.
        let added = gone.replacen("\n### ", "\n### Mine\n\nwords\n\n### ", 1);
        let back = import(&added, context).entries.remove(0).entry;
        assert!(said(&back).iter().any(|it| it.ends_with("### Mine\n\nwords")), "{back:?}");
    });
}

fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("# h"),
        Just("## 21:14 reflect"),
        Just("---"),
        Just("> q"),
        Just("```"),
        Just("a  "),
        Just("<!-- inward write k3v9q2m8ab 2026-11-23T21:14:03+01:00 -->"),
        Just("**Asked?**"),
        Just(""),
        Just("   "),
        Just("    code"),
        Just("\t"),
        Just("é 静か \u{202e}x"),
        Just("#tag"),
        Just("\\# \\\\"),
        Just("3 of 0–4"),
        Just("date: 2026"),
        Just("\r"),
        Just("a & b &lt;"),
    ];
    prop::collection::vec(piece, 1..9).prop_map(|lines| lines.join("\n"))
}

proptest! {
    #[test]
    fn any_answer_comes_back(text in hostile(), crlf in any::<bool>()) {
        let text = if crlf { text.replace('\n', "\r\n") } else { text };
        with_context(|context| {
            let practice = context.practices.practice("write").unwrap();
            let entry = Entry { answers: vec![], ..complete_entry(practice, "x", AT) };
            let answer = |id| text_answer(id, "Write what's there.", Value::Text(text.clone()));
            let entry = Entry { answers: vec![answer("page"), answer("write-what-is-there")], ..entry };
            let read = import(&export(std::slice::from_ref(&entry), ExportGrouping::Day, context), context);
            let cleaned = clean(&text).trim_matches('\n').to_owned();
            let expected = if cleaned.trim().is_empty() { vec![] } else { vec![cleaned.clone(), cleaned] };
            let back: Vec<String> = read.entries[0].entry.answers.iter().map(Answer::text).collect();
            assert_eq!(back, expected);
            assert_eq!(read.entries.len(), 1);
            assert_eq!(read.entries[0].entry.tags, entry.tags);
        });
    }
}

/// Words that mean something in YAML, or that no file of it may hold.
fn yaml_words() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("\"".to_owned()),
        Just("\\".to_owned()),
        Just(": ".to_owned()),
        Just("\n- ".to_owned()),
        Just("\n---\n".to_owned()),
        Just("&x *x !t |".to_owned()),
        Just("{[#".to_owned()),
        Just("\u{2028}\u{feff}\u{ffff}\u{85}".to_owned()),
        Just("id".to_owned()),
        any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn the_front_matter_is_yaml_whatever_an_entry_says(
        words in prop::collection::vec(yaml_words(), 6), number in any::<f64>()
    ) {
        with_context(|context| {
            let write = context.practices.practice("write").unwrap();
            let labels = [(words[1].clone(), words[2].clone())].into();
            let number = serde_json::Number::from_f64(number).unwrap_or(1.into());
            let answers = vec![
                Answer { labels, ..text_answer(&words[0], "?", Value::Text(words[1].clone())) },
                text_answer(&words[2], "?", Value::Chosen(vec![words[3].clone()])),
                text_answer(&words[4], "?", Value::Number(number)),
            ];
            let tags = vec![words[5].clone()];
            let practice = words[3].clone();
            let entry = Entry { answers, tags, practice, ..complete_entry(write, "x", AT) };
            for by in [ExportGrouping::Day, ExportGrouping::Entry] {
                let text = export(std::slice::from_ref(&entry), by, context);
                let front = super::super::front::split(&text).front.unwrap();
                let (fields, problems) = super::super::front::fields(front);
                assert_eq!(problems, [], "{front}");
                // Each answer once, beside the day, the aliases, the practice, the tag and the id.
                let own = if by == ExportGrouping::Entry { 5 } else { 4 };
                assert!((own + 1..=own + 3).contains(&fields.len()), "{front}");
                assert_eq!(fields["date"], "2026-11-23");
            }
        });
    }

    #[test]
    fn any_choice_of_ones_own_comes_back(items in prop::collection::vec(hostile(), 1..4)) {
        with_context(|context| {
            let reflect = context.practices.practice("reflect").unwrap();
            let question = reflect.question("saw").unwrap();
            let words: Vec<String> = items.iter().map(|words| clean(words).trim().to_owned()).collect();
            let words: Vec<String> = words.into_iter().filter(|words| !words.is_empty()).collect();
            let answer = question.answer_with(Value::Chosen(words.clone()));
            let entry = Entry { answers: vec![answer], ..complete_entry(reflect, "x", AT) };
            let read = import(&export(std::slice::from_ref(&entry), ExportGrouping::Day, context), context);
            let back = read.entries[0].entry.answers.first().map(|answer| answer.value.clone());
            let expected = (!words.is_empty()).then_some(Value::Chosen(words));
            assert_eq!(back, expected);
        });
    }
}

#[test]
fn a_comment_that_was_changed_is_named_by_its_line_in_the_file() {
    with_context(|context| {
        let input = ImportInput::new("notes.md".into(), Vec::new(), Default::default());
        let body = format!("\n\n{MARK} of nothing -->\n\nwords\n");
        let read = super::read(&input, &body, 5, context);
        let lines: Vec<_> = read.problems.iter().map(|problem| problem.spot.line).collect();
        assert_eq!(lines, [Some(7)]);
    });
}

#[test]
fn lines_before_the_first_entry_are_named_from_the_first_with_words_to_the_last() {
    with_context(|context| {
        let input = ImportInput::new("notes.md".into(), Vec::new(), Default::default());
        let body = format!("\n\nmy own\n\n{MARK} write k3v9q2m8ab {AT} -->\n\nwords\n");
        let read = super::read(&input, &body, 5, context);
        let [problem] = &read.problems[..] else { panic!("{:?}", read.problems) };
        assert_eq!(problem.spot.line, Some(7));
        assert_eq!(problem.why, ImportIssue::BeforeTheFirst { to: 8 });
        assert_eq!(read.entries.len(), 1);
    });
}
