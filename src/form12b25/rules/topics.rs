//! What a sentence is about, as far as a rule wants to know: the patterns with which the rules
//! begin, in one pass over the sentence, so that a rule reads only the sentences that concern it.

use std::sync::LazyLock;

use regex::RegexSet;

use super::pattern::{Pattern, pattern};

// What the SEC found undisclosed in its cases of 2021 and 2023 over hollow notices.
pattern!(
    MATTER,
    r"(?i)\b(?:restat(?:e|es|ed|ing|ements?)|non-?reliance|no\s+longer\s+be\s+relied\s+(?:up)?on|not\s+be\s+relied\s+(?:up)?on|errors?|misstate(?:d|ments?)|misappl(?:ied|ication)|misclassif\w+",
    r"|(?:incorrectly|improperly|erroneously)\s+(?:record|recogni|classif|present|account|appl|capitali|report|consolidat|translat|calculat)\w+|(?:accounting|financial)\s+irregularit(?:y|ies)|irregularities",
    r"|material\s+weakness(?:es)?|impair(?:ments?|ed)|investigat(?:ions?|e|es|ed|ing)|internal\s+inquiry|inquir(?:y|ies)|allegations?|misconduct|fraud(?:ulent)?|embezzl\w+",
    r"|write-?(?:down|off)s?|(?:accounting|bookkeeping)\s+mistakes?|correct(?:s|ed|ing)?\s+(?:its|the|our|their)\s+previously\s+issued|re-?issu(?:e|ed|ing)\s+(?:its|the|our)\s+(?:\w+\s+){0,2}?(?:financial\s+)?statements|(?:wrongly)\s+(?:record|recogni|classif|present|account|appl|capitali|report|consolidat|translat|calculat)\w+)\b",
);

// Who furnishes opinions, reports and certifications: by profession, or a firm by its name.
pattern!(
    PERSON,
    r"(?i:\b(?:(?:independent|registered|public|certified|external|outside|statutory|principal|new|successor|predecessor|third[- ]party|consulting|qualified)\s+)*",
    r"(?:auditors?|accountants?|accounting\s+firm|audit\s+firm|appraisers?|actuar(?:y|ies)|actuarial\s+firm|valuation\s+(?:firm|specialist|expert|consultant)s?",
    r"|trustees?|servicers?|plan\s+administrators?|third[- ]party\s+administrators?|administrator|record\s?keepers?|custodians?|(?:reserve|petroleum)\s+engineers?|engineering\s+firm)\b)",
    // Firms that are named without an ending.
    r"|\b(?:KPMG|BDO(?: USA)?|Ernst & Young|EY|Deloitte(?: & Touche)?|PricewaterhouseCoopers|PwC|Grant Thornton|RSM(?: US)?|Crowe|Marcum|CohnReznick|Baker Tilly|Forvis Mazars|Moss Adams|Withum)\b",
);

pattern!(
    EDGAR,
    r"(?i)\bEDGAR\w*|\belectronic(?:ally)?\s+(?:fil|submi|format|transmi)\w*|\b(?:filing\s+(?:agent|software|website|credential|platform)|financial\s+printer|(?:filing|filer)\s+access\s+code|filer\s+manage|upload|transmission\s+of\s+(?:\S+\s+){0,5}report|test\s+filing|technical\s+(?:difficult|problem|issue))\w*",
    r"|\bForm\s+ID\b|\bC(?:CC|IK)\b|\bsubmission\b.*\b(?:suspended|rejected|returned|broke)|\b(?:sign|log)(?:ged)?\s+in\b",
);

pattern!(
    XBRL,
    r"(?i)\bi?XBRL\b|\binteractive\s+data\b|\bextensible\s+business\s+reporting\b|\b(?:structured\s+data|block|detail|inline|digital)\s+tagg(?:ing|ed)\b|\btagg(?:ing|ed)\s+of\s+(?:\w+\s+){0,4}?(?:reports?|statements|notes)\b|\btagged\s+(?:version|document|file|exhibit)s?\b|\btaxonom(?:y|ies)\b|\bExhibit\s+10[14]\b|\bextension\s+elements?\b",
);

