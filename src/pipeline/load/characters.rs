//! Finds characters that a file or a text of a filing must not have; `diagnostics/characters.rs`
//! lists them.

use serde_json::Value;

use crate::diagnostics::characters::{self, Class, any_byte, is_invisible, number};
use crate::diagnostics::finding::{Finding, Spot};
use crate::diagnostics::rule;
use crate::diagnostics::source::Trail;

/// Finds the invisible characters of a file before YAML parses it, in comments, keys and anchors
/// too. Also returns whether the parser can read the file.
// The parser ends a line at U+0085, U+2028, U+2029 and a lone carriage return, which editors do not:
// the rest of a comment would become a key. It reports a control character without a line.
pub(crate) fn in_file(text: &str) -> (Vec<Finding>, bool) {
    let found = characters::unseen(text);
    let fatal =
        |c: char| c == '\r' || matches!(Class::of(c), Some(Class::Control | Class::Separator));
    let readable = found.is_empty() || !text.replace("\r\n", "\n").contains(fatal);
    let finding = |unseen: characters::Unseen| {
        let place = if unseen.character == '\r' { "" } else { " is in the file" };
        rule::CHARACTER.at(unseen.position, unseen.named() + place).hint(unseen.advice()).width(1)
    };
    (found.into_iter().map(finding).collect(), readable)
}

/// Whether a key of a tree has an invisible character.
pub(super) fn are_in_key(tree: &Value) -> bool {
    match tree {
        Value::Array(items) => items.iter().any(are_in_key),
        Value::Object(entries) => {
            entries.iter().any(|(key, value)| key.contains(is_invisible) || are_in_key(value))
        }
        _ => false,
    }
}

/// Checks every text of a tree. Characters that [`in_file`] finds in its source are left out.
pub(crate) fn check(tree: &Value, source: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    visit(tree, &Trail::Start, source, &mut findings);
    findings
}

fn visit(value: &Value, trail: &Trail<'_>, source: &str, findings: &mut Vec<Finding>) {
    match value {
        Value::String(text) => findings.extend(fault(text, trail, source)),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(i, v)| visit(v, &trail.index(i), source, findings))
        }
        Value::Object(entries) => {
            entries.iter().for_each(|(k, v)| visit(v, &trail.key(k), source, findings))
        }
        _ => {}
    }
}

fn fault(text: &str, trail: &Trail<'_>, source: &str) -> Option<Finding> {
    // Fast path: most texts are ASCII, of which only controls are at fault.
    if !any_byte(text, |b| !matches!(b, b' '..=b'~' | b'\n')) {
        return None;
    }
    let reported = |c: char| is_invisible(c) && source.contains(c);
    let refused = |c: char| Class::of(c)?.refused_as().filter(|_| !reported(c));
    let (c, kind) = text.chars().find_map(|c| Some((c, refused(c)?)))?;
    let path = trail.path();
    let message = format!("{kind} {} is in `{path}`", number(c));
    Some(
        rule::CHARACTER
            .at(Spot::Within(path, c.to_string(), 0), message)
            .hint("delete the character"),
    )
}
