//! Small journals, and what the first screen and the closer looks say of them.

use chrono::{Days, NaiveDate};
use serde_json::{Value as Json, json};

use crate::config::Chapter;
use crate::entry::{Entry, testing};
use crate::pattern::change::Baseline;
use crate::pattern::{Body, Figures, Fold, FoldPlan, Request};
use crate::practice::{Fear, Practices, QuestionKind};

use super::super::chart;
use super::*;
use crate::config::Clock;

mod closer;
mod first_screen;
mod glance;
mod harm;
mod now;
mod people;
mod room;

const NOTHING_AROUND: WordsAround =
    WordsAround { about: None, held_back: &[], more: None, last: "" };

/// A journal that is looked at on Saturday 28 November 2026.
struct JournalOfLooks {
    practices: Practices,
    entries: Vec<Entry>,
    chapter: Chapter,
    fear: Fear,
    against: Option<Baseline>,
    /// The last day that is looked at.
    until: NaiveDate,
    is_filtered: bool,
}

fn clock() -> Clock {
    Clock::at("2026-11-28T21:00:00Z".parse().unwrap())
}

/// So many days before it.
fn ago(days: u64) -> NaiveDate {
    clock().today() - Days::new(days)
}

impl JournalOfLooks {
    fn new() -> JournalOfLooks {
        JournalOfLooks {
            practices: Practices::built_in(),
            entries: Vec::new(),
            chapter: Chapter::Together,
            fear: Fear::None,
            against: None,
            until: clock().today(),
            is_filtered: false,
        }
    }

    fn keep(&mut self, practice: &str, days_ago: u64, answers: Json) {
        let asked = self.practices.practice(practice).unwrap();
        let answers = answers.as_object().unwrap().iter().map(|(id, value)| {
            let question = asked.all_questions().find(|question| question.id == *id).unwrap();
            let value = question.accept(value).unwrap().unwrap();
            serde_json::to_value(question.answer_with(value)).unwrap()
        });
        let answers: Vec<Json> = answers.collect();
        let (at, id) = (format!("{}T20:00:00Z", ago(days_ago)), self.entries.len());
        self.entries.push(testing::entry(json!({
            "id": format!("k3v9q{id:05}"), "revision": format!("x{id:05}"),
            "practice": practice, "at": at, "answers": answers,
        })));
    }

    fn moment(&mut self, days_ago: u64, did: &str, underneath: &str) {
        self.keep("notice", days_ago, json!({ "did": [did], "underneath": [underneath] }));
    }

    /// Every item of the questionnaire, on one step.
    fn assessment(&mut self, days_ago: u64, step: i64) {
        let asked = self.practices.practice("assess").unwrap();
        let is_scale = |kind: &QuestionKind| matches!(kind, QuestionKind::Scale { .. });
        let items = asked.questions.iter().filter(|question| is_scale(&question.kind));
        let answers = items.map(|question| (question.id.clone(), json!(step))).collect();
        self.keep("assess", days_ago, Json::Object(answers));
    }

    fn figures(&self, request: Request) -> Figures {
        self.view(request).0
    }

    fn view(&self, request: Request) -> (Figures, Option<Overview>) {
        let practices = &self.practices.worded_for(self.chapter, None);
        let (clock, chapter, against) = (&clock(), self.chapter, self.against);
        let until = self.until;
        let plan = FoldPlan { practices, chapter, clock, request, until, against, texts: 5 };
        let mut fold = Fold::new(&plan);
        let mut entries: Vec<&Entry> = self.entries.iter().collect();
        entries.sort_by_key(|entry| std::cmp::Reverse(entry.at));
        entries.into_iter().for_each(|entry| fold.add(entry));
        let figures = fold.finish(self.fear);
        let overview = Overview::requested(&figures.shown, &plan, self.is_filtered);
        (figures, overview)
    }

    fn first_screen(&self, width: usize, plain: bool) -> String {
        self.first_screen_above(&[], width, plain)
    }

    fn first_screen_above(&self, below: &[String], width: usize, plain: bool) -> String {
        let (figures, of) = self.view(Request::Overview);
        let options = FigureOptions { plain, texts: 5, on_screen: true, partner: None };
        let page = TextPage { width, colour: false };
        overview(&of.unwrap(), &figures.shown, ("", below), options, &page)
    }

    /// The page of HTML.
    fn page(&self) -> String {
        let (figures, of) = self.view(Request::Whole);
        let figures = &figures.shown;
        let (title, about, last, overview) = ("", "", [].as_slice(), of.as_ref());
        let page = crate::render::FiguresPage { title, about, overview, figures, last };
        let options = FigureOptions { plain: false, texts: 5, on_screen: false, partner: None };
        crate::render::figures_page(&page, options, &clock())
    }

