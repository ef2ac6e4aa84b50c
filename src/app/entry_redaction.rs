//! Entries under other names, and a word about what that did.

use std::borrow::Cow;
use std::cell::RefCell;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::app::CommandError;
use crate::entry::Entry;
use crate::error::Result;
use crate::import::remove_origin;
use crate::journal::StoredEntry;
use crate::practice::{BUILT_IN, Practice, Practices, Question};
use crate::redact::{NameRemains, Redaction};
use crate::render::clean_line;
use crate::words::count_of;

use super::App;

pub struct EntryRedaction {
    redaction: Redaction,
    /// The practices under other names, where there are any.
    practices: Option<Practices>,
}

/// What it did to an entry.
#[derive(Default)]
pub struct RedactionNote {
    replaced: usize,
    /// The entry's lines in which part of a name is left.
    left: Vec<NameRemains>,
    /// The practice, as it is called by then.
    practice: String,
    /// When the entry was.
    when: String,
    /// How many attachments stay behind.
    files: usize,
}

/// What it did to all entries so far.
#[derive(Default)]
pub struct RedactionCount {
    replaced: usize,
    /// How many lines have part of a name left.
    lines: usize,
    /// In how many of them each word is.
    left: BTreeMap<String, usize>,
    /// The practices whose own texts were looked at.
    practices: BTreeSet<String>,
    files: usize,
    /// Are the entries what a page is based on, and not the page itself?
    is_basis: bool,
}

impl RedactionCount {
    /// Of a page of charts, which shows little of what its entries say.
    pub fn of_basis() -> RedactionCount {
        RedactionCount { is_basis: true, ..RedactionCount::default() }
    }
}

impl EntryRedaction {
    /// No other names.
    pub fn none() -> EntryRedaction {
        EntryRedaction { redaction: Redaction::default(), practices: None }
    }

    pub fn is_none(&self) -> bool {
        self.redaction.is_empty()
    }

    /// The names to replace, each as NAME=ALIAS, and the partner's alias.
    pub fn read(app: &App, names: &[String], partner: Option<&str>) -> Result<EntryRedaction> {
        let mut names = names.to_vec();
        if let Some(alias) = partner {
            let partner = app.config.partner.as_ref().ok_or(CommandError::NoPartner)?;
            names.push(format!("{partner}={alias}"));
        }
        let redaction = Redaction::read(names.iter().map(String::as_str))?;
        if redaction.is_empty() {
            // What follows reads every practice: nothing to do for nobody.
            return Ok(EntryRedaction::none());
        }
        let redaction = redaction
            .with_common_words(common_words())
            .with_ordinary_texts(BUILT_IN.iter().map(|(_, text)| *text));
        let practices = app.practices.redacted(&|text| redaction.redact_unless_common(text));
        Ok(EntryRedaction { redaction, practices: Some(practices) })
    }

    /// The practices under the names that the entries of [`EntryRedaction::of`] have for them.
    pub fn practices<'a>(&'a self, app: &'a App) -> &'a Practices {
        self.practices.as_ref().unwrap_or(&app.practices)
    }

    /// What a practice or a question of this name is called by then.
    pub fn name(&self, name: &str) -> String {
        let mut name = name.to_owned();
        self.redaction.redact_unless_common(&mut name);
        name
    }

    /// Each name and its alias.
    pub fn names(&self) -> Vec<String> {
        self.redaction.names()
    }

    /// A text of this program's own, such as the partner's name.
    pub fn text(&self, text: &str) -> String {
        if self.is_none() { text.to_owned() } else { self.redaction.text(text).0 }
    }

    /// The same of a filter, with a word about what is left of a name in it.
    pub fn filter(&self, filter: &str, app: &App) -> String {
        let text = self.text(filter);
        for NameRemains { word, line } in self.redaction.remains_in(&text) {
            let (word, line) = (clean_line(&word), clean_line(&line));
            app.terminal.say_record(&format!("Part of a name remains (“{word}”): {line}"));
        }
        text
    }

