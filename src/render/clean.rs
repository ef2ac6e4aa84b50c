//! Text from an entry, made safe to show: a terminal acts on control
//! characters, and right-to-left overrides make a line say what it does not.

use std::borrow::Cow;

/// Line ends and tabs stay; every other control character becomes its picture
/// (␛ for ESC), every directional override disappears.
pub fn clean(text: &str) -> Cow<'_, str> {
    let letter = |b: u8| matches!(b, b' '..=b'~') | (b == b'\n') | (b == b'\t');
    if each_byte(text, letter) || text.chars().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let text = text.replace("\r\n", "\n");
    Cow::Owned(text.chars().filter_map(replacement).collect())
}

/// The same, on one line.
pub fn clean_line(text: &str) -> String {
    let spaced = text.starts_with(' ') || text.ends_with(' ') || text.contains("  ");
    if !spaced && each_byte(text, |b| matches!(b, b' '..=b'~')) {
        return text.to_owned();
    }
    clean(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Without stopping at the first that is not, so that many are asked at a time:
/// nearly always it is all of them.
pub(super) fn each_byte(text: &str, is: impl Fn(u8) -> bool) -> bool {
    text.bytes().fold(true, |all, byte| all & is(byte))
}

fn is_plain(c: char) -> bool {
    matches!(c, '\n' | '\t') || !(c.is_control() || is_override(c))
}

fn replacement(c: char) -> Option<char> {
    match c {
        c if is_plain(c) => Some(c),
        '\r' => Some('\n'),
        '\u{7f}' => Some('␡'),
        c if c < ' ' => char::from_u32(0x2400 + u32::from(c)),
        c if is_override(c) => None,
        _ => Some(char::REPLACEMENT_CHARACTER),
    }
}

/// Embeddings, overrides and isolates; the plain marks that Arabic and Hebrew
/// need are left alone.
pub(super) fn is_override(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_act_on_becomes_a_picture() {
        assert_eq!(clean("a\u{1b}[31m\u{0}\u{7f}\u{9b}b"), "a␛[31m␀␡\u{fffd}b");
        assert_eq!(clean("one\r\ntwo\rthree\tx"), "one\ntwo\nthree\tx");
    }

    #[test]
    fn words_of_every_script_stay_and_overrides_go() {
        let text = "שלום \u{200f} 🙂 é 静か";
        assert_eq!(clean(text), text);
        assert_eq!(clean("evil\u{202e}txt.exe"), "eviltxt.exe");
    }

    #[test]
    fn a_line_is_one_line() {
        assert_eq!(clean_line(" two\n\n lines\t"), "two lines");
    }
}
