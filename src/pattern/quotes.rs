//! The writer's own words beside the items that they speak to, never without the question
//! that they answered.

use chrono::{DateTime, FixedOffset};

use crate::entry::{Answer, Entry};
use crate::practice::{EarlierEntries, Excerpt, Practice, QuestionKind, Test, all_match};

use super::counts::choices;
use super::report::{ItemAnswer, item_answer};

/// Quotes beside one session.
const MOST: usize = 4;

/// The writer's own words of those weeks, beside what they speak to.
#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    pub item: ItemAnswer,
    pub at: DateTime<FixedOffset>,
    /// What was marked in the same entry, for which it is quoted, in the words of its options.
    pub also_marked: Vec<String>,
    /// Each question with what was answered.
    pub said: Vec<(String, String)>,
}

/// The first few that there are. Where the report tells another score first, so do they.
pub(super) fn quotes(practice: &Practice, session: &Entry, past: EarlierEntries) -> Vec<Quote> {
    let mut all: Vec<(usize, Quote)> = Vec::new();
    for excerpt in &practice.excerpts {
        let Some((place, item)) = marked_item(practice, excerpt, session) else { continue };
        let mut entries = past.of(&excerpt.practice, excerpt.within);
        // One for each, so that no item drowns the others.
        let quote = entries.find_map(|entry| {
            let said = said(excerpt, entry).filter(|_| all_match(&excerpt.when, &entry.answers))?;
            let (item, also_marked) = (item.clone(), also_marked(excerpt, entry));
            let quote = Quote { item, at: entry.at, also_marked, said };
            let is_told = all.iter().any(|(_, q)| q.at == quote.at && q.said == quote.said);
            (!is_told).then_some(quote)
        });
        all.extend(quote.map(|quote| (place, quote)));
    }
    all.sort_by_key(|(place, _)| *place);
    all.into_iter().map(|(_, quote)| quote).take(MOST).collect()
}

/// The questions and what was answered. Words that continue a choice need no question of
/// their own: “It was ignored. She went on reading.”
fn said(excerpt: &Excerpt, entry: &Entry) -> Option<Vec<(String, String)>> {
    let text = |answer: &Answer| answer.text().trim().to_owned();
    let first = entry.answer(&excerpt.question)?;
    let Some(with) = &excerpt.with else {
        return Some(vec![(first.asked.clone(), text(first))]);
    };
    let second = entry.answer(with)?;
    if first.labels.is_empty() || !second.labels.is_empty() {
        return Some(vec![
            (first.asked.clone(), text(first)),
            (second.asked.clone(), text(second)),
        ]);
    }
    let whole = format!("{}. {}", text(first).trim_end_matches('.'), text(second));
    Some(vec![(first.asked.clone(), whole)])
}

/// The options that the excerpt asks for of questions which it doesn't quote: without them, what
/// is quoted would seem to speak for the item.
fn also_marked(excerpt: &Excerpt, entry: &Entry) -> Vec<String> {
    let is_quoted = |id: &String| *id == excerpt.question || Some(id) == excerpt.with.as_ref();
    let others = excerpt.when.iter().filter(|condition| !is_quoted(&condition.question));
    let options = others.flat_map(|condition| {
        let Test::OneOf(wanted) = &condition.holds else { return Vec::new() };
        let answer = entry.answer(&condition.question).filter(|it| !it.labels.is_empty());
        let mut marked = answer.map(choices).unwrap_or_default();
        marked.retain(|(id, _)| wanted.contains(id));
        marked
    });
    options.map(|(_, words)| words).collect()
}

