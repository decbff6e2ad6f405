//! Finds the line and column of paths in a YAML text, without a second YAML parser. A visitor walks
//! down to the node and fails there on purpose, and the error carries the position: neither
//! serde_yaml nor its fork yaml_serde 0.10 gives the position of a value that was read without
//! error. After an error at a key or a scalar, the parser is past it and the walk continues. After
//! one at a list or a mapping, another walk looks for the remaining nodes. So the places of many
//! findings cost little more than that of one.

use std::cell::{Cell, RefCell};
use std::fmt;

use serde::de::{
    self, DeserializeSeed, Deserializer, EnumAccess, Error as _, IgnoredAny, MapAccess, SeqAccess,
    Visitor,
};

use super::path::Segment;
use super::position::Position;

/// A node to find, or the key of that node.
#[derive(Debug)]
pub(super) struct Target<'a> {
    path: &'a [Segment],
    at_key: bool,
    /// The number of segments of the path that exist.
    depth: Cell<usize>,
    place: Cell<Place>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Place {
    Unknown,
    /// A visitor has just failed at the node, and the error is on its way up.
    Here,
    At(Position),
}

impl<'a> Target<'a> {
    /// The value at a path.
    pub(super) fn value(path: &'a [Segment]) -> Target<'a> {
        Target { path, at_key: false, depth: Cell::new(0), place: Cell::new(Place::Unknown) }
    }

    /// The last key of a path, or the item if the path ends in an index.
    pub(super) fn key(path: &'a [Segment]) -> Target<'a> {
        Target { at_key: matches!(path.last(), Some(Segment::Key(_))), ..Target::value(path) }
    }

    /// Returns its position, or `None` if it has not been found.
    pub(super) fn position(&self) -> Option<Position> {
        match self.place.get() {
            Place::At(position) => Some(position),
            _ => None,
        }
    }

    /// A node whose position is already known.
    pub(super) fn known(position: Position) -> Target<'a> {
        Target { place: Cell::new(Place::At(position)), ..Target::value(&[]) }
    }

    /// Returns itself if it was found, else its substitute: for a value, the key of the nearest
    /// ancestor or the start of the file; for a key, the mapping that lacks it.
    pub(super) fn or_nearest(self) -> Target<'a> {
        let present = &self.path[..self.depth.get()];
        match self.position() {
            Some(_) => self,
            None if self.at_key => Target::value(present),
            None if present.is_empty() => Target::known(Position::START),
            None => Target::key(present),
        }
    }
}

/// Sets the positions of the targets that exist.
pub(super) fn find(text: &str, targets: &[Target<'_>]) {
    let search = Search { all: targets, ended: Cell::new(false) };
    loop {
        let open: Vec<_> = targets.iter().filter(|w| w.position().is_none()).collect();
        if open.is_empty() {
            return;
        }
        // The first document only: the loader refuses a file with several.
        let Some(document) = serde_yaml::Deserializer::from_str(text).next() else { return };
        search.ended.set(false);
        let error = Node { search: &search, targets: open, level: 0 }.deserialize(document).err();
        if !error.is_some_and(|error| search.take(&error)) {
            return;
        }
    }
}

/// The state that the nodes of a walk share.
struct Search<'a> {
    all: &'a [Target<'a>],
    /// Whether the walk ends because the parser cannot continue after the error.
    ended: Cell<bool>,
}

impl Search<'_> {
    /// Gives the nodes at which a visitor has just failed the position of its error. Returns false
    /// if the error has another cause.
    fn take(&self, error: &dyn fmt::Display) -> bool {
        let mut any = false;
        for target in self.all.iter().filter(|w| w.place.get() == Place::Here) {
            target.place.set(Place::At(Position::of_error(error)));
            any = true;
        }
        any
    }

    /// Continues after an error at a key or a scalar.
    fn pass<E: de::Error>(&self, error: E) -> Result<(), E> {
        if !self.ended.get() && self.take(&error) { Ok(()) } else { Err(error) }
    }
}

