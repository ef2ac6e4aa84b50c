//! Guesses what was meant by a misspelt name.

/// The nearest name, if it is near enough to guess: within one mistake, or one in three
/// letters, or the only name with this beginning.
pub fn nearest<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let names: Vec<&str> = names.into_iter().collect();
    if names.contains(&word) {
        // The mistake is elsewhere, and it's no help to be told what one wrote.
        return None;
    }
    let lower = word.to_lowercase();
    let word = lower.as_str();
    let distance = |names: &&str| strsim::damerau_levenshtein(word, &names.to_lowercase());
    let most = 1.max(word.chars().count() / 3);
    let near = names.iter().copied().min_by_key(distance).filter(|near| distance(near) <= most);
    near.or_else(|| only_with_prefix(word, &names))
}

fn only_with_prefix<'a>(word: &str, names: &[&'a str]) -> Option<&'a str> {
    let mut with_prefix = names.iter().copied().filter(|name| name.starts_with(word));
    let first = with_prefix.next().filter(|_| word.chars().count() > 1)?;
    with_prefix.all(|other| other == first).then_some(first)
}

/// “Did you mean”, if there is a guess, then `otherwise`.
pub fn did_you_mean(near: Option<&str>, otherwise: &str) -> String {
    match near {
        Some(near) => format!("Did you mean `{near}`? {otherwise}").trim_end().to_owned(),
        None => otherwise.to_owned(),
    }
}

/// The same, with the nearest of these names as the guess.
pub fn suggestion(word: &str, names: &[String], otherwise: &str) -> String {
    did_you_mean(nearest(word, names.iter().map(String::as_str)), otherwise)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_guessed_and_another_word_is_not() {
        let names = ["intent", "reflect", "closeness"];
        assert_eq!(nearest("relfect", names), Some("reflect"));
        assert_eq!(nearest("closness", names), Some("closeness"));
        assert_eq!(nearest("refl", names), Some("reflect"));
        assert_eq!(nearest("walk", names), None);
        assert_eq!(nearest("in", ["intent", "init"]), None);
        assert_eq!(nearest("REFLECT", names), Some("reflect"));
        assert_eq!(nearest("REF", names), Some("reflect"));
        assert_eq!(nearest("reflect", names), None, "nobody means what they wrote");
    }
}
