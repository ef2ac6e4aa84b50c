//! Each kind of month as it is read, to the letter, and each line in its other cases.

use chrono::{Days, NaiveDate};
use serde_json::{Value as Json, json};

use crate::config::{Chapter, Clock};
use crate::entry::{Entry, testing};
use crate::pattern::{MonthBehind, MonthInput, month_behind};
use crate::practice::{EarlierEntries, Fear, Form, Practices};
use crate::render::TextPage;

use super::MonthPage;

const OPEN: Form = Form { fear: Fear::None, chapter: Chapter::Together };
const CARE: Form = Form { fear: Fear::Known, chapter: Chapter::Together };
const APART: Form = Form { fear: Fear::None, chapter: Chapter::Apart };
const APART_CARE: Form = Form { fear: Fear::Known, chapter: Chapter::Apart };

/// A journal that is looked at on Saturday 28 November 2026, in the evening.
struct Journal {
    practices: Practices,
    entries: Vec<Entry>,
}

impl Journal {
    fn new() -> Journal {
        Journal { practices: Practices::built_in(), entries: Vec::new() }
    }

    /// Keeps answers, each by its question, on a day of 2026.
    fn keep(&mut self, practice: &str, day: &str, answers: Json) {
        let asked = self.practices.get(practice).unwrap().practice().unwrap();
        let answers = answers.as_object().unwrap().iter().map(|(id, value)| {
            let question = asked.all_questions().find(|question| question.id == *id).unwrap();
            let value = question.accept(value).unwrap().unwrap();
            serde_json::to_value(question.answer_with(value)).unwrap()
        });
        let hour = if practice == "intent" { "08:00" } else { "20:00" };
        let answers: Vec<Json> = answers.collect();
        let (at, id) = (format!("2026-{day}T{hour}:00Z"), self.entries.len());
        self.entries.push(testing::entry(json!({
            "id": format!("k3v9q{id:05}"), "revision": format!("x{id:05}"),
            "practice": practice, "at": at, "answers": answers,
        })));
    }

    fn evening(&mut self, day: &str, answers: Json) {
        self.keep("reflect", day, answers);
    }

    /// So many evenings in a row from this day on, each with the same answers.
    fn evenings(&mut self, first: &str, count: u64, answers: &Json) {
        let first: NaiveDate = format!("2026-{first}").parse().unwrap();
        for day in (0..count).map(|days| first + Days::new(days)) {
            self.evening(&day.format("%m-%d").to_string(), answers.clone());
        }
    }

    fn facts(&self, form: Form) -> MonthBehind {
        let mut entries = self.entries.clone();
        entries.sort_by_key(|entry| std::cmp::Reverse(entry.at));
        let clock = Clock::at("2026-11-28T21:00:00Z".parse().unwrap());
        let past = EarlierEntries { entries: &entries, clock: &clock };
        month_behind(&MonthInput { past, practices: &self.practices, form, partner: None })
    }

    fn page(&self, form: Form, width: usize, is_linear: bool) -> String {
        let page = TextPage { width, colour: false };
        let title = "The month behind you";
        MonthPage { title, form, partner: None, is_linear, page }.text(&self.facts(form))
    }

    fn text(&self, form: Form) -> String {
        self.page(form, 80, false)
    }

    #[track_caller]
    fn has(&self, form: Form, line: &str) {
        let text = self.text(form);
        assert!(text.lines().any(|other| other == line), "“{line}” is missing in:\n{text}");
    }

    #[track_caller]
    fn has_not(&self, form: Form, words: &str) {
        let text = self.text(form);
        assert!(!text.contains(words), "“{words}” is in:\n{text}");
    }
}

fn received(journal: &mut Journal, all: &[(&str, &str)]) {
    for (day, answer) in all {
        journal.keep("feel", day, json!({ "received": answer }));
    }
}

