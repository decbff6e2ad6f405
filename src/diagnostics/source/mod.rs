//! Source files, and the line and column of any YAML path in them.

mod line_ends;
mod path;
mod phrase;
mod position;
mod scalar;
mod spot;
mod walk;

use std::sync::Arc;

use memchr::{memchr, memmem};
use sha2::{Digest, Sha256};

pub use line_ends::with_line_feeds;
pub(crate) use path::Trail;
pub use path::{Segment, YamlPath};
pub use phrase::{Spelled, spelled};
pub use position::{Place, Position, Walk};
pub(crate) use scalar::{Line, Written, closing_quote};
pub use spot::Spot;
use walk::Target;

/// The mark that some editors put at the start of a UTF-8 file.
pub(crate) const BYTE_ORDER_MARK: &str = "\u{feff}";

/// A file's path, as printed, and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The path as findings print it, with `/`.
    pub path: String,
    /// The path below the folder of filings, with `/`. Manifests use it.
    pub name: String,
    /// The whole text, without a byte order mark and with line feeds as line ends.
    pub text: String,
    /// Whether the file begins with a byte order mark.
    pub marked: bool,
    /// Positions that the loader has noted.
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

    /// Returns the SHA-256 of the file's bytes, in hexadecimal, with line feeds as line ends.
    pub fn sha256(&self) -> String {
        // The text is kept without its mark, but the hash is that of the file.
        let mark = if self.marked { BYTE_ORDER_MARK } else { "" };
        hexadecimal(Sha256::new().chain_update(mark).chain_update(&self.text))
    }

    /// Returns the target for the value at a path, with its position if the loader has noted it.
    fn value<'a>(&self, path: &'a YamlPath) -> Target<'a> {
        let known = self.known.iter().find(|(known, _)| known == path);
        known.map_or_else(|| Target::value(&path.0), |(_, position)| Target::known(*position))
    }

    /// Returns the position of the value at `path`, and whether the value exists. If it does not,
    /// the position is that of its nearest ancestor: of the ancestor's key, if it has one.
    pub fn locate(&self, path: &YamlPath) -> (Position, bool) {
        let targets = [self.value(path)];
        walk::find(&self.text, &targets);
        let there = targets[0].position().is_some();
        let nearest = targets.map(Target::or_nearest);
        walk::find(&self.text, &nearest);
        (nearest[0].position().unwrap_or(Position::START), there)
    }

    /// Returns the scalar at a path as the file writes it, or `None` if the file lacks the path.
    pub(crate) fn written(&self, path: &YamlPath) -> Option<Written> {
        let (position, there) = self.locate(path);
        there.then(|| Written::of(&self.text, position.offset_in(&self.text)))
    }

    fn place(&self, position: Position) -> Place {
        Place { file: self.path.clone(), position }
    }

    fn line(&self, position: Position) -> String {
        let start = Position { column: 1, ..position }.offset_in(&self.text);
        self.text[start..].lines().next().unwrap_or_default().to_owned()
    }
}

/// Returns the SHA-256 of the bytes, in hexadecimal.
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

/// The source of a filing, and the shared files that it uses.
#[derive(Debug, Clone)]
pub struct Sources {
    /// The filing's own file.
    pub main: Arc<Source>,
    /// The shared files, each with the path at which the filing names it.
    pub shared: Vec<(YamlPath, Arc<Source>)>,
}

impl Sources {
    /// A source without shared files.
    pub fn single(main: Source) -> Sources {
        Sources { main: Arc::new(main), shared: Vec::new() }
    }

    /// Returns the place of each spot and the text of its line. A path that the filing lacks is
    /// looked up in the shared file that the filing names there.
    pub fn places(&self, spots: &[&Spot]) -> Vec<(Place, String)> {
        let targets: Vec<Target<'_>> = spots.iter().map(|spot| self.target(spot)).collect();
        walk::find(&self.main.text, &targets);
        let shared: Vec<_> =
            spots.iter().zip(&targets).map(|(spot, target)| self.shared(spot, target)).collect();
        let nearest = targets
            .into_iter()
            .zip(&shared)
            .map(|(target, shared)| if shared.is_some() { target } else { target.or_nearest() });
        let nearest: Vec<Target<'_>> = nearest.collect();
        walk::find(&self.main.text, &nearest);
        let found = nearest.iter().map(|w| (&self.main, w.position().unwrap_or(Position::START)));
        let found = found.zip(shared).map(|(own, shared)| shared.unwrap_or(own));
        spots
            .iter()
            .zip(found)
            .map(|(spot, (source, position))| place(spot, source, position))
            .collect()
    }

    /// Returns the node whose position is that of a spot.
    fn target<'a>(&self, spot: &'a Spot) -> Target<'a> {
        match spot {
            Spot::Key(path) => Target::key(&path.0),
            Spot::Value(path) | Spot::Within(path, ..) if self.certainly_lacks(path) => {
                Target::known(Position::START)
            }
            Spot::Value(path) | Spot::Within(path, ..) => self.main.value(path),
            Spot::At(position) => Target::known(*position),
            Spot::File | Spot::Elsewhere(..) => Target::known(Position::START),
        }
    }

    /// Whether the text of a path's first key occurs nowhere in the file.
    fn certainly_lacks(&self, path: &YamlPath) -> bool {
        // Fast path: many findings are about an absent key, and a search is cheaper than a parse.
        // Not used if the file has a `\`, which could escape the letters of the key.
        let Some(Segment::Key(key)) = path.0.first() else { return false };
        let borrowed = self.shared.iter().any(|(prefix, _)| prefix.0.first() == path.0.first());
        let text = self.main.text.as_bytes();
        !borrowed && memmem::find(text, key.as_bytes()).is_none() && memchr(b'\\', text).is_none()
    }

    /// Returns the position of a value in a shared file, or `None` if the filing has the value or
    /// no shared file does.
    fn shared(&self, spot: &Spot, target: &Target<'_>) -> Option<(&Arc<Source>, Position)> {
        let (Spot::Value(path) | Spot::Within(path, ..)) = spot else { return None };
        let absent = target.position().is_none();
        self.shared.iter().filter(|_| absent).find_map(|(prefix, source)| {
            let rest = path.0.strip_prefix(prefix.0.as_slice())?;
            let (position, there) = source.locate(&YamlPath(rest.to_vec()));
            there.then_some((source, position))
        })
    }
}

/// Returns the place of a spot and the text of its line, given the position of its node.
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
