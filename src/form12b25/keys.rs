//! The keys of a filing: what each is called, examples and the authority that asks for it, in the
//! order of the form. The schema and the redline read them; a key's meaning is its doc comment in
//! the model.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::Value;

/// The keys, read once.
static KEYS: LazyLock<Keys> = LazyLock::new(Keys::read);

/// What is known of a key besides its schema.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Key {
    /// As much of the end of its path as distinguishes it: the longest one that fits wins.
    pub key: String,
    /// What a sentence calls it.
    pub name: String,
    /// Valid values.
    pub examples: Vec<Value>,
    /// The rule, form line or manual section that asks for it.
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

/// All keys, in the order of the form.
pub fn all() -> &'static [Key] {
    &KEYS.all
}

/// The key at a path without numbers, such as `letters.date`, and its place in the order of the
/// form; or `None` if there is no such key.
pub fn at(path: &str) -> Option<(usize, &'static Key)> {
    let starts = std::iter::once(0).chain(path.match_indices('.').map(|(dot, _)| dot + 1));
    let place = starts.into_iter().find_map(|start| KEYS.by_end.get(&path[start..]))?;
    Some((*place, &KEYS.all[*place]))
}
