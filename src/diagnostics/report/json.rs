//! Prints findings as JSON, one object a line. `docs/messages.md` defines the fields. Within a
//! version, a field may be added; none is renamed or removed.

use serde::Serialize;

use super::excerpt::end_column;
use crate::diagnostics::characters::visible_json;
use crate::diagnostics::finding::{Located, Severity};
use crate::diagnostics::fix::Edit;

/// The version of the fields.
const VERSION: u32 = 1;

/// The fields of a finding for scripts.
#[derive(Serialize)]
struct Message<'a> {
    version: u32,
    severity: String,
    code: Option<&'a str>,
    file: Option<&'a str>,
    line: Option<usize>,
    column: Option<usize>,
    end_column: Option<usize>,
    message: &'a str,
    hint: Option<&'a str>,
    authority: Option<&'a str>,
    waived: Option<&'a str>,
    fix: Option<FixFields<'a>>,
}

/// The fields of a fix.
#[derive(Serialize)]
struct FixFields<'a> {
    safe: bool,
    edits: Vec<EditFields<'a>>,
}

/// The fields of an edit; the end is that after the last character.
#[derive(Serialize)]
struct EditFields<'a> {
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    text: &'a str,
}

impl<'a> From<&'a Edit> for EditFields<'a> {
    fn from(edit: &'a Edit) -> EditFields<'a> {
        let Edit { start, end, text } = edit;
        let (end_line, end_column) = (end.line, end.column);
        EditFields { line: start.line, column: start.column, end_line, end_column, text }
    }
}

/// Returns one finding as one line.
pub(super) fn text(located: &Located) -> String {
    let finding = &located.finding;
    let message = Message {
        version: VERSION,
        severity: finding.severity.to_string(),
        code: Some(finding.rule.code),
        file: Some(&located.place.file),
        line: Some(located.place.position.line),
        column: Some(located.place.position.column),
        end_column: end_column(located),
        message: &finding.message,
        hint: finding.hint.as_deref(),
        authority: finding.rule.authority,
        waived: finding.waived.as_deref(),
        fix: (!located.edits.is_empty()).then(|| FixFields {
            safe: located.is_safely_fixed(),
            edits: located.edits.iter().map(EditFields::from).collect(),
        }),
    };
    line(&message)
}

/// Returns a line for each error of the tool itself, which has no rule and no place.
pub(super) fn errors(errors: &[String]) -> String {
    let object = |error: &String| {
        line(&Message {
            version: VERSION,
            severity: Severity::Error.to_string(),
            code: None,
            file: None,
            line: None,
            column: None,
            end_column: None,
            message: error,
            hint: None,
            authority: None,
            waived: None,
            fix: None,
        })
    };
    errors.iter().map(object).collect()
}

fn line(message: &Message<'_>) -> String {
    // Strings and numbers always serialise.
    visible_json(&serde_json::to_string(message).unwrap_or_default()) + "\n"
}
