//! The mistakes in a practice file that keep it from being read as one: its TOML, fields
//! that don't exist or are missing, and values of another type. The reader stops at the
//! first of them, so that field is removed, or something put in its place, and the rest is
//! read again.

mod left_out;
mod stand_ins;
#[cfg(test)]
mod tests;
mod toml_words;

use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeArray, DeString, DeTable, DeValue, Deserializer, Error};

use crate::config::line_of;
use crate::error::{did_you_mean, nearest};

use stand_ins::StandIns;
use toml_words::toml_mistakes;

use super::Mistake;
use super::file::PracticeFile;

pub(super) use left_out::LeftOutField;
pub(super) use stand_ins::NAME as STAND_IN;

/// How the TOML reader calls what a date is made of.
const TOML_PRIVATE: &str = "$__toml_private";

const FIELDS: &str = "`inward help practice-files` lists the fields.";

/// A practice file as far as it can be read, and what keeps it from being read whole.
pub(super) struct ReadFields {
    /// The file without the fields in which there's a mistake.
    pub file: PracticeFile,
    pub mistakes: Vec<Mistake>,
    pub left_out: Vec<LeftOutField>,
}

/// # Errors
/// Every mistake in the TOML; or, in valid TOML, every field that can't be read, if the rest
/// makes no sense without them.
pub(super) fn read_fields(text: &str) -> Result<ReadFields, Vec<Mistake>> {
    // Nearly every file has none, and is read on every start.
    if let Ok(file) = toml::from_str(text) {
        return Ok(ReadFields { file, mistakes: Vec::new(), left_out: Vec::new() });
    }
    let (table, faults) = DeTable::parse_recoverable(text);
    if !faults.is_empty() {
        return Err(toml_mistakes(text, &faults));
    }
    let mut found =
        FieldMistakes { text, all: Vec::new(), left_out: Vec::new(), excused: Vec::new() };
    let root = table.span();
    let mut rest = table;
    let mut stand_ins = StandIns::default();
    loop {
        let fault = match PracticeFile::deserialize(Deserializer::from(rest.clone())) {
            Ok(file) => {
                let left_out = std::mem::take(&mut found.left_out);
                return Ok(ReadFields { file, mistakes: found.in_order(), left_out });
            }
            Err(fault) => fault,
        };
        let span = fault.span().unwrap_or_default();
        if let Some(field) = missing_field(&fault) {
            let holder = stand_ins.insert(rest.get_mut(), root.clone(), &span, field);
            found.add_missing(&fault, field, holder.as_deref());
            if holder.is_some() {
                continue;
            }
        }
        let removed = remove(rest.get_mut(), root.clone(), &span);
        if !stand_ins.has(&span) && missing_field(&fault).is_none() {
            found.add(&fault, removed.as_ref());
        }
        if removed.is_none() {
            return Err(found.in_order());
        }
    }
}

/// The required field that the fault is about.
fn missing_field(fault: &Error) -> Option<&str> {
    Some(fault.message().strip_prefix("missing field ")?.trim_matches('`'))
}

/// A field that was removed, or an element of a list.
struct RemovedField {
    /// What it's called, or the list is.
    name: String,
    /// The table that had it, by its place.
    table: Range<usize>,
    /// The other fields there.
    others: Vec<String>,
}

struct FieldMistakes<'a> {
    text: &'a str,
    all: Vec<Mistake>,
    left_out: Vec<LeftOutField>,
    /// Fields that are missing only because they are misspelt, or were removed.
    excused: Vec<(Range<usize>, String)>,
}

impl FieldMistakes<'_> {
    fn add(&mut self, fault: &Error, removed: Option<&RemovedField>) {
        let message = fault.message();
        removed.iter().for_each(|it| self.leave_out(&it.name, &it.table));
        if let Some(rest) = message.strip_prefix("unknown field ") {
            let mut names = rest.split('`').skip(1).step_by(2);
            let given = names.next().unwrap_or_default();
            if given.starts_with(TOML_PRIVATE) {
                return self.push(fault, "This can't be a date.".to_owned(), FIELDS.to_owned());
            }
            // What the table has already isn't what is meant.
            let others = removed.map_or(&[][..], |it| &it.others);
            let names = names.filter(|name| !others.iter().any(|other| other == name));
            let near = nearest(given, names);
            if let (Some(removed), Some(near)) = (removed, near) {
                self.leave_out(near, &removed.table);
                self.excused.push((removed.table.clone(), near.to_owned()));
            }
            let what = format!("There's no field `{given}` here.");
            self.push(fault, what, did_you_mean(near, FIELDS));
        } else {
            if let Some(RemovedField { name, table, .. }) = removed {
                self.excused.push((table.clone(), name.clone()));
            }
            self.add_other(fault, removed);
        }
    }

    /// A required field, once.
    fn add_missing(&mut self, fault: &Error, field: &str, holder: Option<&str>) {
        let table = fault.span().unwrap_or_default();
        let missing = (table, field.to_owned());
        if self.excused.contains(&missing) {
            return;
        }
        let holder = holder.unwrap_or("practice");
        let is_inline = self.text.get(missing.0.start..).is_some_and(|it| it.starts_with('{'));
        let what = match is_inline {
            true => format!("A table of `{holder}` has no `{field}`."),
            false => format!("This {holder} has no `{field}`."),
        };
        self.push(fault, what, format!("Add it. {FIELDS}"));
        self.leave_out(field, &missing.0);
        self.excused.push(missing);
    }

    /// A value of another type.
    fn add_other(&mut self, fault: &Error, removed: Option<&RemovedField>) {
        let words = in_words(fault.message().trim_end_matches('.')).replace('\n', ", ");
        let name = removed.map(|removed| removed.name.as_str());
        let what = name.and_then(|name| mistyped(name, &words)).unwrap_or(format!("{words}."));
        self.push(fault, what, FIELDS.to_owned());
    }

    fn leave_out(&mut self, name: &str, table: &Range<usize>) {
        self.left_out.push(LeftOutField::of(self.text, name, table.start));
    }

    fn push(&mut self, fault: &Error, what: String, fix: String) {
        let line = self.line_of(fault);
        self.all.push(Mistake { line, what, fix });
    }

    fn line_of(&self, fault: &Error) -> usize {
        line_of(self.text, fault.span().map_or(0, |span| span.start))
    }

    fn in_order(mut self) -> Vec<Mistake> {
        self.all.sort_by_key(|mistake| mistake.line);
        self.all
    }
}

