//! `practices`: what there is to keep, and whether the files are right.

use serde_json::json;

use crate::disk;
use crate::error::{Error, Exit, Result};
use crate::practice::{self, Found, How, Practice, Score};
use crate::render::{clean_line, document};

use super::given::JSON;
use super::{Arg, Context, Given, Takes, Verb};

pub const VERB: Verb = Verb {
    name: "practices",
    about: "List the practices, show one, check your own, or begin one",
    details: "`list` names every practice, yours among them. `show PRACTICE` prints its questions, their flags and what each may be answered with. `check` reads every practice file of yours and names each mistake with its line. `new PRACTICE` writes a commented start for a practice of your own and opens it in your editor.",
    args: &[
        Arg::new(
            "action",
            Takes::WordOf("ACTION", &["list", "show", "check", "new"], false),
            "list (the default), show, check or new",
        ),
        Arg::new("name", Takes::Words("PRACTICE", 0), "The practice to show, or to begin"),
        JSON,
    ],
    query: false,
    run,
};

fn run(context: &Context, given: &Given) -> Result<Exit> {
    match given.one("action") {
        Some("show") => show(context, given),
        Some("check") => check(context),
        Some("new") => new(context, given),
        _ => list(context, given.has("json")),
    }
}

fn list(context: &Context, json: bool) -> Result<Exit> {
    if json {
        let all: Vec<_> = context.practices.whole().map(describe).collect();
        context.terminal.print(&document(json!({ "practices": all })))?;
        return Ok(Exit::Done);
    }
    let page = context.terminal.page();
    let mut text = String::new();
    for found in context.practices.iter() {
        let name = page.accent(&format!("{:<12}", clean_line(found.name())));
        text += &match found {
            Found::Whole(p) => format!("{name} {} ({})\n", clean_line(&p.about), p.cadence.words()),
            Found::Broken { .. } => {
                format!("{name} its file has a mistake; `inward practices check` names it\n")
            }
        };
    }
    context.terminal.print(&text)?;
    Ok(Exit::Done)
}

fn show(context: &Context, given: &Given) -> Result<Exit> {
    let name = given.one("name").unwrap_or_default();
    let found = context.practices.named(name).cloned();
    let found = found.ok_or_else(|| Error::UnknownPractice {
        given: name.to_owned(),
        known: context.practice_names(),
    })?;
    let practice = found.into_whole()?.worded_for(context.config.partner.as_deref());
    if given.has("json") {
        context.terminal.print(&document(json!({ "practice": describe(&practice) })))?;
        return Ok(Exit::Done);
    }
    let page = context.terminal.page();
    let mut text =
        format!("{}, {}\n", page.strong(&clean_line(&practice.title)), practice.cadence.words());
    for question in &practice.questions {
        let flag = format!("--{}", question.id);
        text += &format!("\n{}\n", page.accent(&page.wrap(&clean_line(&question.ask), "")));
        text += &format!(
            "{}\n",
            page.wrap_message(&format!("  {flag}: {}", clean_line(&question.allowed())))
        );
    }
    for score in &practice.scores {
        text += &format!(
            "\n{}\n{}\n",
            page.accent(&page.wrap(&clean_line(&score.title), "")),
            page.wrap_message(&format!("  {}", rule(score)))
        );
    }
    context.terminal.print_paged(&text)?;
    Ok(Exit::Done)
}

/// How a score is made, for whoever checks a key against its source.
fn rule(score: &Score) -> String {
    let how = match score.how {
        How::Mean => "the mean of",
        How::Sum if score.prorate => "the sum, scaled up for what is missing, of",
        How::Sum => "the sum of",
        How::MeanOfScores => "the mean of the scores",
    };
    let item = |id: &String| match score.reverse.contains(id) {
        true => format!("{id} (reversed)"),
        false => id.clone(),
    };
    let items: Vec<String> = score.of.iter().map(item).collect();
    let least = (score.least * 100.0).round();
    let norms = score.norms.as_ref().map(|norms| {
        format!(
            "; sd {}, reliability {} ({})",
            norms.sd,
            norms.reliability,
            clean_line(&norms.source)
        )
    });
    let norms = norms.unwrap_or_default();
    format!("{how} {}; where {least} % of them are answered{norms}", items.join(", "))
}

fn describe(practice: &Practice) -> serde_json::Value {
    let questions: Vec<_> = practice
        .questions
        .iter()
        .map(|q| json!({ "id": q.id, "ask": q.ask, "answer": q.allowed() }))
        .collect();
    json!({ "name": practice.name, "title": practice.title, "about": practice.about,
            "primary": practice.primary, "questions": questions })
}

/// Every broken file, each mistake of it; the last as the error.
fn check(context: &Context) -> Result<Exit> {
    let broken = context.practices.iter().filter(|found| found.whole().is_none());
    let mut errors = broken.filter_map(|found| found.clone().into_whole().err()).peekable();
    while let Some(error) = errors.next() {
        if errors.peek().is_none() {
            return Err(error);
        }
        context.terminal.say_as_it_is(&format!("{error}\n"));
    }
    let count = context.practices.whole().count();
    context.terminal.say(&format!("All {count} practices are whole."));
    Ok(Exit::Done)
}

fn new(context: &Context, given: &Given) -> Result<Exit> {
    let name = given.one("name").unwrap_or_default();
    let folder = context.config.paths.prompts();
    let file = folder.join(format!("{name}.toml"));
    if !practice::is_word(name) {
        return Err(Error::BadAnswer {
            question: "PRACTICE".into(),
            given: name.to_owned(),
            allowed: "lower-case letters, digits and hyphens, a letter first".into(),
        });
    }
    // Checked as it would be with that name, before anything is written.
    // Over a built-in practice, its own text is the start.
    let built_in = practice::BUILT_IN.iter().find(|(known, _)| *known == name);
    let start = built_in.map_or(practice::TEMPLATE, |(_, text)| text);
    practice::read(name, &file, start, &super::reserved()).into_whole()?;
    disk::make_folder(&folder)?;
    disk::write(&file, start.as_bytes(), false)?;
    context.terminal.say(&format!("{} is a practice now: inward {name}", file.display()));
    if built_in.is_some() {
        context
            .terminal
            .say("It stands in for the built-in one; remove the file to have that back.");
    }
    if context.terminal.can_ask() {
        context.terminal.edit_file(&file)?;
        let text = disk::read_own_text(&file).map_err(Error::disk("read", &file))?;
        practice::read(name, &file, &text, &super::reserved()).into_whole()?;
    }
    Ok(Exit::Done)
}
