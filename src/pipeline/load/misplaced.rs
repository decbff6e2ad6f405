//! Keys that are typed beside the mapping that they belong to, which is not there: one finding names
//! them all, and none says that the mapping is missing.

use serde_json::Value;

use super::parts::{at, keys, value_at};
use crate::diagnostics::finding::{Finding, Spot, did_you_mean};
use crate::diagnostics::rule;
use crate::diagnostics::source::{Segment, YamlPath};

/// The most findings of a file whose keys are compared with each other. Of more, none is a slip.
const MOST: usize = 100;

/// Keys of a mapping that is not there.
struct Misplaced {
    /// The path of the mapping.
    mapping: YamlPath,
    /// The findings about the keys, by number.
    members: Vec<usize>,
    /// The number of the finding about the missing mapping, if it is required.
    missing: Option<usize>,
}

/// Returns the findings of the schema on a tree, with one finding for the misplaced keys of each
/// mapping.
pub(super) fn merged(schema: &Value, tree: &Value, mut findings: Vec<Finding>) -> Vec<Finding> {
    if findings.len() > MOST {
        return findings;
    }
    let mut merged = Vec::new();
    while let Some(Misplaced { mapping, members, missing }) = misplaced(schema, tree, &findings) {
        let names: Vec<&str> = members.iter().filter_map(|n| key(&findings[*n]).1).collect();
        merged.push(finding(&findings[members[0]], &names, &mapping));
        let is_merged = |n: usize| missing == Some(n) || members.contains(&n);
        let mut n = 0..;
        findings.retain(|_| !n.next().is_some_and(is_merged));
    }
    findings.extend(merged);
    findings
}

/// Returns the misplaced keys of the mapping that most of them belong to, or `None` if there are
/// none.
fn misplaced(schema: &Value, tree: &Value, findings: &[Finding]) -> Option<Misplaced> {
    let mut best: Option<Misplaced> = None;
    for parent in findings.iter().filter_map(|finding| key(finding).0) {
        let around = at(schema, &parent.0)?;
        for name in keys(around) {
            let mapping = parent.key(name);
            if value_at(tree, &mapping).is_some() {
                continue;
            }
            let Some(inner) = at(schema, &mapping.0).filter(|s| s.get("properties").is_some())
            else {
                continue;
            };
            let belongs = |finding: &Finding| match key(finding) {
                (Some(other), Some(key)) => {
                    other == parent
                        && keys(inner).any(|known| known == key)
                        && did_you_mean(key, keys(around)).is_none()
                }
                _ => false,
            };
            let members: Vec<usize> =
                (0..findings.len()).filter(|n| belongs(&findings[*n])).collect();
            let missing = findings.iter().position(|finding| {
                finding.rule.code == rule::MISSING_KEY.code
                    && finding.spot == Spot::Value(mapping.clone())
            });
            // A single key of an optional mapping has its advice already.
            let least = if missing.is_some() { 1 } else { 2 };
            let worth = |found: &Misplaced| (found.members.len(), found.missing.is_some());
            let found = Misplaced { mapping, members, missing };
            if found.members.len() >= least
                && best.as_ref().is_none_or(|b| worth(&found) > worth(b))
            {
                best = Some(found);
            }
        }
    }
    best
}

/// Returns the mapping that an unknown key is in, and the key; none of another finding.
fn key(finding: &Finding) -> (Option<YamlPath>, Option<&str>) {
    match &finding.spot {
        Spot::Key(path) if finding.rule.code == rule::UNKNOWN_KEY.code => {
            match path.0.split_last() {
                Some((Segment::Key(key), parent)) => {
                    (Some(YamlPath(parent.to_vec())), Some(key.as_str()))
                }
                _ => (None, None),
            }
        }
        _ => (None, None),
    }
}

/// Returns the finding about keys of a mapping that is not there.
fn finding(first: &Finding, names: &[&str], mapping: &YamlPath) -> Finding {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    let (message, verb, them) = match quoted.as_slice() {
        [one] => (format!("unknown key {one}"), "belongs", "it"),
        several => (format!("unknown keys {}", several.join(", ")), "belong", "them"),
    };
    let key = match mapping.0.last() {
        Some(Segment::Key(key)) => key.as_str(),
        _ => "",
    };
    let subject = if let [one] = quoted.as_slice() { one.as_str() } else { "they" };
    rule::UNKNOWN_KEY
        .at(first.spot.clone(), message)
        .hint(format!("{subject} {verb} to `{mapping}`: indent {them} below a line `{key}:`"))
}
