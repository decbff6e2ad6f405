//! Compares the promises in Part III with Part II (b) and the calendar. Prose can be misread, so
//! the findings are warnings at most.

use std::ops::Range;

use super::dates::days;
use super::pattern::pattern;
use super::prose::Sentence;
use super::subject::Subject;
use super::topics::{EXTENSION, Topic, WILL};
use super::until::{Until, time};
use crate::diagnostics::finding::{Finding, Rule};
use crate::diagnostics::rule;
use crate::form12b25::deadline::Dates;
use crate::form12b25::model::{CivilDate, Report};

// A promise up to the report itself: `expects to file the`.
pattern!(
    WILL_FILE,
    r"(?i)\b{promises}\s+(?:\w+\s+){0,4}?(?:file|filing|submit)\s+(?:its|the|our|their|such|this)\s+$",
);
pattern!(FILE, r"(?i)\b(?:fil(?:e|ed|ing|es)|submit(?:ted)?|submission)\b");
// Only together with the report: other things are also completed or ready.
pattern!(
    MAKE,
    r"(?i)\b(?:complet(?:e|ed|ing)|finish(?:ed)?|finaliz(?:e|ed)|ready|furnish(?:ed)?|available)\b"
);
pattern!(REPORT, r"(?i)\b(?:reports?|form\s+[0-9N]\S*|10-[KQD]|20-F|11-K|filing)\b");
pattern!(
    NOT,
    r"(?i)\b(?:not|n[’']t|cannot|unable|never|nor|neither|unlikely|no\s+longer)\b|n[’']t\b"
);
pattern!(NOT_LATER, r"(?i)\bnot\s+later\s+than\b");
pattern!(HEDGE, r"(?i)\b{conditions}\b");
// Another document than the report of the notice.
pattern!(ANOTHER, r"(?i)\b{other papers}\b");
/// A promise to file the report.
pub(super) struct Promise {
    /// The range of its time in the clause.
    at: Range<usize>,
    until: Until,
}

/// A promise or a refusal in a clause that contradicts Part II.
struct Contradiction<'a> {
    clause: Sentence<'a>,
    at: Range<usize>,
    rule: &'static Rule,
    message: String,
    hint: String,
}

/// Part III must not contradict Part II (b) or the extended due date.
pub(super) fn promises(subject: &Subject<'_>) -> Vec<Finding> {
    let Some(prose) = &subject.narrative else { return Vec::new() };
    let dated = prose.sentences().filter(|s| {
        (s.is_on(Topic::Extension) || s.is_on(Topic::Dated))
            && (s.is_on(Topic::Promised) || s.is_on(Topic::Refused))
    });
    let mut first: Vec<Contradiction<'_>> = Vec::new();
    for found in dated.flat_map(Sentence::clauses).filter_map(|c| contradiction(subject, c)) {
        // One finding for each rule, at its first place.
        if first.iter().all(|other| other.rule.code != found.rule.code) {
            first.push(found);
        }
    }
    let finding = |Contradiction { clause, at, rule, message, hint }: Contradiction<'_>| {
        rule.at(clause.spot(at), message).hint(hint)
    };
    first.into_iter().map(finding).collect()
}

/// Returns the contradiction of a clause to Part II, or `None` if there is none.
fn contradiction<'a>(subject: &Subject<'_>, clause: Sentence<'a>) -> Option<Contradiction<'a>> {
    let relief = subject.filing.relief.is_promised();
    if let Some(at) = relief.then(|| refusal(&clause, subject.dates)).flatten() {
        let message = format!(
            "Part III says `{}`, and Part II (b) represents that it will be",
            &clause.text[at.clone()]
        );
        let hint = "without that representation there is no relief; set \
                    `filed_within_extension: false` or `relief: none`"
            .to_owned();
        return Some(Contradiction {
            clause,
            at,
            rule: &rule::PROMISE_CONTRADICTED,
            message,
            hint,
        });
    }
    let Promise { at, until } = promise(&clause, subject)?;
    let (rule, message, hint) = if let Some(past) = past(subject, until) {
        past
    } else if relief {
        beyond_extension(subject, until)?
    } else {
        without_relief(subject, &clause.text[at.clone()], until)?
    };
    Some(Contradiction { clause, at, rule, message, hint })
}

/// Checks a promise with relief: the rule, the message and the hint, or `None` if it is kept.
fn beyond_extension(
    subject: &Subject<'_>,
    until: Until,
) -> Option<(&'static Rule, String, String)> {
    let (Until::Day(day) | Until::From(day)) = until else { return None };
    let (dates, last) = subject.dates.filter(|(_, last)| day > last.extended)?;
    let message = format!(
        "Part III promises the report by {}, and the extension ends on {}",
        day.long(),
        last.extended.long()
    );
    let hint = format!(
        "Part II (b) represents that it is filed by {}; change the day, or do not seek relief",
        dates.extended.long()
    );
    Some((&rule::PROMISE_BEYOND_EXTENSION, message, hint))
}

/// Checks a promise for a day that is past: the rule, the message and the hint, or `None`.
fn past(subject: &Subject<'_>, until: Until) -> Option<(&'static Rule, String, String)> {
    let day = match until {
        Until::Day(day) => day,
        // A part of a month is past when the month is.
        Until::From(day) => {
            let (year, month, _) = day.parts();
            CivilDate::of(year, month, 1)?.plus_months(1).plus_days(-1)
        }
        Until::Extension => return None,
    };
    // Signed, the day of the signature; else the earliest day on which the report is late.
    let due = || subject.dates.map(|(dates, _)| dates.due);
    let filing = subject.filing;
    let first = filing.signature.date.or_else(due).unwrap_or(filing.report.period_ended);
    (day < first).then(|| {
        let message = format!("Part III promises the report by {}, which is past", day.long());
        let hint = "correct the day; the text may be that of an earlier notice";
        (&rule::PROMISE_PAST, message, hint.to_owned())
    })
}

