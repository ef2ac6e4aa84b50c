//! Needs, grow and release at the prompt: their steps, what keeps coming, what became of
//! the next step, and the setting that one answer changes.

use std::process::Command;

use crate::harness::{BINARY, Home, Key, Terminal, one_line};

/// Skips until this is asked.
#[track_caller]
fn skip_to<'t>(terminal: &'t Terminal, question: &str) -> &'t Terminal {
    for _ in 0..20 {
        terminal.asked("");
        if terminal.shown().contains(&one_line(question)) {
            return terminal;
        }
        terminal.press(Key::Enter);
    }
    panic!("never asked: {question}\n{}", terminal.shown());
}

/// What was said in a session whose answers are kept as they are.
#[track_caller]
fn read_through(terminal: &Terminal) -> String {
    terminal.kept();
    one_line(&terminal.raw())
}

#[test]
fn needs_takes_five_steps_whatever_is_answered() {
    let home = Home::ready();
    let terminal = home.terminal("needs");
    terminal.asked("1 of 5 Which needs were met this month?");
    assert!(terminal.shown().contains("[ ] None of them"), "{}", terminal.shown());
    terminal.mark("rest").press(Key::Enter);
    // Its number stays in sight above the long list, which says that there is more of it.
    terminal.asked("2 of 5 Which needs weren't met?");
    assert!(terminal.screen().contents().contains("\nv [ ] "), "{}", terminal.screen().contents());
    terminal.mark("to be heard").press(Key::Enter);
    terminal.asked("What does that leave you with?");
    assert!(!terminal.shown().contains("3 of 5"), "it belongs to the second step");
    terminal.press(Key::Enter).asked("3 of 5 What's one boundary").press(Key::Enter);
    terminal.asked("4 of 5 When you need space").press(Key::Enter);
    terminal.asked("5 of 5 How easy was it to rely on your partner?").press(Key::Enter);
    terminal.asked("How easy was it to have your partner rely on you?").press(Key::Enter);
    let told = read_through(&terminal);
    assert!(told.contains("It's in words now. Nothing more is asked of you."), "{told}");
    let entry = home.run("show --json").ok().json()["entries"][0].clone();
    assert_eq!(entry["answers"][1]["labels"]["heard"], "to be heard");
}

#[test]
fn none_of_them_is_an_answer_and_asks_nothing_more() {
    let home = Home::ready();
    let terminal = home.terminal("needs --ask --met none --boundary 'no talks after eleven'");
    terminal.asked("1 of 3").press(Key::Space).press(Key::Enter);
    terminal.asked("What is it about?").choose(1);
    terminal.asked("Was it respected?").choose(4);
    // What only some answers lead to belongs to the step before it.
    assert!(!one_line(&terminal.shown()).contains("2 of 3 Was"), "{}", terminal.shown());
    terminal.asked("2 of 3 When you need space");
    skip_to(&terminal, "Keep it");
    let told = read_through(&terminal);
    assert!(!told.contains("What does that leave you with?"), "{told}");
    assert!(told.contains("You don't have to defend it tonight."), "{told}");
}

/// Months of `needs`, a line of flags each, the last at the prompt on 23 November.
#[track_caller]
fn needs_of_months(home: &Home, months: &[&str], now: &str) -> String {
    for (before, flags) in (1..=months.len()).rev().zip(months) {
        home.keep(&format!("needs {flags} --at '{} days ago'", before * 30));
    }
    let terminal = home.terminal(&format!("needs --ask --met rest {now}"));
    skip_to(&terminal, "Keep it");
    read_through(&terminal)
}

#[test]
fn what_is_marked_three_times_running_is_said_and_skipping_breaks_no_row() {
    let unmet = |months: &[&str], now: &str| {
        let home = Home::ready();
        for (before, flags) in (1..=months.len()).rev().zip(months) {
            home.keep(&format!("needs {flags} --at '{} days ago'", before * 30));
        }
        let terminal = home.terminal("needs --ask --met rest");
        terminal.asked("1 of 4").mark(now).press(Key::Enter);
        skip_to(&terminal, "Keep it");
        read_through(&terminal)
    };
    let words = "You marked “to be heard” unmet three times running.";
    let rows = ["--unmet heard,sleep", "--met rest", "--unmet heard"];
    assert!(unmet(&rows, "to be heard").contains(words));
    assert!(
        !unmet(&["--unmet heard", "--unmet sleep", "--unmet heard"], "to be heard")
            .contains("running")
    );

    let respected = |answers: [&str; 3], now: &str| {
        let months = answers.map(|answer| match answer {
            "" => "--boundary doors".to_owned(),
            answer => format!("--boundary doors --respected {answer}"),
        });
        let months: Vec<&str> = months.iter().map(String::as_str).collect();
        needs_of_months(&Home::ready(), &months, &format!("--boundary doors --respected {now}"))
    };
    let told = respected(["no", "", "no"], "no");
    assert!(told.contains("You marked “not respected” three times running."), "{told}");
    assert!(respected(["yes", "yes", "yes"], "yes").contains("“respected” four times running."));
    assert!(!respected(["no", "yes", "no"], "no").contains("running"));
}