pattern!(
    EXTENSION,
    r"(?i)\b(?:fifteen|five|15|5)(?:th)?[- ](?:calendar[- ])?days?\s+(?:extension|grace|period|extended|allowed|permitted|provided|afforded|of\s+the|after|following)|\b(?:fifteenth|fifth|15th|5th)\s+(?:calendar\s+)?day\b|\b(?:additional|further)\s+(?:fifteen|five|15|5)\s+(?:calendar\s+)?days\b|\b(?:fifteen|five|15|5)\s+(?:additional|further)\s+(?:calendar\s+)?days\b",
    r"|\bwithin\s+(?:the\s+)?(?:fifteen|five|15|5)\s+(?:\((?:15|5)\)\s+)?(?:calendar\s+)?days\b|\bextension(?:\s+period)?\b|\bgrace\s+period\b|\bextended\s+(?:due\s+date|deadline|filing)",
    r"|\b(?:additional\s+)?(?:time|period)\s+(?:prescribed|provided|allowed|permitted|afforded|specified|set\s+forth|granted)\s+(?:by|in|under|for)\s+(?:paragraph\s+\(b\)\s+of\s+)?(?:Exchange\s+Act\s+)?Rule\s+12b-25",
);

// A year, or a day of a month: nothing else names a day.
pattern!(
    DATED,
    r"\b(?:19|20)[0-9]{2}\b|\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\s+[0-9]{1,2}\b"
);

pattern!(
    LENGTH,
    r"(?i)\b(?P<days>five|ten|fifteen|twenty|thirty|5|10|15|20|30)(?:th)?[- ](?:\([0-9]+\)[- ])?(?P<kind>calendar[- ]|business[- ])?day(?:s)?\s+(?:filing\s+|automatic\s+|grace\s+)?(?:extension|grace\s+period)|\bextension\s+of\s+(?P<of>five|ten|fifteen|twenty|thirty|5|10|15|20|30)\s+(?P<of_kind>calendar\s+|business\s+)?days\b|\b(?P<nth>fifth|tenth|fifteenth|twentieth|thirtieth|5th|10th|15th|30th)\s+(?:calendar\s+)?day\s+(?:following|after)\s+the\s+(?:prescribed|original|required)?\s*due\s+date",
);

pattern!(
    AMENDED,
    r"(?i)\b(?:10-K|10-Q|20-F|11-K|10-D|N-CSR|N-CEN)(?:T)?/A\b|\bAmendment\s+No\.\s*[0-9]+\s+(?:to|on)\s+(?:the\s+|its\s+|our\s+)?(?:\w+\s+){0,4}Form\s+(?:10-K|10-Q|20-F|11-K|10-D|N-CSR|N-CEN)\b"
);

pattern!(FIRM_ENDING, r"LLP|L\.L\.P\.|P\.C\.|PLLC|P\.L\.L\.C\.|CPA");

pattern!(
    PLACEHOLDER,
    r"\b(?:TODO|TBD|FIXME|XXX+)\b|(?i:\blorem\s+ipsum\b)|\[(?i:describe|insert|state|explain|reasons?|name|date|company|registrant|fill|to\s+come)\b[^\]]{0,120}\]?|_{4,}"
);

pattern!(LATE_BEFORE, r"(?i)\bfiled\s+late\b|\boverdue\b|\bdelinquent\b");

/// A pattern with which a rule begins.
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
    /// A year, and so maybe a day.
    Dated,
    /// The length of an extension.
    Length,
    /// The amendment of a report.
    Amended,
    /// A firm, by the ending of its name.
    Firm,
    /// A placeholder that was not filled.
    Placeholder,
    /// Another report that was late.
    LateBefore,
}

/// The topics of a sentence, a bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Topics(u16);

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
        &PLACEHOLDER,
        &LATE_BEFORE,
    ];
    RegexSet::new(patterns.map(Pattern::text)).expect("patterns")
});

/// Compiles the patterns.
pub(super) fn prepare() {
    LazyLock::force(&PATTERNS);
}

impl Topics {
    /// Those of a sentence.
    pub(super) fn of(sentence: &str) -> Topics {
        Topics(PATTERNS.matches(sentence).into_iter().fold(0, |bits, topic| bits | 1 << topic))
    }

    /// Whether it is about this.
    pub(super) fn include(self, topic: Topic) -> bool {
        self.0 & (1 << topic as u16) != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_topic_is_told_by_its_own_pattern() {
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
            ("The reason is TBD.", Topic::Placeholder),
            ("The last report was filed late.", Topic::LateBefore),
        ] {
            let topics = Topics::of(sentence);
            assert!(topics.include(topic), "{sentence}");
            assert_eq!(Topics::of("It rained, and the roof leaked."), Topics::default());
        }
    }
}
