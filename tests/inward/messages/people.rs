//! What can be wrong with what people ask for, once each.

use std::io;

use inward::app::CommandError;
use inward::cli::UsageError;
use inward::command::ReminderError;
use inward::dates::DateError;
use inward::disk::DiskError;
use inward::error::{Error, Failure};
use inward::practice::{Mistake, PracticeError};
use inward::prompt::{AskError, EditorFault};
use inward::query::QueryError;
use inward::redact::RedactError;
use inward::render::TemplateError;
use inward::seal::{NotARecipient, SealError};

use super::{Failures, words};

fn a_full_disk() -> Box<Error> {
    let doing = "write to";
    let (path, source) = ("/home/ada/journal".into(), io::ErrorKind::StorageFull.into());
    Box::new(DiskError::Io { doing, path, source }.into())
}

pub fn practice_errors() -> Failures {
    vec![
        Box::new(PracticeError::Invalid {
            file: "/home/ada/.config/inward/prompts/walk.toml".into(),
            mistakes: vec![Mistake {
                line: 6,
                what: "There's no kind “txt”.".into(),
                fix: "Use text.".into(),
            }],
        }),
        Box::new(PracticeError::Unknown {
            given: "relfect".into(),
            known: words(&["intent", "reflect"]),
        }),
        Box::new(PracticeError::FileExists {
            name: "walk".into(),
            file: "/home/ada/.config/inward/prompts/walk.toml".into(),
        }),
        Box::new(PracticeError::BadName {
            what: "inward has a command “list” already.".into()
        }),
        Box::new(PracticeError::NoSuchPart { practice: "guide".into(), number: 5, count: 4 }),
        Box::new(PracticeError::UnknownQuestion {
            practice: "reflect".into(),
            given: "closenes".into(),
            known: words(&["closeness", "outcome"]),
        }),
        Box::new(PracticeError::UnknownQuestion {
            practice: "quiet".into(),
            given: "closeness".into(),
            known: Vec::new(),
        }),
        Box::new(PracticeError::BadAnswer {
            question: "outcome".into(),
            given: "notcied".into(),
            allowed: "one of forgot, noticed, did".into(),
            near: Some("noticed".into()),
        }),
        Box::new(PracticeError::AnswersOfTwoEntries { flag: "--received".into() }),
        Box::new(PracticeError::AnsweredTwice { question: "closeness".into() }),
        Box::new(PracticeError::NoAnswerLeft { id: "k3v9q2m8ab".into() }),
        Box::new(PracticeError::BadTag { given: "two words".into() }),
        Box::new(PracticeError::BadTag { given: "?!".into() }),
    ]
}

pub fn query_errors() -> Failures {
    vec![
        Box::new(QueryError::NothingMatched),
        Box::new(QueryError::NothingInThisCase { others: 1 }),
        Box::new(QueryError::NothingToFind),
        Box::new(QueryError::BadRegex {
            given: "door(".into(),
            why: "    door(\n        ^\nerror: unclosed group".into(),
        }),
        Box::new(QueryError::LargeRegex { given: "(a{999}){999}".into() }),
        Box::new(QueryError::BadCondition { given: "closeness".into() }),
        Box::new(QueryError::NoNumber { question: "connection".into(), allowed: "text".into() }),
        Box::new(QueryError::NobodyAsks {
            question: "closenes".into(),
            known: words(&["closeness", "outcome"]),
        }),
        Box::new(QueryError::NothingInThisCase { others: 3 }),
        Box::new(QueryError::NoEntries),
        Box::new(QueryError::NoneLeft),
        Box::new(QueryError::NoneHere { remembered: false }),
        Box::new(QueryError::NoneHere { remembered: true }),
    ]
}

