//! What an edit changes in an entry: answers, time, tags and files, without asking.

use chrono::{DateTime, FixedOffset};

use crate::entry::{Answer, Attachment, Entry, Value, same_tag};
use crate::error::Result;
use crate::practice::{
    Practice, PracticeError, Question, QuestionKind, SENTENCE, all_match, is_own_page,
};
use crate::prompt::group_by_question;
use crate::seal::Identity;

use super::care::SessionCare;
use super::care_history::fear;
use super::history::History;
use super::{App, CommandError};

/// Changes that need no asking.
pub struct EntryEdit {
    pub answers: serde_json::Map<String, serde_json::Value>,
    pub flags: Vec<(String, String)>,
    pub at: Option<DateTime<FixedOffset>>,
    pub add: Vec<String>,
    pub untag: Vec<String>,
    pub detach: Vec<String>,
}

/// Is it another entry than the one that is kept? The same moment told by another clock is a
/// change, too.
pub fn is_changed(edited: &Entry, before: &Entry) -> bool {
    edited != before || edited.at.offset() != before.at.offset()
}

impl EntryEdit {
    /// The entry with all of it.
    ///
    /// # Errors
    /// A question that its practice does not ask, or an answer that it does not take; and
    /// `NoAnswerLeft`.
    pub fn apply(&self, mut entry: Entry, practice: Option<&Practice>) -> Result<Entry> {
        let find_question = |entry: &Entry, id: &str| {
            question(id, entry, practice).ok_or_else(|| PracticeError::UnknownQuestion {
                practice: entry.practice.clone(),
                given: id.to_owned(),
                known: ids(entry, practice, |_| true),
            })
        };
        let had_answers = !entry.answers.is_empty();
        let mut values = Vec::new();
        for (id, json) in &self.answers {
            let question = find_question(&entry, id)?;
            let value = question.accept(json)?;
            values.push((question, value));
        }
        for (id, texts) in group_by_question(&self.flags) {
            let question = find_question(&entry, id)?;
            let value = question.read_all(&texts)?;
            values.push((question, value));
        }
        // A sentence that is given itself is kept as it's given, whatever else changes.
        values.sort_by_key(|(question, _)| question.id == SENTENCE);
        for (question, value) in values {
            change(&mut entry, &question, value, practice);
        }
        // A variable that is empty would delete the entry's text without a word. Null is meant.
        if had_answers && entry.answers.is_empty() && !self.flags.is_empty() {
            return Err(PracticeError::NoAnswerLeft { id: entry.id.to_string() }.into());
        }
        self.detach.iter().try_for_each(|given| detach(&mut entry, given))?;
        entry.at = self.at.unwrap_or(entry.at);
        entry.tags.retain(|tag| !self.untag.iter().any(|untag| same_tag(untag, tag)));
        entry.add_tags(self.add.iter().cloned());
        Ok(entry)
    }
}

/// Takes a file off an entry: the one with this name, or with this id. The same file may be
/// attached more than once, as where two edits attached it.
fn detach(entry: &mut Entry, given: &str) -> Result<()> {
    let is_called = |it: &Attachment| it.name == given || it.id.as_str() == given;
    let called: Vec<&Attachment> = entry.attachments.iter().filter(|it| is_called(it)).collect();
    let is_one_file = called.windows(2).all(|pair| pair[0].sha256 == pair[1].sha256);
    if called.is_empty() || !is_one_file {
        let ids = called.iter().map(|it| it.id.to_string()).collect();
        return Err(CommandError::NotAttached { given: given.to_owned(), ids }.into());
    }
    entry.attachments.retain(|it| !is_called(it));
    Ok(())
}

/// The practice's question, as the entry was asked it; or, if the practice has lost it, one
/// made of what the entry remembers.
pub fn question(id: &str, entry: &Entry, practice: Option<&Practice>) -> Option<Question> {
    let question = practice.and_then(|practice| practice.question(id)).cloned();
    let Some(answer) = entry.answer(id) else { return question };
    let lost = || Question::plain(id, &answer.asked, QuestionKind::Long);
    Some(question.unwrap_or_else(lost).as_it_was_asked(answer))
}

