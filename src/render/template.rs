//! A template of the user's own, in Jinja's language, filled with entries.

mod context;

use std::path::Path;

use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, ErrorKind, UndefinedBehavior, default_auto_escape_callback};

use crate::disk::DiskError;
use crate::error::{Error, Failure, Result};

use super::Export;

use context::context;

/// What is wrong with a template.
#[derive(Debug)]
#[allow(missing_docs, reason = "the sentences below say what each variant means")]
pub enum TemplateError {
    Mistake { file: String, line: usize, why: String },
}

impl Failure for TemplateError {
    fn fact(&self) -> String {
        match self {
            TemplateError::Mistake { file, line, why } => {
                format!("The template {file} has a mistake on line {line}: {why}.")
            }
        }
    }

    fn hint(&self) -> String {
        match self {
            TemplateError::Mistake { .. } => {
                "`inward export --help` lists what a template can use. Nothing was exported.".into()
            }
        }
    }
}

/// Endings that say of a file that it is a template, and not what it makes.
const ENDINGS: &[&str] = &[".j2", ".jinja", ".jinja2", ".tmpl"];

/// How many steps a template may take: a loop within a loop can be as good as
/// endless. A page for people takes some hundred for each entry.
const STEPS: u64 = 5_000_000;
const STEPS_PER_ENTRY: u64 = 50_000;

pub struct Template {
    /// The file, for its mistakes to be named by; and by what it makes it is
    /// told whether words are escaped.
    name: String,
    text: String,
}

impl Template {
    /// # Errors
    /// A file that cannot be read, or the mistake in it.
    pub fn read(file: &Path) -> Result<Template> {
        let text = std::fs::read_to_string(file).map_err(DiskError::of_given_file(file))?;
        Template::new(file, text)
    }

    /// Checks it whole before anything is opened.
    fn new(file: &Path, text: String) -> Result<Template> {
        let template = Template { name: file.display().to_string(), text };
        template.environment()?;
        Ok(template)
    }

    /// How files that it makes are to end.
    pub fn extension(&self) -> &str {
        Path::new(output_name(&self.name))
            .extension()
            .and_then(|ending| ending.to_str())
            .unwrap_or("txt")
    }

    pub fn write(&self, export: &Export) -> Result<String> {
        let mut environment = self.environment()?;
        environment.set_fuel(Some(STEPS + STEPS_PER_ENTRY * export.entries.len() as u64));
        let filled = environment.get_template(&self.name).and_then(|t| t.render(context(export)));
        filled.map_err(|e| self.mistake(&e))
    }

    fn environment(&self) -> Result<Environment<'_>> {
        let mut environment = Environment::new();
        environment
            .set_auto_escape_callback(|name| default_auto_escape_callback(output_name(name)));
        // A name that is misspelt is a mistake, and not an empty place.
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        // A tag on a line of its own leaves no empty line behind.
        let mut syntax = SyntaxConfig::builder();
        syntax.trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true);
        let syntax = syntax.build().map_err(|e| self.mistake(&e))?;
        environment.set_syntax(syntax);
        let added = environment.add_template(&self.name, &self.text);
        added.map_err(|e| self.mistake(&e))?;
        Ok(environment)
    }

    fn mistake(&self, error: &minijinja::Error) -> Error {
        let kind = error.kind().to_string();
        if error.kind() == ErrorKind::OutOfFuel {
            let why = "it doesn't come to an end".to_owned();
            return TemplateError::Mistake {
                file: self.name.clone(),
                line: error.line().unwrap_or(1),
                why,
            }
            .into();
        }
        let why = error.detail().map_or(kind.clone(), |detail| format!("{kind}: {detail}"));
        TemplateError::Mistake { file: self.name.clone(), line: error.line().unwrap_or(1), why }
            .into()
    }
}

/// The name of what a template makes.
fn output_name(template: &str) -> &str {
    ENDINGS.iter().find_map(|ending| template.strip_suffix(ending)).unwrap_or(template)
}
