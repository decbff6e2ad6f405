//! The keys of a filing, in one table: each has a name and a place, and docs/filing.md and the
//! dictionary of the fuzzer list them all.

use std::collections::BTreeSet;
use std::fs;

use latefile::form12b25::keys;
use serde_json::Value;

use crate::support;

/// The schemas of all keys, with their paths and whether each is required.
pub(crate) fn of_schema<'a>(
    schema: &'a Value,
    path: &str,
    all: &mut Vec<(String, &'a Value, bool)>,
) {
    let required = |name: &str| {
        let lists =
            [&schema["required"], &schema["then"]["required"], &schema["else"]["then"]["required"]];
        lists.iter().any(|list| list.as_array().is_some_and(|l| l.iter().any(|key| key == name)))
    };
    for (name, inner) in schema["properties"].as_object().into_iter().flatten() {
        let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        of_schema(inner, &path, all);
        all.push((path, inner, required(name)));
    }
    if schema["items"].is_object() {
        of_schema(&schema["items"], path, all);
    }
}

#[test]
fn every_key_has_a_name() {
    let schema = latefile::start::schema::of(latefile::start::schema::Document::Filing);
    let mut all = Vec::new();
    of_schema(&schema, "", &mut all);
    let unnamed: Vec<&str> =
        all.iter().map(|(path, ..)| path.as_str()).filter(|p| keys::at(p).is_none()).collect();
    assert!(unnamed.is_empty(), "no name in keys.json: {unnamed:?}");
    let used: BTreeSet<usize> =
        all.iter().filter_map(|(path, ..)| keys::at(path)).map(|(place, _)| place).collect();
    let unused: Vec<&str> = (0..keys::all().len())
        .filter(|place| !used.contains(place))
        .map(|place| keys::all()[place].key.as_str())
        .collect();
    assert!(unused.is_empty(), "in keys.json, and in no filing or twice: {unused:?}");
    assert!(keys::all().iter().all(|key| !key.name.is_empty()));
}

/// A comment that opens the tables of some keys; `report.*` are the keys in `report`.
const OPEN: &str = "<!-- keys: ";

/// The comment that closes them.
const CLOSE: &str = "<!-- end of keys -->";

#[test]
fn the_documentation_lists_every_key() {
    let path = support::root().join("docs/filing.md");
    let text = fs::read_to_string(&path).unwrap();
    let schema = latefile::start::schema::of(latefile::start::schema::Document::Filing);
    let mut all = Vec::new();
    of_schema(&schema, "", &mut all);
    all.sort_by_key(|(path, ..)| keys::at(path).map(|(place, _)| place));
    let headings: Vec<&str> = text.lines().filter(|line| line.starts_with("## ")).collect();
    let mut listed = BTreeSet::new();
    let mut fresh = String::new();
    let mut rest = text.as_str();
    while let Some((before, region)) = rest.split_once(OPEN) {
        let (wanted, region) = region.split_once(" -->").expect("the comment ends");
        let (_, after) = region.split_once(CLOSE).expect("the table ends");
        fresh += &format!("{before}{OPEN}{wanted} -->\n| key | takes | meaning |\n|---|---|---|\n");
        for (path, key, required) in &all {
            if let Some(shown) = wanted.split(' ').find_map(|wanted| shown(path, wanted)) {
                let mark = if *required { " ●" } else { "" };
                fresh +=
                    &format!("| `{shown}`{mark} | {} | {} |\n", takes(&schema, key), meaning(key));
                assert!(listed.insert(path.clone()), "{path} is listed twice");
            }
        }
        fresh += CLOSE;
        rest = after;
    }
    fresh += rest;
    let lost: Vec<&String> = all
        .iter()
        .map(|(path, ..)| path)
        .filter(|path| !listed.contains(*path) && !is_listed_elsewhere(path))
        .filter(|path| !headings.iter().any(|line| line.contains(&format!("`{path}`"))))
        .collect();
    assert!(lost.is_empty(), "docs/filing.md does not list {lost:?}");
    support::expect(&path, &fresh);
}

/// A key as its table shows it, or `None` if it is in another table.
fn shown<'a>(path: &'a str, wanted: &str) -> Option<&'a str> {
    let shown = match wanted.strip_suffix('*') {
        Some(within) => path.strip_prefix(within)?,
        None => path
            .strip_prefix(wanted)
            .filter(|rest| matches!(rest.get(..1), None | Some(".")))
            .map(|_| path)?,
    };
    (wanted == "narrative.*" || !is_listed_elsewhere(path)).then_some(shown)
}

