//! Prints findings in the requested format. Invisible characters from a user's file are shown by
//! their numbers.

mod excerpt;
mod github;
mod human;
mod json;
mod sarif;
mod short;

use rayon::prelude::*;

use crate::diagnostics::finding::Located;

/// The formats of findings. `docs/messages.md` defines those for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum MessageFormat {
    /// With an excerpt, a caret, a hint and the authority.
    Human,
    /// One line each: `file:line:column: severity[code]: message`.
    Short,
    /// One JSON object a line.
    Json,
    /// Workflow commands, which GitHub shows on the lines of a pull request.
    Github,
    /// One SARIF 2.1.0 document, for code scanning.
    Sarif,
}

impl MessageFormat {
    /// Whether the format is for programs, and so also has the errors of the tool itself.
    pub fn is_for_programs(self) -> bool {
        !matches!(self, MessageFormat::Human | MessageFormat::Short)
    }
}

/// Returns the text of a run's findings, with its line breaks. The formats for programs also have
/// the errors for which the tool could not go on.
pub fn text(
    findings: &[&Located],
    errors: &[String],
    format: MessageFormat,
    color: bool,
) -> String {
    // In parallel: drawing an excerpt takes longer than checking a filing.
    let each = |text: &(dyn Fn(&Located) -> String + Sync)| -> String {
        findings.par_iter().map(|finding| text(finding)).collect()
    };
    match format {
        MessageFormat::Human => each(&|finding| human::text(finding, color)),
        MessageFormat::Short => each(&short::text),
        MessageFormat::Json => each(&json::text) + &json::errors(errors),
        MessageFormat::Github => github::text(findings, errors),
        MessageFormat::Sarif => sarif::text(findings, errors),
    }
}
