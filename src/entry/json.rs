//! An entry as JSON, and back.

use std::borrow::Cow;
use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number};

use crate::secret::SecretBytes;

use super::{Answer, Attachment, Entry, FORMAT, Value};

/// Why the JSON inside a file is not an entry that we can read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnreadableEntry {
    /// It is no JSON, or lacks a field; where, as line and column.
    NotAnEntry(String),
    /// It has another `format`, this one.
    NewerFormat(u64),
}

impl Entry {
    /// Reads the JSON of a sealed file.
    ///
    /// # Errors
    /// `NewerFormat` by the number alone, `NotAnEntry` for everything else; neither quotes
    /// text.
    pub fn from_json(json: &[u8]) -> Result<Entry, UnreadableEntry> {
        #[derive(serde::Deserialize)]
        struct Version {
            format: u64,
        }
        // The reason names a line and a column, never the text that stands there.
        let broken = |e: serde_json::Error| {
            UnreadableEntry::NotAnEntry(format!("line {} column {}", e.line(), e.column()))
        };
        // Once for all of it, rather than for each of its texts.
        let not_text = |_| UnreadableEntry::NotAnEntry("it is not UTF-8 text".into());
        let json = std::str::from_utf8(json).map_err(not_text)?;
        let read = serde_json::from_str(json).map_err(broken);
        if let Ok(Entry { format: FORMAT, .. }) = read {
            return read;
        }
        // Whatever else a later format holds, its number says what it is.
        let version: Version = serde_json::from_str(json).map_err(broken)?;
        if version.format != FORMAT {
            return Err(UnreadableEntry::NewerFormat(version.format));
        }
        read
    }

    /// The plain text, which wipes itself; the caller seals it.
    ///
    /// # Errors
    /// None that an entry can cause.
    pub fn to_json(&self) -> Result<SecretBytes, serde_json::Error> {
        // Room for all of it at once: a buffer that grows leaves copies behind.
        let mut json = SecretBytes::with_room(2048 + 2 * self.weight());
        serde_json::to_writer(&mut *json, self)?;
        Ok(json)
    }
}

/// Borrowed wherever it has no escapes.
#[derive(serde::Deserialize)]
struct FieldName<'a>(#[serde(borrow)] Cow<'a, str>);

/// Written out because it is on the way of every entry that is read: what serde derives
/// for fields that it must keep without knowing them takes several times as long.
///
/// Reads an object field by field: known ones where they belong, and others as
/// they are. `=> value` is what a field has that is not there.
macro_rules! object {
    ($type:ident, $what:literal, $($name:literal $field:ident $(=> $default:expr)?),* $(,)?) => {
        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Fields;
                impl<'de> Visitor<'de> for Fields {
                    type Value = $type;
                    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                        f.write_str($what)
                    }
                    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<$type, A::Error> {
                        $(let mut $field = None;)*
                        let mut unknown = Map::new();
                        while let Some(key) = map.next_key::<FieldName>()? {
                            match &*key.0 {
                                $($name if $field.is_none() => $field = Some(map.next_value()?),
                                $name => return Err(Error::duplicate_field($name)),)*
                                _ => drop(unknown.insert(key.0.into_owned(), map.next_value()?)),
                            }
                        }
                        $(let $field = object!(@or $name $field $(=> $default)?);)*
                        Ok($type { $($field,)* unknown })
                    }
                }
                deserializer.deserialize_map(Fields)
            }
        }
    };
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
    "at" at,
    "written" written,
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
    /// A number with a fraction, or a longer one, which is kept as its digits.
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
