//! The questions of a practice by their ids. An entry or a file may have very many, and
//! each is looked up for each answer.

use std::collections::{HashMap, HashSet};

use crate::practice::{Practice, Question};

#[derive(Default)]
pub(super) struct PracticeQuestions<'a> {
    /// Each with its place among them.
    by_id: HashMap<&'a str, (usize, &'a Question)>,
    /// Questions about sharing, but for the writer's own evidence of harm.
    sharing: HashSet<&'a str>,
    harm: HashSet<&'a str>,
}

impl<'a> PracticeQuestions<'a> {
    pub fn of(practice: &'a Practice) -> PracticeQuestions<'a> {
        let mut by_id = HashMap::new();
        for (place, question) in practice.all_questions().enumerate() {
            by_id.entry(&*question.id).or_insert((place, question));
        }
        let back = practice.follow_up.iter();
        let back = back.flat_map(|f| f.questions.iter().map(|q| (q, f.sharing || q.sharing)));
        let asked = practice.questions.iter().map(|q| (q, q.sharing)).chain(back);
        let is_harm = |it: &Question| it.harm || practice.is_about_fear(&it.id);
        let sharing = asked.filter(|(question, sharing)| *sharing && !is_harm(question));
        let sharing = sharing.map(|(question, _)| &*question.id);
        let named = practice.patterns.iter().filter(|pattern| pattern.sharing);
        let sharing =
            sharing.chain(named.flat_map(|pattern| &pattern.of).map(|id| &**id)).collect();
        let harm = practice.all_questions().filter(|question| is_harm(question));
        PracticeQuestions { by_id, sharing, harm: harm.map(|question| &*question.id).collect() }
    }

    pub fn get(&self, id: &str) -> Option<&'a Question> {
        self.by_id.get(id).map(|(_, question)| *question)
    }

    pub fn place(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).map(|(place, _)| *place)
    }

    pub fn is_sharing(&self, id: &str) -> bool {
        self.sharing.contains(id)
    }

    pub fn ids_of_sharing(&self) -> impl Iterator<Item = &'a str> {
        self.sharing.iter().copied()
    }

    pub fn is_harm(&self, id: &str) -> bool {
        self.harm.contains(id)
    }
}
