//! Which of an entry's revisions is kept, where it was edited in two places: what differs
//! between them is shown first, and stands in the menu.

use crate::config::Clock;
use crate::entry::{Attachment, Entry};
use crate::error::Result;
use crate::journal::StoredEntry;
use crate::practice::SENTENCE;
use crate::prompt::{Screen, choose};
use crate::render::{clean_line, cut, moment_words};

use super::App;
use super::edit_session::LEAVE_ENTRY;

/// Columns that a list's mark takes, and the edge at which a terminal may break a line.
const BESIDE_A_ROW: usize = 4;
/// The most columns that a revision's text takes where the revisions stand below each other.
const LONGEST: usize = 220;
/// Letters that revisions have in common before this many are left out.
const COMMON: usize = 16;

const ATTACHMENTS: &str = "Attachments";

/// Something that isn't the same in all revisions.
#[derive(Debug, PartialEq)]
struct Difference {
    /// The question, or "Time".
    part: String,
    /// What each revision has there.
    values: Vec<String>,
}

/// One of an entry's revisions, where it has several. `None` where none is chosen.
///
/// # Errors
/// What the terminal says.
pub(super) fn choose_revision(
    app: &App,
    stored: &StoredEntry,
    screen: &Screen,
) -> Result<Option<Entry>> {
    if stored.other_heads.is_empty() {
        return Ok(Some(stored.entry.clone()));
    }
    let revisions: Vec<&Entry> = stored.heads().collect();
    let differences = differences(&revisions, app.clock());
    screen.paragraph("This entry was edited in two places at once. Choose the revision to keep; you can still change it. Revision 1 is the newest.");
    if differences.is_empty() {
        screen.paragraph("They say the same.");
    }
    if differences.iter().any(|it| it.part == ATTACHMENTS) {
        screen.paragraph("Whichever you choose, the files attached to any of them stay.");
    }
    let page = screen.page();
    for Difference { part, values } in &differences {
        screen.line(&page.strong(&page.wrap(part, "")));
        for (i, value) in values.iter().enumerate() {
            let line = format!("Revision {}: {}", i + 1, cut(value, LONGEST));
            screen.line(&page.wrap(&line, "  "));
        }
        screen.line("");
    }
    let room = page.width.saturating_sub(BESIDE_A_ROW);
    let rows: Vec<String> = (0..revisions.len()).map(|i| row(i, &differences, room)).collect();
    let choice = choose("Which revision do you want to keep?", &rows, LEAVE_ENTRY, screen)?;
    Ok(choice.map(|i| revisions[i].clone()))
}

/// The names of the files kept with an entry that some of its revisions had and others hadn't.
pub(super) fn files_of_some(stored: &StoredEntry, kept: &Entry) -> Vec<String> {
    let is_of_some = |file: &&Attachment| {
        let of_heads: Vec<bool> = stored.heads().map(|head| head.has_file(file)).collect();
        of_heads.contains(&true) && of_heads.contains(&false)
    };
    kept.attachments.iter().filter(is_of_some).map(|file| clean_line(&file.name)).collect()
}

/// The menu's line for a revision: what it alone has.
fn row(revision: usize, differences: &[Difference], room: usize) -> String {
    let values: Vec<&str> = differences.iter().map(|it| it.values[revision].as_str()).collect();
    let name = format!("Revision {}", revision + 1);
    if values.is_empty() { name } else { cut(&format!("{name}: {}", values.join(" · ")), room) }
}

/// What isn't the same in all of them: the time, then the answers, tags and attachments.
fn differences(revisions: &[&Entry], clock: &Clock) -> Vec<Difference> {
    let compare = |part: &str, value: &dyn Fn(&Entry) -> String| {
        let values: Vec<String> = revisions.iter().map(|entry| value(entry)).collect();
        let differ = values.iter().any(|value| *value != values[0]);
        differ.then(|| Difference { part: part.to_owned(), values: without_common(values) })
    };
    let listed = |words: Vec<String>| {
        if words.is_empty() { "none".to_owned() } else { clean_line(&words.join(", ")) }
    };
    let files = |entry: &Entry| entry.attachments.iter().map(|file| file.name.clone()).collect();
    let (sentences, questions): (Vec<_>, Vec<_>) =
        questions(revisions).into_iter().partition(|(id, _)| id == SENTENCE);
    let answered = |(id, asked): &(String, String)| {
        compare(asked, &|entry| match entry.answer(id) {
            Some(answer) => clean_line(&answer.text()),
            None => "not answered".to_owned(),
        })
    };
    let mut answers: Vec<Difference> = questions.iter().filter_map(answered).collect();
    // Answers that differ build sentences that do.
    if answers.is_empty() {
        answers.extend(sentences.iter().filter_map(answered));
    }
    let time = compare("Time", &|entry| moment_words(entry.at, clock));
    let tags = compare("Tags", &|entry| listed(entry.tags.clone()));
    let attached = compare(ATTACHMENTS, &|entry| listed(files(entry)));
    time.into_iter().chain(answers).chain(tags).chain(attached).collect()
}

