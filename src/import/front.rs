//! Front matter: the YAML between two `---` lines at the start of a file.

use saphyr_parser::{Event, Parser, ScalarStyle};
use serde_json::{Map, Value as Json};

mod comments;

use comments::{ScalarPlace, comments};

/// A file's front matter and the rest.
pub struct FrontMatter<'a> {
    pub front: Option<&'a str>,
    pub body: &'a str,
    /// The line that the body starts on, from 1.
    pub line: usize,
}

pub fn split(text: &str) -> FrontMatter<'_> {
    let body_only = FrontMatter { front: None, body: text, line: 1 };
    let Some(rest) = text.strip_prefix("---\n") else { return body_only };
    let mut at = 0;
    for (i, line) in rest.split_inclusive('\n').enumerate() {
        if matches!(line.trim_end(), "---" | "...") {
            let body = &rest[at + line.len()..];
            return FrontMatter { front: Some(&rest[..at]), body, line: i + 3 };
        }
        at += line.len();
    }
    body_only
}

/// A limit on nesting, deeper than anyone writes by hand.
const DEEPEST: usize = 16;

/// The field for comments.
const COMMENTS: &str = "#";

/// Parses the fields and the comments. A block that isn't YAML is kept as text and doesn't
/// affect the others; problems are returned with their line and reason.
pub fn fields(front: &str) -> (Map<String, Json>, Vec<(usize, String)>) {
    if let Ok(fields) = parse(front) {
        return (fields, Vec::new());
    }
    let mut fields = Map::new();
    let mut problems = Vec::new();
    for (first, block) in blocks(front) {
        match parse(&block) {
            Ok(read) => read.into_iter().for_each(|(key, value)| add(&mut fields, key, value)),
            Err((line, why)) => {
                problems.push((first + line - 1, why));
                let (key, text) = block.split_once(':').unwrap_or((&block, ""));
                add(&mut fields, key.trim().to_owned(), text.trim().into());
            }
        }
    }
    (fields, problems)
}

/// Splits the text before each line that starts a field, with that line's number.
fn blocks(front: &str) -> Vec<(usize, String)> {
    let mut blocks: Vec<(usize, String)> = Vec::new();
    for (i, line) in front.split_inclusive('\n').enumerate() {
        let continues = line.starts_with([' ', '\t', '-', '#', ']', '}']) || line.trim().is_empty();
        match blocks.last_mut().filter(|_| continues) {
            Some((_, block)) => block.push_str(line),
            None => blocks.push((i + 1, line.to_owned())),
        }
    }
    blocks
}

/// Adds a field. A key that occurs twice gets a list of both values.
fn add(fields: &mut Map<String, Json>, key: String, value: Json) {
    match fields.get_mut(&key) {
        Some(Json::Array(values)) => values.push(value),
        Some(first) => *first = Json::Array(vec![first.take(), value]),
        None => drop(fields.insert(key, value)),
    }
}

/// Parses YAML. Aliases are refused: a few lines of them can expand to gigabytes.
fn parse(front: &str) -> Result<Map<String, Json>, (usize, String)> {
    let mut scalars = Vec::new();
    let mut fields = parse_fields(front, &mut scalars)?;
    let comments = comments(front, &scalars).join("\n");
    if !comments.is_empty() {
        add(&mut fields, COMMENTS.to_owned(), comments.into());
    }
    Ok(fields)
}

/// Parses the fields, and adds the place of each scalar.
fn parse_fields(
    front: &str,
    scalars: &mut Vec<ScalarPlace>,
) -> Result<Map<String, Json>, (usize, String)> {
    // The parser's own reason helps nobody; quotes help with most of what people write.
    let not_yaml = |line: usize| (line, "it isn't YAML; put the value in quotes".to_owned());
    // To a parser, these are about the document; what a person writes behind it is words.
    if let Some(at) = front.lines().position(|line| line.starts_with('%')) {
        return Err(not_yaml(at + 1));
    }
    let mut containers: Vec<Container> = Vec::new();
    let mut document = None;
    for event in Parser::new_from_str(front) {
        let (event, span) = event.map_err(|e| not_yaml(e.marker().line()))?;
        let error = |why: &str| (span.start.line(), why.to_owned());
        if containers.len() > DEEPEST {
            return Err(error("it goes too deep"));
        }
        let value = match event {
            Event::Alias(_) => return Err(error("it uses an alias")),
            Event::Scalar(text, style, ..) => {
                let value = scalar(&text, style);
                let chars = span.start.index()..span.end.index();
                scalars.push(ScalarPlace { chars, style, value: text.into_owned() });
                Some(value)
            }
            Event::SequenceStart(..) => {
                containers.push(Container::List(Vec::new()));
                None
            }
            Event::MappingStart(..) => {
                containers.push(Container::Fields(Map::new(), None));
                None
            }
            Event::SequenceEnd | Event::MappingEnd => containers.pop().map(Container::into_json),
            _ => None,
        };
        let Some(value) = value else { continue };
        match (containers.last_mut(), value) {
            (Some(container), value) => {
                container.take(value).ok_or_else(|| error("a key isn't a word"))?;
            }
            (None, Json::Null) => {}
            (None, _) if document.is_some() => return Err(not_yaml(span.start.line())),
            (None, Json::Object(fields)) => document = Some(fields),
            (None, _) => return Err(error("it isn't a list of fields")),
        }
    }
    Ok(document.unwrap_or_default())
}