    fn look(&self, name: &str) -> String {
        let shown = self.figures(Request::Named(name.to_owned())).shown;
        let options = FigureOptions { plain: false, texts: 30, on_screen: true, partner: None };
        super::closer_look(
            &shown,
            &NOTHING_AROUND,
            options,
            &clock(),
            &TextPage { width: 80, colour: false },
        )
    }
}

/// On one line, as it is read.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn an_answer_that_names_nothing_is_not_what_comes_before() {
    let mut journal = JournalOfLooks::new();
    for day in 0..8 {
        journal.moment(3 * day, "went-quiet", "dont-know");
        journal.moment(3 * day + 1, "stayed", "too-much");
    }
    let text = words(&journal.first_screen(80, false));
    assert!(
        text.contains("“I went quiet” in 8 of 16 moments of distance. Nothing stands out yet."),
        "{text}"
    );
    let look = journal.look("quiet");
    assert!(look.contains("Nothing stands out yet.\n") && !look.contains("Most often"), "{look}");
}

#[test]
fn a_moment_in_which_only_the_partner_stepped_back_is_in_no_count_of_what_you_did() {
    let mut journal = JournalOfLooks::new();
    journal.keep("notice", 1, json!({ "stepped-back": "partner", "stirred": ["hurt"] }));
    for day in 2..4 {
        journal.moment(day, "went-quiet", "hurt");
    }
    let told = words(&journal.first_screen(80, false));
    let few = "You said what you did in 2 moments of distance. A first look needs 3.";
    assert!(told.contains(few), "{told}");
    journal.moment(4, "stayed", "hurt");
    let told = words(&journal.first_screen(80, false));
    assert!(told.contains("“I went quiet” in 2 of 3 moments."), "{told}");
}

#[test]
fn going_quiet_leads_where_it_was_never_chosen() {
    let mut journal = JournalOfLooks::new();
    for day in 0..4 {
        journal.moment(3 * day, "joked", "hurt");
    }
    let text = journal.first_screen(80, false);
    assert!(text.contains("  “I went quiet” in 0 of 4 moments of distance.\n"), "{text}");
}

#[test]
fn what_cannot_be_said_yet_in_words_says_of_what() {
    let mut journal = JournalOfLooks::new();
    journal.moment(3, "went-quiet", "hurt");
    journal.moment(6, "stayed", "hurt");
    let text = words(&journal.first_screen(80, true));
    assert!(
        text.contains(
            "What happens before I go quiet? You have 2 moments of distance. A first look needs 3."
        ),
        "{text}"
    );
}

/// Evenings with what became of the day's intention: done where it had a plan.
fn intentions() -> JournalOfLooks {
    let mut journal = JournalOfLooks::new();
    for day in 0..90 {
        let (with_plan, outcome) =
            if day % 2 == 0 { (true, "did") } else { (false, "never-came-up") };
        journal.keep("reflect", day, json!({ "outcome": outcome, "closeness": day % 4 }));
        let plan = json!({ "if": "a sigh", "then": "breathe" });
        let intention = json!({ "intention": "say so" });
        journal.keep("intent", day, if with_plan { plan } else { intention });
    }
    journal
}

#[test]
fn a_page_is_in_the_order_of_the_questions_and_has_intentions_by_month() {
    let mut journal = intentions();
    for day in 0..4 {
        journal.moment(3 * day, "went-quiet", "hurt");
    }
    let html = journal.page();
    let place = |words: &str| html.find(words).unwrap_or_else(|| panic!("{words}"));
    assert!(place("<h2>Closeness") < place("<h2>Before I go quiet"));
    assert!(place("<h2>Before I go quiet") < place("<h2>What became of your intentions"));
    assert!(place("<h2>What became of your intentions") < place("<h2>The days on which"));
    assert!(html.contains("October 2026</th>"), "a bar for each month");
}

#[test]
fn a_questionnaire_answered_in_the_other_chapter_is_not_called_nothing() {
    let mut journal = JournalOfLooks::new();
    journal.assessment(60, 1);
    journal.assessment(20, 2);
    journal.chapter = Chapter::Apart;
    journal.moment(3, "went-quiet", "hurt");
    let text = words(&journal.first_screen(80, false));
    assert!(
        text.contains("Until now this was asked in other words: `inward patterns assess`."),
        "{text}"
    );
    let look = words(&journal.look("assess"));
    assert_eq!(journal.figures(Request::Overview).closer, ["quiet", "assess"]);
    assert!(look.contains(" questions that this chapter doesn't ask are left out."), "{look}");
}

