//! The guide's four sessions: what is kept, what is quoted, what turns care on, and the page.

use crate::harness::{Home, Key, Terminal, assert_plays, one_line};

const THANKS: &str = "Thank you for saying so. Being frightened is not your fault.";

#[test]
fn every_line_that_someone_reads_in_half_a_year_with_the_guide_is_as_it_was_read() {
    assert_plays("half_year.txt");
}

/// Three sessions of November, and the needs with their marks.
fn three_sessions() -> Home {
    let mut home = Home::ready();
    home.at("2026-11-28T21:00:00+00:00");
    home.keep(
        "guide 1 --trigger plans --move quiet --story worse --their-move ask-on --ending rooms \
         --protects calm,stay --at '2026-11-03 20:00'",
    );
    home.keep(
        "guide 2 --needs rest,laughter,heard,touch,time-alone --needs-met rest,laughter \
         --needs-unmet heard,touch,time-alone --boundary-do leave --boundary-when loud \
         --boundary-then walk --at '2026-11-15 20:00'",
    );
    home.keep(
        "guide 3 --staying 'An hour a week.' --leaving 'A smaller flat.' --at '2026-11-22 20:00'",
    );
    home
}

const LAST: &str = "guide 4 --ask --choice help --next-step \"Ask Ines who she'd go to.\" \
                    --stand-with 'Ines, and my brother'";

/// Through the last session to what follows it.
fn last_session(home: &Home) -> Terminal {
    let terminal = home.terminal(LAST);
    if home.inward("config/identity.age").exists() {
        terminal.asked("Not now").press(Key::Enter);
    }
    terminal.asked("One minute of stillness first.").press(Key::Enter);
    terminal.asked("Write to yourself").press(Key::Ctrl('d'));
    terminal.asked("What does calm look like").press(Key::Enter);
    terminal.asked("Keep it").press(Key::Enter);
    terminal.asked("This was for clarity, and for trust in yourself").press(Key::Enter);
    terminal
}

const PAGE: &str = "\
Your page                                                       28 November 2026

The loop
  When plans change, I go quiet and tell myself “I'll only make it worse”, and
  you, as I see it, keep asking, and it ends with us in separate rooms.
  I'm protecting my calm and the hope that you'll stay.

What I need
  met, mostly        rest · laughter
  not met, mostly    to be heard · touch · time alone

My boundary
  I leave the room when voices get loud, and if it is crossed I go for a walk.

My choice for the next month
  Talk to someone trained

The next step
  Ask Ines who she'd go to.

Who stands with me
  Ines, and my brother

In my own words, 3 to 28 November 2026
";

/// What `show` says below the entry's own lines.
fn shown_page(home: &Home) -> String {
    let shown = home.run("show").ok().stdout;
    shown[shown.find("Your page").unwrap_or(0)..].to_owned()
}

#[test]
fn the_page_is_made_of_all_four_sessions_and_kept_to_the_letter() {
    let home = three_sessions();
    let terminal = last_session(&home);
    terminal.asked("Your page is ready: your own words, from all four sessions.");
    terminal.press(Key::Enter).asked("The loop");
    terminal.press_until_the_end(Key::Enter);
    assert!(one_line(&terminal.raw()).contains("To print it, export it."));
    assert!(!terminal.scrolled_back().contains("Ines"));
    assert_eq!(shown_page(&home), PAGE);
    let page = home.run("show --json").ok().json()["entries"][0].clone();
    let session = home.run("list --json --last 2").ok().json()["entries"][1].clone();
    assert_eq!(page["about"], session["id"], "it follows session 4");
    let exported = home.run("export --format markdown").ok().stdout;
    for words in
        ["What I need: not met, mostly", "Talk to someone trained", "3 to 28 November 2026"]
    {
        assert!(exported.contains(words), "{words}: {exported}");
    }
    // Read back from there, it is a page again.
    let other = Home::ready();
    let file = other.write("journal.md", &exported);
    other.run(&format!("import --from markdown {}", file.display())).ok();
    let read = other.run("show --practice guide --on 2026-11-28").ok().stdout;
    assert!(read.contains(&PAGE[PAGE.find("What I need").unwrap()..]), "{read}");
    // The two paths were for the writer alone.
    let page = serde_json::to_string(&page).unwrap();
    assert!(!page.contains("smaller flat") && !page.contains("hour a week"), "{page}");
}

#[test]
fn a_page_that_is_not_shown_is_kept_and_stands_in_the_menu() {
    let home = three_sessions();
    let terminal = last_session(&home);
    terminal.asked("Keep it without showing it").choose(1);
    terminal.ends(0);
    assert!(!terminal.raw().contains("Who stands with me"));
    assert_eq!(shown_page(&home), PAGE);
    let count = home.listed("").len();
    let terminal = home.terminal("guide");
    let menu = "1  The loop between you kept 3 November 2  Needs and boundaries kept 15 November";
    terminal.asked("Your page");
    assert!(one_line(&terminal.shown()).contains(&one_line(menu)), "{}", terminal.shown());
    terminal.press(Key::Enter).asked("The loop");
    terminal.press_until_the_end(Key::Enter);
    assert!(terminal.raw().contains("Who stands with me"));
    assert!(!terminal.raw().contains("Nothing written"), "it was looked at");
    assert_eq!(home.listed("").len(), count, "and not kept again");
}

