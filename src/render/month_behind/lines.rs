//! The lines of the month, each with its cases. A fact that is missing has no line.

use crate::config::Chapter;
use crate::pattern::{AnswerShare, DayLevel, DayQuote, HarmCount, Levels, MonthBehind, ShareCount};
use crate::practice::phrase::enumerate;
use crate::words::{capitalize, count_of, day_and_month, uncapitalize};

use super::super::clean_line;
use super::super::terminal::cut;
use super::{MonthPage, received_sentence};

/// Columns of a quote: about two lines.
const LONGEST_QUOTE: usize = 150;

pub struct MonthLines<'p> {
    pub month: &'p MonthBehind,
    pub page: &'p MonthPage<'p>,
}

impl MonthLines<'_> {
    /// For five evenings and more.
    pub fn evenings(&self) -> Vec<String> {
        let month = self.month;
        let mut lines = vec![self.page.hang(&self.evening_count())];
        if let Some(levels) = &month.levels {
            lines.extend(self.levels(levels));
        }
        lines.extend(self.returned());
        lines.extend(self.contact());
        let apart = [
            ("What you missed, and didn't,", &month.grief),
            ("What you're making space for,", &month.space_for),
        ];
        for (lead, quote) in apart {
            let line = quote.iter().map(|quote| {
                let (day, words) = (day_and_month(quote.day), quoted(&quote.words));
                self.page.hang(&format!("{lead} on {day}: {words}"))
            });
            lines.extend(line);
        }
        lines.extend(self.needs());
        lines.extend(self.plan());
        lines.extend(self.recurred());
        lines.extend(self.after_close());
        lines
    }

    fn evening_count(&self) -> String {
        let ShareCount { times: with, of: all } = self.month.evenings;
        let without = self.month.without_connection;
        let skipped = all - with - without;
        let count = match (with, without) {
            (0, 0) => return format!("You wrote on {all} evenings."),
            (with, _) if with == all => {
                return format!(
                    "You wrote on {all} evenings, and each had a moment of connection."
                );
            }
            (_, without) if without == all => {
                return format!(
                    "You wrote on {all} evenings, and none had a moment of connection."
                );
            }
            _ => format!(
                "You wrote on {all} evenings: {with} with a moment of connection, {without} without."
            ),
        };
        match skipped {
            0 => count,
            skipped => format!("{count} On {skipped} you skipped that."),
        }
    }

    /// The evenings of most and of least, each with words of its own where it has any.
    fn levels(&self, levels: &Levels) -> Vec<String> {
        let is_ease = levels.question == "ease";
        let word = clean_line(&levels.highest.word);
        let Some(lowest) = &levels.lowest else {
            let marked = match levels.marked {
                1 => "on the one evening you marked",
                _ => "on every evening you marked",
            };
            let ease = if is_ease { "How at ease you felt" } else { "It felt" };
            let colon = if is_ease { ":" } else { "" };
            return vec![self.page.hang(&format!("{ease}{colon} “{word}” {marked}."))];
        };
        let (most, least) = if is_ease {
            ("The day you felt most at ease", "The day you felt least at ease")
        } else {
            ("Your closest day", "Your furthest")
        };
        let mut lines = self.level(&one_of(most, levels.alike.0), &levels.highest, true);
        let least = one_of(least, levels.alike.1);
        lines.extend(self.level(&least, lowest, !is_ease));
        let own = self.month.low_stretch.as_ref().filter(|stretch| stretch.has_furthest);
        lines.extend(own.map(|stretch| self.good("That week", &stretch.quote)));
        lines
    }

    fn level(&self, lead: &str, level: &DayLevel, with_word: bool) -> Vec<String> {
        let word = clean_line(&level.word);
        let word = if with_word { format!(" (“{word}”)") } else { String::new() };
        let day = level.day.format("%A %-d %B");
        match (&level.quote, &level.need) {
            (Some(quote), _) => {
                let line = format!("{lead}, {day}{word}:");
                vec![self.page.hang(&line), self.page.hang(&format!("  {}", quoted(&quote.words)))]
            }
            (None, Some(need)) => {
                let need = clean_line(need);
                vec![self.page.hang(&format!("{lead}, {day}{word}: you needed {need}."))]
            }
            (None, None) => vec![self.page.hang(&format!("{lead}: {day}{word}."))],
        }
    }

    fn good(&self, when: &str, quote: &DayQuote) -> String {
        let (words, day) = (quoted(&quote.words), quote.day.format("%A %-d %B"));
        self.page
            .hang(&format!("{when} you also wrote: {words} ({day}, something you're glad of)."))
    }

    /// A low stretch without the evening that felt furthest, as that one's is told with it.
    pub fn low_stretch_elsewhere(&self) -> Option<String> {
        let stretch = self.month.low_stretch.as_ref().filter(|stretch| !stretch.has_furthest)?;
        Some(self.good("In another low week", &stretch.quote))
    }

    fn needs(&self) -> Option<String> {
        let top = self.month.needs.as_ref()?;
        let needs: Vec<String> = top.needs.iter().map(|need| clean_line(need)).collect();
        let (needs, times) = (enumerate(&needs), how_often(top.times));
        Some(self.page.hang(&match top.needs.len() {
            1 => format!("The need that came up most: {needs}, {times}."),
            2 => format!("Two needs came up most: {needs}, {times} each."),
            _ => format!("Three needs came up most: {needs}, {times} each."),
        }))
    }

    fn plan(&self) -> Option<String> {
        let count = self.month.plan.as_ref()?;
        let plan = quoted(&count.plan);
        let days = count_of(count.came_up, "day", "days");
        Some(self.page.hang(&match (count.came_up, count.did, count.noticed) {
            (0, _, _) => format!("{plan} didn't come up this time."),
            (1, 1, _) => format!("{plan} came up on 1 day, and you did it."),
            (1, _, 1) => format!("{plan} came up on 1 day, and you noticed it."),
            (_, 0, 0) => format!("{plan} came up on {days}."),
            (_, 0, noticed) => format!("{plan} came up on {days}. You noticed it on {noticed}."),
            (_, did, _) => format!("{plan} came up on {days}. You did it on {did} of them."),
        }))
    }

    fn recurred(&self) -> Option<String> {
        let recurred = self.month.recurred.as_ref()?;
        let words: Vec<String> =
            recurred.with_tied().map(|it| quoted(&capitalize(&it.words))).collect();
        let each = if recurred.tied.is_empty() { "" } else { " each" };
        let (words, ShareCount { times, of }) = (enumerate(&words), recurred.share);
        Some(
            self.page.hang(&format!(
                "{words}{each} came just before {times} of {of} moments of distance."
            )),
        )
    }

    fn after_close(&self) -> Option<String> {
        let ShareCount { times, of } = self.month.after_close?;
        Some(self.page.hang(&format!(
            "Of {of} steps back where you said how it was before, {times} came after being close."
        )))
    }

    pub fn received(&self) -> Option<String> {
        Some(self.page.hang(&received_sentence(&self.month.received?, None)))
    }

    /// How many evenings weren't safe, plainly counted, without a note.
    pub fn not_safe(&self) -> Vec<String> {
        let lead = match (self.month.not_safe, self.month.evenings.of) {
            (0, _) => return Vec::new(),
            (_, 1) => "On the one evening you wrote about,".to_owned(),
            (times, of) => format!("On {times} of {of} evenings"),
        };
        vec![self.page.hang(&format!("{lead} you marked that it wasn't safe."))]
    }

    /// What was marked elsewhere, in the writer's own words, and where.
    pub fn harm(&self) -> Vec<String> {
        let line = |row: &HarmCount| {
            let (answer, times) = (quoted(&row.answer), how_often(row.times));
            let Some(item) = &row.item else {
                let practice = clean_line(&row.practice);
                return self.page.hang(&format!("You marked {answer} {times} ({practice})."));
            };
            let (item, day) = (quoted(item), day_and_month(row.latest));
            let answer = clean_line(&row.answer);
            self.page.hang(&match row.times {
                1 => format!("On {day} you marked {item}: {answer}."),
                _ => format!("You marked {item} {times}, last on {day}: {answer}."),
            })
        };
        self.month.harm.iter().map(line).collect()
    }

    /// Unless it lasted, and is told of already.
    pub fn not_respected(&self) -> Option<String> {
        let is_told = self.month.lasting.iter().any(|row| row.question == "respected");
        let count = Some(self.month.not_respected).filter(|count| *count > 0 && !is_told)?;
        Some(self.page.hang(&format!("You marked “not respected” {}.", how_often(count))))
    }

    fn returned(&self) -> Option<String> {
        let (on, of) = (self.month.returned_evenings, self.month.evenings.of);
        let most = self.month.returned.as_ref().map(|most| {
            let words = |it: &AnswerShare| {
                let words = clean_line(&it.words);
                if it.is_own() { words } else { uncapitalize(&words) }
            };
            let words = enumerate(&most.with_tied().map(words).collect::<Vec<_>>());
            let each = if most.tied.is_empty() { "" } else { " each" };
            format!(", most often {words} ({}{each})", most.share.times)
        });
        let most = most.unwrap_or_default();
        let words = format!("Something came back on {on} of {of} evenings{most}.");
        let is_apart = self.page.form.chapter == Chapter::Apart;
        (is_apart && on > 0).then(|| self.page.hang(&words))
    }

    /// Contact that wasn't safe has a line of its own.
    fn contact(&self) -> Option<String> {
        let part = |share: &AnswerShare| {
            let words = match share.answer.as_str() {
                "me" => "you got in touch".to_owned(),
                _ => uncapitalize(&clean_line(&share.words)),
            };
            (words, share.share.times)
        };
        let mut parts = self.month.contact.iter().map(part);
        let (words, times) = parts.next()?;
        let first = format!("Contact: {words} on {}", count_of(times, "evening", "evenings"));
        let rest = parts.map(|(words, times)| format!(", {words} on {times}"));
        Some(self.page.hang(&format!("{first}{}.", rest.collect::<String>())))
    }
}

/// On one line, and no longer than two.
pub fn quoted(words: &str) -> String {
    let words = clean_line(words);
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("“{}”", cut(&words, LONGEST_QUOTE))
}

/// "twice", "6 times".
fn how_often(count: usize) -> String {
    match count {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        more => format!("{more} times"),
    }
}

/// "Your closest day (tied with 1 other)": days that were marked alike.
fn one_of(lead: &str, alike: usize) -> String {
    if alike > 1 {
        format!("{lead} (tied with {})", count_of(alike - 1, "other", "others"))
    } else {
        lead.to_owned()
    }
}
