//! The JSON object of `--answers`, in which a question that stands twice is noticed: a
//! plain map would keep the last answer and lose the first.

use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value as Json};

/// What was given.
pub enum GivenAnswers {
    /// An object, and the first question that is in it twice.
    Object { answers: Map<String, Json>, twice: Option<String> },
    /// JSON of another kind.
    Other,
}

impl<'de> Deserialize<'de> for GivenAnswers {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<GivenAnswers, D::Error> {
        deserializer.deserialize_any(AnswersVisitor)
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
        Ok(GivenAnswers::Object { answers, twice })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<GivenAnswers, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(GivenAnswers::Other)
    }

    fn visit_unit<E>(self) -> Result<GivenAnswers, E> {
        Ok(GivenAnswers::Other)
    }

    fn visit_bool<E>(self, _: bool) -> Result<GivenAnswers, E> {
        Ok(GivenAnswers::Other)
    }

    fn visit_i64<E>(self, _: i64) -> Result<GivenAnswers, E> {
        Ok(GivenAnswers::Other)
    }

    fn visit_u64<E>(self, _: u64) -> Result<GivenAnswers, E> {
        Ok(GivenAnswers::Other)
    }

    fn visit_f64<E>(self, _: f64) -> Result<GivenAnswers, E> {
        Ok(GivenAnswers::Other)
    }

    fn visit_str<E>(self, _: &str) -> Result<GivenAnswers, E> {
        Ok(GivenAnswers::Other)
    }
}
