//! What a sentence is about, as far as a rule wants to know: the patterns with which the rules
//! begin, in one pass over the sentence, so that a rule reads only the sentences that concern it.

use std::sync::LazyLock;

use regex::RegexSet;

use super::prose::Pattern;
use super::{disclosure, identity, promise, results, third_person};

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
        &results::MATTER,
        &third_person::PERSON,
        &disclosure::EDGAR,
        &disclosure::XBRL,
        &promise::EXTENSION,
        &promise::DATED,
        &promise::LENGTH,
        &identity::AMENDED,
        &third_person::FIRM_ENDING,
        &disclosure::PLACEHOLDER,
        &disclosure::LATE_BEFORE,
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
