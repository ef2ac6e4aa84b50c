//! What lasted, in one sentence each; both directions in the same voice.

use crate::pattern::{LastingAnswers, LastingChoice, LastingItem, LastingMark};
use crate::practice::name_partner;
use crate::words::{capitalize, number_words};

use super::clean_line;

/// "You marked “ignored” three times running." `partner` is the writer's own name for the
/// partner, where one is set.
pub fn lasting_sentence(row: &LastingAnswers, partner: Option<&str>) -> String {
    let running = format!("{} times running", number_words(row.times));
    let need = |need: &str, is: &str| format!("You marked “{}” {is} {running}.", clean_line(need));
    match &row.mark {
        LastingMark::Chosen(choice) => format!("You marked “{}” {running}.", choice_words(*choice)),
        LastingMark::Unheard => format!("{}, it wasn't heard.", capitalize(&running)),
        LastingMark::Unmet(words) => need(words, "unmet"),
        LastingMark::Met(words) => need(words, "met"),
        LastingMark::OftenOrMore => item(row.item.as_ref(), "often or more", &running, partner),
        LastingMark::RarelyOrLess => item(row.item.as_ref(), "rarely or less", &running, partner),
    }
}

fn choice_words(choice: LastingChoice) -> &'static str {
    match choice {
        LastingChoice::Heard => "heard",
        LastingChoice::Ignored => "ignored",
        LastingChoice::Respected => "respected",
        LastingChoice::NotRespected => "not respected",
    }
}

fn item(item: Option<&LastingItem>, often: &str, running: &str, partner: Option<&str>) -> String {
    let short = item.map_or_else(String::new, |item| clean_line(&item.short));
    let whose = match item {
        Some(LastingItem { of_partner: true, .. }) => {
            clean_line(&name_partner(", of {your partner},", partner))
        }
        Some(_) | None => String::new(),
    };
    format!("You marked “{short}”{whose} {often}, {running}.")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(mark: LastingMark, item: Option<(&str, bool)>, times: usize) -> String {
        let item =
            item.map(|(short, of_partner)| LastingItem { short: short.to_owned(), of_partner });
        let row = LastingAnswers {
            practice: String::new(),
            question: String::new(),
            item,
            mark,
            times,
            latest: "2026-11-23T21:00:00+01:00".parse().unwrap(),
            harm: false,
            is_fear: false,
        };
        lasting_sentence(&row, None)
    }

    #[test]
    fn every_row_has_its_sentence() {
        let of = |mark| said(mark, None, 3);
        let chosen = |choice| of(LastingMark::Chosen(choice));
        assert_eq!(chosen(LastingChoice::Ignored), "You marked “ignored” three times running.");
        assert_eq!(of(LastingMark::Unheard), "Three times running, it wasn't heard.");
        assert_eq!(chosen(LastingChoice::Heard), "You marked “heard” three times running.");
        let not_respected = chosen(LastingChoice::NotRespected);
        assert_eq!(not_respected, "You marked “not respected” three times running.");
        let unmet = of(LastingMark::Unmet("to be heard".into()));
        assert_eq!(unmet, "You marked “to be heard” unmet three times running.");
        let met = of(LastingMark::Met("rest".into()));
        assert_eq!(met, "You marked “rest” met three times running.");
        let item = |mark, item| said(mark, Some(item), 4);
        assert_eq!(
            item(LastingMark::OftenOrMore, ("felt afraid", false)),
            "You marked “felt afraid” often or more, four times running."
        );
        assert_eq!(
            item(LastingMark::RarelyOrLess, ("safe to open up", false)),
            "You marked “safe to open up” rarely or less, four times running."
        );
        assert_eq!(
            item(LastingMark::OftenOrMore, ("willing to work on it", true)),
            "You marked “willing to work on it”, of your partner, often or more, four times running."
        );
    }
}
