//! `search`: entries that contain some words.

use clap::Args;

use crate::app::{App, JsonArg, QueryArgs, VerbArgs, print_json, print_results};
use crate::entry::Value;
use crate::error::{Error, Exit, Result, Stop};
use crate::practice::{Question, QuestionKind};
use crate::prompt::{QuestionEnd, ask_question};
use crate::query::{Query, QueryError, TextMatcher};
use crate::render::{self, ListRow, TextPage};
use crate::seal::Identity;

/// Find entries by their words, newest first
///
/// Searches answers, the wording of the options you chose, and tags. Every word must be
/// there, in any order; quote a phrase. Lower case finds any case; a capital letter makes a
/// word case-sensitive. cafe finds café; café finds only itself. With --regex each word is a
/// regular expression: (?i) ignores case, and ^ and $ match the ends of a line. Exits with 1 if
/// nothing matches.
///
/// Without TEXT it asks for the words, so they never appear in your shell's history or in a
/// list of running programs.
#[derive(Args)]
pub struct SearchArgs {
    /// Words and "phrases" that must all be there; leave it out to be asked
    #[arg(value_name = "TEXT")]
    text: Vec<String>,
    /// Read each word as a regular expression
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
        let is_asked = self.text.is_empty();
        let words = if is_asked { vec![ask_for_words(app)?] } else { self.text };
        let matchers = match (self.regex, words.as_slice()) {
            (true, words) => {
                words.iter().map(|word| TextMatcher::regex(word)).collect::<Result<_>>()?
            }
            (false, [line]) if is_asked => TextMatcher::line(line)?,
            (false, words) => TextMatcher::words(words)?,
        };
        query.containing.extend(matchers.clone());
        let identity = app.unlock()?;
        let result = if self.output.json {
            print_json(app, &query, &identity)
        } else {
            print(app, &query, &identity, &matchers)
        };
        result.map_err(|error| {
            if error.exit() == Exit::NothingMatched {
                in_any_case(app, query, &identity).unwrap_or(error)
            } else {
                error
            }
        })
    }
}

/// Asks for the search text, so that it appears in no list of programs.
fn ask_for_words(app: &App) -> Result<String> {
    if !app.terminal.can_ask() {
        return Err(QueryError::NothingToFind.into());
    }
    let question = Question::plain(
        "text",
        "What are you looking for?",
        QuestionKind::Text { suggestions: Vec::new() },
    );
    let screen = app.terminal.screen()?;
    let reply = ask_question(&question, None, None, &screen)?;
    let QuestionEnd::Answer(Some(Value::Text(ref text))) = reply else {
        return Err(Error::Cancelled(Stop::Plain));
    };
    Ok(text.clone())
}

fn print(app: &App, query: &Query, identity: &Identity, matchers: &[TextMatcher]) -> Result<Exit> {
    let row = |stored| render::result_row(&stored, matchers, &app.practices);
    let results = app.find(query, identity, &row)?;
    let text =
        |rows: &[ListRow], page: &TextPage| render::results(rows, matchers, app.clock(), page);
    print_results(app, &results, text)?;
    app.end_reading(query, &results)
}

/// How many entries would match if case were ignored.
fn in_any_case(app: &App, mut query: Query, identity: &Identity) -> Option<Error> {
    let mut is_other = false;
    for matcher in &mut query.containing {
        if let Some(any_case) = matcher.in_any_case() {
            *matcher = any_case;
            is_other = true;
        }
    }
    let others = if is_other { app.find(&query, identity, &|_| ()).ok()?.entries.len() } else { 0 };
    (others > 0).then_some(QueryError::NothingInThisCase { others }.into())
}
