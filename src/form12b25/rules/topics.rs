//! Finds the topics of a sentence: the first patterns of all rules, matched in one pass, so that a
//! rule reads only the sentences that concern it.

use std::sync::LazyLock;

use regex::{RegexSet, RegexSetBuilder};

use super::pattern::{Pattern, pattern};

// The matters that the SEC found undisclosed in its cases of 2021 and 2023 on deficient notices.
pattern!(MATTER, r"(?i)\b(?:{matters}|{changes})\b");

// Persons who furnish opinions, reports and certifications, by profession or by a firm's name.
pattern!(PERSON, r"(?i:\b(?:{kinds of persons}\s+)*{persons}\b)|\b{firms}\b");

pattern!(
    EDGAR,
    r"(?i)\bEDGAR\w*|\belectronic(?:ally)?\s+(?:fil|submi|format|transmi)\w*",
    r"|\b{electronic filing}\w*|\bForm\s+ID\b|\bC(?:CC|IK)\b",
    r"|\bsubmission\b.*\b(?:suspended|rejected|returned|broke)",
    r"|\b(?:filing|transmission)\s+(?:\w+\s+){0,3}?(?:suspended|rejected)",
    r"|\b(?:suspended|rejected|suspension\s+of)\s+(?:the\s+|a\s+)?(?:filing|submission)",
    r"|\b(?:sign|log)(?:ged)?\s+in\b",
);

pattern!(XBRL, r"(?i)\b{interactive data}\b");

pattern!(EXTENSION, r"(?i)\b{extension}");

// A year, or a day of a month: every date has one of these. Or a span of days.
pattern!(
    DATED,
    r"\b(?:19|20)[0-9]{2}\b|\b{months}\s+[0-9]{1,2}|\b[0-9]{1,2}(?:st|nd|rd|th)?(?:\s+day)?",
    r"(?:\s+of)?\s+{months}\b",
    r"|(?i:\bwithin\s+(?:\S+\s+){1,3}?(?:days?|weeks?|months?)\b|\bmonth(?:[’']?s)?[- ]end\b",
    r"|\bend\s+of\s+th(?:e|is)\s+(?:\w+\s+)?month\b)",
);

pattern!(
    LENGTH,
    r"(?i)\b(?P<days>{days})(?:th)?[- ](?:\([0-9]+\)[- ])?(?P<kind>calendar[- ]|business[- ])?days?\s+",
    r"(?:filing\s+|automatic\s+|grace\s+)?(?:extension|grace\s+period)",
    r"|\bextension\s+of\s+(?P<of>{days})\s+(?P<of_kind>calendar\s+|business\s+)?days\b",
    r"|\b(?P<nth>{nth})\s+(?P<nth_kind>calendar\s+|business\s+)?day\s+(?:following|after|from)\s+",
    r"(?:the|its)\s+{due date}",
);

pattern!(
    AMENDED,
    r"(?i)\b(?:10-K|10-Q|20-F|11-K|10-D|N-CSR|N-CEN)(?:T)?/A\b|\bAmendment\s+No\.\s*[0-9]+\s+(?:to",
    r"|on)\s+(?:the\s+|its\s+|our\s+)?(?:\w+\s+){0,4}Form\s+(?:10-K|10-Q|20-F|11-K|10-D|N-CSR",
    r"|N-CEN)\b",
);

pattern!(FIRM_ENDING, r"LLP|L\.L\.P\.|P\.C\.|PLLC|P\.L\.L\.C\.|CPA");

pattern!(REPORT, r"(?i)\b(?:annual|quarterly)\s+report|\b(?:10-?[KQD]|20-?F|11-?K|N-C(?:SR|EN))",);

// The definition of a name: `(the “Company”)`.
pattern!(
    DEFINED,
    r#"(?i)["“‘'](?:the\s+)?(?:Company|Registrant|Issuer|Corporation|Partnership)\b"#
);

pattern!(LATE_BEFORE, r"(?i)\bfiled\s+late\b|\boverdue\b|\bdelinquent\b");

pattern!(WILL, r"(?i)\b{promises}\b");

