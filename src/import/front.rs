//! Front matter: the YAML between two lines of --- at the head of a file.

use saphyr_parser::{Event, Parser, ScalarStyle};
use serde_json::{Map, Value as Json};

/// A file in its two parts.
pub struct Parts<'a> {
    pub front: Option<&'a str>,
    pub body: &'a str,
    /// The line on which the body begins, from 1.
    pub line: usize,
}

pub fn split(text: &str) -> Parts<'_> {
    let whole = Parts { front: None, body: text, line: 1 };
    let Some(rest) = text.strip_prefix("---\n") else { return whole };
    let mut at = 0;
    for (i, line) in rest.split_inclusive('\n').enumerate() {
        if matches!(line.trim_end(), "---" | "...") {
            let body = &rest[at + line.len()..];
            return Parts { front: Some(&rest[..at]), body, line: i + 3 };
        }
        at += line.len();
    }
    whole
}

/// Deeper than anyone writes by hand.
const DEEPEST: usize = 16;

/// The fields, or the line and why not. Aliases are refused: a few lines of
/// them can stand for gigabytes.
pub fn fields(front: &str) -> Result<Map<String, Json>, (usize, String)> {
    let mut open: Vec<Open> = Vec::new();
    for event in Parser::new_from_str(front) {
        let (event, span) = event.map_err(|e| (e.marker().line(), e.info().to_owned()))?;
        let bad = |why: &str| (span.start.line(), why.to_owned());
        if open.len() > DEEPEST {
            return Err(bad("it goes too deep"));
        }
        let done = match event {
            Event::Alias(_) => return Err(bad("it uses an alias")),
            Event::Scalar(text, style, ..) => Some(scalar(&text, style)),
            Event::SequenceStart(..) => {
                open.push(Open::List(Vec::new()));
                None
            }
            Event::MappingStart(..) => {
                open.push(Open::Fields(Map::new(), None));
                None
            }
            Event::SequenceEnd | Event::MappingEnd => open.pop().map(Open::closed),
            _ => None,
        };
        let Some(value) = done else { continue };
        match (open.last_mut(), value) {
            (Some(inside), value) => inside.take(value).ok_or_else(|| bad("a key is no word"))?,
            (None, Json::Object(fields)) => return Ok(fields),
            (None, Json::Null) => return Ok(Map::new()),
            (None, _) => return Err(bad("it is no list of fields")),
        }
    }
    Ok(Map::new())
}

/// What is being filled.
enum Open {
    List(Vec<Json>),
    Fields(Map<String, Json>, Option<String>),
}

impl Open {
    fn take(&mut self, value: Json) -> Option<()> {
        match self {
            Open::List(items) => items.push(value),
            Open::Fields(fields, key) => match (key.take(), value) {
                (Some(key), value) => drop(fields.insert(key, value)),
                (None, Json::String(word)) => *key = Some(word),
                (None, Json::Array(_) | Json::Object(_)) => return None,
                (None, plain) => *key = Some(plain.to_string()),
            },
        }
        Some(())
    }

    fn closed(self) -> Json {
        match self {
            Open::List(items) => Json::Array(items),
            Open::Fields(fields, _) => Json::Object(fields),
        }
    }
}

/// Words in quotes are words. Of the others, a few mean something else.
fn scalar(text: &str, style: ScalarStyle) -> Json {
    if style != ScalarStyle::Plain {
        return text.into();
    }
    match text {
        "" | "~" | "null" => Json::Null,
        "true" => true.into(),
        "false" => false.into(),
        number => number.parse::<i64>().map_or_else(|_| text.into(), Json::from),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn fields_are_read_as_people_write_them() {
        let front = "title: \"A: b\"\ntags:\n  - sea\n  - \"2026\"\ndate: 2026-11-23\nmood: 3\nplace: {name: Weir}\nempty:\n";
        let expected = json!({
            "title": "A: b", "tags": ["sea", "2026"], "date": "2026-11-23", "mood": 3,
            "place": {"name": "Weir"}, "empty": null,
        });
        assert_eq!(Json::Object(fields(front).unwrap()), expected);
        assert_eq!(fields("").unwrap(), Map::new());
        assert_eq!(fields("# a comment\n").unwrap(), Map::new());
    }

    #[test]
    fn what_cannot_be_read_is_named_by_its_line() {
        assert_eq!(fields("a: b\nc: [d\n").unwrap_err().0, 3);
        assert_eq!(fields("a: &x b\nc: *x\n").unwrap_err(), (2, "it uses an alias".into()));
        assert!(fields("- a\n").is_err() && fields("[[[[[[[[[[[[[[[[[[[[[[").is_err());
    }

    #[test]
    fn front_matter_stands_between_two_lines_at_the_head_alone() {
        let parts = split("---\na: b\n---\n\nbody\n---\n");
        assert_eq!((parts.front, parts.body, parts.line), (Some("a: b\n"), "\nbody\n---\n", 4));
        for whole in ["body\n---\na\n---\n", "---\nnever closed\n", "----\n", ""] {
            assert!(split(whole).front.is_none(), "{whole:?}");
        }
    }
}
