//! What is wrong with what was given: the command line, a file, the settings.

use super::{Error, Exit, RegexFault, Sentence, meant, say};

impl Error {
    pub(super) fn wrong_input(&self) -> Option<Sentence> {
        let (fact, remedy) = match self {
            Error::BadAnswer { question, given, allowed } => (
                format!("“{given}” does not answer `{question}`."),
                format!("Give {allowed}."),
            ),
            Error::UnknownQuestion { practice, given, known } => (
                format!("`{practice}` has no question `{given}`."),
                format!("Its questions are {}.", known.join(", ")),
            ),
            Error::UnknownPractice { given, known } => (
                format!("There is no practice “{given}”."),
                meant(given, known, &format!("There are {}.", known.join(", "))),
            ),
            Error::UnknownCommand { given, near } => (
                format!("There is no command or practice “{given}”."),
                meant(given, near.as_slice(), "`inward --help` lists them."),
            ),
            Error::UnknownFlag { given, near } => (
                format!("“{given}” cannot be given here."),
                meant(given, near.as_slice(), "Add --help to see what can; words that begin with a hyphen go behind --."),
            ),
            Error::MissingArgument { wanted } => (
                format!("{} is missing.", wanted.as_deref().unwrap_or("Something")),
                "Add --help to see what is wanted.".into(),
            ),
            Error::UnknownTopic { given, known } => (
                format!("There is no help on “{given}”."),
                match known.as_slice() {
                    [] => "`inward help` lists the commands.".into(),
                    known => format!("Topics are {}; `inward help` lists the commands.", known.join(", ")),
                },
            ),
            Error::AnswersNotJson { source, why } => (
                format!("The answers in {source} are not JSON ({why})."),
                r#"Give one object, such as {"closeness": 3}."#.into(),
            ),
            Error::NoSuchFile { path } => (
                format!("There is no file {}.", path.display()),
                "Check the path; - reads standard input.".into(),
            ),
            Error::AnswersNotAnObject { source } => (
                format!("The answers in {source} are not a JSON object."),
                r#"Give one object, such as {"closeness": 3}."#.into(),
            ),
            Error::AnsweredTwice { question } => (
                format!("`{question}` is answered twice."),
                "Answer it once: in words, by its flag, or in --answers.".into(),
            ),
            Error::NothingSaid { practice } => (
                "There was nothing to keep.".into(),
                format!("Say something, as in: inward {practice} \"a few words\", or run it on a terminal to be asked."),
            ),
            Error::BadWhen { given } => (
                format!("{given} lies outside the years 1 to 9999."),
                "Give a day in one of those years.".into(),
            ),
            Error::BackwardDays { first, last } => (
                format!("{first} comes after {last}, so there is no day between them."),
                "Give the earlier day first: --from EARLIER --to LATER, or EARLIER..LATER.".into(),
            ),
            Error::BadRegex { given, fault: RegexFault::TooLarge, .. } => (
                format!("“{given}” asks for more memory than a search may take."),
                "Make it shorter, or repeat less in it.".into(),
            ),
            Error::BadRegex { given, at, fault } => (
                match at {
                    Some(at) => format!("“{given}” is not a regular expression: at sign {at}, {}.", fault.words()),
                    None => format!("“{given}” is not a regular expression: {}.", fault.words()),
                },
                "Mend it, put \\ before a sign that stands for itself, or search without --regex.".into(),
            ),
            Error::BadWhere { given } => (
                format!("“{given}” does not say which answers."),
                "Write a question, one of = != >= <= > <, and an answer, such as \"closeness>=3\" or outcome=forgot; the four that compare want a number.".into(),
            ),
            Error::NobodyAsks { question, known } => (
                format!("No practice asks a question `{question}`."),
                meant(question, known, "`inward practices show PRACTICE` lists the questions of a practice."),
            ),
            Error::NothingCalled { given, known } => (
                format!("There is no practice and no question “{given}”."),
                meant(given, known, "`inward practices` lists the practices, `inward practices show PRACTICE` its questions."),
            ),
            Error::BadTag { given } => (
                format!("“{given}” cannot be a tag."),
                "A tag is one word of letters, digits, - or _.".into(),
            ),
            Error::NotUtf8 { source, byte } => (
                format!("The text from {source} is not valid UTF-8 at byte {byte}."),
                "Convert it first, for example with iconv -t UTF-8. Nothing was kept.".into(),
            ),
            Error::TooLong { source, limit_mib } => (
                format!("The text from {source} is longer than {limit_mib} MiB."),
                "Keep it in several entries. Nothing was kept.".into(),
            ),
            Error::AmbiguousId { given, candidates } => (
                format!("“{given}” begins the ids of {} entries: {}.", candidates.len(), some_of(candidates)),
                "Give one more symbol of the id.".into(),
            ),
            Error::FileExists { path } => (
                format!("{} already exists.", path.display()),
                "Choose another name, or add --force to replace it.".into(),
            ),
            Error::NotAPlainFile { path } => (
                format!("{} is a link or a special file, and was left as it is.", path.display()),
                "Name the file itself, or put a plain file in its place.".into(),
            ),
            Error::BadRedaction { given } => (
                format!("“{given}” does not say which name to replace."),
                "Write --redact NAME=ALIAS, as in --redact Sam=P.".into(),
            ),
            Error::NoPartner => (
                "No partner's name is set.".into(),
                "Set partner in config.toml, or write --redact NAME=ALIAS.".into(),
            ),
            Error::BadTemplate { file, line, why } => (
                format!("The template {file} has a mistake on line {line}: {why}."),
                "`inward export --help` names what a template can use. Nothing was exported.".into(),
            ),
            Error::SealedToTerminal => (
                "What is sealed is not text, and a terminal cannot show it.".into(),
                "Add -o FILE, or send it through a pipe.".into(),
            ),
            Error::NoSuchSource { path } => (
                format!("There is nothing at {}.", path.display()),
                "Check the path.".into(),
            ),
            Error::NothingToImport { source, wanted } => (
                format!("Nothing there is an entry of {source}."),
                format!("Name {wanted}. Nothing was kept."),
            ),
            Error::BrokenPractice { file, mistakes } => {
                let lines = mistakes.iter().map(|m| {
                    format!("\n  line {}: {} {}", m.line, m.what, m.mend)
                });
                (
                    format!("The practice file {} cannot be used:{}", file.display(), lines.collect::<String>()),
                    "Mend these lines; every other command works meanwhile.".into(),
                )
            }
            Error::Setting { file, line, fault } => fault.sentence(file, *line),
            Error::OnlyToInstall { flag } => (
                format!("--{flag} says how a reminder is to be, and none was being set up."),
                format!("`inward remind install --{flag} …` sets it up, over one that is there; --print shows it."),
            ),
            Error::BadRoutine { name, given, known } => (
                format!("The routine `{name}` names “{given}”, which is no practice that can be asked."),
                format!("`inward config edit` opens the settings. Practices are {}.", known.join(", ")),
            ),
            Error::UnknownRoutine { given, known } => (
                format!("There is no routine “{given}”."),
                format!("There are {}; [routines] in config.toml makes your own.", known.join(", ")),
            ),
            Error::TwoVersions { id } => (
                format!("The entry {id} was edited on two devices apart, and both versions stand."),
                format!("Run `inward edit {id}` on a terminal to choose one, or add --settle to let the newest stand."),
            ),
            Error::BadEnvironment { name, given, wanted } => (
                format!("{name} is “{given}”."),
                format!("Set it to {wanted}, or unset it."),
            ),
            Error::NeedsTerminal { doing, instead } => (
                format!("There is no terminal here to {doing}."),
                instead.clone(),
            ),
            Error::KeyExists { path } => (
                format!("There is a key already: {}.", path.display()),
                "It was left as it is. A journal has one; use another folder with INWARD_HOME for a second journal.".into(),
            ),
            Error::EmptyPassphrase => (
                "The passphrase is empty.".into(),
                "Choose one, or run `inward init --no-passphrase` to do without.".into(),
            ),
            Error::NoRecipients { path } => (
                format!("{} names no recipient, so there is nobody to seal an entry to.", path.display()),
                "Put your age recipient (age1…) on a line of its own there; `age-keygen -y` prints it from an identity file.".into(),
            ),
            Error::NoHome => (
                "I cannot tell where your files belong: there is no home folder.".into(),
                "Set INWARD_HOME to a folder of your own.".into(),
            ),
            _ => return None,
        };
        Some(say(Exit::WrongInput, fact, remedy))
    }
}

/// The first few of a list that may be long.
fn some_of(words: &[String]) -> String {
    let some = words.iter().take(8).cloned().collect::<Vec<_>>().join(", ");
    if words.len() > 8 { some + " …" } else { some }
}
