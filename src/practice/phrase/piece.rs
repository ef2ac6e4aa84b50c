//! One piece of a sentence, made ready to stand inside it: its edges, its leading
//! words and its first letter.

/// Marks that open and close a quotation, as several languages have them.
const QUOTES: &[(char, char)] = &[
    ('"', '"'),
    ('“', '”'),
    ('„', '“'),
    ('„', '”'),
    ('«', '»'),
    ('»', '«'),
    ('‘', '’'),
    ('\'', '\''),
    ('「', '」'),
];

/// What ends a sentence or a clause, and has no place inside another.
const FINAL: &[char] = &['.', '!', '?', '…', ',', ';', ':', '。', '！', '？', '，'];

/// First words that are certain to be no name, so that a clause may begin small.
const NO_NAMES: &[&str] = &[
    "a",
    "all",
    "an",
    "another",
    "any",
    "anybody",
    "anyone",
    "anything",
    "both",
    "each",
    "either",
    "every",
    "everybody",
    "everyone",
    "everything",
    "he",
    "her",
    "here",
    "his",
    "how",
    "it",
    "its",
    "my",
    "neither",
    "no",
    "nobody",
    "none",
    "nothing",
    "nowhere",
    "one",
    "our",
    "people",
    "she",
    "some",
    "somebody",
    "someone",
    "something",
    "that",
    "the",
    "their",
    "there",
    "these",
    "they",
    "this",
    "those",
    "two",
    "we",
    "what",
    "whatever",
    "who",
    "you",
    "your",
];

/// Words that join a clause to the one before it, so that no "when" is put there.
const JOINERS: &[&str] = &[
    "when",
    "whenever",
    "while",
    "as",
    "after",
    "before",
    "during",
    "at",
    "on",
    "in",
    "since",
    "because",
    "every time",
    "each time",
    "if",
    "with",
    "without",
    "once",
    "until",
    "about",
    "around",
    "over",
    "under",
    "near",
    "by",
    "for",
    "from",
    "despite",
    "wherever",
];

/// Without what stands around it: quotes around the whole, a leading ellipsis, the mark
/// that ends it. One space between words.
pub fn tidy(typed: &str) -> String {
    let mut text = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    loop {
        let inner = text.trim_start_matches("...").trim_start_matches('…').trim_end_matches(FINAL);
        let inner = without_quotes(inner.trim()).trim();
        if inner.len() == text.len() {
            return text;
        }
        text = inner.to_owned();
    }
}

fn without_quotes(text: &str) -> &str {
    let inner = QUOTES.iter().find_map(|(open, close)| {
        let inner = text.strip_prefix(*open)?.strip_suffix(*close)?;
        (!closes_inside(inner, *open, *close)).then_some(inner)
    });
    inner.unwrap_or(text)
}

/// Does the first quotation end before the end? An apostrophe between letters does not
/// end one.
fn closes_inside(inner: &str, open: char, close: char) -> bool {
    let chars: Vec<char> = inner.chars().collect();
    let letter =
        |at: Option<usize>| at.and_then(|i| chars.get(i)).is_some_and(|c| c.is_alphabetic());
    let ends = |i: usize| !(letter(i.checked_sub(1)) && letter(Some(i + 1)));
    (0..chars.len()).any(|i| (chars[i] == close || chars[i] == open) && ends(i))
}

/// Without these words at its beginning, as often as they come. Case and the shape of
/// an apostrophe make no difference.
pub fn without_leads<'a>(mut text: &'a str, leads: &[&str]) -> &'a str {
    while let Some(rest) = longest(text, leads) {
        text = rest;
    }
    text
}

/// The same, but once.
pub fn without_lead<'a>(text: &'a str, leads: &[&str]) -> &'a str {
    longest(text, leads).unwrap_or(text)
}

fn longest<'a>(text: &'a str, leads: &[&str]) -> Option<&'a str> {
    leads.iter().filter_map(|lead| after(text, lead)).min_by_key(|rest| rest.len())
}

/// What follows these words, where the text begins with them and they end there.
pub fn after<'a>(text: &'a str, words: &str) -> Option<&'a str> {
    let mut rest = text.chars();
    for wanted in words.chars() {
        let found = rest.next()?;
        let apostrophe = wanted == '\'' && found == '’';
        if !apostrophe && !found.to_lowercase().eq(wanted.to_lowercase()) {
            return None;
        }
    }
    let rest = rest.as_str();
    let goes_on = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | '-');
    let trimmed = rest.trim_start_matches([' ', ',', ':', '…']);
    (!rest.starts_with(goes_on)).then_some(trimmed)
}

/// Does the text begin with any of these?
pub fn begins_with(text: &str, words: &[&str]) -> bool {
    words.iter().any(|words| after(text, words).is_some())
}

/// The first word, up to its apostrophe, small: "they" of "They're".
pub fn first_word(text: &str) -> String {
    let word = text.split([' ', ',', '\'', '’']).next().unwrap_or_default();
    word.to_lowercase()
}

/// Begins small, but for "I", the partner's name, and what has a second capital.
pub fn small(text: &str, partner: Option<&str>) -> String {
    let word = text.split(' ').next().unwrap_or_default();
    let is_capital = |c: char| c.is_uppercase();
    let name = partner.is_some_and(|name| after_name(text, name).is_some());
    if first_word(text) == "i" || name || word.chars().skip(1).any(is_capital) {
        return text.to_owned();
    }
    with_first(text, |c| c.to_lowercase().collect())
}

/// Begins small only where its first word can be no name.
pub fn small_clause(text: &str) -> String {
    let word = first_word(text);
    let sure = NO_NAMES.contains(&word.as_str()) || begins_with(text, JOINERS);
    if sure { small(text, None) } else { text.to_owned() }
}

/// Begins with a capital, as a sentence does.
pub fn capital(text: &str) -> String {
    with_first(text, |c| c.to_uppercase().collect())
}

fn with_first(text: &str, change: impl Fn(char) -> String) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| change(first) + chars.as_str())
}

/// The text after the partner's name, which may have an ending: "Sam's".
pub fn after_name<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let rest = text.strip_prefix(name).filter(|_| !name.is_empty())?;
    (!rest.starts_with(char::is_alphanumeric)).then_some(rest)
}

/// A clause that says when: with "when" before it unless it brings its own word.
pub fn time_clause(typed: &str) -> String {
    let text = small_clause(&tidy(typed));
    match text.is_empty() || begins_with(&text, JOINERS) {
        true => text,
        false => format!("when {text}"),
    }
}
