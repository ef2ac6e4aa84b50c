//! Two homes with one key whose journals differ in one answer, which turns care on in the one
//! and not in the other: whatever is done in both of them afterwards, whoever looks at the
//! disk sees no difference.

use crate::harness::{Home, Key, files, name};

pub const PASSPHRASE: (&str, &str) = ("INWARD_PASSPHRASE_COMMAND", "echo a quiet river");

/// What there must be before an answer, the one that turns care on, and one that doesn't.
pub type Trigger = [&'static str; 3];

/// Two homes with the key of another: afraid, and calm.
pub fn two_homes([before, yes, no]: Trigger, keys: &Home, now: &str) -> [Home; 2] {
    [yes, no].map(|answer| {
        let mut home = Home::new();
        home.at(now);
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

/// A file as whoever has no key sees it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct VisibleFile {
    /// Without what is random in it.
    place: String,
    size: usize,
    /// Where it isn't encrypted.
    text: String,
}

/// Everything in the home's folders.
fn visible(home: &Home) -> Vec<VisibleFile> {
    let root = home.inward("");
    let each = files(&root).into_iter().map(|file| {
        let place = file.strip_prefix(&root).unwrap().display().to_string();
        let bytes = std::fs::read(&file).unwrap();
        let (folder, rest) = place.split_once('/').unwrap();
        let inner = rest.split('/').next().unwrap();
        // A header of age's has a random length.
        let steps = bytes.len() / 512;
        let (place, size, text) = match (folder, inner) {
            ("journal", _) => (format!("journal/{}", &rest[..18]), steps, String::new()),
            ("state", "follow-ups" | "drafts") => {
                let day = rest.split_once('/').unwrap().1.get(..10).unwrap();
                (format!("state/{inner}/{day}"), steps, String::new())
            }
            // Keys and salts are random.
            ("config", _) if !rest.ends_with("config.toml") => (place, 0, String::new()),
            // Named by the month. Its length goes by those of the entries' files.
            ("cache", _) if rest.ends_with(".pack") => {
                ("cache/pack".to_owned(), bytes.len(), String::new())
            }
            // Named by a keyed hash.
            ("cache", _) | ("state", "seen" | "sync") => {
                (format!("{folder}/{inner}").replace(char::is_numeric, ""), 0, String::new())
            }
            _ => (place, bytes.len(), String::from_utf8(bytes).unwrap()),
        };
        VisibleFile { place, size, text }
    });
    let mut all: Vec<_> = each.collect();
    all.sort();
    all
}

/// A new year, later than the disk's own clock: only of files that have been still for a
/// while is a pack made.
const NOW: &str = "2099-02-15T21:00:00+00:00";

const AFRAID: [Trigger; 2] = [
    ["", "reflect words --disagreement not-safe", "reflect words --disagreement yes"],
    [
        "feel sad --when 'you leave' --share say --at '5 days ago'",
        "feel --received not-safe",
        "feel --received heard",
    ],
];

/// Two homes with something of every kind in them, a day after the answer.
fn lived_in(trigger: Trigger, keys: &Home) -> [Home; 2] {
    let mut homes = two_homes(trigger, keys, NOW);
    for home in &mut homes {
        for days in 8..18 {
            home.keep(&format!("write 'page {days}' --at '{days} days ago'"));
        }
        home.keep("feel low --when 'it rains' --share say --at '4 days ago'");
        home.keep("guide 4 --next-step 'a walk' --at '15 days ago'");
        home.at("2099-02-16T21:00:00+00:00");
    }
    homes
}

/// Every verb, and command lines of it. `ID` is an entry made for the purpose.
const VERBS: &[(&str, &[&str])] = &[
    ("list", &["list", "list --json --last 3", "list --tags"]),
    ("show", &["show", "show ID --json", "show --random"]),
    ("search", &["search words"]),
    ("patterns", &["patterns", "patterns feel", "patterns reflect", "patterns --html page.html"]),
    ("export", &["export -o pages", "export --format json -o all.json", "export -o pages"]),
    ("import", &["import --from inward all.json", "import --from inward all.json --dry-run"]),
    ("edit", &["edit ID --page others", "edit ID --tag seen --at '3 days ago'"]),
    ("delete", &["delete ID --yes"]),
    ("resume", &["resume"]),
    ("due", &["due", "due --json", "due feel gratitude"]),
    ("routine", &["routine --list", "routine evening --list"]),
    ("remind", &["remind status"]),
    ("prompt", &["prompt"]),
    ("sync", &["sync init remote", "sync"]),
    ("unlock", &["unlock"]),
    ("lock", &["lock"]),
    ("key", &["key show", "key backup copy"]),
    ("init", &["init"]),
    ("config", &["config show", "config set partner Sam", "config set partner ''"]),
    ("doctor", &["doctor", "doctor --fix", "doctor --accept"]),
    ("practices", &["practices", "practices check"]),
    ("tour", &["tour"]),
    ("completions", &["completions bash -- inward ''", "completions bash -- inward show ''"]),
    ("man", &["man pages"]),
    ("help", &["help safety", "help support"]),
];

/// Bare `inward`, and what every practice keeps where nobody is asked.
const PRACTICES: &[&str] = &[
    "",
    "intent 'so be it' --if rain --then read",
    "reflect words --closeness 2 --at yesterday",
    "gratitude tea --share will-say",
    "gratitude --became said",
    "notice words --next-if rain --next-then read",
    "feel low --when 'it rains'",
    "feel --follow-up --received unsaid",
    "pause 3 --unsettled 2",
    "write 'a page' --afterwards heavier",
    "card",
    "card words",
    "assess words --withdrew 2",
    "needs rest --unmet rest",
    "grow words",
    "release words",
    "guide 1 words",
    "guide 4 --next-step rest",
    "guide --follow-up",
    "look",
    "look words",
];

/// Does it in both homes, which must look alike then.
fn alike([afraid, calm]: &[Home; 2], arguments: &str) {
    for home in [afraid, calm] {
        let id = if arguments.contains("ID") { home.keep("write gone") } else { String::new() };
        home.run(&arguments.replace("ID", &id)).outcome();
    }
    assert_alike([afraid, calm], arguments);
}

#[track_caller]
pub fn assert_alike(homes: [&Home; 2], deed: &str) {
    let [afraid, calm] = homes.map(visible);
    let only = |these: &[VisibleFile], others: &[VisibleFile]| {
        let count =
            |all: &[VisibleFile], file: &VisibleFile| all.iter().filter(|it| **it == *file).count();
        let more = |file: &&VisibleFile| count(these, file) != count(others, file);
        these.iter().filter(more).cloned().collect::<Vec<_>>()
    };
    let (afraid_only, calm_only) = (only(&afraid, &calm), only(&calm, &afraid));
    assert!(afraid == calm, "after {deed:?}: {afraid_only:#?} and {calm_only:#?}");
}

fn every_verb_leaves_alike(keys: &Home) {
    let verbs: Vec<&str> = VERBS.iter().map(|(verb, _)| *verb).collect();
    assert_eq!(verbs, inward::command::reserved(), "a verb has no command line here");
    for trigger in AFRAID {
        let homes = lived_in(trigger, keys);
        homes.iter().for_each(|home| drop(std::fs::create_dir(home.path().join("remote"))));
        assert_alike(homes.each_ref(), &format!("{trigger:?}"));
        let lines = VERBS.iter().flat_map(|(_, lines)| lines.iter());
        PRACTICES.iter().chain(lines).chain(PRACTICES).for_each(|line| alike(&homes, line));
    }
}

#[test]
fn unlocked_no_verb_leaves_anything_by_which_two_homes_differ() {
    every_verb_leaves_alike(&Home::ready());
}

#[test]
fn locked_no_verb_leaves_anything_by_which_two_homes_differ() {
    let keys = Home::locked(PASSPHRASE.1);
    every_verb_leaves_alike(&keys);
}

#[test]
fn what_waits_to_be_asked_back_about_waits_still_when_care_is_lifted() {
    let mut home = Home::ready();
    home.keep("feel lonely --when 'the phone stays on the table' --share say");
    home.keep("reflect words --disagreement not-safe");
    home.at("2026-11-27T20:00:00+00:00");
    let waits = |home: &Home| home.run("").ok().stdout.contains("feel --follow-up");
    let asks_back = |home: &Home| {
        let terminal = home.terminal("feel");
        terminal.asked("");
        terminal.shown().contains("How was it received?")
    };
    assert!(waits(&home) && !asks_back(&home));
    let lift = home.terminal("write");
    lift.asked("").press(Key::Esc).asked("Suggestions to share").choose(4);
    lift.asked("Should it keep leaving out").choose(2).asked("They're back").press(Key::Enter);
    lift.asked("").press(Key::Ctrl('c')).ends(130);
    home.at("2026-11-28T20:00:00+00:00");
    assert!(waits(&home) && asks_back(&home));
}

/// A session of each practice, of which one answer is given by the command line.
const SESSIONS: &[&str] = &[
    "routine some",
    "intent --ask words",
    "reflect --ask words",
    "gratitude --ask words",
    "notice --ask words",
    "feel --ask sad --when rain",
    "pause --ask --unsettled 2 --stillness 1 --unsettled-now 2",
    "write --ask words --afterwards heavier",
    "card --ask words",
    "needs --ask words",
    "grow --ask words",
    "release --ask words",
    "assess --ask words",
    "look --ask words",
    "guide 1 --ask words",
    "guide 2 --ask words",
    "guide 3 --ask words",
    "guide 4 --ask --next-step rest",
];

/// Two homes in which nothing waits to be asked back about: the same keys meet the same
/// questions.
fn at_peace() -> [Home; 2] {
    let homes = lived_in(AFRAID[0], &Home::ready());
    for home in &homes {
        home.config("[routines]\nsome = [\"card\", \"needs\", \"pause\"]\n");
        home.keep("gratitude --became said");
        home.keep("feel --received unsaid");
        home.keep("guide --follow-up --became did");
    }
    homes
}

/// Goes through it in both homes in the same way, which must look alike then.
fn alike_at_the_prompt(
    homes: &[Home; 2],
    arguments: &str,
    end: impl Fn(&crate::harness::Terminal),
) {
    for home in homes {
        let terminal = home.terminal(arguments);
        end(terminal.asked(""));
        terminal.end();
    }
    assert_alike(homes.each_ref(), arguments);
}

#[test]
fn no_session_leaves_anything_by_which_two_homes_differ() {
    let homes = at_peace();
    for session in SESSIONS {
        alike_at_the_prompt(&homes, session, |terminal| {
            terminal.press_until_the_end(Key::Enter);
        });
    }
}

#[test]
fn no_session_that_is_left_leaves_anything_by_which_two_homes_differ() {
    let homes = at_peace();
    for session in SESSIONS {
        alike_at_the_prompt(&homes, session, |terminal| {
            terminal.press(Key::Enter);
            terminal.wait_until("a prompt or the end", |_| {
                terminal.has_ended() || terminal.waits_for_a_key()
            });
            if !terminal.has_ended() {
                terminal.press(Key::Ctrl('c'));
            }
        });
    }
}

#[test]
fn no_draft_that_is_continued_leaves_anything_by_which_two_homes_differ() {
    let homes = at_peace();
    alike_at_the_prompt(&homes, "reflect", |terminal| {
        terminal.type_keys("half a thought").press(Key::Ctrl('c'));
    });
    alike_at_the_prompt(&homes, "resume", |terminal| {
        terminal.press_until_the_end(Key::Enter);
    });
    alike_at_the_prompt(&homes, "needs", |terminal| {
        terminal.type_keys("rest").press(Key::Ctrl('c'));
    });
    alike_at_the_prompt(&homes, "routine some", |terminal| {
        terminal.press_until_the_end(Key::Enter);
    });
}
