//! Checks Part III as a disclosure: whether it gives reasons, and whether Form 12b-25 accepts them.
//! Prose can be misread, so the findings are warnings at most.

use std::collections::{BTreeSet, HashSet};

use super::pattern::pattern;
use super::prose::{Prose, words};
use super::subject::Subject;
use super::topics::{EDGAR, PLACEHOLDER, Topic, XBRL};
use super::words::STOCK;
use crate::diagnostics::finding::{Finding, Rule, Spot};
use crate::diagnostics::rule;

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
    let mut unfilled = prose.sentences_on(Topic::Placeholder);
    if let Some((sentence, at)) =
        unfilled.find_map(|s| Some((s, PLACEHOLDER.find(s.text)?.range())))
    {
        let message = format!("Part III still has a placeholder, `{}`", &sentence.text[at.clone()]);
        return vec![rule::NARRATIVE_PLACEHOLDER.at(sentence.spot(at), message)];
    }
    // The lateness of an earlier report is a reason by itself.
    if prose.sentences_on(Topic::LateBefore).next().is_some() {
        return Vec::new();
    }
    let start = || first.spot(0..first.text.len());
    if prose.words().take(FEWEST_WORDS).count() < FEWEST_WORDS {
        let count = prose.words().count();
        let message = format!(
            "Part III has {count} {}: too few to be reasons",
            if count == 1 { "word" } else { "words" }
        );
        return vec![rule::NARRATIVE_SHORT.at(start(), message).advised()];
    }
    let own = own_words(prose, &HashSet::new(), FEWEST_OWN_WORDS);
    // One word can be the reason, where it names an event: `ill`, `fire`.
    if own.len() >= FEWEST_OWN_WORDS || own.iter().any(|word| OTHER_REASON.is_match(word)) {
        return Vec::new();
    }
    let own: Vec<String> = own.iter().map(|word| format!("`{word}`")).collect();
    let but =
        if own.is_empty() { String::new() } else { format!(", but for {}", own.join(" and ")) };
    let count = prose.words().count();
    let message = format!(
        "Part III could be that of any notice: all its {count} words are stock phrases{but}"
    );
    vec![rule::NARRATIVE_STOCK.at(start(), message).advised()]
}

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
            OTHER_REASON.is_match(s.text) && (!DONE.is_match(s.text) || NOT_BEFORE.is_match(s.text))
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
