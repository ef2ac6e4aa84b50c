//! Every answer that turns care on against every practice and every verb: what must and what
//! must not appear, and that nothing plain tells it.

use crate::harness::{Home, Key, files, name, one_line};

/// Every answer that turns care on, beside one that doesn't, and what there must be
/// before it.
const TRIGGERS: [[&str; 3]; 7] = [
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

const PASSPHRASE: (&str, &str) = ("INWARD_PASSPHRASE_COMMAND", "echo a quiet river");

/// Two homes with the key of another whose journals differ in one answer.
fn two_homes(trigger: [&str; 3], keys: &Home) -> [Home; 2] {
    let [before, yes, no] = trigger;
    [yes, no].map(|answer| {
        let home = Home::new();
        for file in files(&keys.inward("config")) {
            home.write(&format!("inward/config/{}", name(&file)), std::fs::read(&file).unwrap());
        }
        std::fs::create_dir_all(home.journal()).unwrap();
        home.keep("gratitude tea --share will-say --at '7 days ago'");
        home.keep("intent words --at '1 day ago'");
        for arguments in [before, answer].into_iter().filter(|words| !words.is_empty()) {
            home.run(arguments).env(PASSPHRASE.0, PASSPHRASE.1).ok();
        }
        home
    })
}

/// All that a command says, without what is random: ids, and the place of the home.
fn said(home: &Home, arguments: &str) -> String {
    let outcome = home.run(arguments).outcome();
    let text = format!("{}\n{}\n{}", outcome.code, outcome.stdout, outcome.stderr);
    let ids = files(&home.journal()).into_iter().map(|file| name(&file)[11..21].to_owned());
    let text = ids.fold(text, |text, id| text.replace(&id, "ID"));
    text.replace(&home.path().display().to_string(), "HOME")
}

/// Everything on the disk, as whoever has no key sees it: each file's place and size, and
/// its bytes where they are not encrypted. Names of entries are random after their day.
fn plain(home: &Home) -> Vec<(String, usize, Vec<u8>)> {
    let each = files(&home.inward("")).into_iter().map(|file| {
        let place = file.strip_prefix(home.inward("")).unwrap().display().to_string();
        let bytes = std::fs::read(&file).unwrap();
        let (folder, rest) = place.split_once('/').unwrap();
        match folder {
            // A header of age's has a random length.
            "journal" => (format!("journal/{}", &rest[..18]), bytes.len() / 512, Vec::new()),
            "state" if rest.starts_with("follow-ups/") => {
                (format!("state/{}", &rest[..21]), bytes.len() / 512, Vec::new())
            }
            // Keys are random.
            "config" => (place, 0, Vec::new()),
            _ if rest.ends_with(".toml") || rest.ends_with(".json") => (place, bytes.len(), bytes),
            // Named by a keyed hash.
            _ => (folder.to_owned(), bytes.len(), Vec::new()),
        }
    });
    let mut all: Vec<_> = each.collect();
    all.sort();
    all
}

/// What anybody may see without a key, or meets in a prompt or a script.
const SEEN_BY_ANYONE: [&str; 9] = [
    "",
    "due",
    "due --json",
    "prompt",
    "remind",
    "practices",
    "completions bash -- inward ''",
    "completions bash -- inward reflect --",
    "help safety",
];

#[test]
fn nothing_plain_and_nothing_printed_while_locked_differs_after_any_answer() {
    let keys = Home::new();
    keys.run("init").env(PASSPHRASE.0, PASSPHRASE.1).ok();
    for trigger in TRIGGERS {
        let [yes, no] = two_homes(trigger, &keys);
        let locked = ["list", "patterns", "export", "show", "search words", "intent 'so be it'"];
        for arguments in SEEN_BY_ANYONE.iter().chain(&locked) {
            assert_eq!(said(&yes, arguments), said(&no, arguments), "{trigger:?}: {arguments}");
        }
        assert_eq!(plain(&yes), plain(&no), "{trigger:?}");
    }
}

#[test]
fn unlocked_every_answer_turns_care_on_and_is_the_writers_own_to_see() {
    let keys = Home::ready();
    for trigger in TRIGGERS {
        let [yes, no] = two_homes(trigger, &keys);
        for arguments in &SEEN_BY_ANYONE[1..] {
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
        let lines = said(&yes, "list").lines().count();
        assert_eq!(lines, said(&no, "list").lines().count(), "{trigger:?}: no line more");
    }
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
    let practices = [
        "intent",
        "reflect",
        "gratitude",
        "notice",
        "feel",
        "pause",
        "write",
        "needs",
        "grow",
        "release",
        "assess",
        "look",
        "guide 1",
        "guide 2",
        "guide 3",
        "guide 4",
    ];
    let mut home = Home::ready();
    home.keep("gratitude tea --share will-say --at '7 days ago'");
    home.keep("feel sad --when 'you leave' --share say --at '7 days ago'");
    home.keep("reflect words --disagreement not-safe");
    home.at("2026-11-24T21:00:00+00:00");
    for practice in practices {
        let terminal = home.terminal(practice);
        terminal.press_until_the_end(Key::Enter);
        let met = one_line(&terminal.raw());
        for words in MUST_NOT {
            assert!(!met.contains(words), "{practice}: {words}");
        }
    }
}
