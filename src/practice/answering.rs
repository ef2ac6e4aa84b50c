//! From what was given (words, a flag, JSON) to a value of the question's kind.

use std::collections::BTreeMap;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use serde_json::Value as Json;

use crate::entry::{Answer, Value, is_cant_say, same};
use crate::error::{Error, Result, nearest};
use crate::practice::PracticeError;

use super::{AnswerOption, Question, QuestionKind};

impl Question {
    /// The answer, in the question's own wording.
    pub fn answer_with(&self, value: Value) -> Answer {
        let scale = match &self.kind {
            QuestionKind::Scale { scale, .. } => Some(*scale),
            _ => None,
        };
        Answer {
            question: self.id.clone(),
            asked: self.ask.clone(),
            scale,
            labels: self.labels(&value),
            value,
            unknown: serde_json::Map::new(),
        }
    }

    fn labels(&self, value: &Value) -> BTreeMap<String, String> {
        let chosen: Vec<&String> = match value {
            Value::Text(id) => vec![id],
            Value::Chosen(ids) => ids.iter().collect(),
            _ => Vec::new(),
        };
        match (&self.kind, value) {
            (QuestionKind::Choice { options, .. } | QuestionKind::Choices { options, .. }, _) => {
                chosen
                    .iter()
                    .filter_map(|id| options.iter().find(|o| o.id == **id))
                    .map(|o| (o.id.clone(), o.label.clone()))
                    .collect()
            }
            (QuestionKind::Scale { scale, labels, .. }, Value::Number(n)) => {
                let index =
                    n.as_i64().and_then(|n| usize::try_from(n.checked_sub(scale.min)?).ok());
                let label = index.and_then(|i| labels.get(i)).filter(|l| !l.is_empty());
                label.map(|l| (n.to_string(), l.clone())).into_iter().collect()
            }
            (QuestionKind::Stillness { .. }, Value::Number(n)) => {
                let minutes = n.as_f64().unwrap_or_default();
                [(n.to_string(), minutes_words(minutes))].into()
            }
            _ => BTreeMap::new(),
        }
    }

    /// Reads an answer given as text. Nothing but white space is no answer.
    ///
    /// # Errors
    /// `BadAnswer`, with what would have been right.
    pub fn read(&self, given: &str) -> Result<Option<Value>> {
        let word = given.trim();
        if word.is_empty() {
            return Ok(None);
        }
        let value = match &self.kind {
            QuestionKind::Text { .. } | QuestionKind::Long => Some(Value::Text(without_end(given))),
            QuestionKind::Choice { options, other } => {
                choose(options, *other, word).map(Value::Text)
            }
            QuestionKind::Choices { options, other } => choose_all(options, *other, word),
            QuestionKind::Scale { cant_say: true, .. } if is_cant_say(word) => Some(Value::CantSay),
            QuestionKind::Scale { scale, .. } => word
                .parse()
                .ok()
                .filter(|n| (scale.min..=scale.max).contains(n))
                .map(|n: i64| Value::Number(n.into())),
            QuestionKind::YesNo => yes_or_no(word).map(Value::YesNo),
            QuestionKind::Number { min, max } => number(word)
                .filter(|(_, n)| min.is_none_or(|min| *n >= min) && max.is_none_or(|max| *n <= max))
                .map(|(number, _)| Value::Number(number)),
            QuestionKind::Stillness { .. } => number(word)
                .filter(|(_, n)| (0.0..=60.0).contains(n))
                .map(|(number, _)| Value::Number(number)),
            QuestionKind::Tags => tags(word).map(Value::Chosen),
        };
        value.filter(|value| self.is_few(value)).map(Some).ok_or_else(|| self.refuse(given))
    }

    /// Are these no more than may be chosen?
    fn is_few(&self, value: &Value) -> bool {
        match (self.most, value) {
            (Some(most), Value::Chosen(chosen)) => chosen.len() <= most,
            _ => true,
        }
    }

