//! The model of a registrant: written out, taken from a shared file, or taken and changed.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error, MapAccess, Visitor};
use serde::{Deserialize, Serialize};

use super::cik::Cik;
use super::codes::{ClassId, SeriesId};
use super::form::FilerStatus;
use super::lines::Lines;
use super::signature::Signature;
use super::text::Text;

/// A registrant, as Part I of the form asks for it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Registrant {
    /// Full name as specified in its charter.
    pub name: Text,
    /// Former name, if it changed since the last report.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub former_name: Option<Text>,
    /// Central Index Key.
    pub cik: Cik,
    /// SEC file number, as filed: `0-15888` and `000-15888` are both seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file_number: Option<Text>,
    /// CUSIP number of the class.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cusip: Option<Text>,
    /// Filer status, on which the due date depends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filer_status: Option<FilerStatus>,
    /// Whether the filer status comes from a shared registrant.
    #[serde(skip)]
    pub filer_status_is_shared: bool,
    /// Address of the principal executive office.
    pub address: Address,
    /// Series and classes of a fund.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub series: Vec<Series>,
    /// A co-registrant's own signature.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signature: Option<Signature>,
}

/// Address of a principal executive office. Abroad there is often neither state nor ZIP.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Address {
    /// Street and number, one line or more.
    #[schemars(extend("minItems" = 1))]
    pub street: Lines,
    /// City.
    pub city: Text,
    /// State or province.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<Text>,
    /// ZIP or postal code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zip: Option<Text>,
    /// Country, when not the United States.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<Text>,
}

impl Address {
    /// Returns the form's line "City, State and Zip Code".
    pub fn city_line(&self) -> String {
        let mut line = self.city.folded();
        if let Some(state) = &self.state {
            line += &format!(", {}", state.folded());
        }
        if let Some(zip) = &self.zip {
            line += &format!(" {}", zip.folded());
        }
        if let Some(country) = &self.country {
            line += &format!(", {}", country.folded());
        }
        line
    }
}

/// A series of a fund and its classes.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Series {
    /// Series identifier: `S` and nine digits.
    pub id: SeriesId,
    /// Class identifiers: `C` and nine digits.
    #[serde(
        default,
        deserialize_with = "super::optional::or_default",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub classes: Vec<ClassId>,
}

/// The keys of a registrant, each of which may be left out when a shared file is used.
#[derive(Debug, Clone, PartialEq, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RegistrantKeys {
    /// The id of a shared registrant, `filings/registrants/<id>.yaml`; the other keys replace its
    /// keys.
    #[serde(rename = "use", skip_serializing_if = "Option::is_none")]
    pub shared: Option<Text>,
    /// Full name as specified in its charter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Text>,
    /// Former name, if it changed since the last report.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub former_name: Option<Text>,
    /// Central Index Key: up to ten digits, in quotes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cik: Option<Cik>,
    /// SEC file number, as filed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file_number: Option<Text>,
    /// CUSIP number of the class.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cusip: Option<Text>,
    /// Filer status, on which the due date depends; 20-F, 11-K, 10-D and funds have none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filer_status: Option<FilerStatus>,
    /// Address of the principal executive office.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<Address>,
    /// Series and classes of a fund, for NT-NCSR.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub series: Option<Vec<Series>>,
    /// A co-registrant's own signature.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signature: Option<Signature>,
}

impl RegistrantKeys {
    /// Returns these keys, and for each that is left out, that of `base`.
    #[must_use]
    pub fn over(self, base: &RegistrantKeys) -> RegistrantKeys {
        // Whole keys: half of an old address in a new one would be neither.
        let base = base.clone();
        RegistrantKeys {
            shared: None,
            name: self.name.or(base.name),
            former_name: self.former_name.or(base.former_name),
            cik: self.cik.or(base.cik),
            file_number: self.file_number.or(base.file_number),
            cusip: self.cusip.or(base.cusip),
            filer_status: self.filer_status.or(base.filer_status),
            address: self.address.or(base.address),
            series: self.series.or(base.series),
            signature: self.signature.or(base.signature),
        }
    }

    /// Returns the registrant, or `None` if a required key is missing.
    pub fn complete(self) -> Option<Registrant> {
        Some(Registrant {
            name: self.name?,
            former_name: self.former_name,
            cik: self.cik?,
            file_number: self.file_number,
            cusip: self.cusip,
            filer_status: self.filer_status,
            filer_status_is_shared: false,
            address: self.address?,
            series: self.series.unwrap_or_default(),
            signature: self.signature,
        })
    }
}

/// A registrant as a filing names it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)] // written only: reading is by hand, with positions
pub enum RegistrantEntry {
    /// `registrant: igene`
    Shared(Text),
    /// The keys of a registrant, or those that replace keys of a shared one.
    Keys(Box<RegistrantKeys>),
}

impl RegistrantEntry {
    /// Returns the id of the shared registrant, or `None` if none is used.
    pub fn shared(&self) -> Option<&Text> {
        match self {
            RegistrantEntry::Shared(id) => Some(id),
            RegistrantEntry::Keys(keys) => keys.shared.as_ref(),
        }
    }

    /// Returns the registrant, given the shared one that it uses, or `None` if a required key is
    /// missing.
    pub fn resolve(self, shared: Option<&RegistrantKeys>) -> Option<Registrant> {
        // A shared status serves reports of several forms, so it need not have an effect on each.
        match (self, shared) {
            (RegistrantEntry::Shared(_), base) => {
                Some(Registrant { filer_status_is_shared: true, ..base?.clone().complete()? })
            }
            (RegistrantEntry::Keys(keys), Some(base)) => {
                let filer_status_is_shared = keys.filer_status.is_none();
                Some(Registrant { filer_status_is_shared, ..keys.over(base).complete()? })
            }
            (RegistrantEntry::Keys(keys), None) => keys.complete(),
        }
    }
}

impl<'de> Deserialize<'de> for RegistrantEntry {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<RegistrantEntry, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = RegistrantEntry;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a registrant or the id of one")
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<RegistrantEntry, E> {
                use super::scalar::Scalar as _;
                Text::parse(text).map(RegistrantEntry::Shared).map_err(E::custom)
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<RegistrantEntry, A::Error> {
                let keys = RegistrantKeys::deserialize(MapAccessDeserializer::new(map))?;
                Ok(RegistrantEntry::Keys(Box::new(keys)))
            }
        }
        // By hand: with `untagged`, errors lose their paths and positions.
        deserializer.deserialize_any(Either)
    }
}

impl JsonSchema for RegistrantEntry {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "RegistrantEntry".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = RegistrantKeys::json_schema(generator);
        schema.insert("type".to_owned(), serde_json::json!(["string", "object"]));
        schema.insert("format".to_owned(), "registrant-id".into());
        // `if`, since editors report a failed `oneOf` as "not valid under any" of its branches.
        schema.insert(
            "if".to_owned(),
            serde_json::json!({ "type": "object", "not": { "required": ["use"] } }),
        );
        schema.insert(
            "then".to_owned(),
            serde_json::json!({ "required": ["name", "cik", "address"] }),
        );
        schema
    }
}

/// A schema transform: removes the signature of a registrant.
pub(crate) fn without_signature(schema: &mut Schema) {
    // The filing's own `signature` is the registrant's; only co-registrants have theirs here.
    without(schema, &["signature"]);
}

/// Removes keys from a schema.
pub(crate) fn without(schema: &mut Schema, keys: &[&str]) {
    if let Some(properties) = schema.get_mut("properties").and_then(|p| p.as_object_mut()) {
        properties.retain(|key, _| !keys.contains(&key.as_str()));
    }
}
