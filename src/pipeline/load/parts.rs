//! Finds the parts of a schema, and of a tree, by their paths.

use serde_json::Value;

use crate::diagnostics::source::{Segment, YamlPath};

/// Returns the schema of the value at a path, or `None` if the path is unknown.
pub(super) fn at<'a>(schema: &'a Value, path: &[Segment]) -> Option<&'a Value> {
    path.iter().try_fold(schema, |schema, segment| match segment {
        Segment::Key(key) => schema.get("properties")?.get(key),
        Segment::Index(_) => schema.get("items"),
    })
}

/// Returns the value at a path, or `None` if there is none.
pub(super) fn value_at<'a>(tree: &'a Value, path: &YamlPath) -> Option<&'a Value> {
    path.0.iter().try_fold(tree, |value, segment| match segment {
        Segment::Key(key) => value.get(key),
        Segment::Index(index) => value.get(index),
    })
}

/// Returns the keys that a schema has.
pub(super) fn keys(schema: &Value) -> impl Iterator<Item = &str> {
    schema
        .get("properties")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
        .map(|(key, _)| key.as_str())
}
