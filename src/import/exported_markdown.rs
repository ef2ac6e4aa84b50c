//! Markdown that `export` wrote: each entry stands behind its comment, with its
//! practice, moment, tags and answers. What was added by hand stays with the
//! answer below which it was written.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate};

use crate::entry::{Answer, Entry, EntryId, Value};
use crate::import::ImportIssue;
use crate::practice::{LoadedPractice, Practice, Question, name_partner};
use crate::render::{MARK, OTHER, unescape_line};

use super::page::{sort_tags, text_answer};
use super::parse_answer::parse_answer;
use super::{ImportContext, ImportIdentity, ImportInput, ImportRead, ImportedEntry};

/// Did `export` write it?
pub fn is_exported(body: &str) -> bool {
    body.lines().any(|line| line.starts_with(MARK))
}

/// What the comment says.
struct NamedSection<'a> {
    practice: &'a str,
    id: EntryId,
    at: DateTime<FixedOffset>,
    about: Option<EntryId>,
    /// Is it another version of the entry before it?
    is_other: bool,
}

fn parse_name_line(line: &str) -> Option<NamedSection<'_>> {
    let inside = line.strip_prefix(MARK)?.trim_end().strip_suffix("-->")?;
    let mut words = inside.split_whitespace();
    let (practice, id, at) = (words.next()?, words.next()?.parse().ok()?, words.next()?);
    let at = DateTime::parse_from_rfc3339(at).ok().filter(|at| (1..=9999).contains(&at.year()))?;
    let rest: Vec<&str> = words.collect();
    let about = rest.iter().find_map(|word| word.strip_prefix("about-")?.parse().ok());
    let is_other = rest.contains(&OTHER.trim_start());
    Some(NamedSection { practice, id, at, about, is_other })
}

/// `first` is the line of the file on which the body begins.
pub fn read(input: &ImportInput, body: &str, first: usize, desk: &ImportContext) -> ImportRead {
    let mut read = ImportRead::default();
    let lines: Vec<&str> = body.lines().collect();
    let marks: Vec<usize> = (0..lines.len()).filter(|i| lines[*i].starts_with(MARK)).collect();
    let starts: Vec<usize> = marks.iter().map(|mark| begins(&lines, *mark)).collect();
    let before = &lines[..starts.first().copied().unwrap_or_default()];
    if let Some(start) = before.iter().position(|line| !line.trim().is_empty()) {
        let to = first + before.len() - 1;
        read.problem(input, first + start, ImportIssue::BeforeTheFirst { to });
    }
    let ends = starts.iter().skip(1).copied().chain([lines.len()]);
    for (mark, end) in marks.iter().zip(ends) {
        let Some(named) = parse_name_line(lines[*mark]) else {
            let why = "the comment that names it was changed".to_owned();
            read.problem(input, first + mark, ImportIssue::NotAnEntry { why });
            continue;
        };
        let heading = mark.checked_sub(1).map(|i| lines[i]).filter(|line| line.starts_with('#'));
        let known_by = match named.is_other {
            true => ImportIdentity::OtherHead { tag: None },
            false => ImportIdentity::Exported { tag: None },
        };
        match entry(named, heading, &lines[mark + 1..end], desk) {
            Ok(entry) => read.drafts.push(ImportedEntry { entry, known_by }),
            Err(error) => {
                let why = error.to_string();
                read.problem(input, first + mark, ImportIssue::Unreadable { why });
            }
        }
    }
    read
}

/// Where what belongs to an entry begins: at its heading, or at that of the
/// page which it opens.
fn begins(lines: &[&str], mark: usize) -> usize {
    let is_heading = |i: &usize| lines[*i].starts_with('#');
    let Some(heading) = mark.checked_sub(1).filter(is_heading) else { return mark };
    let above = (0..heading).rev().find(|i| !lines[*i].trim().is_empty());
    above.filter(|i| is_page_title(lines[*i])).unwrap_or(heading)
}

/// A day, a month, or the name of a practice, as `export` writes them.
fn is_page_title(line: &str) -> bool {
    let Some(title) = line.strip_prefix("# ") else { return false };
    NaiveDate::parse_from_str(title, "%A %d %B %Y").is_ok()
        || NaiveDate::parse_from_str(&format!("1 {title}"), "%d %B %Y").is_ok()
        || !title.contains(' ')
}

fn entry(
    named: NamedSection,
    heading: Option<&str>,
    lines: &[&str],
    desk: &ImportContext,
) -> crate::error::Result<Entry> {
    let practice = desk.practices.get(named.practice).and_then(LoadedPractice::practice);
    let (tags, lines) = tags(lines);
    let mut told = MarkdownAnswer { practice, answers: Vec::new() };
    let mut block: (Option<String>, Vec<&str>) = (None, Vec::new());
    let mut blank = true;
    for line in lines {
        let asked = line.strip_prefix("**").and_then(|rest| rest.strip_suffix("**"));
        match asked.filter(|_| blank) {
            Some(asked) => {
                let done = std::mem::replace(&mut block, (Some(unescape_line(asked)), Vec::new()));
                told.answer(done);
            }
            None if blank && told.is_part(line) => {}
            None => block.1.push(line),
        }
        blank = line.trim().is_empty();
    }
    told.answer(block);
    if let Some((_, title)) = heading.and_then(|heading| heading.split_once(": ")) {
        told.title(unescape_line(title));
    }
    let written = desk.clock.written;
    let entry = Entry::new(named.practice, named.at, written, tags, told.in_order())?;
    Ok(Entry { id: named.id, about: named.about, ..entry })
}

