//! A finding in a package, before its byte offset has become a line and a column.

use crate::diagnostics::finding::{Rule, Severity};

/// Something wrong at a byte of the file.
#[derive(Debug)]
pub(super) struct PackageFinding {
    pub(super) rule: &'static Rule,
    pub(super) severity: Severity,
    pub(super) at: usize,
    pub(super) message: String,
    pub(super) hint: Option<String>,
    pub(super) width: Option<usize>,
}

impl PackageFinding {
    pub(super) fn new(rule: &'static Rule, at: usize, message: String) -> PackageFinding {
        PackageFinding { rule, severity: rule.severity, at, message, hint: None, width: None }
    }

    pub(super) fn hint(mut self, hint: impl Into<String>) -> PackageFinding {
        self.hint = Some(hint.into());
        self
    }

    /// With the characters that it is about.
    pub(super) fn about(mut self, text: &str) -> PackageFinding {
        self.width = Some(text.chars().take_while(|c| *c != '\n').count());
        self
    }

    pub(super) fn severity(mut self, severity: Severity) -> PackageFinding {
        self.severity = severity;
        self
    }
}