#[test]
fn locked_nothing_is_said_to_run() {
    let home = Home::locked("echo a quiet river");
    let told = needs_of_months(&home, &["--unmet heard"; 3], "--unmet heard");
    assert!(!told.contains("running"), "{told}");
}

#[test]
fn at_guidance_and_only_there_esc_has_the_page_about_people_to_talk_to() {
    let home = Home::ready();
    let terminal = home.terminal("grow");
    terminal.asked("What did you do for yourself").press(Key::Esc).asked("Suggestions to share");
    assert!(!terminal.shown().contains("people to talk to"), "{}", terminal.shown());
    terminal.press(Key::Enter);
    skip_to(&terminal, "Have you thought of talking to someone trained");
    terminal.press(Key::Esc).asked("Read about people to talk to").choose(6);
    terminal.asked("You don't have to do this alone");
    skip_to(&terminal, "Have you thought of talking").choose(2);
    terminal.asked("What would you like to ask them?").press(Key::Enter);
    terminal.asked("What's one next step").press(Key::Ctrl('c')).ends(130);
}

#[test]
fn the_last_step_is_asked_about_at_the_next_opening_and_is_never_due() {
    let mut home = Home::ready();
    let step = home.keep("grow reading --next-step 'Call Ines.'");
    home.at("2026-12-21T21:00:00+00:00");
    assert!(!home.run("").ok().stdout.contains("--follow-up"));
    let terminal = home.terminal("grow");
    terminal.wait_for("On Monday 23 November 2026 your next step was: Call Ines.");
    terminal.asked("What became of it?").choose(6);
    terminal
        .asked("You know best when it's safe. Someone trained can help find a safer step.")
        .press(Key::Enter);
    terminal.asked("If it isn't safe, there's a page about that right here.").choose(1);
    terminal.asked("What did you do for yourself").press(Key::Ctrl('c')).ends(130);
    let kept = home.run("list --json --last 1").ok().json();
    assert_eq!(kept["entries"][0]["about"], step.as_str());
    let terminal = home.terminal("grow");
    terminal.asked("What did you do for yourself").press(Key::Ctrl('c')).ends(130);
}

#[test]
fn nothing_for_now_is_not_asked_about() {
    let mut home = Home::ready();
    home.keep("grow reading --next-step 'Nothing for now'");
    home.at("2026-12-21T21:00:00+00:00");
    let terminal = home.terminal("grow");
    terminal.asked("What did you do for yourself").press(Key::Ctrl('c')).ends(130);
}

#[test]
fn grow_asks_about_the_guides_step_too_and_of_two_about_the_newer() {
    let mut home = Home::ready();
    home.keep("guide 4 --next-step 'Sleep on it.' --at '40 days ago'");
    home.keep("grow reading --next-step 'Call Ines.' --at '20 days ago'");
    for (minute, step) in ["Call Ines.", "Sleep on it."].into_iter().enumerate() {
        home.at(&format!("2026-11-23T22:{minute:02}:00+00:00"));
        let terminal = home.terminal("grow");
        terminal.wait_for(&format!("your next step was: {step}"));
        terminal
            .asked("What became of it?")
            .choose(3)
            .asked("“Not yet” is an answer, too.")
            .press(Key::Enter);
        terminal.asked("What did you do for yourself").press(Key::Ctrl('c')).ends(130);
    }
    let kept = home.run("list --json --last 2").ok().json();
    let practices = [0, 1].map(|n| kept["entries"][n]["practice"].as_str().unwrap().to_owned());
    assert_eq!(practices, ["guide", "grow"]);
}

#[test]
fn nothing_of_release_is_ever_shown_together() {
    let home = Home::ready();
    for days in 1..8 {
        home.keep(&format!("release 'Love.' --contact some --chapter same --at '{days} days ago'"));
    }
    for arguments in ["patterns release", "patterns contact", "patterns"] {
        let told = home.run(arguments).outcome().stdout;
        assert!(!told.contains("Contact") && !told.contains("Love"), "{arguments}: {told}");
    }
}

/// The chapter, as the settings have it.
fn chapter(home: &Home) -> String {
    home.run("config get chapter").outcome().stdout.trim().to_owned()
}

#[test]
fn release_changes_the_chapter_only_where_it_is_asked_to() {
    let home = Home::ready();
    let terminal = home.terminal("release");
    terminal.asked("Am I holding on because of love, fear, or habit?").write("Habit.");
    skip_to(&terminal, "Would you like this journal's questions to change").choose(1);
    let told = read_through(&terminal);
    assert!(!told.contains("Done.") && told.contains("Nothing needs deciding today."), "{told}");
    assert!(!home.inward("config/config.toml").exists(), "nothing is set");

    let terminal = home.terminal("release --ask Habit.");
    skip_to(&terminal, "Would you like this journal's questions to change").choose(2);
    let told = read_through(&terminal);
    assert!(told.contains("Done. `inward release` can change it back."), "{told}");
    assert_eq!(chapter(&home), "apart");
    assert!(!terminal.scrolled_back().contains("Done."), "{}", terminal.scrolled_back());

    let terminal = home.terminal("release --ask Habit.");
    terminal.asked("What would going back ask of you?").press(Key::Ctrl('d'));
    terminal.asked("What does staying apart ask of you?").press(Key::Ctrl('d'));
    terminal.asked("Contact: how would you like it?").press(Key::Enter);
    skip_to(&terminal, "Would you like this journal's questions to change").choose(2);
    read_through(&terminal);
    assert_eq!(chapter(&home), "together");

    home.run("release Habit. --chapter apart").ok();
    assert_eq!(chapter(&home), "apart");
    home.run("release Habit. --chapter same").ok();
    assert_eq!(chapter(&home), "apart");
}

