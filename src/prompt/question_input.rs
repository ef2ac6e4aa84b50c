//! One question at the prompt, by its kind, with what stands there already.

use std::time::Duration;

use crate::entry::Value;
use crate::error::{Error, Result};
use crate::practice::{AnswerOption, Question, QuestionKind};
use crate::render::{TextPage, clean, clean_line};

use super::Screen;
use super::choices::choose;
use super::esc_menu::{EscMenu, Leave};
use super::list_rows::ListLine;
use super::prompter::{ListPrompt, PauseEnd, PauseKind};
use super::text_input::TextPrompt;
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
    let mut answer = AnswerInput::new(question, before);
    let mut is_hidden = question.reveal;
    if is_hidden {
        announce_private(menu, screen);
    } else {
        show(question, screen);
    }
    loop {
        let input = match is_hidden {
            true => reveal(question, &mut is_hidden, screen)?,
            false => None,
        };
        let input = input.map_or_else(|| answer.read(screen), Ok)?;
        let words = match input {
            Input::Answer(value) => {
                echo(question, value.as_ref(), screen);
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
            Leave::Stay => {}
            Leave::Back => return Ok(Reply::Back(value)),
            Leave::Skip => {
                echo(question, None, screen);
                return Ok(Reply::Answer(None));
            }
            Leave::Stop => return Err(Error::Cancelled { draft: None }),
        }
    }
}

fn show(question: &Question, screen: &Screen) {
    screen.begin_question();
    question_lines(question, &screen.page()).iter().for_each(|line| screen.line(line));
}

/// What is asked, and the quiet line below it.
pub fn question_lines(question: &Question, page: &TextPage) -> Vec<String> {
    let ask = question.line.as_ref().and_then(|line| question.ask.strip_suffix(line.as_str()));
    let strong = |words: &str| page.strong(&page.wrap(&clean_line(words), ""));
    // Below another line of the same question, its own is all.
    let is_first = question.line.is_none() || question.under.is_none();
    let first = is_first.then(|| strong(ask.unwrap_or(&question.ask).trim_end()));
    let help = question.help.as_ref().map(|help| page.quiet(&page.wrap(&clean_line(help), "")));
    let line = question.line.as_ref().filter(|_| ask.is_some()).map(|line| strong(line));
    first.into_iter().chain(help).chain(line).collect()
}

/// Says that a private question comes, and nothing else.
fn announce_private(menu: Option<&EscMenu>, screen: &Screen) {
    let which = if menu.is_some_and(|menu| !menu.can_go_back) { "first" } else { "next" };
    let leaves = match screen.is_wiped() {
        true => "Ctrl-C leaves at once and clears the screen.",
        false => {
            "Ctrl-C leaves at once, but this screen can't be cleared: what's shown here stays."
        }
    };
    screen.begin_question();
    screen.paragraph(&format!("The {which} question is private. {leaves}"));
}

/// Shows a private question once its reader says so. `None` then: it is to be answered.
fn reveal(question: &Question, is_hidden: &mut bool, screen: &Screen) -> Result<Option<Input>> {
    Ok(match screen.prompter().pause(PauseKind::Private, screen)? {
        PauseEnd::Skip => Some(Input::Answer(None)),
        PauseEnd::Esc => Some(esc()),
        PauseEnd::Continue => {
            *is_hidden = false;
            show(question, screen);
            None
        }
    })
}

/// Leaves the answer standing above the next question.
fn echo(question: &Question, value: Option<&Value>, screen: &Screen) {
    screen.echo(&answer_line(question, value, &screen.page()));
    screen.line("");
}

/// An answer as it stands below its question.
pub fn answer_line(question: &Question, value: Option<&Value>, page: &TextPage) -> String {
    let Some(value) = value else { return page.quiet("  skipped") };
    let at = first_line(question, Some(value), &[]);
    let line = at.checked_sub(1).and_then(|at| scale_lines(&question.kind).get(at).cloned());
    let text = line.unwrap_or_else(|| question.answer_with(value.clone()).text());
    page.wrap(&clean(&text), "  ").trim_end().to_owned()
}

/// An answer under way; it stays as it is while the menu is open.
struct AnswerInput<'a> {
    question: &'a Question,
    text: TextPrompt,
    /// The line of a list that is marked first.
    first: usize,
    /// The lines of a list that are marked.
    marks: Vec<usize>,
}

