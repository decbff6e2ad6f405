//! A source file's path and text, and the line and column of any path in it.

mod phrase;
mod walk;

use std::fmt;
use std::sync::Arc;

use memchr::{memchr, memchr_iter, memmem};
use sha2::{Digest, Sha256};

use crate::diagnostics::finding::Spot;

pub use phrase::{Spelled, spelled};
use walk::Wanted;

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
        Position {
            line: memchr_iter(b'\n', before.as_bytes()).count() + 1,
            column: before[line_start..].chars().count() + 1,
        }
    }

    /// The position at the end of a YAML error's text; the start of a file is not said there.
    pub(crate) fn of_error(error: &dyn fmt::Display) -> Position {
        let text = error.to_string();
        let numbers =
            text.rsplit_once(" at line ").and_then(|(_, rest)| rest.split_once(" column "));
        match numbers.map(|(line, column)| (line.parse(), column.parse())) {
            Some((Ok(line), Ok(column))) => Position { line, column },
            _ => Position::START,
        }
    }

    /// The byte offset of this position in a text; past the end it is the end.
    pub fn offset_in(self, text: &str) -> usize {
        let start = match self.line {
            0 | 1 => 0,
            n => memchr_iter(b'\n', text.as_bytes()).nth(n - 2).map_or(text.len(), |i| i + 1),
        };
        text[start..]
            .char_indices()
            .nth(self.column.saturating_sub(1))
            .map_or(text.len(), |(i, _)| start + i)
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
            segments.extend(
                pieces.filter_map(|p| p.trim_end_matches(']').parse().ok()).map(Segment::Index),
            );
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
        let mut segments = Vec::new();
        let mut trail = self;
        loop {
            let (parent, segment) = match *trail {
                Trail::Start => break,
                Trail::Key(parent, key) => (parent, Segment::Key(key.to_owned())),
                Trail::Index(parent, index) => (parent, Segment::Index(index)),
            };
            segments.push(segment);
            trail = parent;
        }
        segments.reverse();
        YamlPath(segments)
    }
}

/// What some editors put before a text.
pub(crate) const BYTE_ORDER_MARK: &str = "\u{feff}";

/// A file's path, as printed, and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// As findings print it, with `/`.
    pub path: String,
    /// Below the filings, with `/`: what a manifest names it by.
    pub name: String,
    /// The whole text, without a byte order mark.
    pub text: String,
    /// Whether a byte order mark stands before it in the file.
    pub marked: bool,
    /// Places noted when the file was read, so that to find them it need not be read again.
    pub(crate) known: Vec<(YamlPath, Position)>,
}

impl Source {
    /// A file of which nothing but its path matters.
    pub fn named(path: impl Into<String>) -> Source {
        Source {
            path: path.into(),
            name: String::new(),
            text: String::new(),
            marked: false,
            known: Vec::new(),
        }
    }

    /// SHA-256 of the file's bytes.
    pub fn sha256(&self) -> String {
        let mark = if self.marked { BYTE_ORDER_MARK } else { "" };
        hexadecimal(Sha256::new().chain_update(mark).chain_update(&self.text))
    }

    /// The value at a path, as something to look for or at its place already.
    fn value<'a>(&self, path: &'a YamlPath) -> Wanted<'a> {
        let known = self.known.iter().find(|(known, _)| known == path);
        known.map_or_else(|| Wanted::value(&path.0), |(_, position)| Wanted::known(*position))
    }

    /// The position of the value at `path`, and whether it is there; if not, the position is that
    /// of the nearest ancestor that is, its key rather than its value where it has one.
    pub fn locate(&self, path: &YamlPath) -> (Position, bool) {
        let wanted = [self.value(path)];
        walk::find(&self.text, &wanted);
        let there = wanted[0].position().is_some();
        let nearest = wanted.map(Wanted::or_nearest);
        walk::find(&self.text, &nearest);
        (nearest[0].position().unwrap_or(Position::START), there)
    }

    fn place(&self, position: Position) -> Place {
        Place { file: self.path.clone(), position }
    }

    fn line(&self, position: Position) -> String {
        let start = Position { column: 1, ..position }.offset_in(&self.text);
        self.text[start..].lines().next().unwrap_or_default().to_owned()
    }
}