/// Whether a key is one of rich text, of a co-registrant or of its signature: their tables are
/// those of `narrative`, `registrant` and `signature`.
fn is_listed_elsewhere(path: &str) -> bool {
    let within = |key: &str| path.split('.').any(|part| part == key);
    within("list")
        || within("table")
        || within("heading")
        || path.strip_prefix("co_registrants.").is_some_and(|key| key != "signature")
}

/// The values that a key takes.
fn takes(schema: &Value, key: &Value) -> String {
    let codes = |values: &Value| -> Option<Vec<String>> {
        let values = values.as_array()?.iter().filter_map(Value::as_str);
        Some(values.map(|value| format!("`{value}`")).collect())
    };
    let is = |kind: &str| match &key["type"] {
        Value::Array(kinds) => kinds.iter().any(|k| k == kind),
        one => one == kind,
    };
    if let Some(codes) = codes(&key["enum"]) {
        let are_rules = key["title"] == "rule";
        return if are_rules { "a rule that can be waived".to_owned() } else { codes.join(" ") };
    }
    if let Some(codes) = codes(&key["then"]["enum"]) {
        return format!("{} or a mapping", codes.join(" "));
    }
    let format = key["$ref"].as_str().and_then(|format| format.rsplit('/').next());
    match format {
        Some("text") if key["items"]["properties"]["list"].is_object() && is("object") => {
            "rich text, or a mapping".to_owned()
        }
        Some("text") if key["items"]["properties"]["list"].is_object() => "rich text".to_owned(),
        Some("text") if is("array") => "lines".to_owned(),
        Some("registrant-id" | "letterhead-id") => "an id, or a mapping".to_owned(),
        Some(format) => {
            schema["$defs"][format]["patternErrorMessage"].as_str().unwrap_or_default().to_owned()
        }
        None if is("boolean") => "`true` or `false`".to_owned(),
        None if is("integer") => format!("a number from {} to {}", key["minimum"], key["maximum"]),
        None if is("array") => list_of(schema, &key["items"], codes(&key["items"]["enum"])),
        None => "a mapping".to_owned(),
    }
}

fn list_of(schema: &Value, item: &Value, codes: Option<Vec<String>>) -> String {
    if let Some(codes) = codes {
        return format!("a list of {}", codes.join(" "));
    }
    let one = takes(schema, item);
    let many = match one.as_str() {
        "a text" => "texts",
        "a mapping" | "an id, or a mapping" => return format!("a list, each {one}"),
        other if other.starts_with("a list") => "rows, each a list of texts",
        other => return format!("a list, each {other}"),
    };
    format!("a list of {many}")
}

/// The doc comment of a key, on one line.
fn meaning(key: &Value) -> String {
    let text = key["description"].as_str().unwrap_or_default();
    let meaning = text.split("\n\nExample: ").next().unwrap_or_default();
    let meaning = meaning.split("\n\nAuthority: ").next().unwrap_or_default();
    meaning.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|")
}

#[test]
fn the_fuzzer_knows_every_key_and_every_value() {
    const FROM: &str = "# The keys and the values of the schema.\n";
    let path = support::root().join("fuzz/load.dict");
    let text = fs::read_to_string(&path).unwrap();
    let (before, _) = text.split_once(FROM).expect("the keys have their comment");
    let schema = latefile::start::schema::of(latefile::start::schema::Document::Filing);
    let mut all = Vec::new();
    of_schema(&schema, "", &mut all);
    let names: BTreeSet<&str> =
        all.iter().filter_map(|(path, ..)| path.rsplit('.').next()).collect();
    let mut values = BTreeSet::new();
    for (_, key, _) in &all {
        let places = [&key["enum"], &key["then"]["enum"], &key["items"]["enum"]];
        let listed = places.into_iter().filter_map(Value::as_array).flatten();
        values.extend(listed.filter_map(Value::as_str));
    }
    let mut fresh = format!("{before}{FROM}");
    names.iter().for_each(|name| fresh += &format!("\"{name}: \"\n"));
    values.iter().for_each(|value| fresh += &format!("\"{value}\"\n"));
    support::expect(&path, &fresh);
}
