//! From the shapes of the file to the model. This refuses nothing: what a file cannot
//! mean becomes something harmless here, and `lint` names it.

use toml::Spanned;

use crate::config::Chapter;

use super::convert_question::question_of_each;
use super::convert_questionnaire::{report, score, title_changes};
use super::file::*;
use super::page_heading::page_questions;
use super::word::parse_word;
use super::{
    AskTemplate, Breather, Cadence, CareMark, DayLine, FollowUp, FormChanges, IntroChange, Marks,
    Offer, OfferTarget, OfferWay, Origin, OwnPageLayout, Pattern, PatternDisplay, PatternGrouping,
    Practice, Question, QuestionKind, Recall, RecallDisplay, RecallPlace, SENTENCE, Section,
    Sentence, SentenceReview,
};

pub(super) fn practice(name: &str, file: &PracticeFile) -> Practice {
    let of = |questions: &[QuestionFile]| -> Vec<Question> {
        questions.iter().flat_map(|question| question_of_each(question, &file.scale)).collect()
    };
    let questions = of(&file.question);
    let first = questions.first().map(|q| q.id.clone());
    Practice {
        name: name.to_owned(),
        title: file.title.clone(),
        about: file.about.as_ref().unwrap_or(&file.title).clone(),
        origin: Origin {
            source: file.source.clone(),
            licence: file.licence.clone(),
            version: file.version.as_ref().map(EditionFile::text),
            lang: file.lang.clone(),
        },
        partner: None,
        cadence: file
            .cadence
            .as_ref()
            .and_then(|w| Cadence::read(w.get_ref()))
            .unwrap_or(Cadence::AsNeeded),
        begins: file.begins,
        intro: file.intro.clone(),
        sections: file.section.iter().map(section).collect(),
        primary: file.primary.as_ref().map(text).or(first).unwrap_or_default(),
        closing: file.closing.clone(),
        closing_by_day: file.closing_by_day.iter().map(day_line).collect(),
        more: file.more.as_ref().map(|more| Breather {
            before: text(&more.before),
            after: more.after,
            apart_after: more.apart.after,
            say: more.say.clone(),
        }),
        rehearsal: file.rehearse.clone(),
        offer: file.offer.as_ref().map(offer),
        today: file.today.clone(),
        changes: intro_changes([&file.locked, &file.apart, &file.care, &file.apart_care]),
        tags: file.tags.clone(),
        parts: file.parts,
        cards: file.cards,
        beside_days: file.beside,
        page: file.page.as_ref().map(|file| page(file, &questions)),
        month: file.month.clone(),
        recalls: file.recall.iter().map(recall).collect(),
        evidence: file.evidence.clone(),
        follow_up: file.follow_up.as_ref().map(|follow_up| FollowUp {
            after: follow_up.after,
            within: follow_up.within,
            reminds: follow_up.reminds,
            when: conditions_of(follow_up.when.iter().map(|(id, test)| (id.get_ref(), test))),
            lead: follow_up.lead.clone(),
            sharing: follow_up.sharing,
            questions: of(&follow_up.question),
            closing: follow_up.closing.clone(),
        }),
        follows_up: texts(&file.follows_up),
        follow_up_lead: Vec::new(),
        sentences: file.sentence.iter().map(sentence).collect(),
        word_notes: file.hint.clone(),
        scores: file.score.iter().map(|s| score(s, &questions)).collect(),
        report: file.report.as_ref().map(report),
        excerpts: file.excerpt.clone(),
        patterns: file.pattern.iter().map(|p| pattern(name, p)).collect(),
        shows_patterns: file.patterns,
        afraid: file.afraid.iter().map(conditions_of).collect(),
        pointer: file.pointer.iter().map(conditions_of).collect(),
        pointer_someone: file.pointer_someone.iter().map(conditions_of).collect(),
        lift: file.lift,
        questions,
        left_out: Vec::new(),
    }
}

pub(super) fn text(text: &Spanned<String>) -> String {
    text.get_ref().clone()
}

pub(super) fn texts(texts: &[Spanned<String>]) -> Vec<String> {
    texts.iter().map(text).collect()
}

fn section(file: &SectionFile) -> Section {
    Section {
        id: text(&file.id),
        title: file.title.clone(),
        short: file.short.clone(),
        intro: file.intro.clone(),
        changes: intro_changes([&file.locked, &file.apart, &file.care, &file.apart_care]),
        closing: file.closing.clone(),
    }
}