/// Removes the field whose name or value is at this place, or that element of a list.
fn remove(fields: &mut DeTable, table: Range<usize>, at: &Range<usize>) -> Option<RemovedField> {
    // The first header of a list of tables is the place of the list, too.
    for (name, value) in fields.iter_mut() {
        let removed = remove_inside(value, name.get_ref(), at);
        if removed.is_some() {
            return removed;
        }
    }
    let is_there = |(key, value): &(&Spanned<DeString>, &Spanned<DeValue>)| {
        key.span() == *at || value.span() == *at
    };
    let key = fields.iter().find(is_there)?.0.clone();
    fields.remove(&key);
    let others = fields.keys().map(|name| name.get_ref().to_string()).collect();
    Some(RemovedField { name: key.get_ref().to_string(), table, others })
}

fn remove_element(list: &mut DeArray, name: &str, at: &Range<usize>) -> Option<RemovedField> {
    if list.iter().any(|element| element.span() == *at) {
        *list = list.clone().into_iter().filter(|it| it.span() != *at).collect();
        return Some(RemovedField { name: name.to_owned(), table: at.clone(), others: Vec::new() });
    }
    list.iter_mut().find_map(|element| remove_inside(element, name, at))
}

fn remove_inside(
    value: &mut Spanned<DeValue>,
    name: &str,
    at: &Range<usize>,
) -> Option<RemovedField> {
    let place = value.span();
    if let DeValue::Array(list) = value.get_mut() {
        return remove_element(list, name, at);
    }
    let DeValue::Table(fields) = value.get_mut() else { return None };
    remove(fields, place, at)
}

/// A value of another type: what the field takes, and what it was given.
fn mistyped(name: &str, words: &str) -> Option<String> {
    const GIVEN: [(&str, &str); 5] = [
        ("sequence", "a list"),
        ("map", "a table"),
        ("integer ", ""),
        ("boolean ", ""),
        ("floating point ", ""),
    ];
    if let Some((given, known)) =
        words.strip_prefix("unknown variant ").and_then(|rest| rest.split_once(", expected "))
    {
        let given = given.trim_matches('`');
        return Some(format!("`{name}` can't be “{given}”. It takes {known}."));
    }
    let rest =
        ["invalid type: ", "invalid value: "].iter().find_map(|it| words.strip_prefix(it))?;
    let (given, expected) = rest.split_once(", expected ")?;
    let known = GIVEN.iter().find_map(|(own, word)| Some((given.strip_prefix(own)?, *word)));
    let given = match (known, given.strip_prefix("string ")) {
        (Some((rest, word)), _) => format!("{word}{rest}"),
        (None, Some(text)) => format!("the text {text}"),
        (None, None) => given.to_owned(),
    };
    let expected = if expected == "a string" { "a text" } else { expected };
    Some(format!("`{name}` takes {expected}, not {given}."))
}

/// What a value should have been, by the words of TOML's manual rather than those of the
/// program's own types.
fn in_words(message: &str) -> String {
    const WORDS: [(&str, &str); 4] = [
        ("a sequence", "a list [ … ]"),
        ("a map", "a table { … }"),
        ("f64", "a number"),
        ("wanted string or table", "expected a text or a table { … }"),
    ];
    let whole = ["u8", "u16", "u32", "u64", "usize", "i32", "i64"].map(|it| (it, "a whole number"));
    let all = WORDS.iter().copied().chain(whole);
    let known = all.fold(message.to_owned(), |message, (own, word)| {
        let (own, word) = if own.starts_with("wanted") {
            (own.to_owned(), word.to_owned())
        } else {
            (format!("expected {own}"), format!("expected {word}"))
        };
        message.replace(&own, &word)
    });
    match known.split_once("expected struct ") {
        Some((before, after)) => {
            let rest = after.trim_start_matches(|letter: char| letter.is_alphanumeric());
            format!("{before}expected a table {{ … }}{rest}")
        }
        None => known,
    }
}
