//! Finds characters that a text of a filing must not have; `diagnostics/characters.rs` lists them.

use serde_json::Value;

use super::raw::any_byte;
use crate::diagnostics::characters::{Class, number};
use crate::diagnostics::finding::{Finding, Spot};
use crate::diagnostics::rule;
use crate::diagnostics::source::Trail;

/// Checks every text of a tree.
pub(crate) fn check(tree: &Value) -> Vec<Finding> {
    let mut findings = Vec::new();
    visit(tree, &Trail::Start, &mut findings);
    findings
}

fn visit(value: &Value, trail: &Trail<'_>, findings: &mut Vec<Finding>) {
    match value {
        Value::String(text) => findings.extend(fault(text, trail)),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(i, v)| visit(v, &trail.index(i), findings))
        }
        Value::Object(entries) => {
            entries.iter().for_each(|(k, v)| visit(v, &trail.key(k), findings))
        }
        _ => {}
    }
}

fn fault(text: &str, trail: &Trail<'_>) -> Option<Finding> {
    // Fast path: most texts are ASCII, of which only controls are at fault.
    if !any_byte(text, |b| !matches!(b, b' '..=b'~' | b'\n')) {
        return None;
    }
    let (c, kind) = text.chars().find_map(|c| Some((c, Class::of(c)?.refused_as()?)))?;
    let path = trail.path();
    let message = format!("{kind} {} is in `{path}`", number(c));
    Some(
        rule::CHARACTER
            .at(Spot::Within(path, c.to_string(), 0), message)
            .hint("delete the character"),
    )
}
