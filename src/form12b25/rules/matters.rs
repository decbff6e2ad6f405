//! Finds the matters in Part III that change results, each as stated or denied.

use std::cell::LazyCell;
use std::ops::Range;

use super::denial::{Clauses, Mention, is_inquiry};
use super::pattern::pattern;
use super::prose::{Prose, Sentence};
use super::topics::{MATTER, Topic};

// The same words about another subject.
pattern!(ELSEWHERE, r"(?i)\b{other matters}");
pattern!(INQUIRY, r"(?i)\b{inquiries}\b");
pattern!(INCIDENT, r"(?i)\b{incidents}\b");
pattern!(DEAL, r"(?i)\b{deals}\b");
// An error outside the accounts, unless the sentence speaks of amounts.
pattern!(MISHAP, r"(?i)\b{mishaps}\b");
pattern!(AMOUNT, r"(?i)\b{amounts}\b");
// `amended and restated` is said of papers, and of accounts.
pattern!(ACCOUNTS, r"(?i)\b(?:financial|statements|10-?[KQ]|results|figures|balance\s+sheets?)\b");
pattern!(PAPER, r"(?i)\b(?:agreements?|indenture|facility|notes?|charter|by-?laws|plan|lease)\b");
pattern!(CHANGE, r"(?i)^{changes}$");

// Past matters: remediated, or reported in an amended report.
pattern!(
    PAST,
    r"(?i)\b(?:was|were|been|fully|since)\s+(?:fully\s+|been\s+)?remediated\b",
    r"|\bas\s+reported\s+at\s+the\s+time\b|\bcompleted\s+(?:the|its|a)\s+restatement\b",
    r"|\brestated\b.*\bin\s+(?:a|an|its)\s+(?:amended\s+)?(?:Form\s+)?10-[KQ]/A",
);
// Before a matter that is not past yet.
pattern!(
    OPEN,
    r"(?i)\b(?:until|when|once|before|after|not|cannot)\s+(?:\S+\s+){0,8}$|n[’']t\s+(?:\S+\s+){0,8}$",
    r"|\b(?:will|must|shall|to|is|are|being|should|needs?)\s+(?:\S+\s+){0,4}$",
);
pattern!(YEAR, r"\b((?:19|20)[0-9]{2})\b");
// A change that may come is not stated.
pattern!(POSSIBLE, r"(?i)\b(?:may|might|could|can|whether|if|not|no)\b|n[’']t\b");

/// A matter that Part III states.
pub(super) struct Matter<'a> {
    pub(super) sentence: Sentence<'a>,
    pub(super) at: Range<usize>,
}

impl<'a> Matter<'a> {
    pub(super) fn word(&self) -> &'a str {
        &self.sentence.text[self.at.clone()]
    }

    /// Whether it is a weakness of controls, which need not change results.
    pub(super) fn is_weakness(&self) -> bool {
        self.word().to_lowercase().starts_with("material weak")
    }
}

/// Returns the matters that the prose of a report for a period that ends in a year states, each
/// kind once, in order.
pub(super) fn stated(prose: &Prose, year: i16) -> Vec<Matter<'_>> {
    let mut all: Vec<(String, Matter<'_>)> = Vec::new();
    for sentence in prose.sentences_on(Topic::Matter) {
        for at in matters(sentence, year) {
            let word = &sentence.text[at.clone()];
            // `restat` of restate, restated and restatement.
            let kind: String = word.chars().take(6).collect::<String>().to_lowercase();
            if all.iter().all(|(other, _)| *other != kind) {
                all.push((kind, Matter { sentence, at }));
            }
        }
    }
    all.into_iter().map(|(_, matter)| matter).collect()
}

/// Returns the ranges of the matters that a sentence states. A sentence on years before the last
/// one has none but those that are still open.
fn matters(sentence: Sentence<'_>, year: i16) -> Vec<Range<usize>> {
    let text = sentence.text;
    let mut years =
        YEAR.find_iter(text).filter_map(|found| found.as_str().parse::<i16>().ok()).peekable();
    let old = PAST.is_match(text) || (years.peek().is_some() && years.all(|said| said < year - 1));
    let elsewhere = LazyCell::new(|| Elsewhere::of(text));
    let clauses = LazyCell::new(|| Clauses::of(text));
    let is_stated = |at: &Range<usize>| {
        let change = CHANGE.is_match(&text[at.clone()]);
        let possible = || POSSIBLE.is_match(&text[clauses.around(at).start..at.end]);
        let past = old && !OPEN.is_match(&text[..at.start]);
        let other = past || elsewhere.includes(at, &clauses) || (change && possible());
        !other && clauses.mention(at, !change) == Mention::Stated
    };
    MATTER.find_iter(text).map(|found| found.range()).filter(is_stated).collect()
}

/// The words of a sentence that are about another subject than the accounts.
struct Elsewhere<'a> {
    text: &'a str,
    phrases: Vec<Range<usize>>,
    inquiries: bool,
    committees: bool,
    errors: bool,
}

impl<'a> Elsewhere<'a> {
    fn of(text: &'a str) -> Elsewhere<'a> {
        Elsewhere {
            text,
            phrases: ELSEWHERE.find_iter(text).map(|found| found.range()).collect(),
            inquiries: !INQUIRY.is_match(text) || INCIDENT.is_match(text),
            committees: DEAL.is_match(text),
            errors: MISHAP.is_match(text) && !AMOUNT.is_match(text),
        }
    }

    /// Whether a matter is about another subject.
    fn includes(&self, at: &Range<usize>, clauses: &Clauses<'_>) -> bool {
        let word = self.text[at.clone()].to_lowercase();
        if let Some(phrase) =
            self.phrases.iter().find(|phrase| phrase.start < at.end && at.start < phrase.end)
        {
            let clause = &self.text[clauses.around(at)];
            let paper = self.text[phrase.clone()].to_lowercase().starts_with("amended");
            return !paper || PAPER.is_match(clause) || !ACCOUNTS.is_match(clause);
        }
        (self.inquiries && is_inquiry(&word))
            || (self.committees && word == "special committee")
            || (self.errors && word.starts_with("error"))
    }
}
