//! Finds text of a filing that YAML takes for a comment, and so drops silently.

use std::cell::LazyCell;

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
    let hashes = LazyCell::new(|| hash_count(tree)); // most files have no candidate
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
        // Fast path: the first candidate says so for all.
        if are_in_texts(text, *hashes) {
            break;
        }
        // Ask YAML itself: without the `#`, a plain scalar grows, and a comment breaks the syntax
        // or changes nothing else.
        let mut changed = text.to_owned();
        changed.replace_range(offset + 1..offset + 2, "x");
        let grown = parse(&changed)
            .is_ok_and(|other| other.tree != *tree && hash_count(&other.tree) >= *hashes);
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

/// Whether all `#` of a file, but for the comments at its head, are in the keys and texts of its
/// tree, which have this number of them.
fn are_in_texts(text: &str, hashes: usize) -> bool {
    let is_head = |line: &&str| {
        let content = line.trim_start_matches([' ', '\t', '\n']);
        content.is_empty() || content.starts_with('#')
    };
    let head: usize = text.split_inclusive('\n').take_while(is_head).map(str::len).sum();
    let all = memchr::memchr_iter(b'#', &text.as_bytes()[head..]).count();
    // An alias of an anchor repeats a `#`, and an escape makes one.
    let more = |pair: &[u8]| match pair {
        [b'&', next] => next.is_ascii_alphanumeric() || matches!(next, b'_' | b'-'),
        [b'\\', next] => matches!(next, b'x' | b'u' | b'U'),
        _ => false,
    };
    all == hashes && !text.as_bytes().windows(2).any(more)
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
