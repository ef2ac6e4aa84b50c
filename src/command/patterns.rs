//! `patterns`: what several entries show together.

use std::path::Path;

use serde_json::json;

use crate::disk;
use crate::error::{Error, Exit, Result};
use crate::journal::{Damaged, Kept, Order};
use crate::pattern::{Extract, Figure, Fold, Plan, Request};
use crate::practice::{Fear, Practice};
use crate::query::Query;
use crate::render::{self, Telling, clean, document};

use super::given::JSON;
use super::{Arg, Context, Given, Takes, Verb};

pub const VERB: Verb = Verb {
    name: "patterns",
    about: "See what several entries show together",
    details: "Moments of connection first, then what each practice shows. A practice or a question looks closer: `patterns notice`, `patterns closeness`, `patterns reflect closeness`. It rests on your answers alone, calls small numbers small, and gives no verdict. --plain tells it in words and tables, for screen readers.",
    args: &[
        Arg::new(
            "what",
            Takes::Words("WHAT", 0),
            "A practice, a question, or a practice and its question",
        ),
        Arg::new("plain", Takes::Nothing, "Words and tables instead of drawings"),
        Arg::new("html", Takes::One("FILE"), "Write a page of drawings there, whole in itself"),
        Arg::new("force", Takes::Nothing, "Replace the file if it is there"),
        JSON,
    ],
    query: true,
    run,
};

/// Texts of one figure: of the whole, and of a closer look.
const SOME: usize = 5;
const MANY: usize = 30;

fn run(context: &Context, given: &Given) -> Result<Exit> {
    let query = context.query(given)?;
    if let Some(file) = given.one("html").map(Path::new) {
        // Before anything is asked for.
        let taken = file.symlink_metadata().is_ok() && !given.has("force");
        if taken {
            return Err(Error::FileExists { path: file.to_owned() });
        }
    }
    let partner = context.config.partner.as_deref();
    let practices: Vec<Practice> =
        context.practices.whole().map(|p| p.clone().worded_for(partner)).collect();
    let clock = context.clock();
    let plan = Plan {
        practices: &practices,
        clock,
        request: request(given.all("what"))?,
        until: query.to.map_or(clock.today(), |to| to.min(clock.today())),
        against: None,
        texts: if given.has("json") { MANY } else { texts(given) },
    };
    let JournalFold { fold, fear, damaged } = fold(context, &query, &plan)?;
    let figures = figures(context, &plan.request, fold, fear)?;
    let something = figures.iter().any(|figure| figure.rests_on > 0);
    if let Some(file) = given.one("html").map(Path::new).filter(|_| something) {
        let page = render::figures_page(&figures, texts(given), LAST_WORD, clock);
        disk::write(file, page.as_bytes(), given.has("force"))?;
        context.terminal.say(&format!(
            "Written to {}. It is plain text: whoever can read that file can read what it shows.",
            clean(&file.display().to_string())
        ));
    } else if given.has("json") {
        let figures = if something { figures } else { Vec::new() };
        context.terminal.print(&document(json!({ "figures": figures })))?;
    } else if something {
        context.terminal.print_paged(&told(context, given, &figures, fear))?;
    }
    if !something && damaged.is_empty() {
        return Err(context.nothing(&query));
    }
    let exit = if something { Exit::Done } else { Exit::NothingMatched };
    Ok(context.finish(&damaged, exit))
}

struct JournalFold<'a> {
    fold: Fold<'a>,
    fear: Fear,
    damaged: Vec<Damaged>,
}

/// Reads the journal once, the newest first, and holds none of it. Fear is known from
/// all entries, whichever of them are looked at.
fn fold<'a>(context: &Context, query: &Query, plan: &'a Plan) -> Result<JournalFold<'a>> {
    let identity = context.unlock()?;
    // Of an entry that was edited twice, either version may say that somebody is afraid;
    // the newest of them is what it shows.
    let make = |kept: Kept| -> (Option<Fear>, Option<Extract>) {
        let fear = kept.heads().find_map(|entry| context.practices.fear_in(entry));
        let shows = query.matches(&kept.entry, plan.clock);
        (fear, shows.then(|| plan.extract(kept.entry)))
    };
    let (mut fold, mut fear) = (Fold::new(plan), None);
    let mut left = query.last.unwrap_or(usize::MAX);
    let mut visit = |made: Vec<(Option<Fear>, Option<Extract>)>| {
        for (told, extract) in made {
            fear = fear.or(told);
            if let Some(extract) = extract.filter(|_| left > 0) {
                left -= 1;
                fold.add(extract);
            }
        }
        Ok(true)
    };
    let everything = Query::everything();
    let order = Order::NewestFirst;
    let damaged = context.read_through(&everything, &identity, order, &make, &mut visit)?;
    let fear = match fear {
        // What cannot be read might say so.
        None | Some(Fear::None) if !damaged.is_empty() => Fear::Unknown,
        told => told.unwrap_or(Fear::None),
    };
    Ok(JournalFold { fold, fear, damaged })
}

fn told(context: &Context, given: &Given, figures: &[Figure], fear: Fear) -> String {
    let page = context.terminal.page();
    let telling = Telling { plain: given.has("plain"), texts: texts(given) };
    let text = render::figures(figures, telling, context.clock(), &page);
    // What is piped or redirected may end in a file: it says nothing of fear.
    let safety = match fear {
        Fear::Known if context.terminal.output_is_terminal() => {
            page.wrap("You said that you were afraid. `inward help safety` is here.", "") + "\n"
        }
        _ => String::new(),
    };
    format!("{text}\n{safety}{}\n", page.wrap(LAST_WORD, ""))
}

/// Of whatever is shown.
const LAST_WORD: &str = "These are your own answers, and no verdict on anyone.";

fn texts(given: &Given) -> usize {
    if given.all("what").is_empty() { SOME } else { MANY }
}

fn request(what: &[String]) -> Result<Request> {
    match what {
        [] => Ok(Request::Whole),
        [named] => Ok(Request::Named(named.clone())),
        [practice, question] => {
            Ok(Request::Question { practice: practice.clone(), question: question.clone() })
        }
        [_, _, more, ..] => Err(Error::BadAnswer {
            question: "patterns".into(),
            given: more.clone(),
            allowed: "a practice, a question, or both".into(),
        }),
    }
}

/// Refuses what nobody asks and no entry answers.
fn figures(context: &Context, request: &Request, fold: Fold, fear: Fear) -> Result<Vec<Figure>> {
    let is_asked =
        |id: &str| context.practices.whole().any(|p| p.all_questions().any(|q| q.id == id));
    let question = match request {
        Request::Whole => None,
        Request::Named(name) => (!fold.knows(name)).then_some(name),
        Request::Question { practice, question } if fold.knows(practice) => Some(question),
        Request::Question { practice, .. } => {
            let (given, known) = (practice.clone(), context.practice_names());
            return Err(Error::UnknownPractice { given, known });
        }
    };
    let figures = fold.finish(fear);
    match question {
        Some(id) if figures.is_empty() && !is_asked(id) => {
            let known = context.practice_names().into_iter().chain(context.question_names());
            Err(Error::NothingCalled { given: id.clone(), known: known.collect() })
        }
        _ => Ok(figures),
    }
}
