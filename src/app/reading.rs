//! What every verb that reads several entries does first: it makes sure of the
//! query, unlocks, and opens, with word of how far it is where that takes long.

use crate::entry::normalize_id;
use crate::error::{Error, Exit, Result};
use crate::journal::{Damaged, JournalError, MapFn, OnBatch, ReadOrder, Reader, SearchResult};
use crate::practice::{Question, QuestionKind};
use crate::query::{AnswerFilter, Predicate, Query, QueryError};
use crate::seal::Identity;

use super::args::QueryArgs;
use super::damage_lines::some_left_out;
use super::{App, CommandError};

impl App {
    /// The query that these arguments make.
    ///
    /// # Errors
    /// A date, a tag, a pattern or a condition that cannot be read.
    pub fn query(&self, args: &QueryArgs) -> Result<Query> {
        let query = args.query(self.clock())?;
        query.answers.iter().try_for_each(|filter| self.check_filter(filter))?;
        Ok(query)
    }

    /// The entries whose ids begin so.
    ///
    /// # Errors
    /// As [`Journal::resolve`](crate::journal::Journal::resolve), and `PracticeAsId`.
    pub fn resolve(&self, ids: &[String], identity: &Identity) -> Result<SearchResult> {
        self.cached_journal().resolve(ids, identity).map_err(|error| match error.of() {
            Some(JournalError::NoSuchEntry { id }) if self.practices.get(id).is_some() => {
                CommandError::PracticeAsId { practice: id.clone() }.into()
            }
            _ => error,
        })
    }

    /// Refuses beginnings of ids that no entry has, or several. Only names are looked at, so
    /// this is known before anything is asked.
    ///
    /// # Errors
    /// `NoJournal`, `NoSuchEntry`, `AmbiguousId`, or a journal that can't be listed.
    pub fn refuse_bad_ids(&self, given: &[String]) -> Result<()> {
        self.refuse_no_journal()?;
        let here = self.journal().ids()?;
        given.iter().try_for_each(|given| {
            let prefix = normalize_id(given);
            let mut ids: Vec<String> = here.iter().map(ToString::to_string).collect();
            ids.retain(|id| id.starts_with(&prefix));
            ids.sort();
            match ids.len() {
                0 => Err(JournalError::NoSuchEntry { id: given.clone() }.into()),
                1 => Ok(()),
                _ => {
                    let prefix = given.clone();
                    Err(JournalError::AmbiguousId { prefix, candidates: ids }.into())
                }
            }
        })
    }

    /// The newest entry up to today; where all are of later days, the newest of those. A
    /// year that was mistyped would otherwise be the newest for years.
    ///
    /// # Errors
    /// As [`App::find`].
    pub fn find_newest(&self, identity: &Identity) -> Result<SearchResult> {
        let newest = Query { last: Some(1), ..Query::everything() };
        let up_to_today = Query { to: Some(self.clock().today()), ..newest.clone() };
        let results = self.find(&up_to_today, identity, &|stored| stored)?;
        if results.entries.is_empty() && results.damaged.is_empty() {
            self.find(&newest, identity, &|stored| stored)
        } else {
            Ok(results)
        }
    }

    /// What `map` makes of the entries that a query names, newest first.
    ///
    /// # Errors
    /// What keeps the journal locked or its folder from being listed.
    pub fn find<T: Send>(
        &self,
        query: &Query,
        identity: &Identity,
        map: MapFn<T>,
    ) -> Result<SearchResult<T>> {
        let mut entries = Vec::new();
        let mut gather = |batch| {
            entries.extend::<Vec<T>>(batch);
            Ok(true)
        };
        let damaged =
            self.read_through(query, identity, ReadOrder::NewestFirst, map, &mut gather)?;
        Ok(SearchResult { entries, damaged })
    }

    /// An entry outlives its practice, so only where there is none is it certain
    /// that nobody ever asked this.
    fn unknown_question(&self, query: &Query) -> Option<Error> {
        let unknown = |filter: &&AnswerFilter| self.questions(&filter.question).next().is_none();
        let filter = query.answers.iter().find(unknown)?;
        Some(self.unasked_question(&filter.question))
    }

