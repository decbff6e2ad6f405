//! Findings as text, in the format that was asked for. Everything that came from a user's file is
//! made harmless here: a control or bidirectional character is shown by its number.

mod excerpt;
mod github;
mod human;
mod json;
mod sarif;
mod short;

use rayon::prelude::*;

use crate::diagnostics::finding::Located;
pub(crate) use crate::diagnostics::harmless::{harmful, harmless};

/// How findings are printed; `docs/messages.md` is the contract of the formats for machines.
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

/// The text of a run's findings, with its line breaks.
pub fn text(findings: &[&Located], format: MessageFormat, color: bool) -> String {
    // An excerpt takes longer to draw than a filing to check; many are drawn at a time.
    let each = |text: &(dyn Fn(&Located) -> String + Sync)| {
        findings.par_iter().map(|finding| text(finding)).collect()
    };
    match format {
        MessageFormat::Human => each(&|finding| human::text(finding, color)),
        MessageFormat::Short => each(&short::text),
        MessageFormat::Json => each(&json::text),
        MessageFormat::Github => each(&github::text),
        MessageFormat::Sarif => sarif::text(findings),
    }
}

/// JSON text with the same characters as `\u` escapes, so that its strings stay what they were.
/// They can only stand in strings: of JSON's own white space nothing but the line break is used.
fn harmless_json(json: &str) -> String {
    let mut units = [0; 2];
    json.chars()
        .map(|c| match c {
            c if c != '\n' && harmful(c) => {
                c.encode_utf16(&mut units).iter().map(|u| format!("\\u{u:04x}")).collect()
            }
            c => c.to_string(),
        })
        .collect()
}
