//! The mistakes in a practice file that keep it from being read as one: its TOML, fields
//! that don't exist or are missing, and values of another type. The reader stops at the
//! first of them, so that field is removed and the rest is read again.

use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeArray, DeString, DeTable, DeValue, Deserializer, Error};

use crate::config::line_of;
use crate::error::{did_you_mean, nearest};

use super::Mistake;
use super::file::PracticeFile;

const FIELDS: &str = "`inward help practice-files` lists the fields.";

/// # Errors
/// Every mistake in the TOML; or, in valid TOML, every field that can't be read.
pub(super) fn read_fields(text: &str) -> Result<PracticeFile, Vec<Mistake>> {
    // Nearly every file has none, and is read on every start.
    if let Ok(file) = toml::from_str(text) {
        return Ok(file);
    }
    let (table, faults) = DeTable::parse_recoverable(text);
    let mut found = FieldMistakes { text, all: Vec::new(), excused: Vec::new() };
    if !faults.is_empty() {
        faults.iter().for_each(|fault| found.add_other(fault));
        return Err(found.in_order());
    }
    let root = table.span();
    let mut rest = table;
    loop {
        let fault = match PracticeFile::deserialize(Deserializer::from(rest.clone())) {
            Ok(file) if found.all.is_empty() => return Ok(file),
            Ok(_) => break,
            Err(fault) => fault,
        };
        let span = fault.span().unwrap_or_default();
        let removed = remove(rest.get_mut(), root.clone(), &span);
        found.add(&fault, removed.as_ref());
        if removed.is_none() {
            break;
        }
    }
    Err(found.in_order())
}

/// A field that was removed, or an element of a list.
struct RemovedField {
    /// What it's called, or the list is.
    name: String,
    /// The table that had it, by its place.
    table: Range<usize>,
}

struct FieldMistakes<'a> {
    text: &'a str,
    all: Vec<Mistake>,
    /// Fields that are missing only because they are misspelt, or were removed.
    excused: Vec<(Range<usize>, String)>,
}

impl FieldMistakes<'_> {
    fn add(&mut self, fault: &Error, removed: Option<&RemovedField>) {
        let message = fault.message();
        if let Some(rest) = message.strip_prefix("unknown field ") {
            let mut names = rest.split('`').skip(1).step_by(2);
            let given = names.next().unwrap_or_default();
            let near = nearest(given, names);
            if let (Some(removed), Some(near)) = (removed, near) {
                self.excused.push((removed.table.clone(), near.to_owned()));
            }
            let what = format!("There's no field `{given}` here.");
            self.push(fault, what, did_you_mean(near, FIELDS));
        } else if let Some(rest) = message.strip_prefix("missing field ") {
            let field = rest.trim_matches('`');
            let table = fault.span().unwrap_or_default();
            if !self.excused.contains(&(table, field.to_owned())) {
                let holder = removed.map_or("practice", |removed| &removed.name);
                let what = format!("This {holder} has no `{field}`.");
                self.push(fault, what, format!("Add it. {FIELDS}"));
            }
        } else {
            if let Some(RemovedField { name, table }) = removed {
                self.excused.push((table.clone(), name.clone()));
            }
            self.add_other(fault);
        }
    }

    /// A value of another type, or what isn't TOML.
    fn add_other(&mut self, fault: &Error) {
        let words = in_words(fault.message().trim_end_matches('.')).replace('\n', ", ");
        self.push(fault, format!("{words}."), FIELDS.to_owned());
    }

    fn push(&mut self, fault: &Error, what: String, fix: String) {
        let line = line_of(self.text, fault.span().map_or(0, |span| span.start));
        self.all.push(Mistake { line, what, fix });
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
    Some(RemovedField { name: key.get_ref().to_string(), table })
}

fn remove_element(list: &mut DeArray, name: &str, at: &Range<usize>) -> Option<RemovedField> {
    if list.iter().any(|element| element.span() == *at) {
        *list = list.clone().into_iter().filter(|it| it.span() != *at).collect();
        return Some(RemovedField { name: name.to_owned(), table: at.clone() });
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

#[cfg(test)]
mod tests {
    use super::*;

    fn mistakes(text: &str) -> Vec<(usize, String, String)> {
        let all = read_fields(text).err().unwrap_or_default();
        all.into_iter().map(|mistake| (mistake.line, mistake.what, mistake.fix)).collect()
    }

    #[test]
    fn a_value_of_the_wrong_kind_is_named_in_words_of_toml() {
        for (line, words) in [
            ("rehearse = 3", "expected a table { … }"),
            ("follows-up = 3", "expected a list [ … ]"),
            ("beside = \"x\"", "expected a whole number"),
            ("scale = \"x\"", "expected a table { … }"),
            ("tags = { a = 1 }", "expected a list [ … ]"),
            ("title = 3", "expected a string"),
        ] {
            let (_, what, _) = &mistakes(line)[0];
            assert!(what.contains(words), "{line}: {what}");
            for own in ["struct", "u32", "i64", "sequence", "wanted", "File"] {
                assert!(!what.contains(own), "{line}: {what}");
            }
        }
    }

    #[test]
    fn every_field_that_is_misspelt_missing_or_of_another_type_is_named_at_once() {
        let text = "titel = \"A walk\"\nbegins = \"x\"\nweather = 1\n\n[[question]]\nid = \"seen\"\n\
                    kind = \"text\"\n\n[[question]]\nid = \"heard\"\naks = \"What?\"\nkind = \"text\"\n\
                    \n[[question]]\nid = \"felt\"\nask = \"How?\"\nkin = \"text\"\n";
        let lists = "`inward help practice-files` lists the fields.";
        let of = |line: usize, what: &str, fix: String| (line, what.to_owned(), fix);
        let expected = [
            of(1, "There's no field `titel` here.", format!("Did you mean `title`? {lists}")),
            of(2, "invalid type: string \"x\", expected a whole number.", lists.to_owned()),
            of(3, "There's no field `weather` here.", lists.to_owned()),
            of(5, "This question has no `ask`.", format!("Add it. {lists}")),
            of(11, "There's no field `aks` here.", format!("Did you mean `ask`? {lists}")),
            of(17, "There's no field `kin` here.", format!("Did you mean `kind`? {lists}")),
        ];
        assert_eq!(mistakes(text), expected);
    }

    #[test]
    fn what_is_not_toml_is_named_at_every_place() {
        let lines: Vec<usize> =
            mistakes("title = A walk\nabout = \"x\"\nbegins = ]\n").iter().map(|it| it.0).collect();
        assert!(lines.contains(&1) && lines.contains(&3), "{lines:?}");
    }

    #[test]
    fn a_practice_without_its_title_is_told_so() {
        let lists = "Add it. `inward help practice-files` lists the fields.".to_owned();
        assert_eq!(
            mistakes("about = \"x\"\n"),
            [(1, "This practice has no `title`.".to_owned(), lists)]
        );
    }
}