    /// Reads the entries that a query names in order, some at a time; and says
    /// what could not be read.
    ///
    /// # Errors
    /// As [`App::find`], and what `visit` returns.
    pub fn read_through<T: Send>(
        &self,
        query: &Query,
        identity: &Identity,
        order: ReadOrder,
        map: MapFn<T>,
        on_batch: OnBatch<T>,
    ) -> Result<Vec<Damaged>> {
        self.refuse_unknown_practices(query, identity)?;
        let mut any = false;
        let damaged = self.terminal.working("Opening entries", |progress| {
            let reader = Reader { identity, query, clock: self.clock(), progress };
            self.cached_journal().read(&reader, order, map, &mut |batch| {
                any |= !batch.is_empty();
                on_batch(batch)
            })
        })?;
        match self.unknown_question(query).filter(|_| !any) {
            Some(error) => Err(error),
            None => Ok(damaged),
        }
    }

    /// How it ends when that was shown: with what is damaged named, or why there is
    /// nothing.
    ///
    /// # Errors
    /// `NothingMatched`, where no entry was found and none is damaged.
    pub fn end_reading<T>(&self, query: &Query, results: &SearchResult<T>) -> Result<Exit> {
        match (results.entries.is_empty(), some_left_out(&results.damaged)) {
            (true, false) => Err(self.nothing_found(query, &results.damaged)),
            _ => Ok(self.finish(&results.damaged, Exit::Done)),
        }
    }

    fn unasked_question(&self, question: &str) -> Error {
        QueryError::NobodyAsks { question: question.to_owned(), known: self.question_names() }
            .into()
    }

    /// The ids of all questions of all practices.
    pub fn question_names(&self) -> Vec<String> {
        let questions = self.practices.valid().flat_map(|p| p.all_questions());
        questions.map(|q| q.id.clone()).collect()
    }

    /// The names of all practices.
    pub fn practice_names(&self) -> Vec<String> {
        self.practices.valid().map(|practice| practice.name.clone()).collect()
    }

    /// Entries outlive their practice, so one that is not there is refused only where
    /// no entry is of it.
    ///
    /// # Errors
    ///
    /// Names the first that nobody knows, and the nearest that there is.
    pub fn refuse_unknown_practices(&self, query: &Query, identity: &Identity) -> Result<()> {
        let unknown = |name: &&String| self.practices.get(name).is_none();
        for name in query.practices.iter().filter(unknown) {
            let practices = vec![name.clone()];
            let newest = Query { practices, last: Some(1), ..Query::everything() };
            let result = self.cached_journal().find(&newest, identity, self.clock())?;
            if result.entries.is_empty() && !some_left_out(&result.damaged) {
                return Err(self.unknown_practice(name));
            }
        }
        Ok(())
    }

    fn questions<'a>(&'a self, id: &'a str) -> impl Iterator<Item = &'a Question> {
        let all = self.practices.valid().flat_map(|p| p.all_questions());
        all.filter(move |question| question.id == id)
    }

    /// Can any question of that name be answered so?
    fn check_filter(&self, filter: &AnswerFilter) -> Result<()> {
        let mut refused = Ok(());
        for question in self.questions(&filter.question) {
            refused = check_predicate(question, &filter.predicate);
            if refused.is_ok() {
                break;
            }
        }
        refused
    }
}

fn check_predicate(question: &Question, is: &Predicate) -> Result<()> {
    let number = |n: &f64| if n.fract() == 0.0 { format!("{n:.0}") } else { n.to_string() };
    match (is, &question.kind) {
        (
            Predicate::Equals(word) | Predicate::Differs(word),
            QuestionKind::Scale { labels, .. },
        ) if labels.iter().any(|label| label == word) => Ok(()),
        (Predicate::Equals(word) | Predicate::Differs(word), _) => question.read(word).map(|_| ()),
        (Predicate::Number(..), QuestionKind::Number { .. } | QuestionKind::Stillness { .. }) => {
            Ok(())
        }
        (Predicate::Number(_, n), QuestionKind::Scale { .. }) => {
            question.read(&number(n)).map(|_| ())
        }
        (Predicate::Number(..), _) => Err(QueryError::NoNumber {
            question: question.id.clone(),
            allowed: question.allowed_values(),
        }
        .into()),
    }
}
