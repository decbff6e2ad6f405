//! Compares the dates in the texts of a filing with the calendar: the report's due date, and days of
//! the week. Prose can be misread, so the findings are warnings at most.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem;

use super::dates::{DAY, days};
use super::mentions::mentions;
use super::pattern::pattern;
use super::promise::ANOTHER;
use super::prose::{Prose, Sentence};
use super::subject::Subject;
use super::topics::Topic;
use crate::diagnostics::finding::Finding;
use crate::diagnostics::rule;
use crate::diagnostics::source::YamlPath;
use crate::form12b25::deadline::Dates;
use crate::form12b25::model::{Block, CivilDate, Explanation, RichText, Text};

// `April 15, 2026, the prescribed due date`.
pattern!(
    DAY_THE_DUE,
    DAY,
    r"(?i),?\s+\(?(?:(?:which|that)\s+(?:is|was)\s+|being\s+|i\.e\.,?\s+)?(?:the|its)\s+{due date}\b",
);
// `the March 31, 2026 due date`.
pattern!(DUE_DAY, DAY, r"(?i)\s+{due date}\b");
// `the due date of March 31, 2026`, `its original deadline, March 31, 2026`.
pattern!(
    DUE_IS_DAY,
    r"(?i)\b(?:the|its)\s+{due date},?\s+(?:for\s+(?:the|its|such)\s+[^,;.]{1,60}?\s+)?",
    r"\(?(?:of|is|was|being|on|which\s+(?:is|was))?\s*(?-i)",
    DAY
);
// `the Form 10-K was due on March 31, 2026`.
pattern!(
    REPORT_DUE,
    r"(?i)\b(?:is|was|were|are)\s+(?:originally\s+|initially\s+)?(?:due|required\s+to\s+be\s+filed)",
    r"(?:\s+to\s+be\s+filed)?(?:\s+with\s+the\s+(?:SEC|Commission))?\s+(?:on|by|no\s+later\s+than)\s+",
    r"(?:\w+day,\s+)?(?-i)",
    DAY
);
// Due dates of other things, and extended ones.
pattern!(NOT_PRESCRIBED, r"(?i)\bextended\b|\bas\s+extended\b");

/// Part III must state the report's due date correctly.
pub(super) fn due(subject: &Subject<'_>) -> Vec<Finding> {
    let (Some(prose), Some((dates, last))) = (&subject.narrative, subject.dates) else {
        return Vec::new();
    };
    // A notice that is late by these dates has that finding, with advice on other due dates.
    let late = super::deadlines::is_late(subject.filing, dates);
    let wrong = |sentence: Sentence<'_>| {
        let (at, day) = stated(sentence, subject).filter(|(_, day)| !late || *day < dates.due)?;
        // The day before a weekend or a holiday was moved to the next business day.
        let right =
            [dates.due, last.due].contains(&day) || subject.calendar.on_or_after(day) == dates.due;
        (!right).then(|| {
            let message = format!(
                "Part III has the report due on {}; it is due on {}",
                day.long(),
                dates.due.long()
            );
            rule::DUE_DATE_MISSTATED.at(sentence.spot(at), message).hint(hint(day, dates))
        })
    };
    let due = prose.sentences_on(Topic::Dated).filter(|sentence| sentence.is_on(Topic::Due));
    due.filter_map(wrong).take(1).collect()
}

fn hint(day: CivilDate, dates: Dates) -> &'static str {
    if day == dates.extended {
        "that is the day to which relief extends it"
    } else {
        "`latefile due` shows how it is counted; or give the right one as `report.due`"
    }
}