#[test]
fn answers_that_make_no_score_in_this_chapter_are_not_called_nothing() {
    let mut journal = JournalOfLooks::new();
    // What only the other chapter asks, and one item of this.
    for day in [60, 20] {
        journal.keep("assess", day, json!({ "withdrew-me": 1, "tension": 1, "doubt-pain": 2 }));
    }
    journal.keep("reflect", 3, json!({ "closeness": 2 }));
    journal.chapter = Chapter::Apart;
    let text = words(&journal.first_screen(80, false));
    assert!(
        text.contains("Until now this was asked in other words: `inward patterns assess`."),
        "{text}"
    );
    assert!(journal.figures(Request::Overview).closer.iter().any(|look| look == "assess"));
}

#[test]
fn entries_without_the_answer_are_not_called_nothing() {
    let mut journal = JournalOfLooks::new();
    journal.keep("reflect", 3, json!({ "closeness": 2 }));
    let none = "go quiet? Nothing yet: `inward notice` asks about it.";
    assert!(words(&journal.first_screen(80, false)).contains(none));
    journal.keep("notice", 3, json!({ "underneath": ["hurt"] }));
    let text = words(&journal.first_screen(80, false));
    assert!(
        text.contains("1 entry so far, and it doesn't say what you did: `inward notice` asks"),
        "{text}"
    );
    journal.keep("notice", 2, json!({ "underneath": ["hurt"] }));
    let text = words(&journal.first_screen(80, true));
    assert!(
        text.contains("go quiet? 2 entries so far, and none says what you did: `inward"),
        "{text}"
    );
}

#[test]
fn two_sessions_are_called_by_what_is_compared() {
    let mut journal = JournalOfLooks::new();
    for (day, step) in [(150, 1), (90, 2), (20, 3)] {
        journal.assessment(day, step);
    }
    let look = journal.look("assess");
    assert!(look.contains("Then and now, answer by answer  "), "{look}");
    assert!(look.contains("○ 1 Jul 2026  ● 8 Nov 2026"), "the nearest to half a year: {look}");
    journal.against = Some(Baseline::Previous);
    let look = journal.look("assess");
    assert!(look.contains("The last two answers to each  "), "{look}");
    assert!(look.contains("○ 30 Aug 2026  ● 8 Nov 2026"), "{look}");
    journal.against = Some(Baseline::First);
    let look = journal.look("assess");
    assert!(look.contains("The first and the latest, side by side"), "{look}");
    let key = look.find("○ 1 Jul 2026").unwrap();
    assert!(key < look.find("○─").unwrap(), "which day is which, before the rows: {look}");
}

#[test]
fn while_care_is_on_one_line_each_tells_fear_and_harm() {
    let mut journal = JournalOfLooks::new();
    journal.fear = Fear::Known;
    for (day, underneath) in [(2, "unsafe"), (4, "too-close"), (6, "too-much"), (8, "hurt")] {
        journal.moment(day, "went-quiet", underneath);
    }
    journal.keep("feel", 3, json!({ "received": "ignored" }));
    journal.keep("feel", 5, json!({ "received": "heard" }));
    let text = words(&journal.first_screen(80, false));
    assert!(text.contains(" (4): It wasn't safe 1, last on 26 Nov 2026 "), "{text}");
    assert!(text.contains(" (2): It was ignored 1, last on 25 Nov 2026 "), "{text}");
    assert!(!text.contains("too close 1") && !text.contains("It was heard"), "{text}");
}

#[test]
fn of_many_sessions_before_and_after_it_says_how_many_are_shown() {
    let mut journal = JournalOfLooks::new();
    for day in 0..19 {
        journal.keep("pause", day, json!({ "unsettled": 3, "unsettled-now": 1 }));
    }
    let look = journal.look("pause");
    assert!(look.contains("pause, 19 times, the newest 12 of them\n"), "{look}");
}

#[test]
fn a_narrow_page_keeps_the_order_the_counts_and_the_marks() {
    let mut journal = JournalOfLooks::new();
    for day in 0..100 {
        let closeness = if day < 28 { 1 } else { 3 };
        let moment = if day % 2 == 0 { "Tea" } else { "none today" };
        journal.keep("reflect", day, json!({ "connection": moment, "closeness": closeness }));
    }
    let wide = words(&journal.first_screen(80, false));
    let narrow = words(&journal.first_screen(60, false));
    assert!(
        wide.contains(" lower") && narrow.contains("Closeness: 3 (36) → 1 (28) lower"),
        "{narrow}"
    );
    assert!(
        narrow.find("Evenings with a moment: 18 of 36 → 14 of 28").unwrap()
            < narrow.find("Closeness: ").unwrap()
    );
}

#[test]
fn few_answers_of_long_ago_are_drawn_in_their_months() {
    let mut journal = JournalOfLooks::new();
    for day in [100, 110, 120] {
        journal.keep("reflect", day, json!({ "connection": "Tea", "closeness": 2 }));
    }
    let text = journal.first_screen(80, false);
    assert!(!text.contains("0 of 0"), "{text}");
    let row = text.lines().find(|line| line.contains("Closeness")).unwrap();
    assert!(row.contains('▅'), "{text}");
}
