//! Rules for the parts of a phrase that are counted from today: yesterday, three days
//! ago, last friday, this morning.

use chrono::{DateTime, Days, Duration, FixedOffset, Months, NaiveDate, Weekday};

use super::phrase::{Calendar, Occurrence, Phrase, RuleMatch, Shift, Subject};
use super::vocabulary::{PartOfDay, TimeUnit, small_number, weekday as weekday_named};
use super::words::DateWord;

/// The texts of the first words, as many as patterns need.
fn texts(words: &[DateWord]) -> Vec<&str> {
    words.iter().take(4).map(|word| word.text.as_str()).collect()
}

pub fn day_word(phrase: &mut Phrase, words: &[DateWord], calendar: &Calendar) -> RuleMatch {
    let today = calendar.today;
    let (subject, word_count) = match texts(words)[..] {
        ["now", ..] => (Subject::Moment(calendar.clock.now), 1),
        ["just" | "right", "now", ..] => (Subject::Moment(calendar.clock.now), 2),
        ["a", "moment", "ago", ..] => (Subject::Moment(calendar.clock.now), 3),
        ["day", "before", "yesterday", ..] => return Ok(day(phrase, later(today, -2), 3)),
        ["day", "after", "tomorrow", ..] => return Ok(day(phrase, later(today, 2), 3)),
        [word, ..] => match named_day(word, today) {
            date @ Some(_) => return Ok(day(phrase, date, 1)),
            None => return Ok(None),
        },
        [] => return Ok(None),
    };
    Ok(phrase.set_subject(subject, word_count))
}

fn day(phrase: &mut Phrase, day: Option<NaiveDate>, word_count: usize) -> Option<usize> {
    phrase.set_subject(Subject::Day(day?), word_count)
}

fn named_day(word: &str, today: NaiveDate) -> Option<NaiveDate> {
    match word {
        "today" => Some(today),
        "yesterday" | "yest" | "yday" => later(today, -1),
        "tomorrow" | "tmrw" | "tmr" => later(today, 1),
        _ => None,
    }
}

/// A day this many days later, or earlier if negative.
pub fn later(day: NaiveDate, days: i64) -> Option<NaiveDate> {
    let count = Days::new(days.unsigned_abs());
    if days < 0 { day.checked_sub_days(count) } else { day.checked_add_days(count) }
}

/// “3 days ago”, “an hour and a half ago”, “in two weeks”, “a week ago yesterday”.
pub fn ago(phrase: &mut Phrase, words: &[DateWord], calendar: &Calendar) -> RuleMatch {
    let has_in = usize::from(words.first().is_some_and(|word| word.text == "in"));
    let Some((amounts, used)) = words.get(has_in..).and_then(amounts) else { return Ok(None) };
    let used = has_in + used;
    let rest = words.get(used..).map(texts).unwrap_or_default();
    let (sign, sign_words) = match (has_in, &rest[..]) {
        (1, _) => (1, 0),
        (_, ["ago" | "back" | "earlier", ..]) => (-1, 1),
        (_, ["before", "now" | "today", ..]) => (-1, 2),
        (_, ["from", "now" | "today", ..]) => (1, 2),
        (_, ["hence", ..]) => (1, 1),
        _ => return Ok(None),
    };
    let mut word_count = used + sign_words;
    let mut start = calendar.today;
    let base = rest.get(sign_words).and_then(|word| named_day(word, calendar.today));
    if let Some(base) = base.filter(|_| sign < 0) {
        (start, word_count) = (base, word_count + 1);
    }
    let subject = match whole_days(start, &amounts, sign) {
        Some(day) => Some(Subject::Day(day)),
        None => moment_from(&amounts, sign, calendar).map(Subject::Moment),
    };
    Ok(subject.and_then(|subject| phrase.set_subject(subject, word_count)))
}

/// An amount of a unit, such as half an hour.
#[derive(Clone, Copy, Debug)]
pub struct Amount {
    pub count: f64,
    pub unit: TimeUnit,
}

/// Parses amounts: “2 hours 30 minutes”, “a week and 2 days”, `1h30`, “an hour and a
/// half”. Returns how many words they take.
pub fn amounts(words: &[DateWord]) -> Option<(Vec<Amount>, usize)> {
    let (first, mut used) = amount(words)?;
    let mut amounts = vec![first];
    while let Some((amount, more)) = words.get(used..).and_then(amount) {
        amounts.push(amount);
        used += more;
    }
    if let Some(minutes) = words.get(used).filter(|word| word.glued).and_then(DateWord::number)
        && amounts.last().is_some_and(|amount| amount.unit == TimeUnit::Hour)
    {
        amounts.push(Amount { count: minutes.0.into(), unit: TimeUnit::Minute });
        used += 1;
    }
    Some((amounts, used))
}

fn amount(words: &[DateWord]) -> Option<(Amount, usize)> {
    let (mut count, mut used) = count(words)?;
    let is_half =
        |at: usize| matches!(words.get(at..).map(texts).unwrap_or_default()[..], ["a", "half", ..]);
    if is_half(used) {
        (count, used) = (count + 0.5, used + 2);
    }
    let unit = TimeUnit::from_word(&words.get(used)?.text)?;
    used += 1;
    if is_half(used) {
        (count, used) = (count + 0.5, used + 2);
    }
    Some((Amount { count, unit }, used))
}