    /// An entry as it is to be read.
    pub fn of<'e>(
        &self,
        stored: &'e StoredEntry,
        app: &App,
    ) -> Result<(Cow<'e, StoredEntry>, RedactionNote)> {
        let mut note = RedactionNote::default();
        if self.redaction.is_empty() {
            return Ok((Cow::Borrowed(stored), note));
        }
        let mut stored = stored.clone();
        for head in std::iter::once(&mut stored.entry).chain(&mut stored.other_heads) {
            let (redacted, of_head) = self.redact(head, app)?;
            note.replaced += of_head.replaced;
            note.left.extend(of_head.left);
            note.files += of_head.files;
            if note.practice.is_empty() {
                // The newest says what it's called.
                (note.practice, note.when) = (of_head.practice, of_head.when);
            }
            *head = redacted;
        }
        Ok((Cow::Owned(stored), note))
    }

    fn redact(&self, entry: &Entry, app: &App) -> Result<(Entry, RedactionNote)> {
        let (mut other, replaced) = self.redaction.entry(entry)?;
        // No name can be replaced in a picture, and what it is called may be one.
        let files = std::mem::take(&mut other.attachments).len();
        // A hash of the text as it was could confirm a guess at the name.
        remove_origin(&mut other);
        let when = app.moment_words(other.at);
        let left = self.redaction.remains(&other);
        let practice = other.practice.clone();
        Ok((other, RedactionNote { replaced, left, practice, when, files }))
    }

    /// Says where part of a name is left in an entry and in the texts of its practice, before
    /// anybody has it: of each word that has one, the first line.
    pub fn warn(&self, note: RedactionNote, count: &mut RedactionCount, app: &App) {
        if self.is_none() {
            return;
        }
        count.replaced += note.replaced;
        count.files += note.files;
        let place = if count.is_basis {
            format!("in an entry behind these charts, {}", note.when)
        } else {
            note.when.clone()
        };
        self.warn_of_lines(&note.left, &place, count, app);
        if count.practices.insert(note.practice.clone()) {
            let place = format!("in the practice {}", clean_line(&note.practice));
            let mut left = self.remains_in_practice(&note.practice, app);
            // Its questions are in the entry as well.
            left.retain(|remains| note.left.iter().all(|other| other.line != remains.line));
            self.warn_of_lines(&left, &place, count, app);
        }
    }

    /// The names that are replaced, in quotes.
    fn quoted_names(&self) -> Vec<String> {
        let mut names: Vec<String> =
            self.redaction.originals().map(|name| format!("“{}”", clean_line(&name))).collect();
        // They are in the order in which they're matched, the longest first.
        names.sort();
        names
    }

    /// "Replaced “Sam” in 2 places. It doesn't appear anywhere else in what you wrote."
    fn summary(&self, count: &RedactionCount) -> String {
        let names = self.quoted_names();
        let (what, it_appears, appears) = match names.as_slice() {
            [name] => (name.as_str(), "It doesn't appear", "doesn't appear"),
            _ => ("these names", "None of them appears", "don't appear"),
        };
        let basis = if count.is_basis { " in the entries behind these charts" } else { "" };
        let places = count_of(count.replaced, "place", "places");
        match (count.replaced, count.lines) {
            (0, 0) => format!("{} {appears} here; nothing was replaced.", names.join(" and ")),
            (0, _) => format!("Nothing was replaced. {}", remains_words(count)),
            (_, 0) => format!(
                "Replaced {what} in {places}{basis}. {it_appears} anywhere else in what you wrote."
            ),
            _ => format!("Replaced {what} in {places}{basis}. {}", remains_words(count)),
        }
    }

    /// What is left in the texts of a practice of the writer's own.
    fn remains_in_practice(&self, name: &str, app: &App) -> Vec<NameRemains> {
        let own = Some(self.practices(app)).filter(|practices| practices.is_own(name));
        let practice = own.and_then(|practices| practices.practice(name));
        let left = RefCell::new(Vec::new());
        let look = |text: &mut String| {
            left.borrow_mut().extend(self.redaction.remains_unless_common(text));
        };
        if let Some(practice) = practice {
            practice.clone().redacted(&look);
        }
        left.into_inner()
    }

    /// Says what it did to all of them.
    pub fn print_summary(&self, count: &RedactionCount, app: &App) {
        if self.redaction.is_empty() {
            return;
        }
        let summary = self.summary(count);
        let files = match count.files {
            0 => "",
            _ => " Attachments are left out: no name can be replaced in them.",
        };
        app.terminal.say(&format!("{summary}{files}"));
    }

    /// Says the first line of each word, and counts the lines and each word's.
    fn warn_of_lines(
        &self,
        left: &[NameRemains],
        place: &str,
        count: &mut RedactionCount,
        app: &App,
    ) {
        // A line has a word once, however it's spelt, and counts once, whatever is in it.
        let (mut lines, mut words) = (HashSet::new(), HashSet::new());
        for NameRemains { word, line } in left {
            let folded = word.to_lowercase();
            count.lines += usize::from(lines.insert(line));
            if !words.insert((folded.clone(), line)) {
                continue;
            }
            let of_word = count.left.entry(folded).or_default();
            *of_word += 1;
            if *of_word == 1 {
                let what = self.remains_sentence(word);
                let line = clean_line(line);
                app.terminal.say_record(&format!("{what}, {place}: {line}"));
            }
        }
    }

    /// What is left: part of a name, or all of it as it isn't replaced.
    fn remains_sentence(&self, word: &str) -> String {
        let name = clean_line(word);
        let alias = self.redaction.alias_of_other_spelling(word);
        let Some(alias) = alias else { return format!("Part of a name remains (“{name}”)") };
        let spelling =
            if word == word.to_lowercase() { "in lower case" } else { "in another spelling" };
        let argument = format!("{name}={}", clean_line(alias));
        let argument = if argument.contains(char::is_whitespace) {
            format!("\"{argument}\"")
        } else {
            argument
        };
        format!("“{name}” is left, {spelling} (add --redact {argument})")
    }
}

/// "3 lines still have part of a name: “sammy” in 2, “sam” in 1."
fn remains_words(count: &RedactionCount) -> String {
    let mut words: Vec<(&String, &usize)> = count.left.iter().collect();
    words.sort_by_key(|(_, lines)| Reverse(**lines));
    let named = words.iter().take(MOST_WORDS);
    let named: Vec<String> =
        named.map(|(word, lines)| format!("“{}” in {lines}", clean_line(word))).collect();
    let more = if words.len() > MOST_WORDS { " and others" } else { "" };
    match count.lines {
        1 => "1 line still has part of a name.".to_owned(),
        lines => format!("{lines} lines still have part of a name: {}{more}.", named.join(", ")),
    }
}

/// Words that the last line names.
const MOST_WORDS: usize = 8;

/// The ids and the wordings in the practices that come with the program.
fn common_words() -> HashSet<String> {
    let of = |practice: &Practice| {
        let practice = practice.clone().with_partner_name(None);
        let of_question = |question: &Question| {
            let options = question.kind.options().iter();
            let options = options.flat_map(|option| [option.id.clone(), option.label.clone()]);
            let labels = question.kind.scale_labels().iter().cloned();
            options.chain(labels).chain([question.id.clone(), question.ask.clone()]).collect()
        };
        let words = practice.all_questions().flat_map::<Vec<String>, _>(of_question);
        words.chain([practice.name.clone()]).collect::<Vec<_>>()
    };
    Practices::built_in().valid().flat_map(of).collect()
}
