//! The answers of an entry in markdown: what is short on its question's line, several
//! choices one to a line, a run of answers on one scale as a table.

use std::fmt::{self, Write};

use crate::entry::{Answer, Scale, Value};

use super::super::escape::{escape, escape_words};
use super::super::sections::AnswerGroup;
use super::super::{clean, clean_line};

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
    let same = |a: &&Answer, b: &&Answer| rated(a).is_some() && rated(a) == rated(b);
    for run in group.answers.chunk_by(same) {
        match run.first().and_then(|answer| rated(answer)).filter(|_| run.len() >= ROWS) {
            Some(scale) => write_table(text, scale, run)?,
            None => run.iter().for_each(|answer| write_answer(text, answer)),
        }
    }
    Ok(())
}

/// The scale of an answer that fits in a cell.
fn rated(answer: &Answer) -> Option<Scale> {
    let fits = |words: &str| !words.is_empty() && clean_line(words) == *words;
    let is_step = match &answer.value {
        Value::CantSay => true,
        Value::Number(number) => number.is_i64(),
        Value::YesNo(_) | Value::Text(_) | Value::Chosen(_) => false,
    };
    answer.scale.filter(|_| is_step && fits(&answer.asked) && fits(&answer.text()))
}

fn write_table(text: &mut String, Scale { min, max }: Scale, run: &[&Answer]) -> fmt::Result {
    write!(text, "\n{TABLE}{min}–{max} |\n{TABLE_RULE}\n")?;
    for answer in run {
        let said = answer.text();
        // The head of the table says the rest.
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
    let mut asked = String::new();
    escape_words(&mut asked, &clean_line(&answer.asked));
    text.push_str("\n**");
    text.push_str(&asked);
    match short(answer).filter(|_| !asked.contains(ANSWER)) {
        Some(said) => {
            text.push_str(ANSWER);
            text.push_str(&said);
        }
        None => {
            text.push_str("**\n\n");
            write_long(text, answer);
        }
    }
    text.push('\n');
}

/// The answer as it stands behind its question, where it is short and nothing in it would
/// be taken for more.
fn short(answer: &Answer) -> Option<String> {
    let is_free = matches!(answer.value, Value::Text(_)) && answer.labels.is_empty();
    let said = match &answer.value {
        Value::Chosen(_) => match answer.chosen().as_slice() {
            [one] => one.clone(),
            _ => return None,
        },
        Value::CantSay | Value::YesNo(_) | Value::Number(_) | Value::Text(_) => answer.text(),
    };
    let is_line = clean_line(&said) == said && !said.is_empty() && !said.starts_with(ITEM);
    if !is_line || (is_free && said.chars().count() > SHORT) {
        return None;
    }
    let mut escaped = String::new();
    escape(&mut escaped, &said);
    (!escaped.ends_with("**")).then_some(escaped)
}

fn write_long(text: &mut String, answer: &Answer) {
    match &answer.value {
        Value::Chosen(_) => {
            for (at, words) in answer.chosen().iter().enumerate() {
                let mut item = String::new();
                escape(&mut item, &clean(words));
                text.push_str(if at == 0 { "" } else { "\n" });
                text.push_str(ITEM);
                text.push_str(&item.replace('\n', &format!("\n{ITEM_INDENT}")));
            }
        }
        Value::Text(words) if answer.labels.is_empty() => escape(text, &clean(words)),
        Value::Text(_) | Value::CantSay | Value::YesNo(_) | Value::Number(_) => {
            escape(text, &clean(&answer.text()));
        }
    }
}
