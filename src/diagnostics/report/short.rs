//! One line a finding, for editors and scripts.

use crate::diagnostics::characters::visible;
use crate::diagnostics::finding::Located;

/// `file:line:column: severity[code]: message`, and whether it is waived; the hint is for the
/// formats with more room.
pub(super) fn text(located: &Located) -> String {
    let finding = &located.finding;
    let place = visible(&located.place.to_string());
    let waived = if finding.waived.is_some() { " (waived)" } else { "" };
    format!(
        "{place}: {}[{}]: {}{waived}\n",
        finding.severity,
        finding.rule.code,
        visible(&finding.message)
    )
}
