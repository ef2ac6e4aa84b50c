//! What every verb that reads several entries does first: it makes sure of the
//! query, unlocks, and opens, with word of how far it is where that takes long.

use crate::error::{Error, Exit, Result};
use crate::journal::{Damaged, Found, MapFn, OnBatch, Order, Reader};
use crate::practice::{Kind, Question};
use crate::query::{Is, Query, Wanted};
use crate::seal::Identity;

use super::{Context, Given};

impl Context {
    pub fn query(&self, given: &Given) -> Result<Query> {
        let query = given.query(self.clock())?;
        query.wanted.iter().try_for_each(|wanted| self.check(wanted))?;
        Ok(query)
    }

    /// The entries that a query names, newest first.
    pub fn find(&self, query: &Query) -> Result<Found> {
        self.find_as(query, &self.unlock()?, &|kept| kept)
    }

    /// The same, or what is made of them.
    pub fn find_as<T: Send>(
        &self,
        query: &Query,
        identity: &Identity,
        map: MapFn<T>,
    ) -> Result<Found<T>> {
        let mut entries = Vec::new();
        let mut gather = |made| {
            entries.extend::<Vec<T>>(made);
            Ok(true)
        };
        let damaged = self.read_through(query, identity, Order::NewestFirst, map, &mut gather)?;
        Ok(Found { entries, damaged })
    }

    /// An entry outlives its practice, so only where there is none is it certain
    /// that nobody ever asked this.
    fn unknown_question(&self, query: &Query) -> Option<Error> {
        let unknown = |w: &&Wanted| self.questions(&w.question).next().is_none();
        let wanted = query.wanted.iter().find(unknown)?;
        Some(self.nobody_asks(&wanted.question))
    }

    /// Reads the entries that a query names in order, some at a time; and says
    /// what could not be read.
    pub fn read_through<T: Send>(
        &self,
        query: &Query,
        identity: &Identity,
        order: Order,
        map: MapFn<T>,
        on_batch: OnBatch<T>,
    ) -> Result<Vec<Damaged>> {
        let mut any = false;
        let damaged = self.terminal.working("Opening entries", |progress| {
            let reader = Reader { identity, query, clock: self.clock(), progress };
            self.known_journal().read(&reader, order, map, &mut |made| {
                any |= !made.is_empty();
                on_batch(made)
            })
        })?;
        match self.unknown_question(query).filter(|_| !any) {
            Some(error) => Err(error),
            None => Ok(damaged),
        }
    }

    /// How it ends when that was shown: with what is damaged named, or why there is
    /// nothing.
    pub fn end<T>(&self, found: &Found<T>, query: &Query) -> Result<Exit> {
        match (found.entries.is_empty(), found.damaged.is_empty()) {
            (true, true) => Err(self.nothing(query)),
            _ => Ok(self.finish(&found.damaged, Exit::Done)),
        }
    }

    fn nobody_asks(&self, question: &str) -> Error {
        Error::NobodyAsks { question: question.to_owned(), known: self.question_names() }
    }

    pub fn question_names(&self) -> Vec<String> {
        let asked = self.practices.whole().flat_map(|p| p.all_questions());
        asked.map(|q| q.id.clone()).collect()
    }

    pub fn practice_names(&self) -> Vec<String> {
        self.practices.names().map(str::to_owned).collect()
    }

    /// Why nothing matches, as far as that can be told: of a practice that there
    /// is not, nothing can be kept unless it was there once.
    pub fn nothing(&self, query: &Query) -> Error {
        let unknown = |name: &&String| self.practices.named(name).is_none();
        match query.practices.iter().find(unknown) {
            Some(name) => {
                Error::NothingOfPractice { given: name.clone(), known: self.practice_names() }
            }
            None => Error::NothingMatched,
        }
    }

    fn questions<'a>(&'a self, id: &'a str) -> impl Iterator<Item = &'a Question> {
        let all = self.practices.whole().flat_map(|p| p.all_questions());
        all.filter(move |question| question.id == id)
    }

    /// Can any question of that name be answered so?
    fn check(&self, wanted: &Wanted) -> Result<()> {
        let mut refused = Ok(());
        for question in self.questions(&wanted.question) {
            refused = may_be(question, &wanted.is);
            if refused.is_ok() {
                break;
            }
        }
        refused
    }
}

fn may_be(question: &Question, is: &Is) -> Result<()> {
    let number = |n: &f64| if n.fract() == 0.0 { format!("{n:.0}") } else { n.to_string() };
    match (is, &question.kind) {
        (Is::Said(word) | Is::NotSaid(word), Kind::Scale { labels, .. })
            if labels.iter().any(|label| label == word) =>
        {
            Ok(())
        }
        (Is::Said(word) | Is::NotSaid(word), _) => question.read(word).map(|_| ()),
        (Is::Number(..), Kind::Number { .. } | Kind::Stillness { .. }) => Ok(()),
        (Is::Number(_, n), Kind::Scale { .. }) => question.read(&number(n)).map(|_| ()),
        (Is::Number(_, n), _) => Err(Error::BadAnswer {
            question: question.id.clone(),
            given: number(n),
            allowed: format!("= or != and {}", question.allowed()),
        }),
    }
}