#[test]
fn while_care_is_on_release_does_not_ask_about_the_chapter() {
    let mut home = Home::ready();
    home.keep("reflect words --disagreement not-safe");
    home.at("2026-11-24T21:00:00+00:00");
    let terminal = home.terminal("release --ask Habit.");
    terminal.press_until_the_end(Key::Enter).ends(0);
    let told = one_line(&terminal.raw());
    assert!(told.contains("Who could stand by you?"), "{told}");
    assert!(!told.contains("questions to change"), "{told}");
    assert!(told.contains("Staying isn't failure") || told.contains("You have a right"), "{told}");
}

#[test]
fn above_the_third_question_stands_how_what_was_said_was_received() {
    let told = |received: &[&str]| {
        let home = Home::ready();
        for (day, answer) in (10..).zip(received) {
            home.keep(&format!("feel sad --share say --at '2026-11-{day} 20:00'"));
            let follow = format!("feel --follow-up --received {answer}");
            let later = format!("{follow} --at '2026-11-{} 20:00'", day + 5);
            home.keep(&later);
        }
        let terminal = home.terminal("release");
        terminal.asked("Am I holding on").write("Habit.");
        terminal.asked("Does this relationship").press(Key::Ctrl('d'));
        terminal.asked("Have my attempts to connect been respected?");
        let shown = terminal.shown();
        terminal.press(Key::Ctrl('c')).ends(130);
        shown
    };
    let many = told(&["heard", "partly", "ignored", "ignored", "ignored"]);
    let words = "Of the 5 things you said since 15 November, 1 was heard, 1 was partly heard and 3 were ignored. You marked “ignored” three times running.";
    assert!(many.contains(words), "{many}");
    let few = told(&["heard", "ignored"]);
    assert!(!few.contains("things you said") && !few.contains("running"), "{few}");
}

#[test]
fn a_follow_up_that_is_held_back_is_said_to_be_and_waits_as_it_did() {
    let mut home = Home::ready();
    home.keep("gratitude tea --share will-say --at '7 days ago'");
    home.keep("reflect words --disagreement not-safe");
    home.at("2026-11-24T21:00:00+00:00");
    let terminal = home.terminal("gratitude --follow-up");
    terminal.asked("Held back for now: what became of your gratitude.").press(Key::Enter).ends(0);
    assert!(home.run("").ok().stdout.contains("gratitude --follow-up"));
    // Whoever answers it all the same is not refused.
    home.keep("gratitude --follow-up --became said");
}

#[test]
fn with_json_an_answer_to_what_became_of_it_is_in_the_document() {
    let mut home = Home::ready();
    home.keep("gratitude tea --share will-say --at '7 days ago'");
    home.at("2026-11-24T21:00:00+00:00");
    let mut command = Command::new("sh");
    let line = format!("{BINARY} gratitude --json --ask >out.json");
    command.args(["-c", &line]).env_clear().envs(home.env()).current_dir(home.path());
    let terminal = Terminal::start(command, 24, 80);
    terminal.asked("What became of it?").choose(3);
    terminal.asked("Some things are good for one week.").press(Key::Enter);
    terminal.asked("Something you're glad of").answer("the lake");
    terminal.press_until_the_end(Key::Enter).ends(0);
    let text = std::fs::read_to_string(home.path().join("out.json")).unwrap();
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(json["kept"]["practice"], "gratitude");
    let followed = home.entry(json["followed_up"]["id"].as_str().unwrap());
    assert_eq!(followed["answers"][0]["value"], "faded");
}

#[test]
fn a_draft_of_another_form_is_continued_where_it_stopped() {
    let mut home = Home::ready();
    let terminal = home.terminal("reflect");
    terminal.asked("One moment of connection").answer("We laughed.");
    terminal.asked("How close did you feel").choose(3).asked("Enough for now").choose(1);
    terminal.asked("What did you see in yourself").press(Key::Enter);
    terminal.asked("Was there a disagreement?").choose(3);
    terminal.asked("Thank you for saying so.").press(Key::Ctrl('c')).ends(130);
    home.at("2026-11-23T22:00:00+00:00");
    let terminal = home.terminal("resume");
    terminal.asked("Continue it").press(Key::Enter);
    terminal.asked("What would you like to set down");
    assert!(!terminal.raw().contains("How at ease"), "{}", terminal.shown());
}
