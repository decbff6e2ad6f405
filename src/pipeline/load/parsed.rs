//! A file's YAML as a JSON value, with the positions and number spellings that JSON cannot hold.

use serde_json::{Number, Value};

use crate::diagnostics::source::{Position, Segment, YamlPath};

/// A file's only document.
pub(crate) struct Parsed {
    /// Its value.
    pub(crate) tree: Value,
    /// Whether every text in the tree is written so in the source. It is false if there is a number
    /// that JSON cannot hold, which the tree has as a text.
    pub(crate) verbatim: bool,
    /// The positions of long texts and of those beyond ASCII, in which most findings are.
    pub(crate) places: Vec<(YamlPath, Position)>,
    /// The positions of numbers.
    pub(crate) numbers: Vec<(YamlPath, Position)>,
}

impl Parsed {
    /// Returns the tree with its numbers as the source writes them, or `None` if that is unclear.
    pub(crate) fn with_numbers_as_written(self, text: &str) -> Option<Value> {
        let mut tree = self.tree;
        for (path, position) in &self.numbers {
            let value = path.0.iter().try_fold(&mut tree, |value, segment| match segment {
                Segment::Key(key) => value.get_mut(key),
                Segment::Index(index) => value.get_mut(*index),
            })?;
            let rest = &text[position.offset_in(text)..];
            let written =
                rest.split(|c: char| c.is_whitespace() || matches!(c, ',' | ']' | '}')).next()?;
            // Numbers after an anchor, or in another base, are not resolved.
            if written.parse::<Number>().ok().or_else(|| decimal(written)).as_ref()
                != value.as_number()
            {
                return None;
            }
            *value = Value::String(written.to_owned());
        }
        Some(tree)
    }
}

/// A number that JSON would write in another way, such as `.5`.
fn decimal(text: &str) -> Option<Number> {
    text.parse().ok().and_then(Number::from_f64)
}

#[cfg(test)]
mod tests {
    use super::super::tree::parse;
    use serde_json::json;

    #[test]
    fn numbers_keep_their_spelling() {
        let written = |text: &str| parse(text).ok().unwrap().with_numbers_as_written(text);
        assert_eq!(
            written("a: 2.50\nb: [21045, {c: -1.0}]"),
            Some(json!({"a": "2.50", "b": ["21045", {"c": "-1.0"}]}))
        );
        assert_eq!(written("a: 1e3 # one\nb: .5"), Some(json!({"a": "1e3", "b": ".5"})));
        assert_eq!(written("a: &x 5\nb: *x"), None);
        assert_eq!(written("a: 0x1F"), None);
        assert_eq!(written("a: +5"), None);
    }
}