impl<'a> AnswerInput<'a> {
    fn new(question: &'a Question, before: Option<&Value>) -> AnswerInput<'a> {
        let options = match &question.kind {
            QuestionKind::Choice { options, .. } | QuestionKind::Choices { options, .. } => {
                options.as_slice()
            }
            _ => &[],
        };
        let place = |id: &str| options.iter().position(|o| o.id == id);
        let (mut words, mut marks) = (Vec::new(), Vec::new());
        let chosen: &[String] = match before {
            Some(Value::Text(text)) => std::slice::from_ref(text),
            Some(Value::Chosen(chosen)) => chosen,
            _ => &[],
        };
        for word in chosen {
            match place(word) {
                Some(at) => marks.push(at),
                None => words.push(word.as_str()),
            }
        }
        if !options.is_empty() && !words.is_empty() {
            marks.push(options.len());
        }
        let number = before.and_then(|value| value.number()).map(|n| n.to_string());
        let words = match (&question.kind, number) {
            (QuestionKind::Number { .. }, Some(number)) => number,
            _ => words.join(", "),
        };
        let first = first_line(question, before, &marks);
        AnswerInput { question, text: TextPrompt::new(question, &words), first, marks }
    }

    /// Reads it, by the question's kind.
    fn read(&mut self, screen: &Screen) -> Result<Input> {
        match &self.question.kind {
            QuestionKind::Text { .. }
            | QuestionKind::Long
            | QuestionKind::Number { .. }
            | QuestionKind::Tags => self.text.read(self.question, screen),
            QuestionKind::Choice { options, other } => self.choice(options, *other, screen),
            QuestionKind::Choices { options, other } => self.choices(options, *other, screen),
            QuestionKind::Scale { .. } | QuestionKind::YesNo => self.listed(screen),
            QuestionKind::Stillness { minutes, forms, end } => {
                still(*minutes, *forms, end.as_deref(), screen)
            }
        }
    }

    /// One of these lines. `Ok(None)` skips, and Esc is `Err`.
    fn line_or_skip(
        &self,
        lines: &[String],
        has_keys: bool,
        screen: &Screen,
    ) -> Result<std::result::Result<Option<usize>, Input>> {
        let lines: Vec<String> =
            std::iter::once(SKIP.to_owned()).chain(lines.iter().cloned()).collect();
        let first = self.first.min(lines.len() - 1);
        let list = ListPrompt { message: "", lines: &lines, first, skips: true, has_keys };
        let chosen = screen.prompter().choose(&list, screen)?;
        Ok(chosen.map(|index| index.checked_sub(1)).ok_or_else(esc))
    }

    fn listed(&self, screen: &Screen) -> Result<Input> {
        let lines = scale_lines(&self.question.kind);
        let index = match self.line_or_skip(&lines, true, screen)? {
            Ok(Some(index)) => index,
            Ok(None) => return Ok(Input::Answer(None)),
            Err(esc) => return Ok(esc),
        };
        let line = &lines[index];
        let word = if line == CANT_SAY { CANT_SAY } else { first_word(line) };
        self.question.read(word).map(Input::Answer)
    }

    fn choice(&mut self, options: &[AnswerOption], other: bool, screen: &Screen) -> Result<Input> {
        let index = match self.line_or_skip(&labels(options, other), false, screen)? {
            Ok(Some(index)) => index,
            Ok(None) => return Ok(Input::Answer(None)),
            Err(esc) => return Ok(esc),
        };
        self.first = index + 1;
        match options.get(index) {
            Some(option) => Ok(Input::Answer(Some(Value::Text(option.id.clone())))),
            None => self.something_else(screen),
        }
    }

    fn choices(&mut self, options: &[AnswerOption], other: bool, screen: &Screen) -> Result<Input> {
        let lines = labels(options, other);
        let group = |at: usize| options.get(at).and_then(|option| option.group.as_ref());
        let lines = lines.into_iter().enumerate().map(|(at, text)| ListLine {
            heading: group(at).map(|group| clean_line(&group.heading)),
            text: clean_line(&text),
        });
        let lines: Vec<ListLine> = lines.collect();
        let most = self.question.most.unwrap_or(lines.len());
        if screen.prompter().mark(&lines, most, &mut self.marks, screen)?.is_none() {
            return Ok(esc());
        }
        let chosen = self.marks.iter().filter_map(|at| options.get(*at));
        let mut ids: Vec<String> = chosen.map(|option| option.id.clone()).collect();
        if self.marks.contains(&options.len()) {
            match &self.something_else(screen)? {
                Input::Answer(Some(Value::Chosen(own))) => ids.extend_from_slice(own),
                Input::Answer(Some(Value::Text(own))) => ids.push(own.clone()),
                Input::Answer(_) => {}
                Input::Esc(words) => return Ok(Input::Esc(words.clone())),
            }
        }
        Ok(Input::Answer((!ids.is_empty()).then_some(Value::Chosen(ids))))
    }

    /// The writer's own words in the place of an option.
    fn something_else(&mut self, screen: &Screen) -> Result<Input> {
        screen.line(&screen.page().quiet("Something else, in your own words:"));
        self.text.read(self.question, screen)
    }
}

/// Where the mark of a list stands first: at the answer that is there, or at the skip.
fn first_line(question: &Question, before: Option<&Value>, marks: &[usize]) -> usize {
    let Some(value) = before else { return 0 };
    let is_it = |line: &String| match value {
        Value::CantSay => line == CANT_SAY,
        Value::YesNo(yes) => line == if *yes { "Yes" } else { "No" },
        _ => value.number().is_some_and(|n| first_word(line).parse() == Ok(n)),
    };
    let on_scale = scale_lines(&question.kind).iter().position(is_it);
    on_scale.or(marks.first().copied()).map_or(0, |at| at + 1)
}

/// The lines of a scale, or of yes and no.
fn scale_lines(kind: &QuestionKind) -> Vec<String> {
    match kind {
        QuestionKind::Scale { scale, labels, cant_say } => {
            let label = |i: usize| labels.get(i).map(String::as_str).unwrap_or_default();
            let numbered = (scale.min..=scale.max).enumerate();
            let steps = numbered.map(|(i, n)| format!("{n}  {}", label(i)).trim_end().to_owned());
            steps.chain(cant_say.then(|| CANT_SAY.to_owned())).collect()
        }
        QuestionKind::YesNo => vec!["Yes".to_owned(), "No".to_owned()],
        QuestionKind::Text { .. }
        | QuestionKind::Long
        | QuestionKind::Choice { .. }
        | QuestionKind::Choices { .. }
        | QuestionKind::Number { .. }
        | QuestionKind::Stillness { .. }
        | QuestionKind::Tags => Vec::new(),
    }
}

fn esc() -> Input {
    Input::Esc(String::new())
}

fn first_word(line: &str) -> &str {
    line.split_whitespace().next().unwrap_or_default()
}

/// What can be chosen, and behind it that something else is meant.
fn labels(options: &[AnswerOption], other: bool) -> Vec<String> {
    let labels = options.iter().map(|option| option.label.clone());
    labels.chain(other.then(|| SOMETHING_ELSE.to_owned())).collect()
}

fn still(minutes: u32, forms: bool, end: Option<&str>, screen: &Screen) -> Result<Input> {
    let lines: &[&str] = match forms {
        true => &["Not now", "Breathe: in for 4, out for 6", "Just sit"],
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
    let whole = Duration::from_secs(u64::from(minutes) * 60);
    let sat = screen.prompter().sit(whole, form, screen)?;
    screen.line(if sat < whole { "That was a pause, too." } else { end.unwrap_or(timer::END) });
    // To a tenth of a minute, and never none: whoever sat down is asked how it was.
    let sat = ((sat.as_secs_f64() / 6.0).round() / 10.0).max(0.1);
    let number = serde_json::Number::from_f64(sat);
    // Whole minutes read better, and are the rule.
    let number = number.map(|n| if sat.fract() == 0.0 { (sat as i64).into() } else { n });
    Ok(Input::Answer(number.map(Value::Number)))
}

/// One to ten minutes, the practice's own number chosen already.
fn how_long(usual: u32, screen: &Screen) -> Result<u32> {
    let lines: Vec<String> = (1..=10).map(timer::minutes_words).collect();
    let usual = usual.clamp(1, 10);
    let first = usual as usize - 1;
    let list = ListPrompt { message: "", lines: &lines, first, skips: false, has_keys: false };
    let chosen = screen.prompter().choose(&list, screen)?;
    Ok(chosen.map_or(usual, |index| index as u32 + 1))
}
