//! What a search found: the lines in which it stands, with the words marked.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use crate::config::Clock;
use crate::entry::Entry;
use crate::journal::StoredEntry;
use crate::practice::Practices;
use crate::query::TextMatcher;
use crate::words::count_of;

use super::list::{self, ListRow};
use super::terminal::{columns, cut};
use super::{TextPage, as_clean_line, clean_line};

/// Lines of one entry; `show` has the rest.
const MOST: usize = 5;

/// An entry with the lines of it in which something stands.
pub fn result_row(
    stored: &StoredEntry,
    matchers: &[TextMatcher],
    practices: &Practices,
) -> ListRow {
    let mut lines: Vec<String> = stored.heads().flat_map(|entry| lines(entry, matchers)).collect();
    let sentence = list::part_sentence(&stored.entry).0.map(|it| clean_line(&it.text()));
    if let Some(sentence) = &sentence {
        // A piece of it stands in it already.
        let whole = sentence.to_lowercase();
        let piece = |line: &str| line.trim_end_matches(['.', '?']).to_lowercase();
        lines.retain(|line| line == sentence || !whole.contains(&piece(line)));
    }
    let unshown = lines.len().saturating_sub(MOST);
    lines.truncate(MOST);
    // So that it is seen which entry it is, unless nobody should see it who didn't seek it.
    let tells_fear = || practices.tell_fear(&stored.entry.practice, &stored.entry.answers);
    let name = list::title(&stored.entry).or(sentence.filter(|_| !tells_fear()));
    if let Some(name) = name.filter(|name| !lines.contains(name)) {
        lines.insert(0, name);
    }
    let mut row = ListRow::saying(stored, lines);
    row.unshown = unshown;
    row
}

pub fn results(
    rows: &[ListRow],
    matchers: &[TextMatcher],
    clock: &Clock,
    page: &TextPage,
) -> String {
    list::lines(rows, true, clock, page, |row, room| {
        let highlighted = row.words.iter().map(|line| highlight(line, matchers, room, page));
        let more = count_of(row.unshown, "more line", "more lines");
        let more = (row.unshown > 0).then(|| page.quiet(&cut(&format!("and {more}"), room)));
        highlighted.chain(more).collect()
    })
}

/// The lines of an entry in which any of it stands: answers, the wording of
/// what was chosen, tags. An option's id is shown by its wording.
fn lines(entry: &Entry, matchers: &[TextMatcher]) -> Vec<String> {
    let labels = || entry.answers.iter().flat_map(|answer| &answer.labels);
    let of_id: BTreeMap<&str, &str> = labels().map(|(id, it)| (id.as_str(), it.as_str())).collect();
    let texts = entry.words().chain(labels().map(|(_, label)| label.as_str()));
    let lines = texts.flat_map(|text| lines_of(text, matchers));
    let lines = lines.map(|line| of_id.get(line).copied().unwrap_or(line));
    let mut seen = HashSet::new();
    let lines = lines.map(|line| as_clean_line(line.trim_end()));
    let lines: Vec<String> =
        lines.filter(|line| seen.insert(line.clone())).map(Cow::into_owned).collect();
    if !lines.is_empty() {
        return lines;
    }
    // It was found by a tag as it is shown, with its mark.
    let tags = entry.tags.iter().map(|tag| clean_line(&format!("#{tag}")));
    tags.filter(|tag| matchers.iter().any(|matcher| matcher.is_in(tag))).collect()
}

/// The lines of a text in which any of it stands.
fn lines_of<'t>(text: &'t str, matchers: &[TextMatcher]) -> Vec<&'t str> {
    if matchers.iter().all(|matcher| matcher.within_line) {
        // Once a word is found in a line, the rest of the line isn't searched.
        let has_any = |line: &&str| matchers.iter().any(|matcher| matcher.is_in(line));
        return text.split_inclusive('\n').filter(has_any).collect();
    }
    let mut ranges: Vec<Range<usize>> = matchers.iter().flat_map(|s| s.ranges(text)).collect();
    ranges.sort_by_key(|range| range.start);
    let mut ranges = ranges.into_iter().peekable();
    let mut start = 0;
    let has_any = |line: &&str| {
        let end = start + line.len();
        while ranges.next_if(|range| range.end <= start && range.start < start).is_some() {}
        start = end;
        ranges.peek().is_some_and(|range| range.start < end)
    };
    text.split_inclusive('\n').filter(has_any).collect()
}

