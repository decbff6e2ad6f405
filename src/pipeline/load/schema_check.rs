//! Checks a file's tree against the schema of the model.
//!
//! One run finds all wrong keys and values, each with its path; `schema_messages` has the messages.

use std::cell::LazyCell;
use std::collections::BTreeSet;
use std::sync::LazyLock;

use jsonschema::Validator;
use jsonschema::error::{ValidationError, ValidationErrorKind as Kind};
use schemars::generate::SchemaSettings;
use schemars::transform::{RecursiveTransform, Transform};
use schemars::{JsonSchema, Schema};
use serde_json::Value;

use super::formats::FORMATS;
use super::misplaced;
use super::parts::{at, keys, value_at};
use super::schema_messages::{about, missing, wrong_choice, wrong_format, wrong_type};
use crate::diagnostics::finding::{Finding, Spot, did_you_mean};
use crate::diagnostics::fix::Fix;
use crate::diagnostics::rule;
use crate::diagnostics::source::{Segment, YamlPath};
use crate::form12b25::model::{Cik, FilingAsWritten, Letterhead, RegistrantKeys, Scalar as _};

/// A schema and the validator made of it.
pub(crate) struct SchemaCheck {
    schema: Value,
    validator: Validator,
    /// The names of all keys.
    names: BTreeSet<String>,
    /// The names of the keys whose values can be mappings or lists.
    sections: BTreeSet<String>,
}

/// The number of findings from which an unknown key gets no hint, as no more are listed.
const ADVISED: usize = 100;

/// The schema of a filing.
pub(crate) static FILING: LazyLock<SchemaCheck> = LazyLock::new(SchemaCheck::of::<FilingAsWritten>);

/// The schema of a shared registrant.
// A shared registrant cannot use another one, and each filing has a signature of its own.
pub(crate) static REGISTRANT: LazyLock<SchemaCheck> = LazyLock::new(|| {
    let mut schema = schema_of::<RegistrantKeys>();
    crate::form12b25::model::without(&mut schema, &["use", "signature"]);
    schema.insert("required".to_owned(), serde_json::json!(["name", "cik", "address"]));
    SchemaCheck::new(schema)
});

/// The schema of a shared letterhead.
pub(crate) static LETTERHEAD: LazyLock<SchemaCheck> = LazyLock::new(SchemaCheck::of::<Letterhead>);

/// Returns the schema of a type, without references and without nulls.
// Null entries are removed before the check, so `null` must not be listed as an expected value.
fn schema_of<T: JsonSchema>() -> Schema {
    let settings = SchemaSettings::draft2020_12().with(|s| s.inline_subschemas = true);
    let mut schema = settings.into_generator().into_root_schema_for::<T>();
    RecursiveTransform(without_null).transform(&mut schema);
    RecursiveTransform(unwrapped).transform(&mut schema);
    schema
}

/// Puts each paragraph of a description on one line; doc comments have line breaks.
fn unwrapped(schema: &mut Schema) {
    if let Some(Value::String(description)) = schema.get_mut("description") {
        let paragraphs = description.split("\n\n").map(|paragraph| paragraph.replace('\n', " "));
        *description = paragraphs.collect::<Vec<_>>().join("\n\n");
    }
}

/// Turns `anyOf: [T, null]`, and `type: [T, "null"]` of an optional key, into `T`.
fn without_null(schema: &mut Schema) {
    let Some(object) = schema.as_object_mut() else { return };
    // An optional key has two types. Only a table's cell has more, and it may be null.
    if let Some(Value::Array(types)) =
        object.get_mut("type").filter(|types| types.as_array().is_some_and(|t| t.len() == 2))
    {
        types.retain(|kind| kind != "null");
    }
    let null = serde_json::json!({ "type": "null" });
    let inner = match object.get("anyOf").and_then(Value::as_array).map(Vec::as_slice) {
        Some([inner, other]) if *other == null => inner.clone(),
        _ => return,
    };
    object.remove("anyOf");
    if let Value::Object(inner) = inner {
        for (key, value) in inner {
            object.entry(key).or_insert(value);
        }
    }
}

impl SchemaCheck {
    fn of<T: JsonSchema>() -> SchemaCheck {
        SchemaCheck::new(schema_of::<T>())
    }

