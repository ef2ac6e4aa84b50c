//! Words that must be known, and names of questions and sections that must be there.

use toml::Spanned;

use super::super::file::SentenceFile;
use super::super::phrase::Grammar;
use super::super::word::parse_word;
use super::super::{Cadence, HelpPage, Question, RecallDisplay, SENTENCE, Section};
use super::{LintedFile, Mistakes};

/// More than a life is a slip of the key.
const MOST_DAYS: u32 = 36_500;

pub fn cadence(linted: &LintedFile, mistakes: &mut Mistakes) {
    let Some(cadence) = &linted.file.cadence else { return };
    if Cadence::read(cadence.get_ref()).is_none() {
        let words: Vec<_> = Cadence::ALL.iter().map(|(word, _)| *word).collect();
        let fix = format!("Use one of {}, or a day of the week.", words.join(", "));
        mistakes.add_unknown("cadence", cadence, words, &fix);
    }
}

/// A number of days is within a life, and an end isn't before its beginning.
pub fn days(linted: &LintedFile, mistakes: &mut Mistakes) {
    let practice = linted.practice;
    let beside = practice.beside_days.iter().map(|days| ("beside", *days));
    let begins = std::iter::once(("begins", practice.begins));
    let recalls = practice.recalls.iter().map(|recall| ("recall", recall.within));
    let suggest = linted.all.iter().flat_map(|q| &q.suggest).map(|s| ("suggest", s.within));
    let follow_up = practice.follow_up.iter().flat_map(|f| [f.after, f.within]);
    let excerpts = practice.excerpts.iter().map(|excerpt| ("excerpt", excerpt.within));
    let all = beside.chain(begins).chain(recalls).chain(suggest).chain(excerpts);
    for (table, days) in all.chain(follow_up.map(|days| ("follow-up", days))) {
        if days > MOST_DAYS {
            let what = format!("{days} days are too many.");
            mistakes.add(mistakes.place(table), what, format!("Give at most {MOST_DAYS}."));
        }
    }
    for follow_up in practice.follow_up.iter().filter(|it| it.after > it.within) {
        let (after, within) = (follow_up.after, follow_up.within);
        let what = format!("It's asked from day {after} on, and until day {within}.");
        mistakes.add(mistakes.place("follow-up"), what, "Make `within` at least `after`.");
    }
}

/// An offer has a way on, and each opens one thing at most.
pub fn offered(linted: &LintedFile, mistakes: &mut Mistakes) {
    if linted.file.offer.as_ref().is_some_and(|offer| offer.ways.is_empty()) {
        let fix = "Add ways = [{ label = \"Continue\" }].";
        mistakes.add(mistakes.place("offer"), "The offer has no `ways`.".into(), fix);
    }
    for way in linted.file.offer.iter().flat_map(|offer| &offer.ways) {
        let opens = [&way.question, &way.practice, &way.page];
        if opens.into_iter().flatten().count() > 1 {
            let what = format!("“{}” opens more than one thing.", way.label.get_ref());
            mistakes.add(way.label.span(), what, "Keep one of question, practice and page.");
        }
    }
}

/// Pages of help that there are.
pub fn pages(linted: &LintedFile, mistakes: &mut Mistakes) {
    let of_ways = linted.file.offer.iter().flat_map(|offer| &offer.ways).flat_map(|way| &way.page);
    let of_questions = linted.questions().filter_map(|question| question.file.page.as_ref());
    for page in of_ways.chain(of_questions) {
        let Err(known) = parse_word::<HelpPage>(page.get_ref()) else { continue };
        let fix = format!("Use one of {known}.");
        mistakes.add_unknown("page", page, known.0.iter().copied(), &fix);
    }
}

/// A recall has one place, and shows what there is or its own lines.
pub fn recalled(linted: &LintedFile, mistakes: &mut Mistakes) {
    for recall in &linted.file.recall {
        if let (Some(_), Some(question)) = (&recall.section, &recall.question) {
            let what = "A recall can have only one place.".to_owned();
            mistakes.add(question.span(), what, "Keep `section` or `question`.");
        }
    }
    for show in linted.file.recall.iter().flat_map(|recall| &recall.show) {
        let Err(known) = parse_word::<RecallDisplay>(show.get_ref()) else { continue };
        let what = format!("“{}” can't be shown.", show.get_ref());
        let fix = format!("Use {known}, or say = [\"{{question}}\"].");
        mistakes.add(show.span(), what, fix);
    }
}