fn rich() -> Journal {
    let mut journal = Journal::new();
    let then = json!({ "connection": "A walk.", "closeness": 1 });
    journal.evenings("10-05", 12, &then);
    journal.evenings("10-17", 8, &json!({ "connection": "none today", "closeness": 2 }));
    journal.evening(
        "11-03",
        json!({ "connection": "none", "closeness": 0, "needed-instead": "heard" }),
    );
    let none = json!({ "connection": "none today", "closeness": 1, "needed-instead": "heard" });
    journal.evenings("11-05", 6, &none);
    journal.evenings("11-12", 2, &json!({ "connection": "none", "closeness": 1 }));
    journal.evening("11-14", json!({ "connection": "He waited up for me.", "closeness": 4 }));
    for day in ["11-15", "11-16", "11-17", "11-18", "11-19", "11-20"] {
        journal.keep(
            "intent",
            day,
            json!({ "if": "my answers get short", "then": "breathe out first" }),
        );
        let outcome = if day < "11-19" { "did" } else { "noticed" };
        journal.evening(day, json!({ "connection": "Tea.", "closeness": 2, "outcome": outcome }));
    }
    journal.evenings("11-21", 6, &json!({ "connection": "The dog.", "closeness": 2 }));
    for (day, happened) in [
        ("11-02", "Plans"),
        ("11-04", "plans."),
        ("11-06", "Plans"),
        ("11-08", "A sigh"),
        ("11-10", "The phone"),
        ("11-11", "Supper"),
        ("11-13", "A joke"),
        ("11-16", "Rain"),
    ] {
        let before = if day < "11-11" { "close" } else { "tense" };
        journal.keep("notice", day, json!({ "happened": happened, "before": before }));
    }
    let all = [
        ("11-02", "heard"),
        ("11-03", "heard"),
        ("11-05", "partly"),
        ("11-09", "ignored"),
        ("11-12", "ignored"),
        ("11-20", "ignored"),
    ];
    received(&mut journal, &all);
    journal
}

const RICH: &str = "\
The month behind you                                       1 to 28 November 2026

You wrote on 22 evenings: 13 with a moment of connection, 9 without.
Your closest day, Saturday 14 November (very close):
  “He waited up for me.”
Your furthest, Tuesday 3 November (not at all): you needed to be heard.
The need that came up most: to be heard, 7 times.
“If my answers get short, then I will breathe out first” came up on 6 days. You
  did it on 4 of them.
“Plans” came just before 3 of 8 moments of distance.
5 of 8 steps back came after being close.
Of the 6 things you said, 2 were heard, 1 was partly heard and 3 were ignored.
You marked “ignored” three times running.

Beside the four weeks before
  Evenings with a moment of connection: 13 of 22 now, 12 of 20 then.
  How close it felt: between “a little” and “somewhat”, both times.
One month beside another can't tell a change from chance.
";

#[test]
fn a_rich_month_stands_on_one_screen() {
    let text = rich().text(OPEN);
    assert_eq!(text, RICH);
    assert!(text.lines().count() <= 20, "with a question below it, it fits 24 rows");
}

#[test]
fn where_it_is_narrow_every_line_is_broken_at_words_and_nothing_is_lost() {
    let narrow = rich().page(OPEN, 30, false);
    assert!(narrow.lines().all(|line| line.chars().count() <= 30), "{narrow}");
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(words(&narrow), words(RICH));
}

#[test]
fn what_cannot_be_read_wholly_is_told_without_a_low_stretch_or_steps_back() {
    let unknown = Form { fear: Fear::Unknown, ..OPEN };
    let text = rich().text(unknown);
    assert!(text.contains("13 with a moment") && !text.contains("steps back"), "{text}");
}

fn harmed() -> Journal {
    let mut journal = Journal::new();
    let calm = json!({ "connection": "Tea.", "ease": 2 });
    journal.evenings("11-07", 7, &calm);
    journal.evening("11-14", json!({ "connection": "Coffee with Ines.", "ease": 3 }));
    journal.evenings("11-15", 5, &calm);
    journal.evening(
        "11-03",
        json!({ "connection": "none today", "ease": 0, "needed-instead": "safety" }),
    );
    let tense = json!({ "connection": "none today", "ease": 1, "needed-instead": "safety" });
    journal.evenings("11-20", 5, &tense);
    for day in ["11-25", "11-26", "11-27"] {
        let unsafe_evening = json!({ "connection": "none", "disagreement": "not-safe" });
        journal.evening(day, unsafe_evening);
    }
    journal.keep("feel", "11-21", json!({ "need": "safety" }));
    journal.keep("assess", "11-20", json!({ "fear": 2 }));
    let all = [
        ("11-02", "heard"),
        ("11-03", "heard"),
        ("11-05", "not-safe"),
        ("11-09", "ignored"),
        ("11-12", "ignored"),
        ("11-20", "ignored"),
    ];
    received(&mut journal, &all);
    journal.keep("needs", "11-02", json!({ "respected": "no" }));
    journal.keep("needs", "11-22", json!({ "respected": "no" }));
    journal.keep("gratitude", "11-23", json!({ "became": "stayed" }));
    journal
}