pattern!(REFUSED, r"(?i)\b{refusals}\b");

pattern!(DOUBT, r"(?i)\b{doubts}\b");

// A word of each pattern on the last day of the extension.
pattern!(LAST_DAY, r"(?i)extension|grace|extended|12b-25|fifteenth|fifth|15th|5th");

// A word of each pattern on the due date.
pattern!(DUE, r"due|date|deadline");

/// A topic that a rule looks for. The order is that of `PATTERNS`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Topic {
    /// A matter that changes results.
    Matter,
    /// Another person who furnishes opinions, reports or certifications.
    Person,
    /// Electronic filing.
    Electronic,
    /// An Interactive Data File.
    Interactive,
    /// The extension, by one of its names.
    Extension,
    /// A year or a day of a month, and so perhaps a date.
    Dated,
    /// The length of an extension.
    Length,
    /// The amendment of a report.
    Amended,
    /// A firm, by the ending of its name.
    Firm,
    /// Another report that was late.
    LateBefore,
    /// A periodic report.
    Report,
    /// The definition of a name for the registrant.
    Defined,
    /// Something that will be done.
    Promised,
    /// Something that will not be done.
    Refused,
    /// A doubt.
    Doubted,
    /// The last day of an extension, perhaps.
    LastDay,
    /// A due date, perhaps.
    Due,
}

/// The topics of a sentence, one bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Topics(u32);

/// The most bytes of the states of their automaton that each thread keeps.
// With the usual 2 MB, the texts of some hundred notices need more, and a search takes ten times as
// long.
const MOST_STATES: usize = 16 * 1024 * 1024;

#[expect(clippy::expect_used, reason = "the patterns are built in; a test uses each")]
static PATTERNS: LazyLock<RegexSet> = LazyLock::new(|| {
    let patterns = [
        &MATTER,
        &PERSON,
        &EDGAR,
        &XBRL,
        &EXTENSION,
        &DATED,
        &LENGTH,
        &AMENDED,
        &FIRM_ENDING,
        &LATE_BEFORE,
        &REPORT,
        &DEFINED,
        &WILL,
        &REFUSED,
        &DOUBT,
        &LAST_DAY,
        &DUE,
    ];
    let patterns =
        RegexSetBuilder::new(patterns.map(Pattern::text)).dfa_size_limit(MOST_STATES).build();
    patterns.expect("patterns")
});

/// Compiles the patterns.
pub(super) fn prepare() {
    LazyLock::force(&PATTERNS);
}

impl Topics {
    /// Returns the topics of a sentence.
    pub(super) fn of(sentence: &str) -> Topics {
        Topics(PATTERNS.matches(sentence).into_iter().fold(0, |bits, topic| bits | 1 << topic))
    }

    /// Whether a topic is among them.
    pub(super) fn include(self, topic: Topic) -> bool {
        self.0 & (1 << topic as u32) != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_topic_is_found_by_its_pattern() {
        for (sentence, topic) in [
            ("It found an error.", Topic::Matter),
            ("Its auditors left.", Topic::Person),
            ("EDGAR was down.", Topic::Electronic),
            ("The XBRL exhibit is late.", Topic::Interactive),
            ("It uses the extension.", Topic::Extension),
            ("In March 2026 it rained.", Topic::Dated),
            ("It has a five-day extension.", Topic::Length),
            ("The Form 10-K/A is late.", Topic::Amended),
            ("Roe & Doe LLP left.", Topic::Firm),
            ("The last report was filed late.", Topic::LateBefore),
            ("Its annual report is late.", Topic::Report),
            ("Roe (the “Company”) moved.", Topic::Defined),
            ("It will move.", Topic::Promised),
            ("It will not file.", Topic::Refused),
            ("There is no assurance.", Topic::Doubted),
            ("The extended day is near.", Topic::LastDay),
            ("It is due.", Topic::Due),
        ] {
            let topics = Topics::of(sentence);
            assert!(topics.include(topic), "{sentence}");
            assert_eq!(Topics::of("It rained, and the roof leaked."), Topics::default());
        }
    }
}
