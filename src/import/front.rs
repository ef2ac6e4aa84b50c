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
                let (key, text) = block.split_once(':').unwrap_or((&block, ""));
                let (key, text) = (key.trim().to_owned(), text.trim());
                if let Some(items) = list_by_hand(text) {
                    add(&mut fields, key, items.into());
                    continue;
                }
                // What never ends is noticed behind the block, and starts with it.
                let is_behind = line > block.trim_end().lines().count();
                problems.push((if is_behind { first } else { first + line - 1 }, why));
                add(&mut fields, key, text.into());
            }
        }
    }
    (fields, problems)
}

/// The items of a list that isn't YAML, such as `[walk, #evening]` or `[@home, it's]`.
fn list_by_hand(text: &str) -> Option<Vec<&str>> {
    let inside = text.strip_prefix('[')?.strip_suffix(']')?;
    // In brackets, a comma is text; "# " starts a comment, and * an alias.
    if inside.contains(['[', ']', '{', '}', '*']) || inside.contains("# ") {
        return None;
    }
    let items = inside.split(',').flat_map(|item| match item.trim().starts_with('#') {
        true => item.split_whitespace().collect(),
        false => vec![item.trim()],
    });
    items.filter(|item| !item.is_empty()).map(unquoted).collect()
}

/// An item without its quotes; `None` if it's part of one with a comma in it.
fn unquoted(item: &str) -> Option<&str> {
    let Some(quote) = item.chars().next().filter(|c| ['"', '\''].contains(c)) else {
        return Some(item);
    };
    item[1..].strip_suffix(quote).filter(|text| !text.contains(quote))
}

/// The lines of a field, and the number of the first.
pub fn block_of(front: &str, key: &str) -> Option<(usize, String)> {
    let is_of_key = |block: &str| block.split_once(':').is_some_and(|(name, _)| name.trim() == key);
    blocks(front).into_iter().find(|(_, block)| is_of_key(block))
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
mod tests;
