//! `unlock`: the identity at hand for some minutes.

use std::time::Duration;

use crate::error::{Error, Exit, Result};
use crate::keys::Protection;

use super::{Arg, Context, Given, Takes, Verb, lock};

pub const VERB: Verb = Verb {
    name: "unlock",
    about: "Read without the passphrase for some minutes",
    details: "Asks for the passphrase once. This computer then holds the key, not the passphrase, for the time given, in memory and for you alone; `inward lock` ends it at once. Meanwhile reading asks nothing, and practices can quote what you wrote before. Only Linux can do this, and not in every container.",
    args: &[
        Arg::new("time", Takes::Words("TIME", 0), "How long: 30m (the default), 2h, 90s"),
        Arg::new("for", Takes::One("TIME"), "The same"),
    ],
    query: false,
    run,
};

/// Longer than a day is no session.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

fn run(context: &Context, given: &Given) -> Result<Exit> {
    let text = given.one("for").or(given.one("time")).unwrap_or("30m");
    let time = duration(text).ok_or_else(|| Error::BadAnswer {
        question: "how long".into(),
        given: text.to_owned(),
        allowed: "a time such as 30m, 2h or 90s, up to 24h".into(),
    })?;
    if context.keys().protection() == Protection::None {
        context.terminal.say(lock::OPEN);
        return Ok(Exit::Done);
    }
    // Whoever finds it unlocked cannot make it last: that asks anew.
    let identity = context.unlock_anew()?;
    context.keys().hold(&identity, time)?;
    let until = context.clock().now + time;
    context.terminal.say(&format!("Unlocked until {}.", until.format("%H:%M")));
    Ok(Exit::Done)
}

fn duration(text: &str) -> Option<Duration> {
    let cut = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(cut);
    let seconds = match unit.trim() {
        "s" => 1,
        "m" | "min" | "" => 60,
        "h" => 60 * 60,
        _ => return None,
    };
    let time = Duration::from_secs(number.parse::<u64>().ok()?.checked_mul(seconds)?);
    (!time.is_zero() && time <= LONGEST).then_some(time)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_has_a_unit_and_an_end() {
        let seconds = |text| duration(text).map(|time| time.as_secs());
        assert_eq!(seconds("30m"), Some(1800));
        assert_eq!(seconds("2h"), Some(7200));
        assert_eq!(seconds("90s"), Some(90));
        assert_eq!(seconds("15"), Some(900));
        for bad in ["", "0m", "25h", "-5m", "m", "soon", "99999999999999999999h"] {
            assert_eq!(seconds(bad), None, "{bad}");
        }
    }
}
