//! An answer, with the question's wording.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::secret::wipe;

/// The answer to one question.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Answer {
    /// The question's id within its practice.
    pub question: String,
    /// The question's wording at the time.
    pub asked: String,
    /// The scale, if the answer is on one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scale: Option<Scale>,
    /// The answer itself.
    pub value: Value,
    /// The labels of what was chosen, by option or number.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub labels: BTreeMap<String, String>,
    /// Fields of a newer version of inward, kept through an edit.
    #[serde(flatten)]
    pub unknown: serde_json::Map<String, serde_json::Value>,
}

/// A scale, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scale {
    /// The lowest step.
    pub min: i64,
    /// The highest step.
    pub max: i64,
}

impl Scale {
    /// A number on it: `3 of 0–4`.
    pub(crate) fn in_words(self, number: &serde_json::Number) -> String {
        format!("{number} of {}–{}", self.min, self.max)
    }

    /// The number of steps from one end to the other, if a person can choose from them: 1
    /// to 100.
    pub fn steps(self) -> Option<i64> {
        self.max.checked_sub(self.min).filter(|steps| (1..=100).contains(steps))
    }

    /// Does this number lie on it, on a step or between two?
    pub fn has(self, value: f64) -> bool {
        (self.min as f64..=self.max as f64).contains(&value)
    }

    /// Is this one of its steps? A scale with more than a hundred has none.
    pub fn has_step(self, number: &serde_json::Number) -> bool {
        let step = number.as_i64().or_else(|| {
            // As `3.0` is written by others; so small a whole number is exact.
            number.as_f64().filter(|n| n.fract() == 0.0 && n.abs() < 1e15).map(|n| n as i64)
        });
        step.is_some_and(|step| self.steps().is_some() && (self.min..=self.max).contains(&step))
    }
}

/// The value of an answer. A skipped question has no answer at all. `CantSay` (`null` in
/// JSON) answers a scale, and counts as missing wherever numbers count.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Value {
    /// "Can't say": `null` in JSON.
    CantSay,
    /// Yes or no.
    YesNo(bool),
    /// A step of a scale, a number, or minutes, to the digit.
    Number(serde_json::Number),
    /// Text, or the id of one option.
    Text(String),
    /// The ids of several options; the writer's own words may be among them.
    Chosen(Vec<String>),
}

/// Wipes the text from memory.
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
    /// The answer in words, without decoration: of several choices, all of them; of a step, its
    /// number and its word, or where it has none, its scale.
    pub fn text(&self) -> String {
        let label = |key: &str| self.labels.get(key).cloned();
        match &self.value {
            Value::CantSay => "can't say".to_owned(),
            Value::YesNo(yes) => if *yes { "yes" } else { "no" }.to_owned(),
            Value::Text(text) => label(text).unwrap_or_else(|| text.clone()),
            // An option may hold commas itself.
            Value::Chosen(_) => self.choices().collect::<Vec<_>>().join("; "),
            Value::Number(n) => match (self.scale, label(&n.to_string())) {
                (Some(_), Some(label)) => format!("{n}, “{label}”"),
                (Some(scale), None) => scale.in_words(n),
                (None, label) => label.unwrap_or_else(|| n.to_string()),
            },
        }
    }

    /// The same, with a step's scale even where it has a word: `3 of 0–4, “close”`. Whoever
    /// imports it may not know the question.
    pub(crate) fn text_with_scale(&self) -> String {
        let said = self.text();
        let (Value::Number(number), Some(scale)) = (&self.value, self.scale) else { return said };
        let scaled = scale.in_words(number);
        if said == scaled { said } else { said.replacen(&number.to_string(), &scaled, 1) }
    }

    /// The word of the step that was marked; where it has none, all of the answer.
    pub fn step_words(&self) -> String {
        let Value::Number(number) = &self.value else { return self.text() };
        self.labels.get(&number.to_string()).cloned().unwrap_or_else(|| self.text())
    }

    /// The labels of the choices, if several were possible.
    pub fn chosen(&self) -> Vec<String> {
        self.choices().map(str::to_owned).collect()
    }

    /// The same, borrowed.
    pub(crate) fn choices(&self) -> impl ExactSizeIterator<Item = &str> {
        let ids: &[String] = if let Value::Chosen(ids) = &self.value { ids } else { &[] };
        ids.iter().map(|id| self.labels.get(id).unwrap_or(id).as_str())
    }

    /// Is this the answer, or one of several, by id or label?
    pub fn contains_answer(&self, text: &str) -> bool {
        let is_label = self.labels.values().any(|label| same(label, text));
        is_label || self.value.is(text) || {
            let number = self.value.number().zip(text.parse().ok());
            number.is_some_and(|(n, text): (f64, f64)| n == text)
        }
    }

    pub(super) fn json_length(&self) -> usize {
        self.value.length() + self.asked.len() + 256
    }
}

