//! Tries the repair of a slip: whether YAML accepts the text then, and the findings that are left.

use serde_json::Value;

use super::super::schema_check::SchemaCheck;
use super::super::tree;
use super::slip::{Kind, Slip};
use crate::diagnostics::finding::{Finding, Spot, locate};
use crate::diagnostics::rule;
use crate::diagnostics::source::{Position, Source, Sources};

/// The state of a text after a repair: the place where it is still broken, or its findings.
pub(super) enum Outcome {
    Broken(Position),
    Parsed { findings: Vec<Finding>, entries: usize },
}

pub(super) fn outcome(text: &str, schema: &SchemaCheck) -> Outcome {
    match tree::parse(text) {
        Ok(mut parsed) => {
            let nulls = tree::take_nulls(&mut parsed.tree);
            let entries = entries(&parsed.tree);
            Outcome::Parsed { findings: schema.check(&parsed.tree, &nulls), entries }
        }
        Err(finding) => match finding.spot {
            Spot::At(position) => Outcome::Broken(position),
            _ => Outcome::Broken(Position::START),
        },
    }
}

/// The number of keys and items in a tree.
pub(super) fn entries(tree: &Value) -> usize {
    match tree {
        Value::Object(entries) => entries.values().map(|value| 1 + self::entries(value)).sum(),
        Value::Array(items) => items.iter().map(|item| 1 + entries(item)).sum(),
        _ => 0,
    }
}

/// The worth of a repair, the lowest is the best: whether the text is still broken, the findings
/// that are left or the place where it is broken, the kind, and the distance from the first error.
pub(super) type Rank = (u8, usize, Kind, bool, usize);

/// Returns the worth of a slip's repair, or `None` if it repairs nothing.
pub(super) fn rank(slip: &Slip, text: &str, place: Position, schema: &SchemaCheck) -> Option<Rank> {
    let distance = Position::of_offset(text, slip.at).line.abs_diff(place.line);
    let rank = |broken, rest| Some((broken, rest, slip.kind, slip.is_unusual(), distance));
    match outcome(&slip.repaired(text), schema) {
        Outcome::Parsed { findings, .. } => rank(0, findings.len()),
        Outcome::Broken(next) if next.line > place.line => rank(1, usize::MAX - next.line),
        Outcome::Broken(_) => None,
    }
}

/// Returns the finding about a slip, without a fix if its repair leaves the text broken or makes
/// another error where it is.
pub(super) fn finding(slip: &Slip, text: &str, schema: &SchemaCheck) -> Finding {
    let finding = slip.finding(text);
    if finding.fix.is_none() || is_sound(slip, text, schema) {
        return finding;
    }
    Finding { fix: None, ..finding }
}

/// Whether YAML accepts the text after a repair, without a wrong structure on the repaired lines.
fn is_sound(slip: &Slip, text: &str, schema: &SchemaCheck) -> bool {
    let repaired = slip.repaired(text);
    let Outcome::Parsed { findings, .. } = outcome(&repaired, schema) else { return false };
    let line = |offset| Position::of_offset(text, offset).line;
    let (Some((first, _)), Some((last, _))) = (slip.edits.first(), slip.edits.last()) else {
        return false;
    };
    let lines = line(first.start)..=line(last.end);
    let structure = [rule::TYPE.code, rule::UNKNOWN_KEY.code];
    let wrong = findings.into_iter().filter(|f| structure.contains(&f.rule.code)).collect();
    let source = Source { text: repaired, ..Source::named("") };
    let wrong = locate(wrong, &Sources::single(source));
    wrong.iter().all(|located| !lines.contains(&located.place.position.line))
}
