//! One line a finding, for editors and scripts.

use super::harmless;
use crate::finding::Located;

/// `file:line:column: severity[code]: message`, then the hint in parentheses, and whether it is waived.
pub(super) fn text(located: &Located) -> String {
    let finding = &located.finding;
    let place = harmless(&located.place.to_string());
    let waived = if finding.waived.is_some() { " (waived)" } else { "" };
    format!("{place}: {}[{}]: {}{waived}\n", finding.severity, finding.rule.code, harmless(&finding.message))
}
