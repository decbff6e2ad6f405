//! Parses a YAML file into a tree for the schema; refuses duplicate keys, tags and merge keys.

use std::cell::{Cell, RefCell};
use std::fmt;

use serde::de::{
    self, DeserializeSeed, Deserializer, EnumAccess, Error as _, MapAccess, SeqAccess, Visitor,
};
use serde_json::{Map, Number, Value};

use super::parsed::Parsed;
use super::raw;
use super::syntax::{TWICE, empty, second_document, syntax};
use crate::diagnostics::finding::Finding;
use crate::diagnostics::rule;
use crate::diagnostics::source::{Position, Trail, YamlPath};

/// The most values of a file. No filing has as many.
// Aliases can make very many of a few bytes.
const MOST_NODES: usize = 100_000;

/// The most bytes of all keys and texts of a file. Without aliases, no file has as many.
const MOST_TEXT: usize = 2 * raw::MOST_BYTES;

/// The deepest level of a file. No filing is as deep.
// An alias may refer to a value that contains it, and the path of every number is kept.
const DEEPEST: usize = 32;

/// The length in bytes from which the position of a text is kept.
const LONG: usize = 100;

/// Parses the only document of a file.
///
/// # Errors
/// The text is not YAML, or has no document or several.
pub(crate) fn parse(text: &str) -> Result<Parsed, Finding> {
    if let Some(finding) = raw::too_deep(text) {
        return Err(finding);
    }
    let mut documents = serde_yaml::Deserializer::from_str(text);
    let Some(first) = documents.next() else { return Err(empty()) };
    let notes = Notes { verbatim: Cell::new(true), ..Notes::default() };
    let builder = Tree { notes: &notes, trail: Trail::Start, depth: 0 };
    let tree = builder.deserialize(first).map_err(|error| syntax_error(text, &error))?;
    if tree.is_null() {
        return Err(empty());
    }
    if let Some(second) = documents.next() {
        let error = <de::IgnoredAny as de::Deserialize>::deserialize(second).err();
        return Err(match error {
            Some(error) => syntax_error(text, &error),
            None => rule::SEVERAL_DOCUMENTS
                .at(second_document(text), "a second document begins here")
                .hint("put each filing in a file of its own"),
        });
    }
    Ok(Parsed {
        tree,
        verbatim: notes.verbatim.get(),
        places: notes.places.take(),
        numbers: notes.numbers.take(),
    })
}

/// Turns an error of the parser into a finding.
fn syntax_error(text: &str, error: &serde_yaml::Error) -> Finding {
    // Lines and columns of a finding count from 1, those of an error may be 0.
    let position = error
        .location()
        .map_or(Position::START, |l| Position { line: l.line().max(1), column: l.column().max(1) });
    syntax(text, &error.to_string(), position)
}

/// Notes made while a tree is built.
// serde_yaml shows positions only in errors. To get the position of a text or a number, its visitor
// keeps the value here and fails; the visitor of the list or mapping takes the value and the
// position of the error, and goes on.
#[derive(Default)]
struct Notes {
    /// The number of values so far.
    nodes: Cell<usize>,
    /// The number of bytes in keys and texts so far.
    text_bytes: Cell<usize>,
    /// See [`Parsed::verbatim`].
    verbatim: Cell<bool>,
    /// The text at which the visitor has just failed.
    text: Cell<Option<String>>,
    places: RefCell<Vec<(YamlPath, Position)>>,
    /// The number at which the visitor has just failed.
    number: Cell<Option<Number>>,
    numbers: RefCell<Vec<(YamlPath, Position)>>,
}

impl Notes {
    /// Counts the bytes of a key or a text.
    ///
    /// # Errors
    /// They are too many.
    fn count<E: de::Error>(&self, text: &str) -> Result<(), E> {
        self.text_bytes.set(self.text_bytes.get() + text.len());
        if self.text_bytes.get() > MOST_TEXT { Err(E::custom(TOO_MUCH_TEXT)) } else { Ok(()) }
    }
}

/// Builds the tree of a node.
#[derive(Clone, Copy)]
struct Tree<'a> {
    notes: &'a Notes,
    trail: Trail<'a>,
    depth: usize,
}

impl Tree<'_> {
    /// Returns a number that JSON cannot hold as a text, whose spelling may not be the source's.
    fn rewritten(self, number: &dyn fmt::Display) -> Value {
        self.notes.verbatim.set(false);
        Value::String(number.to_string())
    }

    /// Fails at a number, to get its position; a number at the top level is returned.
    fn number<E: de::Error>(self, number: Number) -> Result<Value, E> {
        if matches!(self.trail, Trail::Start) {
            return Ok(Value::Number(number));
        }
        self.notes.number.set(Some(number));
        Err(E::custom("here"))
    }

    /// Returns the value at which the visitor has just failed, and keeps its position.
    ///
    /// # Errors
    /// The same error, if the visitor failed for another reason.
    fn noted<E: fmt::Display>(self, error: E) -> Result<Value, E> {
        let (value, places) = match (self.notes.text.take(), self.notes.number.take()) {
            (Some(text), _) => (Value::String(text), &self.notes.places),
            (_, Some(number)) => (Value::Number(number), &self.notes.numbers),
            _ => return Err(error),
        };
        places.borrow_mut().push((self.trail.path(), Position::of_error(&error)));
        Ok(value)
    }
}

