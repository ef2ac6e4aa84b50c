//! From the file's shapes to a practice, with every mistake named at once by
//! its line and the way to mend it.

use std::collections::HashSet;
use std::ops::Range;

use toml::Spanned;

use crate::config::line_of;
use crate::entry::Scale;
use crate::error::plain;
use crate::practice::Mistake;

use super::check_when::tests;
use super::file::*;
use super::reserved::reserved_by;
use super::{
    AnswerOption, Cadence, Closing, Condition, Excerpt, FollowUp, Hint, Practice, Question,
    QuestionKind, Recall, Report, Section, Sentence, Suggest, Suggestion,
};

pub(super) fn unreadable(source: &std::io::Error) -> Mistake {
    let what = format!("The file could not be read: {}.", plain(source));
    Mistake { line: 1, what, mend: "Check that it is UTF-8 text that you may read.".into() }
}

pub(super) fn parse(name: &str, text: &str, reserved: &[&str]) -> Result<Practice, Vec<Mistake>> {
    let file: PracticeFile = toml::from_str(text).map_err(|e| {
        let what = format!("{}.", e.message().trim_end_matches('.').replace('\n', ", "));
        let line = line_of(text, e.span().map_or(0, |s| s.start));
        let mend = "prompts/README.md in the source tells what can stand here.";
        vec![Mistake { line, what, mend: mend.into() }]
    })?;
    let mut check = Check { text, mistakes: Vec::new() };
    check.name(name, reserved);
    let practice = check.practice(name, file);
    check.mistakes.sort_by_key(|m| m.line);
    if check.mistakes.is_empty() { Ok(practice) } else { Err(check.mistakes) }
}

const MOST_DAYS: u32 = 36_500;

const KINDS: &str = "text, long, choice, choices, scale, yes-no, number, stillness or tags";

pub(super) struct Check<'a> {
    text: &'a str,
    mistakes: Vec<Mistake>,
}

