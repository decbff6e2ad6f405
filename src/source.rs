//! A source file's path and text, and the line and column of any path in it. The position of a
//! node comes from `serde_yaml` itself: a visitor walks down to the node and fails there on
//! purpose, and the failure carries the place. There is no second YAML parser.

use std::cell::Cell;
use std::fmt;
use std::sync::Arc;

use serde::de::{self, DeserializeSeed, Deserializer, EnumAccess, IgnoredAny, MapAccess, SeqAccess, Visitor};
use sha2::{Digest, Sha256};

use crate::finding::Spot;

/// A line and a column, both from 1, columns in Unicode characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
}

impl Position {
    /// The place of a problem of the whole file.
    pub const START: Position = Position { line: 1, column: 1 };

    /// The position of a byte offset in a text; past the end it is the end.
    pub fn of_offset(text: &str, offset: usize) -> Position {
        let mut end = offset.min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let before = &text[..end];
        let line_start = before.rfind('\n').map_or(0, |i| i + 1);
        Position { line: before.matches('\n').count() + 1, column: before[line_start..].chars().count() + 1 }
    }

    /// The byte offset of this position in a text; past the end it is the end.
    pub fn offset_in(self, text: &str) -> usize {
        let start = match self.line {
            0 | 1 => 0,
            n => text.match_indices('\n').nth(n - 2).map_or(text.len(), |(i, _)| i + 1),
        };
        text[start..].char_indices().nth(self.column.saturating_sub(1)).map_or(text.len(), |(i, _)| start + i)
    }
}

/// A file and a position in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The path as printed: relative, with `/`.
    pub file: String,
    /// Line and column.
    pub position: Position,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.position.line, self.position.column)
    }
}

/// A step of a [`YamlPath`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment {
    /// The value of a key.
    Key(String),
    /// An item of a list, from 0.
    Index(usize),
}

/// A path into a YAML document, written `letters[0].body[1].table.rows[0][1]`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct YamlPath(pub Vec<Segment>);

impl YamlPath {
    /// Reads the written form. Keys of the model hold neither dots nor brackets.
    pub fn parse(text: &str) -> YamlPath {
        let mut segments = Vec::new();
        for part in text.split('.').filter(|p| !p.is_empty()) {
            let mut pieces = part.split('[');
            if let Some(key) = pieces.next().filter(|k| !k.is_empty()) {
                segments.push(Segment::Key(key.to_owned()));
            }
            segments.extend(pieces.filter_map(|p| p.trim_end_matches(']').parse().ok()).map(Segment::Index));
        }
        YamlPath(segments)
    }

    /// The path of a key below this one.
    #[must_use]
    pub fn key(&self, key: &str) -> YamlPath {
        let mut segments = self.0.clone();
        segments.push(Segment::Key(key.to_owned()));
        YamlPath(segments)
    }

    /// The path of an item below this one.
    #[must_use]
    pub fn index(&self, index: usize) -> YamlPath {
        let mut segments = self.0.clone();
        segments.push(Segment::Index(index));
        YamlPath(segments)
    }
}

impl fmt::Display for YamlPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, segment) in self.0.iter().enumerate() {
            match segment {
                Segment::Key(key) if i == 0 => f.write_str(key)?,
                Segment::Key(key) => write!(f, ".{key}")?,
                Segment::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

/// A path on the way down a tree; only where something is found does it become a [`YamlPath`].
#[derive(Debug, Clone, Copy)]
pub(crate) enum Trail<'a> {
    /// The whole document.
    Start,
    /// The value of a key.
    Key(&'a Trail<'a>, &'a str),
    /// An item of a list.
    Index(&'a Trail<'a>, usize),
}

impl<'a> Trail<'a> {
    /// The trail of a key below this one.
    pub(crate) fn key(&'a self, key: &'a str) -> Trail<'a> {
        Trail::Key(self, key)
    }

    /// The trail of an item below this one.
    pub(crate) fn index(&'a self, index: usize) -> Trail<'a> {
        Trail::Index(self, index)
    }

    /// The path.
    pub(crate) fn path(&self) -> YamlPath {
        match *self {
            Trail::Start => YamlPath::default(),
            Trail::Key(parent, key) => parent.path().key(key),
            Trail::Index(parent, index) => parent.path().index(index),
        }
    }
}

/// A file's path, as printed, and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// As findings print it, with `/`.
    pub path: String,
    /// Below the filings, with `/`: what a manifest names it by.
    pub name: String,
    /// The whole text, without a byte order mark.
    pub text: String,
    /// SHA-256 of the file's bytes.
    pub sha256: String,
}

impl Source {
    /// A file of which nothing but its path matters.
    pub fn named(path: impl Into<String>) -> Source {
        Source { path: path.into(), name: String::new(), text: String::new(), sha256: String::new() }
    }

