//! Every answer that turns care on against every practice and every verb: what must and what
//! must not appear, and that nothing plain tells it.

use inward::practice::Practices;

use crate::care_twins::{PASSPHRASE, Trigger, assert_alike, two_homes};
use crate::harness::{Home, Key, NOW, files, name, one_line};

/// Every answer that turns care on, beside one that doesn't, and what there must be
/// before it.
const TRIGGERS: [Trigger; 7] = [
    ["", "assess --frightened yes", "assess --frightened no"],
    ["", "assess words --fear 2", "assess words --fear 0"],
    ["", "reflect words --disagreement not-safe", "reflect words --disagreement yes"],
    ["", "reflect words --contact not-safe", "reflect words --contact none"],
    ["", "notice words --underneath unsafe", "notice words --underneath hurt"],
    ["", "notice words --stirred unsafe", "notice words --stirred sad"],
    [
        "feel sad --when 'you leave' --share say --at '5 days ago'",
        "feel --received not-safe",
        "feel --received heard",
    ],
];

/// All that a command says, without what is random: ids, and the place of the home.
fn said(home: &Home, arguments: &str) -> String {
    let outcome = home.run(arguments).outcome();
    let text = format!("{}\n{}\n{}", outcome.code, outcome.stdout, outcome.stderr);
    let ids = files(&home.journal()).into_iter().map(|file| name(&file)[11..21].to_owned());
    let text = ids.fold(text, |text, id| text.replace(&id, "ID"));
    text.replace(&home.path().display().to_string(), "HOME")
}

/// What anybody may see without a key, or meets in a prompt or a script.
const SEEN_BY_ANYONE: [&str; 15] = [
    "",
    "card",
    "card --for two --json",
    "due",
    "due --json",
    // What `due` names.
    "gratitude --follow-up",
    "gratitude --follow-up --json",
    "feel --follow-up",
    "feel --follow-up --json",
    "prompt",
    "remind",
    "practices",
    "completions bash -- inward ''",
    "completions bash -- inward reflect --",
    "help safety",
];

#[test]
fn nothing_plain_and_nothing_printed_while_locked_differs_after_any_answer() {
    let keys = Home::locked(PASSPHRASE.1);
    for trigger in TRIGGERS {
        let [yes, no] = two_homes(trigger, &keys, NOW);
        let locked = ["list", "patterns", "export", "show", "search words", "intent 'so be it'"];
        for arguments in SEEN_BY_ANYONE.iter().chain(&locked) {
            assert_eq!(said(&yes, arguments), said(&no, arguments), "{trigger:?}: {arguments}");
        }
        assert_alike([&yes, &no], &format!("{trigger:?}"));
    }
}

#[test]
fn unlocked_every_answer_turns_care_on_and_is_the_writers_own_to_see() {
    let keys = Home::ready();
    for trigger in TRIGGERS {
        let [yes, no] = two_homes(trigger, &keys, NOW);
        for arguments in SEEN_BY_ANYONE {
            assert_eq!(said(&yes, arguments), said(&no, arguments), "{trigger:?}: {arguments}");
        }
        // A practice that nothing was answered in.
        let samples = [&yes, &no].map(|home| {
            let terminal = home.terminal("intent");
            terminal.asked("").press(Key::Enter).asked("");
            terminal.raw().contains("without withdrawing")
        });
        assert_eq!(samples, [false, true], "{trigger:?}");
        let told = yes.run("patterns").ok().stdout;
        for words in ["help safety", "You said that", "lack of love", "afraid"] {
            assert!(!told.contains(words), "{trigger:?}: {words}: {told}");
        }
        let question = trigger[1].rsplit("--").next().unwrap().split(' ').next().unwrap();
        let own = yes.run(&format!("patterns {question}")).ok().stdout;
        assert!(!own.contains("Held back"), "{trigger:?}: {own}");
        // What it says is in what its writer asks to see.
        for arguments in ["list --json", "export", "show"] {
            assert_ne!(said(&yes, arguments), said(&no, arguments), "{trigger:?}: {arguments}");
        }
        assert_eq!(said(&yes, "list"), said(&no, "list"), "{trigger:?}: it stays on the screen");
    }
}

/// Answers that turn care on and are all that their entries say, and that don't.
const ALONE: [Trigger; 5] = [
    ["", "reflect --disagreement not-safe", "reflect --disagreement yes"],
    ["", "notice --underneath unsafe", "notice --underneath hurt"],
    ["", "notice --stirred unsafe --strength 2", "notice --stirred sad --strength 2"],
    ["", "assess --changed 2", "assess --changed 0"],
    [
        "feel sad --when 'you leave' --share say --at '5 days ago'",
        "feel --received not-safe --received-note 'it was late'",
        "feel --received heard --received-note 'it was late'",
    ],
];

