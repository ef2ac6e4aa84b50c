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

/// [`clean`], on one line.
pub fn clean_line(text: &str) -> String {
    as_clean_line(text).into_owned()
}

/// [`clean_line`], borrowed where there is nothing to clean, as in nearly every line.
pub fn as_clean_line(text: &str) -> Cow<'_, str> {
    let is_spaced = text.starts_with(' ') || text.ends_with(' ') || text.contains("  ");
    if !is_spaced && each_byte(text, |b| matches!(b, b' '..=b'~')) {
        return Cow::Borrowed(text);
    }
    let is_one_line = |text: &str| !text.contains(|c: char| c.is_whitespace() && c != ' ');
    match clean(text) {
        Cow::Borrowed(text) if !is_spaced && is_one_line(text) => Cow::Borrowed(text),
        cleaned => Cow::Owned(cleaned.split_whitespace().collect::<Vec<_>>().join(" ")),
    }
}

/// Is it one line, with nothing to clean?
pub fn is_clean_line(text: &str) -> bool {
    matches!(as_clean_line(text), Cow::Borrowed(_))
}

/// [`clean`] for a page of ours, whose colours stay: `ESC [ … m` with digits.
pub fn clean_page(text: &str) -> Cow<'_, str> {
    if !text.contains('\u{1b}') {
        return clean(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut parts = text.split('\u{1b}');
    out += &clean(parts.next().unwrap_or_default());
    for part in parts {
        match colour_end(part) {
            Some(end) => {
                out.push('\u{1b}');
                out += &part[..end];
                out += &clean(&part[end..]);
            }
            None => {
                out.push('␛');
                out += &clean(part);
            }
        }
    }
    Cow::Owned(out)
}

/// The end of the colour that the text begins with, after its ESC.
fn colour_end(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('[')?;
    let end = inside.find(|c: char| !(c.is_ascii_digit() || c == ';'))?;
    inside[end..].starts_with('m').then_some(end + 2)
}

/// Doesn't stop at the first byte that isn't, so that many are compared at a time: nearly
/// always, all of them are.
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
    use proptest::prelude::*;

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
    fn a_page_keeps_its_colours_and_nothing_else() {
        let colours = "\u{1b}[1mstrong\u{1b}[0m \u{1b}[36;2mcalm\u{1b}[m";
        assert_eq!(clean_page(colours), colours);
        let orders = "\u{1b}]0;title\u{7} \u{1b}[2J \u{1b}[1;m\u{1b}[31\u{9b} \u{202e}x\u{1b}";
        assert_eq!(clean_page(orders), "␛]0;title␇ ␛[2J \u{1b}[1;m␛[31\u{fffd} x␛");
    }

    #[test]
    fn a_line_is_one_line() {
        assert_eq!(clean_line(" two\n\n lines\t"), "two lines");
    }

    proptest! {
        #[test]
        fn a_line_is_clean_if_cleaning_leaves_it_as_it_is(
            text in "[a-zé静 \u{a0}\u{2003}\t\n\r\u{1b}\u{202e}]{0,6}",
        ) {
            let words: Vec<String> = clean(&text).split_whitespace().map(str::to_owned).collect();
            prop_assert_eq!(clean_line(&text), words.join(" "));
            prop_assert_eq!(is_clean_line(&text), clean_line(&text) == text);
        }
    }
}
