//! How what was said was received, in one sentence.

use crate::pattern::ReceivedCount;
use crate::practice::phrase::enumerate;

use super::lines::count_of;

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
    let parts = parts.into_iter().filter(|(count, _, _)| *count > 0);
    let parts: Vec<String> = parts
        .map(|(count, one, more)| format!("{count} {}", if count == 1 { one } else { more }))
        .collect();
    let since = since.map(|day| format!(" since {day}")).unwrap_or_default();
    format!("Of the {} you said{since}, {}.", count_of(said, "thing"), enumerate(&parts))
}