impl<'de> DeserializeSeed<'de> for Tree<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        self.notes.nodes.set(self.notes.nodes.get() + 1);
        if self.notes.nodes.get() > MOST_NODES {
            return Err(D::Error::custom(TOO_MANY));
        }
        if self.depth > DEEPEST {
            return Err(D::Error::custom(TOO_DEEP));
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Tree<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("plain YAML")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut entries = Map::new();
        while let Some(key) = map.next_key_seed(FreshKey { taken: &entries, notes: self.notes })? {
            let below = Tree { trail: self.trail.key(&key), depth: self.depth + 1, ..self };
            let value = map.next_value_seed(below).or_else(|error| below.noted(error))?;
            entries.insert(key, value);
        }
        Ok(Value::Object(entries))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        loop {
            let below =
                Tree { trail: self.trail.index(items.len()), depth: self.depth + 1, ..self };
            match seq.next_element_seed(below).or_else(|error| below.noted(error).map(Some))? {
                Some(item) => items.push(item),
                None => return Ok(Value::Array(items)),
            }
        }
    }

    fn visit_unit<E: de::Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }
    fn visit_none<E: de::Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }
    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }
    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Value, E> {
        self.number(value.into())
    }
    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Value, E> {
        self.number(value.into())
    }
    fn visit_i128<E: de::Error>(self, value: i128) -> Result<Value, E> {
        Ok(self.rewritten(&value))
    }
    fn visit_u128<E: de::Error>(self, value: u128) -> Result<Value, E> {
        Ok(self.rewritten(&value))
    }
    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Value, E> {
        match Number::from_f64(value) {
            Some(number) => self.number(number),
            None => Ok(self.rewritten(&value)),
        }
    }
    fn visit_str<E: de::Error>(self, text: &str) -> Result<Value, E> {
        self.notes.count(text)?;
        let short = text.len() < LONG && text.is_ascii();
        if short || matches!(self.trail, Trail::Start) {
            return Ok(Value::String(text.to_owned()));
        }
        self.notes.text.set(Some(text.to_owned()));
        Err(E::custom("here")) // never shown: `noted` takes its position
    }
    fn visit_enum<A: EnumAccess<'de>>(self, _: A) -> Result<Value, A::Error> {
        Err(A::Error::custom("a filing cannot have YAML tags"))
    }
}

/// Removes the entries without a value from a tree, as if their keys were absent. Returns their
/// paths. Items of lists stay.
pub(crate) fn take_nulls(tree: &mut Value) -> Vec<YamlPath> {
    let mut taken = Vec::new();
    take_nulls_below(tree, &Trail::Start, &mut taken);
    taken
}

fn take_nulls_below(value: &mut Value, trail: &Trail<'_>, taken: &mut Vec<YamlPath>) {
    match value {
        Value::Object(entries) => entries.retain(|key, value| {
            let trail = trail.key(key);
            if value.is_null() {
                taken.push(trail.path());
                return false;
            }
            take_nulls_below(value, &trail, taken);
            true
        }),
        Value::Array(items) => {
            items
                .iter_mut()
                .enumerate()
                .for_each(|(i, item)| take_nulls_below(item, &trail.index(i), taken));
        }
        _ => {}
    }
}

/// Reads a key, and fails at the second of two equal ones.
struct FreshKey<'a> {
    taken: &'a Map<String, Value>,
    notes: &'a Notes,
}

/// The messages about a file that exceeds a limit.
const TOO_MANY: &str = "the file holds more values than any filing";
const TOO_MUCH_TEXT: &str = "aliases repeat more text than any filing needs";
const TOO_DEEP: &str = "the file is nested deeper than any filing";

impl<'de> DeserializeSeed<'de> for FreshKey<'_> {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for FreshKey<'_> {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key that is a plain word")
    }

    fn visit_str<E: de::Error>(self, key: &str) -> Result<String, E> {
        self.notes.count(key)?;
        if key == "<<" {
            return Err(E::custom(
                "a filing cannot have merge keys; a shared registrant is `{use: …}`",
            ));
        }
        if self.taken.contains_key(key) {
            return Err(E::custom(format!("{TWICE}: `{key}`")));
        }
        Ok(key.to_owned())
    }
}
