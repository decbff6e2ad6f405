//! A document while it is judged: its text, and what was found, of which no more is kept than is
//! worth listing. However many faults a document has, the list stays short.

use std::ops::Range;

use crate::diagnostics::finding::{Finding, Rule, Severity, Spot};
use crate::diagnostics::rule;
use crate::diagnostics::source::Position;

/// How many findings of one document are listed.
const LISTED: usize = 100;

/// What a finding says: what is wrong, and what to do if that is known.
pub(super) struct Said {
    message: String,
    hint: Option<String>,
}

impl From<String> for Said {
    fn from(message: String) -> Said {
        Said { message, hint: None }
    }
}

impl<H: Into<String>> From<(String, H)> for Said {
    fn from((message, hint): (String, H)) -> Said {
        Said { message, hint: Some(hint.into()) }
    }
}

/// A text and the findings on it.
pub(super) struct Reading<'a> {
    /// The whole text.
    pub(super) text: &'a str,
    /// The first findings of each weight, errors before warnings before notes.
    kept: [Vec<Finding>; 3],
    /// How many there were of each.
    told: [usize; 3],
}

impl<'a> Reading<'a> {
    pub(super) fn new(text: &'a str) -> Reading<'a> {
        Reading { text, kept: [const { Vec::new() }; 3], told: [0; 3] }
    }

    /// A finding on a range of bytes. What it says is made only if it is going to be listed.
    pub(super) fn report<S: Into<Said>>(
        &mut self,
        rule: &'static Rule,
        range: Range<usize>,
        say: impl FnOnce() -> S,
    ) {
        self.report_as(rule.severity, rule, range, say);
    }

    /// The same, with a weight other than the rule's.
    pub(super) fn report_as<S: Into<Said>>(
        &mut self,
        severity: Severity,
        rule: &'static Rule,
        range: Range<usize>,
        say: impl FnOnce() -> S,
    ) {
        let position = |text: &str| Position::of_offset(text, range.start);
        if let Some(said) = self.room(severity, say) {
            let width =
                self.text.get(range.clone()).map_or(1, |piece| first_line(piece).chars().count());
            self.keep(severity, rule.at(position(self.text), said.message).width(width), said.hint);
        }
    }

    /// A finding on the document as a whole.
    pub(super) fn report_whole<S: Into<Said>>(
        &mut self,
        rule: &'static Rule,
        say: impl FnOnce() -> S,
    ) {
        if let Some(said) = self.room(rule.severity, say) {
            self.keep(rule.severity, rule.at(Spot::File, said.message), said.hint);
        }
    }

    fn room<S: Into<Said>>(&mut self, severity: Severity, say: impl FnOnce() -> S) -> Option<Said> {
        let weight = severity as usize;
        self.told[weight] += 1;
        (self.told[weight] <= LISTED).then(|| say().into())
    }

    fn keep(&mut self, severity: Severity, mut finding: Finding, hint: Option<String>) {
        finding.hint = hint;
        self.kept[severity as usize].push(finding.severity(severity));
    }

    /// What is to be listed: the gravest first where there are too many.
    pub(super) fn findings(self) -> Vec<Finding> {
        let told: usize = self.told.iter().sum();
        let mut findings: Vec<Finding> = self.kept.into_iter().flatten().collect();
        findings.truncate(LISTED);
        let more = told - findings.len();
        if more > 0 {
            let worst = if self.told[0] > LISTED { Severity::Error } else { Severity::Warning };
            let message = format!("{more} more findings in this document are not listed");
            findings.push(rule::MORE_FINDINGS.at(Spot::File, message).severity(worst));
        }
        findings
    }
}

/// A piece of text up to its first line break.
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
