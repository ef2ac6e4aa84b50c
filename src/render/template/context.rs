//! What a template can name. Numbers are numbers there: what serde_json keeps of each digit
//! would reach it as an object.

use minijinja::{Environment, Value as Context, context};

use crate::entry::{Entry, Value};

use super::super::file_name::exported_attachment_place;
use super::super::terminal::day_words;
use super::super::{Export, clean, clean_line};

/// What a template can name; the help of `export` tells it.
pub fn context(export: &Export) -> Context {
    let pages = export.units().into_iter().map(|unit| {
        let entries = unit.entries.iter().map(|stored| entry(&stored.entry, export));
        let entries: Context = entries.collect();
        context! { name => unit.page.name, date => day_words(unit.page.day), entries => entries }
    });
    let pages: Context = pages.collect();
    let entries: Context = export.newest().into_iter().map(|e| entry(e, export)).collect();
    context! { pages => pages, entries => entries }
}

/// An answer as it is kept, without what would be orders to a terminal.
fn answer_value(value: &Value) -> Context {
    match value {
        Value::CantSay => Context::from(()),
        Value::YesNo(yes) => Context::from(*yes),
        Value::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(whole), _) => Context::from(whole),
            (None, Some(number)) => Context::from(number),
            (None, None) => Context::from(number.to_string()),
        },
        Value::Text(words) => Context::from(clean(words)),
        Value::Chosen(ids) => ids.iter().map(|id| clean(id)).collect(),
    }
}

/// What is undefined, though its name is right: it prints nothing, and `if` takes it for false.
/// Any other undefined name is a mistake.
fn absent() -> Context {
    let absent = Environment::empty().compile_expression("0 if false").and_then(|it| it.eval(()));
    absent.unwrap_or_default()
}

fn entry(entry: &Entry, export: &Export) -> Context {
    let day = export.layout.clock.day_of(entry.at);
    let answers = entry.answers.iter().map(|answer| {
        context! {
            question => clean_line(&answer.question), asked => clean_line(&answer.asked),
            said => clean(&answer.text()), value => answer_value(&answer.value),
        }
    });
    let answers: Context = answers.collect();
    let tags: Context = entry.tags.iter().map(|tag| clean_line(tag)).collect();
    let attachments = entry.attachments.iter().map(|it| {
        let file = export.layout.has_files.then(|| Context::from(exported_attachment_place(it)));
        context! {
            name => clean_line(&it.name), type => clean_line(&it.media_type), bytes => it.bytes,
            file => file.unwrap_or_else(absent),
        }
    });
    let attachments: Context = attachments.collect();
    context! {
        id => entry.id.to_string(), practice => clean_line(&entry.practice),
        at => entry.at_text(), day => day.to_string(),
        date => day_words(entry.at.date_naive()), time => entry.at.format("%H:%M").to_string(), tags => tags, answers => answers,
        attachments => attachments,
    }
}
