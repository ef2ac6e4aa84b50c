//! An entry as JSON, and back.

use std::borrow::Cow;
use std::fmt;

use chrono::{DateTime, FixedOffset};
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number};

use crate::secret::SecretBytes;

use super::{Answer, Attachment, Entry, FORMAT, Value};

/// Why JSON can't be read as an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnreadableEntry {
    /// It isn't JSON or lacks a field; with the line and column.
    NotAnEntry(String),
    /// Its `format` is this newer one.
    NewerFormat(u64),
}

impl Entry {
    /// Parses the JSON of a sealed file.
    ///
    /// # Errors
    /// `NewerFormat`, judged by the number alone; `NotAnEntry` for everything else.
    /// Neither quotes text.
    pub fn from_json(json: &[u8]) -> Result<Entry, UnreadableEntry> {
        #[derive(serde::Deserialize)]
        struct Version {
            format: u64,
        }
        // The reason is a line and a column, never the text there.
        let not_an_entry = |e: serde_json::Error| {
            UnreadableEntry::NotAnEntry(format!("line {} column {}", e.line(), e.column()))
        };
        // UTF-8 is checked once for everything, rather than for each string.
        let not_text = |_| UnreadableEntry::NotAnEntry("it isn't UTF-8 text".into());
        let json = std::str::from_utf8(json).map_err(not_text)?;
        let result = serde_json::from_str(json).map_err(not_an_entry);
        if let Ok(Entry { format: FORMAT, .. }) = result {
            return result;
        }
        // A newer format may have any other fields.
        let version: Version = serde_json::from_str(json).map_err(not_an_entry)?;
        if version.format != FORMAT {
            return Err(UnreadableEntry::NewerFormat(version.format));
        }
        result
    }

    /// The entry's JSON, wiped from memory when it's dropped.
    ///
    /// # Errors
    /// None that an entry can cause.
    pub fn to_json(&self) -> Result<SecretBytes, serde_json::Error> {
        // Allocated at once: a buffer that grows leaves copies in memory.
        let mut json = SecretBytes::with_capacity(2048 + 2 * self.json_length());
        serde_json::to_writer(&mut *json, self)?;
        Ok(json)
    }
}

/// A field's name or a short text, borrowed if it has no escapes.
#[derive(serde::Deserialize)]
struct ShortText<'a>(#[serde(borrow)] Cow<'a, str>);

/// A time in RFC 3339. chrono's own way from JSON allows for more, and takes longer; so it
/// is tried last.
struct Rfc3339(DateTime<FixedOffset>);

impl<'de> Deserialize<'de> for Rfc3339 {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let ShortText(text) = ShortText::deserialize(deserializer)?;
        let strict = DateTime::parse_from_rfc3339(&text);
        strict.or_else(|_| text.parse()).map(Rfc3339).map_err(Error::custom)
    }
}

/// Implements `Deserialize` for an object with known and unknown fields. `as Form` is what a
/// field is read as, where that isn't its own type; `=> value` is its default. Written by hand
/// because every entry passes through it: what serde derives for unknown fields takes several
/// times as long.
macro_rules! object {
    (
        $type:ident, $what:literal,
        $($name:literal $field:ident $(as $form:ident)? $(=> $default:expr)?),* $(,)?
    ) => {
        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct ObjectVisitor;
                impl<'de> Visitor<'de> for ObjectVisitor {
                    type Value = $type;
                    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                        f.write_str($what)
                    }
                    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<$type, A::Error> {
                        $(let mut $field = None;)*
                        let mut unknown = Map::new();
                        while let Some(key) = map.next_key::<ShortText>()? {
                            match &*key.0 {
                                $($name if $field.is_none() => $field = Some(object!(@value map $($form)?)),
                                $name => return Err(Error::duplicate_field($name)),)*
                                _ => drop(unknown.insert(key.0.into_owned(), map.next_value()?)),
                            }
                        }
                        $(let $field = object!(@or $name $field $(=> $default)?);)*
                        Ok($type { $($field,)* unknown })
                    }
                }
                deserializer.deserialize_map(ObjectVisitor)
            }
        }
    };
    (@value $map:ident) => { $map.next_value()? };
    (@value $map:ident $form:ident) => { $map.next_value::<$form>()?.0 };
    (@or $name:literal $field:ident => $default:expr) => { $field.unwrap_or_else(|| $default) };
    (@or $name:literal $field:ident) => { $field.ok_or_else(|| Error::missing_field($name))? };
}

object!(Entry, "an entry",
    "format" format,
    "id" id,
    "revision" revision,
    "replaces" replaces => Vec::new(),
    "copy_of" copy_of => None,
    "practice" practice,
    "at" at as Rfc3339,
    "written" written as Rfc3339,
    "tags" tags => Vec::new(),
    "about" about => None,
    "was" was => Default::default(),
    "deleted" deleted => false,
    "now" now => None,
    "attachments" attachments => Vec::new(),
    "answers" answers => Vec::new(),
);

object!(Answer, "an answer",
    "question" question,
    "asked" asked,
    "scale" scale => None,
    "value" value,
    "labels" labels => Default::default(),
);

object!(Attachment, "an attachment",
    "id" id,
    "name" name,
    "type" media_type,
    "bytes" bytes,
    "sha256" sha256,
);

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnswerValueVisitor)
    }
}

struct AnswerValueVisitor;

impl<'de> Visitor<'de> for AnswerValueVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a text, a number, yes or no, several texts, or null")
    }
    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::CantSay)
    }
    fn visit_bool<E: Error>(self, yes: bool) -> Result<Value, E> {
        Ok(Value::YesNo(yes))
    }
    fn visit_i64<E: Error>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Number(number.into()))
    }
    fn visit_u64<E: Error>(self, number: u64) -> Result<Value, E> {
        Ok(Value::Number(number.into()))
    }
    fn visit_f64<E: Error>(self, number: f64) -> Result<Value, E> {
        Number::from_f64(number).map(Value::Number).ok_or_else(|| E::custom("not a number"))
    }
    /// A number with a fraction, or a very long one, which serde_json passes as a map.
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Value, A::Error> {
        Number::deserialize(MapAccessDeserializer::new(map)).map(Value::Number)
    }
    fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.to_owned()))
    }
    fn visit_string<E: Error>(self, text: String) -> Result<Value, E> {
        Ok(Value::Text(text))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut words = Vec::new();
        while let Some(word) = seq.next_element()? {
            words.push(word);
        }
        Ok(Value::Chosen(words))
    }
}
