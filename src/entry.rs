//! An entry: the answers of one sitting, with the questions' own wording, so
//! that it outlives any change of the practice. This file is the format inside
//! every sealed file; `format` is checked before anything else is read.

mod errors;
mod former_ids;
mod read;
#[cfg(test)]
pub(crate) mod testing;

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::secret::{SecretBytes, wipe};

pub use errors::EntryError;
pub(crate) use former_ids::FormerIds;

/// The version of the JSON inside a sealed file.
pub const FORMAT: u64 = 1;

/// Crockford's base32, lower case: no letter that reads like another.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Which bytes are of the alphabet.
const SYMBOLS: [bool; 256] = {
    let (mut symbols, mut i) = ([false; 256], 0);
    while i < ALPHABET.len() {
        symbols[ALPHABET[i] as usize] = true;
        i += 1;
    }
    symbols
};

/// A random name of at least `MIN` symbols of five bits each.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Id<const MIN: usize>(String);

/// 50 bits: what an entry is called for as long as it lives.
pub type EntryId = Id<10>;
/// 30 bits: one version of one entry.
pub type RevisionId = Id<6>;

impl<const MIN: usize> Id<MIN> {
    const MAX: usize = 32;

    /// A new name from the system's random source.
    ///
    /// # Errors
    /// `Random`, where the system gives no random numbers.
    pub fn random() -> crate::error::Result<Self> {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).map_err(|e| EntryError::Random { why: e.to_string() })?;
        Ok(Id::of(&bytes))
    }

    /// The name that bytes make, which must be as good as random.
    pub fn of(bytes: &[u8; 16]) -> Self {
        let symbols = bytes.iter().take(MIN).map(|b| ALPHABET[usize::from(b % 32)] as char);
        Id(symbols.collect())
    }

    /// The symbols.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Is this text such a name?
    pub fn is(text: &str) -> bool {
        let fits = (MIN..=Self::MAX).contains(&text.len());
        fits && text.bytes().all(|b| SYMBOLS[usize::from(b)])
    }
}

/// What a person typed, as the alphabet's author meant it to be read: any
/// case, `o` for zero, `i` and `l` for one.
pub fn read_id(typed: &str) -> String {
    let fold = |c: char| match c.to_ascii_lowercase() {
        'o' => '0',
        'i' | 'l' => '1',
        other => other,
    };
    typed.trim().chars().map(fold).collect()
}

impl<const MIN: usize> FromStr for Id<MIN> {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        if Self::is(text) {
            Ok(Id(text.to_owned()))
        } else {
            Err(format!("not an id of {MIN} or more base32 symbols"))
        }
    }
}

impl<const MIN: usize> TryFrom<String> for Id<MIN> {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl<const MIN: usize> From<Id<MIN>> for String {
    fn from(id: Id<MIN>) -> String {
        id.0
    }
}

impl<const MIN: usize> fmt::Display for Id<MIN> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The answers of one session, as a sealed file holds them; docs/FORMAT.md has every field.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Entry {
    /// The version of this JSON, [`FORMAT`].
    pub format: u64,
    /// Its name for life.
    pub id: EntryId,
    /// The name of this version of it.
    pub revision: RevisionId,
    /// Every earlier revision of this entry.
    pub replaces: Vec<RevisionId>,
    /// The revision that this one only seals anew, to other keys.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub copy_of: Option<RevisionId>,
    /// The name of the practice that asked.
    pub practice: String,
    /// The moment that the entry is about, with its own offset from UTC.
    pub at: DateTime<FixedOffset>,
    /// When this revision was written.
    pub written: DateTime<FixedOffset>,
    /// Words to find it by, without `#`.
    pub tags: Vec<String>,
    /// The earlier entry that this one follows up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about: Option<EntryId>,
    /// The ids under which it was kept in other months before it was moved here.
    #[serde(skip_serializing_if = "FormerIds::is_empty")]
    pub was: FormerIds,
    /// Is this the mark of a deletion?
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub deleted: bool,
    /// Of a deleted entry: the id under which it is kept in another month now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub now: Option<EntryId>,
    /// In the order in which they were asked.
    pub answers: Vec<Answer>,
    /// Fields of a later version of this program, carried through an edit.
    #[serde(flatten)]
    pub unknown: serde_json::Map<String, serde_json::Value>,
}

/// What was answered to one question.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Answer {
    /// The question's id within its practice.
    pub question: String,
    /// The question's wording at the time.
    pub asked: String,
    /// The range, where the answer is on a scale.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scale: Option<Scale>,
    /// The answer itself.
    pub value: Value,
    /// The wording of what was chosen, by option or by number.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub labels: BTreeMap<String, String>,
    /// Fields of a later version, carried through an edit.
    #[serde(flatten)]
    pub unknown: serde_json::Map<String, serde_json::Value>,
}

