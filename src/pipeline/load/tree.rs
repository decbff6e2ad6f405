//! A file's YAML as a value that the schema can judge, and what YAML itself would keep quiet
//! about: keys that stand twice, and tags.

use std::cell::{Cell, RefCell};
use std::fmt;

use serde::de::{
    self, DeserializeSeed, Deserializer, EnumAccess, Error as _, MapAccess, SeqAccess, Visitor,
};
use serde_json::{Map, Number, Value};

use super::parsed::Parsed;
use super::raw;
use crate::diagnostics::finding::Finding;
use crate::diagnostics::rule;
use crate::diagnostics::source::{Position, Trail, YamlPath};

/// More values than any filing; aliases can make many of a few bytes.
const MOST_NODES: usize = 100_000;

/// Deeper than any filing; an alias may stand inside what it repeats, and each number has its path
/// noted.
const DEEPEST: usize = 32;

/// A text of so many bytes is long: its place is noted.
const LONG: usize = 100;

/// Reads a file's only document.
pub(crate) fn parse(text: &str) -> Result<Parsed, Finding> {
    if let Some(finding) = raw::too_deep(text).or_else(|| raw::unprintable(text)) {
        return Err(finding);
    }
    let mut documents = serde_yaml::Deserializer::from_str(text);
    let Some(first) = documents.next() else { return Err(empty()) };
    let notes = Notes { verbatim: Cell::new(true), ..Notes::default() };
    let builder = Tree { notes: &notes, trail: Trail::Start, depth: 0 };
    let tree = builder.deserialize(first).map_err(|error| syntax(text, &error))?;
    if tree.is_null() {
        return Err(empty());
    }
    if let Some(second) = documents.next() {
        let error = <de::IgnoredAny as de::Deserialize>::deserialize(second).err();
        return Err(match error {
            Some(error) => syntax(text, &error),
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

fn empty() -> Finding {
    rule::EMPTY_FILE
        .at(Position::START, "the file is empty, or holds only comments")
        .hint("`latefile --help` says what a filing needs; delete the file if it is not wanted")
}

/// The line of the mark that begins the second document.
fn second_document(text: &str) -> Position {
    let marks = text.lines().enumerate().filter(|(_, l)| *l == "---" || l.starts_with("--- "));
    let content_before = |line: usize| {
        text.lines().take(line).any(|l| {
            !l.trim().is_empty() && !l.trim_start().starts_with('#') && !l.starts_with('%')
        })
    };
    marks
        .map(|(line, _)| line)
        .find(|line| content_before(*line))
        .map_or(Position::START, |line| Position { line: line + 1, column: 1 })
}

/// A parser's error as a finding, without the position that its text repeats.
fn syntax(text: &str, error: &serde_yaml::Error) -> Finding {
    let whole = error.to_string();
    let position =
        error.location().map(|l| Position { line: l.line().max(1), column: l.column().max(1) });
    let mut message = match whole.find(" at line ") {
        Some(end) => whole[..end].to_owned(),
        None => whole.clone(),
    };
    if let Some((_, rest)) = message.split_once(": ").filter(|(path, _)| !path.contains(' ')) {
        message = rest.to_owned();
    }
    let position = within(text, position.unwrap_or(Position::START));
    if message == "repetition limit exceeded" {
        message = "aliases repeat more than any filing needs".to_owned();
    }
    if message.starts_with(TWICE) {
        return rule::DUPLICATE_KEY
            .at(position, message)
            .hint("YAML would silently keep one of the two; remove the other");
    }
    let line = text.lines().nth(position.line - 1).unwrap_or_default();
    let finding = rule::SYNTAX.at(position, &message);
    match hint_for(&message, line, text) {
        Some(hint) => finding.hint(hint),
        None => finding,
    }
}

/// The parser counts a line behind the last one; an editor has none there.
fn within(text: &str, position: Position) -> Position {
    let lines = text.lines().count().max(1);
    if position.line <= lines {
        return position;
    }
    let last = text.lines().last().unwrap_or_default();
    Position { line: lines, column: last.chars().count() + 1 }
}

fn hint_for(message: &str, line: &str, text: &str) -> Option<&'static str> {
    if text.lines().any(|l| l.trim_start_matches(' ').starts_with('\t'))
        && message.contains("cannot start any token")
    {
        Some("YAML indents with spaces, not with tabs")
    } else if message.contains("mapping values are not allowed") {
        Some("put a text that contains `: ` in quotes")
    } else if message.contains("cannot start any token") && line.contains(['@', '`', '%']) {
        Some("put a text that begins with `@`, a backtick or `%` in quotes")
    } else if message.contains("quoted scalar") {
        Some("a quote that is opened must be closed")
    } else if message.starts_with("did not find expected") {
        Some(
            "the mistake may be above: close each quote and bracket, and begin the keys of one mapping in one column",
        )
    } else {
        None
    }
}

/// What is noted while a tree is built.
#[derive(Default)]
struct Notes {
    nodes: Cell<usize>,
    verbatim: Cell<bool>,
    /// The text at which the visitor has just failed, to learn its place.
    text: Cell<Option<String>>,
    places: RefCell<Vec<(YamlPath, Position)>>,
    /// The number at which it has just failed.
    number: Cell<Option<Number>>,
    numbers: RefCell<Vec<(YamlPath, Position)>>,
}

/// Builds the tree of a node.
#[derive(Clone, Copy)]
struct Tree<'a> {
    notes: &'a Notes,
    trail: Trail<'a>,
    depth: usize,
}

impl Tree<'_> {
    /// A number that the tree can hold as a text only, and not as the source wrote it.
    fn rewritten(self, number: &dyn fmt::Display) -> Value {
        self.notes.verbatim.set(false);
        Value::String(number.to_string())
    }

    /// A number. To learn its place the visitor fails; whoever reads the list or mapping goes on.
    fn number<E: de::Error>(self, number: Number) -> Result<Value, E> {
        if matches!(self.trail, Trail::Start) {
            return Ok(Value::Number(number));
        }
        self.notes.number.set(Some(number));
        Err(E::custom("here"))
    }

    /// What the visitor has failed at, with its place noted; other failures stay.
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
        while let Some(key) = map.next_key_seed(FreshKey { taken: &entries })? {
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
        let short = text.len() < LONG && text.is_ascii();
        if short || matches!(self.trail, Trail::Start) {
            return Ok(Value::String(text.to_owned()));
        }
        self.notes.text.set(Some(text.to_owned()));
        Err(E::custom("here")) // carries the place; whoever reads the list or mapping goes on
    }
    fn visit_enum<A: EnumAccess<'de>>(self, _: A) -> Result<Value, A::Error> {
        Err(A::Error::custom("a filing has no use for YAML tags"))
    }
}

/// Takes the entries without a value out of a tree, because they mean "left out", and says where
/// they stood. Items of lists stay.
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

/// Reads a key, and fails at the place of one that stands twice.
struct FreshKey<'a> {
    taken: &'a Map<String, Value>,
}

/// The texts of the errors of a file that is too much.
const TOO_MANY: &str = "the file holds more values than any filing";
const TOO_DEEP: &str = "the file is nested deeper than any filing";

/// Begins the text of the error of a key that stands twice.
const TWICE: &str = "a key stands twice";

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
        if key == "<<" {
            return Err(E::custom(
                "a filing has no use for merge keys; a shared registrant is `{use: …}`",
            ));
        }
        if self.taken.contains_key(key) {
            return Err(E::custom(format!("{TWICE}: `{key}`")));
        }
        Ok(key.to_owned())
    }
}