/// The SHA-256 of some bytes, in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    hexadecimal(Sha256::new_with_prefix(bytes))
}

fn hexadecimal(hasher: Sha256) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut hex = String::with_capacity(64);
    for byte in hasher.finalize() {
        hex.extend([byte >> 4, byte & 15].map(|digit| char::from(DIGITS[usize::from(digit)])));
    }
    hex
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

    /// The place of each spot, and the text of its line. A path that the filing itself does not
    /// hold is looked for in the shared file that its registrant comes from.
    pub fn places(&self, spots: &[&Spot]) -> Vec<(Place, String)> {
        let wanted: Vec<Wanted<'_>> = spots.iter().map(|spot| self.wanted(spot)).collect();
        walk::find(&self.main.text, &wanted);
        let shared: Vec<_> =
            spots.iter().zip(&wanted).map(|(spot, wanted)| self.shared(spot, wanted)).collect();
        let nearest = wanted
            .into_iter()
            .zip(&shared)
            .map(|(w, shared)| if shared.is_some() { w } else { w.or_nearest() });
        let nearest: Vec<Wanted<'_>> = nearest.collect();
        walk::find(&self.main.text, &nearest);
        let found = nearest.iter().map(|w| (&self.main, w.position().unwrap_or(Position::START)));
        let found = found.zip(shared).map(|(own, shared)| shared.unwrap_or(own));
        spots
            .iter()
            .zip(found)
            .map(|(spot, (source, position))| place(spot, source, position))
            .collect()
    }

    /// What is looked for to place a spot.
    fn wanted<'a>(&self, spot: &'a Spot) -> Wanted<'a> {
        match spot {
            Spot::Key(path) => Wanted::key(&path.0),
            Spot::Value(path) | Spot::Within(path, ..) if self.lacks(path) => {
                Wanted::known(Position::START)
            }
            Spot::Value(path) | Spot::Within(path, ..) => self.main.value(path),
            Spot::At(position) => Wanted::known(*position),
            Spot::File | Spot::Elsewhere(..) => Wanted::known(Position::START),
        }
    }

    /// Whether a path begins with a key that the file does not even have the letters of; what is
    /// not there is placed at the start. An escape could hide them.
    fn lacks(&self, path: &YamlPath) -> bool {
        let Some(Segment::Key(key)) = path.0.first() else { return false };
        let borrowed = self.shared.iter().any(|(prefix, _)| prefix.0.first() == path.0.first());
        let text = self.main.text.as_bytes();
        !borrowed && memmem::find(text, key.as_bytes()).is_none() && memchr(b'\\', text).is_none()
    }

    /// Where a value stands that the filing itself does not hold, if a shared file does.
    fn shared(&self, spot: &Spot, wanted: &Wanted<'_>) -> Option<(&Arc<Source>, Position)> {
        let (Spot::Value(path) | Spot::Within(path, ..)) = spot else { return None };
        let absent = wanted.position().is_none();
        self.shared.iter().filter(|_| absent).find_map(|(prefix, source)| {
            let rest = path.0.strip_prefix(prefix.0.as_slice())?;
            let (position, there) = source.locate(&YamlPath(rest.to_vec()));
            there.then_some((source, position))
        })
    }
}

/// The place of a spot, and the text of its line, where the node that it names is at `position`.
fn place(spot: &Spot, source: &Source, position: Position) -> (Place, String) {
    let position = match spot {
        Spot::Within(_, text, nth) => {
            let from = position.offset_in(&source.text);
            let found = phrase::phrases(&source.text, from, text).nth(*nth);
            found.map_or(position, |at| Position::of_offset(&source.text, at.start))
        }
        Spot::Elsewhere(place, line) => return (place.clone(), line.clone()),
        _ => position,
    };
    (source.place(position), source.line(position))
}

#[cfg(test)]
mod tests;
