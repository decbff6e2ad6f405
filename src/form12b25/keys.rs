//! The table of the keys of a filing: a name, examples and the authority of each, in the order of
//! the form. The schema and the redline read it; the meaning of a key is its doc comment in the
//! model.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::Value;

/// The keys, parsed on first use.
static KEYS: LazyLock<Keys> = LazyLock::new(Keys::read);

/// The data of a key besides its schema.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Key {
    /// The end of its path, as long as necessary to distinguish it. The longest match wins.
    pub key: String,
    /// Its name in a sentence.
    pub name: String,
    /// Valid values.
    pub examples: Vec<Value>,
    /// The rule, line of the form or section of the manual that requires it.
    pub authority: Option<String>,
}

struct Keys {
    all: Vec<Key>,
    by_end: BTreeMap<String, usize>,
}

impl Keys {
    #[expect(clippy::expect_used, reason = "the keys are built in; a test reads them")]
    fn read() -> Keys {
        let all: Vec<Key> =
            serde_json::from_str(include_str!("keys.json")).expect("the keys are valid JSON");
        let by_end = all.iter().enumerate().map(|(at, key)| (key.key.clone(), at)).collect();
        Keys { all, by_end }
    }
}

/// Returns all keys, in the order of the form.
pub fn all() -> &'static [Key] {
    &KEYS.all
}

/// Returns the key at a path without numbers, such as `letters.date`, and its place in the order of
/// the form, or `None` if there is no such key.
pub fn at(path: &str) -> Option<(usize, &'static Key)> {
    // From the whole path to its last key, so that the longest match is found first.
    let starts = std::iter::once(0).chain(path.match_indices('.').map(|(dot, _)| dot + 1));
    let place = starts.into_iter().find_map(|start| KEYS.by_end.get(&path[start..]))?;
    Some((*place, &KEYS.all[*place]))
}