    #[expect(clippy::expect_used, reason = "the schema is built in; a test compiles it")]
    fn new(schema: Schema) -> SchemaCheck {
        let schema = schema.to_value();
        let mut options = jsonschema::draft202012::options().should_validate_formats(true);
        for format in FORMATS {
            let fault = format.fault;
            options = options.with_format(format.name, move |text: &str| fault(text).is_none());
        }
        let validator = options.build(&schema).expect("the model's schema is a schema");
        let mut names = BTreeSet::new();
        add_names(&schema, &mut names);
        let mut sections = BTreeSet::new();
        add_sections(&schema, &mut sections);
        SchemaCheck { schema, validator, names, sections }
    }

    /// The names of all keys.
    pub(crate) fn names(&self) -> &BTreeSet<String> {
        &self.names
    }

    /// The names of the keys whose values can be mappings or lists.
    pub(super) fn sections(&self) -> &BTreeSet<String> {
        &self.sections
    }

    /// Whether a key, at any depth, has a list of mappings.
    pub(super) fn has_items(&self, key: &str) -> bool {
        fn has_items(schema: &Value, key: &str) -> bool {
            let inner = schema.get("properties").and_then(Value::as_object).into_iter().flatten();
            inner.into_iter().any(|(name, inner)| {
                let items = inner.get("items");
                name == key && items.is_some_and(|items| items.get("properties").is_some())
                    || has_items(inner, key)
                    || items.is_some_and(|items| has_items(items, key))
            })
        }
        has_items(&self.schema, key)
    }

    /// The schema.
    pub(crate) fn schema(&self) -> &Value {
        &self.schema
    }

    /// Returns the findings in a tree whose null entries, at the paths `nulls`, were removed.
    pub(crate) fn check(&self, tree: &Value, nulls: &[YamlPath]) -> Vec<Finding> {
        let mut findings = Vec::new();
        // Fast path: most files are valid, and `is_valid` builds no errors.
        if !self.validator.is_valid(tree) {
            let needed = LazyCell::new(|| self.needed(tree));
            for error in self.validator.iter_errors(tree) {
                match error.kind() {
                    Kind::MinLength { .. } => findings.push(self.empty_text(&error, &needed)),
                    _ => findings.extend(self.findings(&error, findings.len())),
                }
            }
            findings.dedup();
        }
        // A null entry counts as absent, but its key must be known.
        for (parent, key, around) in nulls.iter().filter_map(|path| self.unknown(path)) {
            let mapping = value_at(tree, &parent).unwrap_or(&Value::Null);
            findings.push(self.unknown_key(key, findings.len(), &parent, around, mapping));
        }
        self.without_misspelt(misplaced::merged(&self.schema, tree, findings))
    }

    /// Removes the findings about missing keys that are there, but misspelt or misplaced.
    fn without_misspelt(&self, findings: Vec<Finding>) -> Vec<Finding> {
        let unknown = |finding: &&Finding| finding.rule.code == rule::UNKNOWN_KEY.code;
        let meant: BTreeSet<String> = findings
            .iter()
            .filter(unknown)
            .take(ADVISED)
            .filter_map(|finding| match &finding.spot {
                Spot::Key(path) => Some(self.meant(path)?.to_string()),
                _ => None,
            })
            .collect();
        let there = |finding: &Finding| match &finding.spot {
            Spot::Value(path) => {
                finding.rule.code == rule::MISSING_KEY.code && meant.contains(&path.to_string())
            }
            _ => false,
        };
        findings.into_iter().filter(|finding| !there(finding)).collect()
    }

    /// Returns the path of the key that an unknown key probably is, or `None` if there is none.
    fn meant(&self, unknown: &YamlPath) -> Option<YamlPath> {
        let (Segment::Key(key), parent) = unknown.0.split_last()? else { return None };
        let parent = YamlPath(parent.to_vec());
        let around = at(&self.schema, &parent.0)?;
        if let Some(near) = did_you_mean(key, keys(around)) {
            return Some(parent.key(near));
        }
        let other = mapping_of(&self.schema, key, &YamlPath::default())?;
        (other != parent).then(|| other.key(key))
    }

