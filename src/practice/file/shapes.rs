//! Shapes that a value may have: one or a list of them, a text or a table. Unlike in an
//! untagged enum, what is wrong inside is named itself.

use std::fmt::{self, Formatter};
use std::marker::PhantomData;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Error, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

pub struct OneOrMore<T>(pub Vec<T>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for OneOrMore<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<OneOrMore<T>, D::Error> {
        from.deserialize_any(OneOrMoreVisitor(PhantomData))
    }
}

/// For `deserialize_with`.
pub fn one_or_more<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    from: D,
) -> Result<Vec<T>, D::Error> {
    OneOrMore::deserialize(from).map(|OneOrMore(all)| all)
}

struct OneOrMoreVisitor<T>(PhantomData<T>);

fn one<'de, T: Deserialize<'de>, D: Deserializer<'de>>(from: D) -> Result<OneOrMore<T>, D::Error> {
    Ok(OneOrMore(vec![T::deserialize(from)?]))
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for OneOrMoreVisitor<T> {
    type Value = OneOrMore<T>;

    fn expecting(&self, out: &mut Formatter) -> fmt::Result {
        out.write_str("one, or a list of them")
    }

    fn visit_bool<E: Error>(self, given: bool) -> Result<OneOrMore<T>, E> {
        one(given.into_deserializer())
    }

    fn visit_i64<E: Error>(self, given: i64) -> Result<OneOrMore<T>, E> {
        one(given.into_deserializer())
    }

    fn visit_f64<E: Error>(self, given: f64) -> Result<OneOrMore<T>, E> {
        one(given.into_deserializer())
    }

    fn visit_str<E: Error>(self, given: &str) -> Result<OneOrMore<T>, E> {
        one(given.into_deserializer())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<OneOrMore<T>, A::Error> {
        Vec::deserialize(SeqAccessDeserializer::new(list)).map(OneOrMore)
    }

    fn visit_map<A: MapAccess<'de>>(self, table: A) -> Result<OneOrMore<T>, A::Error> {
        one(MapAccessDeserializer::new(table))
    }
}

/// A text, which is the only field of a table that most need, or the whole table.
pub enum TextOr<T> {
    Text(String),
    Table(T),
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for TextOr<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<TextOr<T>, D::Error> {
        from.deserialize_any(TextOrVisitor(PhantomData))
    }
}

struct TextOrVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for TextOrVisitor<T> {
    type Value = TextOr<T>;

    fn expecting(&self, out: &mut Formatter) -> fmt::Result {
        out.write_str("a text or a table { … }")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<TextOr<T>, E> {
        Ok(TextOr::Text(text.to_owned()))
    }

    fn visit_map<A: MapAccess<'de>>(self, table: A) -> Result<TextOr<T>, A::Error> {
        T::deserialize(MapAccessDeserializer::new(table)).map(TextOr::Table)
    }
}
