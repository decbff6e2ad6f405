//! A value type of the model as the value of a flag.

use crate::form12b25::model::Scalar;

/// Reads a value type of the model, and lists its values where they can be listed.
pub(super) fn value<T: Scalar>(text: &str) -> Result<T, String> {
    T::parse(text).map_err(|error| match T::VALUES {
        [] => error,
        values => format!("{error}: {}", values.join(", ")),
    })
}