#[test]
fn the_first_part_that_is_not_kept_is_chosen_in_the_menu() {
    let home = Home::ready();
    home.keep("guide 1 --move quiet");
    let terminal = home.terminal("guide");
    terminal.asked("❯ 2  Needs and boundaries").press(Key::Enter);
    terminal.asked("On 23 November you wrote:");
    assert!(terminal.shown().contains("you wrote: I go quiet."), "{}", terminal.shown());
    terminal.press(Key::Ctrl('c')).ends(130);
    home.run("guide 5 words").exits(2).says("`guide` has no part 5.\nGive a number from 1 to 4.\n");
}

#[test]
fn locked_the_last_session_says_what_puts_the_page_together() {
    let home = Home::new();
    home.run("init").env("INWARD_PASSPHRASE_COMMAND", "echo a quiet river").ok();
    home.keep("guide 1 --move quiet");
    let terminal = last_session(&home);
    terminal.asked("Your page is made from all four sessions, and they're locked.");
    terminal.press_until_the_end(Key::Enter);
    assert!(!terminal.raw().contains("Your page is ready"));
    assert!(!terminal.raw().contains("I go quiet"), "nothing is quoted");
}

#[test]
fn whoever_says_it_is_not_safe_is_told_nothing_as_a_thing_of_two() {
    let home = Home::ready();
    let terminal = home.terminal("guide 1");
    terminal.asked("When …").choose(5);
    terminal.asked("… I …").choose(2);
    terminal.asked("… and tell myself …").choose(11);
    terminal.asked(THANKS).choose(1);
    terminal.asked("It looks after …").press(Key::Space).press(Key::Enter);
    let sentence = "When plans change, I leave the room, because it isn't safe to do anything else. It looks after my safety.";
    terminal.asked("What you do, in one sentence. Change any word.");
    assert!(one_line(&terminal.shown()).contains(sentence), "{}", terminal.shown());
    terminal.press(Key::Enter);
    terminal.asked("What helps you afterwards?").answer("A door I can close");
    terminal.press_until_the_end(Key::Enter);
    let met = one_line(&terminal.raw());
    for words in
        ["as I see it", "and it ends", "Early on, I learned", "love less", "Start in the middle"]
    {
        assert!(!met.contains(words), "{words}");
    }
    assert!(met.contains("and it's for you.") || met.contains("for as long as you like."));
    home.keep("guide 4 --stand-with Ines");
    let terminal = home.terminal("guide");
    terminal.asked("1  What happens, and what I do");
    // The second session, the first that isn't kept, is marked.
    terminal.asked("Your page").choose(3);
    terminal.asked("What I do");
    terminal.press_until_the_end(Key::Enter);
    let page = shown_page(&home);
    assert!(page.contains("\nWhat I do\n  When plans change, I leave the room"), "{page}");
    assert!(page.contains("  What helps afterwards: A door I can close\n"), "{page}");
    assert!(!page.contains("The loop") && !page.contains("I'm protecting"), "{page}");
    assert!(one_line(&terminal.raw()).contains("An export would be plain text."));
}

#[test]
fn both_paths_are_asked_whatever_was_answered_and_quotes_name_their_question() {
    let home = Home::ready();
    home.keep("reflect 'He waited up for me.' --at '5 days ago'");
    home.keep("reflect 'None today' --at '4 days ago'");
    home.keep("needs --boundary 'No talks after eleven.' --respected no --at '3 days ago'");
    let terminal = home
        .terminal("guide 3 --ask --hold-love none --hold-fear none --hold-habit all --hope rest");
    terminal.asked("What I have seen");
    let shown = one_line(&terminal.shown());
    let quotes = "From your own entries: 20 November, was it respected? No. “No talks after eleven.” 18 November, one moment of connection: “He waited up for me.”";
    assert!(shown.contains(quotes), "{shown}");
    terminal.press(Key::Ctrl('d'));
    terminal.asked("support my growth and well-being?").answer("No.");
    terminal.asked("attempts to connect been respected?").answer("No.");
    terminal.asked("Staying: what would have to be there?").press(Key::Ctrl('d'));
    terminal.asked("Leaving: what would it ask of you").press(Key::Ctrl('d'));
    terminal.asked("Keep it").press(Key::Enter);
    terminal.asked("Both paths honour your truth and your capacity to love.");
    terminal.press_until_the_end(Key::Enter);
}
