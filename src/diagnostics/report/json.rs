//! Prints findings as JSON, one object a line. `docs/messages.md` defines the fields. Within a
//! version, a field may be added; none is renamed or removed.

use serde::Serialize;

use super::excerpt::end_column;
use crate::diagnostics::characters::visible_json;
use crate::diagnostics::finding::Located;

/// The version of the fields.
const VERSION: u32 = 1;

/// The fields of a finding for scripts.
#[derive(Serialize)]
struct Message<'a> {
    version: u32,
    severity: String,
    code: &'a str,
    file: &'a str,
    line: usize,
    column: usize,
    end_column: Option<usize>,
    message: &'a str,
    hint: Option<&'a str>,
    authority: Option<&'a str>,
    waived: Option<&'a str>,
}

/// Returns one finding as one line.
pub(super) fn text(located: &Located) -> String {
    let finding = &located.finding;
    let message = Message {
        version: VERSION,
        severity: finding.severity.to_string(),
        code: finding.rule.code,
        file: &located.place.file,
        line: located.place.position.line,
        column: located.place.position.column,
        end_column: end_column(located),
        message: &finding.message,
        hint: finding.hint.as_deref(),
        authority: finding.rule.authority,
        waived: finding.waived.as_deref(),
    };
    // Strings and numbers always serialise.
    visible_json(&serde_json::to_string(&message).unwrap_or_default()) + "\n"
}
