//! Figures as they are printed or written.

use std::borrow::Cow;

use chrono::NaiveDate;
use serde_json::{Value as Json, json};

use crate::app::{App, ExportPlace, HeldBackReason, readers, sealed_for};
use crate::disk;
use crate::error::Result;
use crate::pattern::{Figure, Figures, Overview};
use crate::practice::Fear;
use crate::render::{self, FigureOptions, FiguresPage, WordsAround, clean, document};
use crate::seal::Recipients;
use crate::words::long_day;

use super::PatternsArgs;
use super::only_session::OnlySession;

/// Figures, and the words around them.
pub struct View {
    pub figures: Figures,
    /// The first screen, if there are numbers for it.
    pub overview: Option<Overview>,
    pub has_figures: bool,
    /// The entries it shows, in words.
    pub about: String,
    pub is_filtered: bool,
    /// The last day of "then", where the days that the writer named reach into "now".
    pub then_ends: Option<NaiveDate>,
    pub held_back: Vec<String>,
    pub only: OnlySession,
    pub fear: Fear,
    /// As the view calls them.
    pub partner: Option<String>,
    /// The recipients of an encrypted page.
    pub recipients: Option<Recipients>,
}

impl View {
    pub fn write(&self, app: &App, args: &PatternsArgs) -> Result<()> {
        let has_any = self.has_figures || !self.held_back.is_empty();
        if args.output.json {
            app.terminal.print(&document(json!({ "figures": self.json() })))?;
        } else if let Some(place) = args.place().filter(|_| has_any) {
            self.write_page(app, args, &place)?;
        } else if has_any {
            let is_read = self.reads_held_back(app)?;
            let text = self.text(app, args, !is_read && self.says_held_back(app));
            if !text.is_empty() {
                app.terminal.print_paged(&text)?;
            }
        }
        Ok(())
    }

    /// Is what is held back said at all? On the first screen only where there is nothing else:
    /// nobody asked about it there.
    fn asks_held_back(&self) -> bool {
        !self.held_back.is_empty() && (self.overview.is_none() || !self.has_figures)
    }

    /// Shows what is held back on the screen that is wiped, where there is one: what a
    /// terminal goes on showing would tell that it is. Was it shown there?
    fn reads_held_back(&self, app: &App) -> Result<bool> {
        let terminal = &app.terminal;
        let has_screen =
            terminal.output_is_terminal() && terminal.can_ask() && !terminal.is_accessible();
        if !has_screen || !self.asks_held_back() {
            return Ok(false);
        }
        app.show_held_back(&self.held_back, HeldBackReason::Sharing, None).map(|()| true)
    }

    /// Is it printed, as for a program that reads it?
    fn says_held_back(&self, app: &App) -> bool {
        self.asks_held_back() && (!app.terminal.output_is_terminal() || !self.has_figures)
    }

    fn write_page(&self, app: &App, args: &PatternsArgs, place: &ExportPlace) -> Result<()> {
        let bytes = sealed_for(self.recipients.as_ref(), self.html(app, args).into())?;
        let Some(file) = place.path() else { return app.terminal.print_bytes(&bytes) };
        disk::write(file, &bytes, args.force)?;
        let readers = readers(self.recipients.is_some(), "the file", "what it shows");
        let place = file.display().to_string();
        let is_private = self.figures.shown.iter().any(Figure::shows_private);
        let private = if is_private { PRIVATE_TOO } else { "" };
        app.terminal.say(&format!("Written to {}. {readers}{private}", clean(&place)));
        Ok(())
    }

