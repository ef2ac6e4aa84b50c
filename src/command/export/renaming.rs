//! Entries under other names, and a word about what that did.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::command::{Context, Given};
use crate::entry::Entry;
use crate::error::{Error, Result};
use crate::import::forget_origin;
use crate::practice::{Kind, Practice, Practices};
use crate::redact::Redaction;
use crate::render::clean_line;

pub struct Renaming {
    redaction: Redaction,
    replaced: usize,
    left: usize,
}

impl Renaming {
    pub fn read(context: &Context, given: &Given) -> Result<Renaming> {
        let mut names = given.all("redact").to_vec();
        if let Some(alias) = given.one("redact-partner") {
            let partner = context.config.partner.as_ref().ok_or(Error::NoPartner)?;
            names.push(format!("{partner}={alias}"));
        }
        let redaction = Redaction::read(names.iter().map(String::as_str))?;
        Ok(Renaming { redaction: redaction.keeping(common_words()), replaced: 0, left: 0 })
    }

    /// The entries as they are to be read. Each line in which part of a name is
    /// left is shown.
    pub fn of<'a>(
        &mut self,
        entries: Vec<&'a Entry>,
        context: &Context,
    ) -> Result<Vec<Cow<'a, Entry>>> {
        if self.redaction.is_empty() {
            return Ok(entries.into_iter().map(Cow::Borrowed).collect());
        }
        let renamed = entries.into_iter().map(|entry| {
            let (mut other, count) = self.redaction.entry(entry)?;
            // A hash of the text as it was could confirm a guess at the name.
            forget_origin(&mut other);
            self.replaced += count;
            for remains in self.redaction.remains(&other) {
                let (when, line) = (context.when(other.at), clean_line(&remains.line));
                let part = clean_line(&remains.part);
                let told = format!("Part of a name is left (“{part}”), {when}: {line}");
                context.terminal.say_as_it_is(&told);
                self.left += 1;
            }
            Ok(Cow::Owned(other))
        });
        renamed.collect()
    }

    /// Says what it did.
    pub fn tell(&self, context: &Context) {
        if self.redaction.is_empty() {
            return;
        }
        let times = match self.replaced {
            1 => "1 place".into(),
            n => format!("{n} places"),
        };
        let left = match self.left {
            0 => "No part of them is left.".to_owned(),
            1 => "1 line still has part of one.".to_owned(),
            n => format!("{n} lines still have part of one."),
        };
        context.terminal.say(&format!("Names were replaced in {times}. {left}"));
    }
}

/// The ids in the practices that come with the program.
fn common_words() -> HashSet<String> {
    let built_in = Practices::built_in();
    let of = |practice: &Practice| {
        let asked_back = practice.follow_up.iter().flat_map(|f| &f.questions);
        let questions = practice.questions.iter().chain(asked_back);
        let options = questions.clone().flat_map(|question| match &question.kind {
            Kind::Choice { options, .. } | Kind::Choices { options, .. } => options.as_slice(),
            _ => &[],
        });
        let ids = questions.map(|question| question.id.clone());
        let ids = ids.chain(options.map(|option| option.id.clone()));
        ids.chain([practice.name.clone()]).collect::<Vec<_>>()
    };
    built_in.whole().flat_map(of).collect()
}
