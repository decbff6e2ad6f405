//! Reads a file into a value of the model, with all findings in the file.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::files::Entry;
use super::parsed::Parsed;
use super::schema_check::SchemaCheck;
use super::{characters, comments, outline, raw, slips, tree};
use crate::diagnostics::finding::{Finding, Spot};
use crate::diagnostics::rule;
use crate::diagnostics::source::{Position, Source, YamlPath};
use crate::form12b25::rules;
use crate::pipeline::lfs;

/// A source, its value or `None` if it has errors, and the findings in it.
pub(super) type Read<T> = (Source, (Option<T>, Vec<Finding>));

/// Reads a file into a value of the model.
pub(super) fn read<T: DeserializeOwned>(entry: &Entry, schema: &SchemaCheck) -> Read<T> {
    of_bytes(entry, read_capped(&entry.path), schema)
}

/// Reads a file into a value of the model, given its bytes or the error of reading them.
pub(super) fn of_bytes<T: DeserializeOwned>(
    entry: &Entry,
    bytes: io::Result<Vec<u8>>,
    schema: &SchemaCheck,
) -> Read<T> {
    match bytes {
        Ok(bytes) => parse(entry, bytes, schema),
        Err(error) => {
            let finding = rule::UNREADABLE
                .at(Spot::File, format!("the file cannot be opened: {}", error.kind()));
            (source(entry), (None, vec![finding]))
        }
    }
}

/// Parses a file's bytes into a value of the model.
pub(super) fn parse<T: DeserializeOwned>(
    entry: &Entry,
    bytes: Vec<u8>,
    schema: &SchemaCheck,
) -> Read<T> {
    let mut source = source(entry);
    if let Some(finding) = lfs::unreadable(&bytes) {
        return (source, (None, vec![finding]));
    }
    let result = match raw::text_of(bytes) {
        Ok((text, marked)) => {
            (source.text, source.marked) = (text, marked);
            deserialize_checked(&mut source, schema)
        }
        Err(finding) => (None, vec![finding]),
    };
    (source, result)
}

fn source(entry: &Entry) -> Source {
    Source { name: entry.name.clone(), ..Source::named(entry.shown.clone()) }
}

