//! A finding in a package at a byte offset, before that becomes a line and a column.

use crate::diagnostics::finding::{Rule, Severity};

/// A finding at a byte offset in the file.
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

    /// Sets the width of the caret to the first line of the text, without white space before it.
    pub(super) fn spanning(mut self, text: &str) -> PackageFinding {
        self.width = Some(text.trim_start().chars().take_while(|c| *c != '\n').count());
        self
    }

    pub(super) fn severity(mut self, severity: Severity) -> PackageFinding {
        self.severity = severity;
        self
    }
}