    /// The position of the value at `path`, and whether it is there; if not, the position is that
    /// of the nearest ancestor that is, its key rather than its value where it has one.
    pub fn locate(&self, path: &YamlPath) -> (Position, bool) {
        let depth = Cell::new(0);
        match walk(&self.text, &path.0, false, &depth) {
            Some(position) if depth.get() == path.0.len() => (position, true),
            _ if depth.get() == 0 => (Position::START, false),
            _ => (self.locate_key(&path.0[..depth.get()]), false),
        }
    }

    /// The position of the last key of a path that is there; of a list's item, the item.
    fn locate_key(&self, path: &[Segment]) -> Position {
        let at_key = matches!(path.last(), Some(Segment::Key(_)));
        walk(&self.text, path, at_key, &Cell::new(0)).unwrap_or(Position::START)
    }

    fn place(&self, position: Position) -> Place {
        Place { file: self.path.clone(), position }
    }

    fn line(&self, position: Position) -> String {
        self.text.lines().nth(position.line - 1).unwrap_or_default().to_owned()
    }
}

/// The SHA-256 of some bytes, in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// A filing's source and the shared files it takes registrants from.
#[derive(Debug, Clone)]
pub struct Sources {
    /// The filing's own file.
    pub main: Arc<Source>,
    /// Where a path begins that may live in another file, and that file.
    pub shared: Vec<(YamlPath, Arc<Source>)>,
}

impl Sources {
    /// A file that borrows nothing.
    pub fn single(main: Source) -> Sources {
        Sources { main: Arc::new(main), shared: Vec::new() }
    }

    /// The place of a spot, and the text of its line. A path that the filing itself does not hold
    /// is looked for in the shared file that its registrant comes from.
    pub fn place(&self, spot: &Spot) -> (Place, String) {
        let (source, position) = match spot {
            Spot::File => (&self.main, Position::START),
            Spot::At(position) => (&self.main, *position),
            Spot::Key(path) => (&self.main, self.main.locate_key(&path.0)),
            Spot::Value(path) => self.value(path),
            Spot::Within(path, needle) => {
                let (source, position) = self.value(path);
                let from = position.offset_in(&source.text);
                let found = source.text[from..].find(needle.as_str());
                (source, found.map_or(position, |i| Position::of_offset(&source.text, from + i)))
            }
            Spot::Elsewhere(place, line) => return (place.clone(), line.clone()),
        };
        (source.place(position), source.line(position))
    }

    fn value(&self, path: &YamlPath) -> (&Arc<Source>, Position) {
        let (position, exact) = self.main.locate(path);
        if !exact {
            for (prefix, source) in &self.shared {
                if let Some(rest) = path.0.strip_prefix(prefix.0.as_slice())
                    && let (inner, true) = source.locate(&YamlPath(rest.to_vec()))
                {
                    return (source, inner);
                }
            }
        }
        (&self.main, position)
    }
}

/// Walks down `path` and returns where it ended; `depth` counts the segments found.
fn walk(text: &str, path: &[Segment], at_key: bool, depth: &Cell<usize>) -> Option<Position> {
    let document = serde_yaml::Deserializer::from_str(text).next()?;
    let error = Walk { path, at_key, depth }.deserialize(document).err()?;
    let location = error.location()?;
    Some(Position { line: location.line().max(1), column: location.column().max(1) })
}

#[derive(Clone, Copy)]
struct Walk<'a> {
    path: &'a [Segment],
    at_key: bool,
    depth: &'a Cell<usize>,
}