#[test]
fn no_list_tells_what_was_answered_about_fear() {
    let keys = Home::ready();
    for trigger in ALONE {
        let [yes, no] = two_homes(trigger, &keys, NOW);
        for arguments in ["list", "list --last 1", "import --from inward all.json --dry-run"] {
            if arguments.starts_with("import") {
                for home in [&yes, &no] {
                    home.run("export --format json -o all.json").ok();
                }
            }
            let told = said(&yes, arguments);
            assert_eq!(told, said(&no, arguments), "{trigger:?}: {arguments}");
            assert!(!told.contains("safe"), "{told}");
        }
    }
    // The sentence that such an answer is in.
    let home = Home::ready();
    home.keep("guide 1 --trigger close --move quiet --story unsafe --ending apart");
    let told = home.run("list").ok().stdout;
    assert!(!told.contains("safe") && told.contains("guide"), "{told}");
}

#[test]
fn a_follow_up_that_is_held_back_leaves_behind_what_an_unanswered_one_leaves() {
    let keys = Home::ready();
    let [afraid, calm] = &two_homes(TRIGGERS[2], &keys, NOW);
    for arguments in ["gratitude --follow-up", "gratitude --follow-up --json"] {
        for key in [Key::Enter, Key::Ctrl('c')] {
            let left = [afraid, calm].map(|home| {
                let terminal = home.terminal(arguments);
                terminal.asked("").press_until_the_end(key);
                (terminal.end(), terminal.scrolled_back())
            });
            assert_eq!(left[0], left[1], "{arguments}");
            assert!(!left[0].1.contains("Held back"), "{arguments}: {}", left[0].1);
        }
    }
    afraid.terminal("gratitude --follow-up").asked("Held back for now: what became of your");
    // The first screen of all, which nobody asked about it; and by its name, on a screen that
    // goes.
    assert!(!afraid.terminal("patterns").ends(0).raw().contains("Held back"));
    afraid.keep("gratitude --follow-up --became said");
    let terminal = afraid.terminal("patterns gratitude became");
    terminal.asked("Held back for now").press(Key::Enter).ends(0);
    assert_eq!(terminal.scrolled_back().trim(), "");
}

#[test]
fn a_follow_up_that_is_held_back_says_until_when_due_names_it() {
    let mut home = Home::ready();
    home.keep("feel sad --when 'you leave' --share say --at '2026-11-17'");
    home.keep("reflect words --disagreement not-safe");
    let terminal = home.terminal("feel --follow-up");
    // What was answered is shown all the same, so it isn't held back.
    terminal.asked("Held back for now: the question “How was it received?”.");
    let until = "`inward` goes on listing `feel --follow-up` until 16 December, so that its list gives \
         nothing away.";
    assert!(one_line(&terminal.shown()).contains(until), "{}", terminal.shown());
    terminal.press(Key::Enter).ends(0);
    let names = |home: &Home| {
        let is_due = home.run("due feel").outcome().code == 0;
        let is_named = home.run("").ok().stdout.contains("feel --follow-up");
        assert_eq!(is_due, is_named);
        is_named
    };
    home.at("2026-12-16T21:00:00+00:00");
    assert!(names(&home));
    home.at("2026-12-17T21:00:00+00:00");
    assert!(!names(&home));
}

/// The questions that stand above what `patterns` shows.
fn headings(home: &Home) -> Vec<String> {
    let text = home.run("patterns").ok().stdout;
    let mut headings: Vec<String> =
        text.lines().filter(|line| line.ends_with('?')).map(str::to_owned).collect();
    headings.sort();
    headings
}

#[test]
fn unlocked_what_waits_and_how_it_is_headed_says_nothing() {
    let keys = Home::ready();
    let waits = "feel sad --when 'you leave' --share say --at '5 days ago'";
    for [_, yes, no] in TRIGGERS {
        let [afraid, calm] = &two_homes([waits, yes, no], &keys, NOW);
        for arguments in ["", "due", "due --json", "due feel", "due feel --json"] {
            assert_eq!(said(afraid, arguments), said(calm, arguments), "{yes}: {arguments}");
        }
        // Where it wasn't asked back about yet, it still is due.
        let is_asked = yes.starts_with("feel");
        assert_eq!(afraid.run("due feel").outcome().code, i32::from(is_asked), "{yes}");
        assert_eq!(headings(afraid), headings(calm), "{yes}");
    }
}

const PRIVATE: &str = "Answers to private questions aren't shown here; `inward show` shows them.";

