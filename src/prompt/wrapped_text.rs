//! A text under the keys in rows that fit: broken at spaces, so that no row begins with the
//! space or the full stop that ends the one before.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Columns of a tab.
const TAB: &str = "    ";

/// Rows, and where the cursor is among them.
pub(super) struct WrappedText {
    pub rows: Vec<String>,
    /// Row and column.
    pub cursor: (usize, usize),
}

/// Wraps lines. The cursor is a line and a place among its letters.
pub(super) fn wrap(lines: &[String], cursor: (usize, usize), columns: usize) -> WrappedText {
    let mut text = WrappedText { rows: Vec::new(), cursor: (0, 0) };
    for (at, line) in lines.iter().enumerate() {
        let letters: Vec<char> = line.chars().collect();
        let ranges = row_ranges(line, &letters, columns);
        if at == cursor.0 {
            let place = cursor.1.min(letters.len());
            let row = ranges.iter().rposition(|range| range.start <= place).unwrap_or(0);
            let before = shown(&letters[ranges[row].start..place]);
            text.cursor = (text.rows.len() + row, before.width().min(columns));
        }
        let rows = ranges.into_iter().map(|range| shown(&letters[range]).trim_end().to_owned());
        text.rows.extend(rows);
    }
    text
}

/// The letters of each row: at least one row of a line. What is seen as one letter, such as a
/// family emoji, stays in one row.
fn row_ranges(line: &str, letters: &[char], columns: usize) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let (mut start, mut word, mut width, mut at) = (0, 0, 0, 0);
    for letter in line.graphemes(true) {
        let next = at + letter.chars().count();
        let wide: usize = letters[at..next].iter().map(columns_of).sum();
        if letter.chars().all(char::is_whitespace) {
            // Spaces stay with the word before them, beyond the edge if need be.
            word = next;
        } else if width + wide > columns && at > start {
            let end = if word > start { word } else { at };
            ranges.push(start..end);
            start = end;
            width = letters[end..at].iter().map(columns_of).sum();
        }
        width += wide;
        at = next;
    }
    ranges.push(start..letters.len());
    ranges
}

/// How wide a letter is by itself. A joined sequence may be narrower than its letters together:
/// then its row ends a little early.
fn columns_of(letter: &char) -> usize {
    match letter {
        '\t' => TAB.len(),
        letter => letter.width().unwrap_or(0),
    }
}

/// As it is drawn: without what only a terminal would read.
fn shown(letters: &[char]) -> String {
    let mut text = String::new();
    for letter in letters {
        match letter {
            '\t' => text.push_str(TAB),
            letter if letter.is_control() => {}
            letter => text.push(*letter),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str, cursor: usize, columns: usize) -> (Vec<String>, (usize, usize)) {
        let wrapped = wrap(&[text.to_owned()], (0, cursor), columns);
        (wrapped.rows, wrapped.cursor)
    }

    #[test]
    fn no_row_begins_with_what_ends_the_one_before() {
        let text = "It ends here. Then it goes on";
        assert_eq!(rows(text, 0, 12).0, ["It ends", "here. Then", "it goes on"]);
        assert_eq!(rows("one two  three", 0, 7).0, ["one two", "three"]);
        assert_eq!(rows("abcdefghij", 0, 4).0, ["abcd", "efgh", "ij"], "a word longer than a row");
        assert_eq!(rows("", 0, 4), (vec![String::new()], (0, 0)));
        assert_eq!(
            rows("日本語です", 5, 4),
            (vec!["日本".into(), "語で".into(), "す".into()], (2, 2))
        );
        let family = "👩‍👩‍👧";
        assert_eq!(rows(&format!("abc{family}d"), 0, 7).0, ["abc", &format!("{family}d")]);
        assert_eq!(rows("a\u{1b}[31mb", 0, 9).0, ["a[31mb"], "no order to the terminal");
    }

    #[test]
    fn the_cursor_stands_where_the_next_letter_goes() {
        assert_eq!(rows("one two three", 13, 7).1, (1, 5));
        assert_eq!(rows("one two three", 8, 7).1, (1, 0), "at the first letter of a row");
        assert_eq!(rows("one two ", 8, 7).1, (0, 7), "in a space beyond the edge");
        assert_eq!(rows("🙂🙂", 1, 9).1, (0, 2));
        let two = wrap(&["a".to_owned(), "b c".to_owned()], (1, 3), 9);
        assert_eq!((two.rows, two.cursor), (vec!["a".to_owned(), "b c".to_owned()], (1, 3)));
    }
}
