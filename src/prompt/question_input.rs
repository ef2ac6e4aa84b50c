//! One question at the prompt, by its kind. The question itself is written by
//! us, wrapped at words; inquire reads the answer below it.

use inquire::MultiSelect;
use inquire::list_option::ListOption;

use crate::entry::Value;
use crate::error::{Error, Result};
use crate::practice::{AnswerOption, Question, QuestionKind};
use crate::render::clean_line;

use super::Screen;
use super::choices::{choose, choose_from, fitting, look, shown, skippable};
use super::esc_menu::{EscMenu, Leave};
use super::text_input::{long, one_line};
use super::timer::{self, TimerForm};

const SOMETHING_ELSE: &str = "something else";
const CANT_SAY: &str = "can't say";
/// First in every list of answers, so that Enter alone never answers.
const SKIP: &str = "skip";

/// What a question is answered with, or that the question before is wanted instead.
pub enum Reply {
    /// An answer; `None` where it was skipped.
    Answer(Option<Value>),
    /// Back, with the words that were under way.
    Back(Option<Value>),
}

/// What became of one reading of the keys.
pub(super) enum Input {
    Answer(Option<Value>),
    /// Esc, with what was typed by then.
    Esc(String),
}

/// Asks. `before` is what stands there already; Esc opens the menu, and without one it is
/// the way back.
pub fn question(
    question: &Question,
    before: Option<&Value>,
    menu: Option<&EscMenu>,
    screen: &Screen,
) -> Result<Reply> {
    let page = screen.page();
    screen.line(&page.accent(&page.wrap(&clean_line(&question.ask), "")));
    if let Some(help) = &question.help {
        screen.line(&page.quiet(&page.wrap(&clean_line(help), "")));
    }
    let mut before = before.cloned();
    loop {
        let words = match read(question, before.as_ref(), screen)? {
            Input::Answer(value) => {
                screen.line("");
                return Ok(Reply::Answer(value));
            }
            Input::Esc(words) => words,
        };
        let value = question.read(&words).ok().flatten();
        let leave = match menu {
            Some(menu) => menu.open(value.is_some(), screen)?,
            None => Leave::Back,
        };
        match leave {
            Leave::Stay => before = value.or(before),
            Leave::Back => return Ok(Reply::Back(value)),
            Leave::Skip => return Ok(Reply::Answer(None)),
            Leave::Stop => return Err(Error::Cancelled { draft: None }),
        }
    }
}

/// Reads the answer, by the question's kind.
fn read(question: &Question, before: Option<&Value>, screen: &Screen) -> Result<Input> {
    let text = match before {
        Some(Value::Text(text)) => Some(text.as_str()),
        _ => None,
    };
    match &question.kind {
        QuestionKind::Text { suggestions } => one_line(question, text, suggestions, screen),
        QuestionKind::Long => long(question, text.unwrap_or_default(), screen),
        QuestionKind::Choice { options, other } => choice(question, options, *other, screen),
        QuestionKind::Choices { options, other } => choices(question, options, *other, screen),
        QuestionKind::Scale { .. } | QuestionKind::YesNo => listed(question, screen),
        QuestionKind::Number { .. } | QuestionKind::Tags => one_line(question, None, &[], screen),
        QuestionKind::Stillness { minutes, forms } => still(*minutes, *forms, screen),
    }
}

/// One of these lines, or the first, which skips; Esc is `Err`.
fn choose_or_skip(mut lines: Vec<String>, screen: &Screen) -> Result<Option<Option<usize>>> {
    lines.insert(0, SKIP.to_owned());
    Ok(choose("", &lines, screen)?.map(|index| index.checked_sub(1)))
}

fn esc() -> Input {
    Input::Esc(String::new())
}

fn listed(question: &Question, screen: &Screen) -> Result<Input> {
    let lines: Vec<String> = match &question.kind {
        QuestionKind::Scale { scale, labels, cant_say } => {
            let label = |i: usize| labels.get(i).map(String::as_str).unwrap_or_default();
            let numbered = (scale.min..=scale.max).enumerate();
            let steps = numbered.map(|(i, n)| format!("{n}  {}", label(i)).trim_end().to_owned());
            steps.chain(cant_say.then(|| CANT_SAY.to_owned())).collect()
        }
        _ => vec!["Yes".to_owned(), "No".to_owned()],
    };
    let Some(chosen) = choose_or_skip(lines.clone(), screen)? else { return Ok(esc()) };
    let Some(index) = chosen else { return Ok(Input::Answer(None)) };
    let word = if lines[index] == CANT_SAY { CANT_SAY } else { first_word(&lines[index]) };
    question.read(word).map(Input::Answer)
}

