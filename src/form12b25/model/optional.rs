//! Reads a key of the YAML that may be left out or be null.

use serde::{Deserialize, Deserializer};

/// Reads a value, or its default for null.
pub(super) fn or_default<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(
    d: D,
) -> Result<T, D::Error> {
    // Serde's `default` covers only a key that is left out: `transition:` without a value is null.
    Ok(Option::<T>::deserialize(d)?.unwrap_or_default())
}
