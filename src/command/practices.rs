//! `practices`: what there is to keep, and whether the files are right.

use serde_json::json;

use crate::error::{Error, Exit, Result};
use crate::practice::{Found, Practice};
use crate::render::{clean_line, document};

use super::given::JSON;
use super::{Arg, Context, Given, Takes, Verb};

pub const VERB: Verb = Verb {
    name: "practices",
    about: "List the practices, show one, or check your own",
    details: "`list` names every practice, yours among them. `show NAME` prints its questions, their flags and what each may be answered with. `check` reads every practice file of yours and names each mistake with its line.",
    args: &[
        Arg::new(
            "action",
            Takes::WordOf("ACTION", &["list", "show", "check"]),
            "list (the default), show or check",
        ),
        Arg::new("name", Takes::Words("NAME", 0), "The practice to show"),
        JSON,
    ],
    query: false,
    run,
};

fn run(context: &Context, given: &Given) -> Result<Exit> {
    match given.one("action") {
        Some("show") => show(context, given),
        Some("check") => check(context),
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
            Found::Whole(p) => format!("{name} {}, {}\n", clean_line(&p.about), p.cadence.words()),
            Found::Broken { .. } => {
                format!("{name} its file has a mistake; `inward practices check` names it\n")
            }
        };
    }
    context.terminal.print(&text)?;
    Ok(Exit::Done)
}

fn show(context: &Context, given: &Given) -> Result<Exit> {
    let known = || context.practices.iter().map(|f| f.name().to_owned()).collect();
    let name = given.one("name").unwrap_or_default();
    let found = context.practices.named(name).cloned();
    let found =
        found.ok_or_else(|| Error::UnknownPractice { given: name.to_owned(), known: known() })?;
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
            page.wrap(&format!("{flag}: {}", clean_line(&question.allowed())), "  ")
        );
    }
    context.terminal.print_paged(&text)?;
    Ok(Exit::Done)
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

fn check(context: &Context) -> Result<Exit> {
    let broken = context.practices.iter().find(|f| f.whole().is_none());
    if let Some(broken) = broken {
        broken.clone().into_whole()?;
    }
    let count = context.practices.whole().count();
    context.terminal.say(&format!("All {count} practices are whole."));
    Ok(Exit::Done)
}
