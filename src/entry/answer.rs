//! What was said, beside the question's own wording.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::secret::wipe;

/// What was answered to one question.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Answer {
    /// The question's id within its practice.
    pub question: String,
    /// The question's wording at the time.
    pub asked: String,
    /// The range, where the answer is on a scale.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scale: Option<Scale>,
    /// The answer itself.
    pub value: Value,
    /// The wording of what was chosen, by option or by number.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub labels: BTreeMap<String, String>,
    /// Fields of a later version of this program, carried through an edit.
    #[serde(flatten)]
    pub unknown: serde_json::Map<String, serde_json::Value>,
}

/// Both ends belong to the scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scale {
    /// The lowest step.
    pub min: i64,
    /// The highest step.
    pub max: i64,
}

impl Scale {
    /// How many steps lie between its ends, where they can be listed for
    /// somebody to choose one: from 1 to 100.
    pub fn steps(self) -> Option<i64> {
        self.max.checked_sub(self.min).filter(|steps| (1..=100).contains(steps))
    }
}

/// What was said. A skipped question has no answer at all; `CantSay` (JSON's
/// `null`) is said of a scale, and counts as missing wherever numbers count.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Value {
    /// "Can't say": JSON's `null`.
    CantSay,
    /// Yes or no.
    YesNo(bool),
    /// A step of a scale, a number, or minutes; kept to the digit.
    Number(serde_json::Number),
    /// Words, or the id of one option.
    Text(String),
    /// The ids of several options, or words of one's own among them.
    Chosen(Vec<String>),
}

/// What was said does not stay in memory when it is no longer needed.
impl Drop for Value {
    fn drop(&mut self) {
        match self {
            Value::Text(text) => wipe(text),
            Value::Chosen(words) => words.iter_mut().for_each(wipe),
            Value::CantSay | Value::YesNo(_) | Value::Number(_) => {}
        }
    }
}

impl Answer {
    /// What was said, in words, without decoration.
    pub fn text(&self) -> String {
        let label = |key: &str| self.labels.get(key).cloned();
        match &self.value {
            Value::CantSay => "can't say".to_owned(),
            Value::YesNo(yes) => if *yes { "yes" } else { "no" }.to_owned(),
            Value::Text(text) => label(text).unwrap_or_else(|| text.clone()),
            Value::Chosen(_) => self.chosen().join(", "),
            Value::Number(n) => match (self.scale, label(&n.to_string())) {
                (Some(scale), Some(label)) => {
                    format!("{n} of {}–{} ({label})", scale.min, scale.max)
                }
                (Some(scale), None) => format!("{n} of {}–{}", scale.min, scale.max),
                (None, label) => label.unwrap_or_else(|| n.to_string()),
            },
        }
    }

    /// Of several choices, the wording of each.
    pub fn chosen(&self) -> Vec<String> {
        let Value::Chosen(ids) = &self.value else { return Vec::new() };
        ids.iter().map(|id| self.labels.get(id).unwrap_or(id).clone()).collect()
    }

    /// Is this what was said, by the id of what was chosen or by its wording?
    pub fn contains_answer(&self, wanted: &str) -> bool {
        let chosen = self.labels.values().any(|label| same(label, wanted));
        chosen || self.value.is(wanted) || {
            let number = self.value.number().zip(wanted.parse().ok());
            number.is_some_and(|(n, wanted): (f64, f64)| n == wanted)
        }
    }

    pub(super) fn weight(&self) -> usize {
        self.value.length() + self.asked.len() + 256
    }
}

impl Value {
    /// How long what it says is, in bytes.
    pub fn length(&self) -> usize {
        self.words().map(str::len).sum()
    }

    /// The number, if it is one.
    pub fn number(&self) -> Option<f64> {
        match self {
            Value::Number(n) => n.as_f64(),
            _ => None,
        }
    }

    /// Is this what a condition names? Words compare as people write them.
    pub fn is(&self, named: &str) -> bool {
        match self {
            Value::Text(text) => same(text, named),
            Value::Chosen(ids) => ids.iter().any(|id| same(id, named)),
            Value::YesNo(yes) => named == if *yes { "yes" } else { "no" },
            Value::Number(n) => n.to_string() == named,
            Value::CantSay => is_cant_say(named),
        }
    }

    pub(super) fn words(&self) -> Box<dyn Iterator<Item = &str> + '_> {
        match self {
            Value::Text(text) => Box::new(std::iter::once(text.as_str())),
            Value::Chosen(ids) => Box::new(ids.iter().map(String::as_str)),
            _ => Box::new(std::iter::empty()),
        }
    }
}

/// Do two wordings say the same, whatever the case, the spaces between and
/// the full stop?
pub fn same(a: &str, b: &str) -> bool {
    fn letters(text: &str) -> impl Iterator<Item = char> {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
    }
    letters(a).eq(letters(b)) && letters(a).next().is_some()
}

/// Does somebody who types this mean "can't say"?
pub fn is_cant_say(word: &str) -> bool {
    word == "?" || same(word, "cantsay")
}