/// Returns the due date of the notice's report that a sentence states, or `None`.
fn stated(sentence: Sentence<'_>, subject: &Subject<'_>) -> Option<(Range<usize>, CivilDate)> {
    let report = &subject.filing.report;
    let text = sentence.text;
    let found = [&*DAY_THE_DUE, &*DUE_DAY, &*DUE_IS_DAY, &*REPORT_DUE]
        .into_iter()
        .find_map(|p| p.find(text))?;
    let named = mentions(text, report.period_ended);
    // The due date of another report, of a loan or of the notice.
    let another = named.iter().any(|mention| {
        !mention.fits(report.form)
            || mention.amended
            || mention.ended.iter().any(|(_, day)| *day != report.period_ended)
    });
    let is_due = REPORT_DUE.is_match(found.as_str());
    if another
        || (is_due && named.is_empty())
        || NOT_PRESCRIBED.is_match(text)
        || ANOTHER.is_match(text)
    {
        return None;
    }
    let (at, day) = days(found.as_str()).next()?;
    Some((found.start() + at.start..found.start() + at.end, day))
}

pattern!(
    WEEKDAY,
    r"(?i)\b(?P<name>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday),?\s+(?:the\s+)?(?-i)",
    r"(?P<date>",
    DAY,
    r"|[0-9]{1,2}(?:st|nd|rd|th)?(?:\s+of)?\s+[A-Z][a-z]+,?\s+[0-9]{4}",
    r")",
);

/// A day of the week in a text must be that of its date.
pub(super) fn weekdays(subject: &Subject<'_>) -> Vec<Finding> {
    let others = texts(subject).filter(|(text, _)| has_day(text));
    let others: Vec<Prose> = others.map(|(text, path)| Prose::of(text, &path)).collect();
    let all = subject.narrative.iter().chain(&others).flat_map(|prose| prose.sentences());
    all.filter(|sentence| can_name_day(sentence.text)).flat_map(mismatches).collect()
}

// Fast path: few texts name a day of the week. Each name ends so.
static DAY_OF_WEEK: LazyLock<memmem::Finder<'_>> = LazyLock::new(|| memmem::Finder::new("day"));

/// Whether a text can name a day of the week.
fn can_name_day(text: &str) -> bool {
    DAY_OF_WEEK.find(text.as_bytes()).is_some()
}

/// Whether a rich text can name a day of the week.
fn has_day(text: &RichText) -> bool {
    let has = |text: &Text| can_name_day(text.as_str());
    match text {
        RichText::Paragraphs(text) => has(text),
        RichText::Blocks(blocks) => blocks.iter().any(|block| match block {
            Block::Paragraphs(text) => has(text),
            Block::List(items) => items.iter().any(has),
            Block::Table(_) | Block::Heading(_) => false,
        }),
    }
}

/// Returns the texts of the filing besides Part III, with their paths.
fn texts<'a>(subject: &Subject<'a>) -> impl Iterator<Item = (&'a RichText, YamlPath)> {
    let filing = subject.filing;
    let explanation = filing.results_change.as_ref().and_then(|change| match &change.explanation {
        Some(Explanation::Text(text)) => {
            Some((text, YamlPath::parse("results_change.explanation")))
        }
        _ => None,
    });
    let note = filing.amendment.as_ref().map(|amendment| {
        (&amendment.explanatory_note, YamlPath::parse("amendment.explanatory_note"))
    });
    let attachments = filing.attachments.iter().enumerate().map(|(n, attachment)| {
        (&attachment.body, YamlPath::parse("attachments").index(n).key("body"))
    });
    let letters = filing
        .letters
        .iter()
        .enumerate()
        .map(|(n, letter)| (&letter.body, YamlPath::parse("letters").index(n).key("body")));
    explanation.into_iter().chain(note).chain(attachments).chain(letters)
}

fn mismatches(sentence: Sentence<'_>) -> Vec<Finding> {
    let mismatch = |found: regex::Captures<'_>| {
        let (whole, name) = (found.get(0)?, found.name("name")?.as_str());
        let (_, day) = days(found.name("date")?.as_str()).next()?;
        (!day.weekday_name().eq_ignore_ascii_case(name)).then(|| {
            let message = format!("{} is a {}, not a {name}", day.long(), day.weekday_name());
            rule::WEEKDAY_MISMATCH
                .at(sentence.spot(whole.range()), message)
                .hint("correct the day of the week or the date")
        })
    };
    WEEKDAY.captures_iter(sentence.text).filter_map(mismatch).collect()
}