#[test]
fn what_leaves_private_answers_out_says_so_whatever_was_answered() {
    let keys = Home::ready();
    let triggers = [
        ["", "assess words --frightened yes", "assess words --frightened no"],
        ["", "assess --changed 2 --tension 1", "assess --changed 0 --tension 1"],
    ];
    for trigger in triggers {
        for home in &two_homes(trigger, &keys, NOW) {
            home.keep("reflect tea --closeness 2");
            for arguments in ["patterns", "patterns --plain", "patterns assess", "look"] {
                let told = home.run(arguments).outcome().stdout;
                assert_eq!(one_line(&told).matches(PRIVATE).count(), 1, "{arguments}: {told}");
                assert!(!told.contains("angry") && !told.contains("frightened"), "{told}");
            }
            // Of other answers alone, nothing is missing.
            let told = home.run("patterns reflect").ok().stdout;
            assert!(!told.contains("Answers to private"), "{told}");
        }
    }
}

#[test]
fn what_shows_a_private_question_by_its_name_does_not_say_that_it_is_left_out() {
    let home = Home::ready();
    home.keep("assess --frightened yes --fear 3 --changed 2 --at '20 days ago'");
    home.keep("assess --frightened yes --fear 3 --changed 2");
    for (named, answer) in [
        ("fear", "3 (often)"),
        ("assess fear", "3 (often)"),
        ("changed", "2 (sometimes)"),
        ("frightened", "yes"),
    ] {
        for form in ["", " --plain"] {
            let told = one_line(&home.run(&format!("patterns {named}{form}")).ok().stdout);
            assert!(told.contains(answer), "{named}{form}: {told}");
            assert!(!told.contains("aren't shown here"), "{named}{form}: {told}");
        }
    }
    let said = one_line(&home.run("patterns --html page.html").ok().stderr);
    assert!(said.contains("shows on a screen only where you name one"), "{said}");
}

#[test]
fn no_screen_of_two_assessments_has_what_was_answered_about_fear() {
    let answered = [["--changed 0 --fear 0"; 2], ["--changed 0 --fear 1", "--changed 2 --fear 4"]];
    for [then, now] in answered {
        let home = Home::ready();
        let rest = "assess --refused 1 --unmet 1 --ignored 1 --doubt-pain 1";
        home.keep(&format!("{rest} {then} --at 2026-10-20"));
        home.keep(&format!("{rest} {now} --at 2026-11-20"));
        for arguments in ["patterns assess", "patterns assess --plain"] {
            let told = one_line(&home.run(arguments).ok().stdout);
            assert!(told.contains(PRIVATE), "{now}: {told}");
            assert!(!told.contains("afraid") && !told.contains("get angry"), "{now}: {told}");
        }
    }
}

#[test]
fn the_menu_on_esc_is_the_same_in_every_journal() {
    let menus = ["yes", "no"].map(|answer| {
        let home = Home::ready();
        home.keep(&format!("assess --frightened {answer}"));
        let terminal = home.terminal("write");
        terminal.asked("Write what's there.").press(Key::Esc).asked("Suggestions to share");
        terminal.shown()
    });
    assert_eq!(menus[0], menus[1]);
}

/// What presses towards someone, explains away, or weighs a path.
const MUST_NOT: [&str; 21] = [
    "without withdrawing",
    "say when I'll be back",
    "I'll answer once, in my own way",
    "without blame",
    "wishes you both well",
    "Would you be willing",
    "from their side",
    "to say, or to keep",
    "What became of it?",
    "We go together",
    "say when you'll be back",
    "then I'll come and find you",
    "differently, or wish you had",
    "both of you are willing",
    "questions to change from here",
    "lack of love",
    "love less",
    "honour your truth",
    "went better",
    "One path is to leave",
    "help safety",
];

#[test]
fn no_practice_presses_explains_away_or_weighs_while_care_is_on() {
    let all = Practices::built_in();
    let sessions = |name: &str| match name {
        "guide" => (1..=4).map(|session| format!("guide {session}")).collect(),
        _ => vec![name.to_owned()],
    };
    // A card is drawn, not asked.
    let practices = all.names().filter(|name| *name != "card").flat_map(sessions);
    let mut home = Home::ready();
    home.keep("gratitude tea --share will-say --at '7 days ago'");
    home.keep("feel sad --when 'you leave' --share say --at '7 days ago'");
    home.keep("reflect words --disagreement not-safe");
    home.at("2026-11-24T21:00:00+00:00");
    for practice in practices {
        let terminal = home.terminal(&practice);
        terminal.press_until_the_end(Key::Enter);
        let met = one_line(&terminal.raw());
        for words in MUST_NOT {
            assert!(!met.contains(words), "{practice}: {words}");
        }
    }
}
