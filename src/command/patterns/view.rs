//! A view of figures, as it is printed or written.

use std::path::Path;

use serde_json::{Value as Json, json};

use crate::app::App;
use crate::disk;
use crate::error::Result;
use crate::pattern::{Figures, Overview};
use crate::render::{self, FigureOptions, FiguresPage, clean, document};
use crate::seal::Recipients;
use crate::secret::SecretBytes;

use super::PatternsArgs;

/// What was found, and what is said around it.
pub struct View {
    pub figures: Figures,
    /// Where there are numbers for one.
    pub overview: Option<Overview>,
    pub something: bool,
    /// Which entries it is of.
    pub about: String,
    pub is_filtered: bool,
    pub held_back: Vec<String>,
    /// As the view calls them.
    pub partner: Option<String>,
    /// To whom a page is sealed.
    pub recipients: Option<Recipients>,
}

impl View {
    pub fn write(&self, app: &App, args: &PatternsArgs) -> Result<()> {
        let something = self.something || !self.held_back.is_empty();
        if args.output.json {
            app.terminal.print(&document(json!({ "figures": self.json() })))?;
        } else if let Some(file) = args.file().filter(|_| something) {
            self.write_page(app, args, file)?;
        } else if something {
            app.terminal.print_paged(&self.text(app, args))?;
        }
        Ok(())
    }

    fn write_page(&self, app: &App, args: &PatternsArgs, file: &Path) -> Result<()> {
        let page = SecretBytes::from(self.html(app, args));
        let (bytes, readers) = match &self.recipients {
            None => (page, "It is plain text: whoever can read that file can read what it shows."),
            Some(recipients) => (
                SecretBytes::from(recipients.seal_bytes(&page)?),
                "It is encrypted: only the keys named with --recipient open it.",
            ),
        };
        disk::write(file, &bytes, args.force)?;
        let place = file.display().to_string();
        app.terminal.say(&format!("Written to {}. {readers}", clean(&place)));
        Ok(())
    }

    /// What is held back stands in its place, and by itself where nothing else was asked for.
    fn text(&self, app: &App, args: &PatternsArgs) -> String {
        let page = app.terminal.page();
        let options = self.options(args);
        let (figures, clock) = (&self.figures.shown, app.clock());
        let shown = match &self.overview {
            Some(of) => render::overview(of, figures, self.about.clone(), options, &page),
            None => render::figures(figures, options, clock, &page),
        };
        let about = page.quiet(&page.wrap(&self.about, ""));
        let shown = match &self.overview {
            None if self.is_filtered && !shown.is_empty() => format!("{about}\n\n{shown}"),
            Some(_) | None => shown,
        };
        let lines: String = self.held_back.iter().map(|it| page.wrap(it, "") + "\n").collect();
        let closer = self.overview.as_ref().map(|_| page.wrap(CLOSER, "") + "\n");
        let last = if shown.is_empty() { String::new() } else { page.wrap(LAST_WORD, "") + "\n" };
        let last = closer.unwrap_or_default() + &last;
        let parts = [shown, lines, last].into_iter().filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join("\n")
    }

    fn options(&self, args: &PatternsArgs) -> FigureOptions<'_> {
        let partner = self.partner.as_deref();
        FigureOptions { plain: args.plain, texts: args.texts(), partner }
    }

    fn html(&self, app: &App, args: &PatternsArgs) -> String {
        let last = [LAST_WORD.to_owned()];
        let last: Vec<String> = self.held_back.iter().cloned().chain(last).collect();
        let page = FiguresPage {
            title: "What the entries show together",
            about: &self.about,
            overview: self.overview.as_ref(),
            figures: &self.figures.shown,
            last: &last,
        };
        let options = self.options(args);
        match args.for_paper {
            Some(_) => render::paper_page(&page, options, app.clock()),
            None => render::figures_page(&page, options, app.clock()),
        }
    }

    /// Of what is held back there are no numbers.
    fn json(&self) -> Vec<Json> {
        let shown = self.figures.shown.iter().filter(|_| self.something);
        let shown = shown.map(|figure| json!(figure));
        shown.chain(self.figures.held_back.iter().map(|figure| json!(figure))).collect()
    }
}

/// Below the first screen.
const CLOSER: &str =
    "Closer: inward patterns closeness, quiet, intentions, assess, pause or recurs.";
/// Of whatever is shown.
const LAST_WORD: &str = "These are your own answers, and no verdict on anyone.";
