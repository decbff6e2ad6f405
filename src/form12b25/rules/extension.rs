//! Checks what Part III says of the extension: its length and its last day. Prose can be misread,
//! so the findings are warnings at most.

use std::ops::Range;

use super::dates::{DAY, days};
use super::pattern::pattern;
use super::promise::{ANOTHER, is_about_another};
use super::prose::Sentence;
use super::subject::Subject;
use super::topics::{LENGTH, Topic};
use crate::diagnostics::finding::Finding;
use crate::diagnostics::rule;
use crate::form12b25::deadline::{Dates, extension};
use crate::form12b25::model::{CivilDate, FormType};

pattern!(
    RULE,
    r"(?i)12b-25|\bdue\s+date\b|\bfil(?:e|ed|ing)\b|\bthe\s+(?:prescribed|original|extended)\b"
);

// A date as the last day of the extension.
pattern!(
    DAY_THE_END,
    DAY,
    r",?\s+(?:(?i)(?:which|that)\s+is\s+|being\s+|i\.e\.,?\s+)?(?:the\s+)?(?:fifteenth|fifth|15th",
    r"|5th)\s+(?:calendar\s+)?day\b",
);
pattern!(
    END_IS_DAY,
    r"(?i)\b(?:extension|grace\s+period)(?:\s+period)?\s+(?:\S+\s+){0,6}?(?:ends?|ended|expires?",
    r"|ending|expiring|runs?|lasts?|until|through)\s+(?:\w+\s+){0,2}?(?-i)",
    DAY
);
pattern!(
    IS_EXTENDED,
    r"(?i)\b(?:is|be|are)\s+(?:automatically\s+)?extended\s+(?:by\s+\S+\s+\S+\s+)?(?:to|until",
    r"|through)\s+(?-i)",
    DAY
);
pattern!(
    EXTENDED_IS_DAY,
    r"(?i)\bextended\s+(?:due\s+date|deadline|filing\s+date),?\s+(?:of|is|was|to)?\s*(?-i)",
    DAY
);
pattern!(RULE_EXTENDS, r"(?i)\b12b-25(?:\(b\))?\s+extends?\b.*?\bto\s+(?-i)", DAY);
pattern!(
    LAST_DAY_IS,
    r"(?i)(?:\b(?:fifteenth|fifth|15th|5th)\s+(?:calendar\s+)?day\s+(?:following|after)\s+(?:the",
    r"|its|that)\s+(?:\w+\s+){0,2}?due\s+date)(?:,|\s|\(|which\b|that\b|is\b|or\b|being\b",
    r"|i\.e\.)*(?-i)",
    DAY
);

/// The most findings on the extension that are reported; each costs a search of Part III.
const MOST_MISSTATED: usize = 100;

/// Part III must state the length and the end of the extension correctly.
pub(super) fn stated(subject: &Subject<'_>) -> Vec<Finding> {
    let Some(prose) = &subject.narrative else { return Vec::new() };
    let form = subject.filing.report.form;
    let mut findings = Vec::new();
    for sentence in prose.sentences() {
        let end = subject.dates.and_then(|(dates, last)| ends(&sentence, form, dates, last));
        let mut found: Vec<Finding> = length(form, &sentence).into_iter().chain(end).collect();
        let about = || RULE.is_match(sentence.text) && !ANOTHER.is_match(sentence.text);
        if !found.is_empty() && about() && !is_about_another(sentence.text, &subject.filing.report)
        {
            findings.append(&mut found);
        }
        if findings.len() >= MOST_MISSTATED {
            break;
        }
    }
    findings
}

fn length(form: FormType, sentence: &Sentence<'_>) -> Option<Finding> {
    let found = sentence.is_on(Topic::Length).then(|| LENGTH.captures(sentence.text)).flatten()?;
    let said =
        ["days", "of", "nth"].iter().find_map(|name| found.name(name))?.as_str().to_lowercase();
    let days = match said.trim_end_matches("th") {
        "five" | "fif" | "5" => 5,
        "seven" | "7" => 7,
        "ten" | "10" => 10,
        "fifteen" | "15" => 15,
        "twenty" | "twentie" | "20" => 20,
        _ => 30,
    };
    let business = ["kind", "of_kind", "nth_kind"]
        .iter()
        .filter_map(|name| found.name(name))
        .any(|kind| kind.as_str().to_lowercase().starts_with("business"));
    let right = extension(form);
    if days == right && !business {
        return None;
    }
    let whole = found.get(0)?;
    let message = format!(
        "Part III speaks of a `{}`; that of Form {form} is {right} calendar days",
        whole.as_str()
    );
    Some(rule::DEADLINE_MISSTATED.at(sentence.spot(whole.range()), message))
}

/// Checks a stated end of the extension, such as `April 15, 2026, the fifteenth calendar day
/// following the prescribed due date`.
fn ends(sentence: &Sentence<'_>, form: FormType, dates: Dates, last: Dates) -> Option<Finding> {
    let text = sentence.text;
    if !sentence.is_on(Topic::Dated) || !sentence.is_on(Topic::LastDay) {
        return None;
    }
    let (at, day) = [
        &*DAY_THE_END,
        &*END_IS_DAY,
        &*EXTENDED_IS_DAY,
        &*IS_EXTENDED,
        &*RULE_EXTENDS,
        &*LAST_DAY_IS,
    ]
    .into_iter()
    .find_map(|pattern| dated(pattern, text))?;
    // The last day before a weekend or a holiday moves it is right, too.
    if [dates.extended, last.extended, dates.due.plus_days(extension(form))].contains(&day) {
        return None;
    }
    let message = format!(
        "Part III has the extension end on {}; it ends on {}",
        day.long(),
        dates.extended.long()
    );
    let hint = "`latefile due` shows how it is counted";
    Some(rule::DEADLINE_MISSTATED.at(sentence.spot(at), message).hint(hint))
}

/// Returns the date in a match with its range, or `None` if there is none.
fn dated(pattern: &regex::Regex, text: &str) -> Option<(Range<usize>, CivilDate)> {
    let found = pattern.find(text)?;
    days(&text[found.range()])
        .next()
        .map(|(at, day)| (found.start() + at.start..found.start() + at.end, day))
}