const HARMED: &str = "\
The month behind you                                       1 to 28 November 2026

On 3 of 22 evenings you marked that it wasn't safe.
On 20 November you marked feeling afraid: sometimes.
Of the 6 things you said, 2 were heard, 3 were ignored and 1 wasn't safe.
You marked “ignored” three times running.
You marked “not respected” twice.

You wrote on 22 evenings: 13 with a moment of connection, 9 without.
The day you felt most at ease, Saturday 14 November (mostly):
  “Coffee with Ines.”
The day you felt least at ease, Tuesday 3 November: you needed safety.
The need that came up most: safety, 7 times.

Held back for now: what became of your gratitude.
It's about sharing. To bring it back: Esc in any practice, then “Suggestions to
  share”.
";

#[test]
fn while_care_is_on_evidence_comes_first_and_plainly_counted() {
    assert_eq!(harmed().text(CARE), HARMED);
}

#[test]
fn while_care_is_on_nothing_compares_and_nothing_explains_away() {
    let mut journal = rich();
    journal.keep("gratitude", "11-05", json!({ "gratitude": "The neighbour's cake" }));
    for words in
        ["Beside", "steps back", "came just before", "you also wrote", "at ease", "Held back"]
    {
        journal.has_not(CARE, words);
    }
    // The evenings have closeness alone: nothing is said of ease.
    journal.has(CARE, "You wrote on 22 evenings: 13 with a moment of connection, 9 without.");
    // Fear and boundaries are told of only there.
    let harmed = harmed();
    harmed.has_not(OPEN, "afraid");
    harmed.has_not(OPEN, "not respected");
    harmed.has(OPEN, "On 3 of 22 evenings you marked that it wasn't safe.");
}

#[test]
fn harm_is_counted_however_little_there_is_of_it() {
    let mut journal = Journal::new();
    journal.evening("11-03", json!({ "connection": "Tea.", "disagreement": "not-safe" }));
    received(&mut journal, &[("11-09", "ignored")]);
    let text = journal.text(CARE);
    let evidence = "\n\nOn 1 of 1 evening you marked that it wasn't safe.\nOf the 1 thing you said, 1 was ignored.\n\n";
    assert!(text.contains(evidence), "{text}");
    // In no other form is a share made of so few.
    journal.has_not(OPEN, "Of the 1 thing");
}

#[test]
fn in_care_what_lasted_of_harm_comes_before_what_lasted_longer() {
    let mut journal = harmed();
    for day in ["08-20", "09-20", "10-20", "11-20"] {
        journal.keep("needs", day, json!({ "met": "rest" }));
    }
    let at = |text: &str, words: &str| text.find(words).unwrap();
    let (care, open) = (journal.text(CARE), journal.text(OPEN));
    let met = "You marked “rest” met four times running.";
    assert!(at(&care, "“ignored” three") < at(&care, met), "{care}");
    assert!(at(&open, met) < at(&open, "“ignored” three"), "{open}");
}

#[test]
fn few_evenings_are_shown_themselves() {
    let mut journal = Journal::new();
    journal.evening("11-14", json!({ "connection": "He waited up for me.", "closeness": 3 }));
    journal.evening("11-10", json!({ "connection": "We laughed about the dog.", "closeness": 1 }));
    journal.evening(
        "11-03",
        json!({ "connection": "none", "closeness": 0, "needed-instead": "heard" }),
    );
    let sparse = "\
The month behind you                                       1 to 28 November 2026

You wrote on 3 evenings, too few to sum up. Here they are:
  Sat 14 November   close        “He waited up for me.”
  Tue 10 November   a little     “We laughed about the dog.”
  Tue 3 November    not at all   you needed to be heard
";
    assert_eq!(journal.text(OPEN), sparse);
    received(&mut journal, &[("11-02", "ignored"), ("11-03", "ignored"), ("11-05", "ignored")]);
    let lasted = format!("{sparse}\nYou marked “ignored” three times running.\n");
    assert_eq!(journal.text(OPEN), lasted);
    let linear = "\
The month behind you
1 to 28 November 2026

You wrote on 3 evenings, too few to sum up. Here they are:
Sat 14 November, close: “He waited up for me.”
Tue 10 November, a little: “We laughed about the dog.”
Tue 3 November, not at all: you needed to be heard

You marked “ignored” three times running.
";
    assert_eq!(journal.page(OPEN, 80, true), linear);
}

