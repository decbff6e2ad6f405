//! Finds the time by which a clause promises a report: a day, a part of a month, or a span of days.

use std::ops::Range;

use super::dates::{days, yearless};
use super::pattern::pattern;
use super::subject::Subject;
use crate::form12b25::model::CivilDate;

/// The time of a promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Until {
    /// By a day.
    Day(CivilDate),
    /// In a part of a month that begins with a day.
    From(CivilDate),
    /// Within the extension.
    Extension,
}

pattern!(
    BY_DAY,
    r"(?i)\b(?:by|before|until|(?:no|not)\s+later\s+than|on(?:\s+or\s+(?:before|about|around))?",
    r"|prior\s+to|in\s+advance\s+of|through|around|(?:the\s+)?week\s+of)\s+(?:or\s+",
    r"about\s+)?(?:(?:Mon|Tues|Wednes|Thurs|Fri)day,\s+)?(?:the\s+)?$",
);

pattern!(
    VAGUE,
    r"(?i)\b(?P<when>(?:by|before)\s+the\s+end\s+of|(?:the\s+)?end\s+of|late(?:\s+in)?|mid-?",
    r"|the\s+middle\s+of|early(?:\s+in)?|in|during|the\s+(?:first|second|third|last)\s+(?:week",
    r"|half)\s+of)\s*(?-i)(?P<month>{months})\s+(?P<year>(?:19|20)[0-9]{2})\b",
);

pattern!(
    MONTH_END,
    r"(?i)\b(?:by|before|at|no\s+later\s+than|on\s+or\s+before)\s+(?:the\s+)?(?:end\s+of\s+(?:the|this)",
    r"\s+(?:current\s+|calendar\s+)?month|month[’']?s?[- ]end)\b",
);
pattern!(
    SPAN,
    r"(?i)\b(?:within|in\s+the\s+next)\s+(?:the\s+next\s+|approximately\s+|about\s+)?(?P<number>[a-z]+|[0-9]{1,2})",
    r"\s+(?:\([0-9]+\)\s+)?(?P<unit>business\s+days?|(?:calendar\s+)?days?|weeks?|months?)\b",
    r"(?P<from>\s+(?:of|after|from|following)\s+(?:the|its)\s+(?:\w+\s+){0,3}?(?:due\s+date|deadline",
    r"|filing\s+date))?",
);

/// Returns the time by which a clause promises something after the position `from`, with its range;
/// `None` if there is no day.
pub(super) fn time(
    text: &str,
    from: usize,
    subject: &Subject<'_>,
) -> Option<(Range<usize>, Until)> {
    by_day(text, from, subject)
        .map(|(at, day)| (at, Until::Day(day)))
        .or_else(|| part_of_month(text, from).map(|(at, day)| (at, Until::From(day))))
        .or_else(|| span(text, from, subject).map(|(at, day)| (at, Until::Day(day))))
}

/// Returns the day of `by April 15, 2026`, or of `by April 15` in the year of the due date.
fn by_day(text: &str, from: usize, subject: &Subject<'_>) -> Option<(Range<usize>, CivilDate)> {
    let year = subject.dates.map(|(dates, _)| dates.due.parts().0);
    let without_year = year.into_iter().flat_map(|year| yearless(text, year));
    let mut named = days(text).chain(without_year).filter(|(at, _)| at.start > from);
    named.find_map(|(at, day)| {
        let before = BY_DAY.find(&text[..at.start])?;
        Some((before.start()..at.end, day))
    })
}

/// Returns the first day of a part of a month: `late in April 2026` is April 21.
fn part_of_month(text: &str, from: usize) -> Option<(Range<usize>, CivilDate)> {
    let found = VAGUE
        .captures_iter(text)
        .find(|found| found.get(0).is_some_and(|whole| whole.start() > from))?;
    let when = found["when"].to_lowercase();
    let day = match when.as_str() {
        when if when.contains("end") || when.contains("late") || when.contains("last") => 21,
        when if when.contains("mid") || when.contains("second") || when.contains("third") => 8,
        _ => 1,
    };
    let (_, day) = days(&format!("{} {day}, {}", &found["month"], &found["year"])).next()?;
    Some((found.get(0)?.range(), day))
}

/// Returns the last day of a span: `within two weeks` of the signature, `within five business days
/// after the due date`, `by the end of the month`.
fn span(text: &str, from: usize, subject: &Subject<'_>) -> Option<(Range<usize>, CivilDate)> {
    let due = subject.dates.map(|(dates, _)| dates.due);
    let signed = subject.filing.signature.date.or(due);
    if let Some(found) = MONTH_END.find_at(text, from) {
        let (year, month, _) = signed?.parts();
        let last = CivilDate::of(year, month, 1)?.plus_months(1).plus_days(-1);
        return Some((found.range(), last));
    }
    let found = SPAN.captures_at(text, from)?;
    let number = number(&found["number"])?;
    let start = if found.name("from").is_some() { due? } else { signed? };
    let unit = found["unit"].to_lowercase();
    let day = if unit.starts_with("business") {
        (0..number).fold(start, |day, _| subject.calendar.next(day))
    } else if unit.starts_with("week") {
        start.plus_days(7 * number)
    } else if unit.starts_with("month") {
        start.plus_months(number)
    } else {
        start.plus_days(number)
    };
    Some((found.get(0)?.range(), day))
}

/// Returns a number in words or figures, up to a few weeks.
fn number(text: &str) -> Option<i32> {
    const WORDS: [&str; 16] = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve", "thirteen", "fourteen", "fifteen",
    ];
    const LARGE: [(&str, i32); 7] = [
        ("twenty", 20),
        ("thirty", 30),
        ("forty-five", 45),
        ("sixty", 60),
        ("ninety", 90),
        ("a", 1),
        ("forty", 40),
    ];
    let text = text.to_lowercase();
    let small = || WORDS.iter().position(|word| *word == text).and_then(|n| i32::try_from(n).ok());
    let large = || LARGE.iter().find(|(word, _)| *word == text).map(|(_, number)| *number);
    text.parse().ok().or_else(small).or_else(large)
}
