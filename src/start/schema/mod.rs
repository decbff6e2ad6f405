//! The JSON Schemas of a filing and of the files that filings share, for editors and other validators. They
//! are the schemas of `load/schema_check.rs` with changes for a document as it is typed: optional
//! keys may be null, patterns replace the formats that only this tool knows, and each key is
//! explained with an example and its authority.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::diagnostics::rule;
use crate::form12b25::keys;
use crate::pipeline::load;

/// A kind of document that has a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Document {
    /// A filing.
    Filing,
    /// A shared registrant, a file of `filings/registrants/`.
    Registrant,
    /// A shared letterhead, a file of `filings/letterheads/`.
    Letterhead,
}

/// Returns the schema of a kind of document.
pub fn of(document: Document) -> Value {
    let (schema, path, title, description) = match document {
        Document::Filing => (
            load::schema(),
            "",
            "Notification of late filing",
            "A filing of `latefile`: one SEC Form 12b-25 and the letters that go with it.",
        ),
        Document::Registrant => (
            load::registrant_schema(),
            "registrant",
            "Registrant",
            "A registrant of `latefile` that several filings share.",
        ),
        Document::Letterhead => (
            load::letterhead_schema(),
            "letterhead",
            "Letterhead",
            "A letterhead of `latefile` that several letters share.",
        ),
    };
    let mut schema = schema.clone();
    allow_nulls(&mut schema);
    let mut shapes = Map::new();
    replace_formats(&mut schema, &mut shapes);
    if document == Document::Filing {
        list_rules(&mut schema);
    }
    explain(&mut schema, path);
    schema["title"] = title.into();
    schema["description"] = description.into();
    schema["$defs"] = shapes.into();
    schema
}

/// Returns the text of a schema file.
pub fn text(document: Document) -> String {
    format!("{:#}\n", of(document))
}

/// Lists the rules that can be waived, so that editors complete them.
// Not in the schema of `load`: a rule that does not exist has a finding of its own.
fn list_rules(schema: &mut Value) {
    let codes: Vec<&str> =
        rule::ALL.iter().filter(|rule| rule.waivable).map(|rule| rule.code).collect();
    schema["properties"]["waive"]["items"]["properties"]["rule"]["enum"] = codes.into();
}

/// Allows null for each optional key, at all levels.
fn allow_nulls(schema: &mut Value) {
    replace_key_counts(schema);
    let types = types_of_properties(schema);
    let required = required(schema);
    let Some(keywords) = schema.as_object_mut() else { return };
    for keyword in ["if", "then", "else"] {
        if let Some(condition) = keywords.get_mut(keyword) {
            require_non_null(condition, &types);
        }
    }
    for (key, inner) in
        keywords.get_mut("properties").and_then(Value::as_object_mut).into_iter().flatten()
    {
        allow_nulls(inner);
        if required.contains(key) {
            refuse_null(inner);
        } else {
            allow_null(inner);
        }
    }
    if let Some(items) = keywords.get_mut("items") {
        allow_nulls(items);
    }
}

/// Returns the keys that a schema requires.
fn required(schema: &Value) -> Vec<String> {
    schema["required"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect()
}

/// Returns the types of each property other than null.
fn types_of_properties(schema: &Value) -> BTreeMap<String, Value> {
    let types = |inner: &Value| match &inner["type"] {
        Value::Array(all) => {
            one_or_many(all.iter().filter(|kind| *kind != "null").cloned().collect())
        }
        one => one.clone(),
    };
    schema["properties"]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(key, inner)| (key.clone(), types(inner)))
        .collect()
}

/// Returns the value of the keyword `type` for some types.
fn one_or_many(types: Vec<Value>) -> Value {
    match types.as_slice() {
        [one] => one.clone(),
        _ => types.into(),
    }
}

/// Makes a condition that requires a key also require that it is not null.
fn require_non_null(condition: &mut Value, types: &BTreeMap<String, Value>) {
    let required = required(condition);
    let Some(keywords) = condition.as_object_mut() else { return };
    for keyword in ["not", "if", "then", "else"] {
        if let Some(inner) = keywords.get_mut(keyword) {
            require_non_null(inner, types);
        }
    }
    for key in required {
        let properties = keywords.entry("properties").or_insert_with(|| json!({}));
        if properties.get(&key).is_none() {
            properties[&key] = json!({ "type": types.get(&key) });
        }
    }
}