/// Both ends belong to the scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scale {
    /// The lowest step.
    pub min: i64,
    /// The highest step.
    pub max: i64,
}

impl Scale {
    /// How many steps lie between its ends, where they can be listed for
    /// somebody to choose one: from 1 to 100.
    pub fn steps(self) -> Option<i64> {
        self.max.checked_sub(self.min).filter(|steps| (1..=100).contains(steps))
    }
}

/// What was said. A skipped question has no answer at all; `CantSay` (JSON's
/// `null`) is said of a scale, and counts as missing wherever numbers count.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Value {
    /// "Can't say": JSON's `null`.
    CantSay,
    /// Yes or no.
    YesNo(bool),
    /// A step of a scale, a number, or minutes; kept to the digit.
    Number(serde_json::Number),
    /// Words, or the id of one option.
    Text(String),
    /// The ids of several options, or words of one's own among them.
    Chosen(Vec<String>),
}

/// What was said does not stay in memory when it is no longer needed.
impl Drop for Value {
    fn drop(&mut self) {
        match self {
            Value::Text(text) => wipe(text),
            Value::Chosen(words) => words.iter_mut().for_each(wipe),
            Value::CantSay | Value::YesNo(_) | Value::Number(_) => {}
        }
    }
}

/// Why the JSON inside a file is not an entry that we can read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnreadableEntry {
    /// It is no JSON, or lacks a field; where, as line and column.
    NotAnEntry(String),
    /// It has another `format`, this one.
    NewerFormat(u64),
}

impl Entry {
    /// The first revision of a new entry.
    ///
    /// # Errors
    /// `Random`, where the system gives no random numbers.
    pub fn new(
        practice: &str,
        at: DateTime<FixedOffset>,
        written: DateTime<FixedOffset>,
        tags: Vec<String>,
        answers: Vec<Answer>,
    ) -> crate::error::Result<Entry> {
        Ok(Entry {
            format: FORMAT,
            id: Id::random()?,
            revision: Id::random()?,
            replaces: Vec::new(),
            copy_of: None,
            practice: practice.to_owned(),
            at,
            written,
            tags,
            about: None,
            was: FormerIds::default(),
            deleted: false,
            now: None,
            answers,
            unknown: serde_json::Map::new(),
        })
    }

    /// The same entry as a new revision in place of all that came before.
    ///
    /// # Errors
    /// `Random`, where the system gives no random numbers.
    pub fn revise(
        self,
        replaces: Vec<RevisionId>,
        written: DateTime<FixedOffset>,
    ) -> crate::error::Result<Entry> {
        // A clock set back must not make the newest revision look old.
        let written = written.max(self.written);
        Ok(Entry { revision: Id::random()?, replaces, copy_of: None, written, ..self })
    }

    /// The mark that this entry was deleted.
    ///
    /// # Errors
    /// `Random`, where the system gives no random numbers.
    pub fn deletion(
        self,
        replaces: Vec<RevisionId>,
        written: DateTime<FixedOffset>,
    ) -> crate::error::Result<Entry> {
        let unknown = serde_json::Map::new();
        let bare = Entry { deleted: true, tags: vec![], answers: vec![], unknown, ..self };
        bare.revise(replaces, written)
    }

    /// The same entry, dated into another month and so kept under a new id, and the
    /// mark for the month it was in.
    ///
    /// # Errors
    /// `Random`, where the system gives no random numbers.
    pub fn move_to(
        self,
        from: &Entry,
        replaces: Vec<RevisionId>,
        written: DateTime<FixedOffset>,
    ) -> crate::error::Result<(Entry, Entry)> {
        let was = self.was.clone().and(from.id.clone());
        let written = written.max(self.written);
        let moved = Entry {
            id: Id::random()?,
            revision: Id::random()?,
            replaces: Vec::new(),
            copy_of: None,
            was,
            written,
            ..self
        };
        let mark = from.clone().deletion(replaces, written)?;
        let mark = Entry { now: Some(moved.id.clone()), ..mark };
        Ok((moved, mark))
    }

    /// Is this the id of the entry, or one that it had before it was moved?
    pub fn has_id(&self, id: &EntryId) -> bool {
        self.id == *id || self.was.iter().any(|was| was == id)
    }

    /// The revision that was written: this one, or the one that it is a copy of.
    pub fn original(&self) -> &RevisionId {
        self.copy_of.as_ref().unwrap_or(&self.revision)
    }

    /// Are both one revision, but for what sealing it anew changes?
    pub fn is_copy_of(&self, other: &Entry) -> bool {
        let bare = |entry: &Entry| Entry {
            revision: self.revision.clone(),
            replaces: Vec::new(),
            copy_of: None,
            ..entry.clone()
        };
        self.original() == other.original() && bare(self) == bare(other)
    }