/// Fails with the error that carries the position; its text is never shown.
fn here<E: de::Error>(targets: &[&Target<'_>]) -> Result<(), E> {
    targets.iter().for_each(|w| w.place.set(Place::Here));
    if targets.is_empty() { Ok(()) } else { Err(E::custom("here")) }
}

/// A node on the way, with the targets at it and below it.
struct Node<'a> {
    search: &'a Search<'a>,
    targets: Vec<&'a Target<'a>>,
    level: usize,
}

impl<'a> Node<'a> {
    /// Returns the targets whose path continues with a segment: those at the segment's key, or
    /// those at its value and below.
    fn next(&self, at_key: bool, is_next: impl Fn(&Segment) -> bool) -> Vec<&'a Target<'a>> {
        let last = |w: &Target<'_>| w.at_key && w.path.len() == self.level + 1;
        let targets = self.targets.iter().copied();
        targets
            .filter(|w| last(w) == at_key && w.path.get(self.level).is_some_and(&is_next))
            .collect()
    }

    fn below(&self, is_next: impl Fn(&Segment) -> bool) -> Option<Node<'a>> {
        let targets = self.next(false, is_next);
        (!targets.is_empty()).then_some(Node {
            search: self.search,
            targets,
            level: self.level + 1,
        })
    }

    /// Fails if this node is a target.
    fn end<E: de::Error>(&self) -> Result<(), E> {
        let own: Vec<_> =
            self.targets.iter().copied().filter(|w| w.path.len() == self.level).collect();
        here(&own)
    }

    /// The same for a list or a mapping; the parser would stay inside it.
    fn end_walk<E: de::Error>(&self) -> Result<(), E> {
        self.end().inspect_err(|_| self.search.ended.set(true))
    }
}

impl<'de> DeserializeSeed<'de> for Node<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.targets.iter().for_each(|w| w.depth.set(self.level));
        deserializer.deserialize_any(self)
    }
}

/// Every kind of scalar is a node without nodes below it.
macro_rules! scalars {
    ($($visit:ident: $type:ty),+) => {
        $(fn $visit<E: de::Error>(self, _: $type) -> Result<(), E> {
            self.end()
        })+
    };
}

impl<'de> Visitor<'de> for Node<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a node")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        self.end_walk()?;
        let key = RefCell::new(String::new());
        loop {
            match map.next_key_seed(Key { node: &self, text: &key }) {
                Ok(Some(())) => {}
                Ok(None) => return Ok(()),
                Err(error) => self.search.pass(error)?,
            }
            match self.below(|segment| matches!(segment, Segment::Key(k) if *k == *key.borrow())) {
                Some(node) => map.next_value_seed(node).or_else(|error| self.search.pass(error))?,
                None => drop(map.next_value::<IgnoredAny>()?),
            }
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        self.end_walk()?;
        for item in 0.. {
            let there = match self.below(|segment| *segment == Segment::Index(item)) {
                Some(node) => seq
                    .next_element_seed(node)
                    .or_else(|error| self.search.pass(error).map(Some))?
                    .is_some(),
                None => seq.next_element::<IgnoredAny>()?.is_some(),
            };
            if !there {
                break;
            }
        }
        Ok(())
    }

    fn visit_enum<A: EnumAccess<'de>>(self, _: A) -> Result<(), A::Error> {
        self.end_walk().and(Err(A::Error::custom("a tag")))
    }

    fn visit_unit<E: de::Error>(self) -> Result<(), E> {
        self.end()
    }

    scalars!(visit_bool: bool, visit_f64: f64, visit_str: &str);
    scalars!(visit_i64: i64, visit_u64: u64, visit_i128: i128, visit_u128: u128);
}

/// Reads a key as its source text, and fails at it if it is a target.
struct Key<'a, 'n> {
    node: &'n Node<'a>,
    text: &'n RefCell<String>,
}

impl<'de> DeserializeSeed<'de> for Key<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<(), E> {
        text.clone_into(&mut self.text.borrow_mut());
        here(&self.node.next(true, |segment| matches!(segment, Segment::Key(key) if key == text)))
    }
}
