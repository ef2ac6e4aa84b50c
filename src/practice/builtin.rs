//! The built-in practices: one file and one line each.

macro_rules! practices {
    ($($name:literal),* $(,)?) => {
        /// Name and text, in the order in which help lists them.
        pub const BUILT_IN: &[(&str, &str)] =
            &[$(($name, include_str!(concat!("../../prompts/", $name, ".toml")))),*];
    };
}

practices! {
    "intent",
    "reflect",
    "gratitude",
    "notice",
    "feel",
    "needs",
    "pause",
    "write",
    "card",
    "assess",
    "grow",
    "look",
    "guide",
    "release",
}