    /// Returns the parent of a path, its last key and the parent's schema, or `None` if the schema
    /// has this key.
    fn unknown<'a>(&'a self, path: &'a YamlPath) -> Option<(YamlPath, &'a str, &'a Value)> {
        let (Segment::Key(key), parent) = path.0.split_last()? else { return None };
        let around = at(&self.schema, parent)?;
        let properties = around.get("properties")?.as_object()?;
        (!properties.contains_key(key)).then(|| (YamlPath(parent.to_vec()), key.as_str(), around))
    }

    /// Returns the findings about an error of the schema, after `before` other findings.
    fn findings(&self, error: &ValidationError<'_>, before: usize) -> Vec<Finding> {
        let path = yaml_path(error.instance_path().as_str());
        let around = self.around(error.schema_path().as_str());
        let name = path.to_string();
        match error.kind() {
            Kind::Required { property } => {
                vec![missing(
                    &path,
                    property.as_str().unwrap_or_default(),
                    self.mapping(error.schema_path().as_str()),
                )]
            }
            Kind::AdditionalProperties { unexpected } => {
                let mapping = error.instance();
                let unknown =
                    |(n, key): (usize, &String)| self.unknown_key(key, n, &path, around, mapping);
                (before..).zip(unexpected).map(unknown).collect()
            }
            Kind::Type { kind } => vec![wrong_type(path, kind, error.instance(), around)],
            Kind::Enum { options } => wrong_choice(path, error.instance(), options, around),
            Kind::Format { format } => wrong_format(path, error.instance(), format, around),
            Kind::MinItems { .. } => {
                vec![rule::VALUE.at(path, format!("`{name}` is an empty list"))]
            }
            Kind::MinProperties { .. } | Kind::MaxProperties { .. } => {
                vec![rule::VALUE.at(path, "a block is either a `list` or a `table`")]
            }
            Kind::Minimum { limit } => {
                vec![rule::VALUE.at(path, format!("{} is less than {limit}", error.instance()))]
            }
            Kind::Maximum { .. } if is_cik(around) => {
                vec![
                    rule::VALUE
                        .at(path, format!("{} is not a CIK", error.instance()))
                        .hint("a CIK has at most ten digits"),
                ]
            }
            Kind::Maximum { limit } => {
                vec![rule::VALUE.at(path, format!("{} is more than {limit}", error.instance()))]
            }
            _ => vec![rule::VALUE.at(path, error.masked().to_string())],
        }
    }

    /// Returns the paths of the required keys that this file lacks, or has as empty texts: the keys
    /// that the schema requires, and the narrative, which a rule requires.
    fn needed(&self, tree: &Value) -> BTreeSet<String> {
        let mut rest = tree.clone();
        without_empty(&mut rest);
        let missing = |error: ValidationError<'_>| match error.kind() {
            Kind::Required { property } => {
                Some(yaml_path(error.instance_path().as_str()).key(property.as_str()?).to_string())
            }
            _ => None,
        };
        let narrative = rest.get("amendment").is_none().then(|| "narrative".to_owned());
        self.validator.iter_errors(&rest).filter_map(missing).chain(narrative).collect()
    }

    /// Returns the finding about an empty text. If the key is required, the hint describes it.
    fn empty_text(&self, error: &ValidationError<'_>, needed: &BTreeSet<String>) -> Finding {
        let path = yaml_path(error.instance_path().as_str());
        let name = path.to_string();
        let is_item = matches!(path.0.last(), Some(Segment::Index(_)));
        let about = match path.0.last() {
            Some(Segment::Key(key)) if needed.contains(&name) => {
                about(key, self.around(error.schema_path().as_str()))
            }
            _ => None,
        };
        match about {
            Some(about) => rule::VALUE.at(path, format!("`{name}` is an empty text")).hint(about),
            None => rule::VALUE
                .at(path, format!("`{name}` is an empty text, neither a value nor its absence"))
                .hint(if is_item {
                    "write the value, or delete the item; an empty cell of a table is `null`"
                } else {
                    "leave the key out, or write the value"
                }),
        }
    }

    /// Returns the schema that contains an error's keyword.
    fn around(&self, keyword: &str) -> &Value {
        let parent = keyword.rsplit_once('/').map_or("", |(parent, _)| parent);
        self.schema.pointer(parent).unwrap_or(&Value::Null)
    }

    /// Returns the schema of the mapping that a keyword is about.
    fn mapping(&self, keyword: &str) -> &Value {
        // A keyword in a condition is about the mapping above it, which has the descriptions.
        let mut at = keyword;
        while let Some((parent, _)) = at.rsplit_once('/') {
            at = parent;
            if !["/if", "/then", "/else"].iter().any(|condition| at.ends_with(condition)) {
                break;
            }
        }
        self.schema.pointer(at).unwrap_or(&Value::Null)
    }

    /// Returns the finding about an unknown key, after `n` other findings, with a suggestion.
    fn unknown_key(
        &self,
        key: &str,
        n: usize,
        path: &YamlPath,
        around: &Value,
        mapping: &Value,
    ) -> Finding {
        let finding =
            rule::UNKNOWN_KEY.at(Spot::Key(path.key(key)), format!("unknown key `{key}`"));
        // A suggestion compares the key with all known ones, which takes time.
        if n >= ADVISED {
            return finding;
        }
        let known: Vec<&str> = keys(around).collect();
        if let Some(near) = did_you_mean(key, known.iter().copied()) {
            let finding = finding.hint(format!("did you mean `{near}`?"));
            let is_clear = is_only_candidate(key, near, &known, mapping);
            return if is_clear { finding.fix(Fix::safe_word(key, near)) } else { finding };
        }
        if let Some(other) =
            mapping_of(&self.schema, key, &YamlPath::default()).filter(|other| other != path)
        {
            let other =
                if other.0.is_empty() { "the top level".to_owned() } else { format!("`{other}`") };
            return finding.hint(format!("`{key}` belongs to {other}"));
        }
        finding.hint(format!("known here: {}", known.join(", ")))
    }
}

