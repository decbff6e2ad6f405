//! Parses the value of a flag as a value type of the model.

use crate::form12b25::model::Scalar;

/// Parses a value. The error of a type with few values lists them.
pub(super) fn value<T: Scalar>(text: &str) -> Result<T, String> {
    T::parse(text).map_err(|error| match T::VALUES {
        [] => error,
        values => format!("{error}: {}", values.join(", ")),
    })
}
