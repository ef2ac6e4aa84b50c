//! Words in markdown: what was written shows as it was written, line by line,
//! and can be read back to the letter. The writer's own paragraphs, lists and
//! emphasis stay; nothing can become a heading, a rule, a fence, front matter,
//! HTML, or anything else that would reach beyond the words themselves.

use memchr::{memchr2, memchr3};

/// Two spaces before a line's end keep the line a line of its own.
const BREAK: &str = "  ";

/// A text of any number of lines, without line ends around it.
pub fn escape(out: &mut String, text: &str) {
    let mut lines = text.trim_matches('\n').split('\n').peekable();
    let mut begins = true;
    while let Some(line) = lines.next() {
        escape_line(out, line, begins);
        begins = is_blank(line);
        if let Some(next) = lines.peek() {
            out.push_str(if breaks(line, next) { BREAK } else { "" });
            out.push('\n');
        }
    }
}

/// What `escape` was given.
pub fn unescape(text: &str) -> String {
    let lines: Vec<&str> = text.trim_matches('\n').split('\n').collect();
    let mut out = String::with_capacity(text.len());
    for (i, line) in lines.iter().enumerate() {
        let next = lines.get(i + 1);
        let broken = next.is_some_and(|next| breaks(line, next));
        let line = if broken { line.strip_suffix(BREAK).unwrap_or(line) } else { line };
        out += &unescape_line(line);
        out += if next.is_some() { "\n" } else { "" };
    }
    out
}

/// Words that stand in a heading, or between stars.
pub fn escape_words(out: &mut String, words: &str) {
    let begin = out.len();
    escape_line(out, words, true);
    // Behind a heading, marks like its own would be taken for its end.
    if out[begin..].ends_with('#') && !out[begin..].ends_with("\\#") {
        out.insert(out.len() - 1, '\\');
    }
}

pub fn unescape_line(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        let entity = INDENTS.iter().find(|(entity, _)| rest.starts_with(entity));
        let (taken, plain) = match (entity, rest.as_bytes()) {
            (Some((entity, plain)), _) => (entity.len(), *plain),
            (None, [b'\\', mark, ..]) if mark.is_ascii_punctuation() => (2, char::from(*mark)),
            _ => (c.len_utf8(), c),
        };
        out.push(plain);
        rest = &rest[taken..];
    }
    out
}

/// An indent that would begin a block of code begins with one of these.
const INDENTS: [(&str, char); 2] = [("&#32;", ' '), ("&#9;", '\t')];

fn is_blank(line: &str) -> bool {
    line.trim().is_empty()
}

fn breaks(line: &str, next: &str) -> bool {
    !is_blank(line) && !is_blank(next)
}

/// `begins` a paragraph: only there can an indent begin code.
fn escape_line(out: &mut String, line: &str, begins: bool) {
    let words = line.trim_start();
    indent(out, &line[..line.len() - words.len()], begins && !words.is_empty());
    let mark = is_structure(words);
    out.push_str(if mark { "\\" } else { "" });
    escape_marks(out, words, mark);
}

fn indent(out: &mut String, space: &str, begins: bool) {
    let code = begins && (space.contains('\t') || space.chars().count() > 3);
    let first = INDENTS.iter().find(|(_, plain)| code && space.starts_with(*plain));
    out.push_str(first.map_or("", |(entity, _)| entity));
    out.push_str(if first.is_some() { &space[1..] } else { space });
}

/// Would a line that begins so be more than words?
fn is_structure(words: &str) -> bool {
    // Nearly every line begins with a letter.
    if words.starts_with(char::is_alphanumeric) {
        return false;
    }
    let ruled =
        |mark: char| !words.is_empty() && words.chars().all(|c| c == mark || c.is_whitespace());
    const BEGINS: [&str; 7] = ["#", ">", "```", "~~~", "**", "$$", "|"];
    // `[name]: …` would define a link and not be shown.
    let defines = words.starts_with('[') && words.contains("]:");
    BEGINS.iter().any(|begin| words.starts_with(begin))
        || defines
        || ['-', '=', '*', '_'].into_iter().any(ruled)
}