    /// What is held back has its line below the rest, where it is to be said.
    fn text(&self, app: &App, args: &PatternsArgs, says_held_back: bool) -> String {
        let page = app.terminal.page();
        let options = self.options(app, args);
        let figures = &self.figures.shown;
        let clock = app.clock();
        if let Some(of) = &self.overview {
            let closer = closer(&self.figures.closer);
            let last = closer.into_iter().chain([LAST_WORD.to_owned()]);
            let held_back = self.held_back.iter().filter(|_| says_held_back).cloned();
            let private = self.private(app).map(str::to_owned);
            let below = held_back.chain(private).chain(self.cut()).chain(last);
            let below: Vec<String> = below.collect();
            return render::overview(of, figures, (&self.about, &below), options, &page);
        }
        let about = self.is_filtered.then_some(self.about.as_str());
        let held_back = self.held_back.iter().filter(|_| says_held_back).map(String::as_str);
        let cut = self.cut();
        let held_back = held_back.chain(self.private(app)).chain(cut.as_deref());
        let held_back: Vec<&str> = held_back.collect();
        let around = WordsAround { about, held_back: &held_back, more: None, last: LAST_WORD };
        let picture = self.only.picture(self.fear, options, app);
        picture.map(|picture| picture + "\n\n").unwrap_or_default()
            + &render::closer_look(figures, &around, options, clock, &page)
    }

    /// Said wherever private answers may be missing, in every journal alike; two sessions side
    /// by side say it themselves.
    fn private(&self, app: &App) -> Option<&'static str> {
        let figures = &self.figures.shown;
        let of = figures.iter().filter(|it| it.entries > 0).filter_map(|it| it.practice.as_deref());
        let mut of = of.filter(|name| app.practices.keeps_private(name));
        // A question that was asked for by its name may have two figures.
        if self.overview.is_none() && figures.iter().all(|figure| is_of_private(app, figure)) {
            return None;
        }
        let is_said = figures.iter().any(Figure::shows_private);
        of.next().filter(|_| !is_said).map(|_| render::PRIVATE)
    }

    fn cut(&self) -> Option<String> {
        let day = long_day(self.then_ends?);
        Some(format!("The days you chose run into “now”, so “then” ends on {day}."))
    }

    fn options(&self, app: &App, args: &PatternsArgs) -> FigureOptions<'_> {
        let partner = self.partner.as_deref();
        let on_screen = args.place().is_none();
        FigureOptions {
            plain: args.plain || app.terminal.is_read_in_lines(),
            texts: args.texts(),
            on_screen,
            partner,
        }
    }

    fn html(&self, app: &App, args: &PatternsArgs) -> String {
        let last = [LAST_WORD.to_owned()];
        let last: Vec<String> =
            self.held_back.iter().cloned().chain(self.cut()).chain(last).collect();
        let page = FiguresPage {
            title: "Patterns across the entries",
            about: &self.about,
            overview: self.overview.as_ref(),
            figures: &self.figures.shown,
            last: &last,
        };
        let options = self.options(app, args);
        match args.for_paper {
            Some(_) => render::paper_page(&page, options, app.clock()),
            None => render::figures_page(&page, options, app.clock()),
        }
    }

    /// Figures that are held back have no numbers.
    fn json(&self) -> Vec<Json> {
        let shown = self.figures.shown.iter().filter(|_| self.has_figures);
        let shown = shown.map(|figure| json!(figure));
        shown.chain(self.figures.held_back.iter().map(|figure| json!(figure))).collect()
    }
}

/// The line below the first screen: closer looks that have something.
fn closer(looks: &[String]) -> Option<String> {
    let looks: Vec<Cow<str>> = looks.iter().map(|look| clean(look)).collect();
    let (last, others) = looks.split_last()?;
    let looks = match others {
        [] => last.to_string(),
        _ => format!("{} or {last}", others.join(", ")),
    };
    Some(format!("More: inward patterns {looks}."))
}

/// What is said of a page with answers that no screen shows.
const PRIVATE_TOO: &str = " It also shows answers to private questions, which `patterns` shows on a screen only where you name one. A page of one other figure, such as `inward patterns closeness --html FILE`, has none.";

/// The last line of every view.
const LAST_WORD: &str = "These are your own answers, not a verdict on anyone.";

/// Is this the answers to one question that no figure shows unless it is asked for by name?
fn is_of_private(app: &App, figure: &Figure) -> bool {
    let practice = figure.practice.as_deref().and_then(|name| app.practices.practice(name));
    let ([question], Some(practice)) = (figure.of.as_slice(), practice) else { return false };
    practice.is_private(question) || practice.is_about_fear(question)
}
