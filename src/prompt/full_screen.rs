//! Asking on the whole screen: text and marks are drawn here, one line of several is
//! chosen through inquire.

use std::time::Duration;

use crossterm::event::{KeyCode, KeyEvent};
use inquire::Select;
use textwrap::core::display_width;
use zeroize::Zeroizing;

use crate::error::Result;

use super::Screen;
use super::choices::{choose, fitting, look, shown, skippable};
use super::esc_menu::EscChoice;
use super::field::{self, Drawing, Field, KeyEffect};
use super::list_rows::ListLine;
use super::mark_field::{LONG_LIST, MarkField};
use super::prompter::{
    ListPrompt, PART_KEYS, PRIVATE_KEYS, PauseEnd, PauseKind, Prompter, TextEnd,
};
use super::text_field::TextField;
use super::text_input::TextPrompt;
use super::timer::{self, TimerForm};

const CHOICE_HINTS: [&str; 3] =
    ["↑↓ · Enter next · Esc for more", "↑↓ · Enter · Esc more", "↑↓ Enter"];
const SCALE_HINTS: [&str; 3] =
    ["a number, or ↑↓ · Enter next · Esc for more", "number · Enter · Esc more", "↑↓ Enter"];
const YES_NO_HINTS: [&str; 3] =
    ["y or n · Enter next · Esc for more", "y/n · Enter · Esc more", "y/n Enter"];
const LIST_HINTS: [&str; 3] =
    ["type to find · Enter next · Esc for more", "type · Enter · Esc more", "↑↓ Enter"];
const PAUSE_HINTS: [&str; 3] = ["Enter continues", "Enter continues", "Enter"];

pub(super) struct FullScreen;

impl Prompter for FullScreen {
    fn choose(&self, list: &ListPrompt, screen: &Screen) -> Result<Option<usize>> {
        let lines = shown(list.lines);
        // The last key that was typed marks its line.
        let by_key = |typed: &str, _: &String, line: &str, _: usize| {
            let key = typed.chars().next_back().map(|key| key.to_lowercase().to_string());
            let of = |key: String| line.to_lowercase().starts_with(&key);
            key.is_none_or(of).then_some(0)
        };
        let by_words = |typed: &str, _: &String, line: &str, _: usize| {
            line.to_lowercase().contains(&typed.to_lowercase()).then_some(0)
        };
        let hints = match list.lines {
            [_, yes, _] if list.has_keys && yes == "Yes" => &YES_NO_HINTS,
            _ if list.has_keys => &SCALE_HINTS,
            lines if lines.len() >= LONG_LIST => &LIST_HINTS,
            _ => &CHOICE_HINTS,
        };
        let page = fitting(&lines, screen);
        let mut select = Select::new(list.message, lines)
            .with_help_message(screen.hint(hints))
            .with_page_size(page)
            .with_starting_cursor(list.first)
            .with_render_config(look(screen.page().colour));
        select = match (list.has_keys, list.lines.len() >= LONG_LIST) {
            (true, _) => select.with_scorer(&by_key),
            (false, true) => select.with_scorer(&by_words),
            (false, false) => select.without_filtering(),
        };
        // As many rows as it takes are kept free below what was said.
        let rows = vec![String::new(); (page + 2).min(screen.room())];
        screen.paint(Drawing { rows, cursor: (0, 0) })?;
        let chosen = skippable(select.raw_prompt());
        screen.forget();
        Ok(chosen?.map(|option| option.index))
    }

    fn mark(
        &self,
        lines: &[ListLine],
        most: usize,
        marks: &mut Vec<usize>,
        screen: &Screen,
    ) -> Result<Option<()>> {
        let effect = field::run(&mut MarkField::new(lines, marks, most), screen)?;
        Ok((effect == KeyEffect::Done).then_some(()))
    }

    fn text(&self, prompt: &mut TextPrompt, screen: &Screen) -> Result<TextEnd> {
        let (is_long, vi) = (prompt.is_long, screen.terminal.vi_keys);
        let suggestions = prompt.suggestions.clone();
        let text = prompt.text.clone();
        let make = || TextField::new(&text, is_long, suggestions, vi);
        let field = prompt.field.get_or_insert_with(make);
        let effect = field::run(field, screen);
        prompt.text = field.words();
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

    fn menu(&self, choices: &[EscChoice], has_words: bool, screen: &Screen) -> Result<EscChoice> {
        let lines: Vec<String> = choices.iter().map(|c| c.words(has_words).to_owned()).collect();
        // Esc twice changes nothing.
        let chosen = choose("", &lines, screen)?;
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
        let hint = match self.kind {
            PauseKind::Next => screen.hint(&PAUSE_HINTS),
            PauseKind::Private => PRIVATE_KEYS,
            PauseKind::Part => {
                let (_, width) = screen.size();
                let fits = |keys: &&&str| display_width(keys) + 3 <= width;
                PART_KEYS.iter().find(fits).unwrap_or(&PART_KEYS[2])
            }
        };
        Drawing { rows: vec![screen.page().quiet(&format!("  {hint}"))], cursor: (0, 0) }
    }

    fn press(&mut self, key: KeyEvent) -> KeyEffect {
        match key.code {
            KeyCode::Enter => KeyEffect::Done,
            KeyCode::Esc => KeyEffect::Esc,
            KeyCode::Char('s' | 'S') if self.kind.skips() => KeyEffect::Skip,
            _ => KeyEffect::Stay,
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
