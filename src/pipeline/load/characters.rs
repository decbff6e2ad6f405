//! Characters that no text of a filing may hold, because a reader would not see what they do:
//! controls, invisible and bidirectional characters.

use serde_json::Value;

use super::raw::any_byte;
use crate::diagnostics::finding::{Finding, Spot};
use crate::diagnostics::rule;
use crate::diagnostics::source::Trail;

/// Finds them in every text of a tree.
pub(crate) fn judge(tree: &Value) -> Vec<Finding> {
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
    // Of ASCII only controls are at fault; most texts are settled by looking at their bytes.
    if !any_byte(text, |b| !matches!(b, b' '..=b'~' | b'\n')) {
        return None;
    }
    let (c, kind) = text.chars().find_map(|c| Some((c, kind(c)?)))?;
    let path = trail.path();
    let message = format!("{kind} U+{:04X} stands in `{path}`", u32::from(c));
    Some(
        rule::CHARACTER
            .at(Spot::Within(path, c.to_string(), 0), message)
            .hint("delete the character"),
    )
}

/// What a character is, if it is one of those.
fn kind(c: char) -> Option<&'static str> {
    match c {
        '\t' | '\n' | '\r' => None,
        '\u{061C}'
        | '\u{200E}'
        | '\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2066}'..='\u{2069}' => Some("the bidirectional control"),
        '\u{00AD}' => Some("the soft hyphen"),
        '\u{2028}' | '\u{2029}' => Some("the separator"),
        '\u{FFFD}' => Some("the mark of a lost character,"),
        '\u{034F}'
        | '\u{115F}'
        | '\u{1160}'
        | '\u{17B4}'
        | '\u{17B5}'
        | '\u{180B}'..='\u{180F}'
        | '\u{200B}'..='\u{200D}'
        | '\u{2060}'..='\u{2065}'
        | '\u{206A}'..='\u{206F}'
        | '\u{3164}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}'
        | '\u{FFA0}'
        | '\u{FFF9}'..='\u{FFFB}'
        | '\u{E0000}'..='\u{E0FFF}' => Some("the invisible character"),
        '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}' => Some("the private character"),
        c if c.is_control() => Some("the control character"),
        _ => None,
    }
}
