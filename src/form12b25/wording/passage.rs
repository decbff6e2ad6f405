//! The passages of an edition as a tree of names, lists and texts. Knows no passage by name.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};

/// The key of a wording that no filing confirms.
const UNCONFIRMED: &str = "unconfirmed";

/// The key of the confirmed wording next to it.
const TEXT: &str = "text";

/// Passages by their names.
pub type Passages = BTreeMap<String, Passage>;

/// A passage of the form, or several.
#[derive(Debug, Clone, PartialEq)]
pub enum Passage {
    /// Its wording.
    Text(String),
    /// Passages in order.
    List(Vec<Passage>),
    /// Passages by their names. One named `unconfirmed` makes the group a single passage.
    Group(Passages),
}

impl Passage {
    /// Returns the passage as a filing prints it, or `None` if no wording of it is confirmed.
    pub fn printed(&self, unconfirmed: bool) -> Option<Passage> {
        match self {
            Passage::Text(text) => Some(Passage::Text(text.clone())),
            Passage::List(items) => {
                let items = items.iter().filter_map(|item| item.printed(unconfirmed));
                Some(Passage::List(items.collect()))
            }
            Passage::Group(names) if names.contains_key(UNCONFIRMED) => {
                names.get(if unconfirmed { UNCONFIRMED } else { TEXT }).cloned()
            }
            Passage::Group(names) => Some(Passage::Group(printed(names, unconfirmed))),
        }
    }
}

/// Returns passages as a filing prints them.
pub(super) fn printed(names: &Passages, unconfirmed: bool) -> Passages {
    let printed =
        |(name, passage): (&String, &Passage)| Some((name.clone(), passage.printed(unconfirmed)?));
    names.iter().filter_map(printed).collect()
}

/// Reads a passage into a group. A name without a value is left out.
///
/// # Errors
/// A duplicate name, or a wrong passage.
pub(super) fn read<'de, A: MapAccess<'de>>(
    names: &mut Passages,
    name: String,
    map: &mut A,
) -> Result<(), A::Error> {
    // A map would silently keep the last of two.
    if names.contains_key(&name) {
        return Err(A::Error::custom(format_args!("duplicate field `{name}`")));
    }
    if let Some(passage) = map.next_value::<Option<Passage>>()? {
        names.insert(name, passage);
    }
    Ok(())
}

impl<'de> Deserialize<'de> for Passage {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Passage, D::Error> {
        struct Tree;
        impl<'de> Visitor<'de> for Tree {
            type Value = Passage;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text, a list or named passages")
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Passage, E> {
                Ok(Passage::Text(text.to_owned()))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Passage, A::Error> {
                let mut items = Vec::new();
                while let Some(item) = seq.next_element()? {
                    items.push(item);
                }
                Ok(Passage::List(items))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Passage, A::Error> {
                let mut names = Passages::new();
                while let Some(name) = map.next_key()? {
                    read(&mut names, name, &mut map)?;
                }
                let beside = |name: &&String| !matches!(name.as_str(), UNCONFIRMED | TEXT);
                match names.keys().find(beside) {
                    Some(name) if names.contains_key(UNCONFIRMED) => Err(A::Error::custom(
                        format_args!("`{name}` beside `{UNCONFIRMED}`: only `{TEXT}` can be"),
                    )),
                    _ => Ok(Passage::Group(names)),
                }
            }
        }
        // By hand: with `untagged`, errors lose their positions.
        deserializer.deserialize_any(Tree)
    }
}

impl Serialize for Passage {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Passage::Text(text) => text.serialize(serializer),
            Passage::List(items) => items.serialize(serializer),
            Passage::Group(names) => names.serialize(serializer),
        }
    }
}