/// The failure that carries a position; its text is never shown.
fn here<E: de::Error>() -> E {
    E::custom("here")
}

impl<'a> Walk<'a> {
    fn below(&self) -> Walk<'a> {
        self.depth.set(self.depth.get() + 1);
        Walk { path: &self.path[1..], ..*self }
    }
}

impl<'de> DeserializeSeed<'de> for Walk<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Walk<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a node")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Some(Segment::Key(wanted)) = self.path.first() else { return Err(here()) };
        let stop_at = (self.at_key && self.path.len() == 1).then_some(wanted.as_str());
        while let Some(key) = map.next_key_seed(KeyText { stop_at })? {
            if &key == wanted {
                return map.next_value_seed(self.below()).and(Err(here()));
            }
            map.next_value::<IgnoredAny>()?;
        }
        Err(here())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let Some(Segment::Index(wanted)) = self.path.first() else { return Err(here()) };
        for _ in 0..*wanted {
            if seq.next_element::<IgnoredAny>()?.is_none() {
                return Err(here());
            }
        }
        let before = self.depth.get();
        match seq.next_element_seed(self.below()) {
            Ok(None) => {
                self.depth.set(before);
                Err(here())
            }
            other => other.and(Err(here())),
        }
    }

    fn visit_unit<E: de::Error>(self) -> Result<(), E> {
        Err(here())
    }
    fn visit_bool<E: de::Error>(self, _: bool) -> Result<(), E> {
        Err(here())
    }
    fn visit_i64<E: de::Error>(self, _: i64) -> Result<(), E> {
        Err(here())
    }
    fn visit_u64<E: de::Error>(self, _: u64) -> Result<(), E> {
        Err(here())
    }
    fn visit_f64<E: de::Error>(self, _: f64) -> Result<(), E> {
        Err(here())
    }
    fn visit_str<E: de::Error>(self, _: &str) -> Result<(), E> {
        Err(here())
    }
    fn visit_enum<A: EnumAccess<'de>>(self, _: A) -> Result<(), A::Error> {
        Err(here())
    }
}

/// Reads a key as its source text, and fails at the key that is looked for.
struct KeyText<'a> {
    stop_at: Option<&'a str>,
}

impl<'de> DeserializeSeed<'de> for KeyText<'_> {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for KeyText<'_> {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<String, E> {
        if self.stop_at == Some(text) { Err(here()) } else { Ok(text.to_owned()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "a: 1\nb:\n  c: |\n    text\n  d: [x, {e: ~}]\nf: &anchor {g: h}\ni: *anchor\n";

    fn at(path: &str) -> (usize, usize, bool) {
        let source = Source { text: TEXT.into(), ..Source::named("t.yaml") };
        let (position, exact) = source.locate(&YamlPath::parse(path));
        (position.line, position.column, exact)
    }

    #[test]
    fn every_kind_of_node_has_its_place() {
        assert_eq!(at("a"), (1, 4, true));
        assert_eq!(at("b.c"), (3, 6, true));
        assert_eq!(at("b.d[0]"), (5, 7, true));
        assert_eq!(at("b.d[1].e"), (5, 14, true));
        assert_eq!(at("f.g"), (6, 16, true));
        assert_eq!(at("i.g"), (6, 16, true));
    }

    #[test]
    fn what_is_absent_is_placed_at_its_nearest_ancestor() {
        assert_eq!(at("b.missing"), (2, 1, false));
        assert_eq!(at("b.d[7]"), (5, 3, false));
        assert_eq!(at("nothing.at.all"), (1, 1, false));
    }

    #[test]
    fn offsets_and_positions_agree() {
        let text = "é\nüx\n";
        for (offset, _) in text.char_indices() {
            assert_eq!(Position::of_offset(text, offset).offset_in(text), offset);
        }
    }

    #[test]
    fn a_path_reads_as_it_is_written() {
        for path in ["a", "a.b[0]", "letters[0].body[1].table.rows[0][1]"] {
            assert_eq!(YamlPath::parse(path).to_string(), path);
        }
    }
}