/// Marks that mean something within a line. A backslash before any mark is
/// doubled, so that those that we set can be told from the writer's own.
fn escape_marks(out: &mut String, words: &str, escaped: bool) {
    let mut rest = words;
    // The first mark of a structure is escaped already.
    if escaped {
        let first = rest.chars().next().map_or(0, char::len_utf8);
        out.push_str(&rest[..first]);
        rest = &rest[first..];
    }
    let bytes = rest.as_bytes();
    // Nearly always there is none.
    let none = memchr3(b'\\', b'<', b'&', bytes).is_none() && memchr2(b'!', b'%', bytes).is_none();
    if none {
        return out.push_str(rest);
    }
    while let Some(at) = rest.bytes().position(is_mark) {
        let (before, mark) = rest.split_at(at);
        out.push_str(before);
        // Each of them is one byte.
        let (c, after) = (mark.as_bytes()[0] as char, &mark[1..]);
        let next = after.chars().next();
        let special = match c {
            '\\' => next.is_some_and(|next| next.is_ascii_punctuation()),
            '<' => next.is_some_and(|next| next.is_alphabetic() || matches!(next, '/' | '!' | '?')),
            // An image fetched from elsewhere; Obsidian's comments; an entity.
            '!' => next == Some('['),
            '%' => next == Some('%'),
            '&' => next.is_some_and(|next| next.is_ascii_alphanumeric() || next == '#'),
            _ => false,
        };
        out.push_str(if special { "\\" } else { "" });
        out.push(c);
        rest = after;
    }
    out.push_str(rest);
}

fn is_mark(byte: u8) -> bool {
    matches!(byte, b'\\' | b'<' | b'!' | b'%' | b'&')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn escaped(text: &str) -> String {
        let mut out = String::new();
        escape(&mut out, text);
        out
    }

    fn escaped_words(words: &str) -> String {
        let mut out = String::new();
        escape_words(&mut out, words);
        out
    }

    #[test]
    fn what_would_be_structure_is_words() {
        let pairs = [
            ("# a", "\\# a"),
            ("---", "\\---"),
            ("> a", "\\> a"),
            ("```x", "\\```x"),
            ("**bold** a", "\\**bold** a"),
            ("===", "\\==="),
            ("[a]: b", "\\[a]: b"),
            ("$$", "\\$$"),
            ("| a | b |", "\\| a | b |"),
            ("a <b> 1 < 2", "a \\<b> 1 < 2"),
            ("![a](b)", "\\![a](b)"),
            ("%%a%%", "\\%%a\\%%"),
            ("a &lt; & b", "a \\&lt; & b"),
            ("    code", "&#32;   code"),
            ("\tcode", "&#9;code"),
            ("- a *list* stays", "- a *list* stays"),
            ("C:\\temp \\* \\<b>", "C:\\temp \\\\* \\\\\\<b>"),
        ];
        for (plain, marked) in pairs {
            assert_eq!(escaped(plain), marked);
            assert_eq!(unescape(marked), plain);
        }
    }

    #[test]
    fn each_line_stays_a_line_and_each_paragraph_a_paragraph() {
        let text = "one\ntwo \n\n- a\n    - b\n\n\nthree";
        assert_eq!(escaped(text), "one  \ntwo \n\n- a  \n    - b\n\n\nthree");
        assert_eq!(unescape(&escaped(text)), text);
        let edited = "one\ntwo";
        assert_eq!(unescape(edited), edited, "where an editor took the spaces away");
    }

    #[test]
    fn words_in_a_heading_keep_their_last_marks() {
        assert_eq!(escaped_words("in C #"), "in C \\#");
        assert_eq!(escaped_words("#"), "\\#");
        assert_eq!(unescape_line(&escaped_words("a ##")), "a ##");
    }

    /// Lines made of what markdown takes for more than words.
    fn hostile() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            "[-#>`~*_=+|\\\\<!%&\\[\\]:$ \t.;0-9a-zé静]{0,12}",
            Just("  ".to_owned()),
            Just("&#32;".to_owned()),
            Just("<!-- inward x -->".to_owned()),
            Just("**One moment**".to_owned()),
            Just("\\".to_owned()),
        ];
        prop::collection::vec(prop::collection::vec(piece, 0..4).prop_map(|p| p.concat()), 0..8)
            .prop_map(|lines| lines.join("\n"))
    }

    proptest! {
        #[test]
        fn any_text_comes_back_to_the_letter(text in hostile()) {
            prop_assert_eq!(unescape(&escaped(&text)), text.trim_matches('\n'));
        }

        #[test]
        fn no_line_of_it_begins_a_structure(text in hostile()) {
            for line in escaped(&text).lines() {
                let words = line.trim();
                prop_assert!(!words.starts_with(['#', '>', '|']) && !words.starts_with("**"), "{}", line);
                prop_assert!(!words.starts_with("<!--") && words != "---", "{}", line);
            }
        }
    }
}
