//! The guide's four sessions: what is kept, what is quoted, what turns care on, and the page.

use crate::harness::{BINARY, Home, Key, Terminal, assert_plays, one_line};

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
  mostly met         rest · laughter
  mostly not met     to be heard · touch · time alone

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
    terminal.asked("Your page is ready: your own words, chosen from your four sessions.");
    terminal.press(Key::Enter).asked("The loop");
    terminal.press_until_the_end(Key::Enter);
    assert!(one_line(&terminal.raw()).contains("To print it: `inward export "));
    assert!(!terminal.scrolled_back().contains("Ines"));
    assert_eq!(shown_page(&home), PAGE);
    let page = home.run("show --json").ok().json()["entries"][0].clone();
    let session = home.run("list --json --last 2").ok().json()["entries"][1].clone();
    assert_eq!(page["about"], session["id"], "it follows session 4");
    // It asks nothing about that session, so that nobody is told it does.
    for verb in ["list", "show --last 2", "export", "export --format html"] {
        let shown = home.run(verb).ok().stdout;
        assert!(!shown.to_lowercase().contains("follow"), "{verb}: {shown}");
    }
    home.run("edit --became did").exits(2);
    let exported = home.run("export --format markdown").ok().stdout;
    for words in ["What I need: mostly not met", "Talk to someone trained", "3 to 28 November 2026"]
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
fn a_page_is_named_beside_its_session_and_where_it_is_not_kept_that_is_said() {
    let home = three_sessions();
    let mut command = std::process::Command::new("sh");
    command.args(["-c", &format!("{BINARY} guide 4 --ask --stand-with Ines >ids.txt")]);
    command.env_clear().envs(home.env()).current_dir(home.path());
    Terminal::start(command, 24, 80).press_until_the_end(Key::Enter).ends(0);
    let ids = std::fs::read_to_string(home.path().join("ids.txt")).unwrap();
    let kept = home.run("list --json --last 2").ok().json()["entries"].clone();
    let kept = [1, 0].map(|at| kept[at]["id"].as_str().unwrap().to_owned());
    assert_eq!(ids.lines().collect::<Vec<_>>(), kept);

    let home = three_sessions();
    let terminal = last_session(&home);
    terminal.asked("Your page is ready");
    let month = home.journal().join("2026/11");
    std::fs::rename(&month, home.path().join("elsewhere")).unwrap();
    std::fs::write(&month, "no folder").unwrap();
    terminal.choose(1).press_until_the_end(Key::Enter).ends(5);
    let told = one_line(&terminal.scrolled_back());
    assert!(told.contains("Kept: ") && told.contains("Your page wasn't kept,"), "{told}");
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
    terminal.asked("Earlier today you wrote:");
    assert!(terminal.shown().contains("you wrote: I go quiet."), "{}", terminal.shown());
    terminal.press(Key::Ctrl('c')).ends(130);
    home.run("guide 5 words").exits(2).says("`guide` has no part 5.\nGive a number from 1 to 4.\n");
}

#[test]
fn a_number_marks_its_part_in_the_menu() {
    let home = Home::ready();
    home.keep("guide 1 --move quiet");
    let terminal = home.terminal("guide");
    terminal.asked("❯ 2  Needs and boundaries").type_keys("4");
    terminal.asked("❯ 4  What stays true of you").press(Key::Enter);
    terminal.asked("What stays true of you").press(Key::Ctrl('c')).ends(130);
}

#[test]
fn a_locked_journal_says_that_its_menu_knows_no_part() {
    let home = Home::locked("echo a quiet river");
    home.keep("guide 1 --move quiet");
    let terminal = home.terminal("guide");
    terminal.asked("Earlier entries are locked.").press(Key::Enter);
    terminal.asked("The journal is locked, so this list can't show what you've kept.");
    terminal.press(Key::Ctrl('c')).ends(130);
}

#[test]
fn apart_a_flag_keeps_what_its_question_shows() {
    let home = Home::ready();
    home.run("config set chapter apart").ok();
    let id = home.keep("guide 1 --trigger serious --move quiet --their-move ask-on");
    let shown = home.run(&format!("show {id}")).ok().stdout;
    let sentence =
        "When one of us started a serious talk, I went quiet, and you, as I see it, kept asking.";
    assert!(one_line(&shown).contains(sentence), "{shown}");
    let id = home.keep("guide 1 --move 'shut down' --story worse --their-move 'shut me out'");
    let shown = home.run(&format!("show {id}")).ok().stdout;
    assert!(one_line(&shown).contains("I shut down and told myself"), "{shown}");
}