#[test]
fn without_an_evening_it_names_what_else_there_is_and_else_greets() {
    let mut journal = Journal::new();
    let nothing = "\
The month behind you                                       1 to 28 November 2026

Nothing here from these four weeks, and that's fine. Good to see you. Start
  anywhere.
";
    assert_eq!(journal.text(OPEN), nothing);
    journal.evening("10-03", json!({ "connection": "Tea." }));
    assert_eq!(journal.text(OPEN), nothing, "what is older is not of this month");
    journal.keep("write", "11-03", json!({ "page": "Rain." }));
    journal.has(OPEN, "No evenings in these four weeks. There is 1 page.");
    journal.keep("notice", "11-03", json!({ "happened": "A sigh" }));
    journal.keep("notice", "11-04", json!({ "happened": "A sigh" }));
    journal
        .has(OPEN, "No evenings in these four weeks. There are 2 moments of distance and 1 page.");
    journal.keep("grow", "11-04", json!({ "for-myself": "Rest" }));
    journal.has(
        OPEN,
        "No evenings in these four weeks. There are 2 moments of distance, 1 page and 1",
    );
}

#[test]
fn apart_it_tells_what_came_back_and_what_there_is_room_for() {
    let mut journal = Journal::new();
    let quiet = json!({ "connection": "A friend rang.", "returned": "nothing", "contact": "none" });
    journal.evenings("11-01", 8, &quiet);
    let memory = json!({ "connection": "none", "returned": ["memory"], "contact": "none",
                         "needed-instead": "company" });
    journal.evenings("11-09", 5, &memory);
    let grief = json!({ "connection": "The choir.", "returned": ["anger"], "contact": "needed",
                        "grief": "Not the Sundays." });
    journal.evening("11-14", grief);
    journal.evenings(
        "11-15",
        2,
        &json!({ "connection": "none", "returned": ["anger"], "contact": "needed" }),
    );
    journal.evening(
        "11-17",
        json!({ "connection": "Ines.", "returned": ["relief"], "contact": "not-safe" }),
    );
    journal.evening(
        "11-20",
        json!({ "connection": "Bread.", "contact": "none", "space-for": "singing again" }),
    );
    let apart = "\
The month behind you                                       1 to 28 November 2026

On 1 of 18 evenings you marked that it wasn't safe.
You wrote on 18 evenings: 11 with a moment of connection, 7 without.
Something came back on 9 of 18 evenings, most often a memory (5).
Contact: none on 14 evenings, only what had to be on 3.
What you missed, and didn't, on 14 November: “Not the Sundays.”
What you're making space for, on 20 November: “singing again”
The need that came up most: company, 5 times.
";
    assert_eq!(journal.text(APART), apart);
    let both = apart.replace("safe.\nYou", "safe.\n\nYou");
    assert_eq!(journal.text(APART_CARE), both);
    for words in ["Something came back", "Contact", "space for"] {
        journal.has_not(OPEN, words);
    }
}

#[test]
fn evenings_are_counted_as_they_say_and_a_skipped_question_says_nothing() {
    let of = |answers: &[Json]| {
        let mut journal = Journal::new();
        for (day, answers) in answers.iter().enumerate() {
            journal.evening(&format!("11-{:02}", day + 1), answers.clone());
        }
        journal.text(OPEN).lines().nth(2).unwrap().to_owned()
    };
    let (with, none) = (json!({ "connection": "Tea." }), json!({ "connection": "none today" }));
    let skipped = json!({ "set-down": "The day" });
    assert_eq!(
        of(&vec![with.clone(); 9]),
        "You wrote on 9 evenings, and each had a moment of connection."
    );
    assert_eq!(
        of(&vec![none.clone(); 9]),
        "You wrote on 9 evenings, and none had a moment of connection."
    );
    assert_eq!(of(&vec![skipped.clone(); 9]), "You wrote on 9 evenings.");
    let mixed = [with.clone(), with.clone(), with, none, skipped];
    let said = "You wrote on 5 evenings: 3 with a moment of connection, 1 without. On 1 you";
    assert_eq!(of(&mixed), said);
}

