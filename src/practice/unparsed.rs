//! What the text of a practice's file says without being parsed: prompts of shells and
//! completions ask this of files that are known to be valid.

use super::Cadence;

/// What a valid file says after this key, on a line of its own.
pub fn line_of(text: &'static str, key: &str) -> Option<&'static str> {
    let value = |line: &'static str| line.strip_prefix(key)?.strip_prefix(" = ");
    Some(text.lines().find_map(value)?.trim().trim_matches('"'))
}

/// May a valid file have a question whose id begins so? Some are made of one that it
/// says: `relying-me` of `relying`.
pub fn may_ask(text: &str, beginning: &str) -> bool {
    let said = text.lines().filter_map(|line| line.strip_prefix("id = "));
    let built = text.contains("\nsentence = ").then_some("sentence");
    let mut ids = said.map(|id| id.trim().trim_matches('"')).chain(built);
    ids.any(|id| id.starts_with(beginning) || beginning.starts_with(id))
}

/// What a file says of its cadence before its first table.
pub fn cadence_of(text: &str) -> Option<Cadence> {
    #[derive(serde::Deserialize)]
    struct Beginning {
        cadence: Option<String>,
    }
    let before = text.split_once("\n[").map_or(text, |(before, _)| before);
    let Beginning { cadence } = toml::from_str(before).ok()?;
    cadence.map_or(Some(Cadence::AsNeeded), |word| Cadence::read(&word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::practice::{BUILT_IN, Practices};

    #[test]
    fn every_beginning_of_every_question_is_recognized_in_the_text() {
        let all = Practices::built_in();
        for (practice, (name, text)) in all.valid().zip(BUILT_IN) {
            assert_eq!(practice.name, *name);
            for question in practice.all_questions() {
                let beginnings = (0..=question.id.len()).filter_map(|end| question.id.get(..end));
                beginnings.for_each(|it| assert!(may_ask(text, it), "{name}: {it}"));
            }
        }
    }
}
