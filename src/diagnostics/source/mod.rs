//! A source file's path and text, and the line and column of any path in it.

mod path;
mod phrase;
mod position;
mod spot;
mod walk;

use std::sync::Arc;

use memchr::{memchr, memmem};
use sha2::{Digest, Sha256};

pub(crate) use path::Trail;
pub use path::{Segment, YamlPath};
pub use phrase::{Spelled, spelled};
pub use position::{Place, Position};
pub use spot::Spot;
use walk::Wanted;

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
    /// Whether the file begins with a byte order mark.
    pub marked: bool,
    /// Places noted when the file was read, so that to find them it need not be read again.
    pub(crate) known: Vec<(YamlPath, Position)>,
}

impl Source {
    /// A file without text, for findings that need its path alone.
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

    /// The value at a path, with its position if it is known.
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
    /// A file without shared files.
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

    /// The node whose position places a spot.
    fn wanted<'a>(&self, spot: &'a Spot) -> Wanted<'a> {
        match spot {
            Spot::Key(path) => Wanted::key(&path.0),
            Spot::Value(path) | Spot::Within(path, ..) if self.certainly_lacks(path) => {
                Wanted::known(Position::START)
            }
            Spot::Value(path) | Spot::Within(path, ..) => self.main.value(path),
            Spot::At(position) => Wanted::known(*position),
            Spot::File | Spot::Elsewhere(..) => Wanted::known(Position::START),
        }
    }

    /// Fast path: whether the text of a path's first key occurs nowhere in the file. Not used if
    /// the file has a `\`, which could escape its letters.
    fn certainly_lacks(&self, path: &YamlPath) -> bool {
        let Some(Segment::Key(key)) = path.0.first() else { return false };
        let borrowed = self.shared.iter().any(|(prefix, _)| prefix.0.first() == path.0.first());
        let text = self.main.text.as_bytes();
        !borrowed && memmem::find(text, key.as_bytes()).is_none() && memchr(b'\\', text).is_none()
    }

    /// The position of a value in a shared file, or `None` if the filing or no shared file has it.
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