/// Five evenings of which these days have other answers than tea.
fn week(others: &[(&str, Json)]) -> Journal {
    let mut journal = Journal::new();
    for day in ["11-10", "11-11", "11-12", "11-13", "11-14"] {
        let other = others.iter().find(|(of, _)| *of == day).map(|(_, answers)| answers.clone());
        journal
            .evening(day, other.unwrap_or_else(|| json!({ "connection": "Tea.", "closeness": 2 })));
    }
    journal
}

#[test]
fn the_closest_day_and_the_furthest_have_words_that_name_what_they_answer() {
    let alike = week(&[]);
    alike.has(OPEN, "It felt “somewhat” on every evening you marked.");
    alike.has_not(OPEN, "furthest");
    let bare = week(&[("11-10", json!({ "closeness": 4 })), ("11-12", json!({ "closeness": 0 }))]);
    bare.has(OPEN, "Your closest day: Tuesday 10 November (very close).");
    bare.has(OPEN, "Your furthest day: Thursday 12 November (not at all).");
    let set_down = json!({ "connection": "none", "closeness": 0, "set-down": "The slammed door" });
    let mut words = week(&[("11-12", set_down)]);
    words.has(OPEN, "Your furthest, Thursday 12 November (not at all). What would you like to set");
    words.has(OPEN, "  “The slammed door”");
    words.keep("notice", "11-12", json!({ "happened": "A sigh" }));
    words.has(OPEN, "Your furthest, Thursday 12 November (not at all). What happened just before?");
    words.has(OPEN, "  “A sigh”");
    let level = words.facts(OPEN).levels.unwrap().lowest.unwrap();
    let quote = level.quote.unwrap();
    assert_eq!((quote.day, quote.asked.as_str()), (level.day, "What happened just before?"));
    // Own words of a moment come before all of these.
    let moment =
        json!({ "connection": "She said goodnight.", "closeness": 0, "set-down": "All of it" });
    week(&[("11-12", moment)]).has(OPEN, "Your furthest, Thursday 12 November (not at all):");
}

#[test]
fn needs_that_came_up_equally_often_are_named_together_and_one_that_came_once_is_not() {
    let need = |needs: &[&[&str]]| {
        let mut journal = week(&[]);
        for (day, needs) in needs.iter().enumerate() {
            journal.keep("feel", &format!("11-{:02}", day + 1), json!({ "need": needs }));
        }
        let text = journal.text(OPEN);
        text.lines().find(|line| line.contains("came up most")).map(str::to_owned)
    };
    let two: [&[&str]; 5] = [&["rest", "heard"]; 5];
    let said = "Two needs came up most: rest and to be heard, 5 times each.";
    assert_eq!(need(&two).as_deref(), Some(said));
    assert_eq!(need(&[&["rest"], &["heard"]]), None);
    assert_eq!(
        need(&[&["rest"], &["rest"]]).unwrap(),
        "The need that came up most: rest, 2 times."
    );
}

#[test]
fn a_plan_is_told_with_what_became_of_it() {
    let plan = |outcomes: &[&str]| {
        let mut journal = Journal::new();
        for (day, outcome) in outcomes.iter().enumerate() {
            let day = format!("11-{:02}", day + 10);
            journal.keep("intent", &day, json!({ "if": "it rains", "then": "walk" }));
            journal.evening(&day, json!({ "connection": "Tea.", "outcome": outcome }));
        }
        let text = journal.text(OPEN);
        let line = text.lines().find(|line| line.starts_with("“If it rains, then I will walk”"));
        line.map(|line| line.replace("“If it rains, then I will walk” ", ""))
    };
    let of = |outcomes: [&str; 5]| plan(&outcomes).unwrap();
    let never = "never-came-up";
    assert_eq!(
        of(["did", "did", "noticed", "forgot", never]),
        "came up on 4 days. You did it on 2 of them."
    );
    assert_eq!(
        of(["noticed", "forgot", never, never, never]),
        "came up on 2 days. You noticed it on 1."
    );
    assert_eq!(of(["forgot", "forgot", never, never, never]), "came up on 2 days.");
    assert_eq!(of(["did", never, never, never, never]), "came up on 1 day, and you did it.");
    assert_eq!(of([never; 5]), "didn't come up this time.");
    assert_eq!(plan(&["did", "did"]), None, "of a few evenings nothing is summed up");
}

