//! What the practices say where someone is afraid, or might be: nothing tells harm as a thing
//! of two, and both paths have the same room in every form.

use inward::config::Chapter;
use inward::practice::{Fear, Form, Practice, Practices, QuestionKind};

use crate::harness::{Home, Key, one_line};

pub fn in_form(name: &str, form: Form) -> Practice {
    let all = Practices::built_in();
    let practice = all.practice(name).unwrap().clone();
    practice.adapted_to(form).with_partner_name(None)
}

pub fn options(practice: &Practice, id: &str) -> Vec<String> {
    match &practice.question(id).unwrap().kind {
        QuestionKind::Choice { options, .. } => options.iter().map(|o| o.id.clone()).collect(),
        other => panic!("{id} is {other:?}"),
    }
}

#[test]
fn each_form_offers_as_much_for_staying_as_for_leaving() {
    let (staying, leaving) = (["as-it-is", "together", "change"], ["distance", "let-go", "leave"]);
    let back = ["back", "more", "keep-contact", "leave-open"];
    let on = ["as-it-is", "less", "no-contact", "grieve"];
    for form in Form::all() {
        let ids = options(&in_form("guide", form), "choice");
        let count = |of: &[&str]| of.iter().filter(|id| ids.iter().any(|it| it == *id)).count();
        match form.chapter {
            Chapter::Together => assert_eq!((count(&staying), count(&leaving)), (2, 2), "{form:?}"),
            Chapter::Apart => {
                let each = if form.fear == Fear::Known { 2 } else { 3 };
                assert_eq!((count(&back), count(&on)), (each, each), "{form:?}: {ids:?}");
                // And nothing besides but what leads neither way.
                assert_eq!(ids.len(), 2 * each + 2, "{form:?}: {ids:?}");
            }
        }
    }
}

#[test]
fn both_paths_are_asked_what_they_ask_and_what_they_give() {
    for form in Form::all() {
        let guide = in_form("guide", form);
        for path in ["staying", "leaving"] {
            let ask = &guide.question(path).unwrap().ask;
            let has = |words: [&str; 2]| words.iter().any(|words| ask.contains(words));
            assert!(has(["would it ask of you", "does it ask of you"]), "{form:?}: {ask}");
            assert!(has(["would it give you", "does it give you"]), "{form:?}: {ask}");
        }
    }
}

#[test]
fn while_nothing_is_known_each_step_is_one_that_is_safe() {
    for chapter in [Chapter::Together, Chapter::Apart] {
        let form = Form { fear: Fear::Unknown, chapter };
        let guide = in_form("guide", form);
        for practice in [&guide, &in_form("grow", form)] {
            let help = practice.question("next-step").unwrap().help.clone().unwrap_or_default();
            assert!(help.contains("safe to do"), "{form:?}, {}: {help}", practice.name);
        }
        let QuestionKind::Choice { options, .. } = &guide.question("choice").unwrap().kind else {
            panic!("no choice");
        };
        for option in options {
            let stays =
                chapter == Chapter::Together && ["as-it-is", "change"].contains(&&*option.id);
            let leaves = ["distance", "let-go", "less", "more", "back"].contains(&&*option.id);
            let moves = stays || leaves;
            assert_eq!(option.label.contains("safe"), moves, "{form:?}: {}", option.label);
        }
        let help = guide.question("staying").unwrap().help.clone().unwrap_or_default();
        assert!(help.contains("safe"), "{form:?}: {help}");
        for path in ["staying", "leaving"] {
            let help = guide.question(path).unwrap().help.clone().unwrap_or_default();
            assert!(!help.contains("is open"), "no path is open or closed: {help}");
        }
    }
}

#[test]
fn apart_keeping_what_was_decided_counts_whichever_way_it_was() {
    let form = Form { fear: Fear::None, chapter: Chapter::Apart };
    let reflect = in_form("reflect", form);
    let QuestionKind::Choices { options, .. } = &reflect.question("returned").unwrap().kind else {
        panic!("no choices");
    };
    let has = |id: &str| options.iter().any(|option| option.id == id);
    assert!(has("doubt") && has("sure"));
    for practice in ["intent", "reflect"] {
        let shown = format!("{:?}", in_form(practice, form).questions);
        assert!(!shown.contains("distance"), "{practice}");
    }
    let release = in_form("release", Form { chapter: Chapter::Together, ..form });
    let help = release.question("space-for").unwrap().help.clone().unwrap_or_default();
    assert!(help.contains("staying"), "{help}");
}