pub fn date_errors() -> Failures {
    let day = "2026-11-20".parse().unwrap();
    vec![
        Box::new(DateError::Unreadable { given: "soon".into(), nearest: None }),
        Box::new(DateError::Unreadable {
            given: "yesterdya".into(),
            nearest: Some(("yesterday".into(), "Sunday 22 November 2026".into())),
        }),
        Box::new(DateError::Ambiguous {
            given: "03/04".into(),
            readings: ["3 April 2026".into(), "4 March 2026".into()],
        }),
        Box::new(DateError::AmbiguousZone {
            given: "Fri Nov 20 21:14:03 PST 2026".into(),
            zone: "PST".into(),
            example: "2026-11-20T21:14:03-08:00".into(),
        }),
        Box::new(DateError::NoSuchDay {
            given: "31 November".into(),
            nearest: "2026-11-30".parse().unwrap(),
        }),
        Box::new(DateError::OtherWeekday { given: "monday 2026-11-20".into(), day }),
        Box::new(DateError::ManyDays { given: "last week".into(), day }),
        Box::new(DateError::EarlyYear { given: "1 May 26".into(), year: 26 }),
        Box::new(DateError::UnreadableBaseline { given: "next".into(), nearest: None }),
        Box::new(DateError::UnreadableBaseline { given: "prev".into(), nearest: Some("previous") }),
        Box::new(DateError::OutsideYears { given: "+10000-01-01".into() }),
        Box::new(DateError::BackwardDays { first: day, last: "2026-11-10".parse().unwrap() }),
        Box::new(DateError::BaselineLeftOut { given: "may".into(), first: day, until: day }),
        Box::new(DateError::BaselineUnused { given: "may".into(), look: "recurs".into() }),
    ]
}

pub fn redact_errors() -> Failures {
    vec![
        Box::new(RedactError::BadName { given: "Sam".into() }),
        Box::new(RedactError::TwoAliases { name: "Sam".into() }),
    ]
}

pub fn template_errors() -> Failures {
    vec![Box::new(TemplateError::Mistake {
        file: "book.md".into(),
        line: 2,
        why: "undefined value".into(),
    })]
}

pub fn ask_errors() -> Failures {
    vec![
        Box::new(AskError::Terminal { why: "it said so".into() }),
        Box::new(AskError::NeedsTerminal {
            doing: "ask whether to delete",
            instead: "Add --yes to delete without being asked.".into(),
        }),
        Box::new(AskError::Editor { fault: EditorFault::NoneFound, file: None }),
        Box::new(AskError::Editor {
            fault: EditorFault::OpenQuote { setting: "'vi".into() },
            file: Some("/home/me/config.toml".into()),
        }),
        Box::new(AskError::Editor {
            fault: EditorFault::Failed { command: "vi".into(), why: "exit status: 1".into() },
            file: None,
        }),
        Box::new(AskError::PassphraseCommand {
            command: "pass show inward".into(),
            why: "exit status: 1".into(),
        }),
        Box::new(AskError::AnswersNotJson {
            source: "on standard input".into(),
            why: "line 1 column 15".into(),
        }),
        Box::new(AskError::PipedTextUnused),
        Box::new(AskError::AnswersNotAnObject { source: "on standard input".into() }),
    ]
}

