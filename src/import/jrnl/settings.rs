//! Reads jrnl's own settings on how its journals are written.

use std::path::Path;

use serde_json::{Map, Value as Json};

use crate::dates::DigitOrder;

use super::super::{ImportInput, front};
use super::day_of_path;

/// jrnl's settings for a journal.
#[derive(Clone, Debug)]
pub struct JrnlSettings {
    /// The characters that begin a tag.
    pub tag_symbols: Vec<char>,
    /// Does the day come before the month?
    pub order: Option<DigitOrder>,
    /// The format of dates, for strftime.
    pub time_format: Option<String>,
    /// Is it a folder of days? jrnl reads no other files there.
    pub is_folder: bool,
}

impl Default for JrnlSettings {
    fn default() -> JrnlSettings {
        JrnlSettings {
            tag_symbols: vec!['@', '#'],
            order: None,
            time_format: None,
            is_folder: false,
        }
    }
}

impl JrnlSettings {
    /// Parses `jrnl.yaml`. A journal's own settings override the general ones.
    pub fn parse(yaml: &str, journal: &Path) -> JrnlSettings {
        let (general, _) = front::fields(yaml);
        let own = own_settings(&general, journal);
        let text = |name: &str| {
            let own = own.and_then(|own| own.get(name));
            own.or_else(|| general.get(name)).and_then(Json::as_str)
        };
        let symbols = text("tagsymbols").filter(|symbols| !symbols.is_empty());
        let default = JrnlSettings::default();
        JrnlSettings {
            tag_symbols: symbols.map_or(default.tag_symbols, |symbols| symbols.chars().collect()),
            order: text("timeformat").and_then(order),
            time_format: text("timeformat")
                .filter(|format| has_full_year(format))
                .map(str::to_owned),
            ..default
        }
    }

    /// Sets `is_folder`, judged by the files' paths.
    pub fn for_files(self, inputs: &[ImportInput]) -> JrnlSettings {
        let is_folder = inputs.iter().any(|input| day_of_path(&input.path).is_some());
        JrnlSettings { is_folder, ..self }
    }
}

/// The settings under `journals` of the journal at a path.
fn own_settings<'a>(
    general: &'a Map<String, Json>,
    journal: &Path,
) -> Option<&'a Map<String, Json>> {
    let real = journal.canonicalize().ok()?;
    let journals = general.get("journals")?.as_object()?;
    let own = journals.values().filter_map(Json::as_object);
    own.into_iter().find(|own| {
        let path = own.get("journal").and_then(Json::as_str).map(Path::new);
        path.and_then(|path| path.canonicalize().ok()).is_some_and(|path| path == real)
    })
}

/// Does the format give the full year?
pub(super) fn has_full_year(format: &str) -> bool {
    !["%y", "%g", "%D", "%x"].iter().any(|sign| format.contains(sign))
}

fn order(format: &str) -> Option<DigitOrder> {
    let place = |sign: &str| format.find(sign);
    match (place("%d"), place("%m")) {
        (Some(day), Some(month)) if day < month => Some(DigitOrder::DayFirst),
        (Some(_), Some(_)) => Some(DigitOrder::MonthFirst),
        _ => place("%D").map(|_| DigitOrder::MonthFirst),
    }
}
