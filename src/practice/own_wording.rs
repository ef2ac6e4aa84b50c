//! A sentence that its writer worded by hand: what becomes of it where an answer in it changes.

use crate::entry::{Answer, Value};

use super::Practice;

impl Practice {
    /// Is it in one of the sentences, or is it read by the one that these answers build?
    pub fn is_sentence_piece(&self, id: &str, answers: &[Answer]) -> bool {
        let has = |pieces: Vec<String>| pieces.iter().any(|piece| piece == id);
        self.sentences.iter().any(|sentence| has(sentence.pieces()))
            || has(self.sentence_pieces(answers))
    }

    /// What a piece adds to the end of the sentence that these answers build, empty where it
    /// isn't answered. `None` where it stands in the midst of it, or is all of it.
    fn sentence_ending(&self, answers: &[Answer], piece: &str) -> Option<String> {
        let others = answers.iter().filter(|answer| answer.question != piece);
        let rest = self.built_sentence(&others.cloned().collect::<Vec<_>>())?;
        let ending = self.built_sentence(answers)?;
        ending.strip_prefix(&rest).map(|ending| ending.trim_start().to_owned())
    }

    /// A sentence that was worded by hand, without what this piece added to its end. `None`
    /// where it isn't known what in it is the piece's.
    pub fn own_wording_without<'w>(
        &self,
        own: &'w str,
        answers: &[Answer],
        piece: &str,
    ) -> Option<&'w str> {
        Some(own.strip_suffix(&self.sentence_ending(answers, piece)?)?.trim_end())
    }

    /// A sentence that was worded by hand as another answer leaves it: what a piece adds at
    /// its end is put there, and where nothing else is left, it's as its pieces build it.
    /// `None` where it isn't known what in it is the piece's.
    pub fn own_wording_with(
        &self,
        own: &str,
        answers: &[Answer],
        piece: &str,
        answer: Option<&Answer>,
    ) -> Option<Answer> {
        let kept = self.own_wording_without(own, answers, piece)?;
        let others = answers.iter().filter(|answer| answer.question != piece);
        let changed: Vec<Answer> = others.chain(answer).cloned().collect();
        let ending = self.sentence_ending(&changed, piece)?;
        let words = match format!("{kept} {ending}").trim() {
            "" => self.built_sentence(&changed)?,
            words => words.to_owned(),
        };
        Some(self.sentence_of(&changed)?.question.answer_with(Value::Text(words)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::practice::Practices;

    #[test]
    fn what_is_added_to_the_end_of_a_sentence_worded_by_hand_leaves_its_words() {
        let all = Practices::built_in();
        let feel = all.practice("feel").unwrap();
        let answers = |given: &[(&str, &str)]| -> Vec<Answer> {
            let answer = |(id, words): &(&str, &str)| {
                let question = feel.question(id).unwrap();
                question.answer_with(question.read(words).unwrap().unwrap())
            };
            given.iter().map(answer).collect()
        };
        let own = "I was so calm beside you.";
        let given = answers(&[("feeling", "calm"), ("need", "connection")]);
        let with = |own: &str, given: &[Answer], piece: &str, words: Option<&str>| {
            let answer = words.map(|words| answers(&[(piece, words)]).remove(0));
            let worded = feel.own_wording_with(own, given, piece, answer.as_ref());
            worded.map(|worded| worded.text())
        };
        let asked = with(own, &given, "request", Some("cook with me")).unwrap();
        assert_eq!(asked, format!("{own} Would you be willing to cook with me?"));
        let request = answers(&[("request", "cook with me")]);
        let given = [given, request].concat();
        let other = with(&asked, &given, "request", Some("sit with me"));
        assert_eq!(other.unwrap(), format!("{own} Would you be willing to sit with me?"));
        assert_eq!(with(&asked, &given, "request", None).unwrap(), own);
        // It may be all that its writer left of the sentence.
        let only = "Would you be willing to cook with me?";
        let other = with(only, &given, "request", Some("sit with me"));
        assert_eq!(other.unwrap(), "Would you be willing to sit with me?");
        let built = feel.built_sentence(&given[..2]);
        assert!(built.is_some());
        assert_eq!(with(only, &given, "request", None), built);
        // Where its words are, nobody knows.
        assert_eq!(with(&asked, &given, "feeling", Some("glad")), None);
        assert_eq!(with("Cook with me?", &given, "request", None), None);
    }
}
