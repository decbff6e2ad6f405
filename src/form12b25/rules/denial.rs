//! Finds out whether a sentence denies a matter that it mentions. A denial governs the words of the
//! matter directly, in their clause: `no error was found`, but not `must be restated because no
//! accrual was recorded`.

use std::ops::Range;

use super::pattern::pattern;

pattern!(BREAK, r"(?i){clause breaks}");
// `is not because of`: the reason itself is denied.
pattern!(NOT_THE_REASON, r"(?i)\b(?:is|are|was|were|be)\s+not\s+(?:\w+ly\s+)?$");
pattern!(NO_DENIAL, r"(?i)\b{no denials}\b");
pattern!(
    NEGATION,
    r"(?i)\b(?:not|never|nor|neither|nothing|none|no|without|free\s+(?:of|from)|rather\s+than",
    r"|instead\s+of)\b|n[’']t\b",
);
// A second negation, such as in `cannot file without restating`.
pattern!(
    ANOTHER_NEGATION,
    r"(?i)\b(?:cannot|not|unable|impossible|no|never|neither|nor|hardly)\b|n[’']t\b"
);
pattern!(COULD, r"(?i)\b(?:can|could|may|might)\s*$");

pattern!(LINK, r"(?i)\b{links}\b");
pattern!(GROUND, r"(?i)^\s*(?:\w+\s+){0,2}?{grounds}\s+(?:to|that|of|for|under|in)\b");
// `no quarter had to be` restated.
pattern!(
    SUBJECT,
    r"(?i)^(?:\s*[^\s;]+){1,8}?\s+(?:is|are|was|were|been|be|being)(?:\s+(?:found|considered",
    r"|deemed|required|expected|being|to|be|\w+ly))*\s*$",
);
pattern!(VERB, r"(?i)^\s*(?:\S+\s+){0,2}?{denying verbs}\w*");
pattern!(CREATES, r"(?i)^\s*(?:\S+\s+){0,2}?{creating verbs}\w*");
pattern!(SUBJECT_AND_VERB, r"(?i)^\s*(?:\S+\s+){0,8}?{denying verbs}\w*");
pattern!(SUBJECT_CREATES, r"(?i)^\s*(?:\S+\s+){0,8}?{creating verbs}\w*");
pattern!(
    IS_NOT,
    r"(?i)^\s*(?:be\s+|been\s+)?(?:(?:an?|any)\b|the\s+(?:result|subject|correction|consequence)\b)",
    r"|^\s*(?:\w+ly\s+)?(?:because|due|owing|attributable|connected)\b",
);
pattern!(
    DIRECTLY,
    r"(?i)^(?:\s*(?:currently|presently|now|be|been|being|(?:required|have|had|needed|need|intend",
    r"|intended|plan|planning|going|expected|found)\s+to|otherwise|in\s+any\s+way|considered",
    r"|deemed|materially|a))*\s*$",
);
// `does not expect to complete`.
pattern!(TO_COMPLETE, r"(?i)^(?:\s+\S+){0,6}?\s+{completions}");
pattern!(BE_COMPLETE, r"(?i)^(?:\s+\S+){0,8}?\s+(?:to|will|can)\s+(?:\w+\s+){0,3}?{completions}");
// A denial for a time: `were not identified until March`.
pattern!(
    LATER,
    r"(?i)^.{0,80}?\b(?:(?:until|before|in\s+time|timely|yet)\b|(?:earlier|sooner)\s*(?:[.,;]|$))"
);
pattern!(FOUND, r"(?i)(?:identif|f[io]und?|disclos|reveal|uncover|discover|detect)\w*$");