/// The line, cut so that the first mark can be seen.
fn highlight(line: &str, matchers: &[TextMatcher], room: usize, page: &TextPage) -> String {
    let first = matchers.iter().filter_map(|s| s.ranges(line).next()).map(|r| r.start).min();
    let first = first.unwrap_or(0);
    let lead = room / 3;
    let line = if columns(&line[..first]) <= lead || line.len() <= room || columns(line) <= room {
        cut(line, room)
    } else {
        // From the beginning of a word near it.
        let fits = |at: &usize| columns(&line[*at..first]) <= lead;
        let starts = line[..first].grapheme_indices(true).map(|(at, _)| at);
        let near = starts.rev().take_while(fits).last().unwrap_or(first);
        let word = line[near..first].find(' ').map_or(near, |space| near + space + 1);
        cut(&format!("…{}", &line[word..]), room)
    };
    paint(&line, matchers, page)
}

fn paint(line: &str, matchers: &[TextMatcher], page: &TextPage) -> String {
    if !page.colour {
        return line.to_owned();
    }
    let mut ranges: Vec<Range<usize>> = matchers.iter().flat_map(|s| s.ranges(line)).collect();
    ranges.sort_by_key(|range| range.start);
    let mut out = String::with_capacity(line.len());
    let mut at = 0;
    for range in ranges {
        // Marks of several words may overlap.
        let start = range.start.max(at);
        if start >= range.end {
            continue;
        }
        out += &line[at..start];
        out += &page.highlight(&line[start..range.end]);
        at = range.end;
    }
    out + &line[at..]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn matchers(words: &[&str]) -> Vec<TextMatcher> {
        words.iter().map(|word| TextMatcher::text(word).unwrap()).collect()
    }

    #[test]
    fn what_was_chosen_is_shown_in_its_own_words_however_it_was_found() {
        let entry = crate::entry::testing::entry(serde_json::json!({ "answers": [{
            "question": "did", "asked": "What did you do?", "value": ["went-quiet", "left"],
            "labels": { "went-quiet": "I went quiet", "left": "I left" },
        }] }));
        for word in ["quiet", "went-quiet", "went"] {
            assert_eq!(lines(&entry, &matchers(&[word])), ["I went quiet"], "{word}");
        }
    }

    #[test]
    fn an_entry_that_was_found_by_a_tag_with_its_mark_shows_that_tag() {
        let entry = crate::entry::testing::entry(serde_json::json!({ "tags": ["weir", "sea"] }));
        assert_eq!(lines(&entry, &matchers(&["#weir"])), ["#weir"]);
        assert_eq!(lines(&entry, &matchers(&["weir"])), ["weir"]);
    }

    #[test]
    fn a_long_line_is_cut_around_what_was_found() {
        let line = "We had talked for a long while about nothing much when he opened the door to me and stayed";
        let page = TextPage { width: 80, colour: false };
        assert_eq!(highlight(line, &matchers(&["door"]), 30, &page), "…the door to me and stayed");
        assert_eq!(
            highlight(line, &matchers(&["talked"]), 30, &page),
            "We had talked for a long whil…"
        );
        assert_eq!(
            highlight("静かな夜に戸が開いた", &matchers(&["戸"]), 12, &page),
            "…夜に戸が開…"
        );
    }

    proptest! {
        #[test]
        fn a_word_is_in_the_same_lines_whether_they_are_searched_one_by_one_or_together(
            text in "[abß \n]{0,16}",
            word in "[abß]{1,2}",
        ) {
            let one_by_one = TextMatcher::text(&word).unwrap();
            let mut together = one_by_one.clone();
            together.within_line = false;
            prop_assert_eq!(lines_of(&text, &[one_by_one]), lines_of(&text, &[together]));
        }
    }

    #[test]
    fn marks_that_overlap_are_painted_once() {
        let page = TextPage { width: 80, colour: true };
        let painted = paint("the doorway", &matchers(&["door", "doorway"]), &page);
        assert_eq!(painted, format!("the {}{}", page.highlight("door"), page.highlight("way")));
    }
}
