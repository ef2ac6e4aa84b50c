//! An entry whole, on a terminal.

use std::collections::HashSet;

use crate::config::Clock;
use crate::entry::{Answer, Attachment, AttachmentId, Entry};
use crate::journal::{Elsewhere, StoredEntry};
use crate::practice::{Form, Practices, is_own_page};
use crate::words::capitalize;

use super::file_size::file_size;
use super::list::part_sentence;
use super::own_page::own_page;
use super::sections::{Sections, spoken};
use super::terminal::{date_and_today, day_heading};
use super::{EntryLinks, TextPage, clean, clean_line};

/// What an entry is shown with.
#[derive(Clone, Copy)]
pub struct EntryPage<'a> {
    pub clock: &'a Clock,
    /// For the headings of a practice's parts.
    pub practices: &'a Practices,
    /// What is known of the reader.
    pub form: Form,
    pub page: &'a TextPage,
}

/// What is around an entry: the others that belong to it, and the files that don't.
#[derive(Clone, Copy)]
pub struct EntrySurroundings<'a> {
    pub links: &'a EntryLinks,
    /// Attachments of which there is no file.
    pub missing: &'a HashSet<AttachmentId>,
}

impl EntryPage<'_> {
    /// An entry whole, with the versions that edits made apart have left.
    pub fn show(&self, stored: &StoredEntry, around: EntrySurroundings) -> String {
        let page = self.page;
        let mut text = self.text(&stored.entry, around);
        if !stored.other_heads.is_empty() {
            let id = &stored.entry.id;
            let words = format!(
                "This entry was edited in two places at once. Choose the revision to keep with `inward edit {id}`."
            );
            text += &format!("\n{}\n", page.wrap(&words, "  "));
        }
        let id = &stored.entry.id;
        let elsewhere = match &stored.elsewhere {
            Elsewhere::Nothing => None,
            Elsewhere::Deleted => Some(format!(
                "This entry was edited and deleted at the same time, so it's still here. `inward edit {id} --settle` keeps it; `inward delete {id}` deletes it."
            )),
            Elsewhere::Moved(now) => Some(format!(
                "This entry was edited and moved to another month at the same time, so it's here and there. `inward show {id} {now}` shows both. Change the one you want to keep with `inward edit`, then delete the other with `inward delete`."
            )),
        };
        if let Some(words) = elsewhere {
            text += &format!("\n{}\n", page.wrap(&words, "  "));
        }
        let links = &EntryLinks::default();
        for other in &stored.other_heads {
            text += &format!("\n{}", self.text(other, EntrySurroundings { links, ..around }));
        }
        text
    }

    /// One version of an entry, by itself.
    pub fn one(&self, entry: &Entry) -> String {
        let around = EntrySurroundings { links: &EntryLinks::default(), missing: &HashSet::new() };
        self.text(entry, around)
    }

    fn text(&self, entry: &Entry, around: EntrySurroundings) -> String {
        let (clock, page) = (self.clock, self.page);
        let mut text = self.head(entry);
        text += &around.links.lines(entry, clock, page);
        text += &if is_own_page(entry) {
            format!("\n{}", own_page(entry, clock, page))
        } else {
            self.answers(entry)
        };
        if !entry.attachments.is_empty() {
            let line = |it: &Attachment| {
                let missing = around.missing.contains(&it.id);
                page.wrap(&attachment_line(it, missing), "    ")
            };
            let lines = entry.attachments.iter().map(line).collect::<Vec<_>>().join("\n");
            text += &format!("\n{}\n{lines}\n", page.strong("  Attached"));
        }
        text
    }

    fn answers(&self, entry: &Entry) -> String {
        let page = self.page;
        let mut text = String::new();
        let (sentence, answers) = part_sentence(entry);
        if let Some(sentence) = sentence {
            let words = page.wrap(&clean(&sentence.text()), "  ");
            text += &format!("\n{}\n", page.strong(words.trim_end()));
        }
        let sections = Sections::read_in(entry, self.practices, self.form);
        for group in sections.groups(answers.iter().collect()) {
            if let Some(title) = &group.title {
                text += &format!("\n{}\n", page.strong(&page.wrap(title, "")));
            }
            group.answers.iter().for_each(|answer| text += &answer_text(answer, page));
        }
        text
    }

    fn head(&self, entry: &Entry) -> String {
        let (clock, page) = (self.clock, self.page);
        let (date, today) = date_and_today(entry.at, clock);
        let day = capitalize(&day_heading(date, today));
        let time = entry.at.format("%H:%M");
        let practice = clean_line(&entry.practice);
        let mut text = format!(
            "{} {}\n",
            page.strong(&format!("{day}, {time}")),
            page.quiet(&format!("· {practice} · {}", entry.id)),
        );
        if !entry.tags.is_empty() {
            let tags = entry.tags.iter().map(|t| format!("#{}", clean_line(t))).collect::<Vec<_>>();
            text += &format!("{}\n", page.quiet(&page.wrap(&tags.join(" "), "")));
        }
        text
    }
}