/// Every question that one of them answers, with its words.
fn questions(revisions: &[&Entry]) -> Vec<(String, String)> {
    let mut questions: Vec<(String, String)> = Vec::new();
    for answer in revisions.iter().flat_map(|entry| &entry.answers) {
        if questions.iter().all(|(id, _)| *id != answer.question) {
            questions.push((answer.question.clone(), clean_line(&answer.asked)));
        }
    }
    questions
}

/// The values from the word on in which they differ, where they begin with the same words.
fn without_common(values: Vec<String>) -> Vec<String> {
    let first: Vec<char> = values[0].chars().collect();
    let common =
        |other: &String| first.iter().zip(other.chars()).take_while(|(a, b)| **a == *b).count();
    let same = values.iter().map(common).min().unwrap_or_default();
    let words = first[..same].iter().rposition(|c| c.is_whitespace()).map_or(0, |at| at + 1);
    if words < COMMON {
        return values;
    }
    let rest = |value: &String| format!("… {}", value.chars().skip(words).collect::<String>());
    values.iter().map(rest).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::entry::testing;

    fn revision(at: &str, page: &str, tags: &[&str]) -> Entry {
        let answer = json!({ "question": "page", "asked": "Write what's there.", "value": page });
        testing::entry(json!({ "practice": "write", "at": at, "tags": tags, "answers": [answer] }))
    }

    fn differences_of(revisions: &[Entry]) -> Vec<Difference> {
        let now = "2026-11-23T21:14:03Z".parse().unwrap();
        differences(&revisions.iter().collect::<Vec<_>>(), &Clock::at(now))
    }

    #[test]
    fn only_what_differs_is_named_with_what_each_revision_has() {
        let [eight, ten] = ["2026-11-22T20:00:00Z", "2026-11-22T22:00:00Z"];
        let differences =
            differences_of(&[revision(eight, "words", &[]), revision(ten, "words", &[])]);
        let values = vec!["yesterday at 20:00".to_owned(), "yesterday at 22:00".to_owned()];
        assert_eq!(differences, [Difference { part: "Time".into(), values }]);
        assert_eq!(row(1, &differences, 76), "Revision 2: yesterday at 22:00");
        let differences = differences_of(&[revision(ten, "a", &["calm"]), revision(ten, "b", &[])]);
        assert_eq!(row(0, &differences, 76), "Revision 1: a · calm");
        assert_eq!(row(1, &differences, 76), "Revision 2: b · none");
        assert_eq!(row(1, &differences, 12), "Revision 2:…");
        assert_eq!(differences_of(&[revision(ten, "a", &[]), revision(ten, "a", &[])]), []);
    }

    #[test]
    fn a_long_text_is_shown_from_the_word_that_differs() {
        let at = "2026-11-22T22:00:00Z";
        let text = |end: &str| revision(at, &format!("We walked back the long way, {end}"), &[]);
        let differences = differences_of(&[text("and talked."), text("and laughed a lot.")]);
        assert_eq!(differences[0].values, ["… talked.", "… laughed a lot."]);
    }

    #[test]
    fn whichever_revision_is_kept_has_the_files_of_all_of_them_once() {
        let at = "2026-11-22T22:00:00Z";
        let with_files = |files: &[(&str, &str)]| {
            let file = |(id, name): &(&str, &str)| {
                json!({ "id": id, "name": name, "type": "text/plain", "bytes": 1,
                        "sha256": name.repeat(64) })
            };
            let files: Vec<_> = files.iter().map(file).collect();
            testing::entry(json!({ "at": at, "answers": [], "attachments": files }))
        };
        let newest = with_files(&[("0000000001", "a"), ("0000000002", "b")]);
        let other = with_files(&[("0000000003", "a"), ("0000000004", "c")]);
        let stored =
            StoredEntry { other_heads: vec![other.clone()], ..StoredEntry::new(newest.clone()) };
        for chosen in [newest, other] {
            let kept = stored.with_all_files(chosen);
            let mut names: Vec<_> = kept.attachments.iter().map(|it| it.name.clone()).collect();
            names.sort();
            assert_eq!(names, ["a", "b", "c"]);
            let mut of_some = files_of_some(&stored, &kept);
            of_some.sort();
            assert_eq!(of_some, ["b", "c"]);
        }
    }
}