/// The first of the excerpt's items that was answered above the least, and the place of its
/// score in the order in which they are told: words stand beside what was seen, not beside
/// what was not.
fn marked_item(
    practice: &Practice,
    excerpt: &Excerpt,
    session: &Entry,
) -> Option<(usize, ItemAnswer)> {
    let questions = excerpt.items.iter().filter_map(|id| practice.question(id.get_ref()));
    let scales = questions.filter(|q| matches!(q.kind, QuestionKind::Scale { .. }));
    let (id, item) = scales
        .filter_map(|question| Some((&question.id, item_answer(question, session)?)))
        .find(|(_, item)| item.step.is_some_and(|step| step > item.scale.min))?;
    let order = practice.report.as_ref().map(|rule| rule.order.as_slice()).unwrap_or_default();
    // Only what is told first goes first; the rest is in the order of the file.
    let first =
        order.first().and_then(|id| practice.scores.iter().find(|score| score.id == *id.get_ref()));
    let is_first = first.is_some_and(|score| score.of.contains(id));
    Some((usize::from(!is_first), item))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::*;
    use crate::config::Clock;
    use crate::entry::testing;

    const FILE: &str = r#"
title = "Q"
scale = { min = 0, max = 4 }
question = [{ id = "far", ask = "Far?", kind = "scale" }, { id = "unheard", ask = "Unheard?", kind = "scale" }]
score = [{ id = "first", title = "First", of = ["far"] }, { id = "hurt", title = "Hurt", of = ["unheard"] }]
excerpt = [
  { items = ["far"], practice = "write", question = "page" },
  { items = ["unheard"], practice = "feel", question = "received", with = "note" },
]
"#;

    fn said(practice: &str, day: &str, answers: Json) -> Entry {
        let at = format!("{day}T12:00:00Z");
        testing::entry(json!({ "practice": practice, "at": at, "answers": answers }))
    }

    /// What was said, under the item that it stands beside.
    fn told(file: &str, past: &[Entry]) -> Vec<(String, Vec<(String, String)>)> {
        let practice = crate::practice::read("q", "q.toml".as_ref(), file, &[]);
        let practice = practice.into_practice().unwrap();
        let scale = json!({ "min": 0, "max": 4 });
        let answer = |id: &str, asked: &str| json!({ "question": id, "asked": asked, "scale": scale, "value": 3 });
        let answers = json!([answer("far", "Far?"), answer("unheard", "Unheard?")]);
        let session = said("q", "2026-11-23", answers);
        let clock = Clock::at(session.at);
        let quotes = quotes(&practice, &session, EarlierEntries { entries: past, clock: &clock });
        quotes.into_iter().map(|quote| (quote.item.name, quote.said)).collect()
    }

    fn page(day: &str, words: &str) -> Entry {
        said("write", day, json!([{ "question": "page", "asked": "What is it?", "value": words }]))
    }

    /// What was answered to both, and which of them is a choice.
    fn received(is_choice: [bool; 2]) -> Entry {
        let labels = |is_choice: bool| {
            if is_choice {
                json!({ "ignored": "It was ignored", "She read on.": "She read on" })
            } else {
                json!({})
            }
        };
        let [received, note] = is_choice.map(labels);
        let answers = json!([
            { "question": "received", "asked": "Received?", "value": "ignored", "labels": received },
            { "question": "note", "asked": "And then?", "value": "She read on.", "labels": note },
        ]);
        said("feel", "2026-11-20", answers)
    }

    #[test]
    fn words_beside_what_is_told_first_come_first() {
        let past = [received([true, false]), page("2026-11-19", "I left.")];
        let items = |file: &str| -> Vec<String> {
            told(file, &past).into_iter().map(|(item, _)| item).collect()
        };
        assert_eq!(items(FILE), ["Far?", "Unheard?"]);
        let ordered = format!("{FILE}[report]\norder = [\"hurt\"]\n");
        assert_eq!(items(&ordered), ["Unheard?", "Far?"]);
    }

    #[test]
    fn words_that_continue_a_choice_stand_under_its_question() {
        let said = |is_choice: [bool; 2]| told(FILE, &[received(is_choice)]).remove(0).1;
        let whole = ("Received?".to_owned(), "It was ignored. She read on.".to_owned());
        assert_eq!(said([true, false]), [whole]);
        for others in [[true, true], [false, false], [false, true]] {
            let said = said(others);
            let asked: Vec<&str> = said.iter().map(|(asked, _)| asked.as_str()).collect();
            assert_eq!(asked, ["Received?", "And then?"], "{others:?}");
        }
    }

    #[test]
    fn the_same_words_are_quoted_once() {
        let both = FILE.replace(
            "practice = \"feel\", question = \"received\", with = \"note\"",
            "practice = \"write\", question = \"page\"",
        );
        let past = [page("2026-11-20", "I left."), page("2026-11-19", "I stayed.")];
        let words = |past: &[Entry]| -> Vec<String> {
            told(&both, past).into_iter().map(|(_, said)| said[0].1.clone()).collect()
        };
        assert_eq!(words(&past), ["I left.", "I stayed."]);
        assert_eq!(words(&past[..1]), ["I left."]);
        let again = [page("2026-11-20", "I left."), page("2026-11-19", "I left.")];
        assert_eq!(words(&again), ["I left.", "I left."], "on another day they're others");
    }
}
