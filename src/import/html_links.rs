//! The links of HTML tags in a note. Words that aren't in a tag are none.

/// The targets of `src` and `href`, each with the byte at which its tag starts.
pub fn html_links(text: &str) -> Vec<(usize, String)> {
    let mut links = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find('<').map(|length| at + length) {
        let rest = &text[start..];
        if rest.starts_with("<!--") {
            at = start + rest.find("-->").unwrap_or(rest.len());
            continue;
        }
        let mut reader = TagReader { text, at: start + 1 };
        let targets = reader.targets().unwrap_or_default();
        links.extend(targets.into_iter().map(|target| (start, target)));
        // What was read isn't read again, so that this takes no longer than the text is.
        at = reader.at;
    }
    links
}

/// The attributes that are links.
const NAMES: [&str; 2] = ["src", "href"];

/// The targets of `src` and `href` wherever they are, in a tag or not, each with a byte before
/// it.
pub fn values_of_links(text: &str) -> Vec<(usize, String)> {
    let mut links = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find('=').map(|length| at + length) {
        let before = text[at..start].trim_end().as_bytes();
        let is_name = |name: &&str| {
            let start = before.len().checked_sub(name.len());
            start.is_some_and(|start| before[start..].eq_ignore_ascii_case(name.as_bytes()))
        };
        let mut reader = TagReader { text, at: start + 1 };
        if NAMES.iter().any(is_name) && reader.skip_spaces().is_some() {
            links.extend(reader.value().map(|value| (start, decode_entities(value.trim()))));
        }
        at = reader.at;
    }
    links
}

struct TagReader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> TagReader<'a> {
    /// The targets in the tag that starts here; `None` if it isn't one.
    fn targets(&mut self) -> Option<Vec<String>> {
        self.name().filter(|name| name.starts_with(|c: char| c.is_ascii_alphabetic()))?;
        // An address in such brackets goes on at once.
        let rest = self.rest();
        let is_tag = rest.starts_with("/>") || rest.starts_with(['>', ' ', '\t', '\n']);
        is_tag.then_some(())?;
        let mut targets = Vec::new();
        loop {
            self.skip_spaces()?;
            if self.take(">") {
                return Some(targets);
            }
            let Some(name) = self.name() else {
                // Other marks are put up with by every program, so people have them.
                self.at += self.rest().chars().next()?.len_utf8();
                continue;
            };
            self.skip_spaces()?;
            if self.take("=") {
                self.skip_spaces()?;
                let value = self.value()?;
                if NAMES.iter().any(|it| name.eq_ignore_ascii_case(it)) {
                    targets.push(decode_entities(value.trim()));
                }
            }
        }
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn take(&mut self, mark: &str) -> bool {
        let is_next = self.rest().starts_with(mark);
        self.at += if is_next { mark.len() } else { 0 };
        is_next
    }

    /// Takes the text up to this end, or the whole rest.
    fn take_until(&mut self, is_end: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let text = &rest[..rest.find(is_end).unwrap_or(rest.len())];
        self.at += text.len();
        text
    }

    fn name(&mut self) -> Option<&'a str> {
        let name = self.take_until(|c| !c.is_ascii_alphanumeric() && !"-_:.".contains(c));
        (!name.is_empty()).then_some(name)
    }

    /// `None` at an empty line, which ends every tag in a note.
    fn skip_spaces(&mut self) -> Option<()> {
        let spaces = self.take_until(|c| !c.is_whitespace());
        (spaces.matches('\n').count() < 2).then_some(())
    }

    fn value(&mut self) -> Option<&'a str> {
        let Some(quote) = ["\"", "'"].into_iter().find(|quote| self.take(quote)) else {
            return Some(self.take_until(|c| c.is_whitespace() || "<>\"'`".contains(c)));
        };
        let rest = self.rest();
        let ends = |at: &usize| rest[*at..].starts_with(quote) || rest[*at..].starts_with("\n\n");
        let length = rest.char_indices().map(|(at, _)| at).find(ends).unwrap_or(rest.len());
        self.at += length;
        self.take(quote).then(|| &rest[..length])
    }
}

