//! Prints findings in one line each, for editors and scripts.

use crate::diagnostics::characters::visible;
use crate::diagnostics::finding::Located;

/// Returns one finding as `file:line:column: severity[code]: message`, marked if it is waived. It
/// has no hint: editors show the message in one line.
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