/// Checks a promise without relief: the rule, the message and the hint, or `None` if it is not
/// that of Part II (b).
fn without_relief(
    subject: &Subject<'_>,
    words: &str,
    until: Until,
) -> Option<(&'static Rule, String, String)> {
    let why = match until {
        Until::Day(day) | Until::From(day) => {
            subject.dates.filter(|(dates, _)| day > dates.due && day <= dates.extended)?;
            "that is within the extension"
        }
        Until::Extension => "that is the promise of Part II (b)",
    };
    let message = format!("Part III promises the report `{words}`; {why}, and its box is empty");
    let hint = "tick the box (`relief: sought`), or the report will not count as filed on time";
    Some((&rule::PROMISE_WITHOUT_RELIEF, message, hint.to_owned()))
}

/// Returns the promise of a clause to file the report, or `None` if it has none without doubt.
pub(super) fn promise(clause: &Sentence<'_>, subject: &Subject<'_>) -> Option<Promise> {
    let (text, report) = (clause.text, &subject.filing.report);
    let will = clause.is_on(Topic::Promised).then(|| WILL.find(text)).flatten()?;
    let file = done(text, will.end())?;
    let doubted = NOT.is_match(&NOT_LATER.replace_all(text, "by")) || HEDGE.is_match(text);
    let of_exchange = || EXCHANGE.is_match(text) && GIVES_TIME.is_match(text);
    if doubted || ANOTHER.is_match(text) || is_about_another(text, report) || of_exchange() {
        return None;
    }
    let (at, until) = time(text, file, subject).or_else(|| {
        let at = EXTENSION.find_iter(text).find(|found| found.start() > will.start())?.range();
        Some((at, Until::Extension))
    })?;
    Some(Promise { at, until })
}

/// Returns the position of the words on filing or completing the report, or `None`. Words after
/// `from` come first.
pub(super) fn done(text: &str, from: usize) -> Option<usize> {
    let either =
        |pattern: &regex::Regex| pattern.find_at(text, from).or_else(|| pattern.find(text));
    let made = || either(&MAKE).filter(|_| REPORT.is_match(text));
    either(&FILE).or_else(made).map(|found| found.start())
}

pattern!(PERIOD, r"(?i)\b(?:year|quarter|months)\s+(?:ended|ending)\s+$");
// `its June 30, 2025 Form 10-Q`.
pattern!(OF_REPORT, r"(?i)^\s+(?:form|annual|quarterly|report)\b");
pattern!(EARLIER_REPORT, r"(?i)\b{earlier reports}\b");
// A time that an exchange gives.
pattern!(EXCHANGE, r"(?i)\b{exchanges}\b");
pattern!(GIVES_TIME, r"(?i)\b{times of exchanges}\b");

// Reports whose extensions can differ from that of the notice's report.
pattern!(FORMS, r"\bForm\s+(?:10-K|10-Q|20-F|11-K|10-D|N-CSR|N-CEN)\b");

/// Whether a text names another form than the report's, or another period.
pub(super) fn is_about_another(text: &str, report: &Report) -> bool {
    let form = report.form.to_string();
    let other = |found: regex::Match<'_>| !found.as_str().ends_with(&form);
    let period = |(at, day): (Range<usize>, CivilDate)| {
        (PERIOD.is_match(&text[..at.start]) || OF_REPORT.is_match(&text[at.end..]))
            && day != report.period_ended
    };
    EARLIER_REPORT.is_match(text) || FORMS.find_iter(text).any(other) || days(text).any(period)
}

pattern!(REFUSAL, r"(?i)\b{refusals}\b.*");

/// Returns the range in which a clause denies that the report will be filed within the extension,
/// or `None` if it does not.
pub(super) fn refusal(
    clause: &Sentence<'_>,
    dates: Option<(Dates, Dates)>,
) -> Option<Range<usize>> {
    let text = clause.text;
    let found = clause.is_on(Topic::Refused).then(|| REFUSAL.find(text)).flatten()?;
    // The extension by its name, anywhere in the clause, or by its last day.
    let last = dates
        .and_then(|(dates, _)| days(text).find(|(_, day)| *day == dates.extended))
        .map(|(at, _)| at);
    let extension = EXTENSION.find(text).map(|found| found.range()).or(last)?;
    if done(text, 0).is_none() && !MEET.is_match(text) {
        return None;
    }
    let hedged = HEDGE.is_match(&EVEN_IF.replace_all(text, ""));
    let excuse = text.contains("unreasonable effort") || IN_TIME.is_match(text);
    (!hedged && !excuse && !ANOTHER.is_match(text)).then(|| {
        found.start().min(extension.start)
            ..extension
                .end
                .max(found.start() + found.as_str().split_whitespace().next().map_or(0, str::len))
    })
}

pattern!(EVEN_IF, r"(?i)\beven\s+if\b");
pattern!(MEET, r"(?i)\b(?:meet|miss|suffice|enough)\b");
// Inability until the due date, which every notice states.
pattern!(IN_TIME, r"(?i)\b(?:prescribed|original)\s+(?:due\s+date|time\s+period)\b.*\bextension\b");
