//! `config`: the settings, shown, edited and checked, however broken they are.

use crate::config::{COMMENTED, Config};
use crate::disk;
use crate::error::{Error, Exit, Result};
use crate::render::clean;

use super::{Arg, Context, Given, Takes, Verb};

pub const VERB: Verb = Verb {
    name: "config",
    about: "Show, edit or check the settings",
    details: "`inward config` prints config.toml; where there is none, every setting with its explanation, ready to be saved. `path` prints where it lies. `edit` opens it in your editor, with every setting explained in a new one, and checks it afterwards. `check` names each mistake by its line, and exits with 2 where there is one. Everywhere else a setting that cannot be used is pointed out and left out, and the others stand.",
    args: &[Arg::new(
        "action",
        Takes::WordOf("ACTION", &["show", "path", "edit", "check"], false),
        "show (the default), path, edit or check",
    )],
    query: false,
    run,
};

fn run(context: &Context, given: &Given) -> Result<Exit> {
    let file = context.config.paths.file();
    match given.one("action") {
        Some("path") => context.terminal.print(&format!("{}\n", file.display()))?,
        Some("edit") => return edit(context),
        Some("check") => return check(context),
        _ if file.exists() => {
            let text = disk::read_own_text(&file).map_err(Error::disk("read", &file))?;
            context.terminal.print(&clean(&text))?;
        }
        _ => context.terminal.print(COMMENTED)?,
    }
    Ok(Exit::Done)
}

fn edit(context: &Context) -> Result<Exit> {
    let file = context.config.paths.file();
    if !context.terminal.can_ask() {
        let instead = format!("Edit {}.", file.display());
        return Err(Error::NeedsTerminal { doing: "edit on", instead });
    }
    if !file.exists() {
        disk::make_folder(&context.config.paths.config)?;
        disk::write(&file, COMMENTED.as_bytes(), false)?;
    }
    context.terminal.edit_file(&file)?;
    check(context)
}

fn check(context: &Context) -> Result<Exit> {
    let config = Config::load(context.config.paths.clone(), &crate::config::process_env)?;
    let known = |name: &str| context.practices.named(name).is_some();
    let (_, odd) = context.practices.clone().at_cadence(&config.cadence);
    let cadences = odd.into_iter().map(|(setting, fault)| config.odd_at(&setting, fault));
    let odd = config.odd.iter().cloned().chain(cadences);
    let mut wrong: Vec<Error> = odd.map(|odd| config.told(&odd)).collect();
    for (name, practices) in &config.routines {
        let strange = practices.iter().filter(|practice| !known(practice));
        wrong.extend(strange.map(|given| super::routine::bad(context, name, given)));
    }
    wrong.iter().for_each(|error| context.terminal.warn(error));
    if wrong.is_empty() {
        context.terminal.say("The settings are in order.");
    }
    Ok(if wrong.is_empty() { Exit::Done } else { Exit::WrongInput })
}