/// The entry's practice, in the form that fits its writer and this entry.
pub fn practice_of(
    app: &App,
    entry: &Entry,
    identity: &Identity,
) -> Result<(Option<Practice>, SessionCare)> {
    let loaded = app.practices.practice(&entry.practice);
    let Some(practice) = loaded.cloned() else { return Ok((None, SessionCare::open(None))) };
    let history = History::open(app, identity, &[&practice], None)?;
    let care = SessionCare::open(history.as_ref());
    // Of a practice in parts, an entry is of one.
    let ids: Vec<String> = entry.answers.iter().map(|a| a.question.clone()).collect();
    let practice = app.worded(practice.only_questions(&ids), entry.at);
    let practice = practice.adapted_to(app.form(fear(history.as_ref())));
    let practice = match entry.about {
        _ if is_own_page(entry) => Some(practice.of_page(entry)),
        Some(_) => practice.following_up(),
        None => Some(practice),
    };
    Ok((practice, care))
}

/// The questions that were answered, or that would be asked.
pub fn open_questions(entry: &Entry, practice: Option<&Practice>) -> Vec<String> {
    let is_offered = |q: &Question| practice.is_some_and(|p| p.is_offered(&q.id));
    let is_asked = |q: &Question| all_match(&q.when, &entry.answers) && !is_offered(q);
    ids(entry, practice, |q| is_asked(q) || entry.answer(&q.id).is_some())
}

fn ids(entry: &Entry, practice: Option<&Practice>, of: impl Fn(&Question) -> bool) -> Vec<String> {
    let fits = |q: &&Question| of(q);
    let questions = practice.iter().flat_map(|p| &p.questions).filter(fits);
    let mut ids: Vec<String> = questions.map(|q| q.id.clone()).collect();
    let own = entry.answers.iter().map(|a| a.question.clone());
    ids.extend(own.filter(|id| !ids.contains(id)).collect::<Vec<_>>());
    ids
}

/// Changes what a question is answered with; of some, that is the entry's tags.
pub fn change(
    entry: &mut Entry,
    question: &Question,
    value: Option<Value>,
    practice: Option<&Practice>,
) {
    match (&question.kind, value) {
        (QuestionKind::Tags, Some(Value::Chosen(ref tags))) => entry.tags.clone_from(tags),
        (QuestionKind::Tags, _) => entry.tags.clear(),
        (_, value) => {
            let answer = value.map(|value| question.answer_with(value));
            let answers = |entry: &mut Entry| std::mem::take(&mut entry.answers);
            if let Some(practice) = practice {
                entry.answers = practice.without_built_sentence(answers(entry));
                follow_with_own_wording(entry, &question.id, answer.as_ref(), practice);
            }
            set(entry, &question.id, answer, practice);
            if let Some(practice) = practice {
                entry.answers = practice.with_sentence(answers(entry));
            }
        }
    }
}

/// Puts what a piece adds at the end of a sentence that was worded by hand in place of what it
/// added. Where the piece's words are in the midst of it, the sentence stays as it is.
fn follow_with_own_wording(
    entry: &mut Entry,
    piece: &str,
    answer: Option<&Answer>,
    practice: &Practice,
) {
    let Some(place) = entry.answers.iter().position(|a| a.question == SENTENCE) else { return };
    let own = entry.answers[place].text();
    let worded = practice.own_wording_with(&own, &entry.answers, piece, answer);
    if let Some(worded) = worded.filter(|_| practice.is_sentence_piece(piece, &entry.answers)) {
        entry.answers[place].value = worded.value;
    }
}

/// Changes one answer and leaves what a later version may have added to it.
fn set(entry: &mut Entry, id: &str, answer: Option<Answer>, practice: Option<&Practice>) {
    let place = entry.answers.iter().position(|a| a.question == id);
    match (place, answer) {
        (Some(place), Some(new)) => {
            let unknown = std::mem::take(&mut entry.answers[place].unknown);
            entry.answers[place] = Answer { unknown, ..new };
        }
        (Some(place), None) => drop(entry.answers.remove(place)),
        (None, Some(new)) => {
            entry.answers.push(new);
            if let Some(practice) = practice {
                entry.answers =
                    crate::prompt::in_order(practice, std::mem::take(&mut entry.answers));
            }
        }
        (None, None) => {}
    }
}