/// Parses a number in digits or words, “a”, “a couple of”, “a few”, “half an”.
pub fn count(words: &[DateWord]) -> Option<(f64, usize)> {
    Some(match texts(words)[..] {
        ["half", "a" | "an", ..] => (0.5, 2),
        ["half", ..] => (0.5, 1),
        ["a", "couple", ..] => (2.0, 2),
        ["couple", ..] => (2.0, 1),
        ["a", "few", ..] => (3.0, 2),
        ["few", ..] => (3.0, 1),
        ["a" | "an", ..] => (1.0, 1),
        [word, ..] => {
            let is_digits = word.bytes().all(|b| b.is_ascii_digit() || b == b'.') && word.len() < 8;
            let number = is_digits.then(|| word.parse().ok()).flatten();
            (number.or_else(|| small_number(word).map(f64::from))?, 1)
        }
        [] => return None,
    })
}

/// The day that is whole days, weeks, months or years away; `None` for other amounts.
pub fn whole_days(from: NaiveDate, amounts: &[Amount], sign: i64) -> Option<NaiveDate> {
    let integer = |count: f64| (count.fract() == 0.0).then_some(count as i64);
    amounts.iter().try_fold(from, |day, amount| {
        if let Some(days) = amount.unit.days() {
            return later(day, sign * integer(amount.count)? * days);
        }
        // A year and a half is eighteen months.
        let months = integer(amount.count * f64::from(amount.unit.months()?))?;
        let months = Months::new(u32::try_from(months).ok()?);
        if sign < 0 { day.checked_sub_months(months) } else { day.checked_add_months(months) }
    })
}

pub fn moment_from(
    amounts: &[Amount],
    sign: i64,
    calendar: &Calendar,
) -> Option<DateTime<FixedOffset>> {
    let seconds = amounts.iter().try_fold(0.0, |sum, amount| {
        let unit = amount.unit.seconds()?;
        Some(sum + amount.count * unit as f64)
    })?;
    let by = Duration::try_seconds(sign * seconds.round() as i64)?;
    calendar.clock.now.checked_add_signed(by).map(|at| calendar.clock.here(at))
}

/// A part of the day: “this morning”, “last night”, “tonight”, “the night before last”,
/// “evening”.
pub fn part_of_day(phrase: &mut Phrase, words: &[DateWord], calendar: &Calendar) -> RuleMatch {
    let part_at = |at: usize| words.get(at).and_then(|word| PartOfDay::from_word(&word.text));
    let shift = match words.first().map(|word| word.text.as_str()) {
        Some("early") => Shift::Early,
        Some("late") => Shift::Late,
        _ => Shift::None,
    };
    if shift != Shift::None {
        let is_lead = part_at(1).or(part_at(2)).is_some() && phrase.shift == Shift::None;
        phrase.shift = if is_lead { shift } else { phrase.shift };
        return Ok(is_lead.then_some(1));
    }
    let (part, back, word_count) = match texts(words)[..] {
        ["night", "before", "last", ..] => (Some(PartOfDay::Night), Some(2), 3),
        ["last", "night" | "evening", ..] => (part_at(1), Some(1), 2),
        ["this", _, ..] => (part_at(1), Some(0), 2),
        _ => (part_at(0), None, 1),
    };
    let Some(part) = part else { return Ok(None) };
    if let Some(back) = back {
        let Some(day) = later(calendar.today, -back) else { return Ok(None) };
        if phrase.set_subject(Subject::Day(day), word_count).is_none() {
            return Ok(None);
        }
    }
    Ok(Phrase::fill(&mut phrase.part, part, word_count))
}

/// A weekday: “friday”, “last friday”, “the friday before last”, “two fridays ago”.
pub fn weekday(phrase: &mut Phrase, words: &[DateWord], calendar: &Calendar) -> RuleMatch {
    let name = |at: usize| words.get(at).and_then(|word| weekday_named(&word.text));
    if let (Some((count, used)), true) = (count(words), name(0).is_none())
        && let Some(weekday) = name(used)
        && words.get(used + 1).is_some_and(|word| word.text == "ago")
        && count.fract() == 0.0
    {
        let latest = on_or_before(later(calendar.today, -1), weekday);
        let day = latest.and_then(|day| later(day, -7 * (count as i64 - 1)));
        return Ok(self::day(phrase, day, used + 2));
    }
    let (which, at) = match texts(words)[..] {
        ["last" | "past" | "previous", _, ..] => (Occurrence::Last, 1),
        ["this", _, ..] => (Occurrence::This, 1),
        ["next" | "coming", _, ..] => (Occurrence::Next, 1),
        [_, "before", "last", ..] => (Occurrence::BeforeLast, 0),
        _ => (Occurrence::Latest, 0),
    };
    let word_count = if which == Occurrence::BeforeLast { 3 } else { at + 1 };
    Ok(name(at).and_then(|day| Phrase::fill(&mut phrase.weekday, (day, which), word_count)))
}

/// The date of a weekday, seen from today.
pub fn day_of(weekday: Weekday, which: Occurrence, today: NaiveDate) -> Option<NaiveDate> {
    match which {
        Occurrence::Latest => on_or_before(Some(today), weekday),
        Occurrence::Last => on_or_before(later(today, -1), weekday),
        Occurrence::BeforeLast => on_or_before(later(today, -8), weekday),
        Occurrence::Next => on_or_before(later(today, 7), weekday),
        Occurrence::This => {
            let monday = today.week(Weekday::Mon).checked_first_day()?;
            later(monday, weekday.num_days_from_monday().into())
        }
    }
}

pub fn on_or_before(day: Option<NaiveDate>, weekday: Weekday) -> Option<NaiveDate> {
    use chrono::Datelike;
    let day = day?;
    later(day, -i64::from(day.weekday().days_since(weekday)))
}