/// Whether an unknown key of a mapping can only mean `near`, which the mapping does not have.
fn is_only_candidate(key: &str, near: &str, known: &[&str], mapping: &Value) -> bool {
    let Some(mapping) = mapping.as_object() else { return false };
    let others = known.iter().copied().filter(|other| *other != near);
    let means_near = |other: &str| did_you_mean(other, known.iter().copied()) == Some(near);
    did_you_mean(key, others).is_none()
        && !mapping.keys().any(|other| other != key && means_near(other))
}

/// Whether a schema is that of a CIK.
fn is_cik(schema: &Value) -> bool {
    schema.get("format").and_then(Value::as_str) == Some(Cik::FORMAT)
}

/// Returns the path of the first mapping, outside of lists, that has a key of this name.
fn mapping_of(schema: &Value, key: &str, at: &YamlPath) -> Option<YamlPath> {
    let properties = schema.get("properties")?.as_object()?;
    if properties.contains_key(key) {
        return Some(at.clone());
    }
    properties.iter().find_map(|(name, inner)| mapping_of(inner, key, &at.key(name)))
}

/// Adds the names of the keys of a schema, at any depth.
fn add_names(schema: &Value, names: &mut BTreeSet<String>) {
    names.extend(keys(schema).map(str::to_owned));
    match schema {
        Value::Object(entries) => entries.values().for_each(|inner| add_names(inner, names)),
        Value::Array(items) => items.iter().for_each(|inner| add_names(inner, names)),
        _ => {}
    }
}

/// Adds the names of the keys of a schema, at any depth, whose values can be mappings or lists.
fn add_sections(schema: &Value, sections: &mut BTreeSet<String>) {
    if let Some(Value::Object(properties)) = schema.get("properties") {
        let has_entries = |inner: &Value| {
            let of = |key: &str| inner.get(key).is_some_and(Value::is_object);
            of("properties") || of("items")
        };
        let named = properties.iter().filter(|(_, inner)| has_entries(inner));
        sections.extend(named.map(|(name, _)| name.clone()));
    }
    match schema {
        Value::Object(entries) => {
            entries.values().for_each(|inner| add_sections(inner, sections));
        }
        Value::Array(items) => items.iter().for_each(|inner| add_sections(inner, sections)),
        _ => {}
    }
}

/// Turns a JSON pointer into a path.
fn yaml_path(pointer: &str) -> YamlPath {
    // A number is an index: no key of the model is one.
    let segments = pointer.split('/').skip(1).map(|part| match part.parse() {
        Ok(index) => Segment::Index(index),
        Err(_) => Segment::Key(part.replace("~1", "/").replace("~0", "~")),
    });
    YamlPath(segments.collect())
}

/// Removes the entries that are empty texts.
fn without_empty(value: &mut Value) {
    let empty = |value: &Value| value.as_str() == Some("");
    match value {
        Value::Object(entries) => {
            entries.retain(|_, value| !empty(value));
            entries.values_mut().for_each(without_empty);
        }
        Value::Array(items) => items.iter_mut().for_each(without_empty),
        _ => {}
    }
}