// After the word: its denial.
pattern!(
    NOT_NEEDED,
    r"(?i)^\s*(?:[^\s;,]+\s+){0,6}?(?:is|are|was|were|will|has|have|would)\s+(?:not|neither)\s+(?:be",
    r"\s+|been\s+|currently\s+)?(?:expect|requir|necess|need|anticipat|warrant|believ|involv|pending",
    r"|contemplat|planned|foresee)\w*",
);
pattern!(
    NOT_FOUND,
    r"(?i)^\s*(?:is|are|was|were|has|have|had)\s+(?:not|neither)\s+(?:be\s+|been\s+|currently\s+)?",
    r"(?:found|identif|discover|record|present|occur|aris)\w*",
);
pattern!(THAT, r"(?i)\bthat\b");
pattern!(NOTHING_AFTER, r"(?i)^\s+(?:no|none|nothing)\s+(\w+)");
// The inquiry is about something else, or ended without a finding; the error changes no result.
pattern!(
    NOT_ABOUT,
    r"(?i)^(?:\s+[^\s;]+){0,8}?\s+(?:did|does|do|will)\s+not\s+(?:concern|relate\s+to|involve|affect",
    r"|change|alter)\s+(?:\S+\s+){0,4}?(?:accounting|financial|books|results|income|earnings|loss)",
);
pattern!(
    NO_FINDING,
    r"(?i)\b(?:found|revealed|identified|disclosed|uncovered|(?:ended|concluded|closed)\s+with)\s+(?:no",
    r"|nothing|none)\b|\b(?:ended|concluded|closed)\s+without\b",
);
// A condition is not a statement.
pattern!(IF, r"(?i)\b(?P<word>if|unless)\s+(?:\S+\s+){0,4}$");
pattern!(
    WHETHER,
    r"(?i)\b(?:know|clear|certain|determin\w+|decid\w+|assess\w*|evaluat\w*|consider\w*|examin\w*)\s+$"
);
// A small matter is neither denied nor stated.
pattern!(
    SMALL_BEFORE,
    r"(?i)\b(?:immaterial|insignificant|minor|trivial|inconsequential|slight(?:ly)?|modest(?:ly)?",
    r"|marginal(?:ly)?)\s+(?:\w+\s+){0,2}$"
);
pattern!(
    SMALL_AFTER,
    r"(?i)^\s*(?:\S+\s+){0,6}?(?:is|are|was|were|be|been|as)\s+(?:(?:not|neither)\s+(?:\w+\s+){0,3}?",
    r"(?:material|significant)|(?:\w+\s+){0,3}?(?:immaterial|insignificant|inconsequential))\b",
    r"|^\s+(?:only\s+)?(?:slight|modest|marginal)ly\b",
);
pattern!(
    SMALL,
    r"(?i)^\s*(?:\S+\s+){0,6}?(?:to\s+be|will\s+be|is|are)\s+(?:\w+\s+)?(?:material|significant)"
);

/// How a sentence mentions a matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mention {
    Stated,
    Denied,
    /// Stated to be small.
    Small,
}

/// A sentence in its clauses.
pub(super) struct Clauses<'a> {
    text: &'a str,
    breaks: Vec<Range<usize>>,
}

impl<'a> Clauses<'a> {
    pub(super) fn of(text: &'a str) -> Clauses<'a> {
        let breaks = BREAK.find_iter(text).map(|found| found.range());
        let breaks = breaks.filter(|at| !NOT_THE_REASON.is_match(&text[..at.start])).collect();
        Clauses { text, breaks }
    }

    /// Returns the range of the clause around a piece of the sentence.
    pub(super) fn around(&self, at: &Range<usize>) -> Range<usize> {
        let before = self.breaks.partition_point(|found| found.end <= at.start);
        let start = self.breaks[..before].last().map_or(0, |found| found.end);
        let after = self.breaks[before..].iter().find(|found| found.start >= at.end);
        start..after.map_or(self.text.len(), |found| found.start)
    }

    /// Returns how the sentence mentions the matter at a range. A matter that `exists` once it has
    /// an article is a noun such as an error; a change in results is none.
    pub(super) fn mention(&self, at: &Range<usize>, exists: bool) -> Mention {
        let clause = self.around(at);
        let before = NO_DENIAL.replace_all(&self.text[clause.start..at.start], " ");
        let rest = &self.text[at.end..];
        let matter = Matter {
            word: &self.text[at.clone()],
            definite: exists && is_definite(&before, &self.text[at.clone()]),
            after: &rest[..clause.end - at.end],
            rest,
        };
        let negation = NEGATION.find_iter(&before).last();
        let small = SMALL_BEFORE.is_match(&before) || SMALL_AFTER.is_match(rest);
        if small || (negation.is_some() && SMALL.is_match(rest)) {
            return Mention::Small;
        }
        let denied = negation.is_some_and(|found| {
            let (lead, gap) = (&before[..found.start()], &before[found.end()..]);
            matter.is_governed(&found.as_str().to_lowercase(), lead, gap)
        });
        if denied || matter.is_denied_after() || self.is_condition(at) {
            Mention::Denied
        } else {
            Mention::Stated
        }
    }

    fn is_condition(&self, at: &Range<usize>) -> bool {
        let Some(found) = IF.captures(&self.text[..at.start]) else { return false };
        let lead = &self.text[..found.get(0).map_or(0, |whole| whole.start())];
        let without = found["word"].eq_ignore_ascii_case("unless");
        let is_stated = without && ANOTHER_NEGATION.is_match(lead);
        !is_stated && !WHETHER.is_match(lead)
    }
}

/// The words of a matter with those after them.
struct Matter<'a> {
    word: &'a str,
    /// Whether an article or a pronoun says that it exists.
    definite: bool,
    /// The rest of its clause.
    after: &'a str,
    /// The rest of its sentence.
    rest: &'a str,
}

