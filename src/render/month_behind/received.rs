//! How what was said was received, in one sentence.

use crate::pattern::ReceivedCount;
use crate::practice::phrase::enumerate;
use crate::words::count_of;

/// "Of the 6 things you said since 1 September, 2 were heard and 4 were ignored."
pub fn received_sentence(count: &ReceivedCount, since: Option<&str>) -> String {
    let ReceivedCount { said, heard, partly, not_heard, ignored, not_safe } = *count;
    let parts = [
        (heard, "was heard", "were heard"),
        (partly, "was partly heard", "were partly heard"),
        (not_heard, "wasn't heard", "weren't heard"),
        (ignored, "was ignored", "were ignored"),
        (not_safe, "wasn't safe", "weren't safe"),
    ];
    let since = since.map(|day| format!(" since {day}")).unwrap_or_default();
    let mut parts = parts.into_iter().filter(|(count, _, _)| *count > 0);
    if said == 1 {
        // What wasn't safe was saying it.
        if not_safe == 1 {
            return format!("The one time you said something{since}, it wasn't safe.");
        }
        let was = parts.next().map_or("", |(_, one, _)| one);
        return format!("The one thing you said{since} {was}.");
    }
    let parts: Vec<String> = parts.map(|(count, one, more)| count_of(count, one, more)).collect();
    format!("Of the {said} things you said{since}, {}.", enumerate(&parts))
}
