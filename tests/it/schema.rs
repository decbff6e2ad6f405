//! The schema for editors: fresh, explained, and of one mind with the loader about documents that
//! are sound or broken in many ways.

use crate::keys::of_schema;
use crate::support;

use std::fs;
use std::sync::LazyLock;

use jsonschema::Validator;
use latefile::diagnostics::finding::Severity;
use latefile::pipeline::load::files::Entry;
use latefile::pipeline::load::{SharedFiles, find, load};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use serde_json::{Value, json};

/// The schema that `schema/filing.json` holds, as another test asserts.
static SCHEMA: LazyLock<Validator> = LazyLock::new(|| {
    jsonschema::validator_for(&latefile::start::schema::of(
        latefile::start::schema::Document::Filing,
    ))
    .unwrap()
});

/// The samples as trees; what can be shared among them is loaded too.
static SAMPLES: LazyLock<(Vec<Value>, SharedFiles)> = LazyLock::new(|| {
    let found = find(&support::root().join("filings"), &[]).expect("the samples");
    let tree =
        |entry: &Entry| serde_yaml::from_str(&fs::read_to_string(&entry.path).unwrap()).unwrap();
    let samples = found
        .filings
        .iter()
        .map(tree)
        .chain([serde_yaml::from_str(support::SOUND).unwrap()])
        .collect();
    (samples, SharedFiles::load(&found).0)
});

/// Whether the loader takes a document. Whether a shared file exists is no matter of shape.
fn loads(folder: &tempfile::TempDir, document: &Value) -> Result<(), String> {
    let path = folder.path().join("filing.yaml");
    fs::write(&path, document.to_string()).unwrap(); // JSON is YAML
    let entry =
        Entry { path, shown: "f.yaml".to_owned(), name: "f.yaml".to_owned(), id: "f".to_owned() };
    let findings = load(&entry, &SAMPLES.1).findings;
    let fault = findings
        .iter()
        .filter(|f| f.severity == Severity::Error)
        .find(|f| !["registrant-", "letterhead-"].iter().any(|kind| f.rule.code.starts_with(kind)));
    fault.map_or(Ok(()), |f| Err(f.message.clone()))
}

/// Whether the schema takes it.
fn validates(document: &Value) -> Result<(), String> {
    SCHEMA.validate(document).map_err(|error| format!("{error} at {}", error.instance_path()))
}

/// Every place in a document, as JSON pointers.
fn places(value: &Value, at: &str, all: &mut Vec<String>) {
    all.push(at.to_owned());
    match value {
        Value::Object(entries) => {
            entries.iter().for_each(|(key, inner)| places(inner, &format!("{at}/{key}"), all))
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(i, inner)| places(inner, &format!("{at}/{i}"), all))
        }
        _ => {}
    }
}

/// What is put in the place of a value.
fn replacements() -> Vec<Value> {
    vec![
        Value::Null,
        json!(""),
        json!(" \t\n"),
        json!("x"),
        json!("none"),
        json!("2026-03-31"),
        json!("2025-02-29"),
        json!("2024-02-29"),
        json!("0000000000"),
        json!("a\u{202E}b"),
        json!(7),
        json!(-7),
        json!(2.5),
        json!(true),
        json!(false),
        json!([]),
        json!(["x"]),
        json!([null]),
        json!({}),
        json!({ "see": "x" }),
        json!({ "use": "quillfeather" }),
        json!({ "list": ["x"], "table": null }),
        json!([{ "list": ["x"], "table": null }]),
        json!([{ "list": null, "table": { "columns": ["x"], "rows": [[null]] } }]),
        json!([{ "list": ["x"], "table": { "columns": ["x"], "rows": [["x"]] } }]),
        json!([{ "list": null }]),
    ]
}

