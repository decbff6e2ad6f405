//! Finds the lines of a file's findings, and limits their number.

use crate::diagnostics::finding::{self, Finding, Located, Severity, Spot};
use crate::diagnostics::rule;
use crate::diagnostics::source::Sources;

/// The most findings of one file that are listed.
// To find the line of a finding may cost a parse of the file.
pub(super) const LISTED: usize = 100;
/// The most findings of a large file that are listed.
const LISTED_OF_LARGE: usize = 10;
/// The size of a large file, in bytes. No filing is as large in practice.
const LARGE: usize = 100 * 1024;

/// Finds the lines of the findings of one file. Of too many it lists the most severe ones, and the
/// number of the others.
pub fn place(mut findings: Vec<Finding>, sources: &Sources) -> Vec<Located> {
    let most = if sources.main.text.len() > LARGE { LISTED_OF_LARGE } else { LISTED };
    if findings.len() > most {
        findings.sort_by_key(|finding| (finding.waived.is_some(), finding.severity));
        let more = findings.split_off(most);
        let worst = more.iter().filter(|f| f.waived.is_none()).map(|f| f.severity).min();
        let finding = not_listed(more.len(), Spot::File);
        findings.push(finding.severity(worst.unwrap_or(Severity::Note)));
    }
    finding::locate(findings, sources)
}

/// Returns the finding on the number of findings in a file that are not listed.
pub(super) fn not_listed(more: usize, spot: Spot) -> Finding {
    rule::MORE_FINDINGS.at(spot, format!("{more} more findings in this file are not listed"))
}