impl Value {
    /// The length of its text, in bytes.
    pub fn length(&self) -> usize {
        self.words().map(str::len).sum()
    }

    /// The number, if it is one.
    pub fn number(&self) -> Option<f64> {
        let Value::Number(n) = self else { return None };
        n.as_f64()
    }

    /// Does the value match the one in a condition? Text is compared loosely, as by
    /// `same`, and its first clause may be all that is meant: "None. He was out."
    pub fn is(&self, condition: &str) -> bool {
        match self {
            Value::Text(text) => same(text, condition) || begins_with(text, condition),
            Value::Chosen(ids) => ids.iter().any(|id| same(id, condition)),
            Value::YesNo(yes) => condition == if *yes { "yes" } else { "no" },
            Value::Number(n) => n.to_string() == condition,
            Value::CantSay => is_cant_say(condition),
        }
    }

    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        let texts = match self {
            Value::Text(text) => std::slice::from_ref(text),
            Value::Chosen(ids) => ids,
            Value::YesNo(_) | Value::Number(_) | Value::CantSay => &[],
        };
        texts.iter().map(String::as_str)
    }
}

/// Are two texts the same apart from case, spaces and punctuation?
pub fn same(a: &str, b: &str) -> bool {
    fn letters(text: &str) -> impl Iterator<Item = char> {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
    }
    letters(a).eq(letters(b)) && letters(a).next().is_some()
}

/// Is this its first clause, with nothing behind it that takes it back?
fn begins_with(text: &str, clause: &str) -> bool {
    let ends = [". ", ", ", "; ", ": ", "! ", " - ", " – ", " — ", "\n"];
    let end = ends.iter().filter_map(|end| Some((text.find(end)?, end.len()))).min();
    let (end, length) = end.unwrap_or((text.len(), 0));
    let (first, rest) = (&text[..end], &text[end + length..]);
    // "Nothing much", "none at all".
    let fillers = [" really", " at all", " much", " tonight"];
    let first = first.trim_end_matches(['.', '!']);
    let first = fillers.iter().find_map(|filler| first.strip_suffix(filler)).unwrap_or(first);
    let next = rest.split_whitespace().next().unwrap_or_default();
    let takes_back =
        ["and", "but", "except", "only", "just", "though", "although", "unless", "apart"];
    same(first, clause) && !takes_back.iter().any(|word| same(next, word))
}

/// Does this mean "can't say"?
pub fn is_cant_say(word: &str) -> bool {
    word == "?" || same(word, "cantsay")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_with_none_is_none_unless_it_is_taken_back() {
        let is_none = |text: &str| Value::Text(text.to_owned()).is("none");
        let none = [
            "None", "none.", "None. He was out.", "None, I was away", "None - we argued",
            "None really.", "None at all, no",
        ];
        assert!(none.into_iter().all(is_none));
        let some = [
            "None, but he waved",
            "None today, and yet",
            "Nonesuch. A walk",
            "A walk. None other",
            "None the less",
        ];
        assert!(!some.into_iter().any(is_none));
    }
}