    /// Reads an answer given as JSON. `null` is no answer.
    ///
    /// # Errors
    /// `BadAnswer`, with what would have been right.
    pub fn accept(&self, given: &Json) -> Result<Option<Value>> {
        match (&self.kind, given) {
            (_, Json::Null) => Ok(None),
            (_, Json::String(text)) => self.read(text),
            (QuestionKind::Choice { .. }, Json::Bool(yes)) => {
                self.read(if *yes { "yes" } else { "no" })
            }
            (QuestionKind::YesNo, Json::Bool(yes)) => Ok(Some(Value::YesNo(*yes))),
            (
                QuestionKind::Scale { .. }
                | QuestionKind::Number { .. }
                | QuestionKind::Stillness { .. },
                Json::Number(n),
            ) => self.read(&n.to_string()),
            (QuestionKind::Tags, Json::Array(items)) => {
                let words: Option<Vec<&str>> = items.iter().map(Json::as_str).collect();
                self.read(&words.ok_or_else(|| self.refuse(&given.to_string()))?.join(","))
            }
            (QuestionKind::Choices { options, other }, Json::Array(items)) => {
                let ids: Option<Vec<String>> = items
                    .iter()
                    .map(|item| choose(options, *other, item.as_str()?.trim()))
                    .collect();
                match ids {
                    Some(ids) if ids.is_empty() => Ok(None),
                    Some(ids) => {
                        let value = Some(Value::Chosen(ids)).filter(|value| self.is_few(value));
                        value.map(Some).ok_or_else(|| self.refuse(&given.to_string()))
                    }
                    None => Err(self.refuse(&given.to_string())),
                }
            }
            _ => Err(self.refuse(&given.to_string())),
        }
    }

    fn refuse(&self, given: &str) -> Error {
        let mut shown: String = given.trim().chars().take(40).collect();
        if shown.len() < given.trim().len() {
            shown.push('…');
        }
        let near = self.options().and_then(|options| {
            nearest(given.trim(), options.iter().map(|option| option.id.as_str()))
        });
        let (question, near) = (self.id.clone(), near.map(str::to_owned));
        PracticeError::BadAnswer { question, given: shown, allowed: self.allowed_values(), near }
            .into()
    }

    /// What there is to choose from, if it is chosen.
    fn options(&self) -> Option<&[AnswerOption]> {
        match &self.kind {
            QuestionKind::Choice { options, .. } | QuestionKind::Choices { options, .. } => {
                Some(options)
            }
            QuestionKind::Text { .. }
            | QuestionKind::Long
            | QuestionKind::Scale { .. }
            | QuestionKind::YesNo
            | QuestionKind::Number { .. }
            | QuestionKind::Stillness { .. }
            | QuestionKind::Tags => None,
        }
    }

    /// What may be answered, for help and for errors.
    pub fn allowed_values(&self) -> String {
        let ids = |options: &[AnswerOption]| {
            options.iter().map(|o| o.id.as_str()).collect::<Vec<_>>().join(", ")
        };
        let or_other = |other: bool| if other { ", or words of your own" } else { "" };
        match &self.kind {
            QuestionKind::Text { .. } | QuestionKind::Long => "text".into(),
            QuestionKind::Choice { options, other } => {
                format!("one of {}{}", ids(options), or_other(*other))
            }
            QuestionKind::Choices { options, other } => {
                let count = match self.most {
                    Some(1) => "one of".to_owned(),
                    Some(most) => format!("up to {most} of"),
                    None => "one or more of".to_owned(),
                };
                format!("{count} {}, with commas between{}", ids(options), or_other(*other))
            }
            QuestionKind::Scale { scale, cant_say, .. } => {
                let cant = if *cant_say { ", or cant-say" } else { "" };
                format!("a whole number from {} to {}{cant}", scale.min, scale.max)
            }
            QuestionKind::YesNo => "yes or no".into(),
            QuestionKind::Number { min, max } => match (min, max) {
                (Some(min), Some(max)) => format!("a number from {min} to {max}"),
                (Some(min), None) => format!("a number of {min} or more"),
                (None, Some(max)) => format!("a number of {max} or less"),
                (None, None) => "a number".into(),
            },
            QuestionKind::Tags => "words of letters, digits, - or _, with commas between".into(),
            QuestionKind::Stillness { .. } => "the minutes that you sat, from 0 to 60".into(),
        }
    }
}

fn minutes_words(minutes: f64) -> String {
    match minutes {
        m if m < 0.95 => "less than a minute".into(),
        m if m < 1.5 => "one minute".into(),
        m => format!("{m:.0} minutes"),
    }
}

/// Text as given, but for the line end that a pipe or an editor leaves.
fn without_end(text: &str) -> String {
    text.trim_end_matches(['\n', '\r']).to_owned()
}

