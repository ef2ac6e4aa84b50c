//! Converts Day One's rich text to markdown, with the headings, lists, checkboxes and
//! links that its plain text lacks.

use serde::Deserialize;
use serde_json::Value as Json;

#[derive(Deserialize)]
struct RichText {
    #[serde(default)]
    contents: Vec<RichPiece>,
}

#[derive(Deserialize)]
struct RichPiece {
    #[serde(default)]
    text: String,
    #[serde(default)]
    attributes: RichAttributes,
    #[serde(default, rename = "embeddedObjects")]
    embedded: Vec<Json>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct RichAttributes {
    bold: bool,
    italic: bool,
    strikethrough: bool,
    inline_code: bool,
    #[serde(rename = "linkURL")]
    link_url: Option<String>,
    line: RichLine,
}

#[derive(Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct RichLine {
    header: u8,
    list_style: String,
    list_index: Option<u32>,
    indent_level: u8,
    checked: bool,
    quote: bool,
    code_block: bool,
}

/// The markdown, and the embedded objects that it can't express.
pub struct Markdown {
    pub text: String,
    pub embedded: Vec<Json>,
}

/// Converts rich text; `None` if it can't be parsed.
pub fn markdown(rich: &str) -> Option<Markdown> {
    let RichText { contents } = serde_json::from_str(rich).ok()?;
    let mut writer = MarkdownWriter::default();
    for piece in &contents {
        writer.piece(piece);
    }
    writer.code(false);
    Some(Markdown { text: writer.text, embedded: writer.embedded })
}

#[derive(Default)]
struct MarkdownWriter {
    text: String,
    embedded: Vec<Json>,
    in_code: bool,
}

impl MarkdownWriter {
    fn piece(&mut self, piece: &RichPiece) {
        for object in &piece.embedded {
            self.object(object);
        }
        for line in piece.text.split_inclusive('\n') {
            let (words, end) = match line.strip_suffix('\n') {
                Some(words) => (words, "\n"),
                None => (line, ""),
            };
            if self.text.is_empty() || self.text.ends_with('\n') {
                self.code(piece.attributes.line.code_block);
                self.text += &piece.attributes.line.mark(words);
            }
            self.text += &piece.attributes.around(words);
            self.text += end;
        }
    }

    /// Opens or closes a block of code.
    fn code(&mut self, code: bool) {
        if self.in_code != code {
            if !self.text.is_empty() && !self.text.ends_with('\n') {
                self.text.push('\n');
            }
            self.text += "```\n";
            self.in_code = code;
        }
    }

    fn object(&mut self, object: &Json) {
        let field = |name: &str| object.get(name).and_then(Json::as_str).unwrap_or_default();
        match (field("type"), field("identifier"), field("url")) {
            ("horizontalRuleLine", ..) => self.text += "---\n",
            ("photo", id, _) if !id.is_empty() => {
                self.text += &format!("![](dayone-moment://{id})\n");
            }
            (kind @ ("video" | "audio" | "pdfAttachment"), id, _) if !id.is_empty() => {
                self.text += &format!("![](dayone-moment:/{kind}/{id})\n");
            }
            (_, _, url) if !url.is_empty() => self.text += &format!("<{url}>\n"),
            _ => self.embedded.push(object.clone()),
        }
    }
}

impl RichLine {
    /// The markdown at the start of a line.
    fn mark(&self, words: &str) -> String {
        if self.code_block {
            return String::new();
        }
        let indent = "  ".repeat(self.indent_level.saturating_sub(1).min(16).into());
        let header = "#".repeat(self.header.min(6).into()) + " ";
        let list = match self.list_style.as_str() {
            "bulleted" => format!("{indent}- "),
            "numbered" => format!("{indent}{}. ", self.list_index.unwrap_or(1)),
            "checkbox" => format!("{indent}- [{}] ", if self.checked { 'x' } else { ' ' }),
            _ => String::new(),
        };
        // Some versions of Day One write the `#` of a heading too.
        let heading = if self.header > 0 && !words.starts_with('#') { &header } else { "" };
        let quote = if self.quote { "> " } else { "" };
        format!("{quote}{list}{heading}")
    }
}

impl RichAttributes {
    /// Wraps words in their markdown marks, leaving white space at either end outside.
    fn around(&self, words: &str) -> String {
        let inner = words.trim();
        if inner.is_empty() || self.line.code_block {
            return words.to_owned();
        }
        let mut markdown = inner.to_owned();
        for (applies, mark) in [
            (self.inline_code, "`"),
            (self.strikethrough, "~~"),
            (self.italic, "*"),
            (self.bold, "**"),
        ] {
            if applies {
                markdown = format!("{mark}{markdown}{mark}");
            }
        }
        if let Some(url) = self.link_url.as_deref().filter(|url| *url != inner) {
            markdown = format!("[{markdown}]({url})");
        }
        words.replacen(inner, &markdown, 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn headings_lists_boxes_and_links_stay() {
        let line = |line: Json| json!({ "line": line });
        let rich = json!({"contents": [
            {"text": "By the weir\n", "attributes": line(json!({"header": 1}))},
            {"text": "milk\n", "attributes": line(json!({"listStyle": "checkbox", "checked": true, "indentLevel": 1}))},
            {"text": "bread\n", "attributes": line(json!({"listStyle": "checkbox", "checked": false, "indentLevel": 2}))},
            {"text": "one\n", "attributes": line(json!({"listStyle": "bulleted"}))},
            {"text": "two\n", "attributes": line(json!({"listStyle": "numbered", "listIndex": 2}))},
            {"text": "said\n", "attributes": line(json!({"quote": true}))},
            {"text": "let x;\n", "attributes": line(json!({"codeBlock": true}))},
            {"text": "the lock ", "attributes": {"linkURL": "https://example.org/"}},
            {"text": "was ", "attributes": {}},
            {"text": "open. ", "attributes": {"bold": true, "italic": true}},
            {"embeddedObjects": [{"type": "photo", "identifier": "X1"}, {"type": "song", "name": "y"}]},
            {"text": "Late\n", "attributes": line(json!({"header": 2}))},
        ]});
        let markdown = markdown(&rich.to_string()).unwrap();
        let expected = "# By the weir\n- [x] milk\n  - [ ] bread\n- one\n2. two\n> said\n```\nlet x;\n```\n[the lock](https://example.org/) was ***open.*** ![](dayone-moment://X1)\n## Late\n";
        assert_eq!(markdown.text, expected);
        assert_eq!(markdown.embedded, [json!({"type": "song", "name": "y"})]);
    }
}
