//! Prints the findings of a run as one SARIF 2.1.0 document, with the rule table. A waived finding
//! is a suppressed result. Paths are relative to the repository.

use serde_json::{Map, Value, json};

use super::excerpt::end_column;
use crate::diagnostics::characters::{visible, visible_json, visible_lines};
use crate::diagnostics::finding::{Located, Rule};
use crate::diagnostics::fix::Edit;
use crate::diagnostics::rule;

/// The schema of the format; editors validate a document with it.
const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The base of relative paths: GitHub code scanning reads this id as the repository's root.
const ROOT: &str = "%SRCROOT%";

/// Returns the document. Without findings it has an empty list of results.
pub(super) fn text(findings: &[&Located], errors: &[String]) -> String {
    let document = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "latefile",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rule::ALL.iter().map(|rule| descriptor(rule)).collect::<Vec<_>>(),
            } },
            "invocations": [{
                "executionSuccessful": errors.is_empty(),
                "toolExecutionNotifications": errors.iter().map(|error| notification(error)).collect::<Vec<_>>(),
            }],
            "columnKind": "unicodeCodePoints",
            "results": findings.iter().map(|finding| result(finding)).collect::<Vec<_>>(),
        }],
    });
    visible_json(&format!("{document:#}")) + "\n"
}

/// Returns an error for which the tool could not go on.
fn notification(error: &str) -> Value {
    json!({ "level": "error", "message": { "text": visible_lines(error) } })
}

/// Returns a row of the rule table.
fn descriptor(rule: &Rule) -> Value {
    let mut descriptor = json!({
        "id": rule.code,
        "shortDescription": { "text": rule.summary },
        "help": { "text": rule.advice },
        "defaultConfiguration": { "level": rule.severity.to_string() },
    });
    if let Some(authority) = rule.authority {
        descriptor["properties"] = json!({ "authority": authority });
    }
    descriptor
}

/// Returns a finding.
fn result(located: &Located) -> Value {
    let finding = &located.finding;
    let message = match &finding.hint {
        Some(hint) => format!("{}\nhelp: {}", visible(&finding.message), visible(hint)),
        None => visible(&finding.message),
    };
    // Present on each result, or a reader could not tell "not suppressed" from "not known".
    let suppression =
        |because: &String| json!({ "kind": "inSource", "justification": visible(because) });
    let suppressions: Vec<Value> = finding.waived.iter().map(suppression).collect();
    let mut result = json!({
        "ruleId": finding.rule.code,
        "ruleIndex": rule::ALL.iter().position(|row| row.code == finding.rule.code),
        "level": finding.severity.to_string(),
        "message": { "text": message },
        "locations": [{ "physicalLocation": {
            "artifactLocation": artifact(&located.place.file),
            "region": region(located),
        } }],
        "suppressions": suppressions,
    });
    if !located.edits.is_empty() {
        result["fixes"] = json!([fix(located)]);
    }
    result
}

/// Returns the fix of a finding.
fn fix(located: &Located) -> Value {
    let replacement = |edit: &Edit| {
        json!({
            "deletedRegion": {
                "startLine": edit.start.line,
                "startColumn": edit.start.column,
                "endLine": edit.end.line,
                "endColumn": edit.end.column,
            },
            "insertedContent": { "text": edit.text },
        })
    };
    json!({
        "description": { "text": visible(located.finding.hint.as_deref().unwrap_or_default()) },
        "artifactChanges": [{
            "artifactLocation": artifact(&located.place.file),
            "replacements": located.edits.iter().map(replacement).collect::<Vec<_>>(),
        }],
    })
}

fn region(located: &Located) -> Value {
    let start = located.place.position;
    let mut region = Map::new();
    region.insert("startLine".to_owned(), start.line.into());
    region.insert("startColumn".to_owned(), start.column.into());
    region.extend(end_column(located).map(|end| ("endColumn".to_owned(), end.into())));
    region.into()
}

/// Returns a path as a URI.
fn artifact(path: &str) -> Value {
    let uri: String = path.bytes().map(encoded).collect();
    if path.starts_with('/') {
        json!({ "uri": format!("file://{uri}") })
    } else {
        json!({ "uri": uri, "uriBaseId": ROOT })
    }
}

/// Returns a byte of a path as it is written in a URI (RFC 3986).
fn encoded(byte: u8) -> String {
    match byte {
        // No colon: in the first segment it would end a scheme.
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
            char::from(byte).to_string()
        }
        _ => format!("%{byte:02X}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_relative_uris() {
        assert_eq!(
            artifact("filings/a b:é.yaml"),
            json!({"uri": "filings/a%20b%3A%C3%A9.yaml", "uriBaseId": ROOT})
        );
        assert_eq!(artifact("/elsewhere/a.yaml"), json!({"uri": "file:///elsewhere/a.yaml"}));
    }
}
