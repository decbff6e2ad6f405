//! The line and column of paths in a YAML text. The position of a node comes from `serde_yaml`
//! itself: a visitor walks down to the node and fails there on purpose, and the failure carries the
//! place. A walk goes on after it has failed at a key or a scalar, which the parser has passed by
//! then; at a list or a mapping it ends, and another walk looks for what is left. So the places of
//! many findings cost little more than that of one, and there is no second YAML parser. Neither
//! serde_yaml nor its fork yaml_serde 0.10 gives the place of a value that was read without error.

use std::cell::{Cell, RefCell};
use std::fmt;

use serde::de::{
    self, DeserializeSeed, Deserializer, EnumAccess, Error as _, IgnoredAny, MapAccess, SeqAccess,
    Visitor,
};

use super::path::Segment;
use super::position::Position;

/// A node that is looked for, or the key that it is the value of.
#[derive(Debug)]
pub(super) struct Wanted<'a> {
    path: &'a [Segment],
    at_key: bool,
    /// How many segments of the path are there.
    depth: Cell<usize>,
    place: Cell<Place>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Place {
    Unknown,
    /// A visitor has just failed there.
    Here,
    At(Position),
}

impl<'a> Wanted<'a> {
    /// The value at a path.
    pub(super) fn value(path: &'a [Segment]) -> Wanted<'a> {
        Wanted { path, at_key: false, depth: Cell::new(0), place: Cell::new(Place::Unknown) }
    }

    /// The last key of a path; of a list's item, the item.
    pub(super) fn key(path: &'a [Segment]) -> Wanted<'a> {
        Wanted { at_key: matches!(path.last(), Some(Segment::Key(_))), ..Wanted::value(path) }
    }

    /// Where it is, if it was found.
    pub(super) fn position(&self) -> Option<Position> {
        match self.place.get() {
            Place::At(position) => Some(position),
            _ => None,
        }
    }

    /// What is at a position that is known already.
    pub(super) fn known(position: Position) -> Wanted<'a> {
        Wanted { place: Cell::new(Place::At(position)), ..Wanted::value(&[]) }
    }

    /// Itself if it was found, or else what stands for it: of a value, the nearest ancestor's key,
    /// or the start of the file; of a key, the mapping that lacks it.
    pub(super) fn or_nearest(self) -> Wanted<'a> {
        let present = &self.path[..self.depth.get()];
        match self.position() {
            Some(_) => self,
            None if self.at_key => Wanted::value(present),
            None if present.is_empty() => Wanted::known(Position::START),
            None => Wanted::key(present),
        }
    }
}

/// Gives those wanted that are there their positions.
pub(super) fn find(text: &str, wanted: &[Wanted<'_>]) {
    let search = Search { all: wanted, ended: Cell::new(false) };
    loop {
        let open: Vec<_> = wanted.iter().filter(|w| w.position().is_none()).collect();
        if open.is_empty() {
            return;
        }
        let Some(document) = serde_yaml::Deserializer::from_str(text).next() else { return };
        search.ended.set(false);
        let error = Node { search: &search, wanted: open, level: 0 }.deserialize(document).err();
        if !error.is_some_and(|error| search.take(&error)) {
            return;
        }
    }
}

/// What the nodes of a walk share.
struct Search<'a> {
    all: &'a [Wanted<'a>],
    /// Whether the walk ends, because the parser cannot go on from where a visitor failed.
    ended: Cell<bool>,
}

impl Search<'_> {
    /// Gives those that a visitor has just failed at the position that the failure carries; false
    /// if it is a failure of another kind.
    fn take(&self, error: &dyn fmt::Display) -> bool {
        let mut any = false;
        for wanted in self.all.iter().filter(|w| w.place.get() == Place::Here) {
            wanted.place.set(Place::At(Position::of_error(error)));
            any = true;
        }
        any
    }

    /// Goes on after a failure at a key or a scalar.
    fn pass<E: de::Error>(&self, error: E) -> Result<(), E> {
        if !self.ended.get() && self.take(&error) { Ok(()) } else { Err(error) }
    }
}

/// The failure that carries a position; its text is never shown.
fn here<E: de::Error>(wanted: &[&Wanted<'_>]) -> Result<(), E> {
    wanted.iter().for_each(|w| w.place.set(Place::Here));
    if wanted.is_empty() { Ok(()) } else { Err(E::custom("here")) }
}

/// A node on the way, with those wanted that are at it or below it.
struct Node<'a> {
    search: &'a Search<'a>,
    wanted: Vec<&'a Wanted<'a>>,
    level: usize,
}

impl<'a> Node<'a> {
    /// Those wanted that the path goes on to with a segment, which may be the segment's own key.
    fn next(&self, at_key: bool, is_next: impl Fn(&Segment) -> bool) -> Vec<&'a Wanted<'a>> {
        let last = |w: &Wanted<'_>| w.at_key && w.path.len() == self.level + 1;
        let wanted = self.wanted.iter().copied();
        wanted
            .filter(|w| last(w) == at_key && w.path.get(self.level).is_some_and(&is_next))
            .collect()
    }

    fn below(&self, is_next: impl Fn(&Segment) -> bool) -> Option<Node<'a>> {
        let wanted = self.next(false, is_next);
        (!wanted.is_empty()).then_some(Node { search: self.search, wanted, level: self.level + 1 })
    }

    /// Fails if this node is wanted.
    fn end<E: de::Error>(&self) -> Result<(), E> {
        let own: Vec<_> =
            self.wanted.iter().copied().filter(|w| w.path.len() == self.level).collect();
        here(&own)
    }

    /// The same, of a node inside of which the parser would be left.
    fn end_walk<E: de::Error>(&self) -> Result<(), E> {
        self.end().inspect_err(|_| self.search.ended.set(true))
    }
}

impl<'de> DeserializeSeed<'de> for Node<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.wanted.iter().for_each(|w| w.depth.set(self.level));
        deserializer.deserialize_any(self)
    }
}

/// Every kind of scalar is a node without anything below it.
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

    scalars!(visit_bool: bool, visit_i64: i64, visit_u64: u64, visit_i128: i128, visit_u128: u128, visit_f64: f64);
    scalars!(visit_str: &str);
}

/// Reads a key as its source text, and fails at it if it is wanted.
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
