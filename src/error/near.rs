//! What was probably meant, where a name is nobody's.

/// The nearest of the names that there are, if one is near enough to guess.
pub fn nearest<'a>(given: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let far = |known: &&str| strsim::damerau_levenshtein(given, known);
    let near = known.into_iter().min_by_key(far)?;
    (far(&near) <= 1 + given.chars().count() / 4).then_some(near)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_guessed_and_another_word_is_not() {
        let known = ["intent", "reflect", "closeness"];
        assert_eq!(nearest("relfect", known), Some("reflect"));
        assert_eq!(nearest("closness", known), Some("closeness"));
        assert_eq!(nearest("walk", known), None);
    }
}
