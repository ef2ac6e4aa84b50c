//! `search`: entries that contain some words.

use clap::Args;

use crate::app::{App, JsonArg, QueryArgs, VerbArgs, print_json, print_results};
use crate::entry::Value;
use crate::error::{Error, Exit, Result};
use crate::practice::{Question, QuestionKind};
use crate::prompt::{Reply, ask_question};
use crate::query::QueryError;
use crate::query::{Query, TextMatcher};
use crate::render::{self, ListRow, TextPage};
use crate::seal::Identity;

/// Find entries by their words, newest first
///
/// Searches answers, the wording of the options you chose, and tags. Every word must be
/// there, in any order; quote a phrase. Lower case finds any case; a capital letter makes a
/// word case-sensitive. With --regex each word is a regular expression: (?i) ignores case, and
/// ^ and $ match the ends of a line. Exits with 1 if nothing matches.
///
/// Without TEXT it asks for the words, so that others on this computer never see them among
/// the arguments.
#[derive(Args)]
pub struct SearchArgs {
    /// Words and "phrases", all of them to be found; asked for if left out
    #[arg(value_name = "TEXT")]
    text: Vec<String>,
    /// Read each as a regular expression
    #[arg(long)]
    regex: bool,
    #[command(flatten)]
    output: JsonArg,
    #[command(flatten)]
    query: QueryArgs,
}

impl VerbArgs for SearchArgs {
    fn run(self, app: &App) -> Result<Exit> {
        let mut query = app.query(&self.query)?;
        let words = if self.text.is_empty() { vec![asked(app)?] } else { self.text };
        if words.iter().all(|word| word.trim_matches(['"', ' ']).is_empty()) {
            return Err(QueryError::NothingToFind.into());
        }
        let matchers = match self.regex {
            true => words.iter().map(|word| TextMatcher::regex(word)).collect::<Result<_>>()?,
            false => TextMatcher::words(&words)?,
        };
        query.containing.extend(matchers.clone());
        let identity = app.unlock()?;
        let printed = match self.output.json {
            true => print_json(app, &query, &identity),
            false => print(app, &query, &identity, &matchers),
        };
        printed.map_err(|error| match error.exit() {
            Exit::NothingMatched => in_any_case(app, query, &identity).unwrap_or(error),
            _ => error,
        })
    }
}

/// What to look for, typed where nobody else can read it.
fn asked(app: &App) -> Result<String> {
    if !app.terminal.can_ask() {
        return Err(QueryError::NothingToFind.into());
    }
    let question = Question::plain(
        "text",
        "What are you looking for?",
        QuestionKind::Text { suggestions: Vec::new() },
    );
    let screen = app.terminal.screen()?;
    match ask_question(&question, None, None, &screen)? {
        Reply::Answer(Some(Value::Text(ref text))) => Ok(text.clone()),
        _ => Err(Error::Cancelled { draft: None }),
    }
}

fn print(app: &App, query: &Query, identity: &Identity, matchers: &[TextMatcher]) -> Result<Exit> {
    let found = app.find_as(query, identity, &|kept| render::result_row(&kept, matchers))?;
    let text =
        |rows: &[ListRow], page: &TextPage| render::results(rows, matchers, app.clock(), page);
    print_results(app, &found, text)?;
    app.end_reading(&found)
}

/// What there would be without regard to capitals.
fn in_any_case(app: &App, mut query: Query, identity: &Identity) -> Option<Error> {
    let mut is_other = false;
    for matcher in &mut query.containing {
        if let Some(any_case) = matcher.in_any_case() {
            *matcher = any_case;
            is_other = true;
        }
    }
    let others =
        if is_other { app.find_as(&query, identity, &|_| ()).ok()?.entries.len() } else { 0 };
    (others > 0).then_some(QueryError::NothingInThisCase { others }.into())
}