/// The question, and below it what was said; of several choices, each in lines of its own.
fn answer_text(answer: &Answer, page: &TextPage) -> String {
    let asked = page.wrap(&clean_line(&answer.asked), "  ");
    let lines = spoken(answer).into_iter().map(|words| page.wrap(&clean(&words), "    "));
    let words = lines.collect::<Vec<_>>().join("\n");
    format!("\n{}\n{}\n", page.strong(&asked), words.trim_end())
}

/// "lake.jpg, 179 KiB"
fn attachment_line(attachment: &Attachment, missing: bool) -> String {
    let (name, size) = (clean_line(&attachment.name), file_size(attachment.bytes));
    let missing = if missing { ", its file is missing" } else { "" };
    format!("{name}, {size}{missing}")
}

#[cfg(test)]
mod tests {
    use super::super::list::{ListRow, list};
    use super::*;
    use crate::entry::testing;
    use chrono::DateTime;

    fn clock() -> Clock {
        Clock::at(DateTime::parse_from_rfc3339("2026-11-23T22:00:00+01:00").unwrap())
    }

    fn stored(at: &str, words: &str) -> StoredEntry {
        let entry = testing::entry(serde_json::json!({
            "practice": "reflect",
            "at": at, "tags": ["repair"],
            "answers": [
                {"question": "outcome", "asked": "How did it go?", "value": "did",
                 "labels": {"did": "I did it"}},
                {"question": "connection", "asked": "One moment of connection", "value": words}
            ]
        }));
        StoredEntry::new(entry)
    }

    fn show(stored: &StoredEntry, page: &TextPage) -> String {
        let (clock, practices) = (&clock(), &Practices::built_in());
        let (links, missing) = (&EntryLinks::default(), &HashSet::new());
        let form = Form::USUAL;
        EntryPage { clock, practices, form, page }
            .show(stored, EntrySurroundings { links, missing })
    }

    fn row(stored: &StoredEntry) -> ListRow {
        ListRow::of(stored, &Practices::built_in())
    }

    const PLAIN: TextPage = TextPage { width: 60, colour: false };

    #[test]
    fn a_list_has_days_in_words_and_a_line_an_entry() {
        let all = [
            stored(
                "2026-11-23T21:14:03+01:00",
                "He waited for me at the door, in the rain, with soup.",
            ),
            stored("2026-11-20T21:14:03+01:00", "None today"),
            stored("2025-11-20T21:14:03+01:00", "静かな夜"),
        ];
        let expected = "\
today
  k3v9q2m8ab  21:14  reflect  He waited for me at the door,…

Friday 20 November
  k3v9q2m8ab  21:14  reflect  None today

Thursday 20 November 2025
  k3v9q2m8ab  21:14  reflect  静かな夜
";
        let rows: Vec<ListRow> = all.iter().map(row).collect();
        assert_eq!(list(&rows, true, &clock(), &PLAIN), expected);
    }

    #[test]
    fn an_entry_is_wrapped_to_the_page() {
        let stored = stored(
            "2026-11-23T21:14:03+01:00",
            "He waited for me at the door, in the rain, with soup.\n\nI stayed.",
        );
        let page = TextPage { width: 40, colour: false };
        let expected = "\
Today, 21:14 · reflect · k3v9q2m8ab
#repair

  How did it go?
    I did it

  One moment of connection
    He waited for me at the door, in the
    rain, with soup.

    I stayed.
";
        assert_eq!(show(&stored, &page).replace("    \n", "\n"), expected);
    }

    #[test]
    fn an_hour_after_midnight_has_its_own_date_and_in_a_list_its_weekday() {
        let mut clock = clock();
        clock.day_ends = chrono::NaiveTime::from_hms_opt(4, 0, 0).unwrap();
        let late = stored("2026-11-23T01:30:00+01:00", "Late");
        let rows = [row(&late), row(&stored("2026-11-22T21:14:00+01:00", "Soup"))];
        let expected = "\
yesterday
  k3v9q2m8ab  01:30  reflect  (early Monday) Late
  k3v9q2m8ab  21:14  reflect  Soup
";
        let page = &TextPage { width: 80, colour: false };
        assert_eq!(list(&rows, true, &clock, page), expected);
        let practices = &Practices::built_in();
        let page = EntryPage { clock: &clock, practices, form: Form::USUAL, page };
        assert!(page.one(&late.entry).starts_with("Today, 01:30 · reflect"));
    }

