//! vi's way of typing, for those who set `keys = "vi"`: Esc gives orders, and once more
//! opens the menu.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui_textarea::{CursorMove, TextArea};

use super::letters;

type Area = TextArea<'static>;

/// What became of a key.
#[derive(Debug, PartialEq)]
pub(super) enum ViEffect {
    Taken,
    Done,
    /// It means what it always does.
    Other,
}

/// Letters type, or give orders.
#[derive(Default)]
pub(super) struct ViKeys {
    is_normal: bool,
    /// `d`, `c` or `g`, which wait for their second letter.
    first: Option<char>,
}

impl ViKeys {
    pub fn is_normal(&self) -> bool {
        self.is_normal
    }

    pub fn mode_words(&self) -> &'static str {
        if self.is_normal { "normal · i to type · " } else { "" }
    }

    pub fn press(&mut self, key: &KeyEvent, area: &mut Area) -> ViEffect {
        match (key.code, self.is_normal) {
            (KeyCode::Esc, false) => {
                self.is_normal = true;
                if area.cursor().1 > 0 {
                    letters::move_cursor(area, CursorMove::Back);
                }
                ViEffect::Taken
            }
            (KeyCode::Enter, true) => ViEffect::Done,
            (KeyCode::Char('r'), true) if key.modifiers == KeyModifiers::CONTROL => {
                area.redo();
                ViEffect::Taken
            }
            (KeyCode::Char(letter), true) if !key.modifiers.contains(KeyModifiers::CONTROL) => {
                self.order(letter, area);
                ViEffect::Taken
            }
            (_, _) => ViEffect::Other,
        }
    }

    fn order(&mut self, letter: char, area: &mut Area) {
        match (self.first.take(), letter) {
            (Some('g'), 'g') => area.move_cursor(CursorMove::Top),
            (Some(verb @ ('d' | 'c')), object) => {
                delete(object, verb, area);
                self.is_normal = verb == 'd';
            }
            (Some(_), _) => {}
            (None, 'd' | 'c' | 'g') => self.first = Some(letter),
            (None, _) => self.single(letter, area),
        }
    }

    fn single(&mut self, letter: char, area: &mut Area) {
        if let Some(to) = motion(letter) {
            letters::move_cursor(area, to);
            return;
        }
        match letter {
            'x' => _ = letters::delete_behind(area),
            'X' => _ = letters::delete_before(area),
            'D' | 'C' => _ = area.delete_line_by_end(),
            'p' => _ = area.paste(),
            'u' => _ = area.undo(),
            'a' => letters::move_cursor(area, CursorMove::Forward),
            'A' => area.move_cursor(CursorMove::End),
            'I' => area.move_cursor(CursorMove::Head),
            'o' => {
                area.move_cursor(CursorMove::End);
                area.insert_newline();
            }
            'O' => {
                area.move_cursor(CursorMove::Head);
                area.insert_newline();
                area.move_cursor(CursorMove::Up);
            }
            _ => {}
        }
        if matches!(letter, 'i' | 'a' | 'A' | 'I' | 'o' | 'O' | 'C') {
            self.is_normal = false;
        }
    }
}

fn motion(letter: char) -> Option<CursorMove> {
    Some(match letter {
        'h' => CursorMove::Back,
        'l' | ' ' => CursorMove::Forward,
        'j' => CursorMove::Down,
        'k' => CursorMove::Up,
        'w' => CursorMove::WordForward,
        'e' => CursorMove::WordEnd,
        'b' => CursorMove::WordBack,
        '0' | '^' => CursorMove::Head,
        '$' => CursorMove::End,
        'G' => CursorMove::Bottom,
        '}' => CursorMove::ParagraphForward,
        '{' => CursorMove::ParagraphBack,
        _ => return None,
    })
}

/// `dw`, `db`, `d$`, `dd` and the like, and the same with `c`.
fn delete(object: char, verb: char, area: &mut Area) {
    if object == verb {
        area.move_cursor(CursorMove::End);
        area.delete_line_by_head();
        if verb == 'd' {
            area.delete_next_char();
        }
        return;
    }
    // To change a word leaves the space behind it.
    let object = if (verb, object) == ('c', 'w') { 'e' } else { object };
    let Some(to) = motion(object) else { return };
    area.start_selection();
    letters::move_cursor(area, to);
    if object == 'e' {
        letters::move_cursor(area, CursorMove::Forward);
    }
    area.cut();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(text: &str, orders: &str) -> String {
        let mut area = TextArea::default();
        let mut vi = ViKeys::default();
        area.insert_str(text);
        assert_eq!(vi.press(&KeyCode::Esc.into(), &mut area), ViEffect::Taken);
        for letter in orders.chars() {
            let key = KeyEvent::from(KeyCode::Char(letter));
            if vi.press(&key, &mut area) == ViEffect::Other {
                area.insert_char(letter);
            }
        }
        area.lines().join("\n")
    }

    #[test]
    fn orders_move_delete_and_go_back_to_typing() {
        assert_eq!(after("one two", "0dw"), "two");
        assert_eq!(after("one two", "bC2"), "one 2");
        assert_eq!(after("one\ntwo", "ggdd"), "two");
        assert_eq!(after("one", "0ix"), "xone");
        assert_eq!(after("one", "ox"), "one\nx");
        assert_eq!(after("one two", "0cwx"), "x two");
        assert_eq!(after("one", "xu"), "one");
        let mut vi = ViKeys::default();
        let mut area = TextArea::default();
        vi.press(&KeyCode::Esc.into(), &mut area);
        assert_eq!(vi.press(&KeyCode::Esc.into(), &mut area), ViEffect::Other, "the menu");
    }
}
