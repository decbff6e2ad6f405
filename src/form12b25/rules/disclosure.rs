//! Checks Part III as a disclosure: whether it gives reasons, and whether Form 12b-25 accepts them.
//! Prose can be misread, so the findings are warnings at most.

use std::collections::{BTreeSet, HashSet};
use std::ops::Range;
use std::slice;

use super::mentions::{Mention, mentions};
use super::pattern::pattern;
use super::placeholders::is_unfinished;
use super::prose::{Prose, Sentence, words};
use super::references::references;
use super::results::{denies_change, has_earnings};
use super::subject::Subject;
use super::topics::{EDGAR, Topic, XBRL};
use super::words::STOCK;
use crate::diagnostics::finding::{Finding, Rule, Severity, Spot};
use crate::diagnostics::rule;
use crate::diagnostics::source::YamlPath;

// Of real notices, one in twenty has fewer than 35 words.
/// A Part III with fewer words is too short.
const FEWEST_WORDS: usize = 20;

/// A text with fewer words of its own could be that of any notice.
const FEWEST_OWN_WORDS: usize = 2;

/// 17 CFR 240.12b-25(a): the reasons are in reasonable detail, not words that any notice could use.
pub(super) fn reasons(subject: &Subject<'_>) -> Vec<Finding> {
    let Some(prose) = &subject.narrative else { return Vec::new() };
    let Some(first) = prose.sentences().next() else {
        let message = "Part III gives no reasons: it is a legend or a table alone";
        return vec![rule::NARRATIVE_STOCK.at("narrative", message).advised()];
    };
    let start = first.spot(0..first.text.len());
    let denied = has_earnings(subject.filing.report.form) && denies_change(subject.filing);
    // Fast path: most texts have words of their own. With those that they refer to, they have more.
    if thin(slice::from_ref(prose), start.clone(), denied).is_none() {
        return Vec::new();
    }
    // What is still to be written is reported once.
    if prose.texts().any(is_unfinished) {
        return Vec::new();
    }
    let references = references(subject.filing, prose);
    let mut all = vec![prose.clone()];
    let others = references.found.iter().filter(|(path, _)| *path != YamlPath::parse("narrative"));
    all.extend(others.map(|(path, text)| Prose::of(text, path)));
    if has_own_reason(subject, prose) {
        return Vec::new();
    }
    let Some(finding) = thin(&all, start, denied) else { return Vec::new() };
    vec![references.missing.map_or(finding, |(sentence, at)| missing(sentence, at))]
}

/// Returns the finding on texts that are too short, or that have no words of their own, or `None`. With
/// an answer of No in Part IV (3), the finding names the authority on both.
fn thin(all: &[Prose], start: Spot, denied: bool) -> Option<Finding> {
    let words = || all.iter().flat_map(Prose::words);
    let count = words().take(FEWEST_WORDS).count();
    if count < FEWEST_WORDS {
        let words = if count == 1 { "word" } else { "words" };
        let message = format!("Part III has {count} {words}: too few to be reasons");
        return Some(rule::NARRATIVE_SHORT.at(start, message).advised());
    }
    let own: BTreeSet<String> =
        all.iter().flat_map(|p| own_words(p, &HashSet::new(), FEWEST_OWN_WORDS)).collect();
    // One word can be the reason, where it names an event: `ill`, `fire`.
    if own.len() >= FEWEST_OWN_WORDS || own.iter().any(|word| OTHER_REASON.is_match(word)) {
        return None;
    }
    let own: Vec<String> = own.iter().map(|word| format!("`{word}`")).collect();
    let but = match own.as_slice() {
        [] => String::new(),
        own => format!(", but for {}", own.join(" and ")),
    };
    let message = format!(
        "Part III could be that of any notice: all its {} words are stock phrases{but}",
        words().count()
    );
    let finding = rule::NARRATIVE_STOCK.at(start, message).advised();
    Some(if denied { finding.hint(CHARGED) } else { finding })
}

/// The authority on stock reasons together with an answer of No in Part IV (3): the SEC's orders.
const CHARGED: &str = "say what this registrant could not do in time, and why; the SEC charged eight \
    issuers on April 29, 2021 and five on August 22, 2023 over notices with stock reasons and an \
    answer of No in Part IV (3), although their results changed";

/// The finding on a reference of Part III to a text that the notice lacks.
fn missing(sentence: Sentence<'_>, at: Range<usize>) -> Finding {
    let message = format!(
        "Part III refers to `{}`, and nothing of that name is attached",
        &sentence.text[at.clone()]
    );
    let finding = rule::SEE_NOTHING.at(sentence.spot(at), message).advised();
    Finding { severity: Severity::Warning, ..finding }
}

/// Whether Part III has a reason that words of any notice can express: another report is late or
/// comes first, or people have changed.
fn has_own_reason(subject: &Subject<'_>, prose: &Prose) -> bool {
    let report = &subject.filing.report;
    let end = report.period_ended;
    let is_other = |named: &Mention| {
        !named.fits(report.form) || named.ended.iter().any(|(_, day)| *day != end)
    };
    let comes_first = |s: Sentence<'_>| {
        COMES_FIRST.is_match(s.text) && mentions(s.text, end).iter().any(is_other)
    };
    prose.sentences_on(Topic::LateBefore).next().is_some()
        || prose.sentences_on(Topic::Report).any(comes_first)
        || prose.sentences().any(|s| NEW_PEOPLE.is_match(s.text))
}

