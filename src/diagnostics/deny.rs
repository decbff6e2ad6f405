//! The findings that count as errors on request: all warnings, or those of named rules.

use super::finding::{Finding, Located, Rule, Severity, did_you_mean};
use super::rule;

/// Findings that count as errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deny {
    /// Warnings.
    Warnings,
    /// The findings of a rule, also notes.
    Rule(&'static Rule),
}

impl Deny {
    /// Parses `warnings` or the code of a rule.
    ///
    /// # Errors
    /// There is no such rule; the message suggests the nearest one.
    pub fn parse(text: &str) -> Result<Deny, String> {
        const WARNINGS: &str = "warnings";
        if text == WARNINGS {
            return Ok(Deny::Warnings);
        }
        let known = || rule::ALL.iter().map(|rule| rule.code).chain([WARNINGS]);
        rule::find(text).map(Deny::Rule).ok_or_else(|| match did_you_mean(text, known()) {
            Some(near) => format!("there is no rule `{text}`; did you mean `{near}`?"),
            None => {
                format!(
                    "there is no rule `{text}`; `latefile rules` lists them, besides `{WARNINGS}`"
                )
            }
        })
    }

    fn covers(self, finding: &Finding) -> bool {
        match self {
            Deny::Warnings => finding.severity != Severity::Note,
            Deny::Rule(rule) => finding.rule.code == rule.code,
        }
    }
}

/// Whether a finding counts as an error. A waived finding never does.
pub fn counts(found: &Located, denied: &[Deny]) -> bool {
    found.finding.waived.is_none() && found.finding.severity == Severity::Error
        || is_denied(found, denied)
}

/// Whether a finding is denied, for commands whose exit code ignores other findings.
pub fn is_denied(found: &Located, denied: &[Deny]) -> bool {
    found.finding.waived.is_none() && denied.iter().any(|deny| deny.covers(&found.finding))
}