/// Replaces the entities that file names need: `&amp;` and the like, and those with a number.
fn decode_entities(value: &str) -> String {
    let mut pieces = value.split('&');
    let mut text = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let entity = piece.split_once(';').and_then(|(name, rest)| Some((entity(name)?, rest)));
        match entity {
            Some((c, rest)) => {
                text.push(c);
                text.push_str(rest);
            }
            None => text.extend(["&", piece]),
        }
    }
    text
}

fn entity(name: &str) -> Option<char> {
    const NAMES: [(&str, char); 6] =
        [("amp", '&'), ("lt", '<'), ("gt", '>'), ("quot", '"'), ("apos", '\''), ("nbsp", '\u{a0}')];
    let Some(number) = name.strip_prefix('#') else {
        return NAMES.iter().find(|(own, _)| *own == name).map(|(_, c)| *c);
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => number.parse(),
    };
    char::from_u32(code.ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tags_attributes_are_links_however_they_are_written() {
        for (text, target) in [
            ("<img src='pic&amp;b.png'>", "pic&b.png"),
            ("<img src = \"plain.png\">", "plain.png"),
            ("<IMG alt='a > b' SRC=a.png>", "a.png"),
            ("<video controls src=\"a b.mp4\"/>", "a b.mp4"),
            ("<a\n  href=\"it&#39;s.pdf\">it</a>", "it's.pdf"),
            ("<img src=\"a&b;c&#xe9;.png\">", "a&b;cé.png"),
            ("3 < 4, and 5 <6: <img src=\"a.png\">", "a.png"),
            ("<a b=\"open\n\n<img src=\"a.png\">", "a.png"),
            ("<img src=\"a.png\" {width=40}>", "a.png"),
            ("<img {width=40} src=\"a.png\" / >", "a.png"),
            ("<img alt=\"x\"\" src=\"a.png\">", "a.png"),
            ("<img onclick=f('x') é src=\"a.png\">", "a.png"),
        ] {
            let links = html_links(text);
            assert_eq!(links.iter().map(|(_, it)| &**it).collect::<Vec<_>>(), [target], "{text}");
            assert_eq!(values_of_links(text).len(), 1, "{text}");
        }
        let two = html_links("é <a href=\"a.pdf\"><img src=\"b.png\"></a>");
        assert_eq!(two, [(3, "a.pdf".to_owned()), (19, "b.png".to_owned())]);
    }

    #[test]
    fn a_value_is_found_where_no_tag_is() {
        for (text, target) in [
            ("<!-- <IMG SRC = \"a &amp; b.png\"> -->", "a & b.png"),
            ("img.src='a.png';", "a.png"),
            ("== <a href=a.pdf", "a.pdf"),
            ("<img data-src=\"a.png\" alt=\"never closed", "a.png"),
        ] {
            let links = values_of_links(text);
            assert_eq!(links.iter().map(|(_, it)| &**it).collect::<Vec<_>>(), [target], "{text}");
        }
        for text in ["src", "src=\"a.png", "src=\n\na.png", "rc=a.png", "="] {
            assert_eq!(values_of_links(text), [], "{text}");
        }
    }

    #[test]
    fn what_is_outside_of_a_tag_is_no_link() {
        for text in [
            "we set href=x.html",
            "src = \"a.png\"",
            "<!-- <img src=\"a.png\"> -->",
            "<!-- <a href=b>",
            "<a title=\"src='a.png'\">",
            "<img data-src=\"a.png\">",
            "< img src=\"a.png\">",
            "<img src=\"a.png\"",
            "<img é src=a.png",
            "a <b; src=a.png>",
            "<img\n\nsrc=\"a.png\">",
            "<https://x.org/?src=a.png>",
            "<",
            "<a",
        ] {
            assert_eq!(html_links(text), [], "{text}");
        }
    }
}