// Another report comes first.
pattern!(COMES_FIRST, r"(?i)\b{comes first}\b");
// Officers, staff or auditors have changed: an event, although in words of any notice.
pattern!(NEW_PEOPLE, r"(?i)\b{new people}\b");

/// Returns the first words of a text that are not stock, names, figures or in `besides`: at most
/// `most` of them.
pub(super) fn own_words(prose: &Prose, besides: &HashSet<&str>, most: usize) -> BTreeSet<String> {
    let all = prose.sentences().flat_map(|sentence| words(sentence.text));
    // Names begin with a capital; most words of two letters are particles.
    let common =
        all.filter(|word| word.chars().count() > 2 && word.starts_with(char::is_lowercase));
    let plain = common
        .filter(|word| !word.contains(|c: char| c.is_ascii_digit()) && !STOCK.contains(word))
        .map(plain);
    let mut own = BTreeSet::new();
    for word in
        plain.filter(|word| !STOCK.contains(word.as_str()) && !besides.contains(word.as_str()))
    {
        own.insert(word);
        if own.len() == most {
            break;
        }
    }
    own
}

/// Returns a word without its genitive ending.
fn plain(word: &str) -> String {
    let word = word.replace('’', "'");
    word.strip_suffix("'s").or_else(|| word.strip_suffix('\'')).unwrap_or(&word).to_owned()
}

// Other causes of delay, from real notices.
pattern!(OTHER_REASON, r"(?i)\b{other reasons}\b");
// Work that is finished is not the cause.
pattern!(
    DONE,
    r"(?i)\b(?:was|were|is|are|had|has|have)\s+(?:been\s+|all\s+",
    r"|in\s+every\s+other\s+respect\s+been\s+|otherwise\s+|fully\s+|by\s+then\s+)*(?:complete",
    r"|completed|finished|finalized|final|ready|approved|signed|ended|done)\b|\b(?:finished",
    r"|completed)\s+(?:form|report|annual|quarterly)\b|\b(?:approved|given)\s+(?:by|on|to)\b",
);

pattern!(ONE_OF_SEVERAL, r"(?i)\b{one of several}\b");
pattern!(OWN_WORK, r"(?i)\b{own work late}\b");
pattern!(NOT_BEFORE, r"(?i)\bonly\s+(?:on|after|in|when)\b|\bnot\s+until\b");
// Trouble, and the denial that it is the cause.
pattern!(TROUBLE, r"(?i)\b{trouble}\b");
pattern!(
    NO_CAUSE,
    r"(?i)\bunrelated\b|\bavailable\s+(?:on|at|through)\b|\b(?:is|are|was|were",
    r"|be)\s+not\s+(?:\w+ly\s+)?(?:due|related|because|caused|the\s+(?:reason|cause))\b",
);

/// 17 CFR 240.12b-25(g) and (h): the form is not available if the only reason is a difficulty with
/// electronic filing or with an Interactive Data File.
pub(super) fn electronics(subject: &Subject<'_>) -> Vec<Finding> {
    let Some(prose) = &subject.narrative else { return Vec::new() };
    let found = |topic: Topic, pattern: &regex::Regex| {
        prose.sentences_on(topic).find_map(|sentence| {
            let at = pattern.find(sentence.text)?.range();
            let cause = TROUBLE.is_match(sentence.text) && !NO_CAUSE.is_match(sentence.text);
            cause.then(|| (sentence.spot(at.clone()), sentence.text[at].to_owned()))
        })
    };
    let finding = |rule: &'static Rule, (spot, matched): (Spot, String), cause: &str| {
        let message =
            format!("Part III speaks of `{matched}`, and {cause} seems to be its only reason");
        vec![rule.at(spot, message).advised()]
    };
    let (xbrl, edgar) = (found(Topic::Interactive, &XBRL), found(Topic::Electronic, &EDGAR));
    let other = || {
        prose.sentences().any(|s| {
            let electronic = s.is_on(Topic::Interactive) || s.is_on(Topic::Electronic);
            (OTHER_REASON.is_match(s.text)
                && (!DONE.is_match(s.text) || NOT_BEFORE.is_match(s.text)))
                || OWN_WORK.is_match(s.text)
                || (electronic && TROUBLE.is_match(s.text) && ONE_OF_SEVERAL.is_match(s.text))
        })
    };
    match (xbrl, edgar) {
        (None, None) => Vec::new(),
        _ if other() => Vec::new(),
        (Some(matched), _) => {
            finding(&rule::INTERACTIVE_DATA, matched, "the Interactive Data File")
        }
        (None, Some(matched)) => {
            finding(&rule::ELECTRONIC_DIFFICULTY, matched, "trouble with electronic filing")
        }
    }
}