    /// The same revision under another name, to be sealed to other keys. It
    /// says what it is a copy of: an edit of that one is an edit of this one.
    ///
    /// # Errors
    /// `Random`, where the system gives no random numbers.
    pub fn into_copy(self, replaces: Vec<RevisionId>) -> crate::error::Result<Entry> {
        let copy_of = Some(self.original().clone());
        Ok(Entry { revision: Id::random()?, replaces, copy_of, ..self })
    }

    /// Reads the JSON of a sealed file.
    ///
    /// # Errors
    /// `NewerFormat` by the number alone, `NotAnEntry` for everything else; neither quotes
    /// text.
    pub fn from_json(json: &[u8]) -> Result<Entry, UnreadableEntry> {
        #[derive(Deserialize)]
        struct Version {
            format: u64,
        }
        // The reason names a line and a column, never the text that stands there.
        let broken = |e: serde_json::Error| {
            UnreadableEntry::NotAnEntry(format!("line {} column {}", e.line(), e.column()))
        };
        // Once for all of it, rather than for each of its texts.
        let not_text = |_| UnreadableEntry::NotAnEntry("it is not UTF-8 text".into());
        let json = std::str::from_utf8(json).map_err(not_text)?;
        let read = serde_json::from_str(json).map_err(broken);
        if let Ok(Entry { format: FORMAT, .. }) = read {
            return read;
        }
        // Whatever else a later format holds, its number says what it is.
        let version: Version = serde_json::from_str(json).map_err(broken)?;
        if version.format != FORMAT {
            return Err(UnreadableEntry::NewerFormat(version.format));
        }
        read
    }

    /// The plain text, which wipes itself; the caller seals it.
    ///
    /// # Errors
    /// None that an entry can cause.
    pub fn to_json(&self) -> Result<SecretBytes, serde_json::Error> {
        // Room for all of it at once: a buffer that grows leaves copies behind.
        let mut json = SecretBytes::with_room(2048 + 2 * self.weight());
        serde_json::to_writer(&mut *json, self)?;
        Ok(json)
    }

    /// About how long all of it is, written down with the names of its fields.
    pub fn weight(&self) -> usize {
        512 + self.answers.iter().map(Answer::weight).sum::<usize>()
    }

    /// The local date of `at`: the day in the file's name.
    pub fn day(&self) -> NaiveDate {
        self.at.date_naive()
    }

    /// The answer to the question of this id.
    pub fn answer(&self, question: &str) -> Option<&Answer> {
        self.answers.iter().find(|a| a.question == question)
    }

    /// Every text in the entry that its writer gave.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        let said = self.answers.iter().flat_map(|a| a.value.words());
        said.chain(self.tags.iter().map(String::as_str))
    }
}

impl Answer {
    /// What was said, in words, without decoration.
    pub fn text(&self) -> String {
        let label = |key: &str| self.labels.get(key).cloned();
        match &self.value {
            Value::CantSay => "can't say".to_owned(),
            Value::YesNo(yes) => if *yes { "yes" } else { "no" }.to_owned(),
            Value::Text(text) => label(text).unwrap_or_else(|| text.clone()),
            Value::Chosen(_) => self.chosen().join(", "),
            Value::Number(n) => match (self.scale, label(&n.to_string())) {
                (Some(scale), Some(label)) => {
                    format!("{n} of {}–{} ({label})", scale.min, scale.max)
                }
                (Some(scale), None) => format!("{n} of {}–{}", scale.min, scale.max),
                (None, label) => label.unwrap_or_else(|| n.to_string()),
            },
        }
    }

    /// Of several choices, the wording of each.
    pub fn chosen(&self) -> Vec<String> {
        let Value::Chosen(ids) = &self.value else { return Vec::new() };
        ids.iter().map(|id| self.labels.get(id).unwrap_or(id).clone()).collect()
    }

    /// Is this what was said, by the id of what was chosen or by its wording?
    pub fn contains_answer(&self, wanted: &str) -> bool {
        let chosen = self.labels.values().any(|label| same(label, wanted));
        chosen || self.value.is(wanted) || {
            let number = self.value.number().zip(wanted.parse().ok());
            number.is_some_and(|(n, wanted): (f64, f64)| n == wanted)
        }
    }

    fn weight(&self) -> usize {
        self.value.length() + self.asked.len() + 256
    }
}

impl Value {
    /// How long what it says is, in bytes.
    pub fn length(&self) -> usize {
        self.words().map(str::len).sum()
    }

    /// The number, if it is one.
    pub fn number(&self) -> Option<f64> {
        match self {
            Value::Number(n) => n.as_f64(),
            _ => None,
        }
    }

