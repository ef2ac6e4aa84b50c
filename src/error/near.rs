//! What was probably meant, where a name is nobody's.

/// The nearest of the names that there are, if one is near enough to guess: one
/// that is a slip or two away, or the only one that begins so.
pub fn nearest<'a>(given: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let known: Vec<&str> = known.into_iter().collect();
    let far = |known: &&str| strsim::damerau_levenshtein(given, known);
    let slips = 1.max(given.chars().count() / 3);
    let near = known.iter().copied().min_by_key(far).filter(|near| far(near) <= slips);
    near.or_else(|| only_one_beginning(given, &known))
}

fn only_one_beginning<'a>(given: &str, known: &[&'a str]) -> Option<&'a str> {
    let mut begin = known.iter().copied().filter(|name| name.starts_with(given));
    let first = begin.next().filter(|_| given.chars().count() > 1)?;
    begin.all(|other| other == first).then_some(first)
}

/// A guess, where there is one, and what helps in any case.
pub fn did_you_mean(near: Option<&str>, otherwise: &str) -> String {
    match near {
        Some(near) => format!("Did you mean `{near}`? {otherwise}").trim_end().to_owned(),
        None => otherwise.to_owned(),
    }
}

/// The same, with the guess still to be made.
pub fn suggestion(given: &str, known: &[String], otherwise: &str) -> String {
    did_you_mean(nearest(given, known.iter().map(String::as_str)), otherwise)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_guessed_and_another_word_is_not() {
        let known = ["intent", "reflect", "closeness"];
        assert_eq!(nearest("relfect", known), Some("reflect"));
        assert_eq!(nearest("closness", known), Some("closeness"));
        assert_eq!(nearest("refl", known), Some("reflect"));
        assert_eq!(nearest("walk", known), None);
        assert_eq!(nearest("in", ["intent", "init"]), None);
    }
}
