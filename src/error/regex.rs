//! What is wrong with a regular expression.

/// In plain words; where it stands is said beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RegexFault {
    /// A bracket that is opened and never closed.
    Unclosed(char),
    NothingToClose,
    NothingToRepeat,
    Count,
    Class,
    Escape,
    Flag,
    GroupName,
    LookAround,
    BackReference,
    /// It would take more memory than a search may.
    TooLarge,
    Other,
}

impl RegexFault {
    pub fn words(self) -> String {
        match self {
            RegexFault::Unclosed(bracket) => format!("{bracket} is not closed"),
            RegexFault::NothingToClose => ") closes nothing".into(),
            RegexFault::NothingToRepeat => "there is nothing to repeat".into(),
            RegexFault::Count => "{ } wants one number, or a smaller and a larger".into(),
            RegexFault::Class => "[ ] holds no such range or class".into(),
            RegexFault::Escape => "\\ stands before something that it does not go with".into(),
            RegexFault::Flag => "(? is followed by something unknown".into(),
            RegexFault::GroupName => "a group is named twice, or not by a word".into(),
            RegexFault::LookAround => "looking ahead and behind is not known here".into(),
            RegexFault::BackReference => "\\1 and its like are not known here".into(),
            RegexFault::TooLarge => "it asks for too much memory".into(),
            RegexFault::Other => "it cannot be read".into(),
        }
    }
}
