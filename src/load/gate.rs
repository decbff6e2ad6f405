//! The gate: a file's tree against the schema that the model derives. All wrong keys and values
//! come out of one run, each with its path; the sentences are ours, by kind of error.

use std::cell::LazyCell;
use std::collections::BTreeSet;
use std::sync::LazyLock;

use jsonschema::Validator;
use jsonschema::error::{TypeKind, ValidationError, ValidationErrorKind as Kind};
use schemars::generate::SchemaSettings;
use schemars::transform::{RecursiveTransform, Transform};
use schemars::{JsonSchema, Schema};
use serde_json::Value;

use crate::filing::{
    Accession, Align, Cik, CivilDate, ClassId, EditionName, ExhibitNumber, FilerStatus, Filing, FormType, Instructions,
    LetterKind, Official, Placement, RegistrantEntry, RegistrantKeys, Scalar, SeriesId, Signer, Sro, Text,
};
use crate::finding::{Finding, Spot, did_you_mean};
use crate::rule;
use crate::source::{Segment, YamlPath};

/// A schema and the validator made of it.
pub(crate) struct Gate {
    schema: Value,
    validator: Validator,
}

/// Unknown keys of one mapping that get advice; a file with more of them is no filing.
const ADVISED: usize = 100;

/// What a filing may say.
pub(crate) static FILING: LazyLock<Gate> = LazyLock::new(Gate::of::<Filing<RegistrantEntry>>);

/// What a shared registrant may say: all that one needs, and no other file.
pub(crate) static REGISTRANT: LazyLock<Gate> = LazyLock::new(|| {
    let mut schema = schema_of::<RegistrantKeys>();
    crate::filing::without(&mut schema, &["use", "signature"]);
    schema.insert("required".to_owned(), serde_json::json!(["name", "cik", "address"]));
    Gate::new(schema)
});

/// A value type as the gate knows it: its format, what it expects, and what is wrong with a text.
struct Format {
    name: &'static str,
    expecting: &'static str,
    pattern: Option<&'static str>,
    fault: fn(&str) -> Option<String>,
}

const fn format<T: Scalar>() -> Format {
    Format { name: T::FORMAT, expecting: T::EXPECTING, pattern: T::PATTERN, fault: T::fault }
}

const FORMATS: &[Format] = &[
    format::<Text>(),
    format::<Cik>(),
    format::<CivilDate>(),
    format::<EditionName>(),
    format::<FormType>(),
    format::<FilerStatus>(),
    format::<Align>(),
    format::<LetterKind>(),
    format::<Signer>(),
    format::<Placement>(),
    format::<Instructions>(),
    format::<Official>(),
    format::<Sro>(),
    format::<SeriesId>(),
    format::<ClassId>(),
    format::<Accession>(),
    format::<ExhibitNumber>(),
    Format {
        name: "registrant-id",
        expecting: "a registrant, or the id of a shared one",
        pattern: Some("^[a-z0-9][a-z0-9_-]*$"),
        fault: registrant_id,
    },
];

/// The shape of a format's texts and what it expects, unless all its values are listed.
pub(crate) fn pattern(format: &str) -> Option<(&'static str, &'static str)> {
    let format = format_named(format)?;
    Some((format.pattern?, format.expecting))
}

/// What is wrong with the id of a shared registrant: the rule of a filing's id, one segment.
fn registrant_id(text: &str) -> Option<String> {
    (!super::files::is_segment(text)).then(|| format!("`{text}` is not an id: a-z, 0-9, `-` and `_`"))
}

/// The schema of a type, without references and without nulls: null entries are gone before.
fn schema_of<T: JsonSchema>() -> Schema {
    let settings = SchemaSettings::draft2020_12().with(|s| s.inline_subschemas = true);
    let mut schema = settings.into_generator().into_root_schema_for::<T>();
    RecursiveTransform(without_null).transform(&mut schema);
    schema
}