impl Check<'_> {
    pub(super) fn mistake(&mut self, at: Range<usize>, what: String, mend: impl Into<String>) {
        let line = line_of(self.text, at.start);
        self.mistakes.push(Mistake { line, what, mend: mend.into() });
    }

    /// Where a table begins whose keys have no place of their own.
    pub(super) fn place(&self, table: &str) -> Range<usize> {
        let start = self.text.find(table).unwrap_or(0);
        start..start
    }

    fn name(&mut self, name: &str, reserved: &[&str]) {
        if reserved.contains(&name) {
            let mend = "Give the file another name; `inward --help` lists the verbs.";
            self.mistake(0..0, format!("“{name}” is a verb of inward."), mend);
        } else if !is_word(name) {
            let mend = "Name the file with lower-case letters, digits and hyphens.";
            self.mistake(0..0, format!("“{name}” cannot be a subcommand."), mend);
        }
    }

    fn practice(&mut self, name: &str, file: PracticeFile) -> Practice {
        let sections = self.sections(file.section, file.parts);
        let mut questions = Vec::new();
        for question in file.question {
            self.question(question, file.scale.as_ref(), &sections, &mut questions);
        }
        if questions.is_empty() {
            let mend = "Add a [[question]] with id, ask and kind.";
            self.mistake(0..0, "It asks nothing.".into(), mend);
        }
        let primary = self.primary(file.primary, &questions);
        let closing = Vec::from(file.closing).into_iter();
        let closing = closing.map(|c| self.closing(c, &questions)).collect();
        let afraid =
            file.afraid.into_iter().map(|w| self.nested("afraid", w, &questions)).collect();
        let scores = self.scores(file.score, &questions);
        let follow_up = file.follow_up.map(|f| self.follow_up(f, file.scale.as_ref(), &questions));
        let asked_back = follow_up.iter().flat_map(|f| &f.questions);
        let all: Vec<&Question> = questions.iter().chain(asked_back).collect();
        let patterns = self.patterns(name, file.pattern, &all, &scores);
        Practice {
            name: name.to_owned(),
            about: file.about.unwrap_or_else(|| file.title.clone()),
            title: file.title,
            cadence: self.cadence(file.cadence),
            intro: file.intro,
            primary,
            closing,
            tags: file.tags,
            parts: file.parts,
            beside: file.beside.map(|days| self.days("beside", days)),
            recalls: file.recall.into_iter().map(|r| self.recall(r, &sections)).collect(),
            follow_up,
            follow_up_lead: None,
            sentence: file.sentence.map(|s| self.sentence(s, &questions)),
            hints: file.hint.into_iter().map(|h| self.hint(h, &questions)).collect(),
            scores,
            report: file.report.map(|r| Report { ask: r.ask.into(), note: r.note }),
            excerpts: file.excerpt.into_iter().map(|e| self.excerpt(e, &questions)).collect(),
            patterns,
            afraid,
            lifted: self.nested("lifted", file.lifted, &questions),
            sections,
            questions,
        }
    }

    fn cadence(&mut self, given: Option<Spanned<String>>) -> Cadence {
        let Some(given) = given else { return Cadence::AsNeeded };
        Cadence::read(given.get_ref()).unwrap_or_else(|| {
            let words: Vec<_> = Cadence::ALL.iter().map(|(word, _)| *word).collect();
            let what = format!("There is no cadence “{}”.", given.get_ref());
            let mend = format!("Use one of {}, or a day of the week.", words.join(", "));
            self.mistake(given.span(), what, mend);
            Cadence::AsNeeded
        })
    }

    fn primary(&mut self, given: Option<Spanned<String>>, questions: &[Question]) -> String {
        match given {
            Some(given) => self.known_question(given, questions),
            None => questions.first().map(|q| q.id.clone()).unwrap_or_default(),
        }
    }

    /// The id of a question that there is.
    pub(super) fn known_question(&mut self, id: Spanned<String>, questions: &[Question]) -> String {
        if !questions.iter().any(|q| q.id == *id.get_ref()) {
            let what = format!("There is no question “{}”.", id.get_ref());
            self.mistake(id.span(), what, "Name the id of one of this practice's questions.");
        }
        id.into_inner()
    }

    fn sections(&mut self, given: Vec<SectionFile>, parts: bool) -> Vec<Section> {
        let mut seen = HashSet::new();
        for section in &given {
            self.id(&section.id, &mut seen);
        }
        if parts && given.is_empty() {
            let mend = "Add a [[section]] for each part, and name it in its questions.";
            self.mistake(self.place("parts"), "There are no parts.".into(), mend);
        }
        let section = |s: SectionFile| Section {
            id: s.id.into_inner(),
            title: s.title,
            intro: s.intro,
            held_back: s.held_back,
            minutes: s.minutes,
            closing: s.closing,
        };
        given.into_iter().map(section).collect()
    }

    fn section(&mut self, given: &Option<Spanned<String>>, sections: &[Section]) -> Option<String> {
        let given = given.as_ref()?;
        if !sections.iter().any(|s| s.id == *given.get_ref()) {
            let what = format!("There is no section “{}”.", given.get_ref());
            self.mistake(given.span(), what, "Add it as a [[section]], or take this out.");
        }
        Some(given.get_ref().clone())
    }

    pub(super) fn id(&mut self, id: &Spanned<String>, seen: &mut HashSet<String>) {
        let (at, word) = (id.span(), id.get_ref());
        if !is_word(word) {
            let mend = "Use lower-case letters, digits and hyphens, a letter first.";
            self.mistake(at, format!("“{word}” cannot be an id."), mend);
        } else if let Some(what) = reserved_by(word) {
            self.mistake(at, format!("“{word}” is {what}."), "Choose another id.");
        } else if !seen.insert(word.clone()) {
            self.mistake(at, format!("The id “{word}” is there twice."), "Give each its own.");
        }
    }

    fn question(
        &mut self,
        file: QuestionFile,
        scale: Option<&ScaleFile>,
        sections: &[Section],
        questions: &mut Vec<Question>,
    ) {
        let mut seen = questions.iter().map(|q| q.id.clone()).collect();
        let kind = self.kind(&file, scale);
        let section = self.section(&file.section, sections);
        let when = file.when.into_iter().map(|(q, test)| (q.span(), q.into_inner(), test));
        let when = self.conditions(when.collect(), questions);
        let wordings = self.wordings(&file.id, file.ask);
        for (id, _) in &wordings {
            self.id(&Spanned::new(file.id.span(), id.clone()), &mut seen);
        }
        let suggest = file.suggest.into_iter();
        let suggest: Vec<Suggest> = suggest
            .map(|s| Suggest { practice: s.practice, within: s.within, say: s.say })
            .collect();
        questions.extend(wordings.into_iter().map(|(id, ask)| Question {
            id,
            template: ask.clone(),
            ask,
            help: file.help.clone(),
            kind: kind.clone(),
            when: when.clone(),
            section: section.clone(),
            sharing: file.sharing,
            afraid: file.afraid,
            suggest: suggest.clone(),
        }));
    }

    /// The ids and wordings: one, or one for each person.
    fn wordings(&mut self, id: &Spanned<String>, ask: AskFile) -> Vec<(String, String)> {
        let people = match ask {
            AskFile::Once(ask) => return vec![(id.get_ref().clone(), ask)],
            AskFile::Of(people) => people,
        };
        let mut wordings = Vec::new();
        for (who, ask) in &people {
            match ask.as_str() {
                Some(ask) => wordings.push((format!("{}-{who}", id.get_ref()), ask.to_owned())),
                None => {
                    let what = format!("What is asked of “{who}” is no text.");
                    self.mistake(id.span(), what, "Write ask = { me = \"…\", partner = \"…\" }.");
                }
            }
        }
        if people.is_empty() {
            self.mistake(id.span(), "It is asked of nobody.".into(), "Give `ask` a text.");
        }
        wordings
    }

    /// So many days ago or ahead; more than a life is a slip of the key.
    fn days(&mut self, table: &str, days: u32) -> u32 {
        if days > MOST_DAYS {
            let what = format!("{days} days are too many.");
            self.mistake(self.place(table), what, format!("Give {MOST_DAYS} at most."));
        }
        days.min(MOST_DAYS)
    }

    fn kind(&mut self, file: &QuestionFile, default: Option<&ScaleFile>) -> QuestionKind {
        let other = file.other.unwrap_or(false);
        match file.kind.get_ref().as_str() {
            "text" => QuestionKind::Text {
                suggestions: file.suggestions.iter().map(suggestion).collect(),
            },
            "long" => QuestionKind::Long,
            "choice" => QuestionKind::Choice { options: self.options(file), other },
            "choices" => QuestionKind::Choices { options: self.options(file), other },
            "scale" => self.scale(file.kind.span(), file.scale.as_ref().or(default)),
            "yes-no" => QuestionKind::YesNo,
            "number" => QuestionKind::Number { min: file.min, max: file.max },
            "tags" => QuestionKind::Tags,
            "stillness" => {
                QuestionKind::Stillness { minutes: file.minutes.unwrap_or(1), forms: file.forms }
            }
            word => {
                let what = format!("There is no kind “{word}”.");
                self.mistake(file.kind.span(), what, format!("Use {KINDS}."));
                QuestionKind::Long
            }
        }
    }

    fn scale(&mut self, at: Range<usize>, given: Option<&ScaleFile>) -> QuestionKind {
        let Some(file) = given.cloned() else {
            let mend = "Add scale = { min = 0, max = 4 } here, or once for the whole practice.";
            self.mistake(at, "This scale has no range.".into(), mend);
            return QuestionKind::Long;
        };
        let scale = Scale { min: file.min, max: file.max };
        match scale.steps() {
            None => {
                let what = format!("The scale runs from {} to {}.", file.min, file.max);
                self.mistake(at, what, "Let max be larger than min, by 100 at most.");
            }
            Some(steps) if !file.labels.is_empty() && file.labels.len() as i64 != steps + 1 => {
                let what = format!("The scale has {} labels.", file.labels.len());
                let mend =
                    format!("Give {} of them, one a step; \"\" leaves a step bare.", steps + 1);
                self.mistake(at, what, mend);
            }
            Some(_) => {}
        }
        QuestionKind::Scale { scale, labels: file.labels, cant_say: file.cant_say }
    }

    fn options(&mut self, file: &QuestionFile) -> Vec<AnswerOption> {
        let options: Vec<AnswerOption> = file.options.iter().flatten().map(option).collect();
        let mut seen = HashSet::new();
        if options.is_empty() {
            let mend = "Add options = [\"…\", \"…\"].";
            self.mistake(file.kind.span(), "There is nothing to choose from.".into(), mend);
        } else if let Some(twice) = options.iter().find(|o| !seen.insert(&o.id)) {
            let what = format!("The option “{}” is there twice.", twice.id);
            self.mistake(file.kind.span(), what, "Give each option its own id.");
        }
        options
    }

    fn closing(&mut self, given: ClosingFile, questions: &[Question]) -> Closing {
        match given {
            ClosingFile::Say(say) => Closing { say, when: Vec::new(), in_a_row: 0, sharing: false },
            ClosingFile::Full(ClosingTable { say, when, in_a_row, sharing }) => {
                let when = self.nested("closing", when, questions);
                Closing { say, when, in_a_row, sharing }
            }
        }
    }

    fn recall(&mut self, file: RecallFile, sections: &[Section]) -> Recall {
        let scores = file.show.as_ref().is_some_and(|s| s.get_ref() == "scores");
        if let Some(show) = file.show.as_ref().filter(|_| !scores) {
            let what = format!("“{}” cannot be shown.", show.get_ref());
            self.mistake(show.span(), what, "Use show = \"scores\", or say = [\"{question}\"].");
        }
        let section = self.section(&file.section, sections);
        let within = self.days("recall", file.within);
        let (practice, lead) = (file.practice, file.lead);
        Recall { practice, within, section, lead, say: file.say.into(), scores }
    }

    fn follow_up(
        &mut self,
        file: FollowUpFile,
        scale: Option<&ScaleFile>,
        questions: &[Question],
    ) -> FollowUp {
        let when = file.when.into_iter().map(|(q, test)| (q.span(), q.into_inner(), test));
        let when = self.conditions(when.collect(), questions);
        self.placeholders("follow-up", &file.lead, questions, &["day"]);
        // Their ids are flags beside those of the practice's own questions.
        let mut all = questions.to_vec();
        for question in file.question {
            self.question(question, scale, &[], &mut all);
        }
        FollowUp {
            after: self.days("follow-up", file.after),
            within: self.days("follow-up", file.within),
            when,
            lead: file.lead,
            sharing: file.sharing,
            questions: all.split_off(questions.len()),
        }
    }

    fn sentence(&mut self, file: SentenceFile, questions: &[Question]) -> Sentence {
        let say: Vec<String> = file.say.into();
        for line in &say {
            self.placeholders("sentence", line, questions, &[]);
        }
        Sentence { say, after: self.known_question(file.after, questions) }
    }

    fn hint(&mut self, file: HintFile, questions: &[Question]) -> Hint {
        let of = file.questions.into_iter().map(|q| self.known_question(q, questions)).collect();
        Hint { questions: of, words: file.words, say: file.say }
    }

    fn excerpt(&mut self, file: ExcerptFile, questions: &[Question]) -> Excerpt {
        let items = file.items.into_iter().map(|q| self.known_question(q, questions)).collect();
        // These conditions are on the other practice's answers.
        let when = file.when.into_iter().flat_map(|(question, test)| {
            let condition = move |holds| Condition { question: question.clone(), holds };
            tests(test).into_iter().map(condition)
        });
        Excerpt {
            items,
            practice: file.practice,
            question: file.question,
            when: when.collect(),
            within: self.days("excerpt", file.within),
        }
    }
}