impl Matter<'_> {
    /// Whether a negation governs it. The lead comes before the negation, the gap between both.
    fn is_governed(&self, negation: &str, lead: &str, gap: &str) -> bool {
        match negation {
            "not" | "never" => self.is_denied_by_verb(lead, gap),
            "nor" | "neither" => !self.definite,
            _ if negation.contains(['\'', '’']) => self.is_denied_by_verb(lead, gap),
            "without" if ANOTHER_NEGATION.is_match(lead) => false,
            "no" | "none" | "nothing" => {
                self.is_noun_of(gap)
                    || (self.is_participle() && SUBJECT.is_match(gap))
                    || self.is_complement(gap, &SUBJECT_AND_VERB, &SUBJECT_CREATES)
            }
            _ => self.is_noun_of(gap),
        }
    }

    /// Whether `no` and the like before a gap belong to it: `no error`, `no need to restate`.
    fn is_noun_of(&self, gap: &str) -> bool {
        GROUND.is_match(gap) || (!self.definite && !LINK.is_match(gap))
    }

    /// Whether `not` before a gap denies it: `not find any error`, `not restated`.
    fn is_denied_by_verb(&self, lead: &str, gap: &str) -> bool {
        if COULD.is_match(lead) {
            return false;
        }
        let directly = || self.is_verb() && DIRECTLY.is_match(gap) && !LATER.is_match(self.rest);
        let noun = || !self.definite && IS_NOT.is_match(gap);
        directly() || noun() || self.is_complement(gap, &VERB, &CREATES)
    }

    /// Whether it is the complement of a verb that is denied.
    fn is_complement(&self, gap: &str, verbs: &regex::Regex, creating: &regex::Regex) -> bool {
        if creating.is_match(gap) {
            return true;
        }
        verbs.find(gap).is_some_and(|verb| {
            let later = FOUND.is_match(verb.as_str()) && LATER.is_match(self.rest);
            let complete =
                TO_COMPLETE.is_match(&gap[verb.end()..]) || BE_COMPLETE.is_match(self.rest);
            !self.definite && !later && !complete
        })
    }

    /// Whether the words after it deny it: `errors were not found`, `restates no prior period`.
    fn is_denied_after(&self) -> bool {
        let nothing = NOTHING_AFTER
            .captures(self.after)
            .is_some_and(|found| !matches!(&found[1], "longer" | "doubt" | "later" | "less"));
        let not_needed = || {
            NOT_NEEDED.find(self.after).is_some_and(|found| {
                !THAT.is_match(found.as_str()) && !BE_COMPLETE.is_match(&self.after[found.end()..])
            })
        };
        let not_found =
            || !self.definite && NOT_FOUND.is_match(self.after) && !LATER.is_match(self.rest);
        nothing
            || (!self.is_verb() && (not_needed() || not_found()))
            || NOT_ABOUT.is_match(self.after)
            || (is_inquiry(self.word) && NO_FINDING.is_match(self.after))
    }

    fn is_participle(&self) -> bool {
        self.word.ends_with("ed")
    }

    fn is_verb(&self) -> bool {
        let last = self.word.rsplit(' ').next().unwrap_or_default().to_lowercase();
        self.is_participle()
            || ["restate", "restates", "restating", "overstate", "understate"]
                .contains(&last.as_str())
    }
}

/// Whether a matter is an inquiry, which can end without a finding.
pub(super) fn is_inquiry(word: &str) -> bool {
    let word = word.to_lowercase();
    ["invest", "inquir", "allega", "review", "forens"].iter().any(|part| word.contains(part))
}

/// Whether the words before a matter say that it exists: `the accounting errors`, `this restated`.
fn is_definite(before: &str, word: &str) -> bool {
    const DEFINITE: [&str; 9] =
        ["the", "this", "these", "those", "both", "said", "its", "our", "their"];
    const OTHER: [&str; 24] = [
        "a", "an", "any", "no", "of", "in", "to", "for", "that", "is", "are", "was", "were", "be",
        "been", "has", "have", "or", "and", "other", "with", "on", "by", "further",
    ];
    let most = if word.ends_with("ed") { 1 } else { 4 };
    let mut words = before.rsplit(' ').filter(|word| !word.is_empty()).take(most);
    let found = words.find(|word| DEFINITE.contains(word) || OTHER.contains(word));
    found.is_some_and(|word| DEFINITE.contains(&word))
}