/// A list or mapping that is being parsed.
enum Container {
    List(Vec<Json>),
    Fields(Map<String, Json>, Option<String>),
}

impl Container {
    fn take(&mut self, value: Json) -> Option<()> {
        match self {
            Container::List(items) => items.push(value),
            Container::Fields(fields, key) => match (key.take(), value) {
                (Some(key), value) => add(fields, key, value),
                (None, Json::String(word)) => *key = Some(word),
                (None, Json::Array(_) | Json::Object(_)) => return None,
                (None, plain) => *key = Some(plain.to_string()),
            },
        }
        Some(())
    }

    fn into_json(self) -> Json {
        match self {
            Container::List(items) => Json::Array(items),
            Container::Fields(fields, _) => Json::Object(fields),
        }
    }
}

/// A scalar's value. Quoted words are strings; of the others, a few have another meaning.
fn scalar(text: &str, style: ScalarStyle) -> Json {
    if style != ScalarStyle::Plain {
        return text.into();
    }
    match text {
        "" | "~" | "null" => Json::Null,
        "true" => true.into(),
        "false" => false.into(),
        // Numbers such as 007 or 6.50 are kept as text, to the digit.
        number => match number.parse::<i64>() {
            Ok(integer) if integer.to_string() == number => integer.into(),
            _ => number.into(),
        },
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
        assert_eq!(Json::Object(fields(front).0), expected);
        assert_eq!(fields("").0, Map::new());
        assert_eq!(fields("#\n").0, Map::new());
    }

    #[test]
    fn a_line_that_cannot_be_read_is_named_kept_as_text_and_hides_no_other() {
        let (read, problems) = fields("date: 2026-11-21\nquote: *star\nlist: [d\nmood: 3\n");
        let expected = json!({"date": "2026-11-21", "quote": "*star", "list": "[d", "mood": 3});
        assert_eq!(Json::Object(read), expected);
        assert_eq!(problems.iter().map(|(line, _)| *line).min(), Some(2));
        assert_eq!(problems.len(), 2);
        assert!(problems.iter().all(|(_, why)| why.starts_with("it isn't YAML;")), "{problems:?}");
        let (read, problems) = fields("a: &x b\nc: *x\n");
        assert_eq!(Json::Object(read), json!({"a": "b", "c": "*x"}));
        assert_eq!(problems.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [2]);
        let (_, problems) = fields("a: [&x b, *x]\n");
        assert_eq!(problems, [(1, "it uses an alias".into())]);
        assert_eq!(fields("- a\n").1.len(), 1);
        assert_eq!(fields("[[[[[[[[[[[[[[[[[[[[[[").1.len(), 1);
    }

    #[test]
    fn what_would_begin_another_document_is_kept() {
        for (line, mistakes) in [
            ("%% he hit me %%", 1),
            ("--- he hit me", 1),
            ("---\nhe: hit me", 0),
            ("...\nhe: hit me", 0),
        ] {
            let (read, problems) = fields(&format!("mood: 3\n{line}\nfeeling: low\n"));
            assert_eq!((&read["feeling"], problems.len()), (&"low".into(), mistakes), "{line:?}");
            let words = Json::Object(read).to_string();
            assert!(words.contains("hit me"), "{line:?}: {words}");
        }
        let (read, problems) = fields("mood: 3\n---\n");
        assert_eq!((Json::Object(read), problems.len()), (json!({"mood": 3}), 0));
    }

    #[test]
    fn numbers_keep_every_digit_and_a_key_that_comes_twice_both_values() {
        let (read, _) = fields("a: 6.50\nb: 007\nc: 12345678901234567890\nd: 7\nd: 8\n");
        let expected = json!({"a": "6.50", "b": "007", "c": "12345678901234567890", "d": [7, 8]});
        assert_eq!(Json::Object(read), expected);
    }

    #[test]
    fn front_matter_stands_between_two_lines_at_the_head_alone() {
        let parts = split("---\na: b\n---\n\nbody\n---\n");
        assert_eq!((parts.front, parts.body, parts.line), (Some("a: b\n"), "\nbody\n---\n", 4));
        for text in ["body\n---\na\n---\n", "---\nnever closed\n", "----\n", ""] {
            assert!(split(text).front.is_none(), "{text:?}");
        }
    }
}
