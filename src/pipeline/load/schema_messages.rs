//! The messages about wrong keys and values, by kind of error.

use jsonschema::error::TypeKind;
use serde_json::Value;

use super::formats::format_named;
use super::spellings;
use crate::diagnostics::finding::{Finding, Spot, did_you_mean};
use crate::diagnostics::fix::Fix;
use crate::diagnostics::rule;
use crate::diagnostics::source::{Segment, YamlPath};
use crate::form12b25::model::{FilerStatus, FormType, Scalar as _, Text};

/// Returns the finding about a required key that is missing.
pub(super) fn missing(path: &YamlPath, key: &str, around: &Value) -> Finding {
    let full = path.key(key);
    let finding = rule::MISSING_KEY.at(full.clone(), format!("`{full}` is missing"));
    match around.pointer(&format!("/properties/{key}")).and_then(|schema| about(key, schema)) {
        Some(about) => finding.hint(about),
        None => finding,
    }
}

/// Returns the description of a key and its values, if the schema lists them, or `None` if it has
/// no description.
pub(super) fn about(key: &str, schema: &Value) -> Option<String> {
    let description = schema.get("description")?.as_str()?.lines().next()?;
    let values: Vec<&str> = schema
        .get("enum")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let choice =
        if values.is_empty() { String::new() } else { format!(" One of: {}", values.join(", ")) };
    Some(format!("`{key}`: {description}{choice}"))
}

/// Returns the finding about a value of another kind than its key has.
pub(super) fn wrong_type(
    path: YamlPath,
    kind: &TypeKind,
    found: &Value,
    around: &Value,
) -> Finding {
    let expected = expected_kind(kind, around);
    let message = format!("expected {expected}, found {}", kind_of(found));
    let finding = rule::TYPE.at(path, message);
    match found {
        // These are booleans in YAML 1.1, and texts for this parser.
        Value::String(text) if expected == "true or false" => match text.to_lowercase().as_str() {
            "yes" | "on" | "y" | "true" => written(finding, text, "true"),
            "no" | "off" | "n" | "false" => written(finding, text, "false"),
            other if other.starts_with("/s") => finding.hint(
                "write `true`, and the text after `/s/` as `conformed` if it is not the name",
            ),
            _ => finding,
        },
        Value::Number(_) | Value::Bool(_) if is_text(around) => {
            finding.hint("put this text in quotes")
        }
        _ if expected == "a list" && found.is_object() => {
            finding.hint("begin each item of the list with `- `")
        }
        _ => advised(finding, found, around),
    }
}

/// Adds advice to the finding about a scalar in the place of a mapping or of another scalar.
fn advised(finding: Finding, found: &Value, around: &Value) -> Finding {
    let key = match &finding.spot {
        Spot::Value(path) => path.0.last().and_then(|segment| match segment {
            Segment::Key(key) => Some(key.as_str()),
            Segment::Index(_) => None,
        }),
        _ => None,
    };
    let is_mapping = around.get("properties").is_some();
    match spellings::mapping(key.unwrap_or_default(), found, around).filter(|_| is_mapping) {
        Some(mapping) => finding.hint(format!("write `{mapping}`")),
        None => {
            let format = around.get("format").and_then(Value::as_str).unwrap_or_default();
            spellings::advise(finding, format, &found.to_string())
        }
    }
}

/// Adds the advice, and the fix, to write another word in the place of a text.
fn written(finding: Finding, text: &str, word: &str) -> Finding {
    finding.hint(format!("write `{word}`")).fix(Fix::safe_word(text, word))
}

/// Describes the values of a key with this schema.
fn expected_kind(kind: &TypeKind, around: &Value) -> String {
    if is_text(around) && around.get("items").is_some() {
        return "a text or a list".to_owned();
    }
    if let Some(format) = around.get("format").and_then(Value::as_str).and_then(format_named) {
        return format.expecting.to_owned();
    }
    match kind {
        TypeKind::Single(kind) => kind_name(&kind.to_string()).to_owned(),
        TypeKind::Multiple(kinds) => {
            let mut names: Vec<_> = kinds.iter().map(|k| kind_name(&k.to_string())).collect();
            names.dedup();
            names.join(" or ")
        }
    }
}

/// Whether a schema is that of a plain text.
fn is_text(schema: &Value) -> bool {
    schema.get("format").and_then(Value::as_str) == Some(Text::FORMAT)
}

/// Names the kind of a value.
fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "a mapping",
    }
}

/// Names a kind of JSON Schema.
fn kind_name(kind: &str) -> &'static str {
    match kind.trim_matches('"') {
        "boolean" => "true or false",
        "integer" | "number" => "a number",
        "string" => "a text",
        "array" => "a list",
        "object" => "a mapping",
        _ => "nothing",
    }
}

/// Returns the finding about a text that is none of the listed values.
pub(super) fn wrong_choice(
    path: YamlPath,
    found: &Value,
    options: &Value,
    around: &Value,
) -> Vec<Finding> {
    // The schema also reports an empty text, and a value that is not a text, by its length or type.
    let Some(text) = found.as_str().filter(|text| !text.is_empty()) else { return Vec::new() };
    let values: Vec<&str> =
        options.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let format = around.get("format").and_then(Value::as_str).and_then(format_named);
    let what = match (format, path.0.last()) {
        (Some(format), _) if format.name != Text::FORMAT => format.expecting.to_owned(),
        (_, Some(Segment::Key(key))) => format!("a value of `{key}`"),
        _ => "a value here".to_owned(),
    };
    let finding = rule::VALUE.at(path, format!("`{text}` is not {what}"));
    let advice = match format.map(|format| format.name) {
        Some(FormType::FORMAT) => FormType::advice(text),
        Some(FilerStatus::FORMAT) => FilerStatus::advice(text).map(str::to_owned),
        _ => None,
    };
    if let Some(advice) = advice {
        return vec![finding.hint(advice)];
    }
    vec![match did_you_mean(text, values.iter().copied()) {
        // The value could as well be another, with another meaning.
        Some(near) => {
            finding.hint(format!("did you mean `{near}`?")).fix(Fix::unsafe_word(text, near))
        }
        None => finding.hint(format!("one of: {}", values.join(", "))),
    }]
}

/// Returns the finding about a text that its value type refuses.
pub(super) fn wrong_format(
    path: YamlPath,
    found: &Value,
    format: &str,
    around: &Value,
) -> Vec<Finding> {
    // The schema also reports an empty text, and one that is not among listed values.
    let text = found.as_str().unwrap_or_default();
    if text.is_empty() || around.get("enum").is_some() {
        return Vec::new();
    }
    let fault = format_named(format).and_then(|f| (f.fault)(text));
    let rule = &rule::VALUE;
    let finding = |sentence| {
        let finding = rule.at(path, sentence);
        // The id of a shared file is in the place of a mapping.
        match around.get("properties") {
            Some(_) => advised(finding, found, around),
            None => spellings::advise(finding, format, text),
        }
    };
    fault.map(finding).into_iter().collect()
}