#[test]
fn nobody_who_is_afraid_is_asked_for_proof() {
    let asks = |practice: &Practice| {
        let helps = practice.questions.iter().filter_map(|question| question.help.as_deref());
        helps.filter(|help| help.contains("camera")).count()
    };
    for form in Form::all().filter(|form| form.fear == Fear::Known) {
        for name in Practices::built_in().names() {
            assert_eq!(asks(&in_form(name, form)), 0, "{name}, {form:?}");
        }
    }
    // Where nothing is known by then, nor once the feeling is fear.
    let locked = Home::locked("echo a quiet river");
    for home in [&locked, &Home::ready()] {
        let terminal = home.terminal("feel --ask afraid");
        terminal
            .asked("… when …")
            .answer("you always shout, and you made me hide, it was your fault");
        terminal.asked("I need …").press(Key::Ctrl('c')).ends(130);
        let met = one_line(&terminal.raw());
        for words in ["camera", "covers many times", "already the explanation"] {
            assert!(!met.contains(words), "{words}: {met}");
        }
        assert!(met.contains("Nobody here asks for proof."), "{met}");
        std::fs::remove_dir_all(home.inward("state/drafts")).unwrap();
    }
    let home = Home::ready();
    let terminal = home.terminal("feel --ask sad");
    terminal.asked("What a camera would have seen").answer("you made me hide");
    terminal.asked("is already the explanation").press(Key::Ctrl('c')).ends(130);
}

#[test]
fn each_path_is_asked_what_it_would_give_and_apart_both_have_the_same_help() {
    for form in Form::all() {
        let guide = in_form("guide", form);
        for path in ["staying", "leaving"] {
            let ask = &guide.question(path).unwrap().ask;
            assert!(ask.contains("give you?"), "{form:?}: {ask}");
        }
        if form.chapter == Chapter::Apart {
            let release = in_form("release", form);
            let help = |path: &str| release.question(path).unwrap().help.clone();
            assert_eq!(help("staying"), help("leaving"), "{form:?}");
            let said = |line: &str| !line.contains("Letting go") || line.contains("oing back");
            let mut closings = release.closing.iter().flat_map(|line| &line.turns);
            assert!(closings.all(|line| said(line)), "{form:?}");
        }
    }
}

#[test]
fn respected_is_said_to_have_lasted_wherever_not_respected_is_but_in_care() {
    for form in Form::all() {
        let needs = in_form("needs", form);
        let closings: Vec<&String> = needs.closing.iter().flat_map(|line| &line.turns).collect();
        let says = |words: &str| closings.iter().any(|line| line.contains(words));
        assert!(says("“not respected”"), "{form:?}");
        // Nobody who is afraid is told how well it goes.
        assert_eq!(says("“respected”"), form.fear != Fear::Known, "{form:?}");
    }
}

#[test]
fn in_care_nothing_asks_how_the_two_of_you_drive_each_other() {
    for chapter in [Chapter::Together, Chapter::Apart] {
        let assess = in_form("assess", Form { fear: Fear::Known, chapter });
        assert!(!assess.questions.iter().any(|question| question.id == "push-pull"));
        let guide = in_form("guide", Form { fear: Fear::Known, chapter });
        let ids = options(&guide, "trigger");
        assert!(ids.contains(&"my-no".to_owned()) && !ids.contains(&"no".to_owned()), "{ids:?}");
    }
}

/// A loop that was told as a thing of two, before anything said that it isn't safe.
fn loop_of_before() -> Home {
    let home = Home::ready();
    home.keep(
        "guide 1 --trigger 'voices get loud' --move leave --story worse --their-move follow \
         --ending rooms --protects you --at '20 days ago'",
    );
    home
}

const MINE: &str = "When voices get loud, I leave the room.";
/// What stands in the loop besides, and what its distance protected.
const THEIRS: [&str; 4] = ["as I see it", "make it worse", "The loop", "from my temper"];

#[test]
fn in_care_a_loop_of_before_is_quoted_by_the_writers_half_alone() {
    let quoted = |session: &str, question: &str, is_afraid: bool| {
        let home = loop_of_before();
        if is_afraid {
            home.keep("reflect words --disagreement not-safe");
        }
        let terminal = home.terminal(session);
        if session == "guide 2" {
            // Its first words don't fit above a list.
            terminal.asked("Enter continues").press(Key::Enter);
        }
        terminal.asked(question);
        let shown = one_line(&terminal.shown());
        terminal.press(Key::Ctrl('c')).ends(130);
        shown
    };
    let letter = "guide 4 --ask --stillness 1";
    assert!(quoted(letter, "Write to yourself", false).contains("as I see it"));
    for (session, question) in [
        ("guide 2", "Which five needs"),
        ("guide 3", "Am I holding on"),
        (letter, "Write to yourself"),
    ] {
        let shown = quoted(session, question, true);
        assert!(shown.contains(MINE), "{session}: {shown}");
        assert!(THEIRS.iter().all(|words| !shown.contains(words)), "{session}: {shown}");
    }
}

#[test]
fn in_care_a_page_of_before_is_composed_again_of_the_writers_half() {
    let mut home = loop_of_before();
    let last = "guide 4 --ask --stillness 1 --letter Dear. --calm Rain. --choice help \
                --next-step 'Ask Ines.' --stand-with Ines";
    let page = |home: &Home| {
        let terminal = home.terminal(last);
        terminal.asked("Keep it").press(Key::Enter);
        terminal.press_until_the_end(Key::Enter);
        home.run("show").ok().stdout
    };
    let shown = page(&home);
    assert!(shown.contains("The loop\n"), "{shown}");
    // Of two entries of one second, either may be the newest.
    home.at("2026-11-23T21:15:00Z").keep("reflect words --disagreement not-safe");
    home.at("2026-11-23T21:30:00Z");
    let terminal = home.terminal("guide");
    // The second session, the first that isn't kept, is marked.
    terminal.asked("Your page").choose(3);
    terminal.press_until_the_end(Key::Enter);
    let again = home.run("show").ok().stdout;
    assert!(again.contains(&format!("What I do\n  {MINE}\n")), "{again}");
}

