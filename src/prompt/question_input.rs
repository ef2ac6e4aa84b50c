//! One question at the prompt, by its kind, with what stands there already.

use std::time::Duration;

use crate::entry::Value;
use crate::error::{Error, Result, Stop};
use crate::practice::{Question, QuestionKind};
use crate::render::{TextPage, clean, clean_line};
use crate::words::count_of;

use super::Screen;
use super::choices::choose_from;
use super::esc_menu::{EscMenu, MenuExit, SkipLoss};
use super::list_prompt::ListPrompt;
use super::option_input::OptionInput;
use super::prompter::{PauseEnd, PauseKind};
use super::text_input::TextPrompt;
use super::timer::{self, TimerForm};

const CANT_SAY: &str = "can't say";
/// First in every list of answers, so that Enter alone never answers.
pub(super) const SKIP: &str = "skip";

/// What a question is answered with, or that the question before is wanted instead.
pub enum QuestionEnd {
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

/// Asks. `before` is what stands there already; Esc opens the menu, which is that of a question
/// by itself where no other is given.
pub fn ask_question(
    question: &Question,
    before: Option<&Value>,
    menu: Option<&EscMenu>,
    screen: &Screen,
) -> Result<QuestionEnd> {
    if question.reveal {
        announce_private(menu, screen);
    } else {
        show(question, screen);
    }
    answer_below(question, before, menu, screen)
}

/// The same of a question that stands there already.
pub(super) fn answer_below(
    question: &Question,
    before: Option<&Value>,
    menu: Option<&EscMenu>,
    screen: &Screen,
) -> Result<QuestionEnd> {
    let mut answer = AnswerInput::new(question, before);
    let mut is_hidden = question.reveal;
    let stopped = |error: Error| if question.reveal { error.with_silent_stop() } else { error };
    loop {
        let shown = if is_hidden { reveal(question, &mut is_hidden, screen) } else { Ok(None) };
        let input = shown.and_then(|input| input.map_or_else(|| answer.read(screen), Ok));
        let input = input.map_err(stopped)?;
        let words = match input {
            Input::Answer(value) => {
                echo(question, value.as_ref(), screen);
                return Ok(QuestionEnd::Answer(value));
            }
            Input::Esc(words) => words,
        };
        let marked = answer.options.marked();
        // What can't be read as an answer yet would be lost as well.
        let loss = if !matches!(question.read(&words), Ok(None)) {
            SkipLoss::Words
        } else if before.is_some() || !marked.is_empty() {
            SkipLoss::Answer
        } else {
            SkipLoss::Nothing
        };
        let leave = match menu {
            Some(menu) => menu.open(loss, screen),
            None => EscMenu::of_question(question).open(loss, screen),
        };
        match leave.map_err(stopped)? {
            // Lines can't be moved back into sight.
            MenuExit::Stay if screen.is_accessible() && !is_hidden => show(question, screen),
            MenuExit::Stay => {}
            // In the order in which they were said, the list is before these words.
            MenuExit::Back if screen.is_accessible() && answer.options.take_in_words() => {}
            MenuExit::Back => {
                return Ok(QuestionEnd::Back(question.read_beside(&marked, &words).ok().flatten()));
            }
            MenuExit::Skip => {
                screen.say_in_lines("Skipped.");
                echo(question, None, screen);
                return Ok(QuestionEnd::Answer(None));
            }
            MenuExit::Stop => return Err(Error::Cancelled(Stop::Plain)),
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
    let which = if menu.is_some_and(|menu| menu.back.is_none()) { "first" } else { "next" };
    screen.begin_question();
    screen.paragraph(&private_words(&format!("The {which} question"), screen));
}

/// That this is private, and what Ctrl-C does.
pub(super) fn private_words(what: &str, screen: &Screen) -> String {
    let leaves = if screen.is_accessible() {
        "Ctrl-C stops at once, but this screen can't be cleared: what's shown here stays."
    } else {
        "Ctrl-C stops at once and clears the screen."
    };
    format!("{what} is private. {leaves}")
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
    let mut steps = steps(&question.kind).into_iter();
    let line = steps.find(|(step, _)| is_same(step, value)).map(|(_, line)| line);
    let text = line.unwrap_or_else(|| question.answer_with(value.clone()).text());
    page.wrap(&clean(&text), "  ").trim_end().to_owned()
}

/// An answer under way; it stays as it is while the menu is open.
struct AnswerInput<'a> {
    question: &'a Question,
    text: TextPrompt,
    options: OptionInput<'a>,
    /// The line of a scale that is marked first: the answer that is there, or the skip.
    first: usize,
}

impl<'a> AnswerInput<'a> {
    fn new(question: &'a Question, before: Option<&Value>) -> AnswerInput<'a> {
        let is_before = |(step, _): &(Value, String)| before.is_some_and(|it| is_same(step, it));
        let place = steps(&question.kind).iter().position(is_before);
        AnswerInput {
            question,
            text: TextPrompt::new(question, &words_before(question, before)),
            options: OptionInput::new(question, before),
            first: place.map_or(0, |place| place + 1),
        }
    }

    /// Reads it, by the question's kind.
    fn read(&mut self, screen: &Screen) -> Result<Input> {
        match &self.question.kind {
            QuestionKind::Text { .. }
            | QuestionKind::Long
            | QuestionKind::Number { .. }
            | QuestionKind::Tags => self.text.read(self.question, screen),
            QuestionKind::Choice { .. } => self.options.choose(&mut self.text, screen),
            QuestionKind::Choices { .. } => self.options.mark(&mut self.text, screen),
            QuestionKind::Scale { .. } | QuestionKind::YesNo => self.listed(screen),
            QuestionKind::Stillness { minutes, lets_choose, end } => {
                still(*minutes, *lets_choose, end.as_deref(), screen)
            }
        }
    }

    fn listed(&mut self, screen: &Screen) -> Result<Input> {
        let steps = steps(&self.question.kind);
        let words = steps.iter().map(|(_, line)| line.as_str());
        let lines: Vec<&str> = std::iter::once(SKIP).chain(words).collect();
        let first = self.first.min(lines.len() - 1);
        let mut list =
            ListPrompt { skips: true, has_keys: true, ..ListPrompt::new("", &lines, first) };
        let chosen = screen.prompter().choose(&mut list, screen)?;
        self.first = list.at;
        let Some(line) = chosen else { return Ok(esc()) };
        let step = line.checked_sub(1).and_then(|place| steps.into_iter().nth(place));
        Ok(Input::Answer(step.map(|(value, _)| value)))
    }
}

/// The words that a text begins with. Of several choices none: each stands among them.
fn words_before(question: &Question, before: Option<&Value>) -> String {
    let is_option = |word: &str| question.kind.options().iter().any(|it| it.id == word);
    match (&question.kind, before) {
        (QuestionKind::Number { .. }, Some(value)) => {
            value.number().map(|number| number.to_string()).unwrap_or_default()
        }
        (QuestionKind::Choices { .. }, _) | (_, None) => String::new(),
        (_, Some(Value::Text(text))) if !is_option(text) => text.clone(),
        (_, Some(Value::Chosen(words))) => words.join("; "),
        (_, Some(_)) => String::new(),
    }
}

/// Is this step of a scale what was answered? A number from elsewhere may be written `3.0`.
fn is_same(step: &Value, answer: &Value) -> bool {
    step == answer || step.number().is_some_and(|number| answer.number() == Some(number))
}

/// The answers to a scale, or to yes and no, each with its line; none to other kinds.
fn steps(kind: &QuestionKind) -> Vec<(Value, String)> {
    if matches!(kind, QuestionKind::YesNo) {
        return [(true, "Yes"), (false, "No")]
            .map(|(yes, line)| (Value::YesNo(yes), line.to_owned()))
            .into();
    }
    let points = kind.scale_points().into_iter();
    let points = points.map(|(point, label)| {
        (Value::Number(point.into()), format!("{point}  {label}").trim_end().to_owned())
    });
    points.chain(kind.takes_cant_say().then(|| (Value::CantSay, CANT_SAY.to_owned()))).collect()
}

fn esc() -> Input {
    Input::Esc(String::new())
}

fn still(minutes: u32, lets_choose: bool, end: Option<&str>, screen: &Screen) -> Result<Input> {
    let lines: &[&str] = if lets_choose {
        &["Not now", "Breathe: in for 4, out for 6", "Just sit"]
    } else {
        &["Not now", "Yes"]
    };
    let form = match choose_from("", lines, 0, screen)? {
        Some(1) => TimerForm::Breathing,
        Some(2) => TimerForm::JustSitting,
        Some(_) => return Ok(Input::Answer(None)),
        None => return Ok(esc()),
    };
    let minutes = if lets_choose { how_long(minutes, screen)? } else { Some(minutes) };
    let Some(minutes) = minutes else { return Ok(esc()) };
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
fn how_long(usual: u32, screen: &Screen) -> Result<Option<u32>> {
    let lines: Vec<String> =
        (1..=10).map(|minutes| count_of(minutes, "minute", "minutes")).collect();
    let usual = usual.clamp(1, 10);
    let first = usual as usize - 1;
    let chosen = screen
        .prompter()
        .choose(&mut ListPrompt::new("How many minutes?", &lines, first), screen)?;
    Ok(chosen.map(|index| index as u32 + 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entry::Scale;

    fn question(kind: QuestionKind) -> Question {
        Question::plain("light", "How light?", kind)
    }

    fn scale() -> Question {
        let labels = ["heavy", "", "light"].map(str::to_owned).to_vec();
        question(QuestionKind::Scale { scale: Scale { min: -1, max: 1 }, labels, cant_say: true })
    }

    #[test]
    fn a_step_that_was_answered_is_marked_first_and_shown_in_its_own_line() {
        let page = TextPage { width: 80, colour: false };
        let yes_no = question(QuestionKind::YesNo);
        let number = |text: &str| Value::Number(text.parse().unwrap());
        for (question, value, first, line) in [
            (scale(), number("-1"), 1, "  -1  heavy"),
            (scale(), number("0"), 2, "  0"),
            (scale(), number("1.0"), 3, "  1  light"),
            (scale(), Value::CantSay, 4, "  can't say"),
            (yes_no.clone(), Value::YesNo(true), 1, "  Yes"),
            (yes_no, Value::YesNo(false), 2, "  No"),
        ] {
            assert_eq!(AnswerInput::new(&question, Some(&value)).first, first, "{line}");
            assert_eq!(answer_line(&question, Some(&value), &page), line);
        }
        assert_eq!(AnswerInput::new(&scale(), Some(&number("7"))).first, 0);
        assert_eq!(AnswerInput::new(&scale(), None).first, 0);
    }
}