    /// Is this what a condition names? Words compare as people write them.
    pub fn is(&self, named: &str) -> bool {
        match self {
            Value::Text(text) => same(text, named),
            Value::Chosen(ids) => ids.iter().any(|id| same(id, named)),
            Value::YesNo(yes) => named == if *yes { "yes" } else { "no" },
            Value::Number(n) => n.to_string() == named,
            Value::CantSay => is_cant_say(named),
        }
    }

    fn words(&self) -> Box<dyn Iterator<Item = &str> + '_> {
        match self {
            Value::Text(text) => Box::new(std::iter::once(text.as_str())),
            Value::Chosen(ids) => Box::new(ids.iter().map(String::as_str)),
            _ => Box::new(std::iter::empty()),
        }
    }
}

/// Do two wordings say the same, whatever the case, the spaces between and
/// the full stop?
pub fn same(a: &str, b: &str) -> bool {
    fn letters(text: &str) -> impl Iterator<Item = char> {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
    }
    letters(a).eq(letters(b)) && letters(a).next().is_some()
}

/// Does somebody who types this mean "can't say"?
pub fn is_cant_say(word: &str) -> bool {
    word == "?" || same(word, "cantsay")
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOCUMENTED: &str = r#"{"format":1,"id":"k3v9q2m8ab","revision":"x7f2qd","replaces":[],"practice":"reflect","at":"2026-11-23T21:14:03+01:00","written":"2026-11-23T21:14:03+01:00","tags":["repair"],"answers":[{"question":"closeness","asked":"How close did you feel?","scale":{"min":0,"max":4},"value":3},{"question":"connection","asked":"One moment of connection, however small","value":"He waited for me at the door."}]}"#;

    #[test]
    fn an_entry_reads_and_writes_the_documented_json_to_the_letter() {
        let entry = Entry::from_json(DOCUMENTED.as_bytes()).unwrap();
        assert_eq!(entry.day().to_string(), "2026-11-23");
        let json = entry.to_json().unwrap();
        assert_eq!(String::from_utf8_lossy(&json), DOCUMENTED);
    }

    #[test]
    fn the_page_about_the_format_shows_this_entry() {
        let page = include_str!("../docs/FORMAT.md");
        let block = page.split("```json\n").nth(1).and_then(|rest| rest.split("```").next());
        let json: serde_json::Value = serde_json::from_str(block.unwrap()).unwrap();
        assert_eq!(json.to_string(), DOCUMENTED);
    }

    #[test]
    fn unknown_fields_survive() {
        let later = DOCUMENTED
            .replace(r#""format":1"#, r#""format":1,"weather":"rain""#)
            .replace(r#""value":3"#, r#""value":3,"hesitated":true"#);
        let json = Entry::from_json(later.as_bytes()).unwrap().to_json().unwrap();
        let json = String::from_utf8_lossy(&json);
        assert!(json.contains(r#""weather":"rain""#), "{json}");
        assert!(json.contains(r#""hesitated":true"#), "{json}");
    }

    #[test]
    fn numbers_survive_to_the_digit() {
        for number in
            ["2.5", "6.50", "-0.0", "1e+3", "12345678901234567890123", "48.135124999999997"]
        {
            let text = DOCUMENTED.replace("\"value\":3", &format!("\"value\":{number}"));
            let text = text.replace("\"answers\"", &format!("\"weather\":{number},\"answers\""));
            let entry = Entry::from_json(text.as_bytes()).unwrap();
            let json = String::from_utf8_lossy(&entry.to_json().unwrap()).into_owned();
            assert_eq!(json.matches(number).count(), 2, "{json}");
        }
    }

    #[test]
    fn a_newer_format_is_refused_by_its_number_whatever_else_it_holds() {
        let newer = br#"{"format":2,"essence":[1,2]}"#;
        assert_eq!(Entry::from_json(newer), Err(UnreadableEntry::NewerFormat(2)));
    }

    #[test]
    fn a_broken_entry_is_reported_without_quoting_it() {
        let Err(UnreadableEntry::NotAnEntry(why)) = Entry::from_json(b"{\"secret words") else {
            panic!("it was read");
        };
        assert!(!why.contains("secret"), "{why}");
    }

    #[test]
    fn ids_are_random_and_read_as_people_type_them() {
        let id = EntryId::random().unwrap();
        assert_ne!(id, EntryId::random().unwrap());
        assert_eq!(id.as_str().len(), 10);
        assert_eq!(read_id(" K3V9oIl "), "k3v9011");
        assert!("short".parse::<EntryId>().is_err());
        assert!("k3v9q2m8a!".parse::<EntryId>().is_err());
    }

    #[test]
    fn cant_say_is_null_and_not_zero() {
        assert_eq!(serde_json::to_string(&Value::CantSay).unwrap(), "null");
        assert_eq!(serde_json::from_str::<Value>("null").unwrap(), Value::CantSay);
    }
}
