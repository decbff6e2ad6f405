//! Finds text of a filing that YAML takes for a comment, and so drops silently.

use serde_json::Value;

use super::raw::MOST_BYTES;
use super::tree::parse;
use crate::diagnostics::finding::Finding;
use crate::diagnostics::rule;
use crate::diagnostics::source::Position;

/// The most bytes that are parsed in search of such text: each candidate costs a parse of the file.
const MOST_CHECKED: usize = 2 * MOST_BYTES;

/// Finds ` #` and a character that is not a space, after a plain scalar.
pub(crate) fn check(text: &str, tree: &Value) -> Vec<Finding> {
    let mut hashes = None; // counted for the first candidate; most files have none
    let most = (MOST_CHECKED / text.len()).clamp(2, 50);
    let mut findings = Vec::new();
    let hash_after_space = |(hash, _): (usize, &str)| {
        hash.checked_sub(1).filter(|before| text.as_bytes()[*before] == b' ')
    };
    for offset in text.match_indices('#').filter_map(hash_after_space).take(most) {
        let after = text[offset + 2..].chars().next();
        let line_start = text[..offset].rfind('\n').map_or(0, |i| i + 1);
        if after.is_none_or(|c| c.is_whitespace() || c == '#')
            || text[line_start..offset].trim().is_empty()
        {
            continue;
        }
        // Ask YAML itself: without the `#`, a plain scalar grows, and a comment breaks the syntax
        // or changes nothing else.
        let hashes = *hashes.get_or_insert_with(|| hash_count(tree));
        let mut changed = text.to_owned();
        changed.replace_range(offset + 1..offset + 2, "x");
        let grown = parse(&changed)
            .is_ok_and(|other| other.tree != *tree && hash_count(&other.tree) >= hashes);
        if grown {
            let rest: String =
                text[offset + 1..].lines().next().unwrap_or_default().trim_end().to_owned();
            findings.push(
                rule::COMMENT_IN_TEXT
                    .at(
                        Position::of_offset(text, offset + 1),
                        format!("YAML takes `{rest}` for a comment"),
                    )
                    .hint("put the whole text in quotes; write a comment as `# ` with a space"),
            );
        }
    }
    findings
}

/// The number of `#` in all keys and texts of a tree.
fn hash_count(value: &Value) -> usize {
    match value {
        Value::String(text) => text.matches('#').count(),
        Value::Array(items) => items.iter().map(hash_count).sum(),
        Value::Object(entries) => {
            entries.iter().map(|(k, v)| k.matches('#').count() + hash_count(v)).sum()
        }
        _ => 0,
    }
}
