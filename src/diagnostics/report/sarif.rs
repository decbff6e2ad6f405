//! SARIF 2.1.0: one document for a run, with the rule table and every finding. What is waived is a
//! suppressed result. Paths stay relative, under the name that code scanning gives the repository.

use serde_json::{Map, Value, json};

use super::excerpt::end_column;
use crate::diagnostics::characters::{visible, visible_json};
use crate::diagnostics::finding::{Located, Rule};
use crate::diagnostics::rule;

/// Where the format is defined; editors check a document by it.
const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// What relative paths are relative to, as SARIF's readers know it.
const ROOT: &str = "%SRCROOT%";

/// The document; without findings it is a document with no results.
pub(super) fn text(findings: &[&Located]) -> String {
    let document = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "latefile",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rule::ALL.iter().map(|rule| descriptor(rule)).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "results": findings.iter().map(|finding| result(finding)).collect::<Vec<_>>(),
        }],
    });
    visible_json(&format!("{document:#}")) + "\n"
}

/// A row of the rule table.
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

/// A finding.
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
    json!({
        "ruleId": finding.rule.code,
        "ruleIndex": rule::ALL.iter().position(|row| row.code == finding.rule.code),
        "level": finding.severity.to_string(),
        "message": { "text": message },
        "locations": [{ "physicalLocation": { "artifactLocation": artifact(&located.place.file), "region": region(located) } }],
        "suppressions": suppressions,
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

/// A path as a URI.
fn artifact(path: &str) -> Value {
    let uri: String = path.bytes().map(encoded).collect();
    if path.starts_with('/') {
        json!({ "uri": format!("file://{uri}") })
    } else {
        json!({ "uri": uri, "uriBaseId": ROOT })
    }
}

/// A byte of a path in a URI (RFC 3986): a colon too is escaped, or it would end a scheme.
fn encoded(byte: u8) -> String {
    match byte {
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