pub fn command_errors() -> Failures {
    vec![
        Box::new(CommandError::NothingToResume),
        Box::new(CommandError::NothingToFollowUp { practice: "feel".into(), flag: None }),
        Box::new(CommandError::NothingToFollowUp {
            practice: "feel".into(),
            flag: Some("--received".into()),
        }),
        Box::new(CommandError::NothingSaid { example: "reflect \"a few words\"".into() }),
        Box::new(CommandError::UnknownTopic {
            given: "saftey".into(),
            topics: vec!["safety", "privacy"],
            near: Some("safety".into()),
        }),
        Box::new(CommandError::OnlyInHelp { topic: "keys" }),
        Box::new(CommandError::GivenTogether {
            argument: "--json".into(),
            other: "--format".into(),
        }),
        Box::new(CommandError::PracticeAsId { practice: "reflect".into() }),
        Box::new(CommandError::NothingYet),
        Box::new(CommandError::NothingToShow { practices: words(&["notice"]) }),
        Box::new(CommandError::NothingToShow { practices: words(&["intent", "reflect"]) }),
        Box::new(CommandError::NothingToShow { practices: words(&["feel", "notice", "reflect"]) }),
        Box::new(CommandError::NeverShown { practice: "release".into() }),
        Box::new(CommandError::NoTags),
        Box::new(CommandError::NothingCalled {
            given: "closenes".into(),
            known: words(&["reflect", "closeness"]),
        }),
        Box::new(CommandError::UnknownRoutine {
            given: "mornig".into(),
            known: words(&["morning", "evening"]),
        }),
        Box::new(CommandError::TwoVersions { id: "k3v9q2m8ab".into() }),
        Box::new(SealError::NotARecipient {
            source: "What you gave".into(),
            line: 1,
            why: NotARecipient::Unknown,
        }),
        Box::new(CommandError::CannotKeep {
            cause: Box::new(
                SealError::NotARecipient {
                    source: "/home/ada/.config/inward/recipients.txt".into(),
                    line: 2,
                    why: NotARecipient::Unknown,
                }
                .into(),
            ),
        }),
        Box::new(CommandError::EntryNotKept { has_draft: true, cause: a_full_disk() }),
        Box::new(CommandError::EntryNotKept { has_draft: false, cause: a_full_disk() }),
        Box::new(CommandError::EntryNotChanged {
            cause: Box::new(
                CommandError::CannotAttach {
                    path: "/home/ada/lake.jpg".into(),
                    why: "there's no such file",
                }
                .into(),
            ),
        }),
        Box::new(CommandError::PageNotKept {
            practice: "guide".into(),
            cause: Box::new(
                DiskError::NotAFolder { path: "/home/ada/journal/2026/11".into(), symlink: false }
                    .into(),
            ),
        }),
        Box::new(CommandError::CannotAttach {
            path: "/home/ada/lake.jpg".into(),
            why: "there's no such file",
        }),
        Box::new(CommandError::NotAttached { given: "lake.jpg".into(), ids: Vec::new() }),
        Box::new(CommandError::NotAttached {
            given: "lake.jpg".into(),
            ids: words(&["7m2c9xqa4t", "k3v9q2m8ab"]),
        }),
        Box::new(CommandError::NoPartner),
        Box::new(CommandError::NoPages { format: "json" }),
        Box::new(CommandError::SealedToTerminal),
        Box::new(CommandError::CopyInTheJournal { path: "/home/ada/journal".into() }),
        Box::new(CommandError::OutputOverOwnFiles {
            path: "/home/ada/.config/inward/p.html".into(),
        }),
        Box::new(CommandError::OutputInTheJournal { path: "/home/ada/journal/all.md".into() }),
        Box::new(CommandError::PageOfOtherExport { path: "vault/2026-11-23.md".into() }),
        Box::new(CommandError::CopyExists { path: "/home/ada/journal".into() }),
        Box::new(CommandError::BadKeyPage { path: "/home/ada/journal".into() }),
        Box::new(CommandError::NoBackup { path: "/media/stick".into() }),
        Box::new(CommandError::BackupIsJournal { path: "/home/ada/journal".into() }),
        Box::new(CommandError::SeveralBackups {
            path: "/media/stick".into(),
            copies: ["/media/stick/may".into(), "/media/stick/june".into()],
        }),
        Box::new(CommandError::KeyPageTooFull),
        Box::new(CommandError::NarrowWindow { columns: 74 }),
        Box::new(CommandError::UnknownTopic {
            given: "walk".into(),
            topics: Vec::new(),
            near: None,
        }),
    ]
}