#[test]
fn below_five_no_share_is_made() {
    let mut journal = week(&[]);
    for day in ["11-01", "11-02", "11-03", "11-04"] {
        journal.keep("notice", day, json!({ "happened": "Plans", "before": "close" }));
        received(&mut journal, &[(day, "partly"), (day, "unsaid")]);
    }
    for words in ["Plans", "steps back", "things you said"] {
        journal.has_not(OPEN, words);
    }
    journal.keep("notice", "11-05", json!({ "happened": "Rain", "before": "cant-say" }));
    received(&mut journal, &[("11-05", "not")]);
    journal.has(OPEN, "“Plans” came just before 4 of 5 moments of distance.");
    journal.has(OPEN, "Of the 5 things you said, 4 were partly heard and 1 wasn't heard.");
    journal.has_not(OPEN, "steps back");
}

#[test]
fn beside_a_low_stretch_stands_what_was_good_in_it() {
    let low = json!({ "connection": "none", "closeness": 1 });
    let far = json!({ "connection": "none", "closeness": 0 });
    let stretch = [("11-10", low.clone()), ("11-11", far), ("11-12", low)];
    let mut journal = week(&stretch);
    journal.has_not(OPEN, "also wrote");
    journal.keep("gratitude", "11-13", json!({ "gratitude": "Too late" }));
    journal.has_not(OPEN, "also wrote");
    journal.keep("gratitude", "11-11", json!({ "gratitude": "The neighbour's cake" }));
    journal.has(OPEN, "That week you also wrote: “The neighbour's cake” (Wednesday 11 November,");
    journal.has_not(APART, "also wrote");
    // Two evenings are no stretch.
    let mut two = week(&stretch[..2]);
    two.keep("gratitude", "11-11", json!({ "gratitude": "The neighbour's cake" }));
    two.has_not(OPEN, "also wrote");
}

#[test]
fn beside_too_few_evenings_nothing_is_compared_and_the_first_month_stands_alone() {
    let mut journal = week(&[]);
    journal.has_not(OPEN, "Beside");
    journal.evenings("10-10", 4, &json!({ "connection": "Tea.", "closeness": 2 }));
    journal.has(OPEN, "Beside the four weeks before: too few to say.");
    journal.evening("10-20", json!({ "connection": "none", "closeness": 4 }));
    journal.has(OPEN, "  Evenings with a moment of connection: 5 of 5 now, 4 of 5 then.");
    journal.has(OPEN, "  How close it felt: “somewhat” now, between “somewhat” and “close” then.");
}

#[test]
fn what_a_longer_time_tells_stands_with_its_own_span() {
    let mut journal = Journal::new();
    for (week, level) in (0u64..40).map(|week| (week, if week < 36 { 3 } else { 1 })) {
        for day in [0, 2, 4, 5] {
            let day: NaiveDate =
                "2026-02-22".parse::<NaiveDate>().unwrap() + Days::new(7 * week + day);
            let level = if day.to_string().ends_with('5') { level - 1 } else { level };
            let day = day.format("%m-%d").to_string();
            journal.evening(&day, json!({ "connection": "Tea.", "closeness": level }));
        }
    }
    let text = journal.text(OPEN);
    let lower = "Lower than from April to June: how close it felt (“close” then, “a little” now;";
    assert!(text.contains(lower), "{text}");
    assert!(text.contains("answers against"), "{text}");
}

#[test]
fn words_of_the_writer_cannot_break_the_page() {
    let odd =
        json!({ "connection": format!("\u{1b}[2J{}\nsecond", "wide ".repeat(80)), "closeness": 4 });
    let text = week(&[("11-12", odd)]).text(OPEN);
    assert!(!text.contains('\u{1b}') && text.contains('…'), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    assert!(text.lines().count() < 12, "{text}");
}

#[test]
fn an_entry_that_was_edited_twice_counts_once() {
    let mut journal = week(&[]);
    let mut beside = journal.entries[0].clone();
    beside.revision = "zzzzzz".parse().unwrap();
    journal.entries.push(beside);
    journal.has(OPEN, "You wrote on 5 evenings, and each had a moment of connection.");
}
