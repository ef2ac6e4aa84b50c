use super::*;

fn field(is_long: bool, suggestions: &[&str]) -> TextField {
    let lines = suggestions.iter().map(|text| ListLine::from((*text).to_owned())).collect();
    TextField::new("", is_long, lines, false)
}

fn press(field: &mut TextField, keys: &[KeyCode]) {
    for key in keys {
        assert_eq!(field.press(KeyEvent::from(*key)), KeyEffect::Stay, "{key:?}");
    }
}

const TAB: &[KeyCode] = &[KeyCode::Tab];
const SPACE: &[KeyCode] = &[KeyCode::Char(' ')];

#[test]
fn tab_in_an_empty_answer_marks_the_first_suggestion_and_types_nothing() {
    for is_long in [false, true] {
        let mut answer = field(is_long, &["I'll rest", "I'll go slower"]);
        press(&mut answer, TAB);
        assert_eq!((&**answer.words(), answer.area.is_empty()), ("I'll rest", true));
        press(&mut answer, TAB);
        assert_eq!(answer.area.lines(), ["I'll rest"]);
        let mut alone = field(is_long, &[]);
        press(&mut alone, TAB);
        assert!(alone.area.is_empty());
    }
}

#[test]
fn spaces_alone_hide_no_suggestion() {
    for is_long in [false, true] {
        let mut answer = field(is_long, &["rest", "go slower"]);
        press(&mut answer, &[SPACE, SPACE].concat());
        assert_eq!(answer.matching().count(), 2);
        press(&mut answer, &[KeyCode::Down, KeyCode::Down]);
        assert_eq!(**answer.words(), *"go slower");
    }
}

#[test]
fn a_suggestion_that_is_only_marked_is_nobodys_words() {
    let mut answer = field(false, &["rest"]);
    press(&mut answer, TAB);
    assert!(answer.text().is_some_and(|text| text.is_empty()));
    press(&mut answer, TAB);
    assert!(answer.text().is_some_and(|text| **text == *"rest"));
}

#[test]
fn the_key_line_says_what_the_keys_do_now() {
    let (down, letter) = (&[KeyCode::Down][..], &[KeyCode::Char('r')][..]);
    let other = &[KeyCode::Char('x')][..];
    for (is_long, keys, widths) in [
        (false, vec![], &SUGGESTION_KEY_LINE),
        (false, vec![letter], &SUGGESTION_KEY_LINE),
        (false, vec![other], &SHORT_KEY_LINE),
        (false, vec![down], &MARKED_KEY_LINE),
        (false, vec![down, TAB], &SUGGESTION_KEY_LINE),
        (true, vec![], &START_KEY_LINE),
        (true, vec![down], &MARKED_KEY_LINE),
        (true, vec![letter], &LONG_KEY_LINE),
        (true, vec![letter, &[KeyCode::Backspace]], &START_KEY_LINE),
    ] {
        let mut answer = field(is_long, &["rest", "go slower"]);
        press(&mut answer, &keys.concat());
        assert_eq!(answer.key_line_widths(), widths, "{is_long} {keys:?}");
    }
    let mut orders = TextField::new("a page", true, Vec::new(), true);
    press(&mut orders, &[KeyCode::Esc]);
    assert_eq!(orders.key_line_widths(), &ORDER_KEY_LINE);
    assert_eq!(orders.press(KeyEvent::from(KeyCode::Enter)), KeyEffect::Done);
    let mut alone = field(true, &[]);
    assert_eq!(alone.key_line_widths(), &EMPTY_KEY_LINE);
    assert_eq!(alone.press(KeyEvent::from(KeyCode::Enter)), KeyEffect::Done);
    press(&mut alone, &[letter, &[KeyCode::Enter]].concat());
    assert_eq!((alone.key_line_widths(), alone.area.lines().len()), (&LONG_KEY_LINE, 2));
}
