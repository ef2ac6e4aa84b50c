use textwrap::core::display_width;

use super::*;
use crate::config::Config;
use crate::practice::AnswerOption;
use crate::prompt::{Terminal, Transcript};

fn prompt(labels: &[&str], takes_words: bool, most: usize) -> MarkPrompt {
    let option = |label: &&str| AnswerOption::plain(label, label);
    let options: Vec<AnswerOption> = labels.iter().map(option).collect();
    MarkPrompt::new(&options, takes_words, Some(most), &[])
}

fn press(prompt: &mut MarkPrompt, keys: &str) -> Vec<String> {
    let mut field = MarkField::new(prompt);
    for key in keys.chars() {
        field.press(KeyEvent::from(match key {
            '\n' => KeyCode::Enter,
            '↓' => KeyCode::Down,
            key => KeyCode::Char(key),
        }));
    }
    prompt.answers()
}

const NEEDS: [&str; 16] = [
    "touch", "to belong", "to be heard", "to be seen", "rest", "a kind word", "b", "b", "b", "b",
    "b", "b", "b", "b", "b", "b",
];

#[test]
fn what_is_typed_stays_where_the_line_below_the_list_is_marked_and_is_a_mark_at_enter() {
    let option = |label: &&str| AnswerOption::plain(label, label);
    let mut options: Vec<AnswerOption> = NEEDS[..8].iter().map(option).collect();
    options.push(AnswerOption { stays: true, ..AnswerOption::plain("unsure", "not sure yet") });
    let mut list = MarkPrompt::new(&options, true, Some(3), &[]);
    assert_eq!(press(&mut list, "like furniture↓ "), ["unsure"]);
    assert_eq!(*list.typed, "like furniture");
    assert_eq!(press(&mut list, "\n"), ["unsure", "like furniture"]);
    for keys in ["like furniture↓ \n", "like furniture↓\n\n"] {
        let mut list = MarkPrompt::new(&options, true, Some(3), &[]);
        assert_eq!(press(&mut list, keys), ["unsure", "like furniture"], "{keys:?}");
    }
    let mut list = MarkPrompt::new(&options, true, Some(3), &[]);
    assert_eq!(press(&mut list, "not sure\n"), ["unsure"]);
    assert_eq!(*list.typed, "", "it was found by these words");
}

#[test]
fn a_label_of_several_words_can_be_typed_whole() {
    for (typed, marked) in [
        ("to be heard ", "to be heard"),
        ("heard ", "to be heard"),
        ("rest ", "rest"),
        ("to bel ", "to belong"),
    ] {
        assert_eq!(press(&mut prompt(&NEEDS, false, 2), typed), [marked], "{typed}");
        let entered = format!("{typed}\n");
        assert_eq!(press(&mut prompt(&NEEDS, true, 2), &entered), [marked], "{typed}");
        // Where it may become words of one's own, a space is a letter.
        assert!(press(&mut prompt(&NEEDS, true, 2), typed).is_empty(), "{typed}");
    }
}

#[test]
fn what_is_typed_is_marked_or_added_before_enter_continues() {
    let mut list = prompt(&NEEDS, true, 3);
    assert_eq!(press(&mut list, "hear\n"), ["to be heard"]);
    let own = press(&mut list, "rest for my head\n");
    assert_eq!(own, ["to be heard", "rest for my head"]);
    assert!(list.typed.is_empty());
    // A short list takes words as well.
    assert_eq!(press(&mut prompt(&["calm"], true, 3), "my sister\n"), ["my sister"]);
    // Where no words are taken, they find a line of a long list or do nothing.
    assert!(press(&mut prompt(&NEEDS, false, 3), "zzz z\n").is_empty());
    assert!(press(&mut prompt(&["calm"], false, 3), "calm\n").is_empty());
}

#[test]
fn enter_on_a_line_that_was_gone_to_skips_nothing_unasked() {
    let [down, space, enter] = [KeyCode::Down, KeyCode::Char(' '), KeyCode::Enter];
    let last = |keys: &[KeyCode]| {
        let mut list = prompt(&["calm", "flat"], false, 2);
        let mut field = MarkField::new(&mut list);
        let press = |_, key: &KeyCode| Some(field.press(KeyEvent::from(*key)));
        keys.iter().fold(None, press)
    };
    assert_eq!(last(&[down, enter]), Some(KeyEffect::Stay));
    for keys in [&[enter][..], &[down, space, enter], &[down, enter, enter]] {
        assert_eq!(last(keys), Some(KeyEffect::Done), "{keys:?}");
    }
    assert_eq!(last(&[down, enter, down, enter]), Some(KeyEffect::Stay));
}

#[test]
fn the_line_of_keys_names_space_and_the_way_to_the_menu_however_narrow_it_is() {
    for (columns, marks) in [(80, "Space marks"), (50, "Space marks"), (30, "Space")] {
        let mut config = Config::defaults();
        (config.accessible, config.columns) = (true, Some(columns));
        let terminal = Terminal::new(&config, false, Some(Transcript::default()));
        for (labels, takes_words) in
            [(&["calm"][..], false), (&["calm"], true), (&NEEDS, false), (&NEEDS, true)]
        {
            let screen = terminal.screen().unwrap();
            let mut list = prompt(labels, takes_words, 3);
            let drawing = MarkField::new(&mut list).draw(24, columns, &screen);
            let keys = drawing.rows.last().unwrap();
            assert!(keys.contains(marks) && keys.contains("Esc"), "{columns}: {keys}");
            assert!(display_width(keys) <= columns, "{columns}: {keys}");
        }
    }
}

#[test]
fn marks_stay_through_a_filter_and_no_more_are_made_than_may_be() {
    let mut list = prompt(&NEEDS, false, 2);
    press(&mut list, "touch ");
    press(&mut list, "seen ");
    press(&mut list, "kind\n");
    assert_eq!(list.answers(), ["touch", "to be seen"]);
    // A line that was found isn't in the way of Enter any longer.
    press(&mut list, "rest\n");
    assert!(list.typed.is_empty() && list.answers() == ["touch", "to be seen"]);
    let mut own = prompt(&NEEDS, true, 1);
    press(&mut own, "touch\n");
    assert_eq!(press(&mut own, "my own hour\n"), ["touch"]);
    assert_eq!(*own.typed, "my own hour", "what didn't fit is still there");
}
