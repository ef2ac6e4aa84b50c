//! From what was given (words, a flag, JSON) to a value of the question's kind.

use std::collections::BTreeMap;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use serde_json::Value as Json;

use crate::entry::{Answer, Value, is_cant_say, same};
use crate::error::{Error, Result, nearest};
use crate::practice::PracticeError;

use super::{Choice, Kind, Question};

impl Question {
    /// The answer, in the question's own wording.
    pub fn answered(&self, value: Value) -> Answer {
        let scale = match &self.kind {
            Kind::Scale { scale, .. } => Some(*scale),
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
            (Kind::Choice { options, .. } | Kind::Choices { options, .. }, _) => chosen
                .iter()
                .filter_map(|id| options.iter().find(|o| o.id == **id))
                .map(|o| (o.id.clone(), o.label.clone()))
                .collect(),
            (Kind::Scale { scale, labels, .. }, Value::Number(n)) => {
                let index =
                    n.as_i64().and_then(|n| usize::try_from(n.checked_sub(scale.min)?).ok());
                let label = index.and_then(|i| labels.get(i)).filter(|l| !l.is_empty());
                label.map(|l| (n.to_string(), l.clone())).into_iter().collect()
            }
            (Kind::Stillness { .. }, Value::Number(n)) => {
                let minutes = n.as_f64().unwrap_or_default();
                [(n.to_string(), minutes_words(minutes))].into()
            }
            _ => BTreeMap::new(),
        }
    }

    /// Reads an answer given as text. Nothing but white space is no answer.
    pub fn read(&self, given: &str) -> Result<Option<Value>> {
        let word = given.trim();
        if word.is_empty() {
            return Ok(None);
        }
        let value = match &self.kind {
            Kind::Text { .. } | Kind::Long => Some(Value::Text(without_end(given))),
            Kind::Choice { options, other } => choose(options, *other, word).map(Value::Text),
            Kind::Choices { options, other } => choose_all(options, *other, word),
            Kind::Scale { cant_say: true, .. } if is_cant_say(word) => Some(Value::CantSay),
            Kind::Scale { scale, .. } => word
                .parse()
                .ok()
                .filter(|n| (scale.min..=scale.max).contains(n))
                .map(|n: i64| Value::Number(n.into())),
            Kind::YesNo => yes_or_no(word).map(Value::YesNo),
            Kind::Number { min, max } => number(word)
                .filter(|(_, n)| min.is_none_or(|min| *n >= min) && max.is_none_or(|max| *n <= max))
                .map(|(number, _)| Value::Number(number)),
            Kind::Stillness { .. } => number(word)
                .filter(|(_, n)| (0.0..=60.0).contains(n))
                .map(|(number, _)| Value::Number(number)),
            Kind::Tags => tags(word).map(Value::Chosen),
        };
        value.map(Some).ok_or_else(|| self.refuse(given))
    }

