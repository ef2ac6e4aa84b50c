//! The JSON object of `--answers`, in which a question that stands twice is noticed: a
//! plain map would keep the last answer and lose the first.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::{Map, Value as Json};

/// The answers, and the first question that is in the object twice.
pub struct GivenAnswers {
    pub answers: Map<String, Json>,
    pub twice: Option<String>,
}

impl<'de> Deserialize<'de> for GivenAnswers {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<GivenAnswers, D::Error> {
        deserializer.deserialize_map(AnswersVisitor)
    }
}

struct AnswersVisitor;

impl<'de> Visitor<'de> for AnswersVisitor {
    type Value = GivenAnswers;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an object of questions and answers")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<GivenAnswers, A::Error> {
        let mut answers = Map::new();
        let mut twice = None;
        while let Some((question, answer)) = map.next_entry::<String, Json>()? {
            if answers.insert(question.clone(), answer).is_some() {
                twice.get_or_insert(question);
            }
        }
        Ok(GivenAnswers { answers, twice })
    }
}
