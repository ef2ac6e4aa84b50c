//! Where a practice comes from, and who may use it: what the reader of a published
//! questionnaire wants to know.

/// What a file says of itself; each may be missing.
#[derive(Clone, Debug, Default)]
pub struct Origin {
    /// The publication.
    pub source: Option<String>,
    /// What its holder allows.
    pub licence: Option<String>,
    /// Which edition of it this is.
    pub version: Option<String>,
    /// The language of its wordings.
    pub lang: Option<String>,
}

impl Origin {
    /// The fields that the file has, each under its name there.
    pub fn fields(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let Origin { source, licence, version, lang } = self;
        let all = [("source", source), ("licence", licence), ("version", version), ("lang", lang)];
        all.into_iter().filter_map(|(name, text)| Some((name, text.as_deref()?)))
    }

    pub(super) fn texts(&mut self) -> impl Iterator<Item = &mut String> {
        let Origin { source, licence, version, lang } = self;
        [source, licence, version, lang].into_iter().flatten()
    }
}