pub fn usage_errors() -> Failures {
    let usage: Failures = vec![
        Box::new(UsageError::UnknownCommand {
            given: "relfect".into(),
            near: Some("reflect".into()),
        }),
        Box::new(UsageError::OtherName { given: "ls".into(), ours: "inward list".into() }),
        Box::new(UsageError::UnknownAction {
            command: "key".into(),
            given: "shwo".into(),
            near: Some("show".into()),
            known: words(&["show", "backup"]),
        }),
        Box::new(UsageError::UnknownFlag {
            command: "list".into(),
            given: "--jsno".into(),
            near: Some("--json".into()),
            takes_words: false,
        }),
        Box::new(UsageError::UnknownFlag {
            command: "write".into(),
            given: "--walk".into(),
            near: None,
            takes_words: true,
        }),
        Box::new(UsageError::UnknownFlag {
            command: "edit".into(),
            given: "--place".into(),
            near: None,
            takes_words: false,
        }),
        Box::new(UsageError::MissingFlag {
            command: "patterns".into(),
            flag: "--redact".into(),
            needs: words(&["--html", "--for-paper"]),
        }),
        Box::new(UsageError::NeedlessValue { flag: "--json".into() }),
        Box::new(UsageError::OtherName { given: "today".into(), ours: "inward".into() }),
        Box::new(UsageError::UnknownAction {
            command: "sync".into(),
            given: "push".into(),
            near: Some("inward sync".into()),
            known: words(&["init"]),
        }),
        Box::new(UsageError::FlagOfAnother {
            command: "key show".into(),
            given: "--leave".into(),
            takes: "key remove".into(),
        }),
        Box::new(UsageError::UnexpectedWord {
            command: "list".into(),
            given: "today".into(),
            meant: Some("inward list --on today".into()),
        }),
        Box::new(UsageError::MissingArgument {
            command: "completions".into(),
            argument: "SHELL".into(),
            allowed: words(&["bash", "zsh"]),
        }),
        Box::new(UsageError::MissingValue { flag: "--tag".into() }),
        Box::new(UsageError::BadValue {
            argument: "--last".into(),
            given: "none".into(),
            wanted: "a whole number of 1 or more".into(),
            near: None,
        }),
        Box::new(UsageError::FlagAsValue { flag: "--tag".into(), value: "--json".into() }),
        Box::new(UsageError::Conflict { argument: "--html".into(), other: "--json".into() }),
        Box::new(UsageError::GivenTwice { flag: "--tag".into() }),
        Box::new(UsageError::NoJson { command: "man".into() }),
        Box::new(UsageError::NotUtf8),
        Box::new(UsageError::Unreadable),
        Box::new(UsageError::UnexpectedWord {
            command: "list".into(),
            given: "words".into(),
            meant: None,
        }),
        Box::new(UsageError::UnknownCommand { given: "walk".into(), near: None }),
    ];
    usage.into_iter().chain(missing_arguments()).collect()
}

/// Each that has a question of its own, and one that has none.
fn missing_arguments() -> Failures {
    let missing: [(&str, &str, &[&str]); 9] = [
        ("delete", "ID", &[]),
        ("import", "PATH", &[]),
        ("import", "--from", &["jrnl", "dayone"]),
        ("practices show", "PRACTICE", &[]),
        ("key remove", "RECIPIENT", &[]),
        ("key add", "RECIPIENT|FILE", &[]),
        ("practices new", "NAME", &[]),
        ("config get", "SETTING", &[]),
        ("config set", "VALUE", &[]),
    ];
    let failure = |(command, argument, allowed): (&str, &str, &[&str])| {
        let (command, argument) = (command.to_owned(), argument.to_owned());
        let missing = UsageError::MissingArgument { command, argument, allowed: words(allowed) };
        Box::new(missing) as Box<dyn Failure>
    };
    missing.into_iter().map(failure).collect()
}

pub fn reminder_errors() -> Failures {
    vec![
        Box::new(ReminderError::OnlyToInstall { flag: "at" }),
        Box::new(ReminderError::OtherUnit { path: "quiet-minute.timer".into() }),
        Box::new(ReminderError::NoTimer { why: "it said so".into() }),
    ]
}
