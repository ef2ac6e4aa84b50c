//! Letters as their reader sees them: one with its accent, a flag or a family of emoji is a
//! single step of the cursor, though it is several code points.

use ratatui_textarea::{CursorMove, TextArea};
use unicode_segmentation::UnicodeSegmentation;

/// Moves the cursor, by whole letters. The text area's own steps are those of columns, of which
/// an accent has none.
pub(super) fn move_cursor(area: &mut TextArea<'static>, to: CursorMove) {
    let (row, column) = (area.cursor().0, area.cursor().1);
    let place = match to {
        CursorMove::Back => column.checked_sub(last_letter(&around(area).0)),
        CursorMove::Forward => Some(column + first_letter(&around(area).1)),
        _ => None,
    };
    // At the edge of a line, the step is over its end.
    let place = place.filter(|place| *place != column);
    let jump = place.and_then(|place| Some((row.try_into().ok()?, place.try_into().ok()?)));
    area.move_cursor(jump.map_or(to, |(row, column)| CursorMove::Jump(row, column)));
}

/// Deletes the letter before the cursor, or the end of the line before.
pub(super) fn delete_before(area: &mut TextArea<'static>) -> bool {
    let times = last_letter(&around(area).0).max(1);
    (0..times).fold(false, |changed, _| area.delete_char() || changed)
}

/// Deletes the letter behind the cursor, or the end of its line.
pub(super) fn delete_behind(area: &mut TextArea<'static>) -> bool {
    if first_letter(&around(area).1) < 2 {
        return area.delete_next_char();
    }
    move_cursor(area, CursorMove::Forward);
    delete_before(area)
}

/// How many code points the last letter of a text has; 0 where there is none.
pub(super) fn last_letter(text: &str) -> usize {
    text.graphemes(true).next_back().map_or(0, |letter| letter.chars().count())
}

/// What is left of a text without its last word: as far as the space before it, as in a shell.
pub(super) fn without_last_word(text: &str) -> &str {
    text.trim_end().trim_end_matches(|letter: char| !letter.is_whitespace())
}

fn first_letter(text: &str) -> usize {
    text.graphemes(true).next().map_or(0, |letter| letter.chars().count())
}

/// What stands before the cursor in its line, and behind it.
fn around(area: &TextArea<'static>) -> (String, String) {
    let cursor = area.cursor();
    let (row, column) = (cursor.0, cursor.1);
    let line = area.lines().get(row).map_or("", String::as_str);
    let letters = || line.chars();
    (letters().take(column).collect(), letters().skip(column).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const FAMILY: &str = "👩‍👩‍👧";
    const ACCENT: &str = "e\u{301}";
    const FLAG: &str = "🇫🇷";

    fn at_end_of(text: &str) -> TextArea<'static> {
        let mut area = TextArea::default();
        area.insert_str(text);
        area
    }

    #[test]
    fn a_letter_of_several_code_points_is_one_step_of_the_cursor() {
        for letter in [FAMILY, ACCENT, FLAG, "é", "x"] {
            let mut area = at_end_of(&format!("ab{letter}cd"));
            area.move_cursor(CursorMove::Head);
            (0..3).for_each(|_| move_cursor(&mut area, CursorMove::Forward));
            area.insert_char('Z');
            assert_eq!(area.lines(), [format!("ab{letter}Zcd")]);
            (0..2).for_each(|_| move_cursor(&mut area, CursorMove::Back));
            area.insert_char('Y');
            assert_eq!(area.lines(), [format!("abY{letter}Zcd")]);
        }
    }

    #[test]
    fn a_letter_of_several_code_points_is_deleted_whole() {
        for letter in [FAMILY, ACCENT, FLAG, "é", "x"] {
            let mut area = at_end_of(&format!("a\n{letter}"));
            assert!(delete_before(&mut area));
            assert_eq!(area.lines(), ["a", ""]);
            assert!(delete_before(&mut area), "the line end");
            assert_eq!(area.lines(), ["a"]);
            area.insert_str(letter);
            move_cursor(&mut area, CursorMove::Back);
            assert!(delete_behind(&mut area));
            assert_eq!(area.lines(), ["a"]);
        }
        assert!(!delete_before(&mut TextArea::default()));
    }
}