/// `anyOf: [T, null]` becomes T; `type: [T, "null"]` of an optional key becomes T.
fn without_null(schema: &mut Schema) {
    let Some(object) = schema.as_object_mut() else { return };
    // A list of two is that of an optional key; only a table's cell, with more, may be null.
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

impl Gate {
    fn of<T: JsonSchema>() -> Gate {
        Gate::new(schema_of::<T>())
    }

    #[expect(clippy::expect_used, reason = "the schema is built in; a test compiles it")]
    fn new(schema: Schema) -> Gate {
        let schema = schema.to_value();
        let mut options = jsonschema::draft202012::options().should_validate_formats(true);
        for format in FORMATS {
            let fault = format.fault;
            options = options.with_format(format.name, move |text: &str| fault(text).is_none());
        }
        let validator = options.build(&schema).expect("the model's schema is a schema");
        Gate { schema, validator }
    }

    /// The schema.
    pub(crate) fn schema(&self) -> &Value {
        &self.schema
    }

    /// All that is wrong with a tree whose null entries, which stood at `nulls`, are taken out: they
    /// mean "left out", but of keys that there are.
    pub(crate) fn judge(&self, tree: &Value, nulls: &[YamlPath]) -> Vec<Finding> {
        let mut findings = Vec::new();
        if !self.validator.is_valid(tree) {
            let needed = LazyCell::new(|| self.needed(tree));
            let of = |error: ValidationError<'_>| match error.kind() {
                Kind::MinLength { .. } => vec![self.empty_text(&error, &needed)],
                _ => self.findings(&error),
            };
            findings.extend(self.validator.iter_errors(tree).flat_map(of));
            findings.dedup();
        }
        for (parent, key, around) in nulls.iter().filter_map(|path| self.unknown(path)) {
            findings.push(self.unknown_key(key, findings.len(), &parent, around));
        }
        findings
    }

    /// The parent of a path, its last key, and the schema that lacks this key, if one does.
    fn unknown<'a>(&'a self, path: &'a YamlPath) -> Option<(YamlPath, &'a str, &'a Value)> {
        let (Segment::Key(key), parent) = path.0.split_last()? else { return None };
        let around = parent.iter().try_fold(&self.schema, |schema, segment| match segment {
            Segment::Key(key) => schema.get("properties")?.get(key),
            Segment::Index(_) => schema.get("items"),
        })?;
        let properties = around.get("properties")?.as_object()?;
        (!properties.contains_key(key)).then(|| (YamlPath(parent.to_vec()), key.as_str(), around))
    }

    fn findings(&self, error: &ValidationError<'_>) -> Vec<Finding> {
        let path = yaml_path(error.instance_path().as_str());
        let around = self.around(error.schema_path().as_str());
        let name = path.to_string();
        match error.kind() {
            Kind::Required { property } => {
                vec![missing(&path, property.as_str().unwrap_or_default(), self.mapping(error.schema_path().as_str()))]
            }
            Kind::AdditionalProperties { unexpected } => {
                let unknown = |(n, key): (usize, &String)| self.unknown_key(key, n, &path, around);
                unexpected.iter().enumerate().map(unknown).collect()
            }
            Kind::Type { kind } => vec![wrong_type(path, kind, error.instance(), around)],
            Kind::Enum { options } => wrong_choice(path, error.instance(), options, around),
            Kind::Format { format } => wrong_format(path, error.instance(), format, around),
            Kind::MinItems { .. } => vec![rule::VALUE.at(path, format!("`{name}` is an empty list"))],
            Kind::MinProperties { .. } | Kind::MaxProperties { .. } => {
                vec![rule::VALUE.at(path, "a block is either a `list` or a `table`")]
            }
            Kind::Minimum { limit } => {
                vec![rule::VALUE.at(path, format!("{} is less than {limit}", error.instance()))]
            }
            Kind::Maximum { limit } => {
                vec![rule::VALUE.at(path, format!("{} is more than {limit}", error.instance()))]
            }
            _ => vec![rule::VALUE.at(path, error.masked().to_string())],
        }
    }

    /// The keys that this file could not do without, had it left out its empty texts. A condition of the
    /// schema counts, such as a note that amends; and the narrative, whose absence is a rule's to find.
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

    /// An empty text, with what belongs there if something has to.
    fn empty_text(&self, error: &ValidationError<'_>, needed: &BTreeSet<String>) -> Finding {
        let path = yaml_path(error.instance_path().as_str());
        let name = path.to_string();
        let about = match path.0.last() {
            Some(Segment::Key(key)) if needed.contains(&name) => about(key, self.around(error.schema_path().as_str())),
            _ => None,
        };
        match about {
            Some(about) => rule::VALUE.at(path, format!("`{name}` is an empty text")).hint(about),
            None => rule::VALUE
                .at(path, format!("`{name}` is an empty text, neither a value nor its absence"))
                .hint("leave the key out, or write the value"),
        }
    }

    /// The schema around a keyword: where the error's keyword stands.
    fn around(&self, keyword: &str) -> &Value {
        let parent = keyword.rsplit_once('/').map_or("", |(parent, _)| parent);
        self.schema.pointer(parent).unwrap_or(&Value::Null)
    }

    /// The schema of the mapping that a keyword is about: a condition of it describes no keys.
    fn mapping(&self, keyword: &str) -> &Value {
        let mut at = keyword;
        while let Some((parent, _)) = at.rsplit_once('/') {
            at = parent;
            if !["/if", "/then", "/else"].iter().any(|condition| at.ends_with(condition)) {
                break;
            }
        }
        self.schema.pointer(at).unwrap_or(&Value::Null)
    }

    /// An unknown key, the `n`th of a file, with what may have been meant.
    fn unknown_key(&self, key: &str, n: usize, path: &YamlPath, around: &Value) -> Finding {
        let finding = rule::UNKNOWN_KEY.at(Spot::Key(path.key(key)), format!("unknown key `{key}`"));
        if n >= ADVISED {
            return finding;
        }
        let known: Vec<&str> = keys(around).collect();
        if let Some(near) = did_you_mean(key, known.iter().copied()) {
            return finding.hint(format!("did you mean `{near}`?"));
        }
        if let Some(home) = home_of(&self.schema, key, &YamlPath::default()).filter(|home| home != path) {
            let home = if home.0.is_empty() { "the top level".to_owned() } else { format!("`{home}`") };
            return finding.hint(format!("`{key}` belongs to {home}"));
        }
        finding.hint(format!("known here: {}", known.join(", ")))
    }
}

