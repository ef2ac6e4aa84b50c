//! The answers of an entry in markdown: what is short on its question's line, several
//! choices one to a line, a run of answers on one scale as a table.

use std::borrow::Cow;
use std::fmt::{self, Write};

use crate::entry::{Answer, Scale, Value};

use super::super::escape::{escape, escape_words};
use super::super::sections::AnswerGroup;
use super::super::{as_clean_line, clean, is_clean_line};

/// What the first line of a table says before its scale.
pub const TABLE: &str = "| Question | ";
/// The line below it.
pub const TABLE_RULE: &str = "|---|---|";
/// What begins each of several choices.
pub const ITEM: &str = "- ";
/// What indents the further lines of one.
pub const ITEM_INDENT: &str = "  ";
/// What parts a question from an answer on the same line.
pub const ANSWER: &str = "** ";

/// Words of one's own that are longer begin a line of their own, in characters.
const SHORT: usize = 60;
/// So many answers on one scale are a table.
const ROWS: usize = 3;

/// A group of answers, below its heading.
pub fn write_group(text: &mut String, level: &str, group: &AnswerGroup) -> fmt::Result {
    if let Some(title) = &group.title {
        write!(text, "\n{level} ")?;
        escape_words(text, title);
        text.push('\n');
    }
    let answers: Vec<RatedAnswer> =
        group.answers.iter().map(|answer| (rated(answer), *answer)).collect();
    let same = |a: &RatedAnswer, b: &RatedAnswer| a.0.is_some() && a.0 == b.0;
    for run in answers.chunk_by(same) {
        match run.first().and_then(|(scale, _)| *scale).filter(|_| run.len() >= ROWS) {
            Some(scale) => write_table(text, scale, run)?,
            None => run.iter().for_each(|(_, answer)| write_answer(text, answer)),
        }
    }
    Ok(())
}

/// An answer, with its scale where it fits in a cell.
type RatedAnswer<'a> = (Option<Scale>, &'a Answer);

/// The scale of an answer that fits in a cell.
fn rated(answer: &Answer) -> Option<Scale> {
    let fits = |words: &str| !words.is_empty() && is_clean_line(words);
    let is_step = match &answer.value {
        Value::CantSay => true,
        Value::Number(number) => number.is_i64(),
        Value::YesNo(_) | Value::Text(_) | Value::Chosen(_) => false,
    };
    answer.scale.filter(|_| is_step && fits(&answer.asked) && fits(&answer.text()))
}

fn write_table(text: &mut String, Scale { min, max }: Scale, run: &[RatedAnswer]) -> fmt::Result {
    write!(text, "\n{TABLE}{min}–{max} |\n{TABLE_RULE}\n")?;
    for (_, answer) in run {
        let said = answer.text();
        // The head of the table says the scale.
        let said = said.replacen(&format!(" of {min}–{max}"), "", 1);
        writeln!(text, "| {} | {} |", cell(&answer.asked), cell(&said))?;
    }
    Ok(())
}

fn cell(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len() + 8);
    escape_words(&mut escaped, words);
    // A line that begins with the mark has it escaped already.
    let first = if escaped.starts_with("\\|") { 2 } else { 0 };
    escaped[..first].to_owned() + &escaped[first..].replace('|', "\\|")
}

fn write_answer(text: &mut String, answer: &Answer) {
    text.push_str("\n**");
    let begin = text.len();
    escape_words(text, &as_clean_line(&answer.asked));
    let fits = !text[begin..].contains(ANSWER) && write_short(text, answer);
    if !fits {
        text.push_str("**\n\n");
        write_long(text, answer);
    }
    text.push('\n');
}

/// Writes the answer behind its question, where it is short and nothing in it would be taken
/// for more; returns whether it did.
fn write_short(text: &mut String, answer: &Answer) -> bool {
    let mut choices = answer.choices();
    let said = match &answer.value {
        // Most of what is written is longer.
        Value::Text(words) if answer.labels.is_empty() && words.chars().nth(SHORT).is_some() => {
            return false;
        }
        Value::Text(words) if answer.labels.is_empty() => Cow::Borrowed(words.as_str()),
        Value::Chosen(_) => match (choices.next(), choices.next()) {
            (Some(one), None) => Cow::Borrowed(one),
            _ => return false,
        },
        Value::CantSay | Value::YesNo(_) | Value::Number(_) | Value::Text(_) => {
            Cow::Owned(answer.text_with_scale())
        }
    };
    if !is_clean_line(&said) || said.is_empty() || said.starts_with(ITEM) {
        return false;
    }
    let begin = text.len();
    text.push_str(ANSWER);
    escape(text, &said);
    let fits = !text.ends_with("**");
    if !fits {
        text.truncate(begin);
    }
    fits
}

fn write_long(text: &mut String, answer: &Answer) {
    match &answer.value {
        Value::Chosen(_) => {
            for (at, words) in answer.choices().enumerate() {
                text.push_str(if at == 0 { "" } else { "\n" });
                text.push_str(ITEM);
                let begin = text.len();
                escape(text, &clean(words));
                if text[begin..].contains('\n') {
                    let item = text.split_off(begin);
                    text.push_str(&item.replace('\n', &format!("\n{ITEM_INDENT}")));
                }
            }
        }
        Value::Text(words) if answer.labels.is_empty() => escape(text, &clean(words)),
        Value::Text(_) | Value::CantSay | Value::YesNo(_) | Value::Number(_) => {
            escape(text, &clean(&answer.text_with_scale()));
        }
    }
}