fn suggestion(file: &SuggestionFile) -> Suggestion {
    match file {
        SuggestionFile::Say(say) => Suggestion { say: say.clone(), sharing: false },
        SuggestionFile::Full(table) => {
            Suggestion { say: table.say.clone(), sharing: table.sharing }
        }
    }
}

fn option(file: &OptionFile) -> AnswerOption {
    match file {
        OptionFile::Label(label) => {
            AnswerOption { id: slug(label), label: label.clone(), sharing: false, value: None }
        }
        OptionFile::Full(table) => AnswerOption {
            id: table.id.clone(),
            label: table.label.clone(),
            sharing: table.sharing,
            value: table.value,
        },
    }
}

/// Can a practice, a question or an option be called so? Then it can be typed
/// as it stands, and no shell reads anything else in it.
pub fn is_word(word: &str) -> bool {
    let good = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    word.starts_with(|c: char| c.is_ascii_lowercase()) && word.chars().all(good)
}

fn slug(label: &str) -> String {
    let words = label.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mistakes(text: &str) -> Vec<(usize, String)> {
        let mistakes = parse("walk", text, &["list"]).err().unwrap_or_default();
        mistakes.into_iter().map(|m| (m.line, m.what)).collect()
    }

    #[test]
    fn every_mistake_is_found_at_once_each_with_its_line() {
        let text = "title = \"Walk\"\ncadence = \"hourly\"\n\n[[question]]\nid = \"Seen it\"\nask = \"Seen?\"\nkind = \"smell\"\n\n[[question]]\nid = \"tag\"\nask = \"How?\"\nkind = \"scale\"\nwhen = { later = \"x\" }\n";
        assert_eq!(
            mistakes(text),
            [
                (2, "There is no cadence “hourly”.".to_owned()),
                (5, "“Seen it” cannot be an id.".to_owned()),
                (7, "There is no kind “smell”.".to_owned()),
                (10, "“tag” is a flag of every practice.".to_owned()),
                (12, "This scale has no range.".to_owned()),
                (13, "No earlier question is called “later”.".to_owned()),
            ]
        );
    }

    #[test]
    fn a_misspelt_key_is_named_with_its_line() {
        let found = mistakes("title = \"Walk\"\ncolour = \"red\"\n");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].0, 2);
        assert!(found[0].1.contains("colour"), "{found:?}");
    }

    #[test]
    fn a_verb_keeps_its_name() {
        let found = parse("list", "title = \"List\"\n", &["list"]).unwrap_err();
        assert_eq!(found[0].what, "“list” is a verb of inward.");
    }

    #[test]
    fn one_item_can_be_asked_of_several_people() {
        let text = "title = \"W\"\nscale = { min = 0, max = 4 }\n[[question]]\nid = \"still\"\nkind = \"scale\"\nask = { me = \"I went quiet.\", partner = \"You did.\" }\n";
        let practice = parse("walk", text, &[]).unwrap();
        let ids: Vec<_> = practice.questions.iter().map(|q| q.id.as_str()).collect();
        assert_eq!(ids, ["still-me", "still-partner"]);
    }

    #[test]
    fn an_option_written_as_words_gets_its_id_from_them() {
        assert_eq!(slug("It never came up!"), "it-never-came-up");
    }
}