#[test]
fn locked_the_last_session_says_what_puts_the_page_together() {
    let home = Home::locked("echo a quiet river");
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
    terminal.asked("Enter continues").press(Key::Enter);
    terminal.asked("When …").choose(5);
    terminal.asked("… I …").choose(2);
    terminal.asked("… and tell myself, or know, …").choose(11);
    terminal.asked(THANKS).choose(1);
    terminal.asked("It looks after …");
    let so_far = "When plans change, I leave the room, because it isn't safe to do anything else";
    assert!(one_line(&terminal.shown()).contains(so_far), "{}", terminal.shown());
    terminal.press(Key::Space).press(Key::Enter);
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
    for verb in ["show", "export", "export --format html", "export --format csv"] {
        let shown = home.run(verb).ok().stdout;
        assert!(shown.contains("What happens, and what I do"), "{verb}: {shown}");
        assert!(!shown.contains("The loop between you"), "{verb}: {shown}");
    }
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
fn a_slip_onto_the_last_line_is_taken_back_and_answers_from_before_stand_in_their_words() {
    let home = Home::ready();
    let terminal = home.terminal("guide 1");
    terminal.asked("Enter continues").press(Key::Enter);
    terminal.asked("When …").choose(1);
    terminal.asked("… I …").choose(1);
    terminal.asked("… and tell myself, or know, …").choose(11);
    terminal.asked(THANKS).choose(1);
    let back = || {
        terminal.press(Key::Esc).asked("Back to the question before").choose(1);
    };
    terminal.asked("It looks after …");
    back();
    terminal.asked("… and tell myself, or know, …");
    back();
    terminal.asked("… I …");
    back();
    // An option that care doesn't have.
    terminal.asked("When …").press(Key::Enter);
    terminal.asked("› one of us starts a serious talk").press(Key::Enter);
    terminal.asked("… I …").press(Key::Enter);
    terminal.asked("… and tell myself, or know, …");
    for _ in 0..10 {
        terminal.press(Key::Up);
    }
    terminal.press(Key::Enter);
    terminal.asked("… and you, as I see it, …").choose(1);
    terminal.asked("… and it ends …").press(Key::Enter);
    terminal.asked("Your loop, in one sentence.");
    let sentence = "When one of us starts a serious talk, I go quiet and tell myself “I'll only make it worse”, and you, as I see it, go quiet, too.";
    assert!(one_line(&terminal.shown()).contains(sentence), "{}", terminal.shown());
    terminal.press(Key::Enter).asked("Early on, I learned …").press_until_the_end(Key::Enter);
    assert!(!one_line(&terminal.raw()).contains("You can read about safety again at any time"));
}

#[test]
fn a_sentence_that_is_reworded_stands_once_in_its_review_and_esc_opens_the_menu_there() {
    let home = Home::ready();
    let terminal = home.terminal("guide 1 --ask --trigger plans --story worse --their-move ask-on");
    terminal.asked("… I …").choose(1);
    terminal.asked("… and it ends …").choose(1);
    // The menu is there as well, and comes back.
    terminal.asked("Reword it by hand").press(Key::Esc);
    terminal.asked("Safety").press(Key::Enter);
    terminal.asked("Reword it by hand").choose(2);
    terminal.asked("with us in separate rooms.").type_keys(" Always.").press(Key::Enter);
    terminal.asked("Reword it by hand");
    let shown = one_line(&terminal.shown());
    assert_eq!(shown.matches("in separate rooms.").count(), 1, "{shown}");
    assert!(shown.contains("rooms. Always."), "{shown}");
    // Back leaves the words as they are by then.
    terminal.choose(2);
    terminal.asked("Always.").type_keys(" Or nearly.").press(Key::Esc);
    terminal.asked("Back to the previous page").choose(1);
    terminal.asked("Reword it by hand");
    let shown = one_line(&terminal.shown());
    assert!(shown.contains("rooms. Always. Or nearly."), "{shown}");
    terminal.press(Key::Ctrl('c')).ends(130);
}

#[test]
fn what_may_tell_of_fear_stands_as_answered_where_all_answers_stand() {
    let home = Home::ready();
    let flags = "--story worse --their-move ask-on --ending rooms --early little";
    let terminal = home.terminal(&format!("guide 1 --ask --trigger plans --move quiet {flags}"));
    terminal.asked("I'm protecting …").press(Key::Enter).asked("Keep it");
    let shown = one_line(&terminal.shown());
    assert!(shown.contains("… and tell myself, or know, … (answered, not shown)"), "{shown}");
    // What goes onto the page stands above its pieces, without what they hide.
    let sentence = "When plans change, I go quiet, and you, as I see it, keep asking";
    assert!(shown.contains(sentence), "{shown}");
    assert!(shown.find(sentence) < shown.find("… and tell myself, or know, …"), "{shown}");
    assert!(!shown.contains("only make it worse"), "{shown}");
    terminal.press(Key::Ctrl('c')).ends(130);
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
    let quotes = "From your own entries, to add to or to leave as they are: 20 November, was it respected? No. “No talks after eleven.” 18 November, one moment of connection: “He waited up for me.”";
    assert!(shown.contains(quotes), "{shown}");
    terminal.press(Key::Ctrl('d'));
    terminal.asked("support my growth and well-being?").answer("No.");
    terminal.asked("attempts to connect been respected?").answer("No.");
    terminal.asked("Staying: what would have to be there?").press(Key::Ctrl('d'));
    terminal.asked("Leaving: what would have to be there?").press(Key::Ctrl('d'));
    terminal.asked("Keep it").press(Key::Enter);
    terminal.asked("Where you're safe, both paths honour your truth");
    terminal.press_until_the_end(Key::Enter);
}