fn first_word(line: &str) -> &str {
    line.split_whitespace().next().unwrap_or_default()
}

/// What can be chosen, and behind it that something else is meant.
fn labels(options: &[AnswerOption], other: bool) -> Vec<String> {
    let labels = options.iter().map(|option| option.label.clone());
    labels.chain(other.then(|| SOMETHING_ELSE.to_owned())).collect()
}

fn choice(
    question: &Question,
    options: &[AnswerOption],
    other: bool,
    screen: &Screen,
) -> Result<Input> {
    let Some(chosen) = choose_or_skip(labels(options, other), screen)? else { return Ok(esc()) };
    let Some(index) = chosen else { return Ok(Input::Answer(None)) };
    match options.get(index) {
        Some(option) => Ok(Input::Answer(Some(Value::Text(option.id.clone())))),
        None => one_line(question, None, &[], screen),
    }
}

fn choices(
    question: &Question,
    options: &[AnswerOption],
    other: bool,
    screen: &Screen,
) -> Result<Input> {
    let lines = labels(options, other);
    let page = fitting(&lines, screen);
    let answer = MultiSelect::new("", shown(&lines))
        .with_help_message("Space to mark, Enter to go on")
        .with_page_size(page)
        .with_render_config(look(screen.page().colour))
        .with_formatter(&marked)
        .raw_prompt();
    let Some(chosen) = skippable(answer)? else { return Ok(esc()) };
    let mut ids: Vec<String> =
        chosen.iter().filter_map(|c| options.get(c.index)).map(|o| o.id.clone()).collect();
    if chosen.iter().any(|c| c.index == options.len()) {
        match &one_line(question, None, &[], screen)? {
            Input::Answer(Some(Value::Chosen(own))) => ids.extend_from_slice(own),
            Input::Answer(Some(Value::Text(own))) => ids.push(own.clone()),
            Input::Answer(_) => {}
            Input::Esc(words) => return Ok(Input::Esc(words.clone())),
        }
    }
    Ok(Input::Answer((!ids.is_empty()).then_some(Value::Chosen(ids))))
}

/// What was marked; nothing, in the words of any other question passed over.
fn marked(chosen: &[ListOption<&String>]) -> String {
    let names: Vec<&str> = chosen.iter().map(|option| option.value.as_str()).collect();
    if names.is_empty() { "skipped".to_owned() } else { names.join(", ") }
}

fn still(minutes: u32, forms: bool, screen: &Screen) -> Result<Input> {
    let lines: &[&str] = match forms {
        true => &["Not now", "Breathe, in for 4 and out for 6", "Just sit"],
        false => &["Not now", "Yes"],
    };
    let lines: Vec<String> = lines.iter().map(|line| line.to_string()).collect();
    let form = match choose("", &lines, screen)? {
        Some(1) => TimerForm::Breathing,
        Some(2) => TimerForm::JustSitting,
        Some(_) => return Ok(Input::Answer(None)),
        None => return Ok(esc()),
    };
    let minutes = if forms { how_long(minutes, screen)? } else { minutes };
    let sat = timer::run_timer(minutes, form, screen)?;
    let number = serde_json::Number::from_f64(sat).filter(|_| sat > 0.0);
    // Whole minutes read better, and are the rule.
    let number = number.map(|n| if sat.fract() == 0.0 { (sat as i64).into() } else { n });
    Ok(Input::Answer(number.map(Value::Number)))
}

/// One to ten minutes, the practice's own number chosen already.
fn how_long(usual: u32, screen: &Screen) -> Result<u32> {
    let lines: Vec<String> = (1..=10).map(timer::minutes_words).collect();
    let usual = usual.clamp(1, 10);
    let chosen = choose_from("", &lines, usual as usize - 1, screen)?;
    Ok(chosen.map_or(usual, |index| index as u32 + 1))
}
