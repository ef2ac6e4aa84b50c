//! The writer's chapter of life: together with a partner, or apart.

use serde::Deserialize;

/// Which questions fit the writer's life now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Chapter {
    /// There is a partner to be close to.
    #[default]
    Together,
    /// There was one.
    Apart,
}

impl Chapter {
    /// The chapter by its name in settings and practice files.
    pub fn by_name(word: &str) -> Option<Chapter> {
        match word.trim() {
            "together" => Some(Chapter::Together),
            "apart" => Some(Chapter::Apart),
            _ => None,
        }
    }
}