/// Reads the bytes of a file, at most one more than a filing may have.
pub(super) fn read_capped(path: &Path) -> io::Result<Vec<u8>> {
    let file = File::open(path)?;
    let most = raw::MOST_BYTES as u64 + 1;
    let expected = file.metadata().map_or(0, |metadata| metadata.len().min(most));
    // `read_to_end` only sees the end of the file if there is space for one byte more.
    let mut bytes = Vec::with_capacity(usize::try_from(expected).unwrap_or(0) + 1);
    file.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Deserializes a source's text. Returns all findings, and `None` if one of them is an error of the
/// schema or of a value type.
pub(super) fn deserialize_checked<T: DeserializeOwned>(
    source: &mut Source,
    schema: &SchemaCheck,
) -> (Option<T>, Vec<Finding>) {
    let text = source.text.as_str();
    if let Some(finding) = slips::conflict(text) {
        return (None, vec![finding]);
    }
    let (mut findings, readable) = characters::in_file(text);
    if !readable {
        return (None, findings);
    }
    let mut parsed = match tree::parse(text) {
        // Further findings would only repeat that the key is not the one that editors show.
        Ok(parsed) if !findings.is_empty() && characters::are_in_key(&parsed.tree) => {
            return (None, findings);
        }
        Ok(parsed) => parsed,
        // With such characters, they are probably the cause.
        Err(_) if !findings.is_empty() => return (None, findings),
        Err(finding) if finding.rule.code == rule::SYNTAX.code => {
            return (None, vec![slips::of_broken(text, finding, schema)]);
        }
        Err(finding) if finding.rule.code == rule::DUPLICATE_KEY.code => {
            return (None, vec![slips::of_duplicate(text, finding, schema)]);
        }
        Err(finding) => return (None, vec![finding]),
    };
    source.known = std::mem::take(&mut parsed.places);
    source.known.extend(outline::places(text, &parsed.tree));
    let mut comments = comments::check(text, &parsed.tree);
    let nulls = tree::take_nulls(&mut parsed.tree);
    // The schema finds all faults in one run; deserializing would stop at the first.
    let faults = schema.check(&parsed.tree, &nulls);
    findings.extend(slips::of_parsed(text, &parsed.tree, faults, schema));
    comments.retain(|comment| findings.iter().all(|finding| finding.spot != comment.spot));
    findings.extend(characters::check(&parsed.tree, text));
    let broken = !findings.is_empty();
    findings.extend(comments);
    findings.extend(unknown_waivers(&parsed.tree));
    if broken {
        return (None, findings);
    }
    match model(text, parsed) {
        Ok(value) => (Some(value), findings),
        Err(error) => {
            findings.push(deserialize_error(&error));
            (None, findings)
        }
    }
}

/// Finds the waivers of rules that do not exist, or that cannot be waived.
// Not with the other rules: these need a filing without errors.
fn unknown_waivers(tree: &Value) -> impl Iterator<Item = Finding> + '_ {
    let waivers = tree.get("waive").and_then(Value::as_array).into_iter().flatten();
    waivers.enumerate().filter_map(|(i, waiver)| {
        let code = match waiver.get("rule")? {
            Value::String(code) => code.clone(),
            // A text may be written without quotes.
            other @ (Value::Number(_) | Value::Bool(_)) => other.to_string(),
            _ => return None,
        };
        let code = Some(code).filter(|code| !code.trim().is_empty())?;
        rules::unknown_rule(&code, YamlPath::parse("waive").index(i).key("rule"))
    })
}

/// Deserializes a document: from its tree if that loses nothing, or else from its text.
fn model<T: DeserializeOwned>(text: &str, parsed: Parsed) -> serde_yaml::Result<T> {
    if parsed.verbatim {
        // The tree does not have the spelling of a number or a boolean, so a text of the model
        // refuses them. Such numbers are then read from the source.
        if let Ok(value) = T::deserialize(&parsed.tree) {
            return Ok(value);
        }
        let tree =
            if parsed.numbers.is_empty() { None } else { parsed.with_numbers_as_written(text) };
        if let Some(value) = tree.and_then(|tree| T::deserialize(tree).ok()) {
            return Ok(value);
        }
    }
    // A second parse is slower, but it keeps every spelling and has the place of an error.
    serde_yaml::from_str(text)
}

/// Turns an error of a value type that the schema cannot express into a finding.
fn deserialize_error(error: &serde_yaml::Error) -> Finding {
    // serde_yaml prints `path: message at line 3 column 8`; findings print the place themselves.
    let text = error.to_string();
    let message = text.split(" at line ").next().unwrap_or(&text);
    let message = message.split_once(": ").map_or(message, |(_, rest)| rest);
    let place = error
        .location()
        .map_or(Position::START, |l| Position { line: l.line(), column: l.column() });
    rule::VALUE.at(place, message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form12b25::model::FilingAsWritten;
    use crate::pipeline::load::schema_check;

    #[test]
    fn noted_places_are_where_a_search_finds_them() {
        for text in [
            "a: “x”\nb: [ü, {c: é}]\n",
            "x: &x é\ny: [*x, {z: *x}]\n",
            include_str!("../../../filings/copperline-logistics-2025-10-kt.yaml"),
        ] {
            let mut source = Source { text: text.to_owned(), ..Source::named("t.yaml") };
            deserialize_checked::<FilingAsWritten>(&mut source, &schema_check::FILING);
            let known = std::mem::take(&mut source.known);
            assert!(known.len() > 2, "{known:?}");
            for (path, position) in known {
                assert_eq!(source.locate(&path), (position, true), "{path}");
            }
        }
    }
}
