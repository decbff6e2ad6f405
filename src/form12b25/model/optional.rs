//! A key of the YAML that may be left out, or be null.

use serde::{Deserialize, Deserializer};

/// Reads a value; null is its default, as a key that is left out is.
pub(super) fn or_default<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(
    d: D,
) -> Result<T, D::Error> {
    Ok(Option::<T>::deserialize(d)?.unwrap_or_default())
}
