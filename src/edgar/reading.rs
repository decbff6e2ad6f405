//! Collects the findings on a document during its check: of each kind the first, with the number of
//! the others.

use std::collections::HashMap;
use std::ops::Range;

use crate::diagnostics::finding::{Finding, Rule, Severity, Spot};
use crate::diagnostics::rule;
use crate::diagnostics::source::Position;

/// The maximum number of findings listed for one document.
// A binary file of 32 MB can have millions of faults, and each finding takes memory.
const LISTED: usize = 100;
/// The most findings whose kind is looked at. Others are only counted.
const SORTED: usize = 10_000;

/// The message of a finding, and its hint if it has one.
pub(super) struct MessageAndHint {
    message: String,
    hint: Option<String>,
    /// The kind that is counted; if it is `None`, the pieces of the message in backticks.
    kind: Option<&'static str>,
}

impl MessageAndHint {
    /// A message whose kind does not depend on the values in it.
    pub(super) fn of_kind(kind: &'static str, message: String, hint: String) -> MessageAndHint {
        MessageAndHint { message, hint: Some(hint), kind: Some(kind) }
    }
}

impl From<String> for MessageAndHint {
    fn from(message: String) -> MessageAndHint {
        MessageAndHint { message, hint: None, kind: None }
    }
}

impl<H: Into<String>> From<(String, H)> for MessageAndHint {
    fn from((message, hint): (String, H)) -> MessageAndHint {
        MessageAndHint { message, hint: Some(hint.into()), kind: None }
    }
}

/// A text and the findings on it.
pub(super) struct Reading<'a> {
    /// The text of the document.
    pub(super) text: &'a str,
    /// The file that the document is in, which may have several.
    whole: &'a str,
    /// The offset of the document in the file.
    pub(super) start: usize,
    /// The first finding of each kind, with the number of all of its kind, by severity: errors,
    /// warnings, notes.
    kept: [Vec<(Finding, usize)>; 3],
    /// The places of the kinds in the list of their severity.
    kinds: HashMap<(Severity, &'static str, String), usize>,
    /// The number of all findings of each severity.
    reported: [usize; 3],
}

impl<'a> Reading<'a> {
    pub(super) fn new(text: &'a str) -> Reading<'a> {
        let kept = [const { Vec::new() }; 3];
        Reading { text, whole: text, start: 0, kept, kinds: HashMap::new(), reported: [0; 3] }
    }

    /// Goes on with another document of the file.
    pub(super) fn enter(&mut self, whole: &'a str, document: Range<usize>) {
        (self.text, self.whole, self.start) = (&whole[document.clone()], whole, document.start);
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
        if let Some(said) = self.admit(severity, rule, say) {
            let position = Position::of_offset(self.whole, self.start + range.start);
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
        if let Some(said) = self.admit(rule.severity, rule, say) {
            let is_file = self.text.len() == self.whole.len();
            let spot = match is_file {
                true => Spot::File,
                false => Spot::At(Position::of_offset(self.whole, self.start)),
            };
            self.keep(rule.severity, rule.at(spot, said.message), said.hint);
        }
    }

    /// Counts a finding, and returns its message, or `None` if it is not listed: another of its kind
    /// is, or the list of its severity is full.
    fn admit<S: Into<MessageAndHint>>(
        &mut self,
        severity: Severity,
        rule: &'static Rule,
        say: impl FnOnce() -> S,
    ) -> Option<MessageAndHint> {
        let place = severity as usize;
        self.reported[place] += 1;
        if self.reported[place] > SORTED {
            return None;
        }
        let said: MessageAndHint = say().into();
        let kept = &mut self.kept[place];
        let kind = said.kind.map_or_else(|| quoted(&said.message), str::to_owned);
        let kind = (severity, rule.code, kind);
        match self.kinds.get(&kind) {
            Some(first) => kept[*first].1 += 1,
            None if kept.len() == LISTED => {}
            None => {
                self.kinds.insert(kind, kept.len());
                return Some(said);
            }
        }
        None
    }

    /// Adds a finding to the list of its severity.
    fn keep(&mut self, severity: Severity, mut finding: Finding, hint: Option<String>) {
        finding.hint = hint;
        self.kept[severity as usize].push((finding.severity(severity), 1));
    }

    /// Returns the findings to list, errors before warnings before notes, and the number of others.
    pub(super) fn findings(self) -> Vec<Finding> {
        let reported: usize = self.reported.iter().sum();
        let mut kept: Vec<(Finding, usize)> = self.kept.into_iter().flatten().collect();
        kept.truncate(LISTED);
        let more = reported - kept.iter().map(|(_, number)| number).sum::<usize>();
        let numbered = |(mut finding, number): (Finding, usize)| {
            if number > 1 {
                finding.message += &format!(" (and {} more of this kind)", number - 1);
            }
            finding
        };
        let mut findings: Vec<Finding> = kept.into_iter().map(numbered).collect();
        if more > 0 {
            // An error that is not listed must still fail the check.
            let worst = if self.reported[0] > 0 { Severity::Error } else { Severity::Warning };
            let message = format!("{more} more findings in this document are not listed");
            findings.push(rule::MORE_FINDINGS.at(Spot::File, message).severity(worst));
        }
        findings
    }
}

/// Returns the pieces of a message that are in backticks. They name the kind of the fault.
fn quoted(message: &str) -> String {
    message.split('`').skip(1).step_by(2).collect::<Vec<_>>().join("`")
}

/// Returns a text up to its first line break.
fn first_line(text: &str) -> &str {
    text.split(['\n', '\r']).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_come_first_and_each_kind_once() {
        let mut reading = Reading::new("a\nbc");
        for n in 0..90 {
            reading.report(&rule::TAB, 0..1, || format!("`{}` is a tab", n % 30));
        }
        for n in 0..120 {
            reading
                .report(&rule::LINE_LENGTH, 2..4, || (format!("`{}` is long", n % 60), "break it"));
        }
        let findings = reading.findings();
        let said: Vec<&str> = findings.iter().map(|finding| finding.message.as_str()).collect();
        assert_eq!(findings.len(), 90);
        assert_eq!(
            (said[0], findings[0].width),
            ("`0` is long (and 1 more of this kind)", Some(2))
        );
        assert_eq!(said[89], "`29` is a tab (and 2 more of this kind)");
    }

    #[test]
    fn kinds_beyond_the_list_are_counted() {
        let mut reading = Reading::new("a");
        for n in 0..SORTED + 90 {
            reading.report(&rule::TAB, 0..1, || format!("`{}` is a tab", n.min(120)));
        }
        let findings = reading.findings();
        assert_eq!(findings.len(), LISTED + 1);
        let more = SORTED + 90 - LISTED;
        assert_eq!(
            findings[LISTED].message,
            format!("{more} more findings in this document are not listed")
        );
    }
}