/// Where a key of this name is known, outside of lists.
fn home_of(schema: &Value, key: &str, at: &YamlPath) -> Option<YamlPath> {
    let properties = schema.get("properties")?.as_object()?;
    if properties.contains_key(key) {
        return Some(at.clone());
    }
    properties.iter().find_map(|(name, inner)| home_of(inner, key, &at.key(name)))
}

fn keys(schema: &Value) -> impl Iterator<Item = &str> {
    schema.get("properties").and_then(Value::as_object).into_iter().flatten().map(|(key, _)| key.as_str())
}

/// Turns a JSON pointer into a path. No key of the model is a number.
fn yaml_path(pointer: &str) -> YamlPath {
    let segments = pointer.split('/').skip(1).map(|part| match part.parse() {
        Ok(index) => Segment::Index(index),
        Err(_) => Segment::Key(part.replace("~1", "/").replace("~0", "~")),
    });
    YamlPath(segments.collect())
}

fn missing(path: &YamlPath, key: &str, around: &Value) -> Finding {
    let full = path.key(key);
    let finding = rule::MISSING_KEY.at(full.clone(), format!("`{full}` is missing"));
    match around.pointer(&format!("/properties/{key}")).and_then(|schema| about(key, schema)) {
        Some(about) => finding.hint(about),
        None => finding,
    }
}

/// What belongs to a key: its description, and its values where they can be listed.
fn about(key: &str, schema: &Value) -> Option<String> {
    let description = schema.get("description")?.as_str()?.lines().next()?;
    let values: Vec<&str> =
        schema.get("enum").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
    let choice = if values.is_empty() { String::new() } else { format!(" One of: {}", values.join(", ")) };
    Some(format!("`{key}`: {description}{choice}"))
}

fn wrong_type(path: YamlPath, kind: &TypeKind, found: &Value, around: &Value) -> Finding {
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
    let expected = if textual && around.get("items").is_some() { "a text or a list".to_owned() } else { expected };
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
fn wrong_choice(path: YamlPath, found: &Value, options: &Value, around: &Value) -> Vec<Finding> {
    let Some(text) = found.as_str().filter(|text| !text.is_empty()) else { return Vec::new() };
    let values: Vec<&str> = options.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
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
fn wrong_format(path: YamlPath, found: &Value, format: &str, around: &Value) -> Vec<Finding> {
    let text = found.as_str().unwrap_or_default();
    if text.is_empty() || around.get("enum").is_some() {
        return Vec::new();
    }
    let fault = format_named(format).and_then(|f| (f.fault)(text));
    let rule = &rule::VALUE;
    fault.map(|sentence| rule.at(path, sentence)).into_iter().collect()
}

/// Takes out what is an empty text.
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

fn format_named(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}
