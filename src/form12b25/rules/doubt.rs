//! Finds a Part III that promises nothing and refuses an assurance that the report will be filed
//! within the extension, although Part II (b) represents that it will be. Prose can be misread, so
//! the finding is a warning at most.

use std::ops::Range;

use super::dates::days;
use super::pattern::pattern;
use super::promise::{ANOTHER, done, promise, refusal};
use super::prose::Sentence;
use super::subject::Subject;
use super::topics::{DOUBT, EXTENSION, Topic, WILL};
use crate::diagnostics::finding::Finding;
use crate::diagnostics::rule;

// The promise of an effort is weaker than Part II (b), but a doubt beside it is customary.
pattern!(EFFORT, r"(?i)\b(?:every|best|all\s+reasonable|diligent|utmost)\s+(?:\w+\s+)?efforts?\b");
pattern!(IF, r"(?i)\b(?:if|unless|without\s+(?:the|an|such)\s+extension)\b");

/// If relief is sought, Part III must not refuse the assurance of Part II (b) without a promise.
pub(super) fn contradiction(subject: &Subject<'_>) -> Vec<Finding> {
    let sought = subject.filing.relief.is_promised();
    let Some(prose) = subject.narrative.as_ref().filter(|_| sought) else { return Vec::new() };
    let on_time = |s: &Sentence<'_>| s.is_on(Topic::Extension) || s.is_on(Topic::Dated);
    let dated = || prose.sentences().filter(on_time);
    let doubted = dated().filter(|sentence| sentence.is_on(Topic::Doubted));
    let mut doubts = doubted.filter_map(|sentence| Some((sentence, doubt(subject, &sentence)?)));
    let Some((sentence, at)) = doubts.next() else { return Vec::new() };
    let clauses = || dated().flat_map(Sentence::clauses);
    if EFFORT.is_match(sentence.text)
        || clauses().any(|clause| promise(&clause, subject).is_some())
        || clauses().any(|clause| refusal(&clause, subject.dates).is_some())
    {
        return Vec::new();
    }
    let message = format!(
        "Part III doubts (`{}`) that the report is filed within the extension, and Part II (b) \
         represents that it will be",
        &sentence.text[at.clone()]
    );
    let hint = "say by when the report will be filed, or set `filed_within_extension: false` or \
                `relief: none`";
    vec![rule::PROMISE_CONTRADICTED.at(sentence.spot(at), message).hint(hint)]
}

/// Returns the range in which a sentence doubts that the report is filed within the extension, or
/// `None`.
fn doubt(subject: &Subject<'_>, sentence: &Sentence<'_>) -> Option<Range<usize>> {
    let text = sentence.text;
    let found = DOUBT.find(text)?;
    let (before, after) = (&text[..found.start()], &text[found.end()..]);
    let is_last = |day| subject.dates.is_some_and(|(dates, _)| day == dates.extended);
    let within = |text: &str| EXTENSION.is_match(text) || days(text).any(|(_, day)| is_last(day));
    done(after, 0)?;
    let promised = WILL.is_match(before) && done(before, 0).is_some() && within(before);
    let excused = promised || IF.is_match(text) || ANOTHER.is_match(text);
    (within(text) && !excused).then(|| found.range())
}
