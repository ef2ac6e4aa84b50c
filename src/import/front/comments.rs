//! The comments in front matter, of which the parser says nothing.

use std::ops::Range;

use saphyr_parser::ScalarStyle;

/// The comments. In a key or a value, `#` is text.
pub fn comments(front: &str, scalars: &[ScalarPlace]) -> Vec<String> {
    let bytes: Vec<usize> =
        front.char_indices().map(|(byte, _)| byte).chain([front.len()]).collect();
    let mut texts = scalars.iter().filter_map(|scalar| scalar.text(front, &bytes)).peekable();
    let mut comments = Vec::new();
    let mut end = 0;
    for (at, _) in front.match_indices('#') {
        while let Some(text) = texts.next_if(|text| text.start <= at) {
            end = end.max(text.end);
        }
        let is_apart = front[..at].chars().next_back().is_none_or(char::is_whitespace);
        if is_apart && at >= end {
            let comment = front[at..].lines().next().unwrap_or_default();
            end = at + comment.len();
            comments.push(comment.trim_start_matches('#').trim().to_owned());
        }
    }
    comments.retain(|comment| !comment.is_empty());
    comments
}

/// A key or a value, and its place as the parser gives it.
pub struct ScalarPlace {
    /// In characters.
    pub chars: Range<usize>,
    pub style: ScalarStyle,
    pub value: String,
}

impl ScalarPlace {
    /// The bytes of its text. The parser's place may begin with a tag, an anchor or the line
    /// that announces a text of several, and ends behind the comment after a text in quotes.
    fn text(&self, front: &str, bytes: &[usize]) -> Option<Range<usize>> {
        let (start, end) = (*bytes.get(self.chars.start)?, *bytes.get(self.chars.end)?);
        let place = front.get(start..end)?;
        let from = start + properties_length(place);
        Some(match self.style {
            ScalarStyle::Plain => from..end,
            ScalarStyle::SingleQuoted => from..from + quoted_length(&front[from..], '\''),
            ScalarStyle::DoubleQuoted => from..from + quoted_length(&front[from..], '"'),
            ScalarStyle::Literal | ScalarStyle::Folded => {
                let line = place.lines().next().unwrap_or_default();
                let is_text = self.value.starts_with(line.trim_end());
                if is_text { start..end } else { start + line.len()..end }
            }
        })
    }
}

/// The length of the tag, the anchor and the comments that come before a text.
fn properties_length(place: &str) -> usize {
    let mut rest = place;
    while rest.starts_with(['!', '&', '#']) {
        let is_end = |c: char| if rest.starts_with('#') { c == '\n' } else { c.is_whitespace() };
        rest = rest[rest.find(is_end).unwrap_or(rest.len())..].trim_start();
    }
    place.len() - rest.len()
}

/// The length of the text in quotes that a text begins with.
fn quoted_length(text: &str, quote: char) -> usize {
    let mut chars = text.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        if c == '\\' && quote == '"' {
            chars.next();
        } else if c == quote && chars.next_if(|next| quote == '\'' && next.1 == quote).is_none() {
            return at + 1;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::super::{COMMENTS, fields};

    #[test]
    fn a_comment_is_a_field_and_a_mark_in_a_value_is_none() {
        let front = "# He said\nü: \"x \\\" # y\" #sea \"s\nb: 'it''s # x'\nc: |\n  # text\n  #more\n\
                     d: x#y  # d # e\nlist:\n  - # f\n  - \"#g\"\n#\n# last";
        assert_eq!(fields(front).0[COMMENTS], "He said\nsea \"s\nd # e\nf\nlast");
        assert_eq!(
            fields(&format!("{front}\ne: [f\n")).0[COMMENTS],
            json!(["He said", "sea \"s", "d # e", "f\nlast"])
        );
        assert_eq!(Json::Object(fields("tags: #sea\n").0), json!({"tags": null, "#": "sea"}));
    }

    #[test]
    fn a_comment_is_a_field_whatever_the_value_before_it_begins_with() {
        for (front, expected) in [
            ("b: !t \"x\" # gone?\nc: &a 'x' # gone2?\n", "gone?\ngone2?"),
            ("b: !t # said \"x\"\n  \"# y\" # z\n", "said \"x\"\nz"),
            ("é: &a # e\n  y # f\n", "e\nf"),
            ("tags: a\nquote: >- # He said\n", "He said"),
            ("quote: |  # He said", "He said"),
            ("quote: |  # He said\nx: 1\n", "He said"),
            ("quote: !!str | # He said\n  # text\n # and\n# she\nb: 1\n", "He said\nand\nshe"),
            ("- quote: |\n", ""),
            ("é: |\n  !t # text\n\n  # text\nb: >2 # c\n    # text\n  > # text\n", "c"),
            ("b: 'never # closed", ""),
        ] {
            let comments = fields(front).0.remove(COMMENTS).unwrap_or_default();
            assert_eq!(comments.as_str().unwrap_or_default(), expected, "{front}");
        }
    }
}