/// The line of tags, where the first that says something is one.
fn tags<'a, 'b>(lines: &'b [&'a str]) -> (Vec<String>, &'b [&'a str]) {
    let first = lines.iter().position(|line| !line.trim().is_empty());
    let line = first.map(|i| lines[i]).filter(|line| line.starts_with(['#', '\\']));
    let words: Option<Vec<String>> = line.and_then(|line| {
        let words = line.split(' ').map(unescape_line);
        words
            .map(|word| Some(word.strip_prefix('#')?.to_owned()).filter(|w| !w.is_empty()))
            .collect()
    });
    let Some((words, first)) = words.zip(first) else { return (Vec::new(), lines) };
    match sort_tags(words.iter().map(String::as_str)) {
        (tags, odd) if odd.is_empty() => (tags, &lines[first + 1..]),
        // No line of ours, then.
        _ => (Vec::new(), lines),
    }
}

struct MarkdownAnswer<'a> {
    practice: Option<&'a Practice>,
    answers: Vec<Answer>,
}

impl MarkdownAnswer<'_> {
    fn questions(&self) -> impl Iterator<Item = &Question> {
        let asked_back = self.practice.iter().filter_map(|p| p.follow_up.as_ref());
        let own = self.practice.iter().flat_map(|p| &p.questions);
        own.chain(asked_back.flat_map(|f| &f.questions))
    }

    /// The question that was asked in these words, and has no answer yet.
    fn question(&self, asked: &str) -> Option<&Question> {
        let open = |q: &&Question| self.answers.iter().all(|a| a.question != q.id);
        self.questions().filter(open).find(|q| q.asked_as(asked))
    }

    fn answer(&mut self, (asked, lines): (Option<String>, Vec<&str>)) {
        let written = lines.join("\n");
        if written.trim().is_empty() {
            return;
        }
        // What stands before the first question was added by hand.
        let asked = asked.unwrap_or_else(|| "Added by hand".to_owned());
        let question = self.question(&asked);
        let id = question.map_or_else(|| self.name(&asked), |question| question.id.clone());
        let (value, scale, labels) = parse_answer(question, written.trim_matches('\n'));
        let answer = Answer { scale, labels, ..text_answer(&id, &asked, value) };
        self.answers.push(answer);
    }

    /// For a question that the practice does not have any more.
    fn name(&self, asked: &str) -> String {
        let words: Vec<String> = asked
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .take(6)
            .map(str::to_lowercase)
            .collect();
        let name = if words.is_empty() { "question".to_owned() } else { words.join("-") };
        let taken = |name: &str| self.answers.iter().any(|a| a.question == name);
        let numbered = (2..).map(|n| format!("{name}-{n}"));
        std::iter::once(name.clone()).chain(numbered).find(|n| !taken(n)).unwrap_or(name)
    }

    fn title(&mut self, title: String) {
        let question = self.questions().find(|q| q.id == "title");
        let asked = question.map_or("Title", |q| q.ask.as_str()).to_owned();
        self.answers.push(text_answer("title", &asked, Value::Text(title)));
    }

    /// The heading of a part of the practice.
    fn is_part(&self, line: &str) -> bool {
        let Some(title) = line.strip_prefix("##").map(|rest| rest.trim_start_matches('#')) else {
            return false;
        };
        let title = unescape_line(title.trim());
        let mut sections = self.practice.iter().flat_map(|p| &p.sections);
        sections.any(|section| name_partner(&section.title, None) == title)
    }

    /// As the practice asks them: a title stands in the heading, wherever it
    /// was asked for.
    fn in_order(mut self) -> Vec<Answer> {
        let ids: Vec<String> = self.questions().map(|q| q.id.clone()).collect();
        let place = |a: &Answer| ids.iter().position(|id| *id == a.question).unwrap_or(usize::MAX);
        let mut answers = std::mem::take(&mut self.answers);
        answers.sort_by_key(place);
        answers
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::desk;
    use super::super::{ImportInput, SOURCES};
    use super::*;
    use crate::journal::StoredEntry;
    use crate::practice::QuestionKind;
    use crate::render::{Export, ExportGrouping, FORMATS, Layout, clean};
    use proptest::prelude::*;

    fn export(entries: &[Entry], by: ExportGrouping, desk: &ImportContext) -> String {
        let (clock, practices) = (desk.clock, desk.practices);
        let entries: Vec<StoredEntry> = entries.iter().cloned().map(StoredEntry::alone).collect();
        let export = Export {
            entries: entries.iter().collect(),
            layout: Layout { by, alone: true, clock, practices, key: None },
        };
        (FORMATS[0].write)(&export)
    }

    fn import(text: &str, desk: &ImportContext) -> ImportRead {
        let source = SOURCES.iter().find(|s| s.name == "markdown").unwrap();
        (source.read)(&ImportInput { path: "notes.md".into(), bytes: text.into() }, desk)
    }

    /// Every question answered: texts with this one, and the others somehow.
    fn whole(practice: &Practice, text: &str, at: &str) -> Entry {
        let at = at.parse().unwrap();
        let answer = |q: &Question| {
            let given = match &q.kind {
                QuestionKind::Text { .. } | QuestionKind::Long if q.id == "title" => {
                    "A title: of # mine".to_owned()
                }
                QuestionKind::Text { .. } | QuestionKind::Long => text.to_owned(),
                QuestionKind::Choice { options, .. } => options[0].id.clone(),
                QuestionKind::Choices { options, .. } => {
                    format!("{},{}", options[0].id, options[1].id)
                }
                QuestionKind::YesNo => "yes".to_owned(),
                QuestionKind::Tags => return None,
                _ => "3".to_owned(),
            };
            Some(q.answer_with(q.read(&given).unwrap()?))
        };
        let named = practice.clone().with_partner_name(Some("Sam"));
        let answers = named.questions.iter().filter_map(answer).collect();
        Entry::new(&practice.name, at, at, vec!["repair".into(), "a_b/c-d".into()], answers)
            .unwrap()
    }

    const AT: &str = "2026-11-23T21:14:03+05:30";

    /// What is to come back, without what a new revision has of its own.
    fn kept(entry: &Entry) -> impl PartialEq + std::fmt::Debug {
        let entry = entry.clone();
        (entry.id, entry.practice, entry.at, entry.tags, entry.about, entry.answers)
    }

    #[test]
    fn every_practice_comes_back_by_whatever_page_it_was_exported() {
        desk(|desk| {
            let mut entries: Vec<Entry> = desk
                .practices
                .iter()
                .filter_map(LoadedPractice::practice)
                .map(|practice| whole(practice, "The heron.\nIt stayed.\n\n- so", AT))
                .collect();
            entries[1].about = Some(entries[0].id.clone());
            for (name, by) in ExportGrouping::NAMES {
                let read = import(&export(&entries, by, desk), desk);
                assert_eq!(read.problems, [], "{name}");
                let mut back: Vec<_> = read.drafts.iter().map(|d| d.entry.clone()).collect();
                back.sort_by_key(|e| entries.iter().position(|other| other.id == e.id));
                let pairs = back.iter().zip(&entries);
                pairs.for_each(|(back, entry)| assert_eq!(kept(back), kept(entry), "{name}"));
                assert_eq!(back.len(), entries.len());
            }
        });
    }

    #[test]
    fn what_was_added_by_hand_is_kept_and_what_cannot_be_is_named() {
        desk(|desk| {
            let entry = whole(
                desk.practices.get("write").and_then(LoadedPractice::practice).unwrap(),
                "x",
                AT,
            );
            let text = export(&[entry.clone(), entry], ExportGrouping::Day, desk);
            let text = text.replacen("# Monday", "My own line\n\n# Monday", 1)
                + "\n## My heading\n\nmore\n";
            let read = import(&text, desk);
            let last = &read.drafts[1].entry.answers;
            assert!(last.last().unwrap().text().ends_with("\n\n## My heading\n\nmore"), "{last:?}");
            assert_eq!(read.problems[0].why, ImportIssue::BeforeTheFirst { to: 8 });
            let read =
                import(&text.replacen("write k", "write !", 1).replacen("+05:30", "", 1), desk);
            assert_eq!(read.drafts.len(), 1);
            assert!(matches!(read.problems[1].why, ImportIssue::NotAnEntry { .. }));
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
            desk(|desk| {
                let practice = desk.practices.get("write").and_then(LoadedPractice::practice).unwrap();
                let entry = Entry { answers: vec![], ..whole(practice, "x", AT) };
                let answer = |id| text_answer(id, "Write what is there.", Value::Text(text.clone()));
                let entry = Entry { answers: vec![answer("page"), answer("write-what-is-there")], ..entry };
                let read = import(&export(std::slice::from_ref(&entry), ExportGrouping::Day, desk), desk);
                let said = clean(&text).trim_matches('\n').to_owned();
                let expected = if said.trim().is_empty() { vec![] } else { vec![said.clone(), said] };
                let back: Vec<String> = read.drafts[0].entry.answers.iter().map(Answer::text).collect();
                assert_eq!(back, expected);
                assert_eq!(read.drafts.len(), 1);
                assert_eq!(read.drafts[0].entry.tags, entry.tags);
            });
        }
    }
}
