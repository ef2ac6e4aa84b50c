//! The keys that every shell's line has.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui_textarea::{CursorMove, TextArea};

use super::letters;

/// What a key does to a text.
enum TextKey {
    Move(CursorMove),
    /// Did it change anything?
    Edit(fn(&mut TextArea<'static>) -> bool),
}

use TextKey::{Edit, Move};

const CONTROL: KeyModifiers = KeyModifiers::CONTROL;
const ALT: KeyModifiers = KeyModifiers::ALT;
const NONE: KeyModifiers = KeyModifiers::NONE;

/// Every key that is not a letter. What stands here twice is two spellings of one key.
const KEYS: &[(KeyModifiers, KeyCode, TextKey)] = &[
    (CONTROL, KeyCode::Char('a'), Move(CursorMove::Head)),
    (NONE, KeyCode::Home, Move(CursorMove::Head)),
    (CONTROL, KeyCode::Char('e'), Move(CursorMove::End)),
    (NONE, KeyCode::End, Move(CursorMove::End)),
    (CONTROL, KeyCode::Char('b'), Move(CursorMove::Back)),
    (NONE, KeyCode::Left, Move(CursorMove::Back)),
    (CONTROL, KeyCode::Char('f'), Move(CursorMove::Forward)),
    (NONE, KeyCode::Right, Move(CursorMove::Forward)),
    (ALT, KeyCode::Char('b'), Move(CursorMove::WordBack)),
    (CONTROL, KeyCode::Left, Move(CursorMove::WordBack)),
    (ALT, KeyCode::Char('f'), Move(CursorMove::WordForward)),
    (CONTROL, KeyCode::Right, Move(CursorMove::WordForward)),
    (CONTROL, KeyCode::Char('p'), Move(CursorMove::Up)),
    (CONTROL, KeyCode::Char('n'), Move(CursorMove::Down)),
    (NONE, KeyCode::PageUp, Move(CursorMove::ParagraphBack)),
    (NONE, KeyCode::PageDown, Move(CursorMove::ParagraphForward)),
    (CONTROL, KeyCode::Home, Move(CursorMove::Top)),
    (ALT, KeyCode::Char('<'), Move(CursorMove::Top)),
    (CONTROL, KeyCode::End, Move(CursorMove::Bottom)),
    (ALT, KeyCode::Char('>'), Move(CursorMove::Bottom)),
    (CONTROL, KeyCode::Char('h'), Edit(letters::delete_before)),
    (NONE, KeyCode::Backspace, Edit(letters::delete_before)),
    (CONTROL, KeyCode::Char('d'), Edit(letters::delete_behind)),
    (NONE, KeyCode::Delete, Edit(letters::delete_behind)),
    (CONTROL, KeyCode::Char('w'), Edit(delete_to_space)),
    (ALT, KeyCode::Backspace, Edit(TextArea::delete_word)),
    (ALT, KeyCode::Char('d'), Edit(TextArea::delete_next_word)),
    (CONTROL, KeyCode::Char('u'), Edit(TextArea::delete_line_by_head)),
    (CONTROL, KeyCode::Char('k'), Edit(TextArea::delete_line_by_end)),
    (CONTROL, KeyCode::Char('y'), Edit(TextArea::paste)),
    (CONTROL, KeyCode::Char('_'), Edit(TextArea::undo)),
    // What terminals send for it.
    (CONTROL, KeyCode::Char('7'), Edit(TextArea::undo)),
    (CONTROL, KeyCode::Char('/'), Edit(TextArea::undo)),
    (ALT, KeyCode::Char('_'), Edit(TextArea::redo)),
];

/// Deletes what stands before the cursor as far as the space before it, as a shell does.
fn delete_to_space(area: &mut TextArea<'static>) -> bool {
    let cursor = area.cursor();
    let (row, column) = (cursor.0, cursor.1);
    let Some(line) = area.lines().get(row) else { return false };
    let before: String = line.chars().take(column).collect();
    let points = before[letters::without_last_word(&before).len()..].chars().count();
    if points == 0 {
        return area.delete_word();
    }
    while area.cursor().1 > column - points {
        letters::move_cursor(area, CursorMove::Back);
    }
    area.delete_str(points)
}

/// Does what the key means; one that means nothing types nothing.
pub(super) fn press(key: &KeyEvent, area: &mut TextArea<'static>) {
    let modifiers = key.modifiers - KeyModifiers::SHIFT;
    let is_it = |(m, c, _): &&(_, _, _)| (*m, *c) == (modifiers, key.code);
    if let Some((_, _, does)) = KEYS.iter().find(is_it) {
        match does {
            Move(to) => letters::move_cursor(area, *to),
            Edit(change) => {
                change(area);
            }
        }
    } else if let (KeyCode::Char(letter), true) = (key.code, modifiers.is_empty()) {
        area.insert_char(letter);
    } else if key.code == KeyCode::Tab {
        area.insert_char('\t');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(text: &str, keys: &[(KeyModifiers, char)]) -> String {
        let mut area = TextArea::default();
        area.insert_str(text);
        for (modifiers, letter) in keys {
            press(&KeyEvent::new(KeyCode::Char(*letter), *modifiers), &mut area);
        }
        area.lines().join("\n")
    }

    #[test]
    fn keys_of_the_shell_edit_and_none_of_them_types_its_letter() {
        assert_eq!(after("one two", &[(CONTROL, 'a'), (NONE, 'x')]), "xone two");
        assert_eq!(after("one two", &[(CONTROL, 'w')]), "one ");
        assert_eq!(after("one two: ", &[(CONTROL, 'w')]), "one ");
        assert_eq!(after("é, it’s", &[(CONTROL, 'w'), (CONTROL, 'w'), (NONE, 'x')]), "x");
        assert_eq!(after("one\n", &[(CONTROL, 'w')]), "one");
        assert_eq!(after("one cafe\u{301}", &[(CONTROL, 'w')]), "one ");
        assert_eq!(after("one two", &[(CONTROL, 'w'), (CONTROL, 'y')]), "one two");
        assert_eq!(after("one two", &[(CONTROL, 'w'), (CONTROL, '_')]), "one two");
        assert_eq!(after("one two", &[(CONTROL, 'a'), (ALT, 'd')]), " two");
        assert_eq!(after("one two", &[(ALT, 'b'), (CONTROL, 'k'), (CONTROL, 'y')]), "one two");
        assert_eq!(after("one two", &[(CONTROL, 'u')]), "");
        assert_eq!(after("one two", &[(CONTROL, 'u'), (CONTROL, '_')]), "one two");
        assert_eq!(after("one", &[(CONTROL, 'b'), (CONTROL, 'f'), (CONTROL, 'e')]), "one");
        for letter in 'a'..='z' {
            let typed = after("", &[(CONTROL, letter), (ALT, letter)]);
            assert!(!typed.contains(letter), "{letter}");
        }
    }
}
