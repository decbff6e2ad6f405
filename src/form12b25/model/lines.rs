//! A value of one line or a list of lines: a street, a title, the addressee of a letter.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::value::SeqAccessDeserializer;
use serde::de::{Deserialize, Deserializer, Error, SeqAccess, Visitor};
use serde::{Serialize, Serializer};

use super::scalar::{Scalar, scalar_as_text};
use super::text::Text;

/// Lines, from one string or a list of strings.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Lines {
    lines: Vec<Text>,
    single: bool,
}

impl Lines {
    /// Returns each line, with white space folded.
    pub fn folded(&self) -> Vec<String> {
        self.lines.iter().map(Text::folded).collect()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }
}

impl<'de> Deserialize<'de> for Lines {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Lines, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = Lines;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a line or a list of lines")
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Lines, E> {
                let line = Text::parse(text).map_err(E::custom)?;
                Ok(Lines { lines: vec![line], single: true })
            }
            fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Lines, A::Error> {
                let lines = Vec::deserialize(SeqAccessDeserializer::new(seq))?;
                Ok(Lines { lines, single: false })
            }
            scalar_as_text!();
        }
        // By hand: with `untagged`, errors lose their paths and positions.
        deserializer.deserialize_any(Either)
    }
}

impl Serialize for Lines {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // In the shape of the YAML, so that a path of a finding leads to its line.
        match self.lines.as_slice() {
            [line] if self.single => line.serialize(serializer),
            lines => lines.serialize(serializer),
        }
    }
}

impl JsonSchema for Lines {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Lines".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": ["string", "array"],
            "format": Text::FORMAT,
            "minLength": 1,
            "items": Text::json_schema(generator),
        })
    }
}
