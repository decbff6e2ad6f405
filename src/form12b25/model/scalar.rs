//! Reading, writing and schema of value types, the same for all of them.

use std::fmt::Display;

use serde::Serializer;

/// A value type that reads from a scalar's source text.
pub trait Scalar: Sized {
    /// The `format` of its schema; unique.
    const FORMAT: &'static str;
    /// The shape of its texts as a regular expression, for validators that ignore `FORMAT`; `None`
    /// if all values are listed.
    const PATTERN: Option<&'static str> = None;
    /// The expected value, for a message: "a date such as 1997-12-31".
    const EXPECTING: &'static str;
    /// The JSON types that an unquoted value may have.
    const TYPES: &'static [&'static str];
    /// The largest number, if the value may be written as one.
    const MOST: Option<u64> = None;
    /// All values, if they can be listed.
    const VALUES: &'static [&'static str] = &[];

    /// Parses the source text.
    ///
    /// Errors: the message of a finding.
    fn parse(text: &str) -> Result<Self, String>;

    /// Writes the value as its text.
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error>
    where
        Self: Display,
    {
        serializer.collect_str(self)
    }

    /// Returns the message about a text that is not a value, or `None` if it is one.
    fn fault(text: &str) -> Option<String> {
        Self::parse(text).err()
    }
}

/// Implements serde and schema for a [`Scalar`] that also has `Display`.
macro_rules! scalar {
    ($type:ty) => {
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                // Not `try_from`: serde_yaml then has the position of the enclosing mapping.
                struct FromText;
                impl serde::de::Visitor<'_> for FromText {
                    type Value = $type;
                    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        f.write_str(<$type as $crate::form12b25::model::scalar::Scalar>::EXPECTING)
                    }
                    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<$type, E> {
                        <$type as $crate::form12b25::model::scalar::Scalar>::parse(text)
                            .map_err(E::custom)
                    }
                }
                // Not `deserialize_any`, which makes a number of `1.10` and loses its last digit.
                deserializer.deserialize_str(FromText)
            }
        }

        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::form12b25::model::scalar::Scalar::write(self, serializer)
            }
        }

        impl schemars::JsonSchema for $type {
            fn inline_schema() -> bool {
                true
            }
            fn schema_name() -> std::borrow::Cow<'static, str> {
                <$type as $crate::form12b25::model::scalar::Scalar>::FORMAT.into()
            }
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                $crate::form12b25::model::scalar::schema::<$type>()
            }
        }
    };
}
pub(crate) use scalar;

/// Returns the schema of a scalar: its types, its format and its values, without the empty string.
pub(crate) fn schema<T: Scalar>() -> schemars::Schema {
    let mut schema =
        schemars::json_schema!({ "type": T::TYPES, "format": T::FORMAT, "minLength": 1 });
    if let Some(most) = T::MOST {
        schema.insert("minimum".to_owned(), 1.into());
        schema.insert("maximum".to_owned(), most.into());
    }
    if !T::VALUES.is_empty() {
        schema.insert("enum".to_owned(), T::VALUES.into());
    }
    schema
}

/// Declares an enumeration with the text of each value.
macro_rules! choice {
    (
        $(#[$meta:meta])* $name:ident, $format:literal, $expecting:literal {
            $($(#[$vmeta:meta])* $variant:ident = $text:literal),+ $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vmeta])* $variant),+ }

        impl $crate::form12b25::model::scalar::Scalar for $name {
            const FORMAT: &'static str = $format;
            const EXPECTING: &'static str = $expecting;
            const TYPES: &'static [&'static str] = &["string"];
            const VALUES: &'static [&'static str] = &[$($text),+];

            fn parse(text: &str) -> Result<Self, String> {
                match text {
                    $($text => Ok($name::$variant),)+
                    _ => Err(format!("`{text}` is not {}", $expecting)),
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(match self { $($name::$variant => $text),+ })
            }
        }

        $crate::form12b25::model::scalar::scalar!($name);
    };
}
pub(crate) use choice;

/// Implements the visits of an unquoted number or boolean in the place of a text: errors with
/// advice.
macro_rules! scalar_as_text {
    () => {
        // `deserialize_any` has lost the source text: `1.10` is 1.1 here.
        fn visit_bool<E: serde::de::Error>(self, _: bool) -> Result<Self::Value, E> {
            Err(serde::de::Error::custom("put this text in quotes"))
        }
        fn visit_i64<E: serde::de::Error>(self, _: i64) -> Result<Self::Value, E> {
            Err(serde::de::Error::custom("put this text in quotes"))
        }
        fn visit_u64<E: serde::de::Error>(self, _: u64) -> Result<Self::Value, E> {
            Err(serde::de::Error::custom("put this text in quotes"))
        }
        fn visit_f64<E: serde::de::Error>(self, _: f64) -> Result<Self::Value, E> {
            Err(serde::de::Error::custom("put this text in quotes"))
        }
    };
}
pub(crate) use scalar_as_text;