/// Replaces the count of keys in a block that has exactly one of its keys.
fn replace_key_counts(schema: &mut Value) {
    let keys: Vec<String> = types_of_properties(schema).into_keys().collect();
    let Some(keywords) = schema.as_object_mut() else { return };
    // A key with null would count, too.
    if keywords.remove("maxProperties").is_some() && keywords.remove("minProperties").is_some() {
        keywords.extend(exactly_one(&keys));
    }
}

/// Returns the keywords of a mapping that has exactly one of some keys.
fn exactly_one(keys: &[String]) -> Map<String, Value> {
    let Some((first, others)) = keys.split_first() else { return Map::new() };
    let mut keywords = Map::new();
    if others.is_empty() {
        keywords.insert("required".to_owned(), json!([first]));
        return keywords;
    }
    let null = |key: &String| (key.clone(), json!({ "type": "null" }));
    let nulls: Map<String, Value> = others.iter().map(null).collect();
    keywords.insert("if".to_owned(), json!({ "required": [first] }));
    keywords.insert("then".to_owned(), json!({ "properties": nulls }));
    keywords.insert("else".to_owned(), exactly_one(others).into());
    keywords
}

/// Removes null from the types of a value that has several, as a key of a shared registrant has.
fn refuse_null(schema: &mut Value) {
    if let Some(types) = schema["type"].as_array_mut() {
        types.retain(|kind| kind != "null");
    }
}

fn allow_null(schema: &mut Value) {
    match &mut schema["type"] {
        Value::Array(types) if types.iter().any(|kind| kind == "null") => {}
        Value::Array(types) => types.push("null".into()),
        one => *one = json!([one, "null"]),
    }
    // `enum` restricts the value in addition to `type`.
    let values = schema.get_mut("enum").and_then(Value::as_array_mut);
    if let Some(values) = values.filter(|values| !values.contains(&Value::Null)) {
        values.push(Value::Null);
    }
}

/// Replaces each format with a reference to a pattern in `$defs`: other validators do not know the
/// formats.
fn replace_formats(schema: &mut Value, shapes: &mut Map<String, Value>) {
    let Some(keywords) = schema.as_object_mut() else { return };
    if let Some(Value::String(format)) = keywords.remove("format") {
        keywords.remove("minLength");
        if let Some((pattern, expecting)) =
            load::pattern(&format).filter(|_| !keywords.contains_key("enum"))
        {
            keywords.insert("$ref".to_owned(), format!("#/$defs/{format}").into());
            // Editors such as VS Code show `patternErrorMessage` if the pattern does not match.
            shapes
                .entry(format)
                .or_insert_with(|| json!({ "pattern": pattern, "patternErrorMessage": expecting }));
        }
    }
    if let Some(Value::Array(types)) = keywords.get_mut("type") {
        let types = one_or_many(std::mem::take(types));
        keywords.insert("type".to_owned(), types);
    }
    for (keyword, inner) in keywords {
        match keyword.as_str() {
            "items" => replace_formats(inner, shapes),
            "properties" => inner
                .as_object_mut()
                .into_iter()
                .flatten()
                .for_each(|(_, s)| replace_formats(s, shapes)),
            _ => {}
        }
    }
}

/// Adds its name to each key as the title, and an example and the authority to its description.
// Not as `examples`: editors fill those in, and an invented fact would stay in a notice.
fn explain(schema: &mut Value, path: &str) {
    if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
        for (name, inner) in properties {
            let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
            if let Some((_, key)) = keys::at(&path) {
                inner["title"] = key.name.clone().into();
                let example = key.examples.first().filter(|_| inner.get("enum").is_none());
                let example = example.map(|example| format!("Example: `{}`", shown(example)));
                let authority = key.authority.as_ref().map(|text| format!("Authority: {text}"));
                let described = inner["description"].as_str().map(str::to_owned);
                let parts: Vec<String> =
                    [described, example, authority].into_iter().flatten().collect();
                inner["description"] = parts.join("\n\n").into();
            }
            explain(inner, &path);
        }
    }
    if let Some(items) = schema.get_mut("items") {
        explain(items, path);
        items["title"] = items_title(path).into();
    }
}

/// Returns the title of the items of a list.
fn items_title(path: &str) -> String {
    keys::at(path).map_or_else(|| path.to_owned(), |(_, key)| format!("item of {}", key.name))
}

/// Returns an example as YAML shows it in one line.
fn shown(example: &Value) -> String {
    example.as_str().map_or_else(|| example.to_string(), str::to_owned)
}
