//! The model of Part II: the representations under Rule 12b-25(b), in one box or three.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error, MapAccess, Visitor};
use serde::{Deserialize, Serialize, Serializer};

/// Part II: the representations of the registrant under Rule 12b-25(b).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relief {
    /// The form's one box, for (a), (b) and, if applicable, (c).
    Sought,
    /// No relief: the box stays empty.
    None,
    /// A box for each paragraph.
    Each(ReliefBoxes),
}

/// Part II, box by box.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReliefBoxes {
    /// (a): the reasons could not be eliminated without unreasonable effort or expense.
    pub reasons_not_eliminable: bool,
    /// (b): the report will be filed within the extension.
    pub filed_within_extension: bool,
    /// (c): the statement required by Rule 12b-25(c) is attached.
    pub statement_attached: bool,
}

impl Relief {
    /// Whether the registrant represents that the report will be filed within the extension.
    pub fn is_promised(self) -> bool {
        // 17 CFR 240.12b-25(b)(2)(ii): there is no relief without this representation.
        match self {
            Relief::Sought => true,
            Relief::None => false,
            Relief::Each(boxes) => boxes.filed_within_extension,
        }
    }
}

impl<'de> Deserialize<'de> for Relief {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Relief, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = Relief;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("`sought`, `none` or a box each")
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Relief, E> {
                match text {
                    "sought" => Ok(Relief::Sought),
                    "none" => Ok(Relief::None),
                    _ => Err(E::custom(format!("`{text}` is neither `sought` nor `none`"))),
                }
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Relief, A::Error> {
                ReliefBoxes::deserialize(MapAccessDeserializer::new(map)).map(Relief::Each)
            }
        }
        // By hand: with `untagged`, errors lose their paths and positions.
        deserializer.deserialize_any(Either)
    }
}

impl Serialize for Relief {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Relief::Sought => "sought".serialize(serializer),
            Relief::None => "none".serialize(serializer),
            Relief::Each(boxes) => boxes.serialize(serializer),
        }
    }
}

impl JsonSchema for Relief {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Relief".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = ReliefBoxes::json_schema(generator);
        schema.insert("type".to_owned(), serde_json::json!(["string", "object"]));
        // `if`, since editors report a failed `oneOf` as "not valid under any" of its branches.
        schema.insert("if".to_owned(), serde_json::json!({ "type": "string" }));
        schema.insert("then".to_owned(), serde_json::json!({ "enum": ["sought", "none"] }));
        schema
    }
}
