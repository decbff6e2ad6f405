//! The rules: what a filing that reads well can still get wrong. Each check is a row; none stops at
//! the first problem, and none prints.

mod characters;
mod representations;
mod structure;
mod waivers;

use crate::filing::Filing;
use crate::finding::{Finding, Severity};
use crate::wording::Edition;

pub use waivers::waive;

/// What a check may look at.
pub(crate) struct Subject<'a> {
    /// The filing.
    filing: &'a Filing,
    /// The editions of the form, in the order of their first days.
    editions: &'a [Edition],
}

/// The checks, in the order of the form.
const CHECKS: &[fn(&Subject<'_>) -> Vec<Finding>] = &[
    structure::edition,
    structure::transition_box,
    structure::narrative,
    structure::tables,
    structure::see_nothing,
    structure::unsigned,
    structure::exhibit_numbers,
    representations::prior_reports,
    representations::results_change,
    representations::statement,
    representations::promise,
    representations::authority,
    representations::dates,
    characters::texts,
];

/// All that the rules say of a filing, before waivers.
pub fn validate(filing: &Filing, editions: &[Edition]) -> Vec<Finding> {
    let subject = Subject { filing, editions };
    CHECKS.iter().flat_map(|check| check(&subject)).collect()
}

/// Whether the documents of a filing with these findings may be rendered.
pub fn passes(findings: &[Finding]) -> bool {
    findings.iter().all(|f| f.severity != Severity::Error || f.waived.is_some())
}