/// Tags, with or without their #, in NFC; `None` where one of them cannot be one.
pub fn tags(words: &str) -> Option<Vec<String>> {
    let good =
        |c: char| c.is_alphanumeric() || is_combining_mark(c) || matches!(c, '-' | '_' | '/');
    let mut tags: Vec<String> = Vec::new();
    for word in words.split([',', ' ']).filter(|w| !w.is_empty()) {
        let tag = word.strip_prefix('#').unwrap_or(word);
        if tag.is_empty() || !tag.chars().all(good) {
            return None;
        }
        let tag: String = tag.nfc().collect();
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    Some(tags)
}

fn yes_or_no(word: &str) -> Option<bool> {
    match word.to_lowercase().as_str() {
        "yes" | "y" | "true" => Some(true),
        "no" | "n" | "false" => Some(false),
        _ => None,
    }
}

fn number(word: &str) -> Option<(serde_json::Number, f64)> {
    let whole = word.parse::<i64>().ok().map(serde_json::Number::from);
    let number = whole.or_else(|| serde_json::Number::from_f64(word.parse().ok()?))?;
    let value = number.as_f64()?;
    Some((number, value))
}

fn choose(options: &[AnswerOption], other: bool, word: &str) -> Option<String> {
    let option = options.iter().find(|o| same(&o.id, word) || same(&o.label, word));
    match option {
        Some(option) => Some(option.id.clone()),
        None => (other && !word.is_empty()).then(|| word.to_owned()),
    }
}

fn choose_all(options: &[AnswerOption], other: bool, words: &str) -> Option<Value> {
    // A label may hold a comma, so the whole is tried first.
    if let Some(id) = choose(options, false, words) {
        return Some(Value::Chosen(vec![id]));
    }
    let parts = || words.split(',').map(str::trim).filter(|w| !w.is_empty());
    // Words of one's own may hold a comma, too.
    if other && !parts().any(|part| choose(options, false, part).is_some()) {
        return choose(options, other, words).map(|own| Value::Chosen(vec![own]));
    }
    let mut ids: Vec<String> = parts().map(|w| choose(options, other, w)).collect::<Option<_>>()?;
    let mut seen = std::collections::HashSet::new();
    ids.retain(|id| seen.insert(id.clone()));
    (!ids.is_empty()).then_some(Value::Chosen(ids))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entry::Scale;
    use crate::practice::Marks;

    fn question(kind: QuestionKind) -> Question {
        Question::plain("q", "Q?", kind)
    }

    fn options() -> Vec<AnswerOption> {
        [("said", "I said it"), ("not-safe", "Not safe, or not now")]
            .map(|(id, label)| {
                let (id, label) = (id.into(), label.into());
                AnswerOption { id, label, group: None, marks: Marks::default(), value: None }
            })
            .into()
    }

    fn scale() -> Question {
        let scale = Scale { min: 0, max: 4 };
        question(QuestionKind::Scale { scale, labels: vec![], cant_say: true })
    }

    #[test]
    fn a_scale_takes_its_numbers_and_cant_say_and_names_what_is_allowed() {
        let q = scale();
        assert_eq!(q.read("3").unwrap(), Some(Value::Number(3.into())));
        assert_eq!(q.read("can't say").unwrap(), Some(Value::CantSay));
        assert_eq!(q.read("  ").unwrap(), None);
        let error = q.read("5").unwrap_err();
        assert_eq!(error.hint(), "Give a whole number from 0 to 4, or cant-say.");
        assert!(q.accept(&serde_json::json!(2.5)).is_err());
        assert!(q.accept(&serde_json::json!([3])).is_err());
    }

    #[test]
    fn a_choice_is_made_by_id_or_by_its_wording() {
        let q = question(QuestionKind::Choice { options: options(), other: false });
        let said = Some(Value::Text("said".into()));
        assert_eq!(q.read("said").unwrap(), said);
        assert_eq!(q.read("I said it.").unwrap(), said);
        assert!(q.read("sad").is_err());
        let other = question(QuestionKind::Choice { options: options(), other: true });
        assert_eq!(other.read("by letter").unwrap(), Some(Value::Text("by letter".into())));
    }

    #[test]
    fn several_choices_come_with_commas_or_as_a_list_and_once_each() {
        let q = question(QuestionKind::Choices { options: options(), other: false });
        let both = Some(Value::Chosen(vec!["said".into(), "not-safe".into()]));
        assert_eq!(q.read("said, not-safe, said").unwrap(), both);
        assert_eq!(q.accept(&serde_json::json!(["said", "not-safe"])).unwrap(), both);
        let one = Some(Value::Chosen(vec!["not-safe".into()]));
        assert_eq!(q.read("Not safe, or not now").unwrap(), one);
        assert!(q.accept(&serde_json::json!(["said", 3])).is_err());
    }

    #[test]
    fn text_is_kept_to_the_letter_but_for_the_last_line_end() {
        let q = question(QuestionKind::Long);
        let odd = "  a\u{0}b\u{1b}[31m\r\nשלום \u{202e}x 🙂";
        assert_eq!(q.read(&format!("{odd}\r\n")).unwrap(), Some(Value::Text(odd.into())));
    }

    #[test]
    fn an_answer_carries_the_wording_of_what_was_chosen() {
        let q = question(QuestionKind::Choice { options: options(), other: false });
        let answer = q.answer_with(Value::Text("said".into()));
        assert_eq!(answer.text(), "I said it");
        assert_eq!(answer.asked, "Q?");
    }
}
