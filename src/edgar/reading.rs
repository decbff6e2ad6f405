//! Collects the findings on a document during its check, of which it keeps no more than it lists.

use std::ops::Range;

use crate::diagnostics::finding::{Finding, Rule, Severity, Spot};
use crate::diagnostics::rule;
use crate::diagnostics::source::Position;

/// The maximum number of findings listed for one document.
// A binary file of 32 MB can have millions of faults, and each finding takes memory.
const LISTED: usize = 100;

/// The message of a finding, and its hint if it has one.
pub(super) struct MessageAndHint {
    message: String,
    hint: Option<String>,
}

impl From<String> for MessageAndHint {
    fn from(message: String) -> MessageAndHint {
        MessageAndHint { message, hint: None }
    }
}

impl<H: Into<String>> From<(String, H)> for MessageAndHint {
    fn from((message, hint): (String, H)) -> MessageAndHint {
        MessageAndHint { message, hint: Some(hint.into()) }
    }
}

/// A text and the findings on it.
pub(super) struct Reading<'a> {
    /// The whole text.
    pub(super) text: &'a str,
    /// The first findings of each severity: errors, warnings, notes.
    kept: [Vec<Finding>; 3],
    /// The number of all findings of each severity.
    reported: [usize; 3],
}

impl<'a> Reading<'a> {
    pub(super) fn new(text: &'a str) -> Reading<'a> {
        Reading { text, kept: [const { Vec::new() }; 3], reported: [0; 3] }
    }

    /// Reports a finding on a range of bytes.
    // The message comes from a closure, so that a finding beyond the list costs no formatting.
    pub(super) fn report<S: Into<MessageAndHint>>(
        &mut self,
        rule: &'static Rule,
        range: Range<usize>,
        say: impl FnOnce() -> S,
    ) {
        self.report_as(rule.severity, rule, range, say);
    }

    /// Reports a finding with a severity other than the rule's.
    pub(super) fn report_as<S: Into<MessageAndHint>>(
        &mut self,
        severity: Severity,
        rule: &'static Rule,
        range: Range<usize>,
        say: impl FnOnce() -> S,
    ) {
        if let Some(said) = self.admit(severity, say) {
            let position = Position::of_offset(self.text, range.start);
            let width = self.text.get(range).map_or(1, |piece| first_line(piece).chars().count());
            self.keep(severity, rule.at(position, said.message).width(width), said.hint);
        }
    }

    /// Reports a finding on the document as a whole.
    pub(super) fn report_whole<S: Into<MessageAndHint>>(
        &mut self,
        rule: &'static Rule,
        say: impl FnOnce() -> S,
    ) {
        if let Some(said) = self.admit(rule.severity, say) {
            self.keep(rule.severity, rule.at(Spot::File, said.message), said.hint);
        }
    }

    /// Counts a finding, and returns its message, or `None` if the list of its severity is full.
    fn admit<S: Into<MessageAndHint>>(
        &mut self,
        severity: Severity,
        say: impl FnOnce() -> S,
    ) -> Option<MessageAndHint> {
        let count = &mut self.reported[severity as usize];
        *count += 1;
        (*count <= LISTED).then(|| say().into())
    }

    /// Adds a finding to the list of its severity.
    fn keep(&mut self, severity: Severity, mut finding: Finding, hint: Option<String>) {
        finding.hint = hint;
        self.kept[severity as usize].push(finding.severity(severity));
    }

    /// Returns the findings to list, errors before warnings before notes, and the number of others.
    pub(super) fn findings(self) -> Vec<Finding> {
        let reported: usize = self.reported.iter().sum();
        let mut findings: Vec<Finding> = self.kept.into_iter().flatten().collect();
        findings.truncate(LISTED);
        let more = reported - findings.len();
        if more > 0 {
            // An error that is not listed must still fail the check.
            let worst = if self.reported[0] > LISTED { Severity::Error } else { Severity::Warning };
            let message = format!("{more} more findings in this document are not listed");
            findings.push(rule::MORE_FINDINGS.at(Spot::File, message).severity(worst));
        }
        findings
    }
}

/// Returns a text up to its first line break.
fn first_line(text: &str) -> &str {
    text.split(['\n', '\r']).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_are_listed_before_warnings_and_the_rest_is_counted() {
        let mut reading = Reading::new("a\nbc");
        for _ in 0..90 {
            reading.report(&rule::TAB, 0..1, || "a warning".to_owned());
        }
        for _ in 0..20 {
            reading.report(&rule::LINE_LENGTH, 2..4, || ("an error".to_owned(), "break it"));
        }
        let findings = reading.findings();
        assert_eq!(findings.len(), LISTED + 1);
        assert_eq!((&*findings[0].message, findings[0].width), ("an error", Some(2)));
        assert_eq!(findings[LISTED].message, "10 more findings in this document are not listed");
        assert_eq!(findings[LISTED].severity, Severity::Warning);
    }
}
