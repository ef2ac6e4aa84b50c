//! Markdown: a file a day that Obsidian reads as a daily note, or one
//! document of all days. Titles and questions are its structure; an answer can
//! never become part of it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::config::Clock;
use crate::entry::Entry;

use super::{Format, clean, clean_line, terminal::day_words};

pub const FORMAT: Format = Format {
    name: "markdown",
    extension: "md",
    about: "to read, print, or keep in Obsidian",
    write: document,
};

/// The entries of each day, in order.
pub fn days<'a>(entries: &[&'a Entry], clock: &Clock) -> BTreeMap<NaiveDate, Vec<&'a Entry>> {
    let mut days: BTreeMap<NaiveDate, Vec<&Entry>> = BTreeMap::new();
    for entry in entries {
        days.entry(clock.day_of(entry.at)).or_default().push(entry);
    }
    days
}

fn document(entries: &[&Entry], clock: &Clock) -> String {
    let days = days(entries, clock);
    let bodies: Vec<String> = days.iter().map(|(day, entries)| body(*day, entries)).collect();
    bodies.join("\n")
}

/// One day as a file of its own, with front matter.
pub fn day_file(day: NaiveDate, entries: &[&Entry]) -> String {
    let practices: BTreeSet<&str> = entries.iter().map(|e| e.practice.as_str()).collect();
    let tags: BTreeSet<&str> = entries.iter().flat_map(|e| &e.tags).map(String::as_str).collect();
    let mut text = format!("---\ndate: {day}\n");
    text += &yaml_list("practices", practices);
    text += &yaml_list("tags", tags);
    text += "---\n\n";
    text + &body(day, entries)
}

/// A quoted YAML string is a JSON string, so nothing in it can break out.
fn yaml_list(key: &str, items: BTreeSet<&str>) -> String {
    if items.is_empty() {
        return String::new();
    }
    let quoted = items.iter().map(|item| serde_json::Value::from(clean_line(item)).to_string());
    format!("{key}: [{}]\n", quoted.collect::<Vec<_>>().join(", "))
}

fn body(day: NaiveDate, entries: &[&Entry]) -> String {
    let mut text = format!("# {}\n", day_words(day));
    for entry in entries {
        let time = entry.at.format("%H:%M");
        text += &format!("\n## {time} {}\n", escape_line(&clean_line(&entry.practice)));
        if !entry.tags.is_empty() {
            let tags = entry.tags.iter().map(|t| format!("#{}", escape_line(&clean_line(t))));
            text += &format!("\n{}\n", tags.collect::<Vec<_>>().join(" "));
        }
        for answer in &entry.answers {
            let asked = escape_line(&clean_line(&answer.asked));
            text += &format!("\n**{asked}**\n\n{}\n", escape(&clean(&answer.said())));
        }
    }
    text
}

/// The writer's own paragraphs and lists stay; what would begin a heading, a
/// fence, a rule, front matter or HTML does not.
fn escape(text: &str) -> String {
    text.trim_matches('\n').lines().map(escape_line).collect::<Vec<_>>().join("\n")
}

fn escape_line(line: &str) -> String {
    let indent = line.len() - line.trim_start().len();
    let (space, words) = line.split_at(indent);
    let ruled = |mark: char| !words.is_empty() && words.chars().all(|c| c == mark || c == ' ');
    let structural = words.starts_with(['#', '>'])
        || words.starts_with("```")
        || words.starts_with("~~~")
        || words.starts_with("**")
        || ['-', '=', '*', '_'].into_iter().any(ruled);
    // Four spaces would begin a block of code.
    let space = if space.len() > 3 || space.contains('\t') { "   " } else { space };
    let mark = if structural { "\\" } else { "" };
    format!("{space}{mark}{}", escape_html(words))
}

fn escape_html(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut chars = words.chars().peekable();
    while let Some(c) = chars.next() {
        let opens = |next: &char| next.is_alphabetic() || matches!(next, '/' | '!' | '?');
        let next = chars.peek();
        // HTML, an image fetched from elsewhere, Obsidian's comments.
        if (c == '<' && next.is_some_and(opens))
            || (c == '!' && next == Some(&'['))
            || (c == '%' && next == Some(&'%'))
        {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(words: &str) -> Entry {
        let json = serde_json::json!({
            "format": 1, "id": "k3v9q2m8ab", "revision": "x7f2qd", "practice": "reflect",
            "at": "2026-11-23T21:14:03+01:00", "written": "2026-11-23T21:14:03+01:00",
            "tags": ["repair"],
            "answers": [
                {"question": "closeness", "asked": "How close did you feel?",
                 "scale": {"min": 0, "max": 4}, "value": 3},
                {"question": "connection", "asked": "One moment", "value": words}
            ]
        });
        Entry::from_json(json.to_string().as_bytes()).unwrap()
    }

    #[test]
    fn a_day_is_a_daily_note() {
        let entry = entry("He waited for me at the door.");
        let text = day_file(entry.day(), &[&entry]);
        let expected = "---\ndate: 2026-11-23\npractices: [\"reflect\"]\ntags: [\"repair\"]\n---\n\n# Monday 23 November 2026\n\n## 21:14 reflect\n\n#repair\n\n**How close did you feel?**\n\n3 of 0–4\n\n**One moment**\n\nHe waited for me at the door.\n";
        assert_eq!(text, expected);
    }

    #[test]
    fn an_answer_stays_an_answer() {
        let hostile = "# Heading\n---\ntags: [x]\n===\n```\n<script>alert(1)</script>\n    code\n**One moment**\n> quote\n1 < 2\n- a list\n\u{1b}[31m";
        let text = day_file(entry("").day(), &[&entry(hostile)]);
        let answer = text.split("**One moment**\n\n").nth(1).unwrap();
        assert_eq!(
            answer,
            "\\# Heading\n\\---\ntags: [x]\n\\===\n\\```\n\\<script>alert(1)\\</script>\n   code\n\\**One moment**\n\\> quote\n1 < 2\n- a list\n␛[31m\n"
        );
    }

    #[test]
    fn a_tag_cannot_break_out_of_the_front_matter() {
        let mut entry = entry("x");
        entry.tags = vec!["a\"]\nevil: yes".into()];
        let text = day_file(entry.day(), &[&entry]);
        assert!(text.contains(r#"tags: ["a\"] evil: yes"]"#), "{text}");
    }
}