/// What is asked back has no sections.
pub fn sections(linted: &LintedFile, mistakes: &mut Mistakes) {
    let of_recalls = linted.file.recall.iter().filter_map(|recall| recall.section.clone());
    let at = mistakes.place("sentence");
    let sentences = linted.file.sentence.iter();
    let of_sentences = sentences.filter_map(|sentence| sentence.section.clone());
    let of_sentences = of_sentences.map(|section| Spanned::new(at.clone(), section));
    let of_page = linted.file.page.iter().flat_map(|page| &page.part);
    let of_page = of_page.map(|part| part.section.clone());
    let others = of_recalls.chain(of_sentences).chain(of_page);
    let all = linted.practice.sections.as_slice();
    let of_questions = linted.questions().filter_map(|question| {
        let known = if question.is_follow_up { &[] } else { all };
        Some((question.file.section.clone()?, known))
    });
    for (id, known) in of_questions.chain(others.map(|section| (section, all))) {
        known_section(&id, known, mistakes);
    }
}

pub fn known_section(id: &Spanned<String>, sections: &[Section], mistakes: &mut Mistakes) {
    if !sections.iter().any(|section| section.id == *id.get_ref()) {
        let known = sections.iter().map(|section| section.id.as_str());
        mistakes.add_unknown("section", id, known, "Add it as a [[section]], or remove this.");
    }
}

/// Every place where a question of this practice is named by its id.
pub fn question_names(linted: &LintedFile, mistakes: &mut Mistakes) {
    let file = linted.file;
    let word_notes = file.hint.iter().flat_map(|note| &note.questions);
    let excerpts = file.excerpt.iter().flat_map(|excerpt| &excerpt.items);
    let reversed = file.score.iter().flat_map(|score| &score.reverse);
    let plan = file.rehearse.iter();
    let plan = plan.flat_map(|p| [&p.condition, &p.deed].into_iter().chain(&p.whole));
    let more = file.more.iter().map(|more| &more.before);
    let offered = file.offer.iter().flat_map(|offer| &offer.ways).flat_map(|way| &way.question);
    let page = file.page.iter().flat_map(|page| &page.part);
    let word_notes = word_notes.chain(page.flat_map(|part| &part.marks));
    let recalled = file.recall.iter().flat_map(|recall| &recall.question);
    let named = file.primary.iter().chain(plan).chain(more).chain(offered).chain(recalled);
    let named = named.chain(file.evidence.iter().map(|evidence| &evidence.question));
    let named = named.chain(word_notes).chain(excerpts).chain(reversed);
    named.for_each(|id| known_question(id, linted.asked(), mistakes));
    let at = mistakes.place("sentence");
    for id in file.sentence.iter().flat_map(|sentence| &sentence.after) {
        known_question(&Spanned::new(at.clone(), id.clone()), linted.asked(), mistakes);
    }
}

pub fn known_question(id: &Spanned<String>, questions: &[&Question], mistakes: &mut Mistakes) {
    if !questions.iter().any(|q| q.id == *id.get_ref()) {
        let fix = "Give the id of one of this practice's questions.";
        let known = questions.iter().map(|question| question.id.as_str());
        mistakes.add_unknown("question", id, known, fix);
    }
}

/// A sentence is built by rules that there are, or of lines, and takes no question's name.
pub fn sentence(linted: &LintedFile, mistakes: &mut Mistakes) {
    let sentences = &linted.file.sentence;
    for sentence in sentences {
        one_sentence(sentence, mistakes);
    }
    for question in linted.asked().iter().filter(|q| q.id == SENTENCE && !sentences.is_empty()) {
        let what = format!("The id “{}” is taken by the sentence.", question.id);
        mistakes.add(mistakes.place("sentence"), what, "Give the question another id.");
    }
}

fn one_sentence(sentence: &SentenceFile, mistakes: &mut Mistakes) {
    let name = sentence.grammar.as_deref();
    let Err(known) = parse_word::<Grammar>(name.unwrap_or_default()) else { return };
    let at = mistakes.place("sentence");
    if let Some(name) = name {
        let what = format!("There's no grammar “{name}”.");
        mistakes.add(at, what, format!("Use one of {known}."));
    } else if sentence.say.is_empty() {
        let fix = format!("Give `say` lines, or one of the grammars {known}.");
        mistakes.add(at, "The sentence says nothing.".into(), fix);
    }
}