#[test]
fn after_fear_or_a_need_for_safety_nothing_is_asked_of_anybody_and_nothing_is_to_be_said() {
    for (is_locked, said) in [
        (true, "--feeling afraid --need rest"),
        (true, "--feeling tense --need safety"),
        (false, "--feeling afraid --need safety"),
    ] {
        let home = if is_locked { Home::locked("echo a quiet river") } else { Home::ready() };
        let terminal = home.terminal(&format!("feel --ask {said} --when 'the door slams'"));
        terminal.asked("One more question.").press(Key::Down).press(Key::Enter);
        terminal.asked("Is there someone, or somewhere, that feels safer?").press(Key::Enter);
        terminal.asked("Keep it");
        let raw = one_line(&terminal.raw());
        for words in ["Would you be willing", "from their side", "What would you like to do with"] {
            assert!(!raw.contains(words), "{words}: {raw}");
        }
        terminal.press(Key::Ctrl('c')).ends(130);
    }
}

#[test]
fn in_every_form_of_the_evening_what_one_did_well_comes_first() {
    for form in Form::all() {
        let reflect = in_form("reflect", form);
        let Some(question) = reflect.question("saw") else { panic!("{form:?}") };
        let QuestionKind::Choices { options, .. } = &question.kind else { panic!("{form:?}") };
        let place = |id: &str| options.iter().position(|option| option.id == id);
        let (care, apart) = (form.fear == Fear::Known, form.chapter == Chapter::Apart);
        let strengths: &[&str] = match (apart, care) {
            (_, true) => &["looked-after", "let-help", "said-need", "got-through"],
            (true, false) => &["wave", "let-help", "mine", "kept-decision"],
            (false, false) => &["stayed", "said-need", "let-help", "took-space"],
        };
        let last = strengths.iter().map(|id| place(id)).max().flatten();
        assert!(strengths.iter().all(|id| place(id).is_some()), "{form:?}");
        for fault in ["withdrew", "unsaid", "close-then-gone", "relying", "traces", "busy"] {
            assert!(place(fault).is_none_or(|at| !care && Some(at) > last), "{form:?} {fault}");
        }
    }
}

#[test]
fn letting_go_is_opened_with_softening_staying_and_harm_alike() {
    let open = Form { fear: Fear::None, chapter: Chapter::Together };
    let intro = in_form("release", open).intro.unwrap_or_default();
    let words = "Sometimes a pattern softens, sometimes it stays, whatever you try, and sometimes it does harm.";
    assert!(intro.starts_with(words), "{intro}");
}

#[test]
fn a_step_that_is_not_safe_is_the_writers_to_judge_and_nothing_says_that_help_can_wait() {
    for form in Form::all() {
        for name in ["grow", "guide", "look"] {
            let practice = in_form(name, form);
            let closings = practice.follow_up.iter().flat_map(|later| &later.closing);
            let mut lines = closings.flat_map(|line| &line.turns);
            let words = "You know best when it's safe. Someone trained can help find a safer step.";
            assert!(lines.any(|line| line == words), "{name}, {form:?}");
        }
        let all = Practices::built_in();
        for practice in all.names().map(|name| in_form(name, form)).filter(|it| it.name != "feel") {
            let later = practice.follow_up.iter().flat_map(|later| &later.closing);
            let lines = practice.closing.iter().chain(later);
            let mut lines = lines.filter(|line| !line.when.is_empty()).flat_map(|line| &line.turns);
            let waits = ["can wait", "'ll keep", "take its time", "all right.", "slow"];
            let is_safe = |line: &str| line.contains("to stay safe is all right");
            let told = lines.find(|it| waits.iter().any(|w| it.contains(w)) && !is_safe(it));
            assert_eq!(told, None, "{}, {form:?}", practice.name);
        }
    }
}

/// What stands above the choice is called what this chapter calls it.
#[test]
fn apart_the_two_paths_are_quoted_by_their_own_names() {
    let home = Home::ready();
    home.config("chapter = \"apart\"\n");
    home.keep("guide 3 --staying 'An hour a week.' --leaving 'A smaller flat.'");
    let terminal = home.terminal("guide 4 --ask --stillness 1 --letter Dear. --calm Rain.");
    terminal.asked("one choice for the next month");
    let shown = one_line(&terminal.shown());
    let words = "you wrote, on staying or going back: An hour a week. And on leaving or staying apart: A smaller flat.";
    assert!(shown.contains(words), "{shown}");
    terminal.press(Key::Ctrl('c')).ends(130);
}
