//! Asking on the whole screen, each kind of answer with a field of its own.

use std::time::Duration;

use crossterm::event::{KeyCode, KeyEvent};
use textwrap::core::display_width;
use zeroize::Zeroizing;

use crate::error::Result;

use super::Screen;
use super::choices::choose_in_menu;
use super::esc_menu::{Drops, EscChoice};
use super::field::{self, Drawing, Field, KeyEffect, plain_letter};
use super::list_field::ListField;
use super::list_prompt::ListPrompt;
use super::list_view::is_enter;
use super::mark_field::MarkField;
use super::mark_prompt::MarkPrompt;
use super::prompter::{PART_KEYS, PRIVATE_KEYS, PauseEnd, PauseKind, Prompter, TextEnd};
use super::text_field::TextField;
use super::text_input::TextPrompt;
use super::timer::{self, TimerForm};

const PAUSE_KEY_LINE: [&str; 3] = ["Enter continues", "Enter continues", "Enter"];
const PAGE_KEY_LINE: [&str; 2] = ["Enter continues · q back", "Enter · q back"];

pub(super) struct FullScreen;

impl Prompter for FullScreen {
    fn choose(&self, list: &mut ListPrompt, screen: &Screen) -> Result<Option<usize>> {
        let mut field = ListField::new(list);
        let effect = field::run(&mut field, screen)?;
        let line = field.line();
        if list.has_keys {
            list.at = line.unwrap_or(list.at);
        }
        Ok(line.filter(|_| effect == KeyEffect::Done))
    }

    fn mark(&self, prompt: &mut MarkPrompt, screen: &Screen) -> Result<Option<()>> {
        let effect = field::run(&mut MarkField::new(prompt), screen)?;
        Ok((effect == KeyEffect::Done).then_some(()))
    }

    fn text(&self, prompt: &mut TextPrompt, screen: &Screen) -> Result<TextEnd> {
        let is_long = prompt.is_long;
        let vi = screen.terminal.vi_keys;
        let suggestions = prompt.suggestions.clone();
        let text = prompt.text.clone();
        let make = || TextField::new(&text, is_long, suggestions, vi);
        let field = prompt.field.get_or_insert_with(make);
        let effect = field::run(field, screen);
        let takes_mark = matches!(effect, Ok(KeyEffect::Done | KeyEffect::Editor));
        prompt.text = if takes_mark { field.words() } else { field.typed() };
        match effect? {
            KeyEffect::Editor => Ok(TextEnd::Editor),
            KeyEffect::Esc => Ok(TextEnd::Esc),
            KeyEffect::Done | KeyEffect::Stay | KeyEffect::Skip => Ok(TextEnd::Done),
        }
    }

    fn pause(&self, kind: PauseKind, screen: &Screen) -> Result<PauseEnd> {
        Ok(match field::run(&mut Pause { kind }, screen)? {
            KeyEffect::Skip => PauseEnd::Skip,
            KeyEffect::Esc => PauseEnd::Esc,
            KeyEffect::Done | KeyEffect::Stay | KeyEffect::Editor => PauseEnd::Continue,
        })
    }

    fn menu(&self, choices: &[EscChoice], drops: Drops, screen: &Screen) -> Result<EscChoice> {
        let lines: Vec<&str> = choices.iter().map(|choice| choice.words(drops)).collect();
        // Esc twice changes nothing.
        let chosen = choose_in_menu(&lines, screen)?;
        Ok(chosen.map_or(EscChoice::Continue, |at| choices[at]))
    }

    fn sit(&self, whole: Duration, form: TimerForm, screen: &Screen) -> Result<Duration> {
        timer::run_timer(whole, form, screen)
    }
}

/// A single way on, which needs no menu.
struct Pause {
    kind: PauseKind,
}

impl Field for Pause {
    fn draw(&mut self, _: usize, _: usize, screen: &Screen) -> Drawing {
        let key_line = match self.kind {
            PauseKind::Next | PauseKind::Page { has_more: false } => {
                screen.key_line(&PAUSE_KEY_LINE)
            }
            PauseKind::Page { has_more: true } => screen.fitting(PAGE_KEY_LINE),
            PauseKind::Private => PRIVATE_KEYS,
            PauseKind::Part => {
                let (_, width) = screen.size();
                let fits = |keys: &&&str| display_width(keys) + 3 <= width;
                PART_KEYS.iter().find(fits).unwrap_or(&PART_KEYS[2])
            }
        };
        Drawing { rows: vec![screen.key_line_row(key_line)], cursor: Some((0, 0)) }
    }

    fn press(&mut self, key: KeyEvent) -> KeyEffect {
        let letter = plain_letter(&key);
        let skips = self.kind.skips() && matches!(letter, Some('s' | 'S'));
        let is_page = matches!(self.kind, PauseKind::Page { .. });
        let leaves = is_page && matches!(letter, Some('q' | 'Q'));
        let turns = is_page && letter == Some(' ');
        if is_enter(&key) || turns {
            KeyEffect::Done
        } else if skips {
            KeyEffect::Skip
        } else if leaves || key.code == KeyCode::Esc {
            KeyEffect::Esc
        } else {
            KeyEffect::Stay
        }
    }

    fn takes_letters(&self) -> bool {
        false
    }

    fn insert(&mut self, _: &str) {}

    fn text(&self) -> Option<Zeroizing<String>> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prompt::{list_field, mark_field, text_field};
    use crossterm::event::KeyModifiers;

    #[test]
    fn at_a_pause_an_s_skips_and_no_key_with_ctrl_does() {
        let press = |kind, letter, modifiers| {
            Pause { kind }.press(KeyEvent::new(KeyCode::Char(letter), modifiers))
        };
        let (none, control) = (KeyModifiers::NONE, KeyModifiers::CONTROL);
        for kind in [PauseKind::Private, PauseKind::Part] {
            assert_eq!(press(kind, 's', none), KeyEffect::Skip);
            assert_eq!(press(kind, 's', control), KeyEffect::Stay);
            assert_eq!(press(kind, 'j', control), KeyEffect::Done, "Enter, typed ahead");
        }
        assert_eq!(press(PauseKind::Next, 's', none), KeyEffect::Stay);
    }

    #[test]
    fn a_page_is_left_by_q_and_turned_by_space_as_in_a_pager() {
        let press = |kind, letter| {
            Pause { kind }.press(KeyEvent::new(KeyCode::Char(letter), KeyModifiers::NONE))
        };
        for has_more in [false, true] {
            assert_eq!(press(PauseKind::Page { has_more }, 'q'), KeyEffect::Esc);
            assert_eq!(press(PauseKind::Page { has_more }, ' '), KeyEffect::Done);
        }
        assert_eq!(press(PauseKind::Next, 'q'), KeyEffect::Stay);
    }

    #[test]
    fn the_shortest_key_lines_still_name_esc_and_what_goes_on_and_fit_thirty_columns() {
        let fields = [
            &list_field::ALL_KEY_LINES[..],
            &mark_field::ALL_KEY_LINES,
            &text_field::ALL_KEY_LINES,
        ];
        let goes_on = |key_line: &str| key_line.contains("Enter") || key_line.contains("Ctrl-D");
        for [wide, middle, narrow] in fields.concat() {
            assert!(narrow.ends_with("Esc more") && display_width(narrow) + 3 <= 30, "{narrow}");
            assert!(
                [wide, middle, narrow].into_iter().all(goes_on),
                "{wide} / {middle} / {narrow}"
            );
        }
    }
}