/// Breaks a document, or not, at one place.
#[derive(Debug, Clone)]
enum Change {
    Remove,
    AddKey(&'static str, Value),
    Put(Value),
}

fn changes() -> Vec<Change> {
    let keys = ["zzz", "amendment", "signature", "date", "table", "use"]
        .map(|key| Change::AddKey(key, Value::Null));
    let mut all = vec![Change::Remove, Change::AddKey("zzz", json!(1))];
    all.extend(keys);
    all.extend(replacements().into_iter().map(Change::Put));
    all
}

fn change(document: &mut Value, place: &str, change: &Change) {
    let Some(value) = document.pointer_mut(place) else { return };
    match change {
        Change::Put(new) => *value = new.clone(),
        Change::AddKey(key, new) => {
            if let Some(entries) = value.as_object_mut() {
                entries.insert((*key).to_owned(), new.clone());
            }
        }
        Change::Remove => {
            let Some((parent, last)) = place.rsplit_once('/') else { return }; // the whole document stays
            match document.pointer_mut(parent) {
                Some(Value::Object(entries)) => drop(entries.remove(last)),
                Some(Value::Array(items)) => drop(items.remove(last.parse().unwrap())),
                _ => {}
            }
        }
    }
}

#[test]
fn the_schema_in_the_repository_is_fresh() {
    let output = support::run(&support::root(), &["schema"]);
    assert!(output.status.success());
    support::expect(&support::root().join("schema/filing.json"), &support::text(&output.stdout));
}

#[test]
fn the_schema_explains_every_key_with_an_example_that_is_valid() {
    let schema = latefile::start::schema::of(latefile::start::schema::Document::Filing);
    let mut all = Vec::new();
    of_schema(&schema, "", &mut all);
    assert!(all.len() > 100);
    for (path, key, _) in all {
        assert!(
            key["description"].as_str().is_some_and(|text| text.len() > 3),
            "{path} has no description"
        );
        // An editor would fill it in, and an invented fact would stay.
        assert!(key.get("examples").is_none(), "{path}");
        let (_, row) = latefile::form12b25::keys::at(&path).expect("a key of the table");
        assert_eq!(key["title"], row.name, "{path}");
        let shown = key["description"].as_str().unwrap().contains("\n\nExample: `");
        assert_eq!(shown, key.get("enum").is_none(), "{path}");
        let mut alone = key.clone();
        alone["$defs"] = schema["$defs"].clone();
        let validator = jsonschema::validator_for(&alone).unwrap();
        let examples = &row.examples;
        assert!(
            !examples.is_empty() && examples.iter().all(|e| validator.is_valid(e)),
            "{path}: {examples:?}"
        );
    }
}

#[test]
fn the_schema_of_a_registrant_agrees_with_the_loader() {
    use latefile::start::schema::{Document, of};
    let schema = jsonschema::validator_for(&of(Document::Registrant)).unwrap();
    for name in support::files(&support::root().join("filings/registrants")).keys() {
        let path = support::root().join("filings/registrants").join(name);
        let sound: Value = serde_yaml::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        assert!(schema.is_valid(&sound), "{name}");
        for (place, value) in [
            ("/nmae", json!("x")),
            ("/use", json!("quillfeather")),
            ("/cik", json!(true)),
            ("/address", json!({})),
            ("/name", Value::Null),
        ] {
            let mut broken = sound.clone();
            broken[&place[1..]] = value;
            assert!(!schema.is_valid(&broken), "{place}");
        }
    }
}

#[test]
fn the_schema_of_a_letterhead_agrees_with_the_loader() {
    use latefile::start::schema::{Document, of};
    let schema = jsonschema::validator_for(&of(Document::Letterhead)).unwrap();
    let sound =
        json!({ "name": "Alder & Finch LLP", "tagline": null, "lines": ["12 Exchange Street"] });
    assert!(schema.is_valid(&sound));
    for (key, value) in
        [("use", json!("alder")), ("name", json!(null)), ("lines", json!(5)), ("nmae", json!("x"))]
    {
        let mut broken = sound.clone();
        broken[key] = value;
        assert!(!schema.is_valid(&broken), "{key}");
    }
}

#[test]
fn the_schema_lists_the_rules_that_can_be_waived() {
    let schema = latefile::start::schema::of(latefile::start::schema::Document::Filing);
    let listed = &schema["properties"]["waive"]["items"]["properties"]["rule"]["enum"];
    let waivable = latefile::diagnostics::rule::ALL.iter().filter(|rule| rule.waivable);
    assert_eq!(*listed, json!(waivable.map(|rule| rule.code).collect::<Vec<_>>()));
}

#[test]
fn the_schema_and_the_loader_agree_on_single_changes() {
    let folder = support::folder();
    let (mut sound, mut broken) = (0, 0);
    for (i, sample) in SAMPLES.0.iter().enumerate() {
        assert_eq!((validates(sample), loads(&folder, sample)), (Ok(()), Ok(())), "{sample:#}");
        if i % 4 != 0 {
            continue; // the property below changes the others too
        }
        let mut all = Vec::new();
        places(sample, "", &mut all);
        for (place, fault) in
            all.iter().flat_map(|place| changes().into_iter().map(move |fault| (place, fault)))
        {
            let mut document = sample.clone();
            change(&mut document, place, &fault);
            let (schema, loader) = (validates(&document), loads(&folder, &document));
            assert_eq!(
                schema.is_ok(),
                loader.is_ok(),
                "{fault:?} at {place}\nschema: {schema:?}\nloader: {loader:?}"
            );
            *if schema.is_ok() { &mut sound } else { &mut broken } += 1;
        }
    }
    assert!(sound > 1000 && broken > 1000, "{sound} sound, {broken} broken");
}

proptest! {
    // The same cases in every run, so that a pull request fails for its own change alone.
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(12_25),
        ..ProptestConfig::with_cases(2000)
    })]

    #[test]
    fn the_schema_and_the_loader_agree(
        sample in any::<prop::sample::Index>(),
        faults in prop::collection::vec((any::<prop::sample::Index>(), prop::sample::select(changes())), 0..4),
    ) {
        let folder = support::folder();
        let mut document = sample.get(&SAMPLES.0).clone();
        for (place, fault) in &faults {
            let mut all = Vec::new();
            places(&document, "", &mut all);
            change(&mut document, &all[place.index(all.len())], fault);
        }
        let (schema, loader) = (validates(&document), loads(&folder, &document));
        prop_assert_eq!(schema.is_ok(), loader.is_ok(), "{:#}\nschema: {:?}\nloader: {:?}", document, schema, loader);
    }
}
