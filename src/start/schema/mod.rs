//! The JSON Schema of a filing for editors and for validators of other hands. It says what the
//! gate's says (`load/schema_check.rs`), made for a document as it is typed: null stands for a key that is
//! left out, patterns stand for the formats that only this tool knows, and each key has its
//! examples and its authority.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::form12b25::keys;
use crate::pipeline::load;

/// The schema.
pub fn filing() -> Value {
    let mut schema = load::schema().clone();
    admit_nulls(&mut schema);
    let mut shapes = Map::new();
    spell_formats(&mut schema, &mut shapes);
    explain(&mut schema, "");
    schema["title"] = "Notification of late filing".into();
    schema["description"] =
        "A filing of `latefile`: one SEC Form 12b-25 and the letters that go with it.".into();
    schema["$defs"] = shapes.into();
    schema
}

/// The schema as a file.
pub fn text() -> String {
    format!("{:#}\n", filing())
}

/// Lets null stand for each key that may be left out, here and below. What asks for a key by name
/// then has to say that null is no answer.
fn admit_nulls(schema: &mut Value) {
    exactly_one(schema);
    let types = types_of_properties(schema);
    let required = required(schema);
    let Some(keywords) = schema.as_object_mut() else { return };
    for keyword in ["if", "then", "else"] {
        if let Some(condition) = keywords.get_mut(keyword) {
            demand(condition, &types);
        }
    }
    for (key, inner) in
        keywords.get_mut("properties").and_then(Value::as_object_mut).into_iter().flatten()
    {
        admit_nulls(inner);
        if !required.contains(key) {
            admit_null(inner);
        }
    }
    if let Some(items) = keywords.get_mut("items") {
        admit_nulls(items);
    }
}

/// The keys that a schema requires.
fn required(schema: &Value) -> Vec<String> {
    schema["required"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect()
}

/// The types that each property takes when it is there.
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

/// The value of the keyword `type`.
fn one_or_many(types: Vec<Value>) -> Value {
    match types.as_slice() {
        [one] => one.clone(),
        _ => types.into(),
    }
}

/// Where a condition requires keys, requires that they are not null.
fn demand(condition: &mut Value, types: &BTreeMap<String, Value>) {
    let required = required(condition);
    let Some(keywords) = condition.as_object_mut() else { return };
    if let Some(inner) = keywords.get_mut("not") {
        demand(inner, types);
    }
    for key in required {
        let properties = keywords.entry("properties").or_insert_with(|| json!({}));
        if properties.get(&key).is_none() {
            properties[&key] = json!({ "type": types.get(&key) });
        }
    }
}

/// The gate counts the keys of a block, of which there are two; with nulls among them a count says
/// nothing.
fn exactly_one(schema: &mut Value) {
    let keys: Vec<String> = types_of_properties(schema).into_keys().collect();
    let ([one, other], Some(keywords)) = (keys.as_slice(), schema.as_object_mut()) else { return };
    if keywords.remove("maxProperties").is_some() && keywords.remove("minProperties").is_some() {
        keywords.insert("if".to_owned(), json!({ "required": [one] }));
        keywords.insert("then".to_owned(), json!({ "properties": { other: { "type": "null" } } }));
        keywords.insert("else".to_owned(), json!({ "required": [other] }));
    }
}

fn admit_null(schema: &mut Value) {
    match &mut schema["type"] {
        Value::Array(types) if types.iter().any(|kind| kind == "null") => {}
        Value::Array(types) => types.push("null".into()),
        one => *one = json!([one, "null"]),
    }
    let values = schema.get_mut("enum").and_then(Value::as_array_mut);
    if let Some(values) = values.filter(|values| !values.contains(&Value::Null)) {
        values.push(Value::Null);
    }
}

/// Puts a reference to a pattern in the place of each format, and the pattern among the shapes.
fn spell_formats(schema: &mut Value, shapes: &mut Map<String, Value>) {
    let Some(keywords) = schema.as_object_mut() else { return };
    if let Some(Value::String(format)) = keywords.remove("format") {
        keywords.remove("minLength");
        if let Some((pattern, expecting)) =
            load::pattern(&format).filter(|_| !keywords.contains_key("enum"))
        {
            keywords.insert("$ref".to_owned(), format!("#/$defs/{format}").into());
            // The second is what editors of the family of VS Code say when the first does not fit.
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
            "items" => spell_formats(inner, shapes),
            "properties" => inner
                .as_object_mut()
                .into_iter()
                .flatten()
                .for_each(|(_, s)| spell_formats(s, shapes)),
            _ => {}
        }
    }
}

/// Gives each key its examples, and its description the authority.
fn explain(schema: &mut Value, path: &str) {
    if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
        for (name, inner) in properties {
            let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
            if let Some((_, key)) = keys::at(&path) {
                inner["examples"] = key.examples.clone().into();
                if let Some(authority) = &key.authority {
                    let description = inner["description"].as_str().unwrap_or_default();
                    inner["description"] =
                        format!("{description}\n\nAuthority: {authority}").into();
                }
            }
            explain(inner, &path);
        }
    }
    if let Some(items) = schema.get_mut("items") {
        explain(items, path);
    }
}
