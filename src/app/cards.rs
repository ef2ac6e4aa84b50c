//! A practice of cards: one is drawn by the day, printed where nobody can be asked, and
//! otherwise answered, or left, and another drawn.

use serde_json::json;

use crate::app::CommandError;
use crate::entry::Answer;
use crate::error::{Exit, Result};
use crate::practice::{Deck, Fear, Practice};
use crate::prompt::choose;
use crate::render::document;

use super::App;
use super::closing::tell_nothing;
use super::record::{EntryDetails, PracticeArgs, example_answer, read_answers, recipients};
use super::resuming::offer_draft;
use super::routines::RoutineMemory;
use super::session::{Session, SessionOptions};

/// Runs a practice of cards. What the command line or a pipe says is the answer to the
/// card of the day. Only on the screen that is wiped does the journal decide, where it is
/// open, which deck that is of: what is printed stays, for anyone to see.
pub fn record_card(
    app: &App,
    practice: Practice,
    args: &PracticeArgs,
    details: EntryDetails,
    memory: &mut RoutineMemory,
) -> Result<Exit> {
    let for_two = args.cards.whom.is_some();
    let input = read_answers(app, &practice, &args.words, args)?;
    let can_ask = app.terminal.can_ask() && app.terminal.output_is_terminal();
    let asks = args.ask || (input.is_empty() && can_ask);
    let known = input.read(&practice)?;
    if !asks && known.is_empty() {
        if args.describes_entry() {
            let example = format!("{} {}", practice.name, example_answer(&practice));
            return Err(CommandError::NothingSaid { example }.into());
        }
        let form = app.form(Fear::Unknown);
        return print_card(app, &Deck::of(form, for_two), args.output.json);
    }
    let recipients = recipients(app)?;
    app.tell_key_trouble_before(asks)?;
    if asks
        && known.is_empty()
        && !args.describes_entry()
        && let Some(exit) = offer_draft(app, &practice.name, args.output.json, memory)?
    {
        return Ok(exit);
    }
    let history = if asks { memory.open_history(app, &practice)? } else { None };
    let care = memory.open_care(history.as_ref());
    let deck = Deck::of(care.form(app), for_two);
    let key = memory.key.clone();
    let session = Session::opening(app, recipients, key, practice, history, care, details);
    deal(session, &deck, known, asks, args.output.json)
}

/// Prints the card of the day, for whoever has no terminal to be asked on.
fn print_card(app: &App, deck: &Deck, json: bool) -> Result<Exit> {
    let Some(card) = deck.draw(app.clock().today(), 0) else { return Ok(Exit::NothingMatched) };
    if json {
        app.terminal.print(&document(json!({ "card": card })))?;
    } else {
        let lead = deck.lead.map(|lead| format!("{lead}\n\n")).unwrap_or_default();
        app.terminal.print(&format!("{lead}{}\n", card.text))?;
    }
    Ok(Exit::Done)
}

/// Asks the card of the day, and then another as long as one is wanted.
fn deal(
    mut session: Session,
    deck: &Deck,
    mut known: Vec<Answer>,
    asks: bool,
    json: bool,
) -> Result<Exit> {
    let app = session.app;
    let plain = session.base.clone();
    for place in 0.. {
        let Some(card) = deck.draw(session.day(), place) else { break };
        session.base = plain.clone().with_card(&card.text, deck.lead);
        session.practice = session.base.clone().adapted_to(session.care.form(app));
        known.iter_mut().for_each(|answer| answer.asked.clone_from(&card.text));
        let options = SessionOptions { json, is_one_of_several: true, ..SessionOptions::default() };
        let exit = session.run(std::mem::take(&mut known), asks, options)?;
        // With JSON there is one document, and so one card.
        if !asks || json || !is_another_wanted(app)? {
            if asks && !session.was_kept {
                tell_nothing(app);
            }
            return Ok(exit);
        }
        session.history = None;
        session.files.clear();
    }
    Ok(Exit::NothingMatched)
}

fn is_another_wanted(app: &App) -> Result<bool> {
    let screen = app.terminal.screen()?;
    Ok(choose("", &["That's all", "Another card"], "That's all", &screen)? == Some(1))
}
