//! From what was given (words, a flag, JSON) to a value of the question's kind.

mod tags;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashSet};

use serde_json::{Number, Value as Json};

use crate::entry::{Answer, Value, is_cant_say, same};
use crate::error::{Error, Result, nearest};
use crate::practice::PracticeError;

use super::{AnswerOption, Question, QuestionKind};

pub use tags::tag;
use tags::tags;

impl Question {
    /// The answer, in the question's own wording.
    pub fn answer_with(&self, value: Value) -> Answer {
        let scale =
            if let QuestionKind::Scale { scale, .. } = &self.kind { Some(*scale) } else { None };
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
            Value::CantSay | Value::YesNo(_) | Value::Number(_) => Vec::new(),
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

    /// An earlier answer as it stands to be changed: an option that is not offered any more
    /// stays in its words.
    pub fn value_to_change(&self, answer: &Answer) -> Value {
        let is_offered = |id: &String| self.kind.options().iter().any(|o| o.id == *id);
        let words = |id: &String| match answer.labels.get(id).filter(|_| !is_offered(id)) {
            Some(label) => label.clone(),
            None => id.clone(),
        };
        match &answer.value {
            Value::Text(id) => Value::Text(words(id)),
            Value::Chosen(ids) => Value::Chosen(ids.iter().map(words).collect()),
            other @ (Value::CantSay | Value::YesNo(_) | Value::Number(_)) => other.clone(),
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
            QuestionKind::Text { .. } | QuestionKind::Long => {
                // A pipe or an editor leaves a line end.
                Some(Value::Text(given.trim_end_matches(['\n', '\r']).to_owned()))
            }
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
        value.filter(|value| self.is_valid(value)).map(Some).ok_or_else(|| self.refuse(given))
    }

    /// Reads an answer under way: what is marked, and words of one's own beside it where they
    /// fit.
    ///
    /// # Errors
    /// `BadAnswer` where nothing is marked, as [`Question::read`] has it.
    pub fn read_beside(&self, marks: &[String], given: &str) -> Result<Option<Value>> {
        if marks.is_empty() {
            return self.read(given);
        }
        let mut all = marks.to_vec();
        if let Ok(Some(Value::Chosen(own))) = &self.read(given) {
            all.extend(own.iter().filter(|own| !marks.contains(own)).cloned());
        }
        let all = Value::Chosen(all);
        Ok(Some(if self.is_valid(&all) { all } else { Value::Chosen(marks.to_vec()) }))
    }

    /// Reads what a flag that was repeated says: several choices, or several tags.
    ///
    /// # Errors
    /// `AnsweredTwice` where the question takes one answer; and as [`Question::read`].
    pub fn read_all(&self, given: &[&str]) -> Result<Option<Value>> {
        if let [given] = given {
            return self.read(given);
        }
        match &self.kind {
            QuestionKind::Tags => self.read(&given.join(",")),
            QuestionKind::Choices { .. } => {
                let mut ids = Vec::new();
                for given in given {
                    // One by one: words of the writer's own may hold a comma.
                    if let Some(Value::Chosen(chosen)) = &self.read(given)? {
                        ids.extend_from_slice(chosen);
                    }
                }
                self.chosen(ids).ok_or_else(|| self.refuse(&given.join(", ")))
            }
            QuestionKind::Text { .. }
            | QuestionKind::Long
            | QuestionKind::Choice { .. }
            | QuestionKind::Scale { .. }
            | QuestionKind::YesNo
            | QuestionKind::Number { .. }
            | QuestionKind::Stillness { .. } => {
                Err(PracticeError::AnsweredTwice { question: self.id.clone() }.into())
            }
        }
    }

    /// These as one answer, each once; `None` where they can't be one.
    fn chosen(&self, ids: Vec<String>) -> Option<Option<Value>> {
        if ids.is_empty() {
            return Some(None);
        }
        Some(Value::Chosen(once(ids))).filter(|value| self.is_valid(value)).map(Some)
    }

    /// Are these no more than may be chosen, and nothing beside what stands alone?
    fn is_valid(&self, value: &Value) -> bool {
        let Value::Chosen(chosen) = value else { return true };
        let is_alone = |option: &&AnswerOption| option.is_alone && chosen.contains(&option.id);
        let alone = self.kind.options().iter().find(is_alone);
        self.most.is_none_or(|most| chosen.len() <= most) && (alone.is_none() || chosen.len() == 1)
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
                let value = ids.and_then(|ids| self.chosen(ids));
                value.ok_or_else(|| self.refuse(&given.to_string()))
            }
            _ => Err(self.refuse(&given.to_string())),
        }
    }

    fn refuse(&self, given: &str) -> Error {
        let mut shown: String = given.trim().chars().take(40).collect();
        if shown.len() < given.trim().len() {
            shown.push('…');
        }
        let ids = self.kind.options().iter().map(|option| option.id.as_str());
        let error = PracticeError::BadAnswer {
            question: self.id.clone(),
            given: shown,
            allowed: self.allowed_values(),
            near: nearest(given.trim(), ids).map(str::to_owned),
        };
        error.into()
    }

    /// The options of the form that no change is for; none, where nothing is chosen.
    pub fn options_of_open_form(&self) -> &[AnswerOption] {
        self.own_options.as_deref().unwrap_or_else(|| self.kind.options())
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
                let alone: String = options
                    .iter()
                    .filter(|option| option.is_alone)
                    .map(|option| format!("`{}` on its own, or ", option.id))
                    .collect();
                let options: Vec<AnswerOption> =
                    options.iter().filter(|option| !option.is_alone).cloned().collect();
                let count = match self.most {
                    Some(1) => "one of".to_owned(),
                    Some(most) => format!("up to {most} of"),
                    None => "one or more of".to_owned(),
                };
                format!("{alone}{count} {}, with commas between{}", ids(&options), or_other(*other))
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

/// To a tenth of a minute, as the timer counts.
fn minutes_words(minutes: f64) -> String {
    let tenths = (minutes * 10.0).round();
    match tenths as i64 {
        ..1 => "less than a minute".into(),
        1..10 => format!("{} seconds", tenths * 6.0),
        10 => "one minute".into(),
        _ => format!("{} minutes", tenths / 10.0),
    }
}

fn yes_or_no(word: &str) -> Option<bool> {
    match word.to_lowercase().as_str() {
        "yes" | "y" | "true" => Some(true),
        "no" | "n" | "false" => Some(false),
        _ => None,
    }
}

/// A number to the digit, and near enough to be compared.
fn number(word: &str) -> Option<(Number, f64)> {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let number = match word.parse::<i64>() {
        Ok(whole) => Number::from(whole),
        Err(_) if digits <= f64::DIGITS as usize => Number::from_f64(word.parse().ok()?)?,
        // More digits than a float has are kept as JSON has them.
        Err(_) => word.strip_prefix('+').unwrap_or(word).parse().ok()?,
    };
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
    let ids: Vec<String> = parts().map(|w| choose(options, other, w)).collect::<Option<_>>()?;
    (!ids.is_empty()).then(|| Value::Chosen(once(ids)))
}

fn once(mut ids: Vec<String>) -> Vec<String> {
    let mut seen = HashSet::new();
    ids.retain(|id| seen.insert(id.clone()));
    ids
}