    #[test]
    fn nothing_in_an_entry_reaches_the_terminal_as_a_command() {
        let mut stored = stored("2026-11-23T21:14:03+01:00", "\u{1b}[2J\u{9b}2J\u{7}");
        stored.entry.tags = vec!["\u{1b}[31m".into()];
        stored.entry.practice = "re\u{1b}flect".into();
        stored.entry.answers[1].asked = "\u{1b}]0;title\u{7}".into();
        stored.entry.answers[0].labels.insert("did".into(), "\u{1b}c".into());
        let listed = list(&[row(&stored)], true, &clock(), &PLAIN);
        for text in [show(&stored, &PLAIN), listed] {
            assert!(!text.chars().any(|c| c.is_control() && c != '\n'), "{text:?}");
        }
    }

    #[test]
    fn a_very_narrow_page_still_shows_everything() {
        let page = TextPage { width: 12, colour: false };
        let stored = stored("2026-11-23T21:14:03+01:00", "Words.");
        assert!(show(&stored, &page).contains("Words."));
        list(&[row(&stored)], true, &clock(), &page);
    }

    #[test]
    fn parts_have_headings_and_each_of_several_choices_a_line() {
        let item = |id: &str| serde_json::json!({"question": id, "asked": id, "value": 3});
        let assessed = testing::entry(serde_json::json!({
            "practice": "assess", "answers": [item("withdrew-me"), item("tension"), item("fragile")]
        }));
        let text = show(&StoredEntry::new(assessed), &PLAIN);
        let headings: Vec<&str> =
            text.lines().filter(|line| line.starts_with(char::is_alphabetic)).collect();
        assert_eq!(headings[1..], ["Stepping back", "How things were between you"]);
        let mut stored = stored("2026-11-23T21:14:03+01:00", "x");
        stored.entry.answers[1].value =
            crate::entry::Value::Chosen(vec!["one, two".into(), "three".into()]);
        let text = show(&stored, &PLAIN);
        assert!(text.ends_with("\n    one, two\n    three\n"), "{text}");
    }

    #[test]
    fn an_anniversary_says_how_long_ago_it_was() {
        let today = "2026-11-23".parse().unwrap();
        for (day, expected) in [
            ("2026-11-23", "today"),
            ("2026-11-16", "a week ago, Monday 16 November"),
            ("2026-10-23", "a month ago, Friday 23 October"),
            ("2025-11-23", "a year ago, Sunday 23 November 2025"),
            ("2019-11-23", "7 years ago, Saturday 23 November 2019"),
            ("2026-11-15", "Sunday 15 November"),
            ("2027-11-23", "Tuesday 23 November 2027"),
        ] {
            assert_eq!(day_heading(day.parse().unwrap(), today), expected);
        }
    }

    #[test]
    fn a_row_has_the_sentence_the_primary_answer_the_title_or_the_longest_words() {
        let answer = |id: &str, value: serde_json::Value| serde_json::json!({"question": id, "asked": "?", "value": value});
        let chosen = serde_json::json!({"question": "outcome", "asked": "?", "value": "did",
            "labels": {"did": "I did it"}});
        for (practice, answers, expected) in [
            (
                "feel",
                vec![
                    answer("sentence", "I feel lonely.".into()),
                    answer("feeling", "lonely".into()),
                ],
                "I feel lonely.",
            ),
            (
                "reflect",
                vec![
                    answer("plan", "Something much longer".into()),
                    answer("connection", "The door".into()),
                ],
                "The door",
            ),
            (
                "write",
                vec![answer("title", "The weir".into()), answer("page", "A heron".into())],
                "The weir · A heron",
            ),
            (
                "reflect",
                vec![answer("plan", "Short".into()), answer("other", "Much longer".into())],
                "Much longer",
            ),
            ("walk", vec![chosen.clone()], "I did it"),
            ("walk", vec![chosen.clone(), chosen], "2 answers"),
        ] {
            let entry =
                testing::entry(serde_json::json!({"practice": practice, "answers": answers}));
            assert_eq!(row(&StoredEntry::new(entry)).words, [expected]);
        }
    }
}
