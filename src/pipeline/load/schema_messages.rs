//! The messages of `schema_check`, by kind of error: a missing key, a value of another kind, a text
//! that is not a value of its type.

use jsonschema::error::TypeKind;
use serde_json::Value;

use super::formats::format_named;
use crate::diagnostics::finding::{Finding, did_you_mean};
use crate::diagnostics::rule;
use crate::diagnostics::source::{Segment, YamlPath};
use crate::form12b25::model::{FormType, Scalar as _, Text};

/// A required key that is missing.
pub(super) fn missing(path: &YamlPath, key: &str, around: &Value) -> Finding {
    let full = path.key(key);
    let finding = rule::MISSING_KEY.at(full.clone(), format!("`{full}` is missing"));
    match around.pointer(&format!("/properties/{key}")).and_then(|schema| about(key, schema)) {
        Some(about) => finding.hint(about),
        None => finding,
    }
}

/// The description of a key, and its values where they can be listed.
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

/// A value of another kind than its key takes.
pub(super) fn wrong_type(
    path: YamlPath,
    kind: &TypeKind,
    found: &Value,
    around: &Value,
) -> Finding {
    let expected = around.get("format").and_then(Value::as_str).and_then(format_named).map_or_else(
        || match kind {
            TypeKind::Single(kind) => kind_name(&kind.to_string()).to_owned(),
            TypeKind::Multiple(kinds) => {
                let mut names: Vec<_> = kinds.iter().map(|k| kind_name(&k.to_string())).collect();
                names.dedup();
                names.join(" or ")
            }
        },
        |format| format.expecting.to_owned(),
    );
    let textual = around.get("format").and_then(Value::as_str) == Some(Text::FORMAT);
    let expected = if textual && around.get("items").is_some() {
        "a text or a list".to_owned()
    } else {
        expected
    };
    let found_name = match found {
        Value::Null => "nothing",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "a mapping",
    };
    let finding = rule::TYPE.at(path, format!("expected {expected}, found {found_name}"));
    match found {
        Value::String(text) if expected == "true or false" => match text.to_lowercase().as_str() {
            "yes" | "on" | "y" | "true" => finding.hint("write `true`"),
            "no" | "off" | "n" | "false" => finding.hint("write `false`"),
            _ => finding,
        },
        Value::Number(_) | Value::Bool(_) if textual => finding.hint("put this text in quotes"),
        _ => finding,
    }
}

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

/// A text that is none of the values. One that is no text has a finding of its own.
pub(super) fn wrong_choice(
    path: YamlPath,
    found: &Value,
    options: &Value,
    around: &Value,
) -> Vec<Finding> {
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
    let is_form = format.is_some_and(|format| format.name == FormType::FORMAT);
    if let Some(advice) = is_form.then(|| FormType::advice(text)).flatten() {
        return vec![finding.hint(advice)];
    }
    vec![match did_you_mean(text, values.iter().copied()) {
        Some(near) => finding.hint(format!("did you mean `{near}`?")),
        None => finding.hint(format!("one of: {}", values.join(", "))),
    }]
}

/// A text that its value type refuses. Choices and empty texts have findings of their own.
pub(super) fn wrong_format(
    path: YamlPath,
    found: &Value,
    format: &str,
    around: &Value,
) -> Vec<Finding> {
    let text = found.as_str().unwrap_or_default();
    if text.is_empty() || around.get("enum").is_some() {
        return Vec::new();
    }
    let fault = format_named(format).and_then(|f| (f.fault)(text));
    let rule = &rule::VALUE;
    fault.map(|sentence| rule.at(path, sentence)).into_iter().collect()
}
