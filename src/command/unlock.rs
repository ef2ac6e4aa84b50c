//! `unlock`: keeps the identity available for a while.

use std::time::Duration;

use chrono::{DateTime, FixedOffset};
use clap::Args;
use serde_json::json;

use crate::app::{App, JsonArg, NO_PASSPHRASE, PLUGIN_HOLDS_KEY, VerbArgs};
use crate::error::{Exit, Result};
use crate::keys::{Protection, USUAL_UNLOCK};
use crate::render::document;

/// Enter the passphrase once and read for half an hour
///
/// For that time, the system keeps the key (not the passphrase) in memory, for your account only.
/// Reading then asks for nothing, and practices can quote what you wrote before. `inward lock`
/// locks the journal at once. Unlocking works only on Linux, and not in every container.
#[derive(Args)]
pub struct UnlockArgs {
    /// How long: 30m (the default), 2h, 90s
    #[arg(value_name = "TIME", value_parser = duration)]
    time: Option<Duration>,
    /// Same as TIME
    #[arg(long = "for", value_name = "TIME", value_parser = duration, conflicts_with = "time")]
    span: Option<Duration>,
    #[command(flatten)]
    output: JsonArg,
}

/// The longest time: a day.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

impl VerbArgs for UnlockArgs {
    fn run(self, app: &App) -> Result<Exit> {
        let time = self.span.or(self.time).unwrap_or(USUAL_UNLOCK);
        let nothing_to_hold = match app.keys().protection() {
            // Unless it's another journal's.
            Protection::None => app.unlock().map(|_| Some(NO_PASSPHRASE))?,
            Protection::Plugin => Some(PLUGIN_HOLDS_KEY),
            Protection::Missing | Protection::Passphrase | Protection::Unreadable => None,
        };
        if let Some(why) = nothing_to_hold {
            app.terminal.say(why);
            return self.report(app, None);
        }
        // Someone who finds it unlocked can't extend it: this asks for the passphrase again.
        let keys = app.keys();
        let file = app.keys().identity_file();
        let identity = keys.unlock_again(&mut app.passphrase_source(&file)?)?;
        keys.unlock_for(&identity, time)?;
        app.note_unconfirmed(&identity);
        // The passphrase may have taken its time.
        let now = app.clock().tick().now;
        let until = now + time;
        app.terminal.say(&format!("Unlocked until {}, in every window.", end_words(now, until)));
        if identity.may_ask() {
            app.terminal.say(PLUGIN_HOLDS_KEY);
        }
        self.report(app, Some(until))
    }
}

impl UnlockArgs {
    /// Until when it's unlocked; `None` where unlocking changes nothing.
    fn report(&self, app: &App, until: Option<DateTime<FixedOffset>>) -> Result<Exit> {
        if self.output.json {
            let unlocked = until.map(|until| json!({ "until": until }));
            let text = document(json!({ "unlocked": unlocked }));
            app.terminal.print_outcome(&text, until.is_some())?;
        }
        Ok(Exit::Done)
    }
}

/// The time at which it ends, and the day, if that is the next. It lasts a day at most.
fn end_words(now: DateTime<FixedOffset>, until: DateTime<FixedOffset>) -> String {
    let day = if until.date_naive() == now.date_naive() { "" } else { " tomorrow" };
    format!("{}{day}", until.format("%H:%M"))
}

/// Parses it; the error is what would be valid.
fn duration(text: &str) -> std::result::Result<Duration, &'static str> {
    let cut = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(cut);
    let unit = match unit.trim() {
        "s" => Some(1),
        "m" | "min" | "" => Some(60),
        "h" => Some(60 * 60),
        _ => None,
    };
    let seconds = number.parse::<u64>().ok().zip(unit).and_then(|(n, unit)| n.checked_mul(unit));
    let time = seconds.map(Duration::from_secs);
    let fits = |time: &Duration| !time.is_zero() && *time <= LONGEST;
    time.filter(fits).ok_or("a time such as 30m, 2h or 90s, up to 24h")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_end_after_midnight_is_tomorrow() {
        let now = DateTime::parse_from_rfc3339("2026-11-23T20:00:00+01:00").unwrap();
        assert_eq!(end_words(now, now + Duration::from_secs(30 * 60)), "20:30");
        assert_eq!(end_words(now, now + Duration::from_secs(23 * 60 * 60)), "19:00 tomorrow");
        assert_eq!(end_words(now, now + LONGEST), "20:00 tomorrow");
    }

    #[test]
    fn a_time_has_a_unit_and_an_end() {
        let seconds = |text| duration(text).ok().map(|time| time.as_secs());
        assert_eq!(seconds("30m"), Some(1800));
        assert_eq!(seconds("2h"), Some(7200));
        assert_eq!(seconds("90s"), Some(90));
        assert_eq!(seconds("15"), Some(900));
        for bad in ["", "0m", "25h", "-5m", "m", "soon", "99999999999999999999h"] {
            assert_eq!(seconds(bad), None, "{bad}");
        }
    }
}