/// What stands there now.
pub fn current_value(entry: &Entry, question: &Question) -> Option<Value> {
    if matches!(question.kind, QuestionKind::Tags) {
        return (!entry.tags.is_empty()).then(|| Value::Chosen(entry.tags.clone()));
    }
    entry.answer(&question.id).map(|answer| question.value_to_change(answer))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::entry::testing;
    use crate::practice;

    fn flags(flags: &[(&str, &str)]) -> EntryEdit {
        let flag = |(id, text): &(&str, &str)| ((*id).to_owned(), (*text).to_owned());
        EntryEdit {
            answers: serde_json::Map::new(),
            flags: flags.iter().map(flag).collect(),
            at: None,
            add: Vec::new(),
            untag: Vec::new(),
            detach: Vec::new(),
        }
    }

    #[test]
    fn a_sentence_worded_by_hand_ends_as_its_request_is_edited() {
        let all = practice::Practices::built_in();
        let feel = all.practice("feel").unwrap();
        let own = "I was calm. Truly.";
        let said = |edits: &[&[(&str, &str)]]| {
            let given = [("sentence", own), ("feeling", "calm"), ("need", "connection")];
            let empty = testing::entry(json!({"practice": "feel", "answers": []}));
            let edit = |entry, edit: &[_]| flags(edit).apply(entry, Some(feel)).unwrap();
            let entry = edits.iter().fold(edit(empty, &given), |entry, it| edit(entry, it));
            entry.answer(SENTENCE).unwrap().text()
        };
        let cook = &[("request", "cook with me")][..];
        let asks = |what: &str| format!("{own} Would you be willing to {what}?");
        assert_eq!(said(&[cook]), asks("cook with me"));
        assert_eq!(said(&[cook, &[("request", "sit with me")]]), asks("sit with me"));
        assert_eq!(said(&[cook, &[("request", "")]]), own);
        assert_eq!(said(&[cook, &[("feeling", "glad")]]), asks("cook with me"), "in its midst");
        let given = [("sentence", "Sit with me."), ("request", "sit with me")];
        assert_eq!(said(&[cook, &given]), "Sit with me.", "it's kept as it's given");
    }

    #[test]
    fn an_edit_keeps_the_scale_of_an_answer_until_the_question_is_asked_anew() {
        let file = "title = \"Sky\"\n[[question]]\nid = \"light\"\nask = \"How light now?\"\nkind = \"scale\"\nscale = { min = 1, max = 7 }\n";
        let practice = practice::read("sky", "sky.toml".as_ref(), file, &[]);
        let practice = practice.into_practice().unwrap();
        let answer = json!({"question": "light", "asked": "How light?", "value": 4, "scale": {"min": 0, "max": 4}});
        let note = json!({"question": "note", "asked": "What else?", "value": "gulls"});
        let kept = testing::entry(json!({"practice": "sky", "answers": [answer, note]}));
        let edited =
            |entry: Entry, light: &str| flags(&[("light", light)]).apply(entry, Some(&practice));
        let told = |entry: Entry, light: &str| {
            let entry = edited(entry, light)?;
            Ok::<_, crate::error::Error>(
                entry.answer("light").map(|it| (it.asked.clone(), it.text())),
            )
        };
        let of = |asked: &str, text: &str| Some((asked.to_owned(), text.to_owned()));
        assert_eq!(told(kept.clone(), "0").unwrap(), of("How light?", "0 of 0–4"));
        let hint = told(kept.clone(), "7").unwrap_err().hint();
        assert_eq!(hint, "Give a whole number from 0 to 4, or cant-say.");
        let removed = edited(kept, "").unwrap();
        assert_eq!(told(removed, "7").unwrap(), of("How light now?", "7 of 1–7"));
    }

    #[test]
    fn the_last_answer_is_not_removed_as_an_empty_variable_would() {
        let answers = json!([{"question": "a", "asked": "A?", "value": "x"}, {"question": "b", "asked": "B?", "value": "y"}]);
        let entry = testing::entry(json!({"practice": "gone", "answers": answers}));
        let one = flags(&[("a", "")]).apply(entry.clone(), None).unwrap();
        assert_eq!(one.answers.len(), 1);
        let both = entry.clone();
        for (entry, removed) in [(one, &[("b", "")][..]), (entry, &[("a", ""), ("b", " ")])] {
            let refused = flags(removed).apply(entry, None).unwrap_err();
            assert!(matches!(refused.of(), Some(PracticeError::NoAnswerLeft { .. })), "{refused}");
        }
        let answers = json!({"a": null, "b": null}).as_object().unwrap().clone();
        let meant = EntryEdit { answers, ..flags(&[]) };
        assert!(meant.apply(both, None).unwrap().answers.is_empty());
        let none = testing::entry(json!({"practice": "gone", "answers": []}));
        assert!(flags(&[]).apply(none, None).is_ok(), "it has none to lose");
    }
}