fn sentence(file: &SentenceFile) -> Sentence {
    let ask = file.ask.as_deref().unwrap_or("In one sentence");
    let mut question =
        Question::plain(SENTENCE, ask, QuestionKind::Text { suggestions: Vec::new() });
    let chapter = Some(Chapter::Apart);
    let apart = file.apart.ask.clone().map(|text| AskTemplate { text, chapter });
    question.templates.extend(apart);
    question.changes.apart.ask.clone_from(&file.apart.ask);
    let review = file.review.clone().unwrap_or_else(|| SentenceReview {
        say: "Does it say what you mean?".to_owned(),
        ways: ["It does", "Change a part", "Reword it by hand"].map(str::to_owned),
    });
    Sentence {
        question,
        grammar: file.grammar.as_deref().and_then(|name| parse_word(name).ok()),
        prefix: file.prefix.clone(),
        say: file.say.clone(),
        after: file.after.clone(),
        section: file.section.clone(),
        marks: Marks { care: file.care, ..Marks::default() },
        chapter: Chapter::default(),
        review,
    }
}

fn intro_changes(changes: [&IntroChange; 4]) -> FormChanges<IntroChange> {
    let [locked, apart, care, apart_care] = changes.map(IntroChange::clone);
    FormChanges { locked, apart, care, apart_care }
}

fn day_line(file: &DayLineFile) -> DayLine {
    match file {
        TextOr::Text(say) => DayLine { say: say.clone(), today: false },
        TextOr::Table(line) => line.clone(),
    }
}

fn offer(file: &OfferFile) -> Offer {
    let way = |way: &OfferWayFile| OfferWay { label: text(&way.label), opens: opens(way) };
    Offer {
        say: file.say.clone(),
        when: file.when.clone(),
        ways: file.ways.iter().map(way).collect(),
    }
}

fn opens(way: &OfferWayFile) -> OfferTarget {
    let page = way.page.as_ref().and_then(|page| parse_word(page.get_ref()).ok());
    match (&way.question, &way.practice, page) {
        (Some(id), _, _) => OfferTarget::Question(text(id)),
        (None, Some(name), _) => OfferTarget::Practice(text(name)),
        (None, None, Some(page)) => OfferTarget::Page(page),
        (None, None, None) => OfferTarget::End,
    }
}

fn recall(file: &RecallFile) -> Recall {
    let show = file.show.as_ref().and_then(|show| parse_word(show.get_ref()).ok());
    Recall {
        practice: file.practice.clone(),
        within: file.within,
        place: match (&file.question, &file.section) {
            (Some(id), _) => RecallPlace::Question(text(id)),
            (None, Some(id)) => RecallPlace::Section(text(id)),
            (None, None) => RecallPlace::Opening,
        },
        when: file.when.clone(),
        lead: file.lead.clone(),
        say: file.say.clone(),
        shows: show.unwrap_or(RecallDisplay::Lines),
        since_care: file.since_care,
    }
}

fn page(file: &OwnPageFile, questions: &[Question]) -> OwnPageLayout {
    let parts = file.part.clone();
    let options = questions.iter().flat_map(|question| question.kind.options());
    let is_out_in_care = |marks: Marks| marks.sharing || marks.care == CareMark::Never;
    let pressing = options.filter(|option| is_out_in_care(option.marks));
    let pressing = pressing.map(|option| option.label.clone()).collect();
    let questions = page_questions(&parts, questions);
    let (left_out, care_since) = (Vec::new(), None);
    OwnPageLayout { questions, parts, beside_days: file.beside, left_out, pressing, care_since }
}

fn pattern(practice: &str, file: &PatternFile) -> Pattern {
    let grouping = |by: &GroupingFile| PatternGrouping {
        practice: by.practice.clone().unwrap_or_else(|| practice.to_owned()),
        question: text(&by.question),
    };
    Pattern {
        title: file.title.clone(),
        changes: title_changes(&file.apart, &file.care),
        shows: parse_word(file.shows.get_ref()).unwrap_or(PatternDisplay::Moments),
        of: texts(&file.of),
        without: file.without.clone(),
        by: file.by.as_ref().map(grouping),
        note: file.note.clone(),
        look: file.look.clone(),
        first: file.first,
        sharing: file.sharing,
    }
}