    /// Reads an answer given as JSON. `null` is no answer.
    pub fn accept(&self, given: &Json) -> Result<Option<Value>> {
        match (&self.kind, given) {
            (_, Json::Null) => Ok(None),
            (_, Json::String(text)) => self.read(text),
            (Kind::Choice { .. }, Json::Bool(yes)) => self.read(if *yes { "yes" } else { "no" }),
            (Kind::YesNo, Json::Bool(yes)) => Ok(Some(Value::YesNo(*yes))),
            (
                Kind::Scale { .. } | Kind::Number { .. } | Kind::Stillness { .. },
                Json::Number(n),
            ) => self.read(&n.to_string()),
            (Kind::Tags, Json::Array(items)) => {
                let words: Option<Vec<&str>> = items.iter().map(Json::as_str).collect();
                self.read(&words.ok_or_else(|| self.refuse(&given.to_string()))?.join(","))
            }
            (Kind::Choices { options, other }, Json::Array(items)) => {
                let ids: Option<Vec<String>> = items
                    .iter()
                    .map(|item| choose(options, *other, item.as_str()?.trim()))
                    .collect();
                match ids {
                    Some(ids) if ids.is_empty() => Ok(None),
                    Some(ids) => Ok(Some(Value::Chosen(ids))),
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
        PracticeError::BadAnswer { question, given: shown, allowed: self.allowed(), near }.into()
    }

    /// What there is to choose from, if it is chosen.
    fn options(&self) -> Option<&[Choice]> {
        match &self.kind {
            Kind::Choice { options, .. } | Kind::Choices { options, .. } => Some(options),
            Kind::Text { .. }
            | Kind::Long
            | Kind::Scale { .. }
            | Kind::YesNo
            | Kind::Number { .. }
            | Kind::Stillness { .. }
            | Kind::Tags => None,
        }
    }

    /// What may be answered, for help and for errors.
    pub fn allowed(&self) -> String {
        let ids = |options: &[Choice]| {
            options.iter().map(|o| o.id.as_str()).collect::<Vec<_>>().join(", ")
        };
        let or_other = |other: bool| if other { ", or words of your own" } else { "" };
        match &self.kind {
            Kind::Text { .. } | Kind::Long => "text".into(),
            Kind::Choice { options, other } => {
                format!("one of {}{}", ids(options), or_other(*other))
            }
            Kind::Choices { options, other } => {
                format!("one or more of {}, with commas between{}", ids(options), or_other(*other))
            }
            Kind::Scale { scale, cant_say, .. } => {
                let cant = if *cant_say { ", or cant-say" } else { "" };
                format!("a whole number from {} to {}{cant}", scale.min, scale.max)
            }
            Kind::YesNo => "yes or no".into(),
            Kind::Number { min, max } => match (min, max) {
                (Some(min), Some(max)) => format!("a number from {min} to {max}"),
                (Some(min), None) => format!("a number of {min} or more"),
                (None, Some(max)) => format!("a number of {max} or less"),
                (None, None) => "a number".into(),
            },
            Kind::Tags => "words of letters, digits, - or _, with commas between".into(),
            Kind::Stillness { .. } => "the minutes that you sat, from 0 to 60".into(),
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

fn choose(options: &[Choice], other: bool, word: &str) -> Option<String> {
    let option = options.iter().find(|o| same(&o.id, word) || same(&o.label, word));
    match option {
        Some(option) => Some(option.id.clone()),
        None => (other && !word.is_empty()).then(|| word.to_owned()),
    }
}

fn choose_all(options: &[Choice], other: bool, words: &str) -> Option<Value> {
    // A label may hold a comma, so the whole is tried first.
    if let Some(id) = choose(options, false, words) {
        return Some(Value::Chosen(vec![id]));
    }
    let words = words.split(',').map(str::trim).filter(|w| !w.is_empty());
    let mut ids: Vec<String> = words.map(|w| choose(options, other, w)).collect::<Option<_>>()?;
    let mut seen = std::collections::HashSet::new();
    ids.retain(|id| seen.insert(id.clone()));
    (!ids.is_empty()).then_some(Value::Chosen(ids))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entry::Scale;

    fn question(kind: Kind) -> Question {
        Question::plain("q", "Q?", kind)
    }

    fn options() -> Vec<Choice> {
        [("said", "I said it"), ("not-safe", "Not safe, or not now")]
            .map(|(id, label)| {
                let (id, label) = (id.into(), label.into());
                Choice { id, label, sharing: false, value: None }
            })
            .into()
    }

    fn scale() -> Question {
        let scale = Scale { min: 0, max: 4 };
        question(Kind::Scale { scale, labels: vec![], cant_say: true })
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
        let q = question(Kind::Choice { options: options(), other: false });
        let said = Some(Value::Text("said".into()));
        assert_eq!(q.read("said").unwrap(), said);
        assert_eq!(q.read("I said it.").unwrap(), said);
        assert!(q.read("sad").is_err());
        let other = question(Kind::Choice { options: options(), other: true });
        assert_eq!(other.read("by letter").unwrap(), Some(Value::Text("by letter".into())));
    }

    #[test]
    fn several_choices_come_with_commas_or_as_a_list_and_once_each() {
        let q = question(Kind::Choices { options: options(), other: false });
        let both = Some(Value::Chosen(vec!["said".into(), "not-safe".into()]));
        assert_eq!(q.read("said, not-safe, said").unwrap(), both);
        assert_eq!(q.accept(&serde_json::json!(["said", "not-safe"])).unwrap(), both);
        let one = Some(Value::Chosen(vec!["not-safe".into()]));
        assert_eq!(q.read("Not safe, or not now").unwrap(), one);
        assert!(q.accept(&serde_json::json!(["said", 3])).is_err());
    }

    #[test]
    fn text_is_kept_to_the_letter_but_for_the_last_line_end() {
        let q = question(Kind::Long);
        let odd = "  a\u{0}b\u{1b}[31m\r\nשלום \u{202e}x 🙂";
        assert_eq!(q.read(&format!("{odd}\r\n")).unwrap(), Some(Value::Text(odd.into())));
    }

    #[test]
    fn an_answer_carries_the_wording_of_what_was_chosen() {
        let q = question(Kind::Choice { options: options(), other: false });
        let answer = q.answered(Value::Text("said".into()));
        assert_eq!(answer.said(), "I said it");
        assert_eq!(answer.asked, "Q?");
    }
}
