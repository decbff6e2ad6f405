//! Parses the value of a flag as a value type of the model.

use std::ffi::OsStr;

use clap::builder::{PossibleValue, TypedValueParser};
use clap::{Arg, Command, Error};

use crate::form12b25::model::Scalar;

/// Parses a value. The error of a type with few values lists them.
pub(super) fn value<T: Scalar>(text: &str) -> Result<T, String> {
    T::parse(text).map_err(|error| match T::VALUES {
        [] => error,
        values => format!("{error}: {}", values.join(", ")),
    })
}

/// A parser of values that the help and shells list.
#[derive(Clone)]
pub(super) struct Listed<T> {
    /// Parses a value, which may be another spelling of one that is listed.
    pub(super) parse: fn(&str) -> Result<T, String>,
    /// The values to list.
    pub(super) values: &'static [&'static str],
}

impl<T: Clone + Send + Sync + 'static> TypedValueParser for Listed<T> {
    type Value = T;

    fn parse_ref(&self, command: &Command, arg: Option<&Arg>, text: &OsStr) -> Result<T, Error> {
        self.parse.parse_ref(command, arg, text)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(self.values.iter().map(PossibleValue::new)))
    }
}
